//! Fits of one input.

use super::error::CliError;
use super::fit::{Args, Skip, Value, shown};
use super::sup_error::decimal;
use super::{files, network};
use crate::analysis::enclosure::Enclosure;
use crate::exact::Rational;
use crate::format::file::{MAX_NUMBERS, NetworkFile};
use crate::format::table::Table;
use crate::report::plural;
use crate::spline::univariate::{
    Data, Fit, Interpolation, Knots, Penalised, VectorInterpolation, certificate, network_of,
};
use serde::Serialize;
use std::fmt::Write;
use std::io::Write as _;

/// Up to so many points the penalised optimum is exact; beyond, it is enclosed.
const EXACT_POINTS: usize = 300;
/// Knots that are printed as text.
const PRINTED: usize = 12;

/// Rows of one input, by increasing input.
pub struct Line {
    x: Vec<Rational>,
    /// For each row its outputs.
    rows: Vec<Vec<Rational>>,
    lines: Vec<u64>,
    outputs: usize,
}

impl Line {
    /// The rows of a table with one input.
    pub fn new(table: Table) -> Self {
        let Table { outputs, numbers, lines, .. } = table;
        let mut x = Vec::with_capacity(lines.len());
        let mut rows = Vec::with_capacity(lines.len());
        let mut numbers = numbers.into_iter();
        while let Some(first) = numbers.next() {
            x.push(first);
            rows.push(numbers.by_ref().take(outputs).collect::<Vec<_>>());
        }
        if x.is_sorted() {
            return Self { x, rows, lines, outputs };
        }
        let mut order: Vec<usize> = (0..x.len()).collect();
        order.sort_by(|i, j| x[*i].cmp(&x[*j]));
        Self {
            x: order.iter().map(|i| std::mem::take(&mut x[*i])).collect(),
            rows: order.iter().map(|i| std::mem::take(&mut rows[*i])).collect(),
            lines: order.iter().map(|i| lines[*i]).collect(),
            outputs,
        }
    }

    /// Drops what stands twice. Errors: one input with two outputs.
    fn distinct(mut self, args: &Args) -> Result<Self, CliError> {
        if self.x.windows(2).all(|pair| pair[0] < pair[1]) {
            return Ok(self);
        }
        let mut keep = vec![true; self.x.len()];
        for i in 1..self.x.len() {
            if self.x[i - 1] != self.x[i] {
                continue;
            }
            if self.rows[i - 1] != self.rows[i] {
                let [a, b] = [i - 1, i].map(|i| (self.lines[i], values(&self.rows[i])));
                let what = format!(
                    "line {}: x = {} has the value {}, and on line {} the value {}: no function goes \
                     through both (with --lambda the fit goes near them)",
                    a.0, self.x[i], a.1, b.0, b.1
                );
                return Err(args.data_error(what));
            }
            keep[i] = false;
        }
        let mut kept = keep.iter();
        self.x.retain(|_| kept.next() == Some(&true));
        let mut kept = keep.iter();
        self.rows.retain(|_| kept.next() == Some(&true));
        Ok(self)
    }

    /// The mean of each input, how often it occurs, and half the squares lost by that.
    fn means(self) -> (Data, Vec<Rational>, Rational) {
        let (mut x, mut y, mut weights) = (Vec::new(), Vec::new(), Vec::new());
        let mut lost = Rational::ZERO;
        let mut from = 0;
        while from < self.x.len() {
            let count = self.x[from..].iter().take_while(|x| **x == self.x[from]).count();
            let group = &self.rows[from..from + count];
            let weight = Rational::from(count);
            let mean = group.iter().map(|row| &row[0]).sum::<Rational>() / &weight;
            if count > 1 {
                lost += group.iter().map(|row| (&row[0] - &mean).pow(2)).sum::<Rational>();
            }
            x.push(self.x[from].clone());
            y.push(mean);
            weights.push(weight);
            from += count;
        }
        let data = Data::new(x, y).expect("inputs are put together and in order");
        (data, weights, lost * Rational::new(1, 2))
    }
}

fn values(row: &[Rational]) -> String {
    row.iter().map(Rational::to_string).collect::<Vec<_>>().join(", ")
}

/// A fit and what is known about it.
pub struct Found {
    name: String,
    problem: Problem,
    rows: usize,
    value: Enclosure,
    /// One for each output, with common knots.
    fit: Vec<Knots>,
    at: Vec<Rational>,
    unique: Option<bool>,
    sparsest: Option<usize>,
}

/// What was fitted.
enum Problem {
    Interpolate(Data, Skip),
    Several(VectorInterpolation, Vec<Rational>),
    Penalise(Penalised, Fit),
}

/// The fit. `None` once `stop` says so.
pub fn solve(
    args: &Args,
    line: Line,
    lambda: Option<Rational>,
    stop: &dyn Fn() -> bool,
) -> Result<Option<Found>, CliError> {
    let rows = line.x.len();
    let name = args.data.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let refuse = |option: &str, what: &str| Err(CliError::argument(option, what));
    if line.outputs > 1 && (lambda.is_some() || args.skip == Skip::None) {
        let option = if lambda.is_some() { "--lambda" } else { "--skip none" };
        return refuse(option, "expected one output; fit the outputs one by one");
    }
    let Some(lambda) = lambda else {
        let Line { x, rows: values, outputs, .. } = line.distinct(args)?;
        if outputs > 1 {
            return several(name, rows, x, &values, args).map(Some);
        }
        let y = values.into_iter().map(|mut row| row.swap_remove(0)).collect();
        let data = Data::new(x, y).map_err(|error| args.data_error(error))?;
        return Ok(Some(interpolated(name, rows, data, args)));
    };
    if args.skip == Skip::None {
        return refuse("--skip none", "offered for fits that interpolate, not with --lambda");
    }
    let (data, weights, lost) = line.means();
    let problem = Penalised::new(data, weights, lambda).map_err(|error| args.data_error(error))?;
    let exact = problem.data().len() <= EXACT_POINTS;
    let fit = if exact { problem.exactly(stop) } else { problem.enclosed(stop) };
    let Some(fit) = fit else { return Ok(None) };
    let fitted = Data::new(problem.data().x().to_vec(), fit.values.clone());
    let fitted = fitted.map_err(|error| args.data_error(error))?;
    let interpolation = Interpolation::new(&fitted);
    let knots = if args.sparsest { interpolation.sparsest() } else { interpolation.chords() };
    let value = fit.objective.sum(&Enclosure::point(lost));
    Ok(Some(Found {
        name,
        rows,
        value,
        at: knots.at.clone(),
        // What is decided by signs that are only enclosed stays open.
        unique: exact.then(|| interpolation.is_unique()),
        sparsest: exact.then(|| interpolation.fewest()),
        fit: vec![knots],
        problem: Problem::Penalise(problem, fit),
    }))
}

fn interpolated(name: String, rows: usize, data: Data, args: &Args) -> Found {
    let interpolation = Interpolation::new(&data);
    let (value, knots, unique, fewest) = if args.skip == Skip::None {
        let found = interpolation.without_skip(args.sparsest);
        (found.least, found.fit, found.is_unique, found.fewest)
    } else {
        let knots = if args.sparsest { interpolation.sparsest() } else { interpolation.chords() };
        (interpolation.least(), knots, interpolation.is_unique(), interpolation.fewest())
    };
    Found {
        name,
        rows,
        value,
        at: knots.at.clone(),
        unique: Some(unique),
        sparsest: Some(fewest),
        fit: vec![knots],
        problem: Problem::Interpolate(data, args.skip),
    }
}

fn several(
    name: String,
    rows: usize,
    x: Vec<Rational>,
    values: &[Vec<Rational>],
    args: &Args,
) -> Result<Found, CliError> {
    let columns = values.first().map_or(0, Vec::len);
    let outputs = (0..columns).map(|o| values.iter().map(|row| row[o].clone()).collect()).collect();
    let problem = VectorInterpolation::new(x.clone(), outputs);
    let problem = problem.map_err(|error| args.data_error(error))?;
    let fit = problem.fit(args.sparsest);
    Ok(Found {
        name,
        rows,
        value: problem.least(),
        at: fit.at,
        fit: fit.outputs,
        unique: Some(problem.is_unique()),
        sparsest: Some(problem.fewest()),
        problem: Problem::Several(problem, x),
    })
}

/// The answer, as JSON prints it.
#[derive(Serialize)]
struct Report<'a> {
    data: &'a str,
    /// Different inputs, and rows of the file.
    points: usize,
    rows: usize,
    inputs: usize,
    outputs: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    lambda: Option<&'a Rational>,
    skip: &'static str,
    value: Value,
    knots: usize,
    /// Of all fits of least cost the only one; absent where that is not decided.
    unique: Option<bool>,
    sparsest: Option<usize>,
    at: &'a [Rational],
}

impl Found {
    fn points(&self) -> usize {
        match &self.problem {
            Problem::Interpolate(data, _) => data.len(),
            Problem::Several(_, x) => x.len(),
            Problem::Penalise(problem, _) => problem.data().len(),
        }
    }

    fn lambda(&self) -> Option<&Rational> {
        match &self.problem {
            Problem::Penalise(problem, _) => Some(problem.lambda()),
            _ => None,
        }
    }

    /// The answer as a line of JSON.
    pub fn json(&self) -> String {
        let skip = matches!(self.problem, Problem::Interpolate(_, Skip::None));
        let report = Report {
            data: &self.name,
            points: self.points(),
            rows: self.rows,
            inputs: 1,
            outputs: self.fit.len(),
            lambda: self.lambda(),
            skip: if skip { "none" } else { "free" },
            value: Value::of(&self.value),
            knots: self.at.len(),
            unique: self.unique,
            sparsest: self.sparsest,
            at: &self.at,
        };
        serde_json::to_string(&report).expect("numbers are strings, keys are words") + "\n"
    }

    /// The answer in words.
    pub fn text(&self) -> String {
        let mut out = String::new();
        let points = plural(self.points(), "point");
        let what = match &self.problem {
            Problem::Interpolate(_, Skip::Free) => "the least TV2 through",
            Problem::Interpolate(_, Skip::None) => {
                "the least cost without a skip connection through"
            }
            Problem::Several(..) => "the least sum of |jump| through",
            Problem::Penalise(..) => "the least half squared error + lambda TV2 near",
        };
        let value = match self.value.value() {
            Some(value) => format!("is {}", shown(value)),
            None => {
                let (lo, hi) = (self.value.lo(), self.value.hi());
                format!("lies between {} and {}", decimal(lo, false), decimal(hi, true))
            }
        };
        let _ = writeln!(out, "{what} {points} of {} {value}", self.name);
        let knots = plural(self.at.len(), "knot");
        let least = self.sparsest.map_or(String::new(), |fewest| match fewest == self.at.len() {
            true => ", which is the fewest possible".to_owned(),
            false => format!(" ({fewest} are the fewest)"),
        });
        let unique = match self.unique {
            Some(true) => "it is the only one",
            Some(false) => "it is not the only one",
            None => "whether it is the only one is not decided",
        };
        let _ = writeln!(out, "this one has {knots}{least}; {unique}");
        if !self.at.is_empty() && self.at.len() <= PRINTED {
            let at: Vec<_> = self.at.iter().map(shown).collect();
            let _ = writeln!(out, "at {}", at.join(", "));
        }
        out
    }

    /// Writes the network, the certificate and the picture, where they are asked for.
    pub fn write_files(&self, args: &Args) -> Result<(), CliError> {
        if let Some(path) = &args.out {
            // Two numbers a unit, and one for each output; one unit more than knots.
            let numbers = (self.at.len() + 1) * (2 + self.fit.len()) + self.fit.len();
            if numbers > MAX_NUMBERS {
                let knots = plural(self.at.len(), "knot");
                let what = format!(
                    "a network with {knots} has {numbers} numbers, a network file has at most \
                     {MAX_NUMBERS}"
                );
                return Err(CliError::file(path, what));
            }
            let functions: Vec<_> = self.fit.iter().map(Knots::function).collect();
            let network = network_of(&functions).map_err(CliError::at(path))?;
            let note = Some(format!("crease fit of {}", self.name));
            let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            let file = NetworkFile { name, network, domain: None, note, truth: None };
            network::write(path, &file)?;
        }
        if let Some(path) = &args.certify {
            let mut out = files::create(path)?;
            let written = self.certificate(args, &mut out)?;
            written.and_then(|()| out.finish()).map_err(CliError::at(path))?;
        }
        #[cfg(feature = "plot")]
        if let Some(path) = &args.plot {
            files::write(path, self.picture().svg())?;
        }
        Ok(())
    }

    fn certificate(
        &self,
        args: &Args,
        out: &mut files::Pieces,
    ) -> Result<std::io::Result<()>, CliError> {
        let refused = |what: &str| Err(CliError::argument("--certify", what));
        let mut text = Vec::new();
        let written = match &self.problem {
            Problem::Several(..) => return refused("certificates are for one output"),
            Problem::Interpolate(_, Skip::None) => {
                return refused("certificates are for --skip free");
            }
            Problem::Interpolate(data, Skip::Free) => {
                let interpolation = Interpolation::new(data);
                if args.sparsest {
                    certificate::fewest_knots(&interpolation, &self.fit[0], &mut text)
                } else if let Some(value) = self.value.value() {
                    certificate::interpolation(&interpolation, &self.fit[0], value, &mut text)
                } else {
                    return refused("the least cost is too long a number for a certificate");
                }
            }
            Problem::Penalise(problem, fit) => certificate::penalised(problem, fit, &mut text),
        };
        Ok(written.and_then(|()| out.write_all(&text)))
    }

    /// Data, fit, and the zone of all fits of least cost.
    #[cfg(feature = "plot")]
    fn picture(&self) -> crate::report::picture::Chart {
        use super::fit_picture::{Picture, several};
        match &self.problem {
            Problem::Several(problem, x) => several(&self.name, x, problem.outputs(), &self.fit),
            Problem::Interpolate(data, _) => {
                Picture { name: &self.name, data, fitted: None, fit: &self.fit[0] }.chart()
            }
            Problem::Penalise(problem, fit) => {
                let data = problem.data();
                Picture { name: &self.name, data, fitted: Some(&fit.values), fit: &self.fit[0] }
                    .chart()
            }
        }
    }
}
