//! Linear regions of networks: which notion, where, and how many.
//!
//! A network is handed to [`crate::geometry`] as a [`PiecewiseAffine`] of integer forms, and comes back as
//! cells. The notions differ in what they call one region; see [`Notion`].

mod cells;
mod certify;
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

use super::certificate::{Bound, write_certificate};
use super::{InputBox, Network};
use crate::exact::Rational;
use crate::exact::vectors::Vectors;
use crate::geometry::complex::Complex;
use crate::geometry::double_description::{Explorer, Tally};
use crate::geometry::piecewise_affine::{PiecewiseAffine, Split};
use crate::geometry::restriction::cells_of_rows;
use compile::Listing;
use ethnum::I256;
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

/// A way to count proper activation regions.
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

impl Network {
    /// The number of regions on a domain.
    ///
    /// Cost: grows with the number of cells; R4 and R6 keep all of them in memory. Panics if the
    /// domain belongs to inputs of another dimension.
    pub fn count_regions(&self, notion: Notion, domain: &Domain) -> u64 {
        match (notion, domain.has_many_corners()) {
            (Notion::Strict, true) => self.tally(domain).strict,
            (Notion::R2, true) => self.tally(domain).cells,
            _ => self.with_cascade(domain, Count(notion)),
        }
    }

    /// Proper activation regions, and how many of them have no unit that vanishes identically.
    pub fn tally(&self, domain: &Domain) -> Tally {
        match domain.has_many_corners() {
            true => self.descend(domain, |_| ControlFlow::Continue(())).0,
            false => self.with_cascade(domain, Walk),
        }
    }

    /// The same by one engine; `None` if it does not apply.
    pub fn tally_by(&self, engine: Engine, domain: &Domain) -> Option<Tally> {
        match engine {
            Engine::Descent => Some(self.descend(domain, |_| ControlFlow::Continue(())).0),
            _ => self.with_cascade(domain, By(engine)),
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
        let listing = Listing::of_inputs(self, &domain);
        let written = match listing.bits {
            _ if !has_interior || domain.has_many_corners() => None,
            0..=60 => certify::write::<i64>(&Program::of(&listing), self, sides, bound, claim, out),
            61..=124 => {
                certify::write::<i128>(&Program::of(&listing), self, sides, bound, claim, out)
            }
            125..=252 => {
                certify::write::<I256>(&Program::of(&listing), self, sides, bound, claim, out)
            }
            _ => certify::write::<Rational>(&Program::of(&listing), self, sides, bound, claim, out),
        };
        written.unwrap_or_else(|| write_certificate(self, sides, bound, claim, out))
    }

    /// Asks a question of the cascade, in the least integers that never overflow.
    fn with_cascade<Q: Question>(&self, domain: &Domain, question: Q) -> Q::Answer {
        Cells::new(self, domain).ask(question)
    }
}

/// A question about the cells of a network, for [`Cells::ask`].
pub trait Question {
    /// What it answers.
    type Answer;
    /// Answers the question for the network as a piecewise-affine map.
    fn ask<C: PiecewiseAffine>(&self, cascade: &C) -> Self::Answer;
}

struct Walk;

impl Question for Walk {
    type Answer = Tally;
    fn ask<C: PiecewiseAffine>(&self, cascade: &C) -> Tally {
        let fast = By(Engine::Restriction).ask(cascade);
        fast.or_else(|| By(Engine::Mesh).ask(cascade)).expect("the mesh counts everything")
    }
}

struct By(Engine);

impl Question for By {
    type Answer = Option<Tally>;
    fn ask<C: PiecewiseAffine>(&self, cascade: &C) -> Option<Tally> {
        match self.0 {
            Engine::Restriction => Restricted { numbers: usize::MAX }.ask(cascade),
            Engine::Mesh => Some(Explorer::new(cascade).count().0),
            // It knows the network, not the cascade.
            Engine::Descent => None,
        }
    }
}

/// The count of one stage on all of space, without looking at its cells: they are those of an
/// arrangement of hyperplanes. Gives up after about so many numbers.
struct Restricted {
    numbers: usize,
}

impl Question for Restricted {
    type Answer = Option<Tally>;
    fn ask<C: PiecewiseAffine>(&self, cascade: &C) -> Option<Tally> {
        one_arrangement(cascade, self.numbers)
    }
}

fn one_arrangement<C: PiecewiseAffine>(cascade: &C, numbers: usize) -> Option<Tally> {
    let mut rows = Vectors::new(cascade.dimension() + 1);
    cascade.domain(&mut rows);
    if cascade.stages() != 1 || !rows.is_empty() {
        return None;
    }
    let splits = cascade.splits(&cascade.start(), &mut rows);
    if splits.iter().any(|split| !matches!(split, Split::Levels(_))) {
        return None;
    }
    // A step computes about as many numbers as there are.
    let limit = numbers / (rows.len() * rows.length()).max(1);
    if limit == 0 {
        return None;
    }
    let mut zeros = 0;
    let mut hyperplanes = Vec::with_capacity(rows.len());
    for row in 0..rows.len() {
        let mut row = rows.pushed(row);
        row.rotate_left(1);
        zeros += u32::from(row.iter().all(Rational::is_zero));
        hyperplanes.push(row);
    }
    let cells = cells_of_rows(&hyperplanes, limit)?;
    Some(Tally { cells, strict: if zeros == 0 { cells } else { 0 } })
}

struct Count(Notion);

impl Question for Count {
    type Answer = u64;
    fn ask<C: PiecewiseAffine>(&self, cascade: &C) -> u64 {
        let complex = || Complex::new(cascade, usize::MAX).expect("there is no limit");
        match self.0 {
            Notion::Strict => Walk.ask(cascade).strict,
            Notion::R2 => Walk.ask(cascade).cells,
            Notion::R1 => Explorer::new(cascade).with_faces().count().0.cells,
            Notion::R4 => complex().affine_regions() as u64,
            Notion::R6 => complex().affine_maps() as u64,
        }
    }
}
