//! The command `robust`: how far a point is from another label, exactly.

use super::error::CliError;
use super::exit::Exit;
use super::network::Source;
use super::pool::{Crew, Threads};
use super::robust_files::{self, Known, Notes, Record};
use super::robust_table;
use super::{files, interrupt, parse_box, slice};
use crate::exact::Rational;
use crate::format::file::NetworkFile;
use crate::format::points::Point;
use crate::net::Circuit;
use crate::robust::{Answer, Asked, Norm, Question, QuestionError};
use clap::ValueEnum;
use serde::Serialize;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// What `robust` says at ties and ends.
pub const WORDS: &str = "\
What is measured:
  The smallest distance from the point to a point of the box where some other output is at least as
  great as that of the label: a tie counts. Where the label is not alone the greatest at the point
  itself, the distance is 0. For l2 the distance is given by its square, which is a fraction.
  Outputs are counted from 0. Without --label the label of the points file counts, and without that
  the first of the greatest outputs.
  Where no point of the box has another label, the distance is infinite, and that is proved.";

/// A norm, as the command line names it.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum Named {
    /// The greatest change of an entry
    Linf,
    /// The sum of the changes
    L1,
    /// The root of the sum of their squares
    L2,
}

impl From<Named> for Norm {
    fn from(named: Named) -> Self {
        match named {
            Named::Linf => Self::Linf,
            Named::L1 => Self::L1,
            Named::L2 => Self::L2,
        }
    }
}

/// Arguments of `robust`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The network
    #[command(flatten)]
    pub source: Source,
    /// The point: exact numbers with commas between, or a point of a points file
    #[arg(
        long,
        value_name = "POINT|FILE#NAME",
        allow_hyphen_values = true,
        required_unless_present = "points"
    )]
    pub at: Option<String>,
    /// Every point of a points file: a table of distances, beside what gradient attacks believe
    #[arg(long, value_name = "FILE[#NAME,NAME,..]",
          conflicts_with_all = ["at", "label", "certify", "out"])]
    pub points: Option<String>,
    /// The output that is greatest at the point, or should be
    #[arg(long, value_name = "K")]
    pub label: Option<usize>,
    /// How distances are measured
    #[arg(long, value_enum, default_value = "linf")]
    pub norm: Named,
    /// Only points of this box: exact numbers, one pair for every input or one for all
    #[arg(long = "box", value_name = "LO,HI[,LO,HI,..]", allow_hyphen_values = true)]
    pub sides: Option<String>,
    /// Stop after T seconds, of each point: the answer is then a proved interval
    #[arg(long, value_name = "T")]
    pub time: Option<u64>,
    /// Write a certificate to a file, for `crease-recheck`; packed if it is called `.gz`
    #[arg(long, value_name = "FILE")]
    pub certify: Option<PathBuf>,
    /// Write the nearest point to a points file
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
    /// Draw the distances, beside those that attacks believe and the Lipschitz bound; with --at and
    /// images, the point, the nearest point, and the change
    #[arg(long, value_name = "FILE.svg")]
    pub picture: Option<PathBuf>,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

/// An answer, as JSON prints it; for l2 distances are squares.
#[derive(Serialize)]
struct Report {
    network: String,
    norm: &'static str,
    /// Nothing is closer; absent if no point of the box has another label.
    #[serde(skip_serializing_if = "Option::is_none")]
    lower: Option<Rational>,
    /// Found at this distance; absent if nothing was found.
    #[serde(skip_serializing_if = "Option::is_none")]
    upper: Option<Rational>,
    exact: bool,
    label: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    other: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    point: Option<Vec<Rational>>,
    seconds: serde_json::Number,
}

/// One question of the command line, answered.
pub struct Answered {
    /// What was asked.
    pub question: Question,
    /// What was found.
    pub answer: Answer,
    /// How long that took.
    pub time: Duration,
}

/// Answers, and prints the answer.
pub fn robust(args: &Args) -> Result<Exit, CliError> {
    let file = args.source.read()?;
    let inputs = file.network.input().units();
    let sides = args.sides.as_ref();
    let sides = sides.map(|text| parse_box::sides(text, Some(inputs))).transpose()?;
    interrupt::watch("stopping");
    if let Some(points) = &args.points {
        return robust_table::table(args, &file, sides, &slice::points(points)?);
    }
    let at = args.at.as_ref().expect("the parser demands one of two");
    let (point, stated) = point(at)?;
    let asked = Arc::new(Asked::new(&file.network));
    let label = label(&asked, inputs, &point, args.label.or(stated));
    let question = Question { point, label, norm: args.norm.into(), sides };
    let answered = answer(args, &file, &asked, question)?;
    if let (Some(path), Some(upper)) = (&args.out, &answered.answer.upper) {
        robust_files::write_point(path, upper)?;
    }
    if let (Some(path), Some(upper)) = (&args.picture, &answered.answer.upper) {
        robust_table::image(path, &file, &answered.question, upper)?;
    }
    print(args, file, &answered)
}

/// The point of `--at`, and its label if a file states one.
fn point(at: &str) -> Result<(Vec<Rational>, Option<usize>), CliError> {
    if !at.contains('#') {
        return Ok((super::eval::point("--at", at)?, None));
    }
    match <[Point; 1]>::try_from(slice::points(at)?) {
        Ok([point]) => Ok((point.at, point.label)),
        Err(points) => {
            let what = format!("expected the name of one point, found {}", points.len());
            Err(CliError::argument(format!("--at {at}"), what))
        }
    }
}

/// The label that is asked about: the one stated, or the first of the greatest outputs.
pub fn label(asked: &Asked, inputs: usize, point: &[Rational], stated: Option<usize>) -> usize {
    // A point of the wrong length is refused with the question.
    let own = || if point.len() == inputs { asked.label(point) } else { 0 };
    stated.unwrap_or_else(own)
}

/// Answers one question on a thread of its own, with a bar.
pub fn answer(
    args: &Args,
    file: &NetworkFile,
    asked: &Arc<Asked>,
    question: Question,
) -> Result<Answered, CliError> {
    let refused = |error: QuestionError| CliError::file(&args.source.network, error);
    asked.ask(question.clone()).map_err(refused)?;
    let record = args
        .certify
        .as_ref()
        .map(|path| Record::create(path, Circuit::new(&file.network), question.clone()));
    let known = Arc::new(Mutex::new(Known::new(record.transpose()?)));
    let crew = Crew::new(Threads::ONE, args.time.map(Duration::from_secs))?;
    let (start, nodes) = (Instant::now(), Arc::new(AtomicU64::new(0)));
    let (told, inner, own) = (nodes.clone(), asked.clone(), question.clone());
    let mut notes = Notes(known.clone());
    let job = move |stop: &std::sync::atomic::AtomicBool| {
        let mut looks = |count: u64| {
            told.store(count, Ordering::Relaxed);
            stop.load(Ordering::Relaxed)
        };
        let ready = inner.ask(own).expect("the question was asked before");
        ready.distance(&mut notes, &mut looks)
    };
    let how_far = || format!("{} nodes", nodes.load(Ordering::Relaxed));
    let found = crew.one_shown(job, start, how_far)?;
    let (proved, record) = known.lock().unwrap_or_else(PoisonError::into_inner).close();
    // A search that was abandoned in a long linear program leaves what it had proved.
    let nodes = nodes.load(Ordering::Relaxed);
    let answer = found.unwrap_or(Answer { nodes, ..proved });
    let time = start.elapsed();
    if let Some(record) = record {
        record.keep(&answer)?;
    }
    Ok(Answered { question, answer, time })
}

fn print(args: &Args, file: NetworkFile, answered: &Answered) -> Result<Exit, CliError> {
    let Answered { question, answer, time } = answered;
    let exact = answer.is_exact();
    let exit = if exact { Exit::AsClaimed } else { Exit::Stopped };
    if args.json {
        let report = Report {
            network: file.name,
            norm: question.norm.name(),
            lower: answer.lower.clone(),
            upper: answer.upper.as_ref().map(|upper| upper.distance.clone()),
            exact,
            label: question.label,
            other: answer.upper.as_ref().map(|upper| upper.other),
            point: answer.upper.as_ref().map(|upper| upper.point.clone()),
            seconds: super::count::seconds(*time),
        };
        files::print(files::json(&report))?;
        return Ok(exit);
    }
    files::print(sentence(&file.name, question, answer) + "\n")?;
    let stopped = if exact { "" } else { "; stopped early" };
    eprintln!("{} nodes, {} s{stopped}", answer.nodes, super::count::seconds(*time));
    Ok(exit)
}

/// The answer in words.
fn sentence(network: &str, question: &Question, answer: &Answer) -> String {
    let Question { label, norm, sides, .. } = question;
    let of = if *norm == Norm::L2 { "squared l2 distance" } else { "distance" };
    let of = match norm {
        Norm::L2 => of.to_owned(),
        _ => format!("{norm} {of}"),
    };
    let place = sides
        .as_ref()
        .map_or(String::new(), |sides| format!(" in the box {}", parse_box::place(sides)));
    match (&answer.lower, &answer.upper) {
        (None, _) => format!("no point{place} has another label than {label} in {network}"),
        (Some(_), Some(upper)) if upper.distance.is_zero() => {
            let other = upper.other;
            format!("0: at the point itself output {other} of {network} is as great as {label}")
        }
        (Some(lower), Some(upper)) if *lower == upper.distance => format!(
            "{}: the {of} from label {label} to label {} of {network}{place}",
            number(lower),
            upper.other
        ),
        (Some(lower), Some(upper)) => format!(
            "between {} and {}: the {of} from label {label} to another of {network}{place}; found \
             is label {}",
            number(lower),
            number(&upper.distance),
            upper.other
        ),
        (Some(lower), None) => format!(
            "at least {}: the {of} from label {label} to another of {network}{place}; none was \
             found",
            number(lower)
        ),
    }
}

/// The number, and if it is long what it is about.
fn number(x: &Rational) -> String {
    let text = x.to_string();
    match text.len() {
        0..=40 => text,
        _ => format!("{:.12}", crate::exact::float::nearest(x)),
    }
}
