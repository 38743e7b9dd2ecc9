//! The kernel of a wide network is positive definite for distinct inputs.

use crate::catalogue::prelude::*;
use crate::kernel::least_pivot;

pub(super) static CLAIM: Claim<Points> = Claim {
    card: refuted!("width/distinct_inputs_definite")
        .remembered_from("Du2019", "the assumption λ_min(H) > 0, as it is often paraphrased")
        .as_printed("the paper asks that no two inputs are parallel, and that is enough"),
    statement: "x_i distinct, of norm one on a hexagon  ⟹  every pivot of H is positive",
    cases: || {
        let chosen = |set: usize| (0..6).filter(|k| set >> k & 1 == 1).collect::<Vec<_>>();
        Cases::listed((1..1 << 6).map(|set| Points::hexagon(&chosen(set))))
    },
    hypotheses: &[given("distinct", |case: &Points| case.directions().len() == case.len())
        .needed("a point and itself", || directions::on_a_hexagon(3).cases())],
    conclusion: |case| {
        let least = least_pivot(case).ok_or(Undecided("the sign of a pivot at 4096 bits"));
        above("least pivot", least, 0)
    },
    twins: &[],
    well_formed: Points::check,
};
