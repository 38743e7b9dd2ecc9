//! Fits of several inputs.

use super::error::CliError;
use super::fit::{self, Args};
use super::{files, network};
use crate::exact::Rational;
use crate::format::file::NetworkFile;
use crate::format::table::Table;
use crate::report::plural;
use crate::spline::ridge::{self, Data, Fit, FitError, Norm, Question, Skip};
use serde::Serialize;
use std::fmt::Write;
use std::io::Write as _;

/// A fit and what was asked.
pub struct Found {
    name: String,
    question: Question,
    /// Different points.
    points: usize,
    fit: Fit,
}

/// The fit. `None` once `stop` says so.
pub fn solve(
    args: &Args,
    table: Table,
    penalty: Option<Rational>,
    stop: &dyn Fn() -> bool,
) -> Result<Option<Found>, CliError> {
    let refuse = |option: &str, what: &str| Err(CliError::argument(option, what));
    // With one input a slope costs something, or the fits of one input would be asked.
    let has_one = table.inputs == 1;
    if args.sparsest {
        let what = match has_one {
            true => "expected a free affine part, or no --lambda; here leave it out",
            false => "offered for one input; with several the least cost is fitted",
        };
        return refuse("--sparsest", what);
    }
    if args.norm == fit::Norm::L2 && !has_one && table.outputs > 1 {
        return refuse(
            "--norm l2",
            "built for one output; with several ask for --norm l1 or --norm linf, whose least cost \
             lies between two close bounds",
        );
    }
    if args.norm == fit::Norm::L2 && table.inputs > 2 {
        return refuse(
            "--norm l2",
            "built for one and two inputs; with more ask for --norm l1 or --norm linf, whose least \
             cost is exact",
        );
    }
    #[cfg(feature = "plot")]
    for (option, path) in [("--plot", &args.plot), ("--path", &args.path)] {
        if path.is_some() {
            let what = match has_one {
                true => "expected a free affine part, or no --lambda; `crease plot` draws --out",
                false => "offered for one input; `crease plot` draws networks of two",
            };
            return refuse(option, what);
        }
    }
    let (mut points, mut outputs) = (Vec::new(), vec![Vec::new(); table.outputs]);
    let mut numbers = table.numbers.into_iter();
    while let Some(first) = numbers.next() {
        let rest = numbers.by_ref().take(table.inputs - 1);
        points.push([first].into_iter().chain(rest).collect());
        for (output, y) in outputs.iter_mut().zip(numbers.by_ref()) {
            output.push(y);
        }
    }
    let data = Data::of_outputs(points, &outputs).map_err(|error| args.data_error(error))?;
    let norm = match args.norm {
        // Of one weight all norms are the same, and this one is exact.
        _ if has_one => Norm::L1,
        fit::Norm::L1 => Norm::L1,
        fit::Norm::L2 => Norm::L2,
        fit::Norm::Linf => Norm::Linf,
    };
    let skip = match args.skip {
        fit::Skip::Free => Skip::Free,
        fit::Skip::None => Skip::None,
    };
    let mut different: Vec<_> = data.points().iter().collect();
    different.sort();
    different.dedup();
    let points = different.len();
    let question = Question { data, norm, penalty, skip };
    let fit = match ridge::fit(&question, &mut |_| !stop()) {
        Ok(fit) => fit,
        Err(FitError::Stopped { .. }) if stop() => return Ok(None),
        // By the lines of the file, which a reader sees.
        Err(FitError::Contradiction(i, j)) => {
            let what = format!(
                "lines {} and {} have the same inputs and different values: no function goes \
                 through both (with --lambda the fit goes near them)",
                table.lines[i - 1],
                table.lines[j - 1]
            );
            return Err(args.data_error(what));
        }
        Err(error) => return Err(args.data_error(error)),
    };
    let name = args.data.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    Ok(Some(Found { name, question, points, fit }))
}

/// The answer, as JSON prints it.
#[derive(Serialize)]
struct Report<'a> {
    data: &'a str,
    points: usize,
    rows: usize,
    inputs: usize,
    outputs: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    lambda: Option<&'a Rational>,
    norm: &'static str,
    skip: &'static str,
    value: fit::Value,
    units: usize,
    /// Of all fits of least cost the only one; null where that is not decided.
    unique: Option<bool>,
}

impl Found {
    /// The answer as a line of JSON.
    pub fn json(&self) -> String {
        let report = Report {
            data: &self.name,
            points: self.points,
            rows: self.question.data.points().len(),
            inputs: self.question.data.dimension(),
            outputs: self.question.data.outputs(),
            lambda: self.question.penalty.as_ref(),
            norm: self.question.norm.name(),
            skip: if self.question.skip == Skip::None { "none" } else { "free" },
            value: fit::Value::of(&self.fit.value),
            units: self.fit.network.units.len(),
            unique: self.fit.unique,
        };
        serde_json::to_string(&report).expect("numbers are strings, keys are words") + "\n"
    }

    /// The answer in words.
    pub fn text(&self) -> String {
        let mut out = String::new();
        let value = fit::stated(&self.fit.value);
        let what = match self.question.penalty {
            None => "cost of a network through",
            Some(_) => "half squared error + lambda cost of a network near",
        };
        let mut inputs = plural(self.question.data.dimension(), "input");
        if self.question.data.outputs() > 1 {
            let _ = write!(inputs, ", {}", plural(self.question.data.outputs(), "output"));
        }
        let points = plural(self.points, "point");
        let norm = self.question.norm.name();
        let _ =
            writeln!(out, "the least {norm} {what} {points} of {} ({inputs}) {value}", self.name);
        let units = plural(self.fit.network.units.len(), "unit");
        let _ = writeln!(out, "this one has {units}; {}", fit::only(self.fit.unique));
        out
    }

    /// Writes the network and the certificate, where they are asked for.
    pub fn write_files(&self, args: &Args) -> Result<(), CliError> {
        if let Some(path) = &args.out {
            let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            let note = Some(format!("crease fit of {}", self.name));
            let network = self.fit.network.network();
            let file = NetworkFile { name, network, domain: None, note, truth: None };
            eprint!("{}", network::write(path, &file, false)?);
        }
        if let Some(path) = &args.certify {
            let text = ridge::certificate(&self.question, &self.fit, CLAIM);
            let text = text.map_err(|error| CliError::argument("--certify", error.to_string()))?;
            let mut out = files::create(path)?;
            let written = out.write_all(text.as_bytes());
            written.and_then(|()| out.finish()).map_err(CliError::at(path))?;
        }
        Ok(())
    }
}

/// The claim that certificates of fits name.
const CLAIM: &str = "sparsity/least_cost_is_a_linear_program";
