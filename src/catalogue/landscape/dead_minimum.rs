//! Dead units are a local minimum, and a gradient of zero is not.

use crate::catalogue::prelude::*;
use crate::generators::active_units::{Fitted, Pair, Parameters, moved, parameters, switch_on};

pub(super) static CLAIM: Claim<Pair> = Claim {
    card: theorem!("landscape/dead_minimum", AGAINST_ITS_NOTE)
        .derived_from("Yun2019", "the plateau of dead units"),
    statement: "no unit on at any sample, the constant the mean of the targets  ⟹  no parameters \
                that keep all units off have a smaller loss",
    cases: || {
        near(1..=1, 1..=2, 2).with("several inputs", 4, near(2..=3, 1..=4, 3)).with(
            "30 units",
            16,
            near(1..=2, 30..=30, 9),
        )
    },
    hypotheses: &[
        given("units stay off", |case: &Pair| {
            [&case.at, &case.other].iter().all(|n| n.all(&case.data, |t| !t.is_positive()))
        })
        .needed("a unit at 0 has no gradient either, and as soon as it is on it helps", || {
            turned_on().cases()
        }),
        given("the mean", |case: &Pair| {
            case.data.residuals(&case.at).iter().sum::<Rational>().is_zero()
        })
        .needed("the constant alone can lower the loss", || lifted().cases()),
    ],
    conclusion: |case| at_most("loss", case.data.loss(&case.at), case.data.loss(&case.other)),
    twins: &[
        twin("strictly", |case: &Pair| {
            refuse_if!(case.at == case.other, Undecided("the same parameters"));
            below("loss", case.data.loss(&case.at), case.data.loss(&case.other))
        })
        .because("a dead unit may be moved for nothing"),
        twin("and so global", |case: &Pair| {
            let polygon = case.data.polygon_loss(case.at.weights.len());
            let polygon = polygon.ok_or(Undecided("the units compute no polygon"))?;
            at_most("loss", case.data.loss(&case.at), polygon)
        })
        .because("units that are on fit what a constant does not")
        .drawing(|| on_a_line().cases()),
    ],
    well_formed: Pair::check,
};

fn negated(mut network: Parameters) -> Parameters {
    network.biases.iter_mut().for_each(|b| *b = -&*b);
    network.weights.iter_mut().flatten().for_each(|w| *w = -&*w);
    network
}

/// Turns all units off, at least as far as they would have been on.
fn off(mut network: Parameters, data: &Fitted) -> Parameters {
    switch_on(&mut network, data);
    negated(network)
}

fn near(inputs: Span, units: Span, most: i64) -> BoxedStrategy<Pair> {
    (inputs, units, 1..=5usize)
        .prop_flat_map(move |(d, m, samples)| {
            let points = vec(numbers::integers(d, most), samples);
            let targets = numbers::integers(samples, most);
            (points, targets, parameters(m, d, most), parameters(m, d, 8), 0..=8i64)
        })
        .prop_map(|(points, targets, at, by, share)| {
            let mean = targets.iter().sum::<Rational>() / Rational::from(targets.len());
            let data = Fitted { targets, points };
            let at = Parameters { constant: mean, ..off(at, &data) };
            let mut other = moved(&at, &by, &Rational::new(share, 8));
            if !other.all(&data, |t| !t.is_positive()) {
                other = off(other, &data);
            }
            Pair { data, at, other }
        })
        .boxed()
}

/// Samples 0, 1, .. and as many units as a polygon through them needs.
fn on_a_line() -> BoxedStrategy<Pair> {
    near(1..=1, 4..=4, 2)
        .prop_map(|Pair { mut data, at, .. }| {
            data.points = (0..data.points.len()).map(|x| vec![Rational::from(x)]).collect();
            let at = off(at, &data);
            Pair { other: at.clone(), at, data }
        })
        .boxed()
}

/// All weights and biases 0; then a unit is turned on a little, towards a target.
fn turned_on() -> BoxedStrategy<Pair> {
    near(1..=1, 1..=2, 2)
        .prop_map(|Pair { mut data, mut at, .. }| {
            data.points = (0..data.points.len()).map(|x| vec![Rational::from(x)]).collect();
            at.weights.iter_mut().for_each(|w| w.fill(Rational::ZERO));
            at.biases.fill(Rational::ZERO);
            at.outer.fill(Rational::ONE);
            let mut other = at.clone();
            other.weights[0][0] = Rational::new(1, 8);
            Pair { data, at, other }
        })
        .boxed()
}

/// The constant of the network is off, and the other network has the right one.
fn lifted() -> BoxedStrategy<Pair> {
    (near(1..=2, 1..=2, 2), numbers::nonzero_integer(3))
        .prop_map(|(mut case, by)| {
            case.other = case.at.clone();
            case.at.constant += by;
            case
        })
        .boxed()
}
