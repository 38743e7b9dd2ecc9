//! # Of the cells of `m` hyperplanes at most `C(m - 1, n)` are bounded
//!
//! A fully connected layer of `m` units on `n` inputs has few regions that lie in a ball: all
//! others reach infinity, where training data never are. A further hyperplane encloses one more for
//! each bounded cell that the others cut on it.
#![doc = include_str!("../../../proofs/regions/bounded_cells.md")]

use crate::claim::prelude::*;
use crate::exact::Natural;
use crate::generators::planes::{self, Planes};
use crate::geometry::counting::choose_up_to;

/// The claim.
pub static CLAIM: Claim<Planes> = Claim {
    card: Card {
        id: "regions/bounded_cells",
        title: "Of the cells of m hyperplanes at most C(m - 1, n) are bounded",
        statement: "m hyperplanes in n dimensions  ⟹  bounded cells = those of A − H + those on H \
                    if the normals of A − H span, else 0; and at most C(m − 1, n)",
        source: Source::new("Zaslavsky1975", "the bounded regions of an arrangement"),
        wording: Wording::Remembered,
        as_printed: None,
        standing: Standing::Theorem,
        evidence: Evidence::Proved { by: "its note, read line by line in review, 2026-11" },
        note: "proofs/regions/bounded_cells.md",
    },
    cases: || {
        Cases::drawn(planes::planes(1))
            .with("3 dimensions, 12 hyperplanes", 16, planes::many(1..=3, 6..=12))
            .with("5 dimensions, 9 hyperplanes", 64, planes::many(4..=5, 7..=9))
            .with("3 dimensions, 40 hyperplanes", 512, planes::many(2..=3, 30..=40))
            .with("40 hyperplanes, most parallel", 128, planes::mostly_parallel(6..=6, 40..=44, 6))
            .with("6 dimensions, 14 hyperplanes", 1024, planes::many(6..=6, 12..=14))
    },
    hypotheses: &[],
    conclusion: |case| {
        let without_cells = Natural::from(case.bounded_cells());
        Finding::equal("bounded cells", bounded(case), without_cells.min(choose(case, 1)))
    },
    twins: &[
        Twin::concluding(
            "one hyperplane fewer",
            |case| Finding::at_most("bounded cells", bounded(case), choose(case, 2)),
            "a triangle needs three lines only",
        ),
        Twin::concluding(
            "all hyperplanes attain it",
            |case| Finding::equal("bounded cells", bounded(case), choose(case, 1)),
            "parallel or concurrent hyperplanes enclose less",
        ),
    ],
};

fn bounded(case: &Planes) -> usize {
    case.complex().cells.iter().filter(|cell| cell.bounded).count()
}

/// `C(m - fewer, n)`.
fn choose(case: &Planes, fewer: usize) -> Natural {
    let (m, n) = (case.count().saturating_sub(fewer), case.dimension());
    choose_up_to(m, n) - choose_up_to(m, n - 1)
}
