//! With two taps a filter, a long filter begins with w_1² ≥ 2 w_0 w_2.

use crate::catalogue::prelude::*;
use crate::construct::expansive::filter_product;

pub(super) static CLAIM: Claim<Case> = Claim {
    card: theorem!("approximation/two_taps_beginning", AGAINST_ITS_NOTE)
        .derived_from("Crease", "is s = 1 universal? what stands in the way, asked here"),
    statement: "W = w^(J) * … * w^(1), two taps each  ⟹  W_1² ≥ 2 W_0 W_2",
    cases: || {
        let strata = cases(2, 1..=8).with("40 filters", 32, cases(2, 30..=40));
        strata.with("200 filters", 1024, cases(2, 200..=200))
    },
    hypotheses: &[given("two taps each", |case: &Case| {
        case.filters.iter().all(|filter| filter.len() <= 2)
    })
    .needed("1 + z² begins with 1, 0, 1", || cases(3, 1..=8).cases())],
    conclusion: |case| compare(case, 2),
    twins: &[twin("three instead of two", |case: &Case| compare(case, 3))
        .because("(1 + z)^4 begins with 1, 4, 6; with more factors the quotient tends to two")],
    well_formed: |case| {
        require!(case.filters.iter().all(|filter| !filter.is_empty()), "every filter needs a tap")
    },
};

/// The filters.
#[derive(Debug, Serialize, Deserialize)]
pub struct Case {
    filters: Vec<Vec<Rational>>,
}

fn compare(case: &Case, factor: i64) -> Conclusion {
    let mut w = filter_product(&case.filters);
    w.resize(w.len().max(3), Rational::ZERO);
    at_least("w_1²", w[1].pow(2), Rational::integer(factor) * &w[0] * &w[2])
}

/// Every other filter has equal taps.
fn cases(taps: usize, filters: Span) -> impl Strategy<Value = Case> {
    let filter = prop_oneof![Just(vec![Rational::ONE; 2]), numbers::integers(taps, 3),];
    vec(filter, filters).prop_map(|filters| Case { filters })
}
