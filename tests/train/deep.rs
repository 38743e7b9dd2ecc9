//! Deep networks on the grid, beside `net`; descent in doubles, beside fractions.

use super::dyadic;
use crease::exact::Rational;
use crease::net::{Layer, Network, Parameters};
use crease::train::random::Stream;
use crease::train::{DeepFloatDescent, ExactLoss, FullyConnected, Samples, coverage, deep};

/// A network with `layers - 1` hidden layers, its weights between -2 and 2 with a few places.
fn network(random: &mut Stream, layers: usize, m: usize, places: u32) -> FullyConnected {
    let mut row = |inputs: usize| (0..inputs).map(|_| dyadic(random, places)).collect();
    let inputs = |layer| if layer == 1 { 2 } else { m };
    let hidden: Vec<Vec<Vec<Rational>>> =
        (1..layers).map(|layer| (0..m).map(|_| row(inputs(layer))).collect()).collect();
    FullyConnected::new(&hidden, &row(m)).expect("the shapes fit")
}

/// Points with coordinates over 1024.
fn cloud(random: &mut Stream, n: usize) -> Samples {
    let mut entry = || Rational::new(random.below(2049) as i64 - 1024, 1024);
    let points = (0..n).map(|_| vec![entry(), entry()]).collect();
    Samples::dense(points, (0..n).map(|_| random.coin()).collect())
}

fn pairs(samples: &Samples) -> Vec<(Vec<Rational>, bool)> {
    samples.all_patches().cloned().zip(samples.positive.iter().copied()).collect()
}

/// One step in fractions: outputs at the rate `rho`, the other layers at `rho / m`.
fn stepped(network: &Network, samples: &Samples, rho: &Rational) -> Network {
    let gradient = deep::risk_gradient(network, &pairs(samples), ExactLoss::Dyadic);
    let mut parameters = network.parameters();
    let outputs = parameters.len() - 1;
    let m = Rational::from(parameters[outputs].weight.len());
    for (layer, (own, by)) in parameters.iter_mut().zip(&gradient).enumerate() {
        let rate = if layer == outputs { rho.clone() } else { rho / &m };
        own.weight.iter_mut().zip(&by.weight).for_each(|(w, t)| *w -= &rate * t);
    }
    network.with_parameters(parameters).expect("the shapes are the same")
}

/// Whether these are weights and their nearest neighbours on the grid, up to a part in `2^slack`.
fn assert_rounded(found: &Network, exact: &Network, slack: i32, seed: u64) {
    let weights = |network: &Network| -> Vec<Rational> {
        network.parameters().into_iter().flat_map(|Parameters { weight, .. }| weight).collect()
    };
    let reach = Rational::new(1, 1 << 21) + Rational::integer(2).pow(-slack);
    for (a, b) in weights(found).iter().zip(&weights(exact)) {
        assert!((a - b).abs() <= reach, "seed {seed}: {a} is not nearly {b}");
    }
}

/// Few places, so that a step in doubles rounds nothing but its end; many units at zero, so that
/// kinks count.
#[test]
fn a_step_in_doubles_is_the_step_in_fractions() {
    let samples = coverage::xor_square();
    let rho = Rational::new(1, 2);
    for (seed, layers) in (0..60).zip([2, 3, 4].into_iter().cycle()) {
        let start = network(&mut Stream::new(seed, 2), layers, 1 << (seed % 3), 1);
        let mut run = DeepFloatDescent::new(&start, &samples, &rho);
        assert_eq!(run.rounded().as_ref(), Some(&start), "no step, no change");
        run.step();
        let found = run.rounded().expect("on the grid").network();
        assert_rounded(&found, &stepped(&start.network(), &samples, &rho), 200, seed);
    }
}

/// Four steps: with each of them the places of a fraction become `layers` times as many.
#[test]
fn some_steps_in_doubles_are_those_in_fractions_rounded() {
    let rho = Rational::new(1, 2);
    for (seed, layers) in (0..6).zip([2, 3, 4].into_iter().cycle()) {
        let mut random = Stream::new(seed, 3);
        let samples = cloud(&mut random, 4);
        let start = network(&mut random, layers, 2, 3);
        let mut run = DeepFloatDescent::new(&start, &samples, &rho);
        let mut exact = start.network();
        for _ in 0..4 {
            run.step();
            exact = stepped(&exact, &samples, &rho);
        }
        let found = run.rounded().expect("on the grid").network();
        assert_rounded(&found, &exact, 40, seed);
    }
}

/// The field's own form: outputs `W_L = a / sqrt(m)` behind a factor `sqrt(m)` that is not trained,
/// every layer at one rate `eta = rho / m`. Four units, so that the root is a number.
#[test]
fn outputs_move_like_the_last_layer_times_the_root_of_the_width() {
    let samples = coverage::xor_square();
    let (rho, two) = (Rational::new(1, 2), Rational::integer(2));
    for (seed, layers) in (0..12).zip([2, 3, 4].into_iter().cycle()) {
        let start = network(&mut Stream::new(seed, 4), layers, 4, 1);
        let mut run = DeepFloatDescent::new(&start, &samples, &rho);
        run.step();
        let end = run.rounded().expect("on the grid").network();
        let in_field = |network: &Network| {
            let mut chain = network.layers().to_vec();
            let outputs = network.parameters().pop().expect("there are outputs").weight;
            *chain.last_mut().expect("there are layers") =
                Layer::dense(1, outputs.iter().map(|a| a / &two).collect(), vec![]);
            chain.push(Layer::dense(1, vec![two.clone()], vec![]));
            Network::new(network.input(), chain).expect("the layers fit")
        };
        let rate = &rho / Rational::integer(4);
        let before = in_field(&start.network());
        let is_trained = |layer| layer < layers;
        let after =
            deep::descended(&before, &pairs(&samples), ExactLoss::Dyadic, &rate, is_trained);
        assert_rounded(&in_field(&end), &after, 200, seed);
    }
}

#[test]
fn margins_are_those_of_the_chain_of_layers() {
    for (seed, layers) in (0..24).zip([2, 3, 4, 9].into_iter().cycle()) {
        let mut random = Stream::new(seed, 5);
        let samples = cloud(&mut random, 5);
        // Nine layers of twenty places leave 128 bits: fractions go on.
        let own = network(&mut random, layers, 1 + seed as usize % 8, 20);
        let chain = own.network();
        let label = |i, value: &Rational| samples.label(i) * value;
        let points = samples.all_patches().enumerate();
        let margins: Vec<_> = points.map(|(i, x)| label(i, &chain.eval(x)[0])).collect();
        assert_eq!(own.margins(&samples), margins);
        let risk = deep::risk(&chain, &pairs(&samples), ExactLoss::Dyadic);
        assert_eq!(own.risk(&samples, ExactLoss::Dyadic), risk);
        // And so does the float twin, nearly.
        let rate = Rational::ONE;
        let mut run = DeepFloatDescent::new(&own, &samples, &rate);
        for (near, exact) in run.margins().to_vec().into_iter().zip(&margins) {
            let exact = crease::exact::float::nearest(exact);
            approx::assert_relative_eq!(near, exact, max_relative = 1e-9, epsilon = 1e-9);
        }
    }
}

#[test]
fn points_that_are_not_dyadic_are_no_obstacle() {
    let third = Rational::new(1, 3);
    let samples = Samples::dense(vec![vec![third.clone(), Rational::ZERO]], vec![false]);
    let rows = vec![vec![Rational::integer(2), Rational::ONE]];
    let network = FullyConnected::new(&[rows], &[Rational::new(1, 2)]).expect("it fits");
    assert_eq!(network.margins(&samples), [-third]);
}

#[test]
fn the_goal_is_decided_on_the_grid() {
    let samples = coverage::xor_square();
    let start = network(&mut Stream::new(1, 6), 3, 8, 3);
    let mut run = DeepFloatDescent::new(&start, &samples, &Rational::new(1, 2));
    let risk = start.risk(&samples, ExactLoss::Dyadic);
    assert_eq!(run.reached(&risk), Some(start));
    // A goal that no double tells apart from the risk.
    let less = &risk - Rational::integer(2).pow(-80);
    assert_eq!(run.reached(&less), None);
}

#[test]
fn weights_off_the_grid_are_no_network() {
    let samples = coverage::xor_square();
    let start = network(&mut Stream::new(1, 6), 3, 8, 3);
    let mut run = DeepFloatDescent::new(&start, &samples, &Rational::integer(1 << 40));
    (0..3).for_each(|_| run.step());
    assert_eq!(run.rounded(), None);
    assert_eq!(run.reached(&Rational::ONE), None);
}

#[test]
fn bad_weights_are_refused_with_the_reason() {
    let one = || Rational::ONE;
    let row = |n: usize| vec![one(); n];
    let refusal = |hidden: &[Vec<Vec<Rational>>], outputs: &[Rational]| {
        FullyConnected::new(hidden, outputs).expect_err("it is refused")
    };
    let empty = "there must be one hidden layer with one unit and one input at least";
    assert_eq!(refusal(&[], &row(2)), empty);
    assert_eq!(refusal(&[vec![vec![]]], &row(1)), empty);
    assert_eq!(refusal(&[vec![]], &[]), empty);
    let shape = |layer, units, inputs| {
        format!("hidden layer {layer} is not of {units} units that read {inputs} numbers each")
    };
    let rows = |m, n| vec![row(n); m];
    assert_eq!(refusal(&[rows(2, 3)], &row(3)), shape(0, 3, 3));
    assert_eq!(refusal(&[rows(2, 3), rows(2, 3)], &row(2)), shape(1, 2, 2));
    assert_eq!(refusal(&[vec![row(3), row(2)]], &row(2)), shape(0, 2, 3));
    for bad in [Rational::new(1, 3), Rational::new(1, 1 << 21), Rational::integer(1 << 20)] {
        let found = refusal(&[vec![vec![bad.clone()]]], &row(1));
        assert!(found.starts_with(&format!("the weight {bad} is not a whole number")));
    }
}

#[test]
fn distances_are_by_layer() {
    let at = |w: i64, a: i64| {
        let rows = vec![vec![Rational::new(w, 2), Rational::ONE]; 2];
        FullyConnected::new(&[rows], &[Rational::integer(a), Rational::ZERO]).expect("it fits")
    };
    let [two, nine] = [Rational::new(1, 2), Rational::integer(9)];
    assert_eq!(at(1, 5).squared_distances(&at(2, 2)), [two, nine]);
    let network = at(1, 5);
    assert_eq!((network.layers(), network.units(), network.dimension()), (2, 2, 2));
}
