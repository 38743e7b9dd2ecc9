//! Initial networks and samples of which one asks which points the units cover.

use super::descent_steps::planar_points;
use super::prelude::*;
use crate::train::{Descent, ExactLoss, Samples, TwoLayer, coverage};

/// A network before training with the dyadic loss, and what it is trained on.
#[derive(Clone, Debug, Serialize, Deserialize)]
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
        self.samples.check()?;
        self.network.check(self.samples.dimension())?;
        let units = Rational::from(self.network.weights.len());
        if self.network.scale.pow(2) * units != Rational::ONE {
            return Err("the scale is not one over the root of the number of units".to_owned());
        }
        if self.network.outputs.iter().any(|a| a.abs() != Rational::ONE) {
            return Err("an output is neither 1 nor -1".to_owned());
        }
        refuse_if!(!self.network.bias.is_empty(), "units have biases");
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

/// Networks of a square number of units of this dimension, without weights at zero.
fn networks(d: usize, roots: [usize; 2]) -> BoxedStrategy<TwoLayer> {
    (roots[0]..=roots[1])
        .prop_flat_map(move |q| {
            let weight = numbers::nonzero_integer(12).prop_map(|w| w / Rational::integer(8));
            (Just(q), vec(vec(weight, d), q * q), vec(any::<bool>(), q * q))
        })
        .prop_map(|(q, weights, plus)| TwoLayer {
            weights,
            outputs: plus.into_iter().map(sign).collect(),
            scale: Rational::from(q).recip(),
            bias: vec![],
        })
        .boxed()
}

fn paces() -> BoxedStrategy<Rational> {
    select(vec![Rational::ONE, Rational::new(1, 2), Rational::integer(2)]).boxed()
}

/// What words are made of.
#[derive(Clone, Copy, Debug)]
pub struct Words {
    /// Letters in a word.
    pub lengths: &'static [usize],
    /// Letters for each label, at most.
    pub letters: usize,
    /// Words, at most.
    pub words: usize,
    /// Roots of the number of units.
    pub roots: [usize; 2],
    /// Whether letters are turned by the angle of (3, 4, 5) in each pair of axes.
    pub turned: bool,
}

impl Words {
    /// Up to nine units and six letters.
    pub const SMALL: Self =
        Self { lengths: &[1, 2, 3], letters: 3, words: 4, roots: [1, 3], turned: false };
    /// Letters that are no axes.
    pub const TURNED: Self = Self { lengths: &[1, 2], turned: true, ..Self::SMALL };
    /// Up to 49 units and twelve letters.
    pub const LARGE: Self =
        Self { lengths: &[1, 2, 4], letters: 6, words: 12, roots: [5, 7], turned: false };
    /// Up to 144 units and forty letters.
    pub const HUGE: Self =
        Self { lengths: &[1, 2, 4], letters: 20, words: 30, roots: [8, 12], turned: false };
}

/// Words over an alphabet of orthonormal letters, read letter by letter by shared filters. With
/// `one_label` each letter occurs under one label only.
pub fn words(one_label: bool, size: Words) -> BoxedStrategy<Covering> {
    (select(size.lengths), 1..=size.letters, 1..=size.words)
        .prop_flat_map(move |(length, half, n)| {
            let letters = 2 * half;
            let word = (vec(0..half, length), any::<bool>(), vec(any::<bool>(), length));
            (Just(letters), vec(word, n), networks(letters, size.roots), paces())
        })
        .prop_map(move |(letters, words, network, pace)| {
            let patches = |(word, label, mixed): &(Vec<usize>, bool, Vec<bool>)| {
                // The first half of the alphabet is for the label -1, the second for +1.
                let side = |mixed: bool| if one_label || !mixed { *label } else { !*label };
                let letter = |(letter, mixed): (&usize, &bool)| {
                    let place = letter + if side(*mixed) { letters / 2 } else { 0 };
                    axis(place, letters, size.turned)
                };
                word.iter().zip(mixed).map(letter).collect()
            };
            let positive = words.iter().map(|(_, label, _)| *label).collect();
            let samples = Samples { patches: words.iter().map(patches).collect(), positive };
            Covering { pace, samples, network }
        })
        .boxed()
}

/// The unit vector along an axis of a space of even dimension; `turned` in the plane of its pair.
fn axis(place: usize, dimension: usize, turned: bool) -> Vec<Rational> {
    let mut x = vec![Rational::ZERO; dimension];
    if turned {
        let other = Rational::new(if place.is_multiple_of(2) { 4 } else { -4 }, 5);
        (x[place], x[place ^ 1]) = (Rational::new(3, 5), other);
    } else {
        x[place] = Rational::ONE;
    }
    x
}

/// Points of the plane at any angle.
pub fn oblique() -> BoxedStrategy<Covering> {
    (1usize..=4)
        .prop_flat_map(|n| (vec((planar_points(), any::<bool>()), n), networks(2, [1, 3]), paces()))
        .prop_map(|(points, network, pace)| {
            let (points, positive) = points.into_iter().unzip();
            Covering { pace, samples: Samples::dense(points, positive), network }
        })
        .boxed()
}

/// The points `e_1, -e_1, e_2, -e_2`, the first two positive: exclusive or. Or with any labels.
pub fn square(by_axis: bool) -> BoxedStrategy<Covering> {
    (networks(2, [1, 3]), paces(), vec(any::<bool>(), 4))
        .prop_map(move |(network, pace, drawn)| {
            let mut samples = coverage::xor_square();
            if !by_axis {
                samples.positive = drawn;
            }
            Covering { pace, samples, network }
        })
        .boxed()
}

/// Some of the points `e_j` and `-e_j`, each once, one label an axis, in up to `axes` dimensions.
pub fn on_axes(axes: usize, roots: [usize; 2]) -> BoxedStrategy<Covering> {
    (2..=axes)
        .prop_flat_map(move |d| {
            let sides =
                (any::<bool>(), prop_oneof![2 => Just([true, true]), 1 => any::<[bool; 2]>()]);
            (vec(sides, d), networks(d, roots), paces())
        })
        .prop_map(|(sides, network, pace)| {
            let (mut points, mut positive) = (Vec::new(), Vec::new());
            let d = sides.len();
            for (j, (label, kept)) in sides.into_iter().enumerate() {
                // The first point is always there.
                for (minus, kept) in [false, true].into_iter().zip(kept) {
                    if kept || (j == 0 && !minus) {
                        let e = axis(j, d, false);
                        points.push(e.into_iter().map(|t| if minus { -t } else { t }).collect());
                        positive.push(label);
                    }
                }
            }
            Covering { pace, samples: Samples::dense(points, positive), network }
        })
        .boxed()
}

/// A number of random units, and points to be covered.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
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
        if self.units > 256 || !(1..=4096).contains(&points) {
            return Err("there must be at most 256 units, and 1 to 4096 points".to_owned());
        }
        Ok(())
    }

    /// The points.
    pub fn family(&self) -> coverage::Family {
        coverage::Family::Orthonormal { positive: self.positive, negative: self.negative }
    }
}
