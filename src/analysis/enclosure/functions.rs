//! Enclosures of elementary functions. Each doc line bounds what its series leaves out.
//!
//! Every series ends when the last power counts at most one unit in the last place, and what is
//! left out is covered by widening the sum; rounding is covered by fixed-point arithmetic that
//! rounds outward. A result too wide is computed again with more places.

use super::integer_root::{ceil_root, floor_root};
use super::{DomainError, Enclosure};
use crate::analysis::fixed_interval::FixedInterval;
use crate::exact::Rational;
use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::{One, ToPrimitive};

/// Computes with more and more places until the result, rounded to `bits + 2` of them, is at most
/// `2^-bits` wide.
fn to_width(bits: u32, guard: u32, attempt: impl Fn(u32) -> FixedInterval) -> Enclosure {
    let mut extra = guard.max(2);
    loop {
        let found = attempt(bits + extra).shortened(extra - 2);
        if &found.hi - &found.lo <= BigInt::from(4) {
            return found.enclosure(bits + 2);
        }
        extra *= 2;
    }
}

/// The square root of a number that is not negative.
fn fixed_root(x: &FixedInterval, places: u32) -> FixedInterval {
    FixedInterval { lo: (&x.lo << places).sqrt(), hi: ceil_root(&(&x.hi << places)) }
}

/// The largest exponent: its exponential has some 95,000 bits before the point.
pub(super) const MAX_EXPONENT: i64 = 1 << 16;

/// The square root, to a width of at most `2^-bits`; a single point when it is rational.
///
/// Bound: that of [`root`].
pub fn sqrt(x: &Rational, bits: u32) -> Result<Enclosure, DomainError> {
    root(x, 2, bits)
}

/// Roots of a higher order go by the logarithm: an integer root would be of that many times longer
/// numbers.
const HIGH: u32 = 8;

/// The root of this order, which is not 0, to a width of at most `2^-bits`; a single point when it
/// is rational.
///
/// Bound: the integer root `r` of `floor(x 2^(order bits))` has `r <= 2^bits root(x) < r + 1`; of a
/// high order, the exponentials of the ends of `ln(x) / order`.
pub fn root(x: &Rational, order: u32, bits: u32) -> Result<Enclosure, DomainError> {
    refuse_if!(x.is_negative(), DomainError::NegativeRoot(x.clone()));
    let (n, d) = (x.numerator(), x.denominator());
    let (above, below) = (floor_root(&n, order), floor_root(&d, order));
    if above.pow(order) == n && below.pow(order) == d {
        return Ok(Enclosure::point(Rational::from_parts(above, below)));
    }
    // By the logarithm where most of what a root would be taken of are places to be.
    if order > HIGH && u64::from(order) * u64::from(bits) > n.bits().max(d.bits()) {
        // Two exponentials, a quarter of the width each, and less than a quarter between them: the
        // root, which the logarithm is multiplied by, is below 2^before_point.
        let before_point = (n.bits().saturating_sub(d.bits()) + 1) / u64::from(order) + 1;
        let logarithm = ln(x, bits + before_point as u32 + 2)?;
        let end = |end: &Rational| exp(&(end / Rational::from(order)), bits + 2);
        let (below, above) = (end(logarithm.lo())?, end(logarithm.hi())?);
        return Ok(Enclosure::new(below.lo().clone(), above.hi().clone()));
    }
    let root = floor_root(&((n << (u64::from(order) * u64::from(bits))) / d), order);
    let unit = BigInt::one() << bits;
    let hi = Rational::from_parts(&root + 1, unit.clone());
    Ok(Enclosure::new(Rational::from_parts(root, unit), hi))
}

/// The exponential, to a width of at most `2^-bits`; refuses `x > 65536`.
///
/// Bound: `e^x` is the `2^k`-th power of `e^y` with `y = x / 2^k` and `|y| <= 1/2`. Each term of
/// the series of `e^y` is at most half the one before it, so all terms after the last one taken
/// add up to at most that one. Below `-bits`, `0 < e^x < 2^-bits`.
pub fn exp(x: &Rational, bits: u32) -> Result<Enclosure, DomainError> {
    refuse_if!(*x > Rational::integer(MAX_EXPONENT), DomainError::ExponentTooLarge);
    if x.is_zero() {
        return Ok(Enclosure::point(Rational::ONE));
    }
    if *x <= Rational::from(-i64::from(bits)) {
        return Ok(Enclosure::new(Rational::ZERO, power_of_half(bits)));
    }
    let size = whole(&x.abs());
    // Smaller arguments trade multiplications in the series for squarings after it.
    let halvings = 64 - size.leading_zeros() + 1 + bits.isqrt();
    let before_point = if x.is_positive() { size + size / 2 } else { 0 };
    let guard = halvings + before_point as u32 + 8;
    Ok(to_width(bits, guard, |places| {
        let y = FixedInterval::around(&(x / Rational::from(BigInt::one() << halvings)), places);
        let mut power = exponential_series(&y, places);
        for _ in 0..halvings {
            power = power.product(&power, places);
        }
        power
    }))
}

fn exponential_series(y: &FixedInterval, places: u32) -> FixedInterval {
    let first = FixedInterval::around(&Rational::ONE, places);
    series(first, |term, n| term.product(y, places).over(n))
}

/// The sum of a series, each term from the one before, as far as they count more than a unit;
/// widened by the last, which is to bound all after it.
fn series(
    first: FixedInterval,
    next: impl Fn(FixedInterval, u64) -> FixedInterval,
) -> FixedInterval {
    let (mut sum, mut term) = (first.clone(), first);
    for n in 1.. {
        term = next(term, n);
        sum = sum.sum(&term);
        if term.magnitude() <= BigInt::one() {
            break;
        }
    }
    sum.widened(&term.magnitude())
}

/// The natural logarithm, to a width of at most `2^-bits`.
///
/// Bound: `ln x = m ln 2 + ln f` with `2/3 <= f <= 4/3`, `ln f = 2 artanh((f - 1) / (f + 1))` and
/// `ln 2 = 2 artanh(1/3)`; the argument of `artanh` is at most 1/3 in absolute value.
pub fn ln(x: &Rational, bits: u32) -> Result<Enclosure, DomainError> {
    refuse_if!(!x.is_positive(), DomainError::LogarithmOfNonPositive(x.clone()));
    let (n, d) = (x.numerator(), x.denominator());
    // The quotient of the leading powers of two is off by less than a factor of two.
    let mut m = n.bits() as i64 - d.bits() as i64;
    let two = Rational::integer(2);
    let mut f = x / two.pow(m as i32);
    if f > Rational::new(4, 3) {
        (m, f) = (m + 1, f / two);
    } else if f < Rational::new(2, 3) {
        (m, f) = (m - 1, f * two);
    }
    let z = (&f - Rational::ONE) / (f + Rational::ONE);
    let guard = 12 + 64 - m.unsigned_abs().leading_zeros();
    Ok(to_width(bits, guard, |places| {
        let fraction =
            odd_series(&FixedInterval::around(&z, places), places, Signs::Same).times(&2.into());
        if m == 0 {
            return fraction;
        }
        let third = FixedInterval::around(&Rational::new(1, 3), places);
        fraction.sum(&odd_series(&third, places, Signs::Same).times(&2.into()).times(&m.into()))
    }))
}

/// The sine, to a width of at most `2^-bits`. Bound: that of [`cos`].
pub fn sin(x: &Rational, bits: u32) -> Enclosure {
    wave(x, 0, bits)
}

/// The cosine, to a width of at most `2^-bits`.
///
/// Bound: with `n` the whole number next to `2 x / pi`, the argument `y = x - n pi / 2` is at most
/// 4/5 in absolute value, where each term of the series of sine and cosine is at most a third of
/// the one before it, so all terms after the last one taken add up to at most half of that one.
pub fn cos(x: &Rational, bits: u32) -> Enclosure {
    wave(x, 1, bits)
}

/// `sin(x + quarters pi / 2)`.
fn wave(x: &Rational, quarters: i64, bits: u32) -> Enclosure {
    let half = Rational::new(1, 2);
    let turns = (x * Rational::new(226, 355) + half).floor().numerator();
    // 355/113 is close to pi only so long as the number of turns is small.
    let guard = 16 + turns.bits() as u32;
    let places = guard + 16;
    let turns = match turns.bits() {
        0..=16 => turns,
        _ => {
            let quotient = x * Rational::integer(2) / pi(places).lo();
            (quotient + Rational::new(1, 2)).floor().numerator()
        }
    };
    let quarter = (&turns + quarters).mod_floor(&BigInt::from(4));
    to_width(bits, guard, |places| {
        let turned = fixed_pi(places).times(&turns).over(2);
        let y = FixedInterval::around(x, places).difference(&turned);
        let is_even = quarter.is_even();
        let value = wave_series(&y, places, is_even);
        if quarter < BigInt::from(2) { value } else { value.negated() }
    })
}

/// The sine or the cosine, near 0.
fn wave_series(y: &FixedInterval, places: u32, is_sine: bool) -> FixedInterval {
    let square = y.product(y, places);
    let first = if is_sine { y.clone() } else { FixedInterval::around(&Rational::ONE, places) };
    series(first, |term, n| {
        let k = 2 * n + u64::from(is_sine);
        term.product(&square, places).over(k * (k - 1)).negated()
    })
}

/// The inverse cosine, between 0 and pi, to a width of at most `2^-bits`.
///
/// Bound: for `0 <= x <= 1`, `arccos x = 2 arctan t` with `t^2 = (1 - x) / (1 + x) <= 1`, and twice
/// `arctan t = 2 arctan(t / (1 + sqrt(1 + t^2)))` takes `t` below 1/4. For `x < 0`,
/// `arccos x = pi - arccos(-x)`.
pub fn arccos(x: &Rational, bits: u32) -> Result<Enclosure, DomainError> {
    refuse_if!(x.abs() > Rational::ONE, DomainError::NoCosine(x.clone()));
    let square = (Rational::ONE - x.abs()) / (Rational::ONE + x.abs());
    Ok(to_width(bits, 16, |places| {
        let one = FixedInterval::around(&Rational::ONE, places);
        let root = sqrt(&square, places).expect("the square lies between 0 and 1");
        let mut t = FixedInterval::covering(root.lo(), root.hi(), places);
        for _ in 0..2 {
            t = t.quotient(&one.sum(&fixed_root(&one.sum(&t.product(&t, places)), places)), places);
        }
        let angle = odd_series(&t, places, Signs::Alternating).times(&8.into());
        if x.is_negative() { fixed_pi(places).difference(&angle) } else { angle }
    }))
}

/// The error function `2 / sqrt(pi)` times the integral of `e^(-t^2)` from 0 to `x`, to a width of
/// at most `2^-bits`.
///
/// Bound: the series is `sum (-1)^n p_n / (2n + 1)` with `p_n = x^(2n+1) / n!`. It ends only when
/// `p_n` counts at most a unit and `x^2 <= (n + 1) / 2`: from there on each `p` is at most half the
/// one before it, so all that is left out is at most the last `p`. When `x^2 >= bits`, `erf |x|`
/// lies within `e^(-x^2) < 2^-bits` of 1.
pub fn erf(x: &Rational, bits: u32) -> Enclosure {
    if x.is_zero() {
        return Enclosure::point(Rational::ZERO);
    }
    let square = x * x;
    if square >= Rational::from(bits) {
        let tail = Enclosure::new(Rational::ONE - power_of_half(bits), Rational::ONE);
        return tail.scale(&Rational::from(i64::from(x.signum())));
    }
    let size = whole(&square);
    // The largest term is below e^(x^2).
    let guard = 12 + (size + size / 2) as u32;
    to_width(bits, guard, |places| {
        let (point, factor) =
            (FixedInterval::around(x, places), FixedInterval::around(&square, places));
        let (mut power, mut sum) = (point.clone(), point);
        for n in 1u64.. {
            power = power.product(&factor, places).over(n);
            let term = power.over(2 * n + 1);
            sum = if n % 2 == 1 { sum.difference(&term) } else { sum.sum(&term) };
            if power.magnitude() <= BigInt::one() && n + 1 >= 2 * size {
                break;
            }
        }
        let integral = sum.widened(&power.magnitude()).times(&2.into());
        let by_root = FixedInterval::around(&Rational::ONE, places)
            .quotient(&fixed_root(&fixed_pi(places), places), places);
        integral.product(&by_root, places)
    })
}

/// The number pi, to a width of at most `2^-bits`. Source: Machin's formula.
pub fn pi(bits: u32) -> Enclosure {
    to_width(bits, 16, fixed_pi)
}

fn fixed_pi(places: u32) -> FixedInterval {
    let arctan = |q| {
        let inverse = FixedInterval::around(&Rational::new(1, q), places);
        odd_series(&inverse, places, Signs::Alternating)
    };
    arctan(5).times(&16.into()).difference(&arctan(239).times(&4.into()))
}

#[derive(Clone, Copy, PartialEq)]
enum Signs {
    Same,
    Alternating,
}

/// `sum z^(2n+1) / (2n+1)`, which is `artanh z`, or with alternating signs `arctan z`.
///
/// Bound: for `|z| <= 1/2`, what follows the power `p = z^(2n+1)` is at most
/// `|p| (z^2 + z^4 + ..) <= |p| / 3`.
fn odd_series(z: &FixedInterval, places: u32, signs: Signs) -> FixedInterval {
    let square = z.product(z, places);
    let (mut power, mut sum) = (z.clone(), z.clone());
    for n in 1u64.. {
        if power.magnitude() <= BigInt::one() {
            break;
        }
        power = power.product(&square, places);
        let term = power.over(2 * n + 1);
        let minus = signs == Signs::Alternating && n % 2 == 1;
        sum = if minus { sum.difference(&term) } else { sum.sum(&term) };
    }
    sum.widened(&power.magnitude())
}

/// `2^-bits`.
fn power_of_half(bits: u32) -> Rational {
    Rational::from_parts(BigInt::one(), BigInt::one() << bits)
}

/// The number rounded up to an integer, for numbers that fit one.
fn whole(x: &Rational) -> u64 {
    let (n, d) = (x.numerator(), x.denominator());
    n.div_ceil(&d).to_u64().expect("only numbers below 2^33 are rounded")
}
