//! The verdicts of a run on one claim and its twins.

use super::{AnyClaim, Budget, Target, TwinCard, Verdict};

/// The verdicts of one claim and of all its twins.
#[derive(Clone, Debug)]
pub struct Record {
    /// The claim's id.
    pub id: &'static str,
    /// The verdict on the claim.
    pub verdict: Verdict,
    /// Each twin with its verdict, in the order of the file.
    pub twins: Vec<TwinRecord>,
}

/// A twin and what a run found about it.
#[derive(Clone, Debug)]
pub struct TwinRecord {
    /// The twin.
    pub card: TwinCard,
    /// The verdict; `Refuted` is what shows that the check has teeth.
    pub verdict: Verdict,
}

impl Record {
    /// The record of a claim from the verdicts on it and on its twins, in their order.
    pub fn new(
        claim: &dyn AnyClaim,
        verdict: Verdict,
        twins: impl IntoIterator<Item = Verdict>,
    ) -> Self {
        let twins = claim.twins().into_iter().zip(twins);
        let twins = twins.map(|(card, verdict)| TwinRecord { card, verdict }).collect();
        Self { id: claim.card().id, verdict, twins }
    }

    /// Checks the claim, then each of its twins.
    pub fn of(claim: &dyn AnyClaim, budget: &Budget<'_>) -> Self {
        let verdict = claim.check(Target::Claim, budget);
        let twins = claim.twins();
        let twins = twins.iter().map(|twin| claim.check(Target::Twin(twin.name), budget));
        Self::new(claim, verdict, twins)
    }

    /// Whether the verdict on the claim is the one its standing announces.
    pub fn is_as_claimed(&self, claim: &dyn AnyClaim) -> bool {
        match self.verdict {
            Verdict::Holds { .. } => !claim.card().standing.is_refuted(),
            Verdict::Refuted { .. } => claim.card().standing.is_refuted(),
            Verdict::Vacuous { .. } | Verdict::Unfinished { .. } => false,
        }
    }

    /// The twins that no case refuted.
    pub fn survivors(&self) -> impl Iterator<Item = &TwinRecord> {
        self.twins.iter().filter(|twin| !matches!(twin.verdict, Verdict::Refuted { .. }))
    }
}
