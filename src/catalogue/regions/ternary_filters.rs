//! Two filters with taps −1, 0 and 1: sum and difference are best, and not good enough.

use crate::catalogue::prelude::*;
use crate::generators::filters::{Filters, Layout};

pub(super) static CLAIM: Claim<Filters> = Claim {
    card: theorem!("regions/ternary_filters", LINE_BY_LINE)
        .derived_from("Crease", "asked here: which weights from {−1, 0, 1} cut most?"),
    statement: "two filters of two taps from {−1, 0, 1} on a line, P positions, any biases  ⟹  \
                regions ≤ T(P), T(P + 1) = 3 T(P) + A_{−1}(P), A_y(P + 1) = T(P) + A_{−y}(P) + \
                [y ≠ 1] A_{y−2}(P), T(0) = A_y(0) = 1",
    cases: || {
        prop_oneof![2 => layers(1..=4, [2, 2, 1]), 1 => sum_and_difference(1..=5)]
            .with("5 to 7 positions", 16, layers(5..=7, [2, 2, 1]))
            .with("sum and difference", 64, sum_and_difference(6..=8))
            .with("20 units", 1024, sum_and_difference(9..=10))
    },
    hypotheses: &[
        given("two filters of two taps", |case: &Filters| {
            let Layout { filter, filters, .. } = case.layout();
            filter == [1, 2] && filters == 2
        })
        .needed("a third filter cuts further, and so does a third tap", || {
            prop_oneof![layers(1..=4, [2, 3, 1]), layers(1..=4, [3, 2, 1])].cases()
        }),
        given("taps -1, 0 and 1", |case: &Filters| {
            case.taps().all(|tap| tap.is_integer() && tap.abs() <= Rational::ONE)
        })
        .needed("one and two, say, have no relation that adds up to zero", || {
            layers(1..=4, [2, 2, 3]).cases()
        }),
    ],
    conclusion: |case| at_most("regions", case.regions(), best(positions(case))),
    twins: &[
        twin("one region fewer", |case: &Filters| {
            at_most("regions", case.regions(), best(positions(case)) - 1)
        })
        .because("sum and difference attain it"),
        twin("sum and difference reach the maximum", |case: &Filters| {
            at_least("regions", case.regions(), case.published())
        })
        .because("from three positions on they do not")
        .drawing(|| sum_and_difference(1..=5).cases()),
    ],
    well_formed: |case| {
        case.check()?;
        let Layout { input, depth, filter, stride, .. } = case.layout();
        let fits = input[0] == 1 && depth == 1 && stride == 1 && filter[1] <= 4;
        require!(fits, "expected a line of one channel, stride one, and filters of up to 4 taps")?;
        let units = case.layout().units();
        require!(units <= 24, "{units} units, expected 1 to 24")
    },
};

fn positions(case: &Filters) -> usize {
    case.layout().sliding().positions()
}

/// `T(positions)`: the regions of sum and difference.
fn best(positions: usize) -> u64 {
    match positions.checked_sub(1) {
        Some(before) => 3 * best(before) + on_a_slice(-1, before),
        None => 1,
    }
}

/// `A_y(positions)`: the regions on a slice where the last input is fixed.
fn on_a_slice(y: i64, positions: usize) -> u64 {
    match positions.checked_sub(1) {
        Some(before) if y == 1 => best(before) + on_a_slice(-1, before),
        Some(before) => best(before) + on_a_slice(-y, before) + on_a_slice(y - 2, before),
        None => 1,
    }
}

/// Filters and taps in these numbers, the taps of size at most `most`.
fn layers(positions: Span, [filters, taps, most]: [usize; 3]) -> impl Strategy<Value = Filters> {
    let most = most as i64;
    let weights = vec(numbers::integers(taps, most), filters);
    (positions, weights, numbers::integers(filters, 3)).prop_map(
        move |(positions, filters, biases)| {
            Layout::on_a_line(positions + taps - 1, taps).with(filters, biases)
        },
    )
}

/// Sum and difference of neighbours.
fn sum_and_difference(positions: Span) -> impl Strategy<Value = Filters> {
    (positions, numbers::integer(3), numbers::nonzero_integer(3)).prop_map(
        |(positions, sum, difference)| {
            let filters = [[1, 1], [1, -1]].map(|taps| taps.map(Rational::integer).to_vec());
            Layout::on_a_line(positions + 1, 2).with(filters.to_vec(), vec![sum, difference])
        },
    )
}
