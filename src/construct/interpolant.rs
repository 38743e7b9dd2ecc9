//! Piecewise-linear interpolation of a function of one variable at equally spaced nodes.

use crate::exact::Rational;
use serde::{Deserialize, Serialize};

/// The continuous function on `[lo, hi]` that is linear between equally spaced nodes.
///
/// With `N` cells it is `values[0] + sum_j bend_j relu(t - node_j)` over `j < N`; that sum goes on
/// outside the range, constant to the left and with the last slope to the right.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Interpolant {
    /// The first node.
    pub lo: Rational,
    /// The last node.
    pub hi: Rational,
    /// The values at the nodes, two at least.
    pub values: Vec<Rational>,
}

impl Interpolant {
    /// The interpolant of `f` with this many cells. Panics unless `lo < hi` and there is a cell.
    pub fn of(f: impl Fn(&Rational) -> Rational, lo: Rational, hi: Rational, cells: usize) -> Self {
        assert!(lo < hi && cells > 0, "an interpolant needs a range and a cell");
        let mut made = Self { lo, hi, values: vec![Rational::ZERO; cells + 1] };
        made.values = (0..=cells).map(|j| f(&made.node(j))).collect();
        made
    }

    /// Why this is no interpolant, in a sentence.
    pub fn check(&self) -> Result<(), String> {
        if self.values.len() < 2 || self.lo >= self.hi {
            let (nodes, lo, hi) = (self.values.len(), &self.lo, &self.hi);
            return Err(format!("{nodes} nodes from {lo} to {hi}; two and a range are needed"));
        }
        Ok(())
    }

    /// The number `N` of cells.
    pub fn cells(&self) -> usize {
        self.values.len() - 1
    }

    /// The length of a cell.
    pub fn step(&self) -> Rational {
        (&self.hi - &self.lo) / Rational::from(self.cells())
    }

    /// Node `j`, counted from zero.
    pub fn node(&self, j: usize) -> Rational {
        &self.lo + self.step() * Rational::from(j)
    }

    /// `t -> g(t - by)`.
    pub fn shifted(&self, by: &Rational) -> Self {
        Self { lo: &self.lo + by, hi: &self.hi + by, values: self.values.clone() }
    }

    /// The change of slope at node `j`, the first slope at node 0: one for each cell.
    pub fn bends(&self) -> Vec<Rational> {
        let step = self.step();
        let slopes: Vec<_> = self.values.windows(2).map(|v| (&v[1] - &v[0]) / &step).collect();
        let before = [Rational::ZERO].into_iter().chain(slopes.iter().cloned());
        slopes.iter().zip(before).map(|(slope, before)| slope - before).collect()
    }

    /// The value at `t`, outside the range too.
    pub fn eval(&self, t: &Rational) -> Rational {
        let bends = self.bends();
        let ridges = bends.iter().enumerate().map(|(j, bend)| {
            let beyond = t - self.node(j);
            if beyond.is_positive() { bend * beyond } else { Rational::ZERO }
        });
        ridges.sum::<Rational>() + &self.values[0]
    }
}
