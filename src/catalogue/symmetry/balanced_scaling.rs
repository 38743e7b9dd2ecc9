//! Leaving balance by a factor a costs exactly p (a - 1/a)².

use crate::catalogue::prelude::*;
use crate::generators::channels::{Marked, MarkedScaling};
use crate::net::Parameters;
use crate::properties::Pairing;

pub(super) static CLAIM: Claim<MarkedScaling> = Claim {
    card: theorem!("symmetry/balanced_scaling", AGAINST_ITS_NOTE)
        .derived_from("ParhiNowak2023", "the neural balance theorem")
        .as_printed("at a minimum with weight decay, |w| = |v| for every unit"),
    statement: "|w|² + |b|² = |v|² = p  ⟹  scaling by a ≠ 0 adds p (a - 1/a)² to the squares",
    cases: || Cases::of(Kind::PLAIN.at_every_scale(|kind| cases(kind, Marked::balanced))),
    hypotheses: &[given("balanced", |case: &MarkedScaling| {
        let Pairing { incoming, bias, outgoing } = case.mark.squares();
        incoming + bias == outgoing
    })
    .needed("an unbalanced channel may gain", || cases(Kind::PLAIN, |mark| mark).cases())],
    conclusion: |case| {
        extra(case, case.mark.squares().outgoing, &(&case.factor - case.factor.recip()))
    },
    twins: &[
        twin("bias left out", |case: &MarkedScaling| {
            let step = &case.factor - case.factor.recip();
            extra(case, case.mark.squares().incoming, &step)
        })
        .because("the biases of the channel are scaled and decay with it"),
        twin("distance of the factor from one", |case: &MarkedScaling| {
            extra(case, case.mark.squares().outgoing, &(&case.factor - Rational::ONE))
        })
        .because("both sides pay, the readers for 1 / a"),
        twin("balanced is optimal", |case: &MarkedScaling| {
            let network = case.mark.network();
            let [whole, half] = [network.clone(), halved(network)].map(|n| objective(case, &n));
            at_most("loss with decay", whole, half)
        })
        .because("balance is necessary at a minimum and far from sufficient"),
    ],
    well_formed: MarkedScaling::check,
};

/// `|f(x) - (1, .., 1)|^2` plus the sum of all squares.
fn objective(case: &MarkedScaling, network: &Network) -> Rational {
    let loss = |y: &Rational| (y - Rational::ONE).pow(2);
    network.squared_norm() + network.eval(case.mark.x()).iter().map(loss).sum::<Rational>()
}

/// What rescaling adds to the sum of squares, against `weight step^2`.
fn extra(case: &MarkedScaling, weight: Rational, step: &Rational) -> Conclusion {
    let added = case.rescaled().squared_norm() - case.mark.network().squared_norm();
    equal("added squares", added, weight * step.pow(2))
}

fn halved(network: &Network) -> Network {
    let half = |list: &[Rational]| list.iter().map(|x| x / Rational::from(2)).collect();
    let halves = |own: &Parameters| Parameters { weight: half(&own.weight), bias: half(&own.bias) };
    let parameters = network.parameters().iter().map(halves).collect();
    network.with_parameters(parameters).expect("the form of the parameters is unchanged")
}

fn cases(kind: Kind, prepare: fn(Marked) -> Marked) -> impl Strategy<Value = MarkedScaling> {
    let factors = [(2, 1), (-3, 1), (1, 2), (2, 3)].map(|(p, q)| Rational::new(p, q));
    (select(factors.to_vec()), channels::marked(kind))
        .prop_map(move |(factor, mark)| MarkedScaling { factor, mark: prepare(mark) })
}
