//! # Two filters on a box of positions as large as they are lose exactly one region
//!
//! Let the input be `2 f_1 - 1` by `2 f_2 - 1` with `f_1, f_2 >= 2`, so that an `f_1 x f_2` filter
//! has `f_1 x f_2` positions. For two filters `R_N = 4^(f_1 f_2)`, all sets of units; the maximum
//! is one less. The commutator of the filters is the only relation that generic ones satisfy.
#![doc = include_str!("../../../proofs/regions/box_deficit.md")]

use crate::claim::{self, prelude::*};
use crate::exact::Rational;
use crate::generators::filters::Layout;
use proptest::prelude::*;
use serde::{Deserialize, Serialize};

/// The claim.
pub static CLAIM: Claim<Case> = Claim {
    card: Card {
        id: "regions/box_deficit",
        title: "Two filters on a box of positions as large as they are lose exactly one region",
        statement: "input (2 f_1 − 1) x (2 f_2 − 1), f_1, f_2 ≥ 2, two filters f_1 x f_2: \
                    R_N − #{independent sets of the named filters} = 1",
        source: Source::new("Xiong2020", "by how much Theorem 2 fails in two dimensions"),
        wording: Wording::Derived,
        as_printed: Some("printed without a deficit"),
        standing: Standing::Theorem,
        evidence: Evidence::PropertyTested,
        note: "proofs/regions/box_deficit.md",
    },
    cases: || filters(2..=3, 0..=0),
    hypotheses: &[
        Hypothesis::new("both sides at least two", |case| case.filter.iter().all(|&f| f > 1)),
        Hypothesis::new("as many positions as taps", |case| case.more == [0, 0]),
    ],
    conclusion: |case| Finding::equal("deficit", case.deficit(), 1),
    twins: &[
        Twin::without(
            "both sides at least two",
            || filters(1..=3, 0..=0),
            "on a line the published count is right",
        ),
        Twin::without(
            "as many positions as taps",
            || filters(2..=2, 0..=1),
            "every set that contains the relation is lost, and there are more of them",
        ),
        Twin::concluding(
            "no deficit",
            |case| Finding::equal("deficit", case.deficit(), 0),
            "the filters commute",
        ),
    ],
};

/// A filter, and how much larger the grid of positions is.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Case {
    filter: [usize; 2],
    more: [usize; 2],
}

impl claim::Case for Case {
    fn well_formed(&self) -> Result<(), String> {
        let small = self.filter.iter().all(|f| (1..=4).contains(f));
        if small && self.filter[0] * self.filter[1] <= 9 && self.more.iter().sum::<usize>() <= 1 {
            return Ok(());
        }
        Err("filters of at most 9 taps, and at most one row or column more".to_owned())
    }
}

impl Case {
    fn layout(&self) -> Layout {
        let side = |axis: usize| 2 * self.filter[axis] - 1 + self.more[axis];
        Layout { input: [side(0), side(1)], depth: 1, filter: self.filter, stride: 1, filters: 2 }
    }

    fn deficit(&self) -> Rational {
        let layout = self.layout();
        let published = layout.sliding().published_count(2);
        Rational::from(published) - Rational::from(layout.named().independent())
    }
}

/// Filters of at most six taps with sides in this range, and grids that are larger by this much.
fn filters(
    sides: std::ops::RangeInclusive<usize>,
    more: std::ops::RangeInclusive<usize>,
) -> Cases<Case> {
    (sides.clone(), sides, more, any::<bool>())
        .prop_map(|(long, other, more, columns)| {
            let short = if long * other > 6 { 2 } else { other };
            let filter = if columns { [short, long] } else { [long, short] };
            Case { filter, more: if columns { [0, more] } else { [more, 0] } }
        })
        .cases()
}
