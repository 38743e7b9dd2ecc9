//! Connectedness has no finite order: ladders of m rows of rungs need degree m.

use crate::catalogue::prelude::*;
use crate::generators::boxes::Boxes;
use crate::generators::pictures::Picture;

pub(super) static CLAIM: Claim<Boxes> = Claim {
    card: theorem!("perceptron/connectedness_of_ladders", AGAINST_ITS_NOTE)
        .remembered_from("MinskyPapert1969", "connectedness is not of finite order")
        .as_printed("from memory; the size of the board is ours"),
    statement: "deg p < m, s ≥ (2m - 1)²  ⟹  [p > 0] ≠ [connected] for some picture on \
                2m + 1 rows and s columns: rows 0, 2, .., 2m black, a_i cells between them",
    cases: || Cases::of(boxes::of_low_degree()),
    hypotheses: &[
        given("degree below the number of rungs", |case: &Boxes| {
            case.degree().is_none_or(|degree| degree < case.boxes)
        })
        .needed("the product of the numbers of cells decides", || boxes::products().cases()),
        given("long rows", |case: &Boxes| case.size >= case.enough())
            .needed("seven rows and three columns are decided in degree two", || {
                Cases::listed(boxes::in_small_boxes())
            }),
    ],
    conclusion: |case| misjudged(case, |pieces, _| pieces == 1, 1),
    twins: &[
        twin("two pictures are misjudged", |case: &Boxes| {
            misjudged(case, |pieces, _| pieces == 1, 2)
        })
        .because("with one row between two the constant 1 is wrong about the empty row alone"),
        twin("whether any two rails are joined", |case: &Boxes| {
            misjudged(case, |pieces, rows| pieces <= rows, 1)
        })
        .because("the number of cells between the rails is positive: order one")
        .drawing(|| boxes::sums().cases()),
    ],
    well_formed: Boxes::check,
};

/// Claims that `p > 0` is wrong about so many of the ladders that are asked about, where the truth
/// depends on the number of pieces and of rows of rungs.
fn misjudged(case: &Boxes, truth: fn(usize, usize) -> bool, least: u32) -> Conclusion {
    let counts = case.counts().ok_or(Undecided("the rows are too short for the curve"))?;
    let wrong = |a: &&Vec<usize>| {
        case.fires(a) != truth(Picture::ladder(case.size, a).pieces(), case.boxes)
    };
    at_least("pictures misjudged", counts.iter().filter(wrong).count(), least)
}
