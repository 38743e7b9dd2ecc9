//! What is known of a conjecture.

use crate::approximate::Why;
use crate::claim::{Counts, Finding};
use crate::counting::Stack;
use crate::hunt::{Finds, Found};

/// A network with both sides of the statement.
pub struct Case {
    /// As TOML.
    pub case: String,
    /// Both sides.
    pub finding: Finding,
    /// How it was found.
    pub how: String,
}

/// What is known of a statement that measures nothing.
#[derive(Default)]
pub struct Decided {
    /// Shapes that were asked.
    pub shapes: usize,
    /// Shapes of which a side cannot be computed.
    pub undecided: usize,
    /// Why of the first of them.
    pub why: Option<Why>,
    /// A shape for which it is false.
    pub counterexample: Option<(Stack, Finding)>,
    /// The shape for which it is closest to be false.
    pub closest: Option<(Stack, Finding)>,
}

/// What was tried on a statement about networks.
#[derive(Default)]
pub struct Tried {
    /// What was drawn; `None` if that was abandoned.
    pub counts: Option<Counts>,
    /// Steps, cases and kinds of the hunt.
    pub hunted: Option<(u64, u64, usize)>,
    /// A network for which it is false.
    pub counterexample: Option<Case>,
    /// The network that comes closest.
    pub closest: Option<Case>,
    /// A network at which the program failed.
    pub panicked: Option<String>,
}

impl Tried {
    /// Networks that decided something.
    pub fn met(&self) -> u64 {
        let drawn = self.counts.as_ref().map_or(0, |counts| counts.met.into());
        let hunted = self.hunted.map_or(0, |(_, met, _)| met);
        drawn + hunted
    }

    /// Adds what a hunt found.
    pub fn add(&mut self, finds: Finds) {
        let Finds { steps, met, kept, tightest, counterexample, panicked } = finds;
        self.hunted = Some((steps, met, kept));
        self.panicked = panicked;
        let case = |Found { case, finding, island, step }: Found| {
            let how = format!("island {island} of the hunt, step {step}");
            Case { case, finding, how }
        };
        self.counterexample = counterexample.map(case);
        if let Some(found) = tightest.map(case)
            && self
                .closest
                .as_ref()
                .is_none_or(|old| found.finding.tightness() < old.finding.tightness())
        {
            self.closest = Some(found);
        }
    }
}

/// One of both.
pub enum Answer {
    /// Nothing is measured.
    Decided(Decided),
    /// Networks are.
    Tried(Tried),
}
