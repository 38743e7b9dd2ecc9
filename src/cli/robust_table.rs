//! `robust --points`: the distances of many points, beside what gradient attacks believe.

use super::error::CliError;
use super::exit::Exit;
use super::robust::{Answered, Args, answer, label};
use super::{files, interrupt};
use crate::exact::Rational;
use crate::exact::float::nearest;
use crate::format::file::NetworkFile;
use crate::format::points::Point;
use crate::net::InputBox;
use crate::robust::attack::Believed;
use crate::robust::cell::Witness;
use crate::robust::{Asked, Norm, Question};
use serde::Serialize;
use std::fmt::Write;
use std::path::Path;
use std::sync::Arc;

/// A row of the table.
#[derive(Serialize)]
struct Row {
    name: String,
    label: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    other: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    lower: Option<Rational>,
    #[serde(skip_serializing_if = "Option::is_none")]
    upper: Option<Rational>,
    exact: bool,
    /// Nothing is closer: the margin divided by a Lipschitz constant.
    #[serde(skip_serializing_if = "Option::is_none")]
    lipschitz: Option<Rational>,
    /// What attacks believe, in doubles; lengths, for l2 too.
    #[serde(skip_serializing_if = "Option::is_none")]
    fgsm: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pgd: Option<f64>,
    /// The least lead of the label's output.
    margin: Rational,
    seconds: f64,
}

/// Asks for every point, and prints the table.
pub fn table(
    args: &Args,
    file: &NetworkFile,
    sides: Option<InputBox>,
    points: &[Point],
) -> Result<Exit, CliError> {
    let asked = Arc::new(Asked::new(&file.network));
    let inputs = file.network.input().units();
    let mut rows = Vec::with_capacity(points.len());
    for Point { name, label: stated, at } in points {
        if interrupt::seen() {
            break;
        }
        let label = label(&asked, inputs, at, *stated);
        let (point, norm) = (at.clone(), args.norm.into());
        let question = Question { point, label, norm, sides: sides.clone() };
        rows.push(row(name, &asked, answer(args, file, &asked, question)?));
    }
    let norm = args.norm.into();
    if let Some(path) = &args.picture {
        picture(path, &file.name, norm, &rows)?;
    }
    if args.json {
        files::print(rows.iter().map(files::json).collect::<String>())?;
    } else {
        files::print(text(norm, &rows))?;
    }
    let is_whole = rows.len() == points.len() && rows.iter().all(|row| row.exact);
    Ok(if is_whole { Exit::AsClaimed } else { Exit::Stopped })
}

fn row(name: &str, asked: &Asked, answered: Answered) -> Row {
    let Answered { question, answer, time } = answered;
    let ready = asked.ask(question.clone()).expect("the question was answered");
    let upper = answer.upper.as_ref();
    let is_nothing = upper.is_none_or(|upper| upper.distance.is_zero());
    let believed = match upper {
        Some(upper) if !is_nothing => ready.believed(&upper.distance),
        _ => Believed::default(),
    };
    Row {
        name: name.to_owned(),
        label: question.label,
        other: upper.map(|upper| upper.other),
        exact: answer.is_exact(),
        upper: upper.map(|upper| upper.distance.clone()),
        lower: answer.lower,
        fgsm: believed.fgsm,
        pgd: believed.pgd,
        lipschitz: ready.lipschitz_bound(),
        margin: ready.margin(),
        seconds: time.as_secs_f64(),
    }
}

/// A distance in doubles, of l2 the root of what stands for it.
fn length(norm: Norm, x: &Rational) -> f64 {
    match norm {
        Norm::L2 => nearest(x).sqrt(),
        _ => nearest(x),
    }
}

fn text(norm: Norm, rows: &[Row]) -> String {
    let mut out = String::new();
    let _ = writeln!(
        out,
        "{:<8} {:>5} {:>5} {:>10} {:>10} {:>10} {:>10} {:>10} {:>9} {:>9}",
        "point",
        "label",
        "other",
        norm.name(),
        "at least",
        "fgsm",
        "pgd",
        "lipschitz",
        "margin",
        "seconds"
    );
    for row in rows {
        let shown = |x: Option<f64>| x.map_or("-".to_owned(), |x| format!("{x:.6}"));
        let exact = |x: &Option<Rational>| shown(x.as_ref().map(|x| length(norm, x)));
        let other = row.other.map_or("-".to_owned(), |other| other.to_string());
        let lower = if row.exact { "the same".to_owned() } else { exact(&row.lower) };
        let _ = writeln!(
            out,
            "{:<8} {:>5} {:>5} {:>10} {:>10} {:>10} {:>10} {:>10} {:>9.4} {:>9.3}",
            row.name,
            row.label,
            other,
            exact(&row.upper),
            lower,
            shown(row.fgsm),
            shown(row.pgd),
            exact(&row.lipschitz),
            nearest(&row.margin),
            row.seconds
        );
    }
    let mut times: Vec<f64> = rows.iter().map(|row| row.seconds).collect();
    times.sort_by(f64::total_cmp);
    if let Some(most) = times.last() {
        let exact = rows.iter().filter(|row| row.exact).count();
        let median = times[times.len() / 2];
        let _ = writeln!(
            out,
            "{exact} of {} exact; {median:.3} s in the middle, {most:.3} s at most",
            rows.len()
        );
    }
    out
}

/// The points by their distance, and what attacks believe over it.
#[cfg(feature = "plot")]
fn picture(path: &Path, network: &str, norm: Norm, rows: &[Row]) -> Result<(), CliError> {
    use crate::report::picture::{Chart, Pen, Series, Words};
    let mut order: Vec<(f64, &Row)> =
        rows.iter().filter_map(|row| Some((length(norm, row.upper.as_ref()?), row))).collect();
    order.sort_by(|a, b| a.0.total_cmp(&b.0));
    let places = || (1..).map(f64::from).zip(&order);
    let series =
        |label: &str, pen, points: Vec<[f64; 2]>| Series { label: label.to_owned(), points, pen };
    let exact = places().map(|(i, (x, _))| [i, *x]).collect();
    let proved =
        places().filter_map(|(i, (_, row))| Some([i, length(norm, row.lipschitz.as_ref()?)]));
    let proved = proved.collect();
    let believed = |of: fn(&Row) -> Option<f64>| -> Vec<[f64; 2]> {
        places().filter_map(|(i, (_, row))| Some([i, of(row)?])).collect()
    };
    let series = vec![
        series("exact", Pen::Dotted, exact),
        series("PGD believes", Pen::Points, believed(|row| row.pgd)),
        series("FGSM believes", Pen::Points, believed(|row| row.fgsm)),
        series("Lipschitz bound", Pen::Dotted, proved),
    ];
    let most = series.iter().flat_map(|s| &s.points).map(|p| p[1]).fold(0.0, f64::max);
    let words = Words {
        title: network.to_owned(),
        axes: ["points, by distance".to_owned(), format!("{norm} distance")],
        legend: Vec::new(),
    };
    let ranges = [[0.0, order.len() as f64 + 1.0], [0.0, 1.05 * most.max(1e-6)]];
    let chart = Chart { words, ranges, bases: [None, None], zones: Vec::new(), series };
    files::write(path, chart.svg())
}

/// An image, the nearest one with another label, and the change.
#[cfg(feature = "plot")]
pub fn image(
    path: &Path,
    file: &NetworkFile,
    question: &Question,
    found: &Witness,
) -> Result<(), CliError> {
    use crate::net::Shape;
    use crate::report::picture::{Image, Images};
    let Shape::Plane([_, _, columns]) = file.network.input() else {
        let what = "only images are drawn, and the network takes none";
        return Err(CliError::file(path, what));
    };
    let near = |x: &[Rational]| x.iter().map(nearest).collect::<Vec<_>>();
    let (from, to) = (near(&question.point), near(&found.point));
    let change: Vec<f64> = from.iter().zip(&to).map(|(x, y)| y - x).collect();
    let most = change.iter().fold(0.0, |most: f64, x| most.max(x.abs()));
    let image = |label: String, values, is_change| {
        let entries = Vec::new();
        Image { label, values, entries, is_change }
    };
    let images = vec![
        image(format!("label {}", question.label), from, false),
        image(format!("a tie with label {}", found.other), to, false),
        image(format!("the change, at most {most:.4}"), change, true),
    ];
    let distance = length(question.norm, &found.distance);
    let title = format!("{}: {} distance {distance:.6}", file.name, question.norm);
    files::write(path, Images { title, columns, images }.svg())
}

#[cfg(not(feature = "plot"))]
pub fn image(path: &Path, _: &NetworkFile, _: &Question, _: &Witness) -> Result<(), CliError> {
    undrawn(path)
}

#[cfg(not(feature = "plot"))]
fn picture(path: &Path, _: &str, _: Norm, _: &[Row]) -> Result<(), CliError> {
    undrawn(path)
}

#[cfg(not(feature = "plot"))]
fn undrawn(path: &Path) -> Result<(), CliError> {
    Err(CliError::file(path, "this program was built without the feature `plot`"))
}
