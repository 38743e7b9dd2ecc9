//! Expressions: what is read, what is refused, and that enclosures hold what they should.

use super::bounds::q;
use crate::laws::support::{Small, check};
use crease::analysis::enclosure::{self, Enclosure};
use crease::approximate::Expression;
use crease::exact::{Rational, float};
use crease::net::InputBox;

fn value(text: &str, x: &Rational) -> Option<Rational> {
    let f: Expression = text.parse().unwrap_or_else(|error| panic!("{text}: {error}"));
    f.exact(std::slice::from_ref(x))
}

#[test]
fn operators_bind_as_usual() {
    let x = q(3, 2);
    for (text, expected) in [
        ("1+2*3", q(7, 1)),
        ("(1+2)*3", q(9, 1)),
        ("1-2-3", q(-4, 1)),
        ("8/4/2", q(1, 1)),
        ("-x^2", q(-9, 4)),
        ("2*-x", q(-3, 1)),
        ("- -x", x.clone()),
        ("x^3 - 1/2", q(23, 8)),
        ("3/7*7", q(3, 1)),
        ("0.25", q(1, 4)),
        ("x ^ (-2)", q(4, 9)),
        ("(x+3/4)^(1/2)", q(3, 2)),
        ("(x+3/4)^(3/2)", q(27, 8)),
        ("x^0", q(1, 1)),
        ("abs(-x)+relu(x-2)+relu(x)", q(3, 1)),
        ("max(x,2,1)-min(x,2,1)", q(1, 1)),
        ("sqrt(x+3/4)*exp(0)+log(1)+sin(0)+cos(0)", q(5, 2)),
        ("|x|^2+normsq", q(9, 2)),
        (" x1 *\tx ", q(9, 4)),
    ] {
        assert_eq!(value(text, &x), Some(expected), "{text}");
    }
    for irrational in ["pi", "exp(x)", "sqrt(x)", "log(x)", "1/(x-3/2)", "sqrt(-x)", "sin(x)"] {
        assert_eq!(value(irrational, &x), None, "{irrational}");
    }
}

#[test]
fn a_function_of_the_norm_has_a_profile() {
    let f = Expression::parse("exp(-|x|^2) + normsq^2", 8).unwrap();
    let profile = f.profile().expect("it is radial");
    assert_eq!(profile, "exp(-x)+x^2".parse().unwrap());
    assert!(Expression::parse("|x|^2 + x1", 2).unwrap().profile().is_none());
}

#[test]
fn each_error_names_its_place() {
    let deep = "(".repeat(60) + "x" + &")".repeat(60);
    let long = "9".repeat(2000);
    let wide = "x1+".repeat(1200) + "x1";
    let names = "x1, .., pi, normsq, abs, relu, sqrt, exp, log, sin, cos, max or min";
    for (text, message) in [
        ("", "column 1: expected a number, a variable, a function or `(`, found the end"),
        ("1+", "column 3: expected a number, a variable, a function or `(`, found the end"),
        ("x1+*x2", "column 4: expected a number, a variable, a function or `(`, found `*`"),
        ("(x1", "column 4: expected an operator or `)`, found the end"),
        ("x1)", "column 3: expected an operator or the end, found `)`"),
        ("2 x1", "column 3: expected an operator or the end, found `x1`"),
        ("x3", "column 1: expected a variable among x1 to x2, found `x3`"),
        ("x", "column 1: expected a variable among x1 to x2, found `x`"),
        ("x01", "column 1: expected a variable among x1 to x2, found `x01`"),
        ("foo(x1)", &format!("column 1: expected {names}, found `foo`")),
        ("1 + exp2(x1)", &format!("column 5: expected {names}, found `exp2`")),
        ("exp x1", "column 5: expected `(`, found `x1`"),
        ("exp(x1,x2)", "column 7: expected an operator or `)`, found `,`"),
        ("max(x1)", "column 7: expected `,` and another argument, found `)`"),
        ("max(x1,x2;", "column 10: expected an operator, `,` or `)`, found `;`"),
        ("x1^x2", "column 4: expected a number as exponent, found `x2`"),
        ("x1^-1", "column 4: expected a number as exponent, found `-`"),
        ("x1^2^3", "column 5: expected parentheses around one of two powers, found `^`"),
        ("x1^(1/0)", "column 7: expected a divisor other than 0, found `0`"),
        ("x1^1001", "column 4: more than 1000 in an exponent"),
        ("x1^0.0001", "column 4: more than 1000 in an exponent"),
        ("x1/0", "column 4: expected a divisor other than 0, found `0`"),
        ("x1/(2-2)", "column 4: expected a divisor other than 0, found `(`"),
        ("0^(-1)", "column 1: expected a base other than 0, found `0`"),
        ("|x1|", "column 1: expected `|x|^2`, found `|`"),
        ("1.", "column 2: expected an operator or the end, found `.`"),
        (".5", "column 1: expected a number, a variable, a function or `(`, found `.`"),
        ("1e5", "column 2: expected an operator or the end, found `e5`"),
        ("x1 + é", "column 6: expected a number, a variable, a function or `(`, found `é`"),
        ("2^1000^1", "column 7: expected parentheses around one of two powers, found `^`"),
        ("(2^1000)^5", "column 11: more than 4096 bits in a number"),
        (&long, "column 1: more than 4096 bits in a number"),
        (&deep, "column 52: more than 50 nested parentheses and signs"),
        (&wide, "column 3003: more than 2000 steps"),
        (&"x1+".repeat(4000), "column 10001: more than 10000 bytes"),
    ] {
        let found = Expression::parse(text, 2).map_err(|error| error.to_string());
        assert_eq!(found.unwrap_err(), message, "{text}");
    }
    let error = Expression::parse("x2", 1).unwrap_err().to_string();
    assert_eq!(error, "column 1: expected x or x1, the only variable, found `x2`");
}

/// Functions that are defined everywhere, so that every sample says something.
const EVERYWHERE: [&str; 12] = [
    "x1^2-x1*x2/3",
    "abs(x1)+exp(-x1^2-2*x2^2)",
    "max(x1,x2,1/2)-min(x1,x2)",
    "relu(x1-x2)*(x1+3)",
    "sqrt(x1^2+x2^2+1)",
    "(x1^2+1)^(2/3)",
    "log(3+x1^2)*x2",
    "1/(1+|x|^2)",
    "-1/(-5-|x|^2)",
    "sin(3*x1)*cos(x2+pi)",
    "x1^5-x2^7/11",
    "exp(x1)/(1+exp(x1))",
];

/// A box and a point in it hold what the function is there, to the last bit and in floats.
#[test]
fn a_range_holds_the_values_in_its_box() {
    fn law(Small(a): Small, Small(b): Small, Small(c): Small, Small(d): Small, s: u8) -> bool {
        let domain = InputBox::new(
            vec![a.clone().min(b.clone()), c.clone().min(d.clone())],
            vec![a.clone().max(b.clone()), c.clone().max(d.clone())],
        )
        .expect("the ends are in order");
        let share = q(i64::from(s % 5), 4);
        let sides = domain.lo().iter().zip(domain.hi());
        let point: Vec<_> = sides.map(|(lo, hi)| lo + (hi - lo) * &share).collect();
        let floats: Vec<f64> = point.iter().map(float::nearest).collect();
        EVERYWHERE.iter().all(|text| {
            let f = Expression::parse(text, 2).expect("it is well made");
            let range = f.range(&domain, 40).expect("it is defined everywhere");
            let here = f.enclose(&point, 40).expect("it is defined everywhere");
            let slack = (f.nearest(&floats) - float::nearest(here.lo())).abs();
            let is_close = slack <= 1e-9 * (1.0 + float::nearest(here.hi()).abs());
            range.meets(&here)
                && here.width() <= q(1, 1 << 40)
                && is_close
                && f.exact(&point).is_none_or(|x| here.contains(&x) && range.contains(&x))
        })
    }
    check(law as fn(_, _, _, _, _) -> _);
}

/// What is left out is of second order: a box of a tenth the size has a range a tenth as wide, and
/// the excess over the true range shrinks to a hundredth.
#[test]
fn ranges_shrink_with_their_boxes() {
    let f = Expression::parse("exp(x)*sin(x)+1/(2+x)+log(3+x)-sqrt(2+x)", 1).unwrap();
    let middle = q(1, 3);
    let mut excess = Vec::new();
    for n in [10, 100, 1000] {
        let domain = InputBox::new(vec![&middle - q(1, n)], vec![&middle + q(1, n)]).unwrap();
        let range = f.range(&domain, 60).unwrap();
        let ends = [domain.lo(), domain.hi()].map(|x| f.enclose(x, 60).unwrap());
        // The function increases there.
        let inner = Enclosure::new(ends[0].hi().clone(), ends[1].lo().clone());
        excess.push(range.width() - inner.width());
    }
    assert!(excess.windows(2).all(|pair| &pair[1] * q(50, 1) <= pair[0]), "{excess:?}");
}

#[test]
fn what_is_not_defined_is_an_error_or_a_wider_box_away() {
    let f: Expression = "sqrt(x)+log(x+1)".parse().unwrap();
    assert!(f.enclose(&[q(-1, 2)], 20).is_err());
    assert!(f.enclose(&[q(0, 1)], 20).is_ok());
    assert!(f.range(&InputBox::new(vec![q(-2, 1)], vec![q(1, 1)]).unwrap(), 20).is_err());
    assert!(f.range(&InputBox::new(vec![q(0, 1)], vec![q(1, 3)]).unwrap(), 20).is_ok());
    let f: Expression = "1/x".parse().unwrap();
    assert!(f.range(&InputBox::cube(1, &q(1, 1)), 20).is_err());
}

/// Addition theorem and Pythagoras; the table's digits stand in `laws::enclosure`'s way of asking.
#[test]
fn sine_and_cosine_obey_their_theorems() {
    fn law(Small(a): Small, Small(b): Small, far: u16) -> bool {
        let a = a * Rational::from(i64::from(far));
        let bits = 50;
        let (sin, cos) = (enclosure::sin, enclosure::cos);
        let sum = sin(&a, bits).product(&cos(&b, bits));
        let sum = sum.sum(&cos(&a, bits).product(&sin(&b, bits)));
        let one = sin(&a, bits).product(&sin(&a, bits));
        let one = one.sum(&cos(&a, bits).product(&cos(&a, bits)));
        sin(&(&a + &b), bits).meets(&sum)
            && one.contains(&Rational::ONE)
            && sin(&a, bits).width() <= Rational::integer(2).pow(-50)
    }
    check(law as fn(_, _, _) -> _);
    let close = |x: &Enclosure, digits: &str| {
        let digits: Rational = digits.parse().unwrap();
        (x.lo() - &digits).abs() <= q(1, 1_000_000_000) && x.width() <= q(1, 1 << 40)
    };
    assert!(close(&enclosure::sin(&q(1, 1), 40), "0.8414709848"));
    assert!(close(&enclosure::cos(&q(1, 1), 40), "0.5403023059"));
    assert!(close(&enclosure::sin(&q(1_000_000, 1), 40), "-0.3499935022"));
    assert!(close(&enclosure::cos(&Rational::integer(10).pow(22), 40), "0.5232147854"));
    assert!(close(&enclosure::sin(&Rational::integer(10).pow(22), 40), "-0.8522008498"));
    let root = enclosure::root(&q(2, 1), 3, 40).unwrap();
    assert!(close(&root, "1.2599210499"));
    assert_eq!(enclosure::root(&q(27, 8), 3, 5).unwrap(), Enclosure::point(q(3, 2)));
}
