#![doc = include_str!("../../../proofs/regions/ternary_filters.md")]

use crate::catalogue::prelude::*;
use crate::counting::Sliding;

pub(super) static CLAIM: Claim<Case> = Claim {
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
        given("two filters of two taps", |case: &Case| {
            case.filters.len() == 2 && case.filters[0].len() == 2
        })
        .needed("a third filter cuts further, and so does a third tap", || {
            prop_oneof![layers(1..=4, [2, 3, 1]), layers(1..=4, [3, 2, 1])].cases()
        }),
        given("taps -1, 0 and 1", |case: &Case| {
            case.filters.iter().flatten().all(|tap| tap.is_integer() && tap.abs() <= Rational::ONE)
        })
        .needed("one and two, say, have no relation that adds up to zero", || {
            layers(1..=4, [2, 2, 3]).cases()
        }),
    ],
    conclusion: |case| at_most("regions", case.regions(), best(case.positions)),
    twins: &[
        twin("one region fewer", |case: &Case| {
            at_most("regions", case.regions(), best(case.positions) - 1)
        })
        .because("sum and difference attain it"),
        twin("sum and difference reach the maximum", |case: &Case| {
            at_least("regions", case.regions(), case.maximum())
        })
        .because("from three positions on they do not")
        .drawing(|| sum_and_difference(1..=5).cases()),
    ],
    well_formed: |case| {
        let (filters, biases) = (case.filters.len(), case.biases.len());
        require!(filters != 0 && filters == biases, "{filters} filters with {biases} biases")?;
        let taps = case.filters[0].len();
        require!(
            (1..=4).contains(&taps) && case.filters.iter().all(|filter| filter.len() == taps),
            "expected filters of one length, 1 to 4 taps"
        )?;
        match case.positions.saturating_mul(filters) {
            1..=24 => Ok(()),
            units => Err(format!("{units} units, expected 1 to 24")),
        }
    },
};

/// Filters `[filters][taps]` with a bias each, at `positions` on a line.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Case {
    positions: usize,
    filters: Vec<Vec<Rational>>,
    biases: Vec<Rational>,
}

impl Case {
    fn inputs(&self) -> usize {
        self.positions + self.filters[0].len() - 1
    }

    fn regions(&self) -> u64 {
        let (taps, filters) = (self.filters[0].len(), self.filters.concat());
        let units = self.biases.len();
        let layer = Layer::convolution(units, Window::line(taps), filters, self.biases.clone());
        let network = Network::new(Shape::Line([1, self.inputs()]), vec![layer, Layer::relu()]);
        network.expect("the window fits").count_regions(Notion::R2, &Domain::Whole)
    }

    /// The maximum over all filters of this length: on a line, the published count.
    fn maximum(&self) -> Rational {
        let window = Sliding::new([1, self.inputs()], 1, [1, self.filters[0].len()], [1, 1]);
        window.expect("the window fits").published_count(self.filters.len()).into()
    }
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
fn layers(positions: Span, [filters, taps, most]: [usize; 3]) -> impl Strategy<Value = Case> {
    let most = most as i64;
    let weights = vec(numbers::integers(taps, most), filters);
    (positions, weights, numbers::integers(filters, 3))
        .prop_map(|(positions, filters, biases)| Case { positions, filters, biases })
}

/// Sum and difference of neighbours.
fn sum_and_difference(positions: Span) -> impl Strategy<Value = Case> {
    (positions, numbers::integer(3), numbers::nonzero_integer(3)).prop_map(
        |(positions, sum, difference)| {
            let filters = [[1, 1], [1, -1]].map(|taps| taps.map(Rational::integer).to_vec());
            Case { positions, filters: filters.to_vec(), biases: vec![sum, difference] }
        },
    )
}
