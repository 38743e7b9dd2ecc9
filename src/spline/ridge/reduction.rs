//! Fewer units with the same outputs at the data, at no higher cost.
//!
//! Source: Caratheodory's argument, applied to the columns `v_k relu(<w_k, x_i> - t_k)`.

use super::cost::Norm;
use super::network::Ridges;
use crate::exact::Rational;
use crate::exact::linear::Matrix;

/// A network with as few units as the argument leaves, and how it came about.
#[derive(Clone, Debug)]
pub struct Reduction {
    /// The network.
    pub network: Ridges,
    /// The steps, in order: each can be replayed on the network before it.
    pub steps: Vec<Step>,
}

/// One step: unit `k` is scaled by `1 + time * rates[k]`, the affine part takes what is left over,
/// and unit `removed`, whose factor is zero, goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// One rate a unit.
    pub rates: Vec<Rational>,
    /// How far.
    pub time: Rational,
    /// The unit that goes, counted from zero among those before the step.
    pub removed: usize,
}

/// What may change besides the units, without cost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Free {
    /// Slope and constant.
    Affine,
    /// The constant.
    Constant,
    /// Nothing.
    Nothing,
}

impl Free {
    fn columns(self, x: &[Rational]) -> Vec<Rational> {
        match self {
            Self::Affine => x.iter().cloned().chain([Rational::ONE]).collect(),
            Self::Constant => vec![Rational::ONE],
            Self::Nothing => Vec::new(),
        }
    }

    /// The number of units that [`reduce`] leaves at most, one output: the number of points less
    /// the rank of the free columns.
    pub fn bound(self, points: &[Vec<Rational>]) -> usize {
        let rows: Vec<_> = points.iter().map(|x| self.columns(x)).collect();
        points.len() - Matrix::from_rows(rows).rank()
    }
}

/// The network after units were scaled until no more can go: the same outputs at the points, a
/// path norm that is not larger, no outer weight of another sign.
///
/// With one output at most [`Free::bound`] units are left. With several, units go while their
/// contributions `v_k phi_k` are linearly dependent modulo the free columns. The norm decides which
/// way a step goes; a tie of norms that are not rational ends either way. Cost: one null space a
/// step. Panics unless every point has one coordinate an input.
pub fn reduce(network: &Ridges, points: &[Vec<Rational>], norm: Norm, free: Free) -> Reduction {
    let mut result = Reduction { network: network.clone(), steps: Vec::new() };
    let network = &mut result.network;
    loop {
        let outputs = network.outputs();
        let features: Vec<Vec<Rational>> = network
            .units
            .iter()
            .map(|unit| points.iter().map(|x| unit.feature(x)).collect())
            .collect();
        let free_columns: Vec<Vec<Rational>> = points.iter().map(|x| free.columns(x)).collect();
        let width = free_columns.first().map_or(0, Vec::len);
        // One row a point and output; the free columns once an output.
        let mut rows = Vec::new();
        for (i, columns) in free_columns.iter().enumerate() {
            for out in 0..outputs {
                let units = network.units.iter().zip(&features);
                let mut row: Vec<_> = units.map(|(u, f)| &u.outer[out] * &f[i]).collect();
                for other in 0..outputs {
                    let is_own = other == out;
                    row.extend(columns.iter().map(|c| if is_own { c.clone() } else { 0.into() }));
                }
                rows.push(row);
            }
        }
        let count = network.units.len();
        let kernel = Matrix::from_rows(rows).null_space();
        let Some(vector) = kernel.iter().find(|v| v[..count].iter().any(|x| !x.is_zero())) else {
            return result;
        };
        let (mut rates, mut shift) = (vector[..count].to_vec(), vector[count..].to_vec());
        if network.change(norm, &rates) > 0 {
            rates.iter_mut().chain(&mut shift).for_each(|x| *x = -&*x);
        }
        // A direction of falling cost has a negative rate. Where the cost is constant neither sign
        // makes it rise, and one of the two has a negative rate.
        if !rates.iter().any(Rational::is_negative) {
            rates.iter_mut().chain(&mut shift).for_each(|x| *x = -&*x);
        }
        let times = rates.iter().enumerate().filter(|(_, rate)| rate.is_negative());
        let first = times.map(|(k, rate)| (-rate.recip(), k)).min();
        let (time, removed) = first.expect("some rate is negative");
        for (unit, rate) in network.units.iter_mut().zip(&rates) {
            let factor = Rational::ONE + &time * rate;
            unit.outer.iter_mut().for_each(|v| *v *= &factor);
        }
        network.units.remove(removed);
        for (out, shift) in shift.chunks(width.max(1)).enumerate().take(outputs) {
            let (slope, constant) = shift.split_at(width.saturating_sub(1));
            for (a, b) in network.slope[out].iter_mut().zip(slope) {
                *a += &time * b;
            }
            constant.iter().for_each(|b| network.constant[out] += &time * b);
        }
        result.steps.push(Step { rates, time, removed });
    }
}
