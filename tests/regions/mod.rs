//! Regions of networks: known counts, and a second opinion that shares no algorithm.

mod cells;
mod certificates;
mod filtered;
mod hard;
mod hidden;
mod magnitudes;
mod oracle;
mod reference;
mod sections;
mod vectors;

use crate::support::{files_below, root};
use crease::engines::{CountRegions, Engine};
use crease::exact::Rational;
use crease::format::file::NetworkFile;
use crease::net::regions::{Domain, Notion};
use crease::net::{Activation, Axis, InputBox, Layer, Network, Shape, Window};
use serde_json::Value;

pub(super) fn numbers(entries: &[i64]) -> Vec<Rational> {
    entries.iter().map(|&x| x.into()).collect()
}

pub(super) fn dense(outputs: usize, weight: &[i64], bias: &[i64]) -> Layer {
    Layer::dense(outputs, numbers(weight), numbers(bias))
}

/// Dense layers of these widths, an activation after each, with weights and biases in order.
pub(super) fn stack(
    inputs: usize,
    widths: &[usize],
    mut numbers: impl Iterator<Item = i64>,
    activation: &Activation,
) -> Vec<Layer> {
    let mut layers = Vec::new();
    let mut below = inputs;
    for &width in widths {
        let mut take = |n: usize| numbers.by_ref().take(n).collect::<Vec<_>>();
        let (weight, bias) = (take(width * below), take(width));
        layers.extend([dense(width, &weight, &bias), Layer::Activation(activation.clone())]);
        below = width;
    }
    layers
}

pub(super) fn counts(network: &Network, domain: &Domain) -> [u64; 5] {
    Notion::ALL.map(|notion| network.count_regions(notion, domain))
}

/// `max(-y, min(0, -x))`, the published example on which all notions differ. In our order:
/// strict, R1, R2, R4, R6.
#[test]
fn the_notions_differ_as_published() {
    let network = Network::new(
        Shape::Flat(2),
        vec![
            dense(3, &[1, 0, 0, 1, 0, -1], &[]),
            Layer::relu(),
            dense(3, &[-1, 1, -1, 0, 1, 0, 0, 0, 1], &[]),
            Layer::relu(),
            dense(1, &[1, -1, 1], &[]),
        ],
    )
    .expect("the layers fit");
    assert_eq!(counts(&network, &Domain::Whole), [0, 7, 5, 3, 3]);
}

#[test]
fn a_layer_of_zeros_has_one_region_and_no_strict_one() {
    let layers = vec![dense(2, &[0, 0], &[]), Layer::relu()];
    let network = Network::new(Shape::Flat(1), layers).expect("the layers fit");
    assert_eq!(counts(&network, &Domain::Whole), [0, 1, 1, 1, 1]);
}

/// Zero weights with a bias cut nothing, and equal or proportional units cut once.
#[test]
fn units_that_cut_nothing_new_count_nothing() {
    let layers = vec![dense(5, &[0, 0, 1, 1, 2, 2, -1, -1, 1, 1], &[7, 0, 0, 0, 1]), Layer::relu()];
    let network = Network::new(Shape::Flat(2), layers).expect("the layers fit");
    assert_eq!(network.count_regions(Notion::R2, &Domain::Whole), 3);
}

/// Every network with a proven count gets it, degenerate convolutions included.
#[test]
fn proven_counts_are_reproduced() {
    let mut seen = 0;
    for (path, text) in files_below("fixtures/networks", "json") {
        let json: Value = serde_json::from_str(&text).expect("a JSON file");
        let Some(truth) = json["truth"]["activation_regions"].as_u64() else { continue };
        // The dev profile; the benchmarks count the others.
        if truth > 6000 {
            continue;
        }
        let file = NetworkFile::read(text.as_bytes()).expect("a good network");
        let domain = file.domain.map_or(Domain::Whole, Domain::Box);
        let tally = file.network.tally(&domain);
        let mesh = file.network.tally_by(Engine::Mesh, &domain);
        assert_eq!((Some(tally), path.as_str()), (mesh, path.as_str()));
        assert_eq!((tally.cells, path.as_str()), (truth, path.as_str()));
        seen += 1;
    }
    assert!(seen >= 12, "only {seen} networks with proven counts");
}

/// The tent map composed three times: eight pieces on the interval, ten regions on the line.
#[test]
fn a_box_and_the_line_are_different_questions() {
    let bytes = std::fs::read(root("fixtures/networks/tent-3.json")).expect("a fixture");
    let network = NetworkFile::read(&bytes).expect("a good network").network;
    let unit = InputBox::new(numbers(&[0]), numbers(&[1])).expect("the ends are in order");
    assert_eq!(network.count_regions(Notion::R6, &Domain::Box(unit.clone())), 8);
    assert_eq!(network.count_regions(Notion::R2, &Domain::Box(unit)), 8);
    assert_eq!(network.count_regions(Notion::R2, &Domain::Whole), 10);
}

/// A piece that is flat at the break, |x| - like cancellations, and a maximum of three forms.
#[test]
fn other_activations_and_maxima_split_at_their_breaks() {
    let tanh = vec![dense(2, &[1, 0, 0, 1], &[]), Layer::Activation(Activation::hard_tanh())];
    let network = Network::new(Shape::Flat(2), tanh).expect("the layers fit");
    assert_eq!(counts(&network, &Domain::Whole), [9, 9, 9, 9, 9]);
    // max(x, y, 0): three regions by the greatest entry, whatever the order of comparison.
    let layers = vec![
        dense(3, &[1, 0, 0, 1, 0, 0], &[]),
        Layer::Reshape(Shape::Line([1, 3])),
        Layer::MaxPool(Window::line(3)),
    ];
    let network = Network::new(Shape::Flat(2), layers).expect("the layers fit");
    assert_eq!(network.count_regions(Notion::R2, &Domain::Whole), 3);
    assert_eq!(network.count_regions(Notion::R4, &Domain::Whole), 3);
}

/// With padding a pool has more windows than entries: {x}, {x, y}, {y} of the two entries.
#[test]
fn a_pool_may_have_more_windows_than_entries() {
    let layers = vec![
        Layer::Reshape(Shape::Line([1, 2])),
        Layer::relu(),
        Layer::MaxPool(Window { columns: Axis { padding: 1, ..Axis::new(2) }, ..Window::line(2) }),
    ];
    let network = Network::new(Shape::Flat(2), layers).expect("the layers fit");
    // The quadrants; where both entries are on, x > y and x < y.
    let tally = network.tally(&Domain::Whole);
    // Of equal entries the first is taken, and where both are off they are equal.
    assert_eq!((tally.cells, tally.strict), (5, 4));
}
