//! What a claim is. Knows `exact` and nothing of networks: it would serve any field of mathematics.
//!
//! A claim is a value: a card to read, a generator of cases, named hypotheses, a conclusion that
//! compares two exact numbers, and twins, the false neighbours that show the check has teeth.
//! Checking, listing and reporting are somebody else's file.

mod card;
mod cases;
mod edited;
mod finding;
pub mod formal;
mod inquiry;
mod known;
mod questions;
mod record;
mod size;
mod stated;
mod verdict;

/// What the file of a claim needs: the parts of a claim, exact numbers, and the libraries that
/// draw and read its cases.
pub mod prelude {
    pub use super::card::followed::*;
    pub use super::{
        Card, Cases, Certificate, Claim, Conclusion, Evidence, Finding, Hypothesis, IntoCases,
        Source, Standing, Twin, Undecided, Wording, above, at_least, at_most, below, equal, given,
        same_signal, twin,
    };
    pub use crate::exact::{Natural, Rational};
    pub use crate::{conjecture, refuted, require, theorem};
    pub use proptest::collection::vec;
    pub use proptest::prelude::*;
    pub use proptest::sample::select;
    pub use serde::{Deserialize, Serialize};
    pub use std::ops::{Range, RangeInclusive};
}

/// The claims of a family, one line each: declares the files with their notes, and lists them in
/// the order of the report. A conjecture without a note stands in parentheses.
#[macro_export]
macro_rules! claims {
    ($family:literal: $($name:tt,)*) => {
        $($crate::claims!(@file $family $name);)*

        /// The claims of this family, in the order of the report.
        pub static CLAIMS: &[&dyn $crate::claim::AnyClaim] = &[$($crate::claims!(@claim $name)),*];
    };
    (@file $family:literal ($name:ident)) => {
        pub mod $name;
    };
    (@file $family:literal $name:ident) => {
        #[doc = include_str!(concat!(
            env!("CARGO_MANIFEST_DIR"), "/proofs/", $family, "/", stringify!($name), ".md"
        ))]
        pub mod $name;
    };
    (@claim ($name:ident)) => {
        &$name::CLAIM
    };
    (@claim $name:ident) => {
        &$name::CLAIM
    };
}

pub use card::{Card, Certificate, Evidence, Source, Standing, Wording};
pub use cases::{Cases, IntoCases, Share};
pub use edited::Edited;
pub use finding::{
    Conclusion, Finding, Measure, Relation, Undecided, above, at_least, at_most, below, equal,
    same_signal,
};
pub use formal::Formal;
pub use inquiry::{Broken, Inquiry, Seen};
pub use known::{Known, KnownError, parse_known};
pub use questions::{Ask, Chance, Shown};
pub use record::{Record, TwinRecord, repeat};
pub use size::Size;
pub use stated::Stated;
pub use verdict::{Budget, Counts, EMPTY, SHARES, Tightest, Verdict, digest};

use serde::{Serialize, de::DeserializeOwned};
use std::fmt::Debug;

/// One instance of what a statement quantifies over: printable as TOML and readable back.
pub trait Case: Debug + Serialize + DeserializeOwned + 'static {}

impl<C: Debug + Serialize + DeserializeOwned + 'static> Case for C {}

/// A theorem, conjecture or refuted statement in executable form.
pub struct Claim<C: 'static> {
    /// What a reader needs to know.
    pub card: Card,
    /// The exact finite statement that is checked.
    pub statement: &'static str,
    /// The generator. It builds the hypotheses in rather than filtering for them.
    pub cases: fn() -> Cases<C>,
    /// The named conditions under which the conclusion is claimed.
    pub hypotheses: &'static [Hypothesis<C>],
    /// The comparison that is claimed to hold for every case that meets the hypotheses.
    pub conclusion: fn(&C) -> Conclusion,
    /// The false neighbours, each of which a run must refute, beside those that drop a hypothesis.
    pub twins: &'static [Twin<C>],
    /// Whether hypotheses and conclusion can be asked of a case at all.
    ///
    /// Generated cases are well formed by construction; a case that a person wrote may not be, and
    /// is refused here with a sentence instead of reaching a panic further down.
    pub well_formed: fn(&C) -> Result<(), String>,
}

/// A named condition that can be asked of a case, and dropped.
pub struct Hypothesis<C: 'static> {
    name: &'static str,
    holds: fn(&C) -> bool,
    unsharp: Option<&'static str>,
    dropped: Option<Twin<C>>,
}

/// A condition; whether the theorem needs it is still to be said.
pub const fn given<C>(name: &'static str, holds: fn(&C) -> bool) -> Hypothesis<C> {
    Hypothesis { name, holds, unsharp: None, dropped: None }
}

impl<C> Hypothesis<C> {
    /// The theorem needs it: the claim without it, over a generator that leaves it out, is a twin,
    /// which is refuted because of this.
    pub const fn needed(mut self, fault: &'static str, cases: fn() -> Cases<C>) -> Self {
        let name = self.name;
        self.dropped = Some(Twin { name, fault, cases: Some(cases), conclusion: None });
        self
    }

    /// Nobody knows it to be needed, for this reason; reports list it as open.
    pub const fn unsharp(self, why: &'static str) -> Self {
        Self { unsharp: Some(why), ..self }
    }
}

/// A deliberately false neighbour of a claim.
pub struct Twin<C: 'static> {
    name: &'static str,
    fault: &'static str,
    cases: Option<fn() -> Cases<C>>,
    conclusion: Option<fn(&C) -> Conclusion>,
}

/// The claim with another conclusion, over the same generator. Why it is false is still to be said.
pub const fn twin<C>(name: &'static str, conclusion: fn(&C) -> Conclusion) -> Twin<C> {
    Twin { name, fault: "", cases: None, conclusion: Some(conclusion) }
}

impl<C> Twin<C> {
    /// Says why it is false: what the fault is.
    pub const fn because(mut self, fault: &'static str) -> Self {
        self.fault = fault;
        self
    }

    /// Draws from a generator of its own: where the refutation is rare, or the neighbour is
    /// about objects that the claim's generator never makes.
    pub const fn drawing(mut self, cases: fn() -> Cases<C>) -> Self {
        self.cases = Some(cases);
        self
    }
}

/// A hypothesis as a reader sees it.
#[derive(Clone, Debug, Serialize)]
pub struct HypothesisCard {
    /// The condition in words.
    pub name: &'static str,
    /// Why it is stated although nobody knows it to be needed; `None` when a twin shows the need.
    pub unsharp: Option<&'static str>,
}

/// A twin as a reader sees it.
#[derive(Clone, Debug, Serialize)]
pub struct TwinCard {
    /// Named after the fault, or after the hypothesis that is dropped.
    pub name: &'static str,
    /// What is wrong with it.
    pub fault: &'static str,
    /// The hypothesis it drops, if it drops one.
    pub drops: Option<&'static str>,
}

/// What is checked: the claim itself, or one of its twins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target<'a> {
    /// The claim as stated.
    Claim,
    /// The twin of this name.
    Twin(&'a str),
}

/// What a replayed case showed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Replayed {
    /// Names of the claim's hypotheses that the case does not meet.
    pub unmet: Vec<&'static str>,
    /// Both sides of the conclusion on this case, or why it decides nothing.
    pub conclusion: Conclusion,
}

impl Replayed {
    /// Both sides of the conclusion, for a case that decides something. Panics otherwise.
    pub fn finding(&self) -> &Finding {
        self.conclusion.as_ref().unwrap_or_else(|why| panic!("the case is undecided: {why}"))
    }
}

/// Why a case could not be replayed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReplayError {
    /// The text is not a case of this claim.
    #[error("{0}")]
    Parse(String),
    /// The text is a case, but not one the statement speaks of.
    #[error("the case is not well formed: {0}")]
    IllFormed(String),
    /// The claim has no twin of this name.
    #[error("no twin is called \"{0}\"")]
    UnknownTwin(String),
}

/// A claim with its case type forgotten: all that lists, runners and reports ever see.
pub trait AnyClaim: Sync {
    /// The card.
    fn card(&self) -> &Card;
    /// The exact finite statement that is checked.
    fn statement(&self) -> &'static str;
    /// The hypotheses, in the order of the file.
    fn hypotheses(&self) -> Vec<HypothesisCard>;
    /// The twins: those that drop a hypothesis first, in the order of the file.
    fn twins(&self) -> Vec<TwinCard>;
    /// The cases of a target, drawn by a seed that its names and this number fix.
    ///
    /// Panics if the target names a twin that does not exist.
    fn questions(&self, target: Target<'_>, seed: u64) -> Box<dyn Ask + '_>;
    /// Whether a case given as TOML is one that the statement speaks of.
    fn admits(&self, case: &str) -> Result<(), ReplayError>;
    /// Asks the hypotheses and the target's conclusion of one case given as TOML.
    fn replay(&self, target: Target<'_>, case: &str) -> Result<Replayed, ReplayError>;

    /// Draws cases until the budget is spent or a counterexample is found and shrunk.
    ///
    /// Panics if the target names a twin that does not exist.
    fn check(&self, target: Target<'_>, budget: &Budget<'_>) -> Verdict {
        self.inquiry(target, budget.cases, budget.seed).run(budget.stop)
    }

    /// The run that [`Self::check`] goes through, for those who ask some of its parts.
    ///
    /// Panics if the target names a twin that does not exist.
    fn inquiry(&self, target: Target<'_>, cases: u32, seed: u64) -> Inquiry<'_> {
        let is_false = matches!(target, Target::Twin(_)) || self.card().standing.is_refuted();
        Inquiry::new(self.questions(target, seed), cases, is_false)
    }
}

/// A case given as TOML, if it is one, without a key that no field takes, and well formed.
fn read<C: Case>(
    case: &str,
    well_formed: impl Fn(&C) -> Result<(), String>,
) -> Result<C, ReplayError> {
    let parse = |error: toml::de::Error| ReplayError::Parse(error.to_string());
    let text = toml::Deserializer::parse(case).map_err(parse)?;
    let mut unknown = None;
    let case: C =
        serde_ignored::deserialize(text, |key| unknown = Some(key.to_string())).map_err(parse)?;
    if let Some(key) = unknown {
        return Err(ReplayError::Parse(format!("unknown field `{key}`")));
    }
    well_formed(&case).map_err(ReplayError::IllFormed)?;
    Ok(case)
}

impl<C: Case> Claim<C> {
    fn read(&self, case: &str) -> Result<C, ReplayError> {
        read(case, self.well_formed)
    }

    /// Every twin, and whether it drops the hypothesis of its name.
    fn every_twin(&self) -> impl Iterator<Item = (&Twin<C>, bool)> {
        let dropping = self.hypotheses.iter().filter_map(|h| h.dropped.as_ref());
        dropping.map(|twin| (twin, true)).chain(self.twins.iter().map(|twin| (twin, false)))
    }

    fn twin(&self, name: &str) -> Option<(&Twin<C>, bool)> {
        self.every_twin().find(|(twin, _)| twin.name == name)
    }

    fn conclusion_of(&self, twin: &Twin<C>) -> fn(&C) -> Conclusion {
        twin.conclusion.unwrap_or(self.conclusion)
    }
}

impl<C: Case> AnyClaim for Claim<C> {
    fn card(&self) -> &Card {
        &self.card
    }

    fn statement(&self) -> &'static str {
        self.statement
    }

    fn hypotheses(&self) -> Vec<HypothesisCard> {
        let card = |h: &Hypothesis<C>| HypothesisCard { name: h.name, unsharp: h.unsharp };
        self.hypotheses.iter().map(card).collect()
    }

    fn twins(&self) -> Vec<TwinCard> {
        let card = |(twin, drops): (&Twin<C>, bool)| {
            let Twin { name, fault, .. } = *twin;
            TwinCard { name, fault, drops: drops.then_some(name) }
        };
        self.every_twin().map(card).collect()
    }

    fn questions(&self, target: Target<'_>, seed: u64) -> Box<dyn Ask + '_> {
        let (cases, conclusion, drops, name) = match target {
            Target::Claim => (self.cases, self.conclusion, None, ""),
            Target::Twin(name) => {
                let found = self.twin(name).expect("the target names a twin of this claim");
                let (twin, drops) = found;
                let cases = twin.cases.unwrap_or(self.cases);
                (cases, self.conclusion_of(twin), drops.then_some(twin.name), twin.name)
            }
        };
        let judge = move |case: &C| {
            let mut asked = self.hypotheses.iter().filter(|h| Some(h.name) != drops);
            asked.all(|h| (h.holds)(case)).then(|| conclusion(case))
        };
        let read = Box::new(|case: &str| self.read(case));
        let names = [self.card.id, name];
        Box::new(questions::Questions::new(names, seed, cases(), Box::new(judge), read))
    }

    fn admits(&self, case: &str) -> Result<(), ReplayError> {
        self.read(case).map(drop)
    }

    fn replay(&self, target: Target<'_>, case: &str) -> Result<Replayed, ReplayError> {
        let conclusion = match target {
            Target::Claim => self.conclusion,
            Target::Twin(name) => {
                let unknown = || ReplayError::UnknownTwin(name.to_owned());
                self.conclusion_of(self.twin(name).ok_or_else(unknown)?.0)
            }
        };
        let case = self.read(case)?;
        let unmet = self.hypotheses.iter().filter(|h| !(h.holds)(&case)).map(|h| h.name);
        Ok(Replayed { unmet: unmet.collect(), conclusion: conclusion(&case) })
    }
}
