//! Where every channel is balanced no rescaling has less decay, at any depth.

use crate::catalogue::prelude::*;
use crate::generators::relu_layers::Layers;
use crate::spline::weights::{Charge, Rescaling, channel_norms};

pub(super) static CLAIM: Claim<Case> = Claim {
    card: theorem!("symmetry/balanced_is_least", AGAINST_ITS_NOTE)
        .derived_from("ParhiNowak2023", "the neural balance theorem")
        .as_printed("balance is necessary at a minimum; for rescalings it is sufficient, too"),
    statement: "every channel balanced  ⟹  no rescaling has less decay, whatever the depth",
    cases: || {
        cases(Kind::Balanced, 2..=3).with("4 layers of 5", 16, chains(Kind::Balanced, 5..=5, 4))
    },
    hypotheses: &[given("every channel balanced", |case: &Case| {
        let network = relu_layers::network(&case.layers);
        let norms = channel_norms(&network, &Rescaling::of(&network));
        norms.iter().all(|own| own.is_balanced(Charge::Weights))
    })
    .needed(
        "one with another norm has a better factor, even where all layers have one norm",
        || cases(Kind::LayersAlike, 2..=3).with("any numbers", 1, chains(Kind::Any, 1..=3, 3)),
    )],
    conclusion: |case| {
        let [before, after] = case.decays();
        at_least("decay after", after, before)
    },
    twins: &[
        twin("strictly less than all others", |case: &Case| {
            let [before, after] = case.decays();
            above("decay after", after, before)
        })
        .because("one factor for all changes nothing where no channel has one"),
        twin("half of it at two layers each", |case: &Case| {
            let [before, after] = case.decays();
            let layers = Rational::from(case.layers.len());
            at_least("decay after", after, before * layers / Rational::integer(2))
        })
        .because("the layers of a balanced network have equal norms, and each is charged once"),
    ],
    well_formed: |case| {
        let is_table = |rows: &Vec<Vec<Rational>>| {
            !rows.is_empty() && !rows[0].is_empty() && rows.iter().all(|r| r.len() == rows[0].len())
        };
        let fits = !case.layers.is_empty()
            && case.layers.iter().all(is_table)
            && case.layers.windows(2).all(|pair| pair[0].len() == pair[1][0].len());
        require!(fits, "each layer is expected to read what the one before writes")?;
        let is_positive =
            !case.factors.is_empty() && case.factors.iter().all(Rational::is_positive);
        require!(is_positive, "positive factors are expected")
    },
};

/// A dense network without biases, and factors for its channels.
#[derive(Debug, Serialize, Deserialize)]
pub struct Case {
    /// The rows of each layer.
    layers: Layers,
    /// Taken in turn.
    factors: Vec<Rational>,
}

impl Case {
    /// The decay before and after the factors.
    fn decays(&self) -> [Rational; 2] {
        let network = relu_layers::network(&self.layers);
        let rescaling = Rescaling::of(&network);
        let turn = self.factors.iter().cycle().cloned();
        let factors: Vec<_> =
            [Rational::ONE].into_iter().chain(turn).take(rescaling.channels()).collect();
        let after = rescaling.apply(&network, &factors);
        [network.squared_norm(), after.squared_norm()]
    }
}

/// How a network is drawn.
#[derive(Clone, Copy)]
enum Kind {
    /// Every row and column of a layer has the same numbers, up to signs and order.
    Balanced,
    /// The same, but one row of each layer is doubled and another one zero.
    LayersAlike,
    /// Any numbers.
    Any,
}

fn cases(kind: Kind, units: Span) -> Cases<Case> {
    chains(kind, units, 3).cases()
}

fn chains(kind: Kind, units: Span, depth: usize) -> impl Strategy<Value = Case> {
    let factor = (1i64..=4, 1i64..=4).prop_map(|(p, q)| Rational::new(p, q));
    (units, 2..=depth).prop_flat_map(move |(n, depth)| {
        let signs = vec(any::<bool>(), n * n);
        let any_numbers = numbers::integers(n * n, 3);
        let layer = (signs, any_numbers, 0..n);
        (numbers::integers(n, 3), vec(layer, depth), vec(factor.clone(), 1..=n * depth)).prop_map(
            move |(circle, layers, factors)| {
                let layer = |(signs, any_numbers, turn): &(Vec<bool>, Vec<Rational>, usize)| {
                    let entry = |o: usize, i: usize| match kind {
                        Kind::Any => any_numbers[o * n + i].clone(),
                        _ => &circle[(o + i + turn) % n] * numbers::sign(signs[o * n + i]),
                    };
                    let row = |o: usize| (0..n).map(|i| entry(o, i)).collect::<Vec<_>>();
                    let mut rows: Vec<_> = (0..n).map(row).collect();
                    if matches!(kind, Kind::LayersAlike) {
                        rows[0].iter_mut().for_each(|x| *x = &*x * Rational::integer(2));
                        rows[n - 1].fill(Rational::ZERO);
                    }
                    rows
                };
                Case { layers: layers.iter().map(layer).collect(), factors }
            },
        )
    })
}
