//! Stochastic approximation in one dimension.

use super::prelude::*;
use crate::train::second_moment::after;

/// A quadratic of this curvature, whose slope is seen with noise of this variance, and the mean
/// square of the distance from its minimum at the start.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Descent {
    /// The curvature, positive.
    pub curvature: Rational,
    /// The variance of the noise.
    pub variance: Rational,
    /// The mean square at the start.
    pub start: Rational,
}

impl Descent {
    /// The mean square after these steps.
    pub fn after(&self, steps: impl Iterator<Item = Rational>) -> Rational {
        let Self { curvature, variance, start } = self;
        steps.fold(start.clone(), |m, eta| after(&m, curvature, variance, &eta))
    }

    /// Why this is no descent, in a sentence.
    pub fn check(&self) -> Result<(), String> {
        let Self { curvature, variance, start } = self;
        if !curvature.is_positive() || variance.is_negative() || start.is_negative() {
            return Err("the curvature is positive, and mean squares are not negative".to_owned());
        }
        require!(
            [curvature, variance, start].iter().all(|x| x.bits() <= 64),
            "numbers of at most 64 bits"
        )
    }
}

/// Small numbers; a start or a noise of zero one time in some.
pub fn descent() -> impl Strategy<Value = Descent> + Clone {
    (1..=6i64, 1..=3i64, 0..=4i64, 0..=9i64).prop_map(|(h, parts, variance, start)| Descent {
        curvature: Rational::new(h, parts),
        variance: Rational::integer(variance),
        start: Rational::integer(start),
    })
}
