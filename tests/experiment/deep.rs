//! What is compared of deep networks of two widths.

use crease::exact::Rational;
use crease::experiment::width::cones::samples;
use crease::experiment::width::deep::{are_alike, moved, network, trained};
use crease::train::FullyConnected;
use crease::train::random::Stream;
use std::sync::atomic::AtomicBool;

static GO: AtomicBool = AtomicBool::new(false);

/// Without the root of the width the wider network moves half as far: the comparison says so.
#[test]
fn distances_without_the_root_of_the_width_are_not_alike() {
    let (mut with, mut without) = (0, 0);
    for seed in 0..10 {
        let mut random = Stream::new(seed, 0);
        let samples = samples(&mut random, 8);
        let [a, b] = [32, 128].map(|units| {
            let start = network(&mut random, 2, units);
            let end = trained(&start, &samples, 10, &GO).expect("nobody stops it");
            assert!(end.success && end.steps > 20);
            end.moved.expect("the weights are on the grid")
        });
        with += u32::from(are_alike(&a, &b));
        let [a, b] = [a / Rational::integer(32), b / Rational::integer(128)];
        without += u32::from(are_alike(&a, &b));
    }
    assert!(with >= 9 && without <= 2, "{with} and {without} of 10");
}

#[test]
fn alike_is_up_to_a_factor_of_three_halves() {
    let nine = Rational::integer(9);
    let [four, less] = [Rational::integer(4), Rational::new(399, 100)];
    assert!(are_alike(&nine, &four) && are_alike(&four, &nine));
    assert!(!are_alike(&nine, &less) && !are_alike(&less, &nine));
}

#[test]
fn weights_have_the_variance_they_should() {
    let network = network(&mut Stream::new(5, 0), 4, 128);
    let zero = {
        let zeros = |inputs: usize| vec![vec![Rational::ZERO; inputs]; 128];
        let hidden = [zeros(2), zeros(128), zeros(128)];
        FullyConnected::new(&hidden, &vec![Rational::ZERO; 128]).expect("the shapes fit")
    };
    let squares = network.squared_distances(&zero);
    // Sums of 256, 16384, 16384 and 128 squares with the means 1/64, 1/64, 1/64 and 1.
    let means = [4, 256, 256, 128];
    for (square, mean) in squares.into_iter().zip(means) {
        let ratio = square / Rational::integer(mean);
        assert!(ratio > Rational::new(3, 4) && ratio < Rational::new(5, 4), "{ratio}");
    }
}

/// The layer that moved farthest decides, and outputs have the width in them already.
#[test]
fn the_distance_is_that_of_the_layer_that_moved_farthest() {
    let network = |hidden: i64, output: i64| {
        let rows = |inputs| vec![vec![Rational::integer(hidden); inputs]; 2];
        let outputs = vec![Rational::integer(output); 2];
        FullyConnected::new(&[rows(3), rows(2)], &outputs).expect("the shapes fit")
    };
    let start = network(0, 0);
    assert_eq!(moved(&start, &network(1, 2)), Rational::integer(12));
    assert_eq!(moved(&start, &network(1, 3)), Rational::integer(18));
}
