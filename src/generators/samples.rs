//! Labelled points: separable by construction or not, in general position by construction.

use super::prelude::*;
use crate::analysis::separation;
use std::ops::Range;

/// Points with a label each, `true` for `+1`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Labelled {
    /// Shape `[n, d]`.
    pub samples: Vec<Vec<Rational>>,
    /// Shape `[n]`.
    pub positive: Vec<bool>,
}

/// Samples times their labels, `signed: [n, d]` with `n >= 1`: what a perceptron sees.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Signed {
    /// The products.
    pub signed: Vec<Vec<Rational>>,
}

impl Signed {
    /// The number of entries of a sample. Panics without samples.
    pub fn dimension(&self) -> usize {
        self.signed[0].len()
    }

    /// Why the samples do not fit each other, in a sentence.
    pub fn check(&self) -> Result<(), String> {
        let d = numbers::length_of_first(&self.signed, "there must be one sample at least")?;
        match self.signed.iter().find(|z| z.len() != d) {
            Some(z) => Err(format!("samples with {d} and with {} entries", z.len())),
            None => Ok(()),
        }
    }
}

/// Integer points up to `most` with any labels.
pub fn labelled(d: usize, n: usize, most: i64) -> impl Strategy<Value = Labelled> + Clone {
    (vec(numbers::integers(d, most), n), vec(any::<bool>(), n))
        .prop_map(|(samples, positive)| Labelled { samples, positive })
}

/// Integer points whose labels are read off `u`, and `u`; a point on the hyperplane is moved off it
/// by adding `u`, so entries may reach `most + 3`.
pub fn separated(
    d: usize,
    n: usize,
    most: i64,
) -> impl Strategy<Value = (Vec<Rational>, Labelled)> + Clone {
    let u = (numbers::integers(d, 3), 0..d, numbers::nonzero_integer(3));
    (u, vec(numbers::integers(d, most), n)).prop_map(|((mut u, axis, entry), mut samples)| {
        u[axis] = entry;
        let mut positive = Vec::new();
        for x in &mut samples {
            if dot(&u, x).is_zero() {
                x.iter_mut().zip(&u).for_each(|(x, u)| *x += u);
            }
            positive.push(dot(&u, x).is_positive());
        }
        (u, Labelled { samples, positive })
    })
}

/// Points of which every `d` are independent.
///
/// Small integer points, each moved along the curve `(t, t^2, .., t^d)` until it is on no
/// hyperplane through `d - 1` points before it. That ends: a hyperplane meets the moved point for
/// at most `d` values of `t`.
pub fn in_general_position(
    d: usize,
    n: usize,
    most: i64,
) -> impl Strategy<Value = Vec<Vec<Rational>>> + Clone {
    vec(numbers::integers(d, most), n).prop_map(move |drawn| {
        let mut points: Vec<Vec<Rational>> = Vec::new();
        for x in drawn {
            let on_curve = |t| x.iter().zip(powers(t, 1..d + 1)).map(|(x, s)| x + s).collect();
            points.push(x.clone());
            for t in 1.. {
                if separation::in_general_position(&points) {
                    break;
                }
                points.pop();
                points.push(on_curve(t));
            }
        }
        points
    })
}

fn powers(t: usize, exponents: Range<usize>) -> Vec<Rational> {
    exponents.map(|k| (0..k).map(|_| Rational::from(t)).product()).collect()
}
