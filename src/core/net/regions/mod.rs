//! Linear regions of networks: which notion, where, and how many.
//!
//! A network is handed to [`crate::geometry`] as integer forms, a
//! [`PiecewiseAffine`](crate::geometry::piecewise_affine::PiecewiseAffine), and comes back as cells. A
//! [`Plan`] chooses the engine and the integers. The notions differ in what they call one region; see
//! [`Notion`].

mod cell_vertices;
mod cells;
mod certify;
mod compile;
mod coordinates;
mod dependencies;
mod domain;
mod incremental;
mod lp_walk;
mod machine_int;
mod plan;
mod program;
mod region;

pub use cell_vertices::Outline;
pub use cells::Cells;
pub use domain::Domain;
pub use plan::{Engine, Goal, Plan};
pub use region::Region;

use super::certificate::{Bound, write_certificate};
use super::{InputBox, Network};
use crate::geometry::double_description::Tally;
use machine_int::Entry;
use program::Program;
use std::io::{self, Write};
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
        Plan::new(self, domain, notion, Goal::Total).count(self, domain)
    }

    /// Proper activation regions, and how many of them have no unit that vanishes identically.
    pub fn tally(&self, domain: &Domain) -> Tally {
        Plan::new(self, domain, Notion::R2, Goal::Total).tally(self, domain)
    }

    /// The same by one engine; `None` if it does not apply.
    pub fn tally_by(&self, engine: Engine, domain: &Domain) -> Option<Tally> {
        match engine {
            Engine::Descent => Some(self.descend(domain, |_| ControlFlow::Continue(())).0),
            _ => Cells::new(self, domain).tally_by(engine),
        }
    }

    /// Writes a certificate of the number of proper activation regions, as evidence for `claim`:
    /// what [`write_certificate`] writes, and by it where the walk over the cells cannot.
    ///
    /// Cost: two walks, and for each branch that does not occur a solve or a small linear program,
    /// where it is refuted. Memory:
    /// one path. Errors: those of `out`, and a box without an interior.
    pub fn certify_regions(
        &self,
        sides: Option<&InputBox>,
        bound: Bound,
        claim: &str,
        out: &mut dyn Write,
    ) -> io::Result<Tally> {
        let domain = sides.map_or(Domain::Whole, |sides| Domain::Box(sides.clone()));
        let has_interior =
            sides.is_none_or(|sides| sides.lo().iter().zip(sides.hi()).all(|(l, h)| l < h));
        let written = match has_interior && !domain.has_many_corners() {
            true => {
                let (network, out) = (self, &mut *out);
                Cells::in_inputs(self, &domain).ask(Certify { network, sides, bound, claim, out })
            }
            false => None,
        };
        written.unwrap_or_else(|| write_certificate(self, sides, bound, claim, out))
    }
}

/// A question that can be asked of a program in any integers.
trait Question {
    type Answer;
    fn ask<T: Entry>(self, program: &Program<T>) -> Self::Answer;
}

struct Certify<'a> {
    network: &'a Network,
    sides: Option<&'a InputBox>,
    bound: Bound,
    claim: &'a str,
    out: &'a mut dyn Write,
}

impl Question for Certify<'_> {
    type Answer = Option<io::Result<Tally>>;
    fn ask<T: Entry>(self, program: &Program<T>) -> Self::Answer {
        let Self { network, sides, bound, claim, out } = self;
        certify::write(program, network, sides, bound, claim, out)
    }
}
