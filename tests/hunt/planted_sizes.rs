//! Planted statements about whole numbers, lists and signs: most are true up to some size.

use super::planted::{planted, small_layouts};
use crease::claim::prelude::*;
use crease::generators::filters::Layout;
use std::collections::BTreeSet;

pub fn within(fits: bool) -> Result<(), String> {
    if fits { Ok(()) } else { Err("outside of what is asked".to_owned()) }
}

/// Steps after which a maximum is given up, and regions that are counted at most: a step of a hunt
/// may ask for far larger layouts than are drawn.
const LIMIT: usize = 1 << 16;

pub static NAMED_FILTERS: Claim<Layout> = planted(
    "planted/named_filters",
    "the filters 3^k 2^(i (d i - k)) attain the maximum of regions",
    small_layouts,
    &[],
    |case| {
        let found = case.sliding().maximum(case.filters, LIMIT);
        let maximum = found.map(|(count, _)| count).ok_or(Undecided("too many sets"))?;
        if maximum > Natural::from(LIMIT) {
            return Err(Undecided("too many regions"));
        }
        equal("regions", case.named().regions(), maximum)
    },
    Layout::check,
);

/// A whole number, and perhaps another one.
#[derive(Debug, Serialize, Deserialize)]
pub struct Size {
    n: u64,
    k: u64,
}

fn sizes(n: RangeInclusive<u64>, k: RangeInclusive<u64>) -> Cases<Size> {
    (n, k).prop_map(|(n, k)| Size { n, k }).cases()
}

fn least_factor(n: u64) -> u64 {
    (2..).take_while(|p| p * p <= n).find(|p| n.is_multiple_of(*p)).unwrap_or(n)
}

pub static EULER_PRIMES: Claim<Size> = planted(
    "planted/euler_primes",
    "n^2 + n + 41 is prime",
    || sizes(0..=32, 1..=1),
    &[],
    |case| {
        let n = case.n * case.n + case.n + 41;
        equal("least factor", least_factor(n), n)
    },
    |case| within(case.n <= 1000),
);

pub static MERSENNE: Claim<Size> = planted(
    "planted/mersenne",
    "2^p - 1 is prime for a prime p",
    || select(vec![2u64, 3, 5, 7]).prop_map(|n| Size { n, k: 1 }).cases(),
    &[given("prime", |case: &Size| case.n >= 2 && least_factor(case.n) == case.n)],
    |case| {
        let n = (1u64 << case.n) - 1;
        equal("least factor", least_factor(n), n)
    },
    |case| within(case.n <= 31),
);

pub static CIRCLE: Claim<Size> = planted(
    "planted/circle",
    "the chords of n points on a circle cut it into 2^(n - 1) pieces",
    || sizes(1..=4, 1..=1),
    &[],
    |case| {
        let choose = |k: u64| (0..k).fold(1, |c, i| c * (case.n.saturating_sub(i)) / (i + 1));
        equal("pieces", 1 + choose(2) + choose(4), 1u64 << (case.n - 1))
    },
    |case| within((1..=40).contains(&case.n)),
);

pub static FACTORIAL: Claim<Size> = planted(
    "planted/factorial",
    "n! <= k^n for k from 4",
    || sizes(1..=5, 4..=6),
    &[given("k from 4", |case: &Size| case.k >= 4)],
    |case| {
        let product = (1..=case.n).map(Rational::from).fold(Rational::ONE, |all, k| all * k);
        at_most("n!", product, Rational::from(case.k).pow(case.n as i32))
    },
    |case| within((1..=60).contains(&case.n) && case.k <= 60),
);

pub static COVER: Claim<Size> = planted(
    "planted/cover",
    "at least half of the labels of n points in general position in R^k are separable",
    || sizes(1..=7, 4..=7),
    &[given("a dimension of 4", |case: &Size| case.k >= 4)],
    |case| {
        let choose =
            |k: u64| (0..k).fold(1u64, |c, i| c * (case.n - 1).saturating_sub(i) / (i + 1));
        let count: u64 = (0..case.k).map(choose).sum::<u64>() * 2;
        at_least("twice the count", 2 * count, 1u64 << case.n)
    },
    |case| within((1..=30).contains(&case.n) && (1..=12).contains(&case.k)),
);

pub static COLLATZ: Claim<Size> = planted(
    "planted/collatz",
    "a number reaches 1 in at most 115 steps of halving or 3 n + 1",
    || sizes(1..=64, 1..=1),
    &[],
    |case| {
        let next = |n: &u64| Some(if n.is_multiple_of(2) { n / 2 } else { 3 * n + 1 });
        let steps = std::iter::successors(Some(case.n), next).take_while(|n| *n > 1).count();
        at_most("steps", steps, 115)
    },
    |case| within((1..=10_000).contains(&case.n)),
);

/// Whole numbers in a row.
#[derive(Debug, Serialize, Deserialize)]
pub struct Row {
    row: Vec<i64>,
}

fn distinct(row: &[i64]) -> bool {
    row.iter().collect::<BTreeSet<_>>().len() == row.len()
}

fn is_permutation(row: &[i64]) -> bool {
    distinct(row) && row.iter().all(|x| (1..=row.len() as i64).contains(x))
}

fn shuffled(n: i64) -> BoxedStrategy<Row> {
    Just((1..=n).collect::<Vec<_>>()).prop_shuffle().prop_map(|row| Row { row }).boxed()
}

pub static RECIPROCALS: Claim<Row> = planted(
    "planted/reciprocals",
    "the reciprocals of different positive numbers are at most 2 together",
    || vec(1i64..=60, 1..=5).prop_map(|row| Row { row }).cases(),
    &[given("different", |case: &Row| distinct(&case.row))],
    |case| {
        let sum = case.row.iter().fold(Rational::ZERO, |sum, n| sum + Rational::new(1, *n));
        at_most("sum", sum, 2)
    },
    |case| within(case.row.len() <= 20 && case.row.iter().all(|n| (1..=1000).contains(n))),
);

pub static BUBBLES: Claim<Row> = planted(
    "planted/bubbles",
    "four passes of bubble sort sort every list",
    || vec(-9i64..=9, 1..=5).prop_map(|row| Row { row }).cases(),
    &[],
    |case| {
        let mut row = case.row.clone();
        for _ in 0..4 {
            for i in 1..row.len() {
                if row[i - 1] > row[i] {
                    row.swap(i - 1, i);
                }
            }
        }
        equal("descents", row.windows(2).filter(|pair| pair[0] > pair[1]).count(), 0)
    },
    |case| within(case.row.len() <= 40),
);

pub static GOLOMB: Claim<Row> = planted(
    "planted/golomb",
    "of the differences of seven marks on a ruler of length 25 two are equal",
    || vec(0i64..=25, 7).prop_map(|row| Row { row }).cases(),
    &[given("different", |case: &Row| distinct(&case.row))],
    |case| {
        let pairs = |i: usize| case.row[..i].iter().map(move |x| (case.row[i] - x).abs());
        let differences: Vec<_> = (0..case.row.len()).flat_map(pairs).collect();
        let different = differences.iter().collect::<BTreeSet<_>>().len();
        at_least("equal ones", differences.len() - different, 1)
    },
    |case| within(case.row.len() == 7 && case.row.iter().all(|x| (0..=25).contains(x))),
);

pub static QUEENS: Claim<Row> = planted(
    "planted/queens",
    "of twenty queens in different rows and columns two stand on one diagonal",
    || shuffled(20).cases(),
    &[],
    |case| {
        let attacks = |i: usize| {
            let near = |j: &usize| (case.row[i] - case.row[*j]).unsigned_abs() as usize == i - j;
            (0..i).filter(near).count()
        };
        at_least("attacks", (0..case.row.len()).map(attacks).sum::<usize>(), 1)
    },
    |case| within(case.row.len() == 20 && is_permutation(&case.row)),
);

pub static MAGIC: Claim<Row> = planted(
    "planted/magic",
    "the rows, columns and diagonals of 4 by 4 different numbers up to 16 have different sums",
    || shuffled(16).cases(),
    &[],
    |case| {
        let row = |i: usize| [0, 1, 2, 3].map(|j| case.row[4 * i + j]);
        let column = |i: usize| [0, 1, 2, 3].map(|j| case.row[4 * j + i]);
        let diagonals = [[0, 5, 10, 15], [3, 6, 9, 12]].map(|line| line.map(|i| case.row[i]));
        let lines = (0..4).flat_map(|i| [row(i), column(i)]).chain(diagonals);
        above("deviation", lines.map(|line| (line.iter().sum::<i64>() - 34).abs()).sum::<i64>(), 0)
    },
    |case| within(case.row.len() == 16 && is_permutation(&case.row)),
);

/// Signs in a row.
#[derive(Debug, Serialize, Deserialize)]
pub struct Signs {
    n: usize,
    up: Vec<bool>,
}

pub static SIDELOBES: Claim<Signs> = planted(
    "planted/sidelobes",
    "a row of 25 signs has a shifted product with itself of 3 or more",
    || vec(any::<bool>(), 25).prop_map(|up| Signs { n: 25, up }).cases(),
    &[],
    |case| {
        let lobe = |shift: usize| {
            let pairs = case.up.iter().zip(&case.up[shift..]);
            pairs.map(|(a, b)| if a == b { 1i64 } else { -1 }).sum::<i64>().abs()
        };
        at_least("sidelobe", (1..case.n).map(lobe).max().unwrap_or(0), 3)
    },
    |case| within(case.n == 25 && case.up.len() == 25),
);

/// The edges of a complete graph in two colours, row by row.
pub static RAMSEY: Claim<Signs> = planted(
    "planted/ramsey",
    "a complete graph on 12 vertices has a red triangle or five vertices joined in blue",
    || vec(any::<bool>(), 66).prop_map(|up| Signs { n: 12, up }).cases(),
    &[],
    |case| {
        let red = |i: usize, j: usize| case.up[i * (i - 1) / 2 + j];
        // How many sets of so many vertices below the last one join all of them in one colour.
        fn joined(set: &[usize], more: usize, edge: &dyn Fn(usize, usize) -> bool) -> usize {
            let fits = |k: &usize| set.iter().all(|i| edge(*i, *k));
            match more {
                0 => 1,
                _ => (0..set.last().copied().unwrap_or(12))
                    .filter(fits)
                    .map(|k| joined(&[set, &[k]].concat(), more - 1, edge))
                    .sum(),
            }
        }
        let count = joined(&[], 3, &red) + joined(&[], 5, &|i, j| !red(i, j));
        at_least("red triangles and blue fives", count, 1)
    },
    |case| within(case.n == 12 && case.up.len() == 66),
);
