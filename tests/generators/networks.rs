//! Networks: every kind is drawn, units die and stand at kinks, and everything shrinks to little.

use crease::exact::Rational;
use crease::generators::{networks, networks::Kind, shapes};
use crease::net::{Activation, InputBox, Layer, Map, Network, Shape};
use crease::properties::linear_range;
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;

/// The first of 400 values with the property, shrunk as far as the property allows.
fn smallest<S: Strategy>(strategy: &S, property: impl Fn(&S::Value) -> bool) -> S::Value {
    let mut runner = TestRunner::deterministic();
    let mut trees = (0..400).map(|_| strategy.new_tree(&mut runner).expect("nothing is rejected"));
    let mut tree = trees.find(|tree| property(&tree.current())).expect("the property is reached");
    let mut best = tree.current();
    let mut moves = tree.simplify();
    for _ in 0..20_000 {
        if !moves {
            break;
        }
        let current = tree.current();
        moves = if property(&current) {
            best = current;
            tree.simplify()
        } else {
            tree.complicate()
        };
    }
    best
}

fn drawn<S: Strategy>(strategy: &S, count: usize) -> Vec<S::Value> {
    let mut runner = TestRunner::deterministic();
    (0..count)
        .map(|_| strategy.new_tree(&mut runner).expect("nothing is rejected").current())
        .collect()
}

fn is_of(kind: Kind, layer: &Layer) -> bool {
    match layer {
        Layer::Affine(affine) => match affine.map {
            Map::Dense { .. } => kind == Kind::Dense,
            Map::Convolution { .. } => kind == Kind::Convolution,
            Map::Expansive => kind == Kind::Expansive,
            Map::Downsample { .. } => kind == Kind::Downsample,
            Map::SumPool(_) => kind == Kind::SumPool,
            Map::AveragePool(_) => kind == Kind::AveragePool,
            Map::Sparse(_) => kind == Kind::Sparse,
        },
        Layer::Activation(_) => kind == Kind::Activation,
        Layer::MaxPool(_) => kind == Kind::MaxPool,
        Layer::Flatten => kind == Kind::Flatten,
        Layer::Reshape(_) => kind == Kind::Reshape,
        Layer::Maximum(_) => kind == Kind::Maximum,
        Layer::Branches(_) => kind == Kind::Branches,
        Layer::Residual(_) => kind == Kind::Residual,
    }
}

#[test]
fn every_kind_is_drawn_alone_and_in_chains() {
    let chains = drawn(&networks::of_every_kind(), 400);
    for kind in Kind::ALL {
        let holds = |net: &&Network| net.layers().iter().any(|layer| is_of(kind, layer));
        assert!(chains.iter().filter(holds).count() >= 10, "{kind:?} is rare");
        for net in drawn(&networks::of_kind(kind), 40) {
            assert!(net.layers().len() == 1 && is_of(kind, &net.layers()[0]), "{kind:?}: {net:?}");
        }
    }
    assert!(chains.iter().any(|net| net.layers().len() == 5));
}

#[test]
fn windows_take_every_form() {
    let convolutions = drawn(&networks::of_kind(Kind::Convolution), 400);
    let window = |net: &Network| match &net.layers()[0] {
        Layer::Affine(affine) => match affine.map {
            Map::Convolution { groups, window, .. } => (groups, window, affine.bias.len()),
            _ => unreachable!("a convolution was asked for"),
        },
        _ => unreachable!("a convolution was asked for"),
    };
    let forms: Vec<_> = convolutions.iter().map(window).collect();
    let some = |property: &dyn Fn(usize, crease::net::Window, usize) -> bool| {
        assert!(forms.iter().any(|&(groups, window, biases)| property(groups, window, biases)));
    };
    some(&|groups, _, _| groups == 2);
    some(&|_, window, _| window.rows.is_some());
    some(&|_, window, _| window.rows.is_none());
    some(&|_, window, _| window.columns.stride == 2 && window.columns.padding == 1);
    some(&|_, window, _| window.columns.dilation == 2 && window.columns.taps == 3);
    some(&|_, _, biases| biases == 0);
    some(&|_, _, biases| biases == 2);
}

#[test]
fn some_network_has_a_dead_unit() {
    let dead = |net: &Network| {
        let range = linear_range(net, &InputBox::cube(net.input().units(), &Rational::ONE));
        net.layers().contains(&Layer::relu())
            && range
                .layers
                .first()
                .is_some_and(|units| units.iter().any(|unit| unit.hi.is_negative()))
    };
    let net = smallest(&networks::dense(2, 3, 1..=2), dead);
    assert_eq!((net.units(), net.layers().len()), (1, 3));
    let point = vec![Rational::ZERO; 2];
    assert_eq!(net.pattern(&point).layers[0], [0]);
    smallest(&networks::of_every_kind(), dead);
}

#[test]
fn the_smallest_network_is_one_layer_on_one_input() {
    let net = smallest(&networks::of_every_kind(), |_| true);
    let dense = Layer::dense(1, vec![Rational::ZERO], vec![]);
    assert_eq!(net, Network::new(Shape::Flat(1), vec![dense]).expect("the layer fits"));
    let active = |net: &Network| net.units() > 0;
    let net = smallest(&networks::of_every_kind(), active);
    assert_eq!((net.layers().len(), net.units(), net.input()), (1, 1, Shape::Flat(1)));
    let deep = |net: &Network| net.nesting() > 0;
    let net = smallest(&networks::of_every_kind(), deep);
    assert_eq!((net.layers().len(), net.input()), (1, Shape::Flat(1)));
}

#[test]
fn dense_networks_have_the_sizes_asked_for() {
    for net in drawn(&networks::dense(3, 4, 2), 50) {
        assert_eq!((net.input(), net.output()), (Shape::Flat(3), Shape::Flat(1)));
        assert!(net.depth() == 3 && (1..=4).contains(&net.width()));
    }
    let biased = |net: &Network| {
        let parameters = net.parameters();
        let bias = &parameters.last().expect("an affine layer").bias;
        parameters.len() == 1 && bias.len() == 1 && bias[0] == Rational::integer(5)
    };
    smallest(&networks::dense(1, 1, 0), biased);
}

#[test]
fn points_stand_exactly_at_kinks() {
    for (net, x) in drawn(&networks::with_kink(networks::of_every_kind()), 100) {
        let first = Network::new(net.input(), net.layers()[..1].to_vec()).expect("a prefix");
        let units = first.eval(&x);
        assert!(units.iter().any(Rational::is_zero), "{units:?}");
        assert_eq!(net.layers()[1], Layer::relu());
        assert_eq!(net.affine_on(&net.pattern(&x)).apply(&x), net.eval(&x));
    }
    let several = |(net, x): &(Network, Vec<Rational>)| {
        let layer = net.layers()[..1].to_vec();
        let units = Network::new(net.input(), layer).expect("a prefix").eval(x);
        let zeros = units.iter().filter(|unit| unit.is_zero()).count();
        zeros > 1 && zeros < units.len()
    };
    smallest(&networks::with_kink(networks::of_every_kind()), several);
    for (net, x) in drawn(&networks::with_point(networks::of_every_kind()), 20) {
        assert_eq!(net.eval(&x).len(), net.output().units());
    }
}

#[test]
fn activations_have_up_to_three_kinks() {
    let all = drawn(&networks::activations(), 200);
    for kinks in 0..=3 {
        assert!(all.iter().any(|f| f.breakpoints().len() == kinks), "{kinks} kinks");
    }
    for f in [Activation::relu(), Activation::absolute_value(), Activation::hard_tanh()] {
        assert!(all.contains(&f), "{f:?}");
    }
}

#[test]
fn shapes_stay_in_their_bounds() {
    for shape in drawn(&shapes::small(), 200) {
        assert!(shape.axes().iter().all(|axis| (1..=6).contains(axis)), "{shape}");
    }
    let planes = drawn(&shapes::plane(3), 100);
    assert!(planes.contains(&Shape::Plane([2, 3, 3])) && planes.contains(&Shape::Plane([1, 1, 1])));
    assert_eq!(smallest(&shapes::line(4), |_| true), Shape::Line([1, 1]));
    assert_eq!(smallest(&shapes::flat(4), |shape| shape.units() > 2), Shape::Flat(3));
}
