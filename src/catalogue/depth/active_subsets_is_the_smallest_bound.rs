//! For two layers the bound over active sets is below all the others.

use crate::catalogue::prelude::*;
use crate::counting::dense as dense_bounds;
use crate::generators::layer_chains::{Extent, Stacking, line_shapes, plane_shapes};

pub(super) static CLAIM: Claim<Stacking> = Claim {
    card: theorem!("depth/active_subsets_is_the_smallest_bound", AGAINST_THE_STATEMENT)
        .derived_from("Crease", "asked here"),
    statement: "L = 2  ⟹  active sets ≤ min(Serra, Montúfar 2017, Xiong, matchable sets by \
                size)",
    cases: || {
        shapes(3, 2..=4, 2..=9)
            .with("dense", 8, dense(1..=3, 1..=4, 1..=4))
            .with("planes", 4, planes(3, 2..=6, 4..=14))
            .with("one tap and one filter", 32, shapes(1, 1..=4, 2..=8))
            .with("large", 64, planes(4, 4..=6, 12..=22))
            .with("6 inputs", 256, dense(5..=6, 4..=6, 8..=12))
            .with("6 inputs, 40 units", 1024, dense(6..=6, 4..=5, 35..=36))
            .with("all sets of eight units", 2048, dense(3..=4, 8..=8, 16..=20))
    },
    hypotheses: &[],
    conclusion: |case| {
        let others = [serra(case), montufar(case), xiong(case)?, by_size(case)?];
        let least = others.into_iter().min().expect("four bounds");
        at_most("sum over active sets", subsets(case)?, least)
    },
    twins: &[
        twin("Montúfar below Xiong", |case: &Stacking| {
            at_most("Montúfar 2017", montufar(case), xiong(case))
        })
        .because("the first layer's windows know what its width does not")
        .drawing(|| Cases::listed((1..=8).map(|d| line(4, 2, d)))),
        twin("Serra below Xiong", |case: &Stacking| {
            at_most("Serra et al.", serra(case), xiong(case))
        })
        .because("the first layer's windows know what ranks do not")
        .drawing(|| Cases::listed([line(4, 2, 1)])),
        twin("Xiong below Serra", |case: &Stacking| {
            at_most("Xiong et al.", xiong(case), serra(case))
        })
        .because("later layers are counted in all dimensions of the input")
        .drawing(|| Cases::listed((1..=8).map(|d| line(4, 1, d)))),
        twin("one less", |case: &Stacking| {
            let others = [serra(case), montufar(case), xiong(case)?, by_size(case)?];
            let least = others.into_iter().min().expect("four bounds");
            below("sum over active sets", subsets(case)?, least)
        })
        .because("for dense layers the sum over active sets is the bound of Serra et al.")
        .drawing(|| dense(1..=3, 1..=4, 1..=4).cases()),
    ],
    well_formed: Stacking::check,
};

const LIMIT: usize = 1 << 20;

/// Why a bound is not known.
const BEYOND: Undecided = Undecided("a bound for two layers is out of reach");

fn subsets(case: &Stacking) -> Result<Natural, Undecided> {
    case.stack().subset_upper(LIMIT).ok_or(BEYOND)
}

fn serra(case: &Stacking) -> Natural {
    dense_bounds::serra_upper(case.stack().inputs(), &case.stack().widths())
}

fn montufar(case: &Stacking) -> Natural {
    dense_bounds::montufar_upper(case.stack().inputs(), &case.stack().widths())
}

fn xiong(case: &Stacking) -> Result<Natural, Undecided> {
    case.stack().xiong_upper(LIMIT).ok_or(BEYOND)
}

fn by_size(case: &Stacking) -> Result<Natural, Undecided> {
    case.stack().by_size_upper(LIMIT).ok_or(BEYOND)
}

/// Filters of two taps on a line, `first` and then `second` of them.
fn line(width: usize, first: usize, second: usize) -> Stacking {
    Stacking { input: [1, 1, width], layers: vec![[1, 2, 1, first], [1, 2, 1, second]] }
}

fn dense(inputs: Span, first: Span, last: Span) -> BoxedStrategy<Stacking> {
    let sizes = (inputs, first, last);
    sizes.prop_map(|(inputs, n, m)| Stacking::dense(inputs, &[n, m])).boxed()
}

fn shapes(filters: usize, inputs: Span, units: Span) -> BoxedStrategy<Stacking> {
    few_sets(line_shapes(Extent { layers: 2..=2, filters, inputs, units }))
}

fn planes(filters: usize, inputs: Span, units: Span) -> BoxedStrategy<Stacking> {
    few_sets(plane_shapes(Extent { layers: 2..=2, filters, inputs, units }))
}

/// Those with at most eight units in the first layer, of which all sets are looked at.
fn few_sets(any: BoxedStrategy<Stacking>) -> BoxedStrategy<Stacking> {
    any.prop_filter("few sets of units", |shape| shape.stack().widths()[0] <= 8).boxed()
}
