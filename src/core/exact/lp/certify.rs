//! From a proposal to a proof: rounded to a few bits and tested in integers.
//!
//! A double that is too large for a word or not a number is refused; any other becomes an integer,
//! and from there on nothing is rounded. A bad proposal costs time, never a wrong answer.

use super::proposal::Proposal;
use super::{Kind, Row};
use crate::exact::Rational;
use crate::exact::float::power_of_two;
use crate::exact::integer::Entries;

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
    for (&a, &x) in normal.iter().zip(x) {
        left = left.checked_add(i128::from(a) * i128::from(x))?;
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
pub(super) fn multipliers(rows: &[Row], proposal: &Proposal) -> Option<Vec<Rational>> {
    multipliers_in_words(rows, proposal).or_else(|| {
        let beyond = rows.iter().any(|row| !matches!(row.cleared.entries, Entries::Words(_)));
        if beyond { multipliers_in_fractions(rows, proposal) } else { None }
    })
}

fn multipliers_in_words(rows: &[Row], proposal: &Proposal) -> Option<Vec<Rational>> {
    let weights = weights(rows, proposal)?;
    let mut rest = vec![0i128; rows.first()?.normal.len()];
    let (mut total, mut strict) = (0i128, false);
    let active = || rows.iter().zip(&weights).enumerate().filter(|(_, (_, y))| **y != 0);
    for (_, (row, &weight)) in active() {
        let Entries::Words(words) = &row.cleared.entries else { return None };
        let (bound, normal) = words.split_last()?;
        for (rest, &a) in rest.iter_mut().zip(normal) {
            *rest = rest.checked_add(i128::from(weight) * i128::from(a))?;
        }
        total = total.checked_add(i128::from(weight) * i128::from(*bound))?;
        strict |= row.kind == Kind::Below;
    }
    let (mut total, mut absorbed) = (Rational::from(total), Vec::new());
    for (coordinate, &rest) in rest.iter().enumerate().filter(|(_, rest)| **rest != 0) {
        let (i, weight, cost) = absorb(rows, coordinate, rest)?;
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
fn multipliers_in_fractions(rows: &[Row], proposal: &Proposal) -> Option<Vec<Rational>> {
    let mut multipliers = vec![Rational::ZERO; rows.len()];
    let proposed = proposal.multipliers.iter().zip(&proposal.exponents);
    for ((y, (&proposed, &exponent)), row) in multipliers.iter_mut().zip(proposed).zip(rows) {
        if row.kind == Kind::Equal || proposed > 0.0 {
            let mantissa = Rational::from(rounded(proposed * power_of_two(30))?);
            *y = mantissa * Rational::integer(2).pow(-exponent) * &row.cleared.scale;
        }
    }
    let mut rest = vec![Rational::ZERO; rows.first()?.normal.len()];
    for (row, y) in rows.iter().zip(&multipliers).filter(|(_, y)| !y.is_zero()) {
        for (rest, a) in rest.iter_mut().zip(&row.normal).filter(|(_, a)| !a.is_zero()) {
            *rest += y * a;
        }
    }
    for (coordinate, rest) in rest.iter().enumerate().filter(|(_, rest)| !rest.is_zero()) {
        let absorbs = |(_, row): &(usize, &Row)| {
            let opposite = row.normal[coordinate].is_negative() != rest.is_negative();
            row.bounds == Some(coordinate) && (opposite || row.kind == Kind::Equal)
        };
        let weight = |row: &Row| -rest / &row.normal[coordinate];
        let bounds = rows.iter().enumerate().filter(absorbs);
        let costs = bounds.map(|(i, row)| (weight(row) * &row.bound, i));
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

/// The bound of one coordinate that cancels `rest` of it most cheaply: row, multiplier and cost.
fn absorb(rows: &[Row], coordinate: usize, rest: i128) -> Option<(usize, Rational, Rational)> {
    let mut cheapest: Option<(usize, i64, i64)> = None;
    for (i, row) in rows.iter().enumerate().filter(|(_, row)| row.bounds == Some(coordinate)) {
        let Entries::Words(words) = &row.cleared.entries else { continue };
        let (coefficient, bound) = (words[coordinate], *words.last()?);
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
mod tests {
    use super::super::System;
    use super::super::proposal::propose;
    use super::*;

    fn integers(x: &[i64]) -> Vec<Rational> {
        x.iter().map(|&x| x.into()).collect()
    }

    fn system(dimension: usize, kind: Kind, rows: &[(&[i64], i64)]) -> System {
        let mut system = System::new(dimension);
        rows.iter()
            .for_each(|(normal, bound)| system.push(integers(normal), (*bound).into(), kind));
        system
    }

    fn proposed(depth: f64, point: &[f64], multipliers: &[f64]) -> Proposal {
        Proposal {
            depth,
            point: point.to_vec(),
            multipliers: multipliers.to_vec(),
            exponents: vec![0; multipliers.len()],
            tight: Vec::new(),
        }
    }

    #[test]
    fn a_point_is_rounded_to_the_coarsest_safe_grid_and_tested() {
        let unit = system(1, Kind::Below, &[(&[1], 1), (&[-1], 0)]);
        let at = |depth, x| point(&unit.rows, &proposed(depth, &[x], &[]));
        assert_eq!(at(0.5, 0.4), Some(vec![Rational::new(1, 2)]));
        assert_eq!(at(0.25, 0.4), Some(vec![Rational::new(3, 8)]));
        assert_eq!(at(0.5, -0.4), None);
        assert_eq!((at(0.0, 0.4), at(-1.0, 0.4), at(f64::NAN, 0.4)), (None, None, None));
        assert_eq!((at(0.5, f64::NAN), at(0.5, 1e300)), (None, None));
        // Strict rows refuse their boundary; closed rows do not.
        assert_eq!((at(2.0, 1.0), at(2.0, 0.0)), (None, None));
        let closed = system(1, Kind::AtMost, &[(&[1], 1), (&[-1], 0)]);
        assert_eq!(point(&closed.rows, &proposed(2.0, &[1.0], &[])), Some(integers(&[1])));
        let line = system(2, Kind::Equal, &[(&[1, 1], 1)]);
        let on = |x: &[f64]| point(&line.rows, &proposed(0.75, x, &[]));
        assert_eq!(on(&[0.25, 0.75]), Some(vec![Rational::new(1, 4), Rational::new(3, 4)]));
        assert_eq!(on(&[0.25, 0.5]), None);
    }

    #[test]
    fn a_point_of_rows_beyond_words_is_tested_in_fractions() {
        let mut far = System::new(1);
        far.below(vec![Rational::integer(2).pow(80)], Rational::integer(2).pow(81));
        let at = |x| point(&far.rows, &proposed(1.0, &[x], &[]));
        assert_eq!((at(1.5), at(2.0)), (Some(vec![Rational::new(3, 2)]), None));
    }

    #[test]
    fn touching_rows_contradict_each_other_only_if_one_is_strict() {
        let slit: [(&[i64], i64); 2] = [(&[3], 1), (&[-3], -1)];
        for (kind, proved) in [(Kind::Below, true), (Kind::AtMost, false)] {
            let found = multipliers(&system(1, kind, &slit).rows, &proposed(0.0, &[], &[0.5, 0.5]));
            assert_eq!(found, proved.then(|| integers(&[1 << 29, 1 << 29])));
        }
        let open: [(&[i64], i64); 2] = [(&[3], 2), (&[-3], -1)];
        let open = system(1, Kind::Below, &open);
        assert_eq!(multipliers(&open.rows, &proposed(0.0, &[], &[0.5, 0.5])), None);
        assert_eq!(multipliers(&open.rows, &proposed(0.0, &[], &[0.0, 0.0])), None);
    }

    #[test]
    fn the_cheapest_bound_absorbs_what_rounding_leaves() {
        let rows: [(&[i64], i64); 5] =
            [(&[1, 1], -1), (&[-1, 0], 0), (&[0, -2], 8), (&[0, -2], 0), (&[0, 1], 0)];
        let boxed = system(2, Kind::AtMost, &rows);
        let rough = proposed(-0.3, &[], &[1.0, 1.0, 0.0, 0.25, 0.0]);
        let y = multipliers(&boxed.rows, &rough).expect("the rest of y is absorbed");
        assert_eq!(y, integers(&[1 << 30, 1 << 30, 0, 1 << 29, 0]));
        assert!(boxed.accepts_farkas(&y));
        // Too much of the last row: the other side absorbs.
        let rough = proposed(-0.3, &[], &[1.0, 1.0, 0.0, 0.75, 0.0]);
        let y = multipliers(&boxed.rows, &rough).expect("the rest of y is absorbed");
        assert_eq!(y[4], Rational::integer(1 << 29));
        assert!(boxed.accepts_farkas(&y));
        // Without bounds of that side nothing absorbs.
        let half = system(2, Kind::AtMost, &rows[..2]);
        assert_eq!(multipliers(&half.rows, &proposed(-0.3, &[], &[1.0, 1.0])), None);
        // A negative multiplier of an inequality is taken for zero.
        let y = multipliers(&boxed.rows, &proposed(-0.3, &[], &[1.0, 1.0, 0.0, 0.5, -0.5]));
        assert_eq!(y.expect("accepted")[4], Rational::ZERO);
    }

    #[test]
    fn an_equation_takes_part_with_either_sign() {
        let mut system = System::new(1);
        system.equal(integers(&[1]), 1.into());
        system.below(integers(&[1]), 1.into());
        let y = multipliers(&system.rows, &proposed(0.0, &[], &[-0.5, 0.5]));
        assert_eq!(y, Some(integers(&[-(1 << 29), 1 << 29])));
    }

    /// Bounds of a hundred bits beside a row of one bit: at -2 the corner is a hair inside.
    #[test]
    fn rows_beyond_words_are_refuted_in_fractions() {
        let far = Rational::integer(2).pow(100);
        for (bound, refuted) in [("-3", true), ("-2", false), ("-1", false)] {
            let mut system = System::new(2);
            system.below(integers(&[1, 1]), bound.parse().expect("a number"));
            for normal in [[1, 0], [-1, 0], [0, 1], [0, -1]] {
                let normal = normal.map(|x| Rational::integer(x) * &far);
                system.below(normal.to_vec(), &far + Rational::new(1, 3));
            }
            let proposal = propose(&system.rows, 2, &[]).expect("a proposal");
            let found = multipliers(&system.rows, &proposal);
            assert!(found.iter().all(|y| system.accepts_farkas(y)));
            assert_eq!(found.is_some(), refuted, "{bound}");
        }
    }

    #[test]
    fn ordinary_systems_are_decided_by_their_proposal() {
        let mut state = 1u64;
        let mut draw = move |most: i64| {
            state = state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
            ((state >> 33) % (2 * most as u64 + 1)) as i64 - most
        };
        let (mut points, mut proofs) = (0, 0);
        for round in 0..60 {
            let dimension = 2 + round % 4;
            let mut system = System::new(dimension);
            for _ in 0..4 * dimension {
                let normal: Vec<i64> = (0..dimension).map(|_| draw(1000)).collect();
                let bound = draw(2000) + 1500 * (round as i64 % 3);
                system.below(integers(&normal), bound.into());
            }
            for j in 0..dimension {
                let mut normal = vec![0; dimension];
                for sign in [1, -1] {
                    normal[j] = sign;
                    system.below(integers(&normal), 4.into());
                }
            }
            let proposal = propose(&system.rows, dimension, &[]).expect("words are in range");
            match (point(&system.rows, &proposal), multipliers(&system.rows, &proposal)) {
                (Some(x), None) => {
                    assert!(system.accepts_point(&x));
                    points += 1;
                }
                (None, Some(y)) => {
                    assert!(system.accepts_farkas(&y));
                    proofs += 1;
                }
                (found, refuted) => panic!("round {round}: {found:?}, {refuted:?}"),
            }
        }
        assert!(points >= 15 && proofs >= 15, "{points} points, {proofs} proofs");
    }
}
