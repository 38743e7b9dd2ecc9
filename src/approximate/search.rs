//! The greatest absolute value of a function on a box, by branch and bound.
//!
//! The part with the largest upper bound is halved next.

use crate::analysis::affine_arithmetic::{AffineArithmetic, AffineForm};
use crate::analysis::enclosure::DomainError;
use crate::exact::Rational;
use crate::net::InputBox;
use std::cmp::Ordering;
use std::collections::BinaryHeap;
use std::sync::atomic::{AtomicBool, Ordering as Memory};
use std::sync::{Mutex, PoisonError};

/// Binary places of the arithmetic on the parts of the box.
pub(super) const PLACES: u32 = 64;

/// Printed bounds are multiples of two to the minus this.
const MARGIN: i32 = 40;

/// A multiple of `2^-40` that exceeds `x` by more than any rounding, so that another arithmetic
/// confirms the bound.
pub(super) fn lifted(x: &Rational) -> Rational {
    let unit = Rational::integer(2).pow(MARGIN);
    ((x * &unit).ceil() + Rational::ONE) / unit
}

/// A multiple of `2^-40` below `x` by more than any rounding; at least zero.
pub(super) fn lowered(x: &Rational) -> Rational {
    let unit = Rational::integer(2).pow(MARGIN);
    (((x * &unit).floor() - Rational::ONE) / unit).max(Rational::ZERO)
}

/// Coordinate `i` of the point of `domain` that coordinate `e` in `[-1, 1]` stands for.
pub(super) fn stretched(domain: &InputBox, i: usize, e: &Rational) -> Rational {
    let (lo, hi) = (&domain.lo()[i], &domain.hi()[i]);
    lo + (hi - lo) * (e + Rational::ONE) / Rational::integer(2)
}

/// A box inside of `[-1, 1]^d`.
pub(super) type Cell = Vec<[Rational; 2]>;

/// A function on `[-1, 1]^d`.
pub(super) trait Target {
    /// The number `d` of variables.
    fn dimension(&self) -> usize;
    /// A form of the function on a box: symbol `i` runs along side `i`.
    fn form(
        &self,
        grid: &AffineArithmetic,
        cell: &[[Rational; 2]],
    ) -> Result<AffineForm, DomainError>;
}

/// When a search ends.
#[derive(Clone, Debug)]
pub struct Goal<'a> {
    /// End as soon as the error is known to be at most this, or known to be more.
    pub within: Option<Rational>,
    /// Without `within`: end when the upper bound exceeds the lower one by at most this part of it.
    pub tolerance: Rational,
    /// End after this number of boxes.
    pub limit: u64,
    /// End early if four times the number of boxes leaves more than nine tenths of the gap between
    /// the bounds.
    pub is_hasty: bool,
    /// End when this is set.
    pub stop: Option<&'a AtomicBool>,
    /// Updated now and then with the current bounds.
    pub progress: Option<&'a Progress>,
}

/// The state of a running search, readable from another thread.
#[derive(Debug, Default)]
pub struct Progress(Mutex<Standing>);

/// What is known: both bounds are proved.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// How many boxes were looked at.
    pub boxes: u64,
    /// The distance is at most this, if it is known to be bounded.
    pub upper: Option<Rational>,
    /// It is at least this.
    pub lower: Rational,
}

impl Progress {
    /// What is known now.
    pub fn standing(&self) -> Standing {
        // What is behind the lock is whole at any time.
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn tell(&self, standing: Standing) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = standing;
    }
}

/// Boxes between two updates of [`Progress`].
const PAUSE: u64 = 64;

impl Default for Goal<'_> {
    /// Within two percent, and a million boxes.
    fn default() -> Self {
        Self {
            within: None,
            tolerance: Rational::new(1, 50),
            limit: 1_000_000,
            is_hasty: false,
            stop: None,
            progress: None,
        }
    }
}

/// Bounds within two to the minus this of each other are as close as this arithmetic gets.
const DUST: i32 = 40;

impl Goal<'_> {
    /// Whether these bounds leave nothing to be asked.
    fn is_reached(&self, lower: &Rational, upper: Option<&Rational>) -> bool {
        self.is_reached_within(lower, upper, DUST)
    }

    /// The same of bounds that were rounded to multiples of `2^-40` for print.
    pub(super) fn is_settled_by(&self, lower: &Rational, upper: Option<&Rational>) -> bool {
        self.is_reached_within(lower, upper, DUST - 4)
    }

    fn is_reached_within(&self, lower: &Rational, upper: Option<&Rational>, dust: i32) -> bool {
        let Some(upper) = upper else {
            return self.within.as_ref().is_some_and(|within| lower > within);
        };
        match &self.within {
            Some(within) => lower > within || upper <= within,
            None => {
                let dust = Rational::integer(2).pow(-dust);
                upper - lower <= (&self.tolerance * upper).max(dust)
            }
        }
    }
}

/// Whether boxes help, asked whenever there are four times as many.
struct Pace {
    next: u64,
    gap: Option<Rational>,
}

impl Pace {
    fn new() -> Self {
        Self { next: 64, gap: None }
    }

    /// Whether the gap after `boxes` boxes is more than nine tenths of the gap before.
    fn is_stuck(&mut self, boxes: u64, gap: Option<Rational>) -> bool {
        if boxes < self.next {
            return false;
        }
        let is_first = self.next == 64;
        self.next = boxes.saturating_mul(4);
        let before = std::mem::replace(&mut self.gap, gap);
        match (before, &self.gap) {
            (_, None) => !is_first,
            (None, Some(_)) => false,
            (Some(before), Some(gap)) => {
                gap * Rational::integer(10) > before * Rational::integer(9)
            }
        }
    }
}

/// How the box was cut: the side along which a part is halved, or `None` where it is not.
///
/// Parts are listed from the first: a part that is cut is followed by all of its lower half, then
/// by all of its upper half.
pub type Cuts = Vec<Option<usize>>;

/// What a search found.
#[derive(Debug)]
pub(super) struct Found {
    /// An upper bound; `None` while the function is not bounded on some part.
    pub(super) upper: Option<Rational>,
    /// The greatest lower bound that was met, and its place.
    pub(super) lower: Rational,
    pub(super) place: Vec<Rational>,
    pub(super) boxes: u64,
    pub(super) cuts: Cuts,
}

/// A point where a function has no value, and why not.
pub(super) type Undefined = (Vec<Rational>, DomainError);

/// A part of the box.
struct Part {
    cell: Cell,
    /// Where the form is greatest.
    corner: Vec<Rational>,
    axis: usize,
    halves: Option<[usize; 2]>,
}

/// The parts that are not cut, the one with the greatest bound first; `None` is greater than all.
#[derive(PartialEq, Eq)]
struct Open(Option<Rational>, usize);

impl Ord for Open {
    fn cmp(&self, other: &Self) -> Ordering {
        let by_bound = match (&self.0, &other.0) {
            (None, None) => Ordering::Equal,
            (None, _) => Ordering::Greater,
            (_, None) => Ordering::Less,
            (a, b) => a.cmp(b),
        };
        by_bound.then(other.1.cmp(&self.1))
    }
}

impl PartialOrd for Open {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// A search under way.
struct Search<'a, T> {
    target: &'a T,
    grid: &'a AffineArithmetic,
    parts: Vec<Part>,
    open: BinaryHeap<Open>,
    lower: Rational,
    place: Vec<Rational>,
    boxes: u64,
}

/// The greatest absolute value on `[-1, 1]^d`.
///
/// Errors: the function is not defined at a point, which is returned.
pub(super) fn greatest<T: Target>(
    target: &T,
    grid: &AffineArithmetic,
    goal: &Goal<'_>,
) -> Result<Found, Undefined> {
    let dimension = target.dimension();
    let whole = vec![[-Rational::ONE, Rational::ONE]; dimension];
    let place = vec![Rational::ZERO; dimension];
    let (parts, open) = (Vec::new(), BinaryHeap::new());
    let mut search =
        Search { target, grid, parts, open, lower: Rational::ZERO, place: place.clone(), boxes: 0 };
    search.try_point(&place)?;
    search.add(whole);
    let mut pace = Pace::new();
    while let Some(Open(upper, index)) = search.open.pop() {
        let corner = search.parts[index].corner.clone();
        search.try_point(&corner)?;
        let is_reached = goal.is_reached(&search.lower, upper.as_ref());
        // One box first, then two more a step.
        if let Some(progress) = goal.progress.filter(|_| search.boxes % PAUSE == 1) {
            let (boxes, lower) = (search.boxes, lowered(&search.lower));
            progress.tell(Standing { boxes, upper: upper.as_ref().map(lifted), lower });
        }
        let is_stopped = goal.stop.is_some_and(|stop| stop.load(Memory::Relaxed));
        let gap = || upper.as_ref().map(|upper| upper - &search.lower);
        let is_stuck = goal.is_hasty && pace.is_stuck(search.boxes, gap());
        if is_reached || is_stopped || is_stuck || search.boxes >= goal.limit {
            search.open.push(Open(upper, index));
            break;
        }
        search.cut(index);
    }
    let upper = search.open.peek().and_then(|open| open.0.clone());
    let cuts = search.cuts();
    let Search { lower, place, boxes, .. } = search;
    Ok(Found { upper, lower, place, boxes, cuts })
}

/// The greatest of the absolute values at some points, at least those at zero, and its point.
pub(super) fn greatest_of<T: Target>(
    target: &T,
    grid: &AffineArithmetic,
    points: Vec<Vec<Rational>>,
) -> Result<(Rational, Vec<Rational>), Undefined> {
    let place = vec![Rational::ZERO; target.dimension()];
    let (parts, open) = (Vec::new(), BinaryHeap::new());
    let mut search =
        Search { target, grid, parts, open, lower: Rational::ZERO, place: place.clone(), boxes: 0 };
    [place].iter().chain(&points).try_for_each(|point| search.try_point(point))?;
    Ok((search.lower, search.place))
}

impl<T: Target> Search<'_, T> {
    /// Looks at the function at a point.
    fn try_point(&mut self, point: &[Rational]) -> Result<(), Undefined> {
        let cell: Cell = point.iter().map(|x| [x.clone(), x.clone()]).collect();
        let form = self.target.form(self.grid, &cell).map_err(|error| (point.to_vec(), error))?;
        let bounds = self.grid.bounds(&form);
        let least = bounds.lo().max(&-bounds.hi()).clone();
        if least > self.lower {
            self.lower = least;
            self.place = point.to_vec();
        }
        Ok(())
    }

    /// Looks at a part.
    fn add(&mut self, cell: Cell) {
        self.boxes += 1;
        let dimension = cell.len();
        self.grid.take_blame(dimension);
        let form = self.target.form(self.grid, &cell);
        let blame = self.grid.take_blame(dimension);
        let width = |i: usize| &cell[i][1] - &cell[i][0];
        // What is to blame; else the longest side.
        let weigh = |i: usize| (blame[i].clone(), width(i));
        let axis = (0..dimension).rev().max_by_key(|i| weigh(*i)).unwrap_or(0);
        let mut corner: Vec<Rational> =
            cell.iter().map(|[lo, hi]| (lo + hi) / Rational::integer(2)).collect();
        let mut upper = None;
        if let Ok(form) = form {
            let bounds = self.grid.bounds(&form);
            let is_high = *bounds.hi() >= -bounds.lo();
            for (i, is_positive) in form.directions() {
                corner[i] = cell[i][usize::from(is_positive == is_high)].clone();
            }
            upper = Some(bounds.hi().max(&-bounds.lo()).clone());
        }
        self.open.push(Open(upper, self.parts.len()));
        self.parts.push(Part { cell, corner, axis, halves: None });
    }

    /// Halves a part.
    fn cut(&mut self, index: usize) {
        let Part { cell, axis, .. } = &self.parts[index];
        let axis = *axis;
        let middle = (&cell[axis][0] + &cell[axis][1]) / Rational::integer(2);
        let (mut low, mut high) = (cell.clone(), cell.clone());
        low[axis][1] = middle.clone();
        high[axis][0] = middle;
        let first = self.parts.len();
        self.add(low);
        self.add(high);
        self.parts[index].halves = Some([first, first + 1]);
        // The cells of parts that are cut are not needed any more.
        self.parts[index].cell = Vec::new();
        self.parts[index].corner = Vec::new();
    }

    fn cuts(&self) -> Cuts {
        let (mut cuts, mut left) = (Vec::with_capacity(self.parts.len()), vec![0]);
        while let Some(index) = left.pop() {
            let Part { axis, halves, .. } = &self.parts[index];
            cuts.push(halves.map(|_| *axis));
            left.extend(halves.iter().flat_map(|[low, high]| [*high, *low]));
        }
        cuts
    }
}
