//! The verdict on a claim or a twin.

use super::{Finding, Undecided};
use crate::exact::Rational;
use serde::{Deserialize, Serialize};

/// How much a run may do; set from outside, never by a claim.
pub struct Budget<'a> {
    /// Cases to draw for a claim. A twin may draw four times as many before it counts as survived.
    pub cases: u32,
    /// Added to the seed that the id fixes; 0 is the reproducible run of people and CI.
    pub seed: u64,
    /// Asked before every case; `true` ends the run where it stands.
    pub stop: &'a (dyn Fn() -> bool + Sync),
}

impl Budget<'static> {
    /// A budget that only the number of cases ends.
    pub fn cases(cases: u32) -> Self {
        Self { cases, seed: 0, stop: &|| false }
    }
}

/// Parts of the whole that [`Counts::shares`] tells apart, beside none at all.
pub const SHARES: usize = 20;

/// The case that came closest to the limit of the conclusion.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tightest {
    /// Both sides of the conclusion.
    pub finding: Finding,
    /// The case, as TOML.
    pub case: String,
}

fn has_none(shares: &[u32]) -> bool {
    shares.iter().all(|count| *count == 0)
}

/// What was drawn in a run, and what it was worth.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// Cases drawn or listed.
    pub drawn: u32,
    /// Cases that met the hypotheses and decided something.
    pub met: u32,
    /// Cases that met the hypotheses and decided nothing.
    pub undecided: u32,
    /// Why the first of them decided nothing.
    #[serde(skip)]
    pub why: Option<Undecided>,
    /// Different ones among those that met.
    pub distinct: u32,
    /// How many numbers the largest of those has.
    pub largest: usize,
    /// Whether the cases are the whole space of the statement.
    pub whole: bool,
    /// How tight the cases are that met the conclusion: how many have a share of zero, by
    /// [`Finding::tightness`], then up to 1/20, up to 2/20 and so on. All zero for an equality.
    #[serde(default, skip_serializing_if = "has_none")]
    pub shares: [u32; SHARES + 1],
    /// A digest of every case in the order drawn, with what it showed: both sides of the
    /// conclusion, or why there are none. A change of a generator or of a number changes it.
    #[serde(skip)]
    pub digest: u64,
}

/// What a run found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Every case that met the hypotheses and decided something met the conclusion.
    Holds {
        /// What was drawn.
        counts: Counts,
        /// The closest call.
        tightest: Tightest,
    },
    /// A case meets the hypotheses and breaks the conclusion.
    Refuted {
        /// What was drawn up to the first counterexample.
        counts: Counts,
        /// The counterexample, shrunk inside the hypotheses, as TOML.
        case: String,
        /// Both sides of the conclusion on it.
        finding: Finding,
    },
    /// Too few cases met the hypotheses and decided something: nothing was tested.
    Vacuous {
        /// What was drawn.
        counts: Counts,
        /// The stratum none of whose cases counted; `None` if they are too few in all.
        stratum: Option<&'static str>,
    },
    /// The run was stopped from outside before the budget was spent; nothing was refuted.
    Unfinished {
        /// What was drawn.
        counts: Counts,
    },
}

impl Verdict {
    /// The word that lists and reports print.
    pub const fn word(&self) -> &'static str {
        match self {
            Self::Holds { .. } => "holds",
            Self::Refuted { .. } => "refuted",
            Self::Vacuous { .. } => "vacuous",
            Self::Unfinished { .. } => "unfinished",
        }
    }

    /// What was drawn.
    pub const fn counts(&self) -> &Counts {
        match self {
            Self::Holds { counts, .. }
            | Self::Refuted { counts, .. }
            | Self::Vacuous { counts, .. }
            | Self::Unfinished { counts } => counts,
        }
    }
}

/// Carries a digest on over some bytes: against confusion, not against malice. FNV-1a, the same
/// on every machine and in every version.
pub fn digest(start: u64, bytes: impl IntoIterator<Item = u8>) -> u64 {
    bytes
        .into_iter()
        .fold(start, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

/// The part that a share from 0 to 1 lies in.
pub(super) fn place(share: &Rational) -> usize {
    let part = (share * Rational::from(SHARES)).ceil().small_parts();
    part.map_or(SHARES, |(part, _)| (part.max(0) as usize).min(SHARES))
}

/// The digest of no bytes.
pub const EMPTY: u64 = 0xcbf2_9ce4_8422_2325;
