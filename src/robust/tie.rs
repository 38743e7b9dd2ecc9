//! Multipliers that prove exactly what the table of a relaxation says at its optimum: the linear
//! system of its basis, solved in fractions. They decide ties.

use super::domain::{Domain, Norm};
use super::pass::{Multipliers, Range};
use super::program::Row;
use super::relax::{Open, Relaxation};
use crate::exact::Rational;
use crate::exact::float::nearest;
use crate::exact::linear::Matrix;

/// An affine form of the columns, exactly.
type Form = (Vec<Rational>, Rational);

impl Relaxation<'_> {
    /// Multipliers for the margin `goal` that the basis proposes.
    pub fn exactly(&self, ranges: &[Range], goal: &Row, domain: &Domain) -> Vec<Multipliers> {
        match (domain.norm, &domain.radius) {
            // Doubles cannot tell an end of the box from the ball where both are met.
            (Norm::L2, Some(_)) => [true, false]
                .into_iter()
                .filter_map(|in_box| self.exactly_in_ball(ranges, goal, domain, in_box))
                .collect(),
            _ => self.exactly_at_vertex(ranges, goal).into_iter().collect(),
        }
    }

    /// The row of a tight slack; `None` for a cut, which is no fraction.
    fn tight_row(&self, slack: usize) -> Option<Form> {
        let columns = self.columns();
        let of_unit = self.open.iter().find(|o| o.above == Some(slack) || o.chord == Some(slack));
        let Some(open) = of_unit else {
            let mut row = vec![-Rational::ONE; self.first];
            row.resize(columns, Rational::ZERO);
            return self.budget.filter(|budget| *budget == slack).map(|_| (row, Rational::ZERO));
        };
        let is_above = open.above == Some(slack);
        let factor = if is_above { -Rational::ONE } else { chord_slope(open) };
        let (own, constant) = self.exact_form(&self.program.units[open.unit]);
        let mut row: Vec<_> = own.iter().map(|x| x * &factor).collect();
        row[open.column] += if is_above { Rational::ONE } else { -Rational::ONE };
        let mut constant = constant * &factor;
        if !is_above {
            constant -= &factor * &open.range.0;
        }
        Some((row, constant))
    }

    /// For linf and l1, whose optimum is a vertex: the rates of all basic columns vanish.
    fn exactly_at_vertex(&self, ranges: &[Range], goal: &Row) -> Option<Multipliers> {
        let columns = self.columns();
        let (free, tight) = self.table.basis();
        let tight: Vec<usize> = tight.into_iter().map(|slack| slack + columns).collect();
        let rows: Vec<Form> =
            tight.iter().map(|slack| self.tight_row(*slack)).collect::<Option<_>>()?;
        let (goal_form, _) = self.exact_form(goal);
        let left: Vec<Vec<Rational>> =
            free.iter().map(|f| rows.iter().map(|row| row.0[*f].clone()).collect()).collect();
        let right: Vec<Rational> = free.iter().map(|f| goal_form[*f].clone()).collect();
        let solved = match free.is_empty() {
            true => Vec::new(),
            false => Matrix::from_rows(left).solve(&right)?,
        };
        Some(self.cleared(ranges, goal, self.slopes(&tight, &solved)))
    }

    /// For l2: the optimum is the foot of the perpendicular from the centre, with its multipliers.
    ///
    /// Unknowns are the step `t`, `t` times each multiplier, and the basic columns of units:
    /// an entry that is not at its box is `center - t rate`.
    fn exactly_in_ball(
        &self,
        ranges: &[Range],
        goal: &Row,
        domain: &Domain,
        in_box: bool,
    ) -> Option<Multipliers> {
        let (inputs, columns) = (self.program.inputs, self.columns());
        let (free, tight) = self.table.basis();
        let multipliers = self.table.multipliers(None);
        let is_of_unit = |slack: &usize| {
            self.open.iter().any(|o| o.above == Some(*slack) || o.chord == Some(*slack))
        };
        let tight: Vec<usize> = tight
            .into_iter()
            .map(|slack| slack + columns)
            .filter(|slack| is_of_unit(slack) && multipliers[slack - columns].abs() > 1e-9)
            .collect();
        let rows: Vec<Form> =
            tight.iter().map(|slack| self.tight_row(*slack)).collect::<Option<_>>()?;
        let goal_form = self.exact_form(goal);
        let known = self.known(&free, domain, in_box);
        let basic: Vec<usize> = (inputs..columns).filter(|j| known[*j].is_none()).collect();
        let moving: Vec<usize> = (0..inputs).filter(|j| known[*j].is_none()).collect();
        let unknowns = 1 + rows.len() + basic.len();
        let (mut left, mut right) = (Vec::new(), Vec::new());
        // Each row is 0 at the point, and so is the margin.
        for (row, constant) in rows.iter().chain([&goal_form]) {
            let mut rates = vec![Rational::ZERO; unknowns];
            let mut here = constant.clone();
            for j in &moving {
                here += &row[*j] * &domain.center[*j];
                rates[0] -= &row[*j] * &goal_form.0[*j];
                for (r, (other, _)) in rows.iter().enumerate() {
                    rates[1 + r] += &row[*j] * &other[*j];
                }
            }
            for (j, x) in known.iter().enumerate() {
                if let Some(x) = x {
                    here += &row[j] * x;
                }
            }
            for (place, j) in basic.iter().enumerate() {
                rates[1 + rows.len() + place] += &row[*j];
            }
            left.push(rates);
            right.push(-here);
        }
        for j in &basic {
            let mut rates = vec![Rational::ZERO; unknowns];
            rates[0] = goal_form.0[*j].clone();
            for (r, (row, _)) in rows.iter().enumerate() {
                rates[1 + r] = -&row[*j];
            }
            left.push(rates);
            right.push(Rational::ZERO);
        }
        let solved = Matrix::from_rows(left).solve(&right)?;
        let step = &solved[0];
        if !step.is_positive() {
            return None;
        }
        let solved: Vec<Rational> = solved[1..=rows.len()].iter().map(|x| x / step).collect();
        let mut multipliers = self.cleared(ranges, goal, self.slopes(&tight, &solved));
        multipliers.pull = &multipliers.rows[0] * &goal.scale / step;
        Some(multipliers)
    }

    /// The columns that are at an end, with that end.
    fn known(&self, free: &[usize], domain: &Domain, in_box: bool) -> Vec<Option<Rational>> {
        let (inputs, point) = (self.program.inputs, self.table.point());
        let known = |j: usize| match j < inputs {
            true => in_box.then(|| at_box(domain, j, point[j]))?,
            false if free.contains(&j) => None,
            false => {
                let open = &self.open[j - inputs];
                let is_high = point[j] > nearest(&open.range.1);
                let top = &open.range.1 * Rational::integer(2) - &open.range.0;
                Some(if is_high { top } else { Rational::ZERO })
            }
        };
        (0..self.columns()).map(known).collect()
    }

    /// The slope that each open unit passes on, from the multipliers of tight slacks.
    fn slopes(&self, tight: &[usize], solved: &[Rational]) -> Vec<Option<Rational>> {
        let multiplier = |slack: Option<usize>| {
            let place = tight.iter().position(|tight| Some(*tight) == slack);
            place.map_or(Rational::ZERO, |place| solved[place].clone())
        };
        let mut slopes = vec![None; self.program.units.len()];
        for open in &self.open {
            let chord = multiplier(open.chord);
            let chord = if chord.is_zero() { chord } else { chord * chord_slope(open) };
            slopes[open.unit] = Some(multiplier(open.above) - chord);
        }
        slopes
    }

    /// The row in the columns, and its constant.
    fn exact_form(&self, row: &Row) -> Form {
        let inputs = self.program.inputs;
        let units = self.program.units.len();
        let mut entries = vec![Rational::ZERO; inputs + units];
        row.terms.iter().for_each(|(i, weight)| entries[*i] += weight);
        let mut form = vec![Rational::ZERO; self.columns()];
        let mut constant = row.constant.clone();
        for unit in (0..units).rev() {
            let factor = std::mem::take(&mut entries[inputs + unit]);
            if factor.is_zero() {
                continue;
            }
            if let Some(open) = self.open.iter().find(|open| open.unit == unit) {
                form[open.column] += &factor;
            } else if !self.forms[inputs + unit].rates.is_empty() {
                let own = &self.program.units[unit];
                own.terms.iter().for_each(|(i, weight)| entries[*i] += &factor * weight);
                constant += &factor * &own.constant;
            }
        }
        form.iter_mut().zip(&entries[..inputs]).for_each(|(x, y)| *x += y);
        if self.budget.is_some() {
            form[inputs..].iter_mut().zip(&entries[..inputs]).for_each(|(x, y)| *x -= y);
        }
        (form, constant)
    }

    /// Whole multipliers of all units, where those that are not open keep what they are.
    fn cleared(&self, ranges: &[Range], goal: &Row, slopes: Vec<Option<Rational>>) -> Multipliers {
        let inputs = self.program.inputs;
        let units = self.program.units.len();
        let mut entries = vec![Rational::ZERO; inputs + units];
        goal.terms.iter().for_each(|(i, weight)| entries[*i] += weight);
        let mut all: Vec<(usize, Rational)> = Vec::new();
        for unit in (0..units).rev() {
            let own = std::mem::take(&mut entries[inputs + unit]);
            let slope = match &slopes[unit] {
                Some(slope) => slope.clone(),
                None if ranges[unit].0.is_negative() => Rational::ZERO,
                None => own,
            };
            let row = &self.program.units[unit];
            if !slope.is_zero() {
                row.terms.iter().for_each(|(i, weight)| entries[*i] += &slope * weight);
            }
            if !slope.is_zero() || slopes[unit].is_some() {
                all.push((unit, slope / &row.scale));
            }
        }
        all.reverse();
        let mut common = goal.scale.clone();
        for (_, x) in &all {
            let rest = &common * x;
            if !rest.is_integer() {
                common *= &Rational::from(rest.denominator());
            }
        }
        Multipliers {
            rows: vec![&common / &goal.scale],
            units: all.into_iter().map(|(unit, x)| (unit, x * &common)).collect(),
            pull: Rational::ZERO,
        }
    }
}

/// The slope of the chord that the table has for a unit: that of its range when it was made.
fn chord_slope(open: &Open) -> Rational {
    let (lo, hi) = &open.range;
    hi / &(hi - lo)
}

/// An end of the box that an entry is at.
fn at_box(domain: &Domain, i: usize, x: f64) -> Option<Rational> {
    let sides = domain.sides.as_ref()?;
    let ends = [&sides.lo()[i], &sides.hi()[i]];
    ends.into_iter().find(|end| (nearest(end) - x).abs() < 1e-9).cloned()
}
