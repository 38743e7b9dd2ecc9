//! Points in two pairs of opposite cones.

use crease::exact::Rational;
use crease::experiment::width::cones::samples;
use crease::train::random::Stream;

#[test]
fn points_lie_in_the_unit_ball_and_in_their_cones() {
    let samples = samples(&mut Stream::new(1, 1), 400);
    // tan 0.2 is 0.20271.
    let tangent = Rational::new(20_271, 100_000);
    for (patch, positive) in samples.all_patches().zip(&samples.positive) {
        let (along, across) = if *positive { (0, 1) } else { (1, 0) };
        let (along, across) = (patch[along].abs(), patch[across].abs());
        let square = along.pow(2) + across.pow(2);
        assert!(square <= Rational::ONE && square >= Rational::new(511, 512).pow(2));
        assert!(across <= along * &tangent);
    }
}
