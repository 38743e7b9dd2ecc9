//! Layers of maxout units have at most Π_l Σ_j C(n_l, j) (k - 1)^j regions.

use crate::catalogue::prelude::*;
use crate::counting::dense::family_cells;

pub(super) static CLAIM: Claim<Case> = Claim {
    card: theorem!("depth/maxout_layers", AGAINST_ITS_NOTE)
        .derived_from("Serra2018", "the upper bound for networks of maxout units")
        .as_printed(
            "quoted in part, with C(k (k - 1)/2 · n_l, j) in the sum; the smaller bound is that of \
             one layer, cell by cell",
        ),
    statement: "layers of n_1, .., n_L maxout units of rank k on n_0 inputs  ⟹  R4 ≤ \
                Π_l Σ_{j ≤ m_l} C(n_l, j) (k - 1)^j with m_l = min(n_0, .., n_{l-1})",
    cases: || {
        nets(1..=2, 1..=2, 1..=2, 2..=3)
            .with("folds of one unit", 8, (1usize..=7).prop_map(folds))
            .with("narrow, then wide", 8, narrow(1..=4))
            .with("three layers", 32, nets(1..=2, 3..=3, 1..=3, 2..=2))
            .with("3 inputs", 64, nets(3..=3, 2..=2, 2..=3, 2..=3))
            .with("4 inputs, 3 layers", 2048, nets(4..=4, 3..=3, 3..=4, 2..=2))
    },
    hypotheses: &[],
    conclusion: |case| at_most("regions", case.regions(), case.bound()),
    twins: &[
        twin("one region fewer", |case: &Case| below("regions", case.regions(), case.bound()))
            .because("one unit of rank two a layer folds a line in two each time")
            .drawing(|| Cases::listed((1..=7).map(folds))),
        twin("layers add", |case: &Case| {
            let dimension = case.inputs;
            let sum = case
                .layers
                .iter()
                .map(|layer| Rational::from(family_cells(layer.len(), dimension, case.rank() - 1)));
            at_most("regions", case.regions(), sum.sum::<Rational>())
        })
        .because("three folds make eight regions, and six would be allowed")
        .drawing(|| Cases::listed((3..=7).map(folds))),
        twin("the last layer alone", |case: &Case| {
            let last = case.layers.last().map(Vec::len).ok_or(Undecided("no layer"))?;
            at_most("regions", case.regions(), family_cells(last, case.inputs, case.rank() - 1))
        })
        .because("the kinks of the layers before stay"),
    ],
    well_formed: |case| {
        let rank = case.layers.first().and_then(|layer| layer.first()).map(Vec::len);
        let rank = rank.ok_or("there must be a layer with a unit")?;
        let fits = rank >= 2 && case.layers.iter().flatten().all(|unit| unit.len() == rank);
        require!(fits, "expected units of one rank, at least 2")?;
        let mut before = case.inputs;
        for (layer, number) in case.layers.iter().zip(1..) {
            let length = before + 1;
            let fits = layer.iter().flatten().all(|choice| choice.len() == length);
            require!(
                fits && !layer.is_empty(),
                "layer {number}: expected {length} numbers a choice, the offset last"
            )?;
            before = layer.len();
        }
        let choices: usize = case.layers.iter().map(|layer| rank * layer.len()).sum();
        let fits = (1..=8).contains(&case.inputs) && choices <= 64;
        require!(fits, "expected 1 to 8 inputs and at most 64 choices in all")
    },
};

/// `layers: [L][units][rank][inputs + 1]`: for each choice its coefficients, and its offset last.
#[derive(Debug, Serialize, Deserialize)]
pub struct Case {
    inputs: usize,
    layers: Vec<Vec<Vec<Vec<Rational>>>>,
}

impl Case {
    fn rank(&self) -> usize {
        self.layers[0][0].len()
    }

    /// The choices of each layer as a dense layer, and a maximum over each run of them.
    fn regions(&self) -> u64 {
        let mut chain = Vec::new();
        let mut before = self.inputs;
        for layer in &self.layers {
            let choices = || layer.iter().flatten();
            let weights = choices().flat_map(|choice| choice[..before].to_vec()).collect();
            let offsets: Vec<_> = choices().map(|choice| choice[before].clone()).collect();
            let all = offsets.len();
            before = layer.len();
            chain.push(Layer::dense(all, weights, offsets));
            chain.push(Layer::Reshape(Shape::Line([1, all])));
            chain.push(Layer::MaxPool(Window::line(self.rank()).stride(self.rank())));
            chain.push(Layer::Reshape(Shape::Flat(before)));
        }
        let net = Network::new(Shape::Flat(self.inputs), chain).expect("sizes agree");
        net.count_regions(Notion::R4, &Domain::Whole)
    }

    fn bound(&self) -> Natural {
        let mut dimension = self.inputs;
        let layer = |layer: &Vec<Vec<Vec<Rational>>>| {
            let cells = family_cells(layer.len(), dimension, self.rank() - 1);
            dimension = dimension.min(layer.len());
            cells
        };
        self.layers.iter().map(layer).product()
    }
}

/// Inputs, layers, units and a rank in these numbers, with small integers.
fn nets(inputs: Span, layers: Span, units: Span, rank: Span) -> BoxedStrategy<Case> {
    (inputs, vec(units, layers), rank)
        .prop_flat_map(|(inputs, widths, rank)| {
            let before = std::iter::once(inputs).chain(widths.iter().copied());
            let layer = |(&units, before): (&usize, usize)| {
                vec(vec(numbers::integers(before + 1, 5), rank), units).boxed()
            };
            let layers: Vec<_> = widths.iter().zip(before).map(layer).collect();
            layers.prop_map(move |layers| Case { inputs, layers })
        })
        .boxed()
}

/// Two inputs, one unit, and then so many: on a line there.
fn narrow(units: Span) -> BoxedStrategy<Case> {
    let first = vec(vec(numbers::integers(3, 5), 2), 1);
    (first, vec(vec(numbers::integers(2, 9), 2), units))
        .prop_map(|(first, second)| Case { inputs: 2, layers: vec![first, second] })
        .boxed()
}

/// `x -> max(2 x - 1, 1 - 2 x)` so many times.
fn folds(layers: usize) -> Case {
    let choice = |slope: i64| vec![Rational::integer(slope), Rational::integer(-slope.signum())];
    let layer = || vec![vec![choice(2), choice(-2)]];
    Case { inputs: 1, layers: (0..layers).map(|_| layer()).collect() }
}
