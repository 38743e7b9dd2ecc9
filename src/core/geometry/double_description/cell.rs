//! A cell: its rays, and for each of them the facets that it lies on.

use super::sign_lookahead::Ahead;
use std::ops::Range;

/// A convex polyhedron as a cone of rays. Indices refer to the lists of a [`super::Mesh`].
#[derive(Clone, Debug, Default)]
pub struct Cell {
    /// Words of each bit set.
    pub(super) width: usize,
    /// Rows that are not negative here; bit `i` stands for `facets[i]`. Some may be redundant.
    pub(super) facets: Vec<u32>,
    pub(super) rays: Vec<u32>,
    /// For each ray, the facets that vanish on it: `width` words.
    pub(super) tight: Vec<u64>,
    /// Directions in which the cell contains whole lines.
    pub(super) lines: Vec<u32>,
    /// The facets that do not belong to the cell, `width` words; all, unless faces are counted.
    pub(super) open: Vec<u64>,
    /// Where its rays lie, when it has no lines.
    pub(super) ahead: Ahead,
}

/// The rays on each facet, as bit sets of `words` words.
#[derive(Clone, Debug, Default)]
pub(super) struct Incidence {
    on: Vec<u64>,
    words: usize,
    /// Rays on several facets: memory that is used again.
    meet: Vec<u64>,
}

impl Cell {
    /// Whether the cell contains whole lines.
    pub fn has_lines(&self) -> bool {
        !self.lines.is_empty()
    }

    /// The number of extreme rays, vertices and directions at infinity together.
    pub fn rays(&self) -> usize {
        self.rays.len()
    }

    /// The numbers of the rows that are not negative here, without the one at infinity; some may be
    /// redundant.
    pub fn walls(&self) -> Range<usize> {
        1..self.facets.len()
    }

    pub(super) fn tight(&self, ray: usize) -> &[u64] {
        &self.tight[ray * self.width..][..self.width]
    }

    pub(super) fn is_tight(&self, ray: usize, facet: usize) -> bool {
        self.tight[ray * self.width + facet / 64] >> (facet % 64) & 1 == 1
    }

    /// Writes the set of facets that belong to these rows; `false` if one of them is no facet.
    pub(super) fn facets_of(&self, rows: &[usize], facets: &mut [u64]) -> bool {
        facets.fill(0);
        rows.iter().all(|&row| {
            let facet = self.facets.iter().position(|&f| f as usize == row);
            facet.inspect(|facet| facets[facet / 64] |= 1 << (facet % 64)).is_some()
        })
    }

    /// Whether a ray lies on all facets of a set.
    pub(super) fn is_on_all(&self, ray: usize, facets: &[u64]) -> bool {
        facets.iter().zip(self.tight(ray)).all(|(facets, tight)| facets & !tight == 0)
    }

    /// Empties this cell and gives it the facets of `cell` and `row`.
    pub(super) fn start_from(&mut self, cell: &Self, row: usize) {
        self.width = cell.width;
        self.facets.clear();
        self.facets.extend_from_slice(&cell.facets);
        self.facets.push(row as u32);
        self.rays.clear();
        self.tight.clear();
        self.lines.clear();
        self.open.clear();
        self.open.extend_from_slice(&cell.open);
        self.set_open(cell.facets.len(), true);
        self.ahead.start_from(&cell.ahead);
    }

    /// Says whether a facet is outside the cell.
    pub(super) fn set_open(&mut self, facet: usize, open: bool) {
        let bit = 1 << (facet % 64);
        match open {
            true => self.open[facet / 64] |= bit,
            false => self.open[facet / 64] &= !bit,
        }
    }

    /// Adds `row`, which is not negative on the cell and vanishes on the given rays.
    pub(super) fn add_facet(&mut self, row: usize, vanishes: impl Iterator<Item = usize>) {
        self.make_room();
        let facet = self.facets.len();
        self.facets.push(row as u32);
        self.set_open(facet, true);
        for ray in vanishes {
            self.tight[ray * self.width + facet / 64] |= 1 << (facet % 64);
        }
    }

    /// The face on which some facet vanishes: the rays that `keep` names. `None` if every point of
    /// it is on an open facet.
    pub(super) fn face(&self, keep: impl Fn(usize) -> bool) -> Option<Self> {
        let mut face = Self { rays: Vec::new(), tight: Vec::new(), ..self.clone() };
        (0..self.rays.len()).filter(|&r| keep(r)).for_each(|r| face.copy_ray(self, r));
        let reached = |f: usize| (0..face.rays.len()).any(|r| !face.is_tight(r, f));
        (0..self.facets.len()).all(|f| !self.is_open(f) || reached(f)).then_some(face)
    }

    pub(super) fn copy_ray(&mut self, cell: &Self, ray: usize) {
        self.rays.push(cell.rays[ray]);
        self.tight.extend_from_slice(cell.tight(ray));
        self.ahead.copy(&cell.ahead, ray);
    }

    /// Puts another ray in the place of the last, on the same facets.
    pub(super) fn replace_last(&mut self, ray: u32) {
        *self.rays.last_mut().expect("a ray was copied") = ray;
    }

    pub(super) fn mark_last(&mut self, facet: usize) {
        let last = self.tight.len() - self.width;
        self.tight[last + facet / 64] |= 1 << (facet % 64);
    }

    /// Adds the ray where the edge from `p` to `q` of `cell` was cut.
    pub(super) fn push_common(&mut self, cell: &Self, p: usize, q: usize, ray: u32) {
        self.rays.push(ray);
        self.tight.extend(cell.tight(p).iter().zip(cell.tight(q)).map(|(p, q)| p & q));
    }

    /// Adds a ray that lies on all facets before `facet`: what a line turns into.
    pub(super) fn push_free(&mut self, ray: u32, facet: usize) {
        self.rays.push(ray);
        let word = |w: usize| match facet.saturating_sub(64 * w) {
            0 => 0,
            bits if bits >= 64 => u64::MAX,
            bits => (1 << bits) - 1,
        };
        self.tight.extend((0..self.width).map(word));
    }

    /// For each facet, the rays on it.
    pub(super) fn incidence(&self, incidence: &mut Incidence) {
        incidence.words = self.rays.len().div_ceil(64);
        incidence.on.clear();
        incidence.on.resize(incidence.words * self.facets.len(), 0);
        for ray in 0..self.rays.len() {
            for (word, &bits) in self.tight(ray).iter().enumerate() {
                let mut bits = bits;
                while bits != 0 {
                    let facet = 64 * word + bits.trailing_zeros() as usize;
                    incidence.on[facet * incidence.words + ray / 64] |= 1 << (ray % 64);
                    bits &= bits - 1;
                }
            }
        }
    }

    /// Whether two rays lie on `needed` common facets: the number of independent facets through an
    /// edge, and a quick necessary condition for one.
    #[inline]
    pub(super) fn meet(&self, p: usize, q: usize, needed: u32) -> bool {
        let common = |(p, q): (&u64, &u64)| (p & q).count_ones();
        self.tight(p).iter().zip(self.tight(q)).map(common).sum::<u32>() >= needed
    }

    /// The same for a ray `p` that lies on `needed + 1` facets: all but one of them.
    #[inline]
    pub(super) fn meet_simply(&self, p: usize, q: usize) -> bool {
        let only = |(p, q): (&u64, &u64)| p & !q;
        let mut rest = self.tight(p).iter().zip(self.tight(q)).map(only).filter(|rest| *rest != 0);
        rest.next().is_none_or(|rest| rest & (rest - 1) == 0) && rest.next().is_none()
    }

    /// Whether a ray lies on exactly this many facets, redundant ones included.
    #[inline]
    pub(super) fn is_on_so_many(&self, ray: usize, facets: u32) -> bool {
        self.tight(ray).iter().map(|tight| tight.count_ones()).sum::<u32>() == facets
    }

    /// Whether two rays that meet span an edge: no third ray lies on all the facets that both lie
    /// on.
    pub(super) fn adjacent(&self, p: usize, q: usize, on: &mut Incidence) -> bool {
        let (tp, tq) = (self.tight(p), self.tight(q));
        let words = on.words;
        on.meet.clear();
        on.meet.resize(words, u64::MAX);
        on.meet[words - 1] >>= (64 - self.rays.len() % 64) % 64;
        for w in 0..self.width {
            let mut bits = tp[w] & tq[w];
            while bits != 0 {
                let facet = 64 * w + bits.trailing_zeros() as usize;
                let rays = &on.on[facet * words..][..words];
                on.meet.iter_mut().zip(rays).for_each(|(m, r)| *m &= r);
                bits &= bits - 1;
            }
        }
        on.meet.iter().map(|m| m.count_ones()).sum::<u32>() == 2
    }

    /// Makes room for one facet more: forgets redundant ones, or widens the bit sets.
    pub(super) fn make_room(&mut self) {
        if self.facets.len() < 64 * self.width {
            return;
        }
        // A set that only faces are counted in may be flat, where no facet is known redundant.
        let all_open = (0..self.facets.len()).all(|f| self.is_open(f));
        let kept = if all_open { self.irredundant() } else { (0..self.facets.len()).collect() };
        let width = (kept.len() + 16) / 64 + 1;
        let pick = |bits: &[u64]| {
            let mut out = vec![0; width];
            for (new, &old) in kept.iter().enumerate() {
                out[new / 64] |= (bits[old / 64] >> (old % 64) & 1) << (new % 64);
            }
            out
        };
        self.tight = (0..self.rays.len()).flat_map(|ray| pick(self.tight(ray))).collect();
        self.open = pick(&self.open);
        self.facets = kept.iter().map(|&f| self.facets[f]).collect();
        self.width = width;
    }

    pub(super) fn is_open(&self, facet: usize) -> bool {
        self.open[facet / 64] >> (facet % 64) & 1 == 1
    }

    /// The facets that a full-dimensional cell needs, infinity (facet 0) among them, without
    /// repetition: those whose rays are not all on another one.
    pub(super) fn irredundant(&self) -> Vec<usize> {
        let mut incidence = Incidence::default();
        self.incidence(&mut incidence);
        let on = |f: usize| &incidence.on[f * incidence.words..][..incidence.words];
        let inside = |f: usize, g: usize| on(f).iter().zip(on(g)).all(|(f, g)| f & g == *f);
        // Of several with the same rays the first stays; infinity is the first of all.
        let redundant = |f: usize| {
            (0..self.facets.len()).any(|g| g != f && inside(f, g) && (g < f || !inside(g, f)))
        };
        (0..self.facets.len()).filter(|&f| f == 0 || !redundant(f)).collect()
    }
}
