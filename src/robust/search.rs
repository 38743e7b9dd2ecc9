//! Branch and bound: nothing in the domain has another label, or a nearer point that has.

use super::ascent::Ascent;
use super::cell::{Cells, Witness};
use super::domain::{Domain, Norm};
use super::last::Last;
use super::pass::{Multipliers, Range, pass};
use super::program::{Program, Row};
use super::relax::Relaxation;
use super::simplex::End;
use crate::exact::Rational;
use crate::exact::float::nearest;

/// One line of a proof, in the order in which a checker reads them.
#[derive(Clone, Debug)]
pub enum Step<'s> {
    /// A bound of what enters a unit, from here on below.
    Bound {
        /// The unit.
        unit: usize,
        /// Whether it bounds from below.
        is_lower: bool,
        /// The bound.
        value: &'s Rational,
        /// Of the unit's row (its negative for an upper bound), and of the margin if there is one.
        multipliers: &'s Multipliers,
    },
    /// The other label that is excluded now.
    Other(usize),
    /// The unit is off in one subtree and on in the other.
    Split {
        /// The unit.
        unit: usize,
        /// Whether the subtree where it is on comes first.
        on_first: bool,
    },
    /// No point here has the other label.
    Leaf(&'s Multipliers),
    /// The last bound left no point here.
    Empty,
}

/// How a search ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Every point of the domain keeps the label.
    Proved,
    /// A point of the domain does not.
    Nearer(Witness),
    /// The search was asked to stop.
    Stopped,
    /// A node was neither proved nor refuted: a fault of the search, never of the answer.
    Undecided,
}

/// A search on one domain.
pub struct Search<'a> {
    /// What is searched.
    pub cells: Cells<'a>,
    /// Reads each step of the proof.
    pub sink: &'a mut dyn FnMut(Step<'_>),
    /// Told the number of nodes so far; whether to stop.
    pub stop: &'a mut dyn FnMut(u64) -> bool,
    /// Nodes so far.
    pub nodes: u64,
    pub(super) ascent: Ascent<'a>,
}

pub(super) type Result<T> = std::result::Result<T, Outcome>;

impl<'a> Search<'a> {
    /// A search that has not begun.
    pub fn new(
        cells: Cells<'a>,
        sink: &'a mut dyn FnMut(Step<'_>),
        stop: &'a mut dyn FnMut(u64) -> bool,
    ) -> Self {
        let ascent = Ascent::new(cells.program, cells.domain);
        Self { cells, sink, stop, nodes: 0, ascent }
    }

    /// Searches.
    pub fn run(&mut self) -> Outcome {
        match self.all() {
            Ok(()) => Outcome::Proved,
            Err(outcome) => outcome,
        }
    }

    pub(super) fn program(&self) -> &'a Program {
        self.cells.program
    }

    pub(super) fn domain(&self) -> &'a Domain {
        self.cells.domain
    }

    fn all(&mut self) -> Result<()> {
        if self.climbs() {
            return self.all_by_ascent();
        }
        let mut ranges = Vec::new();
        self.root_ranges(&mut ranges)?;
        let program = self.program();
        let relaxed = Relaxation::new(program, program.units.len(), &ranges, self.domain());
        // The labels that seem nearest first: a nearer point saves the most work when found early.
        let mut order: Vec<(f64, usize)> = Vec::new();
        for class in 0..self.cells.margins.len() {
            let mut own = relaxed.clone();
            own.set_goal(&[(1.0, &self.cells.margins[class].1)]);
            own.minimize(f64::INFINITY, self.cells.domain, &mut || (self.stop)(self.nodes));
            order.push((own.table.value, class));
        }
        order.sort_by(|a, b| a.0.total_cmp(&b.0));
        for (_, class) in order {
            (self.sink)(Step::Other(self.cells.margins[class].0));
            let mut own = relaxed.clone();
            own.set_goal(&[(1.0, &self.cells.margins[class].1)]);
            self.class(own, &mut ranges.clone(), class)?;
        }
        Ok(())
    }

    pub(super) fn look_up(&mut self) -> Result<()> {
        self.nodes += 1;
        if (self.stop)(self.nodes) { Err(Outcome::Stopped) } else { Ok(()) }
    }

    /// Ranges of all units on the domain, level by level.
    fn root_ranges(&mut self, ranges: &mut Vec<Range>) -> Result<()> {
        let program = self.program();
        let inputs = program.inputs;
        while ranges.len() < program.units.len() {
            let start = ranges.len();
            let is_known = |row: &Row| row.terms.iter().all(|(i, _)| *i < inputs + start);
            let end = (start..program.units.len()).find(|u| !is_known(&program.units[*u]));
            let end = end.unwrap_or(program.units.len());
            let mut relaxed = Relaxation::new(program, start, ranges, self.domain());
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
                        let end = relaxed.minimize(f64::INFINITY, self.cells.domain, &mut || {
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

    fn class(
        &mut self,
        mut relaxed: Relaxation<'a>,
        ranges: &mut Vec<Range>,
        class: usize,
    ) -> Result<()> {
        let program = self.program();
        if self.closes(&mut relaxed, ranges, class)? {
            return Ok(());
        }
        // Only points that have the other label matter: that narrows the ranges.
        let mut before = relaxed;
        for _ in 0..2 {
            let mut own = Relaxation::new(program, program.units.len(), ranges, self.domain());
            own.adopt(&before);
            let Some(gained) = self.narrow(&mut own, ranges, class)? else { return Ok(()) };
            before = own;
            if gained < 1e-3 {
                break;
            }
        }
        let mut relaxed = Relaxation::new(program, program.units.len(), ranges, self.domain());
        relaxed.adopt(&before);
        relaxed.set_goal(&[(1.0, &self.cells.margins[class].1)]);
        self.node(relaxed, ranges, class)
    }

    /// Narrows the ranges of open units to where the label is lost; by how much in all, or `None`
    /// if that is nowhere.
    fn narrow(
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
                own.minimize(f64::INFINITY, self.cells.domain, &mut || (self.stop)(self.nodes));
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

    /// Tries to prove that no point here has the other label.
    pub(super) fn closes(
        &mut self,
        relaxed: &mut Relaxation<'_>,
        ranges: &[Range],
        class: usize,
    ) -> Result<bool> {
        self.look_up()?;
        let row = &self.cells.margins[class].1;
        for enough in [1e-6, 1e-3, f64::INFINITY] {
            let end = relaxed.minimize(enough, self.cells.domain, &mut || (self.stop)(self.nodes));
            let is_refuted = match end {
                End::Above | End::Infeasible(..) => true,
                End::Optimal => relaxed.table.value > 0.0,
                End::Stuck => false,
            };
            if !is_refuted {
                return Ok(false);
            }
            let mut multipliers = relaxed.proposed(end, &[(row, None)]);
            if self.proves(row, ranges, &mut multipliers) {
                (self.sink)(Step::Leaf(&multipliers));
                return Ok(true);
            }
            if end != End::Above {
                break;
            }
        }
        Ok(false)
    }

    /// Whether the multipliers keep the label here.
    pub(super) fn proves(
        &self,
        row: &Row,
        ranges: &[Range],
        multipliers: &mut Multipliers,
    ) -> bool {
        let bound = pass(self.program(), &[row], ranges, multipliers);
        // A tie knows its pull exactly.
        if multipliers.pull.is_zero() {
            multipliers.pull = self.domain().pull(&bound.form);
        }
        bound.is_positive(self.domain(), &multipliers.pull)
    }

    fn node(
        &mut self,
        mut relaxed: Relaxation<'_>,
        ranges: &mut Vec<Range>,
        class: usize,
    ) -> Result<()> {
        if self.closes(&mut relaxed, ranges, class)? {
            return Ok(());
        }
        let end =
            relaxed.minimize(f64::INFINITY, self.cells.domain, &mut || (self.stop)(self.nodes));
        let x = &relaxed.input(self.domain())[..];
        let (entries, entering) = self.program().near_entries(x);
        let margin = self.cells.margins[class].1.near_at(&entries);
        if margin < -1e-7
            && let Some(witness) = self.nearer(x, class)
        {
            return Err(Outcome::Nearer(witness));
        }
        let is_open = |range: &Range| range.0.is_negative() && range.1.is_positive();
        let gaps = relaxed.gaps(end);
        let best = (0..relaxed.open.len())
            .filter(|o| is_open(&ranges[relaxed.open[*o].unit]))
            .max_by(|a, b| {
                let score = |o: usize| gaps[o].0.max(0.0) * (gaps[o].1 + 1e-6);
                score(*a).total_cmp(&score(*b))
            });
        let is_tie = best.is_none_or(|o| gaps[o].0 * (gaps[o].1 + 1e-6) < 1e-9);
        // Cuts of a ball leave a little more below 0 than rows do.
        let near = if self.domain().norm == Norm::L2 { -1e-3 } else { -1e-5 };
        if is_tie && relaxed.table.value > near {
            let row = &self.cells.margins[class].1;
            for mut multipliers in relaxed.exactly(ranges, row, self.domain()) {
                if self.proves(row, ranges, &mut multipliers) {
                    (self.sink)(Step::Leaf(&multipliers));
                    return Ok(());
                }
            }
        }
        if is_tie && let Some(witness) = self.nearer(x, class) {
            return Err(Outcome::Nearer(witness));
        }
        let Some(open) = best else { return self.last(ranges, class) };
        let unit = relaxed.open[open].unit;
        let on_first = entering[unit] > 0.0;
        (self.sink)(Step::Split { unit, on_first });
        for is_on in [on_first, !on_first] {
            let mut child = relaxed.clone();
            child.fix(open, is_on);
            let old = ranges[unit].clone();
            match is_on {
                true => ranges[unit].0 = Rational::ZERO,
                false => ranges[unit].1 = Rational::ZERO,
            }
            self.node(child, ranges, class)?;
            ranges[unit] = old;
        }
        Ok(())
    }

    /// Decides a node where every unit is fixed, exactly.
    pub(super) fn last(&mut self, ranges: &[Range], class: usize) -> Result<()> {
        match self.cells.decide(ranges, class) {
            Last::Lost(witness) => Err(Outcome::Nearer(witness)),
            Last::Kept(mut multipliers) => {
                let row = &self.cells.margins[class].1;
                match self.proves(row, ranges, &mut multipliers) {
                    true => (self.sink)(Step::Leaf(&multipliers)),
                    false => return Err(Outcome::Undecided),
                }
                Ok(())
            }
        }
    }

    /// A point of the open domain with the other label, near this one.
    pub(super) fn nearer(&self, x: &[f64], class: usize) -> Option<Witness> {
        let witness = self.cells.descend(x, class)?;
        let is_nearer = self.domain().radius.as_ref().is_none_or(|r| witness.distance < *r);
        is_nearer.then_some(witness)
    }
}
