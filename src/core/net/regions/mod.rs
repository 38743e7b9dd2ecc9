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
mod lp_walk;
mod machine_int;
mod path;
mod plan;
mod program;

pub use cells::Cells;
pub use domain::Domain;
pub use plan::{Engine, Goal, Plan};

use super::Network;
use crate::geometry::double_description::Tally;
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

impl Network {
    /// The number of regions on a domain.
    ///
    /// Cost: grows with the number of cells; R4 keeps all of them in memory, R6 all affine maps.
    /// Panics if the domain belongs to inputs of another dimension.
    pub fn count_regions(&self, notion: Notion, domain: &Domain) -> u64 {
        Plan::new(self, domain, notion, Goal::Total).count(domain)
    }

    /// The numbers of R2 and of strict regions, by the engine that is expected to be fastest.
    ///
    /// Cost and panics: as for [`Self::count_regions`].
    pub fn tally(&self, domain: &Domain) -> Tally {
        Plan::new(self, domain, Notion::R2, Goal::Total).tally(domain)
    }

    /// The same numbers by one engine; `None` if it does not apply.
    pub fn tally_by(&self, engine: Engine, domain: &Domain) -> Option<Tally> {
        match engine {
            Engine::Descent => {
                let cells = Cells::filtered(self, domain);
                Some(cells.descend(domain, |_| ControlFlow::Continue(())).0)
            }
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
