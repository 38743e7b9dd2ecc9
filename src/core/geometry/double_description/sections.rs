//! The number of parts into which the forms of a stage cut a cell, without making the parts.
//!
//! A hyperplane adds as many cells as the others cut out of it: `r(A) = r(A - H) + r(A / H)`,
//! inside a convex cell as on all of space (Zaslavsky 1975). So the walk makes sections instead of
//! halves. A section has one dimension less and fewer rays; on a segment the cuts are sorted.

use super::{Cell, Mesh, Rows};
use std::cmp::Reverse;
use std::ops::ControlFlow;

/// Called with a number of cells that were found; breaks to end the walk.
pub(super) type Add<'a> = dyn FnMut(u64) -> ControlFlow<()> + 'a;

impl Mesh {
    /// Hands to `add`, part by part, the number of cells into which these splits cut a cell without
    /// lines that has points on both sides of each of them. Breaks when `add` does.
    ///
    /// Cost: a section for each cell, less those that two splits make and those on a segment.
    /// Memory: a path of sections.
    pub(super) fn pieces(
        &mut self,
        cell: &mut Cell,
        rows: Rows<'_>,
        cuts: &[usize],
        add: &mut Add<'_>,
    ) -> ControlFlow<()> {
        if cuts.len() < 2 {
            return add(1 << cuts.len());
        }
        if let Some(points) = self.points(cell, rows, cuts) {
            return add(1 + points);
        }
        // Two of them need no section: those that cut the most edges, about.
        let mut cuts = cuts.to_vec();
        if cuts.len() > 2 {
            cuts.sort_by_cached_key(|&split| {
                let [above, below] = cell.ahead.rays_beside(split);
                Reverse(above * below)
            });
        }
        let (cells, done) = match self.sign_pairs(cell, rows, [cuts[0], cuts[1]]) {
            Some(pairs) => (pairs, 2),
            None => (2, 1),
        };
        add(cells)?;
        cell.make_room();
        let mut wanted = vec![0; rows.single.len().div_ceil(64)];
        for i in 0..cuts.len() {
            let (earlier, cut) = (&cuts[..i], cuts[i]);
            if i >= done {
                let mark = self.rays.len();
                let mut section = self.section(cell, Rows { wanted: &wanted, ..rows }, cut);
                let reach = |split: &usize| section.ahead.reach(*split);
                // Where an earlier one vanishes, this is the same hyperplane once more.
                if earlier.iter().all(|split| reach(split) != [false; 2]) {
                    let earlier = earlier.iter().copied();
                    let cuts: Vec<_> = earlier.filter(|split| reach(split) == [true; 2]).collect();
                    self.pieces(&mut section, rows, &cuts, add)?;
                }
                self.forget_rays(mark);
                self.spare.push(section);
            }
            wanted[cut / 64] |= 1 << (cut % 64);
        }
        ControlFlow::Continue(())
    }

    /// At how many points splits that cut a cell do so, if it is a segment and the shadows tell.
    fn points(&mut self, cell: &Cell, rows: Rows<'_>, cuts: &[usize]) -> Option<u64> {
        let &[p, q] = &cell.rays[..] else { return None };
        let forms: Option<Vec<usize>> = cuts.iter().map(|&split| rows.single[split]).collect();
        self.rays.points_between(&self.rows, &forms?, [p as usize, q as usize])
    }

    /// How many pairs of signs two splits take on a cell that both of them cut, if shadows tell.
    fn sign_pairs(&mut self, cell: &Cell, rows: Rows<'_>, cuts: [usize; 2]) -> Option<u64> {
        let side = |ray: usize, split: usize| cell.ahead.side(ray, split);
        let rays = cell.rays.iter().enumerate();
        let rays = rays.map(|(i, &ray)| (ray as usize, cuts.map(|split| side(i, split))));
        let forms = cuts.map(|split| rows.single[split]);
        self.rays.sign_pairs(&self.rows, [forms[0]?, forms[1]?], rays)
    }

    /// The part of a cell on the row of a split, and where it lies with respect to earlier ones.
    fn section(&mut self, cell: &Cell, rows: Rows<'_>, split: usize) -> Cell {
        let row = rows.single[split].expect("a split of the last stage has a single row");
        self.outlook(cell, row, split);
        let mut section = self.spare.pop().unwrap_or_default();
        section.start_from(cell, row);
        let bit = cell.facets.len();
        section.set_open(bit, false);
        let sides = std::mem::take(&mut self.sides);
        for (ray, _) in sides.iter().enumerate().filter(|(_, side)| side.sign().is_eq()) {
            section.copy_ray(cell, ray);
            section.mark_last(bit);
        }
        self.cut_edges(cell, &sides, row, rows, &mut [&mut section]);
        self.sides = sides;
        section
    }
}
