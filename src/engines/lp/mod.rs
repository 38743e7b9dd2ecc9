//! Systems of linear inequalities: a point, or a Farkas vector against one.
//!
//! Every answer carries its proof, and [`System::accepts_point`], [`System::accepts_farkas`] and
//! [`System::accepts_multipliers`] check it by a few scalar products.

mod certify;
mod lines;
mod proposal;
mod row;
mod simplex;
mod tableau;

pub(crate) use lines::Lines;
pub(crate) use proposal::{Proposal, propose};

use crate::exact::{IntegerRow, Rational};
use crate::in_words_or_big;
use row::{Kind, Row};
use simplex::{Goal, Outcome, simplex};

/// A system of linear rows in `x: [dimension]`, each of them `normal . x <= bound`, `<` or `==`.
///
/// Coordinates are not restricted otherwise: there is no hidden `x >= 0`.
///
/// ```
/// use crease_engines::lp::{Feasibility, System};
/// // x < y and y < x.
/// let mut system = System::new(2);
/// system.below(vec![1.into(), (-1).into()], 0.into());
/// system.below(vec![(-1).into(), 1.into()], 0.into());
/// let Feasibility::Farkas(multipliers) = system.feasible() else { panic!("no such point") };
/// assert!(system.accepts_farkas(&multipliers));
/// ```
#[derive(Clone, Debug)]
pub struct System {
    dimension: usize,
    rows: Vec<Row>,
}

/// The rows that were tight where a question about a system ended: where a similar one may begin.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Basis {
    tight: Vec<usize>,
}

/// Whether a system has a solution, with the proof.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Feasibility {
    /// A solution: [`System::accepts_point`] holds.
    Point(Vec<Rational>),
    /// One multiplier a row that proves there is none: [`System::accepts_farkas`] holds.
    Farkas(Vec<Rational>),
}

/// The greatest value of a linear form on a system, with the proof.
///
/// Strict rows decide whether the system has a solution; the value is then the supremum, which is
/// attained on the closure, where `<` reads `<=`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Optimum {
    /// The system has no solution.
    Infeasible {
        /// Accepted by [`System::accepts_farkas`].
        farkas: Vec<Rational>,
    },
    /// The form has no upper bound.
    Unbounded {
        /// A solution of the closure.
        point: Vec<Rational>,
        /// A direction in which no row ends, with a positive value of the form.
        ray: Vec<Rational>,
    },
    /// The form has a greatest value on the closure.
    Attained {
        /// A solution of the closure where the value is attained.
        point: Vec<Rational>,
        /// The greatest value.
        value: Rational,
        /// One multiplier a row; [`System::accepts_multipliers`] holds for the value.
        multipliers: Vec<Rational>,
    },
}

impl System {
    /// The system without rows in the given dimension.
    pub fn new(dimension: usize) -> Self {
        Self { dimension, rows: Vec::new() }
    }

    /// Adds `normal . x <= bound`. Panics unless `normal` has one entry a coordinate.
    pub fn at_most(&mut self, normal: Vec<Rational>, bound: Rational) {
        self.push(normal, bound, Kind::AtMost);
    }

    /// Adds `normal . x < bound`. Panics unless `normal` has one entry a coordinate.
    pub fn below(&mut self, normal: Vec<Rational>, bound: Rational) {
        self.push(normal, bound, Kind::Below);
    }

    /// Adds `normal . x == bound`. Panics unless `normal` has one entry a coordinate.
    pub fn equal(&mut self, normal: Vec<Rational>, bound: Rational) {
        self.push(normal, bound, Kind::Equal);
    }

    fn push(&mut self, normal: Vec<Rational>, bound: Rational, kind: Kind) {
        assert_eq!(normal.len(), self.dimension, "a row has one entry a coordinate");
        let terms = normal.into_iter().enumerate().filter(|(_, x)| !x.is_zero()).collect();
        self.rows.push(Row::new(terms, bound, kind));
    }

    /// Adds `lo < x[coordinate] < hi`. Cost: nothing of the dimension. Panics if there is no such
    /// coordinate.
    pub fn between(&mut self, coordinate: usize, lo: &Rational, hi: &Rational) {
        assert!(coordinate < self.dimension, "coordinate {coordinate} of {}", self.dimension);
        let row = |a: Rational, b| Row::new(vec![(coordinate, a)], b, Kind::Below);
        self.rows.extend([row(-Rational::ONE, -lo), row(Rational::ONE, hi.clone())]);
    }

    /// Turns an inequality around: `normal . x < bound` becomes `-normal . x < -bound`, and `<=`
    /// likewise; an equation stays. Cost: one row. Panics if there is no such row.
    pub fn turn(&mut self, row: usize) {
        assert!(row < self.rows.len(), "row {row} of a system with {} rows", self.rows.len());
        let old = &self.rows[row];
        let terms = old.terms.iter().map(|(j, a)| (*j, -a)).collect();
        self.rows[row] = Row::new(terms, -&old.bound, old.kind);
    }

    /// Forgets all rows from number `rows` on.
    pub fn truncate(&mut self, rows: usize) {
        self.rows.truncate(rows);
    }

    /// The number of coordinates.
    pub fn dimension(&self) -> usize {
        self.dimension
    }

    /// The number of rows.
    pub fn rows(&self) -> usize {
        self.rows.len()
    }

    /// Whether `x` solves every row. Panics unless it has one entry a coordinate.
    pub fn accepts_point(&self, x: &[Rational]) -> bool {
        self.rows.iter().all(|row| row.accepts(x))
    }

    /// Whether `y`, one multiplier a row, proves that the system has no solution.
    ///
    /// Multipliers of inequalities are not negative. The combination of the rows has linear part
    /// zero, and reads `0 <= c` with `c < 0`, or `0 < 0` because a strict row takes part.
    pub fn accepts_farkas(&self, y: &[Rational]) -> bool {
        let strict = self.rows.iter().zip(y).any(|(r, y)| r.kind == Kind::Below && !y.is_zero());
        self.combination(y).is_some_and(|(normal, bound)| {
            normal.iter().all(Rational::is_zero)
                && (bound.is_negative() || (bound.is_zero() && strict))
        })
    }

    /// Whether `y`, one multiplier a row, proves `objective . x <= value` for every solution.
    pub fn accepts_multipliers(
        &self,
        objective: &[Rational],
        value: &Rational,
        y: &[Rational],
    ) -> bool {
        self.combination(y).is_some_and(|(normal, bound)| normal == objective && bound == *value)
    }

    /// The sum of the rows times `y`; `None` unless `y` has one multiplier a row, none of them
    /// negative except on equations.
    fn combination(&self, y: &[Rational]) -> Option<(Vec<Rational>, Rational)> {
        let allowed = |(row, y): (&Row, &Rational)| row.kind == Kind::Equal || !y.is_negative();
        if y.len() != self.rows.len() || !self.rows.iter().zip(y).all(allowed) {
            return None;
        }
        let (mut normal, mut bound) = (vec![Rational::ZERO; self.dimension], Rational::ZERO);
        for (row, y) in self.rows.iter().zip(y).filter(|(_, y)| !y.is_zero()) {
            for (j, a) in &row.terms {
                normal[*j] += a * y;
            }
            bound += &row.bound * y;
        }
        Some((normal, bound))
    }

    /// A solution, or multipliers that prove there is none.
    ///
    /// Floats propose a point or multipliers; integers test them, and decide alone if they fail.
    /// Cost: about that of the float simplex method where nothing is degenerate.
    pub fn feasible(&self) -> Feasibility {
        self.feasible_from(&mut Basis::default())
    }

    /// The same, from a basis where a similar question ended; leaves there where this one ends.
    ///
    /// For systems that differ in a few rows, such as the neighbours of a cell. Any basis gives a
    /// proved answer; a good one gives it sooner.
    pub fn feasible_from(&self, basis: &mut Basis) -> Feasibility {
        let answer = self.decide(basis);
        debug_assert!(match &answer {
            Feasibility::Point(x) => self.accepts_point(x),
            Feasibility::Farkas(y) => self.accepts_farkas(y),
        });
        answer
    }

    fn decide(&self, basis: &mut Basis) -> Feasibility {
        if let Some(proposal) = self.proposed(&basis.tight) {
            let proved =
                certify::point(&self.rows, &proposal).map(Feasibility::Point).or_else(|| {
                    let multipliers = certify::multipliers(&self.rows, self.dimension, &proposal);
                    multipliers.map(Feasibility::Farkas)
                });
            basis.tight = proposal.tight;
            let hopeless = || (proposal.depth <= 0.0).then(|| self.refuted_by(&basis.tight))?;
            if let Some(answer) = proved.or_else(hopeless) {
                return answer;
            }
        }
        exact_answer(&self.rows, self.dimension, &basis.tight)
    }

    /// What doubles propose, starting where these rows are tight; its multipliers are of the rows.
    ///
    /// `None` if a number is out of range, or if a row without coefficients fails.
    fn proposed(&self, tight: &[usize]) -> Option<Proposal> {
        let mut ends = [vec![None; self.dimension], vec![None; self.dimension]];
        if self.rows.iter().all(|row| row.kind != Kind::Equal) {
            for (i, (j, is_upper, x)) in
                self.rows.iter().enumerate().filter_map(|(i, row)| Some((i, row.end?)))
            {
                let end = &mut ends[usize::from(is_upper)][j];
                if end.is_none_or(|(_, old)| if is_upper { x < old } else { x > old }) {
                    *end = Some((i, x));
                }
            }
        }
        let [lower, upper] = &mut ends;
        for (lower, upper) in lower.iter_mut().zip(upper) {
            // A coordinate without room is left to the rows.
            if let (Some((_, lo)), Some((_, hi))) = (&lower, &upper)
                && lo >= hi
            {
                (*lower, *upper) = (None, None);
            }
        }
        let near = |end: &Option<(usize, f64)>, none: f64| end.map_or(none, |(_, x)| x);
        let [lower, upper] = &ends;
        let lower_ends = lower.iter().map(|end| near(end, f64::NEG_INFINITY)).collect();
        let upper_ends = upper.iter().map(|end| near(end, f64::INFINITY)).collect();
        let mut lines = Lines::new(lower_ends, upper_ends);
        let (mut numbers, mut normal) = (Vec::new(), vec![0.0; self.dimension]);
        for (i, row) in self.rows.iter().enumerate() {
            let is_end = |(j, is_upper, _): (usize, bool, f64)| ends[usize::from(is_upper)][j];
            if row.end.and_then(is_end).is_some() {
                continue;
            }
            if row.terms.is_empty() {
                // A row without coefficients that holds asks nothing; one that fails decides.
                if row.accepts(&[]) { continue } else { return None }
            }
            normal.fill(0.0);
            let (bound, low) = row.read_near(&mut normal);
            lines.push(&normal, bound, row.kind == Kind::Equal, low)?;
            numbers.push(i);
        }
        let tight = tight.iter().filter_map(|i| numbers.binary_search(i).ok()).collect::<Vec<_>>();
        let found = propose(&lines, &tight, &mut || true)?;
        let mut all = Proposal {
            multipliers: vec![0.0; self.rows.len()],
            exponents: vec![0; self.rows.len()],
            tight: found.tight.iter().map(|&line| numbers[line]).collect(),
            ..found
        };
        for (line, &row) in numbers.iter().enumerate() {
            all.multipliers[row] = found.multipliers[line];
            all.exponents[row] = found.exponents[line];
        }
        let at_end = |&(j, is_upper): &(usize, bool)| ends[usize::from(is_upper)][j];
        all.tight.extend(all.ends.iter().filter_map(at_end).map(|(row, _)| row));
        Some(all)
    }

    /// A proof that a few rows have no solution is one for all.
    fn refuted_by(&self, few: &[usize]) -> Option<Feasibility> {
        let rows: Vec<Row> = few.iter().map(|&i| self.rows[i].clone()).collect();
        let all: Vec<usize> = (0..few.len()).collect();
        let Feasibility::Farkas(y) = exact_answer(&rows, self.dimension, &all) else {
            return None;
        };
        let mut multipliers = vec![Rational::ZERO; self.rows.len()];
        for (&i, y) in few.iter().zip(y) {
            multipliers[i] = y;
        }
        Some(Feasibility::Farkas(multipliers))
    }

    /// The greatest value of `objective . x`. Panics unless it has one entry a coordinate.
    pub fn maximize(&self, objective: &[Rational]) -> Optimum {
        assert_eq!(objective.len(), self.dimension, "a form has one entry a coordinate");
        if self.rows.iter().any(|row| row.kind == Kind::Below)
            && let Feasibility::Farkas(farkas) = self.feasible()
        {
            return Optimum::Infeasible { farkas };
        }
        let cleared = IntegerRow::new(objective.iter());
        let (rows, goal) = (&self.rows[..], Goal::Linear(&cleared));
        match in_words_or_big!(simplex(rows, self.dimension, goal, &[])) {
            Outcome::Farkas(y) => Optimum::Infeasible { farkas: unscaled(&self.rows, &y) },
            Outcome::Unbounded { point, ray } => Optimum::Unbounded { point, ray },
            Outcome::Attained { point, value, multipliers } => {
                let multipliers = unscaled(&self.rows, &multipliers);
                let multipliers: Vec<_> = multipliers.iter().map(|y| y / &cleared.scale).collect();
                let value = value / &cleared.scale;
                debug_assert!(self.accepts_multipliers(objective, &value, &multipliers));
                Optimum::Attained { point, value, multipliers }
            }
            Outcome::Point(_) => unreachable!("a linear goal ends at an optimum or a ray"),
        }
    }
}

/// The exact method, started at the rows that are proposed to be tight.
fn exact_answer(rows: &[Row], dimension: usize, tight: &[usize]) -> Feasibility {
    match in_words_or_big!(simplex(rows, dimension, Goal::Depth, tight)) {
        Outcome::Point(mut point) => {
            point.truncate(dimension);
            Feasibility::Point(point)
        }
        Outcome::Farkas(y) => Feasibility::Farkas(unscaled(rows, &y)),
        Outcome::Unbounded { .. } | Outcome::Attained { .. } => {
            unreachable!("the depth is bounded by its cap and ends in a point or a proof")
        }
    }
}

/// Multipliers of the rows, from those of the cleared rows; that of the cap is zero.
fn unscaled(rows: &[Row], y: &[Rational]) -> Vec<Rational> {
    rows.iter().zip(y).map(|(row, y)| y * &row.cleared.scale).collect()
}
