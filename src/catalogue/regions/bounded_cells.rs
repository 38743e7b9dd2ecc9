//! Of the cells of m hyperplanes at most C(m - 1, n) are bounded.

use crate::catalogue::prelude::*;
use crate::generators::planes::Planes;

pub(super) static CLAIM: Claim<Planes> = Claim {
    card: theorem!("regions/bounded_cells", LINE_BY_LINE)
        .remembered_from("Zaslavsky1975", "the bounded regions of an arrangement"),
    statement: "m hyperplanes in n dimensions  ⟹  bounded cells = those of A − H + those on H \
                if the normals of A − H span, else 0; and at most C(m − 1, n)",
    cases: || {
        let large = planes::mostly_parallel(6..=6, 40..=44, 6);
        Cases::of(planes::listable()).with("40 hyperplanes, most parallel", 128, large)
    },
    hypotheses: &[],
    conclusion: |case| {
        let without_cells = Natural::from(case.bounded_cells());
        equal("bounded cells", bounded(case), without_cells.min(choose(case, 1)))
    },
    twins: &[
        twin("one hyperplane fewer", |case: &Planes| {
            at_most("bounded cells", bounded(case), choose(case, 2))
        })
        .because("a triangle needs three lines only"),
        twin("all hyperplanes attain it", |case: &Planes| {
            equal("bounded cells", bounded(case), choose(case, 1))
        })
        .because("parallel or concurrent hyperplanes enclose less"),
    ],
    well_formed: Planes::check,
};

fn bounded(case: &Planes) -> usize {
    case.complex().cells.iter().filter(|cell| cell.bounded).count()
}

/// `C(m - fewer, n)`.
fn choose(case: &Planes, fewer: usize) -> Natural {
    let (m, n) = (case.count().saturating_sub(fewer), case.dimension());
    choose_up_to(m, n) - choose_up_to(m, n - 1)
}
