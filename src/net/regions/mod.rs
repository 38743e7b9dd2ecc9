//! Linear regions of networks: which notion, where, and how many.
//!
//! A network is handed to [`crate::geometry`] as a [`Cascade`] of integer forms, and comes back as
//! cells. The notions differ in what they call one region; see [`Notion`].

mod domain;
mod entry;
mod program;

pub use domain::Domain;

use super::Network;
use crate::exact::Rational;
use crate::geometry::cascade::Cascade;
use crate::geometry::mesh::{Explorer, Tally};
use crate::geometry::regions::Complex;
use program::Program;

/// What counts as one region. For one network on one domain,
/// `R6 <= R4 <= R2 <= R1` and `Strict <= R2`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Notion {
    /// Sign patterns of pre-activations none of which is zero: `{x : P(z) z(x) > 0 for all z}`.
    ///
    /// A unit that vanishes identically on a cell takes the cell away, so ordinary networks may
    /// have none. Source: Definition 1 of \[Xiong2020\], as quoted by a third party.
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

    /// Its short name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Strict => "strict",
            Self::R1 => "R1",
            Self::R2 => "R2",
            Self::R4 => "R4",
            Self::R6 => "R6",
        }
    }
}

impl Network {
    /// The number of regions on a domain.
    ///
    /// Cost: grows with the number of cells; R4 and R6 keep all of them in memory. Panics if the
    /// domain belongs to inputs of another dimension.
    pub fn count_regions(&self, notion: Notion, domain: &Domain) -> u64 {
        self.with_cascade(domain, Count(notion))
    }

    /// Proper activation regions, and how many of them have no unit that vanishes identically.
    pub fn tally(&self, domain: &Domain) -> Tally {
        self.with_cascade(domain, Walk)
    }

    /// Asks a question of the cascade, in the least integers that never overflow.
    fn with_cascade<Q: Question>(&self, domain: &Domain, question: Q) -> Q::Answer {
        let program = Program::<i128>::new(self, domain);
        // Two bits for the difference of two products.
        if program.bits <= 124 {
            question.ask(&program)
        } else {
            question.ask(&Program::<Rational>::new(self, domain))
        }
    }
}

/// A question that can be asked of any cascade.
trait Question {
    type Answer;
    fn ask<C: Cascade>(&self, cascade: &C) -> Self::Answer;
}

struct Walk;

impl Question for Walk {
    type Answer = Tally;
    fn ask<C: Cascade>(&self, cascade: &C) -> Tally {
        Explorer::new(cascade).count().0
    }
}

struct Count(Notion);

impl Question for Count {
    type Answer = u64;
    fn ask<C: Cascade>(&self, cascade: &C) -> u64 {
        let complex = || Complex::new(cascade, usize::MAX).expect("there is no limit");
        match self.0 {
            Notion::Strict => Explorer::new(cascade).count().0.strict,
            Notion::R2 => Explorer::new(cascade).count().0.cells,
            Notion::R1 => Explorer::new(cascade).with_faces().count().0.cells,
            Notion::R4 => complex().affine_regions() as u64,
            Notion::R6 => complex().affine_maps() as u64,
        }
    }
}
