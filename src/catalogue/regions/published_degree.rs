//! R_N grows like the number of filters to the number of inputs that are read.

use crate::catalogue::prelude::*;
use crate::generators::filters::Layout;

pub(super) static CLAIM: Claim<Layout> = Claim {
    card: theorem!("regions/published_degree", LINE_BY_LINE)
        .remembered_from("Xiong2020", "Theorem 3")
        .as_printed("remembered as an order of growth, Θ(d^(#∪ S_p))"),
    statement: "the last finite difference of d ↦ R_N(d), d = 0, 1, .., P taps + 1, that is \
                not zero has order #∪ S_p",
    cases: || {
        let line = (1usize..=4, 0usize..=6, 1usize..=2, 1usize..=5);
        let line = line.prop_map(|(filter, more, depth, stride)| {
            let line = Layout::on_a_line(filter + more, filter);
            Layout { depth, stride, ..line }
        });
        let plane = ([1usize..=2, 1usize..=3], [0usize..=1, 0usize..=2], 1usize..=3);
        let plane = plane.prop_map(|(filter, more, stride)| {
            let input = [filter[0] + more[0], filter[1] + more[1]];
            Layout { input, depth: 1, filter, stride, filters: 1 }
        });
        layouts().with("long lines", 8, line).with("planes", 16, plane)
    },
    hypotheses: &[],
    conclusion: |case| equal("degree", degree(case), case.sliding().covered()),
    twins: &[
        twin("every input counts", |case: &Layout| {
            equal("degree", degree(case), case.sliding().inputs())
        })
        .because("a stride larger than the filter skips inputs"),
        twin("every tap counts", |case: &Layout| {
            let taps = case.sliding().positions() * case.sliding().taps();
            equal("degree", degree(case), taps)
        })
        .because("windows that overlap read an input once more"),
    ],
    well_formed: Layout::check,
};

/// The largest order whose finite difference at zero is not zero.
fn degree(case: &Layout) -> usize {
    let sliding = case.sliding();
    // Above this many filters no window has a set of units that it had not before.
    let most = sliding.positions() * sliding.taps() + 1;
    let count = |filters| Rational::from(sliding.published_count(filters));
    let mut values: Vec<Rational> = (0..=most).map(count).collect();
    let mut degree = 0;
    for order in 0..=most {
        if !values[0].is_zero() {
            degree = order;
        }
        values = values.windows(2).map(|pair| &pair[1] - &pair[0]).collect();
    }
    degree
}

/// Lines and planes, some with strides that skip inputs.
fn layouts() -> impl Strategy<Value = Layout> {
    let skipping = (1usize..=2, 1usize..=3, 1usize..=5).prop_map(|(filter, stride, n)| {
        let line = Layout::on_a_line(n.max(filter), filter);
        Layout { stride, ..line }
    });
    prop_oneof![2 => filters::line(9), 1 => filters::plane(4), 2 => skipping]
}
