//! The JSON that programs read; `proofs/check.schema.json` describes what `check` prints.

use super::{CertificateRecord, Committed, Outcome, Panic, Row, Run, Summary, family, table};
use crate::claim::{
    AnyClaim, Card, Counts, Finding, HypothesisCard, Source, Standing, TwinCard, TwinRecord,
    Verdict, Wording,
};
use crate::exact::Rational;
use serde::Serialize;

#[derive(Serialize)]
struct Check<'a> {
    version: &'static str,
    seed: u64,
    cases: u32,
    stopped: bool,
    as_claimed: bool,
    summary: Summary,
    committed: Option<&'a Committed>,
    claims: Vec<ClaimRow<'a>>,
}

#[derive(Serialize)]
struct ClaimRow<'a> {
    id: &'static str,
    standing: &'static str,
    repaired_by: Option<&'static str>,
    evidence: &'static str,
    verdict: &'static str,
    as_claimed: bool,
    #[serde(flatten)]
    counts: Counts,
    tightest: Option<Witness<'a>>,
    counterexample: Option<Witness<'a>>,
    unsharp: Vec<HypothesisCard>,
    twins: Vec<TwinRow<'a>>,
    certificates: Option<&'a [CertificateRecord]>,
    panic: Option<&'a Panic>,
}

#[derive(Serialize)]
struct TwinRow<'a> {
    name: &'static str,
    fault: &'static str,
    drops: Option<&'static str>,
    verdict: &'static str,
    #[serde(flatten)]
    counts: Counts,
    finding: Option<Sides<'a>>,
    case: Option<toml::Table>,
}

/// A case and both sides of the conclusion on it.
#[derive(Serialize)]
struct Witness<'a> {
    finding: Sides<'a>,
    case: toml::Table,
}

#[derive(Serialize)]
struct Sides<'a> {
    #[serde(flatten)]
    finding: &'a Finding,
    holds: bool,
    slack: Rational,
}

#[derive(Serialize)]
struct Listed {
    id: &'static str,
    family: &'static str,
    title: &'static str,
    standing: &'static str,
    repaired_by: Option<&'static str>,
    evidence: &'static str,
    wording: Wording,
}

#[derive(Serialize)]
struct Shown {
    #[serde(flatten)]
    listed: Listed,
    statement: &'static str,
    source: Source,
    as_printed: Option<&'static str>,
    note: &'static str,
    hypotheses: Vec<HypothesisCard>,
    twins: Vec<TwinCard>,
}

/// What `check --json` prints: one object and a line feed.
pub fn check(run: &Run) -> String {
    line(&Check {
        version: env!("CARGO_PKG_VERSION"),
        seed: run.seed,
        cases: run.cases,
        stopped: run.stopped(),
        as_claimed: run.worst() == Outcome::AsClaimed,
        summary: run.summary(),
        committed: run.committed.as_ref(),
        claims: run.rows.iter().map(claim_row).collect(),
    })
}

/// What `list --json` prints: an array of cards in short.
pub fn list<'a>(claims: impl IntoIterator<Item = &'a dyn AnyClaim>) -> String {
    line(&claims.into_iter().map(|claim| listed(claim.card())).collect::<Vec<_>>())
}

/// What `show --json` prints: the whole card.
pub fn show(claim: &dyn AnyClaim) -> String {
    let card = claim.card();
    line(&Shown {
        listed: listed(card),
        statement: claim.statement(),
        source: card.source,
        as_printed: card.as_printed,
        note: card.note,
        hypotheses: claim.hypotheses(),
        twins: claim.twins(),
    })
}

/// A report as a line of JSON.
pub fn line(value: &impl Serialize) -> String {
    let text = serde_json::to_string(value);
    text.expect("every map of a report has strings for keys") + "\n"
}

fn listed(card: &Card) -> Listed {
    Listed {
        id: card.id,
        family: family(card.id),
        title: card.title,
        standing: card.standing.word(),
        repaired_by: repaired_by(card.standing),
        evidence: card.rung(),
        wording: card.wording,
    }
}

fn repaired_by(standing: Standing) -> Option<&'static str> {
    match standing {
        Standing::RefutedAsPrinted { repaired_by } => Some(repaired_by),
        _ => None,
    }
}

fn claim_row(row: &Row) -> ClaimRow<'_> {
    let card = row.claim.card();
    let (mut tightest, mut counterexample) = (None, None);
    match row.verdict() {
        Some(Verdict::Holds { tightest: t, .. }) => tightest = Some(witness(&t.finding, &t.case)),
        Some(Verdict::Refuted { finding, case, .. }) => {
            counterexample = Some(witness(finding, case));
        }
        _ => {}
    }
    ClaimRow {
        id: card.id,
        standing: card.standing.word(),
        repaired_by: repaired_by(card.standing),
        evidence: card.rung(),
        verdict: row.verdict().map_or("panicked", table::word),
        as_claimed: row.outcome() == Outcome::AsClaimed,
        counts: row.verdict().map_or_else(Counts::default, |verdict| *verdict.counts()),
        tightest,
        counterexample,
        unsharp: row.claim.hypotheses().into_iter().filter(|h| h.unsharp.is_some()).collect(),
        twins: row.twins().iter().map(twin_row).collect(),
        certificates: row.result.as_ref().ok().and_then(|all| all.certificates.as_deref()),
        panic: row.result.as_ref().err(),
    }
}

fn twin_row(twin: &TwinRecord) -> TwinRow<'_> {
    let (finding, case) = match &twin.verdict {
        Verdict::Refuted { finding, case, .. } => (Some(sides(finding)), Some(object(case))),
        Verdict::Holds { tightest, .. } => (Some(sides(&tightest.finding)), None),
        _ => (None, None),
    };
    TwinRow {
        name: twin.card.name,
        fault: twin.card.fault,
        drops: twin.card.drops,
        verdict: table::word(&twin.verdict),
        counts: *twin.verdict.counts(),
        finding,
        case,
    }
}

fn witness<'a>(finding: &'a Finding, case: &str) -> Witness<'a> {
    Witness { finding: sides(finding), case: object(case) }
}

fn sides(finding: &Finding) -> Sides<'_> {
    Sides { finding, holds: finding.holds(), slack: finding.slack() }
}

/// A case as an object. Its numbers are strings already, so nothing is rounded on the way.
fn object(case: &str) -> toml::Table {
    case.parse().expect("a run prints its cases as TOML")
}
