//! Running claims: in parallel, stoppable, and not brought down by a panic in one of them.

use super::error::CliError;
use super::select::Listed;
use crate::claim::{Budget, Record, Target, TwinRecord, Verdict};
use crate::report::{Panic, Row, Run};
use indicatif::{ProgressBar, ProgressStyle};
use rayon::prelude::*;
use std::cell::Cell;
use std::io::IsTerminal;
use std::panic::{self, AssertUnwindSafe, PanicHookInfo};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

/// How far a run may go.
pub struct Limits {
    /// Cases to draw for a claim.
    pub cases: u32,
    /// The seed.
    pub seed: u64,
    /// Wall-clock time after which the run stops.
    pub time: Option<Duration>,
    /// Worker threads; 0 is one a core.
    pub threads: usize,
}

/// Stack of a worker, in bytes: as much as a main thread has.
const STACK: usize = 8 << 20;

/// Set by the first interrupt.
static INTERRUPTED: AtomicBool = AtomicBool::new(false);

/// Makes an interrupt stop the run, and a second one end the program with exit code 130.
pub fn stop_on_interrupt() {
    // Where no handler can be installed an interrupt ends the program, which is no worse.
    let _ = ctrlc::set_handler(|| {
        if INTERRUPTED.swap(true, Ordering::Relaxed) {
            std::process::exit(130);
        }
    });
}

/// Checks the claims and all their twins. The result does not depend on the number of threads.
pub fn run(claims: &[Listed], limits: &Limits) -> Result<Run, CliError> {
    let threads = limits.threads;
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(threads)
        .stack_size(STACK)
        .build()
        .map_err(|error| CliError::Threads { threads, error })?;
    let deadline = limits.time.and_then(|time| Instant::now().checked_add(time));
    let stop =
        || INTERRUPTED.load(Ordering::Relaxed) || deadline.is_some_and(|end| Instant::now() >= end);
    let budget = Budget { cases: limits.cases, seed: limits.seed, stop: &stop };
    let work: Vec<Work> = claims.iter().map(|claim| Work::of(*claim)).collect();
    let bar = progress(claims.len());
    // A claim and each of its twins are jobs of their own, so that one slow claim does not leave
    // the other cores idle.
    let jobs: Vec<(&Work, Target<'static>)> =
        work.iter().flat_map(|work| work.targets().map(move |target| (work, target))).collect();
    let verdicts: Vec<Result<Verdict, Panic>> = quietly(|| {
        let job = |&(work, target): &(&Work, Target<'static>)| {
            let verdict = check(work.claim, target, &budget);
            if work.left.fetch_sub(1, Ordering::Relaxed) == 1 {
                bar.inc(1);
            }
            verdict
        };
        pool.install(|| jobs.par_iter().with_max_len(1).map(job).collect())
    });
    bar.finish_and_clear();
    let mut verdicts = verdicts.into_iter();
    let rows = claims.iter().map(|claim| row(*claim, &mut verdicts)).collect();
    Ok(Run { cases: limits.cases, seed: limits.seed, rows })
}

/// A claim, and how many of its targets are still open.
struct Work {
    claim: Listed,
    left: AtomicUsize,
}

impl Work {
    fn of(claim: Listed) -> Self {
        Self { claim, left: AtomicUsize::new(1 + claim.twins().len()) }
    }

    fn targets(&self) -> impl Iterator<Item = Target<'static>> + use<> {
        let twins = self.claim.twins().into_iter().map(|twin| Target::Twin(twin.name));
        std::iter::once(Target::Claim).chain(twins)
    }
}

/// Takes the verdicts of the claim and of its twins. The first panic among them is the result.
fn row(claim: Listed, verdicts: &mut impl Iterator<Item = Result<Verdict, Panic>>) -> Row {
    let mut next = || verdicts.next().expect("every target was a job");
    let verdict = next();
    // All of them are taken before any is looked at: what is left belongs to the next claim.
    let twins: Vec<_> = claim.twins().into_iter().map(|card| (card, next())).collect();
    let twins = twins.into_iter().map(|(card, v)| v.map(|verdict| TwinRecord { card, verdict }));
    let result = verdict.and_then(|verdict| {
        Ok(Record { id: claim.card().id, verdict, twins: twins.collect::<Result<_, _>>()? })
    });
    Row { claim, result }
}

fn check(claim: Listed, target: Target<'_>, budget: &Budget<'_>) -> Result<Verdict, Panic> {
    panic::catch_unwind(AssertUnwindSafe(|| claim.check(target, budget))).map_err(|_| Panic {
        during: match target {
            Target::Claim => "the claim".to_owned(),
            Target::Twin(name) => format!("the twin \"{name}\""),
        },
        message: LAST_PANIC.take(),
    })
}

thread_local! {
    /// What the last panic on this thread said.
    static LAST_PANIC: Cell<String> = const { Cell::new(String::new()) };
}

/// Runs `work` with panics noted instead of printed: they are reported with their claim.
fn quietly<T>(work: impl FnOnce() -> T) -> T {
    let previous = panic::take_hook();
    panic::set_hook(Box::new(|info: &PanicHookInfo<'_>| {
        let message = info.payload_as_str().unwrap_or("no message");
        let place = info.location().map(|at| format!(" at {}:{}", at.file(), at.line()));
        LAST_PANIC.set(format!("{message}{}", place.unwrap_or_default()));
    }));
    let result = work();
    panic::set_hook(previous);
    result
}

/// A bar on a terminal, nothing elsewhere.
fn progress(claims: usize) -> ProgressBar {
    if !std::io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let style = ProgressStyle::with_template("{bar:32} {pos} of {len} claims  {elapsed}");
    let bar = ProgressBar::new(claims as u64);
    bar.set_style(style.expect("the template is a constant"));
    bar.enable_steady_tick(Duration::from_millis(250));
    bar
}
