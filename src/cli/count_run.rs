//! The work of a count: in one go, then in parts, side by side, with a journal if one is asked.

use super::domain_args::Area;
use super::error::CliError;
use super::journal::{Heading, Journal, digest};
use super::pool::{Crew, News};
use crate::geometry::double_description::Progress;
use crate::net::Network;
use crate::net::regions::{Cells, Domain, Engine, Notion};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::{self, IsTerminal};
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// How long regions are counted in one go before the work is cut into parts. Then it begins anew:
/// to cut it takes as long as to count about so many.
const FIRST: Duration = Duration::from_millis(100);
/// Numbers that restriction computes in less time than it takes to wake a thread for it.
const NUMBERS: usize = 1 << 15;
/// Parts of a count with a journal: what an interrupt loses is one of them a thread.
const PARTS: u64 = 1000;
/// Parts of any other count, at least: each begins with a walk to its place.
const FEW_PARTS: u64 = 64;
/// Parts for each thread, at least, so that all of them end at about the same time.
const PARTS_A_THREAD: u64 = 8;
/// Cells that R4 may keep in memory unless told otherwise.
pub const IN_MEMORY: u64 = 1_000_000;
/// How long work goes on before there is a bar.
pub const PATIENCE: Duration = Duration::from_secs(2);

/// A question, and who answers it.
pub struct Work<'a> {
    /// What is walked through.
    pub cells: Arc<Cells>,
    /// What is counted.
    pub notion: Notion,
    /// Stop when so many are found.
    pub limit: u64,
    /// Who does it, and for how long.
    pub crew: &'a Crew,
    /// Since when.
    pub start: Instant,
}

/// How many regions were found, and whether that is all of them.
pub type Found = (u64, bool);

impl Work<'_> {
    /// One job on a thread of the crew; `None` if it was abandoned.
    pub fn one<T: Send + 'static>(
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

    /// The regions that restriction finds, if that is allowed and applies, or else those that the
    /// walk through everything finds in short time.
    fn begin(&self, restricting: bool) -> Result<(Engine, Found), CliError> {
        if restricting && let Some(found) = restricted(&self.cells, self.notion, NUMBERS) {
            return Ok((Engine::Restriction, found));
        }
        let (cells, notion, limit) = (self.cells.clone(), self.notion, self.limit);
        let (enough, seen) = (Arc::new(AtomicBool::new(false)), Instant::now());
        let inner = enough.clone();
        // One job for both: waking a thread takes long.
        let job = move |_: &AtomicBool| {
            let restricted = restricting.then(|| restricted(&cells, notion, usize::MAX)).flatten();
            match restricted {
                Some(found) => (Engine::Restriction, found),
                None => {
                    let progress = Progress { limit, stop: Some(&inner) };
                    (Engine::Mesh, cells.count(notion, &[], progress))
                }
            }
        };
        let mut found = (Engine::Mesh, (0, false));
        self.crew.work([job], |news| {
            match news {
                News::Done(_, done) => found = done,
                News::Tick if seen.elapsed() < FIRST && !self.crew.is_stopped() => {}
                News::Tick => enough.store(true, Ordering::Relaxed),
            }
            Ok(())
        })?;
        Ok(found)
    }

    /// The count without a journal, and the engine that found it.
    ///
    /// Restriction is fast and knows nothing before it knows everything: with a clock running, the
    /// walk finds a lower bound first.
    pub fn unnoted(&self, engine: &mut Engine) -> Result<Found, CliError> {
        if !self.notion.adds_up() {
            let (found, ended) = self.walk(self.limit)?;
            return Ok((found.min(self.limit), ended));
        }
        let first;
        (*engine, first) = self.begin(self.may_restrict() && !self.crew.is_timed())?;
        if first.1 || self.crew.is_stopped() || first.0 >= self.limit {
            return Ok((first.0.min(self.limit), first.1));
        }
        if self.crew.is_timed()
            && let Some(found) = self.restriction()?
        {
            *engine = Engine::Restriction;
            return Ok((found.0.max(first.0), found.1));
        }
        match self.parts(FEW_PARTS.max(PARTS_A_THREAD * self.crew.threads() as u64))? {
            Some(parts) => {
                let (found, ended) = self.side_by_side(&parts, None)?;
                Ok((found.max(first.0), ended))
            }
            None => Ok(first),
        }
    }

    /// Whether restriction is able to answer the question.
    fn may_restrict(&self) -> bool {
        self.limit == u64::MAX && self.notion != Notion::R1
    }

    /// The count by restriction, if that applies.
    fn restriction(&self) -> Result<Option<Found>, CliError> {
        if !self.may_restrict() {
            return Ok(None);
        }
        let (cells, notion) = (self.cells.clone(), self.notion);
        Ok(self.one(move |_| restricted(&cells, notion, usize::MAX))?.unwrap_or(Some((0, false))))
    }

    /// The count with a journal at this path, for the network with this digest.
    pub fn noted(&self, path: &Path, area: &Area, network: String) -> Result<Found, CliError> {
        let Some(parts) = self.parts(PARTS)? else { return Ok((0, false)) };
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

    fn parts(&self, least: u64) -> Result<Option<Vec<Vec<u32>>>, CliError> {
        let (cells, notion) = (self.cells.clone(), self.notion);
        Ok(self.one(move |stop| cells.parts(notion, least, stop))?.flatten())
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
                show(&bar, "{bar:32} {pos} of {len} parts, {msg}  {elapsed}, about {eta} left");
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

    /// The count by linear programs.
    pub fn descended(&self, network: &Network, domain: Domain) -> Result<Found, CliError> {
        let (network, strict, limit) = (network.clone(), self.notion == Notion::Strict, self.limit);
        let so_far = Arc::new(AtomicU64::new(0));
        let told = so_far.clone();
        let job = move |stop: &AtomicBool| {
            let (tally, all) = network.descend(&domain, |cells| {
                told.store(cells, Ordering::Relaxed);
                // A limit of strict ones is not one of all.
                match stop.load(Ordering::Relaxed) || (!strict && cells >= limit) {
                    true => ControlFlow::Break(()),
                    false => ControlFlow::Continue(()),
                }
            });
            (if strict { tally.strict } else { tally.cells }, all)
        };
        let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden());
        let mut shown = !io::stderr().is_terminal();
        let mut found = (0, false);
        self.crew.work([job], |news| {
            match news {
                News::Done(_, done) => found = done,
                News::Tick if !shown && self.start.elapsed() >= PATIENCE => {
                    show(&bar, "{spinner} {msg}  {elapsed}");
                    shown = true;
                }
                News::Tick => {
                    bar.set_message(format!("{} regions so far", so_far.load(Ordering::Relaxed)));
                }
            }
            Ok(())
        })?;
        bar.finish_and_clear();
        Ok((found.0.min(limit), found.1 && found.0 < limit))
    }

    /// R4: the whole complex, and the number of different affine maps until that is known.
    pub fn affine_regions(&self) -> Result<Found, CliError> {
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

/// The count by restriction, if that applies and takes about so many numbers at most; of another
/// notion than strict, those of R2.
fn restricted(cells: &Cells, notion: Notion, numbers: usize) -> Option<Found> {
    let tally = cells.restricted(numbers)?;
    Some((if notion == Notion::Strict { tally.strict } else { tally.cells }, true))
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
fn show(bar: &ProgressBar, template: &str) {
    bar.set_style(ProgressStyle::with_template(template).expect("the template is a constant"));
    bar.set_draw_target(ProgressDrawTarget::stderr());
    bar.enable_steady_tick(Duration::from_millis(250));
}
