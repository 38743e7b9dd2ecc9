//! # Two filters on a line: the count of regions grows by `4 cos^2(pi / (4 f + 2))` a position
//!
//! The counts for 1, 2, 3, .. positions of two filters of `f` taps satisfy one linear recurrence of
//! order `f`, whose roots are `2 + 2 cos((2 k - 1) pi / (2 f + 1))`: the transfer matrix is that of
//! a path with a loop at one end. The largest root is the growth constant.
#![doc = include_str!("../../../proofs/regions/two_filters_growth.md")]

use crate::claim::{
    self, Card, Cases, Claim, Evidence, Finding, Hypothesis, Source, Standing, Twin, Wording,
};
use crate::exact::Rational;
use crate::geometry::counting::Sliding;
use proptest::prelude::*;
use serde::{Deserialize, Serialize};

/// The claim.
pub static CLAIM: Claim<Case> = Claim {
    card: Card {
        id: "regions/two_filters_growth",
        title: "Two filters on a line: the count of regions grows by 4 cos²(π / (4 f + 2)) a \
                position",
        statement: "R(P), .., R(P + f) for two filters of f taps, stride 1: Σ_i c_i R(P + i) = 0 \
                    with Σ_i c_i λ^i = S_f(λ - 2) - S_{f-1}(λ - 2)",
        source: Source::new("Xiong2020", "the count of Theorem 2 in one dimension"),
        wording: Wording::Derived,
        as_printed: None,
        standing: Standing::Theorem,
        evidence: Evidence::PropertyTested,
        note: "proofs/regions/two_filters_growth.md",
    },
    cases: || cases(1, 2),
    hypotheses: &[
        Hypothesis::new("stride one", |case| case.stride == 1),
        Hypothesis::new("two filters", |case| case.filters == 2),
    ],
    conclusion: |case| Finding::equal("combination of counts", case.combined(-1), 0),
    twins: &[
        Twin::without("stride one", || cases(2, 2), "a window frees two inputs at each step"),
        Twin::without("two filters", || cases(1, 3), "a position may use up three inputs"),
        Twin::concluding(
            "the loop at the end forgotten",
            |case| Finding::equal("combination of counts", case.combined(0), 0),
            "without the loop the roots are those of the path",
        ),
        Twin::concluding(
            "the other half of the angles",
            |case| Finding::equal("combination of counts", case.combined(1), 0),
            "the roots have odd multiples of the angle",
        ),
    ],
};

/// Filters of `taps` taps, on 1 to `positions + taps` positions.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Case {
    taps: usize,
    stride: usize,
    filters: usize,
    positions: usize,
}

impl claim::Case for Case {
    fn well_formed(&self) -> Result<(), String> {
        let all = [self.taps, self.stride, self.filters, self.positions];
        if all.iter().any(|n| !(1..=64).contains(n)) {
            return Err("taps, stride, filters and positions must lie between 1 and 64".to_owned());
        }
        Ok(())
    }
}

impl Case {
    fn count(&self, positions: usize) -> Rational {
        let width = (positions - 1) * self.stride + self.taps;
        let window = Sliding::new([1, width], 1, [1, self.taps], [1, self.stride]);
        window.expect("the window fits").published_count(self.filters).into()
    }

    /// `sum of c_i R(positions + i)` for the polynomial `S_f + corner S_(f-1)` at `λ - 2`.
    fn combined(&self, corner: i64) -> Rational {
        let (last, before) = chebyshev(self.taps);
        let corner = Rational::from(corner);
        let coefficient = |i: usize| match before.get(i) {
            Some(c) => &last[i] + &corner * c,
            None => last[i].clone(),
        };
        (0..=self.taps).map(|i| coefficient(i) * self.count(self.positions + i)).sum()
    }
}

/// Coefficients of `S_n(λ - 2)` and `S_(n-1)(λ - 2)`, lowest first, where `S_0 = 1`, `S_1(y) = y`
/// and `S_(n+1) = y S_n - S_(n-1)`: the characteristic polynomials of paths.
fn chebyshev(n: usize) -> (Vec<Rational>, Vec<Rational>) {
    let (mut last, mut before) = (vec![Rational::ONE], Vec::<Rational>::new());
    for _ in 0..n {
        let mut next = vec![Rational::ZERO; last.len() + 1];
        for (i, c) in last.iter().enumerate() {
            next[i + 1] += c;
            next[i] -= c * Rational::integer(2);
        }
        for (total, c) in next.iter_mut().zip(&before) {
            *total -= c;
        }
        before = std::mem::replace(&mut last, next);
    }
    (last, before)
}

fn cases(stride: usize, filters: usize) -> Cases<Case> {
    (1usize..=8, 1usize..=12)
        .prop_map(move |(taps, positions)| Case { taps, stride, filters, positions })
        .boxed()
}
