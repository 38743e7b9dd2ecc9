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
        let Some(n) = self.set.first().map(Vec::len) else {
            return Err("there must be a vector".to_owned());
        };
        if self.set.iter().any(|t| t.len() != n) || !(1..=10).contains(&n) {
            return Err("vectors have one length, from 1 to 10".to_owned());
        }
        if self.set.len() > 256 {
            return Err(format!("{} vectors; at most 256", self.set.len()));
        }
        Ok(())
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

/// The vectors with a function applied to each entry. Panics unless there is one an entry.
pub fn applied(set: &[Vec<Rational>], functions: &[Bent]) -> Vec<Vec<Rational>> {
    let entries = |t: &Vec<Rational>| t.iter().zip(functions).map(|(t, f)| f.eval(t)).collect();
    set.iter().map(entries).collect()
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
