//! Sums, means and extrema along axes.

use super::activations::bent;
use super::arithmetic::times;
use super::builder::Rows;
use super::graph::{Made, Run};
use super::node::Node;
use super::tensor::Tensor;
use super::value::{Value, product, steps, strided};
use crate::exact::Rational;
use crate::net::Activation;

pub(super) fn reduce(run: &mut Run<'_>, node: &Node<'_>) -> Made {
    node.only(&["axes", "keepdims", "noop_with_empty_axes"])?;
    let mut value = node.value(0)?.clone();
    let old = value.axes().to_vec();
    let gone: Vec<usize> = match node.list("axes", 1)? {
        Some(axes) if !axes.is_empty() => node.axes(&axes, old.len())?,
        _ if node.int("noop_with_empty_axes", 0)? != 0 => Vec::new(),
        _ => (0..old.len()).collect(),
    };
    let keeps = node.int("keepdims", 1)? != 0;
    let operator = node.operator();
    if operator == "ReduceL1" {
        value = bent(run, node, &value, &Activation::absolute_value())?;
    }
    run.builder.spend(&node.place, product(&old))?;
    let (starts, inside) = places(&old, &gone);
    let size = |i: usize| if gone.contains(&i) { keeps.then_some(1) } else { Some(old[i]) };
    let axes: Vec<usize> = (0..old.len()).filter_map(size).collect();
    if inside.is_empty() || starts.is_empty() {
        return Err(node.content("at least one number to reduce", "none"));
    }
    let set = |start: &usize| inside.iter().map(|i| start + i).collect::<Vec<_>>();
    let sets: Vec<_> = starts.iter().map(set).collect();
    let weight = match operator {
        "ReduceMean" => Rational::from(inside.len()).recip(),
        _ => Rational::ONE,
    };
    let is_extremum = matches!(operator, "ReduceMax" | "ReduceMin");
    if let Value::Constant(tensor) = &value {
        let number = |set: &Vec<usize>| {
            let numbers = set.iter().map(|i| &tensor.numbers[*i]);
            match operator {
                "ReduceMax" => numbers.max().cloned().unwrap_or(Rational::ZERO),
                "ReduceMin" => numbers.min().cloned().unwrap_or(Rational::ZERO),
                _ => numbers.cloned().sum::<Rational>() * &weight,
            }
        };
        let numbers = sets.iter().map(number).collect();
        return Ok(vec![run.made(&node.place, Tensor::new(axes, numbers, tensor.kind))?]);
    }
    if is_extremum {
        let minus = -Rational::ONE;
        let is_min = operator == "ReduceMin";
        let value = if is_min { times(run, node, &value, &minus)? } else { value };
        let made = run.builder.greatest(&node.place, &sets, &value.entries())?;
        let made = run.builder.all(made, axes);
        return Ok(vec![if is_min { times(run, node, &made, &minus)? } else { made }]);
    }
    let entries = value.entries();
    let mut rows = Rows::new(sets.len());
    for (o, set) in sets.iter().enumerate() {
        set.iter().for_each(|i| rows.add(o, &entries[*i], &weight));
    }
    let made = run.builder.rows(&node.place, rows)?;
    Ok(vec![run.builder.all(made, axes)])
}

/// The places at which runs along these axes begin, and the places of a run from there.
fn places(old: &[usize], gone: &[usize]) -> (Vec<usize>, Vec<usize>) {
    let own = steps(old);
    let of = |is_gone: bool| {
        let kept = (0..old.len()).filter(|i| gone.contains(i) == is_gone);
        let (axes, steps): (Vec<_>, Vec<_>) = kept.map(|i| (old[i], own[i])).unzip();
        strided(&axes, &steps, 0)
    };
    (of(false), of(true))
}
