//! Quantities by name, beside other ways to compute them; and shapes in ranges.

use crease::approximate::Why;
use crease::counting::{BOUNDS, Plan, Stack, survey};
use crease::engines::CountRegions;
use crease::engines::complex::Complex;
use crease::exact::Rational;
use crease::generators::layer_chains::Stacked;
use crease::generators::quantities::{name_of, names, of_network, of_shape, sides};
use crease::generators::stacks::{Layers, Shapes, networks, written};
use crease::net::regions::{Cells, Domain, Notion};
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;
use std::collections::BTreeSet;

/// Dense layers of these widths.
fn dense(inputs: usize, widths: &[usize]) -> Stack {
    let plan = |&units: &usize| Plan { filter: None, stride: [1; 2], units };
    let plans: Vec<_> = widths.iter().map(plan).collect();
    Stack::new([1, inputs], 1, &plans).expect("layers fit")
}

/// Filters of this size on a grid.
fn windows(grid: [usize; 2], size: [usize; 2], filters: &[usize]) -> Stack {
    let plan = |&units: &usize| Plan { filter: Some(size), stride: [1; 2], units };
    let plans: Vec<_> = filters.iter().map(plan).collect();
    Stack::new(grid, 1, &plans).expect("layers fit")
}

/// The list of names is that of the bounds there are: a statement may use each of them.
#[test]
fn every_bound_has_a_name() {
    let mut stacks = Vec::new();
    for inputs in 1..=3 {
        for widths in
            [&[2][..], &[2, 1], &[2, 2], &[3, 3], &[4, 1], &[3, 1], &[3, 1, 1], &[2, 2, 2]]
        {
            stacks.push(dense(inputs, widths));
        }
    }
    for filters in [&[1, 1][..], &[2, 1], &[2, 2], &[1, 1, 1], &[2, 1, 1], &[3, 3]] {
        stacks.push(windows([1, 4], [1, 2], filters));
        stacks.push(windows([1, 3], [1, 2], &filters[..filters.len().min(2)]));
    }
    stacks.push(windows([3, 3], [2, 2], &[2]));
    stacks.push(windows([3, 3], [2, 2], &[2, 1]));
    stacks.push(windows([4, 4], [2, 2], &[2, 2]));
    stacks.push(windows([6, 6], [2, 2], &[9]));
    let met: BTreeSet<&str> =
        stacks.iter().flat_map(|stack| survey(stack, 1 << 16)).map(|bound| bound.name).collect();
    let known = BTreeSet::from(BOUNDS);
    assert_eq!(met.difference(&known).collect::<Vec<_>>(), [] as [&&str; 0]);
    assert_eq!(known.difference(&met).collect::<Vec<_>>(), [] as [&&str; 0]);
    let names: BTreeSet<String> = BOUNDS.map(name_of).into();
    assert_eq!(names.len(), BOUNDS.len());
}

#[test]
fn names_differ_and_each_has_a_value() {
    let all = names(2);
    let words: BTreeSet<_> = all.iter().map(|(name, _)| name).collect();
    assert_eq!(words.len(), all.len());
    let case =
        written([1, 1, 3], &[([1, 2], 1, &["1 -1", "2 1"], "0 1"), ([1, 1], 1, &["1 1"], "-1")]);
    let (stack, network) = (case.stacking().stack(), case.network());
    for (name, is_measured) in all {
        let value = if is_measured { of_network(&network, &name) } else { of_shape(&stack, &name) };
        let none = Why::Undefined("no quantity of this name");
        assert!(value != Err(none), "{name}");
    }
    for name in ["", "units(3)", "units(0)", "units(x)", "rank(0)", "rank(3)", "rank", "nothing"] {
        let of_network = of_network(&network, name);
        assert_eq!(of_network, Err(Why::Undefined("no quantity of this name")), "{name}");
        assert!(of_shape(&stack, name).is_err(), "{name}");
    }
}

fn drawn(count: usize) -> Vec<Stacked> {
    let shapes = Shapes {
        input: [1..=2, 1..=2, 1..=3],
        layers: vec![
            Layers { filter: None, stride: [1..=1, 1..=1], units: 1..=3 },
            Layers { filter: Some([1..=1, 1..=1]), stride: [1..=1, 1..=1], units: 1..=2 },
        ],
    };
    let mut runner = TestRunner::deterministic();
    let strata = networks(&shapes.measured().expect("they fit"));
    let strategies = strata.into_iter().cycle().take(count).map(|(_, _, strategy)| strategy);
    strategies.map(|s| s.new_tree(&mut runner).expect("a network").current()).collect()
}

#[test]
fn what_is_measured_is_what_other_ways_say() {
    for case in drawn(60) {
        case.check().expect("generators keep it");
        let network = case.network();
        let value = |name: &str| of_network(&network, name).expect(name);
        for (name, notion) in [
            ("regions", Notion::R2),
            ("R1", Notion::R1),
            ("strict", Notion::Strict),
            ("R4", Notion::R4),
            ("R6", Notion::R6),
        ] {
            let count = network.count_regions(notion, &Domain::Whole);
            assert_eq!(value(name), Rational::from(count), "{name}");
        }
        let complex = Complex::of(&Cells::in_inputs(&network, &Domain::Whole), 1 << 12);
        let cells = complex.expect("few cells").cells;
        let bounded = cells.iter().filter(|cell| cell.bounded).count();
        assert_eq!(value("bounded"), Rational::from(bounded));
        // A slope changes by a knot only, and no more than all paths allow in all.
        assert!((value("knots").is_zero()) == value("tv2").is_zero());
        let jumps = Rational::integer(2) * value("knots");
        assert!(value("tv2") <= value("path_norm") * jumps);
        assert!(value("rank(1)") <= Rational::from(case.layers[0].biases.len()));
    }
}

#[test]
fn sides_are_those_of_the_statement() {
    let case = written([1, 1, 2], &[([1, 2], 1, &["1 0", "0 1"], "0 0")]);
    let found = sides("regions + 1 <= 2^n + rank(1)", &case);
    assert_eq!(found, Ok([Rational::integer(5), Rational::integer(6)]));
    assert_eq!(sides("regions <= 1/(depth - 1)", &case), Err("a division by zero"));
    assert!(sides("regions", &case).is_err());
}

#[test]
fn shapes_in_ranges_are_listed_once_and_those_that_fit() {
    let layer = |filter: [usize; 2]| Layers {
        filter: Some(filter.map(|size| 1..=size)),
        stride: [1..=1, 1..=1],
        units: 1..=2,
    };
    let shapes = Shapes { input: [1..=1, 2..=3, 2..=3], layers: vec![layer([3, 3])] };
    let all = shapes.stacks().expect("some fit");
    // Of filters up to 3x3, those fit a grid whose sides are no longer than its own.
    assert_eq!((all.stacks.len(), all.left_out), (2 * (2 + 3) * (2 + 3), 2 * 4 * 9 - 50));
    let different: BTreeSet<_> = all.stacks.iter().map(|stack| format!("{stack:?}")).collect();
    assert_eq!(different.len(), all.stacks.len());
    let refused = |shapes: &Shapes| shapes.stacks().expect_err("none fits");
    let large = Shapes { input: [1..=1, 1..=1000, 1..=1000], layers: vec![layer([1, 1])] };
    assert_eq!(refused(&large), "2000000 shapes; at most 4096 are asked at once");
    let empty = Shapes { input: [1..=1, 1..=1, 1..=1], layers: Vec::new() };
    assert_eq!(refused(&empty), "expected at least one layer");
    // One step for both directions, unless the other one does nothing.
    let strided = |stride: [usize; 2], input: [usize; 2]| Shapes {
        input: [1..=1, input[0]..=input[0], input[1]..=input[1]],
        layers: vec![Layers {
            filter: Some([2..=2, 2..=2]),
            stride: stride.map(|s| s..=s),
            units: 1..=1,
        }],
    };
    assert!(strided([1, 2], [2, 4]).measured().is_ok());
    assert!(strided([2, 1], [4, 4]).measured().is_err());
}
