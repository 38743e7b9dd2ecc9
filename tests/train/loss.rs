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
    let near = |x: &crease::analysis::enclosure::Enclosure, digits: &str| {
        let gap = Rational::integer(10).pow(-15);
        (x.lo() - number(digits)).abs() < gap && x.width() < gap
    };
    assert!(near(&loss.value(&Rational::ZERO), "0.693147180559945309"));
    assert!(near(&loss.value(&number("2")), "0.126928011042972496"));
    assert!(near(&loss.pull(&number("2")), "0.119202922022117556"));
    assert!(near(&loss.value(&number("-3")), "3.048587351573742059"));
}

/// `l'^2 / l` of the logistic loss is at most 0.40727, and at least 0.407264 at -0.9214. Its
/// inverse, 2.4554, is the largest rate for the one-step inequality with `eta` on the left.
#[test]
fn the_logistic_loss_allows_rates_up_to_2_4554() {
    let loss = Logistic { bits: 40 };
    let number = |text: &str| text.parse::<Rational>().expect("digits");
    let z = number("-0.9214");
    let there = loss.pull(&z).lo().pow(2) / loss.value(&z).hi();
    assert!(there > number("0.407264") && there.recip() < number("2.4555"));
    let most = number("0.40727");
    assert!(most.recip() > number("2.4553"));
    // Pull and loss both fall: the left end bounds the one, the right end the other. Below -3 the
    // loss is at least 3; above 3 the quotient is at most the pull, which is at most the loss.
    let below = |a: &Rational, b: &Rational| loss.pull(a).hi().pow(2) / loss.value(b).lo() <= most;
    let mut cells = vec![(number("-3"), number("3"))];
    while let Some((a, b)) = cells.pop() {
        if !below(&a, &b) {
            assert!(&b - &a > number("0.000001"), "no bound near {a}");
            let middle = (&a + &b) / number("2");
            cells.extend([(a, middle.clone()), (middle, b)]);
        }
    }
    assert!(*loss.pull(&number("3")).hi() < most && *loss.value(&number("-3")).lo() > number("3"));
}
