//! The simplex method in floating point. It proposes; nothing in this file decides.
//!
//! It looks for the point that is deepest inside all inequalities at once: `max t` with
//! `normal . x + t <= bound`, for rows scaled to about one. A few rows are only kept as they are, so
//! that the method starts from a vertex; the point found is pushed off them at the end.

use super::tableau::Variable::{self, Coordinate, Fixed, Slack};
use super::{Kind, Row};
use crate::exact::integer::Entries;
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

/// Rows `basic = constant - sum of entry * nonbasic`, in floats.
struct ProposalTable {
    /// Coordinates, the depth, the constant.
    width: usize,
    entries: Vec<f64>,
    basic: Vec<Variable>,
    nonbasic: Vec<Variable>,
    /// Whether the depth is left out of a row, because the start needs it tight.
    settled: Vec<bool>,
    exponents: Vec<i32>,
}

impl ProposalTable {
    fn load(rows: &[Row], dimension: usize) -> Option<Self> {
        let width = dimension + 2;
        let mut table = Self {
            width,
            entries: Vec::with_capacity(rows.len() * width),
            basic: Vec::with_capacity(rows.len()),
            nonbasic: (0..=dimension).map(Coordinate).collect(),
            settled: vec![false; rows.len()],
            exponents: vec![0; rows.len()],
        };
        for (i, row) in rows.iter().enumerate() {
            let start = table.entries.len();
            let mut low = 0;
            match &row.cleared.entries {
                Entries::Words(words) => table.entries.extend(words.iter().map(|&x| x as f64)),
                Entries::Big(big) => {
                    // Sixty bits below the longest entry are all a float can tell apart.
                    low = big.iter().map(num_bigint::BigInt::bits).max()?.saturating_sub(60);
                    let float = |x: &num_bigint::BigInt| (x >> low).to_f64().unwrap_or(f64::NAN);
                    table.entries.extend(big.iter().map(float));
                }
            }
            let bound = table.entries.pop()?;
            table.entries.extend([0.0, bound]);
            let entries = &mut table.entries[start..];
            let largest = entries[..dimension].iter().fold(0.0, |most: f64, x| most.max(x.abs()));
            if largest > 0.0 {
                // Exponent field of the double: the power of two at or below it.
                let exponent = (largest.to_bits() >> 52) as i32 - 1023;
                let factor = f64::powi(2.0, -exponent);
                entries.iter_mut().for_each(|x| *x *= factor);
                table.exponents[i] = exponent.saturating_add(i32::try_from(low).ok()?);
            }
            let holds = match row.kind {
                Kind::AtMost => bound >= 0.0,
                Kind::Below => bound > 0.0,
                Kind::Equal => bound == 0.0,
            };
            table.basic.push(match largest > 0.0 {
                true if row.kind != Kind::Equal => Slack(i),
                true => Fixed(i),
                // A row without coefficients that holds asks nothing; one that fails decides.
                false if holds => Fixed(i),
                false => return None,
            });
        }
        table.entries.iter().all(|x| x.is_finite()).then_some(table)
    }

    fn row(&self, row: usize) -> &[f64] {
        &self.entries[row * self.width..(row + 1) * self.width]
    }

    fn constant(&self, row: usize) -> f64 {
        self.entries[(row + 1) * self.width - 1]
    }

    fn pivot(&mut self, row: usize, column: usize) {
        let width = self.width;
        let (above, rest) = self.entries.split_at_mut(row * width);
        let (pivot_row, below) = rest.split_at_mut(width);
        let inverse = 1.0 / pivot_row[column];
        pivot_row.iter_mut().for_each(|x| *x *= inverse);
        pivot_row[column] = inverse;
        if pivot_row[..width - 1].iter().enumerate().all(|(j, &y)| j == column || y == 0.0) {
            // A bound of one coordinate shifts it and leaves all other columns alone.
            let shift = pivot_row[width - 1];
            for entries in above.chunks_exact_mut(width).chain(below.chunks_exact_mut(width)) {
                let head = entries[column];
                entries[column] = -head * inverse;
                entries[width - 1] -= head * shift;
            }
            std::mem::swap(&mut self.basic[row], &mut self.nonbasic[column]);
            return;
        }
        for entries in above.chunks_exact_mut(width).chain(below.chunks_exact_mut(width)) {
            let head = entries[column];
            if head != 0.0 {
                entries[column] = 0.0;
                for (x, y) in entries.iter_mut().zip(pivot_row.iter()) {
                    *x -= head * y;
                }
            }
        }
        std::mem::swap(&mut self.basic[row], &mut self.nonbasic[column]);
    }

    /// The unsettled coordinate with the largest coefficient in a row.
    fn coordinate_in(&self, row: usize) -> Option<usize> {
        let coordinates = 0..self.width - 2;
        let size = |&column: &usize| self.row(row)[column].abs();
        coordinates
            .filter(|&column| matches!(self.nonbasic[column], Coordinate(_)))
            .max_by(|a, b| size(a).total_cmp(&size(b)))
            .filter(|column| size(column) > NEGLIGIBLE)
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
        for column in 0..self.width - 2 {
            let size = |row: usize| self.row(row)[column].abs();
            if matches!(self.nonbasic[column], Coordinate(_)) {
                let slacks = (0..rows.len()).filter(|&row| matches!(self.basic[row], Slack(_)));
                let largest = slacks.max_by(|&a, &b| size(a).total_cmp(&size(b)));
                if let Some(row) = largest.filter(|&row| size(row) > NEGLIGIBLE) {
                    self.settled[row] = true;
                    self.pivot(row, column);
                }
            }
        }
    }

    fn settle_row(&mut self, row: usize) {
        if let Some(column) = self.coordinate_in(row) {
            self.settled[row] = true;
            self.pivot(row, column);
        }
    }

    /// Lets the depth in, as low as the worst row asks. `None` if every row is settled.
    fn sink(&mut self) -> Option<usize> {
        let depth = self.width - 2;
        let mut worst = None;
        for row in 0..self.basic.len() {
            if let Slack(_) = self.basic[row] {
                self.entries[row * self.width + depth] = 1.0;
                if worst.is_none_or(|worst| self.constant(row) < self.constant(worst)) {
                    worst = Some(row);
                }
            }
        }
        self.pivot(worst?, depth);
        worst
    }

    /// Raises the depth by the steepest rule until it is clear, greatest, or out of patience.
    fn climb(&mut self, depth_row: usize) {
        for _ in 0..4 * (self.basic.len() + self.width) {
            if self.constant(depth_row) > DEEP {
                return;
            }
            let gain = self.row(depth_row);
            let mut column = None;
            let mut steepest = -NEGLIGIBLE;
            for (j, &slope) in gain[..self.width - 1].iter().enumerate() {
                if slope < steepest && matches!(self.nonbasic[j], Slack(_)) {
                    (column, steepest) = (Some(j), slope);
                }
            }
            let Some(column) = column else { return };
            match self.first_to_vanish(column) {
                Some(row) => self.pivot(row, column),
                None => {
                    // Nothing ends the climb: one step of a unit of depth is enough.
                    let step = -(1.0 + self.constant(depth_row).abs()) / steepest;
                    for entries in self.entries.chunks_exact_mut(self.width) {
                        entries[self.width - 1] -= step * entries[column];
                    }
                    return;
                }
            }
        }
    }

    fn first_to_vanish(&self, column: usize) -> Option<usize> {
        let mut best: Option<(usize, f64, f64)> = None;
        for (row, entries) in self.entries.chunks_exact(self.width).enumerate() {
            let rate = entries[column];
            if rate > NEGLIGIBLE && matches!(self.basic[row], Slack(_)) {
                let ratio = entries[self.width - 1].max(0.0) / rate;
                // Of two that vanish together, the larger pivot is the safer one.
                if best.is_none_or(|(_, r, p)| ratio < r || (ratio == r && rate > p)) {
                    best = Some((row, ratio, rate));
                }
            }
        }
        best.map(|(row, _, _)| row)
    }

    fn read(&self, depth_row: Option<usize>) -> Proposal {
        let depth = depth_row.map_or(1.0, |row| self.constant(row));
        let mut multipliers = vec![0.0; self.settled.len()];
        let mut tight = Vec::with_capacity(self.width);
        for (column, &variable) in self.nonbasic.iter().enumerate() {
            if let Slack(i) | Fixed(i) = variable {
                multipliers[i] = depth_row.map_or(0.0, |row| self.row(row)[column]);
                tight.push(i);
            }
        }
        let (point, depth) = self.pushed(depth_row, depth);
        Proposal { depth, point, multipliers, exponents: self.exponents.clone(), tight }
    }

    /// The point moved off the settled rows that are tight, and the depth that is left there.
    fn pushed(&self, depth_row: Option<usize>, depth: f64) -> (Vec<f64>, f64) {
        let on_boundary = |column: &usize| match self.nonbasic[*column] {
            Slack(i) => self.settled[i],
            _ => false,
        };
        let columns: Vec<usize> = (0..self.nonbasic.len()).filter(on_boundary).collect();
        let loss = |row: usize| columns.iter().map(|&j| self.row(row)[j]).sum::<f64>();
        let depth_loss = depth_row.map_or(0.0, loss);
        // At most half of what each row has left is spent.
        let mut room = depth;
        let mut push = depth.min(if depth_loss > 0.0 { depth / depth_loss } else { depth });
        for (row, variable) in self.basic.iter().enumerate() {
            if let Slack(i) = *variable {
                let shift = if self.settled[i] { (0.0, 0.0) } else { (depth, depth_loss) };
                let (left, loss) = (self.constant(row) + shift.0, loss(row) + shift.1);
                room = room.min(left);
                if loss > 0.0 {
                    push = push.min(left / loss);
                }
            }
        }
        let push = if columns.is_empty() { 0.0 } else { 0.5 * push };
        let mut point = vec![0.0; self.width - 2];
        for (row, variable) in self.basic.iter().enumerate() {
            if let Coordinate(j) = *variable
                && j < point.len()
            {
                point[j] = self.constant(row) - push * loss(row);
            }
        }
        (point, if columns.is_empty() { room } else { push.min(0.5 * room) })
    }
}
