//! Polynomials by their roots: the kinds that theorems about filters turn on are all drawn.

use crease::analysis::polynomial::Polynomial;
use crease::construct::sizes::worst_filter_count;
use crease::exact::Rational;
use crease::generators::polynomials::{Roots, edge_pack, fewest_for_every, filters, roots};
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

fn runner() -> TestRunner {
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &[7; 32]);
    TestRunner::new_with_rng(Config::default(), rng)
}

fn some<T>(strategy: impl Strategy<Value = T>, wanted: fn(&T) -> bool) -> bool {
    let mut runner = runner();
    (0..2000).any(|_| wanted(&strategy.new_tree(&mut runner).expect("no filter").current()))
}

#[test]
fn roots_of_every_kind_are_drawn() {
    let any = || roots(0..5, 0..4);
    assert!(some(any(), |r| r.degree() == 0));
    assert!(some(any(), |r| r.degree() == 10));
    assert!(some(any(), |r| r.real.is_empty() && r.pairs.len() == 3));
    assert!(some(any(), |r| r.pairs.is_empty() && r.real.len() == 4));
    assert!(some(any(), |r| r.real.iter().any(Rational::is_zero)));
    assert!(some(any(), |r| r.real.len() > 1 && r.real.windows(2).all(|w| w[0] == w[1])));
    assert!(some(any(), |r| r.pairs.len() > 1 && r.pairs.windows(2).all(|w| w[0] == w[1])));
    assert!(some(any(), |r| r.leading.is_negative()));
}

#[test]
fn the_polynomial_of_roots_has_these_roots_and_no_others() {
    let mut runner = runner();
    for _ in 0..200 {
        let drawn: Roots = roots(0..5, 0..4).new_tree(&mut runner).expect("no filter").current();
        let w = drawn.polynomial();
        assert_eq!(w.degree(), Some(drawn.degree()));
        assert_eq!((w.real_roots(), w.conjugate_pairs()), (drawn.real.len(), drawn.pairs.len()));
        assert!(drawn.real.iter().all(|x| w.eval(x).is_zero()));
        assert_eq!(w.leading(), drawn.leading);
    }
}

#[test]
fn filters_include_the_degenerate() {
    assert!(some(filters(), |taps| taps.iter().all(Rational::is_zero)));
    assert!(some(filters(), |taps| taps.len() == 1 && taps[0] == Rational::integer(2)));
    assert!(some(filters(), |taps| taps.len() > 1 && taps[taps.len() - 1].is_zero()));
    assert!(some(filters(), |taps| taps.len() > 1 && taps[0].is_zero()));
    assert!(some(filters(), |taps| Polynomial::new(taps.clone()).degree() > Some(9)));
    assert!(some(edge_pack(), |taps| taps.len() == 13));
}

#[test]
fn roots_shrink_to_none_with_leading_coefficient_one() {
    let mut tree = roots(0..5, 0..4).new_tree(&mut runner()).expect("no filter");
    while tree.simplify() {}
    let least = tree.current();
    assert_eq!((least.degree(), least.leading), (0, Rational::ONE));
}

#[test]
fn roots_are_shared_among_the_fewest_filters() {
    let fewest = |real: usize, pairs: usize, s| {
        let (real, pairs) = (vec![1.into(); real], vec![[0.into(), 1.into()]; pairs]);
        Roots { leading: 1.into(), real, pairs }.fewest_filters(s)
    };
    assert_eq!([fewest(0, 0, 0), fewest(0, 0, 3)], [Some(1), Some(1)], "a constant");
    assert_eq!([fewest(1, 0, 0), fewest(0, 1, 1), fewest(3, 1, 1)], [None; 3], "no room");
    assert_eq!([fewest(7, 0, 3), fewest(7, 0, 1)], [Some(3), Some(7)], "real roots alone");
    assert_eq!([fewest(0, 3, 3), fewest(0, 3, 2), fewest(0, 3, 6)], [Some(3), Some(3), Some(1)]);
    assert_eq!([fewest(2, 2, 3), fewest(3, 2, 3)], [Some(2), Some(3)], "beside one pair each");
}

#[test]
fn the_search_for_every_filter_finds_what_the_formula_says() {
    for (degree, s) in (0..=40).flat_map(|degree| (0..=9).map(move |s| (degree, s))) {
        let found = fewest_for_every(degree, s);
        assert_eq!(found, worst_filter_count(degree, s), "degree {degree}, s = {s}");
    }
}
