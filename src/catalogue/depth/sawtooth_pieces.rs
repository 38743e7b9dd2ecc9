//! Sawtooth layers multiply their teeth: 2^k pieces from two units a layer.

use crate::catalogue::prelude::*;
use crate::construct::sawtooth::sawtooth;
use crate::generators::layer_chains::unit_cube;

pub(super) static CLAIM: Claim<Case> = Claim {
    card: theorem!("depth/sawtooth_pieces", AGAINST_THE_STATEMENT)
        .formally("sawtooth_pieces", 0x69e3_f828_699f_ba97)
        .derived_from("Telgarsky2016", "the composed tent maps")
        .as_printed("from memory, for tents only: p_l = 2 and 2^k pieces"),
    statement: "layers that fold [0, 1] p_1, .., p_k times, p_l units each  ⟹  \
                R4 on (0, 1) = p_1 p_2 .. p_k",
    cases: || {
        teeth(1..=4, 1..=4)
            .with("deep", 32, teeth(2..=3, 6..=8))
            .with("wide", 64, teeth(9..=40, 2..=2))
            .with("40 units, 12 layers", 1024, teeth(2..=4, 10..=14))
    },
    hypotheses: &[],
    conclusion: |case| equal("pieces", case.pieces(), case.product()),
    twins: &[
        twin("one piece more", |case: &Case| equal("pieces", case.pieces(), case.product() + 1))
            .because("k tents make 2^k pieces"),
        twin("as few pieces as a shallow network", |case: &Case| {
            let units: usize = case.teeth.iter().sum();
            at_most("pieces", case.pieces(), units + 1)
        })
        .because("four tents make 16 pieces from 8 units")
        .drawing(|| Cases::listed(tents())),
        twin("the line has no more intervals than the unit interval", |case: &Case| {
            let whole = case.network().count_regions(Notion::R2, &Domain::Whole);
            at_most("activation intervals on the line", whole, case.product())
        })
        .because("k ≥ 2 tents have 2^k + 2 activation intervals on the line")
        .drawing(|| Cases::listed(tents())),
    ],
    well_formed: |case| {
        let product = case.teeth.iter().try_fold(1usize, |n, &p| n.checked_mul(p));
        let fits = !case.teeth.is_empty() && product.is_some_and(|n| (1..=MAX_PIECES).contains(&n));
        require!(fits, "expected one layer at least, and 1 to {MAX_PIECES} pieces")
    },
};

/// The most pieces that are counted.
const MAX_PIECES: usize = 1 << 16;

/// How often each layer folds the unit interval.
#[derive(Debug, Serialize, Deserialize)]
pub struct Case {
    teeth: Vec<usize>,
}

impl Case {
    fn product(&self) -> usize {
        self.teeth.iter().product()
    }

    fn pieces(&self) -> u64 {
        self.network().count_regions(Notion::R4, &unit_cube(1))
    }

    fn network(&self) -> Network {
        sawtooth(&self.teeth)
    }
}

/// Teeth and layers in these numbers, with at most as many pieces as can be asked for.
fn teeth(each: Span, layers: Span) -> impl Strategy<Value = Case> {
    vec(each, layers).prop_map(|mut teeth| {
        while teeth.iter().product::<usize>() > MAX_PIECES {
            teeth.pop();
        }
        Case { teeth }
    })
}

fn tents() -> Vec<Case> {
    (4..=8).map(|k| Case { teeth: vec![2; k] }).collect()
}
