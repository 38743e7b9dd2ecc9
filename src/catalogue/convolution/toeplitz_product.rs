//! A chain of expansive convolutions is one, with the product of the filters.

use crate::catalogue::prelude::*;
use crate::construct::expansive::{filter_product, toeplitz_row};
use crate::generators::expansive::filter;

pub(super) static CLAIM: Claim<Case> = Claim {
    card: theorem!("convolution/toeplitz_product", AGAINST_ITS_NOTE)
        .formally("toeplitz_product", 0xc462_c05d_99c8_193c)
        .quoted_from("Zhou2020", "the step from filters to one sequence"),
    statement: "T^(J) ⋯ T^(1) = T^W with W = w^(J) * ⋯ * w^(1), in any order of the filters",
    cases: || {
        cases(1..=5, |s| s, [0..=4, 1..=4])
            .with("up to 12 inputs, 6 layers of 9 taps", 32, cases(6..=12, |s| s, [5..=8, 5..=6]))
            .with("40 inputs, 8 layers of 21 taps", 64, cases(40..=40, |s| s, [20..=20, 8..=8]))
            .with("100 inputs, 12 layers", 1024, cases(100..=100, |s| s, [40..=40, 12..=12]))
    },
    hypotheses: &[],
    conclusion: |case| case.compare(&expansive(&case.filters), case.units()),
    twins: &[
        twin("same size at every layer", |case: &Case| {
            let cropped = case.filters.iter().map(|w| same_size(w)).collect();
            let product = same_size(&filter_product(&case.filters));
            let same = matrix(Shape::Line([1, case.width]), vec![product]);
            let chain = matrix(Shape::Line([1, case.width]), cropped);
            same_signal("entries of the matrix", &chain, &same)
        })
        .because("what a crop throws away, the next layer would have read")
        .drawing(|| cases(1..=5, |half| 2 * half, [0..=2, 1..=4]).cases()),
        twin("inner width d", |case: &Case| {
            let crop = Layer::downsample(1, case.width);
            let layers = expansive(&case.filters).into_iter();
            let mut cropped: Vec<_> = layers.flat_map(|layer| [layer, crop.clone()]).collect();
            cropped.pop();
            case.compare(&cropped, case.width + case.filters[0].len() - 1)
        })
        .because(
            "layer j reads d + (j - 1) s units; of the first d + s rows only d come out right",
        ),
        twin("filters reversed", |case: &Case| {
            let reversed = |w: &Vec<Rational>| w.iter().rev().cloned().collect();
            let reversed: Vec<Vec<_>> = case.filters.iter().map(reversed).collect();
            case.compare(&expansive(&reversed), case.units())
        })
        .because("cross-correlation gives the product of the reversed filters"),
        twin("ReLU between the layers", |case: &Case| {
            let layers = expansive(&case.filters).into_iter();
            let mut bent: Vec<_> = layers.flat_map(|layer| [layer, Layer::relu()]).collect();
            bent.pop();
            case.compare(&bent, case.units())
        })
        .because("without a bias that lifts the signal, its negative entries are lost"),
    ],
    well_formed: |case| {
        let taps = case.filters.first().map(Vec::len);
        require!(taps.is_some(), "there must be a filter")?;
        let fits = case.filters.iter().all(|w| Some(w.len()) == taps);
        require!(fits, "the filters differ in length")?;
        let network = Network::new(Shape::Flat(case.width), expansive(&case.filters));
        network.map(drop).map_err(|e| e.to_string())
    },
};

/// The number of inputs and the filters, first to last.
#[derive(Debug, Serialize, Deserialize)]
pub struct Case {
    width: usize,
    filters: Vec<Vec<Rational>>,
}

impl Case {
    /// The width after the last layer.
    fn units(&self) -> usize {
        self.width + self.filters.iter().map(|w| w.len() - 1).sum::<usize>()
    }

    /// The matrix of the layers against the first `rows` rows of `T^W`; `W` is multiplied out last
    /// filter first.
    fn compare(&self, layers: &[Layer], rows: usize) -> Conclusion {
        let w = filter_product(self.filters.iter().rev());
        let found = matrix(Shape::Flat(self.width), layers.to_vec());
        let rows: Vec<_> = (0..rows).map(|i| toeplitz_row(&w, self.width, i)).collect();
        let column = |k: usize| rows.iter().map(move |row| row[k].clone());
        let expected: Vec<_> = (0..self.width).flat_map(column).collect();
        same_signal("entries of the matrix", &found, &expected)
    }
}

fn expansive(filters: &[Vec<Rational>]) -> Vec<Layer> {
    filters.iter().map(|w| Layer::expansive(w.clone(), Vec::new())).collect()
}

/// The middle of the expansive convolution with an odd number of taps.
fn same_size(filter: &[Rational]) -> Layer {
    let window = Window::line(filter.len()).padding(filter.len() / 2);
    Layer::convolution(1, window, filter.iter().rev().cloned().collect(), Vec::new())
}

/// The columns of a chain of linear layers, one after the other.
fn matrix(input: Shape, layers: Vec<Layer>) -> Vec<Rational> {
    let chain = Network::new(input, layers).expect("the case is well formed");
    let unit = |k: usize| {
        let mut x = vec![Rational::ZERO; input.units()];
        x[k] = Rational::ONE;
        chain.eval(&x)
    };
    (0..input.units()).flat_map(unit).collect()
}

/// Chains on so many inputs with filters of degree `degree(s)`, for `s` and the depth in ranges.
fn cases(
    width: Span,
    degree: fn(usize) -> usize,
    [s, depth]: [Span; 2],
) -> impl Strategy<Value = Case> {
    (width, s, depth)
        .prop_flat_map(move |(width, s, depth)| (Just(width), vec(filter(degree(s)), depth)))
        .prop_map(|(width, filters)| Case { width, filters })
}
