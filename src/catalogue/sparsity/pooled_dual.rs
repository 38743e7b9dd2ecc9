//! A dual vector bounds the cost of every pooled convolution, and kinks at the samples are all
//! that matter.

use crate::catalogue::prelude::*;
use crate::generators::pooled::{Channel, Pooled, pooled};

pub(super) static CLAIM: Claim<Case> = Claim {
    card: theorem!("sparsity/pooled_dual", AGAINST_ITS_NOTE)
        .derived_from("ErgenPilanci2021", "abstract: convex programs for convolutional networks"),
    statement: "filters of one tap, z orthogonal to the pooled skip, D the greatest |η| at the \
                samples' own numbers  ⟹  z · f ≤ D Σ |v| |w|, for every skip",
    cases: || {
        cases(Dual::Orthogonal, 3..=5).with("10 samples", 16, nets(Dual::Orthogonal, 10..=10))
    },
    hypotheses: &[given("orthogonal", |case: &Case| {
        case.network.skip().iter().all(|column| dot(column, &case.dual).is_zero())
    })
    .needed("a free skip can raise the pairing without cost", || cases(Dual::Any, 1..=4))],
    conclusion: |case| case.compare(&case.greatest(), &Rational::ONE),
    twins: &[
        twin("half of the greatest", |case: &Case| {
            case.compare(&case.greatest(), &Rational::new(1, 2))
        })
        .because("one channel at the right number attains it"),
        twin("at the first sample's numbers", |case: &Case| {
            let first = &case.network.signals[0];
            case.compare(&case.greatest_at(first.iter()), &Rational::ONE)
        })
        .because("the dictionary has the numbers of every sample"),
        twin("one position", |case: &Case| {
            let firsts = case.network.signals.iter().map(|signal| &signal[0]);
            case.compare(&case.greatest_at(firsts), &Rational::ONE)
        })
        .because("kinks lie at the numbers of every position"),
    ],
    well_formed: |case| {
        case.network.check()?;
        let [expected, found] = [case.network.signals.len(), case.dual.len()];
        require!(expected == found, "{expected} samples ask for as many entries, found {found}")
    },
};

/// A pooled convolution with a skip connection, and a dual vector.
#[derive(Debug, Serialize, Deserialize)]
pub struct Case {
    /// One number a sample.
    dual: Vec<Rational>,
    /// Constant and slope, summed over the positions.
    skip: [Rational; 2],
    network: Pooled,
}

impl Case {
    /// `η(t) = Σ z_i Σ_p relu(x_ip - t)`.
    fn eta(&self, t: &Rational) -> Rational {
        let unit = Channel { weight: 1.into(), threshold: t.clone(), outer: 1.into() };
        let features = self.network.signals.iter().map(|signal| unit.feature(signal));
        features.zip(&self.dual).map(|(feature, z)| feature * z).sum()
    }

    fn greatest_at<'a>(&self, numbers: impl Iterator<Item = &'a Rational>) -> Rational {
        let sizes = numbers.map(|t| self.eta(t).abs());
        sizes.fold(Rational::ZERO, Rational::max)
    }

    fn greatest(&self) -> Rational {
        self.greatest_at(self.network.signals.iter().flatten())
    }

    fn compare(&self, greatest: &Rational, factor: &Rational) -> Conclusion {
        let skip = self.network.skip();
        let value = |i: usize| -> Rational {
            let channels: Rational = self.network.columns().iter().map(|c| &c[i]).sum();
            let skip: Rational = skip.iter().zip(&self.skip).map(|(c, s)| &c[i] * s).sum();
            channels + skip
        };
        let pairing = self.dual.iter().enumerate().map(|(i, z)| z * value(i)).sum::<Rational>();
        at_most("pairing", pairing, factor * greatest * self.network.cost())
    }
}

/// How a dual vector is drawn.
#[derive(Clone, Copy)]
enum Dual {
    /// From the null space of the pooled skip.
    Orthogonal,
    /// Any.
    Any,
}

fn cases(dual: Dual, samples: Span) -> Cases<Case> {
    nets(dual, samples).cases()
}

/// One network in two has one channel, with its kink at a number of a sample.
fn nets(dual: Dual, samples: Span) -> impl Strategy<Value = Case> {
    let skip = [numbers::integer(3), numbers::integer(3)];
    let weights = numbers::integers(12, 3);
    (pooled(samples, 1..=3, 1..=4), skip, weights, any::<prop::sample::Index>(), any::<bool>())
        .prop_map(move |(mut network, skip, weights, pick, is_single)| {
            let space = match dual {
                Dual::Orthogonal => Matrix::from_rows(network.skip()).null_space(),
                Dual::Any => Vec::new(),
            };
            let samples = network.signals.len();
            let dual = match space.is_empty() && matches!(dual, Dual::Any) {
                true => weights[..samples].to_vec(),
                false => (0..samples)
                    .map(|i| space.iter().zip(&weights).map(|(row, w)| &row[i] * w).sum())
                    .collect(),
            };
            let mut case = Case { dual, skip, network: network.clone() };
            if is_single {
                let all: Vec<_> = network.signals.iter().flatten().cloned().collect();
                let threshold = all[pick.index(all.len())].clone();
                let outer = if case.eta(&threshold).is_negative() { -1 } else { 1 };
                network.channels =
                    vec![Channel { weight: Rational::ONE, threshold, outer: outer.into() }];
                case.network = network;
            }
            case
        })
}
