//! No diameter-limited perceptron sees whether a picture is connected.

use crate::catalogue::prelude::*;
use crate::generators::pictures::Bars;

pub(super) static CLAIM: Claim<Bars> = Claim {
    card: theorem!("perceptron/diameter_limited", AGAINST_ITS_NOTE)
        .remembered_from("MinskyPapert1969", "no diameter-limited perceptron sees connectedness"),
    statement: "three bars, two links; no mask sees both links  ⟹  [f > 0] ≠ [connected] for one \
                of the four pictures",
    cases: || Cases::of(pictures::near_sighted()),
    hypotheses: &[given("no mask sees both links", Bars::sees_one_link)
        .needed("two masks with both links decide", || pictures::far_sighted().cases())],
    conclusion: |case| misjudged(case, 1),
    twins: &[
        twin("two pictures are misjudged", |case: &Bars| misjudged(case, 2))
            .because("f = [left down] + [right down] is wrong about (down, down) only")
            .drawing(|| pictures::links_alone().cases()),
        twin("whether there are fewer than three pieces", |case: &Bars| {
            let wrong = FOUR.into_iter().filter(|&links| {
                case.sum(links).is_positive() != (case.picture(links).pieces() < 3)
            });
            at_least("pictures misjudged", wrong.count(), 1)
        })
        .because("no picture has three pieces: a constant is right"),
    ],
    well_formed: Bars::check,
};

/// Whether the left and the right link are low.
const FOUR: [[bool; 2]; 4] = [[false, false], [false, true], [true, false], [true, true]];

/// Claims that `f > 0` is wrong about so many of the four pictures.
fn misjudged(case: &Bars, least: u32) -> Conclusion {
    let wrong = FOUR
        .into_iter()
        .filter(|&links| case.sum(links).is_positive() != (case.picture(links).pieces() == 1));
    at_least("pictures misjudged", wrong.count(), least)
}
