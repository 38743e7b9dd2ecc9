//! Bounds for stages of forms: numbers computed elsewhere, and definitions spelled out.

use super::natural;
use crease::counting::dense::{
    arora_upper, central_cells, family_cells, graph_cells, line_maximum, maxout_upper,
    montufar_lower, montufar_upper, serra_lower, serra_upper, telgarsky_upper, trivial_upper,
};
use crease::counting::{Plan, Stack, choose, choose_up_to};
use crease::exact::Natural;

/// `[height, width, depth]`.
type Input = [usize; 3];
/// `[window height, window width, stride, units]`.
type Layer = [usize; 4];

const NO_LIMIT: usize = usize::MAX;

fn stack([height, width, depth]: Input, layers: &[Layer]) -> Stack {
    let plan = |&[f1, f2, s, units]: &Layer| Plan { filter: Some([f1, f2]), stride: [s, s], units };
    let plans: Vec<_> = layers.iter().map(plan).collect();
    Stack::new([height, width], depth, &plans).expect("the layers fit")
}

/// The sum over all `(j_1, .., j_L)`, as it is written.
fn serra_by_definition(cap: usize, widths: &[usize]) -> Natural {
    let Some((&width, later)) = widths.split_first() else { return natural(1) };
    let term = |j| choose(width, j) * serra_by_definition(cap.min(width - j), later);
    (0..=cap.min(width)).map(term).sum()
}

#[test]
fn serra_gives_the_table_and_its_definition() {
    let table: [(usize, &[usize], u128); 9] = [
        (1, &[3, 3], 16),
        (2, &[4, 4], 121),
        (2, &[6, 6], 484),
        (2, &[3, 3, 3], 208),
        (3, &[4, 4], 161),
        (2, &[8, 8, 8], 50653),
        (4, &[2, 4], 22),
        (2, &[2, 2, 2], 30),
        (10, &[16, 16, 16], 89377087659683),
    ];
    for (inputs, widths, expected) in table {
        assert_eq!(serra_upper(inputs, widths), natural(expected), "{inputs} {widths:?}");
        assert_eq!(serra_by_definition(inputs, widths), natural(expected));
    }
}

#[test]
fn montufar_gives_the_table() {
    let table: [(usize, &[usize], u128); 4] =
        [(2, &[3, 3, 3], 343), (3, &[4, 4], 225), (4, &[2, 4], 44), (2, &[2, 2, 2], 64)];
    for (inputs, widths, expected) in table {
        assert_eq!(montufar_upper(inputs, widths), natural(expected), "{inputs} {widths:?}");
        assert!(serra_upper(inputs, widths) <= natural(expected));
    }
    let table: [(usize, &[usize], u128); 4] =
        [(2, &[4, 3], 28), (2, &[4, 4, 2], 64), (2, &[5, 3], 28), (3, &[6, 3], 64)];
    for (inputs, widths, expected) in table {
        assert_eq!(montufar_lower(inputs, widths), Some(natural(expected)), "{inputs} {widths:?}");
    }
    assert_eq!(montufar_lower(2, &[1, 3]), None);
}

#[test]
fn serra_lower_bounds_and_the_line_give_the_table() {
    for (widths, expected) in [([6, 2], 64), ([6, 3], 112), ([8, 2], 100)] {
        assert_eq!(serra_lower(2, &widths), Some(natural(expected)), "{widths:?}");
    }
    assert_eq!(serra_lower(1, &[2, 1]), None);
    let line: [(&[usize], u128); 5] =
        [(&[3, 3], 16), (&[4, 5, 3], 120), (&[3, 3, 3, 3], 256), (&[3, 1], 8), (&[3, 2], 12)];
    for (widths, expected) in line {
        assert_eq!(line_maximum(1, widths), Some(natural(expected)), "{widths:?}");
        assert_eq!(serra_upper(1, widths), natural(expected), "{widths:?}");
        assert_eq!(serra_lower(1, widths), Some(natural(expected)), "{widths:?}");
    }
    assert_eq!((line_maximum(1, &[2, 3]), line_maximum(2, &[3, 3])), (None, None));
}

#[test]
fn one_stage_formulas_give_the_table() {
    for ([n, d, pieces], expected) in
        [([2, 2, 3], 9), ([3, 2, 4], 37), ([3, 3, 3], 27), ([4, 2, 3], 33), ([1, 2, 3], 3)]
    {
        assert_eq!(family_cells(n, d, pieces - 1), natural(expected), "{n} {d} {pieces}");
    }
    assert_eq!(graph_cells(2, 2, 3, true), natural(49));
    assert_eq!(graph_cells(2, 2, 3, false), natural(36));
    assert_eq!((central_cells(0, 3), central_cells(1, 3)), (natural(1), natural(2)));
    assert_eq!((central_cells(4, 2), central_cells(3, 0)), (natural(8), natural(1)));
    assert_eq!(choose_up_to(3, 2), natural(7));
    assert_eq!(trivial_upper(&[3, 4]), natural(128));
    // A unit of rank two is a form: its bound is that for forms.
    assert_eq!(maxout_upper(2, &[4, 3], 2), montufar_upper(2, &[4, 3]));
    assert_eq!(maxout_upper(2, &[2, 2], 3), natural(22 * 22));
}

#[test]
fn pieces_on_a_line() {
    assert_eq!(arora_upper(&[]), natural(1));
    assert_eq!(arora_upper(&[1]), natural(2));
    assert_eq!(arora_upper(&[3, 4, 5]), natural(4 * 4 * 4 * 5));
    assert_eq!(telgarsky_upper(2, 5), natural(1024));
}

/// Input, layers, the bound, and the maximum of the last layer that it multiplies.
#[test]
fn lower_bounds_of_nine_stacks() {
    let table: [(Input, &[Layer], u128, u128); 9] = [
        ([1, 3, 1], &[[1, 1, 1, 2], [1, 2, 1, 2]], 120, 15),
        ([1, 3, 1], &[[1, 2, 1, 2], [1, 2, 1, 2]], 16, 4),
        ([1, 4, 1], &[[1, 2, 1, 2], [1, 2, 1, 2]], 120, 15),
        ([1, 4, 1], &[[1, 2, 1, 3], [1, 2, 1, 1]], 108, 4),
        ([1, 3, 2], &[[1, 2, 1, 4], [1, 2, 1, 1]], 32, 2),
        ([1, 4, 1], &[[1, 2, 2, 3], [1, 2, 1, 2]], 36, 4),
        ([1, 4, 1], &[[1, 2, 1, 2], [1, 2, 1, 2], [1, 2, 1, 2]], 128, 4),
        ([2, 2, 1], &[[1, 1, 1, 2], [2, 2, 1, 2]], 64, 4),
        ([1, 3, 1], &[[1, 1, 1, 3], [1, 2, 1, 3]], 1080, 40),
    ];
    for (input, layers, expected, last) in table {
        let stack = stack(input, layers);
        let (bound, _) = stack.lower(NO_LIMIT).expect("no limit");
        assert_eq!(bound, natural(expected), "{input:?} {layers:?}");
        assert_eq!(bound, stack.folds() * natural(last), "{input:?} {layers:?}");
    }
    let narrow = stack([1, 3, 2], &[[1, 2, 1, 1], [1, 2, 1, 6]]);
    assert_eq!(narrow.folds(), natural(0));
}

/// The shipped experiment of the published code: 1x4, two filters 1x2, then d filters 1x2.
#[test]
fn the_shipped_experiment() {
    let lower = [32, 120, 320, 680, 1248, 2072, 3200, 4680];
    let xiong = [220, 880, 3135, 8965, 21230, 43670, 80905, 138435];
    let serra = [228, 817, 2424, 6001, 12852, 24633, 43352, 71369];
    for units in 1..=8 {
        let stack = stack([1, 4, 1], &[[1, 2, 1, 2], [1, 2, 1, units]]);
        let found = stack.lower(NO_LIMIT).map(|(bound, _)| bound);
        assert_eq!(found, Some(natural(lower[units - 1])));
        assert_eq!(stack.xiong_upper(NO_LIMIT), Some(natural(xiong[units - 1])));
        assert_eq!(serra_upper(4, &stack.widths()), natural(serra[units - 1]));
    }
    let narrow = stack([1, 4, 1], &[[1, 2, 1, 1], [1, 2, 1, 2]]);
    assert_eq!(narrow.xiong_upper(NO_LIMIT), Some(natural(128)));
    assert_eq!(montufar_upper(4, &narrow.widths()), natural(120));
    assert_eq!(serra_upper(4, &narrow.widths()), natural(64));
}

/// Input, layers, then lower, subset, Serra, Montufar, Xiong.
#[test]
fn subset_bounds_and_what_stands_beside_them() {
    let table: [(Input, [Layer; 2], [u128; 5]); 10] = [
        ([1, 2, 1], [[1, 1, 1, 1], [1, 2, 1, 1]], [2, 7, 7, 8, 8]),
        ([1, 2, 1], [[1, 1, 1, 1], [1, 2, 1, 2]], [4, 11, 11, 16, 16]),
        ([1, 3, 1], [[1, 2, 1, 1], [1, 2, 1, 2]], [4, 11, 11, 16, 16]),
        ([2, 2, 1], [[1, 1, 1, 1], [2, 2, 1, 1]], [2, 31, 31, 32, 32]),
        ([1, 3, 1], [[1, 2, 1, 2], [1, 2, 1, 1]], [8, 30, 30, 30, 30]),
        ([1, 3, 1], [[1, 2, 1, 2], [1, 2, 1, 2]], [16, 56, 56, 60, 60]),
        ([1, 4, 1], [[1, 2, 1, 1], [1, 2, 1, 1]], [4, 24, 26, 32, 32]),
        ([1, 4, 1], [[1, 2, 1, 2], [1, 2, 1, 1]], [32, 220, 228, 228, 220]),
        ([1, 4, 1], [[1, 2, 1, 2], [1, 2, 1, 2]], [120, 753, 817, 912, 880]),
        ([1, 4, 1], [[1, 2, 1, 2], [1, 2, 1, 3]], [320, 2132, 2424, 3249, 3135]),
    ];
    for (input, layers, expected) in table {
        let stack = stack(input, &layers);
        let (inputs, widths) = (stack.inputs(), stack.widths());
        let found = [
            stack.lower(NO_LIMIT).expect("no limit").0,
            stack.subset_upper(NO_LIMIT).expect("two stages"),
            serra_upper(inputs, &widths),
            montufar_upper(inputs, &widths),
            stack.xiong_upper(NO_LIMIT).expect("no limit"),
        ];
        assert_eq!(found, expected.map(natural), "{input:?} {layers:?}");
        let by_size = stack.by_size_upper(NO_LIMIT).expect("no limit");
        assert!(found[1] <= by_size && by_size <= found[4].clone().min(found[3].clone()));
    }
}

#[test]
fn several_kinks_multiply_every_factor() {
    let one = stack([1, 3, 1], &[[1, 2, 1, 2]]);
    assert_eq!(one.pieces_upper(2, NO_LIMIT), Some(natural(65)));
    let two = stack([1, 3, 1], &[[1, 2, 1, 2], [1, 2, 1, 1]]);
    assert_eq!(two.pieces_upper(2, NO_LIMIT), Some(natural(65 * 3)));
}

#[test]
fn parameters_are_counted_once_a_filter() {
    let shared = stack([1, 4, 1], &[[1, 2, 1, 2]]);
    assert_eq!((shared.parameters(), shared.widths()), (6, vec![6]));
    assert_eq!(shared.xiong_upper(NO_LIMIT), Some(natural(55)));
    // As many dense units have more regions, not fewer.
    let dense = stack([1, 4, 1], &[[1, 4, 1, 6]]);
    assert_eq!((dense.parameters(), dense.is_dense()), (30, true));
    assert_eq!(dense.lower(NO_LIMIT).expect("no limit").0, natural(57));
}

#[test]
fn stages_that_do_not_fit_are_named() {
    let refused = |plans: &[Plan]| Stack::new([3, 3], 1, plans).expect_err("it does not fit");
    let plan = |filter, units| Plan { filter, stride: [1, 1], units };
    assert_eq!(refused(&[]), "expected at least one layer");
    let none = refused(&[plan(None, 2), plan(None, 0)]);
    assert_eq!(none, "layer 2 expects at least one filter, found 0");
    let error = refused(&[plan(Some([2, 2]), 2), plan(Some([3, 1]), 1)]);
    assert_eq!(error, "layer 2: a window of [3, 1] does not fit a grid of [2, 2]");
    let wide = refused(&[plan(None, usize::MAX)]);
    assert_eq!(wide, format!("layer 1 has {} units, the limit is 131072", usize::MAX));
}
