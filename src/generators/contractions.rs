//! Finite sets of vectors of values, and functions that are applied to their entries.

use super::prelude::*;
use crate::analysis::rademacher::{mean, signed_sums};

/// A finite set of vectors `[N, n]`: the values of `N` functions at `n` samples.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Values {
    /// The vectors.
    pub set: Vec<Vec<Rational>>,
}

impl Values {
    /// Why this is no set of vectors, or too large a one, in a sentence.
    pub fn check(&self) -> Result<(), String> {
        let n = numbers::length_of_first(&self.set, "there must be a vector")?;
        if self.set.iter().any(|t| t.len() != n) || !(1..=10).contains(&n) {
            return Err("vectors have one length, from 1 to 10".to_owned());
        }
        require!(self.set.len() <= 256, "{} vectors; at most 256", self.set.len())
    }
}

/// A function with one bend.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Bent {
    /// Where it bends.
    pub at: Rational,
    /// Its value there.
    pub value: Rational,
    /// The slope before.
    pub left: Rational,
    /// The slope behind.
    pub right: Rational,
}

impl Bent {
    /// The value at `t`.
    pub fn eval(&self, t: &Rational) -> Rational {
        let off = t - &self.at;
        let slope = if off.is_negative() { &self.left } else { &self.right };
        slope * off + &self.value
    }

    /// Whether no slope is steeper than 1.
    pub fn is_contraction(&self) -> bool {
        [&self.left, &self.right].iter().all(|slope| slope.abs() <= Rational::ONE)
    }
}

/// A set of vectors, and a function for each entry.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Mapped {
    /// The set.
    pub values: Values,
    /// The functions.
    pub functions: Vec<Bent>,
}

impl Mapped {
    /// Why the parts do not fit, in a sentence.
    pub fn check(&self) -> Result<(), String> {
        self.values.check()?;
        let (n, found) = (self.values.set[0].len(), self.functions.len());
        require!(n == found, "{found} functions for vectors of length {n}")
    }

    /// Whether no function has a slope above 1.
    pub fn contracts(&self) -> bool {
        self.functions.iter().all(Bent::is_contraction)
    }

    /// The [`average`] of the vectors, before and after the functions are applied.
    pub fn averages(&self, supremum: fn(&[Rational]) -> Rational) -> [Rational; 2] {
        let images =
            |t: &Vec<Rational>| t.iter().zip(&self.functions).map(|(t, f)| f.eval(t)).collect();
        let after: Vec<Vec<_>> = self.values.set.iter().map(images).collect();
        [average(&self.values.set, supremum), average(&after, supremum)]
    }
}

/// Vectors as of [`values`], and functions as of [`bent`].
pub fn mapped(
    n: Span,
    vectors: Span,
    most: i64,
    steepest: i64,
    through_zero: bool,
) -> BoxedStrategy<Mapped> {
    values(n, vectors, most)
        .prop_flat_map(move |values| {
            let n = values.set[0].len();
            vec(bent(steepest, through_zero), n)
                .prop_map(move |functions| Mapped { values: values.clone(), functions })
        })
        .boxed()
}

/// The mean over all signs of what `supremum` makes of the sums `Σ ε_i t_i`, one a vector `t`.
/// Panics without a vector.
pub fn average(set: &[Vec<Rational>], supremum: fn(&[Rational]) -> Rational) -> Rational {
    let entry = |i: usize| set.iter().map(|t| t[i].clone()).collect();
    let columns: Vec<Vec<Rational>> = (0..set[0].len()).map(entry).collect();
    mean(signed_sums(&columns).iter().map(|sums| supremum(sums)))
}

/// The largest. Panics without a number.
pub fn largest(sums: &[Rational]) -> Rational {
    sums.iter().max().expect("there is a vector").clone()
}

/// The largest absolute value. Panics without a number.
pub fn largest_size(sums: &[Rational]) -> Rational {
    sums.iter().map(Rational::abs).max().expect("there is a vector")
}

/// Vectors of integers up to `most`.
pub fn values(n: Span, vectors: Span, most: i64) -> BoxedStrategy<Values> {
    (n, vectors)
        .prop_flat_map(move |(n, vectors)| vec(numbers::integers(n, most), vectors))
        .prop_map(|set| Values { set })
        .boxed()
}

/// Functions of slopes up to `steepest`; one in two is the ReLU, if it is allowed, or bends at 0.
pub fn bent(steepest: i64, through_zero: bool) -> BoxedStrategy<Bent> {
    let slope = || numbers::fraction(steepest, 2);
    (slope(), slope(), numbers::integer(2), numbers::integer(2), 0..4)
        .prop_map(move |(left, right, at, value, kind)| {
            let mut bent = Bent { at, value, left, right };
            if kind < 2 {
                bent.at = Rational::ZERO;
            }
            if kind == 0 {
                (bent.left, bent.right) = (Rational::ZERO, Rational::new(steepest, 2));
            }
            if through_zero {
                bent.value -= bent.eval(&Rational::ZERO);
            }
            bent
        })
        .boxed()
}
