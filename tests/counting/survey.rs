//! What `bound` prints, side by side: nothing from below exceeds anything from above, networks lie
//! between, and every theorem of the catalogue about a maximum is among what is asked.

use crate::support::root;
use crease::catalogue;
use crease::claim::Standing;
use crease::construct::regions::{folding_network, zigzag_network};
use crease::counting::{Bound, BoundKind, Plan, Stack, survey};
use crease::engines::CountRegions;
use crease::exact::Natural;
use crease::generators::layer_chains::{
    Stacking, dense_with, stacked_with, two_taps, unit_cube, valley_then,
};
use crease::net::regions::{Domain, Notion};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use std::collections::BTreeSet;

const LIMIT: usize = 1 << 12;

/// The greatest proved bound from below and the least from above.
fn ends(stack: &Stack) -> (Natural, Natural) {
    let bounds = survey(stack, LIMIT);
    let of = |side: BoundKind| {
        let on = move |bound: &&Bound| bound.side == side || bound.side == BoundKind::Exact;
        let proved = bounds.iter().filter(|bound| bound.is_proved).filter(on);
        proved.filter_map(|bound| bound.value.clone())
    };
    let below = of(BoundKind::Lower).max().expect("there is a lower bound");
    (below, of(BoundKind::Upper).min().expect("there is an upper bound"))
}

/// Up to four layers over lines and planes of one to three channels: windows that overlap, that
/// leave gaps, that cannot step, and whole grids.
fn stacks() -> impl Strategy<Value = Stack> {
    let layer = (0usize..5, 1usize..=4, 1usize..=4, [1usize..=3, 1usize..=3], 1usize..=6);
    let input = (1usize..=4, 1usize..=5, 1usize..=3);
    (input, proptest::collection::vec(layer, 1..=4)).prop_map(|((height, width, depth), layers)| {
        let mut grid = [height, width];
        let mut plans = Vec::new();
        for (kind, rows, columns, stride, units) in layers {
            let filter = [rows.min(grid[0]), columns.min(grid[1])];
            let plan = match kind {
                0 => Plan { filter: None, stride: [1, 1], units },
                1 => Plan { filter: Some(filter), stride, units },
                _ => Plan { filter: Some(filter), stride: [1, 1], units },
            };
            let filter = plan.filter.unwrap_or(grid);
            grid = [0, 1].map(|axis: usize| (grid[axis] - filter[axis]) / plan.stride[axis] + 1);
            plans.push(plan);
        }
        Stack::new([height, width], depth, &plans).expect("every window was made to fit")
    })
}

fn drawn<T: std::fmt::Debug>(cases: u32, strategy: impl Strategy<Value = T>, law: impl Fn(T)) {
    let mut runner = TestRunner::deterministic();
    for _ in 0..cases {
        law(strategy.new_tree(&mut runner).expect("nothing is rejected").current());
    }
}

#[test]
fn nothing_from_below_exceeds_anything_from_above() {
    drawn(300, stacks(), |stack| {
        let (below, above) = ends(&stack);
        assert!(below <= above, "{below} > {above} for {stack:?}");
        assert!(below > Natural::ZERO, "a network has a region: {stack:?}");
        for bound in survey(&stack, LIMIT).iter().filter(|bound| !bound.is_proved) {
            let above = bound.value.clone();
            assert!(above.is_none_or(|above| below <= above), "{bound:?} of {stack:?}");
        }
    });
}

/// Small shapes for which networks can be counted.
fn shapes() -> impl Strategy<Value = Stacking> {
    let layer = (1usize..=2, 1usize..=2, 1usize..=2, 1usize..=3);
    let input = (1usize..=2, 1usize..=2, 1usize..=4);
    (input, proptest::collection::vec(layer, 1..=3)).prop_filter_map(
        "few units",
        |((channels, height, width), layers)| {
            let layers = layers.into_iter().map(|(a, b, stride, units)| [a, b, stride, units]);
            let shape = Stacking { input: [channels, height, width], layers: layers.collect() };
            shape.check().ok()?;
            (shape.stack().widths().iter().sum::<usize>() <= 12).then_some(shape)
        },
    )
}

#[test]
fn no_network_has_more_regions_than_the_bound() {
    let networks = shapes().prop_flat_map(|shape| stacked_with(shape, 4));
    drawn(400, networks, |case| {
        let (_, above) = ends(&case.stacking().stack());
        assert!(Natural::from(case.regions()) <= above, "more than {above}: {case:?}");
    });
    let narrow = (1usize..=3, proptest::collection::vec(1usize..=3, 1..=4));
    let narrow = narrow.prop_flat_map(|(inputs, widths)| dense_with(inputs, widths, 4));
    let one_more = (1usize..=3).prop_flat_map(|n| dense_with(n, vec![n + 1, 1], 4));
    let line = proptest::collection::vec(1usize..=3, 1..=4);
    let line = line.prop_flat_map(|widths| dense_with(1, widths, 4));
    drawn(900, prop_oneof![narrow, one_more, line], |case| {
        let (_, above) = ends(&Stacking::dense(case.inputs, &case.widths()).stack());
        assert!(Natural::from(case.regions()) <= above, "more than {above}: {case:?}");
    });
}

#[test]
fn constructions_have_as_many_strict_regions_as_the_bound_from_below() {
    let shapes = shapes().prop_filter("small", |s| s.stack().widths().iter().sum::<usize>() <= 9);
    drawn(60, shapes, |shape| {
        let stack = shape.stack();
        let cube = unit_cube(stack.inputs());
        let reached =
            |net: crease::net::Network| Natural::from(net.count_regions(Notion::Strict, &cube));
        if let Some(net) = folding_network(&stack, LIMIT) {
            let (bound, _) = stack.lower(LIMIT).expect("a small shape");
            assert!(reached(net) >= bound, "{shape:?}");
        }
        if let Some(net) = zigzag_network(&stack, LIMIT) {
            let (bound, _) = stack.zigzag_lower(LIMIT).expect("a small shape");
            assert!(reached(net) >= bound, "{shape:?}");
        }
    });
}

/// The networks of the claims, beside what is printed for their shapes.
#[test]
fn what_is_printed_of_one_shape_is_attained_by_strict_patterns() {
    let cases = [
        (two_taps(4, &[(&[&[-1, 3]], &[1]), (&[&[3, 1]], &[-1])]), 23, Some(23)),
        (
            two_taps(3, &[(&[&[1, 2], &[-3, -1]], &[-3, -1]), (&[&[-3, -1, -1, -2]], &[3])]),
            29,
            Some(29),
        ),
        (
            two_taps(
                3,
                &[
                    (&[&[4, -1], &[-3, -2]], &[4, -3]),
                    (&[&[3, 1, 4, -2], &[-4, -1, -1, 3]], &[-3, 1]),
                ],
            ),
            52,
            None,
        ),
        (two_taps(4, &[(&[&[1, 1]], &[1]), (&[&[1, 5]], &[-2]), (&[&[2, 4]], &[-3])]), 36, None),
    ];
    for (case, regions, most) in cases {
        let strict = case.network().count_regions(Notion::Strict, &Domain::Whole);
        assert_eq!(strict, regions, "{case:?}");
        let (below, above) = ends(&case.stacking().stack());
        assert_eq!(below, Natural::from(regions), "{case:?}");
        assert!(most.is_none_or(|most: u32| above == Natural::from(most)), "{above}: {case:?}");
        // A shape that stands has the same bounds.
        let [channels, height, width] = case.stacking().input;
        let plans = case.stacking().layers.into_iter().map(|[rows, columns, _, units]| Plan {
            filter: Some([columns, rows]),
            stride: [1, 1],
            units,
        });
        let standing = Stack::new([width, height], channels, &plans.collect::<Vec<_>>());
        assert_eq!(ends(&standing.expect("it fits")), (below, above), "{case:?}");
    }
    for n in 1..=4 {
        let (net, stack) = (valley_then(n).network(), Stacking::dense(1, &[2, n]).stack());
        let strict = net.count_regions(Notion::Strict, &Domain::Whole);
        assert_eq!(ends(&stack), (Natural::from(strict), Natural::from(2 * n + 3)));
    }
}

#[test]
fn two_units_of_a_line_are_taken_together_at_any_depth() {
    let line = |widths: &[usize]| ends(&Stacking::dense(1, widths).stack()).1;
    assert_eq!(line(&[2, 2, 2]), Natural::from(21u32));
    assert_eq!(line(&[2, 2, 2, 2]), Natural::from(49u32));
    assert_eq!(line(&[3, 2, 4]), Natural::from(44u32));
    // A single unit leaves a line, whatever came before.
    assert_eq!(ends(&Stacking::dense(3, &[1, 2, 2]).stack()).1, Natural::from(8u32));
}

/// Claims whose standing is that of a theorem and that speak of bounds, but are not asked by
/// `bound`, and why.
const NOT_ASKED: [(&str, &str); 25] = [
    ("depth/active_subsets_is_the_smallest_bound", "compares bounds"),
    ("depth/line_pieces", "counts the pieces of a sum, by a weaker product"),
    ("depth/lower_bound_as_printed", "follows from depth/zigzag_lower_bound"),
    ("depth/piecewise_upper_bound", "another activation"),
    ("regions/almost_every_parameter", "counts parameters"),
    ("regions/bounded_cells", "counts some of the regions"),
    ("regions/box_has_no_more_regions", "of a box"),
    ("regions/cells_at_most_independent_sets", "of given weights"),
    ("regions/dense_layer_has_no_fewer_regions", "is regions/zaslavsky_bound"),
    ("regions/facets_between_cells", "counts facets"),
    ("regions/general_position", "says when a bound is met"),
    ("regions/kinked_layer", "another activation"),
    ("regions/maxout_layer", "another activation"),
    ("regions/notions_in_order", "compares notions"),
    ("regions/one_layer_bounds_in_order", "compares bounds"),
    ("regions/one_layer_maximum", "names filters for a number that is asked"),
    ("regions/piecewise_linear_maximum", "another activation"),
    ("regions/piecewise_linear_upper", "another activation"),
    ("regions/regions_multiply_over_separate_windows", "is in regions/published_maximum"),
    ("regions/strip_recurrence", "is regions/strip_maximum"),
    ("regions/ternary_filters", "of weights from a small set"),
    ("regions/two_shared_filters", "is regions/box_deficit"),
    ("regions/published_count_grows", "compares bounds"),
    ("regions/differences_not_negative", "compares bounds"),
    ("depth/sawtooth_pieces", "counts the pieces of a sum"),
];

#[test]
fn every_theorem_about_a_maximum_is_asked() {
    let mut asked = BTreeSet::new();
    for file in ["survey.rs", "named_bounds.rs"] {
        let path = root("src/counting").join(file);
        let text = std::fs::read_to_string(path).expect("a source file");
        let words = text.split('"').map(str::to_owned);
        asked.extend(words.filter(|w| w.starts_with("depth/") || w.starts_with("regions/")));
    }
    for id in &asked {
        let claim = catalogue::find(id).unwrap_or_else(|| panic!("{id} is no claim"));
        assert_eq!(claim.card().standing, Standing::Theorem, "{id} bounds nothing");
    }
    let mut forgotten = Vec::new();
    for claim in catalogue::all() {
        let card = claim.card();
        let statement = claim.statement();
        let is_bound = statement.contains('≤') || statement.contains("maximum");
        let is_near = card.id.starts_with("depth/") || card.id.starts_with("regions/");
        let is_known = asked.contains(card.id) || NOT_ASKED.iter().any(|(id, _)| *id == card.id);
        let speaks = statement.contains("regions ") || statement.contains("maximum");
        if is_near && is_bound && speaks && card.standing == Standing::Theorem && !is_known {
            forgotten.push(card.id);
        }
    }
    assert!(
        forgotten.is_empty(),
        "theorems about regions that `bound` does not ask: {forgotten:?}"
    );
}

/// A window that cannot step sees a part of its input only: such a stack is not dense.
#[test]
fn what_no_window_sees_adds_no_dimension() {
    let plan = |filter, stride, units| Plan { filter, stride, units };
    let first = plan(Some([1, 1]), [2, 2], 6);
    let stack = Stack::new([1, 2], 1, &[first, plan(None, [1, 1], 3)]).expect("it fits");
    assert!(!stack.is_dense());
    assert_eq!((stack.inputs(), stack.seen()), (2, 1));
    // One number is seen: seven pieces, each cut at most three times.
    assert_eq!(ends(&stack), (Natural::from(28u32), Natural::from(28u32)));
}
