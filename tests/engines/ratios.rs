//! Fractions that are equal count once.

use super::*;
use num_bigint::BigInt;

#[test]
fn equal_fractions_in_any_form_count_once() {
    let pairs = [1i128, 2, 2, 4, -3, -6, 1, 3, 5, 0, -7, 0];
    assert_eq!(distinct_ratios(&pairs), Some(3));
}

#[test]
fn fractions_closer_than_doubles_are_told_apart() {
    let big = 1i128 << 60;
    assert_eq!(distinct_ratios(&[big, big + 1, big + 1, big + 2, big, big + 1]), Some(2));
}

#[test]
fn integers_beyond_the_largest_double_are_compared_exactly() {
    let big: BigInt = BigInt::from(1) << 2000;
    let pairs = [big.clone(), big.clone() + 1, big.clone() * 3, (big + 1) * 3, 1.into(), 2.into()];
    assert_eq!(distinct_ratios(&pairs), Some(2));
}
