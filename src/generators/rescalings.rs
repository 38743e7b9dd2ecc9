//! Networks with a factor for each of their channels.

use super::hidden_channels::{Kind, networks};
use super::network_text::Text;
use super::prelude::*;
use crate::spline::weights::{Balance, Charge, Edge, Rescaling, Rounding, balance};

/// A network, factors that its channels take in turn, and what decay charges for.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Rescaled {
    factors: Vec<Rational>,
    with_biases: bool,
    network: Text,
}

/// The most sweeps of a proposal.
const SWEEPS: usize = 600;

impl Rescaled {
    /// The network.
    pub fn network(&self) -> &Network {
        &self.network.0
    }

    /// What is charged.
    pub fn charge(&self) -> Charge {
        if self.with_biases { Charge::All } else { Charge::Weights }
    }

    /// The rescalings of the network.
    pub fn rescaling(&self) -> Rescaling {
        Rescaling::of(self.network())
    }

    /// The squares between channels.
    pub fn edges(&self) -> Vec<Edge> {
        self.rescaling().edges(&self.network().parameters(), self.charge())
    }

    /// A factor for each channel, that of the fixed units being 1.
    pub fn factors(&self) -> Vec<Rational> {
        let turn = self.factors.iter().cycle().cloned();
        [Rational::ONE].into_iter().chain(turn).take(self.rescaling().channels()).collect()
    }

    /// The network with these factors.
    pub fn rescaled(&self) -> Network {
        self.rescaling().apply(self.network(), &self.factors())
    }

    /// The decay of a network of this form.
    pub fn decay(&self, network: &Network) -> Rational {
        let parameters = network.parameters();
        let biases = parameters.iter().flat_map(|own| &own.bias).filter(|_| self.with_biases);
        let all = parameters.iter().flat_map(|own| &own.weight).chain(biases);
        all.map(|x| x * x).sum()
    }

    /// Balanced factors and a lower bound, after so many sweeps at most.
    pub fn balance(&self, rounding: Rounding, sweeps: usize) -> Balance {
        let mut left = sweeps.min(SWEEPS);
        balance(self.rescaling().channels(), &self.edges(), rounding, &mut || {
            let goes_on = left > 0;
            left = left.saturating_sub(1);
            goes_on
        })
    }

    /// Why the factors are none, in a sentence.
    pub fn check(&self) -> Result<(), String> {
        match self.factors.iter().find(|factor| !factor.is_positive()) {
            Some(factor) => Err(format!("factors are positive, found {factor}")),
            None if self.factors.is_empty() => Err("there must be a factor".to_owned()),
            None => Ok(()),
        }
    }
}

/// Networks of a kind with four factors.
pub fn rescaled(kind: Kind) -> BoxedStrategy<Rescaled> {
    let factor = (1i64..=6, 1i64..=6).prop_map(|(p, q)| Rational::new(p, q));
    (vec(factor, 1..=4), any::<bool>(), networks(kind))
        .prop_map(|(factors, with_biases, network)| Rescaled {
            factors,
            with_biases,
            network: Text(network),
        })
        .boxed()
}
