//! Convex cells by their extreme rays, cut by one hyperplane after another.
//!
//! A polyhedron `{x : f_i(x) >= 0}` is the section `x_0 = 1` of a cone, and the cone is kept as its
//! extreme rays (vertices, and directions at infinity) beside its facets. A form cuts the cell when
//! two rays lie on different sides of it; the new rays lie on the edges between the sides. This is
//! the double description method with one bit set for each ray. It solves no linear system. Cells
//! of the last stage are counted without being made, by deletion and restriction inside the cell
//! that contains them.
//!
//! Source: Motzkin, Raiffa, Thompson and Thrall (1953); the combinatorial test for edges is that of
//! Fukuda and Prodon (1996). Lines of a cone that is not pointed are kept apart until a form cuts
//! them, so unbounded domains need no box.

mod branch;
mod cell;
mod cell_queries;
mod explore;
mod limits;
mod sections;
mod sign_lookahead;

pub use cell::Cell;
pub use cell_queries::{Cut, Face, Leaf};
pub use explore::{Explorer, Visitor};
pub use limits::{Progress, Tally};

use crate::exact::vectors::{Hull, Side, Vectors};
use cell::Incidence;
use sign_lookahead::{Ahead, Seen};
use std::cmp::Ordering;
use std::ops::Range;

/// On which sides of a form a cell has points.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Outlook {
    above: bool,
    below: bool,
    /// The first line that the form cuts.
    line: Option<usize>,
}

/// The rows of the splits of one stage.
#[derive(Clone, Copy, Debug)]
struct Rows<'a> {
    /// The row of each split that has a single one.
    single: &'a [Option<usize>],
    made_of: &'a MadeOf,
    /// Which stage it is.
    stage: usize,
    /// The splits whose sides are still needed, as a bit set; all of them if it is empty.
    wanted: &'a [u64],
}

/// The rows of the previous stage on which the row of each split depends linearly.
#[derive(Clone, Debug, Default)]
struct MadeOf {
    rows: Vec<usize>,
    /// The range of `rows` for each split; empty if nothing is known of any split.
    of: Vec<Option<Range<usize>>>,
}

impl MadeOf {
    fn of(&self, split: usize) -> Option<&[usize]> {
        let range = self.of.get(split)?.as_ref()?;
        Some(&self.rows[range.clone()])
    }
}

/// The forms and the rays that cells refer to by index. Both lists are stacks.
#[derive(Clone, Debug)]
pub struct Mesh {
    /// Forms; row 0 is `x_0`, positive away from infinity.
    rows: Vectors,
    rays: Vectors,
    /// The sides of the rays and lines of the cell that [`Self::look`] was last called with.
    sides: Vec<Side>,
    line_sides: Vec<Side>,
    /// Where rays lie with respect to the forms of each stage.
    seen: Vec<Seen>,
    /// Cells whose memory is reused.
    spare: Vec<Cell>,
    /// The same for incidences.
    incidence: Incidence,
    /// The same for what a new ray inherits, and the splits that it does not.
    between: (Vec<u64>, Vec<usize>),
    /// The same for sets of facets.
    facets: Vec<u64>,
    /// The same for the forms that vanish on a new ray.
    walls: Vec<usize>,
    /// The same for a box around new rays.
    hull: Hull,
    /// How many signs were asked for.
    asked: u64,
}

impl Mesh {
    /// The cell that is the whole space of this dimension.
    fn whole(dimension: usize) -> (Self, Cell) {
        let unit = |i: usize| {
            let mut unit = vec![0; dimension + 1];
            unit[i] = 1;
            unit
        };
        let (mut rows, mut rays) = (Vectors::new(dimension + 1), Vectors::new(dimension + 1));
        rows.push_words(&unit(0));
        (0..=dimension).for_each(|i| {
            rays.push_words(&unit(i));
        });
        let cell = Cell {
            width: 1,
            facets: vec![0],
            rays: vec![0],
            tight: vec![0],
            lines: (1..=dimension as u32).collect(),
            open: vec![1],
            ahead: Ahead::default(),
        };
        let mesh = Self {
            rows,
            rays,
            sides: Vec::new(),
            line_sides: Vec::new(),
            seen: Vec::new(),
            spare: Vec::new(),
            incidence: Incidence::default(),
            between: Default::default(),
            facets: Vec::new(),
            walls: Vec::new(),
            hull: Hull::default(),
            asked: 0,
        };
        (mesh, cell)
    }

    /// Computes where the cell lies with respect to a row.
    fn look(&mut self, cell: &Cell, row: usize) -> Outlook {
        self.sides.clear();
        self.line_sides.clear();
        self.asked += (cell.rays.len() + cell.lines.len()) as u64;
        let mut outlook = Outlook { above: false, below: false, line: None };
        for (i, &line) in cell.lines.iter().enumerate() {
            let side = self.rays.side(&self.rows, row, line as usize);
            if outlook.line.is_none() && side.sign() != Ordering::Equal {
                outlook = Outlook { above: true, below: true, line: Some(i) };
            }
            self.line_sides.push(side);
        }
        for &ray in &cell.rays {
            let side = self.rays.side(&self.rows, row, ray as usize);
            match side.sign() {
                Ordering::Greater => outlook.above = true,
                Ordering::Less => outlook.below = true,
                Ordering::Equal => {}
            }
            self.sides.push(side);
        }
        outlook
    }

    /// Whether a row vanishes on all of the cell.
    fn vanishes(&mut self, cell: &Cell, row: usize) -> bool {
        let (rays, rows) = (&mut self.rays, &self.rows);
        let mut is_on = |&ray: &u32| rays.side(rows, row, ray as usize).sign().is_eq();
        cell.lines.iter().chain(&cell.rays).all(&mut is_on)
    }

    /// On which sides of a split the cell has points; computes where it lies if that is on both.
    fn outlook(&mut self, cell: &Cell, row: usize, split: usize) -> Outlook {
        match cell.ahead.is_known().then(|| cell.ahead.reach(split)) {
            Some([above, below]) if !(above && below) => Outlook { above, below, line: None },
            Some(_) => {
                self.sides.clear();
                for (ray, &index) in cell.rays.iter().enumerate() {
                    let side = match cell.ahead.side(ray, split) {
                        Ordering::Equal => Side::ZERO,
                        _ => self.rays.side(&self.rows, row, index as usize),
                    };
                    self.sides.push(side);
                }
                Outlook { above: true, below: true, line: None }
            }
            None => self.look(cell, row),
        }
    }

    /// Cuts a cell in two along the row that it was last looked at with: below and above. The rows
    /// of its stage are those that `ahead` knows of.
    fn halves(
        &mut self,
        mut cell: Cell,
        row: usize,
        outlook: Outlook,
        rows: Rows<'_>,
    ) -> [Cell; 2] {
        cell.make_room();
        let halves = match outlook.line {
            Some(line) => self.halve_along(&cell, row, line),
            None => self.halve_across(&cell, row, rows),
        };
        self.spare.push(cell);
        halves
    }

    /// Two empty cells with the facets of `cell` and one more.
    fn blanks(&mut self, cell: &Cell, row: usize) -> [Cell; 2] {
        [(); 2].map(|()| {
            let mut blank = self.spare.pop().unwrap_or_default();
            blank.start_from(cell, row);
            blank
        })
    }

    fn halve_across(&mut self, cell: &Cell, row: usize, rows: Rows<'_>) -> [Cell; 2] {
        let [mut below, mut above] = self.blanks(cell, row);
        let bit = cell.facets.len();
        for half in [&mut below, &mut above] {
            half.lines.extend_from_slice(&cell.lines);
        }
        let sides = std::mem::take(&mut self.sides);
        for (i, side) in sides.iter().enumerate() {
            match side.sign() {
                Ordering::Greater => above.copy_ray(cell, i),
                Ordering::Less => below.copy_ray(cell, i),
                Ordering::Equal => {
                    for half in [&mut below, &mut above] {
                        half.copy_ray(cell, i);
                        half.mark_last(bit);
                    }
                }
            }
        }
        self.cut_edges(cell, &sides, row, rows, &mut [&mut below, &mut above]);
        self.sides = sides;
        [below, above]
    }

    /// Adds to `parts`, whose last facet is `row`, a ray where it cuts an edge of `cell`, which has
    /// its rays on these sides of it.
    fn cut_edges(
        &mut self,
        cell: &Cell,
        sides: &[Side],
        row: usize,
        rows: Rows<'_>,
        parts: &mut [&mut Cell],
    ) {
        let bit = cell.facets.len();
        // An edge of the cone lies on this many independent facets.
        let needed = self.rays.length().saturating_sub(2 + cell.lines.len()) as u32;
        let mut knows_incidence = false;
        let rays = || 0..cell.rays.len();
        let negative: Vec<usize> = rays().filter(|&q| sides[q].sign() == Ordering::Less).collect();
        for p in rays().filter(|&p| sides[p].sign() == Ordering::Greater) {
            let is_simple = cell.is_on_so_many(p, needed + 1);
            let meets = |q| match is_simple {
                true => cell.meet_simply(p, q),
                false => cell.meet(p, q, needed),
            };
            for &q in negative.iter().filter(|&&q| meets(q)) {
                // A ray on no more facets than it takes is on independent ones: all of them but
                // one leave a plane, and two rays of a pointed cone in it have no third between.
                if !is_simple && !cell.is_on_so_many(q, needed + 1) {
                    if !std::mem::replace(&mut knows_incidence, true) {
                        cell.incidence(&mut self.incidence);
                    }
                    if !cell.adjacent(p, q, &mut self.incidence) {
                        continue;
                    }
                }
                let ends = [p, q].map(|i| (cell.rays[i] as usize, sides[i]));
                let ray = self.rays.combine(row, ends[0], ends[1]);
                if self.rows.hides() && self.rays.is_blurred(ray) {
                    self.sharpen(cell, [p, q], row, ray);
                }
                for part in parts.iter_mut() {
                    part.push_common(cell, p, q, ray as u32);
                    part.mark_last(bit);
                }
                self.inherit(cell, [p, q], (ray, row), rows, parts);
            }
        }
    }

    /// Computes the shadow of a new ray from the rows that vanish on it: where the edge between two
    /// rays of a cell meets a row.
    fn sharpen(&mut self, cell: &Cell, [p, q]: [usize; 2], row: usize, ray: usize) {
        self.walls.clear();
        for (word, (a, b)) in cell.tight(p).iter().zip(cell.tight(q)).enumerate() {
            let mut bits = a & b;
            while bits != 0 {
                let facet = 64 * word + bits.trailing_zeros() as usize;
                self.walls.push(cell.facets[facet] as usize);
                bits &= bits - 1;
            }
        }
        self.walls.push(row);
        self.rays.sharpen(&self.rows, &self.walls, ray);
    }

    /// A line that the form cuts becomes a ray on either side; all else slides along it.
    fn halve_along(&mut self, cell: &Cell, row: usize, line: usize) -> [Cell; 2] {
        let [mut below, mut above] = self.blanks(cell, row);
        let bit = cell.facets.len();
        let cut = (cell.lines[line] as usize, self.line_sides[line]);
        for (i, &other) in cell.lines.iter().enumerate().filter(|(i, _)| *i != line) {
            let slid = self.slide(row, cut, (other as usize, self.line_sides[i]));
            above.lines.push(slid);
            below.lines.push(slid);
        }
        for (i, &ray) in cell.rays.iter().enumerate() {
            let slid = self.slide(row, cut, (ray as usize, self.sides[i]));
            for half in [&mut below, &mut above] {
                half.copy_ray(cell, i);
                half.replace_last(slid);
                half.mark_last(bit);
            }
        }
        let negative = self.rays.push_negative(&self.rows, cut.0) as u32;
        let (up, down) = match cut.1.sign() {
            Ordering::Greater => (cut.0 as u32, negative),
            _ => (negative, cut.0 as u32),
        };
        above.push_free(up, bit);
        below.push_free(down, bit);
        [below, above]
    }

    fn slide(&mut self, row: usize, cut: (usize, Side), other: (usize, Side)) -> u32 {
        match other.1.sign() {
            Ordering::Equal => other.0 as u32,
            _ => self.rays.combine(row, cut, other) as u32,
        }
    }
}
