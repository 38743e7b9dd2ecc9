//! H_J has (5s+2)J + 2d - 2s - 1 parameters for 2 ≤ s ≤ d.

use crate::catalogue::prelude::*;
use crate::generators::expansive::Sizes;
use std::collections::BTreeSet;

pub(super) static CLAIM: Claim<Sizes> = Claim {
    card: refuted!("convolution/parameter_count_as_printed")
        .quoted_from("Zhou2020", "the number of parameters of the class")
        .as_printed("read in a third party's summary; the full text was not available")
        .repaired_by("convolution/parameter_count"),
    statement: "2 ≤ s ≤ d  ⟹  H_J has (5s+2)J + 2d - 2s - 1 free parameters",
    cases,
    hypotheses: &[given("2 ≤ s ≤ d", |case| (2..=case.d).contains(&case.s))],
    conclusion: |case| equal("parameters", count(case), case.published_count()),
    twins: &[twin("one fewer for all sizes", |case: &Sizes| {
        equal("parameters", count(case), case.published_count() - Rational::ONE)
    })
    .because("the shared bias is missing at s = d only")],
    well_formed: Sizes::check,
};

/// A number that may be chosen: the kind, the layer, the place.
type Parameter = (&'static str, usize, usize);

/// Writes out every number in a member of the class and counts the different ones.
fn count(case: &Sizes) -> usize {
    let (Sizes { s, depth, .. }, mut parameters) = (*case, BTreeSet::<Parameter>::new());
    for j in 1..=depth {
        let width = case.units(j);
        parameters.extend((0..=s).map(|tap| ("filter", j, tap)));
        parameters.extend((1..=width).map(|unit| {
            let shared = j < depth && (s + 1..=width - s).contains(&unit);
            if shared { ("shared bias", j, 0) } else { ("bias", j, unit) }
        }));
    }
    parameters.extend((1..=case.units(depth)).map(|unit| ("coefficient", depth, unit)));
    parameters.len()
}

/// All sizes up to 4, and larger ones.
fn cases() -> Cases<Sizes> {
    let of = |s: usize| (1..=3).flat_map(move |depth| (s..=4).map(move |d| Sizes { d, s, depth }));
    let larger = (2usize..=12, 1usize..=12, 0usize..=20);
    let larger = larger.prop_map(|(s, depth, more)| Sizes { d: s + more, s, depth });
    Cases::listed((2..=4).flat_map(of)).with("larger", 1, larger)
}
