//! Exact numbers and cases in one line; what is left out is counted.

use crate::claim::{Finding, Relation};
use crate::exact::Rational;

/// Digits of a number that are printed in full.
const DIGITS: usize = 24;
/// Digits that are kept at either end of a longer one.
const KEPT: usize = 8;

/// A number; of a long run of digits only both ends, with the count of those left out between.
pub fn number(value: &Rational) -> String {
    elide(&value.to_string())
}

/// A count with its noun: `1 box`, `2 boxes`.
pub fn plural(count: usize, noun: &str) -> String {
    let end = match noun {
        _ if count == 1 => "",
        _ if noun.ends_with('x') => "es",
        _ => "s",
    };
    format!("{count} {noun}{end}")
}

/// Both sides of a finding with the relation that is true of them: a refuted `12 <= 10` reads
/// `12 > 10`.
pub fn comparison(finding: &Finding) -> String {
    let relation = match (finding.relation, finding.holds()) {
        (Relation::AtMost, true) | (Relation::Above, false) => "≤",
        (Relation::AtLeast, true) | (Relation::Below, false) => "≥",
        (Relation::Below, true) | (Relation::AtLeast, false) => "<",
        (Relation::Above, true) | (Relation::AtMost, false) => ">",
        (Relation::Equal, true) => "=",
        (Relation::Equal, false) => "≠",
    };
    format!("{} {} {relation} {}", finding.quantity, number(&finding.found), number(&finding.bound))
}

/// A case, given as TOML, in one line of at most `limit` characters and a remark on the rest.
pub fn case(toml: &str, limit: usize) -> String {
    let line = match toml.parse::<toml::Table>() {
        Ok(table) => entries(&table),
        // Every case was written by this crate; should one not parse, its text is still the truth.
        Err(_) => toml.split_whitespace().collect::<Vec<_>>().join(" "),
    };
    let length = line.chars().count();
    if length <= limit {
        return line;
    }
    let kept: String = line.chars().take(limit).collect();
    format!("{} … {} more characters", kept.trim_end(), length - limit)
}

fn entries(table: &toml::Table) -> String {
    let entry = |(key, value): (&String, &toml::Value)| format!("{key} = {}", inline(value));
    table.iter().map(entry).collect::<Vec<_>>().join(", ")
}

fn inline(value: &toml::Value) -> String {
    match value {
        // Numbers are strings in a case, to stay exact; a reader does not need the quotes.
        toml::Value::String(text) if text.parse::<Rational>().is_ok() => elide(text),
        toml::Value::Array(items) => {
            format!("[{}]", items.iter().map(inline).collect::<Vec<_>>().join(", "))
        }
        toml::Value::Table(table) => format!("{{{}}}", entries(table)),
        other => other.to_string(),
    }
}

fn elide(text: &str) -> String {
    let mut short = String::new();
    let mut rest = text;
    while let Some(start) = rest.find(|c: char| c.is_ascii_digit()) {
        let (before, digits) = rest.split_at(start);
        let end = digits.find(|c: char| !c.is_ascii_digit()).unwrap_or(digits.len());
        let (run, after) = digits.split_at(end);
        short.push_str(before);
        if run.len() > DIGITS {
            let left_out = run.len() - 2 * KEPT;
            let (head, tail) = (&run[..KEPT], &run[run.len() - KEPT..]);
            short.push_str(&format!("{head}…{left_out} digits…{tail}"));
        } else {
            short.push_str(run);
        }
        rest = after;
    }
    short + rest
}
