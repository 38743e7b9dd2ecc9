//! With filters of three taps and no growth, d - 1 layers are needed to see the whole input.

use crate::catalogue::prelude::*;

pub(super) static CLAIM: Claim<Case> = Claim {
    card: theorem!("approximation/same_size_depth", AGAINST_ITS_NOTE)
        .derived_from("Hwang2022", "the minimum depth for kernels of size 3")
        .as_printed("a minimum depth is in the abstract; this lower bound is derived here"),
    statement: "L ≤ d - 2 convolutions of 3 taps that keep the length d  ⟹  output 1 does not \
                depend on x_d",
    cases: || {
        let strata = cases(3..=6, -2..=-2).with("fewer layers", 4, cases(4..=8, -7..=-3));
        strata.with("20 to 40 inputs", 32, cases(20..=40, -2..=-2))
    },
    hypotheses: &[given("L ≤ d - 2", |case: &Case| case.filters.len() + 2 <= case.at.len())
        .needed("layer d - 1 brings the last input to output 1", || cases(3..=6, -1..=0).cases())],
    conclusion: |case| compare(case, 0, case.at.len() - 1),
    twins: &[
        twin("nor on the input before", |case: &Case| compare(case, 0, case.filters.len()))
            .because("input L + 1 arrives in layer L"),
        twin("nor does output 2", |case: &Case| compare(case, 1, case.filters.len() + 1))
            .because("output 2 sees one input further"),
    ],
    well_formed: |case| {
        let (d, layers) = (case.at.len(), case.filters.len());
        require!(
            d >= 2 && layers >= 1 && layers <= d && case.biases.len() == layers,
            "{d} inputs, {layers} filters, {} biases",
            case.biases.len()
        )
    },
};

/// Filters of three taps, one channel each, a bias a layer, and two values for one input.
#[derive(Debug, Serialize, Deserialize)]
pub struct Case {
    at: Vec<Rational>,
    step: Rational,
    filters: Vec<[Rational; 3]>,
    biases: Vec<Rational>,
}

/// How much output `unit` changes when input `moved` does; both counted from zero.
fn compare(case: &Case, unit: usize, moved: usize) -> Conclusion {
    let network = case.network();
    let mut other = case.at.clone();
    let moved = moved.min(other.len() - 1);
    other[moved] += &case.step;
    let change = &network.eval(&other)[unit] - &network.eval(&case.at)[unit];
    equal("change of the output", change.abs(), 0)
}

impl Case {
    /// ReLUs between the layers, none after the last.
    fn network(&self) -> Network {
        let d = self.at.len();
        let input = Shape::Line([1, d]);
        let mut layers = Vec::new();
        for (filter, bias) in self.filters.iter().zip(&self.biases) {
            if !layers.is_empty() {
                layers.push(Layer::relu());
            }
            let window = Window::line(3).padding(1);
            layers.push(Layer::convolution(1, window, filter.to_vec(), vec![bias.clone()]));
        }
        Network::new(input, layers).expect("padding keeps the length")
    }
}

fn cases(d: Span, beyond: RangeInclusive<isize>) -> impl Strategy<Value = Case> {
    (d, beyond)
        .prop_flat_map(|(d, beyond)| {
            let layers = d.saturating_add_signed(beyond).max(1);
            let tap = || numbers::fraction(4, 2);
            let filter = (tap(), tap(), tap()).prop_map(|(a, b, c)| [a, b, c]);
            let biases = vec(numbers::fraction(4, 2), layers);
            let at = vec(numbers::fraction(4, 2), d);
            (at, numbers::nonzero_integer(3), vec(filter, layers), biases)
        })
        .prop_map(|(at, step, filters, biases)| Case { at, step, filters, biases })
}
