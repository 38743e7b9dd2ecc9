//! Fields for elimination: residues modulo the prime `2^61 - 1`, and the rationals.

use crate::exact::Rational;

/// What elimination up to row factors asks of its numbers.
pub trait Field: Clone + PartialEq {
    /// Zero.
    fn zero() -> Self;
    /// One.
    fn one() -> Self;
    /// Whether this is zero.
    fn is_zero(&self) -> bool;
    /// `a p - b c` or the same divided by `p`, the choice depending on the type only; `p` not zero.
    fn cross(a: &Self, p: &Self, b: &Self, c: &Self) -> Self;
    /// `a b`.
    fn times(a: &Self, b: &Self) -> Self;
    /// `a + b`.
    fn plus(a: &Self, b: &Self) -> Self;
}

impl Field for Rational {
    fn zero() -> Self {
        Self::ZERO
    }
    fn one() -> Self {
        Self::ONE
    }
    fn is_zero(&self) -> bool {
        self.is_zero()
    }
    fn cross(a: &Self, p: &Self, b: &Self, c: &Self) -> Self {
        // Divided, so that numbers do not grow with the number of steps.
        if b.is_zero() || c.is_zero() { a.clone() } else { a - b * c / p }
    }
    fn times(a: &Self, b: &Self) -> Self {
        a * b
    }
    fn plus(a: &Self, b: &Self) -> Self {
        a + b
    }
}

/// A residue modulo `2^61 - 1`, between 0 and `2^61 - 2`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Residue(u64);

impl Residue {
    /// The modulus, a prime.
    pub const P: u64 = (1 << 61) - 1;

    /// The residue of `x`.
    pub fn new(x: u64) -> Self {
        Self(x % Self::P)
    }

    /// The least number of this residue.
    pub fn word(self) -> u64 {
        self.0
    }

    /// Reduces a number below `2^124`.
    fn reduce(x: u128) -> Self {
        let folded = (x as u64 & Self::P) + (x >> 61) as u64;
        let folded = (folded & Self::P) + (folded >> 61);
        Self(if folded >= Self::P { folded - Self::P } else { folded })
    }
}

impl Field for Residue {
    fn zero() -> Self {
        Self(0)
    }
    fn one() -> Self {
        Self(1)
    }
    fn is_zero(&self) -> bool {
        self.0 == 0
    }
    fn cross(a: &Self, p: &Self, b: &Self, c: &Self) -> Self {
        let minus_b = if b.0 == 0 { 0 } else { Self::P - b.0 };
        Self::reduce(u128::from(a.0) * u128::from(p.0) + u128::from(minus_b) * u128::from(c.0))
    }
    fn times(a: &Self, b: &Self) -> Self {
        Self::reduce(u128::from(a.0) * u128::from(b.0))
    }
    fn plus(a: &Self, b: &Self) -> Self {
        Self::reduce(u128::from(a.0) + u128::from(b.0))
    }
}

/// Fixed streams of pseudo-random words (SplitMix64, Steele, Lea and Flood 2014).
pub fn words(stream: u64) -> impl Iterator<Item = u64> {
    let mut state = 0x6a09_e667_f3bc_c908u64 ^ stream.rotate_left(32);
    std::iter::repeat_with(move || {
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = state;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    })
}
