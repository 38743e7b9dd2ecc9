//! Layers: one enum, and constructors in the words of the field.

use super::activation::Activation;
use super::affine::{Affine, Map};
use super::network::Network;
use super::shape::{MAX_NESTING, Shape, ShapeError};
use super::window::Window;
use crate::exact::Rational;

/// One step of a network.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Layer {
    /// Dense, convolution, expansive convolution, downsampling, sum and average pooling.
    Affine(Affine),
    /// The same function at every unit.
    Activation(Activation),
    /// The largest sample under each window, channel by channel; padding is left out.
    MaxPool(Window),
    /// The same entries as a vector.
    Flatten,
    /// The same entries, in the same order, in another shape.
    Reshape(Shape),
    /// `x + body(x)`.
    Residual(Network),
}

impl Layer {
    /// `y = weight x + bias` with `weight: [outputs, inputs]`, row-major.
    pub fn dense(outputs: usize, weight: Vec<Rational>, bias: Vec<Rational>) -> Self {
        Self::Affine(Affine { map: Map::Dense { outputs }, weight, bias })
    }

    /// Convolution with one group: `filter: [channels, input channels, taps..]`.
    pub fn convolution(
        channels: usize,
        window: Window,
        filter: Vec<Rational>,
        bias: Vec<Rational>,
    ) -> Self {
        Self::grouped_convolution(channels, 1, window, filter, bias)
    }

    /// Convolution in groups: `filter: [channels, input channels / groups, taps..]`.
    pub fn grouped_convolution(
        channels: usize,
        groups: usize,
        window: Window,
        filter: Vec<Rational>,
        bias: Vec<Rational>,
    ) -> Self {
        let map = Map::Convolution { channels, groups, window };
        Self::Affine(Affine { map, weight: filter, bias })
    }

    /// Expansive convolution with `filter = [w_0, .., w_s]`.
    pub fn expansive(filter: Vec<Rational>, bias: Vec<Rational>) -> Self {
        Self::Affine(Affine { map: Map::Expansive, weight: filter, bias })
    }

    /// Keeps the units `scale, 2 scale, .., keep scale`, counted from one.
    pub fn downsample(scale: usize, keep: usize) -> Self {
        Self::fixed(Map::Downsample { scale, keep })
    }

    /// The sum over each window.
    pub fn sum_pool(window: Window) -> Self {
        Self::fixed(Map::SumPool(window))
    }

    /// The mean over each window, padding counted as zeros.
    pub fn average_pool(window: Window) -> Self {
        Self::fixed(Map::AveragePool(window))
    }

    /// `max(t, 0)` at every unit.
    pub fn relu() -> Self {
        Self::Activation(Activation::relu())
    }

    /// An affine layer without parameters.
    fn fixed(map: Map) -> Self {
        Self::Affine(Affine { map, weight: Vec::new(), bias: Vec::new() })
    }

    /// The shape that this layer makes of `input`. Errors: why it cannot; `layer` is the index that
    /// the error names.
    pub fn output(&self, layer: usize, input: Shape) -> Result<Shape, ShapeError> {
        match self {
            Self::Affine(affine) => affine.check(layer, input),
            Self::Activation(_) => Ok(input),
            Self::MaxPool(window) => {
                let plane = window.output(layer, input)?;
                if !window.always_meets(input) {
                    return Err(ShapeError::Window { layer, found: input });
                }
                input.with(input.channels(), plane).check(layer + 1)
            }
            Self::Flatten => Ok(Shape::Flat(input.units())),
            Self::Reshape(shape) => match shape.units() == input.units() {
                true => Ok(*shape),
                false => Err(ShapeError::Count {
                    layer,
                    what: "units to reshape",
                    expected: shape.units(),
                    found: input.units(),
                }),
            },
            Self::Residual(body) => {
                let found = body.nesting() + 1;
                if found > MAX_NESTING {
                    return Err(ShapeError::Nesting { layer, found });
                }
                if [body.input(), body.output()] != [input; 2] {
                    let (from, to) = (body.input(), body.output());
                    return Err(ShapeError::Residual {
                        layer,
                        expected: input,
                        input: from,
                        output: to,
                    });
                }
                Ok(input)
            }
        }
    }
}
