//! Certificates of the kind `robust`, as text. `proofs/FORMAT.md` says what each line means.

use super::Question;
use super::cell::Witness;
use super::domain::Norm;
use super::pass::Multipliers;
use super::search::Step;
use crate::exact::Rational;
use std::fmt::Write as _;
use std::io::{self, Write};

/// Writes what follows the values of the network up to the line `proof`.
pub fn statement(
    question: &Question,
    outputs: &[usize],
    lower: Option<&Rational>,
    upper: Option<&Witness>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let words =
        |numbers: &[Rational]| -> String { numbers.iter().map(|x| format!(" {x}")).collect() };
    let outputs: String = outputs.iter().map(|i| format!(" {i}")).collect();
    writeln!(out, "outputs{outputs}")?;
    writeln!(out, "point{}", words(&question.point))?;
    writeln!(out, "label {}", question.label)?;
    writeln!(out, "norm {}", question.norm)?;
    match lower {
        Some(lower) => writeln!(out, "lower {lower}")?,
        None => writeln!(out, "lower infinite")?,
    }
    match upper {
        None => writeln!(out, "upper none")?,
        Some(upper) => {
            writeln!(out, "upper {}", upper.distance)?;
            writeln!(out, "other {}", upper.other)?;
            writeln!(out, "witness{}", words(&upper.point))?;
        }
    }
    writeln!(out, "proof")
}

/// One line of the proof.
pub fn line(step: &Step<'_>, norm: Norm) -> String {
    let mut line = match step {
        Step::Bound { unit, is_lower, value, .. } => {
            let letter = if *is_lower { 'L' } else { 'U' };
            format!("{letter} {unit} {} {}", value.numerator(), value.denominator())
        }
        Step::Other(other) => return format!("O {other}\n"),
        Step::Split { unit, on_first } => {
            return format!("{} {unit}\n", if *on_first { 'P' } else { 'N' });
        }
        Step::Empty => return "E\n".to_owned(),
        Step::Leaf(_) => "R".to_owned(),
    };
    if let Step::Bound { multipliers, .. } | Step::Leaf(multipliers) = step {
        push(&mut line, multipliers, norm);
    }
    line.push('\n');
    line
}

fn push(line: &mut String, multipliers: &Multipliers, norm: Norm) {
    for row in &multipliers.rows {
        let _ = write!(line, " {}", row.abs());
    }
    if norm == Norm::L2 {
        let pull = &multipliers.pull;
        let _ = write!(line, " {} {}", pull.numerator(), pull.denominator());
    }
    for (unit, factor) in &multipliers.units {
        let _ = write!(line, " {unit} {factor}");
    }
}
