//! A bound for the largest number of cells of a stack, and where it is known from.

use crate::exact::Natural;

/// How a number compares with the maximal number of cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BoundKind {
    /// At most the maximum.
    Lower,
    /// The maximum.
    Exact,
    /// At least the maximum.
    Upper,
}

/// How a statement is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Provenance {
    /// Read in a third party's quotation of the source.
    Quoted,
    /// Remembered; its constants may differ from the print.
    Remembered,
    /// Derived here.
    Derived,
}

/// One bound for the largest number of cells of a stack.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bound {
    /// On which side it lies.
    pub side: BoundKind,
    /// The number; `None` where it is too expensive to compute.
    pub value: Option<Natural>,
    /// What it is called.
    pub name: &'static str,
    /// Where it comes from.
    pub source: &'static str,
    /// How its statement is known.
    pub known: Provenance,
    /// The claim of the catalogue that states it, a theorem; empty where none does.
    pub claim: &'static str,
    /// Whether it is proved to lie there; else it does unless some minor that is not identically
    /// zero vanishes modulo `2^61 - 1`.
    pub is_proved: bool,
    /// What to know about it; often empty.
    pub note: &'static str,
}

impl Bound {
    /// A bound that is derived here and proved by this claim; without a number where it was too
    /// expensive to compute.
    pub(super) fn new(
        side: BoundKind,
        value: impl Into<Option<Natural>>,
        name: &'static str,
        claim: &'static str,
    ) -> Self {
        let (source, known) = ("derived here", Provenance::Derived);
        Self { side, value: value.into(), name, source, known, claim, is_proved: true, note: "" }
    }

    /// The same from this source.
    pub(super) fn by(self, source: &'static str, known: Provenance) -> Self {
        Self { source, known, ..self }
    }

    /// The same with what there is to know about it.
    pub(super) fn noting(self, note: &'static str) -> Self {
        Self { note, ..self }
    }

    /// The same with this note; where there is no number, that says why.
    pub(super) fn noting_if_found(self, note: &'static str) -> Self {
        let note = if self.value.is_some() { note } else { "beyond the limit" };
        self.noting(note)
    }
}

/// The names of all bounds that a [`survey`](super::survey) may list.
pub const BOUNDS: [&str; 26] = [
    "independent sets, shared weights",
    "filters with inputs of their own",
    "published count R_N",
    "published count less commuting filters",
    "general position",
    "sign patterns",
    "folding",
    "folding once more",
    "one input",
    "dense folding",
    "sharper dense folding",
    "mean over signs",
    "signs of one unit",
    "a network that was found",
    "this shape",
    "two units on a line",
    "without the last layer",
    "the shape of the first two layers",
    "one unit more than inputs, then one",
    "ranks left, two units on a line",
    "active subsets",
    "repaired first layer, sets by size",
    "matchable sets by size",
    "first layer times general position",
    "ranks left by active units",
    "smallest width so far",
];
