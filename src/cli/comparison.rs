//! Pictures of a function beside a network, and of errors over parameters.

use super::domain_args::Placed;
use super::error::CliError;
use super::files;
use super::law::Law;
use super::plot::{self, drawable, outline, usual, window};
use super::sup_error::{bounds, decimal, expression, measured};
use crate::approximate::{Expression, Goal, Sampler, SupError, SupErrorError};
use crate::exact::Rational;
use crate::exact::float::nearest;
use crate::net::{InputBox, Network};
use crate::report::picture::{Chart, Curve, Field, Graphs, Pen, Samples, Series, Words};
use crate::report::plural;
use std::path::Path;
use std::time::Duration;

/// Points along an axis: of a curve, and of a plane.
const ALONG: usize = 480;
const ACROSS: usize = 72;
/// How long the distance is bounded, for a picture.
const PATIENCE: Duration = Duration::from_secs(10);

/// Draws the network of the command line beside a function; what was drawn, in words.
pub fn plot(args: &plot::Args, text: &str) -> Result<String, CliError> {
    let Placed { file, area, .. } = args.place.read()?;
    let dimension = area.dimension;
    if dimension > 2 {
        let what = format!("a picture has 1 or 2 dimensions, found {dimension}");
        return Err(CliError::file(&args.place.source.network, what));
    }
    let sides = area.sides.unwrap_or_else(|| usual(false, dimension));
    let refused = |what: String| CliError::file(&args.place.source.network, what);
    let domain = window(&sides).map_err(refused)?;
    let f = expression(text, dimension)?;
    let goal = Goal { limit: 20_000, ..Goal::default() };
    let found = measured(&f, &file.network, &domain, &goal, Some(PATIENCE))?;
    let svg = match dimension {
        1 => graphs(&f, &file.network, &domain, found.as_ref(), args)?.svg(),
        _ => field(&f, &file.network, &domain, found.as_ref(), &args.place.source.network)?.svg(),
    };
    files::write(&args.out, &svg)?;
    let out = args.out.display();
    Ok(match found {
        Some(found) => {
            let line = bounds(&domain, found.upper.as_ref(), &found.lower, &found.point);
            format!("{out}: {line}\n")
        }
        None => format!("{out}: stopped before there was a bound\n"),
    })
}

/// The values of the function and of the network at a point, to more digits than ink can show.
/// Errors: no value there, or one that cannot be drawn.
fn values(
    sampler: &Sampler<'_>,
    point: Vec<Rational>,
    path: &Path,
) -> Result<[Rational; 2], CliError> {
    let found = sampler.at(&point).map_err(|error| SupErrorError::Undefined { point, error });
    let values = found?.map(|value| (value.lo() + value.hi()) / Rational::integer(2));
    let check = |value| drawable([value, value], "values");
    match values.iter().try_for_each(check) {
        Ok(()) => Ok(values),
        Err(what) => Err(CliError::file(path, what)),
    }
}

/// The point `k` of `steps` steps along a side.
fn step(domain: &InputBox, side: usize, k: usize, steps: usize) -> Rational {
    let (lo, hi) = (&domain.lo()[side], &domain.hi()[side]);
    lo + (hi - lo) * Rational::from(k) / Rational::from(steps)
}

/// `f = ..`, as much of it as fits a heading.
fn title(f: &Expression) -> String {
    let text = f.to_string();
    let short: String = text.chars().take(72).collect();
    format!("f = {short}{}", if short == text { "" } else { " .." })
}

fn graphs(
    f: &Expression,
    network: &Network,
    domain: &InputBox,
    found: Option<&SupError>,
    args: &plot::Args,
) -> Result<Graphs, CliError> {
    let sampler = Sampler::new(f, network, domain)?;
    let outline = outline(network, domain, &args.place.source.network)?;
    let mut ends: Vec<Rational> =
        outline.vertices.into_iter().flatten().map(|mut vertex| vertex.swap_remove(0)).collect();
    ends.sort();
    ends.dedup();
    let mut places: Vec<_> = (0..=ALONG).map(|k| step(domain, 0, k, ALONG)).collect();
    places.extend(ends.iter().cloned());
    places.sort();
    places.dedup();
    let [mut of_f, mut of_net, mut gaps] = [const { Vec::new() }; 3];
    for x in &places {
        let [value, net] = values(&sampler, vec![x.clone()], &args.place.source.network)?;
        let at = nearest(x);
        gaps.push([at, nearest(&(&value - &net))]);
        of_f.push([at, nearest(&value)]);
        of_net.push([at, nearest(&net)]);
    }
    let mut levels = Vec::new();
    if let Some(found) = found {
        let upper = found.upper.as_ref();
        levels.extend(upper.map(|x| (nearest(x), format!("at most {}", decimal(x, true)))));
        let least = decimal(&found.lower, false);
        levels.push((nearest(&found.lower), format!("at least {least}")));
    }
    let curve = |label: &str, points| Curve { label: label.to_owned(), points };
    let legend = vec![
        plural(ends.len().saturating_sub(1), "linear piece"),
        plural(network.parameter_count(), "parameter"),
    ];
    let inner = ends.iter().skip(1).take(ends.len().saturating_sub(2));
    Ok(Graphs {
        words: Words { title: title(f), axes: ["x".to_owned(), "value".to_owned()], legend },
        range: [nearest(&domain.lo()[0]), nearest(&domain.hi()[0])],
        curves: vec![curve("f", of_f), curve("network", of_net)],
        difference: curve("f - network", gaps),
        levels,
        breakpoints: inner.map(nearest).collect(),
    })
}

fn field(
    f: &Expression,
    network: &Network,
    domain: &InputBox,
    found: Option<&SupError>,
    path: &Path,
) -> Result<Field, CliError> {
    let sampler = Sampler::new(f, network, domain)?;
    let [mut of_f, mut of_net] = [const { Vec::new() }; 2];
    for row in 0..=ACROSS {
        for column in 0..=ACROSS {
            let point = vec![step(domain, 0, column, ACROSS), step(domain, 1, row, ACROSS)];
            let [value, net] = values(&sampler, point, path)?;
            of_f.push(nearest(&value));
            of_net.push(nearest(&net));
        }
    }
    let samples = |values| Samples { columns: ACROSS + 1, values };
    let mut legend = vec!["f - network".to_owned()];
    if let Some(found) = found {
        let most = found.upper.as_ref().map_or("not bounded".to_owned(), |x| decimal(x, true));
        let least = decimal(&found.lower, false);
        legend.push(format!("sup |f - network|: at most {most},"));
        legend.push(format!("at least {least}, attained at the cross"));
    }
    let mark = found.map(|found| [0, 1].map(|i: usize| nearest(&found.point[i])));
    Ok(Field {
        words: Words { title: title(f), axes: ["x1".to_owned(), "x2".to_owned()], legend },
        ranges: [0, 1].map(|i: usize| [nearest(&domain.lo()[i]), nearest(&domain.hi()[i])]),
        functions: [("f".to_owned(), samples(of_f)), ("network".to_owned(), samples(of_net))],
        mark,
    })
}

/// A network as a picture of rates shows it: parameters, and both bounds of its error.
pub type Measured = (usize, Option<Rational>, Rational);

/// Writes the picture of what was measured, from the largest error to the least.
pub fn rates(path: &Path, f: &Expression, law: Law, measured: &[Measured]) -> Result<(), CliError> {
    let d = nearest(&Rational::from(f.dimension()));
    let count = |n: usize| nearest(&Rational::from(n));
    let bound = |bound: &dyn Fn(&Measured) -> Option<Rational>| -> Vec<_> {
        let positive = |one: &Measured| bound(one).filter(Rational::is_positive);
        let place = |one: &Measured| Some([count(one.0), nearest(&positive(one)?)]);
        measured.iter().filter_map(place).collect()
    };
    let upper = bound(&|one| one.1.clone());
    let lower = bound(&|one| Some(one.2.clone()));
    let [first, last] = match (upper.first(), upper.last()) {
        (Some(first), Some(last)) if first != last => [*first, *last],
        _ => {
            let what = "expected two networks with bounded errors, for a line".to_owned();
            return Err(CliError::file(path, what));
        }
    };
    let part = |k: usize| count(k) / count(40);
    let between = |axis: usize, k: usize| first[axis] * (last[axis] / first[axis]).powf(part(k));
    let (label, points): (_, Vec<_>) = match law {
        Law::Ridges | Law::Form => {
            let size = |k: usize| match law {
                Law::Form => between(0, k).recip(),
                _ => between(0, k).ln().sqrt() * between(0, k).powf(-0.5 - d.recip()),
            };
            let scale = first[1] / size(0);
            let points = (0..=40).map(|k| [between(0, k), scale * size(k)]).collect();
            let exponent = format!("log(P)^(1/2) P^(-1/2-1/{})", f.dimension());
            (if law == Law::Form { "c / P".to_owned() } else { format!("c {exponent}") }, points)
        }
        Law::Radial => {
            let needed = |k: usize| d.powf(1.5) / between(1, k).sqrt() + between(1, k).recip();
            let scale = first[0] / needed(0);
            let points = (0..=40).map(|k| [scale * needed(k), between(1, k)]).collect();
            (format!("P = c ({}^(3/2) e^(-1/2) + 1/e)", f.dimension()), points)
        }
    };
    let series = |label: &str, points: Vec<[_; 2]>, pen| {
        // The products tell what kind of numbers these are, and change none.
        let log = |x| count(1).mul_add(x, count(0)).log2();
        let points = points.into_iter().map(|place| place.map(log)).collect();
        Series { label: label.to_owned(), points, pen }
    };
    let all = [
        series("error at most", upper, Pen::Dotted),
        series("attained at least", lower, Pen::Dotted),
        series(&label, points, Pen::Dashed),
    ];
    let range = |axis: usize| {
        let places = all.iter().flat_map(|one| one.points.iter().map(move |place| place[axis]));
        let start = all[0].points[0][axis];
        let [lo, hi] = places.fold([start; 2], |[lo, hi], x| [lo.min(x), hi.max(x)]);
        [lo.floor(), hi.ceil()]
    };
    let picture = Chart {
        words: Words {
            title: title(f),
            axes: ["parameters P".to_owned(), "error e, certified".to_owned()],
            legend: vec!["c drawn through the first dot".to_owned()],
        },
        ranges: [range(0), range(1)],
        bases: [Some(2); 2],
        zones: Vec::new(),
        series: all.to_vec(),
    };
    files::write(path, picture.svg())
}
