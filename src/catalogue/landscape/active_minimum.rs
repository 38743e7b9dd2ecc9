//! A ReLU network that is the affine fit, with all units on, is a local minimum at any width.

use crate::catalogue::prelude::*;
use crate::generators::active_units::{
    Fitted, Pair, Parameters, Sizes, least_squares, moved, polygon, switch_on,
};

pub(super) static CLAIM: Claim<Pair> = Claim {
    card: theorem!("landscape/active_minimum", AGAINST_ITS_NOTE)
        .remembered_from("Yun2019", "spurious minima of ReLU networks of any width"),
    statement: "all units on at all samples, the output their affine least-squares fit  ⟹  no \
                parameters that keep all units on have a smaller loss: a local minimum, whatever \
                the width",
    cases: || {
        near(1..=1, 1..=3, 2).with("several inputs", 4, near(2..=3, 1..=4, 3)).with(
            "30 units",
            16,
            near(1..=2, 30..=30, 9),
        )
    },
    hypotheses: &[
        given("all units are on", |case: &Pair| case.at.all(&case.data, Rational::is_positive))
            .needed(
                "where a unit is off the output need not be affine, and its residuals large",
                || bent().cases(),
            ),
        given("they stay on", |case: &Pair| case.other.all(&case.data, |t| !t.is_negative()))
            .needed("far away the loss is 0: a minimum is one of a neighbourhood", || {
                far().cases()
            }),
        given("least squares", |case: &Pair| case.data.is_least_squares(&case.at))
            .needed("the constant alone can lower the loss", || lifted().cases()),
    ],
    conclusion: |case| at_most("loss", case.data.loss(&case.at), case.data.loss(&case.other)),
    twins: &[
        twin("strictly", |case: &Pair| {
            refuse_if!(case.at == case.other, Undecided("the same parameters"));
            below("loss", case.data.loss(&case.at), case.data.loss(&case.other))
        })
        .because("many parameters make one function")
        .drawing(|| rescaled().cases()),
        twin("and so global", |case: &Pair| {
            let polygon = case.data.polygon_loss(case.at.weights.len());
            let polygon = polygon.ok_or(Undecided("the units compute no polygon"))?;
            at_most("loss", case.data.loss(&case.at), polygon)
        })
        .because("data that no affine function fits keep a loss, and a polygon fits them")
        .drawing(|| far().prop_map(|case| Pair { other: case.at.clone(), ..case }).cases()),
    ],
    well_formed: Pair::check,
};

/// The others nearby, or anywhere; their units stay on.
fn near(inputs: Span, units: Span, most: i64) -> BoxedStrategy<Pair> {
    (least_squares(Sizes { inputs, units, more: 0..=3, most }), 0..=8i64)
        .prop_map(|((at, data, by), share)| {
            let mut other = moved(&at, &by, &Rational::new(share, 8));
            if !other.all(&data, |t| !t.is_negative()) {
                switch_on(&mut other, &data);
            }
            Pair { data, at, other }
        })
        .boxed()
}

/// A unit twice as large, with half of its outer weight.
fn rescaled() -> BoxedStrategy<Pair> {
    near(1..=1, 1..=3, 2)
        .prop_map(|mut case| {
            let two = Rational::integer(2);
            case.other = case.at.clone();
            case.other.biases[0] = &case.at.biases[0] * &two;
            case.other.outer[0] = &case.at.outer[0] / &two;
            case.other.weights[0].iter_mut().for_each(|w| *w = &*w * &two);
            case
        })
        .boxed()
}

/// The polygon through samples on a line.
fn far() -> BoxedStrategy<Pair> {
    let sizes = Sizes { inputs: 1..=1, units: 4..=5, more: 1..=2, most: 2 };
    least_squares(sizes)
        .prop_map(|(at, mut data, _)| {
            data.points = (0..data.points.len()).map(|x| vec![Rational::from(x)]).collect();
            let line = Parameters { weights: vec![vec![Rational::ZERO]; at.weights.len()], ..at };
            let mut at = line;
            switch_on(&mut at, &data);
            // Alternating residuals that are orthogonal to all lines, around any constant.
            let value = at.value(&data.points[0]);
            data.targets = vec![value; data.points.len()];
            let bend = [1, -2, 1].map(Rational::from);
            data.targets.iter_mut().zip(bend).for_each(|(y, r)| *y += r);
            let other = polygon(&data, at.weights.len());
            Pair { data, at, other }
        })
        .boxed()
}

/// The constant of the network is off, and the other network has the right one.
fn lifted() -> BoxedStrategy<Pair> {
    let sizes = Sizes { inputs: 1..=2, units: 1..=2, more: 0..=2, most: 2 };
    (least_squares(sizes), numbers::nonzero_integer(3))
        .prop_map(|((mut at, data, _), by)| {
            let other = at.clone();
            at.constant += by;
            Pair { data, at, other }
        })
        .boxed()
}

/// A polygon whose residuals are orthogonal to all affine functions, and the affine fit.
fn bent() -> BoxedStrategy<Pair> {
    (numbers::nonzero_integer(3), numbers::integer(3))
        .prop_map(|(factor, level)| {
            let points = (0..3usize).map(|x| vec![Rational::from(x)]).collect();
            let targets = [1, -2, 1].map(|r| &factor * Rational::integer(r) + &level).to_vec();
            let mut data = Fitted { targets, points };
            let at = polygon(&data, 2);
            data.targets.fill(level.clone());
            let mut other = Parameters { constant: level, ..at.clone() };
            other.outer.fill(Rational::ZERO);
            switch_on(&mut other, &data);
            Pair { data, at, other }
        })
        .boxed()
}
