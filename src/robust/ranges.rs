//! Ranges of what enters each unit, from linear programs: on the whole domain, and where a label is
//! lost.

use super::pass::{Multipliers, Range, pass};
use super::program::Row;
use super::relax::Relaxation;
use super::search::{Result, Search, Step};
use super::simplex::End;
use crate::exact::Rational;
use crate::exact::float::nearest;

impl<'a> Search<'a> {
    /// Ranges of all units on the domain, level by level.
    pub(super) fn root_ranges(&mut self, ranges: &mut Vec<Range>) -> Result<()> {
        let program = self.program();
        let inputs = program.inputs;
        while ranges.len() < program.units.len() {
            let start = ranges.len();
            let is_known = |row: &Row| row.terms.iter().all(|(i, _)| *i < inputs + start);
            let end = (start..program.units.len()).find(|u| !is_known(&program.units[*u]));
            let end = end.unwrap_or(program.units.len());
            let mut relaxed = Relaxation::new(program, start, ranges, &self.domain());
            for unit in start..end {
                let row = &program.units[unit];
                let needs_units = row.terms.last().is_some_and(|(i, _)| *i >= inputs);
                let mut own = [Rational::ZERO, Rational::ZERO];
                for (side, bound) in own.iter_mut().enumerate() {
                    if side == 0 || needs_units {
                        self.look_up()?;
                    }
                    let sign = if side == 0 { 1.0 } else { -1.0 };
                    let mut multipliers = if needs_units {
                        relaxed.set_goal(&[(sign, row)]);
                        let end = relaxed.minimize(f64::INFINITY, &self.cells.domain, &mut || {
                            (self.stop)(self.nodes)
                        });
                        let mut multipliers = relaxed.proposed(end, &[(row, None)]);
                        if side == 1 {
                            multipliers.rows[0] = -&multipliers.rows[0];
                        }
                        multipliers
                    } else {
                        let one = if side == 0 { Rational::ONE } else { -Rational::ONE };
                        Multipliers { rows: vec![one], ..Multipliers::default() }
                    };
                    *bound = self.bound(side == 0, &[row], ranges, &mut multipliers);
                    let value = &*bound;
                    let (multipliers, is_lower) = (&multipliers, side == 0);
                    (self.sink)(Step::Bound { unit, is_lower, value, multipliers });
                }
                let [lo, hi] = own;
                ranges.push((lo, hi));
            }
        }
        Ok(())
    }

    /// The bound that multipliers prove, rounded outward to a short fraction.
    pub(super) fn bound(
        &self,
        is_lower: bool,
        rows: &[&Row],
        ranges: &[Range],
        multipliers: &mut Multipliers,
    ) -> Rational {
        let proved = pass(self.program(), rows, ranges, multipliers);
        multipliers.pull = self.domain().pull(&proved.form);
        let least = self.domain().lower_bound(&proved.form, &proved.constant, &multipliers.pull);
        let value = least / (multipliers.rows[0].abs() * &rows[0].scale);
        let size = nearest(&value).abs().clamp(1e-9, 1e30).log2().ceil() as i32;
        let grid = Rational::integer(2).pow(22 - size);
        let value = (value * &grid).floor() / grid;
        if is_lower { value } else { -value }
    }

    /// Narrows the ranges of open units to where the label is lost; by how much in all, or `None`
    /// if that is nowhere.
    pub(super) fn narrow(
        &mut self,
        own: &mut Relaxation<'a>,
        ranges: &mut [Range],
        class: usize,
    ) -> Result<Option<f64>> {
        let (program, margin) = (self.program(), self.cells.margins[class].1.clone());
        let slack = own.push(-1.0, &margin);
        let mut gained = 0.0f64;
        let units: Vec<usize> = own.open.iter().map(|open| open.unit).collect();
        for (unit, is_lower) in units.into_iter().flat_map(|unit| [(unit, true), (unit, false)]) {
            self.look_up()?;
            let row = &program.units[unit];
            own.set_goal(&[(if is_lower { 1.0 } else { -1.0 }, row)]);
            let end =
                own.minimize(f64::INFINITY, &self.cells.domain, &mut || (self.stop)(self.nodes));
            let mut multipliers = own.proposed(end, &[(row, None), (&margin, Some(slack))]);
            multipliers.rows[1] = multipliers.rows[1].clone().max(Rational::ZERO);
            if let End::Infeasible(..) = end {
                // No point has the other label: that may be provable at once.
                let mut leaf = multipliers.clone();
                leaf.rows.remove(0);
                if self.proves(&margin, ranges, &mut leaf) {
                    (self.sink)(Step::Leaf(&leaf));
                    return Ok(None);
                }
            }
            if !is_lower {
                multipliers.rows[0] = -&multipliers.rows[0];
            }
            let value = self.bound(is_lower, &[row, &margin], ranges, &mut multipliers);
            let range = &mut ranges[unit];
            let old = if is_lower { &mut range.0 } else { &mut range.1 };
            let change = if is_lower { &value - &*old } else { &*old - &value };
            if !change.is_positive() {
                continue;
            }
            let multipliers = &multipliers;
            (self.sink)(Step::Bound { unit, is_lower, value: &value, multipliers });
            gained += nearest(&change);
            *old = value;
            if range.0 > range.1 {
                (self.sink)(Step::Empty);
                return Ok(None);
            }
        }
        Ok(Some(gained))
    }
}
