//! Finished results to bytes: the table people read, the JSON programs read, the ledger, a site.
//!
//! Pure functions of a [`Run`]. Knows `claim` and nothing else: not how a verdict was reached, not
//! the clock, not the machine.

mod catalogue_page;
mod compact;
mod json;
mod ledger;
#[cfg(feature = "plot")]
pub mod picture;
#[cfg(feature = "site")]
pub mod site;
mod table;

pub use catalogue_page::{list, show};
pub use compact::{case as compact_case, comparison, number, plural};
pub use json::{check as check_json, line as json_line, list as list_json, show as show_json};
pub use ledger::{Page, entry, entry_of, ledger};
pub use table::table;

use crate::claim::{AnyClaim, Evidence, Record, Standing, Tightest, TwinRecord, Verdict};
use serde::{Deserialize, Serialize};

/// Everything one run found, in the order of the catalogue.
pub struct Run {
    /// Cases drawn for a claim; a twin may draw four times as many.
    pub cases: u32,
    /// The seed that was added to the one each id fixes.
    pub seed: u64,
    /// One row a claim.
    pub rows: Vec<Row>,
    /// The run beside what is committed; `None` where there is nothing to compare with.
    pub committed: Option<Committed>,
}

/// A run beside what a checkout keeps: known cases, the rows of the ledger, certificates, forged
/// ones, and the output of commands.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Committed {
    /// Known cases that were asked again.
    pub known_cases: usize,
    /// Rows of the ledger that were compared.
    pub records: usize,
    /// Forged certificates that were offered to the checker.
    pub forgeries: usize,
    /// Commands that were run again.
    pub answers: usize,
    /// Claims and files whose neighbours were asked about.
    pub edited: usize,
    /// What is not as committed, a sentence each.
    pub differences: Vec<String>,
}

/// What a run found about one claim.
pub struct Row {
    /// The claim.
    pub claim: &'static dyn AnyClaim,
    /// What was measured, or the panic that prevented it.
    pub result: Result<Measured, Panic>,
    /// The tightest case that is known; `None` where no record is kept.
    pub record: Option<Tightest>,
}

/// The verdicts on a claim and what the checker said of its certificates.
pub struct Measured {
    /// The verdicts.
    pub record: Record,
    /// The certificates; `None` if the run was stopped before they were made.
    pub certificates: Option<Vec<CertificateRecord>>,
}

/// A certificate and what the independent checker said.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CertificateRecord {
    /// The name under which the claim makes it.
    pub name: String,
    /// Why it is refused; `None` if it is accepted.
    pub refused: Option<String>,
    /// The certificate itself.
    #[serde(skip)]
    pub text: String,
}

/// A panic while a claim was checked: a bug of this crate, and no verdict on anything.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Panic {
    /// What was being checked: `the claim`, or the name of a twin.
    pub during: String,
    /// The message of the panic and its place.
    pub message: String,
}

/// How a claim with its twins came out, best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outcome {
    /// The verdict is the one that the standing announces, and every twin is refuted.
    AsClaimed,
    /// The run was stopped before this was decided.
    Unfinished,
    /// Too few of the drawn cases met the hypotheses of the claim or of a twin.
    Vacuous,
    /// The checker refused a certificate.
    CertificateRefused,
    /// No case refuted some twin.
    TwinSurvived,
    /// A known case, a row of the ledger, a forgery or an answer is not as committed.
    NotAsCommitted,
    /// The verdict contradicts the standing.
    NotAsClaimed,
    /// The check itself broke.
    Panicked,
}

/// The counts at the end of a report.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Summary {
    /// Claims that were asked for.
    pub claims: usize,
    /// Claims whose verdict is the one that their standing announces.
    pub as_claimed: usize,
    /// Of those, theorems.
    pub theorems: usize,
    /// Of those, conjectures.
    pub conjectures: usize,
    /// Of those, statements that are refuted as their source prints them.
    pub refuted_as_printed: usize,
    /// Of those, statements that are refuted and that no text which was read asserts.
    pub refuted: usize,
    /// Of those as claimed, with a complete proof in the note.
    pub proved_here: usize,
    /// Of those as claimed, with certificates that the checker accepts.
    pub certified_exactly: usize,
    /// Of those as claimed, proved in a proof assistant.
    pub formally_proved: usize,
    /// Of those as claimed, with nothing but the cases drawn.
    pub property_tested: usize,
    /// Twins that were asked for.
    pub twins: usize,
    /// Twins that a case refuted.
    pub twins_refuted: usize,
    /// Certificates that were made.
    pub certificates: usize,
    /// Certificates that the checker accepted.
    pub certificates_accepted: usize,
    /// Claims and twins of which nothing was tested.
    pub vacuous: usize,
    /// Claims, twins and sets of certificates that the run did not finish.
    pub unfinished: usize,
    /// Claims whose check panicked.
    pub panicked: usize,
    /// Hypotheses that nobody knows to be needed.
    pub unsharp: usize,
}

impl Row {
    /// How the claim came out, its twins included: the worst of all verdicts.
    pub fn outcome(&self) -> Outcome {
        let Ok(Measured { record, certificates }) = &self.result else {
            return Outcome::Panicked;
        };
        let certified = match certificates {
            None => Outcome::Unfinished,
            Some(all) if all.iter().all(|one| one.refused.is_none()) => Outcome::AsClaimed,
            Some(_) => Outcome::CertificateRefused,
        };
        let claim = match record.verdict {
            Verdict::Unfinished { .. } => Outcome::Unfinished,
            Verdict::Vacuous { .. } => Outcome::Vacuous,
            _ if record.is_as_claimed(self.claim) => Outcome::AsClaimed,
            _ => Outcome::NotAsClaimed,
        };
        let twins = record.twins.iter().map(|twin| match twin.verdict {
            Verdict::Refuted { .. } => Outcome::AsClaimed,
            Verdict::Unfinished { .. } => Outcome::Unfinished,
            Verdict::Vacuous { .. } => Outcome::Vacuous,
            Verdict::Holds { .. } => Outcome::TwinSurvived,
        });
        twins.fold(claim.max(certified), Outcome::max)
    }

    /// The verdict on the claim, unless its check panicked.
    pub fn verdict(&self) -> Option<&Verdict> {
        self.result.as_ref().ok().map(|measured| &measured.record.verdict)
    }

    /// The tightest case: that of the run, or the record if it is tighter.
    pub fn tightest(&self) -> Option<&Tightest> {
        let Some(Verdict::Holds { tightest, .. }) = self.verdict() else { return None };
        let is_tighter =
            |record: &&Tightest| record.finding.tightness() < tightest.finding.tightness();
        Some(self.record.as_ref().filter(is_tighter).unwrap_or(tightest))
    }

    /// The twins with their verdicts; none if the check panicked.
    pub fn twins(&self) -> &[TwinRecord] {
        self.result.as_ref().map_or(&[], |measured| &measured.record.twins)
    }

    /// The certificates; none if the run did not come to them.
    pub fn certificates(&self) -> &[CertificateRecord] {
        let measured = self.result.as_ref().ok();
        measured.and_then(|measured| measured.certificates.as_deref()).unwrap_or_default()
    }
}

impl Run {
    /// The worst outcome of any claim; an empty run is as claimed.
    pub fn worst(&self) -> Outcome {
        let differs = self.committed.as_ref().is_some_and(|all| !all.differences.is_empty());
        let committed = if differs { Outcome::NotAsCommitted } else { Outcome::AsClaimed };
        self.rows.iter().map(Row::outcome).fold(committed, Outcome::max)
    }

    /// Whether the run was stopped from outside before everything was decided.
    pub fn stopped(&self) -> bool {
        self.summary().unfinished > 0
    }

    /// The counts.
    pub fn summary(&self) -> Summary {
        let mut sum = Summary { claims: self.rows.len(), ..Summary::default() };
        for row in &self.rows {
            sum.twins += row.claim.twins().len();
            sum.unsharp += row.claim.hypotheses().iter().filter(|h| h.unsharp.is_some()).count();
            let Ok(Measured { record, certificates }) = &row.result else {
                sum.panicked += 1;
                continue;
            };
            let accepted = row.certificates().iter().filter(|one| one.refused.is_none());
            sum.certificates += row.certificates().len();
            sum.certificates_accepted += accepted.count();
            sum.unfinished += usize::from(certificates.is_none());
            if record.is_as_claimed(row.claim) {
                sum.as_claimed += 1;
                *match row.claim.card().standing {
                    Standing::Theorem => &mut sum.theorems,
                    Standing::Conjecture => &mut sum.conjectures,
                    Standing::RefutedAsPrinted { .. } => &mut sum.refuted_as_printed,
                    Standing::Refuted => &mut sum.refuted,
                } += 1;
                *match row.claim.card().evidence {
                    _ if row.claim.card().is_formally_proved() => &mut sum.formally_proved,
                    Evidence::PropertyTested => &mut sum.property_tested,
                    Evidence::Proved { .. } => &mut sum.proved_here,
                    Evidence::CertifiedExactly { .. } => &mut sum.certified_exactly,
                } += 1;
            }
            sum.twins_refuted += record.twins.len() - record.survivors().count();
            for verdict in record.twins.iter().map(|twin| &twin.verdict).chain([&record.verdict]) {
                sum.vacuous += usize::from(matches!(verdict, Verdict::Vacuous { .. }));
                sum.unfinished += usize::from(matches!(verdict, Verdict::Unfinished { .. }));
            }
        }
        sum
    }
}

/// The family of an id: what stands before the slash.
pub fn family(id: &str) -> &str {
    id.split_once('/').map_or(id, |(family, _)| family)
}
