//! Counterexamples as files: `check --save` writes them, `replay` reads them.

use super::error::CliError;
use super::files;
use crate::claim::{Finding, Verdict};
use crate::exact::Rational;
use crate::report::{Row, Run};
use serde::{Deserialize, Serialize};
use std::path::Path;

/// A counterexample and, where the file says so, what a replay has to show.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Saved {
    /// The id of the claim.
    pub claim: String,
    /// The twin whose conclusion is asked; the claim's own when absent.
    pub twin: Option<String>,
    /// Names of the hypotheses that the case does not meet.
    pub unmet: Option<Vec<String>>,
    /// The number found on the case.
    pub found: Option<Rational>,
    /// The number it is compared with.
    pub bound: Option<Rational>,
    /// Whether the comparison holds.
    pub holds: Option<bool>,
    /// The case itself.
    pub case: toml::Table,
}

/// Writes every counterexample of the run into the folder, which is made if it is not there.
pub fn write_all(folder: &Path, run: &Run) -> Result<(), CliError> {
    files::make(folder)?;
    for row in &run.rows {
        for (name, saved) in counterexamples(row) {
            files::write(&folder.join(name), text(&saved, "check"))?;
        }
    }
    Ok(())
}

/// The text of a file that this command has found the case of.
pub fn text(saved: &Saved, command: &str) -> String {
    let text = toml::to_string(saved).expect("a saved case has strings for keys");
    format!("# Found by `crease {command}`. Ask it again with `crease replay FILE`.\n\n{text}")
}

/// The name of a file: that of a claim, or of a twin with its number, since two names of twins may
/// differ only in characters that a file name cannot have.
pub fn name(id: &str, twin: Option<(usize, &str)>) -> String {
    let stem = id.replace('/', ".");
    match twin {
        None => format!("{stem}.toml"),
        Some((number, name)) => format!("{stem}.{number}-{}.toml", slug(name)),
    }
}

/// The counterexamples of a claim with their file names.
fn counterexamples(row: &Row) -> Vec<(String, Saved)> {
    let id = row.claim.card().id;
    let claim = row.verdict().and_then(|verdict| saved(id, None, &[], verdict));
    let claim = claim.map(|saved| (name(id, None), saved));
    let twins = row.twins().iter().enumerate().filter_map(|(i, twin)| {
        let dropped: Vec<_> = twin.card.drops.into_iter().collect();
        let saved = saved(id, Some(twin.card.name), &dropped, &twin.verdict)?;
        Some((name(id, Some((i + 1, twin.card.name))), saved))
    });
    claim.into_iter().chain(twins).collect()
}

fn saved(id: &str, twin: Option<&str>, unmet: &[&str], verdict: &Verdict) -> Option<Saved> {
    let Verdict::Refuted { case, finding, .. } = verdict else { return None };
    let Finding { found, bound, .. } = finding.clone();
    Some(Saved {
        claim: id.to_owned(),
        twin: twin.map(str::to_owned),
        unmet: Some(unmet.iter().map(|&name| name.to_owned()).collect()),
        found: Some(found),
        bound: Some(bound),
        holds: Some(finding.holds()),
        case: case.parse().expect("a run prints its cases as TOML"),
    })
}

/// A name in the letters that every file system takes, at most 60 of them.
fn slug(name: &str) -> String {
    let letter = |c: char| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '_' };
    name.chars().take(60).map(letter).collect()
}
