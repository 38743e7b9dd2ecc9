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

    /// What differs when the counterexamples of the claim and of its twins are asked again.
    pub fn unrepeatable(&self, claim: &dyn AnyClaim) -> Vec<String> {
        let twins = self.twins.iter().map(|twin| {
            repeat(claim, Target::Twin(twin.card.name), twin.card.drops, &twin.verdict)
        });
        twins
            .chain([repeat(claim, Target::Claim, None, &self.verdict)])
            .filter_map(Result::err)
            .collect()
    }
}

/// Asks a counterexample again, if the verdict has one: it breaks exactly the hypothesis that the
/// target drops, and shows the same two numbers.
pub fn repeat(
    claim: &dyn AnyClaim,
    target: Target<'_>,
    drops: Option<&'static str>,
    verdict: &Verdict,
) -> Result<(), String> {
    let Verdict::Refuted { case, finding, .. } = verdict else { return Ok(()) };
    let dropped: Vec<_> = drops.into_iter().collect();
    let differs = match claim.replay(target, case) {
        Ok(again) if again.unmet == dropped && again.conclusion.as_ref() == Ok(finding) => {
            return Ok(());
        }
        Ok(again) => format!("it breaks {:?} and shows {:?}", again.unmet, again.conclusion),
        Err(error) => error.to_string(),
    };
    Err(format!(
        "{}, {target:?}: the counterexample must break exactly {dropped:?} and show {finding}; \
         {differs}\n{case}",
        claim.card().id
    ))
}
