//! Units with several kinks cut like families of parallel hyperplanes.

use crate::catalogue::prelude::*;
use crate::counting::dense::family_cells;

pub(super) static CLAIM: Claim<Case> = Claim {
    card: theorem!("regions/kinked_layer", LINE_BY_LINE)
        .remembered_from("Goujon2022", "one layer of one-dimensional piecewise linear units")
        .as_printed("the formula is from memory; only the abstract was available"),
    statement: "n units of κ pieces on d inputs  ⟹  regions ≤ Σ_{j≤d} C(n, j) (κ - 1)^j",
    cases: || {
        layers(2..=4, 1..=3, 1..=3)
            .with("grids", 8, rulers())
            .with("4 inputs, 12 units", 16, layers(2..=4, 3..=4, 6..=12))
            .with("6 inputs, 14 units of 3 pieces", 128, layers(3..=3, 5..=6, 10..=14))
            .with("6 inputs, 40 units", 1024, layers(2..=2, 6..=6, 36..=40))
    },
    hypotheses: &[],
    conclusion: |case| at_most("regions", case.regions(), case.bound(0, 1)),
    twins: &[
        twin("one dimension fewer", |case: &Case| {
            at_most("regions", case.regions(), case.bound(1, 1))
        })
        .because("a unit a coordinate cuts a grid")
        .drawing(|| rulers().cases()),
        twin("one kink fewer", |case: &Case| at_most("regions", case.regions(), case.bound(0, 2)))
            .because("κ pieces have κ - 1 kinks")
            .drawing(|| rulers().cases()),
    ],
    well_formed: |case| {
        let (units, inputs) = (case.biases.len(), case.inputs());
        require!(
            case.weights.len() == units && case.weights.iter().all(|row| row.len() == inputs),
            "expected {units} rows of one length, as many as biases"
        )?;
        let small = (2..=5).contains(&case.pieces) && (1..=8).contains(&inputs);
        let fits = small && (1..=64).contains(&units);
        require!(fits, "expected 2 to 5 pieces, 1 to 8 inputs and 1 to 64 units")
    },
};

/// `weights: [units][inputs]`, one bias a unit, and an activation with kinks at 0, 1, ..
/// `pieces - 2` and slopes 0, 1, 0, 1, ..
#[derive(Debug, Serialize, Deserialize)]
pub struct Case {
    pieces: usize,
    weights: Vec<Vec<Rational>>,
    biases: Vec<Rational>,
}

impl Case {
    fn inputs(&self) -> usize {
        self.weights.first().map_or(0, Vec::len)
    }

    fn regions(&self) -> u64 {
        let kinks = (0..self.pieces - 1).map(Rational::from).collect();
        let slopes = (0..self.pieces).map(|piece| Rational::from(piece % 2)).collect();
        let bent = Activation::piecewise_linear(kinks, slopes, &Rational::ZERO)
            .expect("one slope more than kinks");
        let dense = Layer::dense(self.biases.len(), self.weights.concat(), self.biases.clone());
        let layers = vec![dense, Layer::Activation(bent)];
        let net = Network::new(Shape::Flat(self.inputs()), layers).expect("sizes agree");
        net.count_regions(Notion::R2, &Domain::Whole)
    }

    fn bound(&self, dimensions: usize, pieces: usize) -> Rational {
        family_cells(self.biases.len(), self.inputs() - dimensions, self.pieces - pieces).into()
    }
}

/// Layers with pieces, inputs and units in these numbers, and small integers.
fn layers(pieces: Span, inputs: Span, units: Span) -> impl Strategy<Value = Case> {
    (pieces, inputs, units).prop_flat_map(|(pieces, inputs, units)| {
        let weights = vec(numbers::integers(inputs, 9), units);
        (weights, numbers::integers(units, 9)).prop_map(move |(weights, biases)| Case {
            pieces,
            weights,
            biases,
        })
    })
}

/// A unit a coordinate: a grid.
fn rulers() -> impl Strategy<Value = Case> {
    (2usize..=4, 1usize..=2).prop_map(|(pieces, inputs)| {
        let row = |i: usize| (0..inputs).map(|j| Rational::from(i == j)).collect();
        let weights = (0..inputs).map(row).collect();
        Case { pieces, weights, biases: vec![Rational::ZERO; inputs] }
    })
}
