//! An active-set method in floating point: it proposes which units a penalised fit has. Nothing in
//! this file decides.
//!
//! The free columns are projected out; then one unit after the other joins, the one whose dual
//! value is greatest, and units whose weight would change its sign leave.

use super::cost::Norm;
use super::data::Data;
use super::fan::Fans;
use super::fit::FitError;
use super::pencil::{Atom, Pencil};
use super::proposal::{Column, column};
use super::watch::Watch;
use crate::exact::float::nearest;
use std::cmp::Ordering;

/// By how much a dual value has to exceed the penalty, relatively.
const CLEAR: f64 = 1e-9;
/// Whether doubles tell a penalty of data of about one from none.
pub(super) fn is_told(penalty: f64) -> bool {
    penalty >= CLEAR
}

/// What a column has beyond others, relatively and squared, that is taken for rounding.
const NEGLIGIBLE: f64 = 1e-13;
/// The least part of a column by another one that counts.
const FINE: f64 = 1e-6;

/// Units with the sign of their weights, the weights for units of norm 1, and what the fit misses.
pub(super) struct PenalisedProposal {
    pub units: Vec<(Atom, i64)>,
    pub weights: Vec<f64>,
    pub rest: Vec<f64>,
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

struct Active {
    /// Orthonormal free columns.
    free: Vec<Vec<f64>>,
    target: Vec<f64>,
    penalty: f64,
    units: Vec<(Atom, f64)>,
    columns: Vec<Vec<f64>>,
    weights: Vec<f64>,
}

impl Active {
    /// What a column has beyond the free ones.
    fn projected(&self, mut x: Vec<f64>) -> Vec<f64> {
        // Twice: the second pass removes what rounding left.
        for q in self.free.iter().chain(&self.free) {
            let along = dot(q, &x);
            x.iter_mut().zip(q).for_each(|(x, q)| *x -= along * q);
        }
        x
    }

    fn rest(&self) -> Vec<f64> {
        let mut rest = self.target.clone();
        for (column, weight) in self.columns.iter().zip(&self.weights) {
            rest.iter_mut().zip(column).for_each(|(r, x)| *r -= weight * x);
        }
        self.projected(rest)
    }

    /// Where the weights go, by elimination of the normal equations.
    fn goal(&self) -> Goal {
        let k = self.columns.len();
        let mut rows: Vec<Vec<f64>> = Vec::with_capacity(k);
        for (column, (_, sign)) in self.columns.iter().zip(&self.units) {
            let gram = self.columns.iter().map(|other| dot(column, other));
            let right = dot(column, &self.target) - self.penalty * sign;
            rows.push(gram.chain([right]).collect());
        }
        for i in 0..k {
            let pivot = rows[i].clone();
            let size = dot(&self.columns[i], &self.columns[i]);
            if pivot[i].is_nan() || pivot[i] <= NEGLIGIBLE * size {
                let part = |j: usize| -self.units[i].1 * rows[j][i] / rows[j][j];
                let along = (0..k).map(|j| match j.cmp(&i) {
                    Ordering::Less => part(j),
                    Ordering::Equal => self.units[i].1,
                    Ordering::Greater => 0.0,
                });
                return Goal::Along(along.collect(), i);
            }
            for row in rows.iter_mut().enumerate().filter(|(j, _)| *j != i).map(|(_, row)| row) {
                let factor = row[i] / pivot[i];
                row[i..].iter_mut().zip(&pivot[i..]).for_each(|(x, y)| *x -= factor * y);
            }
        }
        Goal::At(rows.iter().enumerate().map(|(i, row)| row[k] / row[i]).collect())
    }

    /// Moves to stationary weights; units that vanish on the way leave.
    fn settle(&mut self) {
        loop {
            let (goal, dependent) = match self.goal() {
                Goal::At(goal) => (goal, None),
                Goal::Along(along, i) => {
                    let goal = self.weights.iter().zip(along);
                    // So far that some weight vanishes on the way.
                    let far = self.weights.iter().fold(1.0, |sum: f64, w| sum + w.abs()) / FINE;
                    (goal.map(|(w, along)| w + far * along).collect(), Some(i))
                }
            };
            let signs = self.units.iter().map(|(_, sign)| *sign);
            let crossing = self.weights.iter().zip(&goal).zip(signs).enumerate();
            let crossing = crossing.filter(|(_, ((_, goal), sign))| *goal * sign <= 0.0);
            let first = crossing
                .map(|(k, ((now, goal), _))| {
                    (if now == goal { 0.0 } else { now / (now - goal) }, k)
                })
                .min_by(|a, b| a.0.total_cmp(&b.0));
            let (time, leaving) = match (first, dependent) {
                (Some(first), _) => first,
                (None, Some(dependent)) => (0.0, dependent),
                (None, None) => {
                    self.weights = goal;
                    return;
                }
            };
            for (now, goal) in self.weights.iter_mut().zip(&goal) {
                *now += time * (goal - *now);
            }
            self.units.remove(leaving);
            self.columns.remove(leaving);
            self.weights.remove(leaving);
        }
    }
}

/// Where weights go.
enum Goal {
    /// To those at which the gradient vanishes.
    At(Vec<f64>),
    /// In this direction, since the column of this unit depends on those before it.
    Along(Vec<f64>, usize),
}

/// Proposes the units of the fit that minimises half the squared errors and the penalty times the
/// cost.
pub(super) fn propose_penalised(
    data: &Data,
    norm: Norm,
    free: &[usize],
    penalty: f64,
    pencils: &[Pencil],
    watch: &mut Watch<'_>,
) -> Result<PenalisedProposal, FitError> {
    let fans = Fans::new(pencils, data, norm, free.len() <= data.dimension());
    let target = data.values().iter().map(nearest).collect();
    let mut active = Active {
        free: Vec::new(),
        target,
        penalty,
        units: Vec::new(),
        columns: Vec::new(),
        weights: Vec::new(),
    };
    for &k in free {
        let whole = column(&Column::Free(k), data, norm);
        let size = dot(&whole, &whole).sqrt();
        let rest = active.projected(whole);
        let length = dot(&rest, &rest).sqrt();
        if length > 1e-12 * size {
            active.free.push(rest.iter().map(|x| x / length).collect());
        }
    }
    active.target = active.projected(active.target.clone());
    let mut least = f64::INFINITY;
    loop {
        let rest = active.rest();
        let scaled: Vec<f64> = rest.iter().map(|r| r / penalty).collect();
        let found = fans.promising(&[scaled], 1.0 + CLEAR).into_iter();
        let next = found.map(|(_, atom)| atom).find(|a| active.units.iter().all(|(b, _)| a != b));
        let cost: f64 = active.weights.iter().map(|w| w.abs()).sum();
        let value = 0.5 * dot(&rest, &rest) + penalty * cost;
        // Without progress rounding is all that is left.
        let is_stuck = value >= least;
        let atom = match next {
            Some(atom) if !is_stuck => atom,
            _ => {
                let units = active.units.into_iter();
                let units = units.map(|(a, sign)| (a, if sign < 0.0 { -1 } else { 1 })).collect();
                return Ok(PenalisedProposal { units, weights: active.weights, rest });
            }
        };
        least = value;
        watch.step()?;
        let features = column(&Column::Unit(atom.clone()), data, norm);
        let features = active.projected(features);
        let sign = dot(&features, &rest).signum();
        active.units.push((atom, sign));
        active.columns.push(features);
        active.weights.push(0.0);
        active.settle();
    }
}
