//! Labelled points: every draw is what its name says, the hard cases occur, and the smallest
//! failing draw is the smallest there is.

use crease::analysis::separation;
use crease::exact::Rational;
use crease::exact::linear::{Matrix, dot};
use crease::generators::samples::{self, Labelled};
use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestError, TestRng, TestRunner};

fn runner() -> TestRunner {
    let config = Config { cases: 512, failure_persistence: None, ..Config::default() };
    TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha))
}

/// The smallest draw that has the property. Panics if none of 512 has it.
fn smallest<S: Strategy>(strategy: S, property: impl Fn(&S::Value) -> bool) -> S::Value
where
    S::Value: Clone,
{
    let result = runner().run(&strategy, |value| {
        prop_assert!(!property(&value));
        Ok(())
    });
    match result {
        Err(TestError::Fail(_, value)) => value,
        other => panic!("no draw has the property: {other:?}"),
    }
}

fn every<S: Strategy>(strategy: S, property: impl Fn(&S::Value) -> bool) {
    let result = runner().run(&strategy, |value| {
        prop_assert!(property(&value));
        Ok(())
    });
    result.unwrap_or_else(|error| panic!("{error}"));
}

fn shapes() -> impl Strategy<Value = (usize, usize)> {
    (1usize..=3, 1usize..=5)
}

fn signed(points: &Labelled) -> Vec<Vec<Rational>> {
    separation::signed(&points.samples, &points.positive)
}

#[test]
fn separated_samples_are_separated_by_their_direction() {
    let drawn = shapes().prop_flat_map(|(d, n)| samples::separated(d, n, 3));
    every(drawn, |(u, points)| signed(points).iter().all(|z| dot(u, z).is_positive()));
}

#[test]
fn points_in_general_position_are_in_general_position() {
    let drawn = shapes().prop_flat_map(|(d, n)| samples::in_general_position(d, n, 1));
    every(drawn, |points| separation::in_general_position(points));
    for (d, n) in [(1, 4), (2, 6), (3, 7), (4, 7)] {
        let power = |t: usize, i: usize| Rational::from(t).pow(i as i32);
        let curve: Vec<Vec<_>> = (1..=n).map(|t| (0..d).map(|i| power(t, i)).collect()).collect();
        assert!(separation::in_general_position(&curve));
    }
}

#[test]
fn some_labelled_samples_are_inseparable() {
    let drawn = shapes().prop_flat_map(|(d, n)| samples::labelled(d, n, 3));
    let found = smallest(drawn, |points| {
        !points.samples.concat().contains(&Rational::ZERO)
            && separation::proved_weights(&signed(points)).is_none()
    });
    assert_eq!(found.samples.len(), 2, "two contradictory samples on the line: {found:?}");
    assert_eq!(found.samples[0].len(), 1);
}

#[test]
fn some_separated_samples_carry_both_labels() {
    let drawn = shapes().prop_flat_map(|(d, n)| samples::separated(d, n, 3));
    let (_, found) = smallest(drawn, |(_, points)| {
        points.positive.contains(&true) && points.positive.contains(&false)
    });
    assert_eq!(found.samples.len(), 2);
}

#[test]
fn some_separated_samples_have_a_narrow_margin() {
    let drawn = shapes().prop_flat_map(|(d, n)| samples::separated(d, n, 3));
    smallest(drawn, |(u, points)| {
        let product = |z: &Vec<Rational>| dot(u, z);
        let margin = signed(points).iter().map(product).min().expect("there is a sample");
        margin.pow(2) * Rational::from(20) < dot(u, u)
    });
}

#[test]
fn the_smallest_point_in_general_position_is_one() {
    let drawn = shapes().prop_flat_map(|(d, n)| samples::in_general_position(d, n, 3));
    assert_eq!(smallest(drawn, |_| true), [[Rational::ONE]]);
}

#[test]
fn the_smallest_labelled_sample_is_zero() {
    let drawn = shapes().prop_flat_map(|(d, n)| samples::labelled(d, n, 3));
    let zero = Labelled { samples: vec![vec![Rational::ZERO]], positive: vec![false] };
    assert_eq!(smallest(drawn, |_| true), zero);
}

#[test]
fn general_position_is_what_every_set_of_points_says() {
    let drawn = shapes().prop_flat_map(|(d, n)| samples::labelled(d, n, 1));
    every(drawn, |Labelled { samples, .. }| {
        let size = samples[0].len().min(samples.len());
        let sets = (0u32..1 << samples.len()).filter(|set| set.count_ones() as usize == size);
        let rows = |set: u32| (0..samples.len()).filter(move |i| (set >> i) & 1 == 1);
        let rank = |set| Matrix::from_rows(rows(set).map(|i| samples[i].clone()).collect()).rank();
        separation::in_general_position(samples) == sets.into_iter().all(|set| rank(set) == size)
    });
}
