//! The dyadic loss in doubles.

use crease::exact::Rational;
use crease::exact::float::nearest;
use crease::train::ExactLoss;
use crease::train::float::{loss, pull};

#[test]
fn loss_and_pull_are_those_of_fractions() {
    for k in -12..300 {
        let margin = Rational::new(k, 4);
        let exact = [ExactLoss::Dyadic.exact_value(&margin), ExactLoss::Dyadic.exact_pull(&margin)];
        let z = nearest(&margin);
        assert_eq!([loss(z), pull(z)], exact.map(|t| nearest(&t)), "at {margin}");
    }
    let ends = [f64::INFINITY, 1000.0, f64::NEG_INFINITY].map(pull);
    assert_eq!(ends, [0.5f64.powi(1001), 0.5f64.powi(1001), 1.0]);
}
