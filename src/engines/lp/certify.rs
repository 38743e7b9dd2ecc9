//! From a proposal to a proof: rounded to a few bits and tested in integers.
//!
//! A double that is too large for a word or not a number is refused; any other becomes an integer,
//! and from there on nothing is rounded. A bad proposal costs time, never a wrong answer.

use super::proposal::Proposal;
use super::{Kind, Row};
use crate::exact::float::power_of_two;
use crate::exact::{IntegerEntries as Entries, Rational};

/// A point near the proposed one that solves every row, if rounding finds it.
///
/// The coarsest grid whose rounding error is less than the proposed depth comes first: a short
/// witness is cheap to check and pleasant to read.
pub(super) fn point(rows: &[Row], proposal: &Proposal) -> Option<Vec<Rational>> {
    if proposal.depth.is_nan() || proposal.depth <= 0.0 {
        return None;
    }
    // A row of coefficients below two errs by less than `dimension / 2^bits`.
    let coarsest = ((proposal.point.len() + 1) as f64 / proposal.depth).log2().ceil();
    let coarsest = coarsest.clamp(0.0, 52.0) as u32;
    [coarsest, 52].into_iter().find_map(|bits| {
        let scale = power_of_two(bits.into());
        let grid: Vec<i64> =
            proposal.point.iter().map(|x| rounded(x * scale)).collect::<Option<_>>()?;
        let point = || grid.iter().map(|&x| Rational::new(x, 1 << bits)).collect::<Vec<_>>();
        for row in rows {
            match solves(row, &grid, bits) {
                Some(true) => {}
                Some(false) => return None,
                None => return Some(point()).filter(|x| rows.iter().all(|row| row.accepts(x))),
            }
        }
        Some(point())
    })
}

/// Whether `x / 2^bits` solves the row; `None` if words do not suffice to tell.
fn solves(row: &Row, x: &[i64], bits: u32) -> Option<bool> {
    let Entries::Words(words) = &row.cleared.entries else { return None };
    let (bound, normal) = words.split_last()?;
    let mut left = 0i128;
    for (&a, (j, _)) in normal.iter().zip(&row.terms) {
        left = left.checked_add(i128::from(a) * i128::from(x[*j]))?;
    }
    // A word times at most 2^52 stays below 2^116.
    let bound = i128::from(*bound) << bits;
    Some(match row.kind {
        Kind::AtMost => left <= bound,
        Kind::Below => left < bound,
        Kind::Equal => left == bound,
    })
}

/// Multipliers of the rows near the proposed ones that prove that no point solves them.
///
/// Rounding leaves a small linear part, which rows with one coefficient, bounds of a coordinate,
/// absorb. Without them, only multipliers that are short already pass.
pub(super) fn multipliers(
    rows: &[Row],
    dimension: usize,
    proposal: &Proposal,
) -> Option<Vec<Rational>> {
    let mut ends = vec![Vec::new(); dimension];
    for (i, j) in rows.iter().enumerate().filter_map(|(i, row)| Some((i, row.coordinate()?))) {
        ends[j].push(i);
    }
    multipliers_in_words(rows, &ends, proposal).or_else(|| {
        let beyond = rows.iter().any(|row| !matches!(row.cleared.entries, Entries::Words(_)));
        if beyond { multipliers_in_fractions(rows, &ends, proposal) } else { None }
    })
}

/// In words; `ends` are the rows with one coefficient, of each coordinate.
fn multipliers_in_words(
    rows: &[Row],
    ends: &[Vec<usize>],
    proposal: &Proposal,
) -> Option<Vec<Rational>> {
    let weights = weights(rows, proposal)?;
    let mut rest = vec![0i128; ends.len()];
    let (mut total, mut strict) = (0i128, false);
    let active = || rows.iter().zip(&weights).enumerate().filter(|(_, (_, y))| **y != 0);
    for (_, (row, &weight)) in active() {
        let Entries::Words(words) = &row.cleared.entries else { return None };
        let (bound, normal) = words.split_last()?;
        for ((j, _), &a) in row.terms.iter().zip(normal) {
            rest[*j] = rest[*j].checked_add(i128::from(weight) * i128::from(a))?;
        }
        total = total.checked_add(i128::from(weight) * i128::from(*bound))?;
        strict |= row.kind == Kind::Below;
    }
    let (mut total, mut absorbed) = (Rational::from(total), Vec::new());
    for (coordinate, &rest) in rest.iter().enumerate().filter(|(_, rest)| **rest != 0) {
        let (i, weight, cost) = absorb(rows, &ends[coordinate], rest)?;
        total += cost;
        strict |= rows[i].kind == Kind::Below;
        absorbed.push((i, weight));
    }
    if total.is_positive() || (total.is_zero() && !strict) {
        return None;
    }
    let mut multipliers = vec![Rational::ZERO; rows.len()];
    for (i, (_, &weight)) in active() {
        multipliers[i] = Rational::from(weight);
    }
    for (i, weight) in absorbed {
        multipliers[i] += weight;
    }
    for (y, row) in multipliers.iter_mut().zip(rows) {
        if !y.is_zero() && row.cleared.scale != Rational::ONE {
            *y *= &row.cleared.scale;
        }
    }
    Some(multipliers)
}

/// The same where a row is beyond words.
fn multipliers_in_fractions(
    rows: &[Row],
    ends: &[Vec<usize>],
    proposal: &Proposal,
) -> Option<Vec<Rational>> {
    let mut multipliers = vec![Rational::ZERO; rows.len()];
    let proposed = proposal.multipliers.iter().zip(&proposal.exponents);
    for ((y, (&proposed, &exponent)), row) in multipliers.iter_mut().zip(proposed).zip(rows) {
        if row.kind == Kind::Equal || proposed > 0.0 {
            let mantissa = Rational::from(rounded(proposed * power_of_two(30))?);
            *y = mantissa * Rational::integer(2).pow(-exponent) * &row.cleared.scale;
        }
    }
    let mut rest = vec![Rational::ZERO; ends.len()];
    for (row, y) in rows.iter().zip(&multipliers).filter(|(_, y)| !y.is_zero()) {
        row.terms.iter().for_each(|(j, a)| rest[*j] += y * a);
    }
    for (coordinate, rest) in rest.iter().enumerate().filter(|(_, rest)| !rest.is_zero()) {
        let weight = |row: &Row| -rest / &row.terms[0].1;
        let absorbs = |row: &Row| row.kind == Kind::Equal || !weight(row).is_negative();
        let of_coordinate = ends[coordinate].iter().filter(|i| absorbs(&rows[**i]));
        let costs = of_coordinate.map(|&i| (weight(&rows[i]) * &rows[i].bound, i));
        let (_, cheapest) = costs.min()?;
        multipliers[cheapest] += weight(&rows[cheapest]);
    }
    let total = rows.iter().zip(&multipliers).map(|(row, y)| y * &row.bound);
    let total = total.fold(Rational::ZERO, |sum, term| sum + term);
    let strict =
        || rows.iter().zip(&multipliers).any(|(r, y)| r.kind == Kind::Below && !y.is_zero());
    (total.is_negative() || (total.is_zero() && strict())).then_some(multipliers)
}

/// The multipliers of the integer rows, scaled so that each scaled row keeps 30 bits.
fn weights(rows: &[Row], proposal: &Proposal) -> Option<Vec<i64>> {
    let active = || proposal.multipliers.iter().zip(&proposal.exponents);
    let top = active().filter(|(y, _)| **y != 0.0).map(|(_, &exponent)| exponent).max()?;
    let weight = |((y, exponent), row): ((&f64, &i32), &Row)| {
        let y = if row.kind == Kind::Equal { *y } else { y.max(0.0) };
        if y == 0.0 {
            Some(0)
        } else {
            rounded(y * power_of_two(30 + i64::from(top) - i64::from(*exponent)))
        }
    };
    active().zip(rows).map(weight).collect()
}

/// The one of these rows of one coefficient that cancels `rest` of it most cheaply: row, multiplier
/// and cost.
fn absorb(rows: &[Row], ends: &[usize], rest: i128) -> Option<(usize, Rational, Rational)> {
    let mut cheapest: Option<(usize, i64, i64)> = None;
    for (i, row) in ends.iter().map(|&i| (i, &rows[i])) {
        let Entries::Words(words) = &row.cleared.entries else { continue };
        let &[coefficient, bound] = &words[..] else { continue };
        if row.kind != Kind::Equal && (coefficient < 0) == (rest < 0) {
            continue;
        }
        let price = |bound: i64, other: i64| i128::from(bound) * i128::from(other).abs();
        let is_cheaper = cheapest.is_none_or(|(_, least_coefficient, least)| {
            price(bound, least_coefficient) < price(least, coefficient)
        });
        if is_cheaper {
            cheapest = Some((i, coefficient, bound));
        }
    }
    let (i, coefficient, bound) = cheapest?;
    let weight = -Rational::from(rest) / Rational::from(coefficient);
    let cost = &weight * Rational::from(bound);
    Some((i, weight, cost))
}

/// The nearest integer, if it is well inside a word; neither infinity nor what is no number is.
fn rounded(x: f64) -> Option<i64> {
    let shifted = x + f64::copysign(0.5, x);
    (shifted.abs() < (1i64 << 62) as f64).then_some(shifted as i64)
}

#[cfg(test)]
#[path = "../../../tests/engines/lp/certify.rs"]
mod tests;
