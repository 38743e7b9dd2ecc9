//! What an interpolant costs without a skip connection.

use crate::catalogue::prelude::*;
use crate::generators::line_data::{self, Rival};
use crate::spline::univariate::{Interpolation, representation_cost};

pub(super) static CLAIM: Claim<Rival> = Claim {
    card: theorem!("sparsity/cost_without_skip", AGAINST_ITS_NOTE)
        .derived_from("Savarese2019", "the corollary on interpolation of data"),
    statement: "f(x_i) = y_i  ⟹  max(TV2(f), |f'(-∞) + f'(∞)|) ≥ \
                max(T, (T + |s_1 + s_(n-1)|) / 2), and it is attained",
    cases: || Cases::of(line_data::rivals()),
    hypotheses: &[],
    conclusion: |case| {
        let (data, least) = (case.data(), least(case, Terms::Both));
        let problem = Interpolation::new(&data);
        let built = problem.without_skip(false);
        if built.least.value().is_none() {
            return Err(Undecided("the slopes are too long for an exact fit"));
        }
        let fit = built.fit.function();
        if !problem.is_interpolated_by(&fit) || representation_cost(&fit) != least {
            return equal("attained", false, true);
        }
        at_least("cost", representation_cost(&case.function()), least)
    },
    twins: &[
        twin("the chords attain it", |case: &Rival| {
            let data = case.data();
            let chords = Interpolation::new(&data).chords().function();
            at_most("cost", representation_cost(&chords), least(case, Terms::Both))
        })
        .because("for (0, 0) and (1, 1) the line costs 2, a unit bent at 0 costs 1"),
        twin("no more than with a skip", |case: &Rival| attained(case, Terms::Variation))
            .because("slopes that do not cancel are paid for"),
        twin("slopes paid in full", |case: &Rival| attained(case, Terms::Sum))
            .because("a kink at an end trades one for the other"),
    ],
    well_formed: Rival::check,
};

/// What of the formula is taken.
enum Terms {
    Both,
    Variation,
    Sum,
}

fn least(case: &Rival, terms: Terms) -> Rational {
    let data = case.data();
    let problem = Interpolation::new(&data);
    let slopes = problem.slopes();
    let ends = (&slopes[0] + &slopes[slopes.len() - 1]).abs();
    let variation = problem.least_exactly();
    let half = Rational::new(1, 2);
    match terms {
        Terms::Variation => variation,
        Terms::Sum => variation + ends,
        Terms::Both => ((&variation + ends) * half).max(variation),
    }
}

/// The cost of the interpolant that is built to attain the formula, against a part of it.
fn attained(case: &Rival, terms: Terms) -> Conclusion {
    let data = case.data();
    let fit = Interpolation::new(&data).without_skip(false).fit.function();
    equal("cost", representation_cost(&fit), least(case, terms))
}
