//! The pictures of `experiment --out`: the width needed, beside that of the theorem.

use super::error::CliError;
use super::files;
use crate::analysis::enclosure;
#[cfg(feature = "site")]
use crate::counting::Sliding;
use crate::exact::Rational;
use crate::exact::float::nearest;
#[cfg(feature = "site")]
use crate::experiment::width::widths;
use crate::experiment::width::{Answer, Question, Verdict, WidthRow, theorem};
use crate::report::picture::{Chart, Pen, Series, Words};
#[cfg(feature = "site")]
use crate::report::site::Figure;
use crate::train::coverage::Family;
use std::path::Path;

/// Writes the pictures into the folder, which is made if it is not there.
pub fn write(folder: &Path, table: &[WidthRow], answers: &[Answer]) -> Result<(), CliError> {
    files::make(folder)?;
    files::write(&folder.join("law-by-points.svg"), law_by_points(table, answers).svg())?;
    files::write(&folder.join("width-by-points.svg"), width_by_points(table, answers).svg())?;
    files::write(&folder.join("width-by-risk.svg"), width_by_risk(answers).svg())?;
    files::write(&folder.join("distance-by-width.svg"), distance_by_width(answers).svg())
}

/// The charts of what is known exactly, without a trial.
#[cfg(feature = "site")]
pub fn exact() -> Vec<Figure> {
    let table = widths();
    let said = |chart: &Chart| {
        let names = chart.series.iter().filter(|one| !one.points.is_empty());
        names.map(|one| one.label.as_str()).collect::<Vec<_>>().join("; ")
    };
    let figure = |mut chart: Chart| {
        chart.series.retain(|one| !one.points.is_empty());
        let [across, up] = &chart.words.axes;
        Figure {
            title: chart.words.title.clone(),
            description: format!("The {up} over {across}. Shown: {}.", said(&chart)),
            svg: chart.svg(),
            is_small: false,
        }
    };
    let widths = [law_by_points(&table, &[]), width_by_points(&table, &[]), width_by_risk(&[])];
    widths.into_iter().chain([attained_on_strips()]).map(figure).collect()
}

/// How much of the published count of regions is attained, by the length of a strip.
#[cfg(feature = "site")]
fn attained_on_strips() -> Chart {
    let share = |columns: usize| {
        let windows = Sliding::new([3, columns], 1, [2, 2], [1, 1]).ok()?;
        let published = Rational::from(windows.published_within(2, 1, 1 << 20)?);
        let maximum = Rational::from(windows.strip_maximum(2)?);
        Some([columns.into(), maximum / published])
    };
    let shares = (3..=30).map_while(share);
    let title = "How much of the published count of regions is attained";
    let legend = ["three rows, two filters", "of 2x2, stride one"];
    chart(
        Words {
            title: title.to_owned(),
            axes: ["columns", "maximum / published count"].map(str::to_owned),
            legend: legend.map(str::to_owned).into(),
        },
        [range(0, 31), [Rational::new(4, 5), Rational::ONE]],
        [None; 2],
        vec![series("maximum", Pen::Dotted, shares)],
    )
}

fn series(label: &str, pen: Pen, points: impl Iterator<Item = [Rational; 2]>) -> Series {
    let points = points.map(|point| point.map(|t| nearest(&t))).collect();
    Series { label: label.to_owned(), points, pen }
}

fn words(title: &str, across: &str, legend: &[&str]) -> Words {
    Words {
        title: title.to_owned(),
        axes: [across.to_owned(), "width m".to_owned()],
        legend: legend.iter().map(|&line| line.to_owned()).collect(),
    }
}

fn range(lo: i64, hi: i64) -> [Rational; 2] {
    [lo, hi].map(Rational::integer)
}

fn chart(
    words: Words,
    ranges: [[Rational; 2]; 2],
    bases: [Option<u32>; 2],
    series: Vec<Series>,
) -> Chart {
    let ranges = ranges.map(|range| range.map(|t| nearest(&t)));
    Chart { words, ranges, bases, zones: Vec::new(), series }
}

/// The rows at fixed margin in which success nine times in ten was confirmed: points and width.
fn confirmed(answers: &[Answer]) -> impl Iterator<Item = [u32; 2]> {
    let confirmed = answers.iter().filter(|answer| answer.verdict == Verdict::Confirmed);
    confirmed.filter_map(|answer| match answer.row.question {
        Question::Learns { points, .. } => Some([points, answer.row.units]),
        _ => None,
    })
}

const POINTS: &str = "points n";

/// The exact law between its bounds, on an axis where it can be read.
fn law_by_points(table: &[WidthRow], answers: &[Answer]) -> Chart {
    let over = |label, pen, width: fn(&WidthRow) -> u32| {
        let place = |row: &WidthRow| [log(&row.points.into(), 2), width(row).into()];
        series(label, pen, table.iter().map(place))
    };
    let tested = confirmed(answers).map(|[n, m]| [log(&n.into(), 2), m.into()]);
    chart(
        words(
            "Width for success nine times in ten: the exact law",
            POINTS,
            &["orthonormal points,", "half of each label"],
        ),
        [range(0, 21), range(0, 60)],
        [Some(2), None],
        vec![
            over("exact law", Pen::Dotted, |row| row.least),
            over("sufficient: log(n/δ) / log(4/3)", Pen::Dashed, |row| row.sufficient),
            over("necessary, by a bound", Pen::Dashed, |row| row.necessary),
            series("fixed margin: tested", Pen::Points, tested),
        ],
    )
}

/// The exact law beside what the theorem asks for.
fn width_by_points(table: &[WidthRow], answers: &[Answer]) -> Chart {
    let over = |label, pen, width: &dyn Fn(&WidthRow) -> Rational| {
        let place = |row: &WidthRow| [log(&row.points.into(), 2), log(&width(row), 10)];
        series(label, pen, table.iter().map(place))
    };
    let tested = confirmed(answers).map(|[n, m]| [log(&n.into(), 2), log(&m.into(), 10)]);
    let cones = |row: &WidthRow| theorem(row.points, cone_margin(), Rational::new(1, 10));
    chart(
        words(
            "Width for success nine times in ten, beside the theorem",
            POINTS,
            &["risk 1/10, failure 1/10"],
        ),
        [range(0, 21), range(0, 34)],
        [Some(2), Some(10)],
        vec![
            over("orthonormal: exact law", Pen::Dotted, &|row| row.least.into()),
            over("orthonormal: theorem", Pen::Solid, &|row| row.theorem.clone()),
            series("fixed margin: tested", Pen::Points, tested),
            over("fixed margin: theorem", Pen::Dashed, &|row| cones(row).width().lo().clone()),
        ],
    )
}

/// The square of 0.2934, a margin of the cones.
fn cone_margin() -> Rational {
    Rational::new(1467, 5000).pow(2)
}

/// Widths over the inverse of the risk, on the square of exclusive or and the cones around it.
fn width_by_risk(answers: &[Answer]) -> Chart {
    let goals = [2u32, 5, 10, 20, 50, 100, 1000];
    let square = Family::XorSquare.least_width(&Rational::new(1, 10));
    let over = |label, pen, width: &dyn Fn(u32) -> Rational| {
        let place = |&goal: &u32| [log(&goal.into(), 10), log(&width(goal), 10)];
        series(label, pen, goals.iter().map(place))
    };
    let learnt = answers.iter().filter_map(|answer| match answer.row.question {
        Question::Learns { points: 64, goal, .. }
            if answer.row.units == 32 && answer.tally.successes == answer.row.trials =>
        {
            Some([log(&goal.into(), 10), log(&answer.row.units.into(), 10)])
        }
        _ => None,
    });
    let asked = |goal: u32| {
        let demand = theorem(4, Rational::new(1, 8), Rational::from(goal).recip());
        demand.width().lo().clone()
    };
    chart(
        words(
            "Width for success nine times in ten, by the risk asked for",
            "1 / risk",
            &["square of exclusive or,", "failure 1/10"],
        ),
        [range(0, 3), range(0, 12)],
        [Some(10), Some(10)],
        vec![
            over("square: exact law", Pen::Dotted, &|_| square.into()),
            over("square: theorem", Pen::Solid, &asked),
            series("cones: all of 20 seeds", Pen::Points, learnt),
        ],
    )
}

/// How far the layers of deep networks moved, times the root of the width: flat if the theory of
/// small balls speaks of these widths.
fn distance_by_width(answers: &[Answer]) -> Chart {
    let over = |depth: u32| {
        let moved = answers.iter().filter(|answer| answer.tally.trials > 0);
        let mut places: Vec<_> = moved
            .filter(|answer| match answer.row.question {
                Question::Deep { layers, points: 8, goal: 10 } | Question::Scales { layers } => {
                    layers == depth
                }
                _ => false,
            })
            .map(|answer| {
                let mean = &answer.tally.moved / Rational::from(answer.tally.trials);
                let root = enclosure::sqrt(&mean, 40).expect("a square is not negative");
                [log(&answer.row.units.into(), 2), root.lo().clone()]
            })
            .collect();
        places.sort();
        series(&format!("{depth} layers"), Pen::Dotted, places.into_iter())
    };
    let title = "Deep networks: how far the layer moved that moved farthest";
    let legend = ["root mean square,", "8 points in cones,", "risk 1/10"];
    chart(
        Words {
            title: title.to_owned(),
            axes: ["width m", "√m times the distance"].map(str::to_owned),
            legend: legend.map(str::to_owned).into(),
        },
        [range(2, 8), range(0, 8)],
        [Some(2), None],
        [2, 3, 4].map(over).into(),
    )
}

/// The logarithm, to more digits than ink can show.
fn log(x: &Rational, base: i64) -> Rational {
    let ln = |x: &Rational| enclosure::ln(x, 40).expect("the number is positive").lo().clone();
    ln(x) / ln(&Rational::integer(base))
}
