//! Filters of two taps on a line: a recurrence of order two for any number of filters.

use crate::catalogue::prelude::*;
use crate::generators::line_filters::Line;

pub(super) static CLAIM: Claim<Line> = Claim {
    card: theorem!("regions/two_taps_growth", LINE_BY_LINE)
        .derived_from("Xiong2020", "the count of Theorem 2 in one dimension"),
    statement: "R(P), R(P + 1), R(P + 2) for d filters of two taps, stride 1: R(P + 2) = \
                (2 d + 1) R(P + 1) − d (d + 3) / 2 R(P)",
    cases: || {
        let large = (1usize..=64, 1usize..=64);
        let large =
            large.prop_map(|(filters, positions)| Line { taps: 2, stride: 1, filters, positions });
        lines(2, 1).with("up to 64 filters", 4, large)
    },
    hypotheses: &[
        given("two taps", |case: &Line| case.taps == 2)
            .needed("more taps need a longer recurrence", || lines(5, 1).cases()),
        given("stride one", |case: &Line| case.stride == 1)
            .needed("windows that do not overlap are free", || lines(2, 2).cases()),
    ],
    conclusion: |case| follows(case, 2 * case.filters + 1),
    twins: &[twin("the trace forgotten by one", |case: &Line| follows(case, 2 * case.filters))
        .because("a position without units leads back to where all inputs are free")],
    well_formed: Line::check,
};

/// Whether `R(P + 2) = trace R(P + 1) - d (d + 3) / 2 R(P)`.
fn follows(case: &Line, trace: usize) -> Conclusion {
    let determinant = Rational::from(case.filters * (case.filters + 3) / 2);
    let expected = Rational::from(trace) * case.count(1) - determinant * case.count(0);
    equal("count with two positions more", case.count(2), expected)
}

fn lines(taps: usize, stride: usize) -> impl Strategy<Value = Line> {
    (2..=taps, 1usize..=12, 1usize..=12).prop_map(move |(taps, filters, positions)| Line {
        taps,
        stride,
        filters,
        positions,
    })
}
