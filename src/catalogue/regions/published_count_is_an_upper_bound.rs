//! The published count R_N is never exceeded by a one-layer CNN.

use crate::catalogue::prelude::*;
use crate::counting::transversal::{Windows, binomial};

pub(super) static CLAIM: Claim<Case> = Claim {
    card: theorem!("regions/published_count_is_an_upper_bound", LINE_BY_LINE)
        .derived_from("Xiong2020", "Theorem 2, the direction that survives")
        .as_printed(
            "printed as an equality, without padding; the lower bound fails in two dimensions",
        ),
    statement: "regions of a one-layer CNN ≤ R_N = Σ_{t ∈ K_N} Π C(d, t_p), all parameters; \
                with padding the windows in K_N are clipped to the input",
    cases: || {
        let filters = |n: usize, f: usize, d| layer([1, n], [1, f], 0, d);
        let wide = (1usize..=4, 4usize..=8).prop_flat_map(move |(f, d)| filters(4, f, d));
        let large = (3usize..=6).prop_flat_map(move |f| filters(6, f, 40 / (7 - f)));
        prop_oneof![3 => line(), 1 => plane(), 1 => padded()]
            .with("4 inputs, 8 filters", 16, wide)
            .with("3x3 inputs, 3 filters", 64, layer([3, 3], [2, 2], 0, 3))
            .with("6 inputs, 40 units", 1024, large)
    },
    hypotheses: &[],
    conclusion: |case| at_most("regions", case.regions(), case.published()),
    twins: &[
        twin("count without padding", |case: &Case| {
            let windows = Windows::sliding(case.input, case.filter);
            at_most("regions", case.regions(), case.published_over(&windows))
        })
        .because("padding adds positions, and units there cut too")
        .drawing(|| padded().cases()),
        twin("one region fewer", |case: &Case| {
            at_most("regions", case.regions(), case.published() - Rational::ONE)
        })
        .because("one-dimensional layers attain the bound"),
        twin("general position in one dimension fewer", |case: &Case| {
            at_most("regions", case.regions(), case.generic(1))
        })
        .because("a window that covers the whole input cuts like hyperplanes in general position"),
    ],
    well_formed: |case| {
        let fits = (0..2).all(|i| (1..=case.input[i]).contains(&case.filter[i]));
        let is_well_made = fits && case.input.iter().all(|&n| n <= 6) && case.padding <= 1;
        require!(is_well_made, "the filter must fit an input of at most 6x6, with padding 0 or 1")?;
        let d = case.filters.len();
        require!(
            d != 0 && d == case.biases.len(),
            "{d} filters with {} biases",
            case.biases.len()
        )?;
        let taps = case.filter[0] * case.filter[1];
        if let Some(f) = case.filters.iter().find(|f| f.len() != taps) {
            return Err(format!("a filter has {} taps, expected {taps}", f.len()));
        }
        let network = case.network();
        match network.output().units() {
            0..=64 if network.output().units() <= 16 * d => Ok(()),
            units => Err(format!("{units} units; at most 64, at 16 positions, are counted here")),
        }
    },
};

/// One layer, one input channel, stride one: `filters: [d][f1 * f2]`, `biases: [d]`.
#[derive(Debug, Serialize, Deserialize)]
pub struct Case {
    input: [usize; 2],
    filter: [usize; 2],
    padding: usize,
    filters: Vec<Vec<Rational>>,
    biases: Vec<Rational>,
}

impl Case {
    fn inputs(&self) -> usize {
        self.input[0] * self.input[1]
    }

    fn network(&self) -> Network {
        let shape = Shape::Plane([1, self.input[0], self.input[1]]);
        let window = Window::plane(self.filter[0], self.filter[1]).padding(self.padding);
        let filters = self.filters.concat();
        let conv = Layer::convolution(self.filters.len(), window, filters, self.biases.clone());
        Network::new(shape, vec![conv, Layer::relu()]).expect("the filter fits the input")
    }

    /// Strict sign patterns of the pre-activations, on all inputs.
    fn regions(&self) -> u64 {
        self.network().count_regions(Notion::Strict, &Domain::Whole)
    }

    /// `R_N`, by its definition, over the windows clipped to the input.
    fn published(&self) -> Rational {
        self.published_over(&Windows::padded(self.input, self.filter, self.padding))
    }

    fn published_over(&self, windows: &Windows) -> Rational {
        windows.published_count(self.filters.len() as u32)
    }

    /// Regions of as many hyperplanes in general position, `fewer` dimensions below the input's.
    fn generic(&self, fewer: usize) -> Rational {
        let units = self.network().output().units() as u32;
        let dimension = (self.inputs() - fewer) as u32;
        (0..=dimension).map(|i| binomial(units, i)).sum()
    }
}

/// Lines up to 5 inputs, with up to three filters: at most 9 units.
fn line() -> impl Strategy<Value = Case> {
    (1usize..=3, 0usize..=2, 1usize..=3)
        .prop_flat_map(|(f, more, d)| layer([1, f + more], [1, f], 0, d))
}

/// Planes up to 3x3, with one or two filters: at most 8 units.
fn plane() -> impl Strategy<Value = Case> {
    ([1usize..=2, 1usize..=2], [0usize..=1, 0usize..=1], 1usize..=2)
        .prop_flat_map(|(f, more, d)| layer([f[0] + more[0], f[1] + more[1]], f, 0, d))
}

/// One filter as large as the input, with padding 1: 9 units, and windows of all sizes.
fn padded() -> impl Strategy<Value = Case> {
    [1usize..=2, 1usize..=3].prop_flat_map(|size| layer(size, size, 1, 1))
}

/// `d` filters with biases, of small integers.
fn layer(
    input: [usize; 2],
    filter: [usize; 2],
    padding: usize,
    d: usize,
) -> impl Strategy<Value = Case> {
    let taps = numbers::integers(filter[0] * filter[1], 7);
    (vec(taps, d), numbers::integers(d, 7)).prop_map(move |(filters, biases)| Case {
        input,
        filter,
        padding,
        filters,
        biases,
    })
}
