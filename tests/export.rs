//! ONNX models of networks: read back, they are the same function.

use crate::support::root;
use crease::construct::maximum::maximum;
use crease::construct::ridge_function::{RidgeFunction, squares_network};
use crease::exact::Rational;
use crease::format::export::{ExportError, Model, Precision};
use crease::format::file::NetworkFile;
use crease::format::import;
use crease::net::{Activation, Form, Layer, Network, Shape, Window};

fn file(network: Network) -> NetworkFile {
    NetworkFile { name: "net".to_owned(), network, domain: None, note: None, truth: None }
}

fn onnx(file: &NetworkFile) -> Result<Vec<u8>, ExportError> {
    crease::format::export::onnx(file, Precision::Double).map(|model| model.bytes)
}

fn read_back(file: &NetworkFile) -> (Vec<u8>, NetworkFile) {
    let bytes = onnx(file).unwrap_or_else(|error| panic!("{}: {error}", file.name));
    let read = import::onnx(&bytes).unwrap_or_else(|error| panic!("{}: {error}", file.name));
    (bytes, read)
}

/// Some points with entries of one sixteenth.
fn points(inputs: usize) -> Vec<Vec<Rational>> {
    let entry =
        |k: usize, i: usize| Rational::new(((k * 37 + i * 11 + k * i) % 65) as i64 - 32, 16);
    (0..12).map(|k| (0..inputs).map(|i| entry(k, i)).collect()).collect()
}

/// Weights that are doubles: the model is the network.
fn assert_same(network: Network) {
    let (_, read) = read_back(&file(network.clone()));
    assert_eq!(read.network.output(), network.output());
    for x in points(network.input().units()) {
        assert_eq!(read.network.eval(&x), network.eval(&x), "{network:?}");
    }
}

/// Eighths from -2 to 2.
fn weights(count: usize) -> Vec<Rational> {
    (0..count).map(|k| Rational::new((k * 7 % 33) as i64 - 16, 8)).collect()
}

fn net(input: Shape, layers: Vec<Layer>) -> Network {
    Network::new(input, layers).expect("the layers fit")
}

/// The activation with these breakpoints, slopes and value at zero.
fn kinks(at: &[i64], slopes: &[i64], at_zero: i64) -> Layer {
    let numbers = |all: &[i64]| all.iter().map(|n| Rational::integer(*n)).collect();
    let at_zero = Rational::integer(at_zero);
    let made = Activation::piecewise_linear(numbers(at), numbers(slopes), &at_zero);
    Layer::Activation(made.expect("the breakpoints increase"))
}

/// What is stated is the distance of the farthest number from the one in the model.
#[test]
fn the_rounding_of_single_precision_is_stated() {
    let tenth = Rational::new(1, 10);
    let layers = vec![Layer::dense(1, vec![tenth.clone(), Rational::new(1, 4)], vec![])];
    let file = file(net(Shape::Flat(2), layers));
    let Model { bytes, moved, layer } =
        crease::format::export::onnx(&file, Precision::Single).expect("a model");
    let read = import::onnx(&bytes).expect("it reads").network;
    let at = |x: i64, y: i64| read.eval(&[Rational::integer(x), Rational::integer(y)]).remove(0);
    assert_eq!(at(0, 1), Rational::new(1, 4));
    assert_eq!((&at(1, 0) - &tenth).abs(), moved);
    assert!(!moved.is_zero() && moved < Rational::integer(2).pow(-27));
    assert_eq!(layer, 0);
}

#[test]
fn every_kind_of_layer_comes_back_as_the_same_function() {
    let line = |taps| Window::line(taps).padding(1).stride(2);
    let plane = Window::plane(2, 3).padding(1).dilation(2);
    let body = net(Shape::Flat(3), vec![Layer::dense(3, weights(9), weights(3)), Layer::relu()]);
    let slope = Activation::leaky_relu(Rational::new(1, 4));
    let branch = body.clone();
    let sparse = |rows| Layer::sparse(rows, weights(2), weights(3));
    for (input, layers) in [
        (Shape::Flat(4), vec![]),
        (Shape::Flat(4), vec![Layer::dense(3, weights(12), weights(1)), Layer::relu()]),
        (Shape::Flat(4), vec![Layer::expansive(weights(3), weights(6)), Layer::downsample(2, 3)]),
        (Shape::Line([1, 4]), vec![Layer::expansive(weights(3), weights(1)), Layer::relu()]),
        (Shape::Line([2, 6]), vec![Layer::downsample(3, 1), Layer::Flatten]),
        (Shape::Line([2, 6]), vec![Layer::convolution(3, line(3), weights(18), weights(3))]),
        (Shape::Line([2, 6]), vec![Layer::convolution(3, line(3), weights(18), weights(9))]),
        (Shape::Line([2, 6]), vec![Layer::grouped_convolution(2, 2, line(3), weights(6), vec![])]),
        (Shape::Plane([2, 4, 5]), vec![Layer::convolution(1, plane, weights(12), weights(1))]),
        (Shape::Plane([2, 4, 5]), vec![Layer::MaxPool(Window::plane(2, 2)), Layer::Flatten]),
        (Shape::Plane([2, 4, 4]), vec![Layer::average_pool(Window::plane(2, 2).stride(2))]),
        (Shape::Plane([2, 4, 4]), vec![Layer::sum_pool(Window::plane(2, 3))]),
        (Shape::Flat(6), vec![Layer::Reshape(Shape::Line([2, 3])), Layer::Flatten]),
        (Shape::Flat(3), vec![Layer::Residual(body), Layer::Activation(slope)]),
        (Shape::Flat(3), vec![Layer::Activation(Activation::hard_tanh())]),
        (Shape::Flat(3), vec![Layer::relu(), Layer::Activation(Activation::hard_tanh())]),
        (Shape::Flat(3), vec![kinks(&[1], &[0, 1], 1)]),
        (Shape::Flat(3), vec![kinks(&[-1], &[1, 0], -1)]),
        (Shape::Flat(3), vec![kinks(&[0, 1], &[1, -1, 2], 0)]),
        (Shape::Flat(3), vec![kinks(&[], &[0], 3)]),
        (Shape::Line([1, 6]), vec![Layer::average_pool(Window::line(2).dilation(2))]),
        (Shape::Line([2, 2]), vec![Layer::Maximum(vec![vec![0, 1, 3], vec![2]]), Layer::relu()]),
        (Shape::Line([2, 2]), vec![sparse(vec![vec![[0, 1], [3, 0]], vec![], vec![[1, 0]]])]),
        (Shape::Flat(3), vec![Layer::sparse(vec![vec![[2, 0]]], vec![Rational::ONE], vec![])]),
        (Shape::Flat(3), vec![Layer::Branches(vec![branch, net(Shape::Flat(3), vec![])])]),
        (Shape::Flat(3), vec![Layer::Activation(Activation::absolute_value())]),
    ] {
        assert_same(net(input, layers));
    }
}

#[test]
fn constructions_come_back_as_the_same_function() {
    let number = Rational::integer;
    let ridge = RidgeFunction {
        width: 3,
        reach: number(2),
        filters: vec![vec![number(1), number(2)], vec![number(1), number(-1)]],
        values: weights(5),
    };
    // The interpolant has powers of two as copies and as cells only up to two of them.
    let ridge = RidgeFunction { values: ridge.values[..2].to_vec(), ..ridge };
    assert_same(ridge.network());
    assert_same(squares_network(2, 2));
    let forms = [[1, 2, 0], [-1, 1, 1], [0, -3, 2]]
        .map(|[a, b, c]| Form { coefficients: vec![number(a), number(b)], constant: number(c) });
    assert_same(maximum(&forms, &number(2)));
}

/// What the second writing writes is what the first one wrote: every number was rounded once.
#[test]
fn a_model_that_is_read_and_written_again_is_the_same_model() {
    for name in ["xor", "mlp_2-10-10-1", "expansive-3", "cnn2d_4x4_f2s2_c2_2layer"] {
        let path = root(format!("fixtures/networks/{name}.json"));
        let bytes = std::fs::read(path).expect("a fixture");
        let (first, read) = read_back(&NetworkFile::read(&bytes).expect("a fixture"));
        assert_eq!(onnx(&read), Ok(first), "{name}");
    }
    let third = Rational::new(1, 3);
    let layers = vec![
        Layer::expansive(vec![third.clone(); 4], vec![third.clone(); 5]),
        Layer::relu(),
        Layer::downsample(2, 2),
        Layer::dense(1, vec![third.clone(); 2], vec![third]),
    ];
    let (first, read) = read_back(&file(net(Shape::Flat(2), layers)));
    assert_eq!(onnx(&read), Ok(first));
}

#[test]
fn what_no_model_can_say_is_refused_with_its_layer() {
    let ten = Rational::integer(10);
    let huge = ten.pow(400);
    let dense = |w: &Rational| Layer::dense(1, vec![w.clone()], vec![]);
    let relu = Layer::relu;
    let refused = |layers| onnx(&file(net(Shape::Flat(1), layers))).expect_err("it has no model");
    let found = refused(vec![dense(&ten), relu(), dense(&huge)]);
    let expected =
        ExportError::Number { layer: 2, precision: "double precision", bits: huge.bits() };
    assert_eq!(found, expected);
    let wide = vec![Layer::expansive(vec![ten; 3], vec![])];
    let found = onnx(&file(net(Shape::Flat(1 << 13), wide)));
    assert_eq!(found, Err(ExportError::TooMany { layer: 0 }));
}
