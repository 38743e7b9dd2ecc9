//! Experiments: many seeds side by side, a verdict on each row, a page in plain words.

use super::args;
use super::crew::{Crew, News};
use super::error::CliError;
use super::exit::Exit;
use super::files;
use super::interrupt;
use crate::exact::Rational;
use crate::experiment::width::{
    Answer, Part, Question, Row, Tally, Test, Verdict, WidthRow, parts, rows, widths,
};
use crate::train::coverage::Family;
use indicatif::{ProgressBar, ProgressStyle};
use serde::Serialize;
use std::fmt::Write;
use std::io::IsTerminal;
use std::time::{Duration, Instant};

/// What the command found, as JSON prints it; exact numbers are strings.
#[derive(Serialize)]
struct Report {
    experiment: &'static str,
    seed: u64,
    complete: bool,
    as_claimed: bool,
    widths: Vec<Width>,
    rows: Vec<Line>,
}

/// A row of the table of widths.
#[derive(Serialize)]
struct Width {
    points: u32,
    necessary: u32,
    least: u32,
    least_surely: u32,
    sufficient: u32,
    theorem_at_least: String,
}

/// A row with its verdict.
#[derive(Serialize)]
struct Line {
    question: &'static str,
    data: String,
    units: String,
    trials: u32,
    successes: u32,
    agreements: u32,
    left_fixed_point: u32,
    verdict: &'static str,
    test: Option<Tested>,
    flipped: Option<String>,
    certificate_at_most: Option<String>,
}

#[derive(Serialize)]
struct Tested {
    claimed: String,
    accepted: [u32; 2],
    error: String,
    refuted_with_power_999: Option<String>,
}

/// Runs an experiment and prints what came out.
pub fn experiment(args: &args::Experiment) -> Result<Exit, CliError> {
    let args::ExperimentName::Width = args.name;
    interrupt::watch("stopping between two trials");
    let start = Instant::now();
    let crew = Crew::new(args.threads.map_or(0, usize::from), args.time.map(Duration::from_secs))?;
    let rows = rows(args.long);
    let tallies = ask(&crew, &rows, args.seed)?;
    let answers = rows.iter().zip(tallies).map(|(row, tally)| Answer::new(*row, tally));
    let answers: Vec<Answer> = answers.collect();
    let table = widths();
    #[cfg(feature = "plot")]
    if let Some(folder) = &args.out {
        super::pictures::write(folder, &table, &answers)?;
    }
    let report = report(args.seed, &table, &answers);
    files::print(match args.json {
        true => serde_json::to_string(&report).expect("keys are words") + "\n",
        false => text(&report),
    })?;
    let threads = crew.threads();
    let time = start.elapsed();
    eprintln!("{threads} threads, {}.{} s", time.as_secs(), time.subsec_millis() / 100);
    Ok(match (report.as_claimed, report.complete) {
        (false, _) => Exit::NotAsClaimed,
        (true, false) => Exit::Stopped,
        (true, true) => Exit::AsClaimed,
    })
}

/// The trials of all rows, side by side. What comes out does not depend on the number of threads.
fn ask(crew: &Crew, rows: &[Row], seed: u64) -> Result<Vec<Tally>, CliError> {
    let parts = parts(rows);
    let bar = bar(parts.len());
    let jobs: Vec<_> = parts
        .iter()
        .cloned()
        .map(|Part { row, trials }| {
            let asked = rows[row];
            move |stop: &_| asked.ask(seed, row, trials, stop)
        })
        .collect();
    let mut tallies = vec![Tally::default(); rows.len()];
    crew.work(jobs, |news| {
        if let News::Done(job, tally) = news {
            tallies[parts[job].row] += tally;
            bar.inc(1);
        }
        Ok(())
    })?;
    bar.finish_and_clear();
    Ok(tallies)
}

/// A bar on a terminal, nothing elsewhere.
fn bar(parts: usize) -> ProgressBar {
    if !std::io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let style = ProgressStyle::with_template("{bar:32} {pos} of {len} parts  {elapsed}");
    let bar = ProgressBar::new(parts as u64);
    bar.set_style(style.expect("the template is a constant"));
    bar.enable_steady_tick(Duration::from_millis(250));
    bar
}

fn report(seed: u64, table: &[WidthRow], answers: &[Answer]) -> Report {
    let none = |verdict| answers.iter().all(|answer| answer.verdict != verdict);
    Report {
        experiment: "width",
        seed,
        complete: none(Verdict::Unfinished),
        as_claimed: none(Verdict::Refused),
        widths: table.iter().map(width).collect(),
        rows: answers.iter().map(line).collect(),
    }
}

fn width(row: &WidthRow) -> Width {
    let WidthRow { points, necessary, least, least_surely, sufficient, .. } = *row;
    let theorem_at_least = row.theorem.to_string();
    Width { points, necessary, least, least_surely, sufficient, theorem_at_least }
}

fn line(answer: &Answer) -> Line {
    let (row, tally) = (&answer.row, &answer.tally);
    let digits = |x: &Rational| decimal(x, 4);
    let tested = |test: &Test| Tested {
        claimed: digits(&test.claimed),
        accepted: [*test.accepted.start(), *test.accepted.end()],
        error: test.error.to_string(),
        refuted_with_power_999: test.alternative.as_ref().map(|p| decimal(p, 2)),
    };
    let [flipped, gates] = tally.flips;
    let share = (gates > 0).then(|| Rational::from(flipped) / Rational::from(gates));
    let closes = tally.certificate.is_positive().then(|| digits(&tally.certificate));
    Line {
        question: name(row.question),
        data: data(row.question),
        units: match row.question {
            Question::Whole => "as the theorem asks".to_owned(),
            _ => row.units.to_string(),
        },
        trials: tally.trials,
        successes: tally.successes,
        agreements: tally.agreements,
        left_fixed_point: match row.question {
            Question::Whole => 0,
            _ => tally.trials - tally.fixed,
        },
        verdict: answer.verdict.word(),
        test: answer.test.as_ref().map(tested),
        flipped: share.map(|share| digits(&share)),
        certificate_at_most: closes,
    }
}

fn name(question: Question) -> &'static str {
    match question {
        Question::Covers { .. } => "covers",
        Question::Learns { .. } => "learns",
        Question::Certifies { .. } => "certifies",
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
        Question::Certifies { points } => format!("{points} points in cones"),
        Question::Whole => "two points of the line".to_owned(),
    }
}

/// A number that is not negative, rounded down to so many places.
fn decimal(x: &Rational, places: usize) -> String {
    let scale = Rational::integer(10).pow(places as i32);
    let digits = (x * scale).floor().to_string();
    let digits = format!("{digits:0>width$}", width = places + 1);
    let (whole, rest) = digits.split_at(digits.len() - places);
    format!("{whole}.{rest}")
}

/// The page in plain words.
fn text(report: &Report) -> String {
    let mut page = String::new();
    let _ = writeln!(page, "Width that gradient descent needs (seed {})\n", report.seed);
    let _ = writeln!(page, "Orthonormal points, half of each label. Proved: descent succeeds");
    let _ = writeln!(page, "exactly if the initial units cover every point, at every rate.\n");
    let _ = writeln!(
        page,
        "{:>8}  {:>9}  {:>5}  {:>6}  {:>10}  {:>15}",
        "points", "necessary", "9/10", "99/100", "sufficient", "theorem asks"
    );
    for row in &report.widths {
        let asks = scientific(&row.theorem_at_least);
        let Width { points, necessary, least, least_surely, sufficient, .. } = row;
        let _ = writeln!(
            page,
            "{points:>8}  {necessary:>9}  {least:>5}  {least_surely:>6}  {sufficient:>10}  \
             {asks:>15}",
        );
    }
    for (question, heading) in HEADINGS {
        let mut lines = report.rows.iter().filter(|row| row.question == *question).peekable();
        if lines.peek().is_some() {
            let _ = writeln!(page, "\n{heading}\n");
        }
        lines.for_each(|line| row_text(&mut page, line));
    }
    if !report.complete {
        page.push_str("\nStopped early: unfinished rows say nothing.\n");
    }
    page.push('\n');
    page + &closing(report)
}

fn row_text(page: &mut String, line: &Line) {
    let Line { data, units, trials, successes, verdict, .. } = line;
    let _ = write!(page, "  {data}, {units} units: {successes} of {trials}, {verdict}");
    if line.question == "covers" {
        let _ = write!(page, "; seed by seed as the units say: {}", line.agreements);
    }
    if let Some(share) = &line.flipped {
        let _ = write!(page, "; gates flipped: {share}");
    }
    if let Some(most) = &line.certificate_at_most {
        let _ = write!(page, "; certificates up to {most}");
    }
    if line.left_fixed_point > 0 {
        let _ = write!(page, "; left fixed point: {}", line.left_fixed_point);
    }
    page.push('\n');
    if let Some(test) = &line.test {
        let what = if line.question == "covers" { "successes" } else { "failures" };
        let relation = if line.question == "covers" { "" } else { "at most " };
        let Tested { claimed, accepted: [least, most], error, refuted_with_power_999 } = test;
        let _ = write!(
            page,
            "    {what} accepted: {least} to {most}, for probability {relation}{claimed}; a true \
             claim is refused with probability {error} at most",
        );
        let _ = match refuted_with_power_999 {
            Some(other) => writeln!(page, ", {other} with 0.999 at least"),
            None => writeln!(page, "; no other probability is refused with 0.999"),
        };
    }
}

/// Digits of an integer as `1.27e10`.
fn scientific(digits: &str) -> String {
    match digits.len() {
        0..=6 => digits.to_owned(),
        length => format!("{}.{}e{}", &digits[..1], &digits[1..3], length - 1),
    }
}

/// The kinds of rows, in their order, with what each asks.
const HEADINGS: &[(&str, &str)] = &[
    ("covers", "Fitted by exact descent, beside the exact law (200 seeds each):"),
    ("learns", "At fixed margin: descent brings the risk down, whatever the number of points is:"),
    ("certifies", "Certificates: runs that prove an average risk of at most 1/2 about themselves:"),
    ("whole", "The theorem at its own width:"),
];

/// What may be concluded, in plain words; only what this run showed.
fn closing(report: &Report) -> String {
    let all = |question: &str, tested: bool| {
        let asked = |row: &&Line| row.question == question && (!tested || row.test.is_some());
        report.rows.iter().filter(asked).all(|row| row.verdict == Verdict::Confirmed.word())
    };
    let law = match all("covers", false) {
        true => {
            "Every seed agreed with the exact law, with no tolerance, and the counts were as \
                 likely as it\nsays; each test says how likely it refuses the truth, and what it \
                 can tell apart from it."
        }
        false => "The exact law was not confirmed on every row above: see there.",
    };
    let margin = match all("learns", true) {
        true => {
            "At fixed\nmargin, 24 units at 8 points and 32 at 2048 points both succeed nine \
                 times in ten: 256 times as\nmany points need at most 4/3 of the width."
        }
        false => "That 256 times as\nmany points need at most 4/3 of the width was not confirmed.",
    };
    format!("{PROVED}\nWhat was tested. {law} {margin}\n\n{UNKNOWN}")
}

const PROVED: &str = "\
What was proved. On orthonormal points and on the square of exclusive or, descent succeeds exactly
if the initial units cover every point; so the width needed is known as a rational law. It grows
like the logarithm of n/delta (on the square, of 1/delta), and does not depend on the risk that is
asked for. Each certificate is a proof about its own run, in exact arithmetic.
";

const UNKNOWN: &str = "\
What nobody can claim from this. Nothing about other data, and no asymptotic law at fixed margin;
nothing about test error. The constants of the theorem, and its power of the margin, are not shown
to be needed: on orthonormal points they are not. Runs of at most 64 units flip a large share of
their gates, so they are not in the regime in which the theorem's proof works.
";
