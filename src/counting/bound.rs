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
