//! Running the plan of a count: in one go first, then in parallel parts, with a journal on request.

use super::count_journal::{Line, Question, noted};
use super::domain_args::Area;
use super::error::CliError;
use super::journal::{Journal, digest};
use super::pool::{Crew, News};
use super::progress::LateBar;
use super::shards::{Share, divided};
use crate::engines::descent::descend;
use crate::engines::{Engine, Plan};
use crate::geometry::double_description::Progress;
use crate::net::regions::{Domain, Notion};
use std::collections::HashMap;
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// How long regions are counted in one go before the work is cut into parts, which are counted
/// anew.
const FIRST: Duration = Duration::from_millis(100);
/// Numbers that restriction computes in less time than it takes to wake a thread for it.
const NUMBERS: usize = 1 << 15;
/// Parts of a count with a journal: what an interrupt loses is one of them a thread.
const PARTS: u64 = 1000;
/// Parts of a shard, about, at least.
const PARTS_A_SHARD: u64 = 16;
/// Pieces of a part, about, by which its weight is estimated.
pub const FINER: u64 = 8;
/// Parts of any other count, at least: each begins with a walk to its place.
const FEW_PARTS: u64 = 64;
/// Parts for each thread, at least, so that all of them end at about the same time.
const PARTS_A_THREAD: u64 = 8;
/// Cells that R4 may keep in memory unless told otherwise.
pub const IN_MEMORY: u64 = 1_000_000;

/// A count to be run: the plan, the limits and the threads.
pub struct Work<'a> {
    /// How regions are counted.
    pub plan: Arc<Plan>,
    /// Stop when this many are found.
    pub limit: u64,
    /// The threads, with the deadline.
    pub crew: &'a Crew,
    /// When the count began.
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

    /// Runs the plan without a journal: the engine that found the count, and the count.
    pub fn run(&self, domain: Domain) -> Result<(Engine, Found), CliError> {
        Ok(match (self.plan.engine, self.plan.notion) {
            (Engine::Descent, _) => (Engine::Descent, self.descended(domain)?),
            (_, Notion::R4) => (Engine::Mesh, self.affine_regions()?),
            (_, Notion::R6) => {
                let (found, ended) = self.walk(self.limit)?;
                (Engine::Mesh, (found.min(self.limit), ended))
            }
            _ => self.restricted_or_walked()?,
        })
    }

    /// The regions that the walk finds, at most `limit` of them.
    fn walk(&self, limit: u64) -> Result<Found, CliError> {
        let plan = self.plan.clone();
        let walk = move |stop: &_| walked(&plan, &[], Progress { limit, stop: Some(stop) });
        Ok(self.one(walk)?.unwrap_or((0, false)))
    }

    /// The regions that restriction finds, if that is the plan and `at_once`, or else those that
    /// the walk finds in a short time.
    fn begin(&self, at_once: bool) -> Result<(Engine, Found), CliError> {
        let (plan, limit) = (self.plan.clone(), self.limit);
        let (enough, seen) = (Arc::new(AtomicBool::new(false)), Instant::now());
        let inner = enough.clone();
        // One job for both: waking a thread takes long.
        let job = move |_: &AtomicBool| match at_once.then(|| plan.restricted(usize::MAX)) {
            Some(Some(found)) => (Engine::Restriction, (found, true)),
            _ => {
                let progress = Progress { limit, stop: Some(&inner) };
                (Engine::Mesh, walked(&plan, &[], progress))
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

    /// Restriction has no lower bound before its end: with a clock running, the walk finds one
    /// first.
    fn restricted_or_walked(&self) -> Result<(Engine, Found), CliError> {
        let at_once = !self.crew.is_timed();
        if at_once && let Some(found) = self.plan.restricted(NUMBERS) {
            return Ok((Engine::Restriction, (found, true)));
        }
        let (engine, first) = self.begin(at_once)?;
        if first.1 || self.crew.is_stopped() || first.0 >= self.limit {
            return Ok((engine, (first.0.min(self.limit), first.1)));
        }
        if self.plan.engine == Engine::Restriction && !at_once {
            let plan = self.plan.clone();
            match self.one(move |_| plan.restricted(usize::MAX))? {
                Some(Some(found)) => return Ok((Engine::Restriction, (found, true))),
                None => return Ok((Engine::Restriction, (first.0, false))),
                Some(None) => {}
            }
        }
        match self.parts(FEW_PARTS.max(PARTS_A_THREAD * self.crew.threads() as u64))? {
            Some(parts) => {
                let all = scattered(parts.len()).collect();
                let (found, ended) = self.side_by_side(&parts, all, None)?;
                Ok((engine, (found.max(first.0), ended)))
            }
            None => Ok((engine, first)),
        }
    }

    /// The count with a journal at this path, for the network with this digest; or a share of it,
    /// with the place in words.
    pub fn noted(
        &self,
        path: &Path,
        area: &Area,
        network: String,
        share: Option<(Share, String)>,
    ) -> Result<Found, CliError> {
        let least = share.as_ref().map_or(PARTS, |(share, _)| least_parts(*share));
        let Some(parts) = self.parts(least)? else { return Ok((0, false)) };
        let mut own: Vec<usize> = scattered(parts.len()).collect();
        let mut shard = None;
        if let Some((share, place)) = share {
            let Some(finer) = self.parts(least * FINER)? else { return Ok((0, false)) };
            let shards = divided(&parts, &finer, share.of);
            own.retain(|part| shards[*part] + 1 == share.number);
            shard = Some(share.with(own.len(), place));
        }
        let heading = Question {
            crease_count: 1,
            notion: self.plan.notion.name().to_owned(),
            domain: area.to_string(),
            network,
            parts: (parts.len(), digest(&listed(&parts))),
            certificate: None,
            shard,
        };
        let (journal, lines) = Journal::open(path, &heading)?;
        let done = noted(lines, parts.len()).map_err(|what| journal.refused(what))?;
        self.side_by_side(&parts, own, Some((journal, done)))
    }

    fn parts(&self, least: u64) -> Result<Option<Vec<Vec<u32>>>, CliError> {
        let plan = self.plan.clone();
        Ok(self.one(move |stop| plan.cells.parts(plan.notion, least, stop))?.flatten())
    }

    fn side_by_side(
        &self,
        parts: &[Vec<u32>],
        own: Vec<usize>,
        journal: Option<(Journal, HashMap<usize, u64>)>,
    ) -> Result<Found, CliError> {
        let (mut journal, done) =
            journal.map_or_else(|| (None, HashMap::new()), |(journal, done)| (Some(journal), done));
        let mut found: u64 = done.values().sum();
        let count = own.len();
        let left: Vec<usize> = own.into_iter().filter(|i| !done.contains_key(i)).collect();
        let mut missing = left.len();
        let template = "{bar:32} {pos} of {len} parts, {msg}  {elapsed}, about {eta} left";
        let mut late = LateBar::new(Some(count), template, self.start);
        late.bar.set_position(done.len() as u64);
        late.bar.reset_eta();
        let jobs: Vec<_> = left
            .iter()
            .map(|&i| {
                let (plan, prefix, limit) = (self.plan.clone(), parts[i].clone(), self.limit);
                move |stop: &AtomicBool| {
                    walked(&plan, &prefix, Progress { limit, stop: Some(stop) })
                }
            })
            .collect();
        self.crew.work(jobs, |news| {
            late.tick();
            let News::Done(number, (count, ended)) = news else { return Ok(()) };
            found += count;
            if ended {
                missing -= 1;
                late.bar.inc(1);
                late.bar.set_message(format!("{found} regions so far"));
                if let Some(journal) = &mut journal {
                    journal.note(&Line { part: left[number], count })?;
                }
            }
            if found >= self.limit {
                self.crew.stop.store(true, Ordering::Relaxed);
            }
            Ok(())
        })?;
        late.bar.finish_and_clear();
        Ok((found.min(self.limit), missing == 0 && found < self.limit))
    }

    /// The count by linear programs.
    fn descended(&self, domain: Domain) -> Result<Found, CliError> {
        let (plan, notion, limit) = (self.plan.clone(), self.plan.notion, self.limit);
        let so_far = Arc::new(AtomicU64::new(0));
        let told = so_far.clone();
        let job = move |stop: &AtomicBool| {
            let (tally, all) = descend(&plan.cells, &domain, |cells| {
                told.store(cells, Ordering::Relaxed);
                // A limit of strict ones is not one of all.
                match stop.load(Ordering::Relaxed) || (notion == Notion::R2 && cells >= limit) {
                    true => ControlFlow::Break(()),
                    false => ControlFlow::Continue(()),
                }
            });
            (notion.of(tally), all)
        };
        let cells = || so_far.load(Ordering::Relaxed);
        let how_far = || format!("{} regions so far", cells());
        let found = self.crew.one_shown(job, self.start, how_far)?;
        let seen = if notion == Notion::R2 { cells() } else { 0 };
        let (count, all) = found.unwrap_or((seen, false));
        Ok((count.min(limit), all && count < limit))
    }

    /// R4: the whole complex, and the number of different affine maps until that is known.
    fn affine_regions(&self) -> Result<Found, CliError> {
        let (maps, ended) = self.walk(u64::MAX)?;
        if !ended {
            return Ok((maps, false));
        }
        let plan = self.plan.clone();
        let limit = usize::try_from(self.limit.min(IN_MEMORY)).unwrap_or(usize::MAX);
        let regions = self.one(move |_| plan.cells.affine_regions(limit))?;
        Ok(regions.flatten().map_or((maps, false), |regions| (regions as u64, true)))
    }
}

/// The regions below a prefix of choices, and whether the walk came to its end.
fn walked(plan: &Plan, prefix: &[u32], progress: Progress<'_>) -> Found {
    plan.cells.count(plan.notion, prefix, progress)
}

/// How many parts a count has at least, to be shared out so.
pub fn least_parts(share: Share) -> u64 {
    PARTS.max(PARTS_A_SHARD * share.of as u64)
}

/// A list of parts in bytes.
pub fn listed(parts: &[Vec<u32>]) -> Vec<u8> {
    let bytes = |part: &Vec<u32>| -> Vec<u8> {
        part.iter().chain([&u32::MAX]).flat_map(|choice| choice.to_le_bytes()).collect()
    };
    parts.iter().flat_map(bytes).collect()
}

/// All numbers below `n`, each once, those near to each other far apart: what is done first is a
/// fair sample of everything, so that an estimate from it means something.
pub fn scattered(n: usize) -> impl Iterator<Item = usize> {
    let coprime = |step: &usize| gcd(*step, n) == 1;
    // About the golden section of n; one is coprime to everything.
    let step = (1..=(n * 89 / 144).max(1)).rev().find(coprime).unwrap_or(1);
    (0..n).map(move |i| i * step % n)
}

fn gcd(a: usize, b: usize) -> usize {
    if b == 0 { a } else { gcd(b, a % b) }
}
