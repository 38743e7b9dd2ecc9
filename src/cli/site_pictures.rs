//! Cases as pictures: networks of one or two inputs, filters, points of the plane, points over a
//! line. What a case is made of is read by the types that the generators write.

use super::domain_args::Area;
use super::plot;
use crate::construct::shallow::Shallow;
use crate::exact::Rational;
use crate::exact::float::nearest;
use crate::format::file::NetworkFile;
use crate::generators::line_data::Rival;
use crate::generators::ridges::RidgeNet;
use crate::generators::two_labels::TwoLabels;
use crate::generators::{filters, layer_chains, planes};
use crate::net::regions::{Cells, Domain};
use crate::net::{Activation, Network};
use crate::properties::outline;
use crate::report;
use crate::report::picture::{Chart, Image, Images, Pen, Series, Words};
use crate::report::site::Figure;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use std::collections::BTreeMap;
use toml::Value;

/// The most regions of a picture, and the most points.
const MOST: [usize; 2] = [400, 200];
/// Windows are tried from this half of a side, doubled each time, up to the other one.
const WINDOWS: [i64; 5] = [1, 2, 4, 8, 16];

/// The picture of a case given as TOML; `None` where nothing in it can be drawn.
pub fn figure(case: &str) -> Option<Figure> {
    let case = Value::Table(case.parse().ok()?);
    let mut parts = vec![];
    parts_of(&case, &mut parts);
    let first = |draw: fn(&Value) -> Option<Figure>| parts.iter().find_map(|part| draw(part));
    first(of_network)
        .or_else(|| first(of_filters))
        .or_else(|| first(of_line))
        .or_else(|| first(of_points))
}

/// A value and all that is in it.
fn parts_of<'a>(value: &'a Value, parts: &mut Vec<&'a Value>) {
    parts.push(value);
    match value {
        Value::Table(table) => table.values().for_each(|value| parts_of(value, parts)),
        Value::Array(items) if matches!(items.first(), Some(Value::Table(_))) => {
            items.iter().for_each(|value| parts_of(value, parts));
        }
        _ => {}
    }
}

fn read<T: DeserializeOwned>(value: &Value) -> Option<T> {
    value.clone().try_into().ok()
}

/// One unit beside an affine part.
#[derive(Deserialize)]
struct Single {
    weights: Vec<Rational>,
    bias: Rational,
    outer: Rational,
    skip: Vec<Rational>,
    constant: Rational,
}

/// What the types of the generators make of a part of a case, if it is one of theirs.
const KINDS: [fn(&Value) -> Option<Network>; 8] = [
    |value| {
        let layer = read::<filters::Filters>(value).filter(|layer| layer.check().is_ok());
        layer.map(|layer| layer.network(Activation::relu()))
    },
    |value| {
        let layers = read::<layer_chains::Stacked>(value).filter(|all| all.check().is_ok());
        layers.map(|all| all.network())
    },
    |value| {
        let layers = read::<layer_chains::Dense>(value).filter(|all| all.check().is_ok());
        layers.map(|all| all.network())
    },
    |value| {
        let planes = read::<planes::Planes>(value).filter(|all| all.check().is_ok());
        planes.map(|all| all.network())
    },
    |value| {
        let labels = read::<TwoLabels>(value).filter(|net| net.check().is_ok());
        labels.map(|net| net.network())
    },
    |value| of_ridges(read(value)?),
    |value| of_ridges(RidgeNet::of_shallow(&read::<Shallow>(value)?)),
    |value| {
        let Single { weights, bias, outer, skip, constant } = read(value)?;
        let (weights, thresholds) = (vec![weights], vec![-bias]);
        of_ridges(RidgeNet { constant, slope: skip, weights, thresholds, outer: vec![outer] })
    },
];

fn of_ridges(net: RidgeNet) -> Option<Network> {
    net.check().is_ok().then(|| net.ridges().network())
}

/// The network that a part of a case is.
fn network(value: &Value) -> Option<Network> {
    match value {
        Value::String(text) if text.starts_with('{') => {
            NetworkFile::read(text.as_bytes()).ok().map(|file| file.network)
        }
        Value::Table(_) => KINDS.iter().find_map(|kind| kind(value)),
        _ => None,
    }
}

fn of_network(value: &Value) -> Option<Figure> {
    let network = network(value)?;
    let dimension = network.input().units();
    if !(1..=2).contains(&dimension) {
        return None;
    }
    // The smallest window that shows as many regions as any of them.
    let mut best: Option<(i64, crate::properties::Outline)> = None;
    for half in WINDOWS {
        let sides = vec![[Rational::integer(-half), Rational::integer(half)]; dimension];
        let domain = Domain::Box(plot::window(&sides).ok()?);
        let outline = outline(&Cells::new(&network, &domain), MOST[0])?;
        let count = outline.complex.cells.len();
        if best.as_ref().is_none_or(|(_, best)| best.complex.cells.len() < count) {
            best = Some((half, outline));
        }
    }
    let (half, outline) = best?;
    let sides = vec![[Rational::integer(-half), Rational::integer(half)]; dimension];
    let name = "The network of the case".to_owned();
    let file = NetworkFile { name, network, domain: None, note: None, truth: None };
    let sides = Some(sides);
    let area = Area { dimension, sides, from_file: false, slice: None, is_open: false };
    let svg = plot::small(&file, &area, &outline).ok()?;
    let what = if dimension == 1 { "Its outputs along the line" } else { "Its regions" };
    let counts = [
        report::plural(outline.complex.cells.len(), "activation region"),
        report::plural(outline.complex.affine_regions(), "affine region"),
    ];
    let counts = counts.join(", ");
    Some(Figure {
        title: "The network of the case".to_owned(),
        description: format!("{what}, in {area}: {counts}."),
        svg,
        is_small: file.network.output().units() == 1 || dimension == 2,
    })
}

/// Filters of two dimensions as images: blue below zero, red above.
fn of_filters(value: &Value) -> Option<Figure> {
    let layer = read::<filters::Filters>(value).filter(|layer| layer.check().is_ok())?;
    let layout = layer.layout();
    let [rows, columns] = layout.filter;
    if rows < 2 || columns < 2 || layout.filters > 4 {
        return None;
    }
    let taps: Vec<_> = layer.taps().collect();
    let of_one = taps.chunks(layout.depth * rows * columns);
    let image = |((number, taps), bias): ((usize, &[&Rational]), &Rational)| Image {
        label: format!("filter {}, bias {bias}", number + 1),
        values: taps.iter().map(|tap| nearest(tap)).collect(),
        entries: taps.iter().map(|tap| report::number(tap)).collect(),
        is_change: true,
    };
    let images: Vec<_> = of_one.enumerate().zip(layer.biases()).map(image).collect();
    let title = format!("The {rows}x{columns} filters of the case");
    let words =
        |taps: &[&Rational]| taps.iter().map(|tap| tap.to_string()).collect::<Vec<_>>().join(", ");
    let lists: Vec<_> = taps
        .chunks(layout.depth * rows * columns)
        .map(|taps| format!("({})", words(taps)))
        .collect();
    Some(Figure {
        description: format!(
            "Taps row by row{}, red above zero and blue below: {}.",
            if layout.depth > 1 { ", channel below channel" } else { "" },
            lists.join(", ")
        ),
        svg: Images { title: String::new(), columns, images }.svg(),
        is_small: true,
        title,
    })
}

/// Points over a line, and an interpolant.
fn of_line(value: &Value) -> Option<Figure> {
    let rival = read::<Rival>(value).filter(|rival| rival.check().is_ok())?;
    let pair = |x: &Rational, y: &Rational| [nearest(x), nearest(y)];
    let data: Vec<_> = rival.x.iter().zip(&rival.y).map(|(x, y)| pair(x, y)).collect();
    let bends = rival.bends.iter().map(|[x, y]| pair(x, y));
    let mut way: Vec<_> = data.iter().copied().chain(bends).collect();
    way.sort_by(|a, b| a[0].total_cmp(&b[0]));
    let all = way.clone();
    let series = vec![series("data", Pen::Points, data), series("interpolant", Pen::Solid, way)];
    let count = rival.x.len();
    let words = format!("{count} points in order of x and an interpolant through them.");
    chart("The data of the case", words, ["x", "y"], &all, series)
}

/// Names under which cases keep points.
const POINTS: [&str; 6] = ["points", "inputs", "signed", "samples", "features", "corners"];
/// Names under which they keep what is said of each.
const LABELS: [&str; 4] = ["positive", "labels", "targets", "values"];

/// Points of the plane, or labelled points of a line.
fn of_points(value: &Value) -> Option<Figure> {
    let Value::Table(table) = value else { return None };
    let (name, points) =
        POINTS.iter().find_map(|name| Some((*name, vectors(table.get(*name)?)?)))?;
    let labels = LABELS.iter().find_map(|name| {
        let Some(Value::Array(labels)) = table.get(*name) else { return None };
        let plain = labels.iter().map(word).collect::<Option<Vec<_>>>()?;
        (labels.len() == points.len()).then_some((*name, plain))
    });
    let mut groups: BTreeMap<String, Vec<[f64; 2]>> = BTreeMap::new();
    for (i, point) in points.iter().enumerate() {
        let label =
            labels.as_ref().map_or(name.to_owned(), |(of, all)| format!("{of}: {}", all[i]));
        groups.entry(label).or_default().push(*point);
    }
    let single = groups.len() > 6;
    let groups = match single {
        true => vec![series(name, Pen::Points, points.clone())],
        false => groups.into_iter().map(|(l, all)| series(&l, Pen::Points, all)).collect(),
    };
    let words = format!("{} points of the plane.", points.len());
    chart("The points of the case", words, ["first entry", "second entry"], &points, groups)
}

/// Two points of the plane or more.
fn vectors(value: &Value) -> Option<Vec<[f64; 2]>> {
    let rows: Vec<Vec<Rational>> = read(value)?;
    let pair = |row: &Vec<Rational>| {
        <[f64; 2]>::try_from(row.iter().map(nearest).collect::<Vec<_>>()).ok()
    };
    let points = rows.iter().map(pair).collect::<Option<Vec<_>>>()?;
    (2..=MOST[1]).contains(&points.len()).then_some(points)
}

fn word(value: &Value) -> Option<String> {
    match value {
        Value::Boolean(true) => Some("yes".to_owned()),
        Value::Boolean(false) => Some("no".to_owned()),
        Value::String(text) => Some(text.clone()),
        Value::Integer(number) => Some(number.to_string()),
        _ => None,
    }
}

fn series(label: &str, pen: Pen, points: Vec<[f64; 2]>) -> Series {
    Series { label: label.to_owned(), points, pen }
}

/// A chart around all points; `None` where doubles cannot draw them.
fn chart(
    title: &str,
    description: String,
    axes: [&str; 2],
    all: &[[f64; 2]],
    series: Vec<Series>,
) -> Option<Figure> {
    let range = |axis: usize| {
        let of = || all.iter().map(move |point| point[axis]);
        let [lo, hi] = [of().fold(f64::INFINITY, f64::min), of().fold(f64::NEG_INFINITY, f64::max)];
        let margin = if lo < hi { (hi - lo) / 10.0 } else { 0.5 };
        [lo - margin, hi + margin]
    };
    let ranges = [range(0), range(1)];
    let can_be_drawn = ranges.iter().flatten().all(|end| end.abs() < 1e100);
    can_be_drawn.then(|| {
        let words =
            Words { title: title.to_owned(), axes: axes.map(str::to_owned), legend: Vec::new() };
        let chart = Chart { words, ranges, bases: [None; 2], zones: Vec::new(), series };
        Figure { title: title.to_owned(), description, svg: chart.svg(), is_small: false }
    })
}
