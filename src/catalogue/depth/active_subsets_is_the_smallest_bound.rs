//! # For two layers the bound over active sets is below all the others
//!
//! The bounds of Serra et al., of Montúfar and of Xiong et al. all follow from the sum over active
//! sets by giving something away. Among themselves the last two are not in order: each is smaller
//! for some shapes.
#![doc = include_str!("../../../proofs/depth/active_subsets_is_the_smallest_bound.md")]

use crate::claim::prelude::*;
use crate::exact::Natural;
use crate::generators::stacked::{Stacking, line_shapes};
use crate::geometry::counting::dense;
use proptest::prelude::*;

/// The claim.
pub static CLAIM: Claim<Stacking> = Claim {
    card: Card {
        id: "depth/active_subsets_is_the_smallest_bound",
        title: "For two layers the bound over active sets is below all the others",
        statement: "L = 2  ⟹  active sets ≤ min(Serra, Montúfar 2017, Xiong, matchable sets by \
                    size)",
        source: Source::new("Crease", "asked here"),
        wording: Wording::Derived,
        as_printed: None,
        standing: Standing::Theorem,
        evidence: Evidence::PropertyTested,
        note: "proofs/depth/active_subsets_is_the_smallest_bound.md",
    },
    cases: shapes,
    hypotheses: &[],
    conclusion: |case| {
        let others = [serra(case), montufar(case), xiong(case), by_size(case)];
        let least = others.into_iter().min().expect("four bounds");
        Finding::at_most("sum over active sets", subsets(case), least)
    },
    twins: &[
        Twin::concluding(
            "Montúfar below Xiong",
            |case: &Stacking| Finding::at_most("Montúfar 2017", montufar(case), xiong(case)),
            "the first layer's windows know what its width does not",
        )
        .drawing(wide_first),
        Twin::concluding(
            "Serra below Xiong",
            |case: &Stacking| Finding::at_most("Serra et al.", serra(case), xiong(case)),
            "the first layer's windows know what ranks do not",
        )
        .drawing(|| Just(line(4, 2, 1)).cases()),
        Twin::concluding(
            "Xiong below Serra",
            |case: &Stacking| Finding::at_most("Xiong et al.", xiong(case), serra(case)),
            "later layers are counted in all dimensions of the input",
        )
        .drawing(|| (1usize..=3).prop_map(|d| line(4, 1, d)).cases()),
    ],
};

const LIMIT: usize = 1 << 16;

fn subsets(case: &Stacking) -> Natural {
    case.stack().subset_upper(LIMIT).expect("two layers, a few units")
}

fn serra(case: &Stacking) -> Natural {
    dense::serra_upper(case.stack().inputs(), &case.stack().widths())
}

fn montufar(case: &Stacking) -> Natural {
    dense::montufar_upper(case.stack().inputs(), &case.stack().widths())
}

fn xiong(case: &Stacking) -> Natural {
    case.stack().xiong_upper(LIMIT).expect("a small shape")
}

fn by_size(case: &Stacking) -> Natural {
    case.stack().by_size_upper(LIMIT).expect("a small shape")
}

/// Filters of two taps on a line, `first` and then `second` of them.
fn line(width: usize, first: usize, second: usize) -> Stacking {
    Stacking { input: [1, 1, width], layers: vec![[1, 2, 1, first], [1, 2, 1, second]] }
}

fn shapes() -> Cases<Stacking> {
    let dense = (1usize..=3, 1usize..=4, 1usize..=3);
    let dense = dense.prop_map(|(n, m, last)| Stacking::dense(n, &[m, last]));
    prop_oneof![2 => line_shapes(2..=2, 2), 1 => dense].cases()
}

fn wide_first() -> Cases<Stacking> {
    (1usize..=3).prop_map(|d| line(4, 2, d)).cases()
}
