//! The simplex tableau in integers: pivots without fractions, and what a tableau proves.
//!
//! Source of the integer pivot: J. Edmonds and J.-F. Maurras, "Note sur les Q-matrices d'Edmonds",
//! *RAIRO Recherche opérationnelle* 31 (1997): every entry is a minor of the rows.

use crate::exact::{Integer, Rational};

/// What a row or a column of a tableau stands for. The order breaks ties.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Variable {
    /// `bound - normal . x` of an inequality; never negative.
    Slack(usize),
    /// `bound - normal . x` of an equation; zero, so it never enters again.
    Fixed(usize),
    /// A coordinate of the point; of any sign, so it never leaves again.
    Coordinate(usize),
}
use Variable::{Coordinate, Fixed, Slack};

/// Rows `basic = (constant - sum of entry * nonbasic) / denominator`; the last one is the goal.
pub(super) struct Tableau<T> {
    /// `[rows + 1, columns + 1]`: the last row is the goal, the last column the constants.
    pub entries: Vec<Vec<T>>,
    /// Positive.
    pub denominator: T,
    /// The variable of each row but the last.
    pub basic: Vec<Variable>,
    /// The variable of each column but the last.
    pub nonbasic: Vec<Variable>,
}

impl<T: Integer> Tableau<T> {
    /// The tableau of rows `[normal, bound]`, with their slacks as given, and a linear goal.
    pub fn new(rows: Vec<Vec<T>>, slacks: Vec<Variable>, goal: Vec<T>) -> Option<Self> {
        let columns = goal.len();
        let mut entries = rows;
        // The goal reads `0 - sum of (-goal_j) x_j`.
        let mut last = goal.iter().map(Integer::negated).collect::<Option<Vec<_>>>()?;
        last.push(T::from_word(0));
        entries.push(last);
        let nonbasic = (0..columns).map(Coordinate).collect();
        Some(Self { entries, denominator: T::from_word(1), basic: slacks, nonbasic })
    }

    /// The index of the goal's row.
    pub fn goal(&self) -> usize {
        self.basic.len()
    }

    /// The index of the column of constants.
    pub fn constants(&self) -> usize {
        self.nonbasic.len()
    }

    /// The sign of one entry.
    pub fn sign(&self, row: usize, column: usize) -> i8 {
        self.entries[row][column].sign()
    }

    /// The sign of the constant of a row: of its variable at the tableau's point.
    pub fn constant_sign(&self, row: usize) -> i8 {
        self.sign(row, self.constants())
    }

    /// Exchanges the variables of a row and a column whose entry is not zero; `None` on overflow.
    pub fn pivot(&mut self, row: usize, column: usize) -> Option<()> {
        let mut pivot_row = std::mem::take(&mut self.entries[row]);
        let pivot = pivot_row[column].clone();
        for (i, entries) in self.entries.iter_mut().enumerate() {
            if i == row {
                continue;
            }
            let head = entries[column].clone();
            for (j, (x, y)) in entries.iter_mut().zip(&pivot_row).enumerate() {
                if j != column {
                    *x = T::cross(x, &pivot, &head, y, &self.denominator)?;
                }
            }
            entries[column] = head.negated()?;
        }
        pivot_row[column] = std::mem::replace(&mut self.denominator, pivot);
        self.entries[row] = pivot_row;
        std::mem::swap(&mut self.basic[row], &mut self.nonbasic[column]);
        if self.denominator.sign() < 0 {
            self.denominator = self.denominator.negated()?;
            for x in self.entries.iter_mut().flatten() {
                *x = x.negated()?;
            }
        }
        Some(())
    }

    /// The point where every nonbasic variable is zero.
    pub fn point(&self, dimension: usize) -> Vec<Rational> {
        let mut point = vec![Rational::ZERO; dimension];
        for (entries, variable) in self.entries.iter().zip(&self.basic) {
            if let Coordinate(j) = variable {
                point[*j] = entries[self.constants()].over(&self.denominator);
            }
        }
        point
    }

    /// The direction in which the variable of a column grows, or falls with `sign == -1`.
    pub fn direction(&self, column: usize, sign: i8, dimension: usize) -> Vec<Rational> {
        let mut ray = vec![Rational::ZERO; dimension];
        if let Coordinate(j) = self.nonbasic[column] {
            ray[j] = Rational::integer(sign.into());
        }
        for (entries, variable) in self.entries.iter().zip(&self.basic) {
            if let Coordinate(j) = variable {
                let rate = entries[column].over(&self.denominator);
                ray[*j] = if sign > 0 { -rate } else { rate };
            }
        }
        ray
    }

    /// The multipliers that make a row of the tableau out of the rows of the system.
    ///
    /// For the goal they bound it; for an infeasible row they are a Farkas vector.
    pub fn multipliers(&self, row: usize, count: usize) -> Vec<Rational> {
        let mut multipliers = vec![Rational::ZERO; count];
        if let Some(Slack(i) | Fixed(i)) = self.basic.get(row) {
            multipliers[*i] = Rational::ONE;
        }
        for (entry, variable) in self.entries[row].iter().zip(&self.nonbasic) {
            if let Slack(i) | Fixed(i) = variable {
                multipliers[*i] = entry.over(&self.denominator);
            }
        }
        multipliers
    }

    /// The value of the goal at the tableau's point.
    pub fn value(&self) -> Rational {
        self.entries[self.goal()][self.constants()].over(&self.denominator)
    }
}
