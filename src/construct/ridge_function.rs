//! Functions of one linear form, and sums of them, as convolutional networks.
//!
//! Convolutions compute the forms. More convolutions or a dense layer interpolate the functions.

use super::expansive::{convolutions, convolve, filter_product, linear_range, toeplitz_row};
use super::factor::{factor, padded};
use super::interpolant::Interpolant;
use super::nodes;
use super::ridge_sum::RidgeSum;
use crate::analysis::polynomial::Polynomial;
use crate::counting::transversal::binomial;
use crate::exact::Rational;
use crate::net::{InputBox, Layer, Network, Shape};
use serde::{Deserialize, Serialize};
use std::convert::identity;

/// `x -> g(<xi, x>)` on `|x|_inf <= reach`, with `g` interpolated at equally spaced nodes of
/// `[-B, B]`, `B = |xi|_1 reach`.
///
/// The direction `xi` is row `d` of the Toeplitz matrix of the product of the filters.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RidgeFunction {
    /// The number `d` of inputs.
    pub width: usize,
    /// Half the side of the box, positive.
    pub reach: Rational,
    /// The filters of the first group, all with `s + 1` taps.
    pub filters: Vec<Vec<Rational>>,
    /// The values of `g` at the nodes.
    pub values: Vec<Rational>,
}

impl RidgeFunction {
    /// Parts that seem to be within `error` of `g(<direction, x>)` on `|x|_inf <= reach`, with
    /// filters of length `s`.
    ///
    /// The filters multiply to the direction up to a millionth of the error, exactly where it has
    /// rational factors. Errors: an argument out of range, a direction that is not factored, a
    /// value that is not finite.
    pub fn propose(
        function: &dyn Fn(f64) -> f64,
        direction: &[Rational],
        reach: &Rational,
        s: usize,
        error: &Rational,
    ) -> Result<Self, String> {
        refuse_if!(
            direction.iter().all(Rational::is_zero),
            "the direction is zero: expected a form that is not"
        );
        refuse_if!(s == 0, "filters of length 0 see one input: expected a length of at least 1");
        for (what, found) in [("the error", error), ("the side of the cube", reach)] {
            refuse_if!(!found.is_positive(), "{what} must be positive, found {found}");
        }
        let width = direction.len();
        let target = Polynomial::new(direction.iter().rev().cloned().collect());
        let bits = (Rational::integer(1_000_000) * reach / error).ceil().bits() as u32;
        let filters = factor(&target, s, bits).map_err(|error| error.to_string())?.filters;
        let filters = padded(filters, s, (width - 1).div_ceil(s));
        let mut made = Self { width, reach: reach.clone(), filters, values: Vec::new() };
        let bound = made.bound();
        made.values = nodes::propose(function, &[-&bound, bound], error)
            .map_err(|why| format!("as a function of t: {why}"))?;
        Ok(made)
    }

    /// Why the parts do not fit each other, in a sentence.
    pub fn check(&self) -> Result<(), String> {
        let taps = self.filters.first().map_or(0, Vec::len);
        if self.width == 0 || taps < 2 || self.filters.iter().any(|f| f.len() != taps) {
            return Err("there must be inputs, and filters of one length from two on".to_owned());
        }
        if self.filters.len() * (taps - 1) + 1 < self.width {
            return Err("the filters do not reach all inputs".to_owned());
        }
        if self.bound().is_zero() {
            return Err("the form is zero on the box, there is nothing to interpolate".to_owned());
        }
        self.interpolant().check()
    }

    /// The box.
    pub fn cube(&self) -> InputBox {
        InputBox::cube(self.width, &self.reach)
    }

    /// `xi`.
    pub fn direction(&self) -> Vec<Rational> {
        toeplitz_row(&filter_product(&self.filters), self.width, self.width - 1)
    }

    /// `B`, the largest value of the form on the box.
    pub fn bound(&self) -> Rational {
        self.direction().iter().map(Rational::abs).sum::<Rational>() * self.reach.abs()
    }

    /// The interpolant of `g`.
    pub fn interpolant(&self) -> Interpolant {
        let bound = self.bound();
        Interpolant { lo: -&bound, hi: bound, values: self.values.clone() }
    }

    /// Convolutions in two groups, a downsampling between them, and a linear output.
    ///
    /// The first group brings `<xi, x> + u` to unit `d`, downsampling keeps this unit alone. The
    /// filters of the second multiply to `(1 + z)^N`: unit `j` sees `C(N, j)` times what was kept,
    /// and the last bias bends it at node `j`. Cost: three convolutions for each filter of the
    /// first group, and `O(N)` numbers for the second. Panics unless [`Self::check`].
    pub fn network(&self) -> Network {
        let s = self.filters[0].len() - 1;
        let range = linear_range(&self.filters, &self.cube(), identity);
        let mut layers = range.convolutions(&self.filters);
        layers.push(Layer::downsample(self.width, 1));
        let lift = &range.middle[self.width - 1];
        layers.extend(self.second_group(s, lift));
        Network::new(Shape::Flat(self.width), layers).expect("the parts fit")
    }

    fn second_group(&self, s: usize, lift: &Rational) -> Vec<Layer> {
        let interpolant = self.interpolant();
        let cells = interpolant.cells();
        let copies = |j: usize| binomial(cells as u32, j as u32);
        let filters = binomial_filters(cells, s);
        let units = 1 + filters.len() * s;
        let (mut bias, mut outer) = (vec![Rational::ZERO; units], vec![Rational::ZERO; units]);
        for (j, bend) in interpolant.bends().into_iter().enumerate() {
            bias[j] = -copies(j) * (interpolant.node(j) + lift);
            outer[j] = bend / copies(j);
        }
        let mut biases = vec![Vec::new(); filters.len() - 1];
        biases.push(bias);
        let mut layers = convolutions(filters.into_iter().zip(biases));
        layers.push(Layer::dense(1, outer, vec![self.values[0].clone()]));
        layers
    }

    /// The interpolant of the form as a network with one hidden dense layer.
    pub fn shallow(&self) -> Network {
        RidgeSum::of_interpolants(self.width, &[(self.direction(), self.interpolant())]).shallow()
    }

    /// The parameters of [`Self::network`] that are not fixed by the scheme: taps and one bias for
    /// each layer of the first group, taps of the second, and a bias and a coefficient for each
    /// node but the last, and a constant.
    pub fn parameters(&self) -> usize {
        let (s, layers, cells) =
            (self.filters[0].len() - 1, self.filters.len(), self.values.len() - 1);
        layers * (s + 1) + layers + cells.div_ceil(s) * (s + 1) + 2 * cells + 1
    }
}

/// Filters with `s + 1` taps that multiply to `(1 + z)^n`: full ones first.
///
/// Cost: `(s + 1) ceil(n / s)` binomials. Panics if `s` is zero.
pub fn binomial_filters(n: usize, s: usize) -> Vec<Vec<Rational>> {
    let filter = |degree: usize| (0..=s).map(|k| binomial(degree as u32, k as u32)).collect();
    (0..n.div_ceil(s)).map(|index| filter(s.min(n - index * s))).collect()
}

/// `x -> sum_i g_i(<xi_i, x>)` for `|x|_inf <= reach`: one group of convolutions that finds every
/// form, a downsampling, and a dense layer with a unit for each cell of each interpolant.
///
/// The direction `xi_i` is row `(i + 1) d` of the Toeplitz matrix of the filters' product, rows
/// counted from one and `i` from zero. Cost: three convolutions for each filter, and a dense layer
/// of `m` weights for each of the cells of `m` interpolants. Panics unless the filters have one
/// length and reach the last of these rows.
pub fn additive_network(
    width: usize,
    reach: &Rational,
    filters: &[Vec<Rational>],
    interpolants: &[Interpolant],
) -> Network {
    let range = linear_range(filters, &InputBox::cube(width, reach), identity);
    let ridges = interpolants.len();
    let mut layers = range.convolutions(filters);
    layers.push(Layer::downsample(width, ridges));
    let ridge = |(i, g): (usize, &Interpolant)| {
        let direction = (0..ridges).map(|k| Rational::from(k == i)).collect();
        (direction, g.shifted(&range.middle[(i + 1) * width - 1]))
    };
    let sums: Vec<_> = interpolants.iter().enumerate().map(ridge).collect();
    layers.extend(RidgeSum::of_interpolants(ridges, &sums).layers());
    Network::new(Shape::Flat(width), layers).expect("the filters reach every form")
}

/// `x -> sum_i PL_N(x_i^2)` on `|x|_inf <= 1`, `N` cells on `[-1, 1]` each: `N` convolutions of
/// `d + 1` taps, and a linear output.
///
/// The first layer adds 1 to the inputs, the others replicate them by `(1 + z^d)^(N - 1)`, and the
/// last bias bends each copy at its node. Cost: `O(N^2 d^2)` products for the biases. Panics
/// without inputs or cells.
pub fn squares_network(width: usize, cells: usize) -> Network {
    let one = Rational::ONE;
    let square = Interpolant::of(|t| t * t, -&one, one.clone(), cells);
    let mut filters = vec![vec![Rational::ZERO; width + 1]; cells];
    let mut carried: Vec<_> = vec![one.clone(); width];
    for (index, filter) in filters.iter_mut().enumerate() {
        filter[0] = one.clone();
        if index > 0 {
            filter[width] = one.clone();
        }
        carried = convolve(filter, &carried);
    }
    let units = carried.len();
    let (mut last, mut outer) = (vec![Rational::ZERO; units], vec![Rational::ZERO; units]);
    for (j, bend) in square.bends().into_iter().enumerate() {
        let copies = binomial(cells as u32 - 1, j as u32);
        for unit in j * width..(j + 1) * width {
            last[unit] = -&copies * (square.node(j) + &one);
            outer[unit] = &bend / &copies;
        }
    }
    let mut biases: Vec<_> =
        (0..cells).map(|index| vec![Rational::ZERO; width * (index + 2)]).collect();
    biases[0][..width].fill(one);
    biases[cells - 1].iter_mut().zip(last).for_each(|(b, more)| *b += more);
    let mut layers = convolutions(filters.into_iter().zip(biases));
    layers.push(Layer::dense(1, outer, vec![Rational::from(width)]));
    Network::new(Shape::Flat(width), layers).expect("the parts fit")
}
