//! Interpolating a function of one form errs by at most L B/N, attained between nodes.

use crate::catalogue::prelude::*;
use crate::construct::interpolant::Interpolant;
use crate::construct::ridge_function::RidgeFunction;

pub(super) static CLAIM: Claim<Case> = Claim {
    card: theorem!("approximation/ridge_function_error", AGAINST_ITS_NOTE)
        .derived_from("Zhou2020b", "the rate for ridge functions")
        .as_printed("a rate for Lipschitz-α functions is remembered; this is α = 1, exactly"),
    statement: "g piecewise linear with slopes at most L, N cells on [-B, B], B = |ξ|_1 R  ⟹  \
                max over |x|_∞ ≤ R of |g(⟨ξ, x⟩) - network| ≤ L B/N",
    cases: || {
        let strata = cases(1..=3, 1..=5).with("6 inputs, 20 cells", 64, cases(6..=6, 12..=20));
        strata.with("12 inputs, 64 cells", 1024, cases(12..=12, 64..=64))
    },
    hypotheses: &[],
    conclusion: |case| compare(case, case.cells, case.steepest() / Rational::from(case.cells)),
    twins: &[
        twin("half of it", |case: &Case| {
            compare(case, case.cells, case.steepest() / Rational::from(2 * case.cells))
        })
        .because("|t| with three cells on [-1, 1] is off by 1/3 at 0"),
        twin("one cell fewer", |case: &Case| {
            let cells = (case.cells - 1).max(1);
            compare(case, cells, case.steepest() / Rational::from(case.cells))
        })
        .because("|t| with three cells is off by 1/3, and four would allow 1/4"),
        twin("the mean slope", |case: &Case| {
            let rise = &case.fine[case.fine.len() - 1] - &case.fine[0];
            let half_rise = rise.abs() * Rational::new(1, 2);
            compare(case, case.cells, half_rise / Rational::from(case.cells))
        })
        .because("what counts is the steepest slope, not the rise from end to end"),
    ],
    well_formed: |case| {
        require!((1..=64).contains(&case.cells), "there must be 1 to 64 cells")?;
        case.ridge(case.fine.clone()).check()
    },
};

/// Values of `g` at equally spaced points of `[-B, B]`, and the number `cells` of the interpolant.
#[derive(Debug, Serialize, Deserialize)]
pub struct Case {
    width: usize,
    reach: Rational,
    filters: Vec<Vec<Rational>>,
    cells: usize,
    fine: Vec<Rational>,
}

impl Case {
    fn ridge(&self, values: Vec<Rational>) -> RidgeFunction {
        let (reach, filters) = (self.reach.clone(), self.filters.clone());
        RidgeFunction { width: self.width, reach, filters, values }
    }

    /// `g`.
    fn target(&self) -> Interpolant {
        self.ridge(self.fine.clone()).interpolant()
    }

    /// `L B`: the steepest slope times half the range.
    fn steepest(&self) -> Rational {
        let rises = self.fine.windows(2).map(|v| (&v[1] - &v[0]).abs());
        let cells = Rational::from(self.fine.len() - 1);
        rises.max().expect("there is a cell") * cells / Rational::integer(2)
    }

    /// The largest distance on the box between `g` of the form and the network with so many cells:
    /// the difference is linear in between, so the largest is at a node of either.
    fn error(&self, cells: usize) -> Rational {
        let target = self.target();
        let (lo, hi) = (target.lo.clone(), target.hi.clone());
        let coarse = Interpolant::of(|t| target.eval(t), lo, hi, cells);
        let ridge = self.ridge(coarse.values.clone());
        let (network, direction) = (ridge.network(), ridge.direction());
        let nodes = (0..=target.cells()).map(|j| target.node(j));
        let nodes = nodes.chain((0..=cells).map(|j| coarse.node(j)));
        let errors = nodes.map(|t| {
            // The point of the box on the diagonal through its corners where the form is t.
            let share = &t / &target.hi * &self.reach;
            let sign = |a: &Rational| Rational::from(a.signum()) * &share;
            let x: Vec<_> = direction.iter().map(sign).collect();
            (&network.eval(&x)[0] - target.eval(&t)).abs()
        });
        errors.max().expect("there are nodes")
    }
}

fn compare(case: &Case, cells: usize, bound: Rational) -> Conclusion {
    at_most("largest error on the box", case.error(cells), bound)
}

/// `g` has a kink at every node and in the middle of every cell; half of them go up and down.
fn cases(width: Span, cells: Span) -> impl Strategy<Value = Case> {
    (width, 1usize..=2, cells, any::<bool>())
        .prop_flat_map(|(width, s, cells, zigzag)| {
            let layers = (width - 1).div_ceil(s).max(1);
            let filters = vec(numbers::integers(s, 2), layers);
            (Just((width, cells, zigzag)), filters, numbers::integers(2 * cells + 1, 3))
        })
        .prop_map(|((width, cells, zigzag), mut filters, mut fine)| {
            filters.iter_mut().for_each(|filter| filter.insert(0, Rational::ONE));
            if zigzag {
                let turn = |(j, v): (usize, &mut Rational)| *v = Rational::from(j % 2);
                fine.iter_mut().enumerate().for_each(turn);
            }
            let mut case = Case { width, reach: Rational::ONE, filters, cells, fine };
            if case.ridge(case.fine.clone()).bound().is_zero() {
                case.filters.iter_mut().for_each(|filter| filter[1..].fill(Rational::ZERO));
            }
            case
        })
}
