//! The depth-first walk over all cells of a cascade.

use super::leaf::Leaf;
use super::{Cell, Cut, Mesh, Outlook};
use crate::geometry::cascade::{Cascade, Split};
use std::cmp::Ordering;
use std::ops::ControlFlow;
use std::sync::atomic::{AtomicBool, Ordering as Memory};

/// How many cells were found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// All of them.
    pub cells: u64,
    /// Those on which no form of the cascade vanishes identically.
    pub strict: u64,
}

/// What a walk that was asked to stop is told by.
#[derive(Clone, Copy, Debug)]
pub struct Progress<'a> {
    /// Stop when this many cells were found.
    pub limit: u64,
    /// Stop when this becomes true.
    pub stop: Option<&'a AtomicBool>,
}

impl Progress<'_> {
    /// Never stop.
    pub const UNBOUNDED: Progress<'static> = Progress { limit: u64::MAX, stop: None };
}

/// Who looks at what a walk finds.
pub trait Visitor<S> {
    /// A cell at the end of the walk.
    fn leaf(&mut self, mesh: &mut Mesh, leaf: Leaf<'_, S>) -> ControlFlow<()>;

    /// A split by a single form, before it is decided; not told of others.
    fn cut(&mut self, _mesh: &mut Mesh, _cell: &Cell, _cut: Cut) -> ControlFlow<()> {
        ControlFlow::Continue(())
    }
}

impl<S, F: FnMut(&mut Mesh, Leaf<'_, S>) -> ControlFlow<()>> Visitor<S> for F {
    fn leaf(&mut self, mesh: &mut Mesh, leaf: Leaf<'_, S>) -> ControlFlow<()> {
        self(mesh, leaf)
    }
}

type Visit<'v, S> = dyn Visitor<S> + 'v;

/// A walk over the cells of a cascade, in the order of their choices.
pub struct Explorer<'c, C: Cascade> {
    cascade: &'c C,
    mesh: Mesh,
    /// Choices made so far.
    path: Vec<u32>,
    /// How many of them were forced by a form that vanishes identically.
    zeros: u32,
    /// Whether cells that are not full-dimensional count, too.
    faces: bool,
    /// Only cells whose choices begin like this.
    prefix: &'c [u32],
    /// Choices after which a cell is a leaf, whatever stages are left.
    depth: usize,
    progress: Progress<'c>,
    tally: Tally,
}

/// One way to go on: the choice, the cell, and whether a form vanishes on it.
type Way = (u32, Cell, bool);

impl<'c, C: Cascade> Explorer<'c, C> {
    /// A walk over all full-dimensional cells.
    pub fn new(cascade: &'c C) -> Self {
        let (mesh, _) = Mesh::whole(cascade.dimension());
        Self {
            cascade,
            mesh,
            path: Vec::new(),
            zeros: 0,
            faces: false,
            prefix: &[],
            depth: usize::MAX,
            progress: Progress::UNBOUNDED,
            tally: Tally::default(),
        }
    }

    /// The walk that counts every non-empty set of equal choices, where a form that vanishes counts
    /// as not positive: lower-dimensional ones, too.
    pub fn with_faces(mut self) -> Self {
        self.faces = true;
        self
    }

    /// The part of the walk where the choices begin with `prefix`.
    pub fn below(mut self, prefix: &'c [u32]) -> Self {
        self.prefix = prefix;
        self
    }

    /// The walk over the cells of the first `depth` splits only.
    pub fn to_depth(mut self, depth: usize) -> Self {
        self.depth = depth;
        self
    }

    /// The walk that stops when it is told to.
    pub fn until(mut self, progress: Progress<'c>) -> Self {
        self.progress = progress;
        self
    }

    /// Counts without looking at the cells; the flag says whether the walk came to its end.
    pub fn count(mut self) -> (Tally, bool) {
        let ended = self.run(None).is_continue();
        (self.tally, ended)
    }

    /// Calls `visit` at every cell, until it breaks; the flag says whether it never did.
    pub fn visit(
        self,
        mut visit: impl FnMut(&mut Mesh, Leaf<'_, C::State>) -> ControlFlow<()>,
    ) -> (Tally, bool) {
        self.guide(&mut visit)
    }

    /// The same for a visitor that wants to know the splits, too.
    pub fn guide(mut self, visit: &mut dyn Visitor<C::State>) -> (Tally, bool) {
        let ended = self.run(Some(visit)).is_continue();
        (self.tally, ended)
    }

    fn run(&mut self, mut visit: Option<&mut Visit<'_, C::State>>) -> ControlFlow<()> {
        let (mesh, mut cell) = Mesh::whole(self.cascade.dimension());
        self.mesh = mesh;
        let first = self.mesh.rows.len();
        self.cascade.domain(&mut self.mesh.rows);
        for row in first..self.mesh.rows.len() {
            let outlook = self.mesh.look(&cell, row);
            match (outlook.above, outlook.below) {
                (true, true) => [_, cell] = self.mesh.halves(cell, row, outlook),
                (true, false) => {}
                (false, _) => return ControlFlow::Continue(()),
            }
        }
        let state = self.cascade.start();
        self.stage(cell, &state, 0, &mut visit)
    }

    /// Walks through one stage and everything after it.
    fn stage(
        &mut self,
        cell: Cell,
        state: &C::State,
        stage: usize,
        visit: &mut Option<&mut Visit<'_, C::State>>,
    ) -> ControlFlow<()> {
        if stage == self.cascade.stages() || self.path.len() >= self.depth {
            return self.leaf(cell, state, visit);
        }
        let marks = (self.mesh.rows.len(), self.mesh.rays.len());
        let splits = self.cascade.splits(state, &mut self.mesh.rows);
        let start = self.path.len();
        let flow = self.splits(cell, &Stage { state, stage, splits: &splits, start }, 0, visit);
        self.mesh.rays.truncate(marks.1);
        self.mesh.rows.truncate(marks.0);
        flow
    }

    fn splits(
        &mut self,
        mut cell: Cell,
        stage: &Stage<'_, C::State>,
        mut at: usize,
        visit: &mut Option<&mut Visit<'_, C::State>>,
    ) -> ControlFlow<()> {
        let zeros = self.zeros;
        while at < stage.splits.len() && self.path.len() < self.depth {
            if visit.is_none() && self.is_last(stage, at) {
                return self.tally_last(cell, &stage.splits[at]);
            }
            if let (Some(visit), Split::Levels(rows)) = (visit.as_mut(), &stage.splits[at])
                && rows.len() == 1
            {
                let Outlook { above, below, .. } = self.mesh.look(&cell, rows.start);
                let depth = self.path.len();
                let cut = Cut { depth, row: rows.start, sides: [below, above] };
                visit.cut(&mut self.mesh, &cell, cut)?;
            }
            let mark = self.mesh.rays.len();
            let mut ways = match self.sole_way(cell, &stage.splits[at]) {
                Ok((choice, only, zero)) => {
                    if self.prefix.get(self.path.len()).is_some_and(|&wanted| wanted != choice) {
                        return ControlFlow::Continue(());
                    }
                    // No return to this split, so its rays stay until the stage ends.
                    self.path.push(choice);
                    self.zeros += u32::from(zero);
                    (cell, at) = (only, at + 1);
                    continue;
                }
                Err(ways) => ways,
            };
            at += 1;
            if let Some(wanted) = self.prefix.get(self.path.len()) {
                ways.retain(|(choice, ..)| choice == wanted);
            }
            let depth = self.path.len();
            let before = self.zeros;
            for (choice, cell, zero) in ways {
                self.path.push(choice);
                self.zeros = before + u32::from(zero);
                self.splits(cell, stage, at, visit)?;
                self.path.truncate(depth);
            }
            self.mesh.rays.truncate(mark);
            self.zeros = zeros;
            return ControlFlow::Continue(());
        }
        let flow = if at < stage.splits.len() {
            self.leaf(cell, stage.state, visit)
        } else {
            let next = self.cascade.next(stage.state, &self.path[stage.start..]);
            self.stage(cell, &next, stage.stage + 1, visit)
        };
        self.zeros = zeros;
        flow
    }

    /// Whether split `at` is the last one and its cells need only be counted.
    fn is_last(&self, stage: &Stage<'_, C::State>, at: usize) -> bool {
        let single = |split: &Split| matches!(split, Split::Levels(rows) if rows.len() == 1);
        at + 1 == stage.splits.len()
            && stage.stage + 1 == self.cascade.stages()
            && !self.faces
            && self.prefix.len() <= self.path.len()
            && single(&stage.splits[at])
    }

    fn tally_last(&mut self, cell: Cell, split: &Split) -> ControlFlow<()> {
        let Split::Levels(rows) = split else { unreachable!("the last split has one row") };
        let outlook = self.mesh.look(&cell, rows.start);
        self.mesh.spare.push(cell);
        let zero = !outlook.above && !outlook.below;
        self.add(1 + u64::from(outlook.above && outlook.below), self.zeros + u32::from(zero))
    }

    fn leaf(
        &mut self,
        cell: Cell,
        state: &C::State,
        visit: &mut Option<&mut Visit<'_, C::State>>,
    ) -> ControlFlow<()> {
        if let Some(visit) = visit {
            let leaf = Leaf { pattern: &self.path, zeros: self.zeros, state, cell: &cell };
            visit.leaf(&mut self.mesh, leaf)?;
        }
        self.mesh.spare.push(cell);
        self.add(1, self.zeros)
    }

    fn add(&mut self, cells: u64, zeros: u32) -> ControlFlow<()> {
        self.tally.cells += cells;
        if zeros == 0 {
            self.tally.strict += cells;
        }
        let stopped = self.progress.stop.is_some_and(|stop| stop.load(Memory::Relaxed));
        match self.tally.cells >= self.progress.limit || stopped {
            true => ControlFlow::Break(()),
            false => ControlFlow::Continue(()),
        }
    }

    /// The way on from a split if there is one only, and all of them otherwise.
    fn sole_way(&mut self, cell: Cell, split: &Split) -> Result<Way, Vec<Way>> {
        if let Split::Levels(rows) = split
            && rows.len() == 1
        {
            return match self.cut(cell, rows.start) {
                (Some(below), None, zero) => Ok((0, below, zero)),
                (None, Some(above), zero) => Ok((1, above, zero)),
                (below, above, zero) => {
                    let below = below.map(|cell| (0, cell, zero));
                    let above = above.map(|cell| (1, cell, false));
                    Err(below.into_iter().chain(above).collect())
                }
            };
        }
        let mut ways = self.ways(cell, split);
        match ways.len() {
            1 => Ok(ways.pop().expect("there is one")),
            _ => Err(ways),
        }
    }

    /// The ways on from a split, in the order of their choices.
    fn ways(&mut self, cell: Cell, split: &Split) -> Vec<Way> {
        match split {
            Split::Levels(rows) => self.levels(cell, rows.clone()),
            Split::Greatest { entries, differences } => self.greatest(cell, entries, *differences),
        }
    }

    fn levels(&mut self, mut cell: Cell, rows: std::ops::Range<usize>) -> Vec<Way> {
        let mut ways = Vec::with_capacity(rows.len() + 1);
        for (choice, row) in rows.clone().enumerate() {
            let (below, above, zero) = self.cut(cell, row);
            if let Some(below) = below {
                ways.push((choice as u32, below, zero));
            }
            match above {
                Some(above) => cell = above,
                None => return ways,
            }
        }
        ways.push((rows.len() as u32, cell, false));
        ways
    }

    /// The parts where a row is not positive and where it is, and whether it vanishes on the cell.
    fn cut(&mut self, cell: Cell, row: usize) -> (Option<Cell>, Option<Cell>, bool) {
        let outlook = self.mesh.look(&cell, row);
        match outlook {
            Outlook { above: true, below: true, .. } => {
                let facet = cell.facets.len();
                let [mut below, above] = self.mesh.halves(cell, row, outlook);
                if self.faces {
                    // Room may have been made, so the new facet is the last one.
                    below.set_open(below.facets.len().min(facet + 1) - 1, false);
                }
                (Some(below), Some(above), false)
            }
            Outlook { above: true, .. } if self.faces => {
                let on = |ray: usize| self.mesh.sides[ray].sign() == Ordering::Equal;
                let below = cell.face(on);
                let (sides, mut above) = (cell.rays.len(), cell);
                above.add_facet(row, (0..sides).filter(|&r| on(r)));
                (below, Some(above), false)
            }
            Outlook { above: true, .. } => (None, Some(cell), false),
            Outlook { below, .. } => (Some(cell), None, !below),
        }
    }

    fn greatest(&mut self, cell: Cell, entries: &[u32], differences: usize) -> Vec<Way> {
        let n = entries.len();
        let row = |a: usize, b: usize| differences + a * (2 * n - a - 1) / 2 + b - a - 1;
        let mut ways = Vec::new();
        for (i, &entry) in entries.iter().enumerate() {
            let mut part = Some(cell.clone());
            let mut zero = false;
            for j in (0..n).filter(|&j| j != i) {
                let Some(cell) = part.take() else { break };
                let (earlier, later, equal) = self.cut(cell, row(i.min(j), i.max(j)));
                part = if j < i { later } else { earlier };
                zero |= equal;
            }
            ways.extend(part.map(|cell| (entry, cell, zero)));
        }
        ways
    }
}

/// A stage in the middle of its splits.
struct Stage<'s, S> {
    state: &'s S,
    stage: usize,
    splits: &'s [Split],
    /// Where its choices begin on the path.
    start: usize,
}
