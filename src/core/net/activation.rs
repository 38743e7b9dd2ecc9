//! Activations: continuous piecewise-linear functions of one variable.

use super::linear::Linear;
use crate::exact::Rational;

/// A continuous piecewise-linear function with rational breakpoints.
///
/// Piece `p` holds to the right of breakpoint `p - 1` and up to and including breakpoint `p`: at a
/// kink the left piece counts. Law: `a == b` exactly when `a` and `b` are the same function.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Activation {
    /// Strictly increasing, and the slope changes at each.
    breakpoints: Vec<Rational>,
    /// Slope and value at zero of the line that piece `p` lies on.
    pieces: Vec<(Rational, Rational)>,
}

/// Why breakpoints and slopes do not make an activation.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[allow(missing_docs, reason = "the messages say what the fields are")]
pub enum ActivationError {
    /// There must be one slope more than breakpoints.
    #[error("{breakpoints} breakpoints need one slope more, found {slopes}")]
    Slopes { breakpoints: usize, slopes: usize },
    /// The breakpoints must increase strictly.
    #[error("breakpoint {index} is not greater than the one before it")]
    Order { index: usize },
}

impl Activation {
    /// `max(t, 0)`.
    pub fn relu() -> Self {
        Self::leaky_relu(Rational::ZERO)
    }

    /// `t` for `t > 0`, else `slope * t`.
    pub fn leaky_relu(slope: Rational) -> Self {
        Self::joined(vec![Rational::ZERO], vec![slope, Rational::ONE], &Rational::ZERO)
    }

    /// `|t|`.
    pub fn absolute_value() -> Self {
        Self::leaky_relu(-Rational::ONE)
    }

    /// `t` cut off at -1 and 1.
    pub fn hard_tanh() -> Self {
        let [zero, one] = [Rational::ZERO, Rational::ONE];
        Self::joined(vec![-&one, one.clone()], vec![zero.clone(), one, zero.clone()], &zero)
    }

    /// The function with slope `slopes[p]` before `breakpoints[p]`, the last slope after the last
    /// breakpoint, and the value `at_zero` at zero.
    ///
    /// A breakpoint at which the slope does not change is dropped. Errors: `Slopes`, `Order`.
    pub fn piecewise_linear(
        breakpoints: Vec<Rational>,
        slopes: Vec<Rational>,
        at_zero: &Rational,
    ) -> Result<Self, ActivationError> {
        if slopes.len() != breakpoints.len() + 1 {
            let (breakpoints, slopes) = (breakpoints.len(), slopes.len());
            return Err(ActivationError::Slopes { breakpoints, slopes });
        }
        match breakpoints.windows(2).position(|pair| pair[0] >= pair[1]) {
            Some(before) => Err(ActivationError::Order { index: before + 1 }),
            None => Ok(Self::joined(breakpoints, slopes, at_zero)),
        }
    }

    /// Joins the pieces continuously. The lengths fit and the breakpoints increase.
    fn joined(breakpoints: Vec<Rational>, slopes: Vec<Rational>, at_zero: &Rational) -> Self {
        let mut slopes = slopes.into_iter();
        let first = slopes.next().expect("there is one slope more than breakpoints");
        let mut whole = Self { breakpoints: Vec::new(), pieces: vec![(first, Rational::ZERO)] };
        for (breakpoint, slope) in breakpoints.into_iter().zip(slopes) {
            let (before, offset) = whole.pieces.last().expect("there is a first piece");
            if slope != *before {
                let offset = offset + (before - &slope) * &breakpoint;
                whole.breakpoints.push(breakpoint);
                whole.pieces.push((slope, offset));
            }
        }
        let shift = at_zero - whole.eval(&Rational::ZERO);
        whole.pieces.iter_mut().for_each(|(_, offset)| *offset += &shift);
        whole
    }

    /// The points where the slope changes, increasing.
    pub fn breakpoints(&self) -> &[Rational] {
        &self.breakpoints
    }

    /// The slope and the value at zero of the line through each piece, from left to right.
    pub fn pieces(&self) -> &[(Rational, Rational)] {
        &self.pieces
    }

    /// Whether it commutes with positive factors: its only kink, if any, is at zero, where it is 0.
    pub fn is_homogeneous(&self) -> bool {
        self.breakpoints.iter().all(Rational::is_zero)
            && self.pieces.iter().all(|(_, offset)| offset.is_zero())
    }

    /// The value at `t`.
    pub fn eval(&self, t: &Rational) -> Rational {
        let (slope, offset) = &self.pieces[self.piece(t)];
        slope * t + offset
    }

    /// The index of the piece that holds at `t`; at a kink, the left one.
    pub fn piece(&self, t: &Rational) -> usize {
        self.breakpoints.partition_point(|breakpoint| breakpoint < t)
    }

    /// The line of piece `p` at `t`, whatever the piece of `t`.
    pub fn apply<V: Linear>(&self, piece: usize, t: &V) -> V {
        let (slope, offset) = &self.pieces[piece];
        let mut value = t.constant(offset);
        value.add_scaled(slope, t);
        value
    }

    /// The piece whose line the function follows on all of `[lo, hi]`; `None` if there is none.
    pub fn piece_on(&self, lo: &Rational, hi: &Rational) -> Option<usize> {
        let last = self.piece(hi);
        // Every breakpoint strictly below `hi` must be at or below `lo`.
        let inside = last > 0 && self.breakpoints()[last - 1] > *lo;
        (!inside).then_some(last)
    }
}
