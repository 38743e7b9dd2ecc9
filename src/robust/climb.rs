//! Branch and bound by ascents, for networks of many layers and for l1 and l2: linear programs are
//! left to the nodes where splits gain no more.

use super::ascent::{Met, Slopes};
use super::cell::Witness;
use super::domain::Norm;
use super::pass::{Multipliers, Range};
use super::program::Row;
use super::relax::Relaxation;
use super::search::{Outcome, Result, Search, Step};
use super::simplex::End;
use crate::exact::Rational;
use crate::exact::float::nearest;

/// Steps of an ascent: for a range, for a label, for a node.
const STEPS: (usize, usize, usize) = (25, 100, 36);
/// Units that a split is tried on.
const TRIED: usize = 10;
/// What a bound has to be above 0, as a part of the margin at the centre.
const ENOUGH: f64 = 1e-6;
/// The part of a range in all that narrowing has to gain to be done once more.
const GAINED: f64 = 1e-3;

/// Ranges, exact and in doubles.
#[derive(Clone)]
struct Ranges {
    exact: Vec<Range>,
    near: Vec<(f64, f64)>,
}

/// What a linear program came to.
enum Tried {
    Proved,
    Found(Witness),
    Nothing,
}

/// A unit, whether it is on, and the range that it had.
type Split = (usize, bool, Range);

impl Ranges {
    fn set(&mut self, unit: usize, range: Range) {
        self.near[unit] = (nearest(&range.0), nearest(&range.1));
        self.exact[unit] = range;
    }
}

impl<'a> Search<'a> {
    /// Whether ascents are used at all.
    pub(super) fn climbs(&self) -> bool {
        let program = self.program();
        let is_deep = |row: &Row| row.terms.last().is_some_and(|(i, _)| *i >= program.inputs);
        program.units.iter().any(is_deep) || self.domain().norm != Norm::Linf
    }

    pub(super) fn all_by_ascent(&mut self) -> Result<()> {
        let ranges = self.ranges_by_ascent()?;
        let units = ranges.near.len();
        let margins = self.cells.margins;
        let mut order: Vec<(f64, usize)> = Vec::new();
        for (class, (_, row)) in margins.iter().enumerate() {
            let mut slopes = Slopes::new(&ranges.near, units, 0);
            let goal = [(1.0, row)];
            let met = self.ascent.climb(&goal, &ranges.near, &mut slopes, 10, f64::INFINITY);
            order.push((met.value, class));
        }
        order.sort_by(|a, b| a.0.total_cmp(&b.0));
        for (_, class) in order {
            (self.sink)(Step::Other(margins[class].0));
            let mut own = ranges.clone();
            let mut slopes = Slopes::new(&own.near, units, 0);
            if self.climbs_over(&own, &mut slopes, class, STEPS.1)?.is_none() {
                continue;
            }
            let mut is_lost = false;
            for _ in 0..2 {
                match self.narrow_by_ascent(&mut own, class, 0, STEPS.0)? {
                    Some(gained) if gained < GAINED => break,
                    Some(_) => {}
                    None => {
                        is_lost = true;
                        break;
                    }
                }
            }
            if !is_lost {
                self.node_by_ascent(&mut own, slopes, class, &mut Vec::new())?;
            }
        }
        Ok(())
    }

    /// Ranges of all units on the domain.
    fn ranges_by_ascent(&mut self) -> Result<Ranges> {
        let program = self.program();
        let mut ranges = Ranges { exact: Vec::new(), near: Vec::new() };
        for (unit, row) in program.units.iter().enumerate() {
            self.look_up()?;
            let needs_units = row.terms.last().is_some_and(|(i, _)| *i >= program.inputs);
            let mut own = [Rational::ZERO, Rational::ZERO];
            for (side, bound) in own.iter_mut().enumerate() {
                let sign = if side == 0 { 1.0 } else { -1.0 };
                let mut multipliers = match needs_units {
                    true => {
                        let goal = [(sign, row)];
                        let near = &ranges.near[..];
                        let mut slopes = Slopes::new(near, near.len(), 0);
                        let value =
                            self.ascent.climb(&goal, near, &mut slopes, 1, f64::INFINITY).value;
                        if value < 0.0 {
                            let all = f64::INFINITY;
                            self.ascent.climb(&goal, near, &mut slopes, STEPS.0, all);
                        }
                        self.ascent.proposed(&goal, near, &slopes)
                    }
                    false => Multipliers { rows: vec![Rational::ONE], ..Multipliers::default() },
                };
                if side == 1 {
                    multipliers.rows[0] = -&multipliers.rows[0];
                }
                *bound = self.bound(side == 0, &[row], &ranges.exact, &mut multipliers);
                let (value, multipliers, is_lower) = (&*bound, &multipliers, side == 0);
                (self.sink)(Step::Bound { unit, is_lower, value, multipliers });
            }
            let [lo, hi] = own;
            ranges.near.push((nearest(&lo), nearest(&hi)));
            ranges.exact.push((lo, hi));
        }
        Ok(ranges)
    }

    /// Narrows ranges of open units, from one on, to where the label is lost; by which parts of
    /// them in all, or `None` if that is nowhere.
    fn narrow_by_ascent(
        &mut self,
        ranges: &mut Ranges,
        class: usize,
        first: usize,
        steps: usize,
    ) -> Result<Option<f64>> {
        let program = self.program();
        let margin = &self.cells.margins[class].1;
        let mut gained = 0.0;
        for unit in first..program.units.len() {
            for is_lower in [true, false] {
                let (lo, hi) = ranges.near[unit];
                if lo >= 0.0 || hi <= 0.0 {
                    continue;
                }
                self.look_up()?;
                let row = &program.units[unit];
                let goal = [(if is_lower { 1.0 } else { -1.0 }, row), (1.0, margin)];
                let mut slopes = Slopes::new(&ranges.near, ranges.near.len(), 1);
                let all = f64::INFINITY;
                let met = self.ascent.climb(&goal, &ranges.near, &mut slopes, steps, all);
                let old = if is_lower { lo } else { -hi };
                // What hardly narrows the range is not worth its line.
                if met.value < old + 0.02 * (hi - lo) {
                    continue;
                }
                let mut multipliers = self.ascent.proposed(&goal, &ranges.near, &slopes);
                if !is_lower {
                    multipliers.rows[0] = -&multipliers.rows[0];
                }
                let value = self.bound(is_lower, &[row, margin], &ranges.exact, &mut multipliers);
                let (mut low, mut high) = ranges.exact[unit].clone();
                let end = if is_lower { &mut low } else { &mut high };
                let change = if is_lower { &value - &*end } else { &*end - &value };
                if !change.is_positive() {
                    continue;
                }
                let multipliers = &multipliers;
                (self.sink)(Step::Bound { unit, is_lower, value: &value, multipliers });
                gained += nearest(&change) / (hi - lo);
                *end = value;
                if low > high {
                    (self.sink)(Step::Empty);
                    return Ok(None);
                }
                ranges.set(unit, (low, high));
            }
        }
        Ok(Some(gained))
    }

    /// Tries to prove that no point here has the other label; where it is nearest to having it, if
    /// that was not proved.
    fn climbs_over(
        &mut self,
        ranges: &Ranges,
        slopes: &mut Slopes,
        class: usize,
        steps: usize,
    ) -> Result<Option<Met>> {
        self.look_up()?;
        let row = &self.cells.margins[class].1;
        let goal = [(1.0, row)];
        let enough = ENOUGH * self.unit(class);
        let met = self.ascent.climb(&goal, &ranges.near, slopes, steps, enough);
        if met.value > 0.0 {
            let mut multipliers = self.ascent.proposed(&goal, &ranges.near, slopes);
            if self.proves(row, &ranges.exact, &mut multipliers) {
                (self.sink)(Step::Leaf(&multipliers));
                return Ok(None);
            }
        }
        Ok(Some(met))
    }

    fn node_by_ascent(
        &mut self,
        ranges: &mut Ranges,
        mut slopes: Slopes,
        class: usize,
        path: &mut Vec<Split>,
    ) -> Result<()> {
        let unit = self.unit(class);
        // Again in a smaller ball after each nearer point.
        let (met, split) = loop {
            let Some(met) = self.climbs_over(ranges, &mut slopes, class, STEPS.2)? else {
                return Ok(());
            };
            let row = &self.cells.margins[class].1;
            let (entries, _) = self.program().near_entries(&met.input);
            if row.near_at(&entries) < -0.1 * ENOUGH * unit
                && let Some(witness) = self.nearer(&met.input, class)
            {
                self.shrink(witness)?;
                continue;
            }
            let split = self.best_split(ranges, &slopes, class);
            // Where splits gain little, the best multipliers are wanted exactly.
            let is_flat = split.is_none_or(|(_, value)| value < met.value + 0.1 * met.value.abs());
            let is_near = is_flat && met.value > -0.02 * unit;
            if split.is_none() || is_near {
                match self.at_optimum(ranges, &met, class, path)? {
                    Tried::Proved => return Ok(()),
                    Tried::Found(witness) => {
                        self.shrink(witness)?;
                        continue;
                    }
                    Tried::Nothing => {}
                }
            }
            if let Some((unit, _)) = split {
                break (met, unit);
            }
            match self.last(&ranges.exact, class) {
                Err(Outcome::Nearer(witness)) => self.shrink(witness)?,
                other => return other,
            }
        };
        let (_, entering) = self.program().near_entries(&met.input);
        let on_first = entering[split] > 0.0;
        (self.sink)(Step::Split { unit: split, on_first });
        for is_on in [on_first, !on_first] {
            let mut own = ranges.clone();
            let (lo, hi) = own.exact[split].clone();
            own.set(split, if is_on { (Rational::ZERO, hi) } else { (lo, Rational::ZERO) });
            path.push((split, is_on, ranges.exact[split].clone()));
            self.node_by_ascent(&mut own, slopes.clone(), class, path)?;
            path.pop();
        }
        Ok(())
    }

    /// The open unit whose worse side has the best bound, of those that lose most; that bound.
    fn best_split(
        &mut self,
        ranges: &mut Ranges,
        slopes: &Slopes,
        class: usize,
    ) -> Option<(usize, f64)> {
        let enough = ENOUGH * self.unit(class);
        let goal = [(1.0, &self.cells.margins[class].1)];
        let mut losses = self.ascent.look(&goal, &ranges.near, slopes).losses;
        losses.sort_by(|a, b| b.1.total_cmp(&a.1));
        let mut best: Option<(usize, f64, f64)> = None;
        for (unit, _) in losses.into_iter().take(TRIED) {
            let (lo, hi) = ranges.near[unit];
            let mut values = [(0.0, hi), (lo, 0.0)].map(|range| {
                ranges.near[unit] = range;
                self.ascent.value(&goal, &ranges.near, slopes).min(enough)
            });
            ranges.near[unit] = (lo, hi);
            values.sort_by(f64::total_cmp);
            let score = values[0] + 0.2 * values[1];
            if best.is_none_or(|(.., most)| score > most) {
                best = Some((unit, values[0], score));
            }
        }
        best.map(|(unit, value, _)| (unit, value))
    }

    /// Tries a linear program, and what its basis says exactly.
    fn at_optimum(
        &mut self,
        ranges: &Ranges,
        met: &Met,
        class: usize,
        path: &[Split],
    ) -> Result<Tried> {
        let (program, domain) = (self.program(), self.domain());
        let domain = &*domain;
        let row = &self.cells.margins[class].1;
        let mut before = ranges.exact.clone();
        path.iter().for_each(|(unit, _, range)| before[*unit] = range.clone());
        let mut relaxed = Relaxation::new(program, program.units.len(), &before, domain);
        for (unit, is_on, _) in path {
            let open = relaxed.open.iter().position(|open| open.unit == *unit);
            open.into_iter().for_each(|open| relaxed.fix(open, *is_on));
        }
        relaxed.lean(domain, &met.input);
        relaxed.set_goal(&[(1.0, row)]);
        if self.closes(&mut relaxed, &ranges.exact, class)? {
            return Ok(Tried::Proved);
        }
        let end = relaxed.minimize(f64::INFINITY, domain, &mut || (self.stop)(self.nodes));
        if end != End::Optimal {
            return Ok(Tried::Nothing);
        }
        if relaxed.table.value > -1e3 * ENOUGH * self.unit(class) {
            for mut multipliers in relaxed.exactly(&ranges.exact, row, domain) {
                if self.proves(row, &ranges.exact, &mut multipliers) {
                    (self.sink)(Step::Leaf(&multipliers));
                    return Ok(Tried::Proved);
                }
            }
        }
        let found = self.nearer(&relaxed.input(domain), class);
        Ok(found.map_or(Tried::Nothing, Tried::Found))
    }
}
