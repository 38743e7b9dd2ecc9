//! Marked networks: what is drawn, what the mark points to, and that a case file says it all.

use crease::exact::Rational;
use crease::generators::hidden_channels::{self, Kind, Scale, any_activation};
use crease::generators::network_text::Text;
use crease::generators::networks::{of_every_kind, with_point};
use crease::net::{Activation, Axis, Layer, Map, Network, Shape, Window};
use crease::properties;
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;
use serde::{Deserialize, Serialize};

/// A TOML document needs a table at the top.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Document {
    network: Text,
}

fn drawn(count: usize) -> Vec<Network> {
    let strategy = hidden_channels::networks(Kind { activations: any_activation, ..Kind::PLAIN });
    let mut runner = TestRunner::deterministic();
    (0..count).map(|_| strategy.new_tree(&mut runner).expect("a case").current()).collect()
}

fn integers(list: &[i64]) -> Vec<Rational> {
    list.iter().map(|&n| n.into()).collect()
}

fn reads_back(network: &Network) {
    let document = Document { network: Text(network.clone()) };
    let text = toml::to_string(&document).expect("a network is a table");
    assert_eq!(toml::from_str::<Document>(&text).expect(&text), document);
}

#[test]
fn a_case_file_says_everything_about_a_network() {
    drawn(100).iter().for_each(reads_back);
}

#[test]
fn layers_that_are_not_drawn_read_back_too() {
    let uneven = Window {
        rows: Some(Axis { stride: 2, ..Axis::new(2) }),
        columns: Axis { padding: 1, dilation: 2, ..Axis::new(3) },
    };
    let bump = Activation::piecewise_linear(
        integers(&[-2, 1, 3]),
        integers(&[1, -1, 0, 2]),
        &Rational::new(1, 3),
    );
    let plane = Network::new(
        Shape::Plane([1, 4, 5]),
        vec![Layer::average_pool(uneven), Layer::Activation(bump.expect("three kinks"))],
    );
    reads_back(&plane.expect("the window fits"));
    let flat = Network::new(
        Shape::Flat(3),
        vec![Layer::expansive(integers(&[1, 2]), integers(&[3])), Layer::downsample(2, 2)],
    );
    reads_back(&flat.expect("four units have two even ones"));
}

#[test]
fn text_that_is_no_network_is_refused_with_a_sentence() {
    let cases = [
        ("[]", "an object"),
        (r#"{"name": "case", "input_shape": [2], "layers": [{"type": "dens"}]}"#, "dens"),
        (
            r#"{"name": "", "input_shape": [1,1], "layers": [{"type": "dense", "weight":[[1]]}]}"#,
            "a flat signal",
        ),
    ];
    for (text, reason) in cases {
        let document = format!("network = '{text}'");
        let error = toml::from_str::<Document>(&document).expect_err(text).to_string();
        assert!(error.contains(reason), "{text}\nsays {error}");
    }
}

#[test]
fn every_kind_of_network_is_drawn() {
    let networks = drawn(400);
    let any = |what: &str, holds: &dyn Fn(&Layer) -> bool| {
        assert!(networks.iter().any(|n| n.layers().iter().any(holds)), "no {what} was drawn");
    };
    let convolution = |holds: fn(usize, &Window) -> bool| {
        move |layer: &Layer| {
            let Layer::Affine(affine) = layer else { return false };
            let Map::Convolution { groups, window, .. } = &affine.map else { return false };
            holds(*groups, window)
        }
    };
    let map = |holds: fn(&Map) -> bool| {
        move |layer: &Layer| {
            let Layer::Affine(affine) = layer else { return false };
            holds(&affine.map)
        }
    };
    any("plane", &convolution(|_, window| window.rows.is_some()));
    any("group", &convolution(|groups, _| groups > 1));
    any("stride", &convolution(|_, window| window.columns.stride > 1));
    any("dilation", &convolution(|_, window| window.columns.dilation > 1 && window.taps() > 1));
    any("padding", &convolution(|_, window| window.columns.padding > 0));
    any("max-pool", &|layer| matches!(layer, Layer::MaxPool(_)));
    any("sum-pool", &map(|map| matches!(map, Map::SumPool(_))));
    any("average-pool", &map(|map| matches!(map, Map::AveragePool(_))));
    any("flattening", &|layer| matches!(layer, Layer::Flatten));
    any("residual body", &|layer| matches!(layer, Layer::Residual(_)));
}

/// Two groups of one channel each, a pool, and a dense reader: every list by hand.
#[test]
fn a_channel_is_a_filter_its_bias_and_a_block_of_readers() {
    let layers = vec![
        Layer::grouped_convolution(4, 2, Window::line(2), integers(&[1; 8]), integers(&[1; 4])),
        Layer::relu(),
        Layer::sum_pool(Window::line(2)),
        Layer::Flatten,
        Layer::dense(2, integers(&[1; 16]), Vec::new()),
    ];
    let network = Network::new(Shape::Line([2, 4]), layers).expect("the layers fit");
    let channel = properties::channel(&network, 0, 2).expect("there are four channels");
    assert_eq!((channel.writer, channel.reader), (0, 2));
    assert_eq!(channel.incoming, [4, 5]);
    assert_eq!(channel.bias, [2]);
    assert_eq!(channel.outgoing, [4, 5, 12, 13]);
    assert!(channel.is_own && channel.is_homogeneous);
    assert_eq!(properties::channel(&network, 0, 4), None, "there is no fifth channel");
    assert_eq!(properties::channel(&network, 1, 0), None, "a pool has no weights of its own");
    assert_eq!(properties::channel(&network, 2, 0), None, "nothing reads the last layer");
}

#[test]
fn a_residual_layer_hides_the_channels_before_it() {
    let body = Network::new(
        Shape::Flat(1),
        vec![
            Layer::dense(1, integers(&[2]), Vec::new()),
            Layer::dense(1, integers(&[3]), Vec::new()),
        ],
    );
    let layers = vec![
        Layer::dense(1, integers(&[1]), Vec::new()),
        Layer::Residual(body.expect("the body fits")),
        Layer::dense(1, integers(&[1]), Vec::new()),
    ];
    let network = Network::new(Shape::Flat(1), layers).expect("the layers fit");
    assert_eq!(properties::channel(&network, 0, 0), None, "the skip reads it too");
    assert_eq!(properties::channel(&network, 1, 0).map(|c| (c.writer, c.reader)), Some((1, 2)));
    assert_eq!(properties::channel(&network, 2, 0), None, "the sum is read, not the body alone");
}

#[test]
fn larger_scales_are_larger() {
    let most = |scale| {
        let strategy =
            hidden_channels::networks(Kind { scale, activations: any_activation, ..Kind::PLAIN });
        let mut runner = TestRunner::deterministic();
        let drawn = (0..60).map(|_| strategy.new_tree(&mut runner).expect("a case").current());
        drawn.map(|network| network.parameter_count()).max()
    };
    let small = most(Scale::Small);
    assert!(most(Scale::Large) > small && most(Scale::Huge) > most(Scale::Large));
    assert!(small < Some(200), "{small:?}");
}

#[test]
fn a_weight_that_meets_two_channels_reads_neither() {
    let dense = |rows: &[i64]| Layer::dense(rows.len(), integers(rows), Vec::new());
    let taps = Layer::expansive(integers(&[1]), Vec::new());
    let network = Network::new(Shape::Flat(1), vec![dense(&[1, 4]), Layer::relu(), taps]);
    let network = network.expect("the layers fit");
    assert_eq!(properties::channel(&network, 0, 0), None, "one tap reads both units");
    // A downsampling keeps the second unit and the fourth.
    let read = Layer::dense(1, integers(&[1, 3]), Vec::new());
    let layers = vec![dense(&[1, 1, 1, 1]), Layer::relu(), Layer::downsample(2, 2), read];
    let network = Network::new(Shape::Flat(1), layers).expect("the layers fit");
    let read = |unit| properties::channel(&network, 0, unit).map(|channel| channel.outgoing);
    assert_eq!([0, 1, 2, 3].map(read), [vec![], vec![0], vec![], vec![1]].map(Some));
}

/// Whatever lies between writer and reader, a channel that says so may be rescaled.
#[test]
fn rescaling_a_channel_of_any_network_changes_nothing() {
    let mut runner = TestRunner::deterministic();
    let (two, mut asked) = (Rational::integer(2), 0);
    for _ in 0..1500 {
        let tree = with_point(of_every_kind()).new_tree(&mut runner).expect("nothing is rejected");
        let (network, x) = tree.current();
        for writer in 0..network.parameters().len() {
            let channels = (0..8).filter_map(|index| properties::channel(&network, writer, index));
            for channel in channels.filter(|channel| channel.is_own && channel.is_homogeneous) {
                let rescaled = channel.rescale(&network, &two);
                assert_eq!(rescaled.eval(&x), network.eval(&x), "{channel:?} of {network:?}");
                asked += 1;
            }
        }
    }
    assert!(asked > 100, "{asked} channels");
}
