//! Streams and what makes them: the network as a graph, before it is put in an order.
//!
//! A stream is a vector that some step makes; stream 0 is the input. A step reads one stream, or
//! several one after another, and does what layers do.

use super::value::{Entry, Signal, Value, product};
use super::{ImportError, too_many};
use crate::exact::Rational;
use crate::net::{Layer, MAX_TERMS, MAX_UNITS, Shape};
use std::collections::{BTreeSet, HashMap};
use std::rc::Rc;

/// A step, which makes one stream.
pub(super) struct Step {
    pub(super) place: String,
    /// The streams that it reads, one after another.
    pub(super) reads: Vec<u32>,
    pub(super) makes: u32,
    /// The shape in which its first layer reads; any if there is none.
    pub(super) shape: Option<Shape>,
    pub(super) work: Work,
}

/// What a step does.
pub(super) enum Work {
    Layer(Layer),
    /// A factor and an addend for each unit; no addends are zeros.
    Scale {
        factor: Vec<Rational>,
        addend: Vec<Rational>,
    },
    /// The sum of two streams, entry by entry.
    Sum,
}

/// The graph so far.
pub(super) struct Builder {
    /// The units of each stream.
    pub(super) units: Vec<usize>,
    pub(super) steps: Vec<Step>,
    /// How many more entries and terms may be made.
    left: usize,
}

impl Builder {
    /// The graph of nothing but an input.
    pub(super) fn new(units: usize) -> Self {
        Self { units: vec![units], steps: Vec::new(), left: 2 * MAX_TERMS }
    }

    /// Errors: all steps together make more than they may.
    pub(super) fn spend(&mut self, place: &str, count: usize) -> Result<(), ImportError> {
        let left = self.left.checked_sub(count);
        self.left =
            left.ok_or_else(|| too_many(place, "entries and terms in all", 2 * MAX_TERMS))?;
        Ok(())
    }

    /// Adds a step that makes `units`; the stream.
    pub(super) fn step(
        &mut self,
        place: &str,
        reads: Vec<u32>,
        shape: Option<Shape>,
        work: Work,
        units: usize,
    ) -> Result<u32, ImportError> {
        refuse_if!(units > MAX_UNITS, too_many(place, "units of a signal", MAX_UNITS));
        self.spend(place, units)?;
        let makes = self.units.len() as u32;
        self.units.push(units);
        self.steps.push(Step { place: place.to_owned(), reads, makes, shape, work });
        Ok(makes)
    }

    /// All units of a stream, in order.
    pub(super) fn all(&self, stream: u32, axes: Vec<usize>) -> Value {
        let units = self.units[stream as usize] as u32;
        debug_assert_eq!(product(&axes), units as usize);
        Value::signal(axes, (0..units).map(|unit| Entry::Unit(stream, unit)).collect())
    }

    /// The stream that has these entries and no others, in this order.
    pub(super) fn whole(&mut self, place: &str, signal: &Signal) -> Result<u32, ImportError> {
        if let Some((stream, order)) = signal.permuted(|s| self.units[s as usize])
            && order.iter().enumerate().all(|(place, unit)| place == *unit as usize)
        {
            return Ok(stream);
        }
        let mut rows = Rows::new(signal.entries.len());
        for (o, entry) in signal.entries.iter().enumerate() {
            rows.add(o, entry, &Rational::ONE);
        }
        self.rows(place, rows)
    }

    /// A stream of the entries, and which of its units each of them is.
    pub(super) fn ordered(
        &mut self,
        place: &str,
        signal: &Signal,
    ) -> Result<(u32, Vec<u32>), ImportError> {
        match signal.permuted(|s| self.units[s as usize]) {
            Some(found) => Ok(found),
            None => Ok((self.whole(place, signal)?, (0..signal.entries.len() as u32).collect())),
        }
    }

    /// These streams, each once, and where each begins when they are read one after another.
    fn joined(&self, streams: impl Iterator<Item = u32>) -> (Vec<u32>, HashMap<u32, usize>) {
        let reads: BTreeSet<u32> = streams.collect();
        let (mut starts, mut start) = (HashMap::new(), 0);
        for stream in &reads {
            starts.insert(*stream, start);
            start += self.units[*stream as usize];
        }
        (reads.into_iter().collect(), starts)
    }

    /// A step that acts on every entry alike: on all units of a stream, whatever their order.
    pub(super) fn on_units(
        &mut self,
        place: &str,
        signal: &Signal,
        work: impl FnOnce(&[u32]) -> Work,
    ) -> Result<Value, ImportError> {
        let (stream, order) = self.ordered(place, signal)?;
        let units = order.len();
        let made = self.step(place, vec![stream], None, work(&order), units)?;
        let entries = order.into_iter().map(|unit| Entry::Unit(made, unit)).collect();
        Ok(Value::signal(signal.axes.clone(), entries))
    }

    /// The stream of the sums of these rows.
    pub(super) fn rows(&mut self, place: &str, rows: Rows) -> Result<u32, ImportError> {
        let Rows { rows, bias, weights, .. } = rows;
        let terms = rows.iter().map(Vec::len).sum::<usize>();
        refuse_if!(terms > MAX_TERMS, too_many(place, "terms of a layer", MAX_TERMS));
        self.spend(place, terms)?;
        let (mut reads, starts) = self.joined(rows.iter().flatten().map(|(stream, ..)| *stream));
        if reads.is_empty() {
            // A constant output depends on the input by no terms.
            reads.push(0);
        }
        let mut table = Table::default();
        let mut sparse = Vec::with_capacity(rows.len());
        for row in rows {
            let place = |(stream, unit, w): (u32, u32, u32)| (starts[&stream] as u32 + unit, w);
            let mut row: Vec<_> = row.into_iter().map(place).collect();
            row.sort_by_key(|(i, _)| *i);
            let mut sums: Vec<[u32; 2]> = Vec::with_capacity(row.len());
            for run in row.chunk_by(|a, b| a.0 == b.0) {
                let weight: Rational = match run {
                    [(_, w)] => weights.numbers[*w as usize].clone(),
                    _ => run.iter().map(|(_, w)| weights.numbers[*w as usize].clone()).sum(),
                };
                if !weight.is_zero() {
                    sums.push([run[0].0, table.index(&weight)]);
                }
            }
            sparse.push(sums);
        }
        let is_biased = bias.iter().any(|b| !b.is_zero());
        let units = sparse.len();
        let layer = Layer::sparse(sparse, table.numbers, if is_biased { bias } else { Vec::new() });
        self.step(place, reads, None, Work::Layer(layer), units)
    }

    /// The stream of the greatest entries of these sets of entries, none of them empty.
    pub(super) fn greatest(
        &mut self,
        place: &str,
        sets: &[Vec<usize>],
        entries: &[Entry],
    ) -> Result<u32, ImportError> {
        self.spend(place, sets.iter().map(Vec::len).sum())?;
        let has_numbers = entries.iter().any(|entry| matches!(entry, Entry::Number(_)));
        let signal = Signal { axes: vec![entries.len()], entries: Rc::new(entries.to_vec()) };
        let (reads, index): (Vec<u32>, Vec<usize>) = if has_numbers {
            (vec![self.whole(place, &signal)?], (0..entries.len()).collect())
        } else {
            let unit = |entry: &Entry| match entry {
                Entry::Unit(stream, unit) => (*stream, *unit as usize),
                Entry::Number(_) => (0, 0),
            };
            let (reads, starts) = self.joined(entries.iter().map(|entry| unit(entry).0));
            let index = entries.iter().map(unit).map(|(s, unit)| starts[&s] + unit).collect();
            (reads, index)
        };
        let set = |set: &Vec<usize>| {
            let mut set: Vec<_> = set.iter().map(|i| index[*i]).collect();
            set.sort_unstable();
            set.dedup();
            set
        };
        let layer = Layer::Maximum(sets.iter().map(set).collect());
        self.step(place, reads, None, Work::Layer(layer), sets.len())
    }
}

/// Sums of entries with weights, one for each unit of a stream to be made.
pub(super) struct Rows {
    rows: Vec<Vec<(u32, u32, u32)>>,
    bias: Vec<Rational>,
    weights: Table,
}

/// Numbers, each once.
#[derive(Default)]
struct Table {
    numbers: Vec<Rational>,
    places: HashMap<Rational, u32>,
}

impl Table {
    fn index(&mut self, number: &Rational) -> u32 {
        let next = self.numbers.len() as u32;
        let place = *self.places.entry(number.clone()).or_insert(next);
        if place == next {
            self.numbers.push(number.clone());
        }
        place
    }
}

impl Rows {
    pub(super) fn new(count: usize) -> Self {
        let bias = vec![Rational::ZERO; count];
        Self { rows: vec![Vec::new(); count], bias, weights: Table::default() }
    }

    /// Adds `weight` times an entry to row `o`.
    pub(super) fn add(&mut self, o: usize, entry: &Entry, weight: &Rational) {
        match entry {
            Entry::Number(number) => self.bias[o] += weight * number,
            Entry::Unit(stream, unit) => {
                let weight = self.weights.index(weight);
                self.rows[o].push((*stream, *unit, weight));
            }
        }
    }

    /// Adds a number to row `o`.
    pub(super) fn shift(&mut self, o: usize, by: &Rational) {
        self.bias[o] += by;
    }
}
