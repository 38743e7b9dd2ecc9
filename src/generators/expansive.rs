//! Filters, chains of expansive convolutions, and sums of ridge functions.

use super::numbers;
use crate::construct::expansive::{Expansive, Stage, filter_product, toeplitz_row};
use crate::construct::ridge::Ridge;
use crate::exact::Rational;
use crate::exact::linear::dot;
use crate::net::InputBox;
use proptest::collection::vec;
use proptest::prelude::*;

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
