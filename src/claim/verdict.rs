//! The verdict, and the run that reaches it.

use super::cases::{Share, idle, turn};
use super::questions::{Ask, Shown};
use super::size::Size;
use super::{Finding, Undecided};
use crate::exact::Rational;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

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

/// Fewer than this share of the drawn cases meeting the hypotheses is too few: one in four.
const MET_SHARE: u32 = 4;
/// Conclusions evaluated while shrinking one counterexample.
const SHRINK_STEPS: u32 = 4_000;
/// Counterexamples shrunk in one run; the smallest is kept, since each may get stuck elsewhere.
const SHRUNK: usize = 8;
/// Conclusions evaluated, draws and shrinking together, in search of a smaller counterexample.
const SECOND_LOOK: u32 = 300;
/// A twin may draw this many times the budget of its claim.
const TWIN_FACTOR: u32 = 4;

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

/// The digest of no bytes.
pub const EMPTY: u64 = 0xcbf2_9ce4_8422_2325;

/// A counterexample, and the counts when it came.
struct Refutation {
    counts: Counts,
    case: String,
    finding: Finding,
}

/// What a run has seen so far.
struct Seen {
    counts: Counts,
    texts: BTreeSet<u64>,
    tightest: Option<Tightest>,
}

impl Seen {
    /// Counts what a case showed.
    fn note(&mut self, Shown { case, conclusion }: Shown) -> Noted {
        self.counts.drawn += 1;
        let bytes = case.bytes().chain(format!("{conclusion:?}").into_bytes());
        self.counts.digest = digest(self.counts.digest, bytes);
        let finding = match conclusion {
            None => return Noted::Nothing,
            Some(Ok(finding)) => finding,
            Some(Err(why)) => {
                self.counts.undecided += 1;
                self.counts.why.get_or_insert(why);
                return Noted::Nothing;
            }
        };
        self.counts.met += 1;
        self.counts.largest = self.counts.largest.max(Size::of(&case).numbers);
        self.counts.distinct += u32::from(self.texts.insert(digest(EMPTY, case.bytes())));
        if !finding.holds() {
            return Noted::Broken(case, finding);
        }
        if let Some((share, _)) = finding.tightness() {
            self.counts.shares[place(&share)] += 1;
        }
        if self.tightest.as_ref().is_none_or(|best| finding.slack() < best.finding.slack()) {
            self.tightest = Some(Tightest { finding, case });
        }
        Noted::Met
    }

    /// Draws a case of every stratum that the run did not reach, for the digest alone: a change of
    /// what only longer runs ask would be noticed by none.
    fn note_unreached(&mut self, asked: &mut dyn Ask, shares: &[Share]) {
        let unreached = (0..shares.len()).filter(|stratum| shares[*stratum].drawn == 0);
        for text in unreached.filter_map(|stratum| asked.glance(stratum)) {
            self.counts.digest = digest(self.counts.digest, text.into_bytes());
        }
    }
}

/// The part that a share from 0 to 1 lies in.
fn place(share: &Rational) -> usize {
    let part = (share * Rational::from(SHARES)).ceil().small_parts();
    part.map_or(SHARES, |(part, _)| (part.max(0) as usize).min(SHARES))
}

/// What a case was worth.
enum Noted {
    /// It does not meet the hypotheses, or decides nothing.
    Nothing,
    /// It meets the conclusion.
    Met,
    /// It breaks the conclusion.
    Broken(String, Finding),
}

/// Asks listed cases, draws others, and shrinks the first few counterexamples.
pub(super) fn run(asked: &mut dyn Ask, budget: &Budget<'_>, expects_refutation: bool) -> Verdict {
    let strata = asked.strata().len();
    let counts = Counts { whole: strata == 0, digest: EMPTY, ..Counts::default() };
    let mut seen = Seen { counts, texts: BTreeSet::new(), tightest: None };
    let mut refutations: Vec<Refutation> = Vec::new();
    let mut left = SHRINK_STEPS;
    for listed in 0..asked.listed() {
        if (budget.stop)() {
            return Verdict::Unfinished { counts: seen.counts };
        }
        if let Noted::Broken(case, finding) = seen.note(asked.ask(listed)) {
            refutations.push(Refutation { counts: seen.counts, case, finding });
        }
    }
    let factor = if expects_refutation { TWIN_FACTOR } else { 1 };
    let limit = if counts.whole { 0 } else { budget.cases.saturating_mul(factor) };
    let mut shares = vec![Share::default(); strata];
    let mut drawn = 0;
    while drawn < limit && refutations.len() < SHRUNK && left > 0 {
        if (budget.stop)() {
            break;
        }
        drawn += 1;
        let stratum = turn(asked.strata(), drawn);
        shares[stratum].drawn += 1;
        // A generator that cannot make a case has drawn one that nothing meets.
        let Some(shown) = asked.draw(stratum) else {
            seen.counts.drawn += 1;
            continue;
        };
        if !refutations.is_empty() {
            left -= 1;
        }
        match seen.note(shown) {
            Noted::Nothing => {}
            Noted::Met => shares[stratum].met += 1,
            Noted::Broken(case, finding) => {
                let counts = seen.counts;
                let ((case, finding), steps) = shrink(asked, (case, finding), left);
                left = if refutations.is_empty() { SECOND_LOOK } else { left - steps };
                refutations.push(Refutation { counts, case, finding });
            }
        }
    }
    seen.note_unreached(asked, &shares);
    let by_size = |a: &&Refutation, b: &&Refutation| Size::of(&a.case).cmp(&Size::of(&b.case));
    if let Some(smallest) = refutations.iter().min_by(by_size) {
        // The counts say when the first counterexample came, the case is the smallest of them.
        let counts = Counts { digest: seen.counts.digest, ..refutations[0].counts };
        let (case, finding) = (smallest.case.clone(), smallest.finding.clone());
        return Verdict::Refuted { counts, case, finding };
    }
    let counts = seen.counts;
    if drawn < limit {
        return Verdict::Unfinished { counts };
    }
    match (seen.tightest, idle(asked.strata(), &shares)) {
        (_, Some(stratum)) => Verdict::Vacuous { counts, stratum: Some(stratum) },
        (Some(tightest), None) if counts.met >= counts.drawn.div_ceil(MET_SHARE) => {
            Verdict::Holds { counts, tightest }
        }
        _ => Verdict::Vacuous { counts, stratum: None },
    }
}

/// The smallest counterexample that at most `limit` steps of simplification reach without leaving
/// the hypotheses, and the number of steps. What decides nothing is no counterexample.
fn shrink(
    asked: &mut dyn Ask,
    mut best: (String, Finding),
    limit: u32,
) -> ((String, Finding), u32) {
    let mut moved = asked.vary(true);
    let mut steps = 0;
    while moved && steps < limit {
        steps += 1;
        let finding = asked.counterexample();
        let is_one = finding.is_some();
        if let Some(finding) = finding {
            best = (asked.text(), finding);
        }
        moved = asked.vary(is_one);
    }
    (best, steps)
}
