//! Losses of the margin `z = y f(x)`, as width theorems use them.

use crate::analysis::enclosure::{self, Enclosure};
use crate::exact::Rational;
use serde::{Deserialize, Serialize};

/// A loss of the margin, and how strongly it pulls.
///
/// Law: three axioms. The loss is convex; the pull `-l'` is not negative and at most 1; the pull is
/// at most the loss. Each is meant for the enclosed numbers. [`ExactLoss::Hinge`] breaks the third.
pub trait Loss {
    /// Holds `l(z)`.
    fn value(&self, margin: &Rational) -> Enclosure;
    /// Holds `-l'(z)`; at a corner, that of the right piece.
    fn pull(&self, margin: &Rational) -> Enclosure;
}

/// A loss that is rational wherever the margin is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ExactLoss {
    /// `1 - z` up to zero, then `1 / (1 + z)`.
    Rational,
    /// `1 - z` up to zero, then `2^-z` at the integers and straight between them. Every pull is a
    /// power of two, so descent on dyadic numbers stays dyadic.
    Dyadic,
    /// `max(1 - z, 0)`: its pull of 1 exceeds the loss close to `z = 1`.
    Hinge,
}

impl ExactLoss {
    /// `l(z)`.
    pub fn exact_value(self, margin: &Rational) -> Rational {
        let line = Rational::ONE - margin;
        match self {
            Self::Hinge => line.max(Rational::ZERO),
            _ if !margin.is_positive() => line,
            Self::Rational => (Rational::ONE + margin).recip(),
            Self::Dyadic => {
                let floor = margin.floor();
                let above = Rational::integer(2) - (margin - &floor);
                above * half_to(whole(&floor) + 1)
            }
        }
    }

    /// `-l'(z)`; at a corner, that of the right piece.
    pub fn exact_pull(self, margin: &Rational) -> Rational {
        match self {
            Self::Hinge => Rational::from(i32::from(*margin < Rational::ONE)),
            _ if margin.is_negative() => Rational::ONE,
            Self::Rational => (Rational::ONE + margin).pow(-2),
            Self::Dyadic => half_to(whole(&margin.floor()) + 1),
        }
    }

    /// Whether the pull at this margin is between 0 and 1, and at most the loss.
    pub fn is_gentle_at(self, margin: &Rational) -> bool {
        let pull = self.exact_pull(margin);
        !pull.is_negative() && pull <= self.exact_value(margin).min(Rational::ONE)
    }
}

impl Loss for ExactLoss {
    fn value(&self, margin: &Rational) -> Enclosure {
        Enclosure::point(self.exact_value(margin))
    }

    fn pull(&self, margin: &Rational) -> Enclosure {
        Enclosure::point(self.exact_pull(margin))
    }
}

/// `ln(1 + e^-z)`, enclosed to a width of about `2^-bits`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Logistic {
    /// The bits after the point.
    pub bits: u32,
}

impl Loss for Logistic {
    /// Panics if the margin is below -65536.
    fn value(&self, margin: &Rational) -> Enclosure {
        let sum = self.power(&-margin).sum(&Enclosure::point(Rational::ONE));
        let end = |x: &Rational| enclosure::ln(x, self.bits).expect("1 + e^-z is positive");
        Enclosure::new(end(sum.lo()).lo().clone(), end(sum.hi()).hi().clone())
    }

    /// Panics if the margin is above 65536.
    fn pull(&self, margin: &Rational) -> Enclosure {
        let sum = self.power(margin).sum(&Enclosure::point(Rational::ONE));
        Enclosure::new(sum.hi().recip(), sum.lo().recip()).outward(self.bits + 2)
    }
}

impl Logistic {
    fn power(&self, exponent: &Rational) -> Enclosure {
        enclosure::exp(exponent, self.bits + 2).expect("a margin is below 65536")
    }
}

/// `2^-k`.
fn half_to(k: i32) -> Rational {
    Rational::integer(2).pow(-k)
}

/// A whole number that fits an exponent. Panics beyond: `2^-k` would not fit in memory.
fn whole(floor: &Rational) -> i32 {
    let small = floor.wide_integer().and_then(|k| i32::try_from(k).ok());
    small.filter(|&k| k < 1 << 30).expect("a margin is below 2^30")
}
