//! Counting regions: first in one go, then in parts, side by side, with a journal if one is asked.

use super::args;
use super::crew::{Crew, News};
use super::error::CliError;
use super::exit::Exit;
use super::files;
use super::interrupt;
use super::journal::{Heading, Journal, digest};
use super::list::Listing;
use super::place::{Area, Placed};
use crate::geometry::mesh::Progress;
use crate::net::regions::{Cells, Domain, Engine, Notion};
use crate::net::{Circuit, Network};
use clap::ValueEnum;
use clap::builder::PossibleValue;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use serde::Serialize;
use std::io::{self, IsTerminal, Write as _};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// Regions that are counted in one go before the work is cut into parts.
const AT_ONCE: u64 = 20_000;
/// Parts that are enough for any number of threads, and for a journal.
const PARTS: u64 = 1000;
/// Cells that R4 may keep in memory unless told otherwise.
const IN_MEMORY: u64 = 1_000_000;
/// How long a count goes on before there is a bar.
const PATIENCE: Duration = Duration::from_secs(2);

/// A count, as JSON prints it.
#[derive(Serialize)]
struct Report {
    network: String,
    notion: &'static str,
    domain: Area,
    /// A decimal number; a lower bound unless complete.
    count: String,
    complete: bool,
    engine: String,
    threads: usize,
    seconds: serde_json::Number,
}

impl ValueEnum for Notion {
    fn value_variants<'a>() -> &'a [Self] {
        &Self::ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(self.name()))
    }
}

/// Counts, and prints the count.
pub fn count(args: &args::Count) -> Result<Exit, CliError> {
    let Placed { file, domain, area } = args.place.read()?;
    interrupt::watch("stopping");
    let crew = Crew::new(args.threads.map_or(0, usize::from), args.time.map(Duration::from_secs))?;
    let start = Instant::now();
    let work = Work {
        cells: Arc::new(Cells::new(&file.network, &domain)),
        notion: args.notion,
        limit: args.limit.unwrap_or(u64::MAX),
        crew: &crew,
        start,
    };
    let mut engine = Engine::Mesh;
    let (found, complete) = match &args.journal {
        _ if args.out.is_some() => work.listed(args, &file.network, domain)?,
        _ if args.certify.is_some() => work.certified(args, &file.network, domain)?,
        Some(path) if args.notion.adds_up() => {
            let circuit = Circuit::new(&file.network);
            let mut text = Vec::new();
            circuit.write(None, &mut text).expect("memory can be written to");
            work.noted(path, &area, digest(&text))?
        }
        Some(path) => {
            let what =
                format!("a journal is for strict, R1 and R2, not for {}", args.notion.name());
            return Err(CliError::Content { path: path.clone(), what });
        }
        None if args.notion == Notion::R4 => work.affine_regions()?,
        None => work.unnoted(&mut engine)?,
    };
    // Every domain has an inside, and that is a region in every notion but one.
    let found = found.max(u64::from(args.notion != Notion::Strict));
    let report = Report {
        network: file.name,
        notion: args.notion.name(),
        domain: area,
        count: found.to_string(),
        complete,
        engine: match engine {
            Engine::Restriction => engine.name().to_owned(),
            Engine::Mesh => format!("{} in {}", engine.name(), work.cells.integers()),
        },
        threads: crew.threads(),
        seconds: seconds(start.elapsed()),
    };
    print(args.json, &report, found, args.notion)?;
    Ok(if complete { Exit::AsClaimed } else { Exit::Stopped })
}

fn print(json: bool, report: &Report, found: u64, notion: Notion) -> Result<(), CliError> {
    if json {
        let json = serde_json::to_string(report).expect("keys are words");
        return files::print(json + "\n");
    }
    let Report { network, domain, count, .. } = report;
    let least = if report.complete { "" } else { "at least " };
    let on = if domain.slice.is_some() { "," } else { " on" };
    let what = words(notion, found);
    files::print(format!("{least}{count} {what} ({}) of {network}{on} {domain}\n", notion.name()))?;
    let Report { engine, threads, seconds, .. } = report;
    let stopped = if report.complete { "" } else { "; stopped early" };
    let threads = if *threads == 1 { "1 thread".to_owned() } else { format!("{threads} threads") };
    eprintln!("{engine}, {threads}, {seconds} s{stopped}");
    Ok(())
}

/// What the notion counts, after a number.
pub fn words(notion: Notion, count: u64) -> String {
    let words = match notion {
        Notion::Strict => "strict sign region",
        Notion::R1 => "activation region",
        Notion::R2 => "proper activation region",
        Notion::R4 => "affine region",
        Notion::R6 => "different affine map",
    };
    format!("{words}{}", if count == 1 { "" } else { "s" })
}

/// Seconds to a millionth.
fn seconds(time: Duration) -> serde_json::Number {
    let text = format!("{}.{:06}", time.as_secs(), time.subsec_micros());
    text.parse().expect("digits and a point are a number")
}

/// A question, and who answers it.
struct Work<'a> {
    cells: Arc<Cells>,
    notion: Notion,
    limit: u64,
    crew: &'a Crew,
    start: Instant,
}

/// How many regions were found, and whether that is all of them.
type Found = (u64, bool);

impl Work<'_> {
    /// One job on a thread of the crew; `None` if it was abandoned.
    fn one<T: Send + 'static>(
        &self,
        job: impl FnOnce(&AtomicBool) -> T + Send + 'static,
    ) -> Result<Option<T>, CliError> {
        let mut result = None;
        self.crew.work([job], |news| {
            if let News::Done(_, done) = news {
                result = Some(done);
            }
            Ok(())
        })?;
        Ok(result)
    }

    /// The regions that the walk through everything finds, at most so many.
    fn walk(&self, limit: u64) -> Result<Found, CliError> {
        let (cells, notion) = (self.cells.clone(), self.notion);
        let found =
            self.one(move |stop| cells.count(notion, &[], Progress { limit, stop: Some(stop) }))?;
        Ok(found.unwrap_or((0, false)))
    }

    /// The count without a journal, and the engine that found it.
    ///
    /// Restriction is fast and knows nothing before it knows everything: with a clock running, the
    /// walk finds a lower bound first.
    fn unnoted(&self, engine: &mut Engine) -> Result<Found, CliError> {
        if !self.notion.adds_up() {
            let (found, ended) = self.walk(self.limit)?;
            return Ok((found.min(self.limit), ended));
        }
        if !self.crew.is_timed()
            && let Some(found) = self.restriction()?
        {
            *engine = Engine::Restriction;
            return Ok(found);
        }
        let first = self.walk(AT_ONCE.min(self.limit))?;
        if first.1 || self.crew.is_stopped() || first.0 >= self.limit {
            return Ok((first.0.min(self.limit), first.1));
        }
        if self.crew.is_timed()
            && let Some(found) = self.restriction()?
        {
            *engine = Engine::Restriction;
            return Ok((found.0.max(first.0), found.1));
        }
        match self.parts()? {
            Some(parts) => {
                let (found, ended) = self.side_by_side(&parts, None)?;
                Ok((found.max(first.0), ended))
            }
            None => Ok(first),
        }
    }

    /// The count by restriction, if that applies.
    fn restriction(&self) -> Result<Option<Found>, CliError> {
        let notion = self.notion;
        if self.limit < u64::MAX || notion == Notion::R1 {
            return Ok(None);
        }
        let cells = self.cells.clone();
        let Some(tally) = self.one(move |_| cells.tally_by(Engine::Restriction))? else {
            return Ok(Some((0, false)));
        };
        Ok(tally.map(|tally| match notion {
            Notion::Strict => (tally.strict, true),
            _ => (tally.cells, true),
        }))
    }

    /// The count with a journal at this path, for the network with this digest.
    fn noted(&self, path: &Path, area: &Area, network: String) -> Result<Found, CliError> {
        let Some(parts) = self.parts()? else { return Ok((0, false)) };
        let list: Vec<u8> = parts
            .iter()
            .flat_map(|part| part.iter().chain([&u32::MAX]).flat_map(|choice| choice.to_le_bytes()))
            .collect();
        let heading = Heading {
            crease_count: 1,
            notion: self.notion.name().to_owned(),
            domain: area.to_string(),
            network,
            parts: (parts.len(), digest(&list)),
        };
        self.side_by_side(&parts, Some(Journal::open(path, &heading)?))
    }

    /// The count, with all regions in a file.
    fn listed(
        &self,
        args: &args::Count,
        network: &Network,
        domain: Domain,
    ) -> Result<Found, CliError> {
        let path = args.out.clone().expect("there is a file to write");
        if self.notion != Notion::R2 {
            let what = format!("regions are listed for R2, not for {}", self.notion.name());
            return Err(CliError::Content { path, what });
        }
        let (limit, adjacency) = (self.limit, args.adjacency);
        let listing = Listing { path, adjacency, limit, in_memory: IN_MEMORY as usize };
        let network = network.clone();
        let written = self.one(move |stop| listing.write(&network, &domain, stop))?;
        written.unwrap_or(Ok((0, false)))
    }

    /// Writes a certificate; one that was stopped is incomplete, and the checker says so.
    fn certified(
        &self,
        args: &args::Count,
        network: &Network,
        domain: Domain,
    ) -> Result<Found, CliError> {
        let path = args.certify.clone().expect("there is a file to write");
        let (notion, network) = (self.notion, network.clone());
        let sides = match domain {
            Domain::Whole => None,
            Domain::Box(sides) => Some(sides),
            Domain::Polyhedron(_) => unreachable!("the command line knows boxes only"),
        };
        if !matches!(notion, Notion::Strict | Notion::R2) {
            let what = format!("a certificate is of strict or R2, not of {}", notion.name());
            return Err(CliError::Content { path, what });
        }
        let out = files::create(&path)?;
        let written = self.one(move |stop| {
            let mut out = files::Stoppable { out, stop };
            let counts = network.certify_regions(sides.as_ref(), "regions/count", &mut out)?;
            out.flush().map(|()| counts)
        })?;
        match written {
            Some(Ok(counts)) if notion == Notion::Strict => Ok((counts.strict, true)),
            Some(Ok(counts)) => Ok((counts.regions, true)),
            Some(Err(error)) if error.kind() == io::ErrorKind::TimedOut => Ok((0, false)),
            Some(Err(error)) => Err(CliError::File { path, error }),
            None => Ok((0, false)),
        }
    }

    fn parts(&self) -> Result<Option<Vec<Vec<u32>>>, CliError> {
        let (cells, notion) = (self.cells.clone(), self.notion);
        Ok(self.one(move |stop| cells.parts(notion, PARTS, stop))?.flatten())
    }

    fn side_by_side(
        &self,
        parts: &[Vec<u32>],
        mut journal: Option<Journal>,
    ) -> Result<Found, CliError> {
        let done = journal.as_ref().map(|journal| journal.done.clone()).unwrap_or_default();
        let mut found: u64 = done.values().sum();
        let left: Vec<usize> = scattered(parts.len()).filter(|i| !done.contains_key(i)).collect();
        let mut missing = left.len();
        let bar =
            ProgressBar::with_draw_target(Some(parts.len() as u64), ProgressDrawTarget::hidden());
        bar.set_position(done.len() as u64);
        bar.reset_eta();
        let mut shown = !io::stderr().is_terminal();
        let jobs: Vec<_> = left
            .iter()
            .map(|&i| {
                let (cells, prefix) = (self.cells.clone(), parts[i].clone());
                let (notion, limit) = (self.notion, self.limit);
                move |stop: &AtomicBool| {
                    cells.count(notion, &prefix, Progress { limit, stop: Some(stop) })
                }
            })
            .collect();
        self.crew.work(jobs, |news| {
            if !shown && self.start.elapsed() >= PATIENCE {
                show(&bar);
                shown = true;
            }
            let News::Done(number, (count, ended)) = news else { return Ok(()) };
            found += count;
            if ended {
                missing -= 1;
                bar.inc(1);
                bar.set_message(format!("{found} regions so far"));
                if let Some(journal) = &mut journal {
                    journal.note(left[number], count)?;
                }
            }
            if found >= self.limit {
                self.crew.stop.store(true, Ordering::Relaxed);
            }
            Ok(())
        })?;
        bar.finish_and_clear();
        Ok((found.min(self.limit), missing == 0 && found < self.limit))
    }

    /// R4: the whole complex, and the number of different affine maps until that is known.
    fn affine_regions(&self) -> Result<Found, CliError> {
        let (maps, ended) = self.walk(u64::MAX)?;
        if !ended {
            return Ok((maps, false));
        }
        let cells = self.cells.clone();
        let limit = usize::try_from(self.limit.min(IN_MEMORY)).unwrap_or(usize::MAX);
        let regions = self.one(move |_| cells.complex(limit).map(|all| all.affine_regions()))?;
        Ok(regions.flatten().map_or((maps, false), |regions| (regions as u64, true)))
    }
}

/// All numbers below `n`, each once, those near to each other far apart: what is done first is a
/// fair sample of everything, so that an estimate from it means something.
fn scattered(n: usize) -> impl Iterator<Item = usize> {
    let coprime = |step: &usize| gcd(*step, n) == 1;
    // About the golden section of n; one is coprime to everything.
    let step = (1..=(n * 89 / 144).max(1)).rev().find(coprime).unwrap_or(1);
    (0..n).map(move |i| i * step % n)
}

fn gcd(a: usize, b: usize) -> usize {
    if b == 0 { a } else { gcd(b, a % b) }
}

/// Puts the bar on the terminal.
fn show(bar: &ProgressBar) {
    let template = "{bar:32} {pos} of {len} parts, {msg}  {elapsed}, about {eta} left";
    bar.set_style(ProgressStyle::with_template(template).expect("the template is a constant"));
    bar.set_draw_target(ProgressDrawTarget::stderr());
    bar.enable_steady_tick(Duration::from_millis(250));
}
