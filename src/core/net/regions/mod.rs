//! Linear regions of networks: the notion, the domain, and the number.
//!
//! A network is compiled to a [`PiecewiseAffine`] map with integer forms, and [`crate::geometry`]
//! enumerates the cells of that map. [`Notion`] says which sets count as one region.

mod cells;
mod compile;
mod coordinates;
mod dependencies;
mod domain;
mod incremental;
mod lp_walk;
mod machine_int;
mod program;

pub use cells::Cells;
pub use domain::Domain;

use super::Network;
use crate::geometry::double_description::{Progress, Tally};
use crate::geometry::piecewise_affine::PiecewiseAffine;
use std::ops::ControlFlow;

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
}

/// A way to count proper activation regions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Engine {
    /// Deletion and restriction: one layer of hyperplanes on the whole space, no enumeration.
    Restriction,
    /// The double description: every cell by its extreme rays, for any network on any domain. A
    /// count makes no cell of the last layer; sections count them.
    Mesh,
    /// Linear programs, for any network on any domain. It is the only engine for cells with too
    /// many vertices, as in a box of many dimensions.
    Descent,
}

impl Engine {
    /// Its short name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Restriction => "restriction",
            Self::Mesh => "mesh",
            Self::Descent => "descent",
        }
    }
}

impl Network {
    /// The number of regions on a domain.
    ///
    /// Cost: grows with the number of cells; R4 keeps all of them in memory, R6 all affine maps.
    /// Panics if the domain belongs to inputs of another dimension.
    pub fn count_regions(&self, notion: Notion, domain: &Domain) -> u64 {
        match notion {
            Notion::Strict => self.tally(domain).strict,
            Notion::R2 => self.tally(domain).cells,
            Notion::R1 | Notion::R6 => {
                Cells::new(self, domain).count(notion, &[], Progress::UNBOUNDED).0
            }
            Notion::R4 => {
                let complex = Cells::new(self, domain).complex(usize::MAX);
                complex.expect("there is no limit").affine_regions() as u64
            }
        }
    }

    /// The numbers of R2 and of strict regions, by the engine that is expected to be fastest.
    ///
    /// Cost and panics: as for [`Self::count_regions`].
    pub fn tally(&self, domain: &Domain) -> Tally {
        if domain.has_many_corners() {
            return self.descend(domain, |_| ControlFlow::Continue(())).0;
        }
        let cells = Cells::new(self, domain);
        let fast = cells.tally_by(Engine::Restriction);
        fast.or_else(|| cells.tally_by(Engine::Mesh)).expect("the mesh counts everything")
    }

    /// The same numbers by one engine; `None` if it does not apply.
    pub fn tally_by(&self, engine: Engine, domain: &Domain) -> Option<Tally> {
        match engine {
            Engine::Descent => Some(self.descend(domain, |_| ControlFlow::Continue(())).0),
            _ => Cells::new(self, domain).tally_by(engine),
        }
    }
}

/// A question about the cells of a network, for [`Cells::ask`].
pub trait Question {
    /// What it answers.
    type Answer;
    /// Answers the question for the network as a piecewise-affine map.
    fn ask<C: PiecewiseAffine>(&self, cascade: &C) -> Self::Answer;
}
