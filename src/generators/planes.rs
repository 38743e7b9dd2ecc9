//! Hyperplanes: the units of one fully connected layer.

use super::prelude::*;
use crate::counting::{choose, independent_sets};
use crate::engines::Engine;
use crate::engines::complex::Complex;
use crate::engines::restriction::cells_of_rows;
use crate::net::regions::Cells;
use crate::properties::restricted;

/// The most dimensions, and the most hyperplanes, that are counted here.
const MOST: [usize; 2] = [8, 64];

/// Hyperplanes `normal . x + offset = 0`. A normal may be zero, and then nothing is cut.
///
/// Shape: `normals: [m][dimension]`, `offsets: [m]`.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Planes {
    dimension: usize,
    /// The normals.
    pub normals: Vec<Vec<Rational>>,
    /// The offsets.
    pub offsets: Vec<Rational>,
}

impl Planes {
    /// Why these are no hyperplanes, or too many to be counted here, in a sentence.
    pub fn check(&self) -> Result<(), String> {
        let [dimensions, most] = MOST;
        if !(1..=dimensions).contains(&self.dimension) {
            return Err(format!("dimension {}, expected 1 to {dimensions}", self.dimension));
        }
        if self.normals.len() != self.offsets.len() || !(1..=most).contains(&self.normals.len()) {
            let (normals, offsets) = (self.normals.len(), self.offsets.len());
            return Err(format!(
                "{normals} normals and {offsets} offsets, expected 1 to {most} of both"
            ));
        }
        match self.normals.iter().find(|normal| normal.len() != self.dimension) {
            Some(normal) => Err(format!(
                "a normal of {} entries in {} dimensions",
                normal.len(),
                self.dimension
            )),
            None => Ok(()),
        }
    }

    /// The dimension of the space.
    pub fn dimension(&self) -> usize {
        self.dimension
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.normals.len()
    }

    /// The ReLU layer whose units vanish on these hyperplanes. Panics unless
    /// [`Planes::check`] passes.
    pub fn network(&self) -> Network {
        let (weight, bias) = (self.normals.concat(), self.offsets.clone());
        let layers = vec![Layer::dense(self.count(), weight, bias), Layer::relu()];
        Network::new(Shape::Flat(self.dimension), layers).expect("the hyperplanes were checked")
    }

    /// Cells with interior points, by deletion and restriction. Panics as [`Planes::network`].
    pub fn cells(&self) -> u64 {
        self.network().count_regions(Notion::R2, &Domain::Whole)
    }

    /// The same by a walk over the cells, which shares no code with that.
    pub fn walked(&self) -> u64 {
        let tally = self.network().tally_by(Engine::Mesh, &Domain::Whole);
        tally.expect("the mesh counts everything").cells
    }

    /// The cells, with their neighbours. Panics as [`Planes::network`].
    pub fn complex(&self) -> Complex<usize> {
        let cells = Cells::in_inputs(&self.network(), &Domain::Whole);
        Complex::of(&cells, usize::MAX).expect("there is no limit")
    }

    /// All but the last; `None` if that leaves none.
    pub fn without_last(&self) -> Option<Self> {
        let mut rest = self.clone();
        rest.normals.pop();
        rest.offsets.pop();
        (rest.count() > 0).then_some(rest)
    }

    /// Cells of all but the last.
    pub fn cells_without_last(&self) -> u64 {
        self.without_last().map_or(1, |rest| rest.cells())
    }

    /// Cells that the others cut the last hyperplane into: points of it, one dimension down.
    /// Panics if its normal is zero, or in one dimension.
    pub fn cells_on_last(&self) -> u64 {
        let (normal, offset) = (&self.normals[self.count() - 1], &self.offsets[self.count() - 1]);
        let square: Rational = normal.iter().map(|x| x * x).sum();
        let foot: Vec<Rational> = normal.iter().map(|x| -(x * offset) / &square).collect();
        let along = Matrix::from_rows(vec![normal.clone()]).null_space();
        let moved = |d: Vec<Rational>| foot.iter().zip(d).map(|(x, d)| x + d).collect();
        let points: Vec<_> =
            [foot.clone()].into_iter().chain(along.into_iter().map(moved)).collect();
        let Some(rest) = self.without_last() else { return 1 };
        let slice = restricted(&rest.network(), &points).expect("the directions are independent");
        slice.count_regions(Notion::R2, &Domain::Whole)
    }

    /// On how many cells the hyperplanes are cut by each other: for each of them, counted once if
    /// it is there twice, the cells of the others on it.
    pub fn cells_on_all(&self) -> u64 {
        let walls = distinct(self.rows());
        let on = |wall: usize| {
            let mut others = walls.clone();
            let wall = others.swap_remove(wall);
            cells_of_rows(&sections(&others, &wall), usize::MAX).expect("the count fits a word")
        };
        (0..walls.len()).map(on).sum()
    }

    /// How many cells are bounded, without looking at cells: as many as without the last
    /// hyperplane, and one more for each bounded cell on it, if the normals of the others span.
    pub fn bounded_cells(&self) -> u64 {
        bounded(distinct(self.rows()), self.dimension)
    }

    /// Whether some other hyperplane is the last one.
    pub fn repeats_last(&self) -> bool {
        let last = self.count() - 1;
        (0..last).any(|i| self.rank(&[i, last], true) == 1 && self.rank(&[i], false) == 1)
    }

    /// Whether two of them are the same hyperplane.
    pub fn repeats_any(&self) -> bool {
        let same =
            |i: usize, j: usize| self.rank(&[i, j], true) == 1 && self.rank(&[i], false) == 1;
        (0..self.count()).any(|j| (0..j).any(|i| same(i, j) && self.rank(&[j], false) == 1))
    }

    /// The rank of some of the normals, with their offsets if `lifted`.
    fn rank(&self, of: &[usize], lifted: bool) -> usize {
        let offset = |i: usize| lifted.then(|| self.offsets[i].clone());
        let row = |&i: &usize| self.normals[i].iter().cloned().chain(offset(i)).collect();
        Matrix::from_rows(of.iter().map(row).collect()).rank()
    }

    /// Whether any `dimension` of them, or all if they are fewer, have independent normals, and no
    /// `dimension + 1` share a point: whether all sets of normals of the one size are independent,
    /// and all sets of rows with offsets of the other.
    ///
    /// Cost: two counts of independent sets, which are far fewer steps than there are sets.
    pub fn are_in_general_position(&self) -> bool {
        let (n, m) = (self.dimension, self.count());
        let all = |rows: &[Vec<Rational>], size: usize| {
            let sets = independent_sets(rows, usize::MAX).expect("there is no limit");
            size > m || sets.get(size) == Some(&choose(m, size))
        };
        all(&self.normals, n.min(m)) && all(&self.rows(), n + 1)
    }

    /// Whether any `dimension` of them, or all if they are fewer, have independent normals.
    pub fn are_independent(&self) -> bool {
        let size = self.dimension.min(self.count());
        self.all_sets(size, &|of| self.rank(of, false) == size)
    }

    /// Whether no `dimension + 1` of them share a point.
    pub fn share_no_point(&self) -> bool {
        self.all_sets(self.dimension + 1, &|of| self.rank(of, false) < self.rank(of, true))
    }

    /// Whether this is true of all sets of `size` hyperplanes. Cost: at most `C(m, size)` calls.
    fn all_sets(&self, size: usize, is_true: &dyn Fn(&[usize]) -> bool) -> bool {
        let mut chosen: Vec<usize> = (0..size).collect();
        if size > self.count() {
            return true;
        }
        loop {
            if !is_true(&chosen) {
                return false;
            }
            // The last member that may still move on.
            let room = |&at: &usize| chosen[at] + size < self.count() + at;
            let Some(at) = (0..size).rev().find(room) else { return true };
            let next = chosen[at] + 1;
            (at..size).for_each(|later| chosen[later] = next + later - at);
        }
    }

    /// `[normal.., offset]` of each.
    fn rows(&self) -> Vec<Vec<Rational>> {
        let row = |(n, b): (&Vec<Rational>, &Rational)| n.iter().chain([b]).cloned().collect();
        self.normals.iter().zip(&self.offsets).map(row).collect()
    }
}

/// Each hyperplane once, as the row with one for the first number of its normal that is not zero.
fn distinct(rows: Vec<Vec<Rational>>) -> Vec<Vec<Rational>> {
    let mut found: Vec<Vec<Rational>> = Vec::new();
    for row in rows {
        let Some(first) = row[..row.len() - 1].iter().find(|x| !x.is_zero()) else { continue };
        let row: Vec<_> = row.iter().map(|x| x / first).collect();
        if !found.contains(&row) {
            found.push(row);
        }
    }
    found
}

/// What these are on the hyperplane `wall`, where its first coordinate that counts is left out.
fn sections(rows: &[Vec<Rational>], wall: &[Rational]) -> Vec<Vec<Rational>> {
    let at = wall.iter().position(|x| !x.is_zero()).expect("a hyperplane has a normal");
    let on = |row: &Vec<Rational>| {
        let factor = &row[at] / &wall[at];
        let entries = row.iter().zip(wall).enumerate().filter(|(column, _)| *column != at);
        entries.map(|(_, (x, w))| x - &factor * w).collect()
    };
    rows.iter().map(on).collect()
}

/// Bounded cells of different hyperplanes; of a point, which is a space without dimensions, one.
fn bounded(mut rows: Vec<Vec<Rational>>, dimension: usize) -> u64 {
    if dimension == 0 {
        return 1;
    }
    let Some(last) = rows.pop() else { return 0 };
    let normals = rows.iter().map(|row| row[..dimension].to_vec()).collect();
    if Matrix::from_rows(normals).rank() < dimension {
        return 0;
    }
    let on_last = bounded(distinct(sections(&rows, &last)), dimension - 1);
    bounded(rows, dimension) + on_last
}

/// Up to five hyperplanes in up to three dimensions; in half of the cases entries are -1, 0 and 1.
pub fn planes(least_dimension: usize) -> BoxedStrategy<Planes> {
    let sizes = (least_dimension..=3, 1usize..=5);
    prop_oneof![sized(sizes.clone(), 1), sized(sizes, 9)].boxed()
}

/// Arrangements whose cells and facets can all be listed.
pub fn listable() -> Strata<Planes> {
    vec![
        ("base", 1, planes(1)),
        ("3 dimensions, 12 hyperplanes", 16, many(1..=3, 6..=12)),
        ("5 dimensions, 9 hyperplanes", 64, many(4..=5, 7..=9)),
        ("3 dimensions, 40 hyperplanes", 512, many(2..=3, 30..=40)),
        ("6 dimensions, 14 hyperplanes", 1024, many(6..=6, 12..=14)),
    ]
}

/// Hyperplanes with a dimension and a number from these ranges: three in four with large entries,
/// which are mostly in general position, and one in four with small ones, which mostly are not.
pub fn many(dimension: Span, count: Span) -> BoxedStrategy<Planes> {
    prop_oneof![
        1 => sized((dimension.clone(), count.clone()), 2),
        3 => sized((dimension, count), 30),
    ]
    .boxed()
}

/// Hyperplanes with a dimension and a number from these ranges, parallel but for the last `others`.
///
/// Their cells are few, so that many hyperplanes in many dimensions can be counted.
pub fn mostly_parallel(dimension: Span, count: Span, others: usize) -> BoxedStrategy<Planes> {
    sized((dimension, count), 30)
        .prop_map(move |mut planes| {
            let alike = planes.count().saturating_sub(others);
            let (normal, offset) = (planes.normals[0].clone(), planes.offsets[0].clone());
            for k in 1..alike {
                planes.normals[k] = normal.clone();
                planes.offsets[k] = &offset + Rational::from(k);
            }
            planes
        })
        .boxed()
}

/// Entries are at most `most`. In one of six the last hyperplane is a multiple of the first, in one
/// of six they have no offsets.
fn sized(sizes: (Span, Span), most: i64) -> impl Strategy<Value = Planes> {
    sizes
        .prop_flat_map(move |(dimension, count)| {
            let normals = vec(vec(numbers::integer(most), dimension), count);
            (Just(dimension), normals, vec(numbers::integer(most), count), 0usize..6)
        })
        .prop_map(|(dimension, mut normals, mut offsets, coincidence)| {
            let last = normals.len() - 1;
            match coincidence {
                0 => offsets.fill(Rational::ZERO),
                1 => {
                    let minus_two = Rational::integer(-2);
                    normals[last] = normals[0].iter().map(|x| x * &minus_two).collect();
                    offsets[last] = &offsets[0] * &minus_two;
                }
                _ => {}
            }
            Planes { dimension, normals, offsets }
        })
}

/// These, the last one with a normal that is not zero.
pub fn with_a_last(planes: BoxedStrategy<Planes>) -> BoxedStrategy<Planes> {
    planes
        .prop_map(|mut planes| {
            let last = planes.normals.len() - 1;
            if planes.normals[last].iter().all(Rational::is_zero) {
                planes.normals[last][0] = Rational::ONE;
            }
            planes
        })
        .boxed()
}
