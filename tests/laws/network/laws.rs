//! Laws between kinds of layers.

use super::super::support::check;
use super::float::eval_f64;
use super::{Any, below, ints, network, smalls, value, window};
use crease::analysis::polynomial::Polynomial;
use crease::exact::Rational;
use crease::exact::linear::Matrix;
use crease::net::{Activation, Affine, Axis, Layer, Map, Network, Shape, Window};
use quickcheck::{Arbitrary, Gen, TestResult};

/// A convolution that fits its line, with groups of equal size, and a signal.
#[derive(Clone, Debug)]
struct Conv {
    input: Shape,
    channels: usize,
    groups: usize,
    window: Window,
    filter: Vec<Rational>,
    x: Vec<Rational>,
}

impl Arbitrary for Conv {
    fn arbitrary(g: &mut Gen) -> Self {
        let (groups, seen, made) = (1 + below(g, 2), 1 + below(g, 2), 1 + below(g, 2));
        let input = Shape::Line([groups * seen, 5 + below(g, 4)]);
        let window = window(g, input);
        let channels = groups * made;
        let filter = smalls(g, channels * seen * window.taps());
        let x = smalls(g, input.units());
        Self { input, channels, groups, window, filter, x }
    }
}

impl Conv {
    fn layer(&self) -> Layer {
        let Self { channels, groups, window, filter, .. } = self.clone();
        Layer::grouped_convolution(channels, groups, window, filter, vec![])
    }

    fn matrix(&self) -> Matrix {
        matrix(&self.layer(), self.input)
    }
}

fn matrix(layer: &Layer, input: Shape) -> Matrix {
    match layer {
        Layer::Affine(affine) => affine.matrix(input),
        other => panic!("{other:?} is not affine"),
    }
}

#[test]
fn relu_is_idempotent() {
    fn law(Any { network: net, x, .. }: Any) -> bool {
        let with = |times| {
            let relus = (0..times).map(|_| Layer::relu());
            network(net.input(), net.layers().iter().cloned().chain(relus).collect())
        };
        with(1).eval(&x) == with(2).eval(&x)
    }
    check(law as fn(_) -> _);
}

#[test]
fn composing_expansive_convolutions_multiplies_their_filters() {
    fn law(v: Vec<u8>, w: Vec<u8>, x: Vec<u8>) -> TestResult {
        if v.is_empty() || w.is_empty() || x.is_empty() {
            return TestResult::discard();
        }
        // From one on, so that no product has a trailing zero.
        let read = |v: Vec<u8>| ints(v.into_iter().take(4).map(|n| i64::from(n) + 1));
        let (v, w, x) = (read(v), read(w), read(x));
        let product = Polynomial::new(v.clone()).product(&Polynomial::new(w.clone()));
        let input = Shape::Flat(x.len());
        let steps = vec![Layer::expansive(v, vec![]), Layer::expansive(w, vec![])];
        let at_once = Layer::expansive(product.coefficients().to_vec(), vec![]);
        TestResult::from_bool(network(input, steps).eval(&x) == value(at_once, input, &x))
    }
    check(law as fn(_, _, _) -> _);
}

#[test]
fn expansive_convolution_is_padded_convolution_with_the_filter_reversed() {
    fn law(conv: Conv) -> bool {
        let input = Shape::Line([1, conv.x.len()]);
        let window = Window::line(conv.filter.len()).padding(conv.filter.len() - 1);
        let reversed = conv.filter.iter().rev().cloned().collect();
        let padded = Layer::convolution(1, window, reversed, vec![]);
        let expansive = Layer::expansive(conv.filter.clone(), vec![]);
        matrix(&padded, input) == matrix(&expansive, input)
            && value(padded, input, &conv.x) == value(expansive, input, &conv.x)
    }
    check(law as fn(_) -> _);
}

#[test]
fn a_convolution_is_its_matrix() {
    fn law(conv: Conv) -> bool {
        value(conv.layer(), conv.input, &conv.x) == conv.matrix().apply(&conv.x)
    }
    check(law as fn(_) -> _);
}

#[test]
fn an_affine_layer_is_the_dense_layer_of_its_matrix() {
    fn law(Any { network: net, .. }: Any, seed: Vec<u8>) -> bool {
        net.stages().all(|(layer, input)| {
            let Layer::Affine(affine) = layer else { return true };
            let dense = affine.matrix(input);
            let rows = (0..dense.rows()).flat_map(|i| dense.row(i).to_vec()).collect();
            let flat = Shape::Flat(input.units());
            let bias = value(layer.clone(), input, &vec![Rational::ZERO; input.units()]);
            let dense = Layer::dense(dense.rows(), rows, bias);
            let entries = seed.iter().map(|n| i64::from(*n)).chain(std::iter::repeat(1));
            let x = ints(entries.take(input.units()));
            value(layer.clone(), input, &x) == value(dense, flat, &x)
        })
    }
    check(law as fn(_, _) -> _);
}

#[test]
fn a_plane_of_one_row_is_a_line() {
    fn law(conv: Conv) -> bool {
        let [c, n] = [conv.input.axes()[0], conv.input.axes()[1]];
        let window = Window { rows: Some(Axis::new(1)), ..conv.window };
        let flat = Layer::grouped_convolution(
            conv.channels,
            conv.groups,
            window,
            conv.filter.clone(),
            vec![],
        );
        value(flat, Shape::Plane([c, 1, n]), &conv.x) == value(conv.layer(), conv.input, &conv.x)
    }
    check(law as fn(_) -> _);
}

#[test]
fn a_plane_is_transposed_with_its_window() {
    fn law(conv: Conv) -> bool {
        let [c, n] = [conv.input.axes()[0], conv.input.axes()[1]];
        let window = Window { rows: Some(conv.window.columns), columns: Axis::new(1) };
        let upright = Layer::grouped_convolution(
            conv.channels,
            conv.groups,
            window,
            conv.filter.clone(),
            vec![],
        );
        value(upright, Shape::Plane([c, n, 1]), &conv.x) == value(conv.layer(), conv.input, &conv.x)
    }
    check(law as fn(_) -> _);
}

#[test]
fn a_stride_is_a_subsample_of_stride_one() {
    fn law(conv: Conv) -> bool {
        let all = Conv { window: conv.window.stride(1), ..conv.clone() };
        let dense = value(all.layer(), conv.input, &conv.x);
        let length = dense.len() / conv.channels;
        let stride = conv.window.columns.stride;
        let kept: Vec<_> =
            dense.chunks(length).flat_map(|c| c.iter().step_by(stride).cloned()).collect();
        value(conv.layer(), conv.input, &conv.x) == kept
    }
    check(law as fn(_) -> _);
}

#[test]
fn groups_are_the_blocks_of_a_diagonal() {
    fn law(conv: Conv) -> bool {
        let [c, n] = [conv.input.axes()[0], conv.input.axes()[1]];
        let whole = conv.matrix();
        let (rows, cols) = (whole.rows() / conv.groups, whole.cols() / conv.groups);
        (0..conv.groups).all(|group| {
            let part = conv.filter.len() / conv.groups;
            let alone = Layer::convolution(
                conv.channels / conv.groups,
                conv.window,
                conv.filter[group * part..(group + 1) * part].to_vec(),
                vec![],
            );
            let block = matrix(&alone, Shape::Line([c / conv.groups, n]));
            (0..rows).all(|i| {
                (0..whole.cols()).all(|j| {
                    let inside = j / cols == group;
                    let expected =
                        if inside { block[(i, j % cols)].clone() } else { Rational::ZERO };
                    whole[(group * rows + i, j)] == expected
                })
            })
        })
    }
    check(law as fn(_) -> _);
}

#[test]
fn dilation_is_a_filter_with_zeros_inserted() {
    fn law(conv: Conv) -> bool {
        let Axis { taps, dilation, .. } = conv.window.columns;
        let span = (taps - 1) * dilation + 1;
        let mut filter = Vec::new();
        for taps in conv.filter.chunks(taps) {
            let start = filter.len();
            filter.resize(start + span, Rational::ZERO);
            for (t, w) in taps.iter().enumerate() {
                filter[start + t * dilation] = w.clone();
            }
        }
        let columns = Axis { taps: span, dilation: 1, ..conv.window.columns };
        let spread = Conv { filter, window: Window { rows: None, columns }, ..conv.clone() };
        spread.matrix() == conv.matrix()
    }
    check(law as fn(_) -> _);
}

#[test]
fn pools_are_convolutions_of_ones_channel_by_channel() {
    fn law(conv: Conv) -> bool {
        let (channels, taps) = (conv.input.channels(), conv.window.taps());
        let ones = vec![Rational::ONE; channels * taps];
        let sum = Layer::grouped_convolution(channels, channels, conv.window, ones, vec![]);
        let summed = value(sum, conv.input, &conv.x);
        let mean = value(Layer::average_pool(conv.window), conv.input, &conv.x);
        let scaled: Vec<_> = mean.iter().map(|y| y * Rational::from(taps)).collect();
        summed == value(Layer::sum_pool(conv.window), conv.input, &conv.x) && summed == scaled
    }
    check(law as fn(_) -> _);
}

#[test]
fn the_larger_of_two_is_one_plus_a_relu() {
    fn law(a: i32, b: i32) -> bool {
        let x = ints([a.into(), b.into()]);
        let excess = vec![Layer::dense(1, ints([-1, 1]), vec![]), Layer::relu()];
        let excess = network(Shape::Flat(2), excess).eval(&x);
        let pool = Layer::MaxPool(Window::line(2));
        value(pool, Shape::Line([1, 2]), &x) == [&x[0] + &excess[0]]
    }
    check(law as fn(_, _) -> _);
}

/// The network with the absolute values of its parameters and without its clipping.
fn majorant(net: &Network) -> Network {
    let layers = net.layers().iter().map(|layer| match layer {
        Layer::Affine(Affine { map, weight, bias }) => {
            let abs = |v: &[Rational]| v.iter().map(Rational::abs).collect();
            Layer::Affine(Affine { map: map.clone(), weight: abs(weight), bias: abs(bias) })
        }
        Layer::Activation(f) => {
            // Above |f| on either side of zero: |f(0)| plus the steepest slope.
            let steepest = f.pieces().iter().map(|(slope, _)| slope.abs()).max();
            let steepest = steepest.expect("there is a piece");
            let at_zero = f.eval(&Rational::ZERO).abs();
            let above = Activation::piecewise_linear(vec![], vec![steepest], &at_zero);
            Layer::Activation(above.expect("one slope and no breakpoint"))
        }
        Layer::Residual(body) => Layer::Residual(majorant(body)),
        Layer::Branches(bodies) => Layer::Branches(bodies.iter().map(majorant).collect()),
        other => other.clone(),
    });
    network(net.input(), layers.collect())
}

#[test]
fn floats_stay_within_their_rounding_of_the_exact_value() {
    fn law(Any { network: net, x, .. }: Any) -> bool {
        let float = |x: &Rational| crease::exact::float::nearest(x);
        let sizes: Vec<_> = x.iter().map(Rational::abs).collect();
        let sizes = majorant(&net).eval(&sizes);
        let terms = net.stages().map(|(_, shape)| shape.units()).sum::<usize>();
        // Roundings on any path from the input: a few for every unit passed.
        let roundings = (8 * (terms + net.parameter_count() + 8)) as f64;
        let floats = eval_f64(&net, &x.iter().map(float).collect::<Vec<_>>());
        for ((exact, found), size) in net.eval(&x).iter().zip(floats).zip(sizes) {
            let epsilon = roundings * f64::EPSILON * float(&size);
            approx::assert_relative_eq!(float(exact), found, epsilon = epsilon, max_relative = 0.0);
        }
        true
    }
    check(law as fn(_) -> _);
}

#[test]
fn a_long_sum_beyond_machine_words_is_exact() {
    let big = i64::MAX - 1;
    let (n, square) = (40, Rational::from(big) * Rational::from(big));
    let layer = Layer::dense(1, ints(vec![big; n]), vec![]);
    let sum = value(layer, Shape::Flat(n), &ints(vec![big; n]));
    assert_eq!(sum, [square * Rational::from(n)]);
}

#[test]
fn maps_name_what_has_weights() {
    let layer = |map| Affine { map, weight: vec![], bias: vec![] };
    assert!(layer(Map::Expansive).is_parametric());
    assert!(!layer(Map::SumPool(Window::line(1))).is_parametric());
}
