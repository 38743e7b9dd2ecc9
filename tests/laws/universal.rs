//! From functions to sums of ridge functions to networks: exact where it must be.

use super::support::{Small, check};
use crease::construct::factor::minimal_filter_count;
use crease::construct::ridge_sum::RidgeSum;
use crease::construct::universal::universal;
use crease::exact::Rational;
use crease::exact::float::nearest;
use crease::net::InputBox;
use quickcheck::{Arbitrary, Gen};

fn q(text: &str) -> Rational {
    text.parse().expect("an exact number")
}

/// A sum of up to four ridges of one to three inputs, and a filter length of two to five.
#[derive(Clone, Debug)]
struct Recipe {
    sum: RidgeSum,
    s: usize,
    point: Vec<Rational>,
}

impl Arbitrary for Recipe {
    fn arbitrary(g: &mut Gen) -> Self {
        let mut number = || Small::arbitrary(g).0;
        let unit = |x: Rational| x / Rational::integer(8);
        let d = 1 + number().numerator().bits() as usize % 3;
        let m = number().numerator().bits() as usize;
        let mut row = |n: usize| (0..n).map(|_| number()).collect::<Vec<_>>();
        let directions = (0..m).map(|_| row(d)).collect();
        let (slope, coefficients, knots) = (row(d), row(m), row(m));
        let point = row(d).into_iter().map(unit).collect();
        let constant = row(1).remove(0);
        let sum = RidgeSum { constant, slope, directions, coefficients, knots };
        Self { sum, s: 2 + m % 4, point }
    }
}

fn value(sum: &RidgeSum, x: &[Rational]) -> Rational {
    let dot = |a: &[Rational]| a.iter().zip(x).map(|(a, x)| a * x).sum::<Rational>();
    let ridges = sum.directions.iter().zip(&sum.coefficients).zip(&sum.knots);
    let ridges = ridges.map(|((a, c), t)| c * (dot(a) - t).max(Rational::ZERO));
    &sum.constant + dot(&sum.slope) + ridges.sum::<Rational>()
}

#[test]
fn a_network_is_its_ridge_sum_on_the_box_and_near_the_wanted_one() {
    fn law(Recipe { sum, s, point }: Recipe) -> bool {
        let d = sum.slope.len();
        let range = InputBox::cube(d, &Rational::ONE);
        let tolerance = q("1/1000");
        let made = sum.realize(s, &range, &tolerance).expect("s >= 2 is always enough");
        let needed = (sum.directions.len() + 1) * d;
        let least = minimal_filter_count(&sum.stacked(), s).expect("s >= 2");
        let missed = (made.network.eval(&point) - value(&sum, &point)).abs();
        made.ridge.check().is_ok()
            && made.ridge.leaves_a_constant()
            && made.ridge.gap(&made.network, &range, &point) == Some(Rational::ZERO)
            && made.network.stages.len() == least.max(needed.div_ceil(s))
            && made.network.stages.iter().all(|stage| stage.filter.len() == s + 1)
            && (s % 2 == 1 || made.network.stages.len() == needed.div_ceil(s))
            && missed <= made.deviation
            && made.deviation <= tolerance
    }
    check(law as fn(_) -> _);
}

/// `|x|` is `2 max(x, 0) - x`, and one filter `(-1, 1)` carries both directions.
#[test]
fn the_absolute_value_takes_one_layer() {
    let sum = RidgeSum {
        constant: Rational::ZERO,
        slope: vec![q("-1")],
        directions: vec![vec![q("1")]],
        coefficients: vec![q("2")],
        knots: vec![q("0")],
    };
    let made = sum.realize(2, &InputBox::cube(1, &q("3")), &q("1/8")).expect("it is short");
    assert_eq!((made.network.stages.len(), made.deviation), (1, q("0")));
    assert_eq!(made.network.stages[0].filter, [q("-1"), q("1"), q("0")]);
    for (x, y) in [("-3", "3"), ("-1/2", "1/2"), ("0", "0"), ("2", "2")] {
        assert_eq!(made.network.eval(&[q(x)]), q(y));
    }
}

#[test]
fn a_kink_and_a_bell_are_met() {
    let f = |x: &[f64]| x[0].abs() + (-x[0] * x[0] - 2.0 * x[1] * x[1]).exp();
    let range = InputBox::cube(2, &Rational::ONE);
    let made = universal(&f, &range, 2, &q("1/20")).expect("it is continuous");
    let ridges = made.sum.directions.len();
    assert!(ridges <= 24, "{ridges} ridges");
    assert_eq!(made.realized.network.stages.len(), ridges + 1);
    assert!(made.realized.deviation <= q("1/2000"));
    let bits = |xs: &[Rational]| xs.iter().map(Rational::bits).max().unwrap_or(0);
    assert!(bits(&made.sum.coefficients) <= 24 && bits(&made.sum.knots) <= 8);
    let gap = made.realized.ridge.gap(&made.realized.network, &range, &[q("1/3"), q("-1/7")]);
    assert_eq!(gap, Some(Rational::ZERO));
    for i in -10..=10 {
        for j in -10..=10 {
            let x = [Rational::new(i, 10), Rational::new(j, 10)];
            let y = nearest(&made.realized.network.eval(&x));
            assert!((y - f(&x.map(|x| nearest(&x)))).abs() < 0.05, "at {i}/10, {j}/10");
        }
    }
}

#[test]
fn a_line_and_a_box_off_the_origin_are_met() {
    let range = InputBox::new(vec![q("1/3")], vec![q("5/2")]).expect("in order");
    let made = universal(&|x| x[0].ln(), &range, 3, &q("1/100")).expect("it is continuous");
    for k in 0..=20 {
        let x = q("1/3") + q("13/6") * Rational::new(k, 20);
        let y = nearest(&made.realized.network.eval(std::slice::from_ref(&x)));
        assert!((y - nearest(&x).ln()).abs() < 0.01);
    }
    let affine = universal(&|x| 2.0 * x[0] - 1.0, &range, 2, &q("1/100")).expect("it is affine");
    assert_eq!((affine.sum.directions.len(), affine.realized.network.stages.len()), (0, 1));
}

#[test]
fn what_cannot_be_built_is_refused() {
    let cube = InputBox::cube(1, &Rational::ONE);
    let f = |x: &[f64]| x[0];
    let refused = |s, error: &str| universal(&f, &cube, s, &q(error)).expect_err("it is refused");
    assert_eq!(refused(2, "0"), "the error must be positive, found 0");
    assert_eq!(refused(2, "-1"), "the error must be positive, found -1");
    assert!(refused(1, "1").starts_with("filters of length 1 do not suffice for every sum"));
    let flat = InputBox::cube(1, &Rational::ZERO);
    let error = universal(&f, &flat, 2, &q("1")).expect_err("the box is a point");
    assert_eq!(error, "side 0 of the box goes from 0 to 0: expected LO < HI");
    let error = universal(&|x| x[0].sqrt(), &cube, 2, &q("1")).expect_err("no root below zero");
    assert_eq!(error, "the function has no finite value near (-1)");
    let wide = InputBox::cube(9, &Rational::ONE);
    let error = universal(&f, &wide, 2, &q("1")).expect_err("too many inputs");
    assert_eq!(error, "9 inputs, a fit is tried for 1 to 6");
    let rough = |x: &[f64]| (1e4 * x[0]).sin();
    let error = universal(&rough, &cube, 2, &q("1/100")).expect_err("it is too rough");
    assert!(error.starts_with("no sum of ridge functions within 1/100 was found"), "{error}");
    let sum = RidgeSum {
        constant: q("0"),
        slope: vec![q("1")],
        directions: vec![vec![q("1"), q("1")]],
        coefficients: vec![q("1")],
        knots: vec![q("1")],
    };
    let error = sum.realize(2, &cube, &q("1")).expect_err("the direction is too long");
    assert_eq!(error.to_string(), "entries of a direction: expected 1, found 2");
}
