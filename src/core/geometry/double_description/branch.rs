//! The parts of a cell at a split, one for each choice that occurs.

use super::explore::Stage;
use super::{Cell, Explorer, Outlook, Rows};
use crate::geometry::piecewise_affine::{PiecewiseAffine, Split};
use std::cmp::Ordering;
use std::ops::Range;

/// One part: the choice, the cell, and whether a form of the split vanishes on it.
type Way = (u32, Cell, bool);

impl<C: PiecewiseAffine> Explorer<'_, C> {
    /// The choice at a split if it is known ahead that there is one only, and whether the form
    /// vanishes: what [`Self::sole_way`] finds, without touching the cell.
    pub(super) fn foreseen_way(
        &self,
        cell: &Cell,
        stage: &Stage<'_, C::State>,
        at: usize,
    ) -> Option<(u32, bool)> {
        if self.faces || !cell.ahead.is_known() {
            return None;
        }
        stage.rows[at]?;
        match cell.ahead.reach(at) {
            [true, true] => None,
            [above, below] => Some((u32::from(above), !above && !below)),
        }
    }

    /// The part at a split if there is only one, otherwise all parts.
    pub(super) fn sole_way(
        &mut self,
        cell: Cell,
        stage: &Stage<'_, C::State>,
        at: usize,
    ) -> Result<Way, Vec<Way>> {
        if let Some(row) = stage.rows[at] {
            return match self.cut(cell, row, Some(at), stage.rows()) {
                (Some(below), None, zero) => Ok((0, below, zero)),
                (None, Some(above), zero) => Ok((1, above, zero)),
                (below, above, zero) => {
                    let below = below.map(|cell| (0, cell, zero));
                    let above = above.map(|cell| (1, cell, false));
                    Err(below.into_iter().chain(above).collect())
                }
            };
        }
        let split = &stage.splits[at];
        if let Split::Greatest { entries, differences } = split
            && !self.faces
            && let Some((choice, zero)) = self.sole_greatest(&cell, entries, *differences)
        {
            return Ok((choice, cell, zero));
        }
        let mut ways = self.ways(cell, split, stage.rows());
        match ways.len() {
            1 => Ok(ways.pop().expect("there is one")),
            _ => Err(ways),
        }
    }

    /// The parts at a split, in the order of their choices.
    fn ways(&mut self, cell: Cell, split: &Split, all: Rows<'_>) -> Vec<Way> {
        match split {
            Split::Levels(rows) => self.levels(cell, rows.clone(), all),
            Split::Greatest { entries, differences } => {
                self.greatest(cell, entries, *differences, all)
            }
        }
    }

    fn levels(&mut self, mut cell: Cell, rows: Range<usize>, all: Rows<'_>) -> Vec<Way> {
        let mut ways = Vec::with_capacity(rows.len() + 1);
        for (choice, row) in rows.clone().enumerate() {
            let (below, above, zero) = self.cut(cell, row, None, all);
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

    /// The parts where a row is not positive and where it is, and whether it vanishes on the cell;
    /// `split` is its number if it is the only row of a split.
    fn cut(
        &mut self,
        cell: Cell,
        row: usize,
        split: Option<usize>,
        all: Rows<'_>,
    ) -> (Option<Cell>, Option<Cell>, bool) {
        let outlook = match split {
            Some(split) => self.mesh.outlook(&cell, row, split),
            None => self.mesh.look(&cell, row),
        };
        match outlook {
            Outlook { above: true, below: true, .. } => {
                let facet = cell.facets.len();
                let [mut below, above] = self.mesh.halves(cell, row, outlook, all);
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

    /// The entry that is the greatest on all of a cell, and whether two entries are equal there;
    /// `None` if no comparison in order tells.
    fn sole_greatest(
        &mut self,
        cell: &Cell,
        entries: &[u32],
        differences: usize,
    ) -> Option<(u32, bool)> {
        let mut best = 0;
        for later in 1..entries.len() {
            let row = Split::difference(entries.len(), differences, best, later);
            match self.mesh.look(cell, row) {
                Outlook { above: true, below: true, .. } => return None,
                Outlook { above: true, .. } => best = later,
                Outlook { .. } => {}
            }
        }
        Some((entries[best], self.has_equal(cell, entries.len(), differences)))
    }

    /// Whether two of so many entries are equal on all of a cell, be they the greatest or not.
    fn has_equal(&mut self, cell: &Cell, entries: usize, differences: usize) -> bool {
        let pairs = entries * (entries - 1) / 2;
        (differences..differences + pairs).any(|row| self.mesh.vanishes(cell, row))
    }

    fn greatest(
        &mut self,
        cell: Cell,
        entries: &[u32],
        differences: usize,
        all: Rows<'_>,
    ) -> Vec<Way> {
        let n = entries.len();
        let row = |a: usize, b: usize| Split::difference(n, differences, a, b);
        let zero = self.has_equal(&cell, n, differences);
        let mut ways = Vec::new();
        for (i, &entry) in entries.iter().enumerate() {
            let mut part = Some(cell.clone());
            for j in (0..n).filter(|&j| j != i) {
                let Some(cell) = part.take() else { break };
                let (earlier, later, _) = self.cut(cell, row(i.min(j), i.max(j)), None, all);
                part = if j < i { later } else { earlier };
            }
            ways.extend(part.map(|cell| (entry, cell, zero)));
        }
        ways
    }
}
