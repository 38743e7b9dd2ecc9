//! The operators with windows: convolutions, transposed ones, and pools.

use super::ImportError;
use super::builder::{Rows, Work};
use super::graph::{Made, Run};
use super::node::Node;
use super::sweep::{Span, Sweep};
use super::value::{Signal, product};
use crate::exact::Rational;
use crate::net::{Layer, Shape};

/// A signal with the batch, the channels and the axes that a window moves along.
fn inner<'n>(node: &'n Node<'_>) -> Result<(&'n Signal, usize, usize, &'n [usize]), ImportError> {
    let signal = node.signal(0)?;
    match signal.axes[..] {
        [batch, channels, ref lengths @ ..] if !lengths.is_empty() => {
            Ok((signal, batch, channels, lengths))
        }
        _ => {
            let expected = "a signal of a batch, channels and 1 axis or more";
            Err(node.content(expected, format!("axes {:?}", signal.axes)))
        }
    }
}

/// The shape that a layer with a window reads, if there is one.
fn shape(channels: usize, lengths: &[usize]) -> Option<Shape> {
    match lengths {
        [_] | [_, _] => Shape::from_axes(&[&[channels], lengths].concat()),
        _ => None,
    }
}

pub(super) fn convolution(run: &mut Run<'_>, node: &Node<'_>) -> Made {
    node.only(&["auto_pad", "dilations", "group", "kernel_shape", "pads", "strides"])?;
    let weight = node.needed(1)?;
    let (signal, batch, inputs, lengths) = inner(node)?;
    let [channels, reads, ref taps @ ..] = weight.axes[..] else {
        let found = format!("{} axes", weight.axes.len());
        return Err(node.content("a filter of 3 axes or more", found));
    };
    if let Some(kernel) = node.sizes("kernel_shape")?.filter(|kernel| kernel != taps) {
        return Err(node.content(format!("kernel_shape {taps:?}"), format!("{kernel:?}")));
    }
    let groups = usize::try_from(node.int("group", 1)?).unwrap_or(0);
    if groups == 0 || !inputs.is_multiple_of(groups) || !channels.is_multiple_of(groups) {
        let expected = format!("groups that divide {inputs} input and {channels} output channels");
        return Err(node.content(expected, groups.to_string()));
    }
    if reads != inputs / groups {
        let expected = format!("filters over {} input channels", inputs / groups);
        return Err(node.content(expected, reads.to_string()));
    }
    let bias = biases(node, channels)?;
    let mut sweep = Sweep::of(node, lengths, taps, false)?;
    let outputs = sweep.outputs();
    let axes = [&[batch, channels], &outputs[..]].concat();
    if let Some(shape) = shape(inputs, lengths).filter(|_| batch == 1) {
        let weight = sweep.evened(node, weight.numbers.clone())?;
        if let (Some(window), Some(weight)) = (sweep.window(), weight) {
            let layer = Layer::grouped_convolution(channels, groups, window, weight, bias);
            let stream = run.builder.whole(&node.place, &signal.clone())?;
            let (reads, work) = (vec![stream], Work::Layer(layer));
            let made = run.builder.step(&node.place, reads, Some(shape), work, product(&axes))?;
            return Ok(vec![run.builder.all(made, axes)]);
        }
    }
    let (plane, places) = (product(lengths), product(&outputs));
    let terms = product(&axes).saturating_mul(reads).saturating_mul(product(taps));
    run.builder.spend(&node.place, terms)?;
    let mut rows = Rows::new(product(&axes));
    for image in 0..batch {
        sweep.each(|o, i, tap| {
            for (out, k) in (0..channels).flat_map(|out| (0..reads).map(move |k| (out, k))) {
                let source = out / (channels / groups) * reads + k;
                let entry = &signal.entries[(image * inputs + source) * plane + i];
                let weight = &weight.numbers[(out * reads + k) * product(taps) + tap];
                rows.add((image * channels + out) * places + o, entry, weight);
            }
        });
    }
    shifted(&mut rows, &bias, batch, places);
    let made = run.builder.rows(&node.place, rows)?;
    Ok(vec![run.builder.all(made, axes)])
}

/// Adds the bias of each channel.
fn shifted(rows: &mut Rows, bias: &[Rational], batch: usize, places: usize) {
    for (index, bias) in (0..batch)
        .flat_map(|image| bias.iter().enumerate().map(move |(c, b)| (image * bias.len() + c, b)))
    {
        (0..places).for_each(|o| rows.shift(index * places + o, bias));
    }
}

fn biases(node: &Node<'_>, channels: usize) -> Result<Vec<Rational>, ImportError> {
    let bias = node.constant(2)?.map(|bias| bias.numbers.clone()).unwrap_or_default();
    if bias.is_empty() || bias.len() == channels {
        return Ok(bias);
    }
    let expected = format!("{channels} biases, one a channel");
    Err(node.content(expected, bias.len().to_string()))
}

pub(super) fn transposed_convolution(run: &mut Run<'_>, node: &Node<'_>) -> Made {
    node.only(&[
        "auto_pad",
        "dilations",
        "group",
        "kernel_shape",
        "output_padding",
        "output_shape",
        "pads",
        "strides",
    ])?;
    let weight = node.needed(1)?;
    let (signal, batch, inputs, lengths) = inner(node)?;
    let [again, makes, ref taps @ ..] = weight.axes[..] else {
        let found = format!("{} axes", weight.axes.len());
        return Err(node.content("a filter of 3 axes or more", found));
    };
    let groups = usize::try_from(node.int("group", 1)?).unwrap_or(0);
    if groups == 0 || !inputs.is_multiple_of(groups) || again != inputs {
        let expected = format!("filters of {inputs} channels in groups that divide them");
        return Err(node.content(expected, format!("{again} in {groups}")));
    }
    let channels = makes.saturating_mul(groups);
    let bias = biases(node, channels)?;
    // The transpose of a convolution reads what that one writes.
    let sweep = Sweep::transposed(node, lengths, taps)?;
    let outputs: Vec<usize> = sweep.lengths();
    let axes = [&[batch, channels], &outputs[..]].concat();
    let (plane, places) = (product(lengths), product(&outputs));
    let terms = batch.saturating_mul(inputs).saturating_mul(plane);
    run.builder.spend(&node.place, product(&axes))?;
    run.builder.spend(&node.place, terms.saturating_mul(makes).saturating_mul(product(taps)))?;
    let of_group = inputs / groups;
    let mut rows = Rows::new(product(&axes));
    for image in 0..batch {
        sweep.each(|i, o, tap| {
            for (source, k) in (0..inputs).flat_map(|s| (0..makes).map(move |k| (s, k))) {
                let entry = &signal.entries[(image * inputs + source) * plane + i];
                let weight = &weight.numbers[(source * makes + k) * product(taps) + tap];
                let out = source / of_group * makes + k;
                rows.add((image * channels + out) * places + o, entry, weight);
            }
        });
    }
    shifted(&mut rows, &bias, batch, places);
    let made = run.builder.rows(&node.place, rows)?;
    Ok(vec![run.builder.all(made, axes)])
}

pub(super) fn pool(run: &mut Run<'_>, node: &Node<'_>) -> Made {
    let (signal, batch, channels, lengths) = inner(node)?;
    let operator = node.operator();
    let is_max = operator.ends_with("MaxPool");
    let sweep = if operator.starts_with("Global") {
        node.only(&[])?;
        Sweep { spans: lengths.iter().map(|n| Span::new(*n, *n)).collect() }
    } else {
        node.only(&[
            "auto_pad",
            "ceil_mode",
            "kernel_shape",
            "pads",
            "strides",
            "dilations",
            "storage_order",
            "count_include_pad",
        ])?;
        let taps = node.sizes("kernel_shape")?;
        let taps = taps.ok_or_else(|| node.content("kernel_shape", "none"))?;
        Sweep::of(node, lengths, &taps, true)?
    };
    let counts_padding = node.int("count_include_pad", 0)? != 0;
    let outputs = sweep.outputs();
    let (channels, lengths) = (batch * channels, lengths.to_vec());
    let axes = [&signal.axes[..2], &outputs[..]].concat();
    let is_padded = sweep.spans.iter().any(|span| span.begin > 0);
    let window = sweep.window().filter(|_| is_max || counts_padding || !is_padded);
    if let (Some(shape), Some(window)) = (shape(channels, &lengths), window) {
        let layer = if is_max { Layer::MaxPool(window) } else { Layer::average_pool(window) };
        let stream = run.builder.whole(&node.place, &signal.clone())?;
        let work = Work::Layer(layer);
        let made =
            run.builder.step(&node.place, vec![stream], Some(shape), work, product(&axes))?;
        return Ok(vec![run.builder.all(made, axes)]);
    }
    let (plane, places) = (product(&lengths), product(&outputs));
    let taps: usize = sweep.spans.iter().map(|span| span.taps).product();
    run.builder.spend(&node.place, product(&axes).saturating_mul(taps))?;
    let mut sets = vec![Vec::new(); places];
    sweep.each(|o, i, _| sets[o].push(i));
    if sets.iter().any(Vec::is_empty) {
        return Err(node.content("windows that meet the signal", "one in the padding alone"));
    }
    if is_max {
        let all: Vec<Vec<usize>> = (0..channels)
            .flat_map(|c| sets.iter().map(move |set| set.iter().map(|i| c * plane + i).collect()))
            .collect();
        let made = run.builder.greatest(&node.place, &all, &signal.entries)?;
        return Ok(vec![run.builder.all(made, axes)]);
    }
    let mut rows = Rows::new(product(&axes));
    for (c, (o, set)) in (0..channels).flat_map(|c| sets.iter().enumerate().map(move |s| (c, s))) {
        let count = if counts_padding { sweep.counted(o) } else { set.len() };
        let weight = Rational::from(count).recip();
        set.iter().for_each(|i| rows.add(c * places + o, &signal.entries[c * plane + i], &weight));
    }
    let made = run.builder.rows(&node.place, rows)?;
    Ok(vec![run.builder.all(made, axes)])
}
