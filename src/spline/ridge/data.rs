//! Data: points of one dimension with one value each.

use crate::exact::Rational;

/// Points, each with a value. Points with a value each, all of one dimension that is not zero.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Data {
    points: Vec<Vec<Rational>>,
    values: Vec<Rational>,
}

/// Why points and values are no data.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DataError {
    /// No point.
    #[error("there is no point; there must be one at least")]
    Empty,
    /// Another number of values than points.
    #[error("{points} points with {values} values; there must be one value a point")]
    Values {
        /// The number of points.
        points: usize,
        /// The number of values.
        values: usize,
    },
    /// A point of another dimension than the first, or of dimension zero.
    #[error("point {point} has {found} coordinates; expected {expected}, and one at least")]
    Dimension {
        /// The number of the point, counted from one.
        point: usize,
        /// That of the first point.
        expected: usize,
        /// Its own.
        found: usize,
    },
}

impl Data {
    /// The data with these points and values.
    pub fn new(points: Vec<Vec<Rational>>, values: Vec<Rational>) -> Result<Self, DataError> {
        let Some(expected) = points.first().map(Vec::len) else { return Err(DataError::Empty) };
        if points.len() != values.len() {
            return Err(DataError::Values { points: points.len(), values: values.len() });
        }
        let is_wrong = |x: &Vec<Rational>| x.len() != expected || x.is_empty();
        match points.iter().position(is_wrong) {
            Some(i) => Err(DataError::Dimension { point: i + 1, expected, found: points[i].len() }),
            None => Ok(Self { points, values }),
        }
    }

    /// The points.
    pub fn points(&self) -> &[Vec<Rational>] {
        &self.points
    }

    /// The values.
    pub fn values(&self) -> &[Rational] {
        &self.values
    }

    /// The dimension of the points.
    pub fn dimension(&self) -> usize {
        self.points[0].len()
    }

    /// Two points, counted from zero, that are equal, if there are any, with whether their values
    /// differ: those that differ first.
    pub fn coincidence(&self) -> Option<(usize, usize, bool)> {
        let mut order: Vec<usize> = (0..self.points.len()).collect();
        order.sort_by(|&i, &j| self.points[i].cmp(&self.points[j]).then(i.cmp(&j)));
        let equal = order.windows(2).filter(|w| self.points[w[0]] == self.points[w[1]]);
        let found = equal.map(|w| (w[0], w[1], self.values[w[0]] != self.values[w[1]]));
        found.max_by_key(|(_, _, differ)| *differ)
    }

    /// The data with each point once. Law: only where equal points have equal values.
    pub(super) fn without_repetitions(&self) -> Self {
        let mut order: Vec<usize> = (0..self.points.len()).collect();
        order.sort_by(|&i, &j| self.points[i].cmp(&self.points[j]).then(i.cmp(&j)));
        order.dedup_by(|j, i| self.points[*i] == self.points[*j]);
        order.sort_unstable();
        Self {
            points: order.iter().map(|&i| self.points[i].clone()).collect(),
            values: order.iter().map(|&i| self.values[i].clone()).collect(),
        }
    }

    /// The multipliers of data without repetitions, given to the first of equal points.
    pub(super) fn spread(&self, once: &Self, z: &[Rational]) -> Vec<Rational> {
        let mut left = once.points.iter().zip(z).peekable();
        let take = |x: &Vec<Rational>| match left.next_if(|(y, _)| *y == x) {
            Some((_, z)) => z.clone(),
            None => Rational::ZERO,
        };
        self.points.iter().map(take).collect()
    }

    /// The data with coordinates and values times these.
    pub(super) fn scaled(&self, x: &Rational, y: &Rational) -> Self {
        let times = |numbers: &[Rational], by| numbers.iter().map(|number| number * by).collect();
        Self {
            points: self.points.iter().map(|point| times(point, x)).collect(),
            values: times(&self.values, y),
        }
    }

    /// The same points with a second coordinate, zero, if they have one only: units gain nothing
    /// from a weight on it.
    pub(super) fn lifted(&self) -> Self {
        let mut lifted = self.clone();
        if self.dimension() == 1 {
            lifted.points.iter_mut().for_each(|x| x.push(Rational::ZERO));
        }
        lifted
    }
}
