//! A graph that grows at its end: nodes, and tensors of rounded numbers.

use super::super::import::message::{Attribute, Node, Tensor};
use super::{ExportError, MAX_NUMBERS, Precision};
use crate::exact::Rational;
use crate::exact::float::{dyadic, nearest};

/// Element types by their numbers in the format.
const SINGLE: i32 = 1;
const DOUBLE: i32 = 11;
const INT64: i32 = 7;

/// A graph that grows at its end.
pub(super) struct Writer {
    pub(super) nodes: Vec<Node>,
    pub(super) tensors: Vec<Tensor>,
    /// The name of what the last node made.
    pub(super) signal: String,
    /// The layer that is written, residual bodies and branches counted through.
    pub(super) layer: usize,
    /// How far rounding moved a number at most, and the layer of that number.
    pub(super) moved: Rational,
    pub(super) farthest: usize,
    precision: Precision,
    /// Numbers so far.
    numbers: usize,
}

impl Writer {
    pub(super) fn new(precision: Precision) -> Self {
        Self {
            nodes: Vec::new(),
            tensors: Vec::new(),
            signal: "x".to_owned(),
            layer: 0,
            moved: Rational::ZERO,
            farthest: 0,
            precision,
            numbers: 0,
        }
    }

    /// The type of the numbers.
    pub(super) fn element(&self) -> i32 {
        match self.precision {
            Precision::Single => SINGLE,
            Precision::Double => DOUBLE,
        }
    }

    /// Counts numbers. Errors: there are too many.
    pub(super) fn count(&mut self, count: usize) -> Result<(), ExportError> {
        self.numbers = self.numbers.saturating_add(count);
        match self.numbers > MAX_NUMBERS {
            true => Err(ExportError::TooMany { layer: self.layer }),
            false => Ok(()),
        }
    }

    /// A node that reads the signal and then `inputs`.
    pub(super) fn node(&mut self, operator: &str, inputs: Vec<String>, attribute: Vec<Attribute>) {
        let made = format!("h{}", self.nodes.len());
        let signal = std::mem::replace(&mut self.signal, made.clone());
        self.nodes.push(Node {
            input: [signal].into_iter().chain(inputs).collect(),
            output: vec![made],
            name: String::new(),
            operator: operator.to_owned(),
            attribute,
            domain: String::new(),
        });
    }

    /// A tensor of rounded numbers; its name.
    pub(super) fn tensor<'r>(
        &mut self,
        axes: &[usize],
        numbers: impl Iterator<Item = &'r Rational>,
    ) -> Result<String, ExportError> {
        let (layer, precision) = (self.layer, self.precision);
        self.count(axes.iter().product())?;
        let mut raw_data = Vec::new();
        for number in numbers {
            let double = nearest(number);
            // Rounding twice may miss the nearest number by a hair; what is stated is what moved.
            let (near, bytes) = match precision {
                Precision::Single => {
                    let single = double as f32;
                    (f64::from(single), single.to_le_bytes().to_vec())
                }
                Precision::Double => (double, double.to_le_bytes().to_vec()),
            };
            // What is too small for any number is not near zero either: its unit would be dead.
            let Some(rounded) = dyadic(near).filter(|_| (near == 0.0) == number.is_zero()) else {
                let precision = match precision {
                    Precision::Single => "single precision",
                    Precision::Double => "double precision",
                };
                return Err(ExportError::Number { layer, precision, bits: number.bits() });
            };
            let moved = (rounded - number).abs();
            if moved > self.moved {
                (self.moved, self.farthest) = (moved, layer);
            }
            raw_data.extend(bytes);
        }
        let axes: Vec<_> = axes.iter().map(|n| *n as i64).collect();
        Ok(self.constant(axes, self.element(), raw_data))
    }

    pub(super) fn integers(&mut self, numbers: &[i64]) -> String {
        let raw_data = numbers.iter().flat_map(|n| n.to_le_bytes()).collect();
        self.constant(vec![numbers.len() as i64], INT64, raw_data)
    }

    fn constant(&mut self, dims: Vec<i64>, data_type: i32, raw_data: Vec<u8>) -> String {
        let name = format!("c{}", self.tensors.len());
        let tensor = Tensor { dims, data_type, name: name.clone(), raw_data, ..Tensor::default() };
        self.tensors.push(tensor);
        name
    }
}

pub(super) fn named(name: &str) -> Attribute {
    Attribute { name: name.to_owned(), ..Attribute::default() }
}

pub(super) fn int(name: &str, i: i64) -> Attribute {
    Attribute { i, kind: 2, ..named(name) }
}
