//! Several outputs: the cost of a unit is the Euclidean length of its outer weights times the norm
//! of its inner ones, and the least cost lies between two bounds.
//!
//! The dual function has an entry for each output. Its length is convex where its entries are
//! linear, so for a polyhedral norm the quotient of both is greatest at a critical unit, too.

use super::cost::root;
use super::fan::float_norm;
use super::fit::{Fit, FitError};
use super::network::Ridges;
use super::penalised::{half, nearly_through};
use super::penalised_proposal::is_told;
use super::pencil::Atom;
use super::proposal::{Column, first_basis};
use super::search::{BITS, Search};
use super::vector_proposal::{VectorProposal, length, propose_vector};
use super::watch::Watch;
use crate::analysis::enclosure::Enclosure;
use crate::exact::float::{dyadic, nearest};
use crate::exact::linear::{Matrix, dot};
use crate::exact::{IntegerRow, Rational};

/// Proposed weights below these parts of the greatest are taken for none, unless the data ask for
/// the unit: none at all, for data that are affine.
const NEGLIGIBLE: [f64; 4] = [1.0, 1e-6, 1e-8, 1e-10];

/// Columns, and for each output their coefficients.
type Combination = (Vec<Column>, Vec<Vec<Rational>>);

impl Search<'_> {
    /// Two bounds of the least cost through the data, or near them, of several outputs.
    pub fn vector(
        &self,
        penalty: Option<&Rational>,
        watch: &mut Watch<'_>,
    ) -> Result<Fit, FitError> {
        match penalty {
            None => self.vector_through(watch),
            // Where doubles do not tell the penalty from none.
            Some(penalty) if !is_told(nearest(penalty)) && self.data.coincidence().is_none() => {
                Ok(nearly_through(self.vector_through(watch)?, penalty))
            }
            Some(penalty) => self.vector_near(penalty, watch),
        }
    }

    fn vector_through(&self, watch: &mut Watch<'_>) -> Result<Fit, FitError> {
        let VectorProposal { units, multipliers } = propose_vector(self, 0.0, watch)?;
        let network = self.through(&units).ok_or_else(|| watch.stopped())?;
        let upper = network.path_norm(self.norm, BITS).hi().clone();
        let z = self.orthogonal_outputs(&multipliers);
        let factor = self.greatest_vector_factor(&z, watch)?.unwrap_or_default();
        let dual: Vec<Rational> = z.iter().flatten().map(|z| z * &factor).collect();
        let lower = dot(&dual, self.data.values()).max(Rational::ZERO).min(upper.clone());
        Ok(Fit { value: Enclosure::new(lower, upper), network, unique: None, dual })
    }

    fn vector_near(&self, penalty: &Rational, watch: &mut Watch<'_>) -> Result<Fit, FitError> {
        let price = nearest(penalty);
        let VectorProposal { units, multipliers } = propose_vector(self, price, watch)?;
        let (network, missed) = self.near(&units).ok_or_else(|| watch.stopped())?;
        let square = |z: &[Rational]| dot(z, z);
        let cost = network.path_norm(self.norm, BITS).scale(penalty);
        let lost = missed.iter().map(|z| square(z)).sum();
        let upper = cost.sum(&Enclosure::point(half(lost))).hi().clone();
        // What the best network misses is the best dual, and better rounded where no unit is worth
        // its price.
        let z = match network.units.is_empty() {
            true => missed,
            false => self.orthogonal_outputs(&multipliers),
        };
        let factor = self.greatest_vector_factor(&z, watch)?;
        let z = z.concat();
        // The multiple of z that proves most, if its dual function stays within the penalty.
        let best = match square(&z) {
            square if square.is_zero() => Rational::ZERO,
            square => dot(&z, self.data.values()) / square,
        };
        let factor = factor.map_or(best.clone(), |factor| best.min(penalty * factor));
        let dual: Vec<Rational> = z.iter().map(|z| z * &factor).collect();
        let lower = dot(&dual, self.data.values()) - half(square(&dual));
        let lower = lower.max(Rational::ZERO).min(upper.clone());
        Ok(Fit { value: Enclosure::new(lower, upper), network, unique: None, dual })
    }

    /// The values, a list for each output.
    fn outputs(&self) -> impl Iterator<Item = &[Rational]> {
        self.data.values().chunks_exact(self.data.points().len())
    }

    fn orthogonal_outputs(&self, multipliers: &[Vec<f64>]) -> Vec<Vec<Rational>> {
        let exact = |z: &Vec<f64>| z.iter().map(|z| dyadic(*z)).collect::<Option<Vec<_>>>();
        let none = |z: &Vec<f64>| vec![Rational::ZERO; z.len()];
        multipliers.iter().map(|z| self.orthogonal(&exact(z).unwrap_or_else(|| none(z)))).collect()
    }

    /// Units heavier than a part of the heaviest, with their weights in exact numbers.
    fn heavy(&self, units: &[(Atom, Vec<f64>)], part: f64) -> Combination {
        let least = units.first().map_or(0.0, |(_, v)| part * length(v));
        let mut columns = Vec::new();
        let mut outputs = vec![Vec::new(); self.data.outputs()];
        for (atom, v) in units.iter().filter(|(_, v)| length(v) > least) {
            let norm = float_norm(self.norm, &atom.direction);
            let exact: Option<Vec<Rational>> = v.iter().map(|v| dyadic(v / norm)).collect();
            let Some(exact) = exact else { continue };
            columns.push(Column::Unit(atom.clone()));
            outputs.iter_mut().zip(exact).for_each(|(output, v)| output.push(v));
        }
        (columns, outputs)
    }

    /// What a combination leaves of the values, a list for each output.
    fn left(&self, (columns, outputs): &Combination) -> Vec<Vec<Rational>> {
        let mut left: Vec<Vec<Rational>> = self.outputs().map(<[_]>::to_vec).collect();
        for (k, column) in columns.iter().enumerate() {
            let values = self.column(column);
            for (left, v) in left.iter_mut().zip(outputs) {
                left.iter_mut().zip(&values).for_each(|(y, x)| *y -= &v[k] * x);
            }
        }
        left
    }

    /// The proposed network, corrected so that it goes through the data, with as few of the light
    /// units as that takes.
    fn through(&self, units: &[(Atom, Vec<f64>)]) -> Option<Ridges> {
        let (start, _) = first_basis(self.data, &self.free)?;
        let spare = [vec![], start];
        let tries = NEGLIGIBLE.iter().map(|part| (*part, &spare[0]));
        tries.chain([(NEGLIGIBLE[1], &spare[1])]).find_map(|(part, spare)| {
            let (mut columns, mut outputs) = self.heavy(units, part);
            let free = self.free.iter().map(|&k| Column::Free(k));
            let more: Vec<Column> = free.chain(spare.iter().cloned()).collect();
            columns.extend(more.into_iter().filter(|c| !columns.contains(c)).collect::<Vec<_>>());
            outputs.iter_mut().for_each(|v| v.resize(columns.len(), Rational::ZERO));
            let mut found = (columns, outputs);
            let left = self.left(&found);
            // Free columns first, then the heaviest: these take the correction.
            let place = |k: &usize| (matches!(found.0[*k], Column::Unit(_)), *k);
            let mut order: Vec<usize> = (0..found.0.len()).collect();
            order.sort_by_key(place);
            let rows = order.iter().map(|&k| self.column(&found.0[k])).collect();
            let matrix = Matrix::from_rows(rows).transpose();
            for (v, left) in found.1.iter_mut().zip(&left) {
                let correction = matrix.solve(left)?;
                order.iter().zip(correction).for_each(|(&k, x)| v[k] += x);
            }
            Some(self.network(&found.0, &found.1))
        })
    }

    /// The proposed network with the affine part that is best for it, and what it misses, a list
    /// for each output.
    fn near(&self, units: &[(Atom, Vec<f64>)]) -> Option<(Ridges, Vec<Vec<Rational>>)> {
        let (mut columns, mut outputs) = self.heavy(units, NEGLIGIBLE[2]);
        let left = self.left(&(columns.clone(), outputs.clone()));
        columns.extend(self.free.iter().map(|&k| Column::Free(k)));
        let free = Matrix::from_rows(self.free_columns()).transpose();
        let mut all_missed = Vec::with_capacity(left.len());
        for (v, left) in outputs.iter_mut().zip(&left) {
            let missed = self.orthogonal(left);
            let part: Vec<Rational> = left.iter().zip(&missed).map(|(y, r)| y - r).collect();
            v.extend(free.solve(&part)?);
            all_missed.push(missed);
        }
        Some((self.network(&columns, &outputs), all_missed))
    }

    /// About the greatest factor with which the length of the dual function of `z`, a list for
    /// each output, stays below the norm; `None` if that function is 0.
    fn greatest_vector_factor(
        &self,
        z: &[Vec<Rational>],
        watch: &mut Watch<'_>,
    ) -> Result<Option<Rational>, FitError> {
        let (whole, times) = self.whole();
        let scale = IntegerRow::new(z.iter().flatten()).scale;
        let z: Vec<Vec<Rational>> =
            z.iter().map(|z| z.iter().map(|z| z * &scale).collect()).collect();
        // The square of the length, and the square of the norm.
        let mut most = (Rational::ZERO, Rational::ONE);
        for pencil in &self.pencils {
            watch.check()?;
            let mut squares = vec![[Rational::ZERO, Rational::ZERO]; pencil.rays.len()];
            for z in &z {
                pencil.sweep(whole, z, &mut |sight| {
                    let [ahead, behind] = &mut squares[sight.ray];
                    *ahead += &sight.ahead * &sight.ahead;
                    *behind += &sight.behind * &sight.behind;
                });
            }
            for (ray, squares) in pencil.rays.iter().zip(squares) {
                let norm = self.norm.polyhedral(&pencil.direction(&ray.w)).unwrap_or_default();
                let [ahead, behind] = squares;
                let found = (ahead.max(behind), &norm * &norm);
                if &found.0 * &most.1 > &most.0 * &found.1 {
                    most = found;
                }
            }
        }
        let scale = scale * times;
        let is_zero = most.0.is_zero();
        Ok((!is_zero).then(|| scale / root(&(most.0 / most.1), BITS).hi()))
    }
}
