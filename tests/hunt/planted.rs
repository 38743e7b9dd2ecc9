//! False statements whose counterexamples are rare: at a coincidence, from some size on, or at
//! large ratios only. Each is asked over cases that somebody would draw who believes it.

use crease::claim::{AnyClaim, Conclusion, Hypothesis, prelude::*};
use crease::engines::arrangement::count_cells;
use crease::exact::linear::{Matrix, dot};
use crease::generators::filters::{self, Layout};
use crease::geometry::Form;
use std::collections::BTreeSet;

/// Every one.
pub static PLANTED: &[&dyn AnyClaim] = &[
    &super::planted_sizes::NAMED_FILTERS,
    &INVERTIBLE,
    &CONCYCLIC,
    &DISTANCE,
    &CAUCHY_SCHWARZ,
    &ORTHOGONAL,
    &KHINTCHINE,
    &MEANS,
    &PLANES,
    &CONSTANT,
    &MAX_DETERMINANT,
    &PELL,
    &TAXICAB,
    &super::planted_ratios::CONDITION,
    &super::planted_ratios::DOUBLES,
    &super::planted_ratios::KANTOROVICH,
    &super::planted_ratios::KURTOSIS,
    &super::planted_sizes::RECIPROCALS,
    &super::planted_sizes::EULER_PRIMES,
    &super::planted_sizes::CIRCLE,
    &super::planted_sizes::FACTORIAL,
    &super::planted_sizes::COVER,
    &super::planted_graphs::LINES,
    &super::planted_sizes::BUBBLES,
    &super::planted_graphs::BIPARTITE,
    &super::planted_graphs::COLOURABLE,
    &super::planted_sizes::RAMSEY,
    &super::planted_sizes::GOLOMB,
    &super::planted_sizes::QUEENS,
    &super::planted_sizes::MAGIC,
    &super::planted_graphs::PENTAGON,
    &super::planted_graphs::THRESHOLD,
    &super::planted_sizes::COLLATZ,
    &super::planted_sizes::MERSENNE,
    &super::planted_sizes::SIDELOBES,
];

/// A false statement.
pub const fn planted<C>(
    id: &'static str,
    statement: &'static str,
    cases: fn() -> Cases<C>,
    hypotheses: &'static [Hypothesis<C>],
    conclusion: fn(&C) -> Conclusion,
    well_formed: fn(&C) -> Result<(), String>,
) -> Claim<C> {
    let card = Card::conjecture(id, "");
    Claim { card, statement, cases, hypotheses, conclusion, twins: &[], well_formed }
}

#[derive(Debug, Serialize, Deserialize)]
pub struct Rows {
    pub rows: Vec<Vec<Rational>>,
}

impl Rows {
    pub fn width(&self) -> usize {
        self.rows[0].len()
    }
}

pub fn rows(
    n: RangeInclusive<usize>,
    width: RangeInclusive<usize>,
    most: i64,
) -> BoxedStrategy<Rows> {
    (n, width).prop_flat_map(move |(n, width)| rows_of(n, width, most)).boxed()
}

fn rows_of(n: usize, width: usize, most: i64) -> impl Strategy<Value = Rows> {
    let row = vec((-most..=most).prop_map(Rational::from), width);
    vec(row, n).prop_map(|rows| Rows { rows })
}

pub fn check(case: &Rows) -> Result<(), String> {
    let width = case.rows.first().map_or(0, Vec::len);
    let fine = width > 0 && case.rows.iter().all(|row| row.len() == width);
    if fine && case.rows.len() <= 12 && width <= 12 { Ok(()) } else { Err("rows".to_owned()) }
}

fn check_square(case: &Rows) -> Result<(), String> {
    check(case)?;
    if case.rows.len() == case.width() { Ok(()) } else { Err("not square".to_owned()) }
}

fn determinant(case: &Rows) -> Rational {
    Matrix::from_rows(case.rows.clone()).determinant()
}

pub const NOT_ZERO: Hypothesis<Rows> = given("no zero row", |case: &Rows| {
    case.rows.iter().all(|row| row.iter().any(|x| !x.is_zero()))
});

static INVERTIBLE: Claim<Rows> = planted(
    "planted/invertible",
    "a square integer matrix without a zero row has full rank",
    || (3usize..=4).prop_flat_map(|n| rows_of(n, n, 99)).with("six", 16, rows_of(6, 6, 99)),
    &[NOT_ZERO],
    |case| equal("rank", Matrix::from_rows(case.rows.clone()).rank(), case.width()),
    check_square,
);

static CONCYCLIC: Claim<Rows> = planted(
    "planted/concyclic",
    "no four different points of the plane lie on a circle or a line",
    || rows_of(4, 2, 500).cases(),
    &[given("different points", |case: &Rows| {
        case.rows.iter().collect::<BTreeSet<_>>().len() == case.rows.len()
    })],
    |case| {
        let lifted = |x: &Vec<Rational>| vec![dot(x, x), x[0].clone(), x[1].clone(), 1.into()];
        let lifted = case.rows.iter().map(lifted).collect();
        above("determinant", Matrix::from_rows(lifted).determinant().abs(), 0)
    },
    |case| {
        check(case)?;
        if case.rows.len() == 4 && case.width() == 2 { Ok(()) } else { Err("4 by 2".to_owned()) }
    },
);

static DISTANCE: Claim<Rows> = planted(
    "planted/distance",
    "points with coordinates up to 200 are not at one distance from each other",
    || rows_of(3, 3, 200).cases(),
    &[given("different points", |case: &Rows| {
        case.rows.iter().collect::<BTreeSet<_>>().len() == case.rows.len()
    })],
    |case| {
        let between = |a: &[Rational], b: &[Rational]| -> Rational {
            a.iter().zip(b).map(|(a, b)| (a - b).pow(2)).fold(Rational::ZERO, |sum, x| sum + x)
        };
        let [a, b, c] =
            [(0, 1), (1, 2), (0, 2)].map(|(i, j)| between(&case.rows[i], &case.rows[j]));
        above("difference", (&a - &b).abs() + (&b - &c).abs(), 0)
    },
    |case| {
        check(case)?;
        if case.rows.len() == 3 { Ok(()) } else { Err("three points".to_owned()) }
    },
);

static CAUCHY_SCHWARZ: Claim<Rows> = planted(
    "planted/cauchy_schwarz",
    "<x, y>^2 < |x|^2 |y|^2",
    || rows(2..=2, 4..=6, 50).cases(),
    &[NOT_ZERO],
    |case| {
        let [x, y] = [&case.rows[0], &case.rows[1]];
        below("squared product", dot(x, y).pow(2), dot(x, x) * dot(y, y))
    },
    |case| {
        check(case)?;
        if case.rows.len() == 2 && case.width() > 1 { Ok(()) } else { Err("two rows".to_owned()) }
    },
);

static ORTHOGONAL: Claim<Rows> = planted(
    "planted/orthogonal",
    "the determinant is less than the product of the lengths of the rows",
    || rows_of(3, 3, 30).with("four", 16, rows_of(4, 4, 30)),
    &[
        NOT_ZERO,
        given("dense", |case: &Rows| {
            let zeros = case.rows.iter().flatten().filter(|x| x.is_zero()).count();
            zeros <= case.rows.len()
        }),
    ],
    |case| {
        let lengths = case.rows.iter().map(|row| dot(row, row));
        let product = lengths.fold(Rational::ONE, |product, x| product * x);
        below("squared determinant", determinant(case).pow(2), product)
    },
    |case| {
        check_square(case)?;
        if case.width() > 2 { Ok(()) } else { Err("three rows at least".to_owned()) }
    },
);

static KHINTCHINE: Claim<Rows> = planted(
    "planted/khintchine",
    "the mean of |sum of signs times x| is greater than |x| / sqrt 2, for two entries or more",
    || rows(1..=1, 5..=7, 99).cases(),
    &[given("two entries are not zero", |case: &Rows| {
        case.rows[0].iter().filter(|x| !x.is_zero()).count() >= 2
    })],
    |case| {
        let x = &case.rows[0];
        let sum = |signs: u32| -> Rational {
            let term =
                |(i, x): (usize, &Rational)| if signs >> i & 1 == 1 { -x } else { x.clone() };
            x.iter().enumerate().map(term).fold(Rational::ZERO, |sum, x| sum + x).abs()
        };
        let all = (0..1u32 << x.len()).map(sum).fold(Rational::ZERO, |sum, x| sum + x);
        let mean = all / Rational::from(1u64 << x.len());
        above("twice the squared mean", mean.pow(2) * Rational::integer(2), dot(x, x))
    },
    |case| {
        check(case)?;
        if case.rows.len() == 1 && case.width() >= 5 { Ok(()) } else { Err("one row".to_owned()) }
    },
);

static MEANS: Claim<Rows> = planted(
    "planted/means",
    "the geometric mean of five and more positive numbers is less than the arithmetic one",
    || {
        let numbers = |n| vec((1i64..=99).prop_map(Rational::from), n);
        let rows = move |n| numbers(n).prop_map(|row| Rows { rows: vec![row] });
        rows(5).with("eight", 8, rows(8))
    },
    &[given("positive", |case: &Rows| case.rows[0].iter().all(Rational::is_positive))],
    |case| {
        let (x, n) = (&case.rows[0], case.width());
        let sum = x.iter().fold(Rational::ZERO, |sum, x| sum + x);
        let product = x.iter().fold(Rational::ONE, |product, x| product * x);
        below("product", product, (sum / Rational::from(n)).pow(n as i32))
    },
    |case| {
        check(case)?;
        if case.rows.len() == 1 && case.width() >= 5 { Ok(()) } else { Err("one row".to_owned()) }
    },
);

static PLANES: Claim<Rows> = planted(
    "planted/planes",
    "planes in R^3, none parallel to another, have as many cells as in general position",
    || rows_of(4, 4, 300).with("five", 8, rows_of(5, 4, 200)),
    &[
        given("not parallel", |case: &Rows| {
            let normal = |row: &Vec<Rational>| row[..3].to_vec();
            let rows = &case.rows;
            (0..rows.len()).all(|i| {
                (0..i).all(|j| {
                    Matrix::from_rows(vec![normal(&rows[i]), normal(&rows[j])]).rank() == 2
                })
            })
        }),
        given("normals in general position", |case: &Rows| {
            let normal = |row: &Vec<Rational>| row[..3].to_vec();
            let rows = &case.rows;
            let triple = |i: usize, j: usize, k: usize| {
                let rows = [i, j, k].map(|i| normal(&rows[i])).to_vec();
                Matrix::from_rows(rows).rank() == 3
            };
            (0..rows.len()).all(|i| (0..i).all(|j| (0..j).all(|k| triple(i, j, k))))
        }),
    ],
    |case| {
        let form = |row: &Vec<Rational>| Form {
            coefficients: row[..3].to_vec(),
            constant: row[3].clone(),
        };
        let forms: Vec<_> = case.rows.iter().map(form).collect();
        let n = forms.len();
        let general = 1 + n + n * (n - 1) / 2 + n * (n - 1) * (n - 2) / 6;
        equal("cells", count_cells(3, &forms), general)
    },
    |case| {
        check(case)?;
        let fits = (3..=7).contains(&case.rows.len()) && case.width() == 4;
        if fits { Ok(()) } else { Err("3 to 7 planes".to_owned()) }
    },
);

static CONSTANT: Claim<Rows> = planted(
    "planted/constant",
    "units a relu(w1 x + w2 y + b) without zero weights are no constant function together",
    || rows(2..=3, 4..=4, 50).cases(),
    &[given("no zero weights", |case: &Rows| {
        case.rows.iter().all(|row| row.iter().all(|x| !x.is_zero()))
    })],
    |case| {
        let relu = |x: Rational| if x.is_negative() { Rational::ZERO } else { x };
        let value = |(x, y): (i64, i64)| {
            let [x, y] = [x, y].map(|x| Rational::integer(16 * x));
            let unit = |r: &Vec<Rational>| &r[3] * relu(&r[0] * &x + &r[1] * &y + &r[2]);
            case.rows.iter().map(unit).fold(Rational::ZERO, |sum, x| sum + x)
        };
        let points = (-2..=2).flat_map(|x| (-2..=2).map(move |y| (x, y)));
        above("values", points.map(value).collect::<BTreeSet<_>>().len(), 1)
    },
    |case| {
        check(case)?;
        let fits = case.rows.len() >= 2 && case.width() == 4;
        if fits { Ok(()) } else { Err("two units at least".to_owned()) }
    },
);

static MAX_DETERMINANT: Claim<Rows> = planted(
    "planted/max_determinant",
    "the determinant of seven rows of signs is less than 576",
    || {
        let sign = any::<bool>().prop_map(|up| Rational::integer(if up { 1 } else { -1 }));
        vec(vec(sign, 7), 7).prop_map(|rows| Rows { rows }).cases()
    },
    &[],
    |case| below("determinant", determinant(case), 576),
    |case| {
        check_square(case)?;
        let signs = case.rows.iter().flatten().all(|x| x.abs() == Rational::ONE);
        if signs && case.width() == 7 { Ok(()) } else { Err("7 rows of signs".to_owned()) }
    },
);

static PELL: Claim<Rows> = planted(
    "planted/pell",
    "x^2 - 13 y^2 is not 1 for whole numbers from 1 to 999",
    || vec(vec((1i64..=999).prop_map(Rational::from), 2), 1).prop_map(|rows| Rows { rows }).cases(),
    &[],
    |case| {
        let [x, y] = [&case.rows[0][0], &case.rows[0][1]];
        let one = x.pow(2) - y.pow(2) * Rational::integer(13) - Rational::ONE;
        above("difference", one.abs(), 0)
    },
    |case| {
        check(case)?;
        let fits = |x: &Rational| x.is_integer() && x.is_positive() && *x < Rational::integer(1000);
        let fits = case.rows.len() == 1 && case.width() == 2 && case.rows[0].iter().all(fits);
        if fits { Ok(()) } else { Err("two whole numbers from 1 to 999".to_owned()) }
    },
);

static TAXICAB: Claim<Rows> = planted(
    "planted/taxicab",
    "no number is a sum of two positive cubes in two ways",
    || {
        let number = (1i64..=60).prop_map(Rational::from);
        vec(vec(number, 2), 2).prop_map(|rows| Rows { rows }).cases()
    },
    &[given("two ways", |case: &Rows| {
        !case.rows[1].contains(&case.rows[0][0]) && !case.rows[1].contains(&case.rows[0][1])
    })],
    |case| {
        let cubes = |row: &Vec<Rational>| row[0].pow(3) + row[1].pow(3);
        above("difference", (cubes(&case.rows[0]) - cubes(&case.rows[1])).abs(), 0)
    },
    |case| {
        check(case)?;
        let fits = |x: &Rational| x.is_integer() && x.is_positive();
        let whole = case.rows.iter().flatten().all(fits);
        if whole && case.rows.len() == 2 && case.width() == 2 {
            Ok(())
        } else {
            Err("2".to_owned())
        }
    },
);

/// Layouts as they were drawn when the named filters were listed as a theorem.
pub fn small_layouts() -> Cases<Layout> {
    prop_oneof![2 => filters::line(6), 1 => filters::plane(6)].cases()
}
