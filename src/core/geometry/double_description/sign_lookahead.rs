//! Where the rays of a cell lie with respect to the forms of its stage that are still to come.
//!
//! A new ray lies between two others, so on the side where both of them lie: most signs are
//! inherited and never computed, above all the zeros that dependent forms have in common.

use super::{Cell, Mesh, Rows};
use std::cmp::Ordering;
use std::ops::Range;

/// Fewer rays than this are asked one by one.
const MANY: usize = 6;

/// For each ray, on which forms it is positive and on which negative; bit `j` stands for split `j`
/// of the stage.
#[derive(Clone, Debug, Default)]
pub(super) struct Ahead {
    /// Words of each set; none if nothing is known.
    words: usize,
    /// Per ray the splits that it is above, then those that it is below.
    sides: Vec<u64>,
    /// The splits that some ray is above, then those that some ray is below.
    reach: Vec<u64>,
    /// The splits that a visitor was told of before their turn; none if there is no visitor.
    told: Vec<u64>,
}

impl Ahead {
    pub(super) fn is_known(&self) -> bool {
        self.words > 0
    }

    pub(super) fn forget(&mut self) {
        self.words = 0;
        self.sides.clear();
        self.reach.clear();
        self.told.clear();
    }

    /// No ray yet, of a cell that is part of one with these.
    pub(super) fn start_from(&mut self, whole: &Self) {
        self.forget();
        self.words = whole.words;
        self.reach.resize(2 * whole.words, 0);
        self.told.extend_from_slice(&whole.told);
    }

    /// Whether the visitor was told of a split before its turn.
    pub(super) fn is_told(&self, split: usize) -> bool {
        self.told.get(split / 64).is_some_and(|told| told >> (split % 64) & 1 == 1)
    }

    /// The splits after `at` that the cell lies on one side of, and whether it is above, without
    /// those told before; they count as told from now on.
    pub(super) fn news(&mut self, at: usize) -> Vec<(usize, bool)> {
        self.told.resize(self.words, 0);
        let mut news = Vec::new();
        for (w, told) in self.told.iter_mut().enumerate() {
            let (above, below) = (self.reach[w], self.reach[self.words + w]);
            let mut fresh = (above ^ below) & !*told;
            while fresh != 0 {
                let bit = fresh.trailing_zeros() as usize;
                fresh &= fresh - 1;
                if 64 * w + bit > at {
                    *told |= 1 << bit;
                    news.push((64 * w + bit, above >> bit & 1 == 1));
                }
            }
        }
        news
    }

    /// On which sides of a split the cell has points: above, below.
    pub(super) fn reach(&self, split: usize) -> [bool; 2] {
        let (above, below) = self.reach.split_at(self.words);
        [has(above, split), has(below, split)]
    }

    /// On which side of a split a ray lies.
    pub(super) fn side(&self, ray: usize, split: usize) -> Ordering {
        let (above, below) = self.sides[ray * 2 * self.words..].split_at(self.words);
        has(above, split).cmp(&has(below, split))
    }

    /// Of some splits, those that cut the cell, and how many vanish on it.
    pub(super) fn cuts(&self, splits: Range<usize>) -> (Vec<usize>, u32) {
        let (mut cuts, mut zeros) = (Vec::new(), 0);
        for split in splits {
            match self.reach(split) {
                [true, true] => cuts.push(split),
                [false, false] => zeros += 1,
                _ => {}
            }
        }
        (cuts, zeros)
    }

    /// How many rays lie above a split, and how many below.
    pub(super) fn rays_beside(&self, split: usize) -> [usize; 2] {
        let mut rays = [0; 2];
        for sides in self.sides.chunks_exact(2 * self.words) {
            let (above, below) = sides.split_at(self.words);
            rays[0] += usize::from(has(above, split));
            rays[1] += usize::from(has(below, split));
        }
        rays
    }

    fn push(&mut self, sides: &[u64]) {
        self.sides.extend_from_slice(sides);
        self.count_in(sides);
    }

    /// Notes what one more ray reaches.
    fn count_in(&mut self, sides: &[u64]) {
        self.reach.iter_mut().zip(sides).for_each(|(all, one)| *all |= one);
    }

    pub(super) fn copy(&mut self, whole: &Self, ray: usize) {
        let each = 2 * self.words;
        self.push(&whole.sides[ray * each..][..each]);
    }

    /// Where a ray between two others lies; the splits that they do not agree about are written to
    /// `open`.
    fn between(&self, p: usize, q: usize, sides: &mut Vec<u64>, open: &mut Vec<usize>) {
        let of =
            |ray: usize| self.sides[ray * 2 * self.words..][..2 * self.words].split_at(self.words);
        let ((p_above, p_below), (q_above, q_below)) = (of(p), of(q));
        sides.clear();
        open.clear();
        for w in 0..self.words {
            let against = (p_above[w] & q_below[w]) | (p_below[w] & q_above[w]);
            let mut rest = against;
            while rest != 0 {
                open.push(64 * w + rest.trailing_zeros() as usize);
                rest &= rest - 1;
            }
            sides.push((p_above[w] | q_above[w]) & !against);
        }
        for w in 0..self.words {
            let against = (p_above[w] & q_below[w]) | (p_below[w] & q_above[w]);
            sides.push((p_below[w] | q_below[w]) & !against);
        }
    }
}

/// Whether a number belongs to a set.
fn has(set: &[u64], number: usize) -> bool {
    set[number / 64] >> (number % 64) & 1 == 1
}

/// Where the rays of a mesh lie with respect to the forms of one stage, as far as they were seen.
#[derive(Clone, Debug, Default)]
pub(super) struct Seen {
    known: Vec<bool>,
    sides: Vec<u64>,
    /// Rays of the cell in hand that were not; memory that is used again.
    new: Vec<usize>,
}

impl Seen {
    fn of(&self, ray: usize, each: usize) -> Option<&[u64]> {
        let known = self.known.get(ray).is_some_and(|known| *known);
        known.then(|| &self.sides[ray * each..][..each])
    }

    fn note(&mut self, ray: usize, sides: &[u64]) {
        let each = sides.len();
        if self.known.len() <= ray {
            self.known.resize(ray + 1, false);
            self.sides.resize((ray + 1) * each, 0);
        }
        self.known[ray] = true;
        self.sides[ray * each..][..each].copy_from_slice(sides);
    }

    fn forget(&mut self, from: usize) {
        if from < self.known.len() {
            self.sides.truncate(self.sides.len() / self.known.len() * from);
            self.known.truncate(from);
        }
    }
}

/// Notes on which side of a split a ray lies.
fn mark(sign: Ordering, split: usize, sides: &mut [u64]) {
    let (word, bit) = (split / 64, 1 << (split % 64));
    match sign {
        Ordering::Greater => sides[word] |= bit,
        Ordering::Less => sides[sides.len() / 2 + word] |= bit,
        Ordering::Equal => {}
    }
}

impl Mesh {
    /// Computes where the rays of a cell without lines lie, from split `from` of its stage on.
    ///
    /// The map is continuous, so a ray that cells share lies on the same side in all of them, and
    /// is looked at once; a direction at infinity, too, since the map is Lipschitz.
    pub(super) fn foresee(&mut self, cell: &mut Cell, rows: Rows<'_>, from: usize) {
        let words = rows.single.len().div_ceil(64);
        cell.ahead.forget();
        cell.ahead.words = words;
        cell.ahead.reach.resize(2 * words, 0);
        let each = 2 * words;
        cell.ahead.sides.resize(each * cell.rays.len(), 0);
        let mut sides = std::mem::take(&mut cell.ahead.sides);
        if self.seen.len() <= rows.stage {
            self.seen.resize(rows.stage + 1, Seen::default());
        }
        let mut seen = std::mem::take(&mut self.seen[rows.stage]);
        seen.new.clear();
        for (i, (sides, &ray)) in sides.chunks_exact_mut(each).zip(&cell.rays).enumerate() {
            match seen.of(ray as usize, each) {
                Some(known) if from == 0 => sides.copy_from_slice(known),
                _ => seen.new.push(i),
            }
        }
        let new = seen.new.iter().map(|&ray| cell.rays[ray] as usize);
        let has_hull = new.len() >= MANY && self.rays.hull(new, &mut self.hull);
        let mut facets = std::mem::take(&mut self.facets);
        facets.resize(cell.width, 0);
        for (split, row) in rows.single.iter().enumerate().skip(from) {
            let Some(row) = row.filter(|_| !seen.new.is_empty()) else { continue };
            self.asked += seen.new.len() as u64;
            if has_hull && let Some(sign) = self.rows.side_of_hull(row, &self.hull) {
                for &ray in &seen.new {
                    mark(sign, split, &mut sides[ray * each..][..each]);
                }
                continue;
            }
            let parts = rows.made_of.of(split);
            let known = parts.is_some_and(|parts| cell.facets_of(parts, &mut facets));
            for &ray in &seen.new {
                if !(known && cell.is_on_all(ray, &facets)) {
                    let sides = &mut sides[ray * each..][..each];
                    self.mark(row, split, cell.rays[ray] as usize, sides);
                }
            }
        }
        self.facets = facets;
        if from == 0 {
            let new = std::mem::take(&mut seen.new);
            for &ray in &new {
                seen.note(cell.rays[ray] as usize, &sides[ray * each..][..each]);
            }
            seen.new = new;
        }
        self.seen[rows.stage] = seen;
        for sides in sides.chunks_exact(each) {
            cell.ahead.count_in(sides);
        }
        cell.ahead.sides = sides;
    }

    /// Forgets the rays from this one on.
    pub(super) fn forget_rays(&mut self, from: usize) {
        self.rays.truncate(from);
        self.seen.iter_mut().for_each(|seen| seen.forget(from));
    }

    /// Writes on which side of the row of a split a ray lies.
    fn mark(&mut self, row: usize, split: usize, ray: usize, sides: &mut [u64]) {
        mark(self.rays.side(&self.rows, row, ray).sign(), split, sides);
    }

    /// Says where the new ray of `parts` lies, their last one, which is between two rays of `cell`
    /// and on `row`.
    pub(super) fn inherit(
        &mut self,
        cell: &Cell,
        [p, q]: [usize; 2],
        (ray, row): (usize, usize),
        rows: Rows<'_>,
        parts: &mut [&mut Cell],
    ) {
        if !cell.ahead.is_known() {
            return;
        }
        let (mut sides, mut open) = std::mem::take(&mut self.between);
        cell.ahead.between(p, q, &mut sides, &mut open);
        let mut facets = std::mem::take(&mut self.facets);
        facets.resize(cell.width, 0);
        self.asked += open.len() as u64;
        let wanted = |split: &&usize| rows.wanted.is_empty() || has(rows.wanted, **split);
        for &split in open.iter().filter(wanted) {
            let part = &parts[0];
            let mut zero = |made: &[usize]| {
                part.facets_of(made, &mut facets) && part.is_on_all(part.rays() - 1, &facets)
            };
            let other = rows.single[split].filter(|&other| other != row);
            if let (Some(other), false) = (other, rows.made_of.of(split).is_some_and(&mut zero)) {
                self.mark(other, split, ray, &mut sides);
            }
        }
        self.facets = facets;
        for part in parts {
            part.ahead.push(&sides);
        }
        self.between = (sides, open);
    }
}
