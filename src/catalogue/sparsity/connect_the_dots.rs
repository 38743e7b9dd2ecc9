//! No interpolant has less variation of slope than the chords.

use crate::catalogue::prelude::*;
use crate::generators::line_data::{self, Rival};
use crate::spline::univariate::{Data, Interpolation, tv2};

pub(super) static CLAIM: Claim<Rival> = Claim {
    card: theorem!("sparsity/connect_the_dots", AGAINST_ITS_NOTE)
        .remembered_from("ParhiNowak2023", "the one-dimensional representer theorem")
        .as_printed(
            "stated for functions of bounded second-order variation; piecewise linear here",
        ),
    statement: "f(x_i) = y_i for all i  ⟹  TV2(f) ≥ Σ |s_i - s_(i-1)|, the chords attain it",
    cases: || Cases::of(line_data::rivals()),
    hypotheses: &[],
    conclusion: |case| {
        let data = case.data();
        let own = tv2(&Interpolation::new(&data).chords().function());
        if own != chords(&data) {
            return equal("TV2 of the chords", own, chords(&data));
        }
        below(case, chords)
    },
    twins: &[
        twin("slopes at the ends count", |case: &Rival| {
            below(case, |data| {
                let slopes = data.slopes();
                chords(data) + slopes[0].abs() + slopes[slopes.len() - 1].abs()
            })
        })
        .because("an affine function costs nothing"),
        twin("jumps weighted by gaps", |case: &Rival| {
            below(case, |data| {
                let slopes = data.slopes();
                let half = Rational::new(1, 2);
                let width = |i: usize| (&data.x()[i + 1] - &data.x()[i - 1]) * &half;
                let jump = |i: usize| (&slopes[i] - &slopes[i - 1]).abs();
                (1..slopes.len()).map(|i| width(i) * jump(i)).sum()
            })
        })
        .because("the cost is a total variation, not an integral over lengths"),
        twin("only the first and the last slope matter", |case: &Rival| {
            let data = case.data();
            let slopes = data.slopes();
            let bound = (&slopes[slopes.len() - 1] - &slopes[0]).abs();
            equal("TV2", Interpolation::new(&data).least_exactly(), bound)
        })
        .because("true of convex and of concave data alone"),
    ],
    well_formed: Rival::check,
};

/// `T`, the sum of the absolute jumps of the chord slopes.
fn chords(data: &Data) -> Rational {
    Interpolation::new(data).least_exactly()
}

fn below(case: &Rival, bound: impl Fn(&Data) -> Rational) -> Conclusion {
    at_least("TV2", tv2(&case.function()), bound(&case.data()))
}
