//! A network file at one point, exactly.

use super::error::CliError;
use super::network::Source;
use crate::exact::Rational;
use crate::properties::pattern_beside;
use serde::Serialize;
use std::fmt::Write;

/// What is asked besides the outputs.
pub struct Wanted {
    /// The derivative of every output on the cell beside the point, and the units at a kink.
    pub gradient: bool,
    /// What every unit does.
    pub pattern: bool,
    /// JSON instead of lines.
    pub json: bool,
}

#[derive(Serialize)]
struct Evaluation {
    network: String,
    at: Vec<Rational>,
    output: Vec<Rational>,
    #[serde(skip_serializing_if = "Option::is_none")]
    gradient: Option<Vec<Vec<Rational>>>,
    /// With a gradient: a layer and a unit each, counted from one.
    #[serde(skip_serializing_if = "Option::is_none")]
    kinks: Option<Vec<[usize; 2]>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pattern: Option<Vec<Vec<usize>>>,
}

/// The network of the file at the point, as text.
pub fn eval(source: &Source, at: &str, wanted: &Wanted) -> Result<String, CliError> {
    let file = source.read()?;
    let network = file.network;
    let at = point(at)?;
    let expected = network.input().units();
    if at.len() != expected {
        return Err(CliError::Length { path: source.network.clone(), expected, found: at.len() });
    }
    let pattern = network.pattern(&at);
    let beside = wanted.gradient.then(|| {
        let (pattern, kinks) = pattern_beside(&network, &at);
        let matrix = network.affine_on(&pattern).matrix;
        let rows = (0..matrix.rows()).map(|row| matrix.row(row).to_vec()).collect();
        (rows, kinks.iter().map(|kink| [kink.list + 1, kink.unit + 1]).collect())
    });
    let (gradient, kinks) = beside.unzip();
    let evaluation = Evaluation {
        network: file.name,
        output: network.eval(&at),
        at,
        gradient,
        kinks,
        pattern: wanted.pattern.then_some(pattern.layers),
    };
    if wanted.json {
        let json = serde_json::to_string(&evaluation).expect("numbers are strings, keys are words");
        return Ok(json + "\n");
    }
    Ok(lines(&evaluation))
}

/// The outputs, one a line, then what else was asked, a row a line.
fn lines(evaluation: &Evaluation) -> String {
    let mut out = String::new();
    evaluation.output.iter().for_each(|y| {
        let _ = writeln!(out, "{y}");
    });
    for row in evaluation.gradient.iter().flatten() {
        let row: Vec<_> = row.iter().map(Rational::to_string).collect();
        let _ = writeln!(out, "gradient {}", row.join(" "));
    }
    for [layer, unit] in evaluation.kinks.iter().flatten() {
        let _ = writeln!(out, "kink layer {layer} unit {unit}");
    }
    for layer in evaluation.pattern.iter().flatten() {
        let layer: Vec<_> = layer.iter().map(usize::to_string).collect();
        let _ = writeln!(out, "pattern {}", layer.join(" "));
    }
    out
}

/// Reads `1/2,0,3`.
fn point(text: &str) -> Result<Vec<Rational>, CliError> {
    let entry = |(i, text): (usize, &str)| {
        text.trim().parse().map_err(|_| CliError::Entry { place: i + 1, found: text.to_owned() })
    };
    text.split(',').enumerate().map(entry).collect()
}
