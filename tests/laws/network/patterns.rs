//! Patterns, affine maps on them, and gradients: exact difference quotients decide.

use super::super::support::check;
use super::{Any, below, ints, network, q, qs};
use crease::exact::Rational;
use crease::exact::linear::dot;
use crease::net::{Activation, Layer, Network, Parameters, Pattern, Shape, Window};
use crease::properties::{Gradient, Kink, gradient, pattern_beside};
use quickcheck::{Arbitrary, Gen, TestResult};

#[test]
fn the_affine_map_on_a_pattern_agrees_at_the_point() {
    fn law(Any { network: net, x, .. }: Any) -> bool {
        net.affine_on(&net.pattern(&x)).apply(&x) == net.eval(&x)
    }
    check(law as fn(_) -> _);
}

#[test]
fn the_gradient_is_that_of_the_affine_map() {
    fn law(Any { network: net, x, cotangent }: Any) -> bool {
        let map = net.affine_on(&net.pattern(&x));
        gradient(&net, &x, &cotangent).input == map.matrix.transpose().apply(&cotangent)
    }
    check(law as fn(_) -> _);
}

/// The network with one parameter moved, and the gradient by it.
fn each_parameter(net: &Network, gradient: &Gradient) -> Vec<(usize, usize, Rational)> {
    let entries = |p: &Parameters| [p.weight.clone(), p.bias.clone()].concat();
    let layers = gradient.parameters.iter().enumerate();
    assert_eq!(gradient.parameters.len(), net.parameters().len());
    layers
        .flat_map(|(layer, p)| {
            entries(p).into_iter().enumerate().map(move |(entry, slope)| (layer, entry, slope))
        })
        .collect()
}

fn moved(net: &Network, layer: usize, entry: usize, step: &Rational) -> Network {
    let mut parameters = net.parameters();
    let weights = parameters[layer].weight.len();
    if entry < weights {
        parameters[layer].weight[entry] += step;
    } else {
        parameters[layer].bias[entry - weights] += step;
    }
    net.with_parameters(parameters).expect("as many as before")
}

/// Compares every partial derivative with the difference quotient over a step that keeps the
/// pattern, where the loss is affine in each single parameter. The number compared.
fn compare(net: &Network, x: &[Rational], cotangent: &[Rational]) -> usize {
    let step = Rational::new(1, 1 << 30);
    let gradient = gradient(net, x, cotangent);
    let (pattern, loss) = (net.pattern(x), dot(cotangent, &net.eval(x)));
    let mut compared = 0;
    for (layer, entry, slope) in each_parameter(net, &gradient) {
        let ends = [&step, &-&step].map(|step| moved(net, layer, entry, step));
        if ends.iter().any(|end| end.pattern(x) != pattern) {
            continue;
        }
        for (end, step) in ends.iter().zip([step.clone(), -&step]) {
            let rise = dot(cotangent, &end.eval(x)) - &loss;
            assert_eq!(rise / step, slope, "layer {layer}, entry {entry} of {net:?} at {x:?}");
        }
        compared += 1;
    }
    compared
}

#[test]
fn the_gradient_is_the_difference_quotient_inside_a_region() {
    fn law(Any { network: net, x, cotangent }: Any) -> TestResult {
        match compare(&net, &x, &cotangent) {
            0 => TestResult::discard(),
            _ => TestResult::passed(),
        }
    }
    check(law as fn(_) -> _);
}

/// Every kind of layer in one network, and a point at which no unit stands at a kink.
fn one_of_each() -> (Network, Vec<Rational>) {
    let body = network(
        Shape::Line([2, 4]),
        vec![
            Layer::grouped_convolution(
                2,
                2,
                Window::line(3).padding(1),
                qs("1 -1/2 1/3 2 1/5 -1"),
                qs("1/7 -1"),
            ),
            Layer::Activation(Activation::leaky_relu(q("1/3"))),
        ],
    );
    let net = network(
        Shape::Line([1, 5]),
        vec![
            Layer::expansive(qs("1 2/3"), qs("1/11")),
            Layer::downsample(1, 5),
            Layer::convolution(2, Window::line(2), qs("1 -1 1/2 3/4"), qs("1/13 2")),
            Layer::Residual(body),
            Layer::Activation(Activation::absolute_value()),
            Layer::average_pool(Window::line(3).padding(1)),
            Layer::MaxPool(Window::line(2).stride(2)),
            Layer::sum_pool(Window::line(1)),
            Layer::Flatten,
            Layer::dense(2, qs("1 2 -3 1/9 1/4 0 1 2"), qs("0 1/17")),
            Layer::Activation(Activation::hard_tanh()),
            Layer::relu(),
        ],
    );
    (net, qs("1/3 -2/7 1/5 1/2 -1/4"))
}

#[test]
fn every_parameter_of_every_kind_has_its_difference_quotient() {
    let (net, x) = one_of_each();
    // Without the last two layers, which could hide a gradient behind a closed gate.
    let open = network(net.input(), net.layers()[..10].to_vec());
    assert_eq!(compare(&open, &x, &qs("2 -1/3")), net.parameter_count());
    assert!(gradient(&open, &x, &qs("2 -1/3")).input.iter().all(|slope| !slope.is_zero()));
}

#[test]
fn patterns_count_pieces_from_the_left_and_entries_of_the_signal() {
    let net = network(
        Shape::Line([2, 3]),
        vec![
            Layer::relu(),
            Layer::MaxPool(Window::line(2)),
            Layer::Activation(Activation::hard_tanh()),
        ],
    );
    let x = ints([0, 1, 1, -2, -1, 3]);
    let layers = vec![vec![0, 1, 1, 0, 0, 1], vec![1, 1, 3, 5], vec![1, 1, 1, 2]];
    assert_eq!(net.pattern(&x), Pattern { layers });
}

#[test]
fn the_left_piece_counts_at_a_kink() {
    let kinked = |f: Activation, x: i64| {
        let net = network(Shape::Flat(1), vec![Layer::Activation(f)]);
        gradient(&net, &ints([x]), &ints([1])).input[0].clone()
    };
    assert_eq!(kinked(Activation::relu(), 0), q("0"));
    assert_eq!(kinked(Activation::absolute_value(), 0), q("-1"));
    assert_eq!(kinked(Activation::leaky_relu(q("1/5")), 0), q("1/5"));
    assert_eq!(kinked(Activation::hard_tanh(), -1), q("0"));
    assert_eq!(kinked(Activation::hard_tanh(), 1), q("1"));
    let tied = network(Shape::Line([1, 2]), vec![Layer::MaxPool(Window::line(2))]);
    assert_eq!(gradient(&tied, &ints([4, 4]), &ints([3])).input, ints([3, 0]));
}

#[test]
fn gradients_by_hand() {
    // y = relu(2 x_0 - x_1 + 1) at (1, 1): the unit holds 2 and is on.
    let net =
        network(Shape::Flat(2), vec![Layer::dense(1, ints([2, -1]), ints([1])), Layer::relu()]);
    let found = gradient(&net, &ints([1, 1]), &ints([5]));
    assert_eq!(found.input, ints([10, -5]));
    assert_eq!(found.parameters, [Parameters { weight: ints([5, 5]), bias: ints([5]) }]);
    // A shared filter and bias collect from every position.
    let net = network(
        Shape::Line([1, 3]),
        vec![Layer::convolution(1, Window::line(2), ints([1, 1]), ints([0]))],
    );
    let found = gradient(&net, &ints([1, 10, 100]), &ints([1, 2]));
    assert_eq!(found.input, ints([1, 3, 2]));
    assert_eq!(found.parameters, [Parameters { weight: ints([21, 210]), bias: ints([3]) }]);
}

#[test]
fn an_affine_map_can_be_asked_of_another_pattern() {
    let net =
        network(Shape::Flat(1), vec![Layer::dense(2, ints([1, -1]), ints([0, 2])), Layer::relu()]);
    let map = net.affine_on(&Pattern { layers: vec![vec![0, 1]] });
    assert_eq!(map.matrix.row(0), ints([0]));
    assert_eq!(map.matrix.row(1), ints([-1]));
    assert_eq!(map.offset, ints([0, 2]));
}

/// Networks in which many units stand at kinks: small whole numbers, and rows that occur twice.
#[derive(Clone, Debug)]
struct Tied {
    network: Network,
    x: Vec<Rational>,
}

impl Arbitrary for Tied {
    fn arbitrary(g: &mut Gen) -> Self {
        if bool::arbitrary(g) {
            let Any { network, x, .. } = Any::arbitrary(g);
            let zeros = x.iter().map(|_| ints([i64::from(bool::arbitrary(g))]).remove(0));
            return Self { x: zeros.collect(), network };
        }
        let inputs = 1 + below(g, 3);
        let mut width = inputs;
        let mut layers = Vec::new();
        let sign = |g: &mut Gen| Rational::from(i64::from(u8::arbitrary(g) % 3) - 1);
        for _ in 0..1 + below(g, 3) {
            let outputs = 1 + below(g, 4);
            let mut weight: Vec<_> = (0..outputs * width).map(|_| sign(g)).collect();
            let mut bias: Vec<_> = (0..outputs).map(|_| sign(g)).collect();
            if outputs > 1 && bool::arbitrary(g) {
                let first = weight[..width].to_vec();
                weight[width..2 * width].clone_from_slice(&first);
                bias[1] = bias[0].clone();
            }
            if bool::arbitrary(g) {
                bias.clear();
            }
            layers.push(Layer::dense(outputs, weight, bias));
            width = outputs;
            match below(g, 3) {
                0 if width > 1 => {
                    layers.push(Layer::Reshape(Shape::Line([1, width])));
                    layers.push(Layer::MaxPool(Window::line(2)));
                    layers.push(Layer::Flatten);
                    width -= 1;
                }
                1 => layers.push(Layer::Activation(Activation::hard_tanh())),
                _ => layers.push(Layer::relu()),
            }
        }
        let x = (0..inputs).map(|_| sign(g)).collect();
        Self { network: network(Shape::Flat(inputs), layers), x }
    }
}

/// The derivatives after a small step down along the first input, a smaller one along the second,
/// and so on: quotients of values, without a look at any unit.
fn quotients(net: &Network, x: &[Rational]) -> Vec<Vec<Rational>> {
    let step = Rational::new(1, 1 << 40);
    let steps = (1..).map(|k| step.pow(k));
    let beside: Vec<_> = x.iter().zip(steps).map(|(x, step)| x - step).collect();
    let small = step.pow(x.len() as i32 + 2);
    let here = net.eval(&beside);
    let along = |i: usize| {
        let sides = [small.clone(), -&small].map(|small| {
            let mut there = beside.clone();
            there[i] += &small;
            let rises = net.eval(&there).into_iter().zip(&here);
            rises.map(|(there, here)| (there - here) / &small).collect::<Vec<_>>()
        });
        assert_eq!(sides[0], sides[1], "the point beside has a derivative: {net:?} at {x:?}");
        sides[0].clone()
    };
    (0..x.len()).map(along).collect()
}

#[test]
fn the_gradient_beside_a_kink_is_the_quotient_beside_it() {
    fn law(Tied { network: net, x }: Tied) -> TestResult {
        if x.len() > 6 {
            return TestResult::discard();
        }
        let (pattern, kinks) = pattern_beside(&net, &x);
        let map = net.affine_on(&pattern);
        assert_eq!(map.apply(&x), net.eval(&x), "the point is on the border of the cell");
        let transposed = map.matrix.transpose();
        let columns = (0..x.len()).map(|i| transposed.row(i).to_vec());
        assert_eq!(columns.collect::<Vec<_>>(), quotients(&net, &x), "{net:?} at {x:?}");
        // Without a kink there is one cell, and its pattern is that of the point.
        if kinks.is_empty() {
            assert_eq!(pattern, net.pattern(&x));
        }
        TestResult::passed()
    }
    check(law as fn(_) -> _);
}

#[test]
fn a_function_that_is_differentiable_at_a_kink_has_its_gradient() {
    let dense = |outputs, weight: &str| Layer::dense(outputs, qs(weight), vec![]);
    // relu(t) - relu(-t) is t, for t = x and for t = 2 y - x; their sum through a second pair.
    let layers = vec![
        dense(4, "1 0 -1 0 -1 2 1 -2"),
        Layer::relu(),
        dense(2, "1 -1 1 -1 -1 1 -1 1"),
        Layer::relu(),
        dense(1, "1 -1"),
    ];
    let net = network(Shape::Flat(2), layers);
    let (pattern, kinks) = pattern_beside(&net, &ints([0, 0]));
    assert_eq!(net.affine_on(&pattern).matrix.row(0), ints([0, 2]));
    assert_eq!(kinks.len(), 6);
    assert_eq!(net.affine_on(&net.pattern(&ints([0, 0]))).matrix.row(0), ints([0, 0]));
    // A tie of equal entries is a kink that changes nothing.
    let layers = vec![Layer::Reshape(Shape::Line([1, 2])), Layer::MaxPool(Window::line(2))];
    let net = network(Shape::Flat(2), layers);
    let (pattern, kinks) = pattern_beside(&net, &ints([3, 3]));
    assert_eq!(kinks, [Kink { list: 0, unit: 0 }]);
    // A step down along the first input leaves the second entry greater.
    assert_eq!(net.affine_on(&pattern).matrix.row(0), ints([0, 1]));
}
