//! Points and multipliers that doubles propose, rounded and tested.

use super::super::System;
use super::*;

fn integers(x: &[i64]) -> Vec<Rational> {
    x.iter().map(|&x| x.into()).collect()
}

fn system(dimension: usize, kind: Kind, rows: &[(&[i64], i64)]) -> System {
    let mut system = System::new(dimension);
    rows.iter().for_each(|(normal, bound)| system.push(integers(normal), (*bound).into(), kind));
    system
}

fn proposed(depth: f64, point: &[f64], multipliers: &[f64]) -> Proposal {
    Proposal {
        depth,
        point: point.to_vec(),
        multipliers: multipliers.to_vec(),
        exponents: vec![0; multipliers.len()],
        tight: Vec::new(),
        ends: Vec::new(),
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
        let found = multipliers(&system(1, kind, &slit).rows, 1, &proposed(0.0, &[], &[0.5, 0.5]));
        assert_eq!(found, proved.then(|| integers(&[1 << 29, 1 << 29])));
    }
    let open: [(&[i64], i64); 2] = [(&[3], 2), (&[-3], -1)];
    let open = system(1, Kind::Below, &open);
    assert_eq!(multipliers(&open.rows, open.dimension, &proposed(0.0, &[], &[0.5, 0.5])), None);
    assert_eq!(multipliers(&open.rows, open.dimension, &proposed(0.0, &[], &[0.0, 0.0])), None);
}

#[test]
fn the_cheapest_bound_absorbs_what_rounding_leaves() {
    let rows: [(&[i64], i64); 5] =
        [(&[1, 1], -1), (&[-1, 0], 0), (&[0, -2], 8), (&[0, -2], 0), (&[0, 1], 0)];
    let boxed = system(2, Kind::AtMost, &rows);
    let rough = proposed(-0.3, &[], &[1.0, 1.0, 0.0, 0.25, 0.0]);
    let y = multipliers(&boxed.rows, boxed.dimension, &rough).expect("the rest of y is absorbed");
    assert_eq!(y, integers(&[1 << 30, 1 << 30, 0, 1 << 29, 0]));
    assert!(boxed.accepts_farkas(&y));
    // Too much of the last row: the other side absorbs.
    let rough = proposed(-0.3, &[], &[1.0, 1.0, 0.0, 0.75, 0.0]);
    let y = multipliers(&boxed.rows, boxed.dimension, &rough).expect("the rest of y is absorbed");
    assert_eq!(y[4], Rational::integer(1 << 29));
    assert!(boxed.accepts_farkas(&y));
    // Without bounds of that side nothing absorbs.
    let half = system(2, Kind::AtMost, &rows[..2]);
    assert_eq!(multipliers(&half.rows, half.dimension, &proposed(-0.3, &[], &[1.0, 1.0])), None);
    // A negative multiplier of an inequality is taken for zero.
    let y = multipliers(
        &boxed.rows,
        boxed.dimension,
        &proposed(-0.3, &[], &[1.0, 1.0, 0.0, 0.5, -0.5]),
    );
    assert_eq!(y.expect("accepted")[4], Rational::ZERO);
}

#[test]
fn an_equation_takes_part_with_either_sign() {
    let mut system = System::new(1);
    system.equal(integers(&[1]), 1.into());
    system.below(integers(&[1]), 1.into());
    let y = multipliers(&system.rows, system.dimension, &proposed(0.0, &[], &[-0.5, 0.5]));
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
        let proposal = system.proposed(&[]).expect("a proposal");
        let found = multipliers(&system.rows, system.dimension, &proposal);
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
        let proposal = system.proposed(&[]).expect("words are in range");
        match (
            point(&system.rows, &proposal),
            multipliers(&system.rows, system.dimension, &proposal),
        ) {
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
