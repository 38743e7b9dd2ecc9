//! The depth-first walk over all cells of a piecewise-affine map, in the order of their choices.
//!
//! Splits are decided in the order of [`PiecewiseAffine::splits`]. Certificates rely on this order:
//! the checker meets the decisions of a path stage after stage and split after split.

use super::cell_queries::Leaf;
use super::{Cell, Cut, MadeOf, Mesh, Outlook, Progress, Rows, Tally};
use crate::geometry::piecewise_affine::{PiecewiseAffine, Signs, Split};
use std::ops::ControlFlow;

/// An observer of a walk.
pub trait Visitor<S> {
    /// Called at each cell of the last stage.
    fn leaf(&mut self, mesh: &mut Mesh, leaf: Leaf<'_, S>) -> ControlFlow<()>;

    /// Whether [`Self::cut`] reports a later split of the stage as soon as the cell is known to lie
    /// on one side of it. The report comes before the next split in order, and only once.
    fn looks_ahead(&self) -> bool {
        false
    }

    /// Called for each split with a single row, before it is decided.
    fn cut(&mut self, _mesh: &mut Mesh, _cell: &Cell, _cut: Cut) -> ControlFlow<()> {
        ControlFlow::Continue(())
    }

    /// Called when the walk enters a part of a cell that was split at this depth of choices.
    fn part(&mut self, _depth: usize) {}
}

impl<S, F: FnMut(&mut Mesh, Leaf<'_, S>) -> ControlFlow<()>> Visitor<S> for F {
    fn leaf(&mut self, mesh: &mut Mesh, leaf: Leaf<'_, S>) -> ControlFlow<()> {
        self(mesh, leaf)
    }
}

type Visit<'v, S> = dyn Visitor<S> + 'v;

/// A walk over the cells of a cascade, in the order of their choices.
pub struct Explorer<'c, C: PiecewiseAffine> {
    cascade: &'c C,
    pub(super) mesh: Mesh,
    /// Choices made so far.
    path: Vec<u32>,
    /// How many of them were forced by a form that vanishes identically.
    zeros: u32,
    /// Whether cells that are not full-dimensional count, too.
    pub(super) faces: bool,
    /// Only cells whose choices begin like this.
    prefix: &'c [u32],
    /// Choices after which a cell is a leaf, whatever stages are left.
    depth: usize,
    progress: Progress<'c>,
    tally: Tally,
}

impl<'c, C: PiecewiseAffine> Explorer<'c, C> {
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

    /// The walk within these limits.
    pub fn until(mut self, progress: Progress<'c>) -> Self {
        self.progress = progress;
        self
    }

    /// Counts the cells; the flag says whether the walk was complete.
    ///
    /// Cost: that of the cells before the last stage, and a section for each cell of the last one.
    pub fn count(mut self) -> (Tally, bool) {
        let ended = self.run(None).is_continue();
        (self.tally, ended)
    }

    /// Calls `visit` at every cell until it breaks; the flag says whether the walk was complete.
    pub fn visit(
        self,
        mut visit: impl FnMut(&mut Mesh, Leaf<'_, C::State>) -> ControlFlow<()>,
    ) -> (Tally, bool) {
        self.guide(&mut visit)
    }

    /// The same with a visitor that also observes the splits.
    pub fn guide(mut self, visit: &mut dyn Visitor<C::State>) -> (Tally, bool) {
        let ended = self.run(Some(visit)).is_continue();
        (self.tally, ended)
    }

    fn run(&mut self, visit: Option<&mut Visit<'_, C::State>>) -> ControlFlow<()> {
        let flow = self.walk(visit);
        let exact = self.mesh.rays.exact_signs();
        self.cascade.note(Signs { asked: self.mesh.asked, exact });
        flow
    }

    fn walk(&mut self, mut visit: Option<&mut Visit<'_, C::State>>) -> ControlFlow<()> {
        let (mesh, mut cell) = Mesh::whole(self.cascade.dimension());
        self.mesh = mesh;
        let first = self.mesh.rows.len();
        self.cascade.domain(&mut self.mesh.rows);
        for row in first..self.mesh.rows.len() {
            let outlook = self.mesh.look(&cell, row);
            match (outlook.above, outlook.below) {
                (true, true) => {
                    let rows =
                        Rows { single: &[], made_of: &MadeOf::default(), stage: 0, wanted: &[] };
                    [_, cell] = self.mesh.halves(cell, row, outlook, rows);
                }
                (true, false) => {}
                (false, _) => return ControlFlow::Continue(()),
            }
        }
        let state = self.cascade.start();
        self.stage(cell, &state, None, &mut visit)
    }

    /// Walks through one stage and everything after it.
    fn stage(
        &mut self,
        mut cell: Cell,
        state: &C::State,
        before: Option<&Stage<'_, C::State>>,
        visit: &mut Option<&mut Visit<'_, C::State>>,
    ) -> ControlFlow<()> {
        let stage = before.map_or(0, |before| before.stage + 1);
        if stage == self.cascade.stages() || self.path.len() >= self.depth {
            return self.leaf(cell, state, visit);
        }
        let marks = (self.mesh.rows.len(), self.mesh.rays.len());
        let splits = self.cascade.splits(state, &mut self.mesh.rows);
        let rows: Vec<_> = splits.iter().map(Split::row).collect();
        let last = stage + 1 == self.cascade.stages() && rows.iter().all(Option::is_some);
        let (start, splits) = (self.path.len(), &splits[..]);
        let made_of = self.made_of(before, stage, splits.len());
        let latest = Latest::default();
        let stage = Stage { state, stage, splits, rows, made_of, last, start, latest };
        cell.ahead.forget();
        let flow = self.splits(cell, &stage, 0, visit);
        self.mesh.forget_rays(marks.1);
        self.mesh.rows.truncate(marks.0);
        flow
    }

    /// The rows of the previous stage on which the row of each split depends.
    fn made_of(&self, before: Option<&Stage<'_, C::State>>, stage: usize, splits: usize) -> MadeOf {
        let mut all = MadeOf::default();
        let Some(before) = before else { return all };
        let choices = &self.path[before.start..];
        if !self.cascade.may_be_made(stage, choices) {
            return all;
        }
        let mut parts = Vec::new();
        all.of.reserve(splits);
        for split in 0..splits {
            parts.clear();
            let first = all.rows.len();
            let constant = self.cascade.made_of(stage, split, choices, &mut parts);
            // The constant form is row 0.
            all.rows.extend((constant == Some(true)).then_some(0));
            let single = |part: &u32| before.rows[*part as usize].expect("it has a single row");
            all.of.push(constant.map(|_| {
                all.rows.extend(parts.iter().map(single));
                first..all.rows.len()
            }));
        }
        all
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
            if !self.faces && !cell.ahead.is_known() && !cell.has_lines() {
                self.mesh.foresee(&mut cell, stage.rows(), at);
            }
            if visit.is_none() && self.may_count(&cell, stage, at) {
                return self.count_pieces(cell, stage, at);
            }
            if let Some(visit) = visit {
                self.tell(&mut cell, stage, at, *visit)?;
            }
            if let Some((choice, zero)) = self.foreseen_way(&cell, stage, at) {
                if self.is_beside(choice) {
                    return ControlFlow::Continue(());
                }
                self.path.push(choice);
                self.zeros += u32::from(zero);
                at += 1;
                continue;
            }
            let mark = self.mesh.rays.len();
            let mut ways = match self.sole_way(cell, stage, at) {
                Ok((choice, only, zero)) => {
                    if self.is_beside(choice) {
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
                if let Some(visit) = visit {
                    visit.part(depth);
                }
                self.splits(cell, stage, at, visit)?;
                self.path.truncate(depth);
            }
            self.mesh.forget_rays(mark);
            self.zeros = zeros;
            return ControlFlow::Continue(());
        }
        let flow = match at < stage.splits.len() {
            true => self.leaf(cell, stage.state, visit),
            false => self.next_stage(cell, stage, visit),
        };
        self.zeros = zeros;
        flow
    }

    /// Whether a choice differs from the prefix that the walk is limited to.
    fn is_beside(&self, choice: u32) -> bool {
        self.prefix.get(self.path.len()).is_some_and(|&wanted| wanted != choice)
    }

    /// Enters the next stage with a cell for which all splits of this one are decided.
    fn next_stage(
        &mut self,
        cell: Cell,
        stage: &Stage<'_, C::State>,
        visit: &mut Option<&mut Visit<'_, C::State>>,
    ) -> ControlFlow<()> {
        let choices = &self.path[stage.start..];
        let (mut before, next) = match stage.latest.take() {
            Some((others, other)) => {
                let next = self.cascade.next_from(stage.state, choices, (&others, &other));
                (others, next)
            }
            None => (Vec::new(), self.cascade.next(stage.state, choices)),
        };
        before.clear();
        before.extend_from_slice(choices);
        let flow = self.stage(cell, &next, Some(stage), visit);
        stage.latest.set(Some((before, next)));
        flow
    }

    /// Reports the next split in order, after the later ones that are decided already.
    fn tell(
        &mut self,
        cell: &mut Cell,
        stage: &Stage<'_, C::State>,
        at: usize,
        visit: &mut Visit<'_, C::State>,
    ) -> ControlFlow<()> {
        let Some(row) = stage.rows[at].filter(|_| !cell.ahead.is_told(at)) else {
            return ControlFlow::Continue(());
        };
        let depth = self.path.len();
        let news = if visit.looks_ahead() { cell.ahead.news(at) } else { Vec::new() };
        for (split, above) in news {
            if let Some(row) = stage.rows[split] {
                let cut = Cut { depth, ahead: split - at, row, sides: [!above, above] };
                visit.cut(&mut self.mesh, cell, cut)?;
            }
        }
        let [above, below] = match cell.ahead.is_known() {
            true => cell.ahead.reach(at),
            false => {
                let Outlook { above, below, .. } = self.mesh.look(cell, row);
                [above, below]
            }
        };
        visit.cut(&mut self.mesh, cell, Cut { depth, ahead: 0, row, sides: [below, above] })
    }

    /// Whether the splits from `at` on are the last ones, all cells that they make count, and
    /// [`Self::count_pieces`] knows how.
    fn may_count(&self, cell: &Cell, stage: &Stage<'_, C::State>, at: usize) -> bool {
        let easy = cell.ahead.is_known() || at + 1 == stage.splits.len();
        let within = self.prefix.len() <= self.path.len()
            && stage.splits.len() - at <= self.depth - self.path.len();
        stage.last && !self.faces && within && easy
    }

    /// Counts the cells into which the splits from `at` on cut a cell: known ahead, or only one.
    fn count_pieces(
        &mut self,
        mut cell: Cell,
        stage: &Stage<'_, C::State>,
        at: usize,
    ) -> ControlFlow<()> {
        if !cell.ahead.is_known() {
            let row = stage.rows[at].expect("a split of the last stage has a single row");
            let Outlook { above, below, .. } = self.mesh.look(&cell, row);
            return self
                .add(1 + u64::from(above && below), self.zeros + u32::from(!above && !below));
        }
        let (cuts, zeros) = cell.ahead.cuts(at..stage.splits.len());
        let (zeros, tally, progress) = (self.zeros + zeros, &mut self.tally, self.progress);
        let mut add = |cells| tally.add(cells, zeros, progress);
        self.mesh.pieces(&mut cell, stage.rows(), &cuts, &mut add)?;
        self.mesh.spare.push(cell);
        ControlFlow::Continue(())
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
        self.tally.add(cells, zeros, self.progress)
    }
}

/// A stage in the middle of its splits.
pub(super) struct Stage<'s, S> {
    state: &'s S,
    stage: usize,
    pub(super) splits: &'s [Split],
    /// The row of each split that has a single one.
    pub(super) rows: Vec<Option<usize>>,
    /// The rows of the previous stage on which each row depends, as far as this is known.
    made_of: MadeOf,
    /// Whether all splits have, and no stage comes after.
    last: bool,
    /// Where its choices begin on the path.
    start: usize,
    /// The choices of the cell that the walk visited last, and the state after them.
    latest: Latest<S>,
}

type Latest<S> = std::cell::Cell<Option<(Vec<u32>, S)>>;

impl<S> Stage<'_, S> {
    pub(super) fn rows(&self) -> Rows<'_> {
        Rows { single: &self.rows, made_of: &self.made_of, stage: self.stage, wanted: &[] }
    }
}
