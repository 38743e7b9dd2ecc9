//! Hyperplanes: the units of one fully connected layer.

use super::numbers;
use crate::exact::Rational;
use crate::exact::linear::Matrix;
use crate::geometry::regions::Complex;
use crate::net::regions::{Cells, Domain, Notion};
use crate::net::{Layer, Network, Shape};
use proptest::collection::vec;
use proptest::prelude::*;
use serde::{Deserialize, Serialize};

/// Hyperplanes `normal . x + offset = 0`. A normal may be zero, and then nothing is cut.
///
/// Shape: `normals: [m][dimension]`, `offsets: [m]`.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Planes {
    dimension: usize,
    normals: Vec<Vec<Rational>>,
    offsets: Vec<Rational>,
}

impl Planes {
    /// Why these are no hyperplanes, or too many to be counted here, in a sentence.
    pub fn check(&self) -> Result<(), String> {
        if !(1..=5).contains(&self.dimension) {
            return Err(format!("dimension {}, expected 1 to 5", self.dimension));
        }
        if self.normals.len() != self.offsets.len() || !(1..=10).contains(&self.normals.len()) {
            let (normals, offsets) = (self.normals.len(), self.offsets.len());
            return Err(format!(
                "{normals} normals and {offsets} offsets, expected 1 to 10 of both"
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

    /// The normals.
    pub fn normals(&self) -> &[Vec<Rational>] {
        &self.normals
    }

    /// The offsets.
    pub fn offsets(&self) -> &[Rational] {
        &self.offsets
    }

    /// The ReLU layer whose units vanish on these hyperplanes. Panics unless
    /// [`Planes::check`] passes.
    pub fn network(&self) -> Network {
        let (weight, bias) = (self.normals.concat(), self.offsets.clone());
        let layers = vec![Layer::dense(self.count(), weight, bias), Layer::relu()];
        Network::new(Shape::Flat(self.dimension), layers).expect("the hyperplanes were checked")
    }

    /// Cells with interior points. Panics as [`Planes::network`].
    pub fn cells(&self) -> u64 {
        self.network().count_regions(Notion::R2, &Domain::Whole)
    }

    /// The cells, with their neighbours. Panics as [`Planes::network`].
    pub fn complex(&self) -> Complex<usize> {
        let cells = Cells::in_inputs(&self.network(), &Domain::Whole);
        cells.complex(usize::MAX).expect("there is no limit")
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
        let slice = rest.network().restricted(&points).expect("the directions are independent");
        slice.count_regions(Notion::R2, &Domain::Whole)
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

    /// Whether any `k` of them, `least <= k <= dimension`, have independent normals.
    pub fn are_independent(&self, least: usize) -> bool {
        self.subsets().all(|of| {
            !(least..=self.dimension).contains(&of.len()) || self.rank(&of, false) == of.len()
        })
    }

    /// Whether no `dimension + 1` of them share a point.
    pub fn share_no_point(&self) -> bool {
        let rank = |of: &[usize]| [false, true].map(|lifted| self.rank(of, lifted));
        self.subsets().filter(|of| of.len() == self.dimension + 1).all(|of| {
            let [normals, lifted] = rank(&of);
            normals < lifted
        })
    }

    fn subsets(&self) -> impl Iterator<Item = Vec<usize>> {
        let m = self.count();
        (1usize..1 << m).map(move |set| (0..m).filter(|i| set >> i & 1 == 1).collect())
    }
}

/// Up to five hyperplanes in up to three dimensions; in half of the cases entries are -1, 0 and 1.
///
/// In one of six the last one is a multiple of the first, in one of six they have no offsets.
pub fn planes(least_dimension: usize) -> BoxedStrategy<Planes> {
    let sizes = (least_dimension..=3, 1usize..=5, prop_oneof![Just(1i64), Just(9)]);
    sizes
        .prop_flat_map(|(dimension, count, most)| {
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
        .boxed()
}

/// The same, the last one with a normal that is not zero.
pub fn with_a_last(least_dimension: usize) -> BoxedStrategy<Planes> {
    planes(least_dimension)
        .prop_map(|mut planes| {
            let last = planes.normals.len() - 1;
            if planes.normals[last].iter().all(Rational::is_zero) {
                planes.normals[last][0] = Rational::ONE;
            }
            planes
        })
        .boxed()
}
