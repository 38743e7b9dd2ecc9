//! The windows of convolutions and pools.

use super::ImportError;
use super::node::Node;
use crate::exact::Rational;
use crate::net::Shape;
use crate::net::{Axis, Window};

/// One axis of a window as ONNX gives it, with a padding for each end.
struct Span {
    axis: Axis,
    ends: [usize; 2],
}

/// The window of a pool.
pub(super) fn pool(node: &Node<'_>, input: Shape) -> Result<Window, ImportError> {
    let taps = node.sizes("kernel_shape")?.ok_or_else(|| node.content("kernel_shape", "none"))?;
    let spans = spans(node, input, &taps)?;
    let ceil = node.int("ceil_mode", 0)? != 0;
    for (span, length) in spans.iter().zip(lengths(input)) {
        let Axis { taps, stride, dilation, .. } = span.axis;
        if span.ends[0] != span.ends[1] {
            return Err(node.content("pads alike at both ends", format!("{:?}", span.ends)));
        }
        let rest =
            (length + 2 * span.ends[0]).saturating_sub(dilation * taps.saturating_sub(1) + 1);
        if ceil && !rest.is_multiple_of(stride.max(1)) {
            return Err(node.content("ceil_mode 0, or windows that fill the signal", "1"));
        }
    }
    Ok(window(spans))
}

/// The window of a convolution with these taps, and its weights with zeros at an end where the
/// padding at the other end is longer.
pub(super) fn convolution(
    node: &Node<'_>,
    input: Shape,
    taps: &[usize],
    weight: Vec<Rational>,
) -> Result<(Window, Vec<Rational>), ImportError> {
    let mut spans = spans(node, input, taps)?;
    let mut places: Vec<(usize, usize)> = Vec::new();
    for span in &mut spans {
        let [begin, end] = span.ends;
        let longer = begin.max(end);
        if begin != end && span.axis.dilation != 1 {
            let expected = "pads alike at both ends of a dilated window";
            return Err(node.content(expected, format!("{:?}", span.ends)));
        }
        // With `longer` samples of padding on both sides, zeros stand where the window would have
        // begun or ended.
        let wide = span.axis.taps + (longer - begin) + (longer - end);
        places.push((longer - begin, wide));
        span.axis.padding = longer;
    }
    let narrow: Vec<_> = spans.iter().map(|span| span.axis.taps).collect();
    for (span, (_, wide)) in spans.iter_mut().zip(&places) {
        span.axis.taps = *wide;
    }
    let is_wider = narrow.iter().zip(&places).any(|(taps, (_, wide))| taps != wide);
    let weight = if is_wider { widened(node, &weight, &narrow, &places)? } else { weight };
    Ok((window(spans), weight))
}

/// Filters in the middle of longer ones. `places` has the offset and the length along each axis.
fn widened(
    node: &Node<'_>,
    weight: &[Rational],
    narrow: &[usize],
    places: &[(usize, usize)],
) -> Result<Vec<Rational>, ImportError> {
    let old: usize = narrow.iter().product();
    let new = places.iter().fold(1, |product: usize, (_, wide)| product.saturating_mul(*wide));
    let filters = weight.len() / old.max(1);
    let limit = crate::format::file::MAX_NUMBERS;
    if new.saturating_mul(filters) > limit {
        return Err(ImportError::TooMany { place: node.place.clone(), what: "numbers", limit });
    }
    let mut wide = vec![Rational::ZERO; new * filters];
    for (index, number) in weight.iter().enumerate() {
        let (mut rest, mut step, mut place) = (index % old, 1, 0);
        for (taps, (offset, wide)) in narrow.iter().zip(places).rev() {
            place += (rest % taps + offset) * step;
            rest /= taps;
            step *= wide;
        }
        wide[index / old * new + place] = number.clone();
    }
    Ok(wide)
}

/// The sizes of the axes that a window moves along.
fn lengths(input: Shape) -> Vec<usize> {
    input.axes()[1..].to_vec()
}

/// The axes of the window with these taps, which the attributes describe.
fn spans(node: &Node<'_>, input: Shape, taps: &[usize]) -> Result<Vec<Span>, ImportError> {
    let lengths = lengths(input);
    let rank = lengths.len();
    if !matches!(rank, 1 | 2) {
        return Err(node.content("a signal of 1 or 2 axes besides the channels", rank.to_string()));
    }
    if taps.len() != rank {
        return Err(node.content(format!("a window of {rank} axes"), taps.len().to_string()));
    }
    let along = |name, default: usize, count: usize| {
        let sizes = node.sizes(name)?.unwrap_or_else(|| vec![default; count]);
        match sizes.len() == count {
            true => Ok(sizes),
            false => Err(node.content(format!("{count} {name}"), sizes.len().to_string())),
        }
    };
    let strides = along("strides", 1, rank)?;
    let dilations = along("dilations", 1, rank)?;
    let pads = along("pads", 0, 2 * rank)?;
    let same = match node.text("auto_pad", "NOTSET")? {
        "NOTSET" | "" => None,
        "VALID" => Some([0, 0]),
        "SAME_UPPER" => Some([0, 1]),
        "SAME_LOWER" => Some([1, 0]),
        other => return Err(node.content("auto_pad that ONNX knows", other)),
    };
    let is_same = same.is_some_and(|odd| odd != [0, 0]);
    let span = |i: usize| {
        let axis = Axis { taps: taps[i], stride: strides[i], padding: 0, dilation: dilations[i] };
        let mut ends = [pads[i], pads[i + rank]];
        if let Some(odd) = same {
            // As many outputs as strides fit into the signal, rounded up.
            let outputs = lengths[i].div_ceil(axis.stride.max(1));
            let reach =
                (outputs - 1) * axis.stride + axis.dilation * axis.taps.saturating_sub(1) + 1;
            let all = if is_same { reach.saturating_sub(lengths[i]) } else { 0 };
            ends = odd.map(|odd| all / 2 + all % 2 * odd);
        }
        Span { axis: Axis { padding: ends[0], ..axis }, ends }
    };
    Ok((0..rank).map(span).collect())
}

fn window(spans: Vec<Span>) -> Window {
    let axes: Vec<_> = spans.iter().map(|span| span.axis).collect();
    match axes[..] {
        [columns] => Window { rows: None, columns },
        _ => Window { rows: Some(axes[0]), columns: axes[1] },
    }
}
