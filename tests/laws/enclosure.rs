//! Enclosures: interval arithmetic holds every result, and the functions obey their functional
//! equations, keep the width they promise and hold the digits that tables print.

use super::support::{Small, check, panic_message};
use crease::analysis::enclosure::{DomainError, Enclosure, arccos, erf, exp, ln, pi, root, sqrt};
use crease::exact::Rational;
use quickcheck::{Arbitrary, Gen, TestResult};

/// An interval with small ends, and a number in it.
#[derive(Clone, Debug)]
struct Held(Enclosure, Rational);

impl Arbitrary for Held {
    fn arbitrary(g: &mut Gen) -> Self {
        let (a, b) = (Small::arbitrary(g).0, Small::arbitrary(g).0);
        let (lo, hi) = if a <= b { (a, b) } else { (b, a) };
        let share = Rational::new(i64::from(u8::arbitrary(g) % 5), 4);
        let x = &lo + (&hi - &lo) * share;
        Self(Enclosure::new(lo, hi), x)
    }
}

fn q(text: &str) -> Rational {
    text.parse().expect("an exact number")
}

fn is_within(found: &Enclosure, bits: u32) -> bool {
    let width = found.hi() - found.lo();
    let unit = Rational::integer(2).pow(bits as i32 + 2);
    width <= Rational::integer(2).pow(-(bits as i32)) && (found.lo() * unit).is_integer()
}

#[test]
fn arithmetic_holds_the_results_of_held_numbers() {
    fn law(Held(a, x): Held, Held(b, y): Held, Small(s): Small) -> bool {
        a.sum(&b).contains(&(&x + &y))
            && a.difference(&b).contains(&(&x - &y))
            && a.product(&b).contains(&(&x * &y))
            && a.scale(&s).contains(&(&x * &s))
            && match a.quotient(&b) {
                Ok(quotient) => quotient.contains(&(&x / &y)),
                Err(error) => {
                    let (lo, hi) = (b.lo().clone(), b.hi().clone());
                    b.contains(&Rational::ZERO) && error == DomainError::DivisorMayBeZero(lo, hi)
                }
            }
    }
    check(law as fn(_, _, _) -> _);
}

#[test]
fn arithmetic_is_as_narrow_as_can_be() {
    let (a, b) = (Enclosure::new(q("-1"), q("2")), Enclosure::new(q("3"), q("5")));
    assert_eq!(a.sum(&b), Enclosure::new(q("2"), q("7")));
    assert_eq!(a.difference(&b), Enclosure::new(q("-6"), q("-1")));
    assert_eq!(a.product(&b), Enclosure::new(q("-5"), q("10")));
    assert_eq!(a.quotient(&b), Ok(Enclosure::new(q("-1/3"), q("2/3"))));
    assert_eq!(a.scale(&q("-2")), Enclosure::new(q("-4"), q("2")));
    assert_eq!((a.width(), a.lo(), a.hi()), (q("3"), &q("-1"), &q("2")));
}

#[test]
fn an_enclosure_contains_its_ends_and_meets_what_it_touches() {
    let a = Enclosure::new(q("1/3"), q("1/2"));
    assert!(a.contains(&q("1/3")) && a.contains(&q("1/2")));
    assert!(!a.contains(&q("1/4")) && !a.contains(&q("2/3")));
    assert!(a.meets(&Enclosure::point(q("1/2"))) && Enclosure::point(q("1/3")).meets(&a));
    assert!(!a.meets(&Enclosure::point(q("5/8"))) && !Enclosure::point(q("5/8")).meets(&a));
    assert_eq!(
        panic_message(|| Enclosure::new(q("1"), q("0"))),
        "an enclosure runs upwards, not from 1 to 0"
    );
}

#[test]
fn rounding_outward_reaches_the_next_multiples() {
    fn law(Held(a, _): Held) -> bool {
        let rounded = a.outward(1);
        let short = |x: &Rational| (x * q("2")).is_integer();
        let near = |x: Rational| !x.is_negative() && x < q("1/2");
        short(rounded.lo())
            && short(rounded.hi())
            && near(a.lo() - rounded.lo())
            && near(rounded.hi() - a.hi())
    }
    check(law as fn(_) -> _);
    let third = Enclosure::point(q("-1/3")).outward(3);
    assert_eq!(third, Enclosure::new(q("-3/8"), q("-1/4")));
}

#[test]
fn the_functions_hold_the_digits_of_tables() {
    let sqrt2 = sqrt(&q("2"), 180).unwrap();
    let rows = [
        (pi(180), "3.14159265358979323846264338327950288419716939937510582"),
        (exp(&q("1"), 180).unwrap(), "2.71828182845904523536028747135266249775724709369995957"),
        (exp(&q("-20"), 180).unwrap(), "0.00000000206115362243855782796594038015582097637580727"),
        (exp(&q("100/7"), 160).unwrap(), "1600320.18964050741515909391870294082011405044370256"),
        (erf(&q("1"), 180), "0.84270079294971486934122063508260925929606699796630290"),
        (erf(&q("6"), 180), "0.99999999999999997848026328750108688340664960081261536"),
        (ln(&q("2"), 180).unwrap(), "0.69314718055994530941723212145817656807550013436025525"),
        (sqrt2, "1.41421356237309504880168872420969807856967187537694807"),
        (
            arccos(&q("1/3"), 180).unwrap(),
            "1.23095941734077468213492917824798737571034000935509483",
        ),
        (
            arccos(&q("-1/3"), 180).unwrap(),
            "1.91063323624901855632771420503151550848682939002001098",
        ),
        (
            arccos(&q("0.999999"), 180).unwrap(),
            "0.00141421368022425176307179577265564846402603576842616",
        ),
    ];
    for (found, digits) in rows {
        // The true value lies between the digits and one unit more in their last place.
        let places = digits.split_once('.').expect("a point").1.len() as i32;
        let table = Enclosure::new(q(digits), q(digits) + Rational::integer(10).pow(-places));
        assert!(found.meets(&table), "{digits} is not in {found:?}");
        assert!(found.width() < q("0.00000000000000000000000000000000000000000000001"));
    }
    let quotient = ln(&q("2/7"), 150).unwrap();
    let table = -q("1.252762968495367995688120621985003161561584");
    assert!(quotient.meets(&Enclosure::new(&table - Rational::integer(10).pow(-42), table)));
    let minus = erf(&q("-5/2"), 150);
    let table = -q("0.9995930479825550410604357842600250872796513");
    assert!(minus.meets(&Enclosure::new(&table - Rational::integer(10).pow(-42), table)));
}

#[test]
fn widths_are_as_promised_at_every_precision() {
    fn law(Small(x): Small, bits: u8) -> bool {
        let bits = u32::from(bits);
        let cosine = &x / q("8");
        is_within(&exp(&x, bits).unwrap(), bits)
            && is_within(&erf(&x, bits), bits)
            && is_within(&arccos(&cosine, bits).unwrap(), bits)
            && is_within(&ln(&(x.abs() + q("1/8")), bits).unwrap(), bits)
            && sqrt(&x.abs(), bits).unwrap().width() <= Rational::integer(2).pow(-(bits as i32))
            && is_within(&pi(bits), bits)
    }
    check(law as fn(_, _) -> _);
}

#[test]
fn exp_turns_sums_into_products() {
    fn law(Small(a): Small, Small(b): Small) -> bool {
        let product = exp(&a, 90).unwrap().product(&exp(&b, 90).unwrap());
        product.meets(&exp(&(&a + &b), 90).unwrap()) && product.width() < q("1/1000000000000")
    }
    check(law as fn(_, _) -> _);
}

#[test]
fn ln_turns_products_into_sums_and_undoes_exp() {
    fn law(Small(a): Small, Small(b): Small) -> TestResult {
        let (a, b) = (a.abs(), b.abs());
        if a.is_zero() || b.is_zero() {
            return TestResult::discard();
        }
        let sum = ln(&a, 90).unwrap().sum(&ln(&b, 90).unwrap());
        let (power, back) = (exp(&a, 90).unwrap(), Enclosure::point(a.clone()));
        let (lo, hi) = (ln(power.lo(), 90).unwrap(), ln(power.hi(), 90).unwrap());
        let undone = Enclosure::new(lo.lo().clone(), hi.hi().clone());
        let narrow = undone.width() < q("1/1000000000000000000");
        TestResult::from_bool(
            sum.meets(&ln(&(&a * &b), 90).unwrap()) && undone.meets(&back) && narrow,
        )
    }
    check(law as fn(_, _) -> _);
    let powers = ln(&Rational::integer(10).pow(400), 100).unwrap();
    assert!(powers.meets(&ln(&q("10"), 120).unwrap().scale(&q("400"))));
    let inverse = ln(&Rational::integer(10).pow(-400), 100).unwrap();
    assert!(inverse.meets(&powers.scale(&q("-1"))));
}

#[test]
fn the_power_of_a_root_brackets_the_number() {
    fn law(Small(x): Small, order: u8, bits: u8) -> bool {
        let (x, order, bits) = (x.abs(), u32::from(order % 40) + 1, u32::from(bits));
        let found = root(&x, order, bits).unwrap();
        let width = found.hi() - found.lo();
        !found.lo().is_negative()
            && power_within(&found, order as i32, &x)
            && width <= Rational::integer(2).pow(-(bits as i32))
    }
    check(law as fn(_, _, _) -> _);
    assert_eq!(root(&q("1024/59049"), 10, 3), Ok(Enclosure::point(q("2/3"))));
    assert_eq!(root(&q("0"), 1000, 3), Ok(Enclosure::point(q("0"))));
    let below_zero = root(&q("-1"), 9, 3);
    assert!(matches!(below_zero, Err(DomainError::NegativeRoot(_))));
    // 2^(251/1000) to 300 places: an integer root would be that of 300,000 bits.
    let long = root(&Rational::integer(2).pow(251), 1000, 300).unwrap();
    assert!(power_within(&long, 1000, &Rational::integer(2).pow(251)));
}

/// Whether a number lies between the powers of two ends.
fn power_within(ends: &Enclosure, order: i32, x: &Rational) -> bool {
    ends.lo().pow(order) <= *x && *x <= ends.hi().pow(order)
}

#[test]
fn the_square_of_a_root_brackets_the_number() {
    fn law(Small(x): Small, bits: u8) -> bool {
        let (x, bits) = (x.abs(), u32::from(bits));
        let root = sqrt(&x, bits).unwrap();
        let (below, above) = (root.lo() * root.lo(), root.hi() * root.hi());
        !root.lo().is_negative() && below <= x && x <= above && (below < x || above == x)
    }
    check(law as fn(_, _) -> _);
    assert_eq!(sqrt(&q("4/9"), 3), Ok(Enclosure::point(q("2/3"))));
    assert_eq!(sqrt(&q("0"), 3), Ok(Enclosure::point(q("0"))));
    assert_eq!(sqrt(&q("2/9"), 2), Ok(Enclosure::new(q("1/4"), q("1/2"))));
    assert_eq!(sqrt(&q("4/3"), 0), Ok(Enclosure::new(q("1"), q("2"))));
}

#[test]
fn erf_is_odd_and_grows_as_its_derivative_says() {
    fn law(Small(x): Small) -> bool {
        let (bits, step) = (120, q("1/1073741824"));
        let odd = erf(&x, bits).sum(&erf(&-&x, bits)).contains(&Rational::ZERO);
        // (erf(x + h) - erf(x)) / h is a value of the derivative between x and x + h.
        let slope = erf(&(&x + &step), bits).difference(&erf(&x, bits)).scale(&step.recip());
        let density = |x: &Rational| {
            let root = sqrt(pi(bits).lo(), 100).unwrap();
            exp(&-(x * x), bits).unwrap().scale(&q("2")).quotient(&root).unwrap()
        };
        let (left, right) = (density(&x), density(&(&x + &step)));
        let slack = Enclosure::new(q("-1/1000000000000000000"), q("1/1000000000000000000"));
        let lo = left.lo().min(right.lo()).clone();
        let hi = left.hi().max(right.hi()).clone();
        odd && slope.meets(&Enclosure::new(lo, hi).sum(&slack))
    }
    check(law as fn(_) -> _);
}

#[test]
fn arccos_is_symmetric_and_its_cosine_doubles() {
    fn law(Small(x): Small) -> bool {
        let x = x / q("8");
        let angle = arccos(&x, 100).unwrap();
        let symmetric = angle.sum(&arccos(&-&x, 100).unwrap()).meets(&pi(100));
        // cos 2t = 2 cos^2 t - 1, and 2t stays within [0, pi] for cosines that are not negative.
        let double = arccos(&(q("2") * x.pow(2) - q("1")), 100).unwrap();
        let t = if x.is_negative() { arccos(&-&x, 100).unwrap() } else { angle };
        symmetric && t.scale(&q("2")).meets(&double)
    }
    check(law as fn(_) -> _);
    assert!(arccos(&q("0"), 100).unwrap().scale(&q("2")).meets(&pi(110)));
    assert!(arccos(&q("1/2"), 100).unwrap().scale(&q("3")).meets(&pi(110)));
    assert!(arccos(&q("-1"), 100).unwrap().meets(&pi(110)));
    // The angle of the triangle 3, 4, 5 and its complement.
    let sum = arccos(&q("3/5"), 100).unwrap().sum(&arccos(&q("4/5"), 100).unwrap());
    assert!(sum.scale(&q("2")).meets(&pi(110)));
}

#[test]
fn enclosures_of_ordered_arguments_are_ordered() {
    fn law(Small(a): Small, Small(b): Small) -> TestResult {
        if a >= b {
            return TestResult::discard();
        }
        let below = |x: &Enclosure, y: &Enclosure| x.hi() < y.lo();
        let (c, d) = (&a / q("8"), &b / q("8"));
        let positive = !a.is_positive()
            || below(&ln(&a, 100).unwrap(), &ln(&b, 100).unwrap())
                && below(&sqrt(&a, 100).unwrap(), &sqrt(&b, 100).unwrap());
        TestResult::from_bool(
            positive
                && below(&exp(&a, 100).unwrap(), &exp(&b, 100).unwrap())
                && below(&erf(&a, 120), &erf(&b, 120))
                && below(&arccos(&d, 100).unwrap(), &arccos(&c, 100).unwrap()),
        )
    }
    check(law as fn(_, _) -> _);
}

#[test]
fn rational_values_are_points() {
    assert_eq!(exp(&q("0"), 50), Ok(Enclosure::point(q("1"))));
    assert_eq!(ln(&q("1"), 50), Ok(Enclosure::point(q("0"))));
    assert_eq!(arccos(&q("1"), 50), Ok(Enclosure::point(q("0"))));
    assert_eq!(erf(&q("0"), 50), Enclosure::point(q("0")));
}

#[test]
fn tails_are_enclosed_without_being_computed() {
    let unit = q("1/1024");
    assert_eq!(exp(&q("-10"), 10), Ok(Enclosure::new(q("0"), unit.clone())));
    assert_eq!(exp(&-Rational::integer(10).pow(30), 10).unwrap().hi(), &unit);
    assert_eq!(erf(&q("4"), 16), Enclosure::new(q("65535/65536"), q("1")));
    assert_eq!(erf(&q("-4"), 16), Enclosure::new(q("-1"), q("-65535/65536")));
    assert_eq!(erf(&Rational::integer(10).pow(30), 10).lo(), &(q("1") - unit));
}

#[test]
fn arguments_without_a_value_are_refused() {
    assert_eq!(sqrt(&q("-1/4"), 9), Err(DomainError::NegativeRoot(q("-1/4"))));
    assert_eq!(ln(&q("0"), 9), Err(DomainError::LogarithmOfNonPositive(q("0"))));
    assert_eq!(ln(&q("-2"), 9), Err(DomainError::LogarithmOfNonPositive(q("-2"))));
    assert_eq!(arccos(&q("9/8"), 9), Err(DomainError::NoCosine(q("9/8"))));
    assert_eq!(arccos(&q("-9/8"), 9), Err(DomainError::NoCosine(q("-9/8"))));
    assert_eq!(exp(&q("65537"), 9), Err(DomainError::ExponentTooLarge));
    assert!(exp(&q("65536"), 0).is_ok());
    let text = exp(&q("70000"), 9).unwrap_err().to_string();
    assert_eq!(text, "the exponential of a number above 65536 is not computed");
}
