//! Operators that change the axes of a value, or cut and join values along them; nothing is
//! computed.

use super::ImportError;
use super::graph::{Made, Run};
use super::node::Node;
use super::tensor::{Kind, Tensor};
use super::value::{Value, product, steps, strided};
use crate::exact::Rational;

/// The entries of the first input from these places.
pub(super) fn moved(run: &mut Run<'_>, node: &Node<'_>, axes: Vec<usize>, from: &[usize]) -> Made {
    run.builder.spend(&node.place, from.len())?;
    let from: Vec<_> = from.iter().copied().map(Some).collect();
    Ok(vec![node.value(0)?.gathered(axes, &from, &Rational::ZERO)])
}

/// Errors: more entries than all may be.
pub(super) fn check(run: &mut Run<'_>, node: &Node<'_>, axes: &[usize]) -> Result<(), ImportError> {
    run.builder.spend(&node.place, product(axes))
}

pub(super) fn same(_: &mut Run<'_>, node: &Node<'_>) -> Made {
    let value = node.value(0)?;
    match node.operator() {
        "Dropout" => {
            node.only(&["ratio", "seed", "is_test"])?;
            if let Some(mode) = node.constant(2)?
                && mode.numbers.iter().any(|number| !number.is_zero())
            {
                return Err(node.content("no training mode; export the model for inference", "one"));
            }
        }
        "Cast" => {
            node.only(&["to", "saturate", "round_mode"])?;
            return Ok(vec![cast(node, value, Kind::of(node.int("to", 1)? as i32))?]);
        }
        "CastLike" => {
            node.only(&["saturate", "round_mode"])?;
            let kind = match node.value(1)? {
                Value::Constant(tensor) => tensor.kind,
                Value::Signal(_) => Kind::Float,
            };
            return Ok(vec![cast(node, value, Some(kind))?]);
        }
        _ => node.only(&[])?,
    }
    Ok(vec![value.clone()])
}

/// Between floating-point types nothing changes: the network is one over the real numbers.
fn cast(node: &Node<'_>, value: &Value, to: Option<Kind>) -> Result<Value, ImportError> {
    let Some(to) = to else {
        return Err(node.content("a cast to a type of numbers", node.int("to", 1)?.to_string()));
    };
    match value {
        Value::Signal(_) if to == Kind::Float => Ok(value.clone()),
        Value::Signal(_) => {
            let expected = "a cast between floating-point types";
            Err(node.content(expected, "one to integers, which jumps"))
        }
        Value::Constant(tensor) if to == tensor.kind => Ok(value.clone()),
        Value::Constant(tensor) => {
            let number = |number: &Rational| match to {
                Kind::Float => number.clone(),
                Kind::Truth => Rational::from(usize::from(!number.is_zero())),
                Kind::Integer if number.is_negative() => -(-number).floor(),
                Kind::Integer => number.floor(),
            };
            let numbers = tensor.numbers.iter().map(number).collect();
            Ok(Value::constant(Tensor::new(tensor.axes.clone(), numbers, to)))
        }
    }
}

pub(super) fn reshape(_: &mut Run<'_>, node: &Node<'_>) -> Made {
    node.only(&["allowzero"])?;
    let value = node.value(0)?;
    let old = value.axes();
    let target = node.integers(1)?.ok_or_else(|| node.content("a target shape", "none"))?;
    let refused = || {
        let expected = format!("a target shape for {} entries of axes {old:?}", product(old));
        node.content(expected, format!("{target:?}"))
    };
    let keeps_zeros = node.int("allowzero", 0)? != 0;
    let (mut axes, mut free) = (Vec::new(), None);
    for (index, &size) in target.iter().enumerate().take(64) {
        axes.push(match size {
            0 if !keeps_zeros => *old.get(index).ok_or_else(refused)?,
            -1 if free.replace(index).is_none() => 1,
            _ => usize::try_from(size).map_err(|_| refused())?,
        });
    }
    if let Some(index) = free {
        axes[index] = product(old).checked_div(product(&axes)).ok_or_else(refused)?;
    }
    match product(&axes) == product(old) {
        true => Ok(vec![value.with_axes(axes)]),
        false => Err(refused()),
    }
}

pub(super) fn flatten(_: &mut Run<'_>, node: &Node<'_>) -> Made {
    node.only(&["axis"])?;
    let value = node.value(0)?;
    let rank = value.axes().len();
    let axis = match node.int("axis", 1)? {
        axis if axis == rank as i64 => rank,
        axis => node.axis(axis, rank)?,
    };
    let (front, back) = value.axes().split_at(axis);
    Ok(vec![value.with_axes(vec![product(front), product(back)])])
}

pub(super) fn squeeze(_: &mut Run<'_>, node: &Node<'_>) -> Made {
    node.only(&["axes"])?;
    let value = node.value(0)?;
    let old = value.axes();
    let gone: Vec<usize> = match node.list("axes", 1)? {
        Some(axes) => node.axes(&axes, old.len())?,
        None => (0..old.len()).filter(|i| old[*i] == 1).collect(),
    };
    if let Some(axis) = gone.iter().find(|axis| old[**axis] != 1) {
        return Err(node.content(format!("axis {axis} of size 1"), old[*axis].to_string()));
    }
    let axes = (0..old.len()).filter(|i| !gone.contains(i)).map(|i| old[i]).collect();
    Ok(vec![value.with_axes(axes)])
}

pub(super) fn unsqueeze(_: &mut Run<'_>, node: &Node<'_>) -> Made {
    node.only(&["axes"])?;
    let value = node.value(0)?;
    let new = node.list("axes", 1)?.ok_or_else(|| node.content("axes", "none"))?;
    let rank = value.axes().len() + new.len();
    let new = node.axes(&new, rank)?;
    let mut old = value.axes().iter().copied();
    let axes: Vec<usize> =
        (0..rank).filter_map(|i| if new.contains(&i) { Some(1) } else { old.next() }).collect();
    match axes.len() == rank && old.next().is_none() {
        true => Ok(vec![value.with_axes(axes)]),
        false => Err(node.content("axes that differ", format!("{new:?}"))),
    }
}

pub(super) fn transpose(run: &mut Run<'_>, node: &Node<'_>) -> Made {
    node.only(&["perm"])?;
    let old = node.value(0)?.axes().to_vec();
    let order: Vec<usize> = node.sizes("perm")?.unwrap_or_else(|| (0..old.len()).rev().collect());
    let mut sorted = order.clone();
    sorted.sort_unstable();
    if !sorted.into_iter().eq(0..old.len()) {
        let expected = format!("perm with each of {} axes once", old.len());
        return Err(node.content(expected, format!("{order:?}")));
    }
    let own = steps(&old);
    let axes: Vec<_> = order.iter().map(|i| old[*i]).collect();
    let from = strided(&axes, &order.iter().map(|i| own[*i]).collect::<Vec<_>>(), 0);
    moved(run, node, axes, &from)
}

/// The places along each axis, as a list of indices; row-major.
pub(super) fn picked(old: &[usize], picks: &[Vec<usize>]) -> Vec<usize> {
    let mut places = vec![0];
    for (pick, step) in picks.iter().zip(steps(old)) {
        places = places.iter().flat_map(|p| pick.iter().map(move |i| p + i * step)).collect();
    }
    places
}

pub(super) fn slice(run: &mut Run<'_>, node: &Node<'_>) -> Made {
    node.only(&["starts", "ends", "axes"])?;
    let old = node.value(0)?.axes().to_vec();
    let missing = |what: &str| node.content(what, "none");
    let starts = node.list("starts", 1)?.ok_or_else(|| missing("starts"))?;
    let ends = node.list("ends", 2)?.ok_or_else(|| missing("ends"))?;
    let axes = node.list("axes", 3)?.unwrap_or_else(|| (0..starts.len() as i64).collect());
    let strides = node.integers(4)?.unwrap_or_else(|| vec![1; starts.len()]);
    if [ends.len(), axes.len(), strides.len()] != [starts.len(); 3] {
        return Err(node.content("as many ends, axes and steps as starts", "another number"));
    }
    let mut picks: Vec<Vec<usize>> = old.iter().map(|n| (0..*n).collect()).collect();
    for i in 0..starts.len() {
        let axis = node.axis(axes[i], old.len())?;
        let size = old[axis] as i64;
        let from_start = |n: i64| if n < 0 { n.saturating_add(size) } else { n };
        let (start, end, step) = (from_start(starts[i]), from_start(ends[i]), strides[i]);
        picks[axis] = match step {
            0 => return Err(node.content("steps other than 0", "0")),
            1.. => {
                let (start, end) = (start.clamp(0, size), end.clamp(0, size));
                (start..end).step_by(step as usize).map(|i| i as usize).collect()
            }
            _ => {
                let (start, end) = (start.clamp(-1, size - 1), end.clamp(-1, size - 1));
                let back = (end + 1..=start).rev();
                back.step_by(step.unsigned_abs() as usize).map(|i| i as usize).collect()
            }
        };
    }
    let axes: Vec<_> = picks.iter().map(Vec::len).collect();
    moved(run, node, axes, &picked(&old, &picks))
}

pub(super) fn split(run: &mut Run<'_>, node: &Node<'_>) -> Made {
    node.only(&["axis", "split", "num_outputs"])?;
    let value = node.value(0)?;
    let old = value.axes().to_vec();
    let axis = node.axis(node.int("axis", 0)?, old.len())?;
    let count = node.node.output.len().max(1);
    let sizes: Vec<usize> = match node.list("split", 1)? {
        Some(sizes) => sizes.iter().map(|n| usize::try_from(*n).unwrap_or(usize::MAX)).collect(),
        None => {
            let run = old[axis].div_ceil(count);
            (0..count).map(|i| run.min(old[axis].saturating_sub(i * run))).collect()
        }
    };
    let sum = sizes.iter().fold(0, |sum: usize, n| sum.saturating_add(*n));
    if sum != old[axis] || sizes.len() != count {
        let expected = format!("{count} parts that make {}", old[axis]);
        return Err(node.content(expected, format!("{sizes:?}")));
    }
    let mut start = 0;
    let mut made = Vec::new();
    for size in sizes {
        let mut picks: Vec<Vec<usize>> = old.iter().map(|n| (0..*n).collect()).collect();
        picks[axis] = (start..start + size).collect();
        start += size;
        let mut axes = old.clone();
        axes[axis] = size;
        made.extend(moved(run, node, axes, &picked(&old, &picks))?);
    }
    Ok(made)
}

pub(super) fn concat(run: &mut Run<'_>, node: &Node<'_>) -> Made {
    node.only(&["axis"])?;
    let parts: Vec<&Value> =
        (0..node.inputs.len()).map(|i| node.value(i)).collect::<Result<_, _>>()?;
    let Some(first) = parts.first() else { return Err(node.content("inputs", "none")) };
    let mut axes = first.axes().to_vec();
    let axis = node.axis(node.int("axis", 1)?, axes.len())?;
    let alike = |part: &&Value| {
        let own = part.axes();
        own.len() == axes.len() && (0..own.len()).all(|i| i == axis || own[i] == axes[i])
    };
    if let Some(other) = parts.iter().find(|part| !alike(part)) {
        let expected = format!("inputs of axes {axes:?} but for axis {axis}");
        return Err(node.content(expected, format!("{:?}", other.axes())));
    }
    axes[axis] = parts.iter().map(|part| part.axes()[axis]).sum();
    check(run, node, &axes)?;
    let runs: usize = product(&axes[..axis]);
    if parts.iter().all(|part| matches!(part, Value::Constant(_))) {
        let mut numbers = Vec::new();
        let mut kind = Kind::Float;
        for run in 0..runs {
            for part in &parts {
                if let Value::Constant(tensor) = part {
                    kind = tensor.kind;
                    let length = tensor.numbers.len() / runs.max(1);
                    numbers.extend_from_slice(&tensor.numbers[run * length..][..length]);
                }
            }
        }
        return Ok(vec![Value::constant(Tensor::new(axes, numbers, kind))]);
    }
    let all: Vec<_> = parts.iter().map(|part| part.entries()).collect();
    let mut entries = Vec::new();
    for run in 0..runs {
        for part in &all {
            let length = part.len() / runs.max(1);
            entries.extend_from_slice(&part[run * length..][..length]);
        }
    }
    Ok(vec![Value::signal(axes, entries)])
}
