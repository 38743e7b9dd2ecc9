//! # ⌈M/(s−1)⌉ filters of degree s, or one, multiply to any filter of degree M
//!
//! For every `s >= 2`, a filter `W` with taps `W_0 .. W_M` is the convolution of at most
//! `max(1, ceil(M / (s - 1)))` real filters with `s + 1` taps each: group the real factors of the
//! polynomial `W`.
//!
//! Checked by building the filters. They are rational, their product misses `W` by a residual that
//! is computed exactly, and at most `2^-100` passes; that exact real filters exist in this number
//! follows from Sturm counts, which are exact too.
#![doc = include_str!("../../../proofs/convolution/factorization.md")]

use crate::claim::{Certificate, prelude::*};
use crate::construct::factor::{factor, shortfall};
use crate::exact::Rational;
use crate::exact::polynomial::Polynomial;
use crate::generators::polynomials::{self, LongFilter};
use proptest::prelude::*;

/// The claim.
pub static CLAIM: Claim<LongFilter> = Claim {
    card: Card {
        id: "convolution/factorization",
        title: "⌈M/(s−1)⌉ filters of degree s, or one, multiply to any filter of degree M",
        statement: "deg W ≤ M, s ≥ 2  ⟹  W = w_1 ∗ … ∗ w_p, deg w_j ≤ s, p ≤ max(1, ⌈M/(s−1)⌉)",
        source: Source::new("Zhou2020", "the factorization of long filters into short ones"),
        wording: Wording::Remembered,
        as_printed: Some(
            "remembered with p < M/(s−1) + 1, which promises no filter at M = 0; \
             a third party quotes p ≤ M/(s−1) + 1",
        ),
        standing: Standing::Theorem,
        evidence: Evidence::CertifiedExactly {
            scope: "W = 1 + z^M for M from 1 to 8 at s = 2 and 3, residuals of at most 2^-100",
            certify,
        },
        note: "proofs/convolution/factorization.md",
    },
    cases: || cases(2..6),
    hypotheses: &[Hypothesis::new("s >= 2", |case| case.s >= 2)],
    conclusion: |case| missing(case, promised(case)),
    twins: &[
        Twin::without("s >= 2", || cases(1..2), "two linear factors never give 1 + z²"),
        Twin::concluding(
            "ceil(M / s) filters",
            |case| missing(case, case.degree().div_ceil(case.s).max(1)),
            "for odd s each filter of pairs wastes one degree",
        ),
        Twin::concluding(
            "rational filters",
            |case: &LongFilter| {
                let target = case.polynomial();
                // The zero polynomial vanishes everywhere.
                let found = if target.is_zero() { 1 } else { target.rational_roots() };
                Finding::at_least("rational roots of a cubic", found, 1)
            },
            "a cubic without rational root has no rational factor",
        )
        .drawing(cubics),
        Twin::concluding(
            "nonnegative filters",
            |case| Finding::at_least("smallest tap", smallest_tap(case), 0),
            "1 + z³ = (1 + z)(1 − z + z²) is the only grouping",
        )
        .drawing(cubics),
    ],
};

/// The residual that a built factorization may leave is `2^-BITS`.
const BITS: u32 = 100;

/// Without the hypothesis `s >= 2` any number of filters is promised.
fn promised(case: &LongFilter) -> usize {
    if case.s < 2 { usize::MAX } else { case.degree().div_ceil(case.s - 1).max(1) }
}

fn missing(case: &LongFilter, count: usize) -> Conclusion {
    let found = shortfall(&case.polynomial(), case.s, count, BITS);
    Finding::at_most(
        "filters missing, else residual",
        found,
        Rational::integer(2).pow(-(BITS as i32)),
    )
}

/// The smallest tap among the filters built, leading taps made positive; 0 when none are.
fn smallest_tap(case: &LongFilter) -> Rational {
    let Ok(built) = factor(&case.polynomial(), case.s, BITS) else { return Rational::ZERO };
    let monic = |taps: &Vec<Rational>| Polynomial::new(taps.clone()).monic();
    let taps = built.filters.iter().flat_map(|taps| monic(taps).coefficients().to_vec());
    taps.min().unwrap_or_default()
}

fn cases(s: std::ops::Range<usize>) -> Cases<LongFilter> {
    (s, polynomials::filters()).prop_map(|(s, taps)| LongFilter { s, taps }).cases()
}

/// `z^3 + c` with filters of degree 2: one linear and one quadratic factor, in no other grouping.
fn cubics() -> Cases<LongFilter> {
    let taps = |c: i64| [c, 0, 0, 1].map(Rational::from).to_vec();
    (1i64..=9).prop_map(move |c| LongFilter { s: 2, taps: taps(c) }).cases()
}

/// Factorizations of `1 + z^M`, whose roots fill the unit circle.
fn certify() -> Vec<Certificate> {
    let scope = (1usize..=8).flat_map(|m| [(m, 2), (m, 3)]);
    let certificate = |(m, s): (usize, usize)| {
        let mut taps = vec![Rational::ZERO; m + 1];
        (taps[0], taps[m]) = (Rational::ONE, Rational::ONE);
        let built = factor(&Polynomial::new(taps.clone()), s, BITS);
        let built = built.expect("simple roots on the unit circle are proposed well");
        let text = built.certificate(CLAIM.card.id, &taps, s);
        Certificate { name: format!("one_plus_z_{m}_by_degree_{s}"), text }
    };
    scope.map(certificate).collect()
}
