//! The repaired maximum: independent sets of generic forms with shared coefficients.
//!
//! For all coefficients the cells number at most the independent sets of rows, which number at
//! most those of generic coefficients; and for almost all coefficients and offsets, even for one
//! offset common to all forms, cells and generic sets are equal in number. Source: derived here,
//! after the published count failed (see [`Sliding::published_count`]).

use super::modular::{Field, Residue, words};
use super::sliding::Sliding;
use super::tableau::Tableau;
use super::transversal::Windows;
use crate::exact::{Natural, Rational};

/// How many of the sets of `rows` that are linearly independent have 0, 1, .. members, exactly;
/// `None` after `limit` steps of deletion and contraction.
///
/// With general offsets this is, summed, the number of cells that these forms cut, and it bounds
/// that number for all offsets. Shape: `rows` of one length.
pub fn independent_sets(rows: &[Vec<Rational>], limit: usize) -> Option<Vec<Natural>> {
    Tableau::new(rows).independent_by_size(limit)
}

/// What is proved about a number found for the maximum.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// It is the maximum: a theorem about this kind of windows.
    Theorem,
    /// It is the maximum: a theorem about two forms on a strip, [`Sliding::strip_maximum`].
    Strip,
    /// It is the maximum: a closed form for positions that form a box as large as the window.
    Box,
    /// It is the maximum: the sets found and the sets that two commuting filters exclude are all.
    Commutator,
    /// It is at most the maximum, with integer coefficients that reach it. It is the maximum
    /// unless a minor that is not identically zero vanishes modulo `2^61 - 1` at fixed
    /// pseudo-random coefficients.
    FromBelow,
}

impl Sliding {
    /// The sets of forms that are independent at fixed pseudo-random integer coefficients, by
    /// size, decided modulo the prime `2^61 - 1`; `None` after `limit` steps.
    ///
    /// A minor that is not zero modulo a prime is not zero: every set counted is independent for
    /// these integer coefficients, so the number is a lower bound of the maximum, proved. That it
    /// is also an upper bound would need each dependent set to be dependent identically.
    /// Cost: a step is an elimination; there are at most as many as independent sets.
    /// `None` too where forms times inputs exceed 2^16: the steps would be too large to hold.
    pub fn generic_by_size(&self, units: usize, limit: usize) -> Option<Vec<Natural>> {
        if self.positions().saturating_mul(units).saturating_mul(self.inputs()) > 1 << 16 {
            return None;
        }
        Tableau::new(&self.generic_rows(units, 0)).independent_by_size(limit)
    }

    /// The rank of all forms together, at the same coefficients: a lower bound of the generic
    /// rank, proved as above. Cost: one elimination.
    pub fn generic_rank(&self, units: usize) -> usize {
        Tableau::new(&self.generic_rows(units, 0)).rank()
    }

    /// The largest number of cells of `units` forms on every position, with what is proved about
    /// it; `None` if neither a theorem nor `limit` steps reach it.
    pub fn maximum(&self, units: usize, limit: usize) -> Option<(Natural, Reach)> {
        if self.published_is_maximum(units) {
            return Some((self.published_within(units, 1, limit)?, Reach::Theorem));
        }
        if let Some(cells) = self.strip_within(units, limit) {
            return Some((cells, Reach::Strip));
        }
        if let Some(cells) = self.box_maximum(units, limit) {
            return Some((cells, Reach::Box));
        }
        let found: Natural = self.generic_by_size(units, limit)?.into_iter().sum();
        let above = self.commutator_bound(units);
        let reach =
            if above.as_ref() == Some(&found) { Reach::Commutator } else { Reach::FromBelow };
        Some((found, reach))
    }

    /// The maximum in closed form, for positions that form a box as large as the window, with one
    /// number a place and stride one: `4^taps - 1` for two forms, and the published count less
    /// `C(d, 2) (4 d - 7)` for `d` forms of 2x2 taps. `None` for anything else.
    ///
    /// Source: derived here; `regions/box_deficit` and `regions/three_by_three_deficit`.
    fn box_maximum(&self, units: usize, limit: usize) -> Option<Natural> {
        let filter = self.filter();
        let is_box = self.depth() == 1 && self.stride() == [1, 1] && self.output() == filter;
        if !is_box || filter.contains(&1) || units < 2 {
            return None;
        }
        if units == 2 {
            return Some((Natural::from(1u32) << (2 * self.taps())) - 1u32);
        }
        let pairs = Natural::from(units) * (units - 1) / 2u32;
        let published = (filter == [2, 2]).then(|| self.published_within(units, 1, limit))??;
        Some(published - pairs * (4 * units - 7))
    }

    /// `2^(positions * min(units, own taps))`: a lower bound of the maximum. So many generic forms
    /// are independent at all positions; the others may be constant.
    pub fn free_lower(&self, units: usize) -> Natural {
        Natural::from(1u32) << (self.positions() * units.min(self.own_taps()))
    }

    /// The rows of generic forms, `[unit * positions + position][input]`; each `stream` gives
    /// other coefficients.
    pub(super) fn generic_rows(&self, units: usize, stream: u64) -> Vec<Vec<Residue>> {
        let words = words(stream).map(Residue::new);
        self.rows(&words.take(units * self.taps()).collect::<Vec<_>>())
    }

    /// The rows of forms with these coefficients, `[unit * positions + position][input]`.
    ///
    /// Shape: `coefficients: [units][taps]`, taps as in [`Sliding::window`].
    fn rows<F: Field>(&self, coefficients: &[F]) -> Vec<Vec<F>> {
        let mut rows = Vec::new();
        for unit in coefficients.chunks(self.taps()) {
            for position in 0..self.positions() {
                let mut row = vec![F::zero(); self.inputs()];
                for (place, coefficient) in self.window(position).into_iter().zip(unit) {
                    row[place] = coefficient.clone();
                }
                rows.push(row);
            }
        }
        rows
    }

    /// The rows of forms with given coefficients, `[unit * positions + position][input]`.
    ///
    /// Shape: `coefficients: [units][taps]`, flat, taps as in [`Sliding::window`]. Panics if the
    /// last unit is incomplete.
    pub fn shared_rows(&self, coefficients: &[Rational]) -> Vec<Vec<Rational>> {
        assert_eq!(coefficients.len() % self.taps(), 0, "every unit has {} taps", self.taps());
        self.rows(coefficients)
    }

    /// An upper bound for all coefficients: the published count less the sets that hold two whole
    /// kinds of forms, which are dependent when the positions form a box as large as the window,
    /// with one number a place and stride one. `None` for other windows.
    ///
    /// Two filters `u`, `v` commute: `sum_p v(p) row_u(p) = sum_p u(p) row_v(p)`.
    pub fn commutator_bound(&self, units: usize) -> Option<Natural> {
        let is_box = self.depth() == 1 && self.stride() == [1, 1] && self.output() == self.filter();
        if !is_box || self.positions() > 9 {
            return None;
        }
        let windows: Vec<_> = (0..self.positions()).map(|p| self.window(p)).collect();
        let windows = Windows::new(&windows);
        let lost = windows.sets_with_two_full_filters(u32::try_from(units).ok()?);
        let lost = lost.numerator().to_biguint().expect("a count is not negative");
        Some(self.published_count(units) - lost)
    }
}
