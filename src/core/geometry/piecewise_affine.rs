//! What geometry knows of a piecewise-affine map: affine forms that appear stage after stage.
//!
//! A stage is a list of splits, and each split cuts a cell by affine forms. Which forms the next
//! stage has depends on what was chosen before, and that is all that a network is here.

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
    /// Its row if it has a single one: whether that is positive is the choice.
    pub fn row(&self) -> Option<usize> {
        match self {
            Self::Levels(rows) if rows.len() == 1 => Some(rows.start),
            _ => None,
        }
    }
}

/// A map whose pieces are cut out by affine forms, stage after stage.
///
/// Forms are integer rows `[constant, coefficients..]`, each up to a positive factor of its own.
/// Law: the map is continuous, so that cells with a point in common have, for each split with a
/// single row, the same sign there.
pub trait PiecewiseAffine: Sync {
    /// What is known after some stages.
    type State: Send + Sync;
    /// An affine map.
    type Piece: Clone + Eq + std::hash::Hash;

    /// The number of coordinates.
    fn dimension(&self) -> usize;

    /// Writes the forms that are positive inside the domain; nothing for the whole space.
    fn domain(&self, rows: &mut Vectors);

    /// The number of stages.
    fn stages(&self) -> usize;

    /// What is known before the first stage.
    fn start(&self) -> Self::State;

    /// Writes the forms of the next stage and says how they split.
    fn splits(&self, state: &Self::State, rows: &mut Vectors) -> Vec<Split>;

    /// Adds to a list of which splits of the stage before, decided by `choices`, the row of a split
    /// is a linear combination, and says whether the constant form takes part; `None` if that is
    /// not known. Each of them has a single row. Worth knowing because where all of them vanish the
    /// row does.
    fn made_of(
        &self,
        _stage: usize,
        _split: usize,
        _choices: &[u32],
        _parts: &mut Vec<u32>,
    ) -> Option<bool> {
        None
    }

    /// What is known after a stage in which every split was decided.
    fn next(&self, state: &Self::State, choices: &[u32]) -> Self::State;

    /// The same, made from what is known after other choices at the same state: worth it where the
    /// cost is that of what is different.
    fn next_from(
        &self,
        state: &Self::State,
        choices: &[u32],
        _other: (&[u32], &Self::State),
    ) -> Self::State {
        self.next(state, choices)
    }

    /// What the map is after the last stage: equal where the affine map is, and only there.
    fn piece(&self, state: &Self::State) -> Self::Piece;

    /// The point of the input space that these coordinates stand for; one of them, when several do.
    fn point(&self, coordinates: &[Rational]) -> Vec<Rational>;
}
