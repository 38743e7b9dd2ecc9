//! The two-layer network is the network that `net` makes of a convolution, a ReLU and a mean; deep
//! descent moves it as its own descent does. And random streams.

use super::{network, samples};
use crease::exact::Rational;
use crease::net::{Layer, Network, Shape, Window};
use crease::properties::gradient;
use crease::train::random::Stream;
use crease::train::{ExactLoss, TwoLayer, deep};

/// A convolution of a line of `positions` non-overlapping windows of `d` taps.
fn convolutional(two: &TwoLayer, positions: usize, d: usize) -> Network {
    let m = two.weights.len();
    let filter = two.weights.iter().flatten().cloned().collect();
    let share = &two.scale / Rational::from(positions);
    let mean = two.outputs.iter().flat_map(|a| vec![a * &share; positions]).collect();
    let layers = vec![
        Layer::convolution(m, Window::line(d).stride(d), filter, vec![]),
        Layer::relu(),
        Layer::Flatten,
        Layer::dense(1, mean, vec![]),
    ];
    Network::new(Shape::Line([1, positions * d]), layers).expect("the layers fit")
}

#[test]
fn shared_filters_are_a_convolution() {
    for seed in 0..20 {
        let mut random = Stream::new(seed, 1);
        let (positions, d) = (1 + seed as usize % 4, 1 + seed as usize % 3);
        let samples = samples(&mut random, 3, positions, d);
        let two = network(&mut random, 2, d);
        let net = convolutional(&two, positions, d);
        for x in &samples.patches {
            let flat: Vec<Rational> = x.iter().flatten().cloned().collect();
            assert_eq!(net.eval(&flat), [two.value(x)]);
            let gradient = gradient(&net, &flat, &[Rational::ONE]).parameters;
            let own: Vec<Rational> = two.gradient(x).into_iter().flatten().collect();
            assert_eq!(gradient[0].weight, own);
        }
        let points: Vec<(Vec<Rational>, bool)> = samples
            .patches
            .iter()
            .map(|x| x.iter().flatten().cloned().collect())
            .zip(samples.positive.iter().copied())
            .collect();
        let rate = Rational::new(3, 4);
        for loss in [ExactLoss::Rational, ExactLoss::Dyadic] {
            assert_eq!(deep::risk(&net, &points, loss), two.risk(&samples, loss));
            let deep = deep::descended(&net, &points, loss, &rate, |layer| layer == 0);
            let own = two.descended(&samples, &[0, 1, 2], loss, &rate);
            assert_eq!(deep, convolutional(&own, positions, d));
            let both = deep::descended(&net, &points, loss, &rate, |_| true).parameters();
            assert_eq!(both[0], deep.parameters()[0]);
        }
    }
}

#[test]
fn a_biased_unit_reads_its_bias() {
    let two = TwoLayer {
        weights: vec![vec![Rational::integer(11)]],
        outputs: vec![Rational::ONE],
        scale: Rational::ONE,
        bias: vec![Rational::integer(-10)],
    };
    assert_eq!(two.value(&[vec![Rational::ONE]]), Rational::ONE);
    assert_eq!(two.value(&[vec![Rational::new(1, 2)]]), Rational::ZERO);
}

/// The bits of ChaCha8 with an all-zero key: the first words of the published test vector.
#[test]
fn streams_are_chacha() {
    // 3e 00 ef 2f 89 5f 40 d6, least significant byte first.
    assert_eq!(Stream::new(0, 0).bits(), 0xd640_5f89_2fef_003e);
}

#[test]
fn streams_are_independent_of_each_other_and_of_what_was_drawn() {
    let draw = |seed, stream| {
        let mut random = Stream::new(seed, stream);
        (0..8).map(|_| random.bits()).collect::<Vec<_>>()
    };
    assert_eq!(draw(5, 3), draw(5, 3));
    assert_ne!(draw(5, 3), draw(5, 4));
    assert_ne!(draw(5, 3), draw(6, 3));
    let mut random = Stream::new(9, 9);
    let weights: Vec<Rational> = (0..4000).map(|_| random.weight()).collect();
    assert!(weights.iter().all(|w| !w.is_zero() && (w * Rational::integer(8)).is_integer()));
    let square: Rational = weights.iter().map(|w| w * w).sum();
    // 4000 draws of variance 63/64: nine tenths to eleven tenths is 4.5 deviations.
    assert!(square > Rational::integer(3600) && square < Rational::integer(4400));
    assert!((0..100).all(|_| random.below(3) < 3));
}

/// `<grad_l f, W_l>` for the layers with weights, first to last, and `f`.
fn paired(weights: &[i64], bias: i64) -> (Vec<Rational>, Rational) {
    let mut layers = Vec::new();
    for (l, &w) in weights.iter().enumerate() {
        if l > 0 {
            layers.push(Layer::relu());
        }
        let bias = if l == 0 && bias != 0 { vec![bias.into()] } else { vec![] };
        layers.push(Layer::dense(1, vec![w.into()], bias));
    }
    let net = Network::new(Shape::Flat(1), layers).expect("the layers fit");
    let one = [Rational::ONE];
    let gradient = gradient(&net, &one, &one).parameters;
    let products = gradient.iter().zip(weights).map(|(g, &w)| &g.weight[0] * Rational::from(w));
    (products.collect(), net.eval(&one)[0].clone())
}

/// A network is homogeneous in each layer apart; in all together of the degree of their number. A
/// bias breaks it.
#[test]
fn each_layer_accounts_for_the_whole_output() {
    let six = Rational::integer(6);
    let (layers, value) = paired(&[1, 2, 3], 0);
    assert_eq!((&layers, &value), (&vec![six.clone(); 3], &six));
    assert_eq!(layers.iter().sum::<Rational>(), Rational::integer(18));
    let (layers, value) = paired(&[2, 3], -1);
    assert_eq!((&layers[0], value), (&six, Rational::integer(3)));
}
