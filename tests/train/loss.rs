//! The axioms of a loss, and the loss that breaks one.

use crate::laws::support::{Small, check};
use crease::exact::Rational;
use crease::train::{ExactLoss, Logistic, Loss};

const LOSSES: [&dyn Loss; 3] = [&ExactLoss::Rational, &ExactLoss::Dyadic, &Logistic { bits: 60 }];

#[test]
fn the_losses_are_convex() {
    fn law(Small(a): Small, Small(b): Small) -> bool {
        LOSSES.iter().all(|loss| {
            let gap = &b - &a;
            // The tangent at a lies below the graph at b.
            let tangent = loss.value(&a).difference(&loss.pull(&a).scale(&gap));
            tangent.lo() <= loss.value(&b).hi()
        })
    }
    check(law as fn(_, _) -> _);
}

#[test]
fn a_pull_is_between_zero_and_one_and_at_most_the_loss() {
    fn law(Small(z): Small) -> bool {
        LOSSES.iter().all(|loss| {
            let (value, pull) = (loss.value(&z), loss.pull(&z));
            !pull.hi().is_negative() && *pull.lo() <= Rational::ONE && pull.lo() <= value.hi()
        })
    }
    check(law as fn(_) -> _);
}

#[test]
fn the_hinge_pulls_harder_than_it_loses() {
    let z = Rational::new(15, 16);
    let (loss, pull) = (ExactLoss::Hinge.exact_value(&z), ExactLoss::Hinge.exact_pull(&z));
    assert_eq!((loss, pull), (Rational::new(1, 16), Rational::ONE));
}

#[test]
fn the_dyadic_loss_is_a_power_of_two_at_integers_and_straight_between() {
    let at = |n, d| ExactLoss::Dyadic.exact_value(&Rational::new(n, d)).to_string();
    assert_eq!([at(-2, 1), at(0, 1), at(1, 1), at(3, 1)], ["3", "1", "1/2", "1/8"]);
    assert_eq!([at(1, 2), at(3, 2), at(5, 4)], ["3/4", "3/8", "7/16"]);
    let pull = |n, d| ExactLoss::Dyadic.exact_pull(&Rational::new(n, d)).to_string();
    assert_eq!([pull(-1, 9), pull(0, 1), pull(1, 1), pull(9, 2)], ["1", "1/2", "1/4", "1/32"]);
}

#[test]
fn the_logistic_loss_holds_the_digits_of_tables() {
    let loss = Logistic { bits: 80 };
    let number = |text: &str| text.parse::<Rational>().expect("digits");
    let near = |x: &crease::exact::enclosure::Enclosure, digits: &str| {
        let gap = Rational::integer(10).pow(-15);
        (x.lo() - number(digits)).abs() < gap && x.width() < gap
    };
    assert!(near(&loss.value(&Rational::ZERO), "0.693147180559945309"));
    assert!(near(&loss.value(&number("2")), "0.126928011042972496"));
    assert!(near(&loss.pull(&number("2")), "0.119202922022117556"));
    assert!(near(&loss.value(&number("-3")), "3.048587351573742059"));
}
