//! `experiment` in shards: each does some of the trials.

use super::{Args, ExperimentName, ask, print};
use crate::cli::error::CliError;
use crate::cli::exit::Exit;
use crate::cli::files;
use crate::cli::journal::{Journal, Lines, digest};
use crate::cli::merge::{self, Gathered};
use crate::cli::pool::{Crew, Threads};
use crate::cli::shards::{Heading, Question, Share, dealt};
use crate::experiment::width::{Part, Row, Tally, parts, rows};
use crate::report::plural;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::path::Path;

/// What is asked in shards.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Asked {
    experiment: String,
    seed: u64,
    long: bool,
    /// A number made from all parts and the version of the program.
    parts: String,
}

impl Question for Asked {
    const WORK: &'static str = "experiment";
}

/// What the trials of a part came to.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    part: usize,
    tally: Tally,
}

/// All parts, and the shard of each, counted from zero.
fn divided(rows: &[Row], shards: usize) -> (Vec<Part>, Vec<usize>) {
    let parts = parts(rows);
    let weights: Vec<u64> = parts.iter().map(|part| part.work(rows)).collect();
    let shards = dealt(&weights, shards);
    (parts, shards)
}

/// The parts that a shard has done.
fn done(
    lines: &Lines<Line>,
    (parts, shards): (&[Part], &[usize]),
    share: Share,
) -> Result<BTreeSet<usize>, String> {
    let mut done = BTreeSet::new();
    for (number, Line { part, tally }) in lines {
        let is_own = shards.get(*part).is_some_and(|shard| shard + 1 == share.number);
        if !is_own || tally.trials as usize != parts[*part].trials.len() || !done.insert(*part) {
            return Err(format!(
                "line {number}: part {part} is not one of the shard, or is there twice"
            ));
        }
    }
    Ok(done)
}

fn asked(args: &Args, rows: &[Row], parts: &[Part]) -> Asked {
    let ExperimentName::Width = args.name;
    let text = format!("{} {rows:?} {parts:?}", env!("CARGO_PKG_VERSION"));
    let parts = digest(text.as_bytes());
    Asked { experiment: "width".to_owned(), seed: args.seed, long: args.long, parts }
}

/// Does a share of the trials, and notes them. Errors: a journal of another question.
pub fn run(
    crew: &Crew,
    rows: &[Row],
    args: &Args,
    share: Share,
    path: &Path,
) -> Result<Exit, CliError> {
    let (parts, shards) = divided(rows, share.of);
    let question = Heading::new(asked(args, rows, &parts), share);
    let (mut journal, lines) = Journal::open(path, &question)?;
    let mut done = done(&lines, (&parts, &shards), share).map_err(|what| journal.refused(what))?;
    let is_own = |part: &usize| shards[*part] + 1 == share.number;
    let own = (0..parts.len()).filter(is_own).count();
    let left: Vec<usize> =
        (0..parts.len()).filter(is_own).filter(|part| !done.contains(part)).collect();
    let wanted: Vec<Part> = left.iter().map(|part| parts[*part].clone()).collect();
    ask(crew, rows, args.seed, &wanted, |at, tally| {
        // A part that was stopped has fewer trials, and is done anew.
        if tally.trials as usize != wanted[at].trials.len() {
            return Ok(());
        }
        done.insert(left[at]);
        journal.note(&Line { part: left[at], tally })
    })?;
    files::print(match own - done.len() {
        0 => format!("shard {share} of the experiment: {} done\n", plural(own, "part")),
        missing => format!("shard {share}: {missing} of {own} parts are not finished\n"),
    })?;
    Ok(if own == done.len() { Exit::AsClaimed } else { Exit::Stopped })
}

/// Adds up the shards of an experiment, and prints what one run prints. Errors: shards of other
/// questions.
pub fn merge(args: &merge::Args) -> Result<Exit, CliError> {
    let Gathered { first, heading, of, shards: files_of } =
        merge::gather::<Heading<Asked>, Line>(&args.files)?;
    let question = heading.question;
    let whole = Args {
        name: ExperimentName::Width,
        seed: question.seed,
        long: question.long,
        #[cfg(feature = "plot")]
        out: args.out.clone(),
        time: None,
        threads: Threads::default(),
        json: args.json,
        shard: None,
        journal: None,
    };
    let rows = rows(question.long);
    let (parts, shards) = divided(&rows, of);
    if asked(&whole, &rows, &parts).parts != question.parts {
        let what = "its parts are not those of this program: the program that wrote it can add up";
        return Err(CliError::file(first, what));
    }
    let mut tallies = vec![Tally::default(); rows.len()];
    let mut repeat: Vec<usize> = (1..=of).collect();
    for (number, (path, heading, lines)) in files_of {
        let done = done(&lines, (&parts, &shards), heading.shard).map_err(CliError::at(&path))?;
        if done.len() == shards.iter().filter(|shard| **shard + 1 == number).count() {
            repeat.retain(|other| *other != number);
        }
        for (_, Line { part, tally }) in lines {
            tallies[parts[part].row] += tally;
        }
    }
    let exit = print(&whole, &rows, tallies)?;
    merge::ended(args, exit, &repeat, of)
}
