//! Networks on affine slices: the map from few coordinates into the input, in front of the layers.

use crate::exact::Rational;
use crate::exact::linear::Matrix;
use crate::net::{Layer, Network, Shape};

/// The network on the flat through `points`, as a network of `k = points.len() - 1` numbers.
///
/// It maps `t` to the value at `p_0 + sum t_i (p_i - p_0)`: the origin stands for the first
/// point, the unit vectors for the others in their order. The map is a dense layer, with a
/// reshape where the input is no vector, so patterns are those of the whole network. The points
/// must be affinely independent: then the map is injective and no dimension is lost.
///
/// Errors, in a sentence: too few points, a point elsewhere, a point in the span of those before.
pub fn restricted(network: &Network, points: &[Vec<Rational>]) -> Result<Network, String> {
    let (expected, count) = (network.input().units(), points.len());
    refuse_if!(count < 2, "a slice takes at least 2 points, found {count}");
    for (index, found) in points.iter().map(Vec::len).enumerate() {
        refuse_if!(
            found != expected,
            "point {index} has {found} entries, the input has {expected}"
        );
    }
    let (origin, others) = (&points[0], &points[1..]);
    let direction = |p: &Vec<Rational>| p.iter().zip(origin).map(|(p, o)| p - o).collect();
    let directions: Vec<Vec<_>> = others.iter().map(direction).collect();
    for count in 1..=directions.len() {
        refuse_if!(
            Matrix::from_rows(directions[..count].to_vec()).rank() < count,
            "point {count} lies in the flat through the points before it"
        );
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
