//! # `m` hyperplanes have at most `m` times `sum over i < n of C(m - 1, i)` facets
//!
//! Each hyperplane is cut by the others, and every piece is a facet that two cells share: in the
//! plane, `m` lines make at most `m^2` pairs of neighbours.
#![doc = include_str!("../../../proofs/regions/facets_between_cells.md")]

use crate::claim::prelude::*;
use crate::exact::Natural;
use crate::generators::planes::{self, Planes};
use crate::geometry::counting::choose_up_to;

/// The claim.
pub static CLAIM: Claim<Planes> = Claim {
    card: Card {
        id: "regions/facets_between_cells",
        title: "m hyperplanes have at most m Σ_{i < n} C(m - 1, i) facets",
        statement: "m hyperplanes in n dimensions  ⟹  pairs of cells that share a facet ≤ \
                    m Σ_{i < n} C(m - 1, i)",
        source: Source::new("Zaslavsky1975", "the faces of an arrangement, by codimension"),
        wording: Wording::Derived,
        as_printed: None,
        standing: Standing::Theorem,
        evidence: Evidence::PropertyTested,
        note: "proofs/regions/facets_between_cells.md",
    },
    cases: || planes::planes(1).cases(),
    hypotheses: &[],
    conclusion: |case| Finding::at_most("facets", facets(case), bound(case, 1)),
    twins: &[
        Twin::concluding(
            "the others do not cut",
            |case| Finding::at_most("facets", facets(case), Natural::from(case.count())),
            "two lines that cross have four facets",
        ),
        Twin::concluding(
            "all hyperplanes attain it",
            |case| Finding::equal("facets", facets(case), bound(case, 1)),
            "parallel hyperplanes do not cut each other",
        ),
        Twin::concluding(
            "one of the others misses",
            |case| Finding::at_most("facets", facets(case), bound(case, 2)),
            "in general position all others cut a hyperplane",
        ),
    ],
};

fn facets(case: &Planes) -> usize {
    case.complex().adjacent.len()
}

/// `m` times the cells of `m - fewer` hyperplanes one dimension down.
fn bound(case: &Planes, fewer: usize) -> Natural {
    let m = case.count();
    choose_up_to(m.saturating_sub(fewer), case.dimension() - 1) * m
}
