//! From a proposed basis to a proved optimum: the simplex method in exact arithmetic, which as a
//! rule has nothing left to do but to solve for the basis and to price every critical unit.

use super::cost::{Cost, Norm, root};
use super::data::Data;
use super::fit::{Fit, FitError, Question, Skip};
use super::network::{Ridges, Unit};
use super::pencil::{Atom, Pencil, pencils};
use super::proposal::{Column, Proposal, first_basis, propose};
use super::reduction::{Free, reduce};
use super::watch::Watch;
use crate::analysis::enclosure::Enclosure;
use crate::engines::regular;
use crate::exact::float::dyadic;
use crate::exact::linear::{Matrix, dot};
use crate::exact::{IntegerRow, Rational};

/// Bits of an enclosed value.
pub(super) const BITS: u32 = 64;

/// Exact steps before a cycle has to be suspected: from then on the first column in order enters
/// and leaves (Bland's rule), which ends.
const PATIENCE: usize = 200;

/// Everything that the search knows of the question.
pub(super) struct Search<'a> {
    pub data: &'a Data,
    pub norm: Norm,
    pub pencils: Vec<Pencil>,
    /// The points times a number that makes their coordinates whole, and that number.
    whole: (Data, Rational),
    /// The free columns, the constant last.
    pub free: Vec<usize>,
}

/// A unit where the dual function is as large as allowed, or larger.
#[derive(Clone)]
pub(super) struct Tight {
    pub atom: Atom,
    pub sign: i64,
}

/// The greatest dual value over norm that was found above one, and the units at one.
pub(super) struct Priced {
    pub violated: Option<Tight>,
    pub tight: Vec<Tight>,
}

impl<'a> Search<'a> {
    pub fn new(
        data: &'a Data,
        question: &Question,
        watch: &mut Watch<'_>,
    ) -> Result<Self, FitError> {
        let d = data.dimension();
        let used = 0..question.data.dimension();
        let free = match question.skip {
            Skip::Free => used.chain([d]).collect(),
            Skip::None => vec![d],
        };
        let times = IntegerRow::new(data.points().iter().flatten()).scale;
        let whole = (data.scaled(&times, &Rational::ONE), times);
        let pencils = pencils(data, question.norm, watch)?;
        Ok(Self { data, norm: question.norm, pencils, whole, free })
    }

    /// The points with whole coordinates, and what these were multiplied by.
    pub fn whole(&self) -> (&Data, &Rational) {
        (&self.whole.0, &self.whole.1)
    }

    pub fn column(&self, column: &Column) -> Vec<Rational> {
        match column {
            Column::Free(k) => self.free_column(*k),
            Column::Unit(atom) => atom.features(self.data),
        }
    }

    /// The free columns at the points.
    pub fn free_columns(&self) -> Vec<Vec<Rational>> {
        self.free.iter().map(|&k| self.free_column(k)).collect()
    }

    pub fn free_column(&self, k: usize) -> Vec<Rational> {
        let entry = |x: &Vec<Rational>| x.get(k).cloned().unwrap_or(Rational::ONE);
        self.data.points().iter().map(entry).collect()
    }

    pub fn cost(&self, column: &Column) -> Rational {
        match column {
            Column::Free(_) => Rational::ZERO,
            Column::Unit(atom) => self.norm.polyhedral(&atom.direction).unwrap_or(Rational::ONE),
        }
    }

    fn matrix(&self, basis: &[Column]) -> Matrix {
        let columns: Vec<_> = basis.iter().map(|column| self.column(column)).collect();
        Matrix::from_rows(columns).transpose()
    }

    /// The function with these coefficients of the columns, a list for each output.
    pub fn network(&self, basis: &[Column], outputs: &[Vec<Rational>]) -> Ridges {
        let d = self.data.dimension();
        let mut network = Ridges::zero(d, outputs.len());
        for (row, column) in basis.iter().enumerate() {
            let outer: Vec<Rational> = outputs.iter().map(|v| v[row].clone()).collect();
            match column {
                Column::Free(k) if *k == d => network.constant = outer,
                Column::Free(k) => {
                    network.slope.iter_mut().zip(outer).for_each(|(slope, v)| slope[*k] = v);
                }
                Column::Unit(_) if outer.iter().all(Rational::is_zero) => {}
                Column::Unit(atom) => network.units.push(Unit {
                    weights: atom.direction.clone(),
                    threshold: atom.threshold.clone(),
                    outer,
                }),
            }
        }
        network
    }

    /// The function of a basis with as few units as it needs. The columns of a basis are
    /// independent, so none can go where all free columns are among them.
    fn reduced(&self, basis: &[Column], coefficients: Vec<Rational>) -> Ridges {
        let network = self.network(basis, &[coefficients]);
        if self.free.iter().all(|&k| basis.contains(&Column::Free(k))) {
            return network;
        }
        let free = if self.free.len() == 1 { Free::Constant } else { Free::Affine };
        reduce(&network, self.data.points(), self.norm, free).network
    }

    pub fn proposal(&self, watch: &mut Watch<'_>) -> Result<Proposal, FitError> {
        propose(self.data, self.norm, &self.free, &self.pencils, watch)
    }

    /// The exact optimum for a polyhedral norm.
    pub fn exact(&self, watch: &mut Watch<'_>) -> Result<Fit, FitError> {
        let Proposal { mut basis, mut signs, .. } = self.proposal(watch)?;
        for step in 0.. {
            let matrix = self.matrix(&basis);
            let Some(v) = regular::solve(&matrix, self.data.values()) else {
                // Only a proposal can be singular; the data along one direction are not.
                let first = first_basis(self.data, &self.free).filter(|_| step == 0);
                (basis, _) = first.ok_or_else(|| watch.stopped())?;
                signs = vec![1; basis.len()];
                continue;
            };
            let in_order = step > PATIENCE;
            for (sign, v) in signs.iter_mut().zip(&v).filter(|(_, v)| !v.is_zero()) {
                *sign = i64::from(v.signum());
            }
            let costs = basis.iter().zip(&signs);
            let costs: Vec<_> =
                costs.map(|(c, sign)| self.cost(c) * Rational::integer(*sign)).collect();
            let z = regular::solve(&matrix.transpose(), &costs).ok_or_else(|| watch.stopped())?;
            let free = self.free.iter().find(|&&k| !dot(&z, &self.free_column(k)).is_zero());
            let (entering, sign) = match free {
                Some(&k) => (Column::Free(k), i64::from(dot(&z, &self.free_column(k)).signum())),
                None => match self.price(&z, in_order, watch)? {
                    Priced { violated: Some(Tight { atom, sign }), .. } => {
                        (Column::Unit(atom), sign)
                    }
                    Priced { tight, .. } => return Ok(self.optimum(&basis, &v, z, tight)),
                },
            };
            watch.step()?;
            let alpha = regular::solve(&matrix, &self.column(&entering));
            let row = alpha.and_then(|alpha| leaving(&basis, &signs, &v, &alpha, sign));
            let row = row.ok_or_else(|| watch.stopped())?;
            (basis[row], signs[row]) = (entering, sign);
        }
        Err(watch.stopped())
    }

    fn optimum(
        &self,
        basis: &[Column],
        v: &[Rational],
        z: Vec<Rational>,
        tight: Vec<Tight>,
    ) -> Fit {
        let network = self.reduced(basis, v.to_vec());
        let value = dot(&z, self.data.values());
        debug_assert_eq!(network.path_norm(self.norm, 1).value(), Some(&value));
        let unique = self.is_unique(&network, tight);
        Fit { value: Cost::point(value), network, unique, dual: z }
    }

    /// Compares the dual function with the norm at every critical unit. The one reported is where
    /// their quotient is greatest, or `in_order` the first of those above one.
    pub fn price(
        &self,
        z: &[Rational],
        in_order: bool,
        watch: &mut Watch<'_>,
    ) -> Result<Priced, FitError> {
        let (whole, times) = &self.whole;
        let cleared = IntegerRow::new(z.iter()).scale;
        let z: Vec<Rational> = z.iter().map(|z| z * &cleared).collect();
        let scale = cleared * times;
        let mut worst: Option<(Rational, Rational, Tight)> = None;
        let mut tight = Vec::new();
        for pencil in &self.pencils {
            watch.check()?;
            pencil.sweep(whole, &z, &mut |sight| {
                let direction = pencil.direction(&pencil.rays[sight.ray].w);
                let norm = self.norm.polyhedral(&direction).unwrap_or(Rational::ONE);
                let most = &norm * &scale;
                for (value, is_behind) in [(sight.ahead, false), (sight.behind, true)] {
                    let size = value.abs();
                    if size < most {
                        continue;
                    }
                    let atom = Atom::at(direction.clone(), &self.data.points()[pencil.point]);
                    let atom = if is_behind { atom.opposite() } else { atom };
                    let found = Tight { atom, sign: i64::from(value.signum()) };
                    if size == most {
                        tight.push(found);
                        continue;
                    }
                    let is_worse =
                        |(other, norm_of, tight): &(Rational, Rational, Tight)| match in_order {
                            true => found.atom < tight.atom,
                            false => &size * norm_of > other * &norm,
                        };
                    if worst.as_ref().is_none_or(is_worse) {
                        worst = Some((size, norm.clone(), found));
                    }
                }
            });
        }
        Ok(Priced { violated: worst.map(|(_, _, found)| found), tight })
    }

    /// Two bounds for the Euclidean norm in the plane.
    pub fn enclosed(&self, watch: &mut Watch<'_>) -> Result<Fit, FitError> {
        let Proposal { mut basis, multipliers, .. } = self.proposal(watch)?;
        let solve = |basis: &[Column]| regular::solve(&self.matrix(basis), self.data.values());
        let mut v = solve(&basis);
        if v.is_none() {
            // Only a proposal can be singular.
            (basis, _) = first_basis(self.data, &self.free).ok_or_else(|| watch.stopped())?;
            v = solve(&basis);
        }
        let network = self.reduced(&basis, v.ok_or_else(|| watch.stopped())?);
        let upper = network.path_norm(self.norm, BITS).hi().clone();
        let z: Option<Vec<Rational>> = multipliers.iter().map(|z| dyadic(*z)).collect();
        let z = z.unwrap_or_else(|| vec![Rational::ZERO; multipliers.len()]);
        let z = self.orthogonal(&z);
        let factor = self.greatest_factor(&z, watch)?.unwrap_or_default();
        let dual: Vec<Rational> = z.iter().map(|z| z * &factor).collect();
        let lower = dot(&dual, self.data.values()).max(Rational::ZERO).min(upper.clone());
        Ok(Fit { value: Enclosure::new(lower, upper), network, unique: None, dual })
    }

    /// About the greatest factor with which the dual function of `z` stays below the Euclidean
    /// norm; `None` if that function is 0.
    pub fn greatest_factor(
        &self,
        z: &[Rational],
        watch: &mut Watch<'_>,
    ) -> Result<Option<Rational>, FitError> {
        let square = self.greatest_square(z, watch)?;
        Ok((!square.is_zero()).then(|| root(&square, BITS).hi().recip()))
    }

    /// The part of `z` that is orthogonal to the free columns.
    pub fn orthogonal(&self, z: &[Rational]) -> Vec<Rational> {
        let columns = self.free_columns();
        let gram = columns.iter().map(|a| columns.iter().map(|b| dot(a, b)).collect()).collect();
        let right: Vec<_> = columns.iter().map(|a| dot(a, z)).collect();
        let part = Matrix::from_rows(gram).solve(&right).expect("normal equations are solvable");
        let off = |i: usize| columns.iter().zip(&part).map(|(c, p)| &c[i] * p).sum::<Rational>();
        z.iter().enumerate().map(|(i, z)| z - off(i)).collect()
    }

    /// The greatest square of the dual function over the unit circle of directions.
    fn greatest_square(&self, z: &[Rational], watch: &mut Watch<'_>) -> Result<Rational, FitError> {
        let mut most = Rational::ZERO;
        for pencil in &self.pencils {
            watch.check()?;
            let last = pencil.rays.len();
            let offsets = pencil.offsets(self.data);
            let all: [Rational; 2] =
                [0, 1].map(|k| offsets.iter().zip(z).map(|(p, z)| &p[k] * z).sum());
            pencil.sweep(self.data, z, &mut |sight| {
                let w = &pencil.rays[sight.ray].w;
                let next = match pencil.rays.get((sight.ray + 1) % last) {
                    Some(next) if sight.ray + 1 < last => next.w.clone(),
                    _ => pencil.rays[0].w.each_ref().map(|x| -x),
                };
                let length = &w[0] * &w[0] + &w[1] * &w[1];
                for value in [&sight.ahead, &sight.behind] {
                    most = std::mem::take(&mut most).max(value * value / &length);
                }
                let behind = [0, 1].map(|k| &sight.after[k] - &all[k]);
                for s in [sight.after, &behind] {
                    if lies_between(s, w, &next) {
                        most = std::mem::take(&mut most).max(&s[0] * &s[0] + &s[1] * &s[1]);
                    }
                }
            });
        }
        Ok(most)
    }
}

/// Whether `s` or its opposite lies strictly between two directions less than half a turn apart,
/// or half a turn apart, counterclockwise.
fn lies_between(s: &[Rational; 2], w: &[Rational; 2], next: &[Rational; 2]) -> bool {
    let cross = |a: &[Rational; 2], b: &[Rational; 2]| &a[0] * &b[1] - &a[1] * &b[0];
    let (first, second) = (cross(w, s), cross(s, next));
    (first.is_positive() && second.is_positive()) || (first.is_negative() && second.is_negative())
}

/// The row of the unit that vanishes first when the entering column takes the sign; the first unit
/// in order of several.
fn leaving(
    basis: &[Column],
    signs: &[i64],
    v: &[Rational],
    alpha: &[Rational],
    sign: i64,
) -> Option<usize> {
    let rate = |row: usize| &alpha[row] * Rational::integer(signs[row] * sign);
    let unit = |row: usize| match &basis[row] {
        Column::Unit(atom) => Some((row, atom)),
        Column::Free(_) => None,
    };
    let units = (0..basis.len()).filter_map(unit);
    let units = units.filter(|(row, _)| rate(*row).is_positive());
    let times = units.map(|(row, atom)| (v[row].abs() / rate(row), atom, signs[row], row));
    times.min().map(|(.., row)| row)
}
