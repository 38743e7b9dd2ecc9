//! Data with one input and one output.

use crate::exact::Rational;

/// Points `(x_i, y_i)` with strictly increasing `x_i`, one at least.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Data {
    x: Vec<Rational>,
    y: Vec<Rational>,
}

/// Why numbers are no data.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DataError {
    /// There is no point.
    #[error("expected one point at least, found none")]
    Empty,
    /// Abscissae and values are not as many.
    #[error(
        "expected as many values as abscissae, found {abscissae} abscissae and {values} values"
    )]
    Lengths {
        /// The number of abscissae.
        abscissae: usize,
        /// The number of values.
        values: usize,
    },
    /// The abscissae do not increase.
    #[error("expected increasing abscissae, found {found} at point {index} after {before}")]
    Order {
        /// The point, counted from one.
        index: usize,
        /// The abscissa before it.
        before: Rational,
        /// Its abscissa.
        found: Rational,
    },
}

impl Data {
    /// The points with these abscissae and values.
    ///
    /// Errors: every variant of [`DataError`].
    pub fn new(x: Vec<Rational>, y: Vec<Rational>) -> Result<Self, DataError> {
        if x.len() != y.len() {
            return Err(DataError::Lengths { abscissae: x.len(), values: y.len() });
        }
        increasing(&x)?;
        Ok(Self { x, y })
    }

    /// The number of points, one at least.
    #[allow(clippy::len_without_is_empty)]
    pub fn len(&self) -> usize {
        self.x.len()
    }

    /// The abscissae.
    pub fn x(&self) -> &[Rational] {
        &self.x
    }

    /// The values.
    pub fn y(&self) -> &[Rational] {
        &self.y
    }

    /// The slope of the chord from point `i` to the next. Panics if there is none.
    pub fn slope(&self, i: usize) -> Rational {
        (&self.y[i + 1] - &self.y[i]) / (&self.x[i + 1] - &self.x[i])
    }

    /// The slopes of the chords, one fewer than points.
    pub fn slopes(&self) -> Vec<Rational> {
        (0..self.len() - 1).map(|i| self.slope(i)).collect()
    }
}

/// Refuses abscissae that are none, or do not increase strictly.
pub(super) fn increasing(x: &[Rational]) -> Result<(), DataError> {
    if x.is_empty() {
        return Err(DataError::Empty);
    }
    match x.windows(2).position(|pair| pair[0] >= pair[1]) {
        None => Ok(()),
        Some(i) => {
            let (before, found) = (x[i].clone(), x[i + 1].clone());
            Err(DataError::Order { index: i + 2, before, found })
        }
    }
}
