//! The chords are the cheapest interpolant without a skip connection.

use crate::catalogue::prelude::*;
use crate::generators::line_data::{self, Rival};
use crate::spline::univariate::{Interpolation, representation_cost};

pub(super) static CLAIM: Claim<Rival> = Claim {
    card: refuted!("sparsity/chords_without_skip")
        .remembered_from("Savarese2019", "the corollary on interpolation of data")
        .as_printed("that linear interpolation is optimal: true between the data, not beyond them"),
    statement: "without a skip connection no interpolant costs less than the straight chords",
    cases: || Cases::of(line_data::rivals()),
    hypotheses: &[],
    conclusion: |case| {
        let data = case.data();
        let problem = Interpolation::new(&data);
        let chords = representation_cost(&problem.chords().function());
        let built = problem.without_skip(false).fit.function();
        let others = [representation_cost(&case.function()), representation_cost(&built)];
        let [rival, built] = others;
        at_most("cost of the chords", chords, rival.min(built))
    },
    twins: &[],
    well_formed: Rival::check,
};
