//! Networks with a marked hidden channel, and networks with a cotangent at the output.

use super::hidden_channels::{Kind, networks};
use super::network_text::Text;
use super::prelude::*;
use crate::net::Parameters;
use crate::properties::{self, Channel, Pairing, channel, gradient};
use proptest::sample::Index;

/// A network with a marked hidden channel, and an input.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Marked {
    writer: usize,
    channel: usize,
    x: Vec<Rational>,
    network: Text,
}

impl Marked {
    /// The network.
    pub fn network(&self) -> &Network {
        &self.network.0
    }

    /// The marked channel. Panics unless [`Marked::check`] passes.
    pub fn channel(&self) -> Channel {
        channel(self.network(), self.writer, self.channel).expect("the mark was checked")
    }

    /// The input.
    pub fn x(&self) -> &[Rational] {
        &self.x
    }

    /// The same with a balanced channel: what reads it has as many squares as what writes it.
    ///
    /// The readers take the absolute values of the writers in turn, and keep their signs; what has
    /// no partner becomes zero.
    pub fn balanced(self) -> Self {
        let channel = self.channel();
        let mut parameters = self.network().parameters();
        let own = &mut parameters[channel.writer];
        let weights = channel.incoming.iter().map(|&p| (p, true));
        let writers = weights.chain(channel.bias.iter().map(|&p| (p, false)));
        let mut sizes = Vec::new();
        for (p, is_weight) in writers {
            let entry = if is_weight { &mut own.weight[p] } else { &mut own.bias[p] };
            if sizes.len() == channel.outgoing.len() {
                *entry = Rational::ZERO;
            } else {
                sizes.push(entry.abs());
            }
        }
        sizes.resize(channel.outgoing.len(), Rational::ZERO);
        for (&p, size) in channel.outgoing.iter().zip(sizes) {
            let entry = &mut parameters[channel.reader].weight[p];
            *entry = if entry.is_negative() { -size } else { size };
        }
        let network = self.network().with_parameters(parameters);
        Self { network: Text(network.expect("the form of the parameters is unchanged")), ..self }
    }

    /// The same with a channel that is not dead: the first weight of its filter and the first that
    /// reads it become one where they are zero.
    pub fn alive(self) -> Self {
        let channel = self.channel();
        let mut parameters = self.network().parameters();
        let ends = [(channel.writer, &channel.incoming), (channel.reader, &channel.outgoing)];
        for (layer, weights) in ends {
            let entry = &mut parameters[layer].weight[weights[0]];
            if entry.is_zero() {
                *entry = Rational::ONE;
            }
        }
        let network = self.network().with_parameters(parameters);
        Self { network: Text(network.expect("the form of the parameters is unchanged")), ..self }
    }

    /// Why the mark or the input does not fit the network, in a sentence.
    pub fn check(&self) -> Result<(), String> {
        let (expected, found) = (self.network().input().units(), self.x.len());
        refuse_if!(found != expected, "the network reads {expected} entries, x has {found}");
        match channel(self.network(), self.writer, self.channel) {
            Some(_) => Ok(()),
            None => Err(format!(
                "layer {} has no channel {} that one later layer reads",
                self.writer, self.channel
            )),
        }
    }

    /// Squared norms around the channel.
    pub fn squares(&self) -> Pairing {
        let parameters = self.network().parameters();
        self.channel().pairing(&parameters, &parameters)
    }
}

/// A marked network with a cotangent: the gradient of some loss by the output.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct MarkedProbe {
    cotangent: Vec<Rational>,
    /// The network.
    pub mark: Marked,
}

impl MarkedProbe {
    /// The gradient by the parameters.
    pub fn gradient(&self) -> Vec<Parameters> {
        gradient(self.mark.network(), &self.mark.x, &self.cotangent).parameters
    }

    /// Squared norms around the channel: before a step of this rate, after it, and of the gradient.
    /// Of every parameter the step keeps `kept` times its value.
    pub fn step(&self, rate: &Rational, kept: &Rational) -> [Pairing; 3] {
        let before = self.mark.network().parameters();
        let gradient = self.gradient();
        let step = |p: &[Rational], g: &[Rational]| -> Vec<Rational> {
            p.iter().zip(g).map(|(p, g)| kept * p - rate * g).collect()
        };
        let after = before.iter().zip(&gradient).map(|(p, g)| Parameters {
            weight: step(&p.weight, &g.weight),
            bias: step(&p.bias, &g.bias),
        });
        let after: Vec<_> = after.collect();
        let channel = self.mark.channel();
        [before, after, gradient].map(|p| channel.pairing(&p, &p))
    }

    /// Why the parts do not fit each other, in a sentence.
    pub fn check(&self) -> Result<(), String> {
        let (expected, found) = (self.mark.network().output().units(), self.cotangent.len());
        refuse_if!(
            found != expected,
            "the network writes {expected} entries, the cotangent has {found}"
        );
        self.mark.check()
    }
}

/// A marked network, and a factor by which its channel is scaled.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct MarkedScaling {
    /// The factor.
    pub factor: Rational,
    /// The network.
    pub mark: Marked,
}

impl MarkedScaling {
    /// The network with its channel scaled by the factor, and what reads it by the reciprocal.
    pub fn rescaled(&self) -> Network {
        self.mark.channel().rescale(self.mark.network(), &self.factor)
    }

    /// Why the factor or the mark does not fit, in a sentence.
    pub fn check(&self) -> Result<(), String> {
        refuse_if!(self.factor.is_zero(), "the factor is zero; nothing can be divided by it");
        self.mark.check()
    }
}

/// Marked networks of a kind.
pub fn marked(kind: Kind) -> BoxedStrategy<Marked> {
    networks(kind)
        .prop_flat_map(|network| {
            let x = numbers::integers(network.input().units(), 3);
            (Just(network), x, any::<Index>())
        })
        .prop_map(|(network, x, pick)| {
            let writers = 0..network.parameters().len();
            let exists =
                |&(writer, channel): &_| properties::channel(&network, writer, channel).is_some();
            let channels = |writer| (0..).map(move |c| (writer, c)).take_while(exists);
            let marks: Vec<_> = writers.flat_map(channels).collect();
            let &(writer, channel) = pick.get(&marks);
            Marked { writer, channel, x, network: Text(network) }
        })
        .boxed()
}

/// Marked networks as [`marked`] draws them, with a cotangent.
pub fn marked_probes(kind: Kind) -> BoxedStrategy<MarkedProbe> {
    marked(kind)
        .prop_flat_map(|mark| (numbers::integers(mark.network().output().units(), 3), Just(mark)))
        .prop_map(|(cotangent, mark)| MarkedProbe { cotangent, mark })
        .boxed()
}

/// A network, an input, and a cotangent: the gradient of some loss by the output.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Probe {
    cotangent: Vec<Rational>,
    x: Vec<Rational>,
    network: Text,
}

impl Probe {
    /// The network.
    pub fn network(&self) -> &Network {
        &self.network.0
    }

    /// The input.
    pub fn x(&self) -> &[Rational] {
        &self.x
    }

    /// The gradient by the parameters.
    pub fn gradient(&self) -> Vec<Parameters> {
        gradient(self.network(), &self.x, &self.cotangent).parameters
    }

    /// The value of which that is the gradient, at a network of the same shapes.
    pub fn value(&self, network: &Network) -> Rational {
        dot(&self.cotangent, &network.eval(&self.x))
    }

    /// Why the lengths do not fit, in a sentence.
    pub fn check(&self) -> Result<(), String> {
        let network = self.network();
        let lengths = [
            ("x", self.x.len(), network.input().units()),
            ("the cotangent", self.cotangent.len(), network.output().units()),
        ];
        match lengths.into_iter().find(|(_, found, expected)| found != expected) {
            Some((what, found, expected)) => {
                Err(format!("{what} has {found} entries, the network asks for {expected}"))
            }
            None => Ok(()),
        }
    }
}

/// Networks as [`networks`] draws them, with an input and a cotangent.
pub fn probes(kind: Kind) -> BoxedStrategy<Probe> {
    networks(kind)
        .prop_flat_map(|network| {
            let signal = |units| numbers::integers(units, 3);
            (signal(network.output().units()), signal(network.input().units()), Just(network))
        })
        .prop_map(|(cotangent, x, network)| Probe { cotangent, x, network: Text(network) })
        .boxed()
}
