//! The constants of a width theorem for gradient descent on one hidden layer, by enclosures.
//!
//! Source: Ji and Telgarsky 2020, Theorem 2.2, remembered; the chain of bounds derived here. With
//! `s = sqrt(2 ln(4 n / delta)) + ln(4 / epsilon)` the theorem asks for the width
//! `M = 4096 lambda^2 / gamma^6`, where `lambda = 4 s / gamma`.

use crate::analysis::enclosure::{self, Enclosure};
use crate::exact::Rational;
use serde::{Deserialize, Serialize};

/// What the theorem is asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Demand {
    /// The number of samples.
    pub samples: u32,
    /// The square of the margin `gamma`, at most 1/4.
    pub squared_margin: Rational,
    /// The risk `epsilon` to be reached on average, below 1.
    pub risk: Rational,
    /// A third of the probability with which it may fail, `delta`, below 1/3.
    pub failure: Rational,
    /// Whether the loss is the dyadic one, for which `ln(4 / epsilon)` becomes the binary logarithm
    /// rounded up; else the logistic one.
    pub dyadic: bool,
}

/// Bits to which everything is enclosed.
const BITS: u32 = 96;

impl Demand {
    /// Why nothing can be asked, in a sentence.
    pub fn check(&self) -> Result<(), String> {
        let inside = |x: &Rational, most: Rational| x.is_positive() && *x < most;
        refuse_if!(self.samples == 0, "there must be a sample");
        if !self.squared_margin.is_positive() || self.squared_margin > Rational::new(1, 4) {
            return Err(format!("the squared margin {} is not in (0, 1/4]", self.squared_margin));
        }
        if !inside(&self.risk, Rational::ONE) || !inside(&self.failure, Rational::new(1, 3)) {
            return Err("the risk must be in (0, 1), the failure in (0, 1/3)".to_owned());
        }
        Ok(())
    }

    /// The margin from which the loss is at most a quarter of the risk: `ln(4 / epsilon)`.
    pub fn goal(&self) -> Enclosure {
        let quarter = Rational::integer(4) / &self.risk;
        if self.dyadic {
            let bits = (0..).find(|&k| Rational::integer(2).pow(k) >= quarter);
            return Enclosure::point(Rational::from(bits.expect("powers grow")));
        }
        enclosure::ln(&quarter, BITS).expect("the risk is positive")
    }

    /// `sqrt(2 ln(4 n / delta))`, which bounds the outputs at the start.
    pub fn start(&self) -> Enclosure {
        root(&self.log(4).scale(&Rational::integer(2)))
    }

    /// `ln(factor n / delta)`.
    fn log(&self, factor: u32) -> Enclosure {
        let argument = Rational::from(factor) * Rational::from(self.samples) / &self.failure;
        enclosure::ln(&argument, BITS).expect("the failure is positive")
    }

    /// The margin `gamma`.
    pub fn margin(&self) -> Enclosure {
        root(&Enclosure::point(self.squared_margin.clone()))
    }

    /// `lambda`, the length of the way to the reference weights.
    pub fn lambda(&self) -> Enclosure {
        let sum = self.start().sum(&self.goal()).scale(&Rational::integer(4));
        divided(&sum, &self.margin())
    }

    /// The width `M` that the theorem asks for, not rounded.
    pub fn width(&self) -> Enclosure {
        let factor = Rational::integer(4096) / self.squared_margin.pow(3);
        let lambda = self.lambda();
        lambda.product(&lambda).scale(&factor).outward(BITS)
    }

    /// The least whole number that is certainly at least `M`.
    pub fn units(&self) -> Rational {
        self.width().hi().ceil()
    }

    /// `4 lambda / gamma`: how far a unit may move, times the root of the width.
    pub fn reach(&self, lambda: &Enclosure) -> Enclosure {
        divided(&lambda.scale(&Rational::integer(4)), &self.margin())
    }

    /// The chain of bounds at this width and with this length `lambda`.
    pub fn chain(&self, units: &Rational, lambda: &Enclosure) -> Chain {
        let width = Enclosure::point(units.clone());
        let gamma = self.margin();
        let log = self.log(1);
        let reach = self.reach(lambda);
        let each = divided(&reach, &root(&width));
        let slope = root(&divided(&Enclosure::point(Rational::integer(2)), &enclosure::pi(BITS)));
        let double = width.scale(&Rational::integer(2));
        let flipped = slope.product(&each).sum(&root(&divided(&log, &double)));
        let sampled = root(&divided(&log.scale(&Rational::integer(2)), &width));
        let margin = gamma.difference(&sampled).difference(&flipped);
        let linearised =
            lambda.product(&margin).difference(&self.start()).difference(&flipped.product(&reach));
        Chain { reach, margin, linearised }
    }
}

/// What follows from a width and a length, with the probability of the theorem.
#[derive(Clone, Debug)]
pub struct Chain {
    /// `4 lambda / gamma`: how far a unit may move, times the root of the width.
    pub reach: Enclosure,
    /// The margin that is left of `gamma`.
    pub margin: Enclosure,
    /// The margin of the reference weights, linearised at any step.
    pub linearised: Enclosure,
}

impl Chain {
    /// How far a unit moves at most, times the root of the width and the margin that is left, when
    /// the reference weights have at most a quarter of the risk at each of
    /// `ceil(2 lambda^2 / (eta epsilon))` steps at a rate `eta` of at most 1:
    /// `lambda + sqrt(2 lambda^2 + epsilon / 2)`.
    pub fn way(lambda: &Enclosure, risk: &Rational) -> Enclosure {
        let half = Enclosure::point(risk / Rational::integer(2));
        let square = lambda.product(lambda).scale(&Rational::integer(2)).sum(&half);
        lambda.sum(&root(&square))
    }
}

/// Two fractions that compare as what is enclosed does, the first at most the second or above it;
/// `None` where that is not certain. Rounded outward to 32 places.
pub fn compared(found: &Enclosure, bound: &Enclosure) -> Option<(Rational, Rational)> {
    let (found, bound) = (found.outward(32), bound.outward(32));
    if found.hi() <= bound.lo() {
        return Some((found.hi().clone(), bound.lo().clone()));
    }
    (found.lo() > bound.hi()).then(|| (found.lo().clone(), bound.hi().clone()))
}

/// The root of numbers that are not negative.
fn root(x: &Enclosure) -> Enclosure {
    let end = |x: &Rational| enclosure::sqrt(x, BITS).expect("the number is not negative");
    Enclosure::new(end(x.lo()).lo().clone(), end(x.hi()).hi().clone())
}

fn divided(a: &Enclosure, b: &Enclosure) -> Enclosure {
    a.quotient(b).expect("the divisor is positive").outward(BITS)
}
