//! The least number of filters of degree s is max(⌈D/s⌉, ⌈q/⌊s/2⌋⌉).

use crate::catalogue::prelude::*;
use crate::construct::factor::factor_into;
use crate::generators::polynomials::{SharedRoots, roots};

pub(super) static CLAIM: Claim<SharedRoots> = Claim {
    card: theorem!("convolution/minimal_filter_count", AGAINST_ITS_NOTE)
        .derived_from("Zhou2020", "how many short filters a long one needs; derived here"),
    statement: "W ≠ 0 of degree D with q pairs, s ≥ 2 or q = 0  ⟹  \
                p_min = max(1, ⌈D/s⌉, ⌈q/⌊s/2⌋⌉)",
    cases: || {
        let long = |s, degrees| {
            (s, polynomials::long_roots(degrees)).prop_map(|(s, roots)| SharedRoots { s, roots })
        };
        prop_oneof![4 => cases(2..7, 0..5), 1 => cases(1..2, 0..1)]
            .with("degree 15 to 24", 32, long(2usize..10, 15..25))
            .with("degree 40 to 60", 128, long(2usize..16, 40..61))
            .with("degree 100 to 120", 2048, long(2usize..20, 100..121))
    },
    hypotheses: &[given("room for a pair", |case: &SharedRoots| {
        case.s >= 2 || case.roots.pairs.is_empty()
    })
    .needed("no filter of degree 1 has room for a pair, so no number of filters suffices", || {
        cases(1..2, 0..5).cases()
    })],
    conclusion: |case| sufficient(case, formula(case)),
    twins: &[
        twin("by degree alone", |case: &SharedRoots| {
            sufficient(case, case.roots.degree().div_ceil(case.s).max(1))
        })
        .because("for odd s a filter full of pairs has degree s - 1"),
        twin("by pairs alone", |case: &SharedRoots| {
            let room = (case.s / 2).max(1);
            sufficient(case, case.roots.pairs.len().div_ceil(room).max(1))
        })
        .because("real roots need room too"),
        twin("the general bound", |case: &SharedRoots| {
            sufficient(case, case.roots.degree().div_ceil((case.s - 1).max(1)).max(1))
        })
        .because("ceil(D/(s−1)) is attained for odd s without real roots, not in general"),
    ],
    well_formed: SharedRoots::check,
};

/// The filters are built to a residual of at most `2^-BITS`.
const BITS: u32 = 60;

/// `max(1, ceil(D / s), ceil(q / floor(s / 2)))`, the last entry left out without room for a pair.
fn formula(case: &SharedRoots) -> usize {
    let by_degree = case.roots.degree().div_ceil(case.s).max(1);
    match case.s / 2 {
        0 => by_degree,
        room => by_degree.max(case.roots.pairs.len().div_ceil(room)),
    }
}

/// Claims that `least` is the least number of filters: exactly one of `least` and `least - 1`
/// suffices, since more filters do where fewer do.
fn sufficient(case: &SharedRoots, least: usize) -> Conclusion {
    let (fewer, enough) = (suffices(case, least - 1)?, suffices(case, least)?);
    equal("of p and p - 1, those that suffice", u32::from(fewer) + u32::from(enough), 1)
}

/// Whether `count` filters suffice: no, if a search over all ways to share the roots finds none;
/// yes, if it does and so many filters were built from the coefficients alone.
fn suffices(case: &SharedRoots, count: usize) -> Result<bool, Undecided> {
    if case.roots.fewest_filters(case.s).is_none_or(|fewest| fewest > count) {
        return Ok(false);
    }
    let built = factor_into(&case.roots.polynomial(), case.s, count, BITS);
    let built = built.map_err(|_| Undecided("no factors near enough were proposed"))?;
    let fits = |taps: &Vec<_>| taps.len() <= case.s + 1;
    let fit = |filters: &[Vec<_>]| filters.len() <= count && filters.iter().all(fits);
    Ok(built.is_some_and(|built| built.is_within(BITS) && fit(&built.filters)))
}

fn cases(s: Range<usize>, pairs: Range<usize>) -> impl Strategy<Value = SharedRoots> {
    (s, roots(0..6, pairs)).prop_map(|(s, roots)| SharedRoots { s, roots })
}
