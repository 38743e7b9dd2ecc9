//! R_N grows with input, channels and filters, and with the window if positions stay.

use crate::catalogue::prelude::*;
use crate::generators::filters::Layout;

pub(super) static CLAIM: Claim<Case> = Claim {
    card: theorem!("regions/published_count_grows", LINE_BY_LINE)
        .derived_from("Xiong2020", "the count of Theorem 2"),
    statement: "R_N does not fall when the width, d_0 or d grows by one, nor when the filter \
                and the input do together",
    cases: || {
        let small = prop_oneof![3 => filters::line(12), 1 => filters::plane(4)].boxed();
        let line = (1usize..=8, 0usize..=7, 1usize..=3, 1usize..=3, 1usize..=40);
        let line = line.prop_map(|(filter, more, depth, stride, filters)| {
            let line = Layout::on_a_line(filter + more, filter);
            Layout { depth, stride, filters, ..line }
        });
        let plane = ([1usize..=2, 1usize..=3], [0usize..=1, 0usize..=3], 1usize..=4);
        let plane = plane.prop_map(|(filter, more, filters)| {
            let input = [filter[0] + more[0], filter[1] + more[1]];
            Layout { input, depth: 1, filter, stride: 1, filters }
        });
        let strata = growing(small).with("long lines", 8, growing(line.boxed()));
        strata.with("planes", 32, growing(plane.boxed()))
    },
    hypotheses: &[],
    conclusion: |case| at_most("R_N before", count(&case.before), count(&case.after())),
    twins: &[
        twin("a larger window in the same input", |case: &Case| {
            let Layout { input, filter, .. } = case.before;
            let wider = [filter[0], (filter[1] + 1).min(input[1])];
            let after = Layout { filter: wider, ..case.before };
            at_most("R_N before", count(&case.before), count(&after))
        })
        .because("positions are lost"),
        twin("strictly", |case: &Case| {
            let more = Rational::from(count(&case.before)) + Rational::ONE;
            at_most("R_N before and one", more, count(&case.after()))
        })
        .because("inputs that a stride does not reach change nothing"),
    ],
    well_formed: |case| case.before.check(),
};

/// A layer, and what grows by one.
#[derive(Debug, Serialize, Deserialize)]
pub struct Case {
    grows: Growth,
    before: Layout,
}

#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Growth {
    Width,
    Channels,
    Filters,
    WindowAndWidth,
}

impl Case {
    fn after(&self) -> Layout {
        let mut after = self.before;
        match self.grows {
            Growth::Width => after.input[1] += 1,
            Growth::Channels => after.depth += 1,
            Growth::Filters => after.filters += 1,
            Growth::WindowAndWidth => {
                after.input[1] += 1;
                after.filter[1] += 1;
            }
        }
        after
    }
}

fn count(layout: &Layout) -> Natural {
    layout.sliding().published_count(layout.filters)
}

/// These layers, with what grows.
fn growing(layouts: BoxedStrategy<Layout>) -> impl Strategy<Value = Case> {
    let growths = vec![Growth::Width, Growth::Channels, Growth::Filters, Growth::WindowAndWidth];
    (select(growths), layouts).prop_map(|(grows, before)| Case { grows, before })
}
