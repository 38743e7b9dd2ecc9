//! A conjecture as the file of a claim.

use super::super::error::CliError;
use super::answer::stacked_of;
use super::found::Case;
use super::statement::Statement;
use crate::claim::Relation;
use crate::exact::Rational;
use crate::generators::Span;
use crate::generators::layer_chains::Filters;
use crate::generators::stacks::{Layers, Shapes};
use std::path::Path;

/// The id that the path of a claim file says: its folder and its name. Errors: no folder, or a name
/// that no module can have.
pub fn id(path: &Path) -> Result<String, CliError> {
    let is_name = |name: &str| {
        let mut letters = name.chars();
        letters.next().is_some_and(|c| c.is_ascii_lowercase())
            && letters.all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
    };
    let full = std::path::absolute(path).map_err(CliError::at(path))?;
    let family = full.parent().and_then(Path::file_name).map(|name| name.to_string_lossy());
    let name = full.file_stem().map(|name| name.to_string_lossy());
    match (family, name) {
        (Some(family), Some(name))
            if is_name(&family)
                && is_name(&name)
                && path.extension().is_some_and(|e| e == "rs") =>
        {
            Ok(format!("{family}/{name}"))
        }
        _ => {
            let what = "expected FAMILY/NAME.rs, both of small letters, digits and _";
            Err(CliError::argument(format!("--write {}", path.display()), what))
        }
    }
}

/// The claim: the statement on networks of these shapes, with two twins, one of which the closest
/// case refutes.
pub fn text(
    id: &str,
    path: &Path,
    statement: &Statement,
    shapes: &Shapes,
    closest: &Case,
) -> Result<String, CliError> {
    let is_own = path.components().any(|part| part.as_os_str() == "catalogue");
    let prelude = if is_own { "crate" } else { "crease" };
    let (text, left) = (quoted(statement.text), quoted(statement.left));
    let words = of(statement.relation);
    let step = closest.finding.slack().abs() + Rational::ONE;
    let nearer = match statement.relation {
        Relation::AtMost | Relation::Below => format!("right - {}", number(&step)),
        Relation::AtLeast | Relation::Above | Relation::Equal => {
            format!("right + {}", number(&step))
        }
    };
    let opposite = match statement.relation {
        Relation::AtMost => "above(LEFT, left, right)",
        Relation::Below => "at_least(LEFT, left, right)",
        Relation::AtLeast => "below(LEFT, left, right)",
        Relation::Above => "at_most(LEFT, left, right)",
        Relation::Equal => "at_least(LEFT, (left - right).abs(), 1)",
    };
    let card = fitting(
        4 + "card: ,".len(),
        format!("conjecture!({}, {text})", quoted(id)),
        format!("conjecture!(\n        {},\n        {text}\n    )", quoted(id)),
    );
    let (shapes, network) = (shapes_text(shapes), network_text(closest)?);
    Ok(format!(
        "//! A conjecture that was typed on one line.

use {prelude}::catalogue::prelude::*;

/// The statement, as `crease conjecture` reads it.
const STATEMENT: &str = {text};
const LEFT: &str = {left};

pub(super) static CLAIM: Claim<Stacked> = Claim {{
    card: {card},
    statement: STATEMENT,
    cases: || Cases::of(networks(&shapes().measured().expect(\"the shapes fit\"))),
    hypotheses: &[],
    conclusion: |case| {{
        let [left, right] = sides(STATEMENT, case).map_err(Undecided)?;
        {words}(LEFT, left, right)
    }},
    twins: &[
        twin(\"closer by one than the closest case\", |case: &Stacked| {{
            let [left, right] = sides(STATEMENT, case).map_err(Undecided)?;
            {words}(LEFT, left, {nearer})
        }})
        .because(\"the closest case that was found is farther\")
        .drawing(|| Cases::listed([closest()])),
        twin(\"the opposite\", |case: &Stacked| {{
            let [left, right] = sides(STATEMENT, case).map_err(Undecided)?;
            {opposite}
        }})
        .because(\"it is false wherever the statement is true\"),
    ],
    well_formed: |case| shapes().check(case),
}};

/// What the statement speaks of: channels, height and width, and the layers.
fn shapes() -> Shapes {{
{shapes}}}

/// The closest case that was found.
fn closest() -> Stacked {{
{network}}}
"
    )
    .replace(
        "prelude::*;\n",
        &format!(
            "prelude::*;\nuse {prelude}::generators::layer_chains::Stacked;\n\
             use {prelude}::generators::quantities::sides;\n\
             use {prelude}::generators::stacks::{{Layers, Shapes, networks, written}};\n"
        ),
    ))
}

/// The function that claims a relation.
fn of(relation: Relation) -> &'static str {
    match relation {
        Relation::AtMost => "at_most",
        Relation::AtLeast => "at_least",
        Relation::Equal => "equal",
        Relation::Below => "below",
        Relation::Above => "above",
    }
}

fn quoted(text: &str) -> String {
    format!("{text:?}")
}

fn number(x: &Rational) -> String {
    match x.small_parts() {
        Some((n, 1)) => format!("Rational::integer({n})"),
        Some((p, q)) => format!("Rational::new({p}, {q})"),
        None => format!("\"{x}\".parse::<Rational>().expect(\"a number\")"),
    }
}

fn spans(all: &[Span]) -> String {
    let span = |span: &Span| format!("{}..={}", span.start(), span.end());
    format!("[{}]", all.iter().map(span).collect::<Vec<_>>().join(", "))
}

/// The text on one line if it fits there after so many columns, or the other one.
fn fitting(columns: usize, one: String, other: String) -> String {
    if columns + one.chars().count() <= COLUMNS { one } else { other }
}

/// Columns of a line.
const COLUMNS: usize = 100;

fn shapes_text(shapes: &Shapes) -> String {
    let layer = |Layers { filter, stride, units }: &Layers| {
        let filter = match filter {
            Some(filter) => format!("Some({})", spans(filter)),
            None => "None".to_owned(),
        };
        let units = format!("{}..={}", units.start(), units.end());
        format!("Layers {{ filter: {filter}, stride: {}, units: {units} }}", spans(stride))
    };
    let layers: Vec<_> = shapes.layers.iter().map(layer).collect();
    let layers = fitting(
        4,
        format!("let layers = vec![{}];", layers.join(", ")),
        format!("let layers = vec![\n        {},\n    ];", layers.join(",\n        ")),
    );
    let input = spans(&shapes.input);
    format!("    let input = {input};\n    {layers}\n    Shapes {{ input, layers }}\n")
}

fn network_text(closest: &Case) -> Result<String, CliError> {
    let case = stacked_of(&closest.case)?;
    let numbers = |row: &[Rational]| {
        let words = row.iter().map(Rational::to_string).collect::<Vec<_>>();
        quoted(&words.join(" "))
    };
    let layer = |Filters { size, stride, weights, biases }: &Filters| {
        let rows: Vec<_> = weights.iter().map(|row| numbers(row)).collect();
        let biases = numbers(biases);
        fitting(
            12,
            format!("({size:?}, {stride}, &[{}], {biases})", rows.join(", ")),
            format!(
                "(\n                {size:?},\n                {stride},\n                \
                 &[\n                    {},\n                ],\n                \
                 {biases},\n            )",
                rows.join(",\n                    ")
            ),
        )
    };
    let layers: Vec<_> = case.layers.iter().map(layer).collect();
    let input = case.input;
    let one = match layers.iter().any(|layer| layer.contains('\n')) {
        true => "\n".repeat(COLUMNS),
        false => format!("written({input:?}, &[{}])", layers.join(", ")),
    };
    let lines = layers.join(",\n            ");
    let other = format!(
        "written(\n        {input:?},\n        &[\n            {lines},\n        ],\n    )"
    );
    Ok(format!("    {}\n", fitting(4, one, other)))
}
