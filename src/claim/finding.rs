//! A finding: two exact numbers and how they should compare. What has no number is undecided.

use crate::exact::{Natural, Rational};
use serde::Serialize;
use std::fmt;

/// How the found number is claimed to compare with the bound.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum Relation {
    /// `found <= bound`.
    #[serde(rename = "<=")]
    AtMost,
    /// `found >= bound`.
    #[serde(rename = ">=")]
    AtLeast,
    /// `found == bound`.
    #[serde(rename = "=")]
    Equal,
    /// `found < bound`.
    #[serde(rename = "<")]
    Below,
    /// `found > bound`.
    #[serde(rename = ">")]
    Above,
}

/// Why a case decides nothing: what could not be built or computed.
///
/// No number stands for "no": a conclusion about a network that was not built is neither a pass
/// nor a refutation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, thiserror::Error)]
#[error("{0}")]
pub struct Undecided(pub &'static str);

/// What a conclusion says of a case.
pub type Conclusion = Result<Finding, Undecided>;

/// One side of a comparison: an exact number, or why there is none.
pub trait Measure {
    /// The number.
    fn measure(self) -> Result<Rational, Undecided>;
}

macro_rules! measured {
    ($($number:ty),*) => {$(
        impl Measure for $number {
            fn measure(self) -> Result<Rational, Undecided> {
                Ok(self.into())
            }
        }
    )*};
}

// A truth value counts as 1 or 0.
measured!(bool, i32, i64, u32, u64, usize, Natural, Rational);

impl Measure for &Rational {
    fn measure(self) -> Result<Rational, Undecided> {
        Ok(self.clone())
    }
}

impl<T: Measure> Measure for Result<T, Undecided> {
    fn measure(self) -> Result<Rational, Undecided> {
        self?.measure()
    }
}

/// One instance of a conclusion: what was found, and what is claimed about it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// What the two numbers measure.
    pub quantity: &'static str,
    /// The number computed on the case.
    pub found: Rational,
    /// How it is claimed to compare.
    pub relation: Relation,
    /// The number it is compared with.
    pub bound: Rational,
}

impl Finding {
    /// Whether the comparison is true.
    pub fn holds(&self) -> bool {
        match self.relation {
            Relation::AtMost => self.found <= self.bound,
            Relation::AtLeast => self.found >= self.bound,
            Relation::Equal => self.found == self.bound,
            Relation::Below => self.found < self.bound,
            Relation::Above => self.found > self.bound,
        }
    }

    /// How far the comparison is from its limit, counted positive on the side where it holds.
    pub fn slack(&self) -> Rational {
        match self.relation {
            Relation::AtMost | Relation::Below => &self.bound - &self.found,
            Relation::AtLeast | Relation::Above => &self.found - &self.bound,
            Relation::Equal => -(&self.found - &self.bound).abs(),
        }
    }

    /// The order in which cases are tight: the slack as a share of both sides, so that small
    /// numbers are not tight for being small, then the slack itself. Two zeros show nothing, and
    /// count as loose. `None` for an equality: its slack is zero wherever it holds.
    pub fn tightness(&self) -> Option<(Rational, Rational)> {
        let (slack, sides) = (self.slack(), self.found.abs() + self.bound.abs());
        let share = if sides.is_zero() { Rational::ONE } else { &slack / sides };
        (self.relation != Relation::Equal).then_some((share, slack))
    }
}

fn compared(
    quantity: &'static str,
    found: impl Measure,
    relation: Relation,
    bound: impl Measure,
) -> Conclusion {
    Ok(Finding { quantity, found: found.measure()?, relation, bound: bound.measure()? })
}

/// Claims `found <= bound`.
pub fn at_most(quantity: &'static str, found: impl Measure, bound: impl Measure) -> Conclusion {
    compared(quantity, found, Relation::AtMost, bound)
}

/// Claims `found >= bound`.
pub fn at_least(quantity: &'static str, found: impl Measure, bound: impl Measure) -> Conclusion {
    compared(quantity, found, Relation::AtLeast, bound)
}

/// Claims `found == bound`.
pub fn equal(quantity: &'static str, found: impl Measure, bound: impl Measure) -> Conclusion {
    compared(quantity, found, Relation::Equal, bound)
}

/// Claims `found < bound`.
pub fn below(quantity: &'static str, found: impl Measure, bound: impl Measure) -> Conclusion {
    compared(quantity, found, Relation::Below, bound)
}

/// Claims `found > bound`.
pub fn above(quantity: &'static str, found: impl Measure, bound: impl Measure) -> Conclusion {
    compared(quantity, found, Relation::Above, bound)
}

/// Claims that two signals agree: their largest gap is 0. A difference in length is a gap of
/// at least one.
pub fn same_signal(
    quantity: &'static str,
    found: &[Rational],
    expected: &[Rational],
) -> Conclusion {
    let gaps = found.iter().zip(expected).map(|(a, b)| (a - b).abs());
    let by_length = Rational::from(found.len().abs_diff(expected.len()));
    equal(quantity, gaps.fold(by_length, Rational::max), 0)
}

impl fmt::Display for Relation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::AtMost => "≤",
            Self::AtLeast => "≥",
            Self::Equal => "=",
            Self::Below => "<",
            Self::Above => ">",
        })
    }
}

/// A true finding reads `81 ≤ 81`, a false one `12 ≤ 10 is false`.
impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let verdict = if self.holds() { "" } else { " is false" };
        write!(f, "{}: {} {} {}{verdict}", self.quantity, self.found, self.relation, self.bound)
    }
}
