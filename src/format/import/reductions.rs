//! Sums, means and extrema along axes.

use super::ImportError;
use super::activations::bent;
use super::arithmetic::times;
use super::builder::Rows;
use super::graph::Run;
use super::node::Node;
use super::tensor::Tensor;
use super::value::{Value, product, steps, strided};
use crate::exact::Rational;
use crate::net::Activation;

type Made = Result<Vec<Value>, ImportError>;

pub(super) fn reduce(run: &mut Run<'_>, node: &Node<'_>) -> Made {
    node.only(&["axes", "keepdims", "noop_with_empty_axes"])?;
    let mut value = node.value(0)?.clone();
    let old = value.axes().to_vec();
    let gone: Vec<usize> = match node.list("axes", 1)? {
        Some(axes) if !axes.is_empty() => {
            axes.iter().map(|axis| node.axis(*axis, old.len())).collect::<Result<_, _>>()?
        }
        _ if node.int("noop_with_empty_axes", 0)? != 0 => Vec::new(),
        _ => (0..old.len()).collect(),
    };
    let keeps = node.int("keepdims", 1)? != 0;
    let operator = node.operator();
    if operator == "ReduceL1" {
        value = bent(run, node, &value, &Activation::absolute_value())?;
    }
    let own = steps(&old);
    let (mut axes, mut out, mut out_steps, mut in_axes, mut in_steps) =
        (Vec::new(), Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for i in 0..old.len() {
        if gone.contains(&i) {
            axes.extend(keeps.then_some(1));
            in_axes.push(old[i]);
            in_steps.push(own[i]);
        } else {
            axes.push(old[i]);
            out.push(old[i]);
            out_steps.push(own[i]);
        }
    }
    run.builder.spend(&node.place, product(&old))?;
    let starts = strided(&out, &out_steps, 0);
    let inside = strided(&in_axes, &in_steps, 0);
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
