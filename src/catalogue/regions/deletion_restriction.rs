#![doc = include_str!("../../../proofs/regions/deletion_restriction.md")]

use crate::claim::prelude::*;
use crate::generators::planes::{self, Planes};

pub(super) static CLAIM: Claim<Case> = Claim {
    card: theorem!("regions/deletion_restriction", LINE_BY_LINE)
        .quoted_from("Zaslavsky1975", "deletion and restriction"),
    statement: "H is none of the others  ⟹  cells(A) = cells(A − H) + cells of A on H",
    cases: || {
        cases().with("6 dimensions, 24 hyperplanes", 128, last(6..=6, 20..=24)).with(
            "6 dimensions, 40 hyperplanes",
            2048,
            last(6..=6, 40..=40),
        )
    },
    hypotheses: &[Hypothesis::new("the hyperplane is new", |case| !case.planes.repeats_last())],
    // The walk knows nothing of deletion and restriction, which count the other side.
    conclusion: |case| {
        let sum = case.planes.cells_without_last() + case.planes.cells_on_last();
        Finding::equal("cells", case.planes.walked(), sum)
    },
    twins: &[
        Twin::without(
            "the hyperplane is new",
            cases,
            "a hyperplane that is there twice adds nothing",
        ),
        Twin::concluding(
            "every cell is cut",
            |case| {
                let twice = 2 * case.planes.cells_without_last();
                Finding::equal("cells", case.planes.cells(), twice)
            },
            "as a rule a hyperplane misses some cells",
        ),
        Twin::concluding(
            "one cell more",
            |case| {
                let more = Rational::from(case.planes.cells_without_last()) + Rational::ONE;
                Finding::equal("cells", case.planes.cells(), more)
            },
            "the others cut the hyperplane too",
        ),
    ],
};

/// Hyperplanes in at least two dimensions, the last one `H` with a normal that is not zero.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Case {
    planes: Planes,
}

impl claim::Case for Case {
    fn well_formed(&self) -> Result<(), String> {
        self.planes.check()?;
        let last = &self.planes.normals()[self.planes.count() - 1];
        require!(
            self.planes.dimension() >= 2 && !last.iter().all(Rational::is_zero),
            "two dimensions at least, and a last normal that is not zero"
        )
    }
}

fn cases() -> Cases<Case> {
    let small = planes::with_a_last(planes::planes(2)).prop_map(|planes| Case { planes });
    Cases::drawn(small).with("up to 4 dimensions, 20 hyperplanes", 16, last(2..=4, 12..=20)).with(
        "up to 6 dimensions, 16 hyperplanes",
        64,
        last(5..=6, 12..=16),
    )
}

fn last(
    dimension: RangeInclusive<usize>,
    count: RangeInclusive<usize>,
) -> impl Strategy<Value = Case> {
    planes::with_a_last(planes::many(dimension, count)).prop_map(|planes| Case { planes })
}
