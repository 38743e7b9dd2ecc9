//! The exact simplex method: the tier that always terminates with a proof.
//!
//! It starts at the rows that are proposed to be tight. If the proposal was the right vertex, what
//! follows only checks it; if not, pivoting goes on from there until something is proved.

use super::tableau::Tableau;
use super::tableau::Variable::{self, Coordinate, Fixed, Slack};
use super::{Kind, Row};
use crate::exact::{Integer, IntegerRow, Rational};

/// The goal of the simplex method.
#[derive(Clone, Copy)]
pub(super) enum Goal<'a> {
    /// A point; as deep inside the strict rows as one unit, or a proof that there is none.
    Depth,
    /// The greatest value of a linear form on the closure of the system.
    Linear(&'a IntegerRow),
}

/// The result, with its proof; multipliers refer to the integer rows.
pub(super) enum Outcome {
    /// A point of the system.
    Point(Vec<Rational>),
    /// Multipliers that no point survives.
    Farkas(Vec<Rational>),
    /// The goal grows for ever along `ray`.
    Unbounded { point: Vec<Rational>, ray: Vec<Rational> },
    /// The greatest value, and multipliers that bound the goal by it.
    Attained { point: Vec<Rational>, value: Rational, multipliers: Vec<Rational> },
}

/// Solves in integers `T`, starting where the rows `tight` hold with equality; `None` on overflow.
///
/// Terminates: after a number of steps by the steepest rule, ties and choices follow Bland's.
pub(super) fn simplex<T: Integer>(
    rows: &[Row],
    dimension: usize,
    goal: Goal,
    tight: &[usize],
) -> Option<Outcome> {
    let mut tableau = start::<T>(rows, dimension, goal)?;
    // One multiplier a row of the tableau, so that of the cap included.
    let count = tableau.basic.len();
    let farkas = |multipliers: Vec<Rational>| Outcome::Farkas(multipliers);
    if let Some(row) = settle_equations(&mut tableau)? {
        let multipliers = tableau.multipliers(row, count);
        // An equation may be used with either sign; the constant has to become negative.
        let flip = tableau.constant_sign(row) > 0;
        return Some(farkas(if flip {
            multipliers.iter().map(|y| -y).collect()
        } else {
            multipliers
        }));
    }
    settle_coordinates(&mut tableau, tight)?;
    if let Some(row) = restore(&mut tableau)? {
        return Some(farkas(tableau.multipliers(row, count)));
    }
    let positive = |tableau: &Tableau<T>| tableau.constant_sign(tableau.goal()) > 0;
    let enough = |tableau: &Tableau<T>| matches!(goal, Goal::Depth) && positive(tableau);
    let end = climb(&mut tableau, enough)?;
    let point = tableau.point(tableau.constants());
    Some(match (end, goal) {
        (Climb::Enough, _) => Outcome::Point(point),
        (Climb::Unbounded { column, sign }, _) => {
            let ray = tableau.direction(column, sign, point.len());
            Outcome::Unbounded { point, ray }
        }
        (Climb::Optimal, Goal::Depth) => farkas(tableau.multipliers(tableau.goal(), count)),
        (Climb::Optimal, Goal::Linear(_)) => Outcome::Attained {
            point,
            value: tableau.value(),
            multipliers: tableau.multipliers(tableau.goal(), count),
        },
    })
}

/// The tableau of the slacks. For the depth `t`, strict rows read `normal . x + t <= bound`, and a
/// last row, the cap, reads `t <= 1`.
fn start<T: Integer>(rows: &[Row], dimension: usize, goal: Goal) -> Option<Tableau<T>> {
    let depth = matches!(goal, Goal::Depth);
    let mut slacks = Vec::with_capacity(rows.len() + 1);
    let mut entries = Vec::with_capacity(rows.len() + 2);
    for (i, row) in rows.iter().enumerate() {
        let mut integers = vec![T::from_word(0); dimension + usize::from(depth) + 1];
        let mut read = row.cleared.read::<T>()?;
        integers[dimension + usize::from(depth)] = read.pop().expect("a row has a bound");
        row.terms.iter().zip(read).for_each(|((j, _), a)| integers[*j] = a);
        if depth {
            integers[dimension] = T::from_word((row.kind == Kind::Below).into());
        }
        entries.push(integers);
        slacks.push(if row.kind == Kind::Equal { Fixed(i) } else { Slack(i) });
    }
    let goal = match goal {
        Goal::Linear(objective) => objective.read::<T>()?,
        Goal::Depth => {
            let mut goal = vec![T::from_word(0); dimension];
            goal.push(T::from_word(1));
            let mut cap = goal.clone();
            cap.push(T::from_word(1));
            entries.push(cap);
            slacks.push(Slack(rows.len()));
            goal
        }
    };
    Tableau::new(entries, slacks, goal)
}

/// Makes every equation tight; the row of one that contradicts the others, if there is one.
fn settle_equations<T: Integer>(tableau: &mut Tableau<T>) -> Option<Option<usize>> {
    for row in 0..tableau.basic.len() {
        if !matches!(tableau.basic[row], Fixed(_)) {
            continue;
        }
        match free_column(tableau, row) {
            Some(column) => tableau.pivot(row, column)?,
            None if tableau.constant_sign(row) != 0 => return Some(Some(row)),
            // It follows from the others, now and after every pivot.
            None => {}
        }
    }
    Some(None)
}

/// Solves for the coordinates: those rows that are proposed as tight first, then any others.
fn settle_coordinates<T: Integer>(tableau: &mut Tableau<T>, tight: &[usize]) -> Option<()> {
    for &row in tight {
        if tableau.basic.get(row) == Some(&Slack(row))
            && let Some(column) = free_column(tableau, row)
        {
            tableau.pivot(row, column)?;
        }
    }
    for column in 0..tableau.nonbasic.len() {
        if matches!(tableau.nonbasic[column], Coordinate(_)) {
            let slack = |&row: &usize| {
                matches!(tableau.basic[row], Slack(_)) && tableau.sign(row, column) != 0
            };
            // A coordinate that no row restrains stays where it is, at zero.
            if let Some(row) = (0..tableau.basic.len()).find(slack) {
                tableau.pivot(row, column)?;
            }
        }
    }
    Some(())
}

fn free_column<T: Integer>(tableau: &Tableau<T>, row: usize) -> Option<usize> {
    (0..tableau.nonbasic.len()).find(|&column| {
        matches!(tableau.nonbasic[column], Coordinate(_)) && tableau.sign(row, column) != 0
    })
}

/// Pivots before the rules that cannot cycle take over; they are slower on ordinary systems.
fn patience<T>(tableau: &Tableau<T>) -> usize {
    4 * (tableau.basic.len() + tableau.nonbasic.len())
}

/// Makes every slack non-negative; the row of one that cannot be, if there is one.
///
/// In that row every other slack has a non-negative entry, so its multipliers are a Farkas vector.
fn restore<T: Integer>(tableau: &mut Tableau<T>) -> Option<Option<usize>> {
    let patience = patience(tableau);
    for step in 0.. {
        let constants = tableau.constants();
        let negative = (0..tableau.basic.len()).filter(|&row| {
            matches!(tableau.basic[row], Slack(_)) && tableau.constant_sign(row) < 0
        });
        let row = if step < patience {
            negative.min_by_key(|&row| &tableau.entries[row][constants])
        } else {
            negative.min_by_key(|&row| tableau.basic[row])
        };
        let Some(row) = row else {
            return Some(None);
        };
        let helps = |&column: &usize| {
            matches!(tableau.nonbasic[column], Slack(_)) && tableau.sign(row, column) < 0
        };
        let column = (0..constants).filter(helps).min_by_key(|&column| tableau.nonbasic[column]);
        let Some(column) = column else {
            return Some(Some(row));
        };
        tableau.pivot(row, column)?;
    }
    unreachable!("Bland's rule visits no basis twice")
}

/// Where a climb ended.
enum Climb {
    /// The caller had enough.
    Enough,
    /// No column improves the goal.
    Optimal,
    /// The variable of this column improves the goal and meets no row.
    Unbounded { column: usize, sign: i8 },
}

/// The primal simplex method from a feasible tableau.
fn climb<T: Integer>(
    tableau: &mut Tableau<T>,
    enough: impl Fn(&Tableau<T>) -> bool,
) -> Option<Climb> {
    let patience = patience(tableau);
    for step in 0.. {
        if enough(tableau) {
            return Some(Climb::Enough);
        }
        let goal = tableau.goal();
        let improves = |&column: &usize| match tableau.nonbasic[column] {
            Slack(_) => tableau.sign(goal, column) < 0,
            Fixed(_) => false,
            Coordinate(_) => tableau.sign(goal, column) != 0,
        };
        let improving = (0..tableau.constants()).filter(improves);
        let column = if step < patience {
            improving.min_by_key(|&column| &tableau.entries[goal][column])
        } else {
            improving.min_by_key(|&column| tableau.nonbasic[column])
        };
        let Some(column) = column else {
            return Some(Climb::Optimal);
        };
        // Only an unrestrained coordinate improves by falling, and no row will stop it.
        let sign = -tableau.sign(goal, column);
        let leaving = first_to_vanish(tableau, column)?;
        match leaving {
            Some(row) if sign > 0 => tableau.pivot(row, column)?,
            _ => return Some(Climb::Unbounded { column, sign }),
        }
    }
    unreachable!("Bland's rule visits no basis twice")
}

/// The slack that reaches zero first as the variable of `column` grows; ties by variable order.
fn first_to_vanish<T: Integer>(tableau: &Tableau<T>, column: usize) -> Option<Option<usize>> {
    let constants = tableau.constants();
    let mut best: Option<usize> = None;
    for row in 0..tableau.basic.len() {
        if !matches!(tableau.basic[row], Slack(_)) || tableau.sign(row, column) <= 0 {
            continue;
        }
        let Some(old) = best else {
            best = Some(row);
            continue;
        };
        let (new_row, old_row) = (&tableau.entries[row], &tableau.entries[old]);
        let new_ratio = T::times(&new_row[constants], &old_row[column])?;
        let old_ratio = T::times(&old_row[constants], &new_row[column])?;
        let key = |row: usize| -> Variable { tableau.basic[row] };
        if new_ratio.cmp(&old_ratio).then_with(|| key(row).cmp(&key(old))).is_lt() {
            best = Some(row);
        }
    }
    Some(best)
}
