//! A hyperplane adds as many cells as the others cut it into.

use crate::catalogue::prelude::*;
use crate::generators::planes::Planes;

pub(super) static CLAIM: Claim<Case> = Claim {
    card: theorem!("regions/deletion_restriction", LINE_BY_LINE)
        .formally("deletion_restriction", 0x8df2_f904_3d6a_cf45)
        .quoted_from("Zaslavsky1975", "deletion and restriction"),
    statement: "H is none of the others  ⟹  cells(A) = cells(A − H) + cells of A on H",
    cases: || {
        let strata = cases().with("6 dimensions, 24 hyperplanes", 128, last(6..=6, 20..=24));
        strata.with("6 dimensions, 40 hyperplanes", 2048, last(6..=6, 40..=40))
    },
    hypotheses: &[given("the hyperplane is new", |case: &Case| !case.planes.repeats_last())
        .needed("a hyperplane that is there twice adds nothing", cases)],
    // The walk knows nothing of deletion and restriction, which count the other side.
    conclusion: |case| {
        let sum = case.planes.cells_without_last() + case.planes.cells_on_last();
        equal("cells", case.planes.walked(), sum)
    },
    twins: &[
        twin("every cell is cut", |case: &Case| {
            let twice = 2 * case.planes.cells_without_last();
            equal("cells", case.planes.cells(), twice)
        })
        .because("as a rule a hyperplane misses some cells"),
        twin("one cell more", |case: &Case| {
            let more = Rational::from(case.planes.cells_without_last()) + Rational::ONE;
            equal("cells", case.planes.cells(), more)
        })
        .because("the others cut the hyperplane too"),
    ],
    well_formed: |case| {
        case.planes.check()?;
        let last = &case.planes.normals[case.planes.count() - 1];
        let fits = case.planes.dimension() >= 2 && !last.iter().all(Rational::is_zero);
        require!(fits, "two dimensions at least, and a last normal that is not zero")
    },
};

/// Hyperplanes in at least two dimensions, the last one `H` with a normal that is not zero.
#[derive(Debug, Serialize, Deserialize)]
pub struct Case {
    planes: Planes,
}

fn cases() -> Cases<Case> {
    let small = planes::with_a_last(planes::planes(2)).prop_map(|planes| Case { planes });
    let strata = small.with("up to 4 dimensions, 20 hyperplanes", 16, last(2..=4, 12..=20));
    strata.with("up to 6 dimensions, 16 hyperplanes", 64, last(5..=6, 12..=16))
}

fn last(dimension: Span, count: Span) -> impl Strategy<Value = Case> {
    planes::with_a_last(planes::many(dimension, count)).prop_map(|planes| Case { planes })
}
