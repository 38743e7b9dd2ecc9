//! Resizing: each sample is one sample of the signal, or a mean of two along each axis.

use super::ImportError;
use super::builder::Rows;
use super::graph::{Made, Run};
use super::node::Node;
use super::structure::picked;
use super::value::{product, steps};
use crate::exact::Rational;

/// One sample: places along the axis, with their weights.
type Sample = Vec<(usize, Rational)>;

pub(super) fn resize(run: &mut Run<'_>, node: &Node<'_>) -> Made {
    node.only(&[
        "mode",
        "scales",
        "coordinate_transformation_mode",
        "nearest_mode",
        "cubic_coeff_a",
        "exclude_outside",
        "extrapolation_value",
        "axes",
        "antialias",
        "keep_aspect_ratio_policy",
        "height_scale",
        "width_scale",
    ])?;
    node.must_be("antialias", 0)?;
    let value = node.value(0)?;
    let old = value.axes().to_vec();
    let (sizes, scales) = targets(node, &old)?;
    let mode = node.text("mode", "nearest")?;
    let is_upsample = node.operator() == "Upsample" || node.opset < 11;
    let default = if is_upsample { "asymmetric" } else { "half_pixel" };
    let coordinates = node.text("coordinate_transformation_mode", default)?;
    let nearest = match is_upsample {
        true => "floor",
        false => node.text("nearest_mode", "round_prefer_floor")?,
    };
    let is_whole = |axis: usize| scales[axis] == ratio(sizes[axis], old[axis]);
    if coordinates == "align_corners" && !(0..old.len()).all(is_whole) {
        let expected = "scales to whole sizes with align_corners: runtimes differ for others";
        return Err(node.content(expected, format!("{scales:?}")));
    }
    if !matches!(mode, "nearest" | "linear" | "bilinear") {
        return Err(node.content("mode nearest or linear", mode));
    }
    run.builder.spend(&node.place, product(&sizes))?;
    let mut samples: Vec<Vec<Sample>> = Vec::new();
    for axis in 0..old.len() {
        let (from, to) = (old[axis], sizes[axis]);
        let scale = &scales[axis];
        let sample = |o: usize| {
            let at = coordinate(node, coordinates, o, [from, to], scale)?;
            Ok(if mode == "nearest" {
                vec![(clamped(&rounded(node, nearest, &at)?, from), Rational::ONE)]
            } else {
                let last = Rational::from(from - 1);
                let at = at.max(Rational::ZERO).min(last);
                let low = at.floor();
                let rest = &at - &low;
                let low = clamped(&low, from);
                match rest.is_zero() {
                    true => vec![(low, Rational::ONE)],
                    false => vec![(low, Rational::ONE - &rest), (low + 1, rest)],
                }
            })
        };
        let identity = |o: usize| Ok(vec![(o, Rational::ONE)]);
        let is_same = from == to && *scale == Rational::ONE;
        let all = (0..to).map(|o| if is_same { identity(o) } else { sample(o) });
        samples.push(all.collect::<Result<_, ImportError>>()?);
    }
    let copies = samples.iter().flatten().all(|sample| sample.len() == 1);
    if copies {
        let picks: Vec<Vec<usize>> =
            samples.iter().map(|axis| axis.iter().map(|sample| sample[0].0).collect()).collect();
        let from: Vec<_> = picked(&old, &picks).into_iter().map(Some).collect();
        return Ok(vec![value.gathered(sizes, &from, &Rational::ZERO)]);
    }
    mixed(run, node, &old, sizes, &samples)
}

/// Samples that are means of several entries.
fn mixed(
    run: &mut Run<'_>,
    node: &Node<'_>,
    old: &[usize],
    sizes: Vec<usize>,
    samples: &[Vec<Sample>],
) -> Made {
    let own = steps(old);
    let mut sums: Vec<Sample> = vec![vec![(0, Rational::ONE)]];
    for (axis, step) in samples.iter().zip(own) {
        let longer = sums.iter().flat_map(|sum| {
            axis.iter().map(move |sample| {
                let pairs = sum
                    .iter()
                    .flat_map(|(p, w)| sample.iter().map(move |(i, v)| (p + i * step, w * v)));
                pairs.collect::<Sample>()
            })
        });
        sums = longer.collect();
    }
    run.builder.spend(&node.place, sums.iter().map(Vec::len).sum())?;
    let entries = node.value(0)?.entries();
    let mut rows = Rows::new(sums.len());
    for (o, sum) in sums.iter().enumerate() {
        sum.iter().for_each(|(i, weight)| rows.add(o, &entries[*i], weight));
    }
    let made = run.builder.rows(&node.place, rows)?;
    Ok(vec![run.builder.all(made, sizes)])
}

fn ratio(to: usize, from: usize) -> Rational {
    Rational::from(to) / Rational::from(from.max(1))
}

/// The sizes after resizing, and the factor of each axis.
fn targets(node: &Node<'_>, old: &[usize]) -> Result<(Vec<usize>, Vec<Rational>), ImportError> {
    let on: Vec<usize> = match node.ints("axes")? {
        Some(axes) => node.axes(&axes, old.len())?,
        None => (0..old.len()).collect(),
    };
    let (mut sizes, mut scales) = (old.to_vec(), vec![Rational::ONE; old.len()]);
    let place = if node.operator() == "Upsample" || node.opset < 11 { 1 } else { 2 };
    let given = node.constant(place)?.filter(|tensor| !tensor.numbers.is_empty());
    let targets = if place == 2 { node.integers(3)? } else { None };
    match (given, targets) {
        (Some(given), _) if given.numbers.len() == on.len() => {
            for (axis, scale) in on.into_iter().zip(&given.numbers) {
                let size = (Rational::from(old[axis]) * scale).floor();
                sizes[axis] =
                    usize::try_from(size.to_string().parse::<i64>().unwrap_or(0)).unwrap_or(0);
                scales[axis] = scale.clone();
            }
        }
        (None, Some(targets)) if targets.len() == on.len() => {
            let policy = node.text("keep_aspect_ratio_policy", "stretch")?;
            if policy != "stretch" {
                return Err(node.content("sizes that are met, by policy stretch", policy));
            }
            for (axis, target) in on.into_iter().zip(targets) {
                sizes[axis] = usize::try_from(target).unwrap_or(0);
                scales[axis] = ratio(sizes[axis], old[axis]);
            }
        }
        _ => return Err(node.content("constant scales or sizes for its axes", "others")),
    }
    match sizes.contains(&0) || product(&sizes) > crate::net::MAX_UNITS {
        true => Err(node.content("sizes from 1 on of at most 2^20 units", format!("{sizes:?}"))),
        false => Ok((sizes, scales)),
    }
}

/// Where a sample lies on the signal.
fn coordinate(
    node: &Node<'_>,
    mode: &str,
    o: usize,
    [from, to]: [usize; 2],
    scale: &Rational,
) -> Result<Rational, ImportError> {
    let half = Rational::new(1, 2);
    let o = Rational::from(o);
    Ok(match mode {
        "half_pixel" => (o + &half) / scale - half,
        "pytorch_half_pixel" if to <= 1 => Rational::ZERO,
        "pytorch_half_pixel" => (o + &half) / scale - half,
        "asymmetric" => o / scale,
        "align_corners" if to <= 1 => Rational::ZERO,
        "align_corners" => o * Rational::from(from - 1) / Rational::from(to - 1),
        "half_pixel_symmetric" => {
            let (length, made) = (Rational::from(from), Rational::from(to));
            let adjustment = made / (scale * &length);
            let center = length * &half;
            let offset = &center * (Rational::ONE - adjustment);
            offset + (o + &half) / scale - half
        }
        other => return Err(node.content("a coordinate mode without a region", other)),
    })
}

fn rounded(node: &Node<'_>, mode: &str, at: &Rational) -> Result<Rational, ImportError> {
    let half = Rational::new(1, 2);
    Ok(match mode {
        "round_prefer_floor" => (at - half).ceil(),
        "round_prefer_ceil" => (at + half).floor(),
        "floor" => at.floor(),
        "ceil" => at.ceil(),
        other => return Err(node.content("a nearest_mode that ONNX knows", other)),
    })
}

/// A place on an axis of this length.
fn clamped(at: &Rational, length: usize) -> usize {
    let last = length - 1;
    let at = at.clone().max(Rational::ZERO).min(Rational::from(last));
    at.to_string().parse().unwrap_or(last)
}
