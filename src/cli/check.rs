//! The command `check`: runs claims in parallel; a panic in one of them does not end the others.

use super::error::CliError;
use super::pool::{Crew, Threads};
use super::progress;
use super::select::Listed;
use super::shards::Share;
use crate::claim::{Budget, Certificate, Evidence, Record, Target, TwinCard};
use crate::report::{CertificateRecord, Measured, Panic, Row, Run};
use clap::value_parser;
use crease_recheck as checker;
use rayon::prelude::*;
use std::cell::Cell;
use std::panic::{self, AssertUnwindSafe, PanicHookInfo};
use std::path::PathBuf;
use std::sync::Once;
use std::time::Duration;

/// Which claims a run asks, and how much.
#[derive(Clone, Debug, Default, clap::Args)]
pub struct Asked {
    /// Ids, families or prefixes; every claim without any
    pub names: Vec<String>,
    /// Cases to draw for a claim; a twin may draw four times as many before it counts as survived
    #[arg(long, value_name = "N", default_value_t = DEFAULT_CASES,
          value_parser = value_parser!(u32).range(1..))]
    pub cases: u32,
    /// Seed, added to the one that each id fixes
    #[arg(long, value_name = "S", default_value_t = 0)]
    pub seed: u64,
    /// Stop after T seconds, finished or not; asked between two cases
    #[arg(long, value_name = "T")]
    pub time: Option<u64>,
    /// Worker threads
    #[command(flatten)]
    pub threads: Threads,
}

/// Arguments of `check`.
#[derive(Debug, Default, clap::Args)]
pub struct Args {
    /// What is run
    #[command(flatten)]
    pub asked: Asked,
    /// Print JSON, as described by proofs/check.schema.json
    #[arg(long)]
    pub json: bool,
    /// Write every counterexample, those of twins included, to a file of its own for `replay`
    #[arg(long, value_name = "DIR")]
    pub save: Option<PathBuf>,
    /// Ask a share of the cases, the I-th of N, and note what is seen in the journal: `crease
    /// merge` adds shards up to what one run prints
    #[arg(long, value_name = "I/N", requires = "journal", conflicts_with_all = ["json", "save"])]
    pub shard: Option<Share>,
    /// The journal of a shard: one that was interrupted goes on when it is asked again
    #[arg(long, value_name = "FILE", requires = "shard")]
    pub journal: Option<PathBuf>,
}

/// The budget of people, CI and the ledger, in cases a claim.
pub const DEFAULT_CASES: u32 = 256;

/// Checks the claims and all their twins. The result does not depend on the number of threads.
pub fn run(claims: &[Listed], asked: &Asked) -> Result<Run, CliError> {
    let crew = Crew::new(asked.threads, asked.time.map(Duration::from_secs))?;
    let stop = || crew.must_stop();
    let budget = Budget { cases: asked.cases, seed: asked.seed, stop: &stop };
    let bar = progress::bar(claims.len(), "claims");
    note_panics();
    let finished = |&claim: &Listed| {
        let row = row(claim, &budget);
        bar.inc(1);
        row
    };
    let rows = crew.install(|| claims.par_iter().with_max_len(1).map(finished).collect());
    bar.finish_and_clear();
    Ok(Run { cases: asked.cases, seed: asked.seed, rows, committed: None })
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
                        guarded(&format!("the twin \"{}\"", card.name), check(target))
                    };
                    twins.into_par_iter().with_max_len(1).map(verdict).collect::<Vec<_>>()
                },
                || guarded("the certificates", || certificates(claim, budget)),
            )
        },
    );
    let result = verdict.and_then(|verdict| {
        let twins = twins.into_iter().collect::<Result<Vec<_>, _>>()?;
        let record = Record::new(claim, verdict, twins);
        Ok(Measured { record, certificates: certificates? })
    });
    Row { claim, result, record: None }
}

/// Has the certificates of a claim checked; `None` if the run was stopped before.
pub fn certificates(claim: Listed, budget: &Budget<'_>) -> Option<Vec<CertificateRecord>> {
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
        CertificateRecord { name, refused, text }
    };
    Some(certify().into_iter().map(checked).collect())
}

thread_local! {
    /// `Some` while this thread runs guarded work: what its panic said.
    static NOTED: Cell<Option<String>> = const { Cell::new(None) };
}

/// Makes a panic of guarded work a note: it is reported with its claim, not printed.
pub fn note_panics() {
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
pub fn guarded<T>(during: &str, work: impl FnOnce() -> T) -> Result<T, Panic> {
    NOTED.set(Some(String::new()));
    let result = panic::catch_unwind(AssertUnwindSafe(work));
    let message = NOTED.take().unwrap_or_default();
    result.map_err(|_| Panic { during: during.to_owned(), message })
}
