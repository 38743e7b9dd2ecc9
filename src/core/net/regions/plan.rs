//! The plan of a count: one object chooses the engine, the numbers and the notion.

use super::{Cells, Domain, Notion};
use crate::geometry::double_description::{Progress, Tally};
use crate::net::Network;
use std::ops::ControlFlow;

/// A way to count regions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Engine {
    /// Deletion and restriction: one layer of hyperplanes on all of space, cells never looked at.
    Restriction,
    /// The walk over all cells, kept as their extreme rays: any network on any domain. Where only
    /// their number is asked for, those of the last layer are counted by sections, not made.
    Mesh,
    /// The walk over all cells by linear programs: any network on any domain, and the only way
    /// where a cell has too many corners, as in a box of many dimensions.
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

/// What a count has to deliver.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Goal {
    /// The number of all regions.
    Total,
    /// The same, or a lower bound as soon as enough regions are found.
    Limit,
    /// The cells themselves, for a list or for counts of parts.
    Cells,
}

/// How regions are counted: the notion, the engine, and the network in the numbers that
/// [`Cells::new`] chose.
#[derive(Clone, Debug)]
pub struct Plan {
    /// What counts as a region.
    pub notion: Notion,
    /// The engine that finds the total.
    pub engine: Engine,
    /// The compiled network.
    pub cells: Cells,
}

impl Plan {
    /// Chooses the engine and compiles the network for it.
    ///
    /// Panics if the domain belongs to inputs of another dimension.
    pub fn new(network: &Network, domain: &Domain, notion: Notion, goal: Goal) -> Self {
        if Self::descends(domain, notion, goal) {
            let cells = Cells::filtered(network, domain);
            return Self { notion, engine: Engine::Descent, cells };
        }
        let cells = Cells::new(network, domain);
        let restricts = goal == Goal::Total && notion.has_tally() && cells.are_an_arrangement();
        let engine = if restricts { Engine::Restriction } else { Engine::Mesh };
        Self { notion, engine, cells }
    }

    /// Whether [`Engine::Descent`] counts here: where cells have many corners, and the goal does
    /// not need the cells.
    pub fn descends(domain: &Domain, notion: Notion, goal: Goal) -> bool {
        domain.has_many_corners() && notion.has_tally() && goal != Goal::Cells
    }

    /// The count by restriction; `None` if the plan is another, if it takes more than about
    /// `numbers` numbers, or if the count exceeds 64 bits.
    pub fn restricted(&self, numbers: usize) -> Option<u64> {
        let applies = self.engine == Engine::Restriction;
        Some(self.notion.of(applies.then(|| self.cells.restricted(numbers))??))
    }

    /// The tally on the domain that the plan was made for.
    pub(super) fn tally(&self, domain: &Domain) -> Tally {
        match self.engine {
            Engine::Descent => self.cells.descend(domain, |_| ControlFlow::Continue(())).0,
            engine => {
                let tally = self.cells.tally_by(engine);
                let tally = tally.or_else(|| self.cells.tally_by(Engine::Mesh));
                tally.expect("the mesh counts everything")
            }
        }
    }

    /// The number of all regions on the domain that the plan was made for.
    pub(super) fn count(&self, domain: &Domain) -> u64 {
        match self.notion {
            Notion::Strict | Notion::R2 => self.notion.of(self.tally(domain)),
            Notion::R4 => {
                let regions = self.cells.affine_regions(usize::MAX);
                regions.expect("there is no limit") as u64
            }
            Notion::R1 | Notion::R6 => self.cells.count(self.notion, &[], Progress::UNBOUNDED).0,
        }
    }
}

impl Notion {
    /// Whether a [`Tally`] holds the count.
    pub fn has_tally(self) -> bool {
        matches!(self, Self::Strict | Self::R2)
    }

    /// The count in a tally: the cells, for `Strict` only those on which no unit vanishes.
    pub fn of(self, tally: Tally) -> u64 {
        if self == Self::Strict { tally.strict } else { tally.cells }
    }
}
