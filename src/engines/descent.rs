//! Counting by linear programs, for cells with too many vertices for the double description.
//!
//! A branch that the box decides is not asked. Of the others doubles propose a point inside, or
//! multipliers against one, and both are proved by the bounds of [`crate::exact::vectors`]. What
//! they do not prove an exact linear program decides.

use crate::exact::Rational;
use crate::exact::float::{nearest, power_of_two};
use crate::exact::vectors::{NearBox, Vectors};
use crate::geometry::double_description::Tally;
use crate::geometry::piecewise_affine::{PiecewiseAffine, Signs, Split};
use crate::lp::{Feasibility, Lines, System, propose};
use crate::net::InputBox;
use crate::net::regions::{Cells, Domain, Question};
use std::cell::{Cell, RefCell};
use std::cmp::Ordering;
use std::ops::ControlFlow;
use std::rc::Rc;

/// The most sides of a box whose corners are kept. Measured: from nine on, a deep network on it is
/// counted sooner by linear programs.
const FEW_SIDES: usize = 8;

/// Whether cells have so many corners here that [`crate::Engine::Descent`] counts them sooner than
/// [`crate::Engine::Mesh`]: a box with more than eight sides.
pub fn has_many_corners(domain: &Domain) -> bool {
    matches!(domain, Domain::Box(sides) if sides.lo().len() > FEW_SIDES)
}

/// The proper activation regions found by [`crate::Engine::Descent`] until `go_on` breaks, and
/// whether the walk was complete. `go_on` receives the number of regions at each of them, and in
/// between.
///
/// Cost: a linear program for each branch that the box does not decide and no known point lies in.
/// Memory: one path. Law: the domain is the one that the cells were compiled for.
pub fn descend(
    cells: &Cells,
    domain: &Domain,
    mut go_on: impl FnMut(u64) -> ControlFlow<()>,
) -> (Tally, bool) {
    cells.ask(Descent { domain, go_on: RefCell::new(&mut go_on) })
}

type GoOn<'a> = &'a mut dyn FnMut(u64) -> ControlFlow<()>;

struct Descent<'a> {
    domain: &'a Domain,
    go_on: RefCell<GoOn<'a>>,
}

impl Question for Descent<'_> {
    type Answer = (Tally, bool);
    fn ask<C: PiecewiseAffine>(&self, map: &C) -> (Tally, bool) {
        let mut go_on = self.go_on.borrow_mut();
        let mut walk = Walk::new(map, self.domain, &mut **go_on);
        let ended = walk.begin(self.domain).is_continue();
        map.note(walk.signs);
        (walk.tally, ended)
    }
}

/// Where the form of a row is positive, or where it is negative.
#[derive(Clone, Copy, Debug)]
struct Half {
    row: usize,
    above: bool,
}

impl Half {
    /// What makes the form positive in this half.
    fn sign(self) -> f64 {
        if self.above { 1.0 } else { -1.0 }
    }

    fn is_side(self, side: Option<Ordering>) -> bool {
        side == Some(if self.above { Ordering::Greater } else { Ordering::Less })
    }
}

/// A point that is proved to lie in a cell, if one is known.
type Point = Option<Rc<Vec<f64>>>;

/// A branch of a cell: the choice, the halves that make it beside the box, a point, and how many
/// forms of the split vanish.
struct Way {
    choice: u32,
    halves: Vec<Half>,
    point: Point,
    zeros: u32,
}

struct Stage<'s, S> {
    state: &'s S,
    number: usize,
    splits: &'s [Split],
    /// Where its choices begin.
    start: usize,
    /// The choices of the cell that was visited last, and the state after them.
    latest: Cell<Option<(Vec<u32>, S)>>,
}

struct Walk<'a, C> {
    map: &'a C,
    sides: Option<&'a InputBox>,
    /// A box around the domain.
    around: NearBox,
    /// A closed box in the domain; `None` where doubles are too coarse for one.
    inside: Option<NearBox>,
    rows: Vectors,
    /// The halves in which the cell lies, but for those in which all of the box does.
    path: Vec<Half>,
    choices: Vec<u32>,
    zeros: u32,
    tally: Tally,
    signs: Signs,
    go_on: GoOn<'a>,
}

impl<'a, C: PiecewiseAffine> Walk<'a, C> {
    fn new(map: &'a C, domain: &'a Domain, go_on: GoOn<'a>) -> Self {
        let n = map.dimension();
        let sides = if let Domain::Box(sides) = domain { Some(sides) } else { None };
        let ends = |end: fn(&InputBox) -> &[Rational], none: f64, shift: fn(f64) -> f64| match sides
        {
            Some(sides) => end(sides).iter().map(|x| shift(nearest(x))).collect(),
            None => vec![none; n],
        };
        let (least, most) = (f64::NEG_INFINITY, f64::INFINITY);
        let around = NearBox {
            lower: ends(InputBox::lo, least, f64::next_down),
            upper: ends(InputBox::hi, most, f64::next_up),
        };
        let inside = NearBox {
            lower: ends(InputBox::lo, least, f64::next_up),
            upper: ends(InputBox::hi, most, f64::next_down),
        };
        let has_room = inside.lower.iter().zip(&inside.upper).all(|(lo, hi)| lo < hi);
        Self {
            map,
            sides,
            around,
            inside: has_room.then_some(inside),
            rows: Vectors::new(n + 1),
            path: Vec::new(),
            choices: Vec::new(),
            zeros: 0,
            tally: Tally::default(),
            signs: Signs::default(),
            go_on,
        }
    }

    fn begin(&mut self, domain: &Domain) -> ControlFlow<()> {
        if matches!(domain, Domain::Polyhedron(_)) {
            self.map.domain(&mut self.rows);
            self.path.extend((0..self.rows.len()).map(|row| Half { row, above: true }));
        }
        match self.inhabited(&[])? {
            None => ControlFlow::Continue(()),
            Some(point) => {
                let state = self.map.start();
                self.stage(&state, 0, point)
            }
        }
    }

    /// Walks through one stage and everything after it.
    fn stage(&mut self, state: &C::State, number: usize, point: Point) -> ControlFlow<()> {
        if number == self.map.stages() {
            self.tally.cells += 1;
            self.tally.strict += u64::from(self.zeros == 0);
            return (self.go_on)(self.tally.cells);
        }
        let mark = self.rows.len();
        let splits = self.map.splits(state, &mut self.rows);
        let (splits, start, latest) = (&splits[..], self.choices.len(), Cell::default());
        let flow = self.splits(&Stage { state, number, splits, start, latest }, 0, point);
        self.rows.truncate(mark);
        flow
    }

    fn splits(
        &mut self,
        stage: &Stage<'_, C::State>,
        mut at: usize,
        mut point: Point,
    ) -> ControlFlow<()> {
        while at < stage.splits.len() {
            let mut ways = self.ways(&stage.splits[at], &point)?;
            at += 1;
            if ways.len() == 1
                && let Some(only) = ways.pop()
            {
                point = self.enter(only);
                continue;
            }
            let marks = (self.choices.len(), self.path.len(), self.zeros);
            for way in ways {
                let point = self.enter(way);
                self.splits(stage, at, point)?;
                self.choices.truncate(marks.0);
                self.path.truncate(marks.1);
                self.zeros = marks.2;
            }
            return ControlFlow::Continue(());
        }
        let choices = &self.choices[stage.start..];
        let next = match stage.latest.take() {
            Some((others, other)) => self.map.next_from(stage.state, choices, (&others, &other)),
            None => self.map.next(stage.state, choices),
        };
        let choices = choices.to_vec();
        let flow = self.stage(&next, stage.number + 1, point);
        stage.latest.set(Some((choices, next)));
        flow
    }

    fn enter(&mut self, way: Way) -> Point {
        self.choices.push(way.choice);
        self.path.extend(way.halves);
        self.zeros += way.zeros;
        way.point
    }

    /// The branches of the cell at a split.
    fn ways(&mut self, split: &Split, point: &Point) -> ControlFlow<(), Vec<Way>> {
        (self.go_on)(self.tally.cells)?;
        let mut ways = Vec::new();
        match split {
            Split::Levels(rows) => {
                for choice in 0..=rows.len() {
                    let above = choice.checked_sub(1).map(|last| (rows.start + last, true));
                    let below = (choice < rows.len()).then(|| (rows.start + choice, false));
                    let halves = above.into_iter().chain(below);
                    ways.extend(self.way(choice as u32, halves, point)?);
                }
            }
            Split::Greatest { entries, differences } => {
                let n = entries.len();
                let row = |a: usize, b: usize| Split::difference(n, *differences, a, b);
                for (i, &entry) in entries.iter().enumerate() {
                    let others = (0..n).filter(|&j| j != i);
                    let halves = others.map(|j| (row(i.min(j), i.max(j)), j < i));
                    ways.extend(self.way(entry, halves, point)?);
                }
                // Two entries that are equal make no cell strict, be they the greatest or not.
                let pairs = *differences..differences + n * (n - 1) / 2;
                let equal = pairs.filter(|&row| self.rows.vanishes(row)).count() as u32;
                ways.iter_mut().for_each(|way| way.zeros = equal);
            }
        }
        ControlFlow::Continue(ways)
    }

    /// The branch where rows are positive, or are not; `None` if it has no interior.
    fn way(
        &mut self,
        choice: u32,
        halves: impl Iterator<Item = (usize, bool)>,
        point: &Point,
    ) -> ControlFlow<(), Option<Way>> {
        let (mut zeros, mut kept) = (0, Vec::new());
        for half in halves.map(|(row, above)| Half { row, above }) {
            self.signs.asked += 1;
            if self.rows.vanishes(half.row) {
                if half.above {
                    return ControlFlow::Continue(None);
                }
                zeros += 1;
                continue;
            }
            let most = |weight| self.rows.most_on(&[(half.row, weight)], &self.around);
            if most(half.sign()) <= 0.0 {
                return ControlFlow::Continue(None);
            }
            if most(-half.sign()) > 0.0 {
                kept.push(half);
            }
        }
        let holds =
            |x: &Rc<Vec<f64>>| kept.iter().all(|half| half.is_side(self.rows.sign_at(half.row, x)));
        let point = match point.as_ref().filter(|x| holds(x)) {
            Some(point) => Some(Some(point.clone())),
            None if kept.is_empty() => Some(None),
            None => self.inhabited(&kept)?,
        };
        ControlFlow::Continue(point.map(|point| Way { choice, halves: kept, point, zeros }))
    }

    /// Whether some point of the cell is in all of these halves, and one if doubles know it.
    fn inhabited(&mut self, halves: &[Half]) -> ControlFlow<(), Option<Point>> {
        let all: Vec<Half> = self.path.iter().chain(halves).copied().collect();
        match self.proposed(&all)? {
            Some(answer) => ControlFlow::Continue(answer),
            None => {
                self.signs.exact += 1;
                ControlFlow::Continue(self.decided(&all))
            }
        }
    }

    /// The same, if doubles prove the answer.
    fn proposed(&mut self, all: &[Half]) -> ControlFlow<(), Option<Option<Point>>> {
        (self.go_on)(self.tally.cells)?;
        let Some(inside) = &self.inside else { return ControlFlow::Continue(None) };
        let mut lines = Lines::new(inside.lower.clone(), inside.upper.clone());
        for half in all {
            let (constant, rates) = self.rows.near(half.row).split_first().expect("a constant");
            let normal: Vec<f64> = rates.iter().map(|x| -half.sign() * x).collect();
            if lines.push(&normal, half.sign() * constant, false, 0).is_none() {
                return ControlFlow::Continue(None);
            }
        }
        let (go_on, cells) = (&mut self.go_on, self.tally.cells);
        let proposal = propose(&lines, &[], &mut || go_on(cells).is_continue());
        let Some(proposal) = proposal else { return ControlFlow::Break(()) };
        if proposal.depth > 0.0 && self.holds(&proposal.point, all) {
            return ControlFlow::Continue(Some(Some(Some(Rc::new(proposal.point)))));
        }
        let scaled = proposal.multipliers.iter().zip(&proposal.exponents);
        let weights = scaled.zip(all).filter(|((y, _), _)| **y > 0.0);
        let weights: Vec<(usize, f64)> = weights
            .map(|((y, e), half)| (half.row, half.sign() * y * power_of_two(-i64::from(*e))))
            .collect();
        let is_refuted = !weights.is_empty() && self.rows.most_on(&weights, &self.around) <= 0.0;
        ControlFlow::Continue(is_refuted.then_some(None))
    }

    /// Whether a point is proved to be in the box and in all of these halves.
    fn holds(&self, x: &[f64], all: &[Half]) -> bool {
        let Some(NearBox { lower, upper }) = &self.inside else { return false };
        x.iter().zip(lower.iter().zip(upper)).all(|(x, (lo, hi))| lo <= x && x <= hi)
            && x.iter().all(|x| x.is_finite())
            && all.iter().all(|half| half.is_side(self.rows.sign_at(half.row, x)))
    }

    /// The same by an exact linear program.
    fn decided(&self, all: &[Half]) -> Option<Point> {
        let mut system = System::new(self.map.dimension());
        if let Some(sides) = self.sides {
            let ends = sides.lo().iter().zip(sides.hi()).enumerate();
            ends.for_each(|(j, (lo, hi))| system.between(j, lo, hi));
        }
        for half in all {
            let mut row = self.rows.pushed(half.row);
            if half.above {
                row[1..].iter_mut().for_each(|x| *x = -&*x);
            } else {
                row[0] = -&row[0];
            }
            let constant = row.remove(0);
            system.below(row, constant);
        }
        let Feasibility::Point(x) = system.feasible() else { return None };
        let near: Vec<f64> = x.iter().map(nearest).collect();
        Some(self.holds(&near, all).then(|| Rc::new(near)))
    }
}
