//! Radial functions `g(|x|^2)`: one group of convolutions for `|x|^2`, one dense layer for `g`.
//!
//! The convolutions copy each input into many units whose biases are nodes, and the sum of these
//! is an interpolant of `|x|^2` with an error that is known exactly. The dense layer interpolates
//! `g`. Only `g` is asked for floats; its interpolant is exact, so the error of the network is at
//! most that of one function of one variable plus a number that is known.

use super::expansive::convolutions;
use super::interpolant::Interpolant;
use super::nodes;
use super::ridge_sum::RidgeSum;
use crate::exact::Rational;
use crate::net::{Layer, Network, Shape, ShapeError};

/// The most convolutional layers.
pub const MAX_LAYERS: usize = 900;

/// A network for `g(|x|^2)` on the cube `|x_i| <= reach`: what it consists of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Radial {
    /// The number `d` of inputs.
    pub inputs: usize,
    /// The largest absolute value of an input; positive.
    pub reach: Rational,
    /// The length `s >= d` of the filters.
    pub length: usize,
    /// The cells `N` into which each input is cut; the number of convolutional layers.
    pub layers: usize,
    /// The values of the interpolant of `g` at equidistant nodes of `[0, d reach^2]`, both ends
    /// included; two at least.
    pub values: Vec<Rational>,
}

/// Parts of a network for a radial function that seems to be within `error` of `g(|x|^2)`.
///
/// About one half of the error is for `g`, which determines its nodes; the other half for `|x|^2`.
/// With filters of length `d` the number of parameters is `O(d^(3/2) error^(-1/2) + 1/error)` for a
/// Lipschitz function `g`. Cost: a few passes over at most `2^14` nodes. Errors, in a sentence: an
/// argument out of range, a value that is not finite, more than [`MAX_LAYERS`] layers.
pub fn radial(
    profile: &dyn Fn(f64) -> f64,
    inputs: usize,
    reach: &Rational,
    length: usize,
    error: &Rational,
) -> Result<Radial, String> {
    refuse_if!(inputs == 0, "a radial function has an input at least");
    refuse_if!(
        length < inputs,
        "copies of {inputs} inputs are {inputs} units apart: expected filters of length {inputs} \
         at least, found {length}"
    );
    refuse_if!(!reach.is_positive(), "the cube |x_i| <= R needs a positive R, found {reach}");
    refuse_if!(!error.is_positive(), "the error must be positive, found {error}");
    let top = Rational::from(inputs) * reach * reach;
    let share = error * Rational::new(9, 20);
    let values = nodes::propose(profile, &[Rational::ZERO, top.clone()], &share)
        .map_err(|why| format!("as a function of t = |x|^2: {why}"))?;
    let mut radial = Radial { inputs, reach: reach.clone(), length, layers: 2, values };
    // The square has the error top / N^2, stretched by the steepest slope.
    let needed = radial.steepest() * &top / &share;
    while Rational::from(radial.layers * radial.layers) < needed {
        radial.layers += 1;
        refuse_if!(
            radial.layers > MAX_LAYERS,
            "more than {MAX_LAYERS} layers are needed for this error"
        );
    }
    Ok(radial)
}

impl Radial {
    /// The greatest value of `|x|^2` on the cube, and of its interpolant.
    pub fn top(&self) -> Rational {
        Rational::from(self.inputs) * &self.reach * &self.reach
    }

    /// The greatest absolute value of a slope of the interpolant of `g`.
    pub fn steepest(&self) -> Rational {
        let rise = self.values.windows(2).map(|ends| (&ends[1] - &ends[0]).abs()).max();
        rise.unwrap_or_default() / self.interpolant().step()
    }

    /// The greatest distance of the interpolant of `|x|^2` from it: `d reach^2 / N^2`, attained in
    /// the middle of a cell of every input. The interpolant is never below.
    pub fn square_error(&self) -> Rational {
        self.top() / Rational::from(self.layers * self.layers)
    }

    /// What the interpolant of `|x|^2` adds to the error of that of `g`: `square_error` times
    /// `steepest`.
    pub fn added_error(&self) -> Rational {
        self.square_error() * self.steepest()
    }

    /// The interpolant of `g`, a network of one input, on `[0, top]` and linear beyond.
    pub fn profile(&self) -> Network {
        Network::new(Shape::Flat(1), self.outer()).expect("the parts fit")
    }

    /// The interpolant of `|x|^2`: the sum over the inputs of that of `t^2` at `N + 1` equidistant
    /// nodes. Errors: more units than a network may have.
    pub fn square(&self) -> Result<Network, ShapeError> {
        Network::new(Shape::Flat(self.inputs), self.inner())
    }

    /// The network: [`Self::profile`] after [`Self::square`]. Errors: more units than a network may
    /// have.
    pub fn network(&self) -> Result<Network, ShapeError> {
        let mut layers = self.inner();
        layers.extend(self.outer());
        Network::new(Shape::Flat(self.inputs), layers)
    }

    /// The number of weights and biases of the network, without building it: filters, the first and
    /// the last bias of the convolutions, what reads them, and three numbers a cell of `g`.
    pub fn parameter_count(&self) -> usize {
        let (n, cells) = (self.layers, self.values.len() - 1);
        let units = |layer: usize| self.inputs + layer * self.length;
        n * (self.length + 1) + units(1) + 2 * units(n) + 1 + 3 * cells + 1
    }

    /// Node `j` of `N + 1` in `[-reach, reach]`, from its lower end: `j` steps.
    fn step(&self) -> Rational {
        &self.reach * Rational::integer(2) / Rational::from(self.layers)
    }

    /// Unit `j d + i` of the last convolution reads `C(N - 1, j) (x_i - node_j)`.
    fn inner(&self) -> Vec<Layer> {
        let (d, n) = (self.inputs, self.layers);
        let units = d + n * self.length;
        let step = self.step();
        let mut first = vec![Rational::ZERO; d + self.length];
        first[..d].fill(self.reach.clone());
        let (mut last, mut weights) = (vec![Rational::ZERO; units], vec![Rational::ZERO; units]);
        let (mut choose, slope) = (Rational::ONE, &step - &self.reach * Rational::integer(2));
        for j in 0..n {
            let weight = if j == 0 { slope.clone() } else { &step * Rational::integer(2) };
            for i in j * d..(j + 1) * d {
                last[i] = -(&choose * &step * Rational::from(j));
                weights[i] = &weight / &choose;
            }
            choose *= Rational::from(n - 1 - j) / Rational::from(j + 1);
        }
        let filter = |places: &[usize]| {
            let mut filter = vec![Rational::ZERO; self.length + 1];
            places.iter().for_each(|&place| filter[place] = Rational::ONE);
            filter
        };
        let mut stages = vec![(filter(&[0]), first)];
        stages.resize(n, (filter(&[0, d]), Vec::new()));
        if n > 1 {
            stages[n - 1].1 = last;
        }
        let mut layers = convolutions(stages);
        layers.push(Layer::dense(1, weights, vec![self.top()]));
        layers
    }

    /// From `|x|^2` to the interpolant of `g`.
    fn outer(&self) -> Vec<Layer> {
        RidgeSum::of_interpolants(1, &[(vec![Rational::ONE], self.interpolant())]).layers()
    }

    /// The interpolant of `g`.
    fn interpolant(&self) -> Interpolant {
        Interpolant { lo: Rational::ZERO, hi: self.top(), values: self.values.clone() }
    }
}
