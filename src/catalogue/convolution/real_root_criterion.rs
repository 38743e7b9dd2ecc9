//! For odd s, W of degree 2s is a product of two filters exactly if a root is real.

use crate::catalogue::prelude::*;
use crate::construct::factor::factor_into;
use crate::generators::polynomials::{SharedRoots, roots};

pub(super) static CLAIM: Claim<SharedRoots> = Claim {
    card: theorem!("convolution/real_root_criterion", AGAINST_ITS_NOTE)
        .derived_from("Zhou2020", "what two layers reach; derived here"),
    statement: "s odd, deg W = 2s  ⟹  (W = w_1 ∗ w_2, deg w_j ≤ s  ⟺  W has a real root)",
    cases: || {
        cases(&[1, 3, 5], |s| 2 * s)
            .with("degree 14 to 22", 32, cases(&[7, 9, 11], |s| 2 * s))
            .with("degree 62", 128, cases(&[31], |s| 2 * s))
    },
    hypotheses: &[
        given("s odd", |case: &SharedRoots| case.s % 2 == 1)
            .needed("even filters hold pairs alone", || cases(&[2, 4], |s| 2 * s).cases()),
        given("degree 2s", |case: &SharedRoots| case.roots.degree() == 2 * case.s)
            .needed("a spare degree in each filter", || cases(&[3, 5], |s| 2 * s - 2).cases()),
    ],
    conclusion: |case| compare(case, !case.roots.real.is_empty()),
    twins: &[
        twin("a large enough receptive field suffices", |case: &SharedRoots| compare(case, true))
            .because("(z² + 1)(z² + 4)(z² + 9) is no product of two cubics"),
        twin("every root real", |case: &SharedRoots| compare(case, case.roots.pairs.is_empty()))
            .because("a real root for each of the two filters is enough"),
    ],
    well_formed: SharedRoots::check,
};

/// A product within `2^-BITS` counts as built.
const BITS: u32 = 100;

/// Two filters do not suffice if no way to share the roots between them exists, by a search over
/// all of them; they do if one exists and two filters were also built from the coefficients.
fn compare(case: &SharedRoots, expected: bool) -> Conclusion {
    let shared = case.roots.fewest_filters(case.s).is_some_and(|fewest| fewest <= 2);
    let suffice = if shared { is_built(case) } else { Ok(false) };
    equal("two filters suffice", suffice, expected)
}

/// Whether two filters built from the coefficients alone multiply to `W` up to `2^-BITS`.
fn is_built(case: &SharedRoots) -> Result<bool, Undecided> {
    let built = factor_into(&case.roots.polynomial(), case.s, 2, BITS);
    let built = built.map_err(|_| Undecided("no factors near enough were proposed"))?;
    Ok(built.is_some_and(|built| built.is_within(BITS) && built.filters.len() <= 2))
}

/// `degree(s)` roots, of which an even number is real, none as often as not.
fn cases(s: &'static [usize], degree: fn(usize) -> usize) -> impl Strategy<Value = SharedRoots> {
    (select(s), any::<bool>(), 0usize..8)
        .prop_flat_map(move |(s, some_real, half)| {
            let half_degree = degree(s) / 2;
            let half_real = if some_real { 1 + half % half_degree.max(1) } else { 0 };
            let pairs = half_degree - half_real.min(half_degree);
            let real = degree(s) - 2 * pairs;
            (Just(s), roots(real..real + 1, pairs..pairs + 1))
        })
        .prop_map(|(s, roots)| SharedRoots { s, roots })
}
