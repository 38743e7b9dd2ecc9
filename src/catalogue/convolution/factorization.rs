//! ⌈M/(s−1)⌉ filters of degree s, or one, multiply to any filter of degree M.

use crate::catalogue::prelude::*;
use crate::construct::factor::{factor, factor_into};
use crate::generators::polynomials::LongFilter;

pub(super) static CLAIM: Claim<LongFilter> = Claim {
    card: theorem!("convolution/factorization")
        .formally("factorization", 0x9a96_3629_f89c_c916)
        .remembered_from("Zhou2020", "the factorization of long filters into short ones")
        .as_printed(
            "remembered with p < M/(s−1) + 1, which promises no filter at M = 0; \
             a third party quotes p ≤ M/(s−1) + 1",
        )
        .shown_by(Evidence::CertifiedExactly {
            scope: "W = 1 + z^M for M from 1 to 8 at s = 2 and 3, residuals of at most 2^-100",
            certify,
        }),
    statement: "deg W ≤ M, s ≥ 2  ⟹  W = w_1 ∗ … ∗ w_p, deg w_j ≤ s, p ≤ max(1, ⌈M/(s−1)⌉)",
    cases: || {
        cases(2..6)
            .with("degree 13 to 24", 32, with_filters(2..8, polynomials::long_filters(13..25)))
            .with("degree 40 to 60", 128, with_filters(2..12, polynomials::long_filters(40..61)))
            .with(
                "degree 100 to 120",
                2048,
                with_filters(2..20, polynomials::long_filters(100..121)),
            )
    },
    hypotheses: &[given("s >= 2", |case: &LongFilter| case.s >= 2)
        .needed("two linear factors never give 1 + z²", || cases(1..2))],
    conclusion: |case| multiply(case, promised(case)),
    twins: &[
        twin("ceil(M / s) filters", |case: &LongFilter| {
            multiply(case, case.degree().div_ceil(case.s).max(1))
        })
        .because("for odd s each filter of pairs wastes one degree"),
        twin("rational filters", |case: &LongFilter| {
            let target = case.polynomial();
            if target.degree() != Some(3) || case.s != 2 {
                return Err(Undecided("only a cubic at s = 2 must have a linear factor"));
            }
            at_least("rational roots of a cubic", target.rational_roots(), 1)
        })
        .because("a cubic without rational root has no rational factor")
        .drawing(cubics),
        twin("nonnegative filters", |case: &LongFilter| {
            at_least("smallest tap", smallest_tap(case), 0)
        })
        .because("1 + z³ = (1 + z)(1 − z + z²) is the only grouping")
        .drawing(cubics),
    ],
    well_formed: LongFilter::check,
};

/// The residual that a built factorization may leave is `2^-BITS`.
const BITS: u32 = 100;

/// Without the hypothesis `s >= 2` any number of filters is promised.
fn promised(case: &LongFilter) -> usize {
    if case.s < 2 { usize::MAX } else { case.degree().div_ceil(case.s - 1).max(1) }
}

/// `count` filters are built, or there are provably none.
fn multiply(case: &LongFilter, count: usize) -> Conclusion {
    match factor_into(&case.polynomial(), case.s, count, BITS) {
        Ok(Some(built)) => {
            let bound = Rational::integer(2).pow(-(BITS as i32));
            at_most("residual", built.residual_norm(), bound)
        }
        Ok(None) => at_least("factorizations", 0, 1),
        Err(_) => Err(NOT_BUILT),
    }
}

const NOT_BUILT: Undecided = Undecided("no factors near enough were proposed");

/// The smallest tap among the filters built, leading taps made positive.
fn smallest_tap(case: &LongFilter) -> Result<Rational, Undecided> {
    let built = factor(&case.polynomial(), case.s, BITS).map_err(|_| NOT_BUILT)?;
    let monic = |taps: &Vec<Rational>| Polynomial::new(taps.clone()).monic();
    let taps = built.filters.iter().flat_map(|taps| monic(taps).coefficients().to_vec());
    taps.min().ok_or(Undecided("only the zero filter was built"))
}

fn cases(s: Range<usize>) -> Cases<LongFilter> {
    with_filters(s, polynomials::filters()).cases()
}

fn with_filters(
    s: Range<usize>,
    taps: impl Strategy<Value = Vec<Rational>> + 'static,
) -> impl Strategy<Value = LongFilter> {
    (s, taps).prop_map(|(s, taps)| LongFilter { s, taps })
}

/// `z^3 + c` with filters of degree 2: one linear and one quadratic factor, in no other grouping.
fn cubics() -> Cases<LongFilter> {
    let taps = |c: i64| [c, 0, 0, 1].map(Rational::from).to_vec();
    Cases::listed((1i64..=9).map(|c| LongFilter { s: 2, taps: taps(c) }))
}

/// Factorizations of `1 + z^M`, whose roots fill the unit circle.
fn certify() -> Vec<Certificate> {
    let scope = (1usize..=8).flat_map(|m| [(m, 2), (m, 3)]);
    let certificate = |(m, s): (usize, usize)| {
        let taps = polynomials::one_plus_power(m);
        let built = factor(&Polynomial::new(taps.clone()), s, BITS);
        let built = built.expect("simple roots on the unit circle are proposed well");
        let text = built.certificate(CLAIM.card.id, &taps, s);
        Certificate { name: format!("one_plus_z_{m}_by_degree_{s}"), text }
    };
    scope.map(certificate).collect()
}
