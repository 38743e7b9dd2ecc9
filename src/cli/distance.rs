//! How far a network is from a function, in words.

use super::args;
use super::crew::{Crew, News};
use super::error::CliError;
use super::exit::Exit;
use super::files;
use super::interrupt;
use super::sides::{place, sides};
use crate::approximate::{Expression, Goal, SupError, sup_error};
use crate::exact::Rational;
use crate::net::{InputBox, Network};
use serde::Serialize;
use std::path::Path;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

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

/// Bounds the distance, prints the bounds and writes the certificate if one is asked.
pub fn distance(args: &args::Distance) -> Result<Exit, CliError> {
    let file = args.source.read()?;
    let dimension = file.network.input().units();
    let function = expression(&args.function, dimension)?;
    let domain = match (&args.sides, &file.domain) {
        (Some(text), _) => sides(text, Some(dimension))?,
        (None, Some(own)) => own.clone(),
        (None, None) => {
            let what = "the file names no box; say which with --box".to_owned();
            return Err(CliError::Content { path: args.source.network.clone(), what });
        }
    };
    let (within, time) = (args.within.clone(), args.time.map(Duration::from_secs));
    let goal = Goal { within, limit: args.limit, ..Goal::default() };
    let Some(found) = measured(&function, &file.network, &domain, &goal, time)? else {
        eprintln!("stopped before there was a bound");
        return Ok(Exit::Stopped);
    };
    if let Some(path) = &args.certify {
        certify(path, &found, &function, &file.network, &domain)?;
    }
    let verdict = args.within.as_ref().map(|within| verdict(&found, within));
    if args.json {
        let ends = domain.lo().iter().cloned().zip(domain.hi().iter().cloned());
        let report = Report {
            network: &file.name,
            function: function.to_string(),
            domain: ends.map(Into::into).collect(),
            upper: found.upper.as_ref(),
            lower: &found.lower,
            point: &found.point,
            within: verdict,
            complete: found.is_complete,
            boxes: found.boxes,
        };
        let json = serde_json::to_string(&report).expect("numbers are strings, keys are words");
        files::print(json + "\n")?;
    } else {
        files::print(line(&found, &domain))?;
        eprintln!(
            "{} box{}{}",
            found.boxes,
            if found.boxes == 1 { "" } else { "es" },
            if found.is_complete { "" } else { "; stopped early" }
        );
    }
    Ok(match verdict {
        _ if !found.is_complete => Exit::Stopped,
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
    let crew = Crew::new(1, time)?;
    let (f, net, sides) = (function.clone(), network.clone(), domain.clone());
    let (within, tolerance, limit) = (goal.within.clone(), goal.tolerance.clone(), goal.limit);
    let job = move |stop: &AtomicBool| {
        sup_error(&f, &net, &sides, &Goal { within, tolerance, limit, stop: Some(stop) })
    };
    let mut found = None;
    crew.work([job], |news| {
        if let News::Done(_, done) = news {
            found = Some(done);
        }
        Ok(())
    })?;
    Ok(found.transpose()?)
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
        .map_err(|error| CliError::File { path: path.to_owned(), error })
}

/// Reads a function of so many variables.
pub fn expression(text: &str, dimension: usize) -> Result<Expression, CliError> {
    Expression::parse(text, dimension)
        .map_err(|error| CliError::Expression { text: text.to_owned(), error })
}

/// Whether the distance is at most this.
fn verdict(found: &SupError, within: &Rational) -> Option<bool> {
    match &found.upper {
        Some(upper) if upper <= within => Some(true),
        _ if found.lower > *within => Some(false),
        _ => None,
    }
}

/// The bounds in one line: `sup |f - net| on [-1, 1]^2 is at most .., at least .. at x = (..)`.
pub fn line(found: &SupError, domain: &InputBox) -> String {
    bounds(domain, found.upper.as_ref(), &found.lower, &found.point) + "\n"
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
    let point: Vec<_> = point.iter().map(Rational::to_string).collect();
    let (least, point) = (decimal(lower, false), point.join(", "));
    format!("sup |f - net| on {} is {most}, at least {least} at x = ({point})", place(domain))
}

/// A number that is not negative, with nine digits after the point, rounded up or down.
pub fn decimal(x: &Rational, is_up: bool) -> String {
    let scaled = x * Rational::integer(1_000_000_000);
    let scaled = if is_up { scaled.ceil() } else { scaled.floor() };
    let digits = format!("{:0>10}", scaled.to_string());
    let (whole, part) = digits.split_at(digits.len() - 9);
    let part = part.trim_end_matches('0');
    if part.is_empty() { whole.to_owned() } else { format!("{whole}.{part}") }
}
