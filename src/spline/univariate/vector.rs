//! Several outputs: the cost of a jump is its Euclidean length.

use super::data::{DataError, increasing};
use super::interpolation::Knots;
use super::total::total;
use crate::analysis::enclosure::{Enclosure, sqrt};
use crate::exact::Rational;

/// Bits after the point of an enclosed square root.
const ROOT_BITS: u32 = 160;

/// Interpolants of points with one input and several outputs, least in `sum |jump|_2`.
///
/// The chords are a minimiser. They are the only one unless two neighbouring jumps, neither 0,
/// point the same way: then, as with one output, the two may be merged.
#[derive(Clone, Debug)]
pub struct VectorInterpolation {
    x: Vec<Rational>,
    /// For each output, its value at each point.
    outputs: Vec<Vec<Rational>>,
    /// For each chord, the slope of each output.
    slopes: Vec<Vec<Rational>>,
}

impl VectorInterpolation {
    /// The interpolants of the points with these abscissae; `outputs` has a list of values for each
    /// output.
    ///
    /// Errors: every variant of [`DataError`].
    pub fn new(x: Vec<Rational>, outputs: Vec<Vec<Rational>>) -> Result<Self, DataError> {
        if let Some(short) = outputs.iter().find(|values| values.len() != x.len()) {
            return Err(DataError::Lengths { abscissae: x.len(), values: short.len() });
        }
        increasing(&x)?;
        let chord = |i: usize| {
            let gap = &x[i + 1] - &x[i];
            outputs.iter().map(|y| (&y[i + 1] - &y[i]) / &gap).collect()
        };
        let slopes = (0..x.len() - 1).map(chord).collect();
        Ok(Self { x, outputs, slopes })
    }

    /// The abscissae.
    pub fn x(&self) -> &[Rational] {
        &self.x
    }

    /// For each output, its value at each point.
    pub fn outputs(&self) -> &[Vec<Rational>] {
        &self.outputs
    }

    /// The jumps at the inner points, one entry an output.
    pub fn jumps(&self) -> impl Iterator<Item = Vec<Rational>> + Clone + '_ {
        self.slopes
            .windows(2)
            .map(|pair| pair[1].iter().zip(&pair[0]).map(|(b, a)| b - a).collect())
    }

    /// The least cost `sum |a_i|_2`; a point where every length is rational.
    pub fn least(&self) -> Enclosure {
        let lengths = self.jumps().map(|jump| length(&jump));
        let (lo, hi) = (lengths.clone().map(|e| e.lo().clone()), lengths.map(|e| e.hi().clone()));
        Enclosure::new(total(lo).lo().clone(), total(hi).hi().clone())
    }

    /// For each inner point, whether its jump and the next point the same way, neither being 0.
    fn aligned(&self) -> Vec<bool> {
        let jumps: Vec<_> = self.jumps().collect();
        jumps.windows(2).map(|pair| is_positive_multiple(&pair[0], &pair[1])).collect()
    }

    /// Whether the chords are the only minimiser.
    pub fn is_unique(&self) -> bool {
        self.x.len() > 1 && !self.aligned().contains(&true)
    }

    /// A minimiser, one function an output, all with these knots: the chords, or with the fewest
    /// knots that a minimiser has.
    pub fn fit(&self, sparsest: bool) -> VectorKnots {
        let aligned = self.aligned();
        let half_open = |i: usize| sparsest && aligned.get(i - 1) == Some(&true);
        let (mut at, mut after) = (Vec::new(), Vec::new());
        let mut i = 1;
        while i + 1 < self.x.len() {
            let (before, next) = (&self.slopes[i - 1], &self.slopes[i]);
            if before != next && half_open(i) {
                let beyond = &self.slopes[i + 1];
                let output = (0..next.len()).find(|o| before[*o] != beyond[*o]);
                let o = output.expect("two jumps that point the same way do not cancel");
                let share = (&beyond[o] - &next[o]) / (&beyond[o] - &before[o]);
                at.push(&self.x[i] + (&self.x[i + 1] - &self.x[i]) * share);
                after.push(beyond);
                i += 1;
            } else if before != next {
                at.push(self.x[i].clone());
                after.push(next);
            }
            i += 1;
        }
        let one = |(o, values): (usize, &Vec<Rational>)| Knots {
            at: at.clone(),
            slopes: self
                .slopes
                .first()
                .into_iter()
                .chain(after.iter().copied())
                .map(|slope| slope[o].clone())
                .chain(self.slopes.is_empty().then_some(Rational::ZERO))
                .collect(),
            through: (self.x[0].clone(), values[0].clone()),
        };
        VectorKnots { outputs: self.outputs.iter().enumerate().map(one).collect(), at: at.clone() }
    }

    /// The fewest knots of a minimiser: `sum ceil(r / 2)` over the longest blocks of `r` neighbours
    /// whose jumps point the same way.
    pub fn fewest(&self) -> usize {
        self.fit(true).at.len()
    }
}

/// One function for each output, with common knots.
#[derive(Clone, Debug)]
pub struct VectorKnots {
    /// The knots.
    pub at: Vec<Rational>,
    /// The outputs.
    pub outputs: Vec<Knots>,
}

/// The Euclidean length.
pub(super) fn length(v: &[Rational]) -> Enclosure {
    let square = v.iter().map(|x| x * x).sum();
    sqrt(&square, ROOT_BITS).expect("a sum of squares is not negative")
}

/// Whether `b = c a` for some `c > 0`, neither being 0.
fn is_positive_multiple(a: &[Rational], b: &[Rational]) -> bool {
    let Some(i) = a.iter().position(|entry| !entry.is_zero()) else { return false };
    a[i].signum() == b[i].signum() && a.iter().zip(b).all(|(x, y)| x * &b[i] == y * &a[i])
}
