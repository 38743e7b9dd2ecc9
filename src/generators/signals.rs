//! Signals for trees and for frames.

use super::prelude::*;
use crate::analysis::scattering::{Frame, Scattering};
use std::ops::RangeInclusive;

/// A signal for a tree, one block or several of `2^layers` numbers.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Leaves {
    /// The number of layers.
    pub layers: u32,
    /// The numbers.
    pub x: Vec<Rational>,
}

impl Leaves {
    /// The gain of the sum of squares, `2^layers`.
    pub fn gain(&self) -> Rational {
        Rational::integer(2).pow(self.layers as i32)
    }

    /// Why the numbers do not fill blocks, in a sentence.
    pub fn check(&self) -> Result<(), String> {
        let (layers, len) = (self.layers, self.x.len());
        refuse_if!(
            layers > 8 || len == 0 || len > 512 || !len.is_multiple_of(1 << layers),
            "{len} numbers for {layers} layers; at most 8 layers, and 1 to 512 numbers that \
             fill blocks of 2^layers"
        );
        Ok(())
    }
}

/// Blocks of integers up to `most`.
pub fn leaves(layers: RangeInclusive<u32>, blocks: Span, most: i64) -> BoxedStrategy<Leaves> {
    (layers, blocks)
        .prop_flat_map(move |(layers, blocks)| {
            let x = numbers::integers(blocks << layers, most);
            x.prop_map(move |x| Leaves { layers, x })
        })
        .boxed()
}

/// What is drawn from signals of few numbers, of up to eight, and of 32, with these largest ones.
pub fn of_every_length<T>(drawn: fn(Span, i64) -> BoxedStrategy<T>) -> Strata<T> {
    vec![
        ("base", 1, drawn(1..=5, 3)),
        ("signs and zeros", 4, drawn(1..=8, 1)),
        ("32 numbers", 16, drawn(32..=32, 100)),
    ]
}

/// How far the undecimated Haar frame goes.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct Paths {
    /// The number of scales.
    pub scales: u32,
    /// The highest order.
    pub order: u32,
}

impl Paths {
    /// The scattering in the tight frame.
    pub fn scatter(&self, x: &[Rational]) -> Scattering {
        Frame::tight(self.scales).scatter(x, self.order as usize)
    }

    /// The scattering with another gain than that of the tight frame, 1/2.
    pub fn scatter_by(&self, gain: Rational, x: &[Rational]) -> Scattering {
        Frame { gain, ..Frame::tight(self.scales) }.scatter(x, self.order as usize)
    }

    /// Why a signal of this length is too much, in a sentence.
    pub fn check(&self, length: usize) -> Result<(), String> {
        let Self { scales, order } = *self;
        refuse_if!(
            !(1..=4).contains(&scales) || order > 4 || scales.pow(order + 1) > 256,
            "{scales} scales and order {order}; 1 to 4 scales, and scales^(order + 1) at most \
             256"
        );
        require!((1..=64).contains(&length), "the signal has {length} numbers; it has 1 to 64")
    }
}

/// One to three scales up to order 3.
pub fn paths() -> impl Strategy<Value = Paths> + Clone {
    (1..=3u32, 0..=3u32).prop_map(|(scales, order)| Paths { scales, order })
}
