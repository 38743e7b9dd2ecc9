//! The cells of a network on a domain: compiled once, in the narrowest integers that suffice, or in
//! doubles with proved bounds where these integers are long.
//!
//! This is the only place that chooses the numbers.

use super::compile::Listing;
use super::filtered::Filtered;
use super::program::Program;
use super::{Domain, Notion, Question};
use crate::exact::Rational;
use crate::geometry::affine_regions::affine_regions;
use crate::geometry::double_description::{Explorer, Progress, Tally};
use crate::geometry::piecewise_affine::{PiecewiseAffine, Signs};
use crate::net::Network;
use std::collections::HashSet;
use std::ops::ControlFlow;
use std::sync::atomic::{AtomicBool, Ordering};

/// Numbers of up to this many bits are words, which doubles do not beat.
const WORD: u64 = 60;
/// The same of two words. Measured: doubles are faster by half on some networks, and slower by half
/// where many signs take exact numbers.
const TWO_WORDS: u64 = 124;

/// The cells of a network on a domain.
#[derive(Clone, Debug)]
pub struct Cells(Compiled);

#[derive(Clone, Debug)]
enum Compiled {
    Words(Program<i64>),
    Pairs(Program<i128>),
    Big(Program<Rational>),
    Filtered(Filtered),
}

impl Cells {
    /// Compiles the network for the narrowest integers that never overflow, or for doubles with
    /// proved bounds where these have more than two words.
    ///
    /// Cost: linear in the terms of the network, and the choice of coordinates.
    /// Panics if the domain belongs to inputs of another dimension.
    pub fn new(network: &Network, domain: &Domain) -> Self {
        Self::of(&Listing::new(network, domain))
    }

    fn of(listing: &Listing) -> Self {
        match listing.bits > TWO_WORDS {
            true => Self::filtered_of(listing),
            false => Self::exact_of(listing),
        }
    }

    fn exact_of(listing: &Listing) -> Self {
        // One bit for the sign, and some for the differences that are formed from entries.
        Self(match listing.bits {
            bits if bits <= WORD => Compiled::Words(Program::of(listing)),
            bits if bits <= TWO_WORDS => Compiled::Pairs(Program::of(listing)),
            _ => Compiled::Big(Program::of(listing)),
        })
    }

    fn filtered_of(listing: &Listing) -> Self {
        Filtered::of(Program::of(listing))
            .map_or_else(|| Self::exact_of(listing), |filtered| Self(Compiled::Filtered(filtered)))
    }

    /// The same in integers, however long they are.
    ///
    /// Panics if the domain belongs to inputs of another dimension.
    pub fn exact(network: &Network, domain: &Domain) -> Self {
        Self::exact_of(&Listing::new(network, domain))
    }

    /// The same in doubles with proved bounds, unless the magnitudes of weights are too far apart.
    ///
    /// Panics if the domain belongs to inputs of another dimension.
    pub fn filtered(network: &Network, domain: &Domain) -> Self {
        Self::filtered_of(&Listing::new(network, domain))
    }

    /// The signs that walks asked for so far, if they are decided in doubles first.
    pub fn signs(&self) -> Option<Signs> {
        match &self.0 {
            Compiled::Filtered(program) => Some(program.signs()),
            _ => None,
        }
    }

    /// The same with the inputs as coordinates.
    ///
    /// Panics if the domain belongs to inputs of another dimension.
    pub fn in_inputs(network: &Network, domain: &Domain) -> Self {
        Self::of(&Listing::of_inputs(network, domain))
    }

    /// Answers a question about the cells, in the numbers that [`Self::new`] chose.
    pub fn ask<Q: Question>(&self, question: Q) -> Q::Answer {
        match &self.0 {
            Compiled::Words(program) => question.ask(program),
            Compiled::Pairs(program) => question.ask(program),
            Compiled::Big(program) => question.ask(program),
            Compiled::Filtered(program) => question.ask(program),
        }
    }

    /// The name of the numbers that the walk computes with.
    pub fn integers(&self) -> &'static str {
        match self.0 {
            Compiled::Words(_) => "64-bit integers",
            Compiled::Pairs(_) => "128-bit integers",
            Compiled::Big(_) => "big integers",
            Compiled::Filtered(_) => "doubles with proved bounds",
        }
    }

    /// The numbers of R2 and of strict regions.
    ///
    /// Cost: the walk; cells of the last stage are counted by sections, not made. Memory: one path.
    pub fn tally(&self) -> Tally {
        self.ask(Whole)
    }

    /// The number of regions whose choices begin with `prefix`, and whether the walk was complete.
    /// If not, the number is a lower bound. `progress` limits the regions of this notion.
    ///
    /// Law: if [`Notion::adds_up`], the counts over [`Self::parts`] sum to the count of the whole.
    /// For R4 and R6 this counts different affine maps: R6 if the walk is complete, and a lower
    /// bound for R4. Cost: the walk; memory for one path, and for R4 and R6 all maps.
    pub fn count(&self, notion: Notion, prefix: &[u32], progress: Progress<'_>) -> (u64, bool) {
        self.ask(Count { notion, prefix, progress })
    }

    /// Prefixes of choices that cut the walk into parts, in its order. They have one length: the
    /// least one with at least `least` prefixes, or that of all choices if there is none. `None`
    /// if `stop` became true before they were found.
    pub fn parts(&self, notion: Notion, least: u64, stop: &AtomicBool) -> Option<Vec<Vec<u32>>> {
        self.ask(Parts { faces: notion == Notion::R1, least, stop })
    }

    /// The number of regions of R4; `None` if there are more than `limit` cells.
    ///
    /// Cost: the walk, a sign for each unit and facet, and memory for all patterns.
    pub fn affine_regions(&self, limit: usize) -> Option<usize> {
        self.ask(AffineRegions { limit })
    }
}

impl Notion {
    /// Whether the regions of parts of a walk add up to those of the whole.
    pub fn adds_up(self) -> bool {
        matches!(self, Self::Strict | Self::R1 | Self::R2)
    }
}

struct Whole;

impl Question for Whole {
    type Answer = Tally;
    fn ask<C: PiecewiseAffine>(&self, cascade: &C) -> Tally {
        Explorer::new(cascade).count().0
    }
}

struct Count<'a> {
    notion: Notion,
    prefix: &'a [u32],
    progress: Progress<'a>,
}

impl Question for Count<'_> {
    type Answer = (u64, bool);
    fn ask<C: PiecewiseAffine>(&self, cascade: &C) -> (u64, bool) {
        let Self { notion, prefix, progress } = *self;
        // The walk itself knows no other limit than that of cells.
        let inner = match notion {
            Notion::R1 | Notion::R2 => progress,
            _ => Progress { limit: u64::MAX, ..progress },
        };
        let walk = Explorer::new(cascade).below(prefix).until(inner);
        match notion {
            Notion::R1 => cells(walk.with_faces().count()),
            Notion::R2 => cells(walk.count()),
            Notion::Strict if progress.limit == u64::MAX => {
                let (tally, ended) = walk.count();
                (tally.strict, ended)
            }
            Notion::Strict => {
                let mut strict = 0;
                let (_, ended) = walk.visit(|_, leaf| {
                    strict += u64::from(leaf.zeros == 0);
                    go_on_if(strict < progress.limit)
                });
                (strict, ended)
            }
            Notion::R4 | Notion::R6 => {
                let mut maps = HashSet::new();
                let (_, ended) = walk.visit(|_, leaf| {
                    maps.insert(cascade.piece(leaf.state));
                    go_on_if((maps.len() as u64) < progress.limit)
                });
                (maps.len() as u64, ended)
            }
        }
    }
}

fn cells((tally, ended): (Tally, bool)) -> (u64, bool) {
    (tally.cells, ended)
}

fn go_on_if(more: bool) -> ControlFlow<()> {
    if more { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
}

struct Parts<'a> {
    faces: bool,
    least: u64,
    stop: &'a AtomicBool,
}

impl Parts<'_> {
    fn walk<'c, C: PiecewiseAffine>(&'c self, cascade: &'c C, limit: u64) -> Explorer<'c, C> {
        let progress = Progress { limit, stop: Some(self.stop) };
        let walk = Explorer::new(cascade).until(progress);
        if self.faces { walk.with_faces() } else { walk }
    }
}

impl Question for Parts<'_> {
    type Answer = Option<Vec<Vec<u32>>>;
    fn ask<C: PiecewiseAffine>(&self, cascade: &C) -> Self::Answer {
        let mut length = 0;
        self.walk(cascade, u64::MAX).visit(|_, leaf| {
            length = leaf.pattern.len();
            ControlFlow::Break(())
        });
        // Longer prefixes are no fewer, so that bisection finds the shortest that are enough.
        let (mut depth, mut above) = (0, length);
        while depth < above && !self.stop.load(Ordering::Relaxed) {
            let middle = depth.midpoint(above);
            let (_, few) = self.walk(cascade, self.least).to_depth(middle).count();
            match few {
                true => depth = middle + 1,
                false => above = middle,
            }
        }
        let mut parts = Vec::new();
        let (_, ended) = self.walk(cascade, u64::MAX).to_depth(depth).visit(|_, leaf| {
            parts.push(leaf.pattern.to_vec());
            ControlFlow::Continue(())
        });
        ended.then_some(parts)
    }
}

struct AffineRegions {
    limit: usize,
}

impl Question for AffineRegions {
    type Answer = Option<usize>;
    fn ask<C: PiecewiseAffine>(&self, cascade: &C) -> Option<usize> {
        affine_regions(cascade, self.limit)
    }
}
