//! Rational numbers: a field with a total order, the same as num-rational's, in one printed form.
//!
//! Numbers come from all sizes, crowded around the border between machine words and big integers.

use super::support::{check, panic_message};
use crease::exact::{ParseRationalError, Rational};
use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{Signed, Zero};
use quickcheck::{Arbitrary, Gen};
use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};

/// A fraction of any size, in the model.
#[derive(Clone, Debug)]
struct Model(BigRational);

fn integer(g: &mut Gen) -> BigInt {
    let near = i64::from(u8::arbitrary(g) % 7) - 3;
    let size = match u8::arbitrary(g) % 8 {
        0..=2 => BigInt::from(i64::arbitrary(g).rem_euclid(41) - 20),
        3 => BigInt::from(i64::arbitrary(g)),
        // The last words, and the first numbers that are none.
        4 => BigInt::from(i64::MAX) + near,
        5 => BigInt::from(u64::MAX) + near,
        6 => (BigInt::from(1) << (u8::arbitrary(g) % 250)) + near,
        _ => BigInt::from(i128::arbitrary(g)) * BigInt::from(u64::arbitrary(g)),
    };
    if bool::arbitrary(g) { -size } else { size }
}

impl Arbitrary for Model {
    fn arbitrary(g: &mut Gen) -> Self {
        let denominator = match integer(g) {
            zero if zero.is_zero() => BigInt::from(1),
            other => other,
        };
        Self(BigRational::new(integer(g), denominator))
    }

    fn shrink(&self) -> Box<dyn Iterator<Item = Self>> {
        let (n, d) = (self.0.numer().clone(), self.0.denom().clone());
        let lower: BigInt = &d / 2;
        let halves = [(&n / 2, d.clone()), (n.clone(), lower.max(BigInt::from(1)))];
        let halves = halves.map(|(n, d)| Self(BigRational::new(n, d)));
        let this = self.0.clone();
        Box::new(halves.into_iter().filter(move |half| half.0 != this))
    }
}

impl Model {
    fn ours(&self) -> Rational {
        Rational::from_parts(self.0.numer().clone(), self.0.denom().clone())
    }
}

/// Whether `x` is the canonical form of `model`: parts, arm, text and hash.
fn is(x: &Rational, model: &BigRational) -> bool {
    let small = i64::try_from(model.numer()).ok().filter(|&n| n != i64::MIN);
    let small = small.zip(i64::try_from(model.denom()).ok());
    x.numerator() == *model.numer()
        && x.denominator() == *model.denom()
        && x.small_parts() == small
        && x.to_string() == model.to_string()
        && hash(x) == hash(&Rational::from(model.clone()))
        && BigRational::from(x) == *model
}

fn hash(x: &Rational) -> u64 {
    let mut hasher = DefaultHasher::new();
    x.hash(&mut hasher);
    hasher.finish()
}

fn q(text: &str) -> Rational {
    text.parse().expect("an exact number")
}

#[test]
fn arithmetic_agrees_with_num_rational() {
    fn law(a: Model, b: Model) -> bool {
        let (x, y) = (a.ours(), b.ours());
        let (a, b) = (a.0, b.0);
        let (mut sum, mut difference, mut product) = (x.clone(), x.clone(), x.clone());
        sum += &y;
        difference -= y.clone();
        product *= &y;
        is(&x, &a)
            && is(&sum, &(&a + &b))
            && is(&difference, &(&a - &b))
            && is(&product, &(&a * &b))
            && (&x + &y, &x - &y, &x * &y) == (sum, difference, product)
            && (b.is_zero() || is(&(&x / &y), &(&a / &b)))
            && is(&-&x, &-&a)
            && is(&x.abs(), &a.abs())
            && is(&x.floor(), &a.floor())
            && is(&x.ceil(), &a.ceil())
    }
    check(law as fn(_, _) -> _);
}

/// Whether a number is an integer of a machine's double word, as the model says.
fn has_the_wide_integer_of(x: &Rational, model: &BigRational) -> bool {
    let integer = model.is_integer().then(|| model.numer());
    x.wide_integer() == integer.and_then(|integer| i128::try_from(integer).ok())
}

#[test]
fn only_integers_are_wide_integers() {
    fn law(a: Model) -> bool {
        has_the_wide_integer_of(&a.ours(), &a.0)
            && has_the_wide_integer_of(&a.ours().floor(), &a.0.floor())
    }
    check(law as fn(_) -> _);
}

#[test]
fn order_agrees_with_num_rational() {
    fn law(a: Model, b: Model) -> bool {
        let (x, y) = (a.ours(), b.ours());
        x.cmp(&y) == a.0.cmp(&b.0)
            && x.partial_cmp(&y) == Some(x.cmp(&y))
            && (x == y) == (a.0 == b.0)
            && y.cmp(&x) == x.cmp(&y).reverse()
            && x.cmp(&x).is_eq()
            && i32::from(x.signum()) == i32::from(a.0.is_positive()) - i32::from(a.0.is_negative())
            && (x.is_positive(), x.is_negative(), x.is_zero(), x.is_integer())
                == (a.0.is_positive(), a.0.is_negative(), a.0.is_zero(), a.0.is_integer())
    }
    check(law as fn(_, _) -> _);
}

#[test]
fn close_neighbours_are_told_apart() {
    fn law(a: Model, b: Model) -> bool {
        let tiny = b.ours().abs() * Rational::integer(2).pow(-300);
        let x = a.ours();
        tiny.is_zero() || (x < &x + &tiny && &x - &tiny < x && &x - &tiny < &x + &tiny)
    }
    check(law as fn(_, _) -> _);
}

#[test]
fn rationals_are_an_ordered_field() {
    fn law(a: Model, b: Model, c: Model) -> bool {
        let (x, y, z) = (a.ours(), b.ours(), c.ours());
        (&x + &y) + &z == &x + (&y + &z)
            && (&x * &y) * &z == &x * (&y * &z)
            && &x * (&y + &z) == &x * &y + &x * &z
            && &x + &y == &y + &x
            && &x * &y == &y * &x
            && &x + Rational::ZERO == x
            && &x * Rational::ONE == x
            && (&x - &x).is_zero()
            && (x.is_zero() || &x * x.recip() == Rational::ONE)
            && (x >= y || &x + &z < &y + &z)
            && (x >= y || !z.is_positive() || &x * &z < &y * &z)
    }
    check(law as fn(_, _, _) -> _);
}

#[test]
fn parsing_undoes_printing() {
    fn law(a: Model) -> bool {
        let x = a.ours();
        let json = serde_json::to_string(&x).expect("a number is a string");
        json == format!("\"{x}\"")
            && serde_json::from_str::<Rational>(&json).ok().as_ref() == Some(&x)
            && format!("{x:?}") == x.to_string()
            && x.to_string().parse() == Ok(x)
    }
    check(law as fn(_) -> _);
}

#[test]
fn powers_multiply() {
    fn law(a: Model, k: u8) -> bool {
        let (x, k) = (a.ours(), i32::from(k % 6));
        let product = (0..k).fold(Rational::ONE, |power, _| power * &x);
        is(&x.pow(k), &BigRational::from(&product))
            && (x.is_zero() || x.pow(-k) * &product == Rational::ONE)
    }
    check(law as fn(_, _) -> _);
}

#[test]
fn sums_and_products_fold() {
    fn law(all: Vec<Model>) -> bool {
        let ours: Vec<Rational> = all.iter().map(Model::ours).collect();
        let sum = all.iter().fold(BigRational::zero(), |sum, x| sum + &x.0);
        let product = ours.iter().fold(Rational::ONE, |product, x| product * x);
        is(&ours.iter().sum(), &sum)
            && ours.iter().cloned().sum::<Rational>() == ours.iter().sum()
            && ours.iter().cloned().product::<Rational>() == product
    }
    check(law as fn(_) -> _);
}

#[test]
fn bits_count_the_longer_part() {
    fn law(a: Model) -> bool {
        a.ours().bits() == a.0.numer().bits().max(a.0.denom().bits())
    }
    check(law as fn(_) -> _);
    assert_eq!((Rational::ZERO.bits(), q("-8").bits(), q("1/7").bits()), (1, 4, 3));
}

#[test]
fn numbers_cross_the_border_of_words_and_come_back() {
    let most = Rational::integer(i64::MAX);
    let least = -&most;
    assert_eq!(most.small_parts(), Some((i64::MAX, 1)));
    assert_eq!(least.small_parts(), Some((-i64::MAX, 1)));
    let beyond = &least - Rational::ONE;
    assert_eq!((beyond.small_parts(), beyond.to_string()), (None, "-9223372036854775808".into()));
    assert_eq!(beyond, Rational::from(i64::MIN));
    assert_eq!(beyond, Rational::new(i64::MIN, 1));
    assert_eq!((-&beyond).to_string(), "9223372036854775808");
    assert_eq!((&beyond + Rational::ONE).small_parts(), Some((-i64::MAX, 1)));
    assert_eq!((&beyond / Rational::integer(-2)).small_parts(), Some((1 << 62, 1)));
    assert_eq!((&most + Rational::ONE) - Rational::ONE, most);
    assert_eq!((&most * &most) / &most, most);
    assert_eq!(Rational::new(i64::MIN, i64::MIN), Rational::ONE);
    assert_eq!(Rational::new(1, i64::MIN).to_string(), "-1/9223372036854775808");
    assert_eq!(Rational::new(i64::MIN, 2), Rational::integer(-(1 << 62)));
    assert_eq!(Rational::new(6, -4), q("-3/2"));
    assert_eq!(Rational::from(u64::MAX).to_string(), "18446744073709551615");
    assert_eq!(Rational::from(i128::MIN), -Rational::integer(2).pow(127));
    assert_eq!(Rational::from(7usize) + Rational::from(-7i32), Rational::ZERO);
    assert_eq!(Rational::default(), Rational::ZERO);
}

#[test]
fn inverses_keep_the_sign_above() {
    assert_eq!(q("-2/3").recip(), q("-3/2"));
    assert_eq!(q("-5").recip().small_parts(), Some((-1, 5)));
    let big = Rational::integer(-3).pow(50);
    assert_eq!((big.recip() * &big, big.recip().signum()), (Rational::ONE, 1));
    let odd = Rational::integer(-3).pow(51);
    assert_eq!((odd.recip() * &odd, odd.recip().signum()), (Rational::ONE, -1));
    assert!(panic_message(|| Rational::ZERO.recip()).contains("zero has no inverse"));
    assert!(panic_message(|| Rational::ONE / Rational::ZERO).contains("zero has no inverse"));
    assert!(panic_message(|| Rational::new(3, 0)).contains("denominator of 3/0 is zero"));
    assert!(panic_message(|| Rational::integer(i64::MIN)).contains("i64::MIN"));
    let zero = || Rational::from_parts(BigInt::from(3), BigInt::zero());
    assert!(panic_message(zero).contains("denominator of 3/0 is zero"));
}

#[test]
fn powers_of_small_numbers_are_known() {
    assert_eq!((q("-2/3").pow(3), q("-2/3").pow(-3)), (q("-8/27"), q("-27/8")));
    assert_eq!((Rational::ZERO.pow(0), Rational::ZERO.pow(5)), (Rational::ONE, Rational::ZERO));
    assert_eq!(q("2").pow(62).small_parts(), Some((1 << 62, 1)));
    assert_eq!(q("2").pow(63).to_string(), "9223372036854775808");
    assert_eq!(q("-2").pow(63).small_parts(), None);
    assert!(panic_message(|| Rational::ZERO.pow(-1)).contains("zero has no inverse"));
}

#[test]
fn floors_and_ceilings_of_negative_numbers_round_down_and_up() {
    for (x, floor, ceil) in [
        ("-7/2", "-4", "-3"),
        ("7/2", "3", "4"),
        ("-4", "-4", "-4"),
        ("-1/3", "-1", "0"),
        ("0", "0", "0"),
    ] {
        assert_eq!((q(x).floor(), q(x).ceil()), (q(floor), q(ceil)), "{x}");
    }
    let big = Rational::integer(10).pow(30);
    let x = -&big - Rational::new(1, 2);
    assert_eq!((x.floor(), x.ceil()), (-&big - Rational::ONE, -&big));
}

#[test]
fn texts_are_read_in_three_forms() {
    for (text, value) in
        [("-0", "0"), ("007", "7"), ("4/6", "2/3"), ("-0.50", "-1/2"), ("12.0", "12"), ("0/5", "0")]
    {
        assert_eq!(q(text).to_string(), value);
    }
    for text in [
        "", "-", "+1", "--1", "1/", "/2", "1/-2", "1.", ".5", "1.5/2", "1/2/3", "1e5", " 1", "1_0",
        "½", "0x1", "1.2.3", "-+3",
    ] {
        assert_eq!(
            text.parse::<Rational>(),
            Err(ParseRationalError::Syntax(text.into())),
            "{text}"
        );
    }
    for text in ["1/0", "-0/0", "5/000"] {
        assert_eq!(text.parse::<Rational>(), Err(ParseRationalError::ZeroDenominator(text.into())));
    }
    let long = "x".repeat(50);
    assert_eq!(long.parse::<Rational>(), Err(ParseRationalError::Syntax("x".repeat(40))));
}

#[test]
fn a_text_at_the_limit_is_read_and_one_beyond_is_refused() {
    assert_eq!(Rational::MAX_DIGITS, 10_000);
    let nines = "9".repeat(Rational::MAX_DIGITS);
    assert_eq!(q(&nines) + Rational::ONE, Rational::integer(10).pow(10_000));
    let longer = format!("{nines}9");
    assert_eq!(longer.parse::<Rational>(), Err(ParseRationalError::TooLong(10_001)));
    assert!(ParseRationalError::TooLong(10_001).to_string().contains("10000"));
}

#[test]
fn printing_pads_like_a_text() {
    assert_eq!(
        (format!("{:>6}|{:<4}|", q("1/2"), q("-3")), format!("{:?}", q("2/4"))),
        ("   1/2|-3  |".into(), "1/2".into())
    );
}

#[test]
fn json_numbers_are_read_when_they_are_integers() {
    let read = |text: &str| serde_json::from_str::<Rational>(text).ok();
    assert_eq!(
        (read("-3"), read("18446744073709551615")),
        (Some(q("-3")), Some(q("18446744073709551615")))
    );
    assert_eq!(
        (read("\"-3/6\""), read("0.5"), read("\"1/0\""), read("null")),
        (Some(q("-1/2")), None, None, None)
    );
}
