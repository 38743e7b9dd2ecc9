//! The numbers in a network: read, replaced and counted.

use super::affine::Affine;
use super::layer::Layer;
use super::network::Network;
use super::shape::{Shape, ShapeError};
use crate::exact::Rational;

/// The parameters of one affine layer, or numbers of the same form such as a gradient.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Parameters {
    /// The weights, in the order that [`super`] states.
    pub weight: Vec<Rational>,
    /// The biases; empty where the layer has none.
    pub bias: Vec<Rational>,
}

impl Network {
    /// The parameters of every affine layer, first to last; a residual body counts where it stands.
    pub fn parameters(&self) -> Vec<Parameters> {
        let mut all = Vec::new();
        self.visit(&mut |layer, _| {
            if let Layer::Affine(Affine { weight, bias, .. }) = layer {
                all.push(Parameters { weight: weight.clone(), bias: bias.clone() });
            }
        });
        all
    }

    /// This network with other parameters, in the order of [`Network::parameters`].
    ///
    /// Errors: parameters that do not fit. Panics if there are more or fewer than affine layers.
    pub fn with_parameters(&self, parameters: Vec<Parameters>) -> Result<Self, ShapeError> {
        let mut rest = parameters.into_iter();
        let network = self.replaced(&mut rest)?;
        assert!(rest.next().is_none(), "there are more parameters than affine layers");
        Ok(network)
    }

    fn replaced(&self, rest: &mut impl Iterator<Item = Parameters>) -> Result<Self, ShapeError> {
        let layer = |layer: &Layer| match layer {
            Layer::Affine(affine) => {
                let Parameters { weight, bias } = rest.next().expect("one for every affine layer");
                Ok(Layer::Affine(Affine { map: affine.map.clone(), weight, bias }))
            }
            Layer::Residual(body) => Ok(Layer::Residual(body.replaced(rest)?)),
            Layer::Branches(branches) => {
                let replaced = branches.iter().map(|branch| branch.replaced(rest));
                Ok(Layer::Branches(replaced.collect::<Result<_, _>>()?))
            }
            other => Ok(other.clone()),
        };
        Self::new(self.input(), self.layers().iter().map(layer).collect::<Result<_, _>>()?)
    }

    /// The sum of the squares of all weights and biases: what weight decay charges for.
    pub fn squared_norm(&self) -> Rational {
        let parameters = self.parameters();
        let entries = parameters.iter().flat_map(|own| own.weight.iter().chain(&own.bias));
        entries.map(|entry| entry * entry).sum()
    }

    /// The number of layers with weights, residual bodies included: the longest path of them.
    pub fn depth(&self) -> usize {
        self.total(|layer, _| {
            usize::from(matches!(layer, Layer::Affine(affine) if affine.is_parametric()))
        })
    }

    /// The most units in one activation layer; 0 without activations.
    pub fn width(&self) -> usize {
        let mut width = 0;
        self.visit(&mut |layer, input| width = width.max(activation_units(layer, input)));
        width
    }

    /// The number of units: entries that pass through an activation.
    pub fn units(&self) -> usize {
        self.total(activation_units)
    }

    /// The number of weights and biases; a weight shared by many terms counts once.
    pub fn parameter_count(&self) -> usize {
        self.total(|layer, _| match layer {
            Layer::Affine(affine) => affine.weight.len() + affine.bias.len(),
            _ => 0,
        })
    }

    fn total(&self, count: impl Fn(&Layer, Shape) -> usize) -> usize {
        let mut total = 0;
        self.visit(&mut |layer, input| total += count(layer, input));
        total
    }

    /// Calls `f` with every layer and the shape it reads, a body after the layer that holds it.
    fn visit(&self, f: &mut impl FnMut(&Layer, Shape)) {
        for (layer, input) in self.stages() {
            f(layer, input);
            layer.bodies().iter().for_each(|body| body.visit(f));
        }
    }
}

fn activation_units(layer: &Layer, input: Shape) -> usize {
    if matches!(layer, Layer::Activation(_)) { input.units() } else { 0 }
}
