//! The penalised fit, proved: the optimality conditions of proposed units are solved exactly.

use super::cost::{Cost, Norm};
use super::fit::{Fit, FitError};
use super::network::Ridges;
use super::penalised_proposal::{PenalisedProposal, propose_penalised};
use super::pencil::Atom;
use super::proposal::Column;
use super::search::{BITS, Search, Tight};
use super::unique::is_unique;
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

fn half(x: Rational) -> Rational {
    x / Rational::integer(2)
}

impl Search<'_> {
    /// The least of half the squared errors and the penalty times the cost: exact for polyhedral
    /// norms, two bounds for the Euclidean one.
    pub fn penalised(
        &self,
        penalty: &Rational,
        go_on: &mut dyn FnMut(usize) -> bool,
    ) -> Result<Fit, FitError> {
        let (free, mut asked) = (self.independent_free(), 0);
        let mut counted = |n| {
            asked = n;
            go_on(n)
        };
        let proposal = propose_penalised(
            self.data,
            self.norm,
            &free,
            nearest(penalty),
            &self.pencils,
            &mut counted,
        );
        let proposal = proposal.ok_or(FitError::Stopped { steps: asked })?;
        match self.norm {
            Norm::L2 => self.penalised_enclosure(penalty, &free, &proposal),
            _ => self.penalised_exactly(penalty, &free, proposal, go_on),
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
        proposal: PenalisedProposal,
        go_on: &mut dyn FnMut(usize) -> bool,
    ) -> Result<Fit, FitError> {
        let (mut units, mut step) = (self.independent(free, proposal.units), proposal.steps);
        // Weights of the right sign, once there were any.
        let mut before: Option<Vec<Rational>> = None;
        loop {
            step += 1;
            let stopped = FitError::Stopped { steps: step };
            if !go_on(step) {
                return Err(stopped);
            }
            let found = self.conditions(penalty, free, units).ok_or(stopped)?;
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
            let priced = self.price(&scaled, false);
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
                    let columns: Vec<_> = free.iter().map(|&k| self.free_column(k)).collect();
                    let unique = is_unique(self.data, self.norm, &columns, &network, priced.tight);
                    return Ok(Fit { value, network, unique, dual: found.rest });
                }
            }
        }
    }

    fn penalised_network(&self, free: &[usize], found: &Conditions) -> Ridges {
        let units = found.units.iter().map(|(atom, _)| Column::Unit(atom.clone()));
        let basis: Vec<Column> = units.chain(free.iter().map(|&k| Column::Free(k))).collect();
        let coefficients: Vec<_> = found.weights.iter().chain(&found.affine).cloned().collect();
        self.network(&basis, &coefficients)
    }

    fn penalised_enclosure(
        &self,
        penalty: &Rational,
        free: &[usize],
        proposal: &PenalisedProposal,
    ) -> Result<Fit, FitError> {
        let stopped = || FitError::Stopped { steps: proposal.steps };
        let exact = |x: &[f64]| x.iter().map(|x| dyadic(*x)).collect::<Option<Vec<_>>>();
        let z = self.orthogonal(&exact(&proposal.rest).ok_or_else(stopped)?);
        // The network: proposed weights over enclosed norms, and the best affine part for them.
        let weights = exact(&proposal.weights).ok_or_else(stopped)?;
        let weights: Vec<Rational> = proposal
            .units
            .iter()
            .zip(weights)
            .map(|((atom, _), v)| v / self.norm.of(&atom.direction, BITS).lo())
            .collect();
        let mut left = self.data.values().to_vec();
        for ((atom, _), v) in proposal.units.iter().zip(&weights) {
            let features = atom.features(self.data);
            left.iter_mut().zip(features).for_each(|(y, x)| *y -= v * x);
        }
        let rest = self.orthogonal(&left);
        let columns: Vec<_> = free.iter().map(|&k| self.free_column(k)).collect();
        let part: Vec<_> = left.iter().zip(&rest).map(|(y, r)| y - r).collect();
        let affine = Matrix::from_rows(columns).transpose().solve(&part).ok_or_else(stopped)?;
        let found = Conditions { units: proposal.units.clone(), weights, affine, rest };
        let network = self.penalised_network(free, &found);
        let cost = network.path_norm(self.norm, BITS).scale(penalty);
        let upper = cost.sum(&Cost::point(half(dot(&found.rest, &found.rest))));
        let dual = self.within_norm(&z, penalty);
        let lower = dot(&dual, self.data.values()) - half(dot(&dual, &dual));
        let lower = lower.max(Rational::ZERO).min(upper.hi().clone());
        let value = Enclosure::new(lower, upper.hi().clone());
        Ok(Fit { value, network, unique: None, dual })
    }
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
