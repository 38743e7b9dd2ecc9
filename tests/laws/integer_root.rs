//! Roots of integers, rounded down.

use crease::analysis::enclosure::floor_root;
use num_bigint::BigInt;

#[test]
fn a_root_is_the_greatest_whose_power_fits() {
    let numbers = [0u64, 1, 2, 7, 8, 9, 80, 81, 1 << 33, u64::MAX].map(BigInt::from);
    let long = numbers.iter().map(|n| (n + 3u32).pow(40) - 1u32);
    for x in numbers.iter().cloned().chain(long) {
        for order in [1, 2, 3, 5, 64, 1000] {
            let root = floor_root(&x, order);
            assert!(root.pow(order) <= x && (&root + 1u32).pow(order) > x, "{x}, {order}");
        }
    }
}

/// The thousandth root of 533^253 to a hundred places: seven hundred steps from a power of two.
#[test]
fn a_high_root_of_a_long_number_takes_few_steps() {
    let x = BigInt::from(533).pow(253) << 100_000;
    let root = floor_root(&x, 1000);
    assert_eq!(&root >> 98, BigInt::from(19), "4.8969, four times");
    assert!(root.pow(1000) <= x && (root + 1u32).pow(1000) > x);
}
