//! The numbers of independent sets are ultra-log-concave.

use crate::catalogue::prelude::*;
use crate::generators::filters::{Filters, Layout};

pub(super) static CLAIM: Claim<Case> = Claim {
    card: theorem!("regions/independent_sets_log_concave", LINE_BY_LINE)
        .remembered_from("Anari2018", "Mason's strongest conjecture"),
    statement: "m rows, 0 < k < m:  I_k² k (m − k) ≥ I_(k−1) I_(k+1) (k + 1) (m − k + 1)",
    cases: || {
        let small = prop_oneof![3 => filters::line(9), 1 => filters::plane(8)].boxed();
        let large = |inputs, units| sized(wide_layouts::layouts(inputs, units), 20);
        sized(small, 4)
            .with("4 inputs, 20 units", 16, large(2..=4, 10..=20))
            .with("6 inputs, 16 units", 64, large(5..=6, 10..=16))
            .with("6 inputs, 24 units", 128, large(6..=6, 20..=24))
            .with("6 inputs, 40 units", 512, large(6..=6, 36..=40))
    },
    hypotheses: &[],
    conclusion: |case| {
        let [found, bound] = case.sides();
        at_least("I_k squared, weighted", found, bound)
    },
    twins: &[
        twin("strictly", |case: &Case| {
            let [found, bound] = case.sides();
            above("I_k squared, weighted", found, bound)
        })
        .because("if all sets are independent the sequence is constant"),
        twin("the numbers increase", |case: &Case| {
            let [_, here, after] = case.numbers();
            at_least("I_(k+1)", after, here)
        })
        .because("beyond the middle, or the rank, they fall"),
    ],
    well_formed: |case| {
        case.layer.check()?;
        match case.layer.layout().units() {
            units if (1..units).contains(&case.size) => Ok(()),
            units => Err(format!("sets of {} of {units} units", case.size)),
        }
    },
};

/// A layer, and a size of sets of its units.
#[derive(Debug, Serialize, Deserialize)]
pub struct Case {
    size: usize,
    layer: Filters,
}

impl Case {
    /// `I_(k-1), I_k, I_(k+1)`: no set is larger than the largest that is listed.
    fn numbers(&self) -> [Rational; 3] {
        let mut sizes = self.layer.independent_by_size();
        sizes.resize(sizes.len().max(self.size + 2), Natural::ZERO);
        [self.size - 1, self.size, self.size + 1].map(|size| Rational::from(sizes[size].clone()))
    }

    /// Both sides of the inequality, without denominators.
    fn sides(&self) -> [Rational; 2] {
        let [before, here, after] = self.numbers();
        let (k, others) = (self.size, self.layer.layout().units() - self.size);
        let weighted = |x: Rational, weights: [usize; 2]| {
            weights.into_iter().fold(x, |x, weight| x * Rational::from(weight))
        };
        [weighted(&here * &here, [k, others]), weighted(before * after, [k + 1, others + 1])]
    }
}

/// Layers of two units at least.
fn sized(layouts: BoxedStrategy<Layout>, most: i64) -> BoxedStrategy<Case> {
    let several = |layout: Layout| match layout.units() {
        1 => Layout { filters: 2, ..layout },
        _ => layout,
    };
    filters::layers(layouts.prop_map(several).boxed(), most)
        .prop_flat_map(|layer| (1..layer.layout().units(), Just(layer)))
        .prop_map(|(size, layer)| Case { size, layer })
        .boxed()
}
