//! Five notions of a linear region, in order.

use crate::catalogue::prelude::*;
use crate::generators::two_hidden_layers::{Deep, sized};

pub(super) static CLAIM: Claim<Case> = Claim {
    card: theorem!("regions/notions_in_order", LINE_BY_LINE)
        .quoted_from("Stargalla2025", "the chain of definitions")
        .as_printed("with R3 and R5 between, which are not counted here, and without strict"),
    statement: "R6 ≤ R4 ≤ R2 ≤ R1 and strict ≤ R2 for every ReLU network; one pair a case",
    cases: || {
        pairs(two_hidden_layers::networks())
            .with("3 inputs, 12 units", 16, pairs(sized(2..=3, [4..=6, 4..=6])))
            .with("5 inputs, 12 units", 256, pairs(sized(4..=5, [6..=8, 3..=4])))
            .with("6 inputs, 20 units", 2048, pairs(sized(6..=6, [10..=12, 6..=8])))
    },
    hypotheses: &[],
    conclusion: |case| {
        let [fewer, more] = case.pair.notions().map(|notion| case.deep.regions(notion));
        at_most("regions of the narrower notion", fewer, more)
    },
    twins: &[
        twin("strict is R2", |case: &Case| same(case, Pair::StrictR2))
            .because("a unit that vanishes on a cell makes it no strict one"),
        twin("R4 is R2", |case: &Case| same(case, Pair::R4R2))
            .because("neighbours with other patterns may have one affine map"),
        twin("R2 is R1", |case: &Case| same(case, Pair::R2R1))
            .because("points where units vanish may have a pattern of their own"),
        twin("R6 is R4", |case: &Case| same(case, Pair::R6R4))
            .because("one affine map may live on sets that do not touch"),
    ],
    well_formed: |case| case.deep.check(),
};

fn same(case: &Case, pair: Pair) -> Conclusion {
    let [fewer, more] = pair.notions().map(|notion| case.deep.regions(notion));
    equal("regions of the narrower notion", fewer, more)
}

/// A network, and two notions.
#[derive(Debug, Serialize, Deserialize)]
pub struct Case {
    pair: Pair,
    deep: Deep,
}

/// Two neighbours in the chain.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Pair {
    StrictR2,
    R6R4,
    R4R2,
    R2R1,
}

impl Pair {
    fn notions(self) -> [Notion; 2] {
        match self {
            Self::StrictR2 => [Notion::Strict, Notion::R2],
            Self::R6R4 => [Notion::R6, Notion::R4],
            Self::R4R2 => [Notion::R4, Notion::R2],
            Self::R2R1 => [Notion::R2, Notion::R1],
        }
    }
}

/// These networks, with two neighbours in the chain.
fn pairs(networks: BoxedStrategy<Deep>) -> impl Strategy<Value = Case> {
    let pairs = vec![Pair::StrictR2, Pair::R6R4, Pair::R4R2, Pair::R2R1];
    (select(pairs), networks).prop_map(|(pair, deep)| Case { pair, deep })
}
