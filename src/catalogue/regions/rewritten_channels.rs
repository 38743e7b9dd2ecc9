//! Counts of regions do not see the order, the scale or the orientation of channels.

use crate::catalogue::prelude::*;
use crate::generators::two_hidden_layers::{Deep, sized};
use crate::net::{Affine, Axis, Map};

pub(super) static CLAIM: Claim<Case> = Claim {
    card: theorem!("regions/rewritten_channels", LINE_BY_LINE)
        .derived_from("Crease", "a property to test with"),
    statement: "channels permuted and rescaled by positive factors, the next layer told, \
                filters turned around: strict, R1, R2, R4 and R6 are unchanged; one notion \
                a case",
    cases: || {
        cases(small(), false)
            .with("3 inputs, 10 units", 32, cases(sized(2..=3, [4..=6, 3..=4]), false))
            // Few units first leave few dimensions to the others, so that regions are few.
            .with("6 inputs, 40 units", 128, cases(sized(6..=6, [2..=3, 38..=40]), false))
            .with("5 inputs, 12 units", 256, cases(sized(4..=5, [6..=8, 3..=4]), false))
            .with("5 inputs, 16 units", 2048, cases(sized(5..=5, [9..=10, 5..=6]), false))
    },
    hypotheses: &[given("positive factors", |case: &Case| {
        case.factors.iter().all(Rational::is_positive)
    })
    .needed("a negative factor exchanges on and off", || cases(small(), true).cases())],
    conclusion: |case| compared(case, Told::All),
    twins: &[
        twin("the biases keep their scale", |case: &Case| compared(case, Told::ButBiases))
            .because("the hyperplanes move"),
        twin("the next layer is not told", |case: &Case| compared(case, Told::ButReaders))
            .because("it weighs other channels than before"),
        twin("only the first filters are turned", |case: &Case| compared(case, Told::ButTurn))
            .because("the second layer reads positions in their old order"),
    ],
    well_formed: |case| {
        case.deep.check()?;
        let fits = case.deep.network().layers().iter().all(can_be_turned);
        require!(fits, "dense layers, convolutions of stride one without padding, ReLU")?;
        let parameters = case.deep.network().parameters();
        let [first, second, later @ ..] = &parameters[..] else {
            return Err("two layers with weights at least".to_owned());
        };
        // A later dense layer would have to be told of the turn.
        let is_flat = matches!(case.deep.network().input(), Shape::Flat(_));
        let fits = !case.turned || later.is_empty() || is_flat;
        require!(fits, "two layers with weights, if they are convolutions")?;
        let channels = first.bias.len();
        let mut sorted = case.order.clone();
        sorted.sort_unstable();
        require!(
            channels != 0 && !second.bias.is_empty() && sorted == (0..channels).collect::<Vec<_>>(),
            "an order of the {channels} channels, each with a bias"
        )?;
        let fits = case.factors.len() == channels && !case.factors.iter().any(Rational::is_zero);
        require!(fits, "{channels} factors that are not zero")?;
        require!(case.notion < Notion::ALL.len(), "notion {} of {}", case.notion, Notion::ALL.len())
    },
};

fn compared(case: &Case, told: Told) -> Conclusion {
    let notion = Notion::ALL[case.notion];
    let rewritten = case.rewritten(told).regions(notion);
    equal("regions after the rewriting", rewritten, case.deep.regions(notion))
}

/// What is rewritten with the filters of the first layer.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Told {
    All,
    ButBiases,
    ButReaders,
    ButTurn,
}

/// A network of two hidden layers; channel `k` of the first becomes channel `order[k]` times
/// `factors[k]`, and filters are turned around if `turned`. `notion` counts in [`Notion::ALL`].
#[derive(Debug, Serialize, Deserialize)]
pub struct Case {
    notion: usize,
    turned: bool,
    order: Vec<usize>,
    factors: Vec<Rational>,
    deep: Deep,
}

impl Case {
    fn rewritten(&self, told: Told) -> Deep {
        let old = self.deep.network().parameters();
        let mut new = old.clone();
        let (channels, readers) = (old[0].bias.len(), old[1].bias.len());
        let taps = old[0].weight.len() / channels;
        let read = old[1].weight.len() / (readers * channels);
        // The tap that takes the place of tap `t`.
        let turn = |t: usize, taps: usize| if self.turned { taps - 1 - t } else { t };
        for k in 0..channels {
            let (from, factor) = (self.order[k], &self.factors[k]);
            for t in 0..taps {
                new[0].weight[k * taps + t] = &old[0].weight[from * taps + turn(t, taps)] * factor;
            }
            let bias = &old[0].bias[from];
            new[0].bias[k] = if told == Told::ButBiases { bias.clone() } else { bias * factor };
            for (o, t) in (0..readers).flat_map(|o| (0..read).map(move |t| (o, t))) {
                let place = |k: usize, t: usize| (o * channels + k) * read + t;
                let turned = if told == Told::ButTurn { t } else { turn(t, read) };
                let told_from = if told == Told::ButReaders { k } else { from };
                let weight = &old[1].weight[place(told_from, turned)];
                new[1].weight[place(k, t)] =
                    if told == Told::ButReaders { weight.clone() } else { weight / factor };
            }
        }
        self.deep.with(new)
    }
}

/// Whether turning the input around turns what the layer does: all windows fit into it exactly.
fn can_be_turned(layer: &Layer) -> bool {
    match layer {
        Layer::Affine(Affine { map: Map::Convolution { groups, window, .. }, .. }) => {
            let mut axes = window.rows.iter().chain([&window.columns]);
            *groups == 1 && axes.all(|axis| *axis == Axis::new(axis.taps))
        }
        Layer::Affine(affine) => matches!(affine.map, Map::Dense { .. }),
        layer => *layer == Layer::relu(),
    }
}

/// Dense networks and convolutions on a line; factors up to three, of any sign if `signed`.
fn cases(networks: BoxedStrategy<Deep>, signed: bool) -> BoxedStrategy<Case> {
    networks
        .prop_flat_map(move |deep| {
            let channels = deep.network().parameters()[0].bias.len();
            let order = Just((0..channels).collect::<Vec<_>>()).prop_shuffle();
            let factors = vec(numbers::nonzero_integer(3), channels);
            (0..Notion::ALL.len(), any::<bool>(), order, factors, Just(deep))
        })
        .prop_map(move |(notion, turned, order, mut factors, deep)| {
            if !signed {
                factors.iter_mut().for_each(|factor| *factor = factor.abs());
            }
            Case { notion, turned, order, factors, deep }
        })
        .boxed()
}

fn small() -> BoxedStrategy<Deep> {
    prop_oneof![two_hidden_layers::networks(), two_hidden_layers::lines()].boxed()
}
