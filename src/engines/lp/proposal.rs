//! The simplex method in floating point. It proposes; nothing in this file decides.
//!
//! Entries that underflow, overflow or are not numbers make a bad proposal, or none. The number of
//! steps is bounded by the size of the table whatever they are, and what comes out is tested by
//! others, in integers or with proved bounds.
//!
//! It looks for the point that is deepest inside all lines at once: `max t` with `normal . x + t <=
//! bound`, for lines scaled to about one. The ends of coordinates are no lines: a coordinate that
//! has one is measured from an end and starts there. For one that has none, a line is kept as it
//! is, so that the method starts from a vertex; the point found is moved off these, and off the
//! ends, last.

use super::lines::Lines;
use super::tableau::Variable::{self, Coordinate, Fixed, Slack};

/// What is too small to divide by, in lines whose greatest coefficient is about one.
const NEGLIGIBLE: f64 = 1e-9;

/// A depth that is taken at once: rounding its point leaves plenty.
const DEEP: f64 = 1.0 / (1u32 << 20) as f64;

/// A proposal: a point, or multipliers against one, and where the method stopped.
pub struct Proposal {
    /// Every line and end seems to hold by this much at the point, in scaled lines.
    pub depth: f64,
    /// The point, if the depth is positive.
    pub point: Vec<f64>,
    /// One multiplier a line, for lines scaled by `2^-exponent`. What they leave of a coordinate
    /// its end may take.
    pub multipliers: Vec<f64>,
    /// Each line was divided by two to this power.
    pub exponents: Vec<i32>,
    /// The lines that hold with equality at the last vertex, shifted or not.
    pub tight: Vec<usize>,
    /// The coordinates that are at an end there, and whether it is the upper one.
    pub ends: Vec<(usize, bool)>,
}

/// Proposes an answer, starting where the lines `tight` hold with equality, the ends that make the
/// last line hold best, and no others.
///
/// `None` if `go_on` says no. Cost: some `dimension` to `lines` pivots of `O(lines * dimension)`
/// operations each.
pub fn propose(
    lines: &Lines,
    tight: &[usize],
    go_on: &mut dyn FnMut() -> bool,
) -> Option<Proposal> {
    let mut table = Table::load(lines);
    table.settle(tight);
    let sunk = table.sink();
    if let Some(depth_row) = sunk {
        table.climb(depth_row, go_on)?;
    }
    Some(table.read(sunk))
}

/// Rows `basic = constant - sum of entry * nonbasic`, in floats, stored column by column: a pivot
/// and the search for the next one then run along memory. A coordinate with an end stands for its
/// distance from one.
struct Table<'a> {
    lines: &'a Lines,
    rows: usize,
    /// Columns: the coordinates, the depth, the constants.
    entries: Vec<f64>,
    basic: Vec<Variable>,
    nonbasic: Vec<Variable>,
    /// The least and the greatest value of the variable of each row.
    least: Vec<f64>,
    most: Vec<f64>,
    /// Whether the depth is left out of a line, because the start needs it tight.
    settled: Vec<bool>,
    /// Whether a coordinate is measured from its upper end.
    turned: Vec<bool>,
    /// Room for one column.
    scratch: Vec<f64>,
}

impl<'a> Table<'a> {
    fn load(lines: &'a Lines) -> Self {
        let (count, dimension) = (lines.exponents.len(), lines.dimension());
        let last = lines.iter().last().map_or(&[][..], |(normal, _)| normal);
        let turned = |j: usize| {
            let falls = last.get(j).is_some_and(|x| *x < 0.0);
            (falls || !lines.lower[j].is_finite()) && lines.upper[j].is_finite()
        };
        let mut table = Self {
            lines,
            rows: count,
            entries: vec![0.0; count * (dimension + 2)],
            basic: Vec::with_capacity(count),
            nonbasic: (0..=dimension).map(Coordinate).collect(),
            least: Vec::with_capacity(count),
            most: vec![f64::INFINITY; count],
            settled: vec![false; count],
            turned: (0..dimension).map(turned).collect(),
            scratch: vec![0.0; count],
        };
        let start = |j: usize| match table.turned[j] {
            true => lines.upper[j],
            false if lines.lower[j].is_finite() => lines.lower[j],
            false => 0.0,
        };
        let starts: Vec<f64> = (0..dimension).map(start).collect();
        for (i, (normal, bound)) in lines.iter().enumerate() {
            let mut left = bound;
            for (j, x) in normal.iter().enumerate().filter(|(_, x)| **x != 0.0) {
                table.entries[j * count + i] = if table.turned[j] { -x } else { *x };
                left -= x * starts[j];
            }
            table.entries[(dimension + 1) * count + i] = left;
            let is_equal = lines.is_equal[i];
            table.basic.push(if is_equal { Fixed(i) } else { Slack(i) });
            table.least.push(if is_equal { f64::NEG_INFINITY } else { 0.0 });
        }
        table
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

    /// Whether a variable is a coordinate without ends, or the depth.
    fn is_free(&self, variable: Variable) -> bool {
        let depth = self.lines.dimension();
        matches!(variable, Coordinate(j) if j == depth || self.lines.is_free(j))
    }

    /// How far a variable may grow from zero.
    fn width(&self, variable: Variable) -> f64 {
        match variable {
            Coordinate(j) if j < self.lines.dimension() => {
                self.lines.upper[j] - self.lines.lower[j]
            }
            _ => f64::INFINITY,
        }
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
        let entered = self.basic[row];
        self.least[row] = if self.is_free(entered) { f64::NEG_INFINITY } else { 0.0 };
        self.most[row] = self.width(entered);
    }

    /// Measures the coordinate of a row from its other end.
    fn turn_row(&mut self, row: usize) {
        let (constants, most) = (self.nonbasic.len(), self.most[row]);
        for (j, entries) in self.entries.chunks_exact_mut(self.rows).enumerate() {
            let shift = if j == constants { most } else { 0.0 };
            entries[row] = shift - entries[row];
        }
        self.turn(self.basic[row]);
    }

    /// Moves the coordinate of a column to its other end, and measures it from there.
    fn turn_column(&mut self, column: usize) {
        let width = self.width(self.nonbasic[column]);
        let (columns, constants) = self.entries.split_at_mut(self.nonbasic.len() * self.rows);
        let rates = &mut columns[column * self.rows..(column + 1) * self.rows];
        for (constant, rate) in constants.iter_mut().zip(rates) {
            *constant -= width * *rate;
            *rate = -*rate;
        }
        self.turn(self.nonbasic[column]);
    }

    fn turn(&mut self, variable: Variable) {
        if let Coordinate(j) = variable {
            self.turned[j] = !self.turned[j];
        }
    }

    /// Solves for the coordinates without ends: equations first, the lines named, then any.
    fn settle(&mut self, tight: &[usize]) {
        let lines = self.lines;
        let equations = (0..self.rows).filter(|&row| lines.is_equal[row]);
        for row in equations.chain(tight.iter().copied()) {
            if matches!(self.basic.get(row), Some(Slack(i) | Fixed(i)) if *i == row) {
                self.settle_row(row);
            }
        }
        for column in 0..self.depth_column() {
            if self.is_free(self.nonbasic[column]) {
                let size = |&row: &usize| {
                    if self.least[row] == 0.0 { self.entry(row, column).abs() } else { 0.0 }
                };
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
            .filter(|&column| self.is_free(self.nonbasic[column]))
            .max_by(|a, b| size(a).total_cmp(&size(b)));
        if let Some(column) = largest.filter(|column| size(column) > NEGLIGIBLE) {
            self.settled[row] = true;
            self.pivot(row, column);
        }
    }

    /// Lets the depth in, as low as the worst line asks. `None` if every line is settled.
    fn sink(&mut self) -> Option<usize> {
        let depth = self.depth_column() * self.rows;
        let is_open = |row: &usize| matches!(self.basic[*row], Slack(_));
        let open: Vec<usize> = (0..self.rows).filter(is_open).collect();
        open.iter().for_each(|row| self.entries[depth + row] = 1.0);
        let constants = self.constants();
        let worst = open.into_iter().min_by(|&a, &b| constants[a].total_cmp(&constants[b]))?;
        self.pivot(worst, self.depth_column());
        Some(worst)
    }

    /// Raises the depth by the steepest rule until it is clear, greatest, or out of patience.
    fn climb(&mut self, depth_row: usize, go_on: &mut dyn FnMut() -> bool) -> Option<()> {
        for _ in 0..4 * (self.basic.len() + self.nonbasic.len()) {
            let depth = self.constants()[depth_row];
            if depth > DEEP {
                return Some(());
            }
            if !go_on() {
                return None;
            }
            let mut column = None;
            let mut steepest = -NEGLIGIBLE;
            for (j, &variable) in self.nonbasic.iter().enumerate() {
                let slope = self.entry(depth_row, j);
                let moves = || !matches!(variable, Fixed(_)) && !self.is_free(variable);
                if slope < steepest && moves() {
                    (column, steepest) = (Some(j), slope);
                }
            }
            let Some(column) = column else { return Some(()) };
            let (row, ratio) = self.first_to_end(column);
            match row {
                Some(row) if ratio < self.width(self.nonbasic[column]) => {
                    if self.entry(row, column) < 0.0 {
                        self.turn_row(row);
                    }
                    self.pivot(row, column);
                }
                _ if self.width(self.nonbasic[column]).is_finite() => self.turn_column(column),
                _ => {
                    // Nothing ends the climb: one step of a unit of depth is enough.
                    let step = -(1.0 + depth.abs()) / steepest;
                    let (columns, constants) =
                        self.entries.split_at_mut(self.nonbasic.len() * self.rows);
                    let rates = &columns[column * self.rows..(column + 1) * self.rows];
                    for (x, rate) in constants.iter_mut().zip(rates) {
                        *x -= step * rate;
                    }
                    return Some(());
                }
            }
        }
        Some(())
    }

    /// The row whose variable ends first as that of a column grows, and how far it grows.
    fn first_to_end(&mut self, column: usize) -> (Option<usize>, f64) {
        let mut ratios = std::mem::take(&mut self.scratch);
        let terms = self.column(column).iter().zip(self.constants());
        let ends = self.least.iter().zip(&self.most);
        for (ratio, ((rate, constant), (least, most))) in ratios.iter_mut().zip(terms.zip(ends)) {
            let end = if *rate > 0.0 { constant - least } else { most - constant };
            // Of a constant that overflowed nothing is known: its row ends no step.
            let usable = rate.abs() > NEGLIGIBLE && !end.is_nan();
            *ratio = if usable { end.max(0.0) / rate.abs() } else { f64::INFINITY };
        }
        let mut best = (None, f64::INFINITY);
        for (row, &ratio) in ratios[..self.rows].iter().enumerate() {
            if ratio < best.1 {
                best = (Some(row), ratio);
            }
        }
        self.scratch = ratios;
        best
    }

    fn read(self, depth_row: Option<usize>) -> Proposal {
        let mut multipliers = vec![0.0; self.rows];
        let (mut tight, mut ends) = (Vec::with_capacity(self.nonbasic.len()), Vec::new());
        for (column, &variable) in self.nonbasic.iter().enumerate() {
            match variable {
                Slack(i) | Fixed(i) => {
                    multipliers[i] = depth_row.map_or(0.0, |row| self.entry(row, column));
                    tight.push(i);
                }
                Coordinate(j) if !self.is_free(variable) => ends.push((j, self.turned[j])),
                Coordinate(_) => {}
            }
        }
        let depth = depth_row.map_or(1.0, |row| self.constants()[row]);
        let (point, depth) = match depth > 0.0 {
            true => self.lines.inside(self.pushed(depth_row, depth)),
            false => (Vec::new(), depth),
        };
        let exponents = self.lines.exponents.clone();
        Proposal { depth, point, multipliers, exponents, tight, ends }
    }

    /// The point, moved off the settled lines that are tight.
    fn pushed(&self, depth_row: Option<usize>, depth: f64) -> Vec<f64> {
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
        let mut push = depth.min(if depth_loss > 0.0 { depth / depth_loss } else { depth });
        for (row, variable) in self.basic.iter().enumerate() {
            let shift = match *variable {
                Slack(i) if !self.settled[i] => (depth, depth_loss),
                _ => (0.0, 0.0),
            };
            let (value, loss) = (self.constants()[row] + shift.0, losses[row] + shift.1);
            let left = if loss > 0.0 { value - self.least[row] } else { self.most[row] - value };
            if loss != 0.0 {
                push = push.min(left / loss.abs());
            }
        }
        let push = if moved { 0.5 * push } else { 0.0 };
        let mut point = vec![0.0; self.lines.dimension()];
        for (row, variable) in self.basic.iter().enumerate() {
            if let Coordinate(j) = *variable
                && j < point.len()
            {
                point[j] = self.constants()[row] - push * losses[row];
            }
        }
        for (j, x) in point.iter_mut().enumerate().filter(|(j, _)| !self.lines.is_free(*j)) {
            let (lo, hi) = (self.lines.lower[j], self.lines.upper[j]);
            *x = if self.turned[j] { (hi - *x).max(lo) } else { (lo + *x).min(hi) };
        }
        point
    }
}
