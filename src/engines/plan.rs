//! The plan of a count: one object chooses the engine, the numbers and the notion.

use crate::descent::{descend, has_many_corners};
use crate::geometry::double_description::{Progress, Tally};
use crate::net::Network;
use crate::net::regions::{Cells, Domain, Notion};
use crate::restriction;
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
        let restricts = goal == Goal::Total && notion.has_tally() && restriction::applies(&cells);
        let engine = if restricts { Engine::Restriction } else { Engine::Mesh };
        Self { notion, engine, cells }
    }

    /// Whether [`Engine::Descent`] counts here: where cells have many corners, and the goal does
    /// not need the cells.
    pub fn descends(domain: &Domain, notion: Notion, goal: Goal) -> bool {
        has_many_corners(domain) && notion.has_tally() && goal != Goal::Cells
    }

    /// The count by restriction; `None` if the plan is another, if it takes more than about
    /// `numbers` numbers, or if the count exceeds 64 bits.
    pub fn restricted(&self, numbers: usize) -> Option<u64> {
        let applies = self.engine == Engine::Restriction;
        Some(self.notion.of(applies.then(|| restriction::tally(&self.cells, numbers))??))
    }

    /// The tally on the domain that the plan was made for.
    fn tally(&self, domain: &Domain) -> Tally {
        let found = by(self.engine, &self.cells, domain);
        found.unwrap_or_else(|| self.cells.tally())
    }

    /// The number of all regions on the domain that the plan was made for.
    fn count(&self, domain: &Domain) -> u64 {
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

/// The tally of cells that were compiled for a domain; `None` if the engine does not apply.
fn by(engine: Engine, cells: &Cells, domain: &Domain) -> Option<Tally> {
    match engine {
        Engine::Restriction => restriction::tally(cells, usize::MAX),
        Engine::Mesh => Some(cells.tally()),
        Engine::Descent => Some(descend(cells, domain, |_| ControlFlow::Continue(())).0),
    }
}

/// Counts of regions by the engine that is expected to be fastest, or by one that is named.
pub trait CountRegions {
    /// The number of regions on a domain.
    ///
    /// Cost: grows with the number of cells; R4 keeps all of them in memory, R6 all affine maps.
    /// Panics if the domain belongs to inputs of another dimension.
    fn count_regions(&self, notion: Notion, domain: &Domain) -> u64;

    /// The numbers of R2 and of strict regions.
    ///
    /// Cost and panics: as for [`Self::count_regions`].
    fn tally(&self, domain: &Domain) -> Tally;

    /// The same numbers by one engine; `None` if it does not apply.
    fn tally_by(&self, engine: Engine, domain: &Domain) -> Option<Tally>;
}

impl CountRegions for Network {
    fn count_regions(&self, notion: Notion, domain: &Domain) -> u64 {
        Plan::new(self, domain, notion, Goal::Total).count(domain)
    }

    fn tally(&self, domain: &Domain) -> Tally {
        Plan::new(self, domain, Notion::R2, Goal::Total).tally(domain)
    }

    fn tally_by(&self, engine: Engine, domain: &Domain) -> Option<Tally> {
        let cells = match engine {
            Engine::Descent => Cells::filtered(self, domain),
            _ => Cells::new(self, domain),
        };
        by(engine, &cells, domain)
    }
}
