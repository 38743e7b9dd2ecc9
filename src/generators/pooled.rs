//! Pooled convolutions with filters of one tap, and the samples that they are compared on.

use super::prelude::*;

/// A channel `outer * sum over positions of relu(weight * x - threshold)`.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Channel {
    /// The one tap.
    pub weight: Rational,
    /// Subtracted before the ReLU.
    pub threshold: Rational,
    /// What reads the pooled channel.
    pub outer: Rational,
}

/// A pooled convolution and some signals of one length.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Pooled {
    /// One row a sample, one number a position.
    pub signals: Vec<Vec<Rational>>,
    /// The channels.
    pub channels: Vec<Channel>,
}

impl Channel {
    /// The pooled feature of a signal.
    pub fn feature(&self, signal: &[Rational]) -> Rational {
        let unit = |x: &Rational| (&self.weight * x - &self.threshold).max(Rational::ZERO);
        signal.iter().map(unit).sum()
    }

    /// `|weight| |outer|`.
    pub fn cost(&self) -> Rational {
        self.weight.abs() * self.outer.abs()
    }
}

impl Pooled {
    /// For each channel, its contribution to the value at each sample.
    pub fn columns(&self) -> Vec<Vec<Rational>> {
        let column = |own: &Channel| {
            self.signals.iter().map(|signal| &own.outer * own.feature(signal)).collect()
        };
        self.channels.iter().map(column).collect()
    }

    /// The pooled skip: the number of positions, and the sum over them, of each sample.
    pub fn skip(&self) -> Vec<Vec<Rational>> {
        let count = |signal: &Vec<Rational>| Rational::from(signal.len());
        let sum = |signal: &Vec<Rational>| signal.iter().cloned().sum();
        vec![self.signals.iter().map(count).collect(), self.signals.iter().map(sum).collect()]
    }

    /// The sum of the costs.
    pub fn cost(&self) -> Rational {
        self.channels.iter().map(Channel::cost).sum()
    }

    /// Why the parts do not fit, in a sentence.
    pub fn check(&self) -> Result<(), String> {
        let lengths = || self.signals.iter().map(Vec::len);
        match lengths().next() {
            Some(length) if length > 0 && lengths().all(|other| other == length) => Ok(()),
            _ => Err("signals of one length are expected, one at least".to_owned()),
        }
    }
}

/// So many samples of so many positions, and channels; small numbers, so that kinks meet samples.
pub fn pooled(samples: Span, positions: Span, channels: Span) -> BoxedStrategy<Pooled> {
    let channel = (numbers::integer(3), numbers::fraction(12, 2), numbers::integer(4))
        .prop_map(|(weight, threshold, outer)| Channel { weight, threshold, outer });
    (positions, samples)
        .prop_flat_map(move |(length, count)| {
            let signals = vec(numbers::integers(length, 4), count);
            (signals, vec(channel.clone(), channels.clone()))
        })
        .prop_map(|(signals, channels)| Pooled { signals, channels })
        .boxed()
}
