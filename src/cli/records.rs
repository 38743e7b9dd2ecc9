//! Records: the tightest case of each claim that anybody has met, one file each in
//! `fixtures/records`, as a known case.

use super::counterexample_file::{self, Saved};
use super::error::CliError;
use super::hunt::{Args, Hunted, Quarry, has_record};
use super::{files, select};
use crate::claim::{Finding, Known, Tightest, parse_known};
use crate::exact::Rational;
use crate::hunt::Found;
use crate::report::{self, Run};
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use toml::{Table, Value};

/// Characters of a side of a record: a file has to be read again, and by people.
const MOST: usize = 2000;
/// Where the records are, in a checkout.
const FOLDER: &str = "fixtures/records";

/// A record: a case, both sides, and how it was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// Both sides of the conclusion.
    pub finding: Finding,
    /// The case, as TOML.
    pub case: String,
    /// How it was found.
    pub how: String,
}

fn path(root: &Path, id: &str) -> PathBuf {
    root.join(FOLDER).join(format!("{id}.toml"))
}

/// The record of a claim, asked again: an error if it does not show what it says.
pub fn read(root: &Path, id: &str) -> Result<Option<Record>, CliError> {
    let path = path(root, id);
    if !path.is_file() {
        return Ok(None);
    }
    let known = parse_known(&files::read(&path)?).map_err(CliError::at(&path))?;
    let [Known { unmet, holds: true, twin: None, why, case, .. }] = &known[..] else {
        return Err(CliError::file(&path, "expected one known case that holds"));
    };
    if !unmet.is_empty() {
        return Err(CliError::file(&path, "expected a case that meets every hypothesis"));
    }
    let finding = known[0].check(select::claim(id)?).map_err(CliError::at(&path))?;
    Ok(Some(Record { finding, case: case.to_string(), how: why.clone() }))
}

/// Puts the records of a checkout beside the rows of a run.
pub fn attach(run: &mut Run, root: &Path) -> Result<(), CliError> {
    run.rows.par_iter_mut().try_for_each(|row| {
        let record = read(root, row.claim.card().id)?;
        row.record = record.map(|Record { finding, case, .. }| Tightest { finding, case });
        Ok(())
    })
}

fn how(found: &Found, args: &Args) -> String {
    let Args { time, steps, seed, grow, .. } = args;
    let bound = match (steps, time) {
        (Some(steps), _) => format!("--steps {steps}"),
        (None, Some(time)) => format!("--time {time}"),
        (None, None) => "--steps 2000".to_owned(),
    };
    let slack = found.finding.slack();
    format!(
        "slack {slack}, by hunt {bound} --grow {grow} --seed {seed}: island {}, step {}",
        found.island, found.step
    )
}

/// Puts the tightest case of a hunt beside the record of the checkout.
pub fn compare(hunted: &mut Hunted, root: &Path, args: &Args) -> Result<(), CliError> {
    if !has_record(hunted) || hunted.finds.counterexample.is_some() {
        return Ok(());
    }
    hunted.record = read(root, hunted.quarry.claim.card().id)?;
    let Some(found) = &hunted.finds.tightest else { return Ok(()) };
    let (old, new) = (hunted.record.as_ref(), found.finding.tightness());
    let fits = |side: &Rational| side.to_string().len() <= MOST;
    let fits = fits(&found.finding.found) && fits(&found.finding.bound);
    if fits && old.is_none_or(|old| new < old.finding.tightness()) {
        let (finding, case) = (found.finding.clone(), found.case.clone());
        hunted.tighter = Some(Record { finding, case, how: how(found, args) });
    }
    Ok(())
}

fn saved(hunted: &Hunted, found: &Found) -> Saved {
    let Quarry { claim, twin } = hunted.quarry;
    let drops = |twin: &&str| claim.twins().into_iter().any(|card| card.drops == Some(*twin));
    Saved {
        claim: claim.card().id.to_owned(),
        twin: twin.map(str::to_owned),
        unmet: Some(twin.filter(drops).map(str::to_owned).into_iter().collect()),
        found: Some(found.finding.found.clone()),
        bound: Some(found.finding.bound.clone()),
        holds: Some(found.finding.holds()),
        case: table(&found.case),
    }
}

fn table(case: &str) -> Table {
    case.parse().expect("a hunt writes its cases as TOML")
}

/// Writes the counterexamples, as `check --save` does, and the tightest cases of the others.
pub fn write_all(folder: &Path, all: &[Hunted]) -> Result<(), CliError> {
    files::make(folder)?;
    for hunted in all {
        let Quarry { claim, twin } = hunted.quarry;
        let twins = claim.twins();
        let number = twins.iter().position(|card| Some(card.name) == twin);
        let number = number.map(|index| (index + 1, twins[index].name));
        let name = counterexample_file::name(claim.card().id, number);
        let (name, found) = match (&hunted.finds.counterexample, &hunted.finds.tightest) {
            (Some(found), _) => (name, found),
            (None, Some(found)) => (format!("tightest.{name}"), found),
            (None, None) => continue,
        };
        let text = counterexample_file::text(&saved(hunted, found), "hunt");
        files::write(&folder.join(name), text)?;
    }
    Ok(())
}

/// Writes what is tighter than the records into the checkout, and the page of all of them.
pub fn update(root: &Path, all: &[Hunted]) -> Result<(), CliError> {
    for hunted in all {
        let Some(Record { finding, case, how }) = &hunted.tighter else { continue };
        let path = path(root, hunted.quarry.claim.card().id);
        if let Some(folder) = path.parent() {
            files::make(folder)?;
        }
        let mut known = Table::new();
        let mut say = |key: &str, value: Value| known.insert(key.to_owned(), value);
        say("name", "the tightest".into());
        say("why", how.clone().into());
        say("found", finding.found.to_string().into());
        say("bound", finding.bound.to_string().into());
        say("holds", true.into());
        say("case", table(case).into());
        let file = Table::from_iter([("known".to_owned(), Value::Array(vec![known.into()]))]);
        files::write(&path, file.to_string())?;
    }
    let page = root.join(FOLDER).join("README.md");
    files::make(&root.join(FOLDER))?;
    files::write(&page, self::page(&every(root)?))
}

/// Every record of a checkout, asked again, in the order of the catalogue.
pub fn every(root: &Path) -> Result<Vec<(&'static str, Record)>, CliError> {
    let ids = select::claims(&[])?.into_iter().map(|claim| claim.card().id);
    let record = |id| Ok(read(root, id)?.map(|record| (id, record)));
    ids.filter_map(|id| record(id).transpose()).collect()
}

/// The files below the folder of records that belong to no claim.
pub fn strangers(root: &Path) -> Vec<PathBuf> {
    let claims = select::claims(&[]).unwrap_or_default();
    let mut known: Vec<_> = claims.iter().map(|claim| path(root, claim.card().id)).collect();
    known.push(root.join(FOLDER).join("README.md"));
    let list = |folder: &Path| -> Vec<PathBuf> {
        let entries = fs::read_dir(folder).into_iter().flatten();
        entries.filter_map(|entry| entry.ok().map(|entry| entry.path())).collect()
    };
    let (folders, mut files): (Vec<_>, Vec<_>) =
        list(&root.join(FOLDER)).into_iter().partition(|path| path.is_dir());
    files.extend(folders.iter().flat_map(|folder| list(folder)));
    files.retain(|path| !known.contains(path));
    files
}

const HEAD: &str = "\
# Records

Generated by `crease hunt --update`, and compared by the tests: do not edit. A record is the
tightest case of a claim that anybody has met: `crease replay` asks it again. The share is the slack
over the sum of both sides: it is 0 where the conclusion is attained. Equalities and yes/no
conclusions have no slack, and refuted claims have a counterexample: they have no record.
";

/// The page of all records: what is attained, and how near the others come.
pub fn page(all: &[(&str, Record)]) -> String {
    let mut page = HEAD.to_owned();
    let mut families: BTreeMap<&str, Vec<_>> = BTreeMap::new();
    for (id, record) in all {
        families.entry(report::family(id)).or_default().push((id, record));
    }
    for (family, records) in families {
        let share = |record: &Record| record.finding.tightness().map(|(share, _)| share);
        let attained = records.iter().filter(|(_, r)| share(r) == Some(Rational::ZERO)).count();
        let _ = writeln!(page, "\n## {family}\n\n{attained} of {} attained.\n", records.len());
        page.push_str("| claim | closest | share | how |\n|---|---|---|---|\n");
        for (id, record) in records {
            let share = share(record).map_or("none".to_owned(), |share| report::number(&share));
            let sides = report::comparison(&record.finding);
            let _ = writeln!(page, "| [{id}]({id}.toml) | `{sides}` | {share} | {} |", record.how);
        }
    }
    page
}
