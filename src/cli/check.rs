//! Running claims: in parallel, stoppable, and not brought down by a panic in one of them.

use super::error::CliError;
use super::interrupt;
use super::select::Listed;
use crate::claim::{Budget, Certificate, Evidence, Record, Target, TwinCard, TwinRecord};
use crate::report::{CertificateRecord, Measured, Panic, Row, Run};
use crease_recheck as checker;
use indicatif::{ProgressBar, ProgressStyle};
use rayon::prelude::*;
use std::cell::Cell;
use std::io::IsTerminal;
use std::panic::{self, AssertUnwindSafe, PanicHookInfo};
use std::sync::Once;
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

/// Checks the claims and all their twins. The result does not depend on the number of threads.
pub fn run(claims: &[Listed], limits: &Limits) -> Result<Run, CliError> {
    let threads = limits.threads;
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(threads)
        .stack_size(STACK)
        .build()
        .map_err(|error| CliError::Threads { threads, error })?;
    let deadline = limits.time.and_then(|time| Instant::now().checked_add(time));
    let stop = || interrupt::seen() || deadline.is_some_and(|end| Instant::now() >= end);
    let budget = Budget { cases: limits.cases, seed: limits.seed, stop: &stop };
    let bar = progress(claims.len());
    note_panics();
    let finished = |&claim: &Listed| {
        let row = row(claim, &budget);
        bar.inc(1);
        row
    };
    let rows = pool.install(|| claims.par_iter().with_max_len(1).map(finished).collect());
    bar.finish_and_clear();
    Ok(Run { cases: limits.cases, seed: limits.seed, rows, committed: None })
}

/// Checks a claim, its twins and its certificates; of several panics the first is reported. The
/// parts run side by side, so that one slow claim does not leave the other cores idle.
fn row(claim: Listed, budget: &Budget<'_>) -> Row {
    let twins = claim.twins();
    let check = |target| move || claim.check(target, budget);
    let (verdict, (twins, certificates)) = rayon::join(
        || guarded("the claim", check(Target::Claim)),
        || {
            rayon::join(
                || {
                    let verdict = |card: TwinCard| {
                        let target = Target::Twin(card.name);
                        let verdict =
                            guarded(&format!("the twin \"{}\"", card.name), check(target))?;
                        Ok(TwinRecord { card, verdict })
                    };
                    twins.into_par_iter().with_max_len(1).map(verdict).collect::<Vec<_>>()
                },
                || guarded("the certificates", || certificates(claim, budget)),
            )
        },
    );
    let result = verdict.and_then(|verdict| {
        let twins = twins.into_iter().collect::<Result<_, _>>()?;
        let record = Record { id: claim.card().id, verdict, twins };
        Ok(Measured { record, certificates: certificates? })
    });
    Row { claim, result }
}

/// Has the certificates of a claim checked; `None` if the run was stopped before.
fn certificates(claim: Listed, budget: &Budget<'_>) -> Option<Vec<CertificateRecord>> {
    let Evidence::CertifiedExactly { certify, .. } = claim.card().evidence else {
        return Some(Vec::new());
    };
    if (budget.stop)() {
        return None;
    }
    let id = claim.card().id;
    let checked = |Certificate { name, text }: Certificate| {
        let refused = match checker::check(&text) {
            Ok(accepted) if accepted.claim == id => None,
            Ok(accepted) => Some(format!("it is about the claim {}", accepted.claim)),
            Err(rejection) => Some(rejection.to_string()),
        };
        CertificateRecord { name, refused }
    };
    Some(certify().into_iter().map(checked).collect())
}

thread_local! {
    /// `Some` while this thread runs guarded work: what its panic said.
    static NOTED: Cell<Option<String>> = const { Cell::new(None) };
}

/// Makes a panic of guarded work a note: it is reported with its claim, not printed.
fn note_panics() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let print = panic::take_hook();
        panic::set_hook(Box::new(move |info: &PanicHookInfo<'_>| {
            if NOTED.take().is_none() {
                return print(info);
            }
            let message = info.payload_as_str().unwrap_or("no message");
            let place = info.location().map(|at| format!(" at {}:{}", at.file(), at.line()));
            NOTED.set(Some(format!("{message}{}", place.unwrap_or_default())));
        }));
    });
}

/// Runs `work`, and makes its panic an answer.
fn guarded<T>(during: &str, work: impl FnOnce() -> T) -> Result<T, Panic> {
    NOTED.set(Some(String::new()));
    let result = panic::catch_unwind(AssertUnwindSafe(work));
    let message = NOTED.take().unwrap_or_default();
    result.map_err(|_| Panic { during: during.to_owned(), message })
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::claim::{Case, Verdict, prelude::*};
    use crate::report::Outcome;
    use serde::{Deserialize, Serialize};

    #[derive(Debug, Serialize, Deserialize)]
    struct Number {
        n: u32,
    }

    impl Case for Number {
        fn well_formed(&self) -> Result<(), String> {
            Ok(())
        }
    }

    fn numbers() -> Cases<Number> {
        (0u32..100).prop_map(|n| Number { n }).cases()
    }

    const fn card(id: &'static str, evidence: Evidence) -> Card {
        Card { standing: Standing::Theorem, evidence, ..Card::conjecture(id, "") }
    }

    static SOUND: Claim<Number> = Claim {
        card: card("numbers/below_100", Evidence::PropertyTested),
        statement: "",
        cases: numbers,
        hypotheses: &[],
        conclusion: |case| Finding::below("n", case.n, 100),
        twins: &[Twin::concluding("below 50", |case| Finding::below("n", case.n, 50), "too low")],
    };

    static BROKEN: Claim<Number> = Claim {
        card: card("numbers/broken", Evidence::PropertyTested),
        statement: "",
        cases: numbers,
        hypotheses: &[],
        conclusion: |case| Finding::below("n", case.n, 100),
        twins: &[Twin::concluding("broken", |case| panic!("no {}", case.n % 100 / 100), "panics")],
    };

    fn run_of(claims: &[Listed], time: Option<Duration>) -> Run {
        run(claims, &Limits { cases: 64, seed: 0, time, threads: 2 }).expect("two threads")
    }

    #[test]
    fn a_panic_is_named_and_the_other_claims_still_run() {
        let run = run_of(&[&SOUND, &BROKEN, &SOUND], None);
        let outcomes: Vec<_> = run.rows.iter().map(Row::outcome).collect();
        assert_eq!(outcomes, [Outcome::AsClaimed, Outcome::Panicked, Outcome::AsClaimed]);
        let panic = run.rows[1].result.as_ref().err().expect("a panic");
        assert_eq!(panic.during, "the twin \"broken\"");
        assert!(panic.message.starts_with("no 0 at src/cli/check.rs:"), "{}", panic.message);
    }

    #[test]
    fn without_time_nothing_is_started() {
        let run = run_of(&[&SOUND], Some(Duration::ZERO));
        let untouched =
            |v: &Verdict| matches!(v, Verdict::Unfinished { counts } if counts.drawn == 0);
        assert!(run.rows[0].verdict().is_some_and(untouched));
        assert!(run.stopped() && run.worst() == Outcome::Unfinished);
    }
}
