//! The least cost of an interpolant, and all interpolants that attain it.

use super::data::Data;
use super::total::total;
use crate::analysis::enclosure::Enclosure;
use crate::exact::Rational;
use crate::net::Activation;

/// The interpolants of data whose total variation of the derivative is least.
///
/// The set of minimisers is known whole: `f` is one exactly when it interpolates, has positive
/// jumps only where the dual function `eta` is 1, and negative ones only where it is -1; `eta` is
/// piecewise linear with value `sign a_i` at inner point `i` and 0 at the ends.
///
/// Cost: linear in the number of points. Source: Debarre, Denoyelle, Unser and Fageot.
#[derive(Clone, Debug)]
pub struct Interpolation<'a> {
    data: &'a Data,
    slopes: Vec<Rational>,
    /// For each point the sign of its jump; 0 at both ends.
    signs: Vec<Sign>,
}

/// The sign of a jump: -1, 0 or 1.
pub type Sign = i8;

/// A longest block of neighbouring inner points whose jumps have one sign.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Run {
    /// The first point of it, counted from 0 among all points.
    pub first: usize,
    /// The last one.
    pub last: usize,
    /// The sign, not 0.
    pub sign: Sign,
}

impl Run {
    /// The number of points.
    #[allow(clippy::len_without_is_empty)]
    pub fn len(&self) -> usize {
        self.last - self.first + 1
    }
}

/// A continuous piecewise linear function by its knots and slopes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Knots {
    /// Where the slope changes, increasing.
    pub at: Vec<Rational>,
    /// The slope before the first knot, and after each.
    pub slopes: Vec<Rational>,
    /// A point of the graph that lies before every knot, or at the first.
    pub through: (Rational, Rational),
}

impl Knots {
    /// The function.
    pub fn function(&self) -> Activation {
        let (x, y) = &self.through;
        let f = self.with_value_at_zero(&Rational::ZERO);
        let shift = y - f.eval(x);
        self.with_value_at_zero(&shift)
    }

    fn with_value_at_zero(&self, value: &Rational) -> Activation {
        let f = Activation::piecewise_linear(self.at.clone(), self.slopes.clone(), value);
        f.expect("knots increase, and there is one slope more")
    }

    /// The jumps of the slope, one a knot.
    pub fn jumps(&self) -> impl Iterator<Item = Rational> + Clone + '_ {
        self.slopes.windows(2).map(|pair| &pair[1] - &pair[0])
    }
}

impl<'a> Interpolation<'a> {
    /// The interpolants of these points.
    pub fn new(data: &'a Data) -> Self {
        let slopes = data.slopes();
        let mut signs = vec![0; data.len()];
        for (sign, pair) in signs.iter_mut().skip(1).zip(slopes.windows(2)) {
            *sign = pair[1].cmp(&pair[0]) as Sign;
        }
        Self { data, slopes, signs }
    }

    /// The points.
    pub fn data(&self) -> &'a Data {
        self.data
    }

    /// The slopes of the chords.
    pub fn slopes(&self) -> &[Rational] {
        &self.slopes
    }

    /// For each point the sign of its jump, 0 at both ends: the values of the dual function.
    pub fn signs(&self) -> &[Sign] {
        &self.signs
    }

    /// The jump at point `i`. Panics at an end.
    pub fn jump(&self, i: usize) -> Rational {
        &self.slopes[i] - &self.slopes[i - 1]
    }

    /// The least cost `T = sum |a_i|`.
    pub fn least(&self) -> Enclosure {
        total(self.slopes.windows(2).map(|pair| (&pair[1] - &pair[0]).abs()))
    }

    /// The same where it is known to be short. Law: `least()` is the point that this is.
    pub fn least_exactly(&self) -> Rational {
        self.slopes.windows(2).map(|pair| (&pair[1] - &pair[0]).abs()).sum()
    }

    /// The runs, from left to right.
    pub fn runs(&self) -> impl Iterator<Item = Run> + '_ {
        let mut next = 0;
        std::iter::from_fn(move || {
            let first = next + self.signs[next..].iter().position(|sign| *sign != 0)?;
            let sign = self.signs[first];
            let len = self.signs[first..].iter().take_while(|other| **other == sign).count();
            next = first + len;
            Some(Run { first, last: next - 1, sign })
        })
    }

    /// Whether there is only one minimiser: every run is a single point, and points fix a line.
    pub fn is_unique(&self) -> bool {
        self.data.len() > 1 && self.runs().all(|run| run.len() == 1)
    }

    /// The chords through the points, continued by the first and the last: a minimiser.
    pub fn chords(&self) -> Knots {
        let at = |i: &usize| self.signs[*i] != 0;
        let kinks: Vec<usize> = (0..self.data.len()).filter(at).collect();
        self.knots(
            kinks.iter().map(|i| self.data.x()[*i].clone()).collect(),
            kinks.iter().map(|i| self.slopes[*i].clone()).collect(),
        )
    }

    /// Knots with the slope after each.
    pub(super) fn knots(&self, at: Vec<Rational>, after: Vec<Rational>) -> Knots {
        let mut slopes = Vec::with_capacity(after.len() + 1);
        slopes.push(self.slopes.first().cloned().unwrap_or_default());
        slopes.extend(after);
        let through = (self.data.x()[0].clone(), self.data.y()[0].clone());
        Knots { at, slopes, through }
    }

    /// Where the lines before point `i` and after point `i + 1` meet; both are of one run. Between
    /// the two points every minimiser lies in the triangle of the points and this one.
    pub fn apex(&self, i: usize) -> (Rational, Rational) {
        let t = self.crossing(i);
        let y = &self.data.y()[i] + &self.slopes[i - 1] * (&t - &self.data.x()[i]);
        (t, y)
    }

    /// The abscissa of the apex: the barycentre of the two points, weighted by their jumps.
    pub(super) fn crossing(&self, i: usize) -> Rational {
        let x = self.data.x();
        let share =
            (&self.slopes[i + 1] - &self.slopes[i]) / (&self.slopes[i + 1] - &self.slopes[i - 1]);
        &x[i] + (&x[i + 1] - &x[i]) * share
    }

    /// Whether `f` interpolates.
    pub fn is_interpolated_by(&self, f: &Activation) -> bool {
        self.data.x().iter().zip(self.data.y()).all(|(x, y)| f.eval(x) == *y)
    }

    /// The geometric test: whether `f` interpolates and has its knots where the dual function
    /// allows them. Law: it does exactly when it interpolates and costs [`least`](Self::least).
    pub fn is_minimiser(&self, f: &Activation) -> bool {
        let slopes = f.pieces().windows(2).map(|pair| pair[1].0.cmp(&pair[0].0) as Sign);
        let allowed = |(knot, sign): (&Rational, Sign)| {
            // The points at or before the knot, and the first at or after it.
            let x = self.data.x();
            let after = x.partition_point(|x| x < knot);
            let is_point = after < x.len() && x[after] == *knot;
            let before = if is_point { after } else { after.wrapping_sub(1) };
            let is = |i: usize| self.signs.get(i) == Some(&sign);
            is(before) && is(after)
        };
        self.is_interpolated_by(f) && f.breakpoints().iter().zip(slopes).all(allowed)
    }

    /// `sum_k eta(t_k) jump_k` over the knots of `f`, for a dual function given by its values at
    /// the points.
    ///
    /// Law: if the function is 0 at both ends and `f` interpolates, this is `sum_i eta_i a_i`.
    /// Panics unless there is a value for each point.
    pub fn pairing(&self, eta: &[Rational], f: &Activation) -> Rational {
        assert_eq!(eta.len(), self.data.len(), "a dual function has a value at each point");
        let x = self.data.x();
        let value = |t: &Rational| {
            let after = x.partition_point(|x| x < t);
            if after == 0 || after == x.len() {
                // Constant beyond the ends.
                let end = if after == 0 { eta.first() } else { eta.last() };
                return end.cloned().unwrap_or_default();
            }
            let share = (t - &x[after - 1]) / (&x[after] - &x[after - 1]);
            &eta[after - 1] + share * (&eta[after] - &eta[after - 1])
        };
        let jumps = f.pieces().windows(2).map(|pair| &pair[1].0 - &pair[0].0);
        f.breakpoints().iter().zip(jumps).map(|(t, jump)| value(t) * jump).sum()
    }
}
