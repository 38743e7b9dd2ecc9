//! Tangent kernels of convolutional networks beside their limit.

use crease::exact::Rational;
use crease::experiment::width::convolution::{LIMIT, draw, is_near, is_near_to};
use crease::train::random::Stream;

/// 2.57723902.., computed apart.
#[test]
fn the_reach_of_100_channels_is_half_of_the_limit() {
    let at = |text: &str| is_near(&text.parse().expect("a number"), 100);
    assert!(at("2.57723") && at("1.28862") && at("3.86585"));
    assert!(!at("1.28861") && !at("3.86586"));
}

/// A recursion without the factor 2 of one layer has half of the limit.
#[test]
fn a_limit_that_is_off_by_two_is_far_from_wide_networks() {
    let double = &*LIMIT * &Rational::integer(2);
    let half = &*LIMIT / Rational::integer(2);
    let kernels: Vec<_> = (0..12).map(|k| draw(&mut Stream::new(7, k), 256)).collect();
    let near =
        |limit: &Rational| kernels.iter().filter(|kernel| is_near_to(limit, kernel, 256)).count();
    let counts = [near(&LIMIT), near(&double), near(&half)];
    assert!(counts[0] >= 10 && counts[1] <= 2 && counts[2] <= 2, "{counts:?}");
}
