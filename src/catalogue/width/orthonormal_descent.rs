//! On orthonormal letters descent fits exactly the words that a unit covers.

use crate::catalogue::prelude::*;
use crate::generators::covered_points::{Covering, Words, oblique, words};

pub(super) static CLAIM: Claim<Covering> = Claim {
    card: theorem!("width/orthonormal_descent", STEP_BY_STEP)
        .derived_from("JiTelgarsky2020", "Theorem 2.2; asked here of orthonormal inputs"),
    statement: "orthonormal letters, each under one label  ⟹  #(words of margin ≥ 1 after T \
                steps) = #(words with some a_s = y, ⟨w_s, x_p⟩ > 0 at the start)",
    cases: || {
        words(true, Words::SMALL)
            .with("letters that are no axes", 16, words(true, Words::TURNED))
            .with("12 letters, up to 49 units", 64, words(true, Words::LARGE))
            .with("40 letters, up to 144 units", 1024, words(true, Words::HUGE))
    },
    hypotheses: &[
        given("orthonormal letters", is_orthonormal)
            .needed("points that overlap help or hinder each other", || oblique().cases()),
        given("one label a letter", has_one_label_a_letter)
            .needed("a letter pulls both ways", || words(false, Words::SMALL).cases()),
    ],
    conclusion: |case| equal("words that reach margin 1", case.reached(), case.covered()),
    twins: &[
        twin("any active unit", |case: &Covering| {
            let mut either = case.clone();
            let more = case.network.clone();
            either.network.weights.extend(more.weights);
            either.network.outputs.extend(more.outputs.iter().map(|a| -a));
            let found = case.reached();
            equal("words that reach margin 1", found, either.covered())
        })
        .because("a unit of the other sign is pushed away"),
        twin("any unit of the right sign", |case: &Covering| {
            let has = |label: bool| case.network.outputs.iter().any(|a| a.is_positive() == label);
            let labels = case.samples.positive.iter();
            let signed = labels.filter(|label| has(**label)).count();
            equal("words that reach margin 1", case.reached(), signed)
        })
        .because("a unit that is closed on a word is never moved by it"),
    ],
    well_formed: Covering::check,
};

fn is_orthonormal(case: &Covering) -> bool {
    let letters: Vec<_> = case.samples.all_patches().collect();
    let is_fine = |x: &[Rational], y: &[Rational]| match x == y {
        true => dot(x, x) == Rational::ONE,
        false => dot(x, y).is_zero(),
    };
    letters.iter().all(|x| letters.iter().all(|y| is_fine(x, y)))
}

fn has_one_label_a_letter(case: &Covering) -> bool {
    let words: Vec<_> = case.samples.patches.iter().zip(&case.samples.positive).collect();
    let agree = |(x, a): &(&Vec<Vec<Rational>>, &bool), (y, b): &(&Vec<Vec<Rational>>, &bool)| {
        a == b || !x.iter().any(|letter| y.contains(letter))
    };
    words.iter().all(|one| words.iter().all(|other| agree(one, other)))
}
