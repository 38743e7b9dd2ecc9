//! Interpolating a function of a form with exponent α errs by at most L (B/N)^α.

use crate::analysis::enclosure::floor_root;
use crate::catalogue::prelude::*;
use crate::construct::interpolant::Interpolant;

pub(super) static CLAIM: Claim<Case> = Claim {
    card: theorem!("approximation/holder_interpolation", AGAINST_ITS_NOTE)
        .derived_from("Zhou2020b", "the rate for ridge functions that are Lipschitz-α")
        .as_printed("a rate N^-α is remembered; the constant 1 at half a cell is derived here"),
    statement: "|g(s) - g(t)| ≤ L |s - t|^(p/q), p ≤ q, N cells on [-B, B], I the interpolant  \
                ⟹  |g(x) - I(x)|^q ≤ L^q (B/N)^p",
    cases: || {
        cases(1..=4, [1, 2, 3], true)
            .with("peaks in the middle of a cell", 4, peaks(1..=6))
            .with("up to 12 cells", 16, cases(5..=12, [1, 2, 3], true))
            .with("up to 60 cells, up to ninth roots", 128, cases(40..=60, [1, 4, 7], true))
    },
    hypotheses: &[given("the exponent is p/q", Case::is_holder)
        .needed("a value far from the others is far from the interpolant", || {
            cases(1..=4, [1, 2, 3], false).cases()
        })],
    conclusion: |case| case.compare(&case.half_cell()),
    twins: &[
        twin("a quarter of a cell", |case: &Case| {
            case.compare(&(case.half_cell() * Rational::new(1, 2)))
        })
        .because("a peak in the middle of a cell attains the bound"),
        twin("the exponent 1", |case: &Case| {
            let [_, q] = case.exponent;
            let bound = (&case.constant * case.half_cell()).pow(q);
            at_most("error to the power q", case.error().pow(q), bound)
        })
        .because("small cells have larger roots")
        .drawing(|| peaks(3..=6).cases()),
        twin("as good as at the nodes", |case: &Case| equal("error", case.error(), 0))
            .because("the interpolant is straight and the function is not"),
    ],
    well_formed: |case| {
        let [p, q] = case.exponent;
        require!(1 <= p && p <= q && q <= 9, "the exponent is {p}/{q}; 0 < p ≤ q ≤ 9 is asked")?;
        let fits = (2..=65).contains(&case.values.len()) && case.reach.is_positive();
        require!(fits, "there must be 1 to 64 cells, and a positive reach")?;
        require!(!case.constant.is_negative(), "the constant is negative")?;
        require!(case.at[0].abs() <= case.reach, "the point is outside of [-B, B]")
    },
};

/// `[p, q]`, `B`, `L`, the values at the nodes, and a point with its value.
#[derive(Debug, Serialize, Deserialize)]
pub struct Case {
    exponent: [i32; 2],
    reach: Rational,
    constant: Rational,
    values: Vec<Rational>,
    at: [Rational; 2],
}

impl Case {
    fn interpolant(&self) -> Interpolant {
        Interpolant { lo: -&self.reach, hi: self.reach.clone(), values: self.values.clone() }
    }

    /// The points where the function is known, with its values.
    fn points(&self) -> Vec<[Rational; 2]> {
        let interpolant = self.interpolant();
        let nodes = self.values.iter().enumerate();
        let nodes = nodes.map(|(j, value)| [interpolant.node(j), value.clone()]);
        nodes.chain([self.at.clone()]).collect()
    }

    /// `|g(s) - g(t)|^q` and `|s - t|^p` for each two of them.
    fn pairs(&self) -> Vec<[Rational; 2]> {
        let ([p, q], points) = (self.exponent, self.points());
        let pair = |i: usize, j: usize| {
            let [way, rise] = [0, 1].map(|k: usize| (&points[i][k] - &points[j][k]).abs());
            [rise.pow(q), way.pow(p)]
        };
        let pairs = (0..points.len()).flat_map(|i| (0..i).map(move |j| (i, j)));
        pairs.map(|(i, j)| pair(i, j)).collect()
    }

    /// Whether the values are those of a function with this exponent and constant: McShane's
    /// extension is one.
    fn is_holder(&self) -> bool {
        let scale = self.constant.pow(self.exponent[1]);
        self.pairs().iter().all(|[rise, way]| *rise <= &scale * way)
    }

    fn half_cell(&self) -> Rational {
        &self.reach / Rational::from(self.values.len() - 1)
    }

    fn error(&self) -> Rational {
        (&self.at[1] - self.interpolant().eval(&self.at[0])).abs()
    }

    fn compare(&self, length: &Rational) -> Conclusion {
        let [p, q] = self.exponent;
        let bound = self.constant.pow(q) * length.pow(p);
        at_most("error to the power q", self.error().pow(q), bound)
    }

    /// The least whole constant that the values have.
    fn with_constant(mut self) -> Self {
        let order = self.exponent[1].unsigned_abs();
        let ratio = |[rise, way]: &[Rational; 2]| {
            if way.is_zero() { Rational::ZERO } else { rise / way }
        };
        let ratios = self.pairs();
        let steepest = ratios.iter().map(ratio).max().expect("there are two nodes");
        let root = Rational::from_parts(floor_root(&steepest.ceil().numerator(), order), 1.into());
        self.constant = root;
        while self.constant.pow(self.exponent[1]) < steepest {
            self.constant += Rational::ONE;
        }
        self
    }
}

/// Values at random with the constant that they have, or with less.
fn cases(cells: Span, exponents: [i32; 3], honest: bool) -> BoxedStrategy<Case> {
    (cells, select(exponents.to_vec()), 0i32..=2, 1i64..=4)
        .prop_flat_map(|(cells, p, more, reach)| {
            let values = numbers::integers(cells + 2, 4);
            (Just((cells, [p, p + more], reach)), values, 0..=8 * cells)
        })
        .prop_map(move |((cells, exponent, reach), mut values, eighth)| {
            let reach = Rational::new(reach, 4);
            let value = values.pop().expect("a value more than nodes");
            let share = Rational::from(eighth) / Rational::from(8 * cells);
            let at = &reach * (share * Rational::integer(2) - Rational::ONE);
            let mut case =
                Case { exponent, reach, constant: Rational::ONE, values, at: [at, value] };
            if eighth.is_multiple_of(8) {
                case.at[1] = case.values[eighth / 8].clone();
            }
            let mut case = case.with_constant();
            if !honest {
                case.at[1] += &case.constant * Rational::from(8);
            }
            case
        })
        .boxed()
}

/// The function `L |B/N|^α` in the middle of the first cell, and 0 at the nodes.
fn peaks(cells: Span) -> BoxedStrategy<Case> {
    (cells, 1i32..=2, 0i32..=2, 1i64..=3, 1i64..=3)
        .prop_map(|(cells, p, more, root, constant)| {
            let (q, n) = (p + more, Rational::from(cells));
            // Half of a cell is a power q of a fraction.
            let side = Rational::new(1, root + 1);
            let half = side.pow(q);
            let reach = &half * &n;
            let constant = Rational::integer(constant);
            let at = [&half - &reach, &constant * side.pow(p)];
            Case { exponent: [p, q], reach, constant, values: vec![Rational::ZERO; cells + 1], at }
        })
        .boxed()
}
