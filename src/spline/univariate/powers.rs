//! Roots of jumps: `sum |jump|^(1/q)` prefers few large jumps to many small ones.

use super::interpolation::{Interpolation, Run};
use crate::analysis::enclosure::{Enclosure, root};
use crate::exact::Rational;

/// Bits after the point of an enclosed root.
const ROOT_BITS: u32 = 128;

/// `|jump|^(1/order)`. Panics if the order is 0.
pub fn root_of_jump(jump: &Rational, order: u32) -> Enclosure {
    root(&jump.abs(), order, ROOT_BITS).expect("a size is not negative")
}

impl Interpolation<'_> {
    /// The least `sum |jump|^(1/order)` of the interpolants that have the least TV2.
    ///
    /// In a run only this is left to choose: which neighbours are merged two by two. The sum is
    /// concave in the slope at each point, which lies between those of the chords beside it, so
    /// that the least is at a corner of the cube of slopes; there each jump is that of one point or
    /// the sum of two neighbours. Cost: linear, by dynamic programming over the corners.
    pub fn least_of_roots(&self, order: u32) -> Enclosure {
        let zero = Enclosure::point(Rational::ZERO);
        self.runs().fold(zero, |sum, run| sum.sum(&self.least_of_run(run, order)))
    }

    fn least_of_run(&self, run: Run, order: u32) -> Enclosure {
        // The least up to the point before the last one, and up to the last one.
        let mut before = Enclosure::point(Rational::ZERO);
        let mut last = root_of_jump(&self.jump(run.first), order);
        for i in run.first + 1..=run.last {
            let alone = last.sum(&root_of_jump(&self.jump(i), order));
            let both = self.jump(i - 1) + self.jump(i);
            let merged = before.sum(&root_of_jump(&both, order));
            let least = Enclosure::new(
                alone.lo().min(merged.lo()).clone(),
                alone.hi().min(merged.hi()).clone(),
            );
            (before, last) = (last, least);
        }
        last
    }
}
