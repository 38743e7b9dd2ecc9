//! Networks: chains of layers whose shapes are checked when the chain is made.

use super::activation::Activation;
use super::layer::Layer;
use super::linear::Linear;
use super::shape::{Shape, ShapeError};
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
#[derive(Clone, Copy)]
pub enum Choice<'a> {
    /// A piece for every unit.
    Activation(&'a Activation),
    /// A maximal input for every output.
    MaxPool(Window, Shape),
    /// A maximal entry of every set.
    Maximum(&'a [Vec<usize>]),
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
        self.run(x.to_vec(), &mut |choice, x| Some(choice.apply(&choice.at(x), x)))
            .expect("every choice is made")
    }

    /// Sends `x` through the layers. `decide` makes the output of each activation and max-pool;
    /// the run stops where it returns `None`.
    ///
    /// Cost: one product with a scalar a term. Panics if `x` does not have the input's length.
    pub fn run<V: Linear>(
        &self,
        x: Vec<V>,
        decide: &mut impl FnMut(Choice<'_>, &[V]) -> Option<Vec<V>>,
    ) -> Option<Vec<V>> {
        let (expected, found) = (self.input.units(), x.len());
        assert!(found == expected, "the network reads {expected} entries, found {found}");
        self.stages().try_fold(x, |x, (layer, shape)| layer.run(shape, x, decide))
    }

    /// The depth to which residual layers are nested.
    pub fn nesting(&self) -> usize {
        self.bodies().map(|body| body.nesting() + 1).max().unwrap_or(0)
    }

    fn bodies(&self) -> impl Iterator<Item = &Self> {
        self.layers.iter().flat_map(Layer::bodies)
    }
}

impl Layer {
    /// The networks inside of this layer.
    pub fn bodies(&self) -> &[Network] {
        match self {
            Self::Residual(body) => std::slice::from_ref(body),
            Self::Branches(branches) => branches,
            _ => &[],
        }
    }

    /// The choice that a pattern records here, if any.
    pub fn choice(&self, shape: Shape) -> Option<Choice<'_>> {
        match self {
            Self::Activation(activation) => Some(Choice::Activation(activation)),
            Self::MaxPool(window) => Some(Choice::MaxPool(*window, shape)),
            Self::Maximum(sets) => Some(Choice::Maximum(sets)),
            _ => None,
        }
    }

    /// One step of [`Network::run`] on a signal of this shape.
    pub fn run<V: Linear>(
        &self,
        shape: Shape,
        x: Vec<V>,
        decide: &mut impl FnMut(Choice<'_>, &[V]) -> Option<Vec<V>>,
    ) -> Option<Vec<V>> {
        match self {
            Self::Affine(affine) => Some(V::affine(affine, shape, &x)),
            Self::Flatten | Self::Reshape(_) => Some(x),
            Self::Residual(body) => {
                let mut sum = body.run(x.clone(), decide)?;
                sum.iter_mut().zip(&x).for_each(|(y, x)| y.add_scaled(&Rational::ONE, x));
                Some(sum)
            }
            Self::Branches(branches) => {
                let mut all = Vec::new();
                for branch in branches {
                    all.extend(branch.run(x.clone(), decide)?);
                }
                Some(all)
            }
            Self::Activation(_) | Self::MaxPool(_) | Self::Maximum(_) => {
                decide(self.choice(shape).expect("these record a choice"), &x)
            }
        }
    }
}

impl Choice<'_> {
    /// The choice at exact values: the left piece at a kink, the first of several maxima.
    pub fn at(&self, x: &[Rational]) -> Vec<usize> {
        match self {
            Self::Activation(activation) => x.iter().map(|t| activation.piece(t)).collect(),
            Self::MaxPool(..) | Self::Maximum(_) => self.first_maxima(x),
        }
    }

    /// The layer at `x` when every unit does what was chosen.
    pub fn apply<V: Linear>(&self, chosen: &[usize], x: &[V]) -> Vec<V> {
        match self {
            Self::Activation(activation) => {
                chosen.iter().zip(x).map(|(piece, t)| activation.apply(*piece, t)).collect()
            }
            Self::MaxPool(..) | Self::Maximum(_) => chosen.iter().map(|i| x[*i].clone()).collect(),
        }
    }

    /// The entries of each set of a maximum, increasing; no windows for an activation.
    pub fn windows(&self) -> Vec<Vec<usize>> {
        let (window, shape) = match self {
            Self::Activation(_) => return Vec::new(),
            Self::Maximum(sets) => return sets.to_vec(),
            Self::MaxPool(window, shape) => (window, shape),
        };
        let plane = shape.units() / shape.channels();
        let [height, width] = window.output(0, *shape).expect("the network was checked");
        let mut windows = vec![Vec::new(); shape.channels() * height * width];
        for c in 0..shape.channels() {
            window.for_each_tap(*shape, |o, i, _| {
                windows[c * height * width + o].push(c * plane + i);
            });
        }
        windows
    }

    /// The first maximal entry under each window.
    pub fn first_maxima<T: PartialOrd>(&self, x: &[T]) -> Vec<usize> {
        let later = |best, i| if x[i] > x[best] { i } else { best };
        let first = |window: Vec<usize>| window.into_iter().reduce(later);
        self.windows().into_iter().map(|w| first(w).expect("a window meets the signal")).collect()
    }
}
