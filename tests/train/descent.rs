//! One run, three arithmetics: fixed-point, fractions, floats.

use super::{network, samples};
use crease::exact::{Rational, float};
use crease::train::coverage::xor_square;
use crease::train::float::FloatDescent;
use crease::train::random::Stream;
use crease::train::{Descent, Directions, ExactLoss, Samples, TwoLayer};

#[test]
fn fixed_point_and_fractions_agree() {
    for seed in 0..60 {
        let mut random = Stream::new(seed, 0);
        let (n, patches, d) = (1 + seed as usize % 5, 1 + seed as usize % 3, 1 + seed as usize % 4);
        let samples = samples(&mut random, n, patches, d);
        // Three units a side: the scale 1/3 is not dyadic, the reach is.
        let mut network = network(&mut random, 3, d);
        let rate = Rational::from(3 * n * patches) / Rational::integer(4);
        let mut run = Descent::new(&network, &samples, ExactLoss::Dyadic, &rate);
        let direction = network.weights.clone();
        let directions = Directions::new(&samples, direction.clone());
        let all: Vec<usize> = (0..n).collect();
        for step in 0..12 {
            assert_eq!(run.margins(), network.margins(&samples), "seed {seed}, step {step}");
            assert_eq!(run.linearised(&directions), network.linearised(&samples, &direction));
            assert_eq!(run.network(), network);
            let one = [random.below(n as u64) as usize];
            // Every third step is on one sample; its reach needs the same places.
            if step % 3 == 2 {
                run.step_on(&one);
                network = network.descended(&samples, &one, ExactLoss::Dyadic, &rate);
            } else {
                run.step();
                network = network.descended(&samples, &all, ExactLoss::Dyadic, &rate);
            }
        }
        assert!(run.is_fixed(), "seed {seed}");
    }
}

#[test]
fn what_fixed_point_cannot_hold_goes_on_in_fractions() {
    let mut random = Stream::new(1, 0);
    let samples = samples(&mut random, 3, 1, 2);
    let mut network = network(&mut random, 2, 2);
    let third = Rational::new(1, 3);
    let mut run = Descent::new(&network, &samples, ExactLoss::Dyadic, &third);
    for _ in 0..4 {
        run.step();
        network = network.descended(&samples, &[0, 1, 2], ExactLoss::Dyadic, &third);
        assert!(!run.is_fixed());
        assert_eq!(run.network(), network);
    }
    let run = Descent::new(&network, &samples, ExactLoss::Rational, &Rational::ONE);
    assert!(!run.is_fixed(), "the rational loss leaves every grid");
}

/// Grids as fine as a word allows: sums in double words, then fractions, with the same numbers.
#[test]
fn fine_grids_pass_from_words_to_double_words_to_fractions() {
    let mut random = Stream::new(2, 0);
    for places in [20u32, 36, 57, 61] {
        let samples = samples(&mut random, 4, 1, 3);
        let mut network = network(&mut random, 2, 3);
        network.weights[0][0] += Rational::integer(2).pow(-(places as i32));
        let mut finer = samples.clone();
        finer.patches[0][0][0] = Rational::new(1, 1 << 30);
        for samples in [&samples, &finer] {
            let rate = Rational::integer(4);
            let mut run = Descent::new(&network, samples, ExactLoss::Dyadic, &rate);
            let mut plain = network.clone();
            for _ in 0..6 {
                run.step();
                plain = plain.descended(samples, &[0, 1, 2, 3], ExactLoss::Dyadic, &rate);
                assert_eq!(run.network(), plain, "{places} places");
                assert_eq!(run.margins(), plain.margins(samples), "{places} places");
            }
        }
    }
}

/// Thousands of steps on one grid. As long as every number has fewer than 53 bits floats are exact
/// as well, so the twin must agree to the last bit.
#[test]
fn long_runs_stay_in_fixed_point_and_floats_agree_while_they_are_exact() {
    let mut random = Stream::new(3, 0);
    let samples = samples(&mut random, 16, 1, 4);
    let network = network(&mut random, 4, 4);
    let rate = Rational::integer(1);
    let mut run = Descent::new(&network, &samples, ExactLoss::Dyadic, &rate);
    let mut twin = FloatDescent::new(&network, &samples, &rate);
    for step in 0..1500 {
        if step % 100 == 0 {
            let margins: Vec<f64> = run.margins().iter().map(float::nearest).collect();
            assert_eq!(twin.margins(), margins, "step {step}");
        }
        run.step();
        twin.step();
    }
    assert!(run.is_fixed());
    let bits = run.network().weights.iter().flatten().map(|w| w.bits()).max();
    assert!(bits < Some(40), "{bits:?}");
}

/// Once floats round, their run is another run: close, not the same. The exact one is not rounded.
#[test]
fn the_float_twin_stays_close_when_it_rounds() {
    let mut random = Stream::new(4, 0);
    let samples = samples(&mut random, 8, 2, 3);
    let network = network(&mut random, 3, 3);
    let rate = Rational::integer(3);
    let mut run = Descent::new(&network, &samples, ExactLoss::Dyadic, &rate);
    let mut twin = FloatDescent::new(&network, &samples, &rate);
    for _ in 0..200 {
        run.step();
        twin.step();
    }
    for (exact, float) in run.margins().iter().zip(twin.margins()) {
        assert!((float::nearest(exact) - float).abs() < 1e-9, "{exact} and {float}");
    }
}

#[test]
fn samples_and_networks_that_do_not_fit_are_refused() {
    let one = || vec![Rational::ONE];
    let said = |samples: Samples| samples.check().expect_err("refused").to_string();
    let empty = "there must be one sample with one patch of one coordinate at least";
    assert_eq!(said(Samples::dense(vec![], vec![])), empty);
    assert_eq!(said(Samples::dense(vec![vec![]], vec![true])), empty);
    assert_eq!(said(Samples::dense(vec![one()], vec![])), "1 samples with 0 labels");
    let uneven = Samples::dense(vec![one(), vec![]], vec![true, true]);
    assert_eq!(said(uneven), "sample 1 is not of 1 patches with 1 coordinates each");
    let network = |weights: Vec<Vec<Rational>>, outputs, bias| {
        let network = TwoLayer { weights, outputs, scale: Rational::ONE, bias };
        network.check(1).expect_err("refused").to_string()
    };
    let outputs = "1 hidden units, 0 outputs; there must be as many, and one at least";
    assert_eq!(network(vec![one()], vec![], vec![]), outputs);
    let weights = "unit 0 has 2 weights for 1 coordinates";
    assert_eq!(network(vec![vec![Rational::ONE; 2]], one(), vec![]), weights);
    let biases = "1 hidden units with 2 biases; there must be one each, or none";
    assert_eq!(network(vec![one()], one(), vec![Rational::ONE; 2]), biases);
}

/// Four units on the square of exclusive or, the dyadic loss, 1500 steps.
fn on_the_square(weights: [[i64; 2]; 4]) -> (Rational, Rational) {
    let row = |w: [i64; 2]| w.map(|t| Rational::new(t, 32)).to_vec();
    let network = TwoLayer {
        weights: weights.map(row).into(),
        outputs: [1, 1, -1, -1].map(Rational::integer).into(),
        scale: Rational::new(1, 2),
        bias: vec![],
    };
    let samples = xor_square();
    let mut run = Descent::new(&network, &samples, ExactLoss::Dyadic, &Rational::ONE);
    let (mut finest, mut least) = (Rational::ONE, Rational::ONE);
    for _ in 0..1500 {
        least = least.min(run.risk());
        run.step();
        let denominators = run.network().weights.into_iter().flatten().map(|w| w.denominator());
        finest = finest.max(denominators.map(Rational::from).max().expect("there are weights"));
    }
    assert!(run.is_fixed());
    (finest, least)
}

/// Computed apart in exact fractions. The second run has a point that no unit covers.
#[test]
fn denominators_stay_at_a_thousand_and_a_point_without_units_costs_a_quarter() {
    let learns = on_the_square([[12, 4], [-20, 16], [8, 28], [4, -24]]);
    assert_eq!(learns, (Rational::integer(512), Rational::new(3061, 131_072)));
    let stuck = on_the_square([[12, 4], [20, 16], [1, 28], [4, -24]]);
    assert_eq!(stuck, (Rational::integer(1024), Rational::new(34_683, 131_072)));
    assert!(stuck.1 > Rational::new(1, 4));
}
