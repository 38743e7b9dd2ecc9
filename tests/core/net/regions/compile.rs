//! The bits that a listing names, and that all numbers count the same.

use super::super::filtered::Filtered;
use super::super::machine_int::Entry;
use super::super::program::Program;
use super::*;
use crate::geometry::double_description::{Explorer, Progress, Tally};
use crate::geometry::piecewise_affine::PiecewiseAffine;
use crate::net::Window;
use std::ops::ControlFlow;

fn numbers(texts: &[&str]) -> Vec<Rational> {
    texts.iter().map(|x| x.parse().expect("a number")).collect()
}

fn dense(weight: &[&str], bias: &[&str]) -> Layer {
    Layer::dense(bias.len(), numbers(weight), numbers(bias))
}

fn network(input: Shape, layers: Vec<Layer>) -> Network {
    Network::new(input, layers).expect("the layers fit")
}

/// 3 x + 1 has entries up to 4, a pair of units up to 9, and what reads both up to 45 + 2.
#[test]
fn bounds_are_those_of_the_sums_that_occur() {
    let layers = vec![dense(&["3", "-4"], &["1", "5"]), Layer::relu(), dense(&["0", "-5"], &["2"])];
    let network = network(Shape::Flat(1), layers);
    let listing = Listing::new(&network, &Domain::Polyhedron(Vec::new()));
    assert_eq!(listing.bits, 6, "47 has six bits");
}

/// 3 x + 1 has entries up to 4; a fifth of it, over the common denominator, too; added to five
/// times the whole that is 24.
#[test]
fn what_is_added_is_on_the_scale_of_what_it_is_added_to() {
    let body = network(Shape::Flat(1), vec![dense(&["1/5"], &["0"])]);
    let layers = vec![dense(&["3"], &["1"]), Layer::Residual(body)];
    let network = network(Shape::Flat(1), layers);
    let listing = Listing::new(&network, &Domain::Polyhedron(Vec::new()));
    assert_eq!(listing.bits, 5, "24 has five bits");
}

/// Two layers of ten units on a plane, with weights that no pattern shares.
fn two_layers_of_ten() -> Network {
    let weight = |i: i64| Rational::new((i * i * 7 + i * 13) % 2311 - 1155, 1024);
    let weights = |k: i64, n: i64| (0..n).map(|i| weight(k + i)).collect::<Vec<_>>();
    let layer =
        |k, inputs: i64| Layer::dense(10, weights(k, 10 * inputs), weights(k + 500, 10_i64));
    network(Shape::Flat(2), vec![layer(1, 2), Layer::relu(), layer(31, 10), Layer::relu()])
}

/// One kink, two kinks, a maximum of three, a sum of two paths.
fn every_choice() -> Network {
    let filters = numbers(&["1", "1", "2", "-1", "0", "1/2"]);
    let padded = Window::line(2).padding(1);
    let kinks = Activation::piecewise_linear(
        numbers(&["-1", "2", "5/2"]),
        numbers(&["0", "0", "3/2", "-1"]),
        &Rational::ONE,
    );
    let line = Shape::Line([1, 2]);
    network(
        line,
        vec![
            Layer::Activation(Activation::leaky_relu(Rational::new(1, 3))),
            Layer::Residual(network(line, vec![Layer::Activation(Activation::hard_tanh())])),
            Layer::convolution(3, padded, filters, numbers(&["0", "1/7", "-1"])),
            Layer::MaxPool(Window::line(3)),
            Layer::Flatten,
            dense(&["1", "-1", "0"], &["-1/2"]),
            Layer::Activation(Activation::absolute_value()),
            Layer::Activation(kinks.expect("the breakpoints are in order")),
        ],
    )
}

/// The bits that a listing names are enough for every form of every cell.
#[test]
fn no_form_is_longer_than_the_listing_says() {
    let tied = vec![Layer::relu(), Layer::MaxPool(Window::line(2))];
    let wide = vec![
        dense(
            &["1/123456789012345678901", "1"],
            &["-1/98765432109876543210987", "12345678901234567890/7"],
        ),
        Layer::relu(),
        dense(&["-11111111111111111111", "1/3"], &["-2/7"]),
        Layer::relu(),
    ];
    for network in [
        every_choice(),
        network(Shape::Line([1, 2]), tied),
        network(Shape::Flat(1), wide),
        two_layers_of_ten(),
    ] {
        let listing = Listing::new(&network, &Domain::Whole);
        let program = Program::<Rational>::of(&listing);
        let walk = Explorer::new(&program).until(Progress { limit: 300, stop: None });
        let mut longest = 0;
        let (tally, _) = walk.visit(|_, leaf| {
            let forms = program.piece(leaf.state);
            longest = forms.iter().map(Rational::bits).fold(longest, u64::max);
            ControlFlow::Continue(())
        });
        assert!(tally.cells > 1 && longest <= listing.bits);
    }
}

fn tally<T: Entry>(listing: &Listing) -> Tally {
    Explorer::new(&Program::<T>::of(listing)).count().0
}

fn filtered(listing: &Listing) -> Tally {
    let program = Filtered::of(Program::of(listing)).expect("the weights are alike in size");
    Explorer::new(&program).count().0
}

/// Numbers of every kind count the same, in words and where words are too short.
#[test]
fn all_numbers_count_the_same() {
    let short = two_layers_of_ten();
    let short = Listing::of_inputs(&short, &Domain::Whole);
    assert!(short.bits <= 60);
    let found = tally::<Rational>(&short);
    assert_eq!([tally::<i64>(&short), tally::<i128>(&short), filtered(&short)], [found; 3]);
    // Three layers on a line, with a first weight near 2^40 and another that undoes it.
    let [up, down, twice] = ["1099511627777", "2/1099511627777", "-4/1099511627777"];
    let layers = vec![
        dense(&[up, up], &["0", "-1/1099511627776"]),
        Layer::relu(),
        dense(&[down, twice, down, twice], &["1/1099511627779", "-1/2"]),
        Layer::relu(),
        dense(&["1", "-2"], &["-1/3"]),
        Layer::relu(),
    ];
    let long = network(Shape::Flat(1), layers);
    let long = Listing::of_inputs(&long, &Domain::Whole);
    assert!(long.bits > 124, "{} bits", long.bits);
    assert_eq!(filtered(&long), tally::<Rational>(&long));
    assert!(filtered(&long).cells > 2);
}
