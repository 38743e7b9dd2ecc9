//! Exact reverse-mode gradients.

use crate::exact::Rational;
use crate::net::{Affine, Choice, Layer, Linear, Network, Parameters, Shape, Weight};

/// The derivative of `cotangent . eval(x)`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gradient {
    /// By the entries of the input.
    pub input: Vec<Rational>,
    /// By the parameters, in the order of [`Network::parameters`].
    pub parameters: Vec<Parameters>,
}

/// The gradient of `cotangent . eval(x)` by the input and by every parameter.
///
/// At a kink: unit by unit that of the left piece, and of the first maximum, as [`crate::net`]
/// states; no derivative of the network, perhaps. Law:
/// `gradient(x, c).input == transpose(affine_on(pattern(x)).matrix) c`. Cost: a few products a
/// term, times the depth of nesting. Panics if a length does not fit.
pub fn gradient(network: &Network, x: &[Rational], cotangent: &[Rational]) -> Gradient {
    let (inputs, found) = (network.input().units(), x.len());
    assert!(found == inputs, "the network reads {inputs} entries, found {found}");
    let outputs = network.output().units();
    let found = cotangent.len();
    assert!(found == outputs, "the network writes {outputs} entries, found {found}");
    let mut parameters = Vec::new();
    let input = pull_back(network, x, cotangent.to_vec(), &mut parameters);
    parameters.reverse();
    Gradient { input, parameters }
}

/// The cotangent of the input; pushes the gradients by the parameters, last layer first.
fn pull_back(
    network: &Network,
    x: &[Rational],
    mut cotangent: Vec<Rational>,
    parameters: &mut Vec<Parameters>,
) -> Vec<Rational> {
    let mut signals = vec![x.to_vec()];
    for (layer, shape) in network.stages() {
        let x = signals.last().expect("there is an input").clone();
        let y = layer.run(shape, x, &mut |choice, x| Some(choice.apply(&choice.at(x), x)));
        signals.push(y.expect("every choice is made"));
    }
    let stages: Vec<_> = network.stages().zip(&signals).collect();
    for ((layer, shape), x) in stages.into_iter().rev() {
        cotangent = match layer {
            Layer::Affine(affine) => {
                let (input, own) = through_affine(affine, shape, x, &cotangent);
                parameters.push(own);
                input
            }
            Layer::Residual(body) => {
                let mut sum = pull_back(body, x, cotangent.clone(), parameters);
                sum.iter_mut().zip(cotangent).for_each(|(sum, c)| *sum += c);
                sum
            }
            Layer::Flatten | Layer::Reshape(_) => cotangent,
            Layer::Branches(branches) => {
                let mut sum = vec![Rational::ZERO; x.len()];
                let mut end = cotangent.len();
                for branch in branches.iter().rev() {
                    let own = cotangent[end - branch.output().units()..end].to_vec();
                    end -= own.len();
                    let back = pull_back(branch, x, own, parameters);
                    sum.iter_mut().zip(back).for_each(|(sum, c)| *sum += c);
                }
                sum
            }
            Layer::Activation(_) | Layer::MaxPool(_) | Layer::Maximum(_) => {
                let choice = layer.choice(shape).expect("these record a choice");
                through_choice(&choice, &choice.at(x), x.len(), &cotangent)
            }
        };
    }
    cotangent
}

/// The cotangent of the input, and the gradient by the parameters.
fn through_affine(
    affine: &Affine,
    input: Shape,
    x: &[Rational],
    cotangent: &[Rational],
) -> (Vec<Rational>, Parameters) {
    let zeros = |n| vec![Rational::ZERO; n];
    let mut back = zeros(x.len());
    let mut own = Parameters { weight: zeros(affine.weight.len()), bias: zeros(affine.bias.len()) };
    affine.for_each_term(input, |o, i, weight| {
        back[i].add_scaled(affine.value(weight), &cotangent[o]);
        if let Weight::Parameter(p) = weight {
            own.weight[p].add_scaled(&x[i], &cotangent[o]);
        }
    });
    for (o, c) in cotangent.iter().enumerate() {
        if let Some(b) = affine.bias_index(o, cotangent.len()) {
            own.bias[b] += c;
        }
    }
    (back, own)
}

/// The transpose of [`Choice::apply`], without its constants, to a signal of length `inputs`.
fn through_choice(
    choice: &Choice<'_>,
    chosen: &[usize],
    inputs: usize,
    cotangent: &[Rational],
) -> Vec<Rational> {
    let mut back = vec![Rational::ZERO; inputs];
    for (o, (chosen, c)) in chosen.iter().zip(cotangent).enumerate() {
        match choice {
            Choice::Activation(activation) => back[o] = &activation.pieces()[*chosen].0 * c,
            Choice::MaxPool(..) | Choice::Maximum(_) => back[*chosen] += c,
        }
    }
    back
}
