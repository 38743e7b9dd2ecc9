//! Claims as tests: every claim times every obligation, by name. `cargo test mistake_bound` runs
//! one claim, and a claim on the list cannot be forgotten.
//!
//! A package of one's own has the same with a test target of one line, `harness = false`:
//!
//! ```no_run
//! # const CLAIMS: &[&dyn crease::claim::AnyClaim] = &[];
//! fn main() {
//!     crease::obligations::run(CLAIMS, env!("CARGO_MANIFEST_DIR"))
//! }
//! ```
//!
//! `tests/downstream` is such a package.

use crate::claim::{
    AnyClaim, Budget, Certificate, Edited, Evidence, KnownError, Record, Standing, Target,
    TwinCard, Verdict, parse_known, repeat,
};
use crease_recheck::{self as checker, Accepted, Rejection};
use libtest_mimic::{Arguments, Failed, Trial};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::{Mutex, OnceLock, PoisonError};

type Listed = &'static dyn AnyClaim;

/// What claims say of the neighbours of their cases, in a checkout that keeps it.
const EDITED: &str = "fixtures/edited.txt";

/// Runs the obligations of these claims as the arguments of a test say, and ends the program. Known
/// cases, notes and certificates are below `root`, as in the checkout of this crate.
pub fn run(claims: &[&'static dyn AnyClaim], root: impl AsRef<Path>) -> ! {
    libtest_mimic::run(&Arguments::from_args(), trials(claims, root.as_ref())).exit()
}

/// The obligations of these claims. What `crease check` asks as well is marked `[run]`.
pub fn trials(claims: &[&'static dyn AnyClaim], root: &Path) -> Vec<Trial> {
    claims.iter().flat_map(|claim| obligations(*claim, root)).collect()
}

fn obligations(claim: Listed, root: &Path) -> Vec<Trial> {
    let id = claim.card().id;
    let trial = |name: &str, check: fn(Listed, &Path) -> Result<(), Failed>| {
        let root = root.to_owned();
        Trial::test(format!("{id}::{name}"), move || check(claim, &root))
    };
    let standing = if claim.card().standing.is_refuted() {
        trial("is_refuted [run]", is_refuted)
    } else {
        trial("holds [run]", holds)
    };
    let mut trials = vec![
        standing,
        trial("needs_every_hypothesis", needs_every_hypothesis),
        trial("replays_known_cases [run]", replays_known_cases),
    ];
    if root.join(EDITED).is_file() {
        trials.push(trial("answers_neighbours [run]", answers_neighbours));
    }
    if let Evidence::CertifiedExactly { .. } = claim.card().evidence {
        trials.push(trial("certificates_are_accepted", certificates_are_accepted));
    }
    trials.extend(claim.twins().into_iter().map(|twin| {
        let name = format!("{id}::refutes::{} [run]", slug(twin.name));
        Trial::test(name, move || refutes(claim, &twin))
    }));
    trials
}

fn slug(name: &str) -> String {
    let word = |c: char| if c.is_alphanumeric() { c } else { '_' };
    name.chars().map(word).collect::<String>().to_lowercase()
}

fn holds(claim: Listed, _: &Path) -> Result<(), Failed> {
    match verdict(claim, Target::Claim) {
        Verdict::Holds { .. } => Ok(()),
        other => Err(describe(claim, other).into()),
    }
}

/// A statement that is listed as false has to be refuted, by a case that replays.
fn is_refuted(claim: Listed, _: &Path) -> Result<(), Failed> {
    let verdict = verdict(claim, Target::Claim);
    if !matches!(verdict, Verdict::Refuted { .. }) {
        return Err(
            format!("listed as refuted, but the run says: {}", describe(claim, verdict)).into()
        );
    }
    Ok(repeat(claim, Target::Claim, None, verdict)?)
}

fn refutes(claim: Listed, twin: &TwinCard) -> Result<(), Failed> {
    let target = Target::Twin(twin.name);
    let verdict = verdict(claim, target);
    if !matches!(verdict, Verdict::Refuted { .. }) {
        let (name, fault) = (twin.name, twin.fault);
        let what = describe(claim, verdict);
        return Err(format!("the twin \"{name}\" survives ({fault}): {what}").into());
    }
    Ok(repeat(claim, target, twin.drops, verdict)?)
}

/// Every hypothesis that is not marked unsharp is dropped by a twin, every twin has a fault and a
/// name of its own, and a claim that should hold has two twins at least.
fn needs_every_hypothesis(claim: Listed, _: &Path) -> Result<(), Failed> {
    let twins = claim.twins();
    if !claim.card().standing.is_refuted() {
        for h in claim.hypotheses().iter().filter(|h| h.unsharp.is_none()) {
            if !twins.iter().any(|twin| twin.drops == Some(h.name)) {
                return Err(format!("no twin drops the hypothesis \"{}\"", h.name).into());
            }
        }
        if twins.len() < 2 {
            let count = twins.len();
            return Err(format!("{count} twin(s); two show that a check has teeth").into());
        }
    }
    for TwinCard { name, fault, .. } in &twins {
        if fault.is_empty() {
            return Err(format!("nothing says why the twin \"{name}\" is false").into());
        }
        if twins.iter().filter(|other| other.name == *name).count() > 1 {
            return Err(format!("two twins are called \"{name}\"").into());
        }
    }
    Ok(())
}

/// What the claim says of the neighbours of its cases is what `fixtures/edited.txt` says.
fn answers_neighbours(claim: Listed, root: &Path) -> Result<(), Failed> {
    let twins = claim.twins();
    let twins = twins.iter().map(|twin| verdict(claim, Target::Twin(twin.name)).clone());
    let record = Record::new(claim, verdict(claim, Target::Claim).clone(), twins);
    let fresh = format!("{}: {}", claim.card().id, Edited::of(claim, &record));
    let committed = std::fs::read_to_string(root.join(EDITED))?;
    match committed.lines().any(|line| line == fresh) {
        true => Ok(()),
        false => Err(format!(
            "fixtures/edited.txt lacks the line, which `crease ledger` writes\n{fresh}"
        )
        .into()),
    }
}

/// The known cases of `fixtures/<id>.toml`; a conjecture may begin without.
fn replays_known_cases(claim: Listed, root: &Path) -> Result<(), Failed> {
    let path = root.join(format!("fixtures/{}.toml", claim.card().id));
    let text = match std::fs::read_to_string(&path) {
        Ok(text) => text,
        Err(_) if claim.card().standing == Standing::Conjecture => return Ok(()),
        Err(error) => {
            let path = path.display();
            return Err(format!("{path}: {error}; all but conjectures have known cases").into());
        }
    };
    let replay = || parse_known(&text)?.iter().try_for_each(|known| known.check(claim).map(drop));
    replay().map_err(|error: KnownError| format!("{}: {error}", path.display()).into())
}

/// Each certificate is accepted, is about this claim, and is the committed text to the byte.
fn certificates_are_accepted(claim: Listed, root: &Path) -> Result<(), Failed> {
    let id = claim.card().id;
    let folder = root.join("proofs/certificates").join(id);
    let mut names = BTreeSet::new();
    for (Certificate { name, text }, accepted) in certificates(claim) {
        let path = folder.join(format!("{name}.cert"));
        let place = path.display();
        let accepted = accepted.as_ref().map_err(|error| format!("{place}: {error}"))?;
        if accepted.claim != id {
            return Err(format!("{place} is about the claim {}", accepted.claim).into());
        }
        let committed = std::fs::read_to_string(&path)
            .map_err(|error| format!("{place}: {error}; commit what the claim writes:\n{text}"))?;
        if committed != *text {
            return Err(format!("{place} is not what the claim writes:\n{text}").into());
        }
        if !names.insert(path) {
            return Err(format!("two certificates are called {name}").into());
        }
    }
    if names.is_empty() {
        return Err("certified without a certificate".into());
    }
    let entries = std::fs::read_dir(folder)?.map(|entry| entry.map(|entry| entry.path()));
    let found: BTreeSet<_> = entries.collect::<Result<_, _>>()?;
    if found == names {
        return Ok(());
    }
    Err(format!("left over: {:?}", found.difference(&names)).into())
}

fn describe(claim: Listed, verdict: &Verdict) -> String {
    let id = claim.card().id;
    let counts = verdict.counts();
    match verdict {
        Verdict::Holds { tightest, .. } => {
            format!("{id} holds, {counts:?}, tightest {}", tightest.finding)
        }
        Verdict::Refuted { case, finding, .. } => format!("{id} is refuted: {finding}\n{case}"),
        Verdict::Vacuous { stratum, .. } => format!(
            "{id} is vacuous: {counts:?}, under one in four meet the hypotheses and decide \
             something, or none of the stratum {stratum:?}"
        ),
        Verdict::Unfinished { .. } => format!("{id} stopped after {counts:?}"),
    }
}

/// Cases for a claim, as `crease ledger` draws them; a twin may draw four times as many.
pub const CASES: u32 = 256;

/// Values that are computed once, by name.
struct Once<T: 'static>(Mutex<BTreeMap<String, &'static OnceLock<T>>>);

impl<T> Once<T> {
    const fn new() -> Self {
        Self(Mutex::new(BTreeMap::new()))
    }

    fn get(&self, name: String, compute: impl FnOnce() -> T) -> &'static T {
        let cell = {
            let mut cells = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            *cells.entry(name).or_insert_with(|| Box::leak(Box::default()))
        };
        cell.get_or_init(compute)
    }
}

/// The verdict on a claim or twin; whoever asks first waits for the run, everyone else reads it.
pub fn verdict(claim: Listed, target: Target<'_>) -> &'static Verdict {
    static VERDICTS: Once<Verdict> = Once::new();
    let name = format!("{} {target:?}", claim.card().id);
    VERDICTS.get(name, || claim.check(target, &Budget::cases(CASES)))
}

/// The certificates of a claim, each with what the checker says; none without such evidence.
pub fn certificates(claim: Listed) -> &'static [(Certificate, Result<Accepted, Rejection>)] {
    static CERTIFICATES: Once<Vec<(Certificate, Result<Accepted, Rejection>)>> = Once::new();
    let Evidence::CertifiedExactly { certify, .. } = claim.card().evidence else { return &[] };
    let checked = |certificate: Certificate| {
        let result = checker::check(&certificate.text);
        (certificate, result)
    };
    let checked = || certify().into_iter().map(checked).collect();
    CERTIFICATES.get(claim.card().id.to_owned(), checked)
}
