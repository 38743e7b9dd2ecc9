//! Greatest common divisors, beside another library.

use super::*;
use num_integer::Integer;

/// A cheap reproducible stream of limbs; the law tests bring the random ones.
fn stream(seed: u64) -> impl FnMut() -> u64 {
    let mut state = seed;
    move || {
        state = state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        state ^ (state >> 29)
    }
}

#[test]
fn lehmer_agrees_with_num_bigint_on_mixed_sizes() {
    let mut next = stream(1);
    for round in 0..2000 {
        let mut number = |limbs: u64| from_limbs(&(0..limbs).map(|_| next()).collect::<Vec<_>>());
        let common = number(round % 4);
        let (a, b) = (number(round % 7) * &common, number(round % 5) * &common);
        assert_eq!(gcd_big(&a, &b), a.gcd(&b), "gcd({a}, {b})");
    }
}

#[test]
fn lehmer_agrees_on_consecutive_fibonacci_numbers() {
    let (mut a, mut b) = (BigUint::from(1u8), BigUint::from(1u8));
    for _ in 0..600 {
        (a, b) = (&a + &b, a);
    }
    assert_eq!(gcd_big(&a, &b), BigUint::from(1u8));
    assert_eq!(gcd_big(&(&a * &b), &(&a * &a)), a);
}

#[test]
fn a_word_gcd_with_zero_is_the_other_word() {
    assert_eq!((gcd_word(0, 6), gcd_word(6, 0), gcd_word(0, 0)), (6, 6, 0));
    assert_eq!(
        (gcd_word(12, 18), gcd_word(u64::MAX, 3), gcd_word(1 << 63, 1 << 40)),
        (6, 3, 1 << 40)
    );
}
