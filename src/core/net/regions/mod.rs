//! Linear regions of networks: the notion, the domain, and the number.
//!
//! A network is compiled to a [`PiecewiseAffine`] map with integer forms, and [`crate::geometry`]
//! enumerates the cells of that map. [`Notion`] says which sets count as one region. Where the
//! integers are long, as in deep trained networks, doubles with proved bounds stand for them
//! (`filtered`), and the integers are computed when a sign asks for them (`path`).

mod cells;
mod compile;
mod coordinates;
mod dependencies;
mod domain;
mod filtered;
mod floats;
mod incremental;
mod machine_int;
mod path;
mod program;

pub use cells::Cells;
pub use domain::Domain;

use crate::geometry::double_description::Tally;
use crate::geometry::piecewise_affine::PiecewiseAffine;

/// What counts as one region. For one network on one domain,
/// `R6 <= R4 <= R2 <= R1` and `Strict <= R2`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Notion {
    /// Sign patterns of pre-activations none of which is zero: `{x : P(z) z(x) > 0 for all z}`.
    ///
    /// A unit that vanishes identically on a cell takes the cell away, so ordinary networks may
    /// have none. So do two equal entries of a maximum, be they the greatest or not. Source:
    /// Definition 1 of \[Xiong2020\], as quoted by a third party.
    Strict,
    /// Activation regions: sets of inputs with equal bits `z > 0`, lower-dimensional ones too.
    R1,
    /// Proper activation regions: those of them with interior points. A unit that vanishes
    /// identically counts as inactive.
    #[default]
    R2,
    /// Largest connected open sets on which the network is affine.
    R4,
    /// Different affine maps that the network is on open sets.
    R6,
}

impl Notion {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Strict, Self::R1, Self::R2, Self::R4, Self::R6];

    /// The short name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Strict => "strict",
            Self::R1 => "R1",
            Self::R2 => "R2",
            Self::R4 => "R4",
            Self::R6 => "R6",
        }
    }

    /// Whether a [`Tally`] holds the count.
    pub fn has_tally(self) -> bool {
        matches!(self, Self::Strict | Self::R2)
    }

    /// The count in a tally: the cells, for `Strict` only those on which no unit vanishes.
    pub fn of(self, tally: Tally) -> u64 {
        if self == Self::Strict { tally.strict } else { tally.cells }
    }
}

/// A question about the cells of a network, for [`Cells::ask`].
pub trait Question {
    /// What it answers.
    type Answer;
    /// Answers the question for the network as a piecewise-affine map.
    fn ask<C: PiecewiseAffine>(&self, cascade: &C) -> Self::Answer;
}
