//! Layers: one enum, and constructors in the words of the field.

use super::activation::Activation;
use super::affine::{Affine, Map};
use super::network::Network;
use super::shape::{MAX_NESTING, MAX_TERMS, Shape, ShapeError};
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
    /// The greatest entry of each of these sets of entries, by increasing index.
    Maximum(Vec<Vec<usize>>),
    /// What each of these makes of the signal, one after another as a vector.
    Branches(Vec<Network>),
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

    /// Each output the sum of its row: the weight of an index times the entry of an index.
    pub fn sparse(rows: Vec<Vec<[u32; 2]>>, weight: Vec<Rational>, bias: Vec<Rational>) -> Self {
        Self::Affine(Affine { map: Map::Sparse(rows), weight, bias })
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
            Self::Maximum(sets) => {
                let units = input.units();
                let is_set = |set: &Vec<usize>| {
                    set.windows(2).all(|pair| pair[0] < pair[1])
                        && set.last().is_some_and(|last| *last < units)
                };
                let terms: usize = sets.iter().map(Vec::len).sum();
                match sets.iter().position(|set| !is_set(set)) {
                    Some(row) => Err(ShapeError::Row { layer, row, inputs: units, weights: 0 }),
                    None if terms > MAX_TERMS => {
                        Err(ShapeError::TooManyTerms { layer, found: terms })
                    }
                    None => Shape::Flat(sets.len()).check(layer + 1),
                }
            }
            Self::Branches(branches) => branched(layer, input, branches),
        }
    }
}

/// The shape of what branches make, one after another.
fn branched(layer: usize, input: Shape, branches: &[Network]) -> Result<Shape, ShapeError> {
    let found = branches.iter().map(|branch| branch.nesting() + 1).max().unwrap_or(0);
    if found > MAX_NESTING {
        return Err(ShapeError::Nesting { layer, found });
    }
    let other = branches.iter().map(Network::input).find(|shape| *shape != input);
    if let Some(found) = other
        .map(|shape| shape.to_string())
        .or_else(|| branches.is_empty().then(|| "none".to_owned()))
    {
        return Err(ShapeError::Branch { layer, expected: input, found });
    }
    let units = branches.iter().map(|branch| branch.output().units());
    Shape::Flat(units.fold(0, usize::saturating_add)).check(layer + 1)
}
