//! A run from what `check --json` printed. Every case that the file shows is asked again, so that
//! it cannot say what the claims do not.

use super::error::CliError;
use super::files;
use super::select::Listed;
use crate::claim::{Counts, Finding, Record, Target, Tightest, Verdict};
use crate::report::{CertificateRecord, Measured, Row, Run};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::Path;
use toml::Table;

/// The largest run that is read, in bytes: some twenty times that of the catalogue.
const LIMIT: u64 = 64 << 20;

#[derive(Deserialize)]
struct Printed {
    seed: u64,
    cases: u32,
    claims: Vec<PrintedRow>,
}

#[derive(Deserialize)]
struct PrintedRow {
    id: String,
    verdict: String,
    #[serde(flatten)]
    counts: Counts,
    tightest: Option<Witness>,
    counterexample: Option<Witness>,
    twins: Vec<PrintedTwin>,
    certificates: Option<Vec<PrintedCertificate>>,
}

#[derive(Deserialize)]
struct PrintedTwin {
    name: String,
    verdict: String,
    #[serde(flatten)]
    counts: Counts,
    case: Option<Table>,
}

#[derive(Deserialize)]
struct Witness {
    case: Table,
}

#[derive(Deserialize)]
struct PrintedCertificate {
    name: String,
    refused: Option<String>,
}

/// The run of a file, as far as it is about these claims. Errors: a file that is none, a claim that
/// it does not have, or a case that shows something else today.
pub fn run(claims: &[Listed], path: &Path) -> Result<Run, CliError> {
    let text = files::read_up_to(path, LIMIT)?;
    let printed: Printed = serde_json::from_slice(&text).map_err(|error| {
        CliError::file(path, format!("not what `crease check --json` prints: {error}"))
    })?;
    let Printed { seed, cases, claims: rows } = printed;
    let mut rows: BTreeMap<_, _> = rows.into_iter().map(|row| (row.id.clone(), row)).collect();
    let row = |claim: &Listed| {
        let id = claim.card().id;
        let row = rows.remove(id).ok_or_else(|| {
            CliError::file(path, format!("the run has no claim {id}: expected a run that does"))
        })?;
        let measured = measured(*claim, row);
        let measured = measured.map_err(|what| {
            CliError::file(path, format!("{id}: {what}; run `crease report` without --from"))
        })?;
        Ok(Row { claim: *claim, result: Ok(measured), record: None })
    };
    let rows = claims.iter().map(row).collect::<Result<_, CliError>>()?;
    Ok(Run { cases, seed, rows, committed: None })
}

fn measured(claim: Listed, row: PrintedRow) -> Result<Measured, String> {
    let case = row.tightest.or(row.counterexample).map(|witness| witness.case);
    let verdict = verdict(claim, None, &row.verdict, row.counts, case)?;
    let cards = claim.twins();
    let names = |twin: &PrintedTwin| twin.name.clone();
    let same = cards.iter().map(|card| card.name).eq(row.twins.iter().map(names));
    refuse_if!(!same, "its twins are not those of the file");
    let twins = row.twins.into_iter().zip(&cards).map(|(twin, card)| {
        let target = Some((card.name, card.drops));
        self::verdict(claim, target, &twin.verdict, twin.counts, twin.case)
            .map_err(|what| format!("the twin \"{}\": {what}", card.name))
    });
    let twins = twins.collect::<Result<Vec<_>, _>>()?;
    let certificate = |PrintedCertificate { name, refused }| CertificateRecord {
        name,
        refused,
        text: String::new(),
    };
    let certificates = row.certificates.map(|all| all.into_iter().map(certificate).collect());
    Ok(Measured { record: Record::new(claim, verdict, twins), certificates })
}

/// A verdict, whose case is asked again.
fn verdict(
    claim: Listed,
    twin: Option<(&'static str, Option<&'static str>)>,
    word: &str,
    counts: Counts,
    case: Option<Table>,
) -> Result<Verdict, String> {
    match word {
        "unfinished" | "not started" => return Ok(Verdict::Unfinished { counts }),
        "vacuous" => return Ok(Verdict::Vacuous { counts, stratum: None }),
        "holds" | "refuted" => {}
        other => return Err(format!("the verdict is \"{other}\"")),
    }
    let case = case.ok_or("the file does not have its case")?.to_string();
    let target = twin.map_or(Target::Claim, |(name, _)| Target::Twin(name));
    let again = claim.replay(target, &case).map_err(|error| error.to_string())?;
    let dropped: Vec<_> = twin.and_then(|(_, drops)| drops).into_iter().collect();
    let finding: Finding = again.conclusion.map_err(|why| why.to_string())?;
    let is_so = finding.holds() == (word == "holds") && again.unmet == dropped;
    refuse_if!(!is_so, "asked again, the case shows {finding} and breaks {:?}", again.unmet);
    Ok(match finding.holds() {
        true => Verdict::Holds { counts, tightest: Tightest { finding, case } },
        false => Verdict::Refuted { counts, case, finding },
    })
}
