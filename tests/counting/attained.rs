//! Networks that attain the lower bound: their cells in the open unit cube, one by one.

use crease::construct::regions::folding_network;
use crease::counting::dense::montufar_lower;
use crease::counting::{Plan, Stack};
use crease::engines::arrangement::cell;
use crease::engines::lp::Feasibility;
use crease::exact::{Natural, Rational};
use crease::geometry::Form;
use crease::net::{Layer, Network};

const NO_LIMIT: usize = usize::MAX;

/// Signed forms, and a point where they have their signs.
#[derive(Clone)]
struct Cell {
    forms: Vec<Form>,
    positive: Vec<bool>,
    witness: Vec<Rational>,
}

/// The sides of the open unit cube.
fn cube(dimension: usize) -> Cell {
    let unit = |i: usize, side: i64| {
        (0..dimension).map(|j| Rational::integer(if i == j { side } else { 0 })).collect()
    };
    let low = |i| Form { coefficients: unit(i, 1), constant: Rational::ZERO };
    let high = |i| Form { coefficients: unit(i, -1), constant: Rational::ONE };
    Cell {
        forms: (0..dimension).flat_map(|i| [low(i), high(i)]).collect(),
        positive: vec![true; 2 * dimension],
        witness: vec![Rational::new(1, 2); dimension],
    }
}

/// The parts of a cell on both sides of a form; none where it vanishes on all of it.
fn split(parent: &Cell, form: &Form) -> Vec<Cell> {
    let parts = [false, true].into_iter().filter_map(|side| {
        let mut part = parent.clone();
        part.forms.push(form.clone());
        part.positive.push(side);
        let here = form.eval(&parent.witness);
        if !here.is_zero() && here.is_positive() == side {
            return Some(part);
        }
        match cell(part.witness.len(), &part.forms, &part.positive) {
            Feasibility::Point(witness) => Some(Cell { witness, ..part }),
            _ => None,
        }
    });
    parts.collect()
}

/// Strict sign patterns of all units inside the open unit cube.
fn cells_in_the_cube(net: &Network) -> usize {
    let mut cells = vec![cube(net.input().units())];
    for (layer, at) in net.layers().iter().zip(1..) {
        if !matches!(layer, Layer::Affine(_)) {
            continue;
        }
        let upto = Network::new(net.input(), net.layers()[..at].to_vec()).expect("a prefix fits");
        let refine = |parent: Cell| {
            let map = upto.affine_on(&upto.pattern(&parent.witness));
            let rows = map.offset.into_iter().enumerate();
            let forms = rows
                .map(|(i, constant)| Form { coefficients: map.matrix.row(i).to_vec(), constant });
            forms.fold(vec![parent], |cells, form| {
                cells.iter().flat_map(|cell| split(cell, &form)).collect()
            })
        };
        cells = cells.into_iter().flat_map(refine).collect();
    }
    cells.len()
}

/// A vector is one place with a channel an entry; a dense layer is a filter of one tap.
#[test]
fn dense_folding_is_folding_at_one_place() {
    let table: [(usize, &[usize], u128); 4] =
        [(2, &[4, 3], 28), (2, &[4, 4, 2], 64), (2, &[5, 3], 28), (3, &[6, 3], 64)];
    for (inputs, widths, expected) in table {
        let plan = |&units: &usize| Plan { filter: None, stride: [1, 1], units };
        let plans: Vec<_> = widths.iter().map(plan).collect();
        let stack = Stack::new([1, 1], inputs, &plans).expect("the layers fit");
        assert_eq!(montufar_lower(inputs, widths), Some(Natural::from(expected)));
        assert_eq!(stack.lower(NO_LIMIT).map(|(bound, _)| bound), Some(Natural::from(expected)));
        let net = folding_network(&stack, NO_LIMIT).expect("filters are found");
        assert_eq!(Natural::from(cells_in_the_cube(&net)), Natural::from(expected), "{widths:?}");
    }
}

/// Eight of the nine stacks of the table, and one with a filter to spare:
/// `[height, width, channels]`, `[filter height, filter width, stride, filters]`, cells.
#[test]
fn folding_networks_attain_the_bound_in_the_cube() {
    type Layer = [usize; 4];
    let table: [([usize; 3], &[Layer], u128); 9] = [
        ([1, 3, 1], &[[1, 1, 1, 2], [1, 2, 1, 2]], 120),
        ([1, 3, 1], &[[1, 2, 1, 2], [1, 2, 1, 2]], 16),
        ([1, 4, 1], &[[1, 2, 1, 2], [1, 2, 1, 2]], 120),
        ([1, 4, 1], &[[1, 2, 1, 3], [1, 2, 1, 1]], 108),
        ([1, 3, 2], &[[1, 2, 1, 4], [1, 2, 1, 1]], 32),
        ([1, 4, 1], &[[1, 2, 2, 3], [1, 2, 1, 2]], 36),
        ([1, 4, 1], &[[1, 2, 1, 2], [1, 2, 1, 2], [1, 2, 1, 2]], 128),
        ([2, 2, 1], &[[1, 1, 1, 2], [2, 2, 1, 2]], 64),
        ([1, 3, 2], &[[1, 2, 1, 5], [1, 2, 1, 1]], 32),
    ];
    for ([height, width, channels], layers, expected) in table {
        let plan =
            |&[f1, f2, s, units]: &Layer| Plan { filter: Some([f1, f2]), stride: [s, s], units };
        let plans: Vec<_> = layers.iter().map(plan).collect();
        let stack = Stack::new([height, width], channels, &plans).expect("the layers fit");
        let (bound, _) = stack.lower(NO_LIMIT).expect("no limit");
        assert_eq!(bound, Natural::from(expected));
        let net = folding_network(&stack, NO_LIMIT).expect("filters are found");
        assert_eq!(Natural::from(cells_in_the_cube(&net)), bound, "{layers:?}");
    }
}

#[test]
fn one_layer_is_shrunk_into_the_cube() {
    let plan = Plan { filter: Some([1, 2]), stride: [1, 1], units: 3 };
    let stack = Stack::new([1, 3], 1, &[plan]).expect("it fits");
    let net = folding_network(&stack, NO_LIMIT).expect("filters are found");
    assert_eq!(cells_in_the_cube(&net), 40);
}

#[test]
fn too_few_filters_fold_nothing() {
    let plan = |units| Plan { filter: Some([1, 1]), stride: [1, 1], units };
    let stack = Stack::new([1, 3], 2, &[plan(1), plan(6)]).expect("it fits");
    assert_eq!(folding_network(&stack, NO_LIMIT), None);
}
