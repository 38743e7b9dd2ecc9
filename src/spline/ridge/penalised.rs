//! The penalised fit, proved: the optimality conditions of proposed units are solved exactly.

use super::cost::{Cost, Norm};
use super::fit::{Fit, FitError};
use super::network::Ridges;
use super::penalised_proposal::{PenalisedProposal, is_told, propose_penalised};
use super::pencil::Atom;
use super::proposal::{Column, Proposal};
use super::search::{BITS, Search, Tight};
use super::watch::Watch;
use crate::analysis::enclosure::Enclosure;
use crate::engines::regular;
use crate::exact::Rational;
use crate::exact::float::{dyadic, nearest};
use crate::exact::linear::{Matrix, dot};

/// Units with signs, and the solution of their optimality conditions.
struct Conditions {
    units: Vec<(Atom, i64)>,
    weights: Vec<Rational>,
    affine: Vec<Rational>,
    rest: Vec<Rational>,
}

pub(super) fn half(x: Rational) -> Rational {
    x / Rational::integer(2)
}

impl Search<'_> {
    /// The least of half the squared errors and the penalty times the cost: exact for polyhedral
    /// norms, two bounds for the Euclidean one.
    pub fn penalised(&self, penalty: &Rational, watch: &mut Watch<'_>) -> Result<Fit, FitError> {
        let (free, price) = (self.independent_free(), nearest(penalty));
        let is_euclidean = self.norm == Norm::L2;
        // Where doubles do not tell the penalty from none, the units of the fit that goes through
        // the points are the proposal. Either one is solved for, and proved, in exact numbers.
        if !is_told(price) && self.data.coincidence().is_none() {
            if is_euclidean {
                return Ok(nearly_through(self.enclosed(watch)?, penalty));
            }
            let Proposal { basis, signs, .. } = self.proposal(watch)?;
            let units = basis.into_iter().zip(signs).filter_map(|(column, sign)| match column {
                Column::Unit(atom) => Some((atom, sign)),
                Column::Free(_) => None,
            });
            return self.penalised_exactly(penalty, &free, units.collect(), watch);
        }
        let proposal = propose_penalised(self.data, self.norm, &free, price, &self.pencils, watch)?;
        match is_euclidean {
            true => self.penalised_enclosure(penalty, &free, &proposal, watch),
            false => self.penalised_exactly(penalty, &free, proposal.units, watch),
        }
    }

    fn independent_free(&self) -> Vec<usize> {
        let mut kept: Vec<usize> = Vec::new();
        // The constant first: without a free slope it is all there is.
        for &k in self.free.iter().rev() {
            let columns = kept.iter().chain([&k]).map(|&k| self.free_column(k)).collect();
            if Matrix::from_rows(columns).rank() > kept.len() {
                kept.push(k);
            }
        }
        kept
    }

    /// The values of units, then of free columns, at the points.
    fn columns(&self, free: &[usize], units: &[(Atom, i64)]) -> Vec<Vec<Rational>> {
        let features = units.iter().map(|(atom, _)| atom.features(self.data));
        features.chain(free.iter().map(|&k| self.free_column(k))).collect()
    }

    /// Those units whose columns do not depend on the ones before them and on free columns.
    fn independent(&self, free: &[usize], units: Vec<(Atom, i64)>) -> Vec<(Atom, i64)> {
        let columns = self.columns(free, &units);
        let count = columns.len();
        if count <= self.data.values().len() && Matrix::from_rows(columns).rank() == count {
            return units;
        }
        let mut kept: Vec<(Atom, i64)> = Vec::new();
        for unit in units {
            if combination(&self.columns(free, &kept), &unit.0.features(self.data)).is_none() {
                kept.push(unit);
            }
        }
        kept
    }

    /// Lets a unit join whose dual value is too large. Where its column depends on the others, it
    /// takes the place of those that vanish first as it grows: the function stays at the points,
    /// and the cost falls.
    fn join(
        &self,
        free: &[usize],
        units: &mut Vec<(Atom, i64)>,
        weights: &mut Vec<Rational>,
        new: Tight,
    ) {
        let columns = self.columns(free, units);
        let made_of = combination(&columns, &new.atom.features(self.data));
        units.push((new.atom, new.sign));
        weights.push(Rational::ZERO);
        let Some(mut parts) = made_of else { return };
        parts.truncate(units.len() - 1);
        let sign = Rational::integer(new.sign);
        let mut rates: Vec<Rational> = parts.iter().map(|part| -part * &sign).collect();
        rates.push(sign);
        let shrinks = |(weight, rate): &(&Rational, &Rational)| (*weight * *rate).is_negative();
        let times = weights.iter().zip(&rates).filter(shrinks);
        let time = times.map(|(weight, rate)| -weight / rate).min().unwrap_or_default();
        weights.iter_mut().zip(&rates).for_each(|(weight, rate)| *weight += &time * rate);
        let mut left = weights.iter();
        units.retain(|_| left.next().is_some_and(|weight| !weight.is_zero()));
        weights.retain(|weight| !weight.is_zero());
    }

    /// Solves for weights, affine part and rest `r`: `r + units + affine = y`, `r` orthogonal to
    /// the free columns, and `<r, unit> = sign * penalty * norm` for every unit.
    fn conditions(
        &self,
        penalty: &Rational,
        free: &[usize],
        units: Vec<(Atom, i64)>,
    ) -> Option<Conditions> {
        let n = self.data.values().len();
        let columns = self.columns(free, &units);
        let width = n + columns.len();
        let mut rows = Vec::with_capacity(width);
        for i in 0..n {
            let own = (0..n).map(|j| Rational::from(i == j));
            rows.push(own.chain(columns.iter().map(|c| c[i].clone())).collect());
        }
        for column in &columns {
            let mut row = column.clone();
            row.resize(width, Rational::ZERO);
            rows.push(row);
        }
        let mut right = self.data.values().to_vec();
        right.extend(units.iter().map(|(atom, sign)| {
            penalty * self.cost(&Column::Unit(atom.clone())) * Rational::integer(*sign)
        }));
        right.resize(width, Rational::ZERO);
        let mut rest = regular::solve(&Matrix::from_rows(rows), &right)?;
        let mut weights = rest.split_off(n);
        let affine = weights.split_off(units.len());
        Some(Conditions { units, weights, affine, rest })
    }

    fn penalised_exactly(
        &self,
        penalty: &Rational,
        free: &[usize],
        units: Vec<(Atom, i64)>,
        watch: &mut Watch<'_>,
    ) -> Result<Fit, FitError> {
        let mut units = self.independent(free, units);
        // Weights of the right sign, once there were any.
        let mut before: Option<Vec<Rational>> = None;
        loop {
            watch.step()?;
            let found = self.conditions(penalty, free, units).ok_or_else(|| watch.stopped())?;
            let is_wrong = |k: &usize| {
                !(&found.weights[*k] * Rational::integer(found.units[*k].1)).is_positive()
            };
            let wrong: Vec<usize> = (0..found.units.len()).filter(is_wrong).collect();
            if !wrong.is_empty() {
                let first = before.as_mut().map(|before| crossing(before, &found.weights, &wrong));
                units = found.units;
                match first {
                    Some(first) => drop(units.remove(first)),
                    None => wrong.into_iter().rev().for_each(|k| drop(units.remove(k))),
                }
                continue;
            }
            let scaled: Vec<Rational> = found.rest.iter().map(|r| r / penalty).collect();
            let priced = self.price(&scaled, false, watch)?;
            match priced.violated {
                Some(tight) => {
                    let mut weights = found.weights;
                    units = found.units;
                    self.join(free, &mut units, &mut weights, tight);
                    before = Some(weights);
                }
                None => {
                    let network = self.penalised_network(free, &found);
                    let cost = network.path_norm(self.norm, 1);
                    let square = half(dot(&found.rest, &found.rest));
                    let value = cost.scale(penalty).sum(&Cost::point(square));
                    let unique = self.is_unique(&network, priced.tight);
                    return Ok(Fit { value, network, unique, dual: found.rest });
                }
            }
        }
    }

    fn penalised_network(&self, free: &[usize], found: &Conditions) -> Ridges {
        let units = found.units.iter().map(|(atom, _)| Column::Unit(atom.clone()));
        let basis: Vec<Column> = units.chain(free.iter().map(|&k| Column::Free(k))).collect();
        let coefficients: Vec<_> = found.weights.iter().chain(&found.affine).cloned().collect();
        self.network(&basis, &[coefficients])
    }

    fn penalised_enclosure(
        &self,
        penalty: &Rational,
        free: &[usize],
        proposal: &PenalisedProposal,
        watch: &mut Watch<'_>,
    ) -> Result<Fit, FitError> {
        let exact = |x: &[f64]| x.iter().map(|x| dyadic(*x)).collect::<Option<Vec<_>>>();
        let numbers = exact(&proposal.weights).zip(exact(&proposal.rest));
        // What is beyond doubles proposes nothing: an affine part is an upper bound, too.
        let units = if numbers.is_some() { &proposal.units[..] } else { &[] };
        let (weights, rest) = numbers.unwrap_or_default();
        // The network: proposed weights over enclosed norms, and the best affine part for them.
        let weights: Vec<Rational> = units
            .iter()
            .zip(weights)
            .map(|((atom, _), v)| v / self.norm.of(&atom.direction, BITS).lo())
            .collect();
        let mut left = self.data.values().to_vec();
        for ((atom, _), v) in units.iter().zip(&weights) {
            let features = atom.features(self.data);
            left.iter_mut().zip(features).for_each(|(y, x)| *y -= v * x);
        }
        let off = self.orthogonal(&left);
        let columns: Vec<_> = free.iter().map(|&k| self.free_column(k)).collect();
        let part: Vec<_> = left.iter().zip(&off).map(|(y, r)| y - r).collect();
        let affine =
            Matrix::from_rows(columns).transpose().solve(&part).ok_or_else(|| watch.stopped())?;
        let found = Conditions { units: units.to_vec(), weights, affine, rest: off };
        let network = self.penalised_network(free, &found);
        let cost = network.path_norm(self.norm, BITS).scale(penalty);
        let upper = cost.sum(&Cost::point(half(dot(&found.rest, &found.rest))));
        // Where nothing is worth its price, what an affine part misses is the dual itself.
        let z = if units.is_empty() { found.rest } else { self.orthogonal(&rest) };
        let square = dot(&z, &z);
        // The multiple of z that proves most, if its dual function stays within the penalty.
        let best = match square.is_zero() {
            true => Rational::ZERO,
            false => dot(&z, self.data.values()) / square,
        };
        let factor = match self.greatest_factor(&z, watch)? {
            Some(factor) => best.min(penalty * factor),
            None => best,
        };
        let dual: Vec<Rational> = z.iter().map(|z| z * &factor).collect();
        let lower = dot(&dual, self.data.values()) - half(dot(&dual, &dual));
        let lower = lower.max(Rational::ZERO).min(upper.hi().clone());
        let value = Enclosure::new(lower, upper.hi().clone());
        Ok(Fit { value, network, unique: None, dual })
    }
}

/// A fit through the points as one near them, for a penalty so small that this is as good.
pub(super) fn nearly_through(fit: Fit, penalty: &Rational) -> Fit {
    let dual: Vec<Rational> = fit.dual.iter().map(|z| z * penalty).collect();
    let loss = half(dot(&dual, &dual));
    let (lower, upper) = (fit.value.lo() * penalty - loss, fit.value.hi() * penalty);
    let value = Enclosure::new(lower.max(Rational::ZERO), upper);
    Fit { value, dual, ..fit }
}

/// The coefficients by which independent columns make up another one, if they do.
fn combination(columns: &[Vec<Rational>], target: &[Rational]) -> Option<Vec<Rational>> {
    let gram = columns.iter().map(|a| columns.iter().map(|b| dot(a, b)).collect()).collect();
    let right: Vec<Rational> = columns.iter().map(|a| dot(a, target)).collect();
    let parts = regular::solve(&Matrix::from_rows(gram), &right)?;
    let made =
        |i: usize| columns.iter().zip(&parts).map(|(c, part)| &c[i] * part).sum::<Rational>();
    let is_made = target.iter().enumerate().all(|(i, x)| *x == made(i));
    is_made.then_some(parts)
}

/// Moves weights towards a goal until the first of those that come out wrong vanishes, and removes
/// that one; its place.
fn crossing(before: &mut Vec<Rational>, goal: &[Rational], wrong: &[usize]) -> usize {
    let time = |k: &usize| {
        let gap = &before[*k] - &goal[*k];
        if gap.is_zero() { Rational::ZERO } else { &before[*k] / gap }
    };
    let first = wrong.iter().map(|k| (time(k), *k)).min().expect("some weight is wrong");
    for (now, goal) in before.iter_mut().zip(goal) {
        *now += &first.0 * (goal - &*now);
    }
    before.remove(first.1);
    first.1
}
