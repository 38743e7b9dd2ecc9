//! The penalised fit, proved: the optimality conditions of proposed units are solved exactly.

use super::cost::{Cost, Norm};
use super::fit::{Fit, FitError};
use super::network::Ridges;
use super::penalised_proposal::{PenalisedProposal, propose_penalised};
use super::pencil::Atom;
use super::proposal::Column;
use super::search::{BITS, Search};
use super::unique::is_unique;
use crate::analysis::enclosure::Enclosure;
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

    /// Solves for weights, affine part and rest `r`: `r + units + affine = y`, `r` orthogonal to
    /// the free columns, and `<r, unit> = sign * penalty * norm` for every unit.
    fn conditions(
        &self,
        penalty: &Rational,
        free: &[usize],
        units: Vec<(Atom, i64)>,
    ) -> Option<Conditions> {
        let n = self.data.values().len();
        let features = units.iter().map(|(atom, _)| atom.features(self.data));
        let columns: Vec<Vec<Rational>> =
            features.chain(free.iter().map(|&k| self.free_column(k))).collect();
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
        let mut rest = Matrix::from_rows(rows).solve_regular(&right)?;
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
        let (mut units, mut step) = (proposal.units, proposal.steps);
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
            let priced = self.price(&scaled);
            match priced.violated {
                Some(tight) => {
                    let mut weights = found.weights;
                    weights.push(Rational::ZERO);
                    before = Some(weights);
                    units = found.units;
                    units.push((tight.atom, tight.sign));
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
