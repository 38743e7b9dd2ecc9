//! Integers for computations without fractions: machine words that notice overflow, or big ones.
//!
//! A whole computation runs in checked `i128`; at the first overflow it starts again in `BigInt`.
//! Deciding once a computation is faster than deciding once a value, and simpler.

use super::Rational;
use super::gcd::{from_limbs, gcd_big, gcd_word};
use num_bigint::{BigInt, BigUint};
use num_traits::{One, Signed, ToPrimitive, Zero};

/// What elimination asks of its numbers. `None` means overflow: restart with [`BigInt`].
pub trait Integer: Clone + Ord {
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

/// Runs a computation that is generic in its [`Integer`](crate::exact::Integer) in `i128`, and
/// again in `BigInt` if that returns `None`.
#[macro_export]
macro_rules! in_words_or_big {
    ($run:ident ( $($argument:expr),* $(,)? )) => {
        match $run::<i128>($($argument),*) {
            Some(result) => result,
            None => $run::<$crate::exact::Big>($($argument),*)
                .expect("big integers do not overflow"),
        }
    };
}

/// A row of fractions times the least common multiple of its denominators.
#[derive(Clone, Debug)]
pub struct IntegerRow {
    /// `scale` times the fractions.
    pub entries: Entries,
    /// The least common multiple; positive.
    pub scale: Rational,
}

/// Integers of one row, in machine words when all of them fit.
#[derive(Clone, Debug)]
pub enum Entries {
    /// All entries are machine words.
    Words(Vec<i64>),
    /// Some entry is not.
    Big(Vec<BigInt>),
}

impl Entries {
    /// Machine words if all of these are.
    fn new(big: Vec<BigInt>) -> Self {
        // The small arm of `Rational`, where words come from as a rule, excludes `i64::MIN`.
        let word = |x: &BigInt| x.to_i64().filter(|x| *x != i64::MIN);
        let words: Option<Vec<i64>> = big.iter().map(word).collect();
        words.map_or(Self::Big(big), Self::Words)
    }
}

impl IntegerRow {
    /// Clears the denominators of `row`.
    pub fn new<'a>(row: impl Iterator<Item = &'a Rational> + Clone) -> Self {
        if let Some((words, scale)) = cleared_words(row.clone()) {
            return Self { entries: Entries::Words(words), scale: Rational::integer(scale) };
        }
        if let Some(places) = row.clone().map(Rational::places).collect::<Option<Vec<_>>>() {
            let most = places.iter().copied().max().unwrap_or(0);
            let big = row.zip(places).map(|(x, places)| x.numerator() << (most - places));
            let scale = Rational::from(BigInt::one() << most);
            return Self { entries: Entries::new(big.collect()), scale };
        }
        let mut scale = Rational::ONE;
        for x in row.clone() {
            // The denominator of `scale * x` is what the multiple still lacks.
            let rest = &scale * x;
            if !rest.is_integer() {
                scale *= Rational::from(rest.denominator());
            }
        }
        let cleared = row.map(|x| (x * &scale).numerator());
        Self { entries: Entries::new(cleared.collect()), scale }
    }

    /// Sums of products of an entry of this row and one of the other, as fractions: `each` calls
    /// what it is given with the number of the sum and the places of the two entries.
    ///
    /// In machine words, or from the start again in big integers. Cost: a product each, and one
    /// reduction a sum.
    pub fn sums(
        &self,
        other: &Self,
        count: usize,
        each: impl Fn(&mut dyn FnMut(usize, usize, usize)),
    ) -> Vec<Rational> {
        let scale = &self.scale * &other.scale;
        if let (Entries::Words(a), Entries::Words(b)) = (&self.entries, &other.entries) {
            let (mut sums, mut fits) = (vec![0i128; count], true);
            each(&mut |sum, i, j| {
                let product = i128::from(a[i]) * i128::from(b[j]);
                let (total, overflows) = sums[sum].overflowing_add(product);
                sums[sum] = total;
                fits &= !overflows;
            });
            if fits {
                let unit = scale.recip();
                return sums.into_iter().map(|sum| Rational::from(sum) * &unit).collect();
            }
        }
        let (a, b, mut sums) = (self.limbs(), other.limbs(), vec![Sum::default(); count]);
        each(&mut |sum, i, j| sums[sum].add_product(&a[i], &b[j]));
        let (places, whole) = (scale.recip().places(), scale.numerator());
        let over = |sum: Sum| match places {
            Some(places) => Rational::with_places(sum.total(), places),
            None => Rational::from_parts(sum.total(), whole.clone()),
        };
        sums.into_iter().map(over).collect()
    }

    /// Sign and 64-bit digits of each entry, the lowest first.
    fn limbs(&self) -> Vec<(bool, Vec<u64>)> {
        match &self.entries {
            Entries::Words(words) => {
                words.iter().map(|x| (*x < 0, vec![x.unsigned_abs()])).collect()
            }
            Entries::Big(big) => {
                big.iter().map(|x| (x.is_negative(), x.magnitude().to_u64_digits())).collect()
            }
        }
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
            // No word is `i64::MIN`.
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

/// A sum of products as what is added and what is taken away, in 64-bit digits.
///
/// A product is added where it is made: in numbers of a few dozen digits that saves half of the
/// time, which goes into short-lived numbers otherwise.
#[derive(Clone, Default)]
struct Sum([Vec<u64>; 2]);

impl Sum {
    fn add_product(&mut self, a: &(bool, Vec<u64>), b: &(bool, Vec<u64>)) {
        let digits = &mut self.0[usize::from(a.0 != b.0)];
        // One digit more than any product has: as many sums as a machine can count fit.
        let longest = (a.1.len() + b.1.len() + 1).max(digits.len());
        digits.resize(longest, 0);
        let step = |digit: &mut u64, product: u128, carry: u64| {
            let sum = product + u128::from(*digit) + u128::from(carry);
            *digit = sum as u64;
            (sum >> 64) as u64
        };
        for (i, &x) in a.1.iter().enumerate() {
            let (low, high) = digits[i..].split_at_mut(b.1.len());
            let products = b.1.iter().map(|&y| u128::from(x) * u128::from(y));
            let carry = low
                .iter_mut()
                .zip(products)
                .fold(0, |carry, (digit, product)| step(digit, product, carry));
            high.iter_mut()
                .try_fold(carry, |carry, digit| (carry > 0).then(|| step(digit, 0, carry)));
        }
    }

    fn total(&self) -> BigInt {
        let [added, taken] = self.0.each_ref().map(|digits| BigInt::from(from_limbs(digits)));
        added - taken
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
#[path = "../../../tests/core/exact/integer.rs"]
mod tests;
