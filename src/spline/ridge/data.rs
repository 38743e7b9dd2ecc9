//! Data: points of one dimension with one value each, or one for each of several outputs.

use crate::exact::Rational;

/// Points of one dimension that is not zero, each with a value for every output.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Data {
    points: Vec<Vec<Rational>>,
    /// The values of the first output at all points, then those of the next.
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

    /// The data with these points and, for each output, its value at each point.
    ///
    /// Errors: as [`Self::new`], of any output; there is none.
    pub fn of_outputs(
        points: Vec<Vec<Rational>>,
        outputs: &[Vec<Rational>],
    ) -> Result<Self, DataError> {
        let count = points.len();
        let first = outputs.iter().find(|values| values.len() != count).or(outputs.first());
        let mut data = Self::new(points, first.cloned().unwrap_or_default())?;
        data.values = outputs.concat();
        Ok(data)
    }

    /// The values: those of the first output at all points, then those of the next.
    pub fn values(&self) -> &[Rational] {
        &self.values
    }

    /// The number of outputs.
    pub fn outputs(&self) -> usize {
        self.values.len() / self.points.len()
    }

    /// The values at a point, one an output.
    pub fn values_at(&self, point: usize) -> impl Iterator<Item = &Rational> {
        self.values.iter().skip(point).step_by(self.points.len())
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
        let found = equal.map(|w| (w[0], w[1], self.values_at(w[0]).ne(self.values_at(w[1]))));
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
            values: self
                .values
                .chunks_exact(self.points.len())
                .flat_map(|values| order.iter().map(|&i| values[i].clone()))
                .collect(),
        }
    }

    /// The multipliers of data without repetitions, given to the first of equal points.
    pub(super) fn spread(&self, once: &Self, z: &[Rational]) -> Vec<Rational> {
        let of_output = |z: &[Rational]| -> Vec<Rational> {
            let mut left = once.points.iter().zip(z).peekable();
            let take = |x: &Vec<Rational>| match left.next_if(|(y, _)| *y == x) {
                Some((_, z)) => z.clone(),
                None => Rational::ZERO,
            };
            self.points.iter().map(take).collect()
        };
        z.chunks_exact(once.points.len()).flat_map(of_output).collect()
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
