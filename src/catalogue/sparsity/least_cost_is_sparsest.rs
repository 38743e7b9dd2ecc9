//! The least cost in the plane is not the fewest units.

use crate::catalogue::prelude::*;
use crate::engines::lp::{Optimum, System};
use crate::generators::ridges::{Scattered, integral, scattered};
use crate::spline::ridge::{Norm, Skip};

pub(super) static CLAIM: Claim<Scattered> = Claim {
    card: refuted!("sparsity/least_cost_is_sparsest")
        .derived_from("Debarre2022", "of one input, where it is true"),
    statement: "two inputs, norm l1: some network of least cost has the fewest units. Checked as: \
                where one unit is enough, the cheapest single unit costs no more than the least \
                cost",
    cases: || planted().cases().with("6 points", 16, one_unit(6..=6)),
    hypotheses: &[given("one unit is enough", |case| single(case).is_some())],
    conclusion: |case| {
        let fit = case.least(Norm::L1, Skip::Free).ok_or(Undecided("no network was found"))?;
        let least = fit.value.value().cloned().ok_or(Undecided("the cost is not rational"))?;
        let single = single(case).ok_or(Undecided("one unit is not enough"))?;
        at_most("cost of the cheapest single unit", single, least)
    },
    twins: &[],
    well_formed: |case| case.check().map_err(|error| error.to_string()),
};

/// The least cost of a network with one unit through the points; `None` if there is none. For each
/// set of active points and each sign, a linear program in the weights, their sizes, the threshold
/// and the affine part.
fn single(case: &Scattered) -> Option<Rational> {
    let (n, d) = (case.points.len(), case.dimension());
    let sets = (0..1u32 << n).flat_map(|set| [(set, 1), (set, -1)]);
    let costs = sets.filter_map(|(set, sign)| {
        let width = 3 * d + 2;
        let mut system = System::new(width);
        let row = |w: &dyn Fn(usize) -> Rational, t: Rational| -> Vec<Rational> {
            let mut row = vec![Rational::ZERO; width];
            (0..d).for_each(|k| row[k] = w(k));
            row[2 * d] = t;
            row
        };
        for (i, (x, y)) in case.points.iter().zip(&case.values).enumerate() {
            let is_active = set >> i & 1 == 1;
            // The form <w, x> - t is not negative where the unit is active, else not positive.
            let side = Rational::integer(if is_active { -1 } else { 1 });
            system.at_most(row(&|k| &x[k] * &side, -&side), Rational::ZERO);
            let unit = if is_active { Rational::integer(sign) } else { Rational::ZERO };
            let mut values = row(&|k| &x[k] * &unit, -&unit);
            (0..d).for_each(|k| values[2 * d + 1 + k] = x[k].clone());
            values[width - 1] = Rational::ONE;
            system.equal(values, y.clone());
        }
        for (k, turn) in (0..d).flat_map(|k| [(k, 1), (k, -1)]) {
            let mut size = vec![Rational::ZERO; width];
            size[k] = Rational::integer(turn);
            size[d + k] = -Rational::ONE;
            system.at_most(size, Rational::ZERO);
        }
        let mut goal = vec![Rational::ZERO; width];
        (0..d).for_each(|k| goal[d + k] = -Rational::ONE);
        match system.maximize(&goal) {
            Optimum::Attained { value, .. } => Some(-value),
            _ => None,
        }
    });
    costs.min()
}

/// Values of one unit beside an affine function, at points of a small grid around zero.
fn one_unit(n: Span) -> BoxedStrategy<Scattered> {
    (scattered(2, n, 4), integral(2), numbers::integer(3), integral(2))
        .prop_map(|(mut data, w, t, slope)| {
            data.points.iter_mut().flatten().for_each(|x| *x -= Rational::ONE);
            let value = |x: &Vec<Rational>| {
                let form = |a: &[Rational]| &a[0] * &x[0] + &a[1] * &x[1];
                (form(&w) - &t).max(Rational::ZERO) + form(&slope)
            };
            let values = data.points.iter().map(value).collect();
            data.with_values(values)
        })
        .boxed()
}

fn planted() -> BoxedStrategy<Scattered> {
    one_unit(5..=5)
}
