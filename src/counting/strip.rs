//! The repaired maximum for two forms on a strip of `2 f - 1` rows, in polynomial time.
//!
//! Two windows of `f` rows on `2 f - 1` rows: every relation of their shifts is given by one row of
//! numbers, which the `2 f` rows of the two windows turn into the coefficients of all units. A set
//! of units is independent if the others determine that row of numbers, and which sets do is a
//! question about windows on a line.

use super::binomial::choices;
use super::sliding::Sliding;
use crate::exact::Natural;
use std::collections::BTreeMap;

impl Sliding {
    /// The maximum for two forms a position, stride one and one number a place, where along one
    /// axis there are as many positions as the window is long; `None` for anything else.
    ///
    /// Cost: `positions * taps` products along the other axis. Source: derived here.
    pub fn strip_maximum(&self, units: usize) -> Option<Natural> {
        self.strip_within(units, usize::MAX)
    }

    /// The same, or `None` if it takes more than `limit` products of words.
    pub(super) fn strip_within(&self, units: usize, limit: usize) -> Option<Natural> {
        if units != 2 || self.depth() != 1 || self.stride() != [1, 1] {
            return None;
        }
        let (filter, output) = (self.filter(), self.output());
        let across = (0..2).find(|&axis| output[axis] == filter[axis])?;
        let (kinds, taps, positions) = (2 * filter[across], filter[1 - across], output[1 - across]);
        // An upper bound for the words of a number.
        let words = kinds * positions / 64 + 1;
        let products = [kinds, taps, positions, words].into_iter().fold(1, usize::saturating_mul);
        (products <= limit).then(|| spanning_sets(kinds, taps, positions))
    }
}

/// How many sets of the values `w_k * g (m)`, for `kinds` generic windows `w_k` of `taps` taps and
/// `positions` places `m`, determine the sequence `g`, which has `positions + 1 - taps` numbers and
/// zeros around them.
///
/// Places are filled from the left: each value determines the first number of `g` under its window
/// that is not determined yet. Cost: `positions * taps * kinds` products.
pub fn spanning_sets(kinds: usize, taps: usize, positions: usize) -> Natural {
    let unknowns = (positions + 1).saturating_sub(taps);
    let weights: Vec<Natural> = choices(kinds).take(kinds + 1).collect();
    // By how many numbers are determined.
    let mut ways = BTreeMap::from([(0, Natural::from(1u32))]);
    for place in 0..positions {
        // Numbers that no later window sees.
        let due = (place + 2).saturating_sub(taps).min(unknowns);
        let seen = (place + 1).min(unknowns);
        let mut next = BTreeMap::new();
        for (known, count) in ways {
            for (values, weight) in weights.iter().enumerate() {
                let after = (known + values).min(seen);
                if after >= due {
                    *next.entry(after).or_insert(Natural::ZERO) += &count * weight;
                }
            }
        }
        ways = next;
    }
    ways.remove(&unknowns).unwrap_or(Natural::ZERO)
}
