//! Layers that do not fit are refused, with the reason and the place.

use super::super::support::panic_message;
use super::float::eval_f64;
use super::{ints, network};
use crease::exact::Rational;
use crease::net::{
    Affine, Axis, BoxError, InputBox, Layer, MAX_NESTING, MAX_TERMS, MAX_UNITS, Map, Network,
    Pattern, Shape, ShapeError, Window,
};
use crease::properties::{equal_on_box, gradient, linear_range};

fn refused(input: Shape, layers: Vec<Layer>) -> String {
    Network::new(input, layers).expect_err("the layers do not fit").to_string()
}

const LINE: Shape = Shape::Line([2, 3]);

fn conv(channels: usize, groups: usize, window: Window) -> Layer {
    Layer::grouped_convolution(channels, groups, window, vec![], vec![])
}

#[test]
fn counts_and_kinds_are_checked() {
    let table: [(Shape, Layer, &str); 13] = [
        (Shape::Flat(2), Layer::dense(1, ints([1]), vec![]), "expects 2 weights, found 1"),
        (LINE, Layer::dense(1, vec![], vec![]), "expects a flat signal [n], found shape [2, 3]"),
        (LINE, conv(1, 1, Window::line(2)), "expects 4 weights, found 0"),
        (
            Shape::Flat(2),
            conv(1, 1, Window::line(2)),
            "expects a line [channels, length], found shape [2]",
        ),
        (
            LINE,
            conv(1, 1, Window::plane(1, 1)),
            "expects a plane [channels, height, width], found shape [2, 3]",
        ),
        (LINE, conv(3, 2, Window::line(1)), "expects output channels in 2 equal groups, found 3"),
        (LINE, conv(3, 3, Window::line(1)), "expects input channels in 3 equal groups, found 2"),
        (LINE, conv(1, 0, Window::line(1)), "expects at least one group, found 0"),
        (
            LINE,
            Layer::expansive(ints([1]), vec![]),
            "expects one channel, [n] or [1, n], found shape [2, 3]",
        ),
        (Shape::Flat(2), Layer::expansive(vec![], vec![]), "expects at least one weight, found 0"),
        (LINE, Layer::downsample(0, 1), "expects at least one scale, found 0"),
        (LINE, Layer::downsample(2, 2), "expects 1 kept units at most, found 2"),
        (
            Shape::Plane([1, 1, 1]),
            Layer::downsample(1, 1),
            "expects a vector [n] or a line [channels, length], found shape [1, 1, 1]",
        ),
    ];
    for (input, layer, reason) in table {
        let layers = vec![Layer::relu(), layer];
        assert_eq!(refused(input, layers), format!("layer 1 {reason}"));
    }
}

#[test]
fn biases_fit_all_channels_or_units() {
    let layer =
        |biases| Layer::convolution(2, Window::line(1), ints([1, 1, 1, 1]), ints(vec![0; biases]));
    for biases in [0, 1, 2, 6] {
        network(LINE, vec![layer(biases)]);
    }
    for biases in [3, 4, 7] {
        assert_eq!(
            refused(LINE, vec![layer(biases)]),
            format!("layer 0 expects 0, 1, 2 or 6 biases, found {biases}")
        );
    }
}

#[test]
fn windows_meet_the_signal() {
    let missed = "layer 0 expects every window to meet a signal of shape [2, 3]";
    let axis = Axis::new(2);
    let odd = [
        Window::line(4),
        Window::line(2).dilation(3),
        Window::line(2).padding(usize::MAX),
        Window::line(2).dilation(usize::MAX),
        Window::line(usize::MAX).dilation(2),
    ];
    for window in odd {
        assert_eq!(refused(LINE, vec![Layer::sum_pool(window)]), missed, "{window:?}");
    }
    // Zeros are fine for a sum, and nothing for a maximum.
    let beyond = Window::line(1).padding(1);
    assert_eq!(refused(LINE, vec![Layer::MaxPool(beyond)]), missed);
    network(LINE, vec![Layer::sum_pool(beyond)]);
    for (axis, what) in [
        (Axis { taps: 0, ..axis }, "tap"),
        (Axis { stride: 0, ..axis }, "stride"),
        (Axis { dilation: 0, ..axis }, "dilation"),
    ] {
        let layer = Layer::MaxPool(Window { rows: None, columns: axis });
        let reason = format!("layer 0 expects at least one {what}, found 0");
        assert_eq!(refused(LINE, vec![layer]), reason);
    }
    network(LINE, vec![Layer::sum_pool(Window::line(3).stride(usize::MAX))]);
}

#[test]
fn empty_and_enormous_signals_are_refused() {
    assert_eq!(
        refused(Shape::Line([0, 3]), vec![]),
        "the signal before layer 0 is empty: shape [0, 3]"
    );
    assert_eq!(
        refused(LINE, vec![Layer::downsample(1, 0)]),
        "the signal before layer 1 is empty: shape [2, 0]"
    );
    let refused_input = |shape| Network::new(shape, vec![]).unwrap_err();
    for found in [Shape::Flat(MAX_UNITS + 1), Shape::Plane([usize::MAX; 3])] {
        assert_eq!(refused_input(found), ShapeError::TooManyUnits { layer: 0, found });
    }
    network(Shape::Flat(MAX_UNITS), vec![]);
    let outputs = MAX_TERMS / MAX_UNITS + 1;
    let dense = Layer::dense(outputs, vec![], vec![]);
    let found = outputs * MAX_UNITS;
    assert_eq!(
        Network::new(Shape::Flat(MAX_UNITS), vec![dense]).unwrap_err(),
        ShapeError::TooManyTerms { layer: 0, found }
    );
    // As many positions as taps, and their product is the limit.
    let side = 1 << 13;
    let window = Window::line(side);
    network(Shape::Line([1, 2 * side - 1]), vec![Layer::sum_pool(window)]);
    assert_eq!(
        Network::new(Shape::Line([2, 2 * side - 1]), vec![conv(1, 1, window)]).unwrap_err(),
        ShapeError::TooManyTerms { layer: 0, found: 2 * MAX_TERMS }
    );
    let wide = Shape::Line([2, 2 * side - 1]);
    for pool in [Layer::sum_pool(window), Layer::MaxPool(window)] {
        assert_eq!(
            Network::new(wide, vec![pool]).unwrap_err(),
            ShapeError::TooManyTerms { layer: 0, found: 2 * MAX_TERMS }
        );
    }
    let taps = Window::line(MAX_UNITS / 2).padding(MAX_UNITS / 2);
    assert!(matches!(
        Network::new(Shape::Line([1, MAX_UNITS / 2]), vec![Layer::MaxPool(taps)]),
        Err(ShapeError::TooManyTerms { layer: 0, .. })
    ));
}

#[test]
fn residual_bodies_keep_the_shape_and_nest_to_a_limit() {
    let body = network(Shape::Flat(2), vec![Layer::dense(1, ints([1, 1]), vec![])]);
    assert_eq!(
        refused(Shape::Flat(2), vec![Layer::Residual(body)]),
        "layer 0 expects a body from [2] to [2], found [2] to [1]"
    );
    let mut nested = network(Shape::Flat(1), vec![]);
    for _ in 0..MAX_NESTING {
        nested = network(Shape::Flat(1), vec![Layer::Residual(nested)]);
    }
    assert_eq!(nested.nesting(), MAX_NESTING);
    assert_eq!(nested.eval(&ints([1])), [Rational::from(MAX_NESTING + 1)]);
    assert_eq!(
        refused(Shape::Flat(1), vec![Layer::Residual(nested)]),
        format!(
            "layer 0 nests residual layers {} deep, the limit is {MAX_NESTING}",
            MAX_NESTING + 1
        )
    );
}

#[test]
fn shapes_have_one_to_three_axes() {
    assert_eq!(Shape::from_axes(&[]), None);
    assert_eq!(Shape::from_axes(&[1; 4]), None);
    for axes in [&[5][..], &[2, 3], &[4, 5, 6]] {
        assert_eq!(Shape::from_axes(axes).unwrap().axes(), axes);
    }
    assert_eq!((Shape::Plane([2, 3, 4]).units(), Shape::Flat(4).channels()), (24, 1));
}

#[test]
fn calls_of_the_wrong_length_say_so() {
    let net = network(Shape::Flat(2), vec![Layer::relu()]);
    let long = "the network reads 2 entries, found 3";
    assert_eq!(panic_message(|| net.eval(&ints([1, 2, 3]))), long);
    assert_eq!(panic_message(|| eval_f64(&net, &[1.0, 2.0, 3.0])), long);
    assert_eq!(panic_message(|| net.pattern(&ints([1, 2, 3]))), long);
    assert_eq!(panic_message(|| linear_range(&net, &InputBox::cube(3, &Rational::ONE))), long);
    let short = panic_message(|| gradient(&net, &ints([1, 2]), &ints([1])));
    assert_eq!(short, "the network writes 2 entries, found 1");
    let on = |layers| panic_message(|| net.affine_on(&Pattern { layers }));
    assert_eq!(on(vec![]), "the pattern has a list for every layer");
    assert_eq!(on(vec![vec![0, 0]; 2]), "the pattern has no list left over");
    for chosen in [vec![0], vec![0, 2]] {
        assert_eq!(on(vec![chosen]), "the pattern fits the layer");
    }
    let pool = network(Shape::Line([1, 3]), vec![Layer::MaxPool(Window::line(2))]);
    for chosen in [vec![0], vec![0, 0]] {
        let on = panic_message(|| pool.affine_on(&Pattern { layers: vec![chosen] }));
        assert_eq!(on, "the pattern fits the layer");
    }
    let one = network(Shape::Flat(2), vec![Layer::dense(1, ints([1, 1]), vec![])]);
    let compared = panic_message(|| equal_on_box(&net, &one, &InputBox::cube(2, &Rational::ONE)));
    assert_eq!(compared, "the networks write [2, 1] entries");
    let surplus = [one.parameters(), one.parameters()].concat();
    let replaced = panic_message(|| one.with_parameters(surplus));
    assert_eq!(replaced, "there are more parameters than affine layers");
}

#[test]
fn corners_must_span_a_box() {
    let refused = |lo, hi| InputBox::new(lo, hi).unwrap_err();
    let short = refused(ints([0]), ints([1, 1]));
    assert_eq!(short, BoxError::Length { lo: 1, hi: 2 });
    assert_eq!(short.to_string(), "the lower corner has 1 entries, the upper one 2");
    assert_eq!(refused(ints([0, 3]), ints([0, 2])).to_string(), "side 1 goes from 3 down to 2");
}

#[test]
fn an_average_has_no_weights() {
    let map = Map::AveragePool(Window::line(1));
    let layer = Layer::Affine(Affine { map, weight: ints([1]), bias: vec![] });
    assert_eq!(refused(LINE, vec![layer]), "layer 0 expects 0 weights, found 1");
}
