//! Exact reverse-mode gradients.

use super::affine::{Affine, Weight};
use super::layer::Layer;
use super::network::Network;
use super::parameters::Parameters;
use super::shape::Shape;
use super::value::Value;
use crate::exact::Rational;

/// The derivative of `cotangent . eval(x)`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gradient {
    /// By the entries of the input.
    pub input: Vec<Rational>,
    /// By the parameters, in the order of [`Network::parameters`].
    pub parameters: Vec<Parameters>,
}

impl Network {
    /// The gradient of `cotangent . eval(x)` by the input and by every parameter.
    ///
    /// At a kink: unit by unit that of the left piece, and of the first maximum, as [`super`]
    /// states; no derivative of the network, perhaps. Law:
    /// `gradient(x, c).input == transpose(affine_on(pattern(x)).matrix) c`. Cost: a few products a
    /// term, times the depth of nesting. Panics if a length does not fit.
    pub fn gradient(&self, x: &[Rational], cotangent: &[Rational]) -> Gradient {
        self.check_length(x.len());
        let outputs = self.output().units();
        let found = cotangent.len();
        assert!(found == outputs, "the network writes {outputs} entries, found {found}");
        let mut parameters = Vec::new();
        let input = self.pull_back(x, cotangent.to_vec(), &mut parameters);
        parameters.reverse();
        Gradient { input, parameters }
    }

    /// The cotangent of the input; pushes the gradients by the parameters, last layer first.
    fn pull_back(
        &self,
        x: &[Rational],
        mut cotangent: Vec<Rational>,
        parameters: &mut Vec<Parameters>,
    ) -> Vec<Rational> {
        let mut signals = vec![x.to_vec()];
        for (layer, shape) in self.stages() {
            let x = signals.last().expect("there is an input").clone();
            let y = layer.run(shape, x, &mut |choice, x| Some(choice.apply(&choice.at(x), x)));
            signals.push(y.expect("every choice is made"));
        }
        let stages: Vec<_> = self.stages().zip(&signals).collect();
        for ((layer, shape), x) in stages.into_iter().rev() {
            cotangent = match layer {
                Layer::Affine(affine) => {
                    let (input, own) = affine.pull_back(shape, x, &cotangent);
                    parameters.push(own);
                    input
                }
                Layer::Residual(body) => {
                    let mut sum = body.pull_back(x, cotangent.clone(), parameters);
                    sum.iter_mut().zip(cotangent).for_each(|(sum, c)| *sum += c);
                    sum
                }
                Layer::Flatten | Layer::Reshape(_) => cotangent,
                Layer::Activation(_) | Layer::MaxPool(_) => {
                    let choice = layer.choice(shape).expect("these two record a choice");
                    choice.pull_back(&choice.at(x), x.len(), &cotangent)
                }
            };
        }
        cotangent
    }
}

impl Affine {
    /// The cotangent of the input, and the gradient by the parameters.
    fn pull_back(
        &self,
        input: Shape,
        x: &[Rational],
        cotangent: &[Rational],
    ) -> (Vec<Rational>, Parameters) {
        let zeros = |n| vec![Rational::ZERO; n];
        let mut back = zeros(x.len());
        let mut own = Parameters { weight: zeros(self.weight.len()), bias: zeros(self.bias.len()) };
        self.for_each_term(input, |o, i, weight| {
            back[i].add_scaled(self.value(weight), &cotangent[o]);
            if let Weight::Parameter(p) = weight {
                own.weight[p].add_scaled(&x[i], &cotangent[o]);
            }
        });
        for (o, c) in cotangent.iter().enumerate() {
            if let Some(b) = self.bias_index(o, cotangent.len()) {
                own.bias[b] += c;
            }
        }
        (back, own)
    }
}
