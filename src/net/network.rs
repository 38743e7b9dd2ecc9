//! Networks: chains whose shapes were checked once.

use super::activation::Activation;
use super::layer::Layer;
use super::shape::{Shape, ShapeError};
use super::value::Value;
use super::window::Window;
use crate::exact::Rational;

/// A chain of layers in which every layer fits the one before.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Network {
    input: Shape,
    layers: Vec<Layer>,
    /// The shape after each layer.
    shapes: Vec<Shape>,
}

/// A layer at which a pattern records a choice.
pub(super) enum Choice<'a> {
    /// A piece for every unit.
    Activation(&'a Activation),
    /// A maximal input for every output.
    MaxPool(Window, Shape),
}

impl Network {
    /// The network with these layers. An empty chain is the identity.
    ///
    /// Errors: the first layer that does not fit, and what it expects.
    pub fn new(input: Shape, layers: Vec<Layer>) -> Result<Self, ShapeError> {
        let mut shape = input.check(0)?;
        let mut shapes = Vec::with_capacity(layers.len());
        for (index, layer) in layers.iter().enumerate() {
            shape = layer.output(index, shape)?;
            shapes.push(shape);
        }
        Ok(Self { input, layers, shapes })
    }

    /// The shape of the input.
    pub fn input(&self) -> Shape {
        self.input
    }

    /// The shape of the output.
    pub fn output(&self) -> Shape {
        self.shapes.last().copied().unwrap_or(self.input)
    }

    /// The layers, first to last.
    pub fn layers(&self) -> &[Layer] {
        &self.layers
    }

    /// The layers with the shape that each reads.
    pub fn stages(&self) -> impl Iterator<Item = (&Layer, Shape)> {
        let inputs = [self.input].into_iter().chain(self.shapes.iter().copied());
        self.layers.iter().zip(inputs)
    }

    /// The value at `x`. Cost: one product a term. Panics if `x` does not have the input's length.
    pub fn eval(&self, x: &[Rational]) -> Vec<Rational> {
        self.check_length(x.len());
        self.run(x.to_vec(), &mut |choice, x| Some(choice.at(x))).expect("every choice is made")
    }

    pub(super) fn check_length(&self, found: usize) {
        let expected = self.input.units();
        assert!(found == expected, "the network reads {expected} entries, found {found}");
    }

    /// Sends `x` through the layers; `choose` gives the piece or the maximum of every unit, or
    /// `None` to stop.
    pub(super) fn run<V: Value>(
        &self,
        mut x: Vec<V>,
        choose: &mut impl FnMut(Choice<'_>, &[V]) -> Option<Vec<usize>>,
    ) -> Option<Vec<V>> {
        for (layer, shape) in self.stages() {
            x = match layer {
                Layer::Affine(affine) => affine.apply(shape, &x),
                Layer::Activation(activation) => choose(Choice::Activation(activation), &x)?
                    .into_iter()
                    .zip(&x)
                    .map(|(piece, t)| activation.apply(piece, t))
                    .collect(),
                Layer::MaxPool(window) => choose(Choice::MaxPool(*window, shape), &x)?
                    .into_iter()
                    .map(|i| x[i].clone())
                    .collect(),
                Layer::Flatten => x,
                Layer::Residual(body) => {
                    let mut sum = body.run(x.clone(), choose)?;
                    sum.iter_mut().zip(&x).for_each(|(y, x)| y.add_scaled(&Rational::ONE, x));
                    sum
                }
            };
        }
        Some(x)
    }

    /// The depth to which residual layers are nested.
    pub fn nesting(&self) -> usize {
        self.bodies().map(|body| body.nesting() + 1).max().unwrap_or(0)
    }

    fn bodies(&self) -> impl Iterator<Item = &Self> {
        self.layers.iter().filter_map(|layer| match layer {
            Layer::Residual(body) => Some(body),
            _ => None,
        })
    }
}

impl Choice<'_> {
    /// The choice at exact values: the left piece at a kink, the first of several maxima.
    pub(super) fn at(&self, x: &[Rational]) -> Vec<usize> {
        match self {
            Self::Activation(activation) => x.iter().map(|t| activation.piece(t)).collect(),
            Self::MaxPool(window, shape) => first_maxima(*window, *shape, x),
        }
    }
}

/// The first maximal input of every output, as an index into `x`.
pub(super) fn first_maxima<T: PartialOrd>(window: Window, shape: Shape, x: &[T]) -> Vec<usize> {
    let plane = x.len() / shape.channels();
    let mut best: Vec<usize> = Vec::new();
    for channel in 0..shape.channels() {
        let start = best.len();
        window.for_each_tap(shape, |output, i, _| {
            let i = channel * plane + i;
            match best.get_mut(start + output) {
                None => best.push(i),
                Some(best) if x[i] > x[*best] => *best = i,
                Some(_) => {}
            }
        });
    }
    best
}
