//! Whether every box holds a point has order m in large boxes.

use crate::catalogue::prelude::*;
use crate::generators::boxes::Boxes;

pub(super) static CLAIM: Claim<Boxes> = Claim {
    card: theorem!("perceptron/one_in_a_box", AGAINST_ITS_NOTE)
        .remembered_from("MinskyPapert1969", "the one-in-a-box theorem")
        .as_printed("from memory, with boxes of 4 m² points; (2 m - 1)² are enough"),
    statement: "deg p < m, (2m - 1)² points or more in each of m boxes  ⟹  \
                [p(a_1, .., a_m) > 0] ≠ [every a_i ≥ 1] for some numbers a_i of points",
    cases: || Cases::of(boxes::of_low_degree()),
    hypotheses: &[
        given("degree below the number of boxes", |case: &Boxes| {
            case.degree().is_none_or(|degree| degree < case.boxes)
        })
        .needed("a_1 a_2 .. a_m is positive exactly where no box is empty", || {
            boxes::products().cases()
        }),
        given("large boxes", |case: &Boxes| case.size >= case.enough())
            .needed("three boxes of three points are decided in degree two", || {
                Cases::listed(boxes::in_small_boxes())
            }),
    ],
    conclusion: |case| misjudged(case, 1),
    twins: &[twin("two numbers are misjudged", |case: &Boxes| misjudged(case, 2))
        .because("in one box the constant 1 is wrong about the empty box alone")],
    well_formed: Boxes::check,
};

/// Claims that so many of the numbers that are asked about are misjudged.
fn misjudged(case: &Boxes, least: u32) -> Conclusion {
    at_least("numbers misjudged", wrong(case)?, least)
}

fn wrong(case: &Boxes) -> Result<usize, Undecided> {
    let counts = case.counts().ok_or(Undecided("the boxes are too small for the curve"))?;
    let is_wrong = |a: &&Vec<usize>| case.fires(a) != a.iter().all(|&a| a > 0);
    Ok(counts.iter().filter(is_wrong).count())
}
