//! A factor and an addend for every unit, folded into the layer before where it has weights.

use super::ImportError;
use super::plan::Chain;
use crate::exact::Rational;
use crate::net::{Affine, Layer, Map, Shape, Window};

/// Multiplies by `factor` and adds `addend`, each with a number for every unit; no addend is 0.
///
/// The last layer takes them up if it has weights and one factor for each row of them:
/// `s (W x + b) + t = (s W) x + (s b + t)`.
pub(super) fn apply(
    chain: &mut Chain,
    place: &str,
    factor: &[Rational],
    addend: &[Rational],
) -> Result<(), ImportError> {
    let shape = chain.shape;
    let rows = match shape {
        Shape::Flat(n) => n,
        shape => shape.channels(),
    };
    let (factor, addend) = (short(factor, shape.channels()), short(addend, shape.channels()));
    if factor.len() > rows || (matches!(shape, Shape::Flat(_)) && !folds(chain)) {
        return chain.push(place, diagonal(shape.units(), &factor, addend));
    }
    if !folds(chain) {
        let channels = shape.channels();
        let window =
            if let Shape::Plane(_) = shape { Window::plane(1, 1) } else { Window::line(1) };
        let ones = vec![Rational::ONE; channels];
        let one = Layer::grouped_convolution(channels, channels, window, ones, Vec::new());
        chain.push(place, one)?;
    }
    let Some(Layer::Affine(last)) = chain.layers.last_mut() else { return Ok(()) };
    let reads = last.weight.len() / rows;
    for (p, weight) in last.weight.iter_mut().enumerate() {
        *weight = &*weight * entry(&factor, p / reads, rows);
    }
    // With a factor for each channel the bias needs one as well.
    let length = [last.bias.len(), addend.len(), factor.len()].into_iter().max().unwrap_or(0);
    if !last.bias.is_empty() || !addend.is_empty() {
        let bias = |unit| {
            let mut sum = match last.bias.is_empty() {
                true => Rational::ZERO,
                false => entry(&factor, unit, length) * entry(&last.bias, unit, length),
            };
            if !addend.is_empty() {
                sum += entry(&addend, unit, length);
            }
            sum
        };
        last.bias = (0..length).map(bias).collect();
    }
    Ok(())
}

/// Whether each of the rows of the last layer's weights makes one channel, or one unit of a vector.
fn folds(chain: &Chain) -> bool {
    let folds = |map: &Map| matches!(map, Map::Dense { .. } | Map::Convolution { .. });
    matches!(chain.layers.last(), Some(Layer::Affine(Affine { map, .. })) if folds(map))
}

/// One number if all are equal, one a channel if those of a channel are, otherwise one a unit; none
/// for none.
fn short(all: &[Rational], channels: usize) -> Vec<Rational> {
    let run = |count: usize| {
        let mut runs = all.chunks(all.len() / count);
        let is_constant = runs.all(|run| run.iter().all(|number| *number == run[0]));
        is_constant.then(|| all.chunks(all.len() / count).map(|run| run[0].clone()).collect())
    };
    if all.is_empty() {
        return Vec::new();
    }
    run(1).or_else(|| run(channels)).unwrap_or_else(|| all.to_vec())
}

/// The number for one of `count` units.
fn entry(numbers: &[Rational], unit: usize, count: usize) -> &Rational {
    &numbers[unit * numbers.len() / count]
}

fn diagonal(units: usize, factor: &[Rational], addend: Vec<Rational>) -> Layer {
    let row = |unit: usize| vec![[unit as u32, (unit * factor.len() / units) as u32]];
    let addend = match addend.len() {
        0 | 1 => addend,
        // The vector that is made has no channels.
        n => (0..units).map(|unit| addend[unit * n / units].clone()).collect(),
    };
    Layer::sparse((0..units).map(row).collect(), factor.to_vec(), addend)
}
