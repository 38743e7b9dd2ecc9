//! A trained dense network as convolutions, for filters of several lengths.
//!
//! `cargo bench -p crease-benches --bench dense -- <shortest length>`. For each length: how long it
//! takes to build them, how many there are and how many parameters, the layers of a network file
//! (which holds 1000), the bits of the longest number that flows, and how long one exact point
//! takes.

use crease::construct::downsampled::{DenseLayer, DenseNet, downsampled};
use crease::exact::Rational;
use crease::format::import::onnx;
use crease::net::{InputBox, Layer, Network, Shape};
use std::time::Instant;

/// The weights of each layer are met up to `2^-BITS` in all.
const BITS: u32 = 64;

fn main() {
    let shortest = std::env::args().find_map(|word| word.parse::<usize>().ok()).unwrap_or(8);
    let bytes = std::fs::read(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../fixtures/networks/trained/dense.onnx"
    ))
    .expect("a fixture");
    let net = dense(&onnx(&bytes).expect("a model of dense layers").network);
    let unit = InputBox::new(vec![Rational::ZERO; 64], vec![Rational::ONE; 64]).expect("a box");
    println!("length  seconds  convolutions  layers  parameters    bits  seconds a point");
    for s in [64, 32, 16, 8, 4, 2].into_iter().filter(|s| *s >= shortest) {
        let start = Instant::now();
        let made = downsampled(&net, &unit, s, BITS).expect("room for every pair of roots");
        let built = start.elapsed().as_secs_f64();
        let network = made.network();
        let x: Vec<_> = (0..64).map(|i| Rational::new(i * 37 % 17, 16)).collect();
        let start = Instant::now();
        let found = network.eval(&x);
        let point = start.elapsed().as_secs_f64();
        assert_eq!(found, made.realised().network().eval(&x), "the group is this dense layer");
        // The longest numbers are those between the two groups.
        let first = Network::new(Shape::Flat(64), made.groups[0].layers(true));
        let hidden = first.expect("the parts fit").eval(&x);
        println!(
            "{s:6}  {built:7.1}  {:12}  {:6}  {:10}  {:6}  {point:15.2}",
            made.depth(),
            network.layers().len(),
            made.parameters(),
            hidden.iter().map(Rational::bits).max().unwrap_or(0),
        );
    }
}

/// The dense layers of the fixture: every other one is a ReLU, after the first, which flattens.
fn dense(network: &Network) -> DenseNet {
    let layers = network.layers().iter().filter_map(|layer| match layer {
        Layer::Affine(affine) => {
            let inputs = affine.weight.len() / affine.bias.len();
            let weight = affine.weight.chunks(inputs).map(<[_]>::to_vec).collect();
            Some(DenseLayer { weight, bias: affine.bias.clone() })
        }
        _ => None,
    });
    DenseNet { layers: layers.collect() }
}
