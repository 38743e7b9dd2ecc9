//! m hyperplanes have at most m Σ_{i < n} C(m - 1, i) facets.

use crate::catalogue::prelude::*;
use crate::generators::planes::Planes;

pub(super) static CLAIM: Claim<Planes> = Claim {
    card: theorem!("regions/facets_between_cells", LINE_BY_LINE)
        .derived_from("Zaslavsky1975", "the faces of an arrangement, by codimension"),
    statement: "m hyperplanes in n dimensions  ⟹  pairs of cells that share a facet = cells of \
                the others on each hyperplane, together ≤ m Σ_{i < n} C(m − 1, i)",
    cases: || Cases::of(planes::listable()),
    hypotheses: &[],
    conclusion: |case| {
        let on_all = Natural::from(case.cells_on_all());
        equal("facets", facets(case), on_all.min(bound(case, 1)))
    },
    twins: &[
        twin("the others do not cut", |case: &Planes| {
            at_most("facets", facets(case), case.count())
        })
        .because("two lines that cross have four facets"),
        twin("all hyperplanes attain it", |case: &Planes| {
            equal("facets", facets(case), bound(case, 1))
        })
        .because("parallel hyperplanes do not cut each other"),
        twin("one of the others misses", |case: &Planes| {
            at_most("facets", facets(case), bound(case, 2))
        })
        .because("in general position all others cut a hyperplane"),
    ],
    well_formed: Planes::check,
};

fn facets(case: &Planes) -> usize {
    case.complex().adjacent.len()
}

/// `m` times the cells of `m - fewer` hyperplanes one dimension down.
fn bound(case: &Planes, fewer: usize) -> Natural {
    let m = case.count();
    choose_up_to(m.saturating_sub(fewer), case.dimension() - 1) * m
}
