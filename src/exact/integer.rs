//! Integers for computations without fractions: machine words that notice overflow, or big ones.
//!
//! A whole computation runs in checked `i128`; at the first overflow it starts again in `BigInt`.
//! Deciding once a computation is faster than deciding once a value, and simpler.

use super::Rational;
use super::gcd::{gcd_big, gcd_word};
use num_bigint::{BigInt, BigUint};
use num_traits::{One, Signed, ToPrimitive, Zero};

/// What elimination asks of its numbers. `None` means overflow: restart with [`BigInt`].
pub(crate) trait Integer: Clone + Ord {
    /// A machine word.
    fn from_word(x: i64) -> Self;
    /// A big integer, if it fits.
    fn from_big(x: &BigInt) -> Option<Self>;
    /// The same integer.
    fn from_wide(x: i128) -> Self;
    /// Whether a difference of two products of integers like this one does not overflow.
    fn products_fit(&self) -> bool;
    /// -1, 0 or 1.
    fn sign(&self) -> i8;
    /// `-self`.
    fn negated(&self) -> Option<Self>;
    /// `a * b`.
    fn times(a: &Self, b: &Self) -> Option<Self>;
    /// `(a * p - b * c) / d`, for a `d` that divides.
    fn cross(a: &Self, p: &Self, b: &Self, c: &Self, d: &Self) -> Option<Self>;
    /// The nearest double, for proposals; infinite when the integer is beyond the largest one.
    fn nearest(&self) -> f64;
    /// `self / denominator` as a fraction.
    fn over(&self, denominator: &Self) -> Rational;
}

impl Integer for i128 {
    fn from_word(x: i64) -> Self {
        x.into()
    }
    fn from_big(x: &BigInt) -> Option<Self> {
        i128::try_from(x).ok()
    }
    fn from_wide(x: i128) -> Self {
        x
    }
    fn products_fit(&self) -> bool {
        self.unsigned_abs() < 1 << 63
    }
    fn sign(&self) -> i8 {
        self.signum() as i8
    }
    fn negated(&self) -> Option<Self> {
        self.checked_neg()
    }
    fn times(a: &Self, b: &Self) -> Option<Self> {
        a.checked_mul(*b)
    }
    fn cross(a: &Self, p: &Self, b: &Self, c: &Self, d: &Self) -> Option<Self> {
        a.checked_mul(*p)?.checked_sub(b.checked_mul(*c)?)?.checked_div(*d)
    }
    fn nearest(&self) -> f64 {
        *self as f64
    }
    fn over(&self, denominator: &Self) -> Rational {
        match (i64::try_from(*self), i64::try_from(*denominator)) {
            (Ok(n), Ok(d)) => Rational::new(n, d),
            _ => Rational::from_parts((*self).into(), (*denominator).into()),
        }
    }
}

impl Integer for BigInt {
    fn from_word(x: i64) -> Self {
        x.into()
    }
    fn from_big(x: &BigInt) -> Option<Self> {
        Some(x.clone())
    }
    fn from_wide(x: i128) -> Self {
        x.into()
    }
    fn products_fit(&self) -> bool {
        true
    }
    fn sign(&self) -> i8 {
        match BigInt::sign(self) {
            num_bigint::Sign::Minus => -1,
            num_bigint::Sign::NoSign => 0,
            num_bigint::Sign::Plus => 1,
        }
    }
    fn negated(&self) -> Option<Self> {
        Some(-self)
    }
    fn times(a: &Self, b: &Self) -> Option<Self> {
        Some(a * b)
    }
    fn cross(a: &Self, p: &Self, b: &Self, c: &Self, d: &Self) -> Option<Self> {
        let mut sum = if Zero::is_zero(a) { BigInt::ZERO } else { a * p };
        if !Zero::is_zero(b) && !Zero::is_zero(c) {
            sum -= b * c;
        }
        Some(if d.is_one() || Zero::is_zero(&sum) { sum } else { sum / d })
    }
    fn nearest(&self) -> f64 {
        self.to_f64().unwrap_or(f64::INFINITY)
    }
    fn over(&self, denominator: &Self) -> Rational {
        Rational::from_parts(self.clone(), denominator.clone())
    }
}

/// Runs a computation in `i128`, and again in `BigInt` if that overflows.
macro_rules! in_words_or_big {
    ($run:ident ( $($argument:expr),* $(,)? )) => {
        match $run::<i128>($($argument),*) {
            Some(result) => result,
            None => $run::<num_bigint::BigInt>($($argument),*)
                .expect("big integers do not overflow"),
        }
    };
}
pub(crate) use in_words_or_big;

/// A row of fractions times the least common multiple of its denominators.
#[derive(Clone, Debug)]
pub(crate) struct IntegerRow {
    /// `scale` times the fractions.
    pub entries: Entries,
    /// The least common multiple; positive.
    pub scale: Rational,
}

/// Integers of one row, in machine words when all of them fit.
#[derive(Clone, Debug)]
pub(crate) enum Entries {
    /// All entries are machine words.
    Words(Vec<i64>),
    /// Some entry is not.
    Big(Vec<BigInt>),
}

impl IntegerRow {
    /// Clears the denominators of `row`.
    pub fn new<'a>(row: impl Iterator<Item = &'a Rational> + Clone) -> Self {
        if let Some((words, scale)) = cleared_words(row.clone()) {
            return Self { entries: Entries::Words(words), scale: Rational::integer(scale) };
        }
        let mut scale = Rational::ONE;
        for x in row.clone() {
            // The denominator of `scale * x` is what the multiple still lacks.
            let rest = &scale * x;
            if !rest.is_integer() {
                scale *= Rational::from(rest.denominator());
            }
        }
        let cleared: Vec<Rational> = row.map(|x| x * &scale).collect();
        let words: Option<Vec<i64>> =
            cleared.iter().map(|x| x.small_parts().map(|(n, _)| n)).collect();
        let big = || Entries::Big(cleared.iter().map(Rational::numerator).collect());
        Self { entries: words.map_or_else(big, Entries::Words), scale }
    }

    /// The entries divided by their greatest common divisor; a row of zeros stays.
    pub fn coprime(&self) -> Vec<Rational> {
        match &self.entries {
            Entries::Words(words) => {
                let gcd = words.iter().fold(0, |gcd, x| gcd_word(gcd, x.unsigned_abs())).max(1);
                let gcd = i64::try_from(gcd).expect("it divides an entry above i64::MIN");
                words.iter().map(|x| Rational::integer(x / gcd)).collect()
            }
            Entries::Big(big) => {
                let zero = BigUint::ZERO;
                let gcd =
                    BigInt::from(big.iter().fold(zero, |gcd, x| gcd_big(&gcd, x.magnitude())));
                big.iter().map(|x| Rational::from(x / &gcd)).collect()
            }
        }
    }

    /// The row of the negated fractions.
    pub fn negated(&self) -> Self {
        let entries = match &self.entries {
            // The small arm of `Rational`, where the words come from, excludes `i64::MIN`.
            Entries::Words(words) => Entries::Words(words.iter().map(|x| -x).collect()),
            Entries::Big(big) => Entries::Big(big.iter().map(|x| -x).collect()),
        };
        Self { entries, scale: self.scale.clone() }
    }

    /// The entries as `T`, or `None` if one does not fit.
    pub fn read<T: Integer>(&self) -> Option<Vec<T>> {
        match &self.entries {
            Entries::Words(words) => Some(words.iter().map(|&x| T::from_word(x)).collect()),
            Entries::Big(big) => big.iter().map(T::from_big).collect(),
        }
    }

    /// The entries modulo `p`.
    pub fn residues(&self, p: u32) -> Vec<u64> {
        let modulus = i64::from(p);
        match &self.entries {
            Entries::Words(words) => words.iter().map(|x| x.rem_euclid(modulus) as u64).collect(),
            Entries::Big(big) => big.iter().map(|x| residue(x, p)).collect(),
        }
    }
}

/// The integers and their scale, if every step stays in words.
fn cleared_words<'a>(row: impl Iterator<Item = &'a Rational> + Clone) -> Option<(Vec<i64>, i64)> {
    let mut scale = 1i64;
    for x in row.clone() {
        let (_, d) = x.small_parts()?;
        if scale % d != 0 {
            let common = gcd_word(scale.unsigned_abs(), d.unsigned_abs()) as i64;
            scale = scale.checked_mul(d / common)?;
        }
    }
    let word = |x: &Rational| {
        let (n, d) = x.small_parts()?;
        n.checked_mul(scale / d).filter(|&n| n != i64::MIN)
    };
    Some((row.map(word).collect::<Option<_>>()?, scale))
}

fn residue(x: &BigInt, p: u32) -> u64 {
    let p = u64::from(p);
    let digits = x.magnitude().iter_u32_digits();
    let size = digits.rev().fold(0, |rest, digit| ((rest << 32) | u64::from(digit)) % p);
    if x.is_negative() && size != 0 { p - size } else { size }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_is_cleared_by_the_least_common_multiple() {
        let row = [Rational::new(1, 6), Rational::new(-3, 4), Rational::integer(2)];
        let cleared = IntegerRow::new(row.iter());
        assert_eq!(cleared.scale, Rational::integer(12));
        assert_eq!(cleared.read::<i128>(), Some(vec![2, -9, 24]));
    }

    #[test]
    fn a_row_beyond_words_is_kept_big() {
        let row = [Rational::from(1u128 << 100), Rational::new(-1, 3)];
        let cleared = IntegerRow::new(row.iter());
        assert!(matches!(cleared.entries, Entries::Big(_)));
        assert_eq!(cleared.read::<i128>(), Some(vec![3 << 100, -1]));
        assert_eq!(cleared.residues(7), vec![(3u128 << 100).rem_euclid(7) as u64, 6]);
        let row = [Rational::integer(2).pow(200)];
        assert_eq!(IntegerRow::new(row.iter()).read::<i128>(), None);
    }

    #[test]
    fn a_coprime_row_keeps_its_direction() {
        let row = [Rational::new(-4, 3), Rational::integer(2), Rational::ZERO];
        let words = IntegerRow::new(row.iter()).coprime();
        assert_eq!(words, [-2, 3, 0].map(Rational::integer));
        let long = row.map(|x| x * Rational::integer(10).pow(40));
        assert_eq!(IntegerRow::new(long.iter()).coprime(), words);
        let zeros = vec![Rational::ZERO; 2];
        assert_eq!(IntegerRow::new(zeros.iter()).coprime(), zeros);
    }

    #[test]
    fn overflow_is_reported_and_the_edge_is_not() {
        let top = i128::MAX;
        assert_eq!(i128::cross(&top, &1, &0, &0, &1), Some(top));
        assert_eq!(i128::cross(&top, &1, &1, &-1, &1), None);
        assert_eq!(i128::cross(&top, &2, &top, &2, &1), None);
        assert_eq!(i128::cross(&7, &5, &3, &5, &4), Some(5));
        assert_eq!((i128::times(&top, &2), i128::MIN.negated()), (None, None));
    }
}
