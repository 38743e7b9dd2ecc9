//! The verdict, and the run that reaches it. The only file with a source of randomness.

use super::size::Size;
use super::{Case, Cases, Finding};
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

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

/// The case that came closest to the limit of the conclusion.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tightest {
    /// Both sides of the conclusion.
    pub finding: Finding,
    /// The case, as TOML.
    pub case: String,
}

/// What a run found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Every case that met the hypotheses met the conclusion.
    Holds {
        /// Cases that met the hypotheses.
        met: u32,
        /// Cases drawn.
        drawn: u32,
        /// The closest call.
        tightest: Tightest,
    },
    /// A case meets the hypotheses and breaks the conclusion.
    Refuted {
        /// Cases that met the hypotheses, the counterexample included.
        met: u32,
        /// Cases drawn.
        drawn: u32,
        /// The counterexample, shrunk inside the hypotheses, as TOML.
        case: String,
        /// Both sides of the conclusion on it.
        finding: Finding,
    },
    /// Too few of the drawn cases met the hypotheses: nothing was tested.
    Vacuous {
        /// Cases that met the hypotheses.
        met: u32,
        /// Cases drawn.
        drawn: u32,
    },
    /// The run was stopped from outside before the budget was spent; nothing was refuted.
    Unfinished {
        /// Cases that met the hypotheses.
        met: u32,
        /// Cases drawn.
        drawn: u32,
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

    /// Cases that met the hypotheses, and cases drawn.
    pub const fn counts(&self) -> (u32, u32) {
        match self {
            Self::Holds { met, drawn, .. }
            | Self::Refuted { met, drawn, .. }
            | Self::Vacuous { met, drawn }
            | Self::Unfinished { met, drawn } => (*met, *drawn),
        }
    }
}

/// The seed of one target: fixed by its names, so that adding a claim disturbs no other.
pub(super) fn seed(id: &str, twin: &str, extra: u64) -> [u8; 32] {
    let mut seed = [0; 32];
    for (lane, chunk) in seed.chunks_mut(8).enumerate() {
        // FNV-1a, once per lane.
        let mut hash = 0xcbf2_9ce4_8422_2325u64 ^ extra.rotate_left(17);
        for byte in id.bytes().chain([0]).chain(twin.bytes()).chain([lane as u8]) {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
        chunk.copy_from_slice(&hash.to_le_bytes());
    }
    seed
}

/// A counterexample, and the counts when it came.
struct Refutation {
    met: u32,
    drawn: u32,
    case: String,
    finding: Finding,
}

/// Draws cases, asks the hypotheses, compares, and shrinks the first few counterexamples.
pub(super) fn run<C: Case>(
    cases: &Cases<C>,
    meets: impl Fn(&C) -> bool,
    conclusion: fn(&C) -> Finding,
    seed: [u8; 32],
    budget: &Budget<'_>,
    expects_refutation: bool,
) -> Verdict {
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &seed);
    let mut runner = TestRunner::new_with_rng(Config::default(), rng);
    let limit = budget.cases.saturating_mul(if expects_refutation { TWIN_FACTOR } else { 1 });
    let (mut met, mut drawn) = (0, 0);
    let mut tightest: Option<(Finding, C)> = None;
    let mut refutations: Vec<Refutation> = Vec::new();
    let mut left = SHRINK_STEPS;
    while drawn < limit && refutations.len() < SHRUNK && left > 0 {
        if (budget.stop)() {
            break;
        }
        drawn += 1;
        // A generator that cannot make a case has drawn one that nothing meets.
        let Ok(mut tree) = cases.new_tree(&mut runner) else { continue };
        let case = tree.current();
        if !meets(&case) {
            continue;
        }
        met += 1;
        let finding = conclusion(&case);
        if !refutations.is_empty() {
            left -= 1;
        }
        if !finding.holds() {
            let first = (case, finding);
            let ((case, finding), steps) = shrink(&mut *tree, &meets, conclusion, first, left);
            left = if refutations.is_empty() { SECOND_LOOK } else { left - steps };
            refutations.push(Refutation { met, drawn, case: to_toml(&case), finding });
            continue;
        }
        if tightest.as_ref().is_none_or(|(best, _)| finding.slack() < best.slack()) {
            tightest = Some((finding, case));
        }
    }
    let by_size = |a: &&Refutation, b: &&Refutation| Size::of(&a.case).cmp(&Size::of(&b.case));
    if let Some(smallest) = refutations.iter().min_by(by_size) {
        // The counts say when the first counterexample came, the case is the smallest of them.
        let Refutation { met, drawn, .. } = refutations[0];
        let (case, finding) = (smallest.case.clone(), smallest.finding.clone());
        return Verdict::Refuted { met, drawn, case, finding };
    }
    match tightest {
        _ if drawn < limit => Verdict::Unfinished { met, drawn },
        Some((finding, case)) if met >= limit.div_ceil(MET_SHARE) => {
            Verdict::Holds { met, drawn, tightest: Tightest { finding, case: to_toml(&case) } }
        }
        _ => Verdict::Vacuous { met, drawn },
    }
}

/// The smallest counterexample that at most `limit` steps of simplification reach without leaving
/// the hypotheses, and the number of steps.
fn shrink<C: Case>(
    tree: &mut dyn ValueTree<Value = C>,
    meets: impl Fn(&C) -> bool,
    conclusion: fn(&C) -> Finding,
    mut best: (C, Finding),
    limit: u32,
) -> ((C, Finding), u32) {
    let mut moved = tree.simplify();
    let mut steps = 0;
    while moved && steps < limit {
        steps += 1;
        let case = tree.current();
        let finding = meets(&case).then(|| conclusion(&case)).filter(|f| !f.holds());
        moved = match finding {
            Some(finding) => {
                best = (case, finding);
                tree.simplify()
            }
            None => tree.complicate(),
        };
    }
    (best, steps)
}

/// A case as the text that `replay` reads. Panics if the case type cannot be written as TOML.
pub(super) fn to_toml<C: Case>(case: &C) -> String {
    toml::to_string(case).expect("a case is a struct of numbers, lists and words")
}
