//! Writes a network file, one line a layer.

use super::NetworkFile;
use crate::exact::Rational;
use crate::net::{Activation, Affine, Axis, Layer, Map, Network, Shape, Window};
use std::fmt::Display;

impl NetworkFile {
    /// The file as text, without what goes without saying. Law: `read` gives the same file back.
    pub fn write(&self) -> String {
        let mut members = vec![
            "\"format\": 1".to_owned(),
            format!("\"name\": {}", quoted(&self.name)),
            format!("\"input_shape\": {}", list(self.network.input().axes())),
            format!("\"layers\": [\n    {}\n  ]", layers(&self.network).join(",\n    ")),
        ];
        if let Some(domain) = &self.domain {
            let sides = domain.lo().iter().zip(domain.hi());
            let sides: Vec<_> = sides.map(|(lo, hi)| list(&[exact(lo), exact(hi)])).collect();
            members.push(format!("\"domain\": {{\"box\": {}}}", list(&sides)));
        }
        if let Some(note) = &self.note {
            members.push(format!("\"note\": {}", quoted(note)));
        }
        if let Some(truth) = &self.truth {
            let regions = truth.activation_regions;
            let regions = regions.map(|count| format!("\"activation_regions\": {count}"));
            let how = truth.how.as_ref().map(|how| format!("\"how\": {}", quoted(how)));
            let both: Vec<_> = regions.into_iter().chain(how).collect();
            members.push(format!("\"truth\": {{{}}}", both.join(", ")));
        }
        format!("{{\n  {}\n}}\n", members.join(",\n  "))
    }
}

fn layers(network: &Network) -> Vec<String> {
    network.stages().map(|(layer, input)| object(&members(layer, input))).collect()
}

fn members(layer: &Layer, input: Shape) -> Vec<String> {
    match layer {
        Layer::Affine(layer) => affine(layer, input),
        Layer::Activation(function) => activation(function),
        Layer::MaxPool(window) => pool("maxpool", window),
        Layer::Flatten => vec![kind("flatten")],
        Layer::Reshape(shape) => {
            vec![kind("reshape"), format!("\"shape\": {}", list(shape.axes()))]
        }
        Layer::Residual(body) => {
            vec![kind("residual"), format!("\"layers\": [{}]", layers(body).join(", "))]
        }
        Layer::Maximum(sets) => {
            let sets: Vec<_> = sets.iter().map(|set| list(set)).collect();
            vec![kind("maximum"), format!("\"of\": {}", list(&sets))]
        }
        Layer::Branches(branches) => {
            let branch = |branch| format!("[{}]", layers(branch).join(", "));
            let branches: Vec<_> = branches.iter().map(branch).collect();
            vec![kind("branches"), format!("\"branches\": {}", list(&branches))]
        }
    }
}

fn affine(layer: &Affine, input: Shape) -> Vec<String> {
    let weight = |axes: &[usize]| format!("\"weight\": {}", nested(axes, &layer.weight));
    let mut members = match layer.map {
        Map::Dense { outputs } => vec![kind("dense"), weight(&[outputs, input.units()])],
        Map::Convolution { channels, groups, window } => {
            let mut axes = vec![channels, input.channels() / groups];
            axes.extend(window.rows.map(|axis| axis.taps));
            axes.push(window.columns.taps);
            let mut members = vec![named("conv", &window), weight(&axes)];
            members.extend(steps(&window));
            if groups != 1 {
                members.push(format!("\"groups\": {groups}"));
            }
            members
        }
        Map::Expansive => vec![kind("expansive"), weight(&[layer.weight.len()])],
        Map::Downsample { scale, keep } => {
            vec![kind("downsample"), format!("\"scale\": {scale}, \"keep\": {keep}")]
        }
        Map::SumPool(window) => pool("sumpool", &window),
        Map::AveragePool(window) => pool("avgpool", &window),
        Map::Sparse(ref rows) => {
            let row = |row: &Vec<[u32; 2]>| list(&row.concat());
            let rows: Vec<_> = rows.iter().map(row).collect();
            vec![
                kind("sparse"),
                format!("\"rows\": {}", list(&rows)),
                weight(&[layer.weight.len()]),
            ]
        }
    };
    if !layer.bias.is_empty() {
        let bias: Vec<_> = layer.bias.iter().map(exact).collect();
        members.push(format!("\"bias\": {}", list(&bias)));
    }
    members
}

fn activation(function: &Activation) -> Vec<String> {
    let slope = &function.pieces()[0].0;
    let at_zero = function.eval(&Rational::ZERO);
    if *function == Activation::relu() {
        vec![kind("relu")]
    } else if *function == Activation::absolute_value() {
        vec![kind("abs")]
    } else if *function == Activation::hard_tanh() {
        vec![kind("hardtanh")]
    } else if *function == Activation::leaky_relu(slope.clone()) {
        vec![kind("leaky_relu"), format!("\"slope\": {}", exact(slope))]
    } else {
        let breakpoints: Vec<_> = function.breakpoints().iter().map(exact).collect();
        let slopes: Vec<_> = function.pieces().iter().map(|(slope, _)| exact(slope)).collect();
        vec![
            kind("piecewise_linear"),
            format!("\"breakpoints\": {}", list(&breakpoints)),
            format!("\"slopes\": {}", list(&slopes)),
            format!("\"at_zero\": {}", exact(&at_zero)),
        ]
    }
}

fn pool(name: &str, window: &Window) -> Vec<String> {
    let taps = along(window, |axis| axis.taps);
    let mut members = vec![named(name, window), format!("\"window\": {taps}")];
    members.extend(steps(window));
    members
}

/// `name1d` or `name2d`.
fn named(name: &str, window: &Window) -> String {
    kind(&format!("{name}{}d", if window.rows.is_some() { 2 } else { 1 }))
}

fn steps(window: &Window) -> Vec<String> {
    let mut members = vec![
        format!("\"stride\": {}", along(window, |axis| axis.stride)),
        format!("\"padding\": {}", along(window, |axis| axis.padding)),
    ];
    if [window.rows, Some(window.columns)].iter().flatten().any(|axis| axis.dilation != 1) {
        members.push(format!("\"dilation\": {}", along(window, |axis| axis.dilation)));
    }
    members
}

fn along(window: &Window, value: impl Fn(&Axis) -> usize) -> String {
    let columns = value(&window.columns);
    match &window.rows {
        Some(rows) => list(&[value(rows), columns]),
        None => columns.to_string(),
    }
}

fn kind(name: &str) -> String {
    format!("\"type\": \"{name}\"")
}

fn object(members: &[String]) -> String {
    format!("{{{}}}", members.join(", "))
}

fn list<T: Display>(entries: &[T]) -> String {
    let entries: Vec<_> = entries.iter().map(T::to_string).collect();
    format!("[{}]", entries.join(", "))
}

/// Numbers in nested lists with these axes, whose product is the count of the numbers.
fn nested(axes: &[usize], numbers: &[Rational]) -> String {
    match axes {
        [] => exact(&numbers[0]),
        [n, inner @ ..] => {
            let entries = numbers.chunks((numbers.len() / (*n).max(1)).max(1));
            list(&entries.map(|numbers| nested(inner, numbers)).collect::<Vec<_>>())
        }
    }
}

/// Small integers as JSON numbers, everything else as an exact string.
fn exact(number: &Rational) -> String {
    match number.is_integer() && number.bits() < 53 {
        true => number.to_string(),
        false => format!("\"{number}\""),
    }
}

fn quoted(text: &str) -> String {
    serde_json::to_string(text).expect("a string is JSON")
}
