//! The nearest point of one activation cell where another label is as good: doubles find which
//! rows are tight, and exact arithmetic solves for the point.

use super::domain::{Domain, Norm};
use super::program::{Affine, Program, Row};
use super::simplex::{End, Table};
use crate::exact::Rational;
use crate::exact::float::nearest;
use std::rc::Rc;

/// Cells that one descent looks into.
const NEIGHBOURS: usize = 400;
/// What is called zero in doubles.
pub(super) const TINY: f64 = 1e-8;

/// A point where another label is at least as good.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Witness {
    /// Its distance; for l2 its square.
    pub distance: Rational,
    /// The point.
    pub point: Vec<Rational>,
    /// The label that is at least as good there.
    pub other: usize,
}

/// A proposal in doubles.
pub(super) struct Found {
    pub(super) length: f64,
    pub(super) point: Vec<f64>,
    /// The units of whose rows the point is at the end.
    pub(super) tight: Vec<usize>,
}

/// What the search in cells works on.
pub struct Cells<'a> {
    /// The network.
    pub program: &'a Program,
    /// Norm, centre and box; its radius, if any, bounds the search.
    pub domain: Rc<Domain>,
    /// The own output minus each other one; not positive where the other is at least as good.
    pub margins: &'a [(usize, Row)],
}

impl Cells<'_> {
    /// The nearest point found from the cell of `x` on, through its neighbours; exact, and checked.
    pub fn descend(&self, x: &[f64], class: usize) -> Option<Witness> {
        let (_, entering) = self.program.near_entries(x);
        let center = self.domain.center.iter().map(nearest);
        let change: Vec<f64> = x.iter().zip(center).map(|(x, c)| x - c).collect();
        let reach = 1.001 * self.domain.norm.near_length(&change) + 1e-9;
        let mut pattern: Vec<bool> = entering.iter().map(|z| *z > 0.0).collect();
        let mut best = self.nearest_in(&pattern, class, reach)?;
        // Through any border to a nearer cell, and on from there.
        let mut left = best.tight.clone();
        for _ in 0..NEIGHBOURS {
            let Some(unit) = left.pop() else { break };
            pattern[unit] = !pattern[unit];
            match self.nearest_in(&pattern, class, best.length + 1e-9) {
                Some(found) if found.length < best.length - 1e-9 => {
                    left = found.tight.iter().copied().filter(|tight| *tight != unit).collect();
                    best = found;
                }
                _ => pattern[unit] = !pattern[unit],
            }
        }
        self.exact(&best, &pattern, class)
    }

    /// Rows of the cell, in the inputs: rates, constant; each at least 0 there.
    fn rows(&self, pattern: &[bool], class: usize) -> (Vec<Affine>, Affine) {
        let inputs = self.program.inputs;
        let mut forms: Vec<Affine> = Vec::with_capacity(inputs + pattern.len());
        for i in 0..inputs {
            let mut rates = vec![0.0; inputs];
            rates[i] = 1.0;
            forms.push((rates, 0.0));
        }
        let mut rows = Vec::with_capacity(pattern.len());
        let combined = |row: &Row, forms: &[Affine]| {
            let mut sum = (vec![0.0; inputs], row.near.1);
            for ((entry, _), weight) in row.terms.iter().zip(&row.near.0) {
                let form = &forms[*entry];
                sum.0.iter_mut().zip(&form.0).for_each(|(x, y)| *x += weight * y);
                sum.1 += weight * form.1;
            }
            sum
        };
        for (row, is_on) in self.program.units.iter().zip(pattern) {
            let form = combined(row, &forms);
            let sign = if *is_on { 1.0 } else { -1.0 };
            rows.push((form.0.iter().map(|x| sign * x).collect(), sign * form.1));
            forms.push(if *is_on { form } else { (Vec::new(), 0.0) });
        }
        let margin = combined(&self.margins[class].1, &forms);
        (rows, (margin.0.iter().map(|x| -x).collect(), -margin.1))
    }

    /// The nearest point of one cell, of those that are not farther than `reach`.
    fn nearest_in(&self, pattern: &[bool], class: usize, reach: f64) -> Option<Found> {
        let (rows, margin) = self.rows(pattern, class);
        let near = |x: &Rational| nearest(x);
        let center = self.domain.center.iter().map(near);
        let ends = self.domain.near_lo.iter().zip(&self.domain.near_hi).zip(center);
        let ends = ends.map(|((lo, hi), c)| (lo.max(c - reach), hi.min(c + reach)));
        let (lower, upper): (Vec<f64>, Vec<f64>) = ends.unzip();
        match self.domain.norm {
            Norm::L2 => self.nearest_square(&rows, &margin, &lower, &upper),
            _ => self.nearest_linear(&rows, &margin, lower, upper),
        }
    }

    fn nearest_linear(
        &self,
        rows: &[Affine],
        margin: &Affine,
        mut lower: Vec<f64>,
        mut upper: Vec<f64>,
    ) -> Option<Found> {
        let inputs = self.program.inputs;
        let center: Vec<f64> = self.domain.center.iter().map(nearest).collect();
        let sides = (lower.clone(), upper.clone());
        let reach = lower.iter().zip(&upper).map(|(a, b)| b - a).sum::<f64>();
        lower.push(0.0);
        upper.push(reach + 1.0);
        let mut goal = vec![0.0; inputs];
        goal.push(1.0);
        let mut table = Table::new(goal, 0.0, lower, upper);
        let push = |table: &mut Table, row: &Affine, rate: f64| {
            let size = row.0.iter().fold(0.0, |m: f64, x| m.max(x.abs())).max(1e-12);
            let mut entries: Vec<f64> = row.0.iter().map(|x| x / size).collect();
            entries.push(rate);
            table.push(&entries, -row.1 / size)
        };
        push(&mut table, margin, 0.0);
        // Rows that no point of the domain breaks are left out.
        let mut slacks = Vec::new();
        for (unit, row) in rows.iter().enumerate() {
            // What vanishes on the whole cell has no side.
            if row.0.iter().all(|x| x.abs() < 1e-11) {
                continue;
            }
            let least = row.0.iter().zip(sides.0.iter().zip(&sides.1));
            let least: f64 = least.map(|(a, (lo, hi))| a * if *a > 0.0 { lo } else { hi }).sum();
            if least + row.1 < TINY {
                slacks.push((push(&mut table, row, 0.0), unit));
            }
        }
        let mut known: Vec<Vec<f64>> = Vec::new();
        for _ in 0..200 {
            if table.minimize(f64::INFINITY, &mut || false) != End::Optimal {
                return None;
            }
            let point = table.point();
            let change: Vec<f64> = point.iter().zip(&center).map(|(x, c)| x - c).collect();
            let radius = point[inputs];
            let mut facets = self.broken_facets(&change, radius);
            // A facet that has its row is broken by rounding only.
            facets.retain(|facet| !known.contains(facet));
            let is_done = facets.is_empty();
            known.extend_from_slice(&facets);
            for normal in facets {
                let constant: f64 = -normal.iter().zip(&center).map(|(n, c)| n * c).sum::<f64>();
                push(&mut table, &(normal, constant), 1.0);
            }
            if is_done {
                let (_, tight) = table.basis();
                let is_tight = |slack: usize| tight.contains(&(slack - inputs - 1));
                let tight = slacks.iter().filter(|(s, _)| is_tight(*s)).map(|(_, u)| *u);
                let tight = tight.collect();
                return Some(Found { length: radius, point: point[..inputs].to_vec(), tight });
            }
        }
        None
    }

    /// Facets of the ball of this radius that a change is beyond, pointing inward.
    fn broken_facets(&self, change: &[f64], radius: f64) -> Vec<Vec<f64>> {
        let inward = |x: &f64| if x.abs() < 1e-12 { 0.0 } else { -x.signum() };
        match self.domain.norm {
            Norm::Linf => (0..change.len())
                .filter(|i| change[*i].abs() > radius + 1e-10)
                .map(|i| {
                    let mut normal = vec![0.0; change.len()];
                    normal[i] = inward(&change[i]);
                    normal
                })
                .collect(),
            norm if norm.near_length(change) > radius + 1e-10 => {
                vec![change.iter().map(inward).collect()]
            }
            _ => Vec::new(),
        }
    }

    /// The same for l2, by raising one multiplier after the other.
    fn nearest_square(
        &self,
        rows: &[Affine],
        margin: &Affine,
        lower: &[f64],
        upper: &[f64],
    ) -> Option<Found> {
        let center: Vec<f64> = self.domain.center.iter().map(nearest).collect();
        let all: Vec<&Affine> = rows.iter().chain([margin]).collect();
        let squares: Vec<f64> =
            all.iter().map(|row| row.0.iter().map(|x| x * x).sum::<f64>()).collect();
        let mut multipliers = vec![0.0; all.len()];
        let mut free = center.clone();
        let clip = |free: &[f64]| -> Vec<f64> {
            let sides = lower.iter().zip(upper);
            free.iter().zip(sides).map(|(x, (lo, hi))| x.clamp(*lo, *hi)).collect()
        };
        let mut point = clip(&free);
        for _ in 0..3000 {
            let mut most = 0.0f64;
            for (r, row) in all.iter().enumerate().rev() {
                if squares[r] < 1e-18 {
                    continue;
                }
                let value: f64 = row.0.iter().zip(&point).map(|(a, x)| a * x).sum::<f64>() + row.1;
                let step = (-value / squares[r]).max(-multipliers[r]);
                if step != 0.0 {
                    most = most.max(step.abs() * squares[r].sqrt());
                    multipliers[r] += step;
                    free.iter_mut().zip(&row.0).for_each(|(x, a)| *x += step * a);
                    point = clip(&free);
                }
            }
            if most < 1e-13 {
                break;
            }
        }
        let holds = |row: &&Affine| {
            let value: f64 = row.0.iter().zip(&point).map(|(a, x)| a * x).sum::<f64>() + row.1;
            value > -1e-6
        };
        if !all.iter().all(holds) {
            return None;
        }
        let tight = (0..rows.len()).filter(|r| multipliers[*r] > 1e-9).collect();
        let change: Vec<f64> = point.iter().zip(&center).map(|(x, c)| x - c).collect();
        Some(Found { length: self.domain.norm.near_length(&change), point, tight })
    }
}
