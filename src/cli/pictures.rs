//! Pictures of an experiment: the width needed, beside the width that a theorem asks for.

use super::error::CliError;
use super::files;
use crate::exact::Rational;
use crate::exact::enclosure;
use crate::exact::float::nearest;
use crate::experiment::width::{Answer, Question, Verdict, WidthRow, theorem};
use crate::report::picture::{Curve, Line, Words};
use crate::train::coverage::Family;
use std::path::Path;

/// Writes both pictures into the folder, which is made if it is not there.
pub fn write(folder: &Path, table: &[WidthRow], answers: &[Answer]) -> Result<(), CliError> {
    std::fs::create_dir_all(folder)
        .map_err(|error| CliError::File { path: folder.to_owned(), error })?;
    files::write(&folder.join("width-by-points.svg"), &by_points(table, answers).svg())?;
    files::write(&folder.join("width-by-risk.svg"), &by_risk(answers).svg())
}

/// The place of a point in a curve: logarithms to this base along, and to ten upwards.
macro_rules! at {
    ($x:expr, $base:expr, $y:expr) => {
        [nearest(&log($x, $base)), nearest(&log($y, 10))]
    };
}

/// Widths over the number of points.
fn by_points(table: &[WidthRow], answers: &[Answer]) -> Line {
    let over = |label: &str, width: &dyn Fn(&WidthRow) -> Rational| Curve {
        label: label.to_owned(),
        points: table.iter().map(|row| at!(&row.points.into(), 2, &width(row))).collect(),
    };
    let tested = answers.iter().filter(|answer| answer.verdict == Verdict::Confirmed);
    let tested = tested.filter_map(|answer| match answer.row.question {
        Question::Learns { points, .. } => Some(at!(&points.into(), 2, &answer.row.units.into())),
        _ => None,
    });
    Line {
        words: Words {
            title: "Width that gradient descent needs, by the number of points".to_owned(),
            axes: ["points, binary logarithm".to_owned(), "width, decimal logarithm".to_owned()],
            legend: vec!["success nine times in ten".to_owned()],
        },
        range: [nearest(&Rational::ZERO), nearest(&Rational::integer(20))],
        curves: vec![
            over("orthonormal: exact law", &|row| row.least.into()),
            over("necessary, by a bound", &|row| row.necessary.into()),
            over("sufficient, by a bound", &|row| row.sufficient.into()),
            over("theorem, at least", &|row| row.theorem.clone()),
            Curve { label: "fixed margin: tested".to_owned(), points: tested.collect() },
        ],
        breakpoints: Vec::new(),
        marks: Vec::new(),
    }
}

/// Widths over the inverse of the risk, on the square of exclusive or and the cones around it.
fn by_risk(answers: &[Answer]) -> Line {
    let goals = [2u32, 5, 10, 20, 50, 100, 1000];
    let square = Family::XorSquare.least_width(&Rational::new(1, 10));
    let over = |label: &str, width: &dyn Fn(u32) -> Rational| Curve {
        label: label.to_owned(),
        points: goals.iter().map(|&goal| at!(&goal.into(), 10, &width(goal))).collect(),
    };
    let learnt = answers.iter().filter_map(|answer| match answer.row.question {
        Question::Learns { points: 64, goal, .. }
            if answer.row.units == 32 && answer.tally.successes == answer.row.trials =>
        {
            Some(at!(&goal.into(), 10, &answer.row.units.into()))
        }
        _ => None,
    });
    let asked = |goal: u32| {
        let demand = theorem(4, Rational::new(1, 8), Rational::from(goal).recip());
        demand.width().lo().clone()
    };
    Line {
        words: Words {
            title: "Width that gradient descent needs, by the risk asked for".to_owned(),
            axes: ["1/risk, decimal logarithm".to_owned(), "width, decimal logarithm".to_owned()],
            legend: vec!["the square of exclusive or".to_owned()],
        },
        range: [nearest(&Rational::ZERO), nearest(&Rational::integer(3))],
        curves: vec![
            over("exact law, nine in ten", &|_| square.into()),
            over("theorem", &asked),
            Curve { label: "cones: every seed".to_owned(), points: learnt.collect() },
        ],
        breakpoints: Vec::new(),
        marks: Vec::new(),
    }
}

/// The logarithm, to more digits than ink can show.
fn log(x: &Rational, base: i64) -> Rational {
    let ln = |x: &Rational| enclosure::ln(x, 40).expect("the number is positive").lo().clone();
    ln(x) / ln(&Rational::integer(base))
}
