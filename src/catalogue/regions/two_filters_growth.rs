//! Two filters on a line: the count of regions grows by 4 cos²(π / (4 f + 2)) a position.

use crate::catalogue::prelude::*;
use crate::generators::line_filters::Line;

pub(super) static CLAIM: Claim<Line> =
    Claim {
        card: theorem!("regions/two_filters_growth", LINE_BY_LINE)
            .derived_from("Xiong2020", "the count of Theorem 2 in one dimension"),
        statement: "R(P), .., R(P + f) for two filters of f taps, stride 1: Σ_i c_i R(P + i) = 0 \
                with Σ_i c_i λ^i = S_f(λ - 2) - S_{f-1}(λ - 2)",
        cases: || {
            let two = |(taps, positions)| Line { taps, stride: 1, filters: 2, positions };
            lines(1, 2)
                .with("up to 64 positions", 8, (1usize..=16, 13usize..=64).prop_map(two))
                .with("up to 64 taps", 32, (17usize..=64, 1usize..=64).prop_map(two))
        },
        hypotheses: &[
            given("stride one", |case: &Line| case.stride == 1)
                .needed("a window frees two inputs at each step", || lines(2, 2).cases()),
            given("two filters", |case: &Line| case.filters == 2)
                .needed("a position may use up three inputs", || lines(1, 3).cases()),
        ],
        conclusion: |case| equal("combination of counts", combined(case, -1), 0),
        twins: &[
            twin("the loop at the end forgotten", |case: &Line| {
                equal("combination of counts", combined(case, 0), 0)
            })
            .because("without the loop the roots are those of the path"),
            twin("the other half of the angles", |case: &Line| {
                equal("combination of counts", combined(case, 1), 0)
            })
            .because("the roots have odd multiples of the angle"),
        ],
        well_formed: Line::check,
    };

/// `sum of c_i R(positions + i)` for the polynomial `S_f + corner S_(f-1)` at `λ - 2`.
fn combined(case: &Line, corner: i64) -> Rational {
    let (last, before) = chebyshev(case.taps);
    let corner = Rational::from(corner);
    let coefficient = |i: usize| match before.get(i) {
        Some(c) => &last[i] + &corner * c,
        None => last[i].clone(),
    };
    (0..=case.taps).map(|i| coefficient(i) * case.count(i)).sum()
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

fn lines(stride: usize, filters: usize) -> impl Strategy<Value = Line> {
    (1usize..=8, 1usize..=12).prop_map(move |(taps, positions)| Line {
        taps,
        stride,
        filters,
        positions,
    })
}
