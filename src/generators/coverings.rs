//! Initial networks and samples of which one asks which points the units cover.

use super::numbers;
use super::steps::planar_points;
use crate::exact::Rational;
use crate::train::{Descent, ExactLoss, Samples, TwoLayer, coverage};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use serde::{Deserialize, Serialize};

/// A network before training with the dyadic loss, and what it is trained on.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Covering {
    /// The rate, in multiples of samples times units.
    pub pace: Rational,
    /// The samples.
    pub samples: Samples,
    /// The network, with outputs `±1` and scale `1 / sqrt(m)`.
    pub network: TwoLayer,
}

impl Covering {
    /// Why the parts do not fit each other, in a sentence.
    pub fn check(&self) -> Result<(), String> {
        self.samples.check().map_err(|error| error.to_string())?;
        self.network.check(self.samples.dimension()).map_err(|error| error.to_string())?;
        let units = Rational::from(self.network.weights.len());
        if self.network.scale.pow(2) * units != Rational::ONE {
            return Err("the scale is not one over the root of the number of units".to_owned());
        }
        if self.network.outputs.iter().any(|a| a.abs() != Rational::ONE) {
            return Err("an output is neither 1 nor -1".to_owned());
        }
        if !self.network.bias.is_empty() {
            return Err("units have biases".to_owned());
        }
        if self.pace < Rational::new(1, 8) {
            return Err(format!("the pace is {}, below 1/8: too many steps", self.pace));
        }
        Ok(())
    }

    /// The rate.
    pub fn rate(&self) -> Rational {
        let size = self.samples.len() * self.network.weights.len();
        &self.pace * Rational::from(size)
    }

    /// How many samples some unit covers.
    pub fn covered(&self) -> usize {
        count(&coverage::covered(&self.network, &self.samples))
    }

    /// How many samples reach the margin 1 in as many steps as a covered point needs at most.
    pub fn reached(&self) -> usize {
        let steps = coverage::patience(&self.network, &self.samples, &self.rate());
        let rate = self.rate();
        let mut run = Descent::new(&self.network, &self.samples, ExactLoss::Dyadic, &rate);
        count(&coverage::reached(&mut run, steps))
    }
}

fn count(which: &[bool]) -> usize {
    which.iter().filter(|&&one| one).count()
}

/// Networks of one, four or nine units of this dimension, without weights at zero.
fn networks(d: usize) -> BoxedStrategy<TwoLayer> {
    (1usize..=3)
        .prop_flat_map(move |q| {
            let weight = numbers::nonzero_integer(12).prop_map(|w| w / Rational::integer(8));
            (Just(q), vec(vec(weight, d), q * q), vec(any::<bool>(), q * q))
        })
        .prop_map(|(q, weights, plus)| TwoLayer {
            weights,
            outputs: plus
                .into_iter()
                .map(|plus| Rational::from(if plus { 1 } else { -1 }))
                .collect(),
            scale: Rational::from(q).recip(),
            bias: vec![],
        })
        .boxed()
}

fn paces() -> BoxedStrategy<Rational> {
    select(vec![Rational::ONE, Rational::new(1, 2), Rational::integer(2)]).boxed()
}

/// Words over an alphabet of unit vectors, read letter by letter by shared filters. With
/// `one_label` each letter occurs under one label only.
pub fn words(one_label: bool) -> BoxedStrategy<Covering> {
    (1usize..=3, 1usize..=3, 1usize..=4)
        .prop_flat_map(move |(length, half, n)| {
            let letters = 2 * half;
            let word = (vec(0..half, length), any::<bool>(), vec(any::<bool>(), length));
            (Just(letters), vec(word, n), networks(letters), paces())
        })
        .prop_map(move |(letters, words, network, pace)| {
            let unit = |letter: usize| -> Vec<Rational> {
                (0..letters).map(|j| Rational::from(i32::from(j == letter))).collect()
            };
            let patches = |(word, label, mixed): &(Vec<usize>, bool, Vec<bool>)| {
                // The first half of the alphabet is for the label -1, the second for +1.
                let side = |mixed: bool| if one_label || !mixed { *label } else { !*label };
                let letter = |(letter, mixed): (&usize, &bool)| {
                    unit(letter + if side(*mixed) { letters / 2 } else { 0 })
                };
                word.iter().zip(mixed).map(letter).collect()
            };
            let positive = words.iter().map(|(_, label, _)| *label).collect();
            let samples = Samples { patches: words.iter().map(patches).collect(), positive };
            Covering { pace, samples, network }
        })
        .boxed()
}

/// Points of the plane at any angle.
pub fn oblique() -> BoxedStrategy<Covering> {
    (1usize..=4)
        .prop_flat_map(|n| (vec((planar_points(), any::<bool>()), n), networks(2), paces()))
        .prop_map(|(points, network, pace)| {
            let (points, positive) = points.into_iter().unzip();
            Covering { pace, samples: Samples::dense(points, positive), network }
        })
        .boxed()
}

/// The points `e_1, -e_1, e_2, -e_2`, the first two positive: exclusive or. Or with any labels.
pub fn square(by_axis: bool) -> BoxedStrategy<Covering> {
    (networks(2), paces(), vec(any::<bool>(), 4))
        .prop_map(move |(network, pace, drawn)| {
            let mut samples = coverage::xor_square();
            if !by_axis {
                samples.positive = drawn;
            }
            Covering { pace, samples, network }
        })
        .boxed()
}

/// So many random units, and points to be covered.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Draw {
    /// Hidden units.
    pub units: u32,
    /// Orthonormal points of the label `+1`.
    pub positive: u32,
    /// Orthonormal points of the label `-1`.
    pub negative: u32,
}

impl Draw {
    /// Why the numbers are too large, in a sentence.
    pub fn check(&self) -> Result<(), String> {
        let points = self.positive.saturating_add(self.negative);
        if self.units > 64 || !(1..=256).contains(&points) {
            return Err("there must be at most 64 units, and 1 to 256 points".to_owned());
        }
        Ok(())
    }

    /// The points.
    pub fn family(&self) -> coverage::Family {
        coverage::Family::Orthonormal { positive: self.positive, negative: self.negative }
    }
}
