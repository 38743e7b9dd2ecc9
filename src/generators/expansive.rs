//! Filters, chains of expansive convolutions and their sizes, and sums of ridge functions.

use super::prelude::*;
use crate::construct::expansive::{Expansive, Stage, filter_product, toeplitz_row};
use crate::construct::ridge::Ridge;
use crate::net::InputBox;

/// A filter `w_0, .., w_s` of quarters; now and then zero, or a single 1.
pub fn filter(s: usize) -> impl Strategy<Value = Vec<Rational>> + Clone {
    let delta = (0..=s).prop_map(move |at| {
        let mut filter = vec![Rational::ZERO; s + 1];
        filter[at] = Rational::ONE;
        filter
    });
    let zero = Just(vec![Rational::ZERO; s + 1]);
    prop_oneof![8 => numbers::quarters(s + 1), 2 => delta, 1 => zero]
}

/// A chain on `width` inputs with `depth` layers of filters `w_0, .., w_s`, a bias for every unit
/// and any coefficients.
pub fn chain(width: usize, s: usize, depth: usize) -> impl Strategy<Value = Expansive> {
    let stage = |j: usize| (filter(s), numbers::quarters(width + j * s));
    let stages: Vec<_> = (1..=depth).map(stage).collect();
    (stages, numbers::integers(width + depth * s, 3)).prop_map(move |(stages, coefficients)| {
        let stages = stages.into_iter().map(|(filter, bias)| Stage { filter, bias });
        Expansive { width, coefficients, stages: stages.collect() }
    })
}

/// The network with the rule of the hidden biases imposed on the last layer, too: one number for
/// the units with a full window. Panics without a layer.
pub fn tied(mut net: Expansive) -> Expansive {
    let last = net.stages.last_mut().expect("there is a filter");
    let (s, units) = (last.filter.len() - 1, last.bias.len());
    for unit in s + 1..units - s {
        last.bias[unit] = last.bias[s].clone();
    }
    net
}

/// A sum of ridge functions with directions read off `filters`, and a point of the box: a corner,
/// the midpoint or in between. Every other knot puts the point on its hyperplane.
pub fn ridge(
    filters: Vec<Vec<Rational>>,
    width: usize,
    ridges: usize,
    range: InputBox,
) -> impl Strategy<Value = (Ridge, Vec<Rational>)> {
    let shares = vec(numbers::fraction(2, 2), width);
    let affine = (numbers::integer(3), numbers::integer(2));
    let bends = (numbers::integers(ridges, 3), numbers::integers(ridges, 3));
    (affine, bends, shares).prop_map(
        move |((constant, slope), (coefficients, mut knots), shares)| {
            let sides = shares.iter().zip(range.center()).zip(range.hi());
            let point: Vec<_> = sides.map(|((share, c), hi)| &c + share * (hi - &c)).collect();
            let w = filter_product(&filters);
            for k in (1..=ridges).step_by(2) {
                knots[k - 1] = dot(&toeplitz_row(&w, width, (k + 1) * width - 1), &point);
            }
            let filters = filters.clone();
            (Ridge { width, constant, slope, filters, coefficients, knots }, point)
        },
    )
}

/// A chain of expansive convolutions whose filters are of one length, and a point.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ChainAt {
    /// Shape `[d]`.
    pub at: Vec<Rational>,
    /// The network.
    pub net: Expansive,
}

impl ChainAt {
    /// The degree `s` of the filters. Panics without layers.
    pub fn degree(&self) -> usize {
        self.net.stages[0].filter.len() - 1
    }

    /// Why the parts do not fit each other, in a sentence.
    pub fn check(&self) -> Result<(), String> {
        let (d, stages) = (self.net.width, &self.net.stages);
        if stages.is_empty() || self.at.len() != d {
            return Err(format!("{} layers, {} of {d} inputs", stages.len(), self.at.len()));
        }
        if stages.iter().any(|stage| stage.filter.len() != stages[0].filter.len()) {
            return Err("the filters differ in length".to_owned());
        }
        self.net.network().map(drop).map_err(|e| e.to_string())
    }
}

/// A sum of ridge functions, the half side `R = reach` of a box, and a point `at` of it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct RidgeOnCube {
    /// The half side of the box `|x|_inf <= R`.
    pub reach: Rational,
    /// Where networks are compared if no proof for the whole box is found.
    pub at: Vec<Rational>,
    /// The sum.
    pub ridge: Ridge,
}

impl RidgeOnCube {
    /// The box.
    pub fn cube(&self) -> InputBox {
        InputBox::cube(self.ridge.width, &self.reach)
    }

    /// The gap between the network and the sum on the box, as [`Ridge::gap`].
    pub fn gap(&self, net: &Expansive) -> Option<Rational> {
        self.ridge.gap(net, &self.cube(), &self.at)
    }

    /// Why the parts do not fit each other, in a sentence.
    pub fn check(&self) -> Result<(), String> {
        self.ridge.check()?;
        if !self.ridge.spares_the_last_unit() {
            return Err("a direction sits on the last unit, which is to be the constant".to_owned());
        }
        if self.at.len() != self.ridge.width || self.at.iter().any(|x| x.abs() > self.reach) {
            return Err("the point does not lie in the box".to_owned());
        }
        Ok(())
    }
}

/// Ranges of the sizes of a sum of ridge functions: inputs `d`, filters `w_0 .. w_s`, layers, and
/// the most ridges.
pub type RidgeSizes = [Span; 4];

/// Small ones.
pub const FEW_RIDGES: RidgeSizes = [1..=4, 1..=4, 1..=4, 4..=4];
/// Larger ones in up to 6 inputs.
pub const MORE_RIDGES: RidgeSizes = [2..=6, 2..=6, 2..=6, 12..=12];
/// Forty ridges in 6 inputs.
pub const FORTY_RIDGES: RidgeSizes = [6..=6, 41..=41, 6..=6, 40..=40];
/// A hundred in 10.
pub const HUNDRED_RIDGES: RidgeSizes = [10..=10, 101..=101, 10..=10, 100..=100];

/// Sums of ridge functions on boxes of half side up to 3/2. With `room` one filter ends in zero, so
/// that the very last unit sees nothing. With `degenerate` a filter may
/// be zero, and the box the origin alone.
pub fn ridge_on_cube(
    sizes: RidgeSizes,
    room: bool,
    degenerate: bool,
) -> BoxedStrategy<RidgeOnCube> {
    sizes
        .prop_flat_map(move |[d, s, depth, most]| {
            let reach = (i64::from(!degenerate)..=3).prop_map(|r| Rational::new(r, 2));
            (Just([d, most]), vec(filter(s), depth), 0..depth, reach)
        })
        .prop_flat_map(move |([d, most], mut filters, short, reach)| {
            if room {
                *filters[short].last_mut().expect("a filter has an entry") = Rational::ZERO;
            }
            let zero = |w: &&mut Vec<Rational>| w.iter().all(Rational::is_zero);
            for filter in filters.iter_mut().filter(|w| !degenerate && zero(w)) {
                filter[0] = Rational::ONE;
            }
            let units = d + filters.iter().map(|w| w.len() - 1).sum::<usize>();
            let ridges = (units - 1) / d - 1;
            let cube = InputBox::cube(d, &reach);
            (ridge(filters, d, ridges.min(most), cube), Just(reach))
        })
        .prop_map(|((ridge, at), reach)| RidgeOnCube { reach, at, ridge })
        .boxed()
}

/// The sizes of a class of chains: inputs `d`, filters `w_0 .. w_s`, layers `depth`.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct Sizes {
    /// The number of inputs.
    pub d: usize,
    /// The degree of a filter.
    pub s: usize,
    /// The number `J` of layers.
    pub depth: usize,
}

impl Sizes {
    /// The number of units of layer `j`, the inputs being layer 0.
    pub fn units(&self, j: usize) -> usize {
        self.d + j * self.s
    }

    /// The published number of parameters of `H_J`, `(5 s + 2) J + 2 d - 2 s - 1`.
    pub fn published_count(&self) -> Rational {
        let Self { d, s, depth } = *self;
        Rational::from((5 * s + 2) * depth + 2 * d) - Rational::from(2 * s + 1)
    }

    /// Why the sizes are out of bounds, in a sentence.
    pub fn check(&self) -> Result<(), String> {
        let fit = [self.d, self.s, self.depth].iter().all(|n| (1..=64).contains(n));
        require!(fit, "d, s and depth must lie between 1 and 64")
    }
}
