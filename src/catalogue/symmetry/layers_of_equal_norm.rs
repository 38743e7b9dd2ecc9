//! Convolutions with balanced channels have layers of equal norm.

use crate::catalogue::prelude::*;
use crate::spline::weights::{Charge, Rescaling, channel_norms};

pub(super) static CLAIM: Claim<Case> = Claim {
    card: theorem!("symmetry/layers_of_equal_norm", AGAINST_ITS_NOTE)
        .derived_from("Du2018", "abstract: layers are balanced")
        .as_printed("along gradient flow from small weights; here at balance, channel by channel"),
    statement: "convolutions in a chain, pooled or not, biases free, every hidden channel \
                |w|² = |v|²  ⟹  all layers have the same sum of squares",
    cases: || cases(true, 1..=3).with("6 channels, 4 layers", 16, chains(true, 6..=6, 4)),
    hypotheses: &[given("every channel balanced", |case: &Case| {
        let network = case.network();
        let norms = channel_norms(&network, &Rescaling::of(&network));
        norms.iter().all(|own| own.is_balanced(Charge::Weights))
    })
    .needed("a channel that is not balanced makes its layer larger than the next", || {
        cases(false, 1..=3)
    })],
    conclusion: |case| {
        let [first, other] = case.first_and_other(false);
        equal("squares of the first layer", first, other)
    },
    twins: &[
        twin("biases with the weights", |case: &Case| {
            let [first, other] = case.first_and_other(true);
            equal("squares of the first layer", first, other)
        })
        .because("where biases are free they take no part in the balance"),
        twin("each position a channel", |case: &Case| {
            let positions = Rational::from(case.length - 1);
            let [first, other] = case.first_and_other(false);
            equal("squares of the first layer", first * positions, other)
        })
        .because("a filter is charged once, however many positions it serves"),
    ],
    well_formed: |case| {
        let needed = case.layers.len() + usize::from(case.pooled) + 1;
        require!(case.length >= needed, "a length of {needed} at least, found {}", case.length)?;
        let n = case.layers.first().map(Vec::len);
        let is_square = |filters: &Vec<Vec<[Rational; 2]>>| {
            Some(filters.len()) == n && filters.iter().all(|row| Some(row.len()) == n)
        };
        let fits = n.is_some_and(|n| n > 0) && case.layers.iter().all(is_square);
        require!(fits, "every layer is expected to have as many channels as the input")
    },
};

/// Convolutions of two taps over a line, every layer of as many channels as the input.
#[derive(Debug, Serialize, Deserialize)]
pub struct Case {
    length: usize,
    /// Whether a maximum over two samples follows the first ReLU.
    pooled: bool,
    /// For each layer its filters, `[channel][input channel]`, of two taps.
    layers: Vec<Vec<Vec<[Rational; 2]>>>,
    /// The bias of the first layer.
    bias: Rational,
}

impl Case {
    fn network(&self) -> Network {
        let channels = self.layers[0].len();
        let mut layers = Vec::new();
        for (index, filters) in self.layers.iter().enumerate() {
            let bias = if index == 0 { vec![self.bias.clone(); channels] } else { Vec::new() };
            let numbers = filters.iter().flatten().flatten().cloned().collect();
            layers.push(Layer::convolution(channels, Window::line(2), numbers, bias));
            layers.push(Layer::relu());
            if self.pooled && index == 0 {
                layers.push(Layer::MaxPool(Window::line(2)));
            }
        }
        layers.pop();
        Network::new(Shape::Line([channels, self.length]), layers).expect("the length was checked")
    }

    /// The squares of the first layer, and of the first later one that differs, if one does.
    fn first_and_other(&self, with_biases: bool) -> [Rational; 2] {
        let all = self.network().parameters();
        let squares = |index: usize| -> Rational {
            let biases = all[index].bias.iter().filter(|_| with_biases);
            all[index].weight.iter().chain(biases).map(|x| x * x).sum()
        };
        let first = squares(0);
        let later = (1..all.len()).map(squares);
        let other = later.fold(first.clone(), |own, next| if own == first { next } else { own });
        [first, other]
    }
}

fn cases(is_balanced: bool, channels: Span) -> Cases<Case> {
    chains(is_balanced, channels, 3).cases()
}

/// Every filter bank has the same filters in each row and column, up to signs and order; or its
/// first row of the first layer is doubled.
fn chains(is_balanced: bool, channels: Span, depth: usize) -> impl Strategy<Value = Case> {
    (channels, 2..=depth, any::<bool>(), numbers::integer(3)).prop_flat_map(
        move |(n, depth, pooled, bias)| {
            let circle = vec([numbers::integer(3), numbers::integer(3)], n);
            let layer = (vec(any::<bool>(), n * n), 0..n);
            (circle, vec(layer, depth)).prop_map(move |(circle, layers)| {
                let bank = |(layer, (signs, turn)): (usize, &(Vec<bool>, usize))| {
                    let filter = |o: usize, i: usize| {
                        let sign = numbers::sign(signs[o * n + i]);
                        let size = if is_balanced || layer + o > 0 { 1 } else { 2 };
                        let factor = sign * Rational::integer(size);
                        circle[(o + i + turn) % n].clone().map(|x| x * &factor)
                    };
                    (0..n).map(|o| (0..n).map(|i| filter(o, i)).collect()).collect()
                };
                let layers: Vec<_> = layers.iter().enumerate().map(bank).collect();
                Case { length: depth + 3, pooled, layers, bias: bias.clone() }
            })
        },
    )
}
