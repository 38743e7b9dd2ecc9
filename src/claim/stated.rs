//! A statement that is made while the program runs: a claim of closures instead of functions.

use super::{
    AnyClaim, Ask, Card, Case, Cases, Conclusion, HypothesisCard, ReplayError, Replayed, Target,
    TwinCard, questions, read,
};

/// A conjecture without hypotheses and twins, for those who check and hunt.
pub struct Stated<C: Case> {
    /// What a reader needs to know; the id fixes the seeds.
    pub card: Card,
    /// The statement.
    pub statement: &'static str,
    /// The generator.
    pub cases: Box<dyn Fn() -> Cases<C> + Sync>,
    /// The comparison that is claimed to hold for every case.
    pub conclusion: Box<dyn Fn(&C) -> Conclusion + Sync>,
    /// Whether the statement speaks of a case.
    pub well_formed: Box<Check<C>>,
}

/// What is wrong with a case, in a sentence.
type Check<C> = dyn Fn(&C) -> Result<(), String> + Sync;

impl<C: Case> AnyClaim for Stated<C> {
    fn card(&self) -> &Card {
        &self.card
    }

    fn statement(&self) -> &'static str {
        self.statement
    }

    fn hypotheses(&self) -> Vec<HypothesisCard> {
        Vec::new()
    }

    fn twins(&self) -> Vec<TwinCard> {
        Vec::new()
    }

    fn questions(&self, target: Target<'_>, seed: u64) -> Box<dyn Ask + '_> {
        assert!(target == Target::Claim, "a statement has no twins");
        let judge = Box::new(|case: &C| Some((self.conclusion)(case)));
        let read = Box::new(|case: &str| read(case, &self.well_formed));
        let names = [self.card.id, ""];
        Box::new(questions::Questions::new(names, seed, (self.cases)(), judge, read))
    }

    fn admits(&self, case: &str) -> Result<(), ReplayError> {
        read(case, &self.well_formed).map(drop)
    }

    fn replay(&self, target: Target<'_>, case: &str) -> Result<Replayed, ReplayError> {
        if let Target::Twin(name) = target {
            return Err(ReplayError::UnknownTwin(name.to_owned()));
        }
        let case = read(case, &self.well_formed)?;
        Ok(Replayed { unmet: Vec::new(), conclusion: (self.conclusion)(&case) })
    }
}
