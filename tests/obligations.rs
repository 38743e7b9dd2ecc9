//! Every claim times every obligation, by name: `cargo test mistake_bound` runs one claim, and a
//! claim on the list cannot be forgotten. What `crease check` asks as well is marked `[run]`.

#[path = "obligations/ledger.rs"]
mod ledger;

use crease::catalogue;
use crease::claim::{
    AnyClaim, Certificate, Edited, Evidence, KnownError, Record, Standing, Target, TwinCard,
    Verdict, parse_known, repeat,
};
use libtest_mimic::{Arguments, Failed, Trial};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

fn main() {
    let args = Arguments::from_args();
    let ledger = Trial::test("ledger::is_up_to_date [run]", ledger::is_up_to_date);
    libtest_mimic::run(&args, catalogue::all().flat_map(obligations).chain([ledger]).collect())
        .exit();
}

fn obligations(claim: &'static dyn AnyClaim) -> Vec<Trial> {
    let id = claim.card().id;
    let trial = |name: &str, check: fn(&'static dyn AnyClaim) -> Result<(), Failed>| {
        Trial::test(format!("{id}::{name}"), move || check(claim))
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
        trial("answers_neighbours [run]", answers_neighbours),
    ];
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

fn holds(claim: &'static dyn AnyClaim) -> Result<(), Failed> {
    match ledger::verdict(claim, Target::Claim) {
        Verdict::Holds { .. } => Ok(()),
        other => Err(describe(claim, other).into()),
    }
}

/// A statement that is listed as false has to be refuted, by a case that replays.
fn is_refuted(claim: &'static dyn AnyClaim) -> Result<(), Failed> {
    let verdict = ledger::verdict(claim, Target::Claim);
    if !matches!(verdict, Verdict::Refuted { .. }) {
        return Err(
            format!("listed as refuted, but the run says: {}", describe(claim, verdict)).into()
        );
    }
    Ok(repeat(claim, Target::Claim, None, verdict)?)
}

fn refutes(claim: &'static dyn AnyClaim, twin: &TwinCard) -> Result<(), Failed> {
    let target = Target::Twin(twin.name);
    let verdict = ledger::verdict(claim, target);
    if !matches!(verdict, Verdict::Refuted { .. }) {
        let (name, fault) = (twin.name, twin.fault);
        let what = describe(claim, verdict);
        return Err(format!("the twin \"{name}\" survives ({fault}): {what}").into());
    }
    Ok(repeat(claim, target, twin.drops, verdict)?)
}

/// Every hypothesis that is not marked unsharp is dropped by a twin, every twin has a fault and a
/// name of its own, and a claim that should hold has two twins at least.
fn needs_every_hypothesis(claim: &'static dyn AnyClaim) -> Result<(), Failed> {
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
fn answers_neighbours(claim: &'static dyn AnyClaim) -> Result<(), Failed> {
    let twins = claim.twins();
    let twins = twins.iter().map(|twin| ledger::verdict(claim, Target::Twin(twin.name)).clone());
    let record = Record::new(claim, ledger::verdict(claim, Target::Claim).clone(), twins);
    let fresh = format!("{}: {}", claim.card().id, Edited::of(claim, &record));
    let committed = std::fs::read_to_string(root("fixtures/edited.txt"))?;
    match committed.lines().any(|line| line == fresh) {
        true => Ok(()),
        false => Err(format!("fixtures/edited.txt lacks the line\n{fresh}").into()),
    }
}

fn root(path: impl AsRef<Path>) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// The known cases of `fixtures/<id>.toml`; a conjecture may begin without.
fn replays_known_cases(claim: &'static dyn AnyClaim) -> Result<(), Failed> {
    let path = root("fixtures").join(format!("{}.toml", claim.card().id));
    let text = match std::fs::read_to_string(&path) {
        Ok(text) => text,
        Err(_) if claim.card().standing == Standing::Conjecture => return Ok(()),
        Err(error) => {
            let path = path.display();
            return Err(format!("{path}: {error}; all but conjectures have known cases").into());
        }
    };
    let replay = || parse_known(&text)?.iter().try_for_each(|known| known.check(claim));
    replay().map_err(|error: KnownError| format!("{}: {error}", path.display()).into())
}

/// Each certificate is accepted, is about this claim, and is the committed text to the byte.
fn certificates_are_accepted(claim: &'static dyn AnyClaim) -> Result<(), Failed> {
    let id = claim.card().id;
    let folder = root("proofs/certificates").join(id);
    let mut names = BTreeSet::new();
    for (Certificate { name, text }, accepted) in ledger::certificates(claim) {
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

fn describe(claim: &'static dyn AnyClaim, verdict: &Verdict) -> String {
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
