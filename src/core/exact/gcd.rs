//! Greatest common divisors: binary on machine words, Lehmer's algorithm above.
//!
//! Reducing fractions is where exact arithmetic spends its time. num-bigint's own gcd is the
//! binary algorithm on whole limb vectors; Lehmer's replaces most long operations by word ones.

use num_bigint::BigUint;
use num_traits::Zero;

/// The greatest common divisor of two words; `gcd(0, b) == b`. Cost: at most 128 word operations.
pub(crate) fn gcd_word(mut a: u64, mut b: u64) -> u64 {
    if a == 0 || b == 0 {
        return a | b;
    }
    let shift = (a | b).trailing_zeros();
    a >>= a.trailing_zeros();
    b >>= b.trailing_zeros();
    // Powers of two and whole numbers, the common denominators, end here at once.
    while a != 1 && b != 1 {
        let difference = a.abs_diff(b);
        if difference == 0 {
            return a << shift;
        }
        a = a.min(b);
        b = difference >> difference.trailing_zeros();
    }
    1 << shift
}

/// The greatest common divisor of two big numbers; `gcd(0, b) == b`.
///
/// Cost: `O(n^2 / 32)` word operations for `n` limbs. Source: Lehmer's algorithm as Algorithm L in
/// Knuth, *The Art of Computer Programming* 2, section 4.5.2, with 62-bit leading parts.
pub fn gcd_big(a: &BigUint, b: &BigUint) -> BigUint {
    // Fixed-point numbers share long powers of two; without these they are soon done.
    if let (Some(i), Some(j)) = (a.trailing_zeros(), b.trailing_zeros())
        && i.max(j) >= 64
    {
        return gcd_big(&(a >> i), &(b >> j)) << i.min(j);
    }
    let (mut a, mut b) = (a.to_u64_digits(), b.to_u64_digits());
    loop {
        if less(&a, &b) {
            std::mem::swap(&mut a, &mut b);
        }
        match (a.as_slice(), b.as_slice()) {
            (_, []) => return from_limbs(&a),
            ([x], [y]) => return BigUint::from(gcd_word(*x, *y)),
            (long, [y]) => return BigUint::from(gcd_word(rem_word(long, *y), *y)),
            _ => {}
        }
        match cofactors(&a, &b) {
            Some(c) => {
                let next = (combine(&a, c[0], &b, c[1]), combine(&a, c[2], &b, c[3]));
                (a, b) = next;
            }
            None => {
                let rest = from_limbs(&a) % from_limbs(&b);
                a = b;
                b = if rest.is_zero() { Vec::new() } else { rest.to_u64_digits() };
            }
        }
    }
}

fn less(a: &[u64], b: &[u64]) -> bool {
    a.len().cmp(&b.len()).then_with(|| a.iter().rev().cmp(b.iter().rev())).is_lt()
}

pub(super) fn from_limbs(limbs: &[u64]) -> BigUint {
    let halves: Vec<u32> = limbs.iter().flat_map(|&l| [l as u32, (l >> 32) as u32]).collect();
    BigUint::new(halves)
}

fn rem_word(limbs: &[u64], word: u64) -> u64 {
    let word = u128::from(word);
    limbs.iter().rev().fold(0u128, |rest, &l| ((rest << 64) | u128::from(l)) % word) as u64
}

/// The 62 bits of `limbs` that start at bit `top` (exclusive) and go down.
fn leading(limbs: &[u64], top: usize) -> i64 {
    let low = top.saturating_sub(62);
    let limb = |i: usize| u128::from(limbs.get(i).copied().unwrap_or(0));
    let pair = limb(low / 64) | (limb(low / 64 + 1) << 64);
    ((pair >> (low % 64)) & ((1 << 62) - 1)) as i64
}

/// Cofactors of as many division steps of `a >= b` as the leading parts decide, each below `2^31`;
/// `None` when that is none. Both are limbs, the lowest first, the last one not 0. Panics if there
/// are none.
pub fn cofactors(a: &[u64], b: &[u64]) -> Option<[i64; 4]> {
    let top = a.len() * 64 - a[a.len() - 1].leading_zeros() as usize;
    let (mut x, mut y) = (leading(a, top), leading(b, top));
    let mut c = [1i64, 0, 0, 1];
    // Both quotients agree, so the true quotient is the same (Knuth, step L2).
    while y + c[2] != 0 && y + c[3] != 0 {
        let q = (x + c[0]) / (y + c[2]);
        if q != (x + c[1]) / (y + c[3]) || q >= 1 << 31 {
            break;
        }
        let (r, s) = (c[0] - q * c[2], c[1] - q * c[3]);
        if r.unsigned_abs() >= 1 << 31 || s.unsigned_abs() >= 1 << 31 {
            break;
        }
        c = [c[2], c[3], r, s];
        (x, y) = (y, x - q * y);
    }
    (c[1] != 0).then_some(c)
}

/// `a * x + b * y`, which Lehmer's condition makes non-negative.
fn combine(a: &[u64], x: i64, b: &[u64], y: i64) -> Vec<u64> {
    let mut carry = 0i128;
    let mut out = Vec::with_capacity(a.len());
    for (i, &limb) in a.iter().enumerate() {
        let other = b.get(i).copied().unwrap_or(0);
        carry += i128::from(limb) * i128::from(x) + i128::from(other) * i128::from(y);
        out.push(carry as u64);
        carry >>= 64;
    }
    debug_assert_eq!(carry, 0, "a division step leaves a remainder in range");
    while out.last() == Some(&0) {
        out.pop();
    }
    out
}

#[cfg(test)]
#[path = "../../../tests/core/exact/gcd.rs"]
mod tests;
