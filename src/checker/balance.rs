//! Kind `balance`: the least weight decay among the rescalings of a network, between two bounds.
//!
//! The statement gives every sum a channel and every number a place, so that the checker sees by
//! itself which factor each number takes, and that the function stays. The evidence is a factor
//! for each channel, and a circulation between the channels for the bound from below.

use crate::circuit::Gate;
use crate::fraction::{Fraction, show};
use crate::integer::{Exact, Integer};
use crate::network::Network;
use crate::reader::Checker;
use crate::verdict::{Checked, Proved};
use std::collections::BTreeMap;

/// A number of a layer: the channel that it reads, the one that it writes, whether it is a bias.
struct Parameter {
    ends: [usize; 2],
    is_bias: bool,
    value: Fraction,
}

/// What is stated of the network.
struct Layers {
    lines: Vec<Gate>,
    /// The channel of every value, the number 1 and the inputs included.
    channels: Vec<usize>,
    parameters: Vec<Parameter>,
}

/// The squares that lead from one channel to another.
type Edges = BTreeMap<[usize; 2], Fraction>;

/// `input`, the values, `output`, `charge`, `most`, `least`; proof: `places`, `factors`,
/// `reference`, one line `flow` an edge.
impl<'a> Checker<'a> {
    pub(super) fn balance(&mut self, network: Option<&Network>) -> Checked<Proved<'a>> {
        let layers = self.rescalable(network)?;
        let charge = self.choice("charge", ["weights", "all"])?;
        let most = self.numbers("most", 1..=1)?.remove(0);
        let stated_most = self.line;
        let least = self.numbers("least", 1..=1)?.remove(0);
        let stated_least = self.line;
        let proof = self.proof()?;
        let places = self.count("places")?;
        if places > 1 << 16 {
            return Err(self.malformed("at most 65536 places", &places.to_string()));
        }
        let count = layers.channels.iter().max().map_or(0, |last| *last);
        let factors = self.factors("factors", count)?;
        let reference = self.factors("reference", count)?;
        let edges = self.edges(&layers.parameters, charge == "all")?;
        let mut decay = Integer::ZERO;
        for (ends, squares) in &edges {
            let term = self.rescaled(squares, *ends, &factors)?;
            decay -= self.floor(&-term.num, &term.den, places)?;
        }
        let bound = self.flows(&edges, &reference, places)?;
        let one = Integer::ONE << places;
        if self.product(&decay, &most.den)? > self.product(&most.num, &one)? {
            self.line = stated_most;
            let expected = format!("a decay of at least {}", show(&decay, &one));
            return Err(self.is_false(expected, most.to_string()));
        }
        if self.product(&bound, &least.den)? < self.product(&least.num, &one)? {
            self.line = stated_least;
            let expected = format!("a bound of at most {}", show(&bound, &one));
            return Err(self.is_false(expected, least.to_string()));
        }
        let fact = format!(
            "some rescaling of its {count} channels gives the network a decay of at most {most}, \
             and none gives it less than {least} (values {}, parameters {})",
            layers.lines.len(),
            layers.parameters.len()
        );
        Ok((proof, fact))
    }

    /// The values with their channels, up to the outputs, which are in channel 0.
    fn rescalable(&mut self, network: Option<&Network>) -> Checked<Layers> {
        let inputs = self.count("input")?;
        if inputs == 0 {
            return Err(self.malformed("at least one input", "0"));
        }
        let channels = vec![0; 1 + inputs];
        let mut layers = Layers { lines: Vec::new(), channels, parameters: Vec::new() };
        let outputs = loop {
            let keywords = ["unit", "relu", "bend", "max", "idle", "output"];
            let (keyword, words) = self.one_of(&keywords)?;
            let count = layers.channels.len();
            let channel = match keyword {
                "output" => break words,
                "idle" => {
                    let numbers = self.fractions(&words, 1..=usize::MAX)?.into_iter();
                    let idle = |value| Parameter { ends: [0, 0], is_bias: false, value };
                    layers.parameters.extend(numbers.map(idle));
                    continue;
                }
                "unit" => self.unit(&mut layers, &words)?,
                _ => {
                    let gate = self.value_line(keyword, &words, count)?;
                    let channel = self.channel_of(&gate, &layers.channels)?;
                    layers.lines.push(gate);
                    channel
                }
            };
            layers.channels.push(channel);
            self.is_line_of(network, inputs, &layers.lines)?;
        };
        let mut indices = Vec::new();
        for word in &outputs {
            let index = self.source(word, layers.channels.len())?;
            if layers.channels[index] != 0 {
                return Err(self.is_false("an output in channel 0", *word));
            }
            indices.push(index);
        }
        if let Some(network) = network {
            if network.lines.len() != layers.lines.len() || network.outputs != indices {
                let expected = "the values and the outputs of the network file, all of them";
                return Err(self.is_false(expected, "others"));
            }
            let all = self.edges(&layers.parameters, true)?;
            let mut sum = Fraction::from(0);
            for squares in all.into_values() {
                sum = self.plus(&sum, &squares)?;
            }
            if sum != network.squares {
                let expected = format!("squares that sum to {} as in the file", network.squares);
                return Err(self.is_false(expected, sum.to_string()));
            }
        }
        Ok(layers)
    }

    /// `C` and terms `I:NUMBER` (a number of the layer), `I=K` (number K again, from 1), or
    /// `I*NUMBER` (a constant of the layer).
    fn unit(&mut self, layers: &mut Layers, words: &[&'a str]) -> Checked<usize> {
        let count = layers.channels.len();
        let Some((first, terms)) = words.split_first() else {
            return Err(self.malformed("a channel", ""));
        };
        // There are no more channels than values.
        let into = self.source(first, count + 1)?;
        let mut sum: Vec<(usize, Fraction)> = Vec::with_capacity(terms.len());
        for word in terms {
            let Some(at) = word.find([':', '=', '*']) else {
                return Err(self.malformed("a term such as 3:-1/2, 3=7 or 3*1/4", word));
            };
            let (index, number) = (&word[..at], &word[at + 1..]);
            let index = self.source(index, count)?;
            if sum.last().is_some_and(|(last, _)| *last >= index) {
                return Err(self.malformed("increasing indices", word));
            }
            let (ends, is_bias) = ([layers.channels[index], into], index == 0);
            let value = if word[at..].starts_with('=') {
                let known = layers.parameters.len();
                let place = self.source(number, known + 1)?;
                let Some(earlier) = place.checked_sub(1).map(|k| &layers.parameters[k]) else {
                    return Err(self.malformed("a number from 1", number));
                };
                if earlier.ends != ends || earlier.is_bias != is_bias {
                    return Err(self.is_false("a number between the same channels", *word));
                }
                earlier.value.clone()
            } else {
                let value = self.fractions(&[number], 1..=1)?.remove(0);
                if value.num.is_zero() {
                    return Err(self.malformed("a weight other than 0", word));
                }
                if word[at..].starts_with(':') {
                    layers.parameters.push(Parameter { ends, is_bias, value: value.clone() });
                } else if ends[0] != ends[1] {
                    return Err(self.is_false("a constant within one channel", *word));
                }
                value
            };
            sum.push((index, value));
        }
        layers.lines.push(Gate::Sum(sum));
        Ok(into)
    }

    /// The channel of what an activation or a maximum makes of its sources.
    fn channel_of(&self, gate: &Gate, channels: &[usize]) -> Checked<usize> {
        match gate {
            Gate::Bend { source, at_zero, rest, .. } => {
                let is_homogeneous =
                    at_zero.num.is_zero() && rest.iter().all(|(point, _)| point.num.is_zero());
                match channels[*source] {
                    channel if is_homogeneous || channel == 0 => Ok(channel),
                    channel => {
                        let expected = "channel 0 at what does not commute with positive factors";
                        Err(self.is_false(expected, channel.to_string()))
                    }
                }
            }
            Gate::Max(sources) => {
                let first = channels[sources[0]];
                match sources.iter().find(|source| channels[**source] != first) {
                    None => Ok(first),
                    Some(other) => {
                        let found = format!("{first} and {}", channels[*other]);
                        Err(self.is_false("a maximum within one channel", found))
                    }
                }
            }
            Gate::Sum(_) => unreachable!("a sum states its channel"),
        }
    }

    /// A positive factor for each channel, after the 1 of channel 0.
    fn factors(&mut self, keyword: &'static str, count: usize) -> Checked<Vec<Fraction>> {
        let mut factors = self.numbers(keyword, count..=count)?;
        if let Some(other) = factors.iter().find(|factor| !factor.num.is_positive()) {
            return Err(self.malformed("positive factors", &other.to_string()));
        }
        factors.insert(0, Fraction::from(1));
        Ok(factors)
    }

    /// The sums of squares between channels; biases read channel 0 if they are charged.
    fn edges(&mut self, parameters: &[Parameter], with_biases: bool) -> Checked<Edges> {
        let mut groups: BTreeMap<[usize; 2], Vec<Fraction>> = BTreeMap::new();
        for parameter in parameters.iter().filter(|own| with_biases || !own.is_bias) {
            groups.entry(parameter.ends).or_default().push(parameter.value.clone());
        }
        let mut edges = Edges::new();
        for (ends, numbers) in groups {
            let table = self.table(vec![numbers])?;
            let num = self.dot(table.rows[0].iter().zip(&table.rows[0]))?;
            edges.insert(ends, Fraction { num, den: self.product(&table.den, &table.den)? });
        }
        Ok(edges)
    }

    /// Squares after factors.
    fn rescaled(
        &mut self,
        squares: &Fraction,
        [from, into]: [usize; 2],
        factors: &[Fraction],
    ) -> Checked<Fraction> {
        if from == into {
            return Ok(squares.clone());
        }
        let ratio = self.times(&factors[into], &factors[from].inverse())?;
        let ratio = self.times(&ratio, &ratio)?;
        self.times(squares, &ratio)
    }

    /// `num / den` in units of `2^-places`, rounded down.
    fn floor(&mut self, num: &Integer, den: &Integer, places: usize) -> Checked<Integer> {
        self.spend(((num.bits() + places as u64) / 64 + 2) * (den.bits() / 64 + 2))?;
        Ok((num << places).div_floor(den))
    }

    /// The lines `flow` up to `end`: the sum of `2 f - f^2 / q`, each rounded down, with `q` the
    /// squares after the factors, if as much flows into every channel as out of it.
    fn flows(&mut self, edges: &Edges, factors: &[Fraction], places: usize) -> Checked<Integer> {
        let (mut bound, mut last) = (Integer::ZERO, None);
        let (mut all, mut numbers) = (Vec::new(), Vec::new());
        loop {
            let (keyword, words) = self.one_of(&["flow", "end"])?;
            if keyword == "end" {
                self.nothing_more("end", &words)?;
                break;
            }
            let [from, into, number] = words[..] else {
                return Err(self.malformed("two channels and a number", &words.join(" ")));
            };
            let ends = [self.source(from, factors.len())?, self.source(into, factors.len())?];
            if last.is_some_and(|last| last >= ends) {
                return Err(self.malformed("increasing pairs of channels", &words.join(" ")));
            }
            last = Some(ends);
            let f = self.fractions(&[number], 1..=1)?.remove(0);
            let Some(squares) = edges.get(&ends).filter(|_| !f.num.is_negative()) else {
                let expected = "a flow that is not negative, where numbers are charged";
                return Err(self.is_false(expected, words.join(" ")));
            };
            let q = self.rescaled(squares, ends, factors)?;
            let square = self.times(&f, &f)?;
            let lost = self.times(&square, &q.inverse())?;
            let twice = Fraction { num: &f.num * 2, den: f.den.clone() };
            let term = self.plus(&twice, &lost.negated())?;
            bound += self.floor(&term.num, &term.den, places)?;
            all.push(ends);
            numbers.push(f);
        }
        let table = self.table(vec![numbers])?;
        let mut excess = vec![Integer::ZERO; factors.len()];
        for ([from, into], f) in all.into_iter().zip(&table.rows[0]) {
            excess[into] += f;
            excess[from] -= f;
        }
        match excess.iter().position(|excess| !excess.is_zero()) {
            None => Ok(bound),
            Some(channel) => {
                let expected = format!("as much into channel {channel} as out of it");
                Err(self.is_false(expected, show(&excess[channel], &table.den)))
            }
        }
    }
}
