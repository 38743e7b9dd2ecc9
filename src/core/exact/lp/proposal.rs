//! The simplex method in floating point. It proposes; nothing in this file decides.
//!
//! Entries that underflow, overflow or are not numbers make a bad proposal, or none. The number of
//! steps is bounded by the size of the table whatever they are, and [`super::certify`] tests in
//! integers what comes out.
//!
//! It looks for the point that is deepest inside all inequalities at once: `max t` with
//! `normal . x + t <= bound`, for rows scaled to about one. A few rows are only kept as they are,
//! so that the method starts from a vertex; the point found is pushed off them at the end.

use super::tableau::Variable::{self, Coordinate, Fixed, Slack};
use super::{Kind, Row};
use crate::exact::float::power_of_two;
use crate::exact::integer::Entries;
use num_bigint::BigInt;
use num_traits::ToPrimitive;

/// What is too small to divide by, in rows whose greatest coefficient is about one.
const NEGLIGIBLE: f64 = 1e-9;

/// A depth that is taken at once: rounding its point leaves plenty.
const DEEP: f64 = 1.0 / (1u32 << 20) as f64;

/// A proposal: a point, or multipliers against one, and where the method stopped.
pub(super) struct Proposal {
    /// Every inequality seems to hold by this much at the point, in scaled rows.
    pub depth: f64,
    /// The point.
    pub point: Vec<f64>,
    /// One multiplier a row, for rows scaled by `2^-exponent`.
    pub multipliers: Vec<f64>,
    /// Each row was divided by two to this power.
    pub exponents: Vec<i32>,
    /// The rows that hold with equality at the last vertex, shifted or not.
    pub tight: Vec<usize>,
}

/// Proposes an answer, starting where the rows `tight` hold with equality.
///
/// `None` if a number is out of range, or if a row without coefficients fails. Cost: some
/// `dimension` to `rows` pivots of `O(rows * dimension)` operations each.
pub(super) fn propose(rows: &[Row], dimension: usize, tight: &[usize]) -> Option<Proposal> {
    let mut table = ProposalTable::load(rows, dimension)?;
    table.settle(rows, tight);
    let sunk = table.sink();
    if let Some(depth_row) = sunk {
        table.climb(depth_row);
    }
    Some(table.read(sunk))
}

/// Rows `basic = constant - sum of entry * nonbasic`, in floats, stored column by column: a pivot
/// and the search for the next one then run along memory.
struct ProposalTable {
    rows: usize,
    /// Columns: the coordinates, the depth, the constants.
    entries: Vec<f64>,
    basic: Vec<Variable>,
    nonbasic: Vec<Variable>,
    /// One where the variable of a row is a slack, which may leave; zero elsewhere.
    may_leave: Vec<f64>,
    /// Whether the depth is left out of a row, because the start needs it tight.
    settled: Vec<bool>,
    exponents: Vec<i32>,
    /// Room for one column.
    scratch: Vec<f64>,
}

impl ProposalTable {
    fn load(rows: &[Row], dimension: usize) -> Option<Self> {
        let count = rows.len();
        let mut table = Self {
            rows: count,
            entries: vec![0.0; count * (dimension + 2)],
            basic: Vec::with_capacity(count),
            nonbasic: (0..=dimension).map(Coordinate).collect(),
            may_leave: Vec::with_capacity(count),
            settled: vec![false; count],
            exponents: vec![0; count],
            scratch: vec![0.0; count.max(dimension + 1)],
        };
        for (i, row) in rows.iter().enumerate() {
            let (low, read) = float_entries(&row.cleared.entries, &mut table.scratch);
            let (bound, normal) = read.split_last()?;
            let largest = normal.iter().fold(0.0, |most: f64, x| most.max(x.abs()));
            if !(largest.is_finite() && bound.is_finite()) {
                return None;
            }
            // The exponent field of a double: the power of two at or below it.
            let exponent = (largest.to_bits() >> 52) as i64 - 1023;
            let factor = if largest > 0.0 { power_of_two(-exponent) } else { 1.0 };
            for (j, x) in normal.iter().enumerate().filter(|(_, x)| **x != 0.0) {
                table.entries[j * count + i] = x * factor;
            }
            table.entries[(dimension + 1) * count + i] = bound * factor;
            table.exponents[i] = i32::try_from(exponent + low).ok()?;
            let holds = match row.kind {
                Kind::AtMost => *bound >= 0.0,
                Kind::Below => *bound > 0.0,
                Kind::Equal => *bound == 0.0,
            };
            // A row without coefficients that holds asks nothing; one that fails decides.
            if largest == 0.0 && !holds {
                return None;
            }
            let is_slack = largest > 0.0 && row.kind != Kind::Equal;
            table.basic.push(if is_slack { Slack(i) } else { Fixed(i) });
            table.may_leave.push(f64::from(u8::from(is_slack)));
        }
        Some(table)
    }

    fn depth_column(&self) -> usize {
        self.nonbasic.len() - 1
    }

    fn column(&self, column: usize) -> &[f64] {
        &self.entries[column * self.rows..(column + 1) * self.rows]
    }

    fn constants(&self) -> &[f64] {
        self.column(self.nonbasic.len())
    }

    fn entry(&self, row: usize, column: usize) -> f64 {
        self.entries[column * self.rows + row]
    }

    fn pivot(&mut self, row: usize, column: usize) {
        let count = self.rows;
        let heads = &mut self.scratch[..count];
        heads.copy_from_slice(&self.entries[column * count..(column + 1) * count]);
        let inverse = 1.0 / heads[row];
        for (j, entries) in self.entries.chunks_exact_mut(count).enumerate() {
            if j == column {
                entries.iter_mut().for_each(|x| *x *= -inverse);
                entries[row] = inverse;
            } else if entries[row] != 0.0 {
                let factor = entries[row] * inverse;
                for (x, head) in entries.iter_mut().zip(heads.iter()) {
                    *x -= factor * head;
                }
                entries[row] = factor;
            }
        }
        std::mem::swap(&mut self.basic[row], &mut self.nonbasic[column]);
        self.may_leave[row] = f64::from(u8::from(matches!(self.basic[row], Slack(_))));
    }

    /// Solves for the coordinates: equations first, the rows named, bounds, and then any rows.
    fn settle(&mut self, rows: &[Row], tight: &[usize]) {
        for row in 0..rows.len() {
            if matches!(self.basic[row], Fixed(_)) {
                self.settle_row(row);
            }
        }
        let bounds = rows.iter().enumerate().filter(|(_, row)| row.bounds.is_some());
        for row in tight.iter().copied().chain(bounds.map(|(i, _)| i)) {
            if self.basic.get(row) == Some(&Slack(row)) {
                self.settle_row(row);
            }
        }
        for column in 0..self.depth_column() {
            if matches!(self.nonbasic[column], Coordinate(_)) {
                let size = |&row: &usize| self.entry(row, column).abs() * self.may_leave[row];
                let largest = (0..self.rows).max_by(|a, b| size(a).total_cmp(&size(b)));
                if let Some(row) = largest.filter(|row| size(row) > NEGLIGIBLE) {
                    self.settled[row] = true;
                    self.pivot(row, column);
                }
            }
        }
    }

    /// Solves a row for the unsettled coordinate with the largest coefficient, if there is one.
    fn settle_row(&mut self, row: usize) {
        let size = |&column: &usize| self.entry(row, column).abs();
        let largest = (0..self.depth_column())
            .filter(|&column| matches!(self.nonbasic[column], Coordinate(_)))
            .max_by(|a, b| size(a).total_cmp(&size(b)));
        if let Some(column) = largest.filter(|column| size(column) > NEGLIGIBLE) {
            self.settled[row] = true;
            self.pivot(row, column);
        }
    }

    /// Lets the depth in, as low as the worst row asks. `None` if every row is settled.
    fn sink(&mut self) -> Option<usize> {
        let start = self.depth_column() * self.rows;
        self.entries[start..start + self.rows].copy_from_slice(&self.may_leave);
        let open = (0..self.rows).filter(|&row| self.may_leave[row] > 0.0);
        let constants = self.constants();
        let worst = open.min_by(|&a, &b| constants[a].total_cmp(&constants[b]))?;
        self.pivot(worst, self.depth_column());
        Some(worst)
    }

    /// Raises the depth by the steepest rule until it is clear, greatest, or out of patience.
    fn climb(&mut self, depth_row: usize) {
        for _ in 0..4 * (self.basic.len() + self.nonbasic.len()) {
            let depth = self.constants()[depth_row];
            if depth > DEEP {
                return;
            }
            let mut column = None;
            let mut steepest = -NEGLIGIBLE;
            for (j, variable) in self.nonbasic.iter().enumerate() {
                let slope = self.entry(depth_row, j);
                if slope < steepest && matches!(variable, Slack(_)) {
                    (column, steepest) = (Some(j), slope);
                }
            }
            let Some(column) = column else { return };
            match self.first_to_vanish(column) {
                Some(row) => self.pivot(row, column),
                None => {
                    // Nothing ends the climb: one step of a unit of depth is enough.
                    let step = -(1.0 + depth.abs()) / steepest;
                    let (columns, constants) =
                        self.entries.split_at_mut(self.nonbasic.len() * self.rows);
                    let rates = &columns[column * self.rows..(column + 1) * self.rows];
                    for (x, rate) in constants.iter_mut().zip(rates) {
                        *x -= step * rate;
                    }
                    return;
                }
            }
        }
    }

    fn first_to_vanish(&mut self, column: usize) -> Option<usize> {
        let mut ratios = std::mem::take(&mut self.scratch);
        let terms = self.column(column).iter().zip(self.constants()).zip(&self.may_leave);
        for (ratio, ((rate, constant), may_leave)) in ratios.iter_mut().zip(terms) {
            let usable = rate * may_leave > NEGLIGIBLE;
            *ratio = if usable { constant.max(0.0) / rate } else { f64::INFINITY };
        }
        let mut best = None;
        let mut least = f64::INFINITY;
        for (row, &ratio) in ratios[..self.rows].iter().enumerate() {
            if ratio < least {
                (best, least) = (Some(row), ratio);
            }
        }
        self.scratch = ratios;
        best
    }

    fn read(self, depth_row: Option<usize>) -> Proposal {
        let mut multipliers = vec![0.0; self.rows];
        let mut tight = Vec::with_capacity(self.nonbasic.len());
        for (column, &variable) in self.nonbasic.iter().enumerate() {
            if let Slack(i) | Fixed(i) = variable {
                multipliers[i] = depth_row.map_or(0.0, |row| self.entry(row, column));
                tight.push(i);
            }
        }
        let depth = depth_row.map_or(1.0, |row| self.constants()[row]);
        let (point, depth) =
            if depth > 0.0 { self.pushed(depth_row, depth) } else { (Vec::new(), depth) };
        Proposal { depth, point, multipliers, exponents: self.exponents, tight }
    }

    /// The point moved off the settled rows that are tight, and the depth that is left there.
    fn pushed(&self, depth_row: Option<usize>, depth: f64) -> (Vec<f64>, f64) {
        let mut losses = vec![0.0; self.rows];
        let mut moved = false;
        for (column, &variable) in self.nonbasic.iter().enumerate() {
            if matches!(variable, Slack(i) if self.settled[i]) {
                moved = true;
                losses.iter_mut().zip(self.column(column)).for_each(|(loss, x)| *loss += x);
            }
        }
        let depth_loss = depth_row.map_or(0.0, |row| losses[row]);
        // At most half of what each row has left is spent.
        let mut room = depth;
        let mut push = depth.min(if depth_loss > 0.0 { depth / depth_loss } else { depth });
        for (row, variable) in self.basic.iter().enumerate() {
            if let Slack(i) = *variable {
                let shift = if self.settled[i] { (0.0, 0.0) } else { (depth, depth_loss) };
                let (left, loss) = (self.constants()[row] + shift.0, losses[row] + shift.1);
                room = room.min(left);
                if loss > 0.0 {
                    push = push.min(left / loss);
                }
            }
        }
        let push = if moved { 0.5 * push } else { 0.0 };
        let mut point = vec![0.0; self.depth_column()];
        for (row, variable) in self.basic.iter().enumerate() {
            if let Coordinate(j) = *variable
                && j < point.len()
            {
                point[j] = self.constants()[row] - push * losses[row];
            }
        }
        (point, if moved { push.min(0.5 * room) } else { room })
    }
}

/// Writes the entries as floats over `2^low`, and returns `low` and what it wrote.
fn float_entries<'a>(entries: &Entries, floats: &'a mut [f64]) -> (i64, &'a [f64]) {
    match entries {
        Entries::Words(words) => {
            floats.iter_mut().zip(words).for_each(|(float, &x)| *float = x as f64);
            (0, &floats[..words.len()])
        }
        Entries::Big(big) => {
            // Sixty bits below the longest entry are all a float can tell apart.
            let low = big.iter().map(BigInt::bits).max().unwrap_or(0).saturating_sub(60);
            for (float, x) in floats.iter_mut().zip(big) {
                *float = (x >> low).to_f64().unwrap_or(f64::NAN);
            }
            (low as i64, &floats[..big.len()])
        }
    }
}
