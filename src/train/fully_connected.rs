//! Fully connected ReLU networks of any depth, without biases, on one dyadic grid.

use super::fixed_point::{FixedPointArray, dyadic, on_grid, shifted};
use super::loss::ExactLoss;
use super::samples::Samples;
use crate::exact::Rational;
use crate::net::{Layer, Network, Shape};

/// Binary places of every weight.
pub(super) const PLACES: u32 = 20;
/// Numerators stay below this, so that sums of squares fit.
pub(super) const LIMIT: i64 = 1 << 40;

/// `f(x) = <a, relu(W_{L-1} .. relu(W_1 x))>` with hidden layers of one width `m`. Every weight is
/// a whole number over `2^20`, so that its values at dyadic points are dyadic, and short.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FullyConnected {
    /// `W_1` to `W_{L-1}`, shape `[inputs, m]` each: units are side by side.
    pub(super) hidden: Vec<Vec<i64>>,
    /// `a`, shape `[m]`.
    pub(super) outputs: Vec<i64>,
}

impl FullyConnected {
    /// The network with these hidden layers, shape `[L - 1, m, inputs]`, and outputs, shape `[m]`.
    pub fn new(hidden: &[Vec<Vec<Rational>>], outputs: &[Rational]) -> Result<Self, String> {
        let units = outputs.len();
        let dimension = hidden.first().and_then(|layer| layer.first()).map_or(0, Vec::len);
        refuse_if!(
            units == 0 || dimension == 0,
            "there must be one hidden layer with one unit and one input at least"
        );
        for (layer, rows) in hidden.iter().enumerate() {
            let inputs = if layer == 0 { dimension } else { units };
            refuse_if!(
                rows.len() != units || rows.iter().any(|row| row.len() != inputs),
                "hidden layer {layer} is not of {units} units that read {inputs} numbers each"
            );
        }
        let by_input = |rows: &Vec<Vec<Rational>>| {
            let inputs = 0..rows[0].len();
            inputs.flat_map(|j| rows.iter().map(move |row| on_places(&row[j]))).collect()
        };
        Ok(Self {
            hidden: hidden.iter().map(by_input).collect::<Result<_, _>>()?,
            outputs: outputs.iter().map(on_places).collect::<Result<_, _>>()?,
        })
    }

    /// The number `L` of layers, the outputs counted.
    pub fn layers(&self) -> usize {
        self.hidden.len() + 1
    }

    /// The width `m`.
    pub fn units(&self) -> usize {
        self.outputs.len()
    }

    /// How many coordinates a point has.
    pub fn dimension(&self) -> usize {
        self.hidden[0].len() / self.units()
    }

    /// The margins `y_i f(x_i)` of points, which are samples of one patch.
    ///
    /// Nothing is rounded: a sum that does not fit 128 bits is done in fractions. Cost: about
    /// `n L m^2` products. Panics if the points do not fit.
    pub fn margins(&self, samples: &Samples) -> Vec<Rational> {
        self.check(samples);
        self.margins_in_words(samples).unwrap_or_else(|| {
            let network = self.network();
            let points = samples.all_patches().enumerate();
            points.map(|(i, x)| samples.label(i) * &network.eval(x)[0]).collect()
        })
    }

    /// The margins; `None` if a point is not dyadic, or a sum does not fit.
    fn margins_in_words(&self, samples: &Samples) -> Option<Vec<Rational>> {
        let points = FixedPointArray::new(samples.all_patches().flatten())?;
        let places = points.places + PLACES * self.layers() as u32;
        let margin = |(x, positive): (&[i64], &bool)| {
            let value = self.numerator(x)?;
            let value = if *positive { value } else { value.checked_neg()? };
            Some(on_grid(value, places))
        };
        points.values.chunks_exact(self.dimension()).zip(&samples.positive).map(margin).collect()
    }

    /// `f(x)` over the product of all grids.
    fn numerator(&self, x: &[i64]) -> Option<i128> {
        let mut values: Vec<i128> = x.iter().map(|&t| t.into()).collect();
        for weights in &self.hidden {
            let mut sums = vec![0i128; self.units()];
            for (x, row) in values.iter().zip(weights.chunks_exact(self.units())) {
                for (sum, w) in sums.iter_mut().zip(row) {
                    *sum = sum.checked_add(x.checked_mul((*w).into())?)?;
                }
            }
            values = sums.into_iter().map(|sum| sum.max(0)).collect();
        }
        let mut terms = values.iter().zip(&self.outputs);
        terms.try_fold(0i128, |sum, (x, a)| sum.checked_add(x.checked_mul((*a).into())?))
    }

    /// The mean loss.
    pub fn risk(&self, samples: &Samples, loss: ExactLoss) -> Rational {
        super::mean(self.margins(samples).iter().map(|z| loss.exact_value(z)))
    }

    /// The squared Frobenius distance to another network, layer by layer, the outputs last. Panics
    /// if the other has another shape.
    pub fn squared_distances(&self, other: &Self) -> Vec<Rational> {
        let layers = self.hidden.iter().chain([&self.outputs]);
        let others = other.hidden.iter().chain([&other.outputs]);
        assert!(self.layers() == other.layers(), "both networks have one shape");
        layers.zip(others).map(|(a, b)| squared_distance(a, b)).collect()
    }

    /// The same network as a chain of layers.
    pub fn network(&self) -> Network {
        let mut layers = Vec::new();
        for weights in &self.hidden {
            let inputs = weights.len() / self.units();
            let at = |s, j| weights[j * self.units() + s];
            let entries = (0..self.units()).flat_map(|s| (0..inputs).map(move |j| at(s, j)));
            layers.push(Layer::dense(self.units(), entries.map(weight).collect(), vec![]));
            layers.push(Layer::relu());
        }
        let outputs = self.outputs.iter().map(|&a| weight(a)).collect();
        layers.push(Layer::dense(1, outputs, vec![]));
        Network::new(Shape::Flat(self.dimension()), layers).expect("the shapes were checked")
    }

    /// Panics unless the samples are points that the network reads.
    pub(super) fn check(&self, samples: &Samples) {
        samples.check().expect("the samples have one shape");
        let (patches, found) = (samples.positions(), samples.dimension());
        assert!(patches == 1, "a point is one patch, found {patches}");
        let expected = self.dimension();
        assert!(found == expected, "the network reads {expected} coordinates, found {found}");
    }
}

fn weight(numerator: i64) -> Rational {
    on_grid(numerator.into(), PLACES)
}

fn on_places(x: &Rational) -> Result<i64, String> {
    let fitting = |(numerator, places): (i64, u32)| {
        shifted(numerator, PLACES.checked_sub(places)?).filter(|w| w.abs() < LIMIT)
    };
    let refused = || format!("the weight {x} is not a whole number over 2^20, or not below 2^20");
    dyadic(x).and_then(fitting).ok_or_else(refused)
}

fn squared_distance(a: &[i64], b: &[i64]) -> Rational {
    assert!(a.len() == b.len(), "both networks have one shape");
    // A square is below 2^82: 2^45 of them fit, more than any memory holds.
    let squares = a.iter().zip(b).map(|(a, b)| i128::from(a - b).pow(2));
    on_grid(squares.sum(), 2 * PLACES)
}
