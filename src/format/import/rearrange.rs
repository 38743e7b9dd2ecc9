//! Operators that pick entries by index, repeat them, or pad with others; nothing is computed.

use super::ImportError;
use super::graph::{Made, Run};
use super::node::Node;
use super::structure::{check, moved, picked};
use super::tensor::Tensor;
use super::value::{Value, broadcast, product, spread, steps, strided};
use crate::exact::Rational;

/// Entries or runs of entries at index tuples, and entries at indices along one axis.
pub(super) fn gather_tuples(run: &mut Run<'_>, node: &Node<'_>) -> Made {
    node.only(&["axis", "batch_dims"])?;
    let old = node.value(0)?.axes().to_vec();
    let indices = node.integers(1)?.ok_or_else(|| node.content("indices", "none"))?;
    let inner = node.value(1)?.axes().to_vec();
    let own = steps(&old);
    if node.operator() == "GatherElements" {
        let axis = node.axis(node.int("axis", 0)?, old.len())?;
        let fits =
            inner.len() == old.len() && (0..old.len()).all(|i| i == axis || inner[i] <= old[i]);
        refuse_if!(!fits, node.content(format!("indices within {old:?}"), format!("{inner:?}")));
        let mut others = own.clone();
        others[axis] = 0;
        let places = strided(&inner, &others, 0);
        let from: Vec<usize> = places
            .iter()
            .zip(&indices)
            .map(|(place, index)| Ok(place + node.axis(*index, old[axis])? * own[axis]))
            .collect::<Result<_, ImportError>>()?;
        return moved(run, node, inner, &from);
    }
    node.must_be("batch_dims", 0)?;
    let Some((&length, outer)) = inner.split_last().filter(|(n, _)| **n <= old.len()) else {
        return Err(node.content(format!("tuples of up to {} indices", old.len()), "longer ones"));
    };
    let (rest, rest_steps) = (&old[length..], &own[length..]);
    let axes = [outer, rest].concat();
    check(run, node, &axes)?;
    let mut from = Vec::new();
    for tuple in indices.chunks(length.max(1)) {
        let mut start = 0;
        for (i, index) in tuple.iter().enumerate().take(length) {
            start += node.axis(*index, old[i])? * own[i];
        }
        from.extend(strided(rest, rest_steps, start));
    }
    match from.len() == product(&axes) {
        true => moved(run, node, axes, &from),
        false => Err(node.content("indices in tuples", format!("{inner:?}"))),
    }
}

pub(super) fn gather(run: &mut Run<'_>, node: &Node<'_>) -> Made {
    node.only(&["axis"])?;
    let old = node.value(0)?.axes().to_vec();
    let axis = node.axis(node.int("axis", 0)?, old.len())?;
    let indices = node.integers(1)?.ok_or_else(|| node.content("indices", "none"))?;
    let inner = node.value(1)?.axes().to_vec();
    let places = node.axes(&indices, old[axis])?;
    let axes = [&old[..axis], &inner, &old[axis + 1..]].concat();
    check(run, node, &axes)?;
    let mut picks: Vec<Vec<usize>> = old.iter().map(|n| (0..*n).collect()).collect();
    picks[axis] = places;
    moved(run, node, axes, &picked(&old, &picks))
}

pub(super) fn expand(run: &mut Run<'_>, node: &Node<'_>) -> Made {
    node.only(&[])?;
    let old = node.value(0)?.axes().to_vec();
    let list = node.integers(1)?.ok_or_else(|| node.content("a target shape", "none"))?;
    let sizes: Vec<usize> = list.iter().map(|n| usize::try_from(*n).unwrap_or(0)).collect();
    if node.operator() == "Tile" {
        let refused = || node.content(format!("{} repeats", old.len()), format!("{list:?}"));
        refuse_if!(sizes.len() != old.len(), refused());
        let axes: Vec<_> = old.iter().zip(&sizes).map(|(n, k)| n.saturating_mul(*k)).collect();
        check(run, node, &axes)?;
        let picks: Vec<Vec<usize>> =
            axes.iter().zip(&old).map(|(n, old)| (0..*n).map(|i| i % old).collect()).collect();
        return moved(run, node, axes, &picked(&old, &picks));
    }
    let Some(axes) = broadcast(&old, &sizes) else {
        return Err(node.content(format!("a shape to which {old:?} spreads"), format!("{list:?}")));
    };
    check(run, node, &axes)?;
    moved(run, node, axes.clone(), &spread(&old, &axes))
}

pub(super) fn pad(run: &mut Run<'_>, node: &Node<'_>) -> Made {
    node.only(&["mode", "pads", "value"])?;
    let value = node.value(0)?;
    let old = value.axes().to_vec();
    let pads = node.list("pads", 1)?.ok_or_else(|| node.content("pads", "none"))?;
    let on: Vec<usize> = match node.integers(3)? {
        Some(axes) => node.axes(&axes, old.len())?,
        None => (0..old.len()).collect(),
    };
    if pads.len() != 2 * on.len() || pads.iter().any(|n| n.unsigned_abs() > 1 << 20) {
        let expected = format!("{} pads below 2^20", 2 * on.len());
        return Err(node.content(expected, format!("{pads:?}")));
    }
    let fill = match node.number("value")? {
        Some(number) => number,
        None => node.constant(2)?.and_then(|t| t.single().cloned()).unwrap_or(Rational::ZERO),
    };
    let mode = node.text("mode", "constant")?;
    let mut picks: Vec<Vec<Option<usize>>> =
        old.iter().map(|n| (0..*n).map(Some).collect()).collect();
    for (i, &axis) in on.iter().enumerate() {
        let size = old[axis] as i64;
        let place = |at: i64| match mode {
            _ if (0..size).contains(&at) => Some(at),
            "edge" => Some(at.clamp(0, size - 1)),
            "wrap" => Some(at.rem_euclid(size.max(1))),
            "reflect" if size > 1 => {
                let at = at.rem_euclid(2 * size - 2);
                Some(at.min(2 * size - 2 - at))
            }
            "reflect" => Some(0),
            _ => None,
        };
        let range = -pads[i]..size + pads[i + on.len()];
        picks[axis] = range.map(|at| place(at).map(|at| at as usize)).collect();
    }
    if !["constant", "edge", "wrap", "reflect"].contains(&mode) {
        return Err(node.content("a mode of padding that ONNX knows", mode));
    }
    let axes: Vec<_> = picks.iter().map(Vec::len).collect();
    check(run, node, &axes)?;
    let mut places = vec![Some(0)];
    for (pick, step) in picks.iter().zip(steps(&old)) {
        let next = |p: Option<usize>| pick.iter().map(move |i| Some(p? + (*i)? * step));
        places = places.into_iter().flat_map(next).collect();
    }
    Ok(vec![value.gathered(axes, &places, &fill)])
}

pub(super) fn blocks(run: &mut Run<'_>, node: &Node<'_>) -> Made {
    node.only(&["blocksize", "mode"])?;
    let old = node.value(0)?.axes().to_vec();
    let size = usize::try_from(node.int("blocksize", 1)?).unwrap_or(0);
    let [n, c, h, w] = old[..] else {
        return Err(node.content("a signal of 4 axes", format!("{old:?}")));
    };
    let is_deep = node.operator() == "DepthToSpace";
    let square = size.saturating_mul(size).max(1);
    let fits = if is_deep { c % square == 0 } else { h % size.max(1) == 0 && w % size.max(1) == 0 };
    if size == 0 || !fits {
        return Err(node.content("a blocksize that divides the axes", size.to_string()));
    }
    let (inner, order, axes) = match (is_deep, node.text("mode", "DCR")?) {
        (true, "DCR") => (
            vec![n, size, size, c / square, h, w],
            [0, 3, 4, 1, 5, 2],
            [c / square, h * size, w * size],
        ),
        (true, "CRD") => (
            vec![n, c / square, size, size, h, w],
            [0, 1, 4, 2, 5, 3],
            [c / square, h * size, w * size],
        ),
        (true, other) => return Err(node.content("mode DCR or CRD", other)),
        (false, mode) => (
            vec![n, c, h / size, size, w / size, size],
            if mode == "CRD" { [0, 1, 3, 5, 2, 4] } else { [0, 3, 5, 1, 2, 4] },
            [c * square, h / size, w / size],
        ),
    };
    let own = steps(&inner);
    let to: Vec<_> = order.iter().map(|i| inner[*i]).collect();
    let from = strided(&to, &order.map(|i| own[i]), 0);
    moved(run, node, [&[n], &axes[..]].concat(), &from)
}

/// Entries of one or the other, as a constant says.
pub(super) fn choice(run: &mut Run<'_>, node: &Node<'_>) -> Made {
    node.only(&[])?;
    let [a, b] = [node.value(1)?, node.value(2)?];
    let Value::Constant(condition) = node.value(0)? else {
        let expected = "a condition that is constant: one that depends on the input may jump";
        return Err(node.content(expected, "a signal"));
    };
    let both = broadcast(a.axes(), b.axes());
    let Some(axes) = both.and_then(|axes| broadcast(&axes, &condition.axes)) else {
        return Err(node.content("three inputs that spread to one shape", "others"));
    };
    check(run, node, &axes)?;
    let places = [&condition.axes[..], a.axes(), b.axes()].map(|own| spread(own, &axes));
    let is_first = |k: usize| !condition.numbers[places[0][k]].is_zero();
    let count = product(&axes);
    if let (Value::Constant(a), Value::Constant(b)) = (a, b) {
        let number = |k: usize| match is_first(k) {
            true => a.numbers[places[1][k]].clone(),
            false => b.numbers[places[2][k]].clone(),
        };
        return Ok(vec![Value::constant(Tensor::new(
            axes,
            (0..count).map(number).collect(),
            a.kind,
        ))]);
    }
    let (a, b) = (a.entries(), b.entries());
    let entry = |k: usize| match is_first(k) {
        true => a[places[1][k]].clone(),
        false => b[places[2][k]].clone(),
    };
    Ok(vec![Value::signal(axes, (0..count).map(entry).collect())])
}
