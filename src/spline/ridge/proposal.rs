//! Column generation in floating point: it proposes which units a least fit has. Nothing in this
//! file decides; numbers that overflow or are not numbers make a bad proposal.
//!
//! The simplex method runs over a pool of units. Where the pool has none that lowers the cost, a
//! sweep over all critical units adds the best of them; where the sweep finds none either, the
//! basis is proposed.

use super::cost::Norm;
use super::data::Data;
use super::fan::{Fans, float_norm};
use super::fit::FitError;
use super::pencil::{Atom, Pencil};
use super::watch::Watch;
use crate::exact::Rational;
use crate::exact::float::nearest;
use crate::exact::linear::dot;

/// By how much a reduced cost has to be negative, relative to the cost of a unit.
const CLEAR: f64 = 1e-9;
/// The same where directions are sought on a circle: the cost differs by the square of the angle.
const CLEAR_ON_CIRCLE: f64 = 1e-8;
/// What is too small to divide by.
const NEGLIGIBLE: f64 = 1e-9;
/// Pivots between two inversions of the basis.
const FRESH: usize = 40;

/// A column of the linear program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Column {
    /// The coordinate of this number, or for the dimension the constant: free of cost.
    Free(usize),
    /// A unit.
    Unit(Atom),
}

/// A basis, and the multipliers that belong to it, one a point.
pub(super) struct Proposal {
    pub basis: Vec<Column>,
    /// The sign that each unit has.
    pub signs: Vec<i64>,
    pub multipliers: Vec<f64>,
}

/// The numbers of a column: its values at the points, for units over the norm.
pub(super) fn column(column: &Column, data: &Data, norm: Norm) -> Vec<f64> {
    match column {
        Column::Free(k) => data.points().iter().map(|x| x.get(*k).map_or(1.0, nearest)).collect(),
        Column::Unit(atom) => {
            let inverse = 1.0 / float_norm(norm, &atom.direction);
            atom.features(data).iter().map(|x| nearest(x) * inverse).collect()
        }
    }
}

/// A direction in which all points have different places, as far apart as a few tries find; the
/// points in their order.
fn generic(data: &Data) -> Option<(Vec<Rational>, Vec<usize>)> {
    let d = data.dimension();
    let mut state = 1u64;
    let mut best: Option<(f64, Vec<Rational>, Vec<usize>)> = None;
    for attempt in 0..200u64 {
        let mut draw = |_| {
            state =
                state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963);
            (state >> 40) as i64 % (8 + 4 * attempt as i64)
        };
        let u: Vec<Rational> = (0..d).map(&mut draw).map(Rational::integer).collect();
        if u.iter().all(Rational::is_zero) {
            continue;
        }
        let places: Vec<Rational> = data.points().iter().map(|x| dot(&u, x)).collect();
        let mut order: Vec<usize> = (0..places.len()).collect();
        order.sort_by(|&i, &j| places[i].cmp(&places[j]));
        if order.windows(2).any(|w| places[w[0]] == places[w[1]]) {
            continue;
        }
        let gaps = order.windows(2).map(|w| nearest(&(&places[w[1]] - &places[w[0]])));
        let least = gaps.fold(f64::INFINITY, f64::min) / float_norm(Norm::L2, &u);
        if best.as_ref().is_none_or(|(gap, _, _)| least > *gap) {
            best = Some((least, u, order));
        }
        if attempt >= 20 && best.is_some() {
            break;
        }
    }
    best.map(|(_, u, order)| (u, order))
}

struct Table {
    n: usize,
    columns: Vec<Vec<f64>>,
    is_free: Vec<bool>,
    basis: Vec<usize>,
    /// The sign that each basic unit has.
    signs: Vec<f64>,
    in_basis: Vec<bool>,
    inverse: Vec<f64>,
    values: Vec<f64>,
    right: Vec<f64>,
    since_fresh: usize,
}

impl Table {
    fn add(&mut self, column: Vec<f64>, is_free: bool) -> usize {
        self.columns.push(column);
        self.is_free.push(is_free);
        self.in_basis.push(false);
        self.columns.len() - 1
    }

    /// The multipliers: cost of the basis times its inverse.
    fn multipliers(&self) -> Vec<f64> {
        let mut z = vec![0.0; self.n];
        for (row, &basic) in self.basis.iter().enumerate() {
            if !self.is_free[basic] {
                let sign = self.signs[row];
                let entries = &self.inverse[row * self.n..(row + 1) * self.n];
                z.iter_mut().zip(entries).for_each(|(z, x)| *z += sign * x);
            }
        }
        z
    }

    fn reduced(&self, z: &[f64], column: usize) -> f64 {
        z.iter().zip(&self.columns[column]).map(|(z, x)| z * x).sum()
    }

    /// The column that promises most, with its sign; free ones first.
    fn entering(&self, z: &[f64], clear: f64) -> Option<(usize, f64)> {
        let scale = z.iter().fold(1.0, |most: f64, z| most.max(z.abs()));
        let mut best: Option<(usize, f64, f64)> = None;
        for column in (0..self.columns.len()).filter(|c| !self.in_basis[*c]) {
            let reduced = self.reduced(z, column);
            let gain = match self.is_free[column] {
                true if reduced.abs() > clear * scale => f64::MAX,
                true => 0.0,
                false => reduced.abs() - 1.0 - clear,
            };
            if gain > best.map_or(0.0, |(_, _, gain)| gain) {
                best = Some((column, reduced.signum(), gain));
            }
        }
        best.map(|(column, sign, _)| (column, sign))
    }

    /// Brings a column into the basis; whether one left.
    fn pivot(&mut self, column: usize, sign: f64) -> bool {
        let n = self.n;
        let entering = &self.columns[column];
        let alpha: Vec<f64> = self
            .inverse
            .chunks_exact(n)
            .map(|row| sign * row.iter().zip(entering).map(|(a, b)| a * b).sum::<f64>())
            .collect();
        let largest = alpha.iter().fold(0.0, |most: f64, x| most.max(x.abs()));
        let rate = |row: usize| alpha[row] * self.signs[row];
        let may_leave =
            |row: &usize| !self.is_free[self.basis[*row]] && rate(*row) > NEGLIGIBLE * largest;
        let size = |row: usize| (self.values[row] * self.signs[row]).max(0.0);
        let rows: Vec<usize> = (0..n).filter(may_leave).collect();
        let scale = self.values.iter().fold(0.0, |most: f64, x| most.max(x.abs())) * 1e-12;
        let relaxed = rows.iter().map(|&r| (size(r) + scale) / rate(r)).fold(f64::MAX, f64::min);
        let near = rows.into_iter().filter(|&r| size(r) / rate(r) <= relaxed);
        let Some(row) = near.max_by(|&a, &b| rate(a).total_cmp(&rate(b))) else { return false };
        let step = size(row) / rate(row);
        for (value, alpha) in self.values.iter_mut().zip(&alpha) {
            *value -= step * alpha;
        }
        self.values[row] = step * sign;
        let head: Vec<f64> = {
            let entries = &mut self.inverse[row * n..(row + 1) * n];
            let scale = 1.0 / (alpha[row] * sign);
            entries.iter_mut().for_each(|x| *x *= scale);
            entries.to_vec()
        };
        for (other, entries) in self.inverse.chunks_exact_mut(n).enumerate() {
            let factor = alpha[other] * sign;
            if other != row && factor != 0.0 {
                entries.iter_mut().zip(&head).for_each(|(x, y)| *x -= factor * y);
            }
        }
        self.in_basis[self.basis[row]] = false;
        self.basis[row] = column;
        self.in_basis[column] = true;
        self.signs[row] = sign;
        self.since_fresh += 1;
        if self.since_fresh > FRESH {
            self.refresh();
        }
        true
    }

    /// Inverts the basis anew.
    fn refresh(&mut self) {
        let n = self.n;
        self.since_fresh = 0;
        let mut left: Vec<f64> = vec![0.0; n * n];
        for (j, &basic) in self.basis.iter().enumerate() {
            (0..n).for_each(|i| left[i * n + j] = self.columns[basic][i]);
        }
        let mut inverse = vec![0.0; n * n];
        (0..n).for_each(|i| inverse[i * n + i] = 1.0);
        for k in 0..n {
            let size = |i: &usize| left[i * n + k].abs();
            let found = (k..n).max_by(|a, b| size(a).total_cmp(&size(b)));
            let Some(found) = found.filter(|i| size(i) > 0.0) else { return };
            for table in [&mut left, &mut inverse] {
                (0..n).for_each(|j| table.swap(found * n + j, k * n + j));
            }
            let scale = 1.0 / left[k * n + k];
            let mut heads = Vec::with_capacity(2);
            for table in [&mut left, &mut inverse] {
                table[k * n..(k + 1) * n].iter_mut().for_each(|x| *x *= scale);
                heads.push(table[k * n..(k + 1) * n].to_vec());
            }
            for i in (0..n).filter(|i| *i != k) {
                let factor = left[i * n + k];
                if factor != 0.0 {
                    for (table, head) in [&mut left, &mut inverse].into_iter().zip(&heads) {
                        let row = table[i * n..(i + 1) * n].iter_mut().zip(head);
                        row.for_each(|(x, y)| *x -= factor * y);
                    }
                }
            }
        }
        self.inverse = inverse;
        for (value, row) in self.values.iter_mut().zip(self.inverse.chunks_exact(n)) {
            *value = row.iter().zip(&self.right).map(|(a, b)| a * b).sum();
        }
    }
}

/// Proposes a basis for the least cost through the data. Errors: no start was found, or the work is
/// stopped.
pub(super) fn propose(
    data: &Data,
    norm: Norm,
    free: &[usize],
    pencils: &[Pencil],
    watch: &mut Watch<'_>,
) -> Result<Proposal, FitError> {
    let (mut table, mut pool) = start(data, norm, free).ok_or_else(|| watch.stopped())?;
    let has_behind = free.len() <= data.dimension();
    let fans = Fans::new(pencils, data, norm, has_behind);
    let clear = if norm == Norm::L2 { CLEAR_ON_CIRCLE } else { CLEAR };
    let mut steps = 0;
    let limit = 10_000 + 200 * data.values().len();
    let mut z = table.multipliers();
    loop {
        while let Some((column, sign)) = table.entering(&z, clear) {
            watch.step()?;
            // A column that nothing limits is a fault of rounding; so many steps are a cycle.
            if steps > limit || !table.pivot(column, sign) {
                break;
            }
            steps += 1;
            z = table.multipliers();
        }
        let mut found = fans.promising(std::slice::from_ref(&z), 1.0 + clear);
        found.truncate(data.values().len().max(16));
        let before = pool.len();
        for (_, atom) in found {
            let unit = Column::Unit(atom);
            if !pool.contains(&unit) {
                table.add(column(&unit, data, norm), false);
                pool.push(unit);
            }
        }
        if steps > limit {
            break;
        }
        if pool.len() == before {
            // Once more with fresh numbers, before the search is over.
            if table.since_fresh == 0 {
                break;
            }
            table.refresh();
            z = table.multipliers();
        }
    }
    let basis = table.basis.iter().map(|&k| pool[k].clone()).collect();
    let signs = table.signs.iter().map(|sign| if *sign < 0.0 { -1 } else { 1 }).collect();
    Ok(Proposal { basis, signs, multipliers: z })
}

/// The data along one direction: the constant, and kinks at all points but the last; then the
/// other free columns. `None` where no direction was found that tells all points apart.
pub(super) fn first_basis(data: &Data, free: &[usize]) -> Option<(Vec<Column>, Vec<Column>)> {
    let (direction, order) = generic(data)?;
    let (constant, others): (Vec<usize>, _) = free.iter().partition(|k| **k == data.dimension());
    let kinks = order[..order.len() - 1].iter();
    let kinks = kinks.map(|&i| Column::Unit(Atom::at(direction.clone(), &data.points()[i])));
    let basis = constant.into_iter().map(Column::Free).chain(kinks).collect();
    Some((basis, others.into_iter().map(Column::Free).collect()))
}

fn start(data: &Data, norm: Norm, free: &[usize]) -> Option<(Table, Vec<Column>)> {
    let n = data.values().len();
    let (basis, mut pool) = first_basis(data, free)?;
    let others = pool.len();
    pool.extend(basis);
    let right = values(data);
    let mut table = Table {
        n,
        columns: Vec::new(),
        is_free: Vec::new(),
        basis: Vec::new(),
        signs: vec![1.0; n],
        in_basis: Vec::new(),
        inverse: Vec::new(),
        values: vec![0.0; n],
        right,
        since_fresh: 0,
    };
    for unit in &pool {
        table.add(column(unit, data, norm), matches!(unit, Column::Free(_)));
    }
    table.basis = (others..pool.len()).collect();
    table.basis.iter().for_each(|&k| table.in_basis[k] = true);
    table.inverse = vec![0.0; n * n];
    table.refresh();
    for row in 0..n {
        table.signs[row] = if table.values[row] < 0.0 { -1.0 } else { 1.0 };
    }
    Some((table, pool))
}

/// The values, moved by a millionth of a millionth of their range: ties of the simplex method are
/// broken, and the exact values decide later.
fn values(data: &Data) -> Vec<f64> {
    let exact: Vec<f64> = data.values().iter().map(nearest).collect();
    let most = exact.iter().fold(0.0, |most: f64, y| most.max(y.abs()));
    let mut state = 7u64;
    let shift = |y: f64| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963);
        y + most * 1e-9 * ((state >> 40) as f64 / (1u64 << 24) as f64)
    };
    exact.into_iter().map(shift).collect()
}
