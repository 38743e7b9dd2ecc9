//! What theorems about width say of sixteen real images: margins bounded on both sides, exactly,
//! and a run that proves its own risk.

use super::{lies_between, q};
use crease::exact::Rational;
use crease::exact::linear::dot;
use crease::experiment::width::Digits;
use crease::kernel::{Points, first_layer};
use crease::train::random::Stream;
use crease::train::{ExactLoss, Record, TwoLayer};

fn points(digits: &Digits) -> Points {
    Points::plain(digits.samples.all_patches().cloned().collect())
}

#[test]
fn the_images_lie_in_the_unit_ball_and_are_told_apart() {
    let digits = Digits::read();
    let points = points(&digits);
    assert_eq!(points.check(), Ok(()));
    assert_eq!(digits.samples.check(), Ok(()));
    assert_eq!((points.len(), points.dimension()), (16, 64));
    assert!((0..16).all(|i| points.inner(i, i) <= Rational::ONE));
    assert!(!points.has_parallels());
}

#[test]
fn the_kernel_of_the_images_is_positive_definite() {
    let kernel = first_layer(&points(&Digits::read()), 60);
    lies_between(&kernel.smallest_eigenvalue(40, 80), "0.0332", "0.0333");
}

#[test]
fn the_margin_of_the_images_is_bounded_on_both_sides() {
    let digits = Digits::read();
    let direction = &digits.direction;
    assert!(dot(direction, direction) <= Rational::ONE, "the field has norm at most one");
    let (below, above) = (digits.margin_below(), digits.squared_margin_above());
    assert!(below > q("0.182") && below < q("0.183"));
    assert!(above < q("0.295").pow(2) && above > q("0.294").pow(2));
    assert!(below.pow(2) < above);
}

/// For a risk of 1/2 with failure 1/10: `4096 (4 s / gamma)^2 / gamma^6` units at the largest
/// margin that is possible, with `s = sqrt(2 ln(4 n / delta)) + log_2(4 / epsilon) = 3.5949 + 3`.
#[test]
fn the_theorem_would_ask_for_fifty_billion_units() {
    let digits = Digits::read();
    let units = digits.theorem().width().lo().clone();
    let by_hand = q("65536") * q("6.5949").pow(2) / digits.squared_margin_above().pow(4);
    assert!(units > q("50000000000"));
    assert!((&units / by_hand - Rational::ONE).abs() < q("0.0001"));
}

/// Sixteen units, 4096 steps: the average risk is at most 0.258, and the run has proved it. The
/// numbers were computed apart, with whole numbers over one power of two.
#[test]
fn a_run_of_sixteen_units_certifies_its_own_risk() {
    let digits = Digits::read();
    let mut random = Stream::new(4, 33 << 32);
    let mut unit = || {
        let output = Rational::from(if random.coin() { 1 } else { -1 });
        (output, (0..64).map(|_| random.weight()).collect())
    };
    let (outputs, weights) = (0..16).map(|_| unit()).unzip();
    let network = TwoLayer { weights, outputs, scale: q("1/4"), bias: vec![] };
    let direction = digits.towards(&network);
    let initial = network.linearised(&digits.samples, &direction).into_iter().min();
    assert_eq!(initial, Some(q("83797/524288")));
    let (one, lambda) = (Rational::ONE, q("24"));
    let aim = (&direction[..], &lambda);
    let run = Record::new(&network, &digits.samples, ExactLoss::Dyadic, &one, aim, 4096);
    assert!(run.is_fixed);
    assert_eq!(run.average_risk(), q("169180460802623/4503599627370496"));
    assert_eq!(run.certificate(), q("70811506157/274877906944"));
    assert!(run.certificate() < q("0.258") && run.least_margin > q("0.0926"));
    assert_eq!(run.flips, [62, 256]);
}
