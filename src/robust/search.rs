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
use std::rc::Rc;

/// The part of a radius below which a search begins anew.
const MUCH: f64 = 0.97;

/// Points a little nearer than the last one that a search takes as they come; from then on the
/// nearest one of a cell, of which there are finitely many.
const LITTLE: u32 = 128;

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
    /// The same, and the search was asked to stop.
    Interrupted(Witness),
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
    /// The nearest point that was found on the way.
    pub(super) shrunk: Option<Witness>,
    /// The radius at the beginning, in doubles.
    pub(super) reach: f64,
    /// How often a point was only a little nearer, in the searches before this one, too.
    pub little: u32,
}

pub(super) type Result<T> = std::result::Result<T, Outcome>;

impl<'a> Search<'a> {
    /// A search that has not begun.
    pub fn new(
        cells: Cells<'a>,
        sink: &'a mut dyn FnMut(Step<'_>),
        stop: &'a mut dyn FnMut(u64) -> bool,
    ) -> Self {
        let ascent = Ascent::new(cells.program, cells.domain.clone());
        let (shrunk, reach) = (None, cells.domain.near_radius);
        Self { cells, sink, stop, nodes: 0, ascent, shrunk, reach, little: 0 }
    }

    /// Searches.
    pub fn run(&mut self) -> Outcome {
        match (self.all(), self.shrunk.take()) {
            (Ok(()), None) => Outcome::Proved,
            // All that is farther out is done: what is left is a proof of this very distance.
            (Ok(()), Some(witness)) => Outcome::Nearer(witness),
            (Err(Outcome::Stopped | Outcome::Undecided), Some(witness)) => {
                Outcome::Interrupted(witness)
            }
            (Err(outcome), _) => outcome,
        }
    }

    pub(super) fn program(&self) -> &'a Program {
        self.cells.program
    }

    /// The margin at the centre: what small differences of margins are measured by.
    pub(super) fn unit(&self, class: usize) -> f64 {
        let center = self.program().near_entries(&self.cells.domain.near_center).0;
        self.cells.margins[class].1.near_at(&center).abs()
    }

    pub(super) fn domain(&self) -> Rc<Domain> {
        self.cells.domain.clone()
    }

    fn all(&mut self) -> Result<()> {
        if self.climbs() {
            return self.all_by_ascent();
        }
        let mut ranges = Vec::new();
        self.root_ranges(&mut ranges)?;
        let program = self.program();
        let relaxed = Relaxation::new(program, program.units.len(), &ranges, &self.domain());
        // The labels that seem nearest first: a nearer point saves the most work when found early.
        let mut order: Vec<(f64, usize)> = Vec::new();
        for class in 0..self.cells.margins.len() {
            let mut own = relaxed.clone();
            own.set_goal(&[(1.0, &self.cells.margins[class].1)]);
            own.minimize(f64::INFINITY, &self.cells.domain, &mut || (self.stop)(self.nodes));
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
            let mut own = Relaxation::new(program, program.units.len(), ranges, &self.domain());
            own.adopt(&before);
            let Some(gained) = self.narrow(&mut own, ranges, class)? else { return Ok(()) };
            before = own;
            if gained < 1e-3 {
                break;
            }
        }
        let mut relaxed = Relaxation::new(program, program.units.len(), ranges, &self.domain());
        relaxed.adopt(&before);
        relaxed.set_goal(&[(1.0, &self.cells.margins[class].1)]);
        self.node(relaxed, ranges, class)
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
        let unit = self.unit(class);
        for enough in [1e-6, 1e-3, f64::INFINITY] {
            let end = relaxed
                .minimize(enough * unit, &self.cells.domain, &mut || (self.stop)(self.nodes));
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
        bound.is_positive(&self.domain(), &multipliers.pull)
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
            relaxed.minimize(f64::INFINITY, &self.cells.domain, &mut || (self.stop)(self.nodes));
        let x = &relaxed.input(&self.domain())[..];
        let (entries, entering) = self.program().near_entries(x);
        let unit = self.unit(class);
        let margin = self.cells.margins[class].1.near_at(&entries);
        if margin < -1e-7 * unit
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
        let is_tie = best.is_none_or(|o| gaps[o].0 * (gaps[o].1 + 1e-6) < 1e-9 * unit);
        // Cuts of a ball leave a little more below 0 than rows do.
        let near = if self.domain().norm == Norm::L2 { -1e-3 } else { -1e-5 };
        if is_tie && relaxed.table.value > near * unit {
            let row = &self.cells.margins[class].1;
            for mut multipliers in relaxed.exactly(ranges, row, &self.domain()) {
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
        match self.cells.decide(ranges, class, self.little > LITTLE) {
            Last::Lost(witness) => {
                let radius = self.cells.domain.radius.as_ref();
                let part = Rational::new(31, 32);
                self.little += u32::from(radius.is_some_and(|r| witness.distance > r * &part));
                Err(Outcome::Nearer(witness))
            }
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

    /// Goes on in the smaller ball that a point was found for; begins anew where that is much
    /// smaller, since ranges are narrower there.
    pub(super) fn shrink(&mut self, witness: Witness) -> Result<()> {
        let Domain { norm, center, sides, .. } = &*self.cells.domain;
        let radius = Some(witness.distance.clone());
        let domain = Rc::new(Domain::new(*norm, center.clone(), sides.clone(), radius));
        if domain.near_radius < MUCH * self.reach {
            return Err(Outcome::Nearer(witness));
        }
        self.cells.domain = domain.clone();
        self.ascent.domain = domain;
        self.shrunk = Some(witness);
        Ok(())
    }

    /// A point of the open domain with the other label, near this one.
    pub(super) fn nearer(&self, x: &[f64], class: usize) -> Option<Witness> {
        let witness = self.cells.descend(x, class)?;
        let is_nearer = self.domain().radius.as_ref().is_none_or(|r| witness.distance < *r);
        is_nearer.then_some(witness)
    }
}
