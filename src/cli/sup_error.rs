//! How far a network is from a function, in words.

use super::args;
use super::count_run::PATIENCE;
use super::error::CliError;
use super::exit::Exit;
use super::files;
use super::interrupt;
use super::parse_box::{place, sides};
use super::pool::{Crew, News};
use crate::approximate::{
    Expression, Goal, Progress, Standing, SupError, Supremum, sup_error, supremum,
};
use crate::exact::Rational;
use crate::net::{InputBox, Network};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use serde::Serialize;
use std::io::{self, IsTerminal as _};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::{Duration, Instant};

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
        let json = serde_json::to_string(self).expect("numbers are strings, keys are words");
        files::print(json + "\n")
    }
}

fn ends(domain: &InputBox) -> Vec<[Rational; 2]> {
    domain.lo().iter().cloned().zip(domain.hi().iter().cloned()).map(Into::into).collect()
}

/// The distance by roots of polynomials, where that is possible and no certificate is asked.
fn exactly(
    args: &args::Distance,
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

/// Prints a distance that is known to so many digits, or exactly.
fn closed(
    args: &args::Distance,
    network: &str,
    function: &Expression,
    domain: &InputBox,
    Supremum { lower, upper, point }: &Supremum,
) -> Result<Exit, CliError> {
    let verdict = args.within.as_ref().map(|within| verdict(Some(upper), lower, within));
    if args.json {
        let point = std::slice::from_ref(point);
        let (function, domain, boxes) = (function.to_string(), ends(domain), 0);
        let (upper, within) = (Some(upper), verdict);
        let complete = true;
        let report =
            Report { network, function, domain, upper, lower, point, within, complete, boxes };
        report.print()?;
    } else {
        let on = place(domain);
        files::print(if lower == upper {
            format!("sup |f - net| on {on} is exactly {lower}, at x = ({point})\n")
        } else {
            let [most, least] =
                [(upper, true), (lower, false)].map(|(x, is_up)| digits(x, is_up, args.digits));
            format!("sup |f - net| on {on} is at most {most}, at least {least} at x = ({point})\n")
        })?;
    }
    Ok(if verdict == Some(Some(false)) { Exit::NotAsClaimed } else { Exit::AsClaimed })
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
    if let Some(found) = exactly(args, &function, &file.network, &domain) {
        return closed(args, &file.name, &function, &domain, &found);
    }
    let (within, time) = (args.within.clone(), args.time.map(Duration::from_secs));
    let goal = Goal { within, limit: args.limit, ..Goal::default() };
    let Some(found) = measured(&function, &file.network, &domain, &goal, time)? else {
        eprintln!("stopped before there was a bound");
        return Ok(Exit::Stopped);
    };
    if let Some(path) = &args.certify {
        certify(path, &found, &function, &file.network, &domain)?;
    }
    let (upper, lower) = (found.upper.as_ref(), &found.lower);
    let verdict = args.within.as_ref().map(|within| verdict(upper, lower, within));
    if args.json {
        let report = Report {
            network: &file.name,
            function: function.to_string(),
            domain: ends(&domain),
            upper,
            lower,
            point: &found.point,
            within: verdict,
            complete: found.is_complete,
            boxes: found.boxes,
        };
        report.print()?;
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
    let (goal_within, tolerance) = (goal.within.clone(), goal.tolerance.clone());
    let (limit, is_hasty) = (goal.limit, goal.is_hasty);
    let told = Arc::new(Progress::default());
    let seen = told.clone();
    let job = move |stop: &AtomicBool| {
        let (stop, progress) = (Some(stop), Some(&*told));
        let within = goal_within;
        sup_error(&f, &net, &sides, &Goal { within, tolerance, limit, is_hasty, stop, progress })
    };
    let mut found = None;
    let (start, bar) = (Instant::now(), ProgressBar::hidden());
    crew.work([job], |news| {
        match news {
            News::Done(_, done) => found = Some(done),
            News::Tick if bar.is_hidden() => {
                if start.elapsed() >= PATIENCE && io::stderr().is_terminal() {
                    show(&bar);
                }
            }
            News::Tick => bar.set_message(standing(&seen.standing())),
        }
        Ok(())
    })?;
    bar.finish_and_clear();
    Ok(found.transpose()?)
}

/// What is known so far, in words.
fn standing(known: &Standing) -> String {
    let least = decimal(&known.lower, false);
    match (known.boxes, &known.upper) {
        (0, _) => "folding the network".to_owned(),
        (boxes, Some(upper)) => {
            format!("{boxes} boxes: between {least} and {}", decimal(upper, true))
        }
        (boxes, None) => format!("{boxes} boxes: at least {least}, not bounded yet"),
    }
}

/// Puts the bar on the terminal.
fn show(bar: &ProgressBar) {
    let style = ProgressStyle::with_template("{spinner} {msg}  {elapsed}");
    bar.set_style(style.expect("the template is a constant"));
    bar.set_draw_target(ProgressDrawTarget::stderr());
    bar.enable_steady_tick(Duration::from_millis(250));
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

fn list(point: &[Rational]) -> String {
    point.iter().map(Rational::to_string).collect::<Vec<_>>().join(", ")
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

/// The same with so many digits after the point.
fn digits(x: &Rational, is_up: bool, count: u32) -> String {
    let scaled = x * Rational::integer(10).pow(count as i32);
    let scaled = if is_up { scaled.ceil() } else { scaled.floor() };
    let digits = format!("{:0>1$}", scaled.to_string(), count as usize + 1);
    let (whole, part) = digits.split_at(digits.len() - count as usize);
    let part = part.trim_end_matches('0');
    if part.is_empty() { whole.to_owned() } else { format!("{whole}.{part}") }
}
