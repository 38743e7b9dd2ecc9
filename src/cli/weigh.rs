//! What the commands `norm` and `balance` share: what is charged, and numbers as they are printed.

use super::sup_error::fixed;
use crate::analysis::enclosure::Enclosure;
use crate::exact::Rational;
use crate::report::plural;
use crate::spline::weights::{Charge, Rescaling};
use serde::Serialize;

/// What weight decay charges for, on the command line.
#[derive(Clone, Copy, Debug, clap::Args)]
pub struct Charged {
    /// Charge for biases too, as training does that decays every parameter
    #[arg(long)]
    biases: bool,
}

impl Charged {
    /// The charge.
    pub fn charge(self) -> Charge {
        if self.biases { Charge::All } else { Charge::Weights }
    }

    /// The charge in words.
    pub fn words(self) -> &'static str {
        if self.biases { "weights and biases" } else { "weights" }
    }
}

/// A number as JSON prints it: exact, or the two ends between which it lies.
#[derive(Clone, Debug, Serialize)]
#[serde(untagged)]
pub enum Number {
    /// The number.
    Exact(Rational),
    /// A lower and an upper bound.
    Between([Rational; 2]),
}

/// The longest exact fraction that is printed for people, in characters.
const LONGEST: usize = 24;
/// Digits of a number that is longer.
const DIGITS: i64 = 9;

impl From<&Enclosure> for Number {
    fn from(number: &Enclosure) -> Self {
        match number.value() {
            Some(x) => Self::Exact(x.clone()),
            None => Self::Between([number.lo().clone(), number.hi().clone()]),
        }
    }
}

/// A number for people: exact if it is short, else between two decimal numbers.
pub fn shown(number: &Enclosure) -> String {
    if let Some(text) = number.value().map(Rational::to_string)
        && text.len() <= LONGEST
    {
        return text;
    }
    let [lo, hi] = [(number.lo(), false), (number.hi(), true)].map(|(x, is_up)| short(x, is_up));
    format!("between {lo} and {hi}")
}

/// A number rounded in one direction to nine digits; exact if it is short.
pub fn short(x: &Rational, is_up: bool) -> String {
    let text = x.to_string();
    if text.len() <= LONGEST {
        return text;
    }
    // Bits before the point, at a rate of three digits for ten bits.
    let size = x.numerator().bits() as i64 - x.denominator().bits() as i64;
    let count = (DIGITS - size * 3 / 10).clamp(1, 400);
    fixed(x, is_up, count as u32)
}

/// What keeps its scale, in words.
pub fn refusals(rescaling: &Rescaling) -> impl Iterator<Item = String> {
    rescaling.refused().iter().map(|refused| {
        format!(
            "activation {} does not commute with positive factors: what reaches its {} keeps its \
             scale",
            refused.activation + 1,
            plural(refused.units, "unit")
        )
    })
}
