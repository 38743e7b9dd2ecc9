//! With J ≥ 2d/(s-1) layers there is room for a ridge, and J filters suffice.

use crate::catalogue::prelude::*;
use crate::generators::expansive::Sizes;
use crate::generators::polynomials::fewest_for_every;

pub(super) static CLAIM: Claim<Sizes> = Claim {
    card: theorem!("approximation/rate_depth", AGAINST_ITS_NOTE)
        .derived_from("Zhou2020", "the depth in the theorem on the rate")
        .as_printed("J ≥ 2d/(s-1) is asked there, for 2 ≤ s ≤ d; what it is for is ours"),
    statement: "(s-1) J ≥ 2d, m = ⌊(s-1)J/d⌋ - 1  ⟹  m ≥ 1 and any W of degree (m+1)d - 1 is a \
                product of at most J real filters of degree s",
    cases: || {
        let strata = sizes(1..=9, 0..=6).with("20 to 40 inputs", 16, sizes(20..=40, 0..=4));
        strata.with("64 layers", 64, sizes(1..=40, 100..=400))
    },
    hypotheses: &[given("(s-1) J ≥ 2d", |case: &Sizes| (case.s - 1) * case.depth >= 2 * case.d)
        .needed("the first ridge does not fit", || sizes(1..=9, -6..=-1).cases())],
    conclusion: |case| match ridges(case) {
        ridges @ 1.. => compare(case, ridges, case.depth),
        _ => at_least("ridges", 0, 1),
    },
    twins: &[
        twin("2d/s layers", |case: &Sizes| compare(case, 1, (2 * case.d).div_ceil(case.s)))
            .because(
                "for s = 3 and six inputs, five pairs of roots need five filters and not four",
            ),
        twin("one ridge more", |case: &Sizes| compare(case, ridges(case) + 1, case.depth))
            .because("then the filter is longer by d"),
    ],
    well_formed: Sizes::check,
};

/// `m`, or 0 for less.
fn ridges(case: &Sizes) -> usize {
    ((case.s - 1) * case.depth / case.d).saturating_sub(1)
}

/// The filters that `ridges` directions may need, by a search over what their roots may be,
/// against the layers that there are.
fn compare(case: &Sizes, ridges: usize, layers: usize) -> Conclusion {
    let needed = fewest_for_every((ridges + 1) * case.d - 1, case.s);
    let needed = needed.ok_or(Undecided("no number of filters is enough for every W"));
    at_most("filters", needed, layers)
}

/// Depths around the least that is asked for.
fn sizes(d: Span, beyond: RangeInclusive<isize>) -> impl Strategy<Value = Sizes> {
    (d, 2usize..=6, beyond).prop_map(|(d, s, beyond)| {
        let depth = (2 * d).div_ceil(s - 1).saturating_add_signed(beyond).clamp(1, 64);
        Sizes { d, s, depth }
    })
}
