//! The linear relaxation of a network on a domain, in doubles: it proposes multipliers.
//!
//! A unit whose range has both signs becomes a variable between `max(z, 0)` and the chord; all
//! other units are what they are. A ball that is no box is met by cuts, one where it is needed.

use super::domain::{Domain, Norm};
use super::pass::{Multipliers, Range};
use super::program::{Affine, Program, Row};
use super::simplex::{End, Table};
use crate::exact::Rational;
use crate::exact::float::{dyadic, nearest, power_of_two};
use std::rc::Rc;

/// Bits that a multiplier keeps.
const BITS: f64 = 26.0;
/// How far a row that is not in the table may be broken.
const BROKEN: f64 = 1e-9;

/// An affine form of the columns.
#[derive(Clone)]
pub(super) struct Form {
    pub(super) rates: Vec<f64>,
    constant: f64,
}

/// What the relaxation knows of a unit with both signs.
#[derive(Clone, Debug)]
pub struct Open {
    /// The unit.
    pub unit: usize,
    /// Its column.
    pub column: usize,
    /// The slack of `relu(z) >= z`, once that row is in the table.
    pub(super) above: Option<usize>,
    /// The slack of the chord, once that row is in the table, and its slope.
    pub(super) chord: Option<usize>,
    slope: f64,
    /// The range that the chord spans.
    pub(super) range: Range,
}

/// The relaxation, with the table where its goal was least.
#[derive(Clone)]
pub struct Relaxation<'a> {
    pub(super) program: &'a Program,
    /// The columns: those of the inputs, then these.
    pub open: Vec<Open>,
    /// The columns of the inputs. For l1 there are two for each: how much it grows, how much it
    /// falls; and the slack of their sum.
    pub(super) first: usize,
    pub(super) budget: Option<usize>,
    pub(super) forms: Rc<Vec<Form>>,
    /// What enters each open unit.
    entering: Rc<Vec<Form>>,
    /// The slacks of cuts, with their normal and bound.
    cuts: Vec<(usize, Rc<Affine>)>,
    /// The table.
    pub table: Table,
}

impl<'a> Relaxation<'a> {
    /// The relaxation of the first `units` units, with the ranges that they have.
    pub fn new(program: &'a Program, units: usize, ranges: &[Range], domain: &Domain) -> Self {
        let inputs = program.inputs;
        let is_open = |range: &Range| range.0.is_negative() && range.1.is_positive();
        let open: Vec<usize> = (0..units).filter(|u| is_open(&ranges[*u])).collect();
        let center: Vec<f64> = domain.center.iter().map(nearest).collect();
        let is_split = domain.norm == Norm::L1 && domain.radius.is_some();
        let first = if is_split { 2 * inputs } else { inputs };
        let columns = first + open.len();
        let (mut lower, mut upper) = (domain.near_lo.clone(), domain.near_hi.clone());
        if is_split {
            let falls = center.iter().zip(&lower).map(|(c, lo)| c - lo);
            let grows = upper.iter().zip(&center).map(|(hi, c)| hi - c);
            upper = grows.chain(falls).collect();
            lower = vec![0.0; first];
        }
        for unit in &open {
            // The chord bounds it, not its end: a chord says by which inputs the end is met, and
            // at a tie that these are not closer than the ball.
            let (lo, hi) = &ranges[*unit];
            lower.push(0.0);
            upper.push(2.0 * nearest(hi) - nearest(lo));
        }
        let mut table = Table::new(vec![0.0; columns], 0.0, lower, upper);
        let unit_form = |column: usize| {
            let mut rates = vec![0.0; columns];
            rates[column] = 1.0;
            Form { rates, constant: 0.0 }
        };
        let mut forms: Vec<Form> = (0..inputs).map(unit_form).collect();
        let mut budget = None;
        if is_split {
            for (i, form) in forms.iter_mut().enumerate() {
                form.rates[inputs + i] = -1.0;
                form.constant = center[i];
            }
            let mut row = vec![-1.0; first];
            row.resize(columns, 0.0);
            budget = Some(table.push(&row, -domain.near_radius));
        }
        let (mut all, mut entering) = (Vec::with_capacity(open.len()), Vec::new());
        for (unit, (lo, hi)) in ranges.iter().enumerate().take(units) {
            if !hi.is_positive() {
                forms.push(Form { rates: Vec::new(), constant: 0.0 });
                continue;
            }
            let form = combined(columns, &forms, &program.units[unit]);
            if !lo.is_negative() {
                forms.push(form);
                continue;
            }
            let column = first + all.len();
            let slope = nearest(hi) / (nearest(hi) - nearest(lo));
            let range = ranges[unit].clone();
            all.push(Open { unit, column, above: None, chord: None, slope, range });
            entering.push(form);
            forms.push(unit_form(column));
        }
        let (open, forms, entering) = (all, Rc::new(forms), Rc::new(entering));
        Self { program, open, first, budget, forms, entering, cuts: Vec::new(), table }
    }

    /// The number of columns.
    pub(super) fn columns(&self) -> usize {
        self.first + self.open.len()
    }

    /// The input at the table's point.
    pub fn input(&self, domain: &Domain) -> Vec<f64> {
        let inputs = self.program.inputs;
        let point = self.table.point();
        if self.budget.is_none() {
            return point[..inputs].to_vec();
        }
        let center = domain.center.iter().map(nearest).enumerate();
        center.map(|(i, c)| c + point[i] - point[inputs + i]).collect()
    }

    /// Makes the sum of factors times rows the goal.
    pub fn set_goal(&mut self, rows: &[(f64, &Row)]) {
        let columns = self.columns();
        let (mut rates, mut constant) = (vec![0.0; columns], 0.0);
        for (factor, row) in rows {
            let form = combined(columns, &self.forms, row);
            rates.iter_mut().zip(&form.rates).for_each(|(x, y)| *x += factor * y);
            constant += factor * form.constant;
        }
        self.table.set_goal(&rates, constant);
    }

    /// Adds `sum of factors times rows >= 0`, and returns its slack.
    pub fn push(&mut self, factor: f64, row: &Row) -> usize {
        let columns = self.columns();
        let form = combined(columns, &self.forms, row);
        let rates: Vec<f64> = form.rates.iter().map(|x| factor * x).collect();
        self.table.push(&rates, -factor * form.constant)
    }

    /// Fixes the side of an open unit.
    pub fn fix(&mut self, open: usize, is_on: bool) {
        let above = self.push_above(open);
        match is_on {
            true => self.table.narrow(above, 0.0, 0.0),
            false => self.table.narrow(self.open[open].column, 0.0, 0.0),
        }
    }

    fn push_above(&mut self, open: usize) -> usize {
        if let Some(slack) = self.open[open].above {
            return slack;
        }
        let form = &self.entering[open];
        let mut row: Vec<f64> = form.rates.iter().map(|x| -x).collect();
        row[self.open[open].column] += 1.0;
        let slack = self.table.push(&row, form.constant);
        self.open[open].above = Some(slack);
        slack
    }

    fn push_chord(&mut self, open: usize) {
        let (form, own) = (&self.entering[open], &mut self.open[open]);
        let mut row: Vec<f64> = form.rates.iter().map(|x| own.slope * x).collect();
        row[own.column] -= 1.0;
        own.chord =
            Some(self.table.push(&row, own.slope * (nearest(&own.range.0) - form.constant)));
    }

    /// Puts the rows of open units into the table that its point breaks; whether there were any.
    fn meet(&mut self) -> bool {
        let point = self.table.point();
        let mut is_broken = false;
        for open in 0..self.open.len() {
            let own = &self.open[open];
            if own.above.is_some() && own.chord.is_some() {
                continue;
            }
            let form = &self.entering[open];
            let z = dot(&form.rates, &point) + form.constant;
            let y = point[own.column];
            let top = own.slope * (z - nearest(&own.range.0));
            if own.above.is_none() && y < z - BROKEN {
                self.push_above(open);
                is_broken = true;
            } else if own.chord.is_none() && y > top + BROKEN {
                self.push_chord(open);
                is_broken = true;
            }
        }
        is_broken
    }

    /// The least value of the goal, or proof that it is above `enough`; cuts are added as needed.
    pub fn minimize(
        &mut self,
        enough: f64,
        domain: &Domain,
        stop: &mut dyn FnMut() -> bool,
    ) -> End {
        for _ in 0..200 {
            let end = self.table.minimize(enough, stop);
            if end != End::Optimal {
                return end;
            }
            if self.meet() {
                continue;
            }
            let Some((normal, bound)) = cut(domain, &self.input(domain)) else {
                return end;
            };
            self.push_cut(&Rc::new((normal, bound)));
        }
        End::Optimal
    }

    /// For l2, adds the half-space that touches the ball in the direction of this point.
    pub fn lean(&mut self, domain: &Domain, x: &[f64]) {
        let far = domain.near_center.iter().zip(x).map(|(c, x)| c + 2.0 * (x - c));
        if let Some(cut) = cut(domain, &far.collect::<Vec<_>>()) {
            self.push_cut(&Rc::new(cut));
        }
    }

    fn push_cut(&mut self, cut: &Rc<Affine>) {
        let mut row: Vec<f64> = cut.0.iter().map(|x| -x).collect();
        row.resize(self.columns(), 0.0);
        let slack = self.table.push(&row, -cut.1);
        self.cuts.push((slack, cut.clone()));
    }

    /// Adds the cuts that are tight in another relaxation of the same domain.
    pub fn adopt(&mut self, other: &Self) {
        let (_, tight) = other.table.basis();
        let columns = other.columns();
        for (slack, cut) in &other.cuts {
            if tight.contains(&(slack - columns)) {
                self.push_cut(cut);
            }
        }
    }

    /// How far each open unit is above its ReLU at the table's point, and its chord's multiplier.
    pub fn gaps(&self, end: End) -> Vec<(f64, f64)> {
        let point = self.table.point();
        let multipliers = self.multipliers_of_slacks(end);
        let columns = self.columns();
        let gap = |(place, open): (usize, &Open)| {
            let form = &self.entering[place];
            let z = dot(&form.rates, &point) + form.constant;
            let weight = open.chord.map_or(0.0, |chord| multipliers[chord - columns].abs());
            (point[open.column] - z.max(0.0), weight)
        };
        self.open.iter().enumerate().map(gap).collect()
    }

    fn multipliers_of_slacks(&self, end: End) -> Vec<f64> {
        self.table.multipliers(match end {
            End::Infeasible(row, side) => {
                let gap = self.table.gap(row, side).max(1e-12);
                let value = self.table.value;
                Some((row, side, (value.abs().max(1.0) - value) / gap))
            }
            _ => None,
        })
    }

    /// Multipliers of the units that prove about the goal what the table says, for rows of which
    /// the first has the factor 1, and those with a slack theirs.
    pub fn proposed(&self, end: End, rows: &[(&Row, Option<usize>)]) -> Multipliers {
        let columns = self.columns();
        let slacks = self.multipliers_of_slacks(end);
        let factor = |slack: &Option<usize>| match slack {
            None => 1.0,
            Some(slack) => slacks[slack - columns],
        };
        let units: Vec<(usize, f64)> = self
            .open
            .iter()
            .map(|open| {
                let of = |slack: Option<usize>| slack.map_or(0.0, |slack| slacks[slack - columns]);
                (open.unit, of(open.above) - open.slope * of(open.chord))
            })
            .collect();
        let rows: Vec<(f64, &Row)> =
            rows.iter().map(|(row, slack)| (factor(slack), *row)).collect();
        rounded(self.program, &rows, &units)
    }
}

/// Whole multipliers near these, of rows and units.
pub fn rounded(program: &Program, rows: &[(f64, &Row)], units: &[(usize, f64)]) -> Multipliers {
    // A power of two that leaves each multiplier enough bits.
    let most = units.iter().map(|(_, g)| g.abs()).fold(1e-3, f64::max);
    let scales = program.units.iter().chain(rows.iter().map(|(_, row)| *row));
    let deepest = scales.map(|row| row.scale.bits() as f64).fold(0.0, f64::max);
    let places = (BITS + deepest - most.log2()).ceil();
    let whole = |x: f64, scale: &Rational| -> Rational {
        let shifted = dyadic(x).unwrap_or(Rational::ZERO) * two_to(places as i64);
        (shifted / scale + Rational::new(1, 2)).floor()
    };
    let mut rows: Vec<Rational> = rows.iter().map(|(x, row)| whole(*x, &row.scale)).collect();
    // Far beyond an infeasible row the goal itself hardly counts.
    if rows[0].is_zero() {
        rows[0] = Rational::ONE;
    }
    let units = units.iter().map(|(unit, g)| (*unit, whole(*g, &program.units[*unit].scale)));
    Multipliers { rows, units: units.collect(), pull: Rational::ZERO }
}

/// `2^exponent`.
fn two_to(exponent: i64) -> Rational {
    match dyadic(power_of_two(exponent)) {
        Some(power) if (-1000..=1000).contains(&exponent) => power,
        _ => Rational::integer(2).pow(exponent as i32),
    }
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(x, y)| x * y).sum()
}

/// A row in the columns.
fn combined(columns: usize, forms: &[Form], row: &Row) -> Form {
    let mut sum = Form { rates: vec![0.0; columns], constant: row.near.1 };
    for ((entry, _), weight) in row.terms.iter().zip(&row.near.0) {
        let form = &forms[*entry];
        sum.rates.iter_mut().zip(&form.rates).for_each(|(x, y)| *x += weight * y);
        sum.constant += weight * form.constant;
    }
    sum
}

/// For l2, a half-space `normal . x <= bound` that holds the ball and not the point.
pub fn cut(domain: &Domain, x: &[f64]) -> Option<Affine> {
    if domain.norm != Norm::L2 || domain.radius.is_none() {
        return None;
    }
    let center = &domain.near_center;
    let change: Vec<f64> = x.iter().zip(center).map(|(x, c)| x - c).collect();
    let length = domain.norm.near_length(&change);
    if length <= domain.near_radius * (1.0 + 1e-7) + 1e-9 {
        return None;
    }
    let normal: Vec<f64> = change.iter().map(|x| x / length).collect();
    let bound = domain.near_radius + dot(&normal, center);
    Some((normal, bound))
}
