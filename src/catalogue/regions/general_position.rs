//! The bound for hyperplanes is attained exactly in general position.

use crate::catalogue::prelude::*;
use crate::generators::planes::Planes;

pub(super) static CLAIM: Claim<Planes> = Claim {
    card: theorem!("regions/general_position", LINE_BY_LINE)
        .formally("general_position", 0x6b34_05d9_e021_047e)
        .quoted_from("Zaslavsky1975", "the bound for arrangements, when it is attained"),
    statement: "cells = Σ_{i ≤ n} C(m, i)  ⟺  any n of the m normals (or all, if fewer) are \
                independent and no n + 1 hyperplanes share a point; compared as 0 or 1",
    cases: || {
        planes::planes(1)
            .with("5 dimensions, 9 hyperplanes", 16, planes::many(2..=5, 6..=9))
            .with("up to 3 dimensions, 20 hyperplanes", 64, planes::many(2..=3, 12..=20))
            .with("6 dimensions, 16 hyperplanes", 512, planes::many(6..=6, 12..=16))
            .with("4 dimensions, 24 hyperplanes", 1024, planes::many(4..=4, 20..=24))
            .with("6 dimensions, 40 hyperplanes", 4096, planes::many(6..=6, 40..=40))
            .with("3 dimensions, 40 hyperplanes", 2048, planes::many(3..=3, 40..=40))
    },
    hypotheses: &[],
    conclusion: |case| compared(case, case.are_in_general_position()),
    twins: &[
        twin("independent normals are enough", |case: &Planes| {
            compared(case, case.are_independent())
        })
        .because("three lines through one point"),
        twin("no common points are enough", |case: &Planes| compared(case, case.share_no_point()))
            .because("two parallel lines, and a third"),
    ],
    well_formed: Planes::check,
};

/// Whether the bound is attained, against what is said about it.
fn compared(case: &Planes, said: bool) -> Conclusion {
    let bound = choose_up_to(case.count(), case.dimension());
    equal("attained", bound == case.walked().into(), said)
}
