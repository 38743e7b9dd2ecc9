//! Networks on affine slices: the map from few coordinates into the input, in front of the layers.

use crate::exact::Rational;
use crate::exact::linear::Matrix;
use crate::net::{Layer, Network, Shape};

/// Why points do not span a slice of an input.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[allow(missing_docs, reason = "the messages say what the fields are")]
pub enum SliceError {
    /// One point spans nothing.
    #[error("a slice takes at least 2 points, found {found}")]
    TooFew { found: usize },
    /// A point outside of the input space.
    #[error("point {index} has {found} entries, the input has {expected}")]
    Length { index: usize, expected: usize, found: usize },
    /// A point in the span of the points before it: the slice would have fewer dimensions.
    #[error("point {index} lies in the flat through the points before it")]
    Dependent { index: usize },
}

/// The network on the flat through `points`, as a network of `k = points.len() - 1` numbers.
///
/// It maps `t` to the value at `p_0 + sum t_i (p_i - p_0)`: the origin stands for the first
/// point, the unit vectors for the others in their order. The map is a dense layer, with a
/// reshape where the input is no vector, so patterns are those of the whole network. The points
/// must be affinely independent: then the map is injective and no dimension is lost.
///
/// Errors: every variant of [`SliceError`].
pub fn restricted(network: &Network, points: &[Vec<Rational>]) -> Result<Network, SliceError> {
    let [origin, others @ ..] = points else {
        return Err(SliceError::TooFew { found: 0 });
    };
    if others.is_empty() {
        return Err(SliceError::TooFew { found: 1 });
    }
    let expected = network.input().units();
    if let Some(index) = points.iter().position(|point| point.len() != expected) {
        return Err(SliceError::Length { index, expected, found: points[index].len() });
    }
    let direction = |p: &Vec<Rational>| p.iter().zip(origin).map(|(p, o)| p - o).collect();
    let directions: Vec<Vec<_>> = others.iter().map(direction).collect();
    for count in 1..=directions.len() {
        if Matrix::from_rows(directions[..count].to_vec()).rank() < count {
            return Err(SliceError::Dependent { index: count });
        }
    }
    let weight = (0..expected).flat_map(|unit| directions.iter().map(move |d| d[unit].clone()));
    let mut layers = vec![Layer::dense(expected, weight.collect(), origin.clone())];
    if !matches!(network.input(), Shape::Flat(_)) {
        layers.push(Layer::Reshape(network.input()));
    }
    layers.extend_from_slice(network.layers());
    let restricted = Network::new(Shape::Flat(directions.len()), layers);
    Ok(restricted.expect("independent directions are no more than the units they are made of"))
}
