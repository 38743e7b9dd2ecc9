//! Whether a least fit is the only one.
//!
//! Every least fit uses only units at which the dual function is as large as the norm. If the
//! critical ones of these are independent at the data, modulo free columns, their coefficients are
//! determined. Units between critical ones matter only where two critical ones in use lie in one
//! cell: there a part of both may be exchanged for one unit between them, at the same cost and with
//! the same values at the data.

use super::cost::Norm;
use super::data::Data;
use super::network::Ridges;
use super::pencil::Atom;
use super::search::{Search, Tight};
use crate::engines::lp::{Optimum, System};
use crate::exact::Rational;
use crate::exact::linear::Matrix;

/// More units at the bound than this leave the question open.
const MOST: usize = 400;

impl Search<'_> {
    /// Whether no other function is a least fit; `None` where that was not decided. `tight`: all
    /// critical units at which the dual function equals the norm.
    pub(super) fn is_unique(&self, network: &Ridges, tight: Vec<Tight>) -> Option<bool> {
        let free = self.free_columns();
        if Matrix::from_rows(free.clone()).rank() < free.len() {
            // Some affine function that is not 0 vanishes at all points.
            return Some(false);
        }
        is_determined(self.data, self.norm, &free, network, tight)
    }
}

/// The same where no affine function that is free vanishes at all points.
fn is_determined(
    data: &Data,
    norm: Norm,
    free: &[Vec<Rational>],
    network: &Ridges,
    tight: Vec<Tight>,
) -> Option<bool> {
    let is_affine_free = free.len() > 1;
    let mut atoms: Vec<(Atom, i64)> = tight.into_iter().map(|t| (t.atom, t.sign)).collect();
    let used: Vec<(Atom, i64)> = network
        .units
        .iter()
        .map(|unit| {
            let atom = Atom { direction: unit.weights.clone(), threshold: unit.threshold.clone() };
            (atom, i64::from(unit.outer[0].signum()))
        })
        .collect();
    atoms.extend(used.iter().cloned());
    // With a free affine part both orientations are the same.
    let one_way = |atom: Atom| match is_affine_free {
        true => atom.opposite().max(atom),
        false => atom,
    };
    let mut atoms: Vec<(Atom, i64)> = atoms.into_iter().map(|(a, s)| (one_way(a), s)).collect();
    atoms.sort();
    atoms.dedup();
    for (k, a) in used.iter().enumerate() {
        if used[..k]
            .iter()
            .any(|b| a.1 == b.1 && shares_a_cell(data, norm, &a.0, &b.0, is_affine_free))
        {
            return Some(false);
        }
    }
    if atoms.len() > MOST {
        return None;
    }
    let columns: Vec<Vec<Rational>> = atoms.iter().map(|(atom, _)| atom.features(data)).collect();
    let columns: Vec<Vec<Rational>> = columns.into_iter().chain(free.iter().cloned()).collect();
    let count = columns.len();
    let matrix = Matrix::from_rows(columns).transpose();
    if matrix.rank() == count {
        return Some(true);
    }
    // Another vertex of the face: coefficients that change, off the units in use upwards only.
    let in_use: Vec<Atom> = used.into_iter().map(|(atom, _)| one_way(atom)).collect();
    let mut system = System::new(count);
    for i in 0..matrix.rows() {
        let signed = |k: usize| match atoms.get(k) {
            Some((_, sign)) => &matrix[(i, k)] * Rational::integer(*sign),
            None => matrix[(i, k)].clone(),
        };
        system.equal((0..count).map(signed).collect(), Rational::ZERO);
    }
    let mut goal = vec![Rational::ZERO; count];
    for k in (0..atoms.len()).filter(|&k| !in_use.contains(&atoms[k].0)) {
        let mut row = vec![Rational::ZERO; count];
        row[k] = Rational::ONE;
        system.at_most(row.clone(), Rational::ONE);
        row[k] = -Rational::ONE;
        system.at_most(row, Rational::ZERO);
        goal[k] = Rational::ONE;
    }
    match system.maximize(&goal) {
        Optimum::Attained { value, .. } => Some(!value.is_positive()),
        Optimum::Unbounded { .. } => Some(false),
        Optimum::Infeasible { .. } => None,
    }
}

/// Whether dual function and norm are linear on the segment between two units.
fn shares_a_cell(data: &Data, norm: Norm, a: &Atom, b: &Atom, either_way: bool) -> bool {
    let ways = [b.clone(), b.opposite()];
    ways.iter().take(if either_way { 2 } else { 1 }).any(|b| {
        let same_side = |x: &Vec<Rational>| !(a.form(x) * b.form(x)).is_negative();
        let sum: Vec<Rational> = a.direction.iter().zip(&b.direction).map(|(a, b)| a + b).collect();
        let norms = [&a.direction, &b.direction, &sum].map(|u| norm.polyhedral(u));
        let [Some(of_a), Some(of_b), Some(of_sum)] = norms else { return false };
        of_a + of_b == of_sum && data.points().iter().all(same_side)
    })
}
