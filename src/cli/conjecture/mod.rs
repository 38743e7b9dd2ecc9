//! The command `conjecture`: a statement on one line about the networks of a shape.

mod answer;
mod claim_file;
mod found;
mod statement;

use super::error::CliError;
use super::exit::Exit;
use super::hunt::{self, GROWTH, Quarry};
use super::pool::{Crew, Threads};
use super::shape_args::shapes;
use super::{check, files, interrupt};
use crate::approximate::Why;
use crate::claim::{Budget, Finding, Target, Tightest, Verdict};
use crate::counting::Stack;
use crate::generators::layer_chains::Stacking;
use crate::generators::quantities::{OF_LAYERS, OF_NETWORKS, OF_SHAPES, name_of};
use crate::generators::stacks::{Fitting, Shapes};
use answer::Report;
use clap::value_parser;
use found::{Answer, Case, Decided, Tried};
use statement::Statement;
use std::fmt::Write;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

/// Arguments of `conjecture`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// A comparison, such as "regions <= choose(n,0) + choose(n,1)"
    #[arg(value_name = "STATEMENT", allow_hyphen_values = true)]
    pub statement: String,
    /// The input: HEIGHTxWIDTHxCHANNELS, or a part of it; each number may be a range, 2..4
    #[arg(long, value_name = "INPUT")]
    pub input: String,
    /// A layer, first to last: HEIGHTxWIDTH:FILTERS/sSTRIDE, or a part of it, ranges too
    #[arg(long = "layer", value_name = "LAYER", required = true)]
    pub layers: Vec<String>,
    /// Networks that are drawn before the hunt
    #[arg(long, value_name = "N", default_value_t = check::DEFAULT_CASES,
          value_parser = value_parser!(u32).range(1..))]
    pub cases: u32,
    /// Stop after T seconds, a quarter of which goes to drawn networks
    #[arg(long, value_name = "T", value_parser = value_parser!(u64).range(1..))]
    pub time: Option<u64>,
    /// Steps of the hunt; 2000 if no time is given. What is found does not depend on the threads
    #[arg(long, value_name = "N", value_parser = value_parser!(u64).range(1..))]
    pub steps: Option<u64>,
    /// Seed
    #[arg(long, value_name = "S", default_value_t = 0)]
    pub seed: u64,
    /// Worker threads
    #[command(flatten)]
    pub threads: Threads,
    /// Write the counterexample, or the tightest network, to this file; a counterexample goes to
    /// counterexample.json if not given
    #[arg(long, value_name = "FILE.json")]
    pub out: Option<PathBuf>,
    /// Write a claim file to go on with: its folder and its name are the id of the claim
    #[arg(long, value_name = "FILE.rs")]
    pub write: Option<PathBuf>,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

/// What statements are made of, for the help.
pub fn quantities() -> String {
    let mut out = "\
Statements:
  regions <= choose(n,0) + choose(n,1) + choose(n,2)
  2^depth <= regions            <=, <, >=, > and = compare two sides once
  + - * / ^ of numbers and quantities; choose(n, k), abs relu sqrt of one, max min of more

A layer has no padding, a filter has one bias for all its positions, and a ReLU follows every layer;
the last one is the output. Without a measured quantity the statement is decided for every shape;
else networks are drawn and hunted, and a case in which a number cannot be computed is undecided.
"
    .to_owned();
    let mut list = |title: &str, all: &[(&str, &str)]| {
        let _ = writeln!(out, "\n{title}:");
        for (names, words) in all {
            let _ = writeln!(out, "  {names:14}{words}");
        }
    };
    list("Of a shape", &OF_SHAPES);
    list("Of the layer with a number, such as units(2)", &OF_LAYERS);
    list("Measured on a network", &OF_NETWORKS);
    out += "\nBounds of the maximum, as `crease bound` lists them, where they apply:";
    let mut width = usize::MAX;
    for name in crate::counting::BOUNDS.map(name_of) {
        if width.saturating_add(name.len()) > 96 {
            out += "\n ";
            width = 1;
        }
        width += name.len() + 1;
        out += &format!(" {name}");
    }
    out
}

/// Decides, or draws and hunts, and answers.
pub fn conjecture(args: &Args) -> Result<Exit, CliError> {
    let shapes = shapes(&args.input, &args.layers)?;
    let fitting = shapes.stacks()?;
    let statement = Arc::new(Statement::read(&args.statement, shapes.layers.len())?);
    let id = args.write.as_deref().map(claim_file::id).transpose()?;
    if id.is_some() && !statement.is_measured() {
        let what = "the statement measures no network: it is decided, and no claim is left";
        return Err(CliError::argument("--write", what));
    }
    interrupt::watch("stopping between two cases");
    let start = Instant::now();
    let answer = match statement.is_measured() {
        true => {
            let shapes = fitting.stacks.iter().map(Stacking::of).collect::<Result<_, _>>()?;
            Answer::Tried(tried(&statement, shapes, args, start)?)
        }
        false => Answer::Decided(decided(&statement, &fitting, args, start)?),
    };
    let mut report = Report::new(&statement, &fitting, answer, args);
    report.write_network(&statement, args.out.as_deref())?;
    if let (Some(id), Some(path)) = (id, &args.write) {
        report.written = write_claim(id, path, &statement, &shapes, &report)?;
    }
    files::print(if args.json { report.json() } else { report.lines() })?;
    Ok(report.exit())
}

/// Writes the claim, unless it is refuted; whether it did.
fn write_claim(
    id: String,
    path: &std::path::Path,
    statement: &Statement,
    shapes: &Shapes,
    report: &Report,
) -> Result<bool, CliError> {
    let Some(closest) = report.closest() else { return Ok(false) };
    let text = claim_file::text(&id, path, statement, shapes, closest)?;
    files::write(path, text).map(|()| true)
}

/// Asks a statement without measured quantities of every shape.
fn decided(
    statement: &Arc<Statement>,
    fitting: &Fitting,
    args: &Args,
    start: Instant,
) -> Result<Decided, CliError> {
    let crew = Crew::new(args.threads, args.time.map(Duration::from_secs))?;
    let done = Arc::new(AtomicUsize::new(0));
    let (told, all) = (done.clone(), fitting.stacks.len());
    let (statement, stacks) = (statement.clone(), fitting.stacks.clone());
    let job = move |stop: &AtomicBool| {
        let mut decided = Decided::default();
        for stack in stacks {
            if stop.load(Ordering::Relaxed) {
                break;
            }
            decided.shapes += 1;
            match statement.decide(&stack) {
                Ok(finding) if !finding.holds() => {
                    decided.counterexample = Some((stack, finding));
                    break;
                }
                Ok(finding) => keep_closest(&mut decided.closest, stack, finding),
                Err(why) => {
                    decided.undecided += 1;
                    decided.why.get_or_insert(why);
                }
            }
            told.fetch_add(1, Ordering::Relaxed);
        }
        decided
    };
    let how_far = || format!("{} of {all} shapes", done.load(Ordering::Relaxed));
    let found = crew.one_shown(job, start, how_far)?;
    let late = || Decided { why: Some(Why::Undefined("stopped before")), ..Decided::default() };
    Ok(found.unwrap_or_else(late))
}

fn keep_closest(closest: &mut Option<(Stack, Finding)>, stack: Stack, finding: Finding) {
    let is_closer = closest.as_ref().is_none_or(|(_, old)| finding.tightness() < old.tightness());
    if is_closer {
        *closest = Some((stack, finding));
    }
}

/// Draws networks, and hunts where none of them refutes the statement.
fn tried(
    statement: &Arc<Statement>,
    shapes: Vec<Stacking>,
    args: &Args,
    start: Instant,
) -> Result<Tried, CliError> {
    let claim = statement::claim(statement.clone(), shapes);
    let crew = Crew::new(args.threads, args.time.map(|time| Duration::from_millis(250 * time)))?;
    let (cases, seed) = (args.cases, args.seed);
    let job = move |stop: &AtomicBool| {
        let stop = || stop.load(Ordering::Relaxed);
        claim.check(Target::Claim, &Budget { cases, seed, stop: &stop })
    };
    let mut tried = Tried::default();
    if let Some(verdict) = crew.one_shown(job, start, || format!("{cases} networks are drawn"))? {
        tried.counts = Some(*verdict.counts());
        let at = verdict.counts().drawn;
        match verdict {
            Verdict::Refuted { case, finding, .. } => {
                let how = format!("drawn network {at}");
                tried.counterexample = Some(Case { case, finding, how });
            }
            Verdict::Holds { tightest: Tightest { finding, case }, .. } => {
                let how = "a drawn network".to_owned();
                tried.closest = Some(Case { case, finding, how });
            }
            Verdict::Vacuous { .. } | Verdict::Unfinished { .. } => {}
        }
    }
    let is_vacuous = |counts: &crate::claim::Counts| counts.met == 0 && counts.drawn >= cases;
    let ended = tried.counterexample.is_some() || tried.counts.as_ref().is_some_and(is_vacuous);
    if ended || interrupt::seen() {
        return Ok(tried);
    }
    let left = args.time.map(|time| time.saturating_sub(start.elapsed().as_secs()).max(1));
    let hunting = hunt::Args {
        time: left,
        steps: args.steps,
        grow: GROWTH,
        seed,
        threads: args.threads,
        ..hunt::Args::default()
    };
    let hunted = hunt::run(&[Quarry { claim, twin: None }], &hunting)?;
    if let Some(hunted) = hunted.into_iter().next() {
        tried.add(hunted.finds);
    }
    Ok(tried)
}
