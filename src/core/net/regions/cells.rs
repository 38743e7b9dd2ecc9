//! The cells of a network as a walk that can be cut into parts and stopped.

use super::compile::Listing;
use super::machine_int::Entry;
use super::program::Program;
use super::{Domain, Notion, Question};
use crate::exact::Rational;
use crate::geometry::complex::{Complex, Region};
use crate::geometry::double_description::{Explorer, Progress, Tally};
use crate::geometry::piecewise_affine::PiecewiseAffine;
use crate::net::Network;
use ethnum::I256;
use std::collections::{HashMap, HashSet};
use std::ops::ControlFlow;
use std::sync::atomic::{AtomicBool, Ordering};

/// The cells of a network on a domain, ready to be walked through.
#[derive(Clone, Debug)]
pub struct Cells(Compiled);

#[derive(Clone, Debug)]
enum Compiled {
    Words(Program<i64>),
    Pairs(Program<i128>),
    Quads(Program<I256>),
    Big(Program<Rational>),
}

impl Cells {
    /// Compiles the network, for the least integers that never overflow.
    ///
    /// Panics if the domain belongs to inputs of another dimension.
    pub fn new(network: &Network, domain: &Domain) -> Self {
        Self::of(&Listing::new(network, domain))
    }

    fn of(listing: &Listing) -> Self {
        // One bit for the sign, and some for the differences that are formed from entries.
        Self(match listing.bits {
            0..=60 => Compiled::Words(Program::of(listing)),
            61..=124 => Compiled::Pairs(Program::of(listing)),
            125..=252 => Compiled::Quads(Program::of(listing)),
            _ => Compiled::Big(Program::of(listing)),
        })
    }

    /// The same with the inputs as coordinates, even where others would be better.
    ///
    /// Panics if the domain belongs to inputs of another dimension.
    pub fn in_inputs(network: &Network, domain: &Domain) -> Self {
        Self::of(&Listing::of_inputs(network, domain))
    }

    pub(super) fn ask<Q: Question>(&self, question: Q) -> Q::Answer {
        match &self.0 {
            Compiled::Words(program) => question.ask(program),
            Compiled::Pairs(program) => question.ask(program),
            Compiled::Quads(program) => question.ask(program),
            Compiled::Big(program) => question.ask(program),
        }
    }

    /// What the walk computes with, in words.
    pub fn integers(&self) -> &'static str {
        match self.0 {
            Compiled::Words(_) => "64-bit integers",
            Compiled::Pairs(_) => "128-bit integers",
            Compiled::Quads(_) => "256-bit integers",
            Compiled::Big(_) => "big integers",
        }
    }

    /// How many regions have choices that begin with `prefix`, and whether the walk came to its
    /// end; if not, there are at least as many. The progress limits regions of this notion.
    ///
    /// Law: over [`Self::parts`] the counts of a notion that [`Notion::adds_up`] add up to the
    /// count of the whole. For R4 and R6 the number of different affine maps is counted, which is
    /// R6 if the walk comes to its end and a lower bound for R4.
    pub fn count(&self, notion: Notion, prefix: &[u32], progress: Progress<'_>) -> (u64, bool) {
        self.ask(Count { notion, prefix, progress })
    }

    /// Prefixes of choices that cut the walk into parts, in its order: the shortest of one length
    /// that are at least so many, or all there are. `None` if `stop` became true before they were
    /// found.
    pub fn parts(&self, notion: Notion, least: u64, stop: &AtomicBool) -> Option<Vec<Vec<u32>>> {
        self.ask(Parts { faces: notion == Notion::R1, least, stop })
    }

    /// Calls `visit` with the choices of every cell and a point inside it, in a fixed order, until
    /// it breaks; whether it never did.
    ///
    /// Law: the points are those of [`Network::for_each_region`], in its order. Cost: the walk, and
    /// some products a facet; memory for one path. Far less than a list of all that is known of
    /// regions.
    pub fn for_each_point(
        &self,
        visit: impl FnMut(&[u32], Vec<Rational>) -> ControlFlow<()>,
    ) -> bool {
        self.ask(Points { visit })
    }

    /// All cells with their neighbours, the affine maps numbered as they appear; `None` if there
    /// are more than `limit`.
    ///
    /// Cost: the walk, one evaluation of the network a facet, and memory for all cells.
    pub fn complex(&self, limit: usize) -> Option<Complex<usize>> {
        self.ask(WholeComplex { limit })
    }
}

impl Notion {
    /// Whether the regions of parts of a walk add up to those of the whole.
    pub fn adds_up(self) -> bool {
        matches!(self, Self::Strict | Self::R1 | Self::R2)
    }
}

struct Count<'a> {
    notion: Notion,
    prefix: &'a [u32],
    progress: Progress<'a>,
}

impl Question for Count<'_> {
    type Answer = (u64, bool);
    fn ask<T: Entry>(self, program: &Program<T>) -> (u64, bool) {
        let Self { notion, prefix, progress } = self;
        // The walk itself knows no other limit than that of cells.
        let inner = match notion {
            Notion::R1 | Notion::R2 => progress,
            _ => Progress { limit: u64::MAX, ..progress },
        };
        let walk = Explorer::new(program).below(prefix).until(inner);
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
                    maps.insert(program.piece(leaf.state));
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
    fn ask<T: Entry>(self, program: &Program<T>) -> Self::Answer {
        let mut length = 0;
        self.walk(program, u64::MAX).visit(|_, leaf| {
            length = leaf.pattern.len();
            ControlFlow::Break(())
        });
        // Longer prefixes are no fewer, so that bisection finds the shortest that are enough.
        let (mut depth, mut above) = (0, length);
        while depth < above && !self.stop.load(Ordering::Relaxed) {
            let middle = depth.midpoint(above);
            let (_, few) = self.walk(program, self.least).to_depth(middle).count();
            match few {
                true => depth = middle + 1,
                false => above = middle,
            }
        }
        let mut parts = Vec::new();
        let (_, ended) = self.walk(program, u64::MAX).to_depth(depth).visit(|_, leaf| {
            parts.push(leaf.pattern.to_vec());
            ControlFlow::Continue(())
        });
        ended.then_some(parts)
    }
}

struct Points<V> {
    visit: V,
}

impl<V: FnMut(&[u32], Vec<Rational>) -> ControlFlow<()>> Question for Points<V> {
    type Answer = bool;
    fn ask<T: Entry>(mut self, program: &Program<T>) -> bool {
        let (_, ended) = Explorer::new(program).visit(|mesh, leaf| {
            let point = program.point(&mesh.interior_point(leaf.cell));
            (self.visit)(leaf.pattern, point)
        });
        ended
    }
}

struct WholeComplex {
    limit: usize,
}

impl Question for WholeComplex {
    type Answer = Option<Complex<usize>>;
    fn ask<T: Entry>(self, program: &Program<T>) -> Option<Complex<usize>> {
        let Complex { cells, adjacent } = Complex::new(program, self.limit)?;
        let mut numbers = HashMap::new();
        let numbered = |cell: Region<Vec<T>>| {
            let next = numbers.len();
            let piece = *numbers.entry(cell.piece).or_insert(next);
            let Region { pattern, point, faces, bounded, .. } = cell;
            Region { pattern, point, faces, bounded, piece }
        };
        let cells = cells.into_iter().map(numbered).collect();
        Some(Complex { cells, adjacent })
    }
}
