//! The command `eval`: a network at points, exactly.

use super::error::CliError;
use super::files;
use super::network::Source;
use super::slice;
use crate::exact::Rational;
use crate::format::file::NetworkFile;
use crate::properties::pattern_beside;
use serde::Serialize;
use std::fmt::Write;

/// What `eval` says at a kink.
pub const KINKS: &str = "\
At a kink:
  A unit is at a kink where its activation changes slope, or where a max-pool has several greatest
  entries. Each is printed as `kink layer L unit U`, counted from one; layers are the lines of
  --pattern, units their entries.
  The gradient is then that on the cell which x - (e, e^2, .., e^n) enters for small e > 0: a step
  down along the first input, then along the second, and so on; with one input it is the derivative
  from the left. It is exact, and it is the gradient of the network wherever that has one.
  The pattern is that at the point itself: the left piece of every unit, the first greatest entry.";

/// Arguments of `eval`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The network
    #[command(flatten)]
    source: Source,
    /// The point: exact numbers with commas between, such as 1/2,0,3
    #[arg(
        long,
        value_name = "POINT",
        allow_hyphen_values = true,
        required_unless_present = "points",
        conflicts_with = "points"
    )]
    at: Option<String>,
    /// Points of a points file, all of them or those named: an answer for each, with its name
    #[arg(long, value_name = "FILE[#NAME,NAME,..]")]
    points: Option<String>,
    /// Print the derivative of each output too; where units are at a kink, that on the cell
    /// just below the point, and these units
    #[arg(long)]
    gradient: bool,
    /// Print the activation pattern too
    #[arg(long)]
    pattern: bool,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

#[derive(Serialize)]
struct Evaluation {
    network: String,
    /// The name of a point that has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    point: Option<String>,
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

/// The network of the file at the points, as text: in JSON one object a line.
pub fn eval(args: &Args) -> Result<String, CliError> {
    let file = args.source.read()?;
    let points: Vec<(Option<String>, Vec<Rational>)> = match (&args.at, &args.points) {
        (_, Some(points)) => {
            let points = slice::points(points)?.into_iter();
            points.map(|point| (Some(point.name), point.at)).collect()
        }
        (at, None) => vec![(None, point("--at", at.as_deref().unwrap_or_default())?)],
    };
    let mut out = String::new();
    for (name, at) in points {
        let evaluation = evaluated(args, &file, name, at)?;
        if args.json {
            out += &files::json(&evaluation);
        } else {
            out += &lines(&evaluation);
        }
    }
    Ok(out)
}

fn evaluated(
    args: &Args,
    file: &NetworkFile,
    point: Option<String>,
    at: Vec<Rational>,
) -> Result<Evaluation, CliError> {
    let network = &file.network;
    let expected = network.input().units();
    if at.len() != expected {
        let from = point.map_or("--at".to_owned(), |name| format!("the point \"{name}\""));
        let what = format!("the network takes {expected} numbers, {from} gives {}", at.len());
        return Err(CliError::file(&args.source.network, what));
    }
    let beside = args.gradient.then(|| {
        let (pattern, kinks) = pattern_beside(network, &at);
        let matrix = network.affine_on(&pattern).matrix;
        let rows = (0..matrix.rows()).map(|row| matrix.row(row).to_vec()).collect();
        (rows, kinks.iter().map(|kink| [kink.list + 1, kink.unit + 1]).collect())
    });
    let (gradient, kinks) = beside.unzip();
    Ok(Evaluation {
        network: file.name.clone(),
        point,
        output: network.eval(&at),
        gradient,
        kinks,
        pattern: args.pattern.then(|| network.pattern(&at).layers),
        at,
    })
}

/// The outputs, one a line, then what else was asked, a row a line.
fn lines(evaluation: &Evaluation) -> String {
    let mut out = String::new();
    evaluation.point.iter().for_each(|name| {
        let _ = writeln!(out, "point {name}");
    });
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

/// Reads `1/2,0,3`, the text of this option.
pub fn point(option: &str, text: &str) -> Result<Vec<Rational>, CliError> {
    let entry = |(i, text): (usize, &str)| {
        let what = || format!("expected a number such as -3/7, 12 or 0.5, found \"{text}\"");
        let refused = |_| CliError::argument(format!("{option}, entry {}", i + 1), what());
        text.trim().parse().map_err(refused)
    };
    text.split(',').enumerate().map(entry).collect()
}
