//! What a fit of one input found: in words, as JSON, as files.

use super::error::CliError;
use super::fit::{Args, Skip, Value, only, shown, stated};
use super::{files, network};
use crate::analysis::enclosure::Enclosure;
use crate::exact::Rational;
use crate::format::file::{MAX_NUMBERS, NetworkFile};
use crate::report::plural;
use crate::spline::ridge;
use crate::spline::univariate::{
    Data, DecayedFit, Fit, Interpolation, Knots, Penalised, VectorInterpolation, certificate,
    network_of,
};
use serde::Serialize;
use std::fmt::Write;
use std::io::Write as _;

/// Knots that are printed as text.
const PRINTED: usize = 12;

/// Points of a fit without a skip connection that has a certificate, since the checker compares the
/// dual function with one at every pair; and of several outputs, since digits pile up.
const SHORT: usize = 1000;
/// The claim that a certificate without a skip connection names.
const UNSKIPPED_CLAIM: &str = "sparsity/cost_without_skip";

/// What things are called in answers and pictures.
#[derive(Clone)]
pub struct Names {
    /// The data file.
    pub title: String,
    /// Input and output.
    pub axes: [String; 2],
}

/// A fit and what is known about it.
pub struct Found {
    /// Of the data.
    pub names: Names,
    /// What was fitted.
    pub problem: Problem,
    /// Rows of the file.
    pub rows: usize,
    /// The least cost.
    pub value: Enclosure,
    /// One for each output, with common knots.
    pub fit: Vec<Knots>,
    /// The knots.
    pub at: Vec<Rational>,
    /// Whether it is the only one of least cost, where that is decided.
    pub unique: Option<bool>,
    /// The fewest knots of one of least cost, where that is decided.
    pub sparsest: Option<usize>,
}

/// What was fitted.
pub enum Problem {
    /// One output, through the data.
    Interpolate(Data, Skip),
    /// One output, through the data, with biases that decay.
    Decayed(Data, DecayedFit),
    /// Several outputs.
    Several(VectorInterpolation),
    /// One output, near the data.
    Penalise(Penalised, Fit),
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
    #[serde(skip_serializing_if = "Option::is_none")]
    biases: Option<&'static str>,
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
            Problem::Interpolate(data, _) | Problem::Decayed(data, _) => data.len(),
            Problem::Several(problem) => problem.x().len(),
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
            data: &self.names.title,
            points: self.points(),
            rows: self.rows,
            inputs: 1,
            outputs: self.fit.len(),
            lambda: self.lambda(),
            skip: if skip { "none" } else { "free" },
            biases: matches!(self.problem, Problem::Decayed(..)).then_some("decayed"),
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
            Problem::Decayed(..) => "the least cost with decayed biases through",
            Problem::Several(..) => "the least sum of |jump| through",
            Problem::Penalise(..) => "the least half squared error + lambda TV2 near",
        };
        let _ = writeln!(out, "{what} {points} of {} {}", self.names.title, stated(&self.value));
        let knots = plural(self.at.len(), "knot");
        let least = self.sparsest.map_or(String::new(), |fewest| match fewest == self.at.len() {
            true => ", which is the fewest possible".to_owned(),
            false => format!(" ({fewest} are the fewest)"),
        });
        let _ = writeln!(out, "this one has {knots}{least}; {}", only(self.unique));
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
            let note = Some(format!("crease fit of {}", self.names.title));
            let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            let file = NetworkFile { name, network, domain: None, note, truth: None };
            eprint!("{}", network::write(path, &file, false)?);
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
            Problem::Several(problem) => {
                if args.sparsest {
                    return refused("of several outputs it proves the cost, not --sparsest");
                }
                if self.points() > SHORT {
                    return refused("of several outputs it is for 1000 points at most");
                }
                certificate::several(problem, &self.fit, &mut text)
            }
            Problem::Interpolate(data, Skip::None) => {
                if data.len() > SHORT {
                    return refused("with --skip none it is for 1000 points at most");
                }
                if args.sparsest {
                    return refused("with --skip none it proves the cost, not --sparsest");
                }
                let Some(value) = self.value.value() else {
                    return refused("the least cost is too long a number for a certificate");
                };
                let problem = Interpolation::new(data);
                let (question, fit) = ridge::unskipped(&problem, &self.fit[0], value);
                let text = ridge::certificate(&question, &fit, UNSKIPPED_CLAIM);
                let text =
                    text.map_err(|error| CliError::argument("--certify", error.to_string()))?;
                return Ok(out.write_all(text.as_bytes()));
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
            Problem::Decayed(data, found) => {
                if data.len() > SHORT {
                    return refused("with --biases decayed it is for 1000 points at most");
                }
                certificate::decayed(data, found, &mut text)
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
            Problem::Several(problem) => {
                several(&self.names, problem.x(), problem.outputs(), &self.fit)
            }
            Problem::Decayed(data, found) => {
                let (names, fit, fitted) = (&self.names, &found.fit, None);
                Picture { names, data, fitted, fit, knows_all: false }.chart()
            }
            Problem::Interpolate(data, skip) => {
                let (names, fit) = (&self.names, &self.fit[0]);
                // Where a slope costs something and decides, other fits are as good.
                let is_variation =
                    |value: &Rational| Interpolation::new(data).least().value() == Some(value);
                let knows_all = *skip == Skip::Free || self.value.value().is_some_and(is_variation);
                Picture { names, data, fitted: None, fit, knows_all }.chart()
            }
            Problem::Penalise(problem, fit) => {
                let data = problem.data();
                let (names, knows_all) = (&self.names, fit.is_exact);
                let (fitted, fit) = (Some(&fit.values[..]), &self.fit[0]);
                Picture { names, data, fitted, fit, knows_all }.chart()
            }
        }
    }
}
