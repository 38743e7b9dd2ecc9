//! Sixteen real images, zeros and ones, with what proves their margin.

use super::table::theorem;
use crate::exact::Rational;
use crate::exact::linear::dot;
use crate::kernel::{Points, first_layer};
use crate::train::width_constants::Demand;
use crate::train::{Samples, TwoLayer};
use serde::Deserialize;

/// The fixture as it is written; its page says what the keys are.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    digits: Vec<u8>,
    #[serde(rename = "indices")]
    _indices: Vec<usize>,
    pixels: Vec<Vec<i64>>,
    direction: Vec<i64>,
    weights: Vec<i64>,
}

/// The images as points of the unit ball, zeros under the label `+1` and ones under `-1`.
#[derive(Clone, Debug)]
pub struct Digits {
    /// The images, one patch each.
    pub samples: Samples,
    /// A vector of norm at most 1 that separates them.
    pub direction: Vec<Rational>,
    /// Weights of the images, with the sum 1.
    weights: Vec<Rational>,
}

impl Digits {
    /// The images that are part of the crate.
    pub fn read() -> Self {
        let text = include_str!("../../../fixtures/digits/zeros-and-ones.json");
        let written: Written =
            serde_json::from_str(text).expect("the images are part of the crate");
        let image = |row: &Vec<i64>| row.iter().map(|&t| Rational::new(t, 64)).collect();
        let labels = written.digits.iter().map(|&digit| digit == 0).collect();
        let sum = written.weights.iter().sum();
        Self {
            samples: Samples::dense(written.pixels.iter().map(image).collect(), labels),
            direction: written.direction.iter().map(|&t| Rational::new(t, 1024)).collect(),
            weights: written.weights.iter().map(|&t| Rational::new(t, sum)).collect(),
        }
    }

    /// The direction in which every unit helps: `scale a_s` times the separating vector.
    pub fn towards(&self, network: &TwoLayer) -> Vec<Vec<Rational>> {
        let row = |a: &Rational| {
            let factor = a * &network.scale;
            self.direction.iter().map(|t| t * &factor).collect()
        };
        network.outputs.iter().map(row).collect()
    }

    /// The margin of the constant field: a random unit is open half of the time at every image.
    pub fn margin_below(&self) -> Rational {
        let points = self.samples.all_patches().enumerate();
        let margins = points.map(|(i, x)| self.samples.label(i) * dot(&self.direction, x));
        margins.min().expect("there are images") / Rational::integer(2)
    }

    /// The square of a number that no field's margin exceeds (`width/margin_duality`).
    pub fn squared_margin_above(&self) -> Rational {
        let weight = |i: usize| self.samples.label(i) * &self.weights[i];
        let weights: Vec<_> = (0..self.weights.len()).map(weight).collect();
        let points = Points::plain(self.samples.all_patches().cloned().collect());
        first_layer(&points, 60).quadratic(&weights).hi().clone()
    }

    /// What the theorem is asked: a risk of 1/2, at the largest margin that is possible.
    pub fn theorem(&self) -> Demand {
        theorem(self.samples.len() as u32, self.squared_margin_above(), Rational::new(1, 2))
    }
}
