//! The integers behind a shadow: machine words, wide words or big ones, whichever is the least.

use crate::exact::float::power_of_two;
use crate::exact::gcd::{gcd_big, gcd_word};
use crate::exact::{IntegerEntries, IntegerRow, Rational};
use num_bigint::BigInt;
use num_traits::{One, ToPrimitive, Zero};
use std::cmp::Ordering;
use std::sync::OnceLock;

/// Entries of this size leave room for signs and sums.
const WORD_BITS: u32 = 62;

/// An integer vector.
#[derive(Clone, Debug)]
pub(super) enum Exact {
    Words(Box<[i64]>),
    Wide(Box<[i128]>),
    Big(Box<[BigInt]>),
    /// Known by its origin: two earlier vectors and the form that vanishes on their combination.
    Combined {
        form: usize,
        x: usize,
        y: usize,
    },
    /// Known by its source, and read off it when a sign asks for it.
    Hidden(OnceLock<Box<Revealed>>),
}

/// The integers of a vector that was hidden.
#[derive(Clone, Debug)]
pub(super) struct Revealed {
    pub exact: Exact,
    /// The shadow is about this many times the integers over a power of two, up to this relative
    /// error.
    pub unit: (f64, f64),
}

/// A scalar product.
#[derive(Clone, Debug)]
pub(super) enum Number {
    Wide(i128),
    Big(BigInt),
}

impl Number {
    pub fn sign(&self) -> Ordering {
        match self {
            Self::Wide(x) => x.cmp(&0),
            Self::Big(x) => x.cmp(&BigInt::ZERO),
        }
    }

    /// `self * 2^-shift`, within one ulp and [`super::FLOOR`]; infinite if that is not below
    /// `2^1000`.
    ///
    /// The leading 64 bits err by `2^-63`, their double by `2^-53` of them. What is below `2^127`
    /// and is to be divided by more than `2^1000` is below `2^-873`: zero is near enough. Any other
    /// result is zero or at least `2^-1000`, so that its multiplication is exact.
    pub fn scaled(&self, shift: i64) -> f64 {
        let (leading, exponent) = match self {
            Self::Wide(x) => (*x, -shift),
            Self::Big(x) => {
                let spare = (x.bits() as i64 - 64).max(0);
                ((x >> spare).to_i128().expect("64 bits and a sign"), spare - shift)
            }
        };
        match exponent {
            ..-1000 => 0.0,
            -1000..850 => leading as f64 * power_of_two(exponent),
            _ => leading as f64 * f64::INFINITY,
        }
    }

    fn big(self) -> BigInt {
        match self {
            Self::Wide(x) => x.into(),
            Self::Big(x) => x,
        }
    }
}

/// The binary algorithm, but for one division where that leaves a word at once.
fn gcd_wide(a: u128, b: u128) -> u128 {
    let (mut a, mut b) = (a.max(b), a.min(b));
    if b == 0 {
        return a;
    }
    let shift = (a | b).trailing_zeros();
    b >>= b.trailing_zeros();
    if b <= u128::from(u64::MAX) {
        return u128::from(gcd_word((a % b) as u64, b as u64)) << shift;
    }
    a >>= a.trailing_zeros();
    while a != b {
        if a < b {
            std::mem::swap(&mut a, &mut b);
        }
        a -= b;
        a >>= a.trailing_zeros();
        if a.max(b) <= u128::from(u64::MAX) {
            return u128::from(gcd_word(a as u64, b as u64)) << shift;
        }
    }
    a << shift
}

impl Exact {
    pub fn of_wide(words: &[i128]) -> Self {
        let fit = |x: &i128| x.unsigned_abs() < 1 << WORD_BITS;
        if words.iter().all(fit) {
            Self::Words(words.iter().map(|&x| x as i64).collect())
        } else {
            Self::Wide(words.into())
        }
    }

    pub fn of_fractions(fractions: &[Rational]) -> Self {
        match IntegerRow::new(fractions.iter()).entries {
            IntegerEntries::Words(words) => {
                let wide: Vec<i128> = words.iter().map(|&x| x.into()).collect();
                Self::primitive_wide(wide)
            }
            IntegerEntries::Big(big) => Self::primitive_big(big),
        }
    }

    pub fn is_known(&self) -> bool {
        !matches!(self, Self::Combined { .. } | Self::Hidden(_))
    }

    pub fn len(&self) -> usize {
        match self {
            Self::Words(x) => x.len(),
            Self::Wide(x) => x.len(),
            Self::Big(x) => x.len(),
            _ => unreachable!("only known vectors are measured"),
        }
    }

    pub fn negated(&self) -> Self {
        match self {
            Self::Words(x) => Self::Words(x.iter().map(|x| -x).collect()),
            Self::Wide(x) => Self::Wide(x.iter().map(|x| -x).collect()),
            Self::Big(x) => Self::Big(x.iter().map(|x| -x).collect()),
            _ => unreachable!("only known vectors are negated"),
        }
    }

    pub fn entries(&self) -> Vec<Rational> {
        match self {
            Self::Words(x) => x.iter().map(|&x| Rational::from(x)).collect(),
            Self::Wide(x) => x.iter().map(|&x| Rational::from(x)).collect(),
            Self::Big(x) => x.iter().map(|x| Rational::from(x.clone())).collect(),
            _ => unreachable!("only known vectors are read"),
        }
    }

    /// The bits of the largest entry: the shadow is the vector times `2^-shift`.
    pub fn shift(&self) -> i64 {
        let bits = match self {
            Self::Words(x) => 64 - x.iter().fold(0, |m, x| m | x.unsigned_abs()).leading_zeros(),
            Self::Wide(x) => 128 - x.iter().fold(0, |m, x| m | x.unsigned_abs()).leading_zeros(),
            Self::Big(x) => return x.iter().map(BigInt::bits).max().unwrap_or(0) as i64,
            _ => unreachable!("only known vectors are scaled"),
        };
        bits.into()
    }

    /// Writes the shadow; a bound on the error of its entries, zero when there is none: integers
    /// of up to 53 bits are doubles, and so are they over powers of two up to `2^127`.
    pub fn shadow(&self, out: &mut [f64]) -> f64 {
        let shift = self.shift();
        match self {
            Self::Words(x) => {
                let factor = power_of_two(-shift);
                out.iter_mut().zip(x).for_each(|(out, &x)| *out = x as f64 * factor);
            }
            Self::Wide(x) => {
                let factor = power_of_two(-shift);
                out.iter_mut().zip(x).for_each(|(out, &x)| *out = x as f64 * factor);
            }
            Self::Big(x) => {
                for (out, x) in out.iter_mut().zip(x) {
                    *out = Number::Big(x.clone()).scaled(shift);
                }
            }
            _ => unreachable!("only known vectors cast a shadow"),
        }
        if shift <= 53 { 0.0 } else { f64::EPSILON }
    }

    /// The scalar product of two known vectors.
    pub fn dot(&self, other: &Self) -> Number {
        let narrow = match (self, other) {
            (Self::Words(a), Self::Words(x)) => dot_words(a, x),
            (Self::Words(a), Self::Wide(x)) | (Self::Wide(x), Self::Words(a)) => {
                dot_wide(a.iter().map(|&a| a.into()), x)
            }
            (Self::Wide(a), Self::Wide(x)) => dot_wide(a.iter().copied(), x),
            _ => None,
        };
        narrow.map_or_else(|| Number::Big(self.big_dot(other)), Number::Wide)
    }

    fn big_dot(&self, other: &Self) -> BigInt {
        let mut sum = BigInt::ZERO;
        for i in 0..self.len() {
            let (a, x) = (self.big_entry(i), other.big_entry(i));
            if !a.is_zero() && !x.is_zero() {
                sum += a.as_ref() * x.as_ref();
            }
        }
        sum
    }

    fn big_entry(&self, i: usize) -> std::borrow::Cow<'_, BigInt> {
        use std::borrow::Cow::{Borrowed, Owned};
        match self {
            Self::Words(x) => Owned(x[i].into()),
            Self::Wide(x) => Owned(x[i].into()),
            Self::Big(x) => Borrowed(&x[i]),
            _ => unreachable!("only known vectors are multiplied"),
        }
    }

    /// `|s| y - sign(s) t x`, divided by the gcd of its entries.
    pub fn combined((x, s): (&Self, Number), (y, t): (&Self, Number)) -> Self {
        let turned = s.sign() == Ordering::Less;
        if let (Number::Wide(s), Number::Wide(t)) = (&s, &t)
            && let Some(vector) = combined_wide((x, *s), (y, *t), turned)
        {
            return vector;
        }
        let (mut p, mut q) = (s.big(), t.big());
        let divisor = BigInt::from(gcd_big(p.magnitude(), q.magnitude()));
        let divisor = if turned { -divisor } else { divisor };
        (p, q) = (p / &divisor, q / &divisor);
        let entry = |i| &p * y.big_entry(i).as_ref() - &q * x.big_entry(i).as_ref();
        Self::primitive_big((0..x.len()).map(entry).collect())
    }

    fn primitive_wide(mut entries: Vec<i128>) -> Self {
        let mut divisor = 0;
        for x in &entries {
            divisor = gcd_wide(divisor, x.unsigned_abs());
            if divisor == 1 {
                break;
            }
        }
        if divisor > 1 {
            // An entry of size 2^127 has no positive twin, but its quotient by two or more has.
            match i128::try_from(divisor) {
                Ok(divisor) => entries.iter_mut().for_each(|x| *x /= divisor),
                Err(_) => entries.iter_mut().for_each(|x| *x = x.signum()),
            }
        }
        Self::of_wide(&entries)
    }

    fn primitive_big(mut entries: Vec<BigInt>) -> Self {
        let mut divisor = num_bigint::BigUint::ZERO;
        for x in entries.iter().map(BigInt::magnitude).filter(|x| !x.is_zero()) {
            // Most of the time the first two have no other divisors than all of them.
            let rest = if divisor.is_zero() { x.clone() } else { x % &divisor };
            divisor = gcd_big(&divisor, &rest);
            if divisor.is_one() {
                break;
            }
        }
        if !divisor.is_one() && !divisor.is_zero() {
            let divisor = BigInt::from(divisor);
            entries.iter_mut().for_each(|x| *x /= &divisor);
        }
        let narrow: Option<Vec<i128>> = entries.iter().map(|x| x.to_i128()).collect();
        match narrow {
            // The most negative word has no negative.
            Some(words) if words.iter().all(|&x| x != i128::MIN) => Self::of_wide(&words),
            _ => Self::Big(entries.into()),
        }
    }
}

fn dot_words(a: &[i64], x: &[i64]) -> Option<i128> {
    let mut sum = 0i128;
    for (&a, &x) in a.iter().zip(x) {
        sum = sum.checked_add(i128::from(a) * i128::from(x))?;
    }
    Some(sum)
}

fn dot_wide(a: impl Iterator<Item = i128>, x: &[i128]) -> Option<i128> {
    let mut sum = 0i128;
    for (a, &x) in a.zip(x) {
        sum = sum.checked_add(a.checked_mul(x)?)?;
    }
    Some(sum)
}

fn combined_wide((x, s): (&Exact, i128), (y, t): (&Exact, i128), turned: bool) -> Option<Exact> {
    let divisor = i128::try_from(gcd_wide(s.unsigned_abs(), t.unsigned_abs())).ok()?;
    let divisor = if turned { -divisor } else { divisor };
    let (p, q) = (s / divisor, t / divisor);
    let entry = |(x, y): (i128, i128)| p.checked_mul(y)?.checked_sub(q.checked_mul(x)?);
    let wide = |x: &[i64]| x.iter().map(|&x| i128::from(x)).collect::<Box<[i128]>>();
    let entries: Option<Vec<i128>> = match (x, y) {
        (Exact::Words(x), Exact::Words(y)) => {
            x.iter().zip(y).map(|(&x, &y)| entry((x.into(), y.into()))).collect()
        }
        (Exact::Words(x), Exact::Wide(y)) => {
            wide(x).iter().zip(y).map(|(&x, &y)| entry((x, y))).collect()
        }
        (Exact::Wide(x), Exact::Words(y)) => {
            x.iter().zip(&wide(y)).map(|(&x, &y)| entry((x, y))).collect()
        }
        (Exact::Wide(x), Exact::Wide(y)) => x.iter().zip(y).map(|(&x, &y)| entry((x, y))).collect(),
        _ => None,
    };
    entries.filter(|e| e.iter().all(|&x| x != i128::MIN)).map(Exact::primitive_wide)
}
