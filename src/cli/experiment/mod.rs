//! The command `experiment`: runs the trials of all rows in parallel, and prints the verdicts.

mod page;
mod shards;

pub use shards::merge;

use super::error::CliError;
use super::exit::Exit;
use super::files;
use super::interrupt;
use super::pool::{Crew, News, Threads};
use super::progress;
use super::shards::Share;
use super::sup_error::fixed;
use crate::analysis::enclosure::{Enclosure, sqrt};
use crate::exact::Rational;
use crate::experiment::width::{
    Answer, DECIDING_SEED, Digits, Part, Question, Row, Tally, Test, Verdict, WidthRow, parts,
    rows, widths,
};
use crate::train::coverage::Family;
use page::{Images, Line, Report, Tested};
use std::path::PathBuf;
use std::time::{Duration, Instant};

/// Arguments of `experiment`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Which experiment
    pub name: ExperimentName,
    /// Seed; the default is the one that decides, others explore
    #[arg(long, value_name = "S", default_value_t = DECIDING_SEED)]
    pub seed: u64,
    /// Also run the theorem at the width it asks for: half a billion units
    #[arg(long)]
    pub long: bool,
    /// Write pictures of the widths into a folder
    #[cfg(feature = "plot")]
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Stop after T seconds; rows that are not finished say so
    #[arg(long, value_name = "T")]
    pub time: Option<u64>,
    /// Worker threads
    #[command(flatten)]
    pub threads: Threads,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
    /// Do a share of the trials, the I-th of N, and note them in the journal: `crease merge` adds
    /// shards up to what one run prints
    #[arg(long, value_name = "I/N", requires = "journal", conflicts_with = "json")]
    #[cfg_attr(feature = "plot", arg(conflicts_with = "out"))]
    pub shard: Option<Share>,
    /// The journal of a shard: one that was interrupted goes on when it is asked again
    #[arg(long, value_name = "FILE", requires = "shard")]
    pub journal: Option<PathBuf>,
}

/// The experiments.
#[derive(Clone, Copy, Debug, clap::ValueEnum)]
pub enum ExperimentName {
    /// How much width gradient descent needs
    Width,
}

/// Runs an experiment and prints what came out.
pub fn experiment(args: &Args) -> Result<Exit, CliError> {
    let ExperimentName::Width = args.name;
    interrupt::watch("stopping between two trials");
    let start = Instant::now();
    let crew = Crew::new(args.threads, args.time.map(Duration::from_secs))?;
    let rows = rows(args.long);
    if let (Some(share), Some(path)) = (args.shard, &args.journal) {
        return shards::run(&crew, &rows, args, share, path);
    }
    let mut tallies = vec![Tally::default(); rows.len()];
    let parts = parts(&rows);
    ask(&crew, &rows, args.seed, &parts, |part, tally| {
        tallies[parts[part].row] += tally;
        Ok(())
    })?;
    let as_claimed = print(args, &rows, tallies)?;
    let threads = crew.threads();
    let time = start.elapsed();
    eprintln!("{threads} threads, {}.{} s", time.as_secs(), time.subsec_millis() / 100);
    Ok(as_claimed)
}

/// Prints what the trials of all rows came to.
fn print(args: &Args, rows: &[Row], tallies: Vec<Tally>) -> Result<Exit, CliError> {
    let answers = rows.iter().zip(tallies).map(|(row, tally)| Answer::new(*row, tally, args.seed));
    let answers: Vec<Answer> = answers.collect();
    let table = widths();
    #[cfg(feature = "plot")]
    if let Some(folder) = &args.out {
        super::experiment_pictures::write(folder, &table, &answers)?;
    }
    let report = report(args.seed, &table, &answers);
    files::print(match args.json {
        true => files::json(&report),
        false => page::text(&report),
    })?;
    Ok(match (report.as_claimed, report.complete) {
        (false, _) => Exit::NotAsClaimed,
        (true, false) => Exit::Stopped,
        (true, true) => Exit::AsClaimed,
    })
}

/// The trials of these parts, side by side; tells what each came to by its place in the list. What
/// comes out does not depend on the number of threads.
fn ask(
    crew: &Crew,
    rows: &[Row],
    seed: u64,
    parts: &[Part],
    mut tell: impl FnMut(usize, Tally) -> Result<(), CliError>,
) -> Result<(), CliError> {
    let bar = progress::bar(parts.len(), "parts");
    let jobs: Vec<_> = parts
        .iter()
        .cloned()
        .map(|Part { row, trials }| {
            let asked = rows[row];
            move |stop: &_| asked.ask(seed, row, trials, stop)
        })
        .collect();
    crew.work(jobs, |news| {
        if let News::Done(job, tally) = news {
            tell(job, tally)?;
            bar.inc(1);
        }
        Ok(())
    })?;
    bar.finish_and_clear();
    Ok(())
}

fn report(seed: u64, table: &[WidthRow], answers: &[Answer]) -> Report {
    let none = |verdict| answers.iter().all(|answer| answer.verdict != verdict);
    Report {
        experiment: "width",
        seed,
        complete: none(Verdict::Unfinished),
        as_claimed: none(Verdict::Refused),
        widths: table.to_vec(),
        digits: images(),
        rows: answers.iter().map(line).collect(),
    }
}

fn images() -> Images {
    let digits = Digits::read();
    let above = root(&digits.squared_margin_above());
    Images {
        margin_at_least: fixed(&digits.margin_below(), false, 4),
        margin_at_most: fixed(above.hi(), true, 4),
        theorem_at_least: digits.theorem().width().lo().floor().to_string(),
    }
}

fn root(x: &Rational) -> Enclosure {
    sqrt(x, 40).expect("a square is not negative")
}

fn line(answer: &Answer) -> Line {
    let (row, tally) = (&answer.row, &answer.tally);
    let digits = |x: &Rational| fixed(x, false, 4);
    let most = |x: &Rational| x.is_positive().then(|| fixed(x, true, 4));
    let tested = |test: &Test| Tested {
        claimed: digits(&test.claimed),
        accepted: [*test.accepted.start(), *test.accepted.end()],
        error: test.error.to_string(),
        refuted_with_power_999: test.alternative.as_ref().map(|p| fixed(p, false, 2)),
    };
    let [flipped, gates] = tally.flips;
    let share = (gates > 0).then(|| Rational::from(flipped) / Rational::from(gates));
    let ends = |interval: Enclosure| [digits(interval.lo()), fixed(interval.hi(), true, 4)];
    Line {
        question: name(row.question),
        data: data(row.question),
        units: row.units,
        asked: row.trials,
        trials: tally.trials,
        successes: tally.successes,
        agreements: tally.agreements,
        left_fixed_point: match row.question {
            Question::Whole => 0,
            _ => tally.trials - tally.fixed,
        },
        verdict: answer.verdict.word(),
        test: answer.test.as_ref().map(tested),
        interval: answer.interval().map(ends),
        flipped: share.map(|share| digits(&share)),
        certificate_at_most: most(&tally.certificate),
        average_risk_at_most: most(&tally.average_risk),
        moved_at_most: most(root(&tally.farthest).hi()).filter(|_| tally.farthest.is_positive()),
        moved_root_mean_square: tally.moved.is_positive().then(|| {
            let mean = &tally.moved / Rational::from(tally.trials);
            digits(root(&mean).lo())
        }),
    }
}

fn name(question: Question) -> &'static str {
    match question {
        Question::Covers { .. } => "covers",
        Question::Learns { .. } => "learns",
        Question::Certifies { .. } | Question::CertifiesDigits => "certifies",
        Question::Starts { .. } => "starts",
        Question::Converges => "converges",
        Question::Deep { .. } => "deep",
        Question::Scales { .. } => "scales",
        Question::Whole => "whole",
    }
}

fn data(question: Question) -> String {
    match question {
        Question::Covers { family: Family::XorSquare } => "square of exclusive or".to_owned(),
        Question::Covers { family } => format!("{} orthonormal points", family.points()),
        Question::Learns { points, goal, steps } => {
            format!("{points} points in cones, risk 1/{goal} within {steps} steps")
        }
        Question::Certifies { points: 4 } => "square of exclusive or".to_owned(),
        Question::Certifies { points } | Question::Starts { points } => {
            format!("{points} points in cones")
        }
        Question::CertifiesDigits => "16 images of digits".to_owned(),
        Question::Converges => "two signals of four positions".to_owned(),
        Question::Deep { layers, points, goal } => {
            format!("{layers} layers, {points} points in cones, risk 1/{goal}")
        }
        Question::Scales { layers } => format!("{layers} layers, 8 points in cones, risk 1/10"),
        Question::Whole => "two points of the line".to_owned(),
    }
}
