//! The linear range, and equality on a box: planted equalities are proved, planted differences
//! found.

use super::super::support::{Small, check};
use super::{below, ints, network, q, qs, smalls};
use crease::exact::Rational;
use crease::net::{Activation, InputBox, Layer, Network, Shape, Window};
use crease::properties::{Equality, UnitRange, equal_on_box, linear_range};
use quickcheck::{Arbitrary, Gen, TestResult};

fn unit(lo: &str, hi: &str, choice: Option<usize>) -> UnitRange {
    UnitRange { lo: q(lo), hi: q(hi), choice }
}

fn cube(dimension: usize) -> InputBox {
    InputBox::cube(dimension, &Rational::ONE)
}

#[test]
fn the_linear_range_has_exact_bounds() {
    // Units x + y + 2, x - 2y - 3, x and 0 on [-1, 1]^2.
    let hidden = Layer::dense(4, ints([1, 1, 1, -2, 1, 0, 0, 0]), ints([2, -3, 0, 0]));
    let net = network(Shape::Flat(2), vec![hidden, Layer::relu()]);
    let found = linear_range(&net, &cube(2));
    assert_eq!(found.map, None);
    let units = [
        unit("0", "4", Some(1)),
        unit("-6", "0", Some(0)),
        unit("-1", "1", None),
        unit("0", "0", Some(0)),
    ];
    assert_eq!(found.layers, [units]);
    let right = InputBox::new(qs("0 -1/2"), qs("1 1")).unwrap();
    let found = linear_range(&net, &right);
    assert_eq!(found.layers[0][0], unit("3/2", "4", Some(1)));
    assert_eq!(found.layers[0][1], unit("-5", "-1", Some(0)));
    let map = found.map.unwrap();
    assert_eq!(map.offset, ints([2, 0, 0, 0]));
    assert_eq!(map.matrix.row(0), ints([1, 1]));
    assert_eq!(map.matrix.row(2), ints([1, 0]));
    assert_eq!((right.lo(), right.hi()), (&qs("0 -1/2")[..], &qs("1 1")[..]));
}

#[test]
fn the_linear_range_stops_behind_the_first_change() {
    let shift = |b| Layer::dense(1, ints([1]), ints([b]));
    let net = network(
        Shape::Flat(1),
        vec![shift(1), Layer::relu(), shift(-1), Layer::relu(), shift(0), Layer::relu()],
    );
    let found = linear_range(&net, &cube(1));
    assert_eq!(found.layers, [[unit("0", "2", Some(1))], [unit("-1", "1", None)]]);
}

#[test]
fn a_maximum_is_linear_where_one_entry_leads() {
    let pool = |bias| {
        let spread = Layer::convolution(1, Window::line(1), ints([1]), bias);
        network(Shape::Line([1, 2]), vec![spread, Layer::MaxPool(Window::line(2))])
    };
    let found = linear_range(&pool(ints([0, 2])), &cube(2));
    assert_eq!(found.layers, [[unit("1", "3", Some(1))]]);
    assert_eq!(found.map.unwrap().offset, ints([2]));
    let found = linear_range(&pool(ints([0, 1])), &cube(2));
    assert_eq!(found.layers, [[unit("0", "2", None)]]);
}

#[test]
fn a_breakpoint_at_the_border_of_the_range_does_not_bend() {
    let net = network(Shape::Flat(1), vec![Layer::Activation(Activation::hard_tanh())]);
    let choice = |lo: &str, hi: &str| {
        let side = InputBox::new(qs(lo), qs(hi)).unwrap();
        linear_range(&net, &side).layers[0][0].choice
    };
    assert_eq!(choice("-1", "1"), Some(1));
    assert_eq!(choice("-3", "-1"), Some(0));
    assert_eq!(choice("1", "2"), Some(2));
    assert_eq!(choice("1", "1"), Some(1));
    assert_eq!(choice("-1", "5/4"), None);
    assert_eq!(choice("-2", "2"), None);
}

/// Ridge sum `sum c_k relu(a_k . x + b_k) + offset` as a network with one hidden layer.
fn ridges(dimension: usize, rows: &str, biases: &str, outer: &str, offset: &str) -> Network {
    let biases = qs(biases);
    network(
        Shape::Flat(dimension),
        vec![
            Layer::dense(biases.len(), qs(rows), biases),
            Layer::relu(),
            Layer::dense(1, qs(outer), qs(offset)),
        ],
    )
}

fn assert_equal(a: &Network, b: &Network, range: &InputBox) {
    assert_eq!(equal_on_box(a, b, range), Equality::Equal);
    assert_eq!(equal_on_box(b, a, range), Equality::Equal);
}

/// The networks differ, at a point of the box that says so when it is asked again.
fn assert_differ(a: &Network, b: &Network, range: &InputBox) {
    for (a, b) in [(a, b), (b, a)] {
        let Equality::Differ { point, first, second } = equal_on_box(a, b, range) else {
            panic!("{a:?} and {b:?} differ on {range:?}");
        };
        assert_eq!((a.eval(&point), b.eval(&point)), (first.clone(), second.clone()));
        assert_ne!(first, second);
        for (x, (lo, hi)) in point.iter().zip(range.lo().iter().zip(range.hi())) {
            assert!(lo <= x && x <= hi, "{point:?} is outside {range:?}");
        }
    }
}

#[test]
fn rewritten_networks_are_proved_equal() {
    let net = ridges(2, "1 2 -1 1", "1/2 0", "3 -2", "1");
    // Permuted and rescaled; split in two; with a dead unit; with relu(t) - relu(-t) = t.
    assert_equal(&net, &ridges(2, "-2 2 1/3 2/3", "0 1/6", "-1 9", "1"), &cube(2));
    assert_equal(&net, &ridges(2, "1 2 1 2 -1 1", "1/2 1/2 0", "1 2 -2", "1"), &cube(2));
    assert_equal(&net, &ridges(2, "1 2 -1 1 1 1", "1/2 0 -2", "3 -2 7", "1"), &cube(2));
    assert_equal(
        &net,
        &plus_line(&ridges(2, "-1 -2 -1 1 1 1", "-1/2 0 2", "3 -2 1", "1/2"), "2 5"),
        &cube(2),
    );
    let identity = network(Shape::Flat(1), vec![]);
    assert_equal(&identity, &ridges(1, "1 -1", "0 0", "1 -1", "0"), &cube(1));
    assert_equal(&identity, &ridges(1, "1", "1", "1", "-1"), &cube(1));
    assert_differ(&identity, &ridges(1, "1", "7/8", "1", "-7/8"), &cube(1));
}

/// The network of one hidden layer plus the line `slopes . x`, as a unit far in its linear range.
fn plus_line(net: &Network, slopes: &str) -> Network {
    let [Layer::Affine(hidden), relu, Layer::Affine(outer)] = net.layers() else {
        panic!("one hidden layer")
    };
    let hidden = Layer::dense(
        hidden.bias.len() + 1,
        [hidden.weight.clone(), qs(slopes)].concat(),
        [hidden.bias.clone(), qs("100")].concat(),
    );
    let weight = [outer.weight.clone(), qs("1")].concat();
    let outer = Layer::dense(1, weight, vec![&outer.bias[0] - q("100")]);
    network(net.input(), vec![hidden, relu.clone(), outer])
}

#[test]
fn activations_agree_with_their_ridges() {
    let bent = |f| network(Shape::Flat(1), vec![Layer::Activation(f)]);
    assert_equal(
        &bent(Activation::hard_tanh()),
        &ridges(1, "1 1", "1 -1", "1 -1", "-1"),
        &InputBox::cube(1, &q("3")),
    );
    assert_equal(
        &bent(Activation::absolute_value()),
        &ridges(1, "2 -1/3", "0 0", "1/2 3", "0"),
        &cube(1),
    );
    let relu = bent(Activation::relu());
    let twice = network(Shape::Flat(1), vec![Layer::relu(), Layer::relu()]);
    assert_equal(&relu, &twice, &cube(1));
    let doubled = network(Shape::Flat(1), vec![Layer::Residual(relu.clone())]);
    assert_equal(&doubled, &ridges(1, "1 -1", "0 0", "2 -1", "0"), &cube(1));
}

#[test]
fn a_difference_in_the_smallest_corner_is_found() {
    let zero = ridges(2, "0 0", "0", "0", "0");
    assert_differ(&zero, &ridges(2, "1 1", "-199/100", "1", "0"), &cube(2));
    assert_equal(&zero, &ridges(2, "1 1", "-2", "1", "0"), &cube(2));
    // Three ridges through one point, where only the middle one differs.
    let fan = |c: &str| ridges(2, "1 0 1 1 0 1", "0 0 0", c, "0");
    assert_differ(&fan("1 1 1"), &fan("1 2 1"), &cube(2));
    assert_differ(&fan("1 1 1"), &fan("2 1 1"), &cube(2));
    // Affine parts that agree at the midpoint and the corners on the diagonal.
    let lines = |a: &str| network(Shape::Flat(2), vec![Layer::dense(1, qs(a), vec![])]);
    assert_differ(&lines("1 -1"), &lines("0 0"), &cube(2));
    assert_differ(
        &lines("0 0"),
        &network(Shape::Flat(2), vec![Layer::dense(1, qs("0 0"), qs("1"))]),
        &cube(2),
    );
}

#[test]
fn a_tent_that_vanishes_elsewhere_is_found() {
    for (lo, hi) in [("-1", "1"), ("0", "1"), ("-1/8", "3"), ("1/8", "3/8")] {
        for dimension in [1, 2] {
            let side = |end: &str| vec![q(end); dimension];
            let range = InputBox::new(side(lo), side(hi)).unwrap();
            let (rows, nothing) =
                if dimension == 1 { ("1 1 1", "0") } else { ("1 -1 1 -1 1 -1", "0 0") };
            let zero = ridges(dimension, nothing, "0", "0", "0");
            let tent = ridges(dimension, rows, "0 -1/8 -1/4", "1 -2 1", "0");
            assert_differ(&zero, &tent, &range);
        }
    }
}

#[test]
fn ridges_through_one_point_cannot_hide_each_other() {
    // Across y = 0 at the origin the two bends cancel; away from it they cannot.
    let zero = ridges(2, "0 0", "0", "0", "0");
    assert_differ(&zero, &ridges(2, "0 1 1 1", "0 0", "1 -1", "0"), &cube(2));
    // Here the first direction along z = 0 stays on the other ridge.
    let zero = ridges(3, "0 0 0", "0", "0", "0");
    assert_differ(&zero, &ridges(3, "0 0 1 0 1 1", "0 0", "1 -1", "0"), &cube(3));
    assert_differ(&zero, &ridges(3, "0 0 1 1 0 1 0 1 1", "0 0 0", "2 -1 -1", "0"), &cube(3));
}

#[test]
fn sides_of_length_zero_are_constants() {
    let flat = InputBox::new(qs("-1 1/2"), qs("1 1/2")).unwrap();
    let (a, b) = (ridges(2, "1 2", "0", "1", "0"), ridges(2, "1 0", "1", "1", "0"));
    assert_equal(&a, &b, &flat);
    assert_differ(&a, &b, &cube(2));
    let c = ridges(2, "1 0 1 -2", "1 1", "1 1", "0");
    assert_differ(&a, &c, &flat);
    let point = InputBox::new(qs("1 1"), qs("1 1")).unwrap();
    assert_equal(&ridges(2, "1 1", "0", "1", "0"), &ridges(2, "2 0", "0", "1", "0"), &point);
    assert_differ(&ridges(2, "1 1", "0", "1", "0"), &ridges(2, "1 0", "0", "1", "0"), &point);
}

#[test]
fn what_lies_behind_a_ridge_is_undecided_or_told_apart() {
    let deep = |bias: &str| {
        network(
            Shape::Flat(1),
            vec![
                Layer::dense(2, ints([1, 1]), ints([5, 0])),
                Layer::relu(),
                Layer::dense(2, ints([1, 0, 0, 1]), qs(bias)),
                Layer::relu(),
            ],
        )
    };
    let undecided = Equality::Undecided { in_first: true, layer: 1, unit: 1 };
    assert_eq!(equal_on_box(&deep("0 -1/2"), &deep("0 -1/2"), &cube(1)), undecided);
    let easy = deep("0 1/2");
    let undecided = Equality::Undecided { in_first: false, layer: 1, unit: 1 };
    let late = network(
        Shape::Flat(1),
        vec![
            Layer::dense(2, ints([1, 1]), ints([5, 0])),
            Layer::relu(),
            Layer::dense(2, ints([1, 0, 0, 1]), qs("0 -1/2")),
            Layer::relu(),
            Layer::dense(2, ints([1, 0, 0, 0]), qs("0 1/2")),
        ],
    );
    let right = InputBox::new(qs("-1"), qs("1")).unwrap();
    assert_ne!(equal_on_box(&easy, &late, &right), undecided);
    assert_differ(&easy, &late, &right);
    assert_equal(&easy, &easy, &cube(1));
    let pool = network(Shape::Line([1, 2]), vec![Layer::MaxPool(Window::line(2))]);
    let undecided = Equality::Undecided { in_first: true, layer: 0, unit: 0 };
    assert_eq!(equal_on_box(&pool, &pool, &cube(2)), undecided);
    let first = network(Shape::Line([1, 2]), vec![Layer::downsample(1, 1)]);
    let left = InputBox::new(ints([1, -1]), ints([2, 1])).unwrap();
    assert_equal(&pool, &first, &left);
}

/// A network with one hidden layer on the square, its parts given.
#[derive(Clone, Debug)]
struct Shallow {
    rows: Vec<Vec<Rational>>,
    biases: Vec<Rational>,
    outer: Vec<Rational>,
    offset: Rational,
}

impl Arbitrary for Shallow {
    fn arbitrary(g: &mut Gen) -> Self {
        let (dimension, units) = (1 + below(g, 3), 1 + below(g, 4));
        let rows = (0..units).map(|_| smalls(g, dimension)).collect();
        let offset = Small::arbitrary(g).0;
        Self { rows, biases: smalls(g, units), outer: smalls(g, units), offset }
    }
}

impl Shallow {
    fn network(&self) -> Network {
        network(
            Shape::Flat(self.rows[0].len()),
            vec![
                Layer::dense(self.rows.len(), self.rows.concat(), self.biases.clone()),
                Layer::relu(),
                Layer::dense(1, self.outer.clone(), vec![self.offset.clone()]),
            ],
        )
    }
}

#[test]
fn units_may_be_reordered_rescaled_and_turned() {
    fn law(shallow: Shallow, scale: u8) -> bool {
        let scale = Rational::from(u32::from(scale) + 1);
        let mut other = shallow.clone();
        other.rows.reverse();
        other.biases.reverse();
        other.outer.reverse();
        for entry in other.rows.iter_mut().flatten().chain(&mut other.biases) {
            *entry *= &scale;
        }
        other.outer.iter_mut().for_each(|c| *c /= &scale);
        let range = cube(shallow.rows[0].len());
        // relu(u) = relu(-u) + u for the first unit, with u far in the linear range of a new unit.
        let mut turned = shallow.clone();
        turned.rows[0].iter_mut().for_each(|a| *a = -&*a);
        turned.biases[0] = -&turned.biases[0];
        turned.rows.push(shallow.rows[0].clone());
        turned.biases.push(&shallow.biases[0] + Rational::integer(100));
        turned.outer.push(shallow.outer[0].clone());
        turned.offset -= &shallow.outer[0] * Rational::integer(100);
        let net = shallow.network();
        equal_on_box(&net, &other.network(), &range) == Equality::Equal
            && equal_on_box(&net, &turned.network(), &range) == Equality::Equal
    }
    check(law as fn(_, _) -> _);
}

#[test]
fn one_hidden_layer_is_always_decided_and_a_bent_unit_counts() {
    fn law(shallow: Shallow, Small(step): Small) -> TestResult {
        let mut other = shallow.clone();
        other.outer[0] += &step;
        let (net, other) = (shallow.network(), other.network());
        let range = cube(shallow.rows[0].len());
        let bends = linear_range(&net, &range).layers[0][0].choice.is_none();
        if bends && !step.is_zero() {
            assert_differ(&net, &other, &range);
        }
        match equal_on_box(&net, &other, &range) {
            Equality::Equal => {
                // Nothing that a grid could refute.
                let ends = ["-1", "-1/3", "0", "2/5", "1"].map(q);
                let agree = ends.iter().all(|t| {
                    let x: Vec<_> = shallow.rows[0].iter().map(|_| t.clone()).collect();
                    net.eval(&x) == other.eval(&x)
                });
                TestResult::from_bool(agree)
            }
            Equality::Differ { .. } => {
                assert_differ(&net, &other, &range);
                TestResult::passed()
            }
            Equality::Undecided { .. } => TestResult::failed(),
        }
    }
    check(law as fn(_, _) -> _);
}
