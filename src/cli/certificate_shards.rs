//! Certificates of counts in shards: each writes the trees of some parts, and the first one the
//! tree above them; put together they are the certificate that one run writes.

use super::count::prove;
use super::count_journal::{Question, Shard};
use super::count_merge::{Found, report, text};
use super::count_run::{Work, scattered};
use super::domain_args::Area;
use super::error::CliError;
use super::exit::Exit;
use super::journal::{Journal, Lines, digest};
use super::merge::{Args, gather};
use super::pool::News;
use super::progress::LateBar;
use super::shards::{Share, divided};
use super::{count_run, files};
use crate::geometry::double_description::Tally;
use crate::net::Network;
use crate::net::regions::{Domain, Notion};
use crate::properties::certificate::{Bound, Pieces};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::io::BufReader;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// The claim that a certificate of a count is evidence for.
const CLAIM: &str = "regions/count";

/// A line of the journal.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase", deny_unknown_fields)]
enum Line {
    /// What is stated, and the tree above the parts.
    Top { statement: String, tree: String },
    /// The tree of a part.
    Part { part: usize, cells: u64, strict: u64, tree: String },
}

/// What a shard has written.
#[derive(Default)]
struct Written {
    top: Option<[String; 2]>,
    parts: BTreeMap<usize, (Tally, String)>,
}

/// What the lines of a shard have, of so many parts.
fn written(lines: Lines<Line>, of: usize) -> Result<Written, String> {
    let mut all = Written::default();
    for (number, line) in lines {
        let is_new = match line {
            Line::Top { statement, tree } => all.top.replace([statement, tree]).is_none(),
            Line::Part { part, cells, strict, tree } => {
                let tally = Tally { cells, strict };
                part < of && all.parts.insert(part, (tally, tree)).is_none()
            }
        };
        if !is_new {
            return Err(format!("line {number}: no part, or one that was there"));
        }
    }
    Ok(all)
}

/// Where a certificate is written, and of what.
pub struct Certified<'a> {
    /// The network.
    pub network: &'a Network,
    /// Where its regions are counted.
    pub domain: &'a Domain,
    /// The same in words.
    pub area: &'a Area,
    /// What is proved.
    pub bound: Bound,
    /// The share, and the place in words.
    pub share: (Share, String),
}

impl Work<'_> {
    /// Writes a share of a certificate into a journal: the regions of its parts. Errors: a network
    /// whose certificate is not written by the double description.
    pub fn certified_share(
        &self,
        path: &Path,
        certified: Certified<'_>,
    ) -> Result<count_run::Found, CliError> {
        let Certified { network, domain, area, bound, share: (share, place) } = certified;
        let sides = match domain {
            Domain::Box(sides) => Some(sides),
            _ => None,
        };
        let notion = self.plan.notion;
        let pieces = Pieces::new(network, sides, bound).filter(|_| notion.has_tally());
        let Some(pieces) = pieces.map(Arc::new) else {
            let what = "shards of a certificate are of strict or R2, of networks without maxima \
                        whose activations have one breakpoint, and not of boxes with many sides: \
                        expected such a count, or --certify without --shard";
            return Err(CliError::file(path, what));
        };
        let least = count_run::least_parts(share);
        let list = |least| {
            let pieces = pieces.clone();
            self.one(move |stop| pieces.parts(least, stop)).map(Option::flatten)
        };
        let (Some(parts), Some(finer)) = (list(least)?, list(least * count_run::FINER)?) else {
            return Ok((0, false));
        };
        let shards = divided(&parts, &finer, share.of);
        let own: Vec<usize> =
            scattered(parts.len()).filter(|part| shards[*part] + 1 == share.number).collect();
        let mut statement = Vec::new();
        pieces.statement(CLAIM, &mut statement).expect("memory can be written to");
        let heading = Question {
            crease_count: 1,
            notion: notion.name().to_owned(),
            domain: area.to_string(),
            network: digest(&statement),
            parts: (parts.len(), digest(&count_run::listed(&parts))),
            certificate: Some(if bound == Bound::Exact { "exact" } else { "at least" }.to_owned()),
            shard: Some(share.with(own.len(), place)),
        };
        let (mut journal, lines) = Journal::open(path, &heading)?;
        let done = written(lines, parts.len()).map_err(|what| journal.refused(what))?;
        if share.number == 1 && done.top.is_none() {
            let (choices, upper) = (parts.first().map_or(0, Vec::len), pieces.clone());
            let tree = self.one(move |stop| tree_of(stop, |out| upper.above(choices, out)))?;
            let Some(Some(((), tree))) = tree else { return Ok((0, false)) };
            let statement = String::from_utf8_lossy(&statement).into_owned();
            journal.note(&Line::Top { statement, tree })?;
        }
        let is_left = |part: &usize| !done.parts.contains_key(part);
        let left: Vec<(usize, Vec<u32>)> =
            own.into_iter().filter(is_left).map(|part| (part, parts[part].clone())).collect();
        let before = done.parts.values().map(|(tally, _)| notion.of(*tally)).sum();
        self.write_parts(&pieces, &left, before, &mut journal)
    }

    /// Writes the trees of parts, which have a number and a beginning each, beside those with so
    /// many regions that were written before.
    fn write_parts(
        &self,
        pieces: &Arc<Pieces>,
        left: &[(usize, Vec<u32>)],
        before: u64,
        journal: &mut Journal,
    ) -> Result<count_run::Found, CliError> {
        let (mut found, mut missing) = (before, left.len());
        let template = "{bar:32} {pos} of {len} parts, {msg}  {elapsed}, about {eta} left";
        let mut late = LateBar::new(Some(left.len()), template, self.start);
        let jobs: Vec<_> = left
            .iter()
            .map(|(_, prefix)| {
                let (pieces, prefix) = (pieces.clone(), prefix.clone());
                move |stop: &AtomicBool| tree_of(stop, |out| pieces.part(&prefix, out))
            })
            .collect();
        self.crew.work(jobs, |news| {
            late.tick();
            let News::Done(job, Some((tally, tree))) = news else { return Ok(()) };
            found += self.plan.notion.of(tally);
            missing -= 1;
            late.bar.inc(1);
            late.bar.set_message(format!("{found} regions so far"));
            let (part, Tally { cells, strict }) = (left[job].0, tally);
            journal.note(&Line::Part { part, cells, strict, tree })
        })?;
        late.bar.finish_and_clear();
        Ok((found, missing == 0))
    }
}

/// What `write` says and writes; `None` if it was stopped.
fn tree_of<T>(
    stop: &AtomicBool,
    write: impl FnOnce(&mut dyn std::io::Write) -> std::io::Result<T>,
) -> Option<(T, String)> {
    let mut out = files::Stoppable { out: Vec::new(), stop };
    let said = write(&mut out).ok()?;
    let tree = String::from_utf8(out.out).ok()?;
    (!stop.load(Ordering::Relaxed)).then_some((said, tree))
}

/// Adds up the shards of a certificate; writes it, and has it checked, if that was asked for.
/// Errors: as of [`gather`], parts that are in two shards, and a certificate that is refused.
pub fn merge(args: &Args) -> Result<Exit, CliError> {
    let gathered = gather::<Question, Line>(&args.files)?;
    let heading = &gathered.heading;
    let Some(notion) = Notion::ALL.into_iter().find(|own| own.name() == heading.notion) else {
        return Err(CliError::file(&gathered.first, "no notion of regions"));
    };
    let (mut top, mut trees) = (None, BTreeMap::new());
    let mut all: BTreeMap<usize, Found> = BTreeMap::new();
    for (number, (path, own, lines)) in gathered.shards {
        let written = written(lines, heading.parts.0).map_err(CliError::at(&path))?;
        let parts = own.shard.map_or(0, |Shard { parts, .. }| parts);
        let regions = written.parts.values().map(|(tally, _)| u128::from(notion.of(*tally))).sum();
        let is_first = number == 1 && written.top.is_none();
        // A first shard without the tree above is not finished.
        let parts = parts + usize::from(is_first);
        all.insert(number, Found { parts, done: written.parts.len(), regions });
        top = top.or(written.top);
        for (part, tree) in written.parts {
            if trees.insert(part, tree).is_some() {
                let what = format!("part {part} is in another shard, too: one of them is no shard");
                return Err(CliError::file(path, what));
            }
        }
    }
    let report = report(&gathered.first, heading, &all, trees.len())?;
    if let (Some(path), true, Some([statement, above])) = (&args.certify, report.complete, &top) {
        let sum = |sum: Tally, tally: &Tally| Tally {
            cells: sum.cells + tally.cells,
            strict: sum.strict + tally.strict,
        };
        let counts = trees.values().map(|(tally, _)| tally).fold(Tally::default(), sum);
        let trees = trees.values().map(|(_, tree)| tree.as_str());
        let mut out = files::create(path)?;
        Pieces::join(statement, counts, above, trees, &mut out).map_err(CliError::at(path))?;
        out.finish().map_err(CliError::at(path))?;
        let file = std::fs::File::open(path).map_err(CliError::at(path))?;
        prove(&mut BufReader::new(file), counts).map_err(CliError::at(path))?;
    }
    let is_bound = heading.certificate.as_deref() != Some("exact");
    let exit = if report.complete { Exit::AsClaimed } else { Exit::Stopped };
    let least = if is_bound && report.complete { "at least " } else { "" };
    files::print(match args.json {
        true => files::json(&report),
        false => least.to_owned() + &text(&report)?,
    })?;
    Ok(exit)
}
