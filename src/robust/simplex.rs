//! The dual simplex method with bounds of variables, in floating point. It proposes multipliers;
//! nothing in this file decides.
//!
//! Bounds are no rows, so a table has a row for each inequality only, and a question that differs
//! in some bounds goes on where the last one ended. The least value found so far is a lower bound
//! at every step, up to rounding, so the method may stop early.

/// What is too small to divide by.
const NEGLIGIBLE: f64 = 1e-9;
/// How far a variable may be beyond its bound.
const SLACK: f64 = 1e-9;
/// Part of the goal that a step has to gain.
const GAIN: f64 = 1e-12;
/// Steps that may gain nothing, besides one a row.
const PATIENCE: usize = 100;
/// Steps between two looks at the clock.
const LOOK: usize = 64;

/// Where a minimization ended.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum End {
    /// At the least value.
    Optimal,
    /// The least value is above what was asked for.
    Above,
    /// No point solves the rows: this row of the table says so, and the side on which it fails.
    Infeasible(usize, f64),
    /// It took too long.
    Stuck,
}

/// `minimize cost . v` where `rows . v >= bounds` and `lower <= v <= upper`.
///
/// Variables are the columns, then one slack a row: `row . v - bound`, not negative.
#[derive(Clone, Debug)]
pub struct Table {
    columns: usize,
    /// `[rows][columns]`: basic = constant + sum of entry * nonbasic.
    entries: Vec<f64>,
    /// The rate of the goal in each nonbasic variable.
    pub cost: Vec<f64>,
    /// The goal here.
    pub value: f64,
    basic: Vec<usize>,
    nonbasic: Vec<usize>,
    lower: Vec<f64>,
    upper: Vec<f64>,
    /// Whether a nonbasic variable is at its upper bound.
    is_upper: Vec<bool>,
    /// The values of the basic variables.
    values: Vec<f64>,
    scratch: Vec<f64>,
}

impl Table {
    /// The table without rows. The bounds are finite.
    pub fn new(cost: Vec<f64>, constant: f64, lower: Vec<f64>, upper: Vec<f64>) -> Self {
        let columns = cost.len();
        let is_upper: Vec<bool> = cost.iter().map(|c| *c < 0.0).collect();
        let mut table = Self {
            columns,
            entries: Vec::new(),
            cost,
            value: constant,
            basic: Vec::new(),
            nonbasic: (0..columns).collect(),
            lower,
            upper,
            is_upper,
            values: Vec::new(),
            scratch: Vec::new(),
        };
        table.value += (0..columns).map(|j| table.cost[j] * table.at_bound(j)).sum::<f64>();
        table
    }

    /// Replaces the goal, given in the columns, keeping the basis. Bounds make any basis usable.
    pub fn set_goal(&mut self, goal: &[f64], constant: f64) {
        let columns = self.columns;
        let mut cost = vec![0.0; columns];
        for (j, variable) in self.nonbasic.iter().enumerate() {
            if *variable < columns {
                cost[j] += goal[*variable];
            }
        }
        for (i, variable) in self.basic.iter().enumerate() {
            if *variable < columns && goal[*variable] != 0.0 {
                let row = &self.entries[i * columns..(i + 1) * columns];
                cost.iter_mut().zip(row).for_each(|(c, x)| *c += goal[*variable] * x);
            }
        }
        self.cost = cost;
        self.value = constant;
        for (variable, factor) in goal.iter().enumerate() {
            self.value += factor * self.value_of(variable);
        }
        // Each nonbasic variable goes to the bound that its rate asks for.
        for j in 0..columns {
            let variable = self.nonbasic[j];
            let wants_upper = self.cost[j] < 0.0 && self.upper[variable] < f64::INFINITY;
            if self.cost[j] != 0.0 && wants_upper != self.is_upper[variable] {
                let before = self.at_bound(variable);
                self.is_upper[variable] = wants_upper;
                self.shift(j, self.at_bound(variable) - before);
            }
        }
    }

    fn at_bound(&self, variable: usize) -> f64 {
        if self.is_upper[variable] { self.upper[variable] } else { self.lower[variable] }
    }

    /// The value of a variable.
    pub fn value_of(&self, variable: usize) -> f64 {
        match self.basic.iter().position(|basic| *basic == variable) {
            Some(row) => self.values[row],
            None => self.at_bound(variable),
        }
    }

    /// The values of the columns.
    pub fn point(&self) -> Vec<f64> {
        let mut point: Vec<f64> = (0..self.columns).map(|j| self.at_bound(j)).collect();
        for (variable, value) in self.basic.iter().zip(&self.values) {
            if *variable < self.columns {
                point[*variable] = *value;
            }
        }
        point
    }

    /// The number of rows.
    pub fn rows(&self) -> usize {
        self.basic.len()
    }

    /// Adds `row . v >= bound`, and returns the variable that is its slack.
    pub fn push(&mut self, row: &[f64], bound: f64) -> usize {
        let columns = self.columns;
        let mut entries = vec![0.0; columns];
        let mut value = -bound;
        for (j, variable) in self.nonbasic.iter().enumerate() {
            if *variable < columns {
                entries[j] += row[*variable];
                value += row[*variable] * self.at_bound(*variable);
            }
        }
        for (i, variable) in self.basic.iter().enumerate() {
            if *variable < columns && row[*variable] != 0.0 {
                let factor = row[*variable];
                let own = &self.entries[i * columns..(i + 1) * columns];
                entries.iter_mut().zip(own).for_each(|(x, y)| *x += factor * y);
                value += factor * self.values[i];
            }
        }
        let slack = self.lower.len();
        self.entries.extend(entries);
        self.values.push(value);
        self.basic.push(slack);
        self.lower.push(0.0);
        self.upper.push(f64::INFINITY);
        self.is_upper.push(false);
        slack
    }

    /// Narrows the bounds of a variable. A nonbasic one moves with them.
    pub fn narrow(&mut self, variable: usize, lower: f64, upper: f64) {
        let column = self.nonbasic.iter().position(|nonbasic| *nonbasic == variable);
        let before = column.map(|_| self.at_bound(variable));
        self.lower[variable] = lower;
        self.upper[variable] = upper;
        if let (Some(column), Some(before)) = (column, before) {
            self.shift(column, self.at_bound(variable) - before);
        }
    }

    /// Moves a nonbasic variable.
    fn shift(&mut self, column: usize, by: f64) {
        if by == 0.0 {
            return;
        }
        self.value += self.cost[column] * by;
        for (row, value) in self.values.iter_mut().enumerate() {
            *value += self.entries[row * self.columns + column] * by;
        }
    }

    /// Goes on until the least value is found, or known to be above `enough`, or `stop` says so.
    pub fn minimize(&mut self, enough: f64, stop: &mut dyn FnMut() -> bool) -> End {
        // Steps that gain nothing may come in a circle: then the row is chosen by chance.
        let (mut best, mut idle, mut chance) = (f64::NEG_INFINITY, 0, 1u64);
        for step in 0..20 * (self.columns + self.rows()) {
            if step % LOOK == LOOK - 1 && stop() {
                return End::Stuck;
            }
            if self.value > enough {
                return End::Above;
            }
            idle = if self.value > best + GAIN * (1.0 + best.abs()) { 0 } else { idle + 1 };
            best = best.max(self.value);
            let choice = (idle > PATIENCE + self.rows()).then(|| {
                chance =
                    chance.wrapping_mul(0x5851_f42d_4c95_7f2d).wrapping_add(0x1405_7b7e_f767_814f);
                chance >> 33
            });
            let Some((row, side)) = self.broken(choice) else { return End::Optimal };
            let Some(column) = self.entering(row, side) else {
                return End::Infeasible(row, side);
            };
            let variable = self.basic[row];
            let bound = if side > 0.0 { self.lower[variable] } else { self.upper[variable] };
            let step = (bound - self.values[row]) / self.entries[row * self.columns + column];
            let value = self.at_bound(self.nonbasic[column]) + step;
            self.shift(column, step);
            self.pivot(row, column, value, side < 0.0);
        }
        End::Stuck
    }

    /// A basic variable beyond a bound: its row, 1 if it has to grow, else -1. The one that is
    /// farthest, or one by chance.
    fn broken(&self, chance: Option<u64>) -> Option<(usize, f64)> {
        let variables = self.basic.iter().zip(&self.values).enumerate();
        let broken = variables.filter_map(|(row, (variable, value))| {
            let (below, above) = (self.lower[*variable] - value, value - self.upper[*variable]);
            let side = if below > above { 1.0 } else { -1.0 };
            (below.max(above) > SLACK).then_some((row, side, below.max(above)))
        });
        let found = match chance {
            None => broken.max_by(|a, b| a.2.total_cmp(&b.2)),
            Some(chance) => {
                let all: Vec<_> = broken.collect();
                let place = (chance as usize).checked_rem(all.len());
                place.map(|place| all[place])
            }
        };
        found.map(|(row, side, _)| (row, side))
    }

    /// The nonbasic variable whose rate vanishes first; of those that vanish at almost the same
    /// step the one with the largest entry.
    fn entering(&self, row: usize, side: f64) -> Option<usize> {
        let entries = &self.entries[row * self.columns..(row + 1) * self.columns];
        let usable = |j: &usize| {
            let variable = self.nonbasic[*j];
            let helps = entries[*j] * side * if self.is_upper[variable] { -1.0 } else { 1.0 };
            let is_free = self.lower[variable] != self.upper[variable];
            (helps > NEGLIGIBLE && is_free).then_some((*j, self.cost[*j].abs(), helps))
        };
        let usable = || (0..entries.len()).filter_map(|j| usable(&j));
        let least = usable().map(|(_, cost, helps)| (cost + NEGLIGIBLE) / helps);
        let least = least.fold(f64::INFINITY, f64::min);
        let first = usable().filter(|(_, cost, helps)| cost / helps <= least);
        first.max_by(|a, b| a.2.total_cmp(&b.2)).map(|(j, ..)| j)
    }

    /// Exchanges a row and a column whose variable has come to this value.
    fn pivot(&mut self, row: usize, column: usize, value: f64, to_upper: bool) {
        let columns = self.columns;
        let (entering, leaving) = (self.nonbasic[column], self.basic[row]);
        let mut own = std::mem::take(&mut self.scratch);
        own.clear();
        own.extend_from_slice(&self.entries[row * columns..(row + 1) * columns]);
        let inverse = 1.0 / own[column];
        own.iter_mut().for_each(|x| *x *= -inverse);
        own[column] = inverse;
        for (i, entries) in self.entries.chunks_exact_mut(columns).enumerate() {
            let head = entries[column];
            if i == row || head == 0.0 {
                continue;
            }
            entries[column] = 0.0;
            entries.iter_mut().zip(&own).for_each(|(x, y)| *x += head * y);
        }
        let head = self.cost[column];
        if head != 0.0 {
            self.cost[column] = 0.0;
            self.cost.iter_mut().zip(&own).for_each(|(x, y)| *x += head * y);
        }
        self.entries[row * columns..(row + 1) * columns].copy_from_slice(&own);
        self.scratch = own;
        self.basic[row] = entering;
        self.nonbasic[column] = leaving;
        self.is_upper[leaving] = to_upper;
        self.values[row] = value;
    }

    /// The multiplier of each slack among the variables `columns ..`; 0 for basic ones. Beyond an
    /// infeasible row, `more` times that row is taken as well.
    pub fn multipliers(&self, beyond: Option<(usize, f64, f64)>) -> Vec<f64> {
        let columns = self.columns;
        let mut all = vec![0.0; self.lower.len() - columns];
        for (j, variable) in self.nonbasic.iter().enumerate() {
            if let Some(slack) = variable.checked_sub(columns) {
                all[slack] = self.cost[j];
                if let Some((row, side, more)) = beyond {
                    all[slack] -= more * side * self.entries[row * columns + j];
                }
            }
        }
        if let Some((row, side, more)) = beyond
            && let Some(slack) = self.basic[row].checked_sub(columns)
        {
            all[slack] += more * side;
        }
        all
    }

    /// How far the variable of an infeasible row is beyond its bound.
    pub fn gap(&self, row: usize, side: f64) -> f64 {
        let variable = self.basic[row];
        let bound = if side > 0.0 { self.lower[variable] } else { self.upper[variable] };
        side * (bound - self.values[row])
    }

    /// The columns that are basic, and the slacks that are not.
    pub fn basis(&self) -> (Vec<usize>, Vec<usize>) {
        let columns = self.columns;
        let mut free: Vec<_> = self.basic.iter().copied().filter(|v| *v < columns).collect();
        let mut tight: Vec<_> =
            self.nonbasic.iter().filter_map(|v| v.checked_sub(columns)).collect();
        free.sort_unstable();
        tight.sort_unstable();
        (free, tight)
    }
}
