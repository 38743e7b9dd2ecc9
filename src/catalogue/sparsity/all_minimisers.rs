//! The least interpolants are those that bend only where the dual function allows it.

use crate::catalogue::prelude::*;
use crate::generators::line_data::{self, Rival};
use crate::spline::univariate::{Data, Interpolation, tv2};

pub(super) static CLAIM: Claim<Rival> = Claim {
    card: theorem!("sparsity/all_minimisers", AGAINST_ITS_NOTE)
        .remembered_from("Debarre2022", "the solution set of the interpolation problem"),
    statement: "f(x_i) = y_i  ⟹  (TV2(f) = T  ⟺  every jump of f lies where eta is its sign)",
    cases: || Cases::of(line_data::rivals()),
    hypotheses: &[],
    conclusion: |case| {
        let data = case.data();
        let is_allowed = Interpolation::new(&data).is_minimiser(&case.function());
        equal("is a minimiser", costs_the_least(case, &data), is_allowed)
    },
    twins: &[
        twin("knots at points only", |case: &Rival| {
            let (data, f) = (case.data(), case.function());
            let is_point = |knot: &Rational| data.x().contains(knot);
            let allowed = f.breakpoints().iter().all(is_point);
            equal("is a minimiser", costs_the_least(case, &data), allowed)
        })
        .because("inside a run knots may leave the points"),
        twin("the sign of the dual is enough", |case: &Rival| {
            let (data, f) = (case.data(), case.function());
            let problem = Interpolation::new(&data);
            let signs = problem.signs().iter().map(|sign| Rational::from(*sign)).collect();
            let jumps = f.pieces().windows(2).map(|pair| &pair[1].0 - &pair[0].0);
            let eta = Data::new(data.x().to_vec(), signs).expect("one sign a point");
            let eta = Interpolation::new(&eta).chords().function();
            let ends = [&data.x()[0], &data.x()[data.len() - 1]];
            let is_allowed =
                f.breakpoints().iter().zip(jumps).all(|(t, jump)| {
                    ends[0] < t && t < ends[1] && (eta.eval(t) * jump).is_positive()
                });
            equal("is a minimiser", costs_the_least(case, &data), is_allowed)
        })
        .because("between points of two signs a knot costs, although the dual function is not 0"),
        twin("as many knots as the chords at most", |case: &Rival| {
            let (data, f) = (case.data(), case.function());
            let chords = Interpolation::new(&data).chords().at.len();
            let allowed = f.breakpoints().len() <= chords;
            equal("is a minimiser", costs_the_least(case, &data), allowed)
        })
        .because("minimisers may have more knots, and few knots may cost more"),
    ],
    well_formed: Rival::check,
};

fn costs_the_least(case: &Rival, data: &Data) -> bool {
    tv2(&case.function()) == Interpolation::new(data).least_exactly()
}
