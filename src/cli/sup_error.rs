//! The command `error`: bounds of the distance between a network and a function.

use super::error::CliError;
use super::exit::Exit;
use super::files;
use super::interrupt;
use super::network::Source;
use super::parse_box::{ends, place, sides};
use super::pool::{Crew, Threads};
use crate::approximate::{
    Expression, Goal, Progress, Standing, SupError, Supremum, list, sup_error, supremum,
};
use crate::exact::Rational;
use crate::net::{InputBox, Network};
use crate::report::plural;
use clap::value_parser;
use serde::Serialize;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::{Duration, Instant};

/// Arguments of `error`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The network, which writes one number
    #[command(flatten)]
    pub source: Source,
    /// The function of its inputs
    #[arg(long = "f", value_name = "EXPR", allow_hyphen_values = true)]
    pub function: String,
    /// Where: LO,HI for every side or a pair for each, or [LO,HI]^N, or [LO,HI]x[LO,HI]; the box
    /// that the file names if not given
    #[arg(long = "box", value_name = "BOX", allow_hyphen_values = true)]
    pub sides: Option<String>,
    /// Ask only whether the distance is at most E; exit code 2 if it is more
    #[arg(long = "eps", value_name = "E")]
    pub within: Option<Rational>,
    /// Digits after the point, for a piecewise polynomial function of one variable
    #[arg(long, value_name = "N", default_value_t = 9, conflicts_with = "certify",
          value_parser = value_parser!(u32).range(1..=1000))]
    pub digits: u32,
    /// Stop when N boxes were looked at
    #[arg(long, value_name = "N", default_value_t = 1_000_000,
          value_parser = value_parser!(u64).range(1..))]
    pub limit: u64,
    /// Stop after T seconds
    #[arg(long, value_name = "T")]
    pub time: Option<u64>,
    /// Write a certificate of both bounds to a file, for `crease-recheck`
    #[arg(long, value_name = "FILE")]
    pub certify: Option<PathBuf>,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

/// The grammar of functions.
pub const FUNCTIONS: &str = "\
Functions:
  --f \"abs(x1) + exp(-x1^2 - 2*x2^2)\"
  --f \"1/(1 + |x|^2)\"        |x|^2 is the sum of the squares of all inputs
  --f \"max(x, 3/7)^(1/2)\"    x is x1 where there is one input

  + - * / and ^ with a number; numbers such as 2, 0.25 and 3/7, and pi; x1, x2, ..; |x|^2;
  abs relu sqrt exp log sin cos of one argument, max min of two or more

Both bounds are proved: the upper one by enclosures on parts of the box, the lower one at the point.
Without --eps, work goes on until they are within two percent of each other. Where f is made of
+ - * / and powers, abs, relu, max and min of one variable, roots of polynomials are isolated
instead: the distance is exact if it is a fraction, else known to any number of digits. A
certificate is of the bounds by parts.";

/// A distance, as JSON prints it.
#[derive(Serialize)]
struct Report<'a> {
    network: &'a str,
    function: String,
    #[serde(rename = "box")]
    domain: Vec<[Rational; 2]>,
    upper: Option<&'a Rational>,
    lower: &'a Rational,
    point: &'a [Rational],
    /// With `--eps`: whether the distance is at most that; `None` if that is not known.
    #[serde(skip_serializing_if = "Option::is_none")]
    within: Option<Option<bool>>,
    complete: bool,
    boxes: u64,
}

impl Report<'_> {
    fn print(&self) -> Result<(), CliError> {
        files::print(files::json(self))
    }
}

/// The distance by roots of polynomials, where that is possible and no certificate is asked.
fn exactly(
    args: &Args,
    function: &Expression,
    network: &Network,
    domain: &InputBox,
) -> Option<Supremum> {
    let is_possible = args.certify.is_none()
        && network.input().units() == 1
        && network.output().units() == 1
        && domain.lo() < domain.hi();
    if !is_possible {
        return None;
    }
    // Ten bits make three digits; the others are for the size of the function, and there are more
    // for one that is steeper.
    let bits = args.digits * 10 / 3 + 64;
    let least = Rational::integer(10).pow(-(args.digits as i32));
    let settled = |found: &Supremum| &found.upper - &found.lower <= least;
    let found =
        [1, 4, 16].into_iter().map(|times| supremum(function, network, domain, times * bits));
    found.take_while(Option::is_some).flatten().find(settled)
}

/// A distance that is known to the digits asked for, or exactly, in one line.
fn closed(args: &Args, domain: &InputBox, found: &Supremum) -> String {
    let (on, Supremum { lower, upper, point }) = (place(domain), found);
    if lower == upper {
        return format!("sup |f - net| on {on} is exactly {lower}, at x = ({point})\n");
    }
    let [most, least] =
        [(upper, true), (lower, false)].map(|(x, is_up)| digits(x, is_up, args.digits));
    format!("sup |f - net| on {on} is at most {most}, at least {least} at x = ({point})\n")
}

/// Bounds the distance, prints the bounds and writes the certificate if one is asked.
pub fn distance(args: &Args) -> Result<Exit, CliError> {
    let file = args.source.read()?;
    let dimension = file.network.input().units();
    let function = expression(&args.function, dimension)?;
    let domain = match (&args.sides, &file.domain) {
        (Some(text), _) => sides(text, Some(dimension))?,
        (None, Some(own)) => own.clone(),
        (None, None) => {
            let what = "the file names no box; say which with --box".to_owned();
            return Err(CliError::file(&args.source.network, what));
        }
    };
    let exact = exactly(args, &function, &file.network, &domain);
    let proved = match &exact {
        Some(_) => None,
        None => {
            let (within, time) = (args.within.clone(), args.time.map(Duration::from_secs));
            let goal = Goal { within, limit: args.limit, ..Goal::default() };
            measured(&function, &file.network, &domain, &goal, time)?
        }
    };
    if let (Some(path), Some(found)) = (&args.certify, &proved) {
        certify(path, found, &function, &file.network, &domain)?;
    }
    let (text, upper, lower, point, boxes, complete) = match (&exact, &proved) {
        (Some(found), _) => {
            let Supremum { lower, upper, point } = found;
            let point = std::slice::from_ref(point);
            (closed(args, &domain, found), Some(upper), lower, point, 0, true)
        }
        (None, Some(found)) => {
            let SupError { upper, lower, point, boxes, is_complete, .. } = found;
            (line(found, &domain), upper.as_ref(), lower, &point[..], *boxes, *is_complete)
        }
        (None, None) => {
            eprintln!("stopped before there was a bound");
            return Ok(Exit::Stopped);
        }
    };
    let within = args.within.as_ref().map(|within| verdict(upper, lower, within));
    if args.json {
        let (network, function, domain) = (&file.name, function.to_string(), ends(&domain));
        let report =
            Report { network, function, domain, upper, lower, point, within, complete, boxes };
        report.print()?;
    } else {
        files::print(text)?;
        if proved.is_some() {
            let early = if complete { "" } else { "; stopped early" };
            eprintln!("{}{early}", plural(boxes as usize, "box"));
        }
    }
    Ok(match within {
        _ if !complete => Exit::Stopped,
        Some(Some(false)) => Exit::NotAsClaimed,
        _ => Exit::AsClaimed,
    })
}

/// The distance, as far as it is known after this time or an interrupt; `None` if not at all. The
/// goal's `stop` is not looked at.
pub fn measured(
    function: &Expression,
    network: &Network,
    domain: &InputBox,
    goal: &Goal<'_>,
    time: Option<Duration>,
) -> Result<Option<SupError>, CliError> {
    interrupt::watch("stopping");
    let crew = Crew::new(Threads::ONE, time)?;
    let (f, net, sides) = (function.clone(), network.clone(), domain.clone());
    let (goal_within, tolerance) = (goal.within.clone(), goal.tolerance.clone());
    let (limit, is_hasty) = (goal.limit, goal.is_hasty);
    let told = Arc::new(Progress::default());
    let seen = told.clone();
    let job = move |stop: &AtomicBool| {
        let (stop, progress) = (Some(stop), Some(&*told));
        let within = goal_within;
        sup_error(&f, &net, &sides, &Goal { within, tolerance, limit, is_hasty, stop, progress })
    };
    let found = crew.one_shown(job, Instant::now(), || standing(&seen.standing()))?;
    Ok(found.transpose()?)
}

/// What is known so far, in words.
fn standing(known: &Standing) -> String {
    let least = decimal(&known.lower, false);
    match (known.boxes, &known.upper) {
        (0, _) => "folding the network".to_owned(),
        (boxes, Some(upper)) => {
            let boxes = plural(boxes as usize, "box");
            format!("{boxes}: between {least} and {}", decimal(upper, true))
        }
        (boxes, None) => {
            format!("{}: at least {least}, not bounded yet", plural(boxes as usize, "box"))
        }
    }
}

/// Writes the certificate of a distance to a file.
pub fn certify(
    path: &Path,
    found: &SupError,
    function: &Expression,
    network: &Network,
    domain: &InputBox,
) -> Result<(), CliError> {
    let mut out = files::create(path)?;
    found
        .write_certificate(function, network, domain, "approximation/error", &mut out)
        .and_then(|()| out.finish())
        .map_err(CliError::at(path))
}

/// Reads a function of `dimension` variables.
pub fn expression(text: &str, dimension: usize) -> Result<Expression, CliError> {
    Expression::parse(text, dimension).map_err(|error| CliError::function(text, error))
}

/// Whether a distance between these bounds is at most this.
fn verdict(upper: Option<&Rational>, lower: &Rational, within: &Rational) -> Option<bool> {
    match upper {
        Some(upper) if upper <= within => Some(true),
        _ if lower > within => Some(false),
        _ => None,
    }
}

/// The bounds in one line: `sup |f - net| on [-1, 1]^2 is at most .., at least .. at x = (..)`; of
/// work that stopped early, `.. is between .., at x = (..), and ..`.
pub fn line(found: &SupError, domain: &InputBox) -> String {
    match &found.upper {
        Some(upper) if !found.is_complete => {
            let (least, most) = (decimal(&found.lower, false), decimal(upper, true));
            let (on, at) = (place(domain), list(&found.point));
            format!("sup |f - net| on {on} is between {least}, at x = ({at}), and {most}\n")
        }
        upper => bounds(domain, upper.as_ref(), &found.lower, &found.point) + "\n",
    }
}

/// An upper bound, a lower one and its point in words, without an end of line.
pub fn bounds(
    domain: &InputBox,
    upper: Option<&Rational>,
    lower: &Rational,
    point: &[Rational],
) -> String {
    let most = match upper {
        Some(upper) => format!("at most {}", decimal(upper, true)),
        None => "not known to be bounded".to_owned(),
    };
    let (least, point) = (decimal(lower, false), list(point));
    format!("sup |f - net| on {} is {most}, at least {least} at x = ({point})", place(domain))
}

/// A number that is not negative, with nine digits after the point, rounded up or down.
pub fn decimal(x: &Rational, is_up: bool) -> String {
    digits(x, is_up, 9)
}

/// The same with `count` digits after the point.
fn digits(x: &Rational, is_up: bool, count: u32) -> String {
    let all = fixed(x, is_up, count);
    all.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// The same with zeros at the end, for `count > 0`.
pub fn fixed(x: &Rational, is_up: bool, count: u32) -> String {
    let scaled = x * Rational::integer(10).pow(count as i32);
    let scaled = if is_up { scaled.ceil() } else { scaled.floor() };
    let digits = format!("{:0>1$}", scaled.to_string(), count as usize + 1);
    let (whole, part) = digits.split_at(digits.len() - count as usize);
    format!("{whole}.{part}")
}
