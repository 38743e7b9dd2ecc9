//! `merge` for the shards of a count.

use super::count::words;
use super::count_journal::{self, Line, Question, Shard};
use super::error::CliError;
use super::exit::Exit;
use super::files;
use super::merge::{Args, gather, to_be_repeated};
use crate::net::regions::Notion;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// A shard with what it found.
pub struct Found {
    /// The parts that are its own.
    pub parts: usize,
    /// How many of them are done.
    pub done: usize,
    /// Their regions.
    pub regions: u128,
}

/// The sum, as JSON prints it.
#[derive(Serialize)]
pub struct Report {
    place: String,
    notion: String,
    /// A decimal number; a lower bound unless complete.
    count: String,
    /// Whether all shards are there and finished.
    pub complete: bool,
    shards: usize,
    /// Shards without a file, or with one that is not finished.
    repeat: Vec<usize>,
    /// Regions of the largest shard.
    largest: String,
}

/// Adds up the shards of one count. Errors: as of [`gather`], and parts that are in two shards.
pub fn merge(args: &Args) -> Result<Exit, CliError> {
    let gathered = gather::<Question, Line>(&args.files)?;
    let mut all: BTreeMap<usize, Found> = BTreeMap::new();
    let mut parts = BTreeSet::new();
    let of = gathered.heading.parts.0;
    for (number, (path, heading, lines)) in gathered.shards {
        let done = count_journal::noted(lines, of).map_err(CliError::at(&path))?;
        let own = heading.shard.map_or(0, |shard| shard.parts);
        if done.len() > own {
            let what = format!("no shard: it has more than its {own} parts");
            return Err(CliError::file(path, what));
        }
        if let Some(part) = done.keys().find(|part| !parts.insert(**part)) {
            let what = format!("part {part} is in another shard, too: one of them is no shard");
            return Err(CliError::file(path, what));
        }
        let regions = done.values().map(|&count| u128::from(count)).sum();
        all.insert(number, Found { parts: own, done: done.len(), regions });
    }
    let report = report(&gathered.first, &gathered.heading, &all, parts.len())?;
    let exit = if report.complete { Exit::AsClaimed } else { Exit::Stopped };
    files::print(if args.json { files::json(&report) } else { text(&report)? })?;
    Ok(exit)
}

/// The sum of some shards, of the parts that they have together. Errors: parts that are missing
/// although every shard is finished.
pub fn report(
    path: &Path,
    heading: &Question,
    all: &BTreeMap<usize, Found>,
    parts: usize,
) -> Result<Report, CliError> {
    let Some(Shard { of, place, .. }) = heading.shard.clone() else {
        return Err(CliError::file(path, "no shard"));
    };
    let is_whole = |number: &usize| all.get(number).is_some_and(|found| found.done == found.parts);
    let repeat: Vec<usize> = (1..=of).filter(|number| !is_whole(number)).collect();
    if repeat.is_empty() && parts != heading.parts.0 {
        let all = heading.parts.0;
        let what = format!("the shards have {parts} of {all} parts together: a file was changed");
        return Err(CliError::file(path, what));
    }
    let sum: u128 = all.values().map(|found| found.regions).sum();
    // Every domain has an inside, and that is a region in every notion but one.
    let least = u128::from(heading.notion != Notion::Strict.name());
    let largest = all.values().map(|found| found.regions).max().unwrap_or(0);
    Ok(Report {
        place,
        notion: heading.notion.clone(),
        count: sum.max(least).to_string(),
        complete: repeat.is_empty(),
        shards: of,
        repeat,
        largest: largest.to_string(),
    })
}

/// The line that `count` prints, and the shards to repeat.
pub fn text(report: &Report) -> Result<String, CliError> {
    let Report { place, notion, count, complete, shards, repeat, .. } = report;
    let Some(named) = Notion::ALL.into_iter().find(|own| own.name() == notion) else {
        return Err(CliError::Construction(format!("no notion is called {notion}")));
    };
    let what = words(named, count.parse().unwrap_or(u64::MAX));
    let least = if *complete { "" } else { "at least " };
    let repeated = to_be_repeated(repeat, *shards);
    Ok(format!("{least}{count} {what} ({notion}) of {place}\n{repeated}"))
}
