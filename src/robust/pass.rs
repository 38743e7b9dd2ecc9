//! The exact pass: a lower bound of a row on a domain, from a few whole multipliers.
//!
//! The row is rewritten from the last unit to the first. Where `c relu(z)` stands and `z` lies in
//! `[a, b]`, `c relu(z) >= g z + least of (c relu(p) - g p) over p in {a, 0, b}` for every `g`: so
//! any multipliers prove something, and nothing is trusted of where they come from. What is left
//! is an affine form of the input, whose least value on the domain is exact.

use super::domain::Domain;
use super::program::{Program, Row};
use super::whole::Whole;
use crate::exact::Rational;

/// A closed range of what enters a unit.
pub type Range = (Rational, Rational);

/// Rows times whole multipliers: what a pass begins with.
#[derive(Clone, Debug, Default)]
pub struct Multipliers {
    /// Of the rows that are bounded, each with its denominators cleared.
    pub rows: Vec<Rational>,
    /// Of units, each with the denominators of its row cleared; increasing. Units that are not
    /// listed have the multiplier that keeps their value where the range is not negative, and 0
    /// elsewhere.
    pub units: Vec<(usize, Rational)>,
    /// For l2 in a box: see [`Domain::pull`].
    pub pull: Rational,
}

/// An affine form of the input.
pub struct Bound {
    /// The coefficients.
    pub form: Vec<Rational>,
    /// The constant.
    pub constant: Rational,
}

/// A form that is at most `sum of multipliers times rows` wherever the units keep to their ranges.
pub fn pass(
    program: &Program,
    rows: &[&Row],
    ranges: &[Range],
    multipliers: &Multipliers,
) -> Bound {
    run::<i128>(program, rows, ranges, multipliers)
        .or_else(|| run::<Rational>(program, rows, ranges, multipliers))
        .expect("numbers of any length do not overflow")
}

fn run<W: Whole>(
    program: &Program,
    rows: &[&Row],
    ranges: &[Range],
    multipliers: &Multipliers,
) -> Option<Bound> {
    let inputs = program.inputs;
    let mut coefficients = vec![W::zero(); inputs + program.units.len()];
    let mut constant = W::zero();
    for (row, factor) in rows.iter().zip(&multipliers.rows) {
        row.add_to(&W::of(factor)?, &mut coefficients, &mut constant)?;
    }
    let mut rest = Rational::ZERO;
    let mut listed = multipliers.units.iter().rev().peekable();
    for unit in (0..program.units.len()).rev() {
        let stated = listed.next_if(|(listed, _)| *listed == unit).map(|(_, factor)| factor);
        let own = &coefficients[inputs + unit];
        if stated.is_none() && own.sign() == 0 {
            continue;
        }
        let (row, own) = (&program.units[unit], own.rational());
        let (lo, hi) = &ranges[unit];
        let factor = match stated {
            Some(factor) => factor.clone(),
            None if lo.is_negative() => Rational::ZERO,
            None => (&own / &row.scale).floor(),
        };
        let slope = &factor * &row.scale;
        let left = |p: &Rational| match p.is_positive() {
            true => (&own - &slope) * p,
            false => -(&slope * p),
        };
        let mut least = left(lo).min(left(hi));
        if lo.is_negative() && hi.is_positive() && least.is_positive() {
            least = Rational::ZERO;
        }
        rest += least;
        if !factor.is_zero() {
            row.add_to(&W::of(&factor)?, &mut coefficients, &mut constant)?;
        }
    }
    let form = coefficients[..inputs].iter().map(W::rational).collect();
    Some(Bound { form, constant: constant.rational() + rest })
}

impl Bound {
    /// Whether it is positive on the domain.
    pub fn is_positive(&self, domain: &Domain, pull: &Rational) -> bool {
        domain.is_positive(&self.form, &self.constant, pull)
    }
}
