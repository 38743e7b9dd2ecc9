//! Operators that make constants: shapes, ranges, comparisons.

use super::ImportError;
use super::graph::{Made, Run};
use super::node::Node;
use super::refusals;
use super::tensor::{Kind, Tensor};
use super::value::{Value, broadcast, product, spread};
use super::{MAX_NUMBERS, too_many};
use crate::exact::Rational;

pub(super) fn shape(_: &mut Run<'_>, node: &Node<'_>) -> Made {
    node.only(&["start", "end"])?;
    let axes = node.value(0)?.axes();
    if node.operator() == "Size" {
        let count = Rational::from(product(axes));
        return Ok(vec![Value::constant(Tensor::new(Vec::new(), vec![count], Kind::Integer))]);
    }
    let rank = axes.len() as i64;
    let place = |n: i64| (if n < 0 { n.saturating_add(rank) } else { n }).clamp(0, rank) as usize;
    let (start, end) = (place(node.int("start", 0)?), place(node.int("end", rank)?));
    let kept = axes.get(start..end).unwrap_or(&[]);
    Ok(vec![Value::constant(Tensor::integers(kept.iter().copied()))])
}

pub(super) fn filled(run: &mut Run<'_>, node: &Node<'_>) -> Made {
    node.only(&["value"])?;
    let sizes = node.integers(0)?.ok_or_else(|| node.content("a shape", "none"))?;
    let axes: Vec<_> = sizes.iter().map(|n| usize::try_from(*n).unwrap_or(0)).collect();
    refuse_if!(product(&axes) > MAX_NUMBERS, too_many(&*node.place, "numbers", MAX_NUMBERS));
    let given = node.node.attribute.first().and_then(|attribute| attribute.t.as_ref());
    let (number, kind) = match given.map(|tensor| run.tensor(tensor)).transpose()? {
        Some(Value::Constant(tensor)) => match tensor.single() {
            Some(number) => (number.clone(), tensor.kind),
            None => return Err(node.content("one number as value", "others")),
        },
        _ => (Rational::ZERO, Kind::Float),
    };
    let tensor = Tensor::new(axes.clone(), vec![number; product(&axes)], kind);
    Ok(vec![run.made(&node.place, tensor)?])
}

pub(super) fn range(run: &mut Run<'_>, node: &Node<'_>) -> Made {
    node.only(&[])?;
    let number = |i| {
        let tensor = node.needed(i)?;
        tensor.single().cloned().ok_or_else(|| node.content("single numbers", "a list"))
    };
    let (start, limit, delta) = (number(0)?, number(1)?, number(2)?);
    refuse_if!(delta.is_zero(), node.content("a step other than 0", "0"));
    let count = ((&limit - &start) / &delta).ceil().max(Rational::ZERO);
    refuse_if!(count > Rational::from(MAX_NUMBERS), too_many(&*node.place, "numbers", MAX_NUMBERS));
    let mut numbers = Vec::new();
    let mut next = start;
    while Rational::from(numbers.len()) < count {
        numbers.push(next.clone());
        next += &delta;
    }
    let kind = node.needed(0)?.kind;
    let tensor = Tensor::new(vec![numbers.len()], numbers, kind);
    Ok(vec![run.made(&node.place, tensor)?])
}

/// The constants that are the inputs; of signals these operators are refused.
fn constants<'n>(node: &'n Node<'_>) -> Result<Vec<&'n Tensor>, ImportError> {
    let one = |value: &'n Option<Value>| match value {
        Some(Value::Constant(tensor)) if tensor.special.is_none() => Some(&**tensor),
        _ => None,
    };
    let all: Option<Vec<_>> = node.inputs.iter().map(one).collect();
    all.ok_or_else(|| refusals::error(node, false))
}

pub(super) fn compared(run: &mut Run<'_>, node: &Node<'_>) -> Made {
    node.only(&[])?;
    let truth = |is_true: bool| Rational::from(usize::from(is_true));
    let (axes, numbers) = match constants(node)?[..] {
        [a] => (a.axes.clone(), a.numbers.iter().map(|x| truth(x.is_zero())).collect()),
        [a, b] => {
            let Some(axes) = broadcast(&a.axes, &b.axes) else {
                return Err(node.content("two inputs that spread to one shape", "others"));
            };
            run.builder.spend(&node.place, product(&axes))?;
            let holds = |(x, y): (&Rational, &Rational)| match node.operator() {
                "Equal" => x == y,
                "Less" => x < y,
                "LessOrEqual" => x <= y,
                "Greater" => x > y,
                "GreaterOrEqual" => x >= y,
                "And" => !x.is_zero() && !y.is_zero(),
                _ => !x.is_zero() || !y.is_zero(),
            };
            let (left, right) = (spread(&a.axes, &axes), spread(&b.axes, &axes));
            let pairs = left.iter().zip(&right).map(|(i, j)| (&a.numbers[*i], &b.numbers[*j]));
            (axes, pairs.map(|pair| truth(holds(pair))).collect())
        }
        _ => return Err(node.content("one or two inputs", node.inputs.len().to_string())),
    };
    Ok(vec![run.made(&node.place, Tensor::new(axes, numbers, Kind::Truth))?])
}

pub(super) fn rounded(run: &mut Run<'_>, node: &Node<'_>) -> Made {
    node.only(&[])?;
    let [tensor] = constants(node)?[..] else { return Err(node.content("one input", "others")) };
    let round = if node.operator() == "Floor" { Rational::floor } else { Rational::ceil };
    let numbers = tensor.numbers.iter().map(round).collect();
    Ok(vec![run.made(&node.place, Tensor::new(tensor.axes.clone(), numbers, tensor.kind))?])
}
