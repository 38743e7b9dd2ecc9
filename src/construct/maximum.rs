//! The maximum of affine functions by a network whose layers have one unit more than inputs.

use crate::exact::Rational;
use crate::net::regions::Domain;
use crate::net::{Form, InputBox, Layer, Network, Shape};
use crate::properties::for_each_region;
use std::ops::ControlFlow;

/// `x -> max_k forms[k](x)` for `|x|_inf <= reach`, by `N - 1` hidden layers of `d + 1` units for
/// `N` forms.
///
/// `d` units carry `x + reach`; the last one of layer `k` carries
/// `max(l_1, .., l_(k+1)) - l_(k+1)`, one subtraction and one ReLU further. Source: Hanin and
/// Sellke 2017. Cost: `(N - 1) (d + 1)^2` weights. Panics without forms, or if they read different
/// numbers of inputs.
pub fn maximum(forms: &[Form], reach: &Rational) -> Network {
    let d = forms.first().expect("a maximum of something").coefficients.len();
    let mut layers = Vec::new();
    for (k, pair) in forms.windows(2).enumerate() {
        let first = k == 0;
        let inputs = d + usize::from(!first);
        let (mut weight, mut bias) = (Vec::new(), Vec::new());
        for i in 0..d {
            weight.extend((0..inputs).map(|c| Rational::from(c == i)));
            bias.push(if first { reach.clone() } else { Rational::ZERO });
        }
        // Kept units are higher by `reach` from the second layer on.
        let lead: Vec<_> =
            pair[0].coefficients.iter().zip(&pair[1].coefficients).map(|(a, b)| a - b).collect();
        bias.push(&pair[0].constant - &pair[1].constant - shift(&lead, reach, !first));
        weight.extend(lead);
        weight.extend((!first).then_some(Rational::ONE));
        layers.push(Layer::dense(d + 1, weight, bias));
        layers.push(Layer::relu());
    }
    let (last, deep) = (forms.last().expect("there is a form"), forms.len() > 1);
    let constant = &last.constant - shift(&last.coefficients, reach, deep);
    let mut weight = last.coefficients.clone();
    weight.extend(deep.then_some(Rational::ONE));
    layers.push(Layer::dense(1, weight, vec![constant]));
    Network::new(Shape::Flat(d), layers).expect("every form reads the inputs")
}

fn shift(coefficients: &[Rational], reach: &Rational, shifted: bool) -> Rational {
    if shifted { coefficients.iter().sum::<Rational>() * reach } else { Rational::ZERO }
}

/// On how many regions a network was compared with a maximum, and where they differ.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Compared {
    /// The proper activation regions of the network that were looked at.
    pub regions: usize,
    /// A point of the box at which they differ; `None` if they are equal on the whole box, or
    /// nothing was found in what was looked at.
    pub differ: Option<Vec<Rational>>,
    /// Whether every region was looked at, so that the answer is a proof.
    pub is_decided: bool,
}

/// Whether a network with one output is the maximum of the forms at every point of a box with an
/// interior; `limit` regions are examined at most.
///
/// On a region the network is one affine function, and the maximum is convex. Equal at every
/// vertex, the maximum is nowhere above the network; equal at one point inside too, the form that
/// is greatest there touches the network from below inside of the region, so it is the network.
/// Cost: the enumeration of the regions, and for each vertex `N` forms of `d` terms.
/// Panics if the parts do not fit.
pub fn compared(net: &Network, forms: &[Form], range: &InputBox, limit: usize) -> Compared {
    let mut found = Compared { regions: 0, differ: None, is_decided: true };
    let greatest = |x: &[Rational]| forms.iter().map(|form| form.eval(x)).max();
    found.is_decided = for_each_region(net, &Domain::Box(range.clone()), |region| {
        if found.regions == limit {
            return ControlFlow::Break(());
        }
        found.regions += 1;
        let mut points = region.vertices.iter().chain([&region.point]);
        let is_wrong = |x: &&Vec<Rational>| region.map.apply(x).first() != greatest(x).as_ref();
        found.differ = points.find(is_wrong).cloned();
        if found.differ.is_some() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    });
    found.is_decided |= found.differ.is_some();
    found
}
