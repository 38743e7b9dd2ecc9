//! The bounds for one layer, in order.

use crate::catalogue::prelude::*;
use crate::generators::filters::{Filters, Layout};

pub(super) static CLAIM: Claim<Case> = Claim {
    card: theorem!("regions/one_layer_bounds_in_order", LINE_BY_LINE)
        .derived_from("Xiong2020", "Theorem 2, repaired")
        .as_printed("printed with R_N attained; in two dimensions it is not"),
    statement: "independent sets of the own rows ≤ of generic filters ≤ R_N ≤ Σ_{i ≤ n} \
                C(N, i) ≤ 2^N; one link a case",
    cases: || {
        let small = prop_oneof![
            4 => filters::line(9),
            2 => filters::plane(8),
            2 => (2usize..=3).prop_map(filters::postcard),
        ];
        links(small.boxed())
            .with("4 inputs, 20 units", 16, links(wide_layouts::layouts(2..=4, 10..=20)))
            .with("6 inputs, 16 units", 64, links(wide_layouts::layouts(5..=6, 10..=16)))
            .with("3x4 inputs, two filters", 256, links(Just(strip()).boxed()))
            .with("6 inputs, 40 units", 1024, links(wide_layouts::layouts(6..=6, 36..=40)))
    },
    hypotheses: &[],
    conclusion: |case| {
        let [smaller, larger] = case.neighbours();
        at_most("smaller of two neighbours", smaller, larger)
    },
    twins: &[
        twin("the other way round", |case: &Case| {
            let [smaller, larger] = case.neighbours();
            at_least("smaller of two neighbours", smaller, larger)
        })
        .because("every link is strict somewhere"),
        twin("one to spare", |case: &Case| {
            let [smaller, larger] = case.neighbours();
            at_most("one above the smaller", smaller + Rational::ONE, larger)
        })
        .because("every link is an equality somewhere"),
    ],
    well_formed: |case| {
        require!(case.link <= 3, "link {} of a chain of 4", case.link)?;
        case.layer.check()
    },
};

/// A layer, and which two neighbours of the chain are compared: `link` below 4.
#[derive(Debug, Serialize, Deserialize)]
pub struct Case {
    link: usize,
    layer: Filters,
}

impl Case {
    fn neighbours(&self) -> [Rational; 2] {
        [self.bound(self.link), self.bound(self.link + 1)].map(Rational::from)
    }

    fn bound(&self, place: usize) -> Natural {
        let layout = self.layer.layout();
        let (sliding, filters) = (layout.sliding(), layout.filters);
        match place {
            0 => self.layer.independent(),
            // Of fixed filters: at most the maximum, and equal to it up to an unlucky prime.
            1 => {
                let sizes = sliding.generic_by_size(filters, usize::MAX);
                sizes.expect("there is no limit").into_iter().sum()
            }
            2 => sliding.published_count(filters),
            3 => sliding.dense_count(filters),
            _ => Natural::from(1u32) << layout.units(),
        }
    }
}

/// A shape on which generic filters stay below `R_N` by 35.
fn strip() -> Layout {
    Layout { input: [3, 4], ..filters::postcard(2) }
}

/// Layers of these sizes, with a link of the chain.
fn links(layouts: BoxedStrategy<Layout>) -> impl Strategy<Value = Case> {
    (0usize..4, filters::layers(layouts, 5)).prop_map(|(link, layer)| Case { link, layer })
}
