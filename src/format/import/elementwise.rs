//! Arithmetic with constants: a factor and an addend for every unit, folded into a layer.

use super::ImportError;
use super::chain::Chain;
use super::node::Node;
use super::tensor::Tensor;
use crate::exact::Rational;
use crate::format::file::MAX_NUMBERS;
use crate::net::{Affine, Layer, Map, Shape, Window};

/// Adds `x + c`, `x - c`, `c - x`, `x * c`, `x / c` or `-x`.
pub(super) fn apply(chain: &mut Chain, node: &Node<'_>) -> Result<(), ImportError> {
    node.only(&[])?;
    let [one, minus_one] = [vec![Rational::ONE], vec![-Rational::ONE]];
    if node.is("Neg") {
        return fold(chain, node, &minus_one, &[]);
    }
    let is_first = node.input(0).is_some_and(|name| node.graph.constant(name).is_some());
    let constant = spread(node, &node.needed(usize::from(!is_first))?, chain.shape)?;
    let negative = || constant.iter().map(|c| -c).collect::<Vec<_>>();
    match (&*node.node.operator, is_first) {
        ("Add", _) => fold(chain, node, &one, &constant),
        ("Sub", false) => fold(chain, node, &one, &negative()),
        ("Sub", true) => fold(chain, node, &minus_one, &constant),
        ("Mul", _) => fold(chain, node, &constant, &[]),
        (_, true) => Err(node.content("a division by a constant", "one of a constant")),
        (_, false) if constant.iter().any(Rational::is_zero) => {
            Err(node.content("a division by numbers other than 0", "0"))
        }
        (_, false) => {
            fold(chain, node, &constant.iter().map(Rational::recip).collect::<Vec<_>>(), &[])
        }
    }
}

/// The numbers of a constant for each unit of a signal, with one sample in the batch: one number
/// if they are all equal, one a channel if those of a channel are, otherwise one a unit.
fn spread(node: &Node<'_>, constant: &Tensor, shape: Shape) -> Result<Vec<Rational>, ImportError> {
    let axes = shape.axes();
    let refused = || {
        let expected = format!("a constant that spreads over a batch of {shape}");
        node.content(expected, format!("axes {:?}", constant.axes))
    };
    // Missing axes in front have size one, and the batch has one sample.
    let missing = (axes.len() + 1).checked_sub(constant.axes.len()).ok_or_else(refused)?;
    let padded: Vec<_> = [&vec![1; missing][..], &constant.axes].concat();
    let fits = |(own, axis): (&usize, &usize)| *own == 1 || own == axis;
    if padded[0] != 1 || !padded[1..].iter().zip(axes).all(fits) {
        return Err(refused());
    }
    let index = |unit: usize| {
        let (mut rest, mut step, mut index) = (unit, 1, 0);
        for (own, axis) in padded[1..].iter().zip(axes).rev() {
            index += rest % axis % own * step;
            rest /= axis;
            step *= own;
        }
        index
    };
    let all: Vec<_> = (0..shape.units()).map(|unit| &constant.numbers[index(unit)]).collect();
    let run = |count: usize| {
        let runs: Vec<_> = all.chunks(all.len() / count).collect();
        let is_constant = runs.iter().all(|run| run.iter().all(|number| *number == run[0]));
        is_constant.then(|| runs.iter().map(|run| run[0].clone()).collect::<Vec<_>>())
    };
    let short = run(1).or_else(|| run(shape.channels()));
    Ok(short.unwrap_or_else(|| all.into_iter().cloned().collect()))
}

/// Multiplies by `factor` and adds `addend`, each with one number for every run of units of equal
/// length; no addend is 0.
///
/// The last layer takes them up if it has weights: `s (W x + b) + t = (s W) x + (s b + t)`.
pub(super) fn fold(
    chain: &mut Chain,
    node: &Node<'_>,
    factor: &[Rational],
    addend: &[Rational],
) -> Result<(), ImportError> {
    let shape = chain.shape;
    let rows = match shape {
        Shape::Flat(n) => n,
        shape => shape.channels(),
    };
    if factor.len() > rows {
        return Err(node.content("one factor for each channel", "one for each unit"));
    }
    if !matches!(chain.layers.last(), Some(Layer::Affine(last)) if folds(last)) {
        chain.push(node, identity(node, shape)?)?;
    }
    let Some(Layer::Affine(last)) = chain.layers.last_mut() else {
        return Err(node.content("a layer with weights", "none"));
    };
    let reads = last.weight.len() / rows;
    for (p, weight) in last.weight.iter_mut().enumerate() {
        *weight = &*weight * entry(factor, p / reads, rows);
    }
    // With a factor for each channel the bias needs one as well.
    let length = [last.bias.len(), addend.len(), factor.len()].into_iter().max().unwrap_or(0);
    if !last.bias.is_empty() || !addend.is_empty() {
        let bias = |unit| {
            let mut sum = match last.bias.is_empty() {
                true => Rational::ZERO,
                false => entry(factor, unit, length) * entry(&last.bias, unit, length),
            };
            if !addend.is_empty() {
                sum += entry(addend, unit, length);
            }
            sum
        };
        last.bias = (0..length).map(bias).collect();
    }
    Ok(())
}

/// Whether each of the rows of the layer's weights makes one channel, or one unit of a vector.
fn folds(layer: &Affine) -> bool {
    matches!(layer.map, Map::Dense { .. } | Map::Convolution { .. })
}

/// The number for one of `count` units.
fn entry(numbers: &[Rational], unit: usize, count: usize) -> &Rational {
    &numbers[unit * numbers.len() / count]
}

/// The layer that changes nothing.
fn identity(node: &Node<'_>, shape: Shape) -> Result<Layer, ImportError> {
    let ones = |n| vec![Rational::ONE; n];
    let of_one = |channels, window| {
        Layer::grouped_convolution(channels, channels, window, ones(channels), Vec::new())
    };
    match shape {
        Shape::Line([channels, _]) => Ok(of_one(channels, Window::line(1))),
        Shape::Plane([channels, ..]) => Ok(of_one(channels, Window::plane(1, 1))),
        Shape::Flat(n) if n.saturating_mul(n) > MAX_NUMBERS => {
            let expected = "a layer with weights before arithmetic on a signal of this size";
            Err(node.content(expected, n.to_string()))
        }
        Shape::Flat(n) => {
            let mut weight = vec![Rational::ZERO; n * n];
            weight.iter_mut().step_by(n + 1).for_each(|w| *w = Rational::ONE);
            Ok(Layer::dense(n, weight, Vec::new()))
        }
    }
}
