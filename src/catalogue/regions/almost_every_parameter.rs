//! On a line of parameters through a generic layer few have another number of regions.

use crate::catalogue::prelude::*;
use crate::generators::filters::{Filters, Layout};

pub(super) static CLAIM: Claim<Case> = Claim {
    card: theorem!("regions/almost_every_parameter", LINE_BY_LINE)
        .derived_from("Xiong2020", "Theorem 2, equation 4, repaired")
        .as_printed("printed as an average equal to R_N for every shape"),
    statement: "N units, any r rows of generic filters independent and no more: at most \
                r C(N, r) + (r + 1) C(N, r + 1) of the layers start + t step, t = 0, 1, .., \
                points - 1, have other than Σ_{i ≤ r} C(N, i) regions",
    cases: || {
        let dense = |inputs, units| filters::layers(one_position(inputs, units), 99);
        lines(generic(), 10..=12)
            .with("all exceptions", 8, four())
            .with("4 inputs, 12 units", 32, lines(dense(2..=4, 6..=12), 3..=5))
            .with("12 positions", 64, lines(filters::layers(one_filter(6, 12), 9), 3..=5))
            .with("6 inputs, 24 units", 256, lines(dense(6..=6, 20..=24), 2..=2))
            .with("6 inputs, 40 units", 1024, lines(dense(6..=6, 40..=40), 2..=2))
    },
    hypotheses: &[given("the start attains the maximum", |case: &Case| {
        Natural::from(case.start.regions()) == case.maximum()
    })
    .needed("a line may lie among the exceptions", || {
        lines(filters::layers(layouts(), 1), 10..=12).cases()
    })],
    conclusion: |case| at_most("exceptions", case.exceptions(), case.degree()),
    twins: &[
        twin("no exceptions", |case: &Case| at_most("exceptions", case.exceptions(), 0))
            .because("lines meet zeros of polynomials"),
        twin("the average over two parameters", |case: &Case| {
            equal("twice the average", case.sum(2), case.maximum() * 2u32)
        })
        .because("two values are no law with a density"),
    ],
    well_formed: |case| {
        case.start.check()?;
        case.step.check()?;
        let layout = case.start.layout();
        require!(layout == case.step.layout(), "start and step must have the same sizes")?;
        let fits = layout.filters == 1 || layout.sliding().positions() == 1;
        require!(fits, "one filter or one position: else not all rows are alike")?;
        require!(case.points <= 64, "{} points; at most 64 are counted here", case.points)
    },
};

/// The layers `start + t step` for `t = 0, 1, .., points - 1`.
#[derive(Debug, Serialize, Deserialize)]
pub struct Case {
    points: u32,
    start: Filters,
    step: Filters,
}

impl Case {
    /// The rank of generic filters: of one filter all shifts are independent, and at one position
    /// as many filters as there are taps.
    fn rank(&self) -> usize {
        let layout = self.start.layout();
        layout.units().min(layout.sliding().covered())
    }

    fn maximum(&self) -> Natural {
        choose_up_to(self.start.layout().units(), self.rank())
    }

    /// The degree of the product of one minor for each basis and each circuit with its biases.
    fn degree(&self) -> Natural {
        let (units, rank) = (self.start.layout().units(), self.rank());
        choose(units, rank) * rank + choose(units, rank + 1) * (rank + 1)
    }

    fn counts(&self, points: u32) -> impl Iterator<Item = u64> {
        (0..points).map(|t| self.start.plus(&Rational::from(t), &self.step).regions())
    }

    fn exceptions(&self) -> usize {
        let maximum = self.maximum();
        self.counts(self.points).filter(|&count| Natural::from(count) != maximum).count()
    }

    fn sum(&self, points: u32) -> u64 {
        self.counts(points).sum()
    }
}

/// One filter on up to three positions, or up to three filters at one.
fn layouts() -> BoxedStrategy<Layout> {
    let small = filters::line(3).prop_map(|layout| Layout { input: layout.filter, ..layout });
    prop_oneof![one_filter(1, 3), small].boxed()
}

/// One filter of up to three taps, and a number of positions on a line.
fn one_filter(least: usize, most: usize) -> BoxedStrategy<Layout> {
    (1usize..=3, least..=most, 1usize..=2)
        .prop_map(|(taps, positions, stride)| {
            let line = Layout::on_a_line((positions - 1) * stride + taps, taps);
            Layout { stride, ..line }
        })
        .boxed()
}

/// Filters and taps in these numbers, at one position.
fn one_position(taps: Span, filters: Span) -> BoxedStrategy<Layout> {
    (taps, filters)
        .prop_map(|(taps, filters)| Layout { filters, ..Layout::on_a_line(taps, taps) })
        .boxed()
}

fn generic() -> BoxedStrategy<Filters> {
    let named = layouts().prop_map(|layout| layout.named());
    prop_oneof![named, filters::layers(layouts(), 9)].boxed()
}

/// Lines from these layers on, in directions of small integers.
fn lines(starts: BoxedStrategy<Filters>, points: RangeInclusive<u32>) -> BoxedStrategy<Case> {
    starts
        .prop_flat_map(move |start| {
            let steps = filters::layers(Just(start.layout()).boxed(), 2);
            (points.clone(), Just(start), steps)
        })
        .prop_map(|(points, start, step)| Case { points, start, step })
        .boxed()
}

/// Two units `(t - 1) x + 6` and `(t - 2) x + t`, times small factors: exceptions are 1, 2, 3, 4,
/// as many as there may be.
fn four() -> BoxedStrategy<Case> {
    (5u32..=12, [numbers::nonzero_integer(3), numbers::nonzero_integer(3)])
        .prop_map(|(points, factors)| {
            let layer = |rows: [[i64; 2]; 2]| {
                let layout = Layout { filters: 2, ..Layout::on_a_line(1, 1) };
                let at =
                    |row: usize, column: usize| Rational::from(rows[row][column]) * &factors[row];
                layout.with([0, 1].map(|k| vec![at(k, 0)]).to_vec(), vec![at(0, 1), at(1, 1)])
            };
            let (start, step) = (layer([[-1, 6], [-2, 0]]), layer([[1, 0], [1, 1]]));
            Case { points, start, step }
        })
        .boxed()
}
