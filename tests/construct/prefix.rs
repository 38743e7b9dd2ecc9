//! Pairs of filters with a given beginning of their product.

use crease::construct::prefix::{distance_from_two_taps, two_quadratics};
use crease::exact::Rational;

fn numbers<const N: usize>(w: [i64; N]) -> [Rational; N] {
    w.map(Rational::integer)
}

#[test]
fn two_quadratics_are_found_exactly_if_there_are_any() {
    let found = |w, a| two_quadratics(&numbers(w), &Rational::integer(a));
    let pair = |f, g| Some([numbers::<3>(f).to_vec(), numbers::<3>(g).to_vec()]);
    assert_eq!(found([0, 1, 0, 0], 1), pair([1, 1, 1], [0, 1, -1]));
    assert_eq!(found([1, 2, 1, 0], 1), pair([1, 1, 0], [1, 1, 0]));
    assert_eq!(found([1, 2, 0, 0], 1), None);
}

#[test]
fn two_taps_are_far_from_a_pair_of_roots() {
    let far = |w| {
        let [w0, w1, w2] = &numbers::<3>(w);
        distance_from_two_taps([w0, w1, w2])
    };
    assert_eq!(far([1, 0, 1]), Some(Rational::new(2, 7)));
    assert_eq!(far([100, 0, 100]), Some(Rational::ONE));
    assert_eq!(far([1, 2, 2]), None);
}
