//! Known cases: what a run found once, or a source prints, asked again on every run.

use super::{AnyClaim, Finding, ReplayError, Target, Undecided};
use crate::exact::Rational;
use serde::Deserialize;

/// One known case of a fixture file. Unknown keys are refused.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Known {
    /// A name, unique in its file.
    pub name: String,
    /// Why the case is worth keeping.
    pub why: String,
    /// The twin whose conclusion is asked; the claim's own when absent.
    pub twin: Option<String>,
    /// Names of the hypotheses that the case does not meet.
    #[serde(default)]
    pub unmet: Vec<String>,
    /// The number found on the case.
    pub found: Rational,
    /// The number it is compared with.
    pub bound: Rational,
    /// Whether the comparison holds on this case.
    pub holds: bool,
    /// The case itself.
    pub case: toml::Table,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    known: Vec<Known>,
}

/// Why a known case no longer stands.
#[derive(Debug, thiserror::Error)]
#[allow(missing_docs, reason = "the messages say what the fields are")]
pub enum KnownError {
    /// The file is not a list of known cases.
    #[error("not a file of known cases: {0}")]
    Parse(String),
    /// Two cases of a file share a name.
    #[error("two cases are called \"{0}\"")]
    SameName(String),
    /// The case cannot be replayed.
    #[error("known case \"{name}\": {error}")]
    Replay { name: String, error: ReplayError },
    /// The case decides nothing.
    #[error("known case \"{name}\" is undecided: {why}")]
    Undecided { name: String, why: Undecided },
    /// The replay shows something else than the file says.
    #[error("known case \"{name}\": {what} is {found}, the file says {expected}")]
    Differs { name: String, what: &'static str, found: String, expected: String },
}

/// Reads a fixture file.
pub fn parse_known(text: &str) -> Result<Vec<Known>, KnownError> {
    let file: File = toml::from_str(text).map_err(|e| KnownError::Parse(e.to_string()))?;
    let mut names = std::collections::BTreeSet::new();
    for known in &file.known {
        refuse_if!(!names.insert(&known.name), KnownError::SameName(known.name.clone()));
    }
    Ok(file.known)
}

impl Known {
    /// What the case is asked about.
    pub fn target(&self) -> Target<'_> {
        self.twin.as_deref().map_or(Target::Claim, Target::Twin)
    }

    /// Replays the case and compares everything the file says about it: both sides.
    pub fn check(&self, claim: &dyn AnyClaim) -> Result<Finding, KnownError> {
        let name = || self.name.clone();
        let replayed = claim
            .replay(self.target(), &self.case.to_string())
            .map_err(|error| KnownError::Replay { name: name(), error })?;
        let finding =
            replayed.conclusion.map_err(|why| KnownError::Undecided { name: name(), why })?;
        let rows = [
            ("unmet", format!("{:?}", replayed.unmet), format!("{:?}", self.unmet)),
            ("found", finding.found.to_string(), self.found.to_string()),
            ("bound", finding.bound.to_string(), self.bound.to_string()),
            ("holds", finding.holds().to_string(), self.holds.to_string()),
        ];
        for (what, found, expected) in rows {
            if found != expected {
                return Err(KnownError::Differs { name: name(), what, found, expected });
            }
        }
        Ok(finding)
    }
}
