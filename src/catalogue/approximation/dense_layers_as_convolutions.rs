//! # Every dense network is a downsampled network of convolutions, up to `2^-30`
//!
//! Each dense layer becomes one group of convolutions and a downsampling. The group is *exactly* a
//! dense layer whose weights differ from the given ones by the residual of a factorization: that
//! is proved on the whole box. How the differences add up is bounded layer by layer.
#![doc = include_str!("../../../proofs/approximation/dense_layers_as_convolutions.md")]

use crate::claim::{self, prelude::*};
use crate::construct::downsampled::{DenseLayer, DenseNet, Downsampled, downsampled};
use crate::construct::factor::{FactorError, shortfall};
use crate::exact::Rational;
use crate::exact::polynomial::Polynomial;
use crate::generators::numbers;
use crate::net::{Affine, InputBox, Layer, Map, Network};
use proptest::collection::vec;
use proptest::prelude::*;
use serde::{Deserialize, Serialize};
use std::ops::RangeInclusive;

/// The claim.
pub static CLAIM: Claim<Case> = Claim {
    card: Card {
        id: "approximation/dense_layers_as_convolutions",
        title: "Every dense network is a downsampled network of convolutions, up to 2^-30",
        statement: "s ≥ 2  ⟹  for |x|_∞ ≤ R a downsampled network with filters of degree s equals \
                    a dense one with weights F~, and differs from the given one by at most 2^-30",
        source: Source::new("Zhou2020b", "dense networks as downsampled networks"),
        wording: Wording::Derived,
        as_printed: Some(
            "exact with real factors; rational ones leave a residual, which is bounded",
        ),
        standing: Standing::Theorem,
        evidence: Evidence::PropertyTested,
        note: "proofs/approximation/dense_layers_as_convolutions.md",
    },
    cases: || cases(2..=4),
    hypotheses: &[Hypothesis::new("s ≥ 2", |case| case.s >= 2)],
    conclusion: |case| Finding::at_most("certified error", certified(case), allowed()),
    twins: &[
        Twin::without(
            "s ≥ 2",
            || cases(1..=1),
            "linear filters hold no pair of roots; what is found is the number of pairs",
        ),
        Twin::concluding(
            "as few layers as the degree asks for",
            |case| Finding::at_most("filters missing", missing(case), allowed()),
            "a cubic holds one pair of roots: degree 8 with four pairs needs four, not three",
        ),
        Twin::concluding(
            "downsampling by n' + 1",
            |case| Finding::at_most("error at a point", error_with_scale(case, 1), allowed()),
            "the rows are n' units apart",
        ),
        Twin::concluding(
            "without any error",
            |case| Finding::equal("certified error", certified(case), 0),
            "the factors of a rational filter are irrational as a rule",
        ),
    ],
};

/// A dense network, the degree `s` of filters, and a point of the box `|x|_inf <= 1`.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Case {
    s: usize,
    at: Vec<Rational>,
    layers: Vec<DenseLayer>,
}

impl claim::Case for Case {
    fn well_formed(&self) -> Result<(), String> {
        let net = self.dense();
        net.check()?;
        if net.inputs() != self.at.len() || self.at.iter().any(|x| x.abs() > Rational::ONE) {
            return Err("the point does not lie in the box".to_owned());
        }
        let large = net.layers.iter().any(|l| l.weight.len() * l.weight[0].len() > 36);
        match (1..=16).contains(&self.s) && !large {
            true => Ok(()),
            false => Err("s must lie between 1 and 16, a layer have 36 weights at most".to_owned()),
        }
    }
}

/// The factors are built to a residual of at most `2^-BITS`.
const BITS: u32 = 48;

fn allowed() -> Rational {
    Rational::integer(2).pow(-30)
}

impl Case {
    fn dense(&self) -> DenseNet {
        DenseNet { layers: self.layers.clone() }
    }

    fn convolutions(&self) -> Result<Downsampled, FactorError> {
        let cube = InputBox::cube(self.at.len(), &Rational::ONE);
        downsampled(&self.dense(), &cube, self.s, BITS)
    }
}

/// The bound of the error, if every group is proved to be its dense layer; else 1, or the number of
/// pairs of roots that no filter holds.
fn certified(case: &Case) -> Rational {
    match case.convolutions() {
        Ok(made) if made.is_proved() => made.error.into_iter().max().expect("there is an output"),
        Ok(_) | Err(FactorError::OutOfReach { .. }) => Rational::ONE,
        Err(FactorError::TooShort { pairs, .. }) => pairs.into(),
    }
}

/// How many filters `ceil(M / s)` of them are short of a factorization, in the worst layer; below
/// one where they are enough.
fn missing(case: &Case) -> Rational {
    let short = case.layers.iter().map(|layer| {
        let target = Polynomial::new(layer.stacked());
        let count = target.degree().unwrap_or(0).div_ceil(case.s).max(1);
        shortfall(&target, case.s, count, BITS)
    });
    short.max().expect("there is a layer")
}

/// How far the network is off at the point when downsampling skips `more` units further each time.
fn error_with_scale(case: &Case, more: usize) -> Rational {
    let Ok(made) = case.convolutions() else { return Rational::ZERO };
    let network = made.network();
    let mut layers = network.layers().to_vec();
    for layer in &mut layers {
        if let Layer::Affine(Affine { map: Map::Downsample { scale, .. }, .. }) = layer {
            *scale += more;
        }
    }
    // Where the units run out the network does not exist, and nothing is refuted.
    let Ok(other) = Network::new(network.input(), layers) else { return Rational::ZERO };
    let (found, expected) = (other.eval(&case.at), case.dense().network().eval(&case.at));
    found.iter().zip(&expected).map(|(a, b)| (a - b).abs()).max().expect("there is an output")
}

/// One to three layers of one to three units with halves as weights.
fn cases(s: RangeInclusive<usize>) -> Cases<Case> {
    (s, vec(1usize..=3, 2..=4))
        .prop_flat_map(|(s, widths)| {
            let layer = |pair: &[usize]| {
                let weight = vec(vec(numbers::fraction(6, 2), pair[0]), pair[1]);
                (weight, numbers::integers(pair[1], 2))
                    .prop_map(|(weight, bias)| DenseLayer { weight, bias })
            };
            let layers: Vec<_> = widths.windows(2).map(layer).collect();
            (Just(s), vec(numbers::fraction(4, 4), widths[0]), layers)
        })
        .prop_map(|(s, at, layers)| Case { s, at, layers })
        .cases()
}
