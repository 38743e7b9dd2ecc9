//! Parts of walks, and volumes.

use super::{dense, numbers};
use crease::engines::complex::Complex;
use crease::engines::descent::{descend, has_many_corners};
use crease::engines::{CountRegions, Engine};
use crease::exact::Rational;
use crease::geometry::double_description::Progress;
use crease::net::regions::{Cells, Domain, Notion};
use crease::net::{InputBox, Layer, Network, Shape};
use crease::properties;
use crease::properties::volume::{around, volume};
use std::collections::HashSet;
use std::ops::ControlFlow;
use std::sync::atomic::AtomicBool;

/// Units that vanish, repeat, and cut in two layers.
fn network() -> Network {
    let layers = vec![
        dense(4, &[1, 0, 0, 1, 1, 1, 2, 0], &[0, 1, -1, 0]),
        Layer::relu(),
        dense(4, &[1, -1, 0, 0, 0, 1, -1, 1, 1, 1, 1, 1, 0, 0, 0, 0], &[0, 1, -2, 0]),
        Layer::relu(),
        dense(1, &[1, -1, 1, 1], &[]),
    ];
    Network::new(Shape::Flat(2), layers).expect("the layers fit")
}

#[test]
fn counts_of_parts_add_up() {
    let (network, go) = (network(), AtomicBool::new(false));
    let cells = Cells::new(&network, &Domain::Whole);
    for notion in [Notion::Strict, Notion::R1, Notion::R2] {
        let expected = network.count_regions(notion, &Domain::Whole);
        for least in [1, 2, 5, 1_000_000] {
            let parts = cells.parts(notion, least, &go).expect("nothing stops it");
            assert!(parts.len() as u64 >= least.min(expected), "{notion:?} {least}");
            let counts = parts.iter().map(|part| cells.count(notion, part, Progress::UNBOUNDED));
            let sum: u64 = counts.inspect(|(_, ended)| assert!(ended)).map(|(n, _)| n).sum();
            assert_eq!(sum, expected, "{notion:?} in {} parts", parts.len());
        }
    }
    for notion in [Notion::R4, Notion::R6] {
        let (maps, _) = cells.count(notion, &[], Progress::UNBOUNDED);
        assert_eq!(maps, network.count_regions(Notion::R6, &Domain::Whole));
    }
    assert_eq!(cells.parts(Notion::R2, 5, &AtomicBool::new(true)), None);
}

#[test]
fn regions_are_listed_in_the_order_of_the_complex() {
    let network = network();
    let count = network.count_regions(Notion::R2, &Domain::Whole) as usize;
    assert_eq!(properties::regions(&network, &Domain::Whole, count - 1), None);
    let regions = properties::regions(&network, &Domain::Whole, count).expect("within the limit");
    let complex =
        Complex::of(&Cells::in_inputs(&network, &Domain::Whole), count).expect("so is this");
    for (region, cell) in regions.iter().zip(&complex.cells) {
        let choices: Vec<u32> = region.pattern.layers.concat().iter().map(|&c| c as u32).collect();
        assert_eq!((&choices, &region.point), (&cell.pattern, &cell.point));
    }
    let mut cells = complex.cells.iter();
    let all = properties::for_each_point(
        &Cells::in_inputs(&network, &Domain::Whole),
        |choices, point| {
            let cell = cells.next().expect("as many");
            assert_eq!((choices, &point), (&cell.pattern[..], &cell.point));
            ControlFlow::Continue(())
        },
    );
    assert!(all && cells.next().is_none());
    let affine = complex.affine_regions() as u64;
    assert_eq!(affine, network.count_regions(Notion::R4, &Domain::Whole));
    assert_eq!(complex.affine_maps() as u64, network.count_regions(Notion::R6, &Domain::Whole));
}

/// Also where the walk has coordinates of its own: three inputs of which the units see a plane.
#[test]
fn every_cell_has_a_point_with_its_choices() {
    let network = Network::new(
        Shape::Flat(3),
        vec![
            dense(4, &[1, 0, 1, 0, 1, 1, 1, 1, 2, 2, -1, 1], &[0, 1, -1, 3]),
            Layer::relu(),
            dense(3, &[1, -1, 1, 0, 0, 1, -1, 2, 1, 1, -2, 1], &[0, -1, 2]),
            Layer::relu(),
        ],
    );
    let network = network.expect("the layers fit");
    let cells = Cells::new(&network, &Domain::Whole);
    let mut seen = HashSet::new();
    let all = properties::for_each_point(&cells, |choices, point| {
        let pattern = network.pattern(&point).layers.concat();
        assert!(pattern.iter().zip(choices).all(|(own, choice)| *own == *choice as usize));
        assert!(pattern.len() == choices.len() && seen.insert(pattern));
        ControlFlow::Continue(())
    });
    assert!(all && seen.len() > 11, "{}", seen.len());
    assert_eq!(seen.len() as u64, network.count_regions(Notion::R2, &Domain::Whole));
    let mut left = 3;
    let all = properties::for_each_point(&cells, |_, _| {
        left -= 1;
        if left == 0 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    });
    assert!(!all && left == 0);
}

/// Eight of sixteen inputs, and whether the positive ones among them sum to more than `limit`.
fn sixteen(limit: i64) -> Network {
    let mut weight = vec![0; 8 * 16];
    (0..8).for_each(|i| weight[i * 16 + i] = 1);
    let layers =
        vec![dense(8, &weight, &[]), Layer::relu(), dense(1, &[1; 8], &[-limit]), Layer::relu()];
    Network::new(Shape::Flat(16), layers).expect("the layers fit")
}

/// The box has 2^16 corners. The 2^8 signs of the inputs, and each of them twice where the sum is
/// on either side; with limit 0 the last unit vanishes where no input is positive.
#[test]
fn a_box_with_many_corners_is_counted_without_them() {
    let cube = |length| Domain::Box(InputBox::cube(16, &Rational::new(length, 1)));
    assert!(has_many_corners(&cube(2)));
    let tally = |limit, length| {
        let tally = sixteen(limit).tally(&cube(length));
        assert_eq!(sixteen(limit).count_regions(Notion::R2, &cube(length)), tally.cells);
        assert_eq!(sixteen(limit).count_regions(Notion::Strict, &cube(length)), tally.strict);
        (tally.cells, tally.strict)
    };
    assert_eq!(tally(1, 2), (2 * 255 + 1, 2 * 255 + 1));
    // At most two are positive where the sum stays below: 2^8 - 1 - 8 choices of more.
    assert_eq!(tally(2, 1), (256 + 256 - 1 - 8 - 28, 256 + 256 - 1 - 8 - 28));
    assert_eq!(tally(0, 1), (256, 255));
    let deep = Cells::new(&sixteen(1), &cube(2));
    let (found, all) = descend(&deep, &cube(2), |cells| match cells {
        100 => ControlFlow::Break(()),
        _ => ControlFlow::Continue(()),
    });
    assert_eq!((found.cells, all), (100, false));
}

/// Nine sides on which the mesh still works, beside the linear programs.
#[test]
fn boxes_are_counted_alike_on_both_sides_of_the_border() {
    let network = |inputs: i64| {
        let entry = |i: i64| (i * i + 3 * i) % 7 - 3;
        let weight: Vec<i64> = (1..=3 * inputs).map(entry).collect();
        let layers = vec![
            dense(3, &weight, &[1, -1, 0]),
            Layer::relu(),
            dense(2, &[1, -2, 1, -1, 1, 1], &[-1, 0]),
            Layer::relu(),
        ];
        Network::new(Shape::Flat(inputs as usize), layers).expect("the layers fit")
    };
    for inputs in [8, 9] {
        let domain = Domain::Box(InputBox::cube(inputs, &Rational::new(1, 2)));
        assert_eq!(has_many_corners(&domain), inputs == 9);
        let network = network(inputs as i64);
        let tally = network.tally(&domain);
        assert!(tally.cells > 8, "{tally:?}");
        assert_eq!(network.tally_by(Engine::Mesh, &domain), Some(tally));
        assert_eq!(network.tally_by(Engine::Descent, &domain), Some(tally));
    }
}

#[test]
fn neighbours_by_corners_are_those_behind_the_facets() {
    let network = network();
    let square = InputBox::new(numbers(&[-2, -3]), numbers(&[3, 2])).expect("in order");
    let cells = Cells::new(&network, &Domain::Box(square));
    let complex = Complex::of(&cells, 1000).expect("few cells");
    let outline = properties::outline(&cells, 1000).expect("bounded");
    assert!(complex.cells.len() > 9, "{}", complex.cells.len());
    assert_eq!(outline.complex.adjacent, complex.adjacent);
    assert_eq!(outline.complex.merged(), complex.merged());
    assert_eq!(outline.vertices.len(), complex.cells.len());
    assert!(
        properties::outline(&Cells::new(&network, &Domain::Whole), 1000).is_none(),
        "not bounded"
    );
}

/// Seventy tangents to a circle, no two of them parallel and no three through one point, in a
/// square around all their crossings: the cell of the circle has more facets than a word has bits.
#[test]
fn a_cell_may_have_more_facets_than_a_word_has_bits() {
    let lines = 70;
    let mut weights = Vec::new();
    for k in 1..=lines {
        // Three numbers of Pythagoras for each slope k / 71.
        weights.extend([71 * 71 - k * k, 2 * 71 * k]);
    }
    let biases: Vec<i64> = (1..=lines).map(|k| -(71 * 71 + k * k)).collect();
    let layers = vec![dense(lines as usize, &weights, &biases), Layer::relu()];
    let network = Network::new(Shape::Flat(2), layers).expect("the layers fit");
    let square = InputBox::new(numbers(&[-2, -3]), numbers(&[3, 2])).expect("in order");
    let outline =
        properties::outline(&Cells::new(&network, &Domain::Box(square)), 10_000).expect("bounded");
    let crossings = lines * (lines - 1) / 2;
    assert_eq!(outline.complex.cells.len() as i64, 1 + lines + crossings);
    // Each line is cut into one part more than it has crossings, and the square's edge at both ends
    // of each line and at its corners.
    assert_eq!(outline.complex.adjacent.len() as i64, lines * lines);
    let corners: usize = outline.vertices.iter().map(Vec::len).sum();
    assert_eq!(corners as i64, 2 * lines * lines + 2 * lines + 4, "as many as edges");
    let most = outline.complex.cells.iter().map(|cell| cell.faces.len()).max();
    assert!(most > Some(64), "{most:?} facets");
}

/// Cubes, a simplex and a pyramid with an apex where four facets meet.
#[test]
fn volumes_of_known_bodies() {
    for dimension in 1..=4u32 {
        let corner = |bits: u32| -> Vec<i64> {
            (0..dimension).map(|i| i64::from(bits >> i & 1) * 3).collect()
        };
        let vertices: Vec<_> = (0..1 << dimension).map(|bits| numbers(&corner(bits))).collect();
        let side = |axis: u32, bit: u32| -> Vec<usize> {
            (0..1usize << dimension).filter(|b| (b >> axis & 1) as u32 == bit).collect()
        };
        let facets: Vec<_> =
            (0..dimension).flat_map(|axis| [side(axis, 0), side(axis, 1)]).collect();
        assert_eq!(volume(&vertices, &facets), Rational::integer(3i64.pow(dimension)));
    }
    let simplex = [[0, 0, 0], [1, 0, 0], [0, 1, 0], [0, 0, 1]].map(|v| numbers(&v));
    let facets = [vec![0, 1, 2], vec![0, 1, 3], vec![0, 2, 3], vec![1, 2, 3]];
    assert_eq!(volume(&simplex, &facets), Rational::new(1, 6));
    let base = [[0, 0, 0], [2, 0, 0], [2, 2, 0], [0, 2, 0], [5, 7, 3]].map(|v| numbers(&v));
    let facets = [vec![0, 1, 2, 3], vec![0, 1, 4], vec![1, 2, 4], vec![2, 3, 4], vec![0, 3, 4]];
    assert_eq!(volume(&base, &facets), Rational::integer(4));
}

#[test]
fn corners_are_put_in_order() {
    let corners = [[0, 0], [1, 3], [4, 0], [4, 2], [0, 2], [2, -1]].map(|v| numbers(&v));
    assert_eq!(around(&corners), [0, 5, 2, 3, 1, 4]);
    assert_eq!(around(&[]), [0; 0]);
}
