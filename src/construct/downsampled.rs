//! Every dense network as a network of convolutions with downsampling.
//!
//! A dense layer `x -> F x + b` with `n` units on `n'` inputs becomes one group: the rows of `F`,
//! reversed and laid end to end, are one filter of degree `n n' - 1`; it is factored into short
//! ones, whose convolutions stay in their linear range; unit `(k + 1) n'` of the last one carries
//! row `k`, its bias is put there, and downsampling by `n'` keeps the first `n` of these units.
//!
//! The factors are rational and as a rule only near the true ones. So the group is *exactly* the
//! dense layer with another matrix `F~`, read off the product of its filters, and how far `F~` is
//! from `F` bounds how far the networks are apart.

use super::expansive::{convolutions, convolve, filter_product, linear_range, toeplitz_row};
use super::factor::{FactorError, factor, padded};
use super::sizes::{HiddenBias, group_parameters};
use crate::analysis::on_grid;
use crate::analysis::polynomial::Polynomial;
use crate::exact::Rational;
use crate::exact::linear::dot;
use crate::net::{Form, InputBox, Layer, Network, Shape};
use crate::properties::{Equality, equal_on_box};
use serde::{Deserialize, Serialize};

/// Weights `[units][inputs]` and a bias for each unit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DenseLayer {
    /// `[units][inputs]`.
    pub weight: Vec<Vec<Rational>>,
    /// One a unit.
    pub bias: Vec<Rational>,
}

/// Dense layers with a ReLU between any two, and none after the last.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DenseNet {
    /// First to last.
    pub layers: Vec<DenseLayer>,
}

impl DenseNet {
    /// Why the layers do not fit each other, in a sentence.
    pub fn check(&self) -> Result<(), String> {
        let mut inputs = self.layers.first().and_then(|l| l.weight.first()).map_or(0, Vec::len);
        for (layer, number) in self.layers.iter().zip(1..) {
            let (units, biases) = (layer.weight.len(), layer.bias.len());
            if units == 0 || units != biases || inputs == 0 {
                return Err(format!("layer {number}: {units} units, {biases} biases"));
            }
            if let Some(row) = layer.weight.iter().find(|row| row.len() != inputs) {
                return Err(format!("layer {number}: {} weights, expected {inputs}", row.len()));
            }
            inputs = units;
        }
        if self.layers.is_empty() { Err("there is no layer".to_owned()) } else { Ok(()) }
    }

    /// The number of inputs. Panics unless [`Self::check`].
    pub fn inputs(&self) -> usize {
        self.layers[0].weight[0].len()
    }

    /// The network. Panics unless [`Self::check`].
    pub fn network(&self) -> Network {
        let with_relu = |layer: &DenseLayer| [layer.layer(), Layer::relu()];
        let mut layers: Vec<_> = self.layers.iter().flat_map(with_relu).collect();
        layers.pop();
        Network::new(Shape::Flat(self.inputs()), layers).expect("the layers were checked")
    }
}

/// The convolutions that stand for one dense layer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// Filters of `s + 1` taps, first to last.
    pub filters: Vec<Vec<Rational>>,
    /// The one bias of each layer but the last.
    pub hidden: Vec<Rational>,
    /// A bias for each unit of the last layer; zero where downsampling drops the unit.
    pub last: Vec<Rational>,
    /// Downsampling keeps units `scale`, `2 scale`, .., counted from one.
    pub scale: usize,
    /// The number of units that downsampling keeps.
    pub keep: usize,
    /// The box on which the group equals [`Self::realised`].
    pub domain: InputBox,
    /// The dense layer that the group equals on [`Self::domain`].
    pub realised: DenseLayer,
}

/// A dense network as downsampled convolutions, and how far the two are apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Downsampled {
    /// One group for each dense layer.
    pub groups: Vec<Group>,
    /// For each output, what its distance from the dense network is at most on the whole box.
    pub error: Vec<Rational>,
}

/// The convolutions with filters of degree `s` that stand for a dense network on a box.
///
/// Every group has the fewest filters that its stacked rows can have, and reaches their
/// coefficients up to `2^-bits` in all, and each bias up to `2^-bits`. Cost: for each dense layer,
/// one factorization of degree `n n' - 1` and the convolutions of [`Group::from_filters`]. Errors:
/// those of [`factor`]. Panics unless the network passes its check and the box has its dimension.
pub fn downsampled(
    net: &DenseNet,
    range: &InputBox,
    s: usize,
    bits: u32,
) -> Result<Downsampled, FactorError> {
    assert_eq!(range.lo().len(), net.inputs(), "a side of the box for every input");
    let (mut groups, mut error) = (Vec::new(), vec![Rational::ZERO; net.inputs()]);
    let mut domain = range.clone();
    for layer in &net.layers {
        let filters = factor(&Polynomial::new(layer.stacked()), s, bits)?.filters;
        let group = Group::from_filters(layer, filters, domain, s, bits);
        error = group.carried_error(layer, &error);
        domain = group.realised.clipped(&group.domain);
        groups.push(group);
    }
    Ok(Downsampled { groups, error })
}

/// Hidden biases and ranges of hidden units are multiples of two to this power: they only have to
/// be large enough, and stay short.
const RAISED: i32 = -24;

/// The number, or a little more.
fn raised(x: Rational) -> Rational {
    let unit = Rational::integer(2).pow(RAISED);
    (x / &unit).ceil() * unit
}

impl DenseLayer {
    fn layer(&self) -> Layer {
        Layer::dense(self.bias.len(), self.weight.concat(), self.bias.clone())
    }

    /// A box of the values of every unit after a ReLU, for inputs in a box.
    fn clipped(&self, range: &InputBox) -> InputBox {
        let form = |(row, bias): (&Vec<Rational>, &Rational)| {
            let form = Form { coefficients: row.clone(), constant: bias.clone() };
            let (lo, hi) = range.bounds(&form);
            (-raised(-lo.max(Rational::ZERO)), raised(hi.max(Rational::ZERO)))
        };
        let (lo, hi) = self.weight.iter().zip(&self.bias).map(form).unzip();
        InputBox::new(lo, hi).expect("a form is least where it is least")
    }

    /// The rows as one filter: entry `(k + 1) n' - c` is entry `c` of row `k`, both from one.
    pub fn stacked(&self) -> Vec<Rational> {
        self.weight.iter().flat_map(|row| row.iter().rev().cloned()).collect()
    }
}

impl Group {
    /// The group with these filters, padded to `s + 1` taps, and with as many single ones behind
    /// them as are needed to have a unit for every row; for inputs in a box.
    ///
    /// The last biases are the multiples of `2^-bits` nearest to the biases that the layer needs.
    ///
    /// Cost: three convolutions for each filter, each of `(s + 1) u` products for `u` units of its
    /// layer.
    pub fn from_filters(
        layer: &DenseLayer,
        filters: Vec<Vec<Rational>>,
        domain: InputBox,
        s: usize,
        bits: u32,
    ) -> Self {
        let (scale, keep) = (domain.lo().len(), layer.bias.len());
        let filters = padded(filters, s, (scale * (keep - 1)).div_ceil(s.max(1)));
        let product = filter_product(&filters);
        let (end, hidden) = filters.split_last().expect("a group has a filter");
        let range = linear_range(hidden, &domain, raised);
        let (middle, center) = (convolve(end, &range.middle), domain.center());
        let mut last = vec![Rational::ZERO; middle.len()];
        let mut realised = DenseLayer { weight: Vec::new(), bias: Vec::new() };
        for (k, bias) in layer.bias.iter().enumerate() {
            let unit = (k + 1) * scale - 1;
            let row = toeplitz_row(&product, scale, unit);
            // What the unit carries besides its linear form.
            let carried = &middle[unit] - dot(&row, &center);
            last[unit] = on_grid(&(bias - &carried), bits);
            realised.bias.push(carried + &last[unit]);
            realised.weight.push(row);
        }
        Self { filters, hidden: range.biases, last, scale, keep, domain, realised }
    }

    /// How far the units are from those of `layer` at most, where the inputs are apart by `error`:
    /// `|F| error + |F~ - F| |h| + |b~ - b|`, with the largest `|h|` on the box.
    fn carried_error(&self, layer: &DenseLayer, error: &[Rational]) -> Vec<Rational> {
        let sides = self.domain.lo().iter().zip(self.domain.hi());
        let largest: Vec<_> = sides.map(|(lo, hi)| lo.abs().max(hi.abs())).collect();
        let unit = |k: usize| {
            let (row, near) = (&layer.weight[k], &self.realised.weight[k]);
            let carried = row.iter().zip(error).map(|(f, error)| f.abs() * error);
            let entries = row.iter().zip(near).zip(&largest);
            let moved = entries.map(|((f, near), h)| (near - f).abs() * h);
            let bias = (&self.realised.bias[k] - &layer.bias[k]).abs();
            carried.chain(moved).chain([bias]).sum()
        };
        (0..layer.bias.len()).map(unit).collect()
    }

    /// How far its weights are from those of `layer` in absolute sum, and a bias at most.
    pub fn distance(&self, layer: &DenseLayer) -> (Rational, Rational) {
        let near = self.realised.weight.iter().flatten().zip(layer.weight.iter().flatten());
        let weights = near.map(|(near, weight)| (near - weight).abs()).sum();
        let biases = self.realised.bias.iter().zip(&layer.bias);
        let bias = biases.map(|(near, bias)| (near - bias).abs()).max().unwrap_or_default();
        (weights, bias)
    }

    /// The layers of the group; the last ReLU is left out where the dense network has none.
    pub fn layers(&self, relu: bool) -> Vec<Layer> {
        let hidden = self.hidden.iter().map(|bias| vec![bias.clone()]);
        let biases = hidden.chain([self.last.clone()]);
        let mut layers = convolutions(self.filters.iter().cloned().zip(biases));
        if !relu {
            layers.pop();
        }
        layers.push(Layer::downsample(self.scale, self.keep));
        layers
    }
}

impl Downsampled {
    /// The network of convolutions.
    pub fn network(&self) -> Network {
        let last = self.groups.len() - 1;
        let layers = self.groups.iter().enumerate().flat_map(|(k, group)| group.layers(k < last));
        let input = Shape::Flat(self.groups[0].scale);
        Network::new(input, layers.collect()).expect("each group writes what the next one reads")
    }

    /// The dense network that it equals at every point of the box.
    pub fn realised(&self) -> DenseNet {
        DenseNet { layers: self.groups.iter().map(|group| group.realised.clone()).collect() }
    }

    /// Whether every group is proved to equal its dense layer on its box, ReLU included.
    pub fn is_proved(&self) -> bool {
        self.groups.iter().all(|group| {
            let input = Shape::Flat(group.scale);
            let convolutions = Network::new(input, group.layers(true));
            let dense = vec![group.realised.layer(), Layer::relu()];
            let [convolutions, dense] =
                [convolutions, Network::new(input, dense)].map(|net| net.expect("the parts fit"));
            equal_on_box(&convolutions, &dense, &group.domain) == Equality::Equal
        })
    }

    /// The number of parameters: taps, one bias a hidden layer, one for each unit kept.
    pub fn parameters(&self) -> usize {
        let group = |g: &Group| {
            let s = g.filters[0].len() - 1;
            group_parameters(g.filters.len(), s, g.keep, HiddenBias::Scalar)
        };
        self.groups.iter().map(group).sum()
    }

    /// The depth: convolutions in all groups.
    pub fn depth(&self) -> usize {
        self.groups.iter().map(|group| group.filters.len()).sum()
    }
}
