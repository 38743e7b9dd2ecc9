//! Roots of big integers, rounded down or up.

use num_bigint::BigInt;

/// The least integer whose square is at least `x`, which is not negative.
pub(super) fn ceil_root(x: &BigInt) -> BigInt {
    let root = x.sqrt();
    if &root * &root == *x { root } else { root + 1 }
}

/// The greatest integer whose power of this order, which is not 0, is at most `x`, which is not
/// negative.
///
/// Newton's method from above: the root of the leading half of `x` is rounded up, and no later
/// value falls below the result. Cost: a few dozen powers; from a power of two, as libraries begin,
/// it would be as many as the order.
pub fn floor_root(x: &BigInt, order: u32) -> BigInt {
    if order == 2 {
        return x.sqrt();
    }
    let bits = x.bits().div_ceil(order.into());
    // A guess that is not within a part in `order` comes nearer only step by step.
    if bits <= 16 {
        return (0..bits).rev().fold(BigInt::ZERO, |root, bit| {
            let greater: BigInt = &root + (1u32 << bit);
            if greater.pow(order) <= *x { greater } else { root }
        });
    }
    let half = bits / 2;
    let mut root: BigInt = (floor_root(&(x >> (half * u64::from(order))), order) + 1) << half;
    loop {
        let next = (&root * (order - 1) + x / root.pow(order - 1)) / order;
        if next >= root {
            return root;
        }
        root = next;
    }
}
