//! Affine layers: each is defined once, as the list of its terms.

use super::linear::Linear;
use super::shape::{MAX_TERMS, Shape, ShapeError};
use super::window::Window;
use crate::exact::Rational;
use crate::exact::linear::Matrix;

/// An affine layer: a linear map with its parameters, and a bias.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Affine {
    /// Which map.
    pub map: Map,
    /// The weights, in the order that [`super`] states; empty where the map has none.
    pub weight: Vec<Rational>,
    /// Empty, or one entry in all, one a channel, or one a unit.
    pub bias: Vec<Rational>,
}

/// The linear part of an affine layer.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Map {
    /// Every output reads every input of a flat signal.
    Dense {
        /// Output units.
        outputs: usize,
    },
    /// Cross-correlation over a line or a plane.
    Convolution {
        /// Output channels.
        channels: usize,
        /// Runs of channels that do not see each other.
        groups: usize,
        /// Where the taps lie.
        window: Window,
    },
    /// The product of polynomials: a flat signal of width `D` becomes one of width `D + s`.
    Expansive,
    /// Keeps `keep` of the units `scale, 2 scale, ..` of each channel, counted from one.
    Downsample {
        /// The distance of kept units.
        scale: usize,
        /// How many are kept.
        keep: usize,
    },
    /// The sum over each window, channel by channel; padding counts as zeros.
    SumPool(Window),
    /// [`Map::SumPool`] divided by the number of taps, padding included.
    AveragePool(Window),
    /// Each output reads the inputs of its row, by increasing index in the flat signal, each with
    /// the weight of an index. Rows are shared: copies, permutations, sums of two signals.
    Sparse(Vec<Vec<[u32; 2]>>),
}

/// The factor of one term of an affine layer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weight<'a> {
    /// Entry of the weight vector.
    Parameter(usize),
    /// A number that belongs to the kind of layer.
    Constant(&'a Rational),
}

impl Affine {
    /// Calls `f(output, input, weight)` for every term: the layer is `y[output] = bias + sum of
    /// weight * x[input]`, and nothing else in the crate says what it does.
    ///
    /// Each pair of output and input occurs at most once. Cost: one call a term.
    pub fn for_each_term(&self, input: Shape, mut f: impl FnMut(usize, usize, Weight<'_>)) {
        let [height, width] = input.plane();
        let plane = height * width;
        match self.map {
            Map::Dense { outputs } => {
                for p in 0..outputs * plane {
                    f(p / plane, p % plane, Weight::Parameter(p));
                }
            }
            Map::Convolution { channels, groups, window } => {
                let [seen, made] = [input.channels() / groups, channels / groups];
                let outputs = self.output_units(input) / channels;
                window.for_each_tap(input, |o, i, tap| {
                    for (out, k) in (0..channels).flat_map(|out| (0..seen).map(move |k| (out, k))) {
                        let source = out / made * seen + k;
                        let p = (out * seen + k) * window.taps() + tap;
                        f(out * outputs + o, source * plane + i, Weight::Parameter(p));
                    }
                });
            }
            Map::Expansive => {
                for (k, p) in (0..width).flat_map(|k| (0..self.weight.len()).map(move |p| (k, p))) {
                    f(k + p, k, Weight::Parameter(p));
                }
            }
            Map::Downsample { scale, keep } => {
                for (c, k) in (0..input.channels()).flat_map(|c| (0..keep).map(move |k| (c, k))) {
                    let source = c * plane + (k + 1) * scale - 1;
                    f(c * keep + k, source, Weight::Constant(&Rational::ONE));
                }
            }
            Map::SumPool(window) | Map::AveragePool(window) => {
                let factor = match self.map {
                    Map::AveragePool(_) => Rational::from(window.taps()).recip(),
                    _ => Rational::ONE,
                };
                let outputs = self.output_units(input) / input.channels();
                window.for_each_tap(input, |o, i, _| {
                    for c in 0..input.channels() {
                        f(c * outputs + o, c * plane + i, Weight::Constant(&factor));
                    }
                });
            }
            Map::Sparse(ref rows) => {
                for (o, &[i, p]) in
                    rows.iter().enumerate().flat_map(|(o, row)| row.iter().map(move |t| (o, t)))
                {
                    f(o, i as usize, Weight::Parameter(p as usize));
                }
            }
        }
    }

    /// The entry of the bias vector that `output` of `outputs` reads; `None` without biases.
    ///
    /// Entries serve runs of consecutive outputs of equal length: all, one channel, or one unit.
    pub fn bias_index(&self, output: usize, outputs: usize) -> Option<usize> {
        (!self.bias.is_empty()).then(|| output * self.bias.len() / outputs)
    }

    /// The entry that each output is, if the layer copies entries and does nothing else.
    pub fn selection(&self) -> Option<Vec<usize>> {
        let Map::Sparse(rows) = &self.map else { return None };
        let is_copy = |row: &Vec<[u32; 2]>| {
            row.len() == 1 && self.weight[row[0][1] as usize] == Rational::ONE
        };
        let copies = self.bias.is_empty() && rows.iter().all(is_copy);
        copies.then(|| rows.iter().map(|row| row[0][0] as usize).collect())
    }

    /// The number behind a term's weight.
    pub fn value<'a>(&'a self, weight: Weight<'a>) -> &'a Rational {
        match weight {
            Weight::Parameter(p) => &self.weight[p],
            Weight::Constant(c) => c,
        }
    }

    /// Whether the layer has weights of its own.
    pub fn is_parametric(&self) -> bool {
        !matches!(self.map, Map::Downsample { .. } | Map::SumPool(_) | Map::AveragePool(_))
    }

    pub(super) fn output_units(&self, input: Shape) -> usize {
        self.output(0, input).expect("the network was checked").units()
    }

    /// The matrix of the linear part, `[outputs, inputs]`; of an expansive convolution, Toeplitz.
    ///
    /// Panics if the layer does not fit the shape.
    pub fn matrix(&self, input: Shape) -> Matrix {
        let mut matrix = Matrix::zero(self.output_units(input), input.units());
        self.for_each_term(input, |o, i, weight| matrix[(o, i)] = self.value(weight).clone());
        matrix
    }

    /// The layer at `x`, term by term.
    pub(super) fn apply<V: Linear>(&self, input: Shape, x: &[V]) -> Vec<V> {
        let outputs = self.output_units(input);
        let bias = |o| match self.bias_index(o, outputs) {
            Some(b) => x[0].constant(&self.bias[b]),
            None => x[0].constant(&Rational::ZERO),
        };
        let mut y: Vec<V> = (0..outputs).map(bias).collect();
        self.for_each_term(input, |o, i, weight| y[o].add_scaled(self.value(weight), &x[i]));
        y
    }

    /// The shape of the output, where `layer` is the place to name in an error.
    pub fn output(&self, layer: usize, input: Shape) -> Result<Shape, ShapeError> {
        let kind = |expected| Err(ShapeError::Kind { layer, expected, found: input });
        match self.map {
            Map::Dense { outputs } => match input {
                Shape::Flat(_) => Ok(Shape::Flat(outputs)),
                _ => kind("a flat signal [n]"),
            },
            Map::Convolution { channels, groups, window } => {
                if groups == 0 {
                    return Err(ShapeError::Zero { layer, what: "group" });
                }
                let both = [("input channels", input.channels()), ("output channels", channels)];
                let plane = window.output(layer, input)?;
                match both.into_iter().find(|(_, found)| !found.is_multiple_of(groups)) {
                    Some((what, found)) => Err(ShapeError::Groups { layer, what, groups, found }),
                    None => Ok(input.with(channels, plane)),
                }
            }
            Map::Expansive => match input {
                Shape::Flat(width) | Shape::Line([1, width]) if !self.weight.is_empty() => {
                    Ok(input.with(1, [1, width.saturating_add(self.weight.len() - 1)]))
                }
                Shape::Flat(_) | Shape::Line([1, _]) => {
                    Err(ShapeError::Zero { layer, what: "weight" })
                }
                _ => kind("one channel, [n] or [1, n]"),
            },
            Map::Downsample { scale, keep } => match input {
                Shape::Plane(_) => kind("a vector [n] or a line [channels, length]"),
                _ if scale == 0 => Err(ShapeError::Zero { layer, what: "scale" }),
                _ if keep.saturating_mul(scale) > input.plane()[1] => Err(ShapeError::Count {
                    layer,
                    what: "kept units at most",
                    expected: input.plane()[1] / scale,
                    found: keep,
                }),
                _ => Ok(input.with(input.channels(), [1, keep])),
            },
            Map::SumPool(window) | Map::AveragePool(window) => {
                Ok(input.with(input.channels(), window.output(layer, input)?))
            }
            Map::Sparse(ref rows) => Ok(Shape::Flat(rows.len())),
        }
    }

    /// The shape of the output, after a check of everything that evaluation relies on.
    pub(super) fn check(&self, layer: usize, input: Shape) -> Result<Shape, ShapeError> {
        let output = self.output(layer, input)?.check(layer + 1)?;
        let units = output.units();
        let (weights, terms) = match self.map {
            Map::Dense { .. } => (units.saturating_mul(input.units()), input.units()),
            Map::Convolution { channels, groups, window } => {
                let reads = (input.channels() / groups).saturating_mul(window.taps());
                (channels.saturating_mul(reads), reads)
            }
            Map::Expansive => (self.weight.len(), self.weight.len()),
            Map::Downsample { .. } => (0, 1),
            Map::SumPool(window) | Map::AveragePool(window) => (0, window.taps()),
            Map::Sparse(ref rows) => {
                check_rows(layer, rows, [input.units(), self.weight.len()])?;
                (self.weight.len(), rows.iter().map(Vec::len).sum::<usize>().div_ceil(units))
            }
        };
        let terms = terms.saturating_mul(units);
        if terms > MAX_TERMS {
            return Err(ShapeError::TooManyTerms { layer, found: terms });
        }
        if self.weight.len() != weights {
            let (expected, found) = (weights, self.weight.len());
            return Err(ShapeError::Count { layer, what: "weights", expected, found });
        }
        let (channels, found) = (output.channels(), self.bias.len());
        if ![0, 1, channels, units].contains(&found) {
            return Err(ShapeError::Bias { layer, channels, units, found });
        }
        Ok(output)
    }
}

/// Refuses a row whose inputs do not increase, and an input or a weight that there is not.
fn check_rows(layer: usize, rows: &[Vec<[u32; 2]>], limits: [usize; 2]) -> Result<(), ShapeError> {
    for (row, terms) in rows.iter().enumerate() {
        let is_there = |[i, p]: &[u32; 2]| (*i as usize) < limits[0] && (*p as usize) < limits[1];
        let increases = terms.windows(2).all(|pair| pair[0][0] < pair[1][0]);
        if !increases || !terms.iter().all(is_there) {
            let [inputs, weights] = limits;
            return Err(ShapeError::Row { layer, row, inputs, weights });
        }
    }
    Ok(())
}
