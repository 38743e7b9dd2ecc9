//! One convolution with a piecewise linear activation: every unit cuts along parallel hyperplanes.

use super::filters::Filters;
use super::prelude::*;
use crate::net::ActivationError;

/// A convolution with a piecewise linear activation that has these kinks, increasing.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Kinked {
    /// The kinks.
    pub kinks: Vec<Rational>,
    /// The convolution.
    pub layer: Filters,
}

impl Kinked {
    /// Why this is no layer, or none that is counted here, in a sentence.
    pub fn check(&self) -> Result<(), String> {
        refuse_if!(self.kinks.len() > 4, "{} kinks, at most 4", self.kinks.len());
        self.activation().map_err(|error| error.to_string())?;
        self.layer.check()
    }

    /// The activation with slopes 0, 1, 2, ..
    fn activation(&self) -> Result<Activation, ActivationError> {
        let slopes = (0..=self.kinks.len()).map(Rational::from).collect();
        Activation::piecewise_linear(self.kinks.clone(), slopes, &Rational::ZERO)
    }

    /// Proper activation regions on all inputs. Panics unless [`Kinked::check`] passes.
    pub fn regions(&self) -> u64 {
        let activation = self.activation().expect("the kinks were checked");
        self.layer.network(activation).count_regions(Notion::R2, &Domain::Whole)
    }

    /// The same kinks with the layer [spread](Filters::spread).
    pub fn spread(&self) -> Self {
        Self { kinks: self.kinks.clone(), layer: self.layer.spread(&self.kinks) }
    }

    /// The independent sets of rows, each counted once for every choice of a kink a member.
    pub fn families(&self) -> Natural {
        weighed(self.layer.independent_by_size(), self.kinks.len())
    }

    /// The same for generic filters of these sizes, by the published count where that is right.
    pub fn generic_families(&self) -> Natural {
        let layout = self.layer.layout();
        let (sliding, filters, kinks) = (layout.sliding(), layout.filters, self.kinks.len());
        if sliding.published_is_maximum(filters) {
            return sliding.published_pieces(filters, kinks);
        }
        let sizes = sliding.generic_by_size(filters, usize::MAX);
        weighed(sizes.expect("there is no limit"), kinks)
    }
}

/// The sum of `kinks^size` over sets that are counted by size.
fn weighed(sizes: Vec<Natural>, kinks: usize) -> Natural {
    let mut choices = Natural::from(1u32);
    let mut total = Natural::ZERO;
    for sets in sizes {
        total += sets * &choices;
        choices *= kinks;
    }
    total
}

/// These layers with up to three kinks, halves between -2 and 7.
pub fn kinked(layers: BoxedStrategy<Filters>) -> BoxedStrategy<Kinked> {
    let gaps = (numbers::fraction(4, 2), vec(1i64..=3, 0..=2));
    (gaps, layers)
        .prop_map(|((first, gaps), layer)| {
            let mut kinks = vec![first];
            for gap in gaps {
                let last = kinks.last().expect("there is a first kink");
                kinks.push(last + Rational::new(gap, 2));
            }
            Kinked { kinks, layer }
        })
        .boxed()
}

/// These layers with up to three kinks: 0, -4, -8.
pub fn whole(layers: BoxedStrategy<Filters>) -> BoxedStrategy<Kinked> {
    let kinks = |count: i64| (0..count).rev().map(|j| Rational::from(-4 * j)).collect();
    (1i64..=3, layers).prop_map(move |(count, layer)| Kinked { kinks: kinks(count), layer }).boxed()
}
