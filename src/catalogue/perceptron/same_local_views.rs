//! Local views cannot tell which two links join three bars.

use crate::catalogue::prelude::*;
use crate::generators::pictures::Bars;

pub(super) static CLAIM: Claim<Bars> = Claim {
    card: theorem!("perceptron/same_local_views", AGAINST_ITS_NOTE)
        .remembered_from("MinskyPapert1969", "diameter-limited perceptrons")
        .as_printed("from memory; the sum over four pictures is our wording"),
    statement: "three bars, a link on the left and one on the right, up or down; no mask sees both \
                links  ⟹  f(up, up) + f(down, down) = f(up, down) + f(down, up)",
    cases: || Cases::of(pictures::near_sighted()),
    hypotheses: &[given("no mask sees both links", Bars::sees_one_link).needed(
        "a mask with both links, on a board of any length, tells the pictures apart",
        || {
            let closer_than_the_board = pictures::drawn(1..=2, 1..=6, 1, 1..=2);
            prop_oneof![pictures::far_sighted(), closer_than_the_board].cases()
        },
    )],
    conclusion: |case| {
        let [torn, whole] = [false, true].map(|differ| both(case, differ));
        equal("f of the two that are torn", torn, whole)
    },
    twins: &[
        twin("each picture looks the same", |case: &Bars| {
            equal("f(up, up)", case.sum([false; 2]), case.sum([false, true]))
        })
        .because("a mask sees where its own link is"),
        twin("the Euler number counts the pieces", |case: &Bars| {
            let torn = case.picture([true; 2]);
            equal("pieces minus holes", torn.euler_number(), torn.pieces())
        })
        .because(
            "cells minus pairs plus squares is 1 for all four if r ≥ l + 2: two pieces, one hole",
        )
        .drawing(|| pictures::drawn(2..=3, 0..=2, 0, 0..=2).cases()),
    ],
    well_formed: Bars::check,
};

/// The sum of `f` over the two pictures whose links are the same, or over those that differ.
fn both(case: &Bars, differ: bool) -> Rational {
    case.sum([false, differ]) + case.sum([true, !differ])
}
