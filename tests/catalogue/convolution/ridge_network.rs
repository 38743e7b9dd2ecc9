//! The published biases obey the rule of the class, and recipes that do not fit are refused.

use crease::construct::ridge::Ridge;
use crease::exact::Rational;
use crease::generators::expansive::{filter, ridge};
use crease::net::InputBox;
use crease_recheck::check;
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
        prop_assert_eq!(ridge.sum().shallow().eval(&x), vec![expected]);
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
    let empty = "there must be an input, a filter, and an entry in each filter";
    assert_eq!(refused(|r| r.width = 0), empty);
    assert_eq!(refused(|r| r.filters.clear()), empty);
    assert_eq!(refused(|r| r.filters[0].clear()), empty);
    let longer = refused(|r| r.filters[1].push(1.into()));
    assert_eq!(longer, "filter 1 has 4 entries, the first has 3");
    assert_eq!(refused(|r| r.knots.clear()), "1 coefficients with 0 knots");
    let narrow = "unit 10 carries the last direction, and the last layer has 9 units";
    assert_eq!(refused(|r| r.width = 5), narrow);
}

/// The recipe of the twin with the smaller shift, and its box.
fn two_signs() -> (Ridge, InputBox) {
    let filters = [[1, 1, 0], [1, -1, 0], [1, 0, 0], [1, 0, 0]];
    let ridge = Ridge {
        width: 2,
        constant: 1.into(),
        slope: 1.into(),
        filters: filters.map(|w| w.map(Rational::integer).to_vec()).to_vec(),
        coefficients: vec![3.into()],
        knots: vec![Rational::new(1, 2)],
    };
    (ridge, InputBox::cube(2, &Rational::ONE))
}

#[test]
fn the_checker_accepts_every_kind_of_hidden_bias() {
    let (ridge, cube) = two_signs();
    let (reach, lift) = (Rational::ONE, ridge.lift(&Rational::ONE));
    let shifts = ridge.published_shifts(&reach);
    let (published, scalar) = (ridge.repeated_middle(&shifts), ridge.scalar_biases(&reach));
    for hidden in [published, scalar] {
        let text = ridge.certificate("ridge", &ridge.network(hidden, &lift), &cube);
        check(&text).expect("a right network");
    }
    let positive = InputBox::new(vec![0.into(); 2], vec![1.into(); 2]).expect("a box");
    let mut ridge = ridge;
    ridge.filters[1][1] = Rational::ONE;
    let lift = ridge.lift(&reach);
    let text = ridge.certificate("ridge", &ridge.network(vec![Vec::new(); 3], &lift), &positive);
    check(&text).expect("nonnegative filters and data");
}

#[test]
fn the_checker_refuses_a_first_shift_smaller_by_an_eighth() {
    let (ridge, cube) = two_signs();
    let mut shifts = ridge.published_shifts(&Rational::ONE);
    shifts[0] -= Rational::new(1, 8);
    let net = ridge.network(ridge.repeated_middle(&shifts), &shifts[3]);
    let refused = check(&ridge.certificate("ridge", &net, &cube)).expect_err("a unit clips");
    let reason = "line 17: expected unit 2 of layer 1 nowhere negative, found least value -1/8";
    assert_eq!(refused.to_string(), reason);
}
