//! The command `bound`: every known bound for the number of regions of a shape.

use super::error::CliError;
use super::files;
use super::shape_args::shapes;
use crate::counting::{Bound, BoundKind, Provenance, Stack, Stage, growth, survey};
use crate::exact::{Natural, Rational};
use crate::report::plural;
use serde::Serialize;
use std::fmt::Write;

/// Arguments of `bound`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The input: HEIGHTxWIDTHxCHANNELS, or a part of it
    #[arg(long, value_name = "INPUT")]
    pub input: String,
    /// A layer, first to last: HEIGHTxWIDTH:FILTERS/sSTRIDE, or a part of it
    #[arg(long = "layer", value_name = "LAYER", required = true)]
    pub layers: Vec<String>,
    /// Steps that one count may take before it is given up
    #[arg(long, value_name = "N", default_value_t = 1 << 19)]
    pub limit: usize,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

/// The grammar of shapes.
pub const SHAPES: &str = "\
Shapes:
  --input 3x3x1          height 3, width 3, one channel
  --input 3x3            the same
  --input 5              a vector: height 1, width 5
  --layer 2x2:3          three filters of height 2 and width 2, stride 1
  --layer 1x2:3/s2       with stride 2 along both axes; /s1x2 gives one for each
  --layer 4              dense: four units, each of which reads everything

A ReLU follows every layer, nothing is padded, and a filter has one bias for all its positions.
Counted are strict sign patterns of all units; every bound is about the largest number of them
over all weights and biases.";

/// What the command found, as JSON prints it; big numbers are strings.
#[derive(Serialize)]
struct Report {
    /// Height, width, channels.
    input: [usize; 3],
    layers: Vec<Layer>,
    inputs: usize,
    units: usize,
    parameters: usize,
    bounds: Vec<Row>,
    /// The best proved lower and upper bound, what says so, and each divided by the number of
    /// parameters.
    lower: Option<String>,
    upper: Option<String>,
    lower_by: Option<String>,
    upper_by: Option<String>,
    lower_per_parameter: Option<Rational>,
    upper_per_parameter: Option<Rational>,
    /// One layer: how the maximum grows with the number of filters.
    #[serde(skip_serializing_if = "Option::is_none")]
    growth: Option<Growth>,
}

/// The maximum is `words / degree! * filters^degree` and terms of lower degree.
#[derive(Serialize)]
struct Growth {
    degree: usize,
    words: String,
}

#[derive(Serialize)]
struct Layer {
    filter: [usize; 2],
    stride: [usize; 2],
    filters: usize,
    /// Height, width, channels.
    output: [usize; 3],
    units: usize,
    parameters: usize,
}

#[derive(Serialize)]
struct Row {
    side: &'static str,
    /// `None` beyond the limit.
    regions: Option<String>,
    name: &'static str,
    source: &'static str,
    known: &'static str,
    /// The claim that states it.
    #[serde(skip_serializing_if = "str::is_empty")]
    claim: &'static str,
    proved: bool,
    #[serde(skip_serializing_if = "str::is_empty")]
    note: &'static str,
}

/// The bounds for the shape on the command line, as text.
pub fn bound(args: &Args) -> Result<String, CliError> {
    let stacks = shapes(&args.input, &args.layers)?.stacks()?.stacks;
    let [stack] = &stacks[..] else {
        let what = "expected one shape, found a range of them";
        return Err(CliError::argument("--input, --layer", what));
    };
    let report = report(stack, args.limit);
    if args.json {
        return Ok(files::json(&report));
    }
    Ok(lines(&report))
}

fn report(stack: &Stack, limit: usize) -> Report {
    let bounds = survey(stack, limit);
    let proved = |side: BoundKind| {
        let of = move |bound: &&Bound| bound.side == side || bound.side == BoundKind::Exact;
        let proved = bounds.iter().filter(|bound| bound.is_proved).filter(of);
        proved.filter_map(|bound| Some((bound.value.clone()?, bound)))
    };
    // Of several that are equal, the first.
    let lowest = proved(BoundKind::Upper).min_by(|a, b| a.0.cmp(&b.0));
    let highest = proved(BoundKind::Lower).reduce(|a, b| if b.0 > a.0 { b } else { a });
    let by = |best: &Option<(Natural, &Bound)>| best.as_ref().map(|(_, bound)| said_by(bound));
    let (lower_by, upper_by) = (by(&highest), by(&lowest));
    let (lower, upper) = (highest.map(|best| best.0), lowest.map(|best| best.0));
    let parameters = stack.parameters();
    let per_parameter = |value: &Option<Natural>| {
        value.clone().map(|value| Rational::from(value) / Rational::from(parameters))
    };
    let grid = stack.stages()[0].window;
    Report {
        input: [grid.input()[0], grid.input()[1], grid.depth()],
        layers: stack.stages().iter().map(layer).collect(),
        inputs: stack.inputs(),
        units: stack.widths().iter().sum(),
        parameters,
        bounds: bounds.iter().map(row).collect(),
        lower_by,
        upper_by,
        lower_per_parameter: per_parameter(&lower),
        upper_per_parameter: per_parameter(&upper),
        lower: lower.map(|n| n.to_string()),
        upper: upper.map(|n| n.to_string()),
        growth: growth(stack, limit)
            .map(|(degree, words)| Growth { degree, words: words.to_string() }),
    }
}

/// The claim that states a bound, or its name where there is none.
fn said_by(bound: &Bound) -> String {
    if bound.claim.is_empty() { bound.name.to_owned() } else { bound.claim.to_owned() }
}

fn layer(stage: &Stage) -> Layer {
    let [height, width] = stage.window.output();
    Layer {
        filter: stage.window.filter(),
        stride: stage.window.stride(),
        filters: stage.units,
        output: [height, width, stage.units],
        units: stage.width(),
        parameters: stage.parameters(),
    }
}

fn row(bound: &Bound) -> Row {
    Row {
        side: match bound.side {
            BoundKind::Lower => "lower",
            BoundKind::Exact => "exact",
            BoundKind::Upper => "upper",
        },
        regions: bound.value.as_ref().map(Natural::to_string),
        name: bound.name,
        source: bound.source,
        known: match bound.known {
            Provenance::Quoted => "quoted",
            Provenance::Remembered => "remembered",
            Provenance::Derived => "derived",
        },
        claim: bound.claim,
        proved: bound.is_proved,
        note: bound.note,
    }
}

fn lines(report: &Report) -> String {
    let mut out = String::new();
    let [height, width, channels] = report.input;
    let _ = writeln!(out, "input {height}x{width}x{channels}: {}", plural(report.inputs, "number"));
    for (layer, number) in report.layers.iter().zip(1..) {
        let ([f1, f2], [s1, s2], [height, width, channels]) =
            (layer.filter, layer.stride, layer.output);
        let _ = writeln!(
            out,
            "layer {number}: {} {f1}x{f2}, stride {s1}x{s2}, to \
             {height}x{width}x{channels}: {}, {}",
            plural(layer.filters, "filter"),
            plural(layer.units, "unit"),
            plural(layer.parameters, "parameter")
        );
    }
    let _ = writeln!(out, "largest number of linear regions, strict sign patterns of all units:");
    let shown = |row: &Row| row.regions.as_ref().map_or("-".to_owned(), |n| short(n));
    let longest = |cell: &dyn Fn(&Row) -> usize| report.bounds.iter().map(cell).max().unwrap_or(0);
    let (digits, name) = (longest(&|row| shown(row).len()), longest(&|row| row.name.len()));
    for row in &report.bounds {
        let note = if row.note.is_empty() { String::new() } else { format!("; {}", row.note) };
        let _ = writeln!(
            out,
            "  {}  {:>digits$}  {:name$}  {} ({}){note}",
            row.side,
            shown(row),
            row.name,
            row.source,
            row.known
        );
    }
    let side = |n: &Option<String>| n.as_ref().map_or("?".to_owned(), |n| short(n));
    let _ = writeln!(
        out,
        "together: {} <= maximum <= {}, with {} parameters",
        side(&report.lower),
        side(&report.upper),
        report.parameters
    );
    let by = |name: &Option<String>| name.clone().unwrap_or_else(|| "nothing".to_owned());
    let (lower, upper) = (by(&report.lower_by), by(&report.upper_by));
    let _ = match lower == upper {
        true => writeln!(out, "by {lower}"),
        false => writeln!(out, "from below by {lower}, from above by {upper}"),
    };
    if let Some(Growth { degree, words }) = &report.growth {
        let words = short(words);
        let _ = writeln!(out, "with d filters: {words} / {degree}! * d^{degree} + lower terms");
    }
    out
}

/// A number as it is, or its first digits and how many there are.
fn short(digits: &str) -> String {
    if digits.len() <= 30 {
        return digits.to_owned();
    }
    format!("{}.. ({} digits)", &digits[..12], digits.len())
}
