//! A piecewise-affine map as geometry sees it: stages of splits.
//!
//! A stage is a list of splits. Each split cuts a cell by affine forms, and the parts are numbered:
//! the number of the part is the choice. The forms of the next stage depend on the choices made
//! before. Geometry knows nothing else about a network.
//!
//! **Order.** The choices of a cell are listed stage after stage, and split after split within a
//! stage. Walks visit cells in the lexicographic order of their choices.

use crate::exact::Rational;
use crate::exact::vectors::Vectors;
use std::ops::Range;

/// One decision about a cell, by rows of the list that [`PiecewiseAffine::splits`] writes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Split {
    /// Forms that decrease from row to row: the choice is how many of them are positive.
    Levels(Range<usize>),
    /// The choice is which of some entries is the greatest, the first of them if several are.
    Greatest {
        /// What the choices are called.
        entries: Vec<u32>,
        /// The first of the rows `entry b - entry a` for `a < b`, in lexicographic order.
        differences: usize,
    },
}

impl Split {
    /// Its row, if it has exactly one. The choice is then 1 where the form is positive, else 0.
    pub fn row(&self) -> Option<usize> {
        match self {
            Self::Levels(rows) if rows.len() == 1 => Some(rows.start),
            _ => None,
        }
    }

    /// The row of entry `b` minus entry `a < b` of `n`, where the first such row is `first`.
    pub fn difference(n: usize, first: usize, a: usize, b: usize) -> usize {
        first + a * (2 * n - a - 1) / 2 + b - a - 1
    }
}

/// How many signs a walk asked for, and of how many the doubles could not tell them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Signs {
    /// All signs of forms at rays.
    pub asked: u64,
    /// Those that were read off exact numbers.
    pub exact: u64,
}

/// A map whose pieces are cut out by affine forms, stage after stage.
///
/// Forms are integer rows `[constant, coefficients..]`, each up to a positive factor of its own.
/// Law: the map is continuous, so that cells with a point in common have, for each split with a
/// single row, the same sign there.
pub trait PiecewiseAffine: Sync {
    /// What the next stage depends on.
    type State: Send + Sync;
    /// An affine map.
    type Piece: Clone + Eq + std::hash::Hash;

    /// The number of coordinates.
    fn dimension(&self) -> usize;

    /// Writes the forms that are positive inside the domain; nothing for the whole space.
    fn domain(&self, rows: &mut Vectors);

    /// The number of stages.
    fn stages(&self) -> usize;

    /// The state before the first stage.
    fn start(&self) -> Self::State;

    /// Writes the forms of the next stage to `rows`; the splits refer to them by index.
    fn splits(&self, state: &Self::State, rows: &mut Vectors) -> Vec<Split>;

    /// Whether [`Self::made_of`] may know something about a stage after these choices of the
    /// previous one.
    fn may_be_made(&self, _stage: usize, _choices: &[u32]) -> bool {
        false
    }

    /// Adds to `_parts` the splits of the previous stage, decided by `_choices`, whose rows combine
    /// linearly to the row of `_split`. Says whether the constant form takes part.
    ///
    /// `None` if this is not known. Each of these splits has a single row. If all of them vanish at
    /// a point, so does the row.
    fn made_of(
        &self,
        _stage: usize,
        _split: usize,
        _choices: &[u32],
        _parts: &mut Vec<u32>,
    ) -> Option<bool> {
        None
    }

    /// The state after a stage whose splits are decided by `choices`.
    fn next(&self, state: &Self::State, choices: &[u32]) -> Self::State;

    /// The same state, computed from `_other`: other choices at `state`, and the state after them.
    ///
    /// An instance implements this if the cost is that of the choices that differ.
    fn next_from(
        &self,
        state: &Self::State,
        choices: &[u32],
        _other: (&[u32], &Self::State),
    ) -> Self::State {
        self.next(state, choices)
    }

    /// The affine map after the last stage. Law: two pieces are equal if and only if the maps are.
    fn piece(&self, state: &Self::State) -> Self::Piece;

    /// Called at the end of a walk with the signs that it asked for.
    fn note(&self, _signs: Signs) {}

    /// A point of the input space with these coordinates.
    fn point(&self, coordinates: &[Rational]) -> Vec<Rational>;
}
