//! Filters reach the degenerate ones, and recipes the points where they bend.

use crease::exact::Rational;
use crease::generators::expansive::{filter, ridge};
use crease::net::InputBox;
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;

/// Two hundred values, the same ones on every run.
fn drawn<S: Strategy>(strategy: &S) -> Vec<S::Value> {
    let mut runner = TestRunner::deterministic();
    (0..200).map(|_| strategy.new_tree(&mut runner).expect("a value").current()).collect()
}

#[test]
fn filters_include_zero_and_every_delta() {
    let filters = drawn(&filter(2));
    let contains = |w: [i64; 3]| filters.contains(&w.map(Rational::integer).to_vec());
    assert!([[0, 0, 0], [1, 0, 0], [0, 1, 0], [0, 0, 1]].into_iter().all(contains));
    let mixed = |w: &Vec<Rational>| w.iter().any(|t| !t.is_integer());
    assert!(filters.iter().filter(|w| mixed(w)).count() > 100, "most filters are fractions");
}

#[test]
fn filters_shrink_to_zero() {
    let mut runner = TestRunner::deterministic();
    let mut tree = filter(2).new_tree(&mut runner).expect("a value");
    while tree.simplify() {}
    assert!(tree.current().iter().all(Rational::is_zero));
}

#[test]
fn every_other_knot_puts_the_point_on_a_hyperplane() {
    let filters = vec![[1, -2, 3].map(Rational::integer).to_vec(); 3];
    let cube = InputBox::cube(2, &Rational::integer(3));
    for (recipe, point) in drawn(&ridge(filters, 2, 2, cube)) {
        assert!(point.iter().all(|x| x.abs() <= Rational::integer(3)));
        let a = &recipe.directions()[1];
        assert_eq!(&a[0] * &point[0] + &a[1] * &point[1], recipe.knots[0]);
    }
}
