//! A layer of maxout units has at most Σ_j C(m, j) (k - 1)^j regions.

use crate::catalogue::prelude::*;
use crate::counting::dense::family_cells;

pub(super) static CLAIM: Claim<Case> = Claim {
    card: theorem!("regions/maxout_layer", LINE_BY_LINE)
        .remembered_from("MontufarRenZhang2022", "the sharp bound for one layer")
        .as_printed(
            "the formula is from memory; only the abstract was available. The proof is ours",
        ),
    statement: "m maxout units of rank k on n inputs  ⟹  regions ≤ Σ_{j≤n} C(m, j) (k - 1)^j",
    cases: || {
        layers(1..=3, 1..=2, 2..=3)
            .with("as many units as inputs", 8, rulers())
            .with("3 inputs, 6 units", 16, layers(2..=3, 3..=6, 2..=4))
            .with("4 inputs, 8 units", 256, layers(4..=4, 6..=8, 2..=3))
            .with("6 inputs, 10 units", 2048, layers(6..=6, 9..=10, 2..=3))
    },
    hypotheses: &[],
    conclusion: |case| at_most("regions", case.regions(), case.bound(0, 1)),
    twins: &[
        twin("one dimension fewer", |case: &Case| {
            at_most("regions", case.regions(), case.bound(1, 1))
        })
        .because("two units of two inputs can take every pair of choices")
        .drawing(|| rulers().cases()),
        twin("one choice fewer", |case: &Case| {
            at_most("regions", case.regions(), case.bound(0, 2))
        })
        .because("a unit of rank k has k regions")
        .drawing(|| rulers().cases()),
    ],
    well_formed: |case| {
        let rank = case.units.first().map_or(0, Vec::len);
        let fits = rank >= 2 && case.units.iter().all(|unit| unit.len() == rank);
        require!(fits, "expected units of one rank, at least 2")?;
        let length = case.inputs + 1;
        let fits = case.units.iter().flatten().all(|choice| choice.len() == length);
        require!(fits, "expected {length} numbers a choice, the offset last")?;
        let fits = case.inputs != 0 && case.inputs <= 8 && rank * case.units.len() <= 64;
        require!(fits, "expected 1 to 8 inputs and at most 64 choices in all")
    },
};

/// `units: [m][k][n + 1]`: for each choice its coefficients, and its offset last.
#[derive(Debug, Serialize, Deserialize)]
pub struct Case {
    inputs: usize,
    units: Vec<Vec<Vec<Rational>>>,
}

impl Case {
    fn rank(&self) -> usize {
        self.units[0].len()
    }

    /// The choices as a dense layer, and a maximum over each run of them.
    fn regions(&self) -> u64 {
        let choices = || self.units.iter().flatten();
        let weights = choices().flat_map(|choice| choice[..self.inputs].to_vec()).collect();
        let offsets: Vec<_> = choices().map(|choice| choice[self.inputs].clone()).collect();
        let all = offsets.len();
        let layers = vec![
            Layer::dense(all, weights, offsets),
            Layer::Reshape(Shape::Line([1, all])),
            Layer::MaxPool(Window::line(self.rank()).stride(self.rank())),
        ];
        let net = Network::new(Shape::Flat(self.inputs), layers).expect("sizes agree");
        net.count_regions(Notion::R6, &Domain::Whole)
    }

    fn bound(&self, dimensions: usize, choices: usize) -> Rational {
        family_cells(self.units.len(), self.inputs - dimensions, self.rank() - choices).into()
    }
}

/// Inputs, and units of one rank, in these numbers, with small integers.
fn layers(inputs: Span, units: Span, rank: Span) -> impl Strategy<Value = Case> {
    (inputs, units, rank).prop_flat_map(|(inputs, units, rank)| {
        let choice = numbers::integers(inputs + 1, 9);
        vec(vec(choice, rank), units).prop_map(move |units| Case { inputs, units })
    })
}

/// As many units as inputs; unit `i` is the largest of `0, x_i - 1, 2 x_i - 3, ..`, with a kink at
/// 1, 2, ..
fn rulers() -> impl Strategy<Value = Case> {
    (1usize..=2, 2usize..=3).prop_map(|(inputs, rank)| {
        let choice = |i: usize, slope: usize| {
            let mut numbers = vec![Rational::ZERO; inputs + 1];
            numbers[i] = Rational::from(slope);
            numbers[inputs] = -Rational::from(slope * (slope + 1) / 2);
            numbers
        };
        let unit = |i: usize| (0..rank).map(|slope| choice(i, slope)).collect();
        Case { inputs, units: (0..inputs).map(unit).collect() }
    })
}
