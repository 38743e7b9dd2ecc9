//! The integers a program computes with.
//!
//! The compiler bounds the bits of all numbers. Overflow is checked all the same: a wrong bound
//! stops the count and does not change it.

use crate::exact::vectors::Vectors;
use crate::exact::{IntegerRow, Rational};
use std::hash::Hash;

/// An integer that is known beforehand not to overflow.
pub(super) trait Entry: Clone + Eq + Hash + Send + Sync + std::fmt::Debug {
    /// The integer that `x` is.
    fn of(x: &Rational) -> Self;
    fn zero() -> Self;
    fn is_zero(&self) -> bool;
    fn is_one(&self) -> bool;
    fn add(&mut self, x: &Self);
    fn subtract(&mut self, x: &Self);
    /// `self += a * x`.
    fn add_product(&mut self, a: &Self, x: &Self);
    /// Adds `row` to a list of vectors.
    fn push(rows: &mut Vectors, row: &[Self]);
}

/// The product of double words, which most of the time are words: then it costs one multiplication
/// and cannot overflow.
fn product(a: i128, x: i128) -> i128 {
    match (i64::try_from(a), i64::try_from(x)) {
        (Ok(a), Ok(x)) => i128::from(a) * i128::from(x),
        _ => a * x,
    }
}

/// Why a number fits.
const FITS: &str = "the bits of a program say which integers hold its numbers";

macro_rules! entry_of_words {
    ($word:ty, $push:ident, $product:expr) => {
        impl Entry for $word {
            fn of(x: &Rational) -> Self {
                let word = x.wide_integer().and_then(|x| x.try_into().ok());
                word.expect(FITS)
            }
            fn zero() -> Self {
                0
            }
            fn is_zero(&self) -> bool {
                *self == 0
            }
            fn is_one(&self) -> bool {
                *self == 1
            }
            fn add(&mut self, x: &Self) {
                *self += x;
            }
            fn subtract(&mut self, x: &Self) {
                *self -= x;
            }
            fn add_product(&mut self, a: &Self, x: &Self) {
                *self += $product(*a, *x);
            }
            fn push(rows: &mut Vectors, row: &[Self]) {
                rows.$push(row);
            }
        }
    };
}

entry_of_words!(i64, push_words, |a, x| a * x);
entry_of_words!(i128, push_wide, product);

/// A residue modulo the greatest prime of 32 bits: what tells most integers apart, and has no sign.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Residue(u32);

impl Residue {
    const MODULUS: u64 = 4_294_967_291;

    fn of_word(x: u64) -> Self {
        Self((x % Self::MODULUS) as u32)
    }
}

impl Entry for Residue {
    fn of(x: &Rational) -> Self {
        let residues = IntegerRow::new([x].into_iter()).residues(Self::MODULUS as u32);
        Self::of_word(residues[0])
    }
    fn zero() -> Self {
        Self(0)
    }
    fn is_zero(&self) -> bool {
        self.0 == 0
    }
    fn is_one(&self) -> bool {
        self.0 == 1
    }
    fn add(&mut self, x: &Self) {
        *self = Self::of_word(u64::from(self.0) + u64::from(x.0));
    }
    fn subtract(&mut self, x: &Self) {
        *self = Self::of_word(u64::from(self.0) + Self::MODULUS - u64::from(x.0));
    }
    fn add_product(&mut self, a: &Self, x: &Self) {
        // Below 2^64: the square of a residue and one more.
        *self = Self::of_word(u64::from(self.0) + u64::from(a.0) * u64::from(x.0));
    }
    fn push(_rows: &mut Vectors, _row: &[Self]) {
        unreachable!("a residue is on no side");
    }
}

impl Entry for Rational {
    fn of(x: &Rational) -> Self {
        x.clone()
    }
    fn zero() -> Self {
        Self::ZERO
    }
    fn is_zero(&self) -> bool {
        Rational::is_zero(self)
    }
    fn is_one(&self) -> bool {
        *self == Self::ONE
    }
    fn add(&mut self, x: &Self) {
        *self += x;
    }
    fn subtract(&mut self, x: &Self) {
        *self -= x;
    }
    fn add_product(&mut self, a: &Self, x: &Self) {
        *self += a * x;
    }
    fn push(rows: &mut Vectors, row: &[Self]) {
        rows.push_fractions(row);
    }
}
