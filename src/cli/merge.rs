//! The command `merge`: adds up the shards of a count.

use super::count::words;
use super::error::CliError;
use super::exit::Exit;
use super::files;
use super::journal::{self, Heading, Shard};
use crate::net::regions::Notion;
use crate::report::plural;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// Arguments of `merge`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The journals of the shards, as `crease count --shard I/N --journal FILE` writes them
    #[arg(value_name = "FILE", required = true)]
    pub files: Vec<PathBuf>,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

/// A shard with what it found.
struct Found<'a> {
    path: &'a Path,
    shard: Shard,
    done: usize,
    regions: u128,
}

/// The sum, as JSON prints it.
#[derive(Serialize)]
struct Report {
    place: String,
    notion: String,
    /// A decimal number; a lower bound unless complete.
    count: String,
    complete: bool,
    shards: usize,
    /// Shards without a file, or with one that is not finished.
    repeat: Vec<usize>,
    /// Regions of the largest shard.
    largest: String,
}

/// Adds up the shards of one count. Errors: files of different counts, and a shard that is there
/// twice.
pub fn merge(args: &Args) -> Result<Exit, CliError> {
    let mut first: Option<(&Path, Heading)> = None;
    let mut all: BTreeMap<usize, Found<'_>> = BTreeMap::new();
    let mut parts = BTreeSet::new();
    for path in &args.files {
        let (heading, done) = journal::read(path)?;
        let Some(shard) = heading.shard.clone() else {
            let what = "expected a shard, found the journal of a whole count: ask `crease count` \
                        again to go on with it";
            return Err(CliError::file(path, what));
        };
        let (one, same) = first.get_or_insert_with(|| (path, heading.clone()));
        if let Some(what) = differs(&heading, same) {
            return Err(CliError::file(path, format!("{what} of {}", one.display())));
        }
        if let Some(other) = all.get(&shard.number) {
            let what = format!("shard {} again: it is {}", shard.number, other.path.display());
            return Err(CliError::file(path, what));
        }
        if !(1..=shard.of).contains(&shard.number) || done.len() > shard.parts {
            let what = format!("no shard: number {} of {}", shard.number, shard.of);
            return Err(CliError::file(path, what));
        }
        if let Some(part) = done.keys().find(|part| !parts.insert(**part)) {
            let what = format!("part {part} is in another shard, too: one of them is no shard");
            return Err(CliError::file(path, what));
        }
        let regions = done.values().map(|&count| u128::from(count)).sum();
        all.insert(shard.number, Found { path, done: done.len(), shard, regions });
    }
    let Some((path, heading)) = first else { return Ok(Exit::Usage) };
    let report = report(path, &heading, &all, parts.len())?;
    let exit = if report.complete { Exit::AsClaimed } else { Exit::Stopped };
    files::print(if args.json { files::json(&report) } else { lines(&report, &heading)? })?;
    Ok(exit)
}

/// How the question of a shard differs from that of another one.
fn differs(own: &Heading, other: &Heading) -> Option<String> {
    if let Some((what, [own, other])) = own.difference_of_counts(other) {
        return Some(format!("another count: its {what} is {own}, not the {other}"));
    }
    let of = |heading: &Heading| heading.shard.as_ref().map_or(0, |shard| shard.of);
    let (own, other) = (of(own), of(other));
    (own != other).then(|| format!("one of {own} shards, not of the {other}"))
}

fn report(
    path: &Path,
    heading: &Heading,
    all: &BTreeMap<usize, Found<'_>>,
    parts: usize,
) -> Result<Report, CliError> {
    let Some(Shard { of, place, .. }) = heading.shard.clone() else {
        return Err(CliError::file(path, "no shard"));
    };
    let is_whole =
        |number: &usize| all.get(number).is_some_and(|found| found.done == found.shard.parts);
    let repeat: Vec<usize> = (1..=of).filter(|number| !is_whole(number)).collect();
    if repeat.is_empty() && parts != heading.parts.0 {
        let all = heading.parts.0;
        let what = format!("the shards have {parts} of {all} parts together: a file was changed");
        return Err(CliError::file(path, what));
    }
    let complete = repeat.is_empty();
    let sum: u128 = all.values().map(|found| found.regions).sum();
    // Every domain has an inside, and that is a region in every notion but one.
    let least = u128::from(heading.notion != Notion::Strict.name());
    let largest = all.values().map(|found| found.regions).max().unwrap_or(0);
    Ok(Report {
        place,
        notion: heading.notion.clone(),
        count: sum.max(least).to_string(),
        complete,
        shards: of,
        repeat,
        largest: largest.to_string(),
    })
}

fn lines(report: &Report, heading: &Heading) -> Result<String, CliError> {
    let Report { place, notion, count, complete, shards, repeat, .. } = report;
    let named = Notion::ALL.into_iter().find(|own| own.name() == heading.notion);
    let Some(named) = named else {
        return Err(CliError::Construction(format!("no notion is called {notion}")));
    };
    let what = words(named, count.parse().unwrap_or(u64::MAX));
    let least = if *complete { "" } else { "at least " };
    let mut out = format!("{least}{count} {what} ({notion}) of {place}\n");
    if !complete {
        let files = plural(repeat.len(), "shard");
        out += &format!("{files} of {shards} to be repeated: {}\n", ranges(repeat));
    }
    Ok(out)
}

/// Increasing numbers in the words of a job array: `2,5-7`.
fn ranges(numbers: &[usize]) -> String {
    let mut runs: Vec<[usize; 2]> = Vec::new();
    for &number in numbers {
        match runs.last_mut() {
            Some([_, last]) if *last + 1 == number => *last = number,
            _ => runs.push([number; 2]),
        }
    }
    let run = |[first, last]: &[usize; 2]| match first == last {
        true => first.to_string(),
        false => format!("{first}-{last}"),
    };
    runs.iter().map(run).collect::<Vec<_>>().join(",")
}
