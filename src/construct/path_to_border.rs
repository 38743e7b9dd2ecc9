//! A path from a point to the border of a cube along which a narrow network does not decrease.
//!
//! A ReLU network none of whose layers is wider than its input has no strict maximum inside. From
//! any point there is a polygonal path to the border on which its value does not decrease: that is
//! why width `d` approximates no function that is larger inside than on the border.

use super::downsampled::DenseLayer;
use crate::exact::Rational;
use crate::exact::linear::{Matrix, dot};
use crate::net::AffineMap;

/// The corners of a path from `start` to the border of `|x|_inf <= reach` along which
/// `<outer, h(x)>` does not decrease, where `h` are the hidden `layers`, each followed by ReLU.
///
/// While every unit is active the network is affine, and the path follows its slope. Once a unit is
/// not, the path keeps all other units of its layer, so that nothing changes behind them, until a
/// unit of an earlier layer stops; at most one turn a layer. Cost: for each turn, a matrix product
/// a layer and at most one elimination. Panics if the layers do not fit. Errors: a layer is wider
/// than the input, or the start is not inside the cube.
pub fn path_to_border(
    layers: &[DenseLayer],
    outer: &[Rational],
    start: &[Rational],
    reach: &Rational,
) -> Result<Vec<Vec<Rational>>, String> {
    let inputs = start.len();
    let wide = |(_, layer): &(usize, &DenseLayer)| layer.bias.len() > inputs;
    if let Some((layer, wide)) = layers.iter().enumerate().find(wide) {
        let units = wide.bias.len();
        return Err(format!(
            "layer {layer} has {units} units on {inputs} inputs; no path is promised"
        ));
    }
    let outside = start.iter().any(|x| x.abs() >= *reach);
    refuse_if!(outside, "the start does not lie inside the cube");
    let (mut path, mut until) = (vec![start.to_vec()], layers.len());
    loop {
        let x = path.last().expect("the path has a start").clone();
        let maps = active_maps(&layers[..until], inputs);
        let closed = maps.iter().enumerate().find_map(|(layer, map)| {
            let closed = map.apply(&x).iter().position(|value| !value.is_positive());
            closed.map(|unit| (layer, unit))
        });
        let direction = match closed {
            Some((layer, unit)) => {
                until = layer;
                keeping_others(&maps[layer].matrix, unit)
            }
            None if until == layers.len() => slope(maps.last(), outer, inputs),
            None => unreachable!("the unit that was closed stays closed"),
        };
        let to_border = x.iter().zip(&direction).filter(|(_, v)| !v.is_zero());
        let border = to_border
            .map(|(x, v)| (if v.is_positive() { reach - x } else { -reach - x }) / v)
            .min()
            .expect("a direction is not zero");
        let next = maps[..until].iter().flat_map(|map| until_zero(map, &x, &direction)).min();
        let (step, arrived) = match next {
            Some(next) if next < border => (next, false),
            _ => (border, true),
        };
        path.push(x.iter().zip(&direction).map(|(x, v)| x + &step * v).collect());
        if arrived {
            return Ok(path);
        }
    }
}

/// The steps along a direction after which a decreasing coordinate of the map reaches zero.
fn until_zero(map: &AffineMap, x: &[Rational], direction: &[Rational]) -> Vec<Rational> {
    let (values, speeds) = (map.apply(x), map.matrix.apply(direction));
    let falling = values.iter().zip(&speeds).filter(|(_, speed)| speed.is_negative());
    falling.map(|(value, speed)| -value / speed).collect()
}

/// For each layer, its pre-activations as a function of the input where every unit is active.
fn active_maps(layers: &[DenseLayer], inputs: usize) -> Vec<AffineMap> {
    let (mut matrix, mut offset) = (Matrix::identity(inputs), vec![Rational::ZERO; inputs]);
    let compose = |layer: &DenseLayer| {
        let weight = Matrix::from_rows(layer.weight.clone());
        offset = weight.apply(&offset).iter().zip(&layer.bias).map(|(y, b)| y + b).collect();
        matrix = weight.product(&matrix);
        AffineMap { matrix: matrix.clone(), offset: offset.clone() }
    };
    layers.iter().map(compose).collect()
}

/// A direction along which the network rises, or any if it does not change.
fn slope(last: Option<&AffineMap>, outer: &[Rational], inputs: usize) -> Vec<Rational> {
    let gradient = last.map_or_else(|| outer.to_vec(), |map| map.matrix.transpose().apply(outer));
    if gradient.iter().any(|g| !g.is_zero()) { gradient } else { axis(inputs) }
}

/// A direction along which no unit but this one changes, and this one does not rise.
fn keeping_others(matrix: &Matrix, unit: usize) -> Vec<Rational> {
    let others = (0..matrix.rows()).filter(|row| *row != unit).map(|row| matrix.row(row).to_vec());
    let others: Vec<_> = others.collect();
    let free = match others.is_empty() {
        true => axis(matrix.cols()),
        false => Matrix::from_rows(others).null_space().swap_remove(0),
    };
    match dot(matrix.row(unit), &free).is_positive() {
        true => free.iter().map(|v| -v).collect(),
        false => free,
    }
}

fn axis(inputs: usize) -> Vec<Rational> {
    (0..inputs).map(|i| Rational::from(i == 0)).collect()
}
