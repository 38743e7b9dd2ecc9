//! Gradient descent for networks of any depth and kind, in fractions.
//!
//! Weights are multiplied by weights, so denominators grow with every step. Runs of tens of steps
//! are affordable, runs of thousands are not.

use super::loss::ExactLoss;
use crate::exact::Rational;
use crate::net::{Network, Parameters};
use crate::properties::gradient;

/// The mean loss of the margins of a network with one output on points with labels, `true` for
/// `+1`. Panics if there is no point, or a point does not fit.
pub fn risk(network: &Network, points: &[(Vec<Rational>, bool)], loss: ExactLoss) -> Rational {
    let values = points.iter().map(|(x, label)| loss.exact_value(&margin(network, x, *label)));
    super::mean(values)
}

/// The gradient of [`risk`] by the parameters, in the order of [`Network::parameters`].
///
/// At a kink: that of the left piece, as everywhere. Cost: one forward and one backward pass a
/// point. Panics if there is no point, or a point does not fit.
pub fn risk_gradient(
    network: &Network,
    points: &[(Vec<Rational>, bool)],
    loss: ExactLoss,
) -> Vec<Parameters> {
    let mut sum: Option<Vec<Parameters>> = None;
    for (x, label) in points {
        let pull = loss.exact_pull(&margin(network, x, *label));
        let sign = Rational::from(if *label { -1 } else { 1 });
        let cotangent = pull * sign / Rational::from(points.len());
        let own = gradient(network, x, &[cotangent]).parameters;
        sum = Some(match sum {
            None => own,
            Some(sum) => moved(sum, &own, &Rational::ONE, |_| true),
        });
    }
    sum.expect("there is a point")
}

/// The network after one step. Only the affine layers that `is_trained` accepts move, counted as in
/// [`Network::parameters`]: `|_| true` trains outputs too.
pub fn descended(
    network: &Network,
    points: &[(Vec<Rational>, bool)],
    loss: ExactLoss,
    rate: &Rational,
    is_trained: impl Fn(usize) -> bool,
) -> Network {
    let gradient = risk_gradient(network, points, loss);
    let parameters = moved(network.parameters(), &gradient, &-rate, is_trained);
    network.with_parameters(parameters).expect("the parameters have the shapes they had")
}

fn margin(network: &Network, x: &[Rational], label: bool) -> Rational {
    let value = network.eval(x);
    assert!(value.len() == 1, "a margin is of one output, found {}", value.len());
    if label { value[0].clone() } else { -&value[0] }
}

fn moved(
    mut from: Vec<Parameters>,
    by: &[Parameters],
    factor: &Rational,
    is_trained: impl Fn(usize) -> bool,
) -> Vec<Parameters> {
    let layers = from.iter_mut().zip(by).enumerate().filter(|(layer, _)| is_trained(*layer));
    for (_, (own, by)) in layers {
        let entries = own.weight.iter_mut().zip(&by.weight);
        for (entry, by) in entries.chain(own.bias.iter_mut().zip(&by.bias)) {
            *entry += factor * by;
        }
    }
    from
}
