//! The published biases obey the rule of the class, and recipes that do not fit are refused.

use crease::construct::ridge::{Ridge, RidgeError};
use crease::exact::Rational;
use crease::generators::expansive::{filter, ridge};
use crease::net::InputBox;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::TestRunner;

/// Recipes with one ridge or none on one to four inputs, whether or not a constant is left.
fn recipes() -> impl Strategy<Value = (Ridge, Vec<Rational>)> {
    (1usize..=4, 1usize..=3, 2usize..=4).prop_flat_map(|(d, s, depth)| {
        let ridges = usize::from(depth * s >= d);
        let cube = InputBox::cube(d, &Rational::integer(2));
        vec(filter(s), depth).prop_flat_map(move |w| ridge(w, d, ridges, cube.clone()))
    })
}

#[test]
fn published_biases_repeat_on_the_units_with_a_full_window() {
    let law = |(ridge, _): (Ridge, Vec<Rational>)| {
        let shifts = ridge.published_shifts(&Rational::integer(2));
        let s = ridge.filters[0].len() - 1;
        for bias in ridge.repeated_middle(&shifts) {
            // Units s + 1 to width - s, counted from one.
            let middle = bias.get(s..bias.len() - s).unwrap_or_default();
            prop_assert!(middle.windows(2).all(|pair| pair[0] == pair[1]), "{bias:?}");
        }
        Ok(())
    };
    TestRunner::deterministic().run(&recipes(), law).expect("the rule");
}

#[test]
fn the_sum_is_what_its_formula_says() {
    let law = |(ridge, x): (Ridge, Vec<Rational>)| {
        let dot = |a: &[Rational]| a.iter().zip(&x).map(|(a, x)| a * x).sum::<Rational>();
        let directions = ridge.directions();
        let mut expected = &ridge.constant + &ridge.slope * dot(&directions[0]);
        for (k, (c, t)) in ridge.coefficients.iter().zip(&ridge.knots).enumerate() {
            expected += c * (dot(&directions[k + 1]) - t).max(Rational::ZERO);
        }
        prop_assert_eq!(ridge.sum().eval(&x), vec![expected]);
        Ok(())
    };
    TestRunner::deterministic().run(&recipes(), law).expect("the formula");
}

#[test]
fn recipes_that_do_not_fit_are_refused() {
    let good = Ridge {
        width: 2,
        constant: Rational::ZERO,
        slope: Rational::ONE,
        filters: vec![vec![1.into(), 2.into(), 0.into()]; 2],
        coefficients: vec![1.into()],
        knots: vec![0.into()],
    };
    assert_eq!(good.check(), Ok(()));
    let refused = |change: fn(&mut Ridge)| {
        let mut ridge = good.clone();
        change(&mut ridge);
        ridge.check().expect_err("it does not fit")
    };
    assert_eq!(refused(|r| r.width = 0), RidgeError::Empty);
    assert_eq!(refused(|r| r.filters.clear()), RidgeError::Empty);
    assert_eq!(refused(|r| r.filters[0].clear()), RidgeError::Empty);
    assert_eq!(
        refused(|r| r.filters[1].push(1.into())),
        RidgeError::Filter { index: 1, expected: 3, found: 4 }
    );
    assert_eq!(refused(|r| r.knots.clear()), RidgeError::Knots { coefficients: 1, knots: 0 });
    assert_eq!(refused(|r| r.width = 5), RidgeError::Units { needed: 10, units: 9 });
}
