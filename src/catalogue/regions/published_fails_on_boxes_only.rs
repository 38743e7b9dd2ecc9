#![doc = include_str!("../../../proofs/regions/published_fails_on_boxes_only.md")]

use crate::catalogue::prelude::*;
use crate::counting::Sliding;

pub(super) static CLAIM: Claim<Case> = Claim {
    card: conjecture!("regions/published_fails_on_boxes_only")
        .derived_from("Xiong2020", "where Theorem 2, equation 3, is right"),
    statement: "d_0 = 1, stride 1  ⟹  [maximum = R_N] = [d = 1, or a side of the filter is 1, \
                or the grid of positions contains no f1 x f2 box]",
    cases: || {
        let large = select(vec![
            ([3, 4], [2, 2], 2),
            ([3, 4], [2, 3], 4),
            ([2, 6], [2, 3], 4),
            ([4, 4], [3, 3], 4),
            ([3, 5], [2, 3], 2),
            ([3, 5], [3, 2], 3),
            ([4, 5], [3, 3], 2),
            ([3, 3], [2, 2], 4),
        ]);
        let huge = select(vec![
            ([5, 5], [3, 3], 2),
            ([4, 4], [2, 2], 2),
            ([4, 6], [3, 3], 2),
            ([3, 6], [2, 4], 3),
            ([4, 5], [2, 4], 3),
            ([4, 4], [2, 3], 3),
        ]);
        let case = |(input, filter, units)| Case { input, channels: 1, filter, units };
        shapes(1).cases().with("up to 16 units", 16, large.prop_map(case)).with(
            "up to 18 units",
            512,
            huge.prop_map(case),
        )
    },
    hypotheses: &[given("one channel", |case: &Case| case.channels == 1)
        .needed("with two channels it takes three filters", || shapes(2).cases())],
    conclusion: |case| case.exact_iff(case.units == 1 || case.is_line() || !case.has_box()),
    twins: &[
        twin("whenever windows overlap in the plane", |case: &Case| {
            case.exact_iff(case.units == 1 || case.is_line())
        })
        .because("fewer positions than taps are free of each other"),
        twin("for a single filter too", |case: &Case| {
            case.exact_iff(case.is_line() || !case.has_box())
        })
        .because("shifts of one filter are independent"),
    ],
    well_formed: |case| {
        let window = Sliding::new(case.input, case.channels, case.filter, [1, 1]);
        match window.map_err(|error| error.to_string())?.positions() * case.units {
            1..=24 => Ok(()),
            units => Err(format!("{units} units in all, expected 1 to 24")),
        }
    },
};

/// `units` filters over `channels` channels, stride one.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Case {
    input: [usize; 2],
    channels: usize,
    filter: [usize; 2],
    units: usize,
}

impl Case {
    fn window(&self) -> Sliding {
        let window = Sliding::new(self.input, self.channels, self.filter, [1, 1]);
        window.expect("well formed")
    }

    fn is_line(&self) -> bool {
        self.filter.contains(&1)
    }

    fn has_box(&self) -> bool {
        let output = self.window().output();
        (0..2).all(|axis| output[axis] >= self.filter[axis])
    }

    /// Whether generic shared weights reach the published count, against a prediction.
    fn exact_iff(&self, predicted: bool) -> Conclusion {
        let sizes = self.window().generic_by_size(self.units, usize::MAX);
        let maximum: Natural = sizes.expect("there is no limit").into_iter().sum();
        let found = maximum == self.window().published_count(self.units);
        let indicator = |holds: bool| Rational::from(holds);
        equal("whether R_N is the maximum", indicator(found), indicator(predicted))
    }
}

/// Filters up to 2x3 with up to nine units in all, and often a box.
fn shapes(channels: usize) -> impl Strategy<Value = Case> {
    let size = |filter: [usize; 2], more: [usize; 2]| [0, 1].map(|i| filter[i] + more[i]);
    let any = ([1usize..=2, 1usize..=3], [0usize..=1, 0usize..=2], 1usize..=3).prop_map(
        move |(filter, more, units)| {
            let positions = (more[0] + 1) * (more[1] + 1);
            let units = units.min(9 / positions).max(1);
            Case { input: size(filter, more), channels, filter, units }
        },
    );
    let boxes =
        (1usize..=2).prop_map(move |units| Case { input: [3, 3], channels, filter: [2, 2], units });
    prop_oneof![3 => any, 1 => boxes]
}
