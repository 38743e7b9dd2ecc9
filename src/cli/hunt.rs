//! The command `hunt`: islands of search for claims and twins, side by side.

use super::error::CliError;
use super::exit::Exit;
use super::pool::{Crew, News, Threads};
use super::progress::LateBar;
use super::records::Record;
use super::select::{self, Listed};
use super::shards::Share;
use super::{check, committed, files, hunt_report, hunt_shards, interrupt, records};
use crate::claim::{Size, Standing, Target};
use crate::hunt::{Finds, Found, Island, Limits, simplified};
use clap::value_parser;
use rayon::prelude::*;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Islands of a hunt, at least.
const ISLANDS: u64 = 4;
/// Steps of a hunt that nothing else bounds.
const STEPS: u64 = 2000;
/// Steps in size beyond drawn cases, unless told otherwise.
pub const GROWTH: u8 = 2;
/// Steps after which an island tells what it has found.
const TELL: u64 = 256;
/// How long a case is simplified after the time is over.
const GRACE: Duration = Duration::from_secs(5);

/// Arguments of `hunt`.
#[derive(Debug, Default, clap::Args)]
pub struct Args {
    /// Ids, families or prefixes; every claim without any
    pub names: Vec<String>,
    /// Search for T seconds in all, shared by the claims
    #[arg(long, value_name = "T", value_parser = value_parser!(u64).range(1..))]
    pub time: Option<u64>,
    /// Steps a claim; 2000 if no time is given. What is found does not depend on the threads
    #[arg(long, value_name = "N", value_parser = value_parser!(u64).range(1..))]
    pub steps: Option<u64>,
    /// Islands, searches that know nothing of each other and share the steps of a claim; 4 if not
    /// given, and one for each shard and thread of a hunt by time at least
    #[arg(long, value_name = "K", value_parser = value_parser!(u64).range(1..=1 << 20))]
    pub islands: Option<u64>,
    /// Steps in size beyond drawn cases, at each of which what a case costs may double; with --time
    /// alone, cheap cases grow step by step
    #[arg(long, value_name = "N", default_value_t = GROWTH, value_parser = value_parser!(u8))]
    pub grow: u8,
    /// Seed, added to the one that each id fixes
    #[arg(long, value_name = "S", default_value_t = 0)]
    pub seed: u64,
    /// Worker threads
    #[command(flatten)]
    pub threads: Threads,
    /// Write counterexamples and tightest cases to files in this folder, for `replay`
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Hunt the twins too
    #[arg(long)]
    pub twins: bool,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
    /// Keep cases that are tighter than the records in fixtures/records of this checkout
    #[arg(long)]
    pub update: bool,
    /// Search a share of the islands, the I-th of N, and note what is found in the journal:
    /// `crease merge` adds shards up to what one hunt prints
    #[arg(long, value_name = "I/N", requires = "journal",
          conflicts_with_all = ["json", "out", "update"])]
    pub shard: Option<Share>,
    /// The journal of a shard: one that was interrupted goes on when it is asked again
    #[arg(long, value_name = "FILE", requires = "shard")]
    pub journal: Option<PathBuf>,
}

impl Args {
    /// The steps of a claim, if they are bounded.
    pub fn steps(&self) -> Option<u64> {
        self.steps.or_else(|| self.time.is_none().then_some(STEPS))
    }
}

/// What is hunted: a claim, or one of its twins.
#[derive(Clone, Copy)]
pub struct Quarry {
    /// The claim.
    pub claim: Listed,
    /// The twin; the claim itself when absent.
    pub twin: Option<&'static str>,
}

impl Quarry {
    /// What the claim is asked.
    pub fn target(&self) -> Target<'static> {
        self.twin.map_or(Target::Claim, Target::Twin)
    }

    /// Whether a counterexample is what everybody expects.
    pub fn is_false(&self) -> bool {
        self.twin.is_some() || self.claim.card().standing.is_refuted()
    }
}

/// What a hunt found of one quarry.
pub struct Hunted {
    /// What was hunted.
    pub quarry: Quarry,
    /// What all its islands found.
    pub finds: Finds,
    /// The record of a checkout.
    pub record: Option<Record>,
    /// The tightest case, if it is tighter than the record.
    pub tighter: Option<Record>,
}

impl Hunted {
    /// The exit code of this quarry alone.
    fn exit(&self) -> Exit {
        let Finds { counterexample, panicked, met, .. } = &self.finds;
        match (panicked, counterexample, self.quarry.is_false()) {
            (Some(_), ..) => Exit::Bug,
            _ if self.finds.steps == 0 => Exit::Stopped,
            (None, Some(_), true) => Exit::AsClaimed,
            (None, None, false) if *met > 0 => Exit::AsClaimed,
            (None, None, _) if *met == 0 => Exit::Vacuous,
            (None, None, true) if self.quarry.twin.is_some() => Exit::TwinSurvived,
            _ => Exit::NotAsClaimed,
        }
    }
}

/// Hunts, reports, and writes what was asked for.
pub fn hunt(args: &Args) -> Result<Exit, CliError> {
    let quarries = quarries_of(args)?;
    interrupt::watch("stopping between two cases");
    if let (Some(share), Some(path)) = (args.shard, &args.journal) {
        return hunt_shards::run(&quarries, args, share, path);
    }
    if args.update && committed::checkout().is_none() {
        return Err(CliError::argument("--update", NOT_HERE));
    }
    conclude(run(&quarries, args)?, args)
}

const NOT_HERE: &str = "no checkout here whose fixtures/records could be written";

/// What the names select, with their twins if that was asked for.
pub fn quarries_of(args: &Args) -> Result<Vec<Quarry>, CliError> {
    let claims = select::claims(&args.names)?;
    Ok(claims.into_iter().flat_map(|claim| quarries(claim, args.twins)).collect())
}

/// Puts what was found beside the records, writes what was asked for, and reports.
pub fn conclude(mut all: Vec<Hunted>, args: &Args) -> Result<Exit, CliError> {
    let root = committed::checkout();
    if let Some(root) = &root {
        for hunted in &mut all {
            records::compare(hunted, root, args)?;
        }
    }
    if let Some(folder) = &args.out {
        records::write_all(folder, &all)?;
    }
    match (args.update, &root) {
        (true, Some(root)) => records::update(root, &all)?,
        (true, None) => return Err(CliError::argument("--update", NOT_HERE)),
        _ => {}
    }
    let print = if args.json { hunt_report::json } else { hunt_report::table };
    files::print(print(&all, args))?;
    if interrupt::seen() {
        return Ok(Stopped);
    }
    use Exit::{Bug, NotAsClaimed, Stopped, TwinSurvived, Vacuous};
    let order = [Bug, NotAsClaimed, TwinSurvived, Vacuous, Stopped];
    let exits: Vec<_> = all.iter().map(Hunted::exit).collect();
    Ok(order.into_iter().find(|exit| exits.contains(exit)).unwrap_or(Exit::AsClaimed))
}

/// A claim, perhaps with its twins.
pub fn quarries(claim: Listed, twins: bool) -> Vec<Quarry> {
    let twins = claim.twins().into_iter().filter(|_| twins).map(|twin| Some(twin.name));
    std::iter::once(None).chain(twins).map(|twin| Quarry { claim, twin }).collect()
}

/// One search of a hunt.
struct Search {
    quarry: Quarry,
    number: u64,
    seed: u64,
    steps: u64,
    growth: i64,
    /// Where only time is the limit: this much.
    time: Option<Duration>,
    /// What it has found so far.
    finds: Arc<Mutex<Finds>>,
    /// Whether another island of the quarry has refuted it; nobody asks where steps are the limit.
    refuted: Arc<AtomicBool>,
}

impl Search {
    /// Searches; `false` if it was stopped before its end.
    fn run(self, stop: &AtomicBool) -> bool {
        let start = Instant::now();
        let Quarry { claim, .. } = self.quarry;
        let target = self.quarry.target();
        let is_over = || {
            let time = self.time.is_some_and(|time| {
                start.elapsed() >= time || self.refuted.load(Ordering::Relaxed)
            });
            time || stop.load(Ordering::Relaxed)
        };
        let clock = || start.elapsed().as_micros() as u64;
        let clock: Option<&dyn Fn() -> u64> = self.time.is_some().then_some(&clock);
        let search = || {
            let mut island = Island::new(claim, target, self.seed, self.number);
            loop {
                let left = self.steps - island.finds.steps;
                let limits =
                    Limits { steps: left.min(TELL), growth: self.growth, stop: &is_over, clock };
                island.search(claim, target, &limits);
                *self.finds.lock().unwrap_or_else(PoisonError::into_inner) = island.finds.clone();
                if island.finds.counterexample.is_some() {
                    self.refuted.store(true, Ordering::Relaxed);
                    return true;
                }
                if is_over() || island.finds.steps >= self.steps {
                    return self.time.is_some() || island.finds.steps >= self.steps;
                }
            }
        };
        // A panic outside of any question: the generator itself cannot be made.
        check::guarded("the hunt", search).unwrap_or_else(|panic| {
            let mut finds = self.finds.lock().unwrap_or_else(PoisonError::into_inner);
            finds.panicked.get_or_insert(panic.message);
            true
        })
    }
}

/// What each of the islands of each quarry has found.
pub type Islands = Vec<Vec<Arc<Mutex<Finds>>>>;

/// Searches on those islands that `wants` a number of a quarry and of an island, and tells when one
/// has come to its end.
pub fn search(
    quarries: &[Quarry],
    args: &Args,
    islands: u64,
    crew: &Crew,
    wants: &dyn Fn(usize, u64) -> bool,
    tell: &mut dyn FnMut(usize, u64, &Finds) -> Result<(), CliError>,
) -> Result<Islands, CliError> {
    check::note_panics();
    let (steps, threads) = (args.steps(), crew.threads() as u64);
    let wanted: Vec<(usize, u64)> = (0..quarries.len())
        .flat_map(|quarry| (0..islands).map(move |island| (quarry, island)))
        .filter(|(quarry, island)| wants(*quarry, *island))
        .collect();
    // Islands take turns where they are more than the threads.
    let share = args.time.map(|time| {
        let searches = u32::try_from(wanted.len().max(1)).unwrap_or(u32::MAX);
        (Duration::from_secs(time) / searches).saturating_mul(searches.min(threads as u32))
    });
    let found: Islands =
        quarries.iter().map(|_| (0..islands).map(|_| Arc::default()).collect()).collect();
    let refuted: Vec<Arc<AtomicBool>> = quarries.iter().map(|_| Arc::default()).collect();
    let searches = wanted.iter().map(|&(quarry, number)| Search {
        quarry: quarries[quarry],
        number,
        seed: args.seed,
        steps: steps.map_or(u64::MAX, |steps| steps.div_ceil(islands)),
        growth: args.grow.into(),
        time: share.filter(|_| steps.is_none()),
        finds: found[quarry][number as usize].clone(),
        refuted: refuted[quarry].clone(),
    });
    let jobs = searches.map(|search| move |stop: &AtomicBool| search.run(stop));
    let template = "{bar:32} {pos} of {len} searches  {elapsed}  {msg}";
    let mut bar = LateBar::new(Some(wanted.len()), template, Instant::now());
    crew.work(jobs, |news| {
        match news {
            News::Done(job, ended) => {
                bar.bar.inc(1);
                let (quarry, island) = wanted[job];
                // A search by time that was interrupted has not come to its end.
                if ended && (steps.is_some() || !interrupt::seen()) {
                    tell(quarry, island, &finds(&found[quarry][island as usize]))?;
                }
            }
            News::Tick => bar.tick(),
        }
        if !bar.bar.is_hidden() {
            bar.bar.set_message(hunt_report::best(quarries, &found));
        }
        Ok(())
    })?;
    bar.bar.finish_and_clear();
    Ok(found)
}

fn finds(island: &Mutex<Finds>) -> Finds {
    island.lock().unwrap_or_else(PoisonError::into_inner).clone()
}

/// How many islands a hunt has.
pub fn islands(args: &Args, threads: usize) -> u64 {
    let shards = args.shard.map_or(1, |share| share.of as u64);
    let threads = if args.steps().is_some() || args.shard.is_some() { 1 } else { threads as u64 };
    args.islands.unwrap_or(ISLANDS.max(threads).max(shards))
}

/// Hunts each quarry on several islands. Where steps are the limit, what is found does not depend
/// on the number of threads.
pub fn run(quarries: &[Quarry], args: &Args) -> Result<Vec<Hunted>, CliError> {
    let crew = Crew::new(args.threads, args.time.map(Duration::from_secs))?;
    let islands = islands(args, crew.threads());
    let found = search(quarries, args, islands, &crew, &|_, _| true, &mut |_, _, _| Ok(()))?;
    Ok(finish(quarries, args, &crew, &found))
}

/// What all islands of each quarry found, with the tightest case simplified.
pub fn finish(quarries: &[Quarry], args: &Args, crew: &Crew, found: &Islands) -> Vec<Hunted> {
    let end = Instant::now();
    let stop = || interrupt::seen() || args.time.is_some() && end.elapsed() > GRACE;
    let hunted = |(quarry, found): (&Quarry, &Vec<Arc<Mutex<Finds>>>)| {
        let mut finds = merged(found);
        if let (None, Some(tightest)) = (&finds.counterexample, &finds.tightest) {
            let simpler = simplified(quarry.claim, quarry.target(), tightest, &stop);
            finds.tightest = Some(simpler);
        }
        Hunted { quarry: *quarry, finds, record: None, tighter: None }
    };
    let pairs: Vec<_> = quarries.iter().zip(found).collect();
    if crew.is_stopped() {
        // Searches that were abandoned may still hold the threads.
        return pairs.into_iter().map(hunted).collect();
    }
    crew.install(|| pairs.into_par_iter().with_max_len(1).map(hunted).collect())
}

/// What several islands found, in their order.
fn merged(islands: &[Arc<Mutex<Finds>>]) -> Finds {
    let mut all = Finds::default();
    for (number, finds) in islands.iter().enumerate() {
        let finds = self::finds(finds);
        let here = |found: Found| Found { island: number as u64, ..found };
        all.steps += finds.steps;
        all.met += finds.met;
        all.kept += finds.kept;
        all.panicked = all.panicked.or(finds.panicked);
        let tighter = |a: &Found, b: &Found| a.finding.tightness() < b.finding.tightness();
        let smaller = |a: &Found, b: &Found| Size::of(&a.case) < Size::of(&b.case);
        keep(&mut all.tightest, finds.tightest.map(here), tighter);
        keep(&mut all.counterexample, finds.counterexample.map(here), smaller);
    }
    all
}

fn keep(old: &mut Option<Found>, new: Option<Found>, better: impl Fn(&Found, &Found) -> bool) {
    if let Some(new) = new
        && old.as_ref().is_none_or(|old| better(&new, old))
    {
        *old = Some(new);
    }
}

/// Whether a record makes sense: the claim is listed as true, and has a slack.
pub fn has_record(hunted: &Hunted) -> bool {
    let standing = hunted.quarry.claim.card().standing;
    hunted.quarry.twin.is_none() && matches!(standing, Standing::Theorem | Standing::Conjecture)
}
