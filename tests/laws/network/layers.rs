//! Every kind of layer on signals small enough to do by hand.

use super::{ints, network, q, qs, value};
use crease::exact::Rational;
use crease::net::{Activation, ActivationError, Affine, Axis, Layer, Map, Shape, Window};

const fn line(channels: usize, length: usize) -> Shape {
    Shape::Line([channels, length])
}

/// One channel, one filter, no bias.
fn filtered(window: Window, filter: Vec<Rational>, input: Shape, x: &[Rational]) -> Vec<Rational> {
    value(Layer::convolution(1, window, filter, vec![]), input, x)
}

#[test]
fn dense_is_rows_times_the_signal_plus_bias() {
    let layer = Layer::dense(2, ints([1, 2, 3, 4]), ints([1, 0]));
    assert_eq!(value(layer, Shape::Flat(2), &ints([5, -1])), ints([4, 11]));
    let layer = Layer::dense(3, ints([1, 2, 3, 4, 5, 6]), ints([7]));
    assert_eq!(value(layer, Shape::Flat(2), &ints([1, 10])), ints([28, 50, 72]));
}

#[test]
fn convolution_sums_over_channels_and_does_not_reverse() {
    let filter = ints([1, -1, 2, 0, 0, 1, 1, 1]);
    let layer = Layer::convolution(2, Window::line(2), filter, ints([10, -1]));
    assert_eq!(value(layer, line(2, 3), &ints(1..=6)), ints([17, 19, 10, 13]));
}

#[test]
fn stride_padding_and_dilation_move_the_taps() {
    let taps = Window::line(2).stride(2).padding(1).dilation(2);
    assert_eq!(filtered(taps, ints([1, 10]), line(1, 5), &ints(1..=5)), ints([20, 42, 4]));
    // The last sample is left over: the stride does not divide.
    let taps = Window::line(3).stride(2);
    assert_eq!(filtered(taps, ints([1, 10, 100]), line(1, 6), &ints(1..=6)), ints([321, 543]));
    let taps = Window::line(3).padding(2);
    assert_eq!(
        filtered(taps, ints([1, 10, 100]), line(1, 2), &ints(1..=2)),
        ints([100, 210, 21, 2])
    );
    let taps = Window::line(2).dilation(3);
    assert_eq!(filtered(taps, ints([1, 10]), line(1, 5), &ints(1..=5)), ints([41, 52]));
}

#[test]
fn groups_do_not_see_each_other() {
    let layer = |channels, filter| {
        Layer::grouped_convolution(channels, 2, Window::line(1), filter, Vec::new())
    };
    assert_eq!(
        value(layer(4, ints([2, 3, 5, 7])), line(2, 2), &ints([1, 2, 10, 20])),
        ints([2, 4, 3, 6, 50, 100, 70, 140])
    );
    assert_eq!(
        value(layer(2, ints([1, 2, 3, 4])), line(4, 1), &ints([1, 10, 100, 1000])),
        ints([21, 4300])
    );
}

#[test]
fn planes_are_read_row_by_row() {
    let plane = Shape::Plane([1, 3, 3]);
    let filter = ints([1, 10, 100, 1000]);
    assert_eq!(
        filtered(Window::plane(2, 2), filter, plane, &ints(1..=9)),
        ints([5421, 6532, 8754, 9865])
    );
    let rows = Axis { taps: 2, stride: 2, padding: 1, dilation: 1 };
    let window = Window { rows: Some(rows), columns: Axis::new(1) };
    assert_eq!(
        filtered(window, ints([1, 10]), Shape::Plane([1, 2, 3]), &ints(1..=6)),
        ints([10, 20, 30, 4, 5, 6])
    );
    let layer = Layer::convolution(2, Window::plane(1, 1), ints([1, 2, 3, 4]), vec![]);
    assert_eq!(
        value(layer, Shape::Plane([2, 1, 2]), &ints([1, 2, 10, 20])),
        ints([21, 42, 43, 86])
    );
    let layer = Layer::convolution(2, Window::plane(2, 1), ints([1, 10, 2, 20]), ints([0, 1]));
    let net = network(Shape::Plane([1, 3, 2]), vec![layer]);
    assert_eq!(net.output(), Shape::Plane([2, 2, 2]));
    assert_eq!(net.eval(&ints(1..=6)), ints([31, 42, 53, 64, 63, 85, 107, 129]));
}

#[test]
fn expansive_convolution_multiplies_polynomials() {
    let layer = |bias| Layer::expansive(ints([1, 2, 3]), bias);
    for input in [Shape::Flat(2), line(1, 2)] {
        let net = network(input, vec![layer(vec![])]);
        assert_eq!(net.eval(&ints([1, 10])), ints([1, 12, 23, 30]));
        assert_eq!(net.output().axes().len(), input.axes().len());
    }
    assert_eq!(value(layer(ints([5])), Shape::Flat(2), &ints([1, 10])), ints([6, 17, 28, 35]));
    assert_eq!(value(layer(ints([1, 2, 3, 4])), line(1, 2), &ints([1, 10])), ints([2, 14, 26, 34]));
    let Layer::Affine(affine) = layer(vec![]) else { unreachable!("expansive is affine") };
    let toeplitz = [[1, 0], [2, 1], [3, 2], [0, 3]];
    for (i, row) in toeplitz.into_iter().enumerate() {
        assert_eq!(affine.matrix(Shape::Flat(2)).row(i), ints(row));
    }
}

#[test]
fn downsampling_counts_from_one() {
    let kept = |scale, keep, input, x: Vec<_>| value(Layer::downsample(scale, keep), input, &x);
    assert_eq!(kept(2, 2, Shape::Flat(5), ints(1..=5)), ints([2, 4]));
    assert_eq!(kept(3, 1, Shape::Flat(5), ints(1..=5)), ints([3]));
    assert_eq!(kept(2, 1, line(2, 3), ints(1..=6)), ints([2, 5]));
    assert_eq!(kept(1, 2, line(2, 3), ints(1..=6)), ints([1, 2, 4, 5]));
}

#[test]
fn pools_work_channel_by_channel() {
    let pairs = Window::line(2).stride(2);
    assert_eq!(value(Layer::sum_pool(pairs), line(1, 5), &ints(1..=5)), ints([3, 7]));
    assert_eq!(value(Layer::sum_pool(pairs), line(2, 2), &ints(1..=4)), ints([3, 7]));
    let padded = Layer::average_pool(pairs.padding(1));
    assert_eq!(value(padded, line(1, 4), &ints(1..=4)), qs("1/2 5/2 2"));
    let square = Layer::average_pool(Window::plane(2, 2));
    assert_eq!(value(square, Shape::Plane([2, 2, 2]), &ints(1..=8)), qs("5/2 13/2"));
    let largest = Layer::MaxPool(Window::line(2));
    assert_eq!(value(largest, line(2, 3), &ints([3, 1, 2, -5, -4, -6])), ints([3, 2, -4, -4]));
    // Padding is not a zero to a maximum.
    let padded = Layer::MaxPool(Window::line(2).padding(1));
    assert_eq!(value(padded, line(1, 2), &ints([-1, -2])), ints([-1, -1, -2]));
    let square = Layer::MaxPool(Window::plane(2, 1));
    assert_eq!(
        value(square, Shape::Plane([1, 3, 2]), &ints([1, 9, 5, 2, 4, 3])),
        ints([5, 9, 5, 3])
    );
}

#[test]
fn a_bias_serves_all_a_channel_or_a_unit() {
    let layer = |bias| Layer::convolution(2, Window::line(1), ints([0, 0]), bias);
    let biased = |bias| value(layer(bias), line(1, 2), &ints([1, 1]));
    assert_eq!(biased(ints([7])), ints([7, 7, 7, 7]));
    assert_eq!(biased(ints([1, 2])), ints([1, 1, 2, 2]));
    assert_eq!(biased(ints([1, 2, 3, 4])), ints([1, 2, 3, 4]));
    let pooled = Affine { map: Map::SumPool(Window::line(2)), weight: vec![], bias: ints([5]) };
    assert_eq!(value(Layer::Affine(pooled), line(1, 2), &ints([1, 1])), ints([7]));
}

#[test]
fn a_residual_layer_adds_its_body() {
    let body = network(
        Shape::Flat(2),
        vec![Layer::dense(2, ints([1, 1, 0, -1]), ints([0, 1])), Layer::relu()],
    );
    let net = network(Shape::Flat(2), vec![Layer::Residual(body)]);
    assert_eq!(net.eval(&ints([1, 3])), ints([5, 3]));
    assert_eq!(net.eval(&ints([1, -3])), ints([1, 1]));
}

#[test]
fn flatten_keeps_the_order_and_an_empty_chain_is_the_identity() {
    let net = network(Shape::Plane([1, 2, 2]), vec![Layer::Flatten]);
    assert_eq!(net.output(), Shape::Flat(4));
    assert_eq!(net.eval(&ints(1..=4)), ints(1..=4));
    let empty = network(line(1, 2), vec![]);
    assert_eq!((empty.output(), empty.eval(&ints([1, 2]))), (line(1, 2), ints([1, 2])));
}

#[test]
fn activations_have_the_values_of_their_names() {
    let values = |f: Activation| -> Vec<Rational> {
        qs("-2 -1 -1/2 0 1/2 1 2").iter().map(|t| f.eval(t)).collect()
    };
    assert_eq!(values(Activation::relu()), qs("0 0 0 0 1/2 1 2"));
    assert_eq!(values(Activation::leaky_relu(q("1/4"))), qs("-1/2 -1/4 -1/8 0 1/2 1 2"));
    assert_eq!(values(Activation::absolute_value()), qs("2 1 1/2 0 1/2 1 2"));
    assert_eq!(values(Activation::hard_tanh()), qs("-1 -1 -1/2 0 1/2 1 1"));
    let bent = Activation::piecewise_linear(qs("-1 1"), qs("2 -1 3"), &q("5")).unwrap();
    assert_eq!(values(bent.clone()), qs("4 6 11/2 5 9/2 4 7"));
    assert_eq!(bent.pieces()[0], (q("2"), q("8")));
    let at: Vec<usize> = qs("-2 -1 0 1 2").iter().map(|t| bent.piece(t)).collect();
    assert_eq!(at, [0, 0, 1, 1, 2]);
}

#[test]
fn activations_are_equal_when_their_functions_are() {
    let [zero, one] = [Rational::ZERO, Rational::ONE];
    let identity = Activation::piecewise_linear(vec![], vec![one.clone()], &zero).unwrap();
    assert_eq!(Activation::leaky_relu(one), identity);
    let split = Activation::piecewise_linear(qs("-1 0"), qs("0 0 1"), &zero).unwrap();
    assert_eq!(split, Activation::relu());
    assert_eq!(split.breakpoints(), ints([0]));
}

#[test]
fn activations_refuse_what_is_no_function() {
    let refused =
        |kinks, slopes| Activation::piecewise_linear(kinks, slopes, &Rational::ZERO).unwrap_err();
    let few = refused(qs("0 1"), qs("1 2"));
    assert_eq!(few, ActivationError::Slopes { breakpoints: 2, slopes: 2 });
    assert_eq!(few.to_string(), "2 breakpoints need one slope more, found 2");
    let unsorted = refused(qs("0 1 1"), qs("1 2 3 4"));
    assert_eq!(unsorted, ActivationError::Order { index: 2 });
    assert_eq!(unsorted.to_string(), "breakpoint 2 is not greater than the one before it");
}

#[test]
fn sizes_of_a_network_count_bodies_and_share_weights() {
    let body = network(
        line(2, 4),
        vec![
            Layer::convolution(2, Window::line(3).padding(1), ints(0..12), ints([0, 0])),
            Layer::relu(),
        ],
    );
    let net = network(
        line(1, 4),
        vec![
            Layer::convolution(2, Window::line(1), ints([1, 2]), vec![]),
            Layer::Residual(body),
            Layer::average_pool(Window::line(4)),
            Layer::Flatten,
            Layer::relu(),
            Layer::dense(1, ints([1, 1]), ints([3])),
        ],
    );
    assert_eq!((net.depth(), net.width(), net.units()), (3, 8, 10));
    assert_eq!((net.parameter_count(), net.nesting()), (2 + 14 + 3, 1));
    assert_eq!(net.parameters().len(), 4);
    assert_eq!((net.input(), net.output()), (line(1, 4), Shape::Flat(1)));
    assert_eq!(net.with_parameters(net.parameters()), Ok(net.clone()));
    let plain = network(Shape::Flat(1), vec![]);
    assert_eq!((plain.depth(), plain.width(), plain.units(), plain.nesting()), (0, 0, 0, 0));
}
