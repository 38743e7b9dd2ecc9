//! One node: its attributes and inputs, with its place in every error.

use super::message::{self, Attribute};
use super::number::SINGLE;
use super::tensor::{Kind, Tensor};
use super::value::{Signal, Value};
use super::{ImportError, content};
use crate::exact::Rational;
use crate::format::file::quote;

/// A node of a graph, and what it reads.
pub(super) struct Node<'a> {
    pub(super) node: &'a message::Node,
    pub(super) place: String,
    pub(super) opset: i64,
    pub(super) inputs: Vec<Option<Value>>,
}

/// The kinds of attributes that are read, with the numbers of the format.
const FLOAT: (i32, &str) = (1, "a float");
const INT: (i32, &str) = (2, "an integer");
const STRING: (i32, &str) = (3, "a string");
const INTS: (i32, &str) = (7, "a list of integers");

/// How errors name a node.
pub(super) fn place(index: usize, node: &message::Node) -> String {
    let operator = quote(&node.operator);
    let operator = operator.trim_matches('`');
    match &*node.name {
        "" => format!("node {index} ({operator})"),
        name => format!("node {index} ({operator} {})", quote(name)),
    }
}

impl<'a> Node<'a> {
    pub(super) fn operator(&self) -> &'a str {
        &self.node.operator
    }

    /// The error for something else than expected in this node.
    pub(super) fn content(
        &self,
        expected: impl Into<String>,
        found: impl Into<String>,
    ) -> ImportError {
        content(&self.place, expected, found)
    }

    /// Errors: an attribute that is not one of these.
    pub(super) fn only(&self, known: &[&str]) -> Result<(), ImportError> {
        let mut names = self.node.attribute.iter().map(|attribute| &*attribute.name);
        match names.find(|name| !known.contains(name)) {
            Some(other) if known.is_empty() => Err(self.content("no attribute", quote(other))),
            Some(other) => {
                let expected = format!("attributes among {}", known.join(", "));
                Err(self.content(expected, quote(other)))
            }
            None => Ok(()),
        }
    }

    fn attribute(
        &self,
        name: &str,
        (kind, word): (i32, &str),
    ) -> Result<Option<&'a Attribute>, ImportError> {
        let found = self.node.attribute.iter().find(|attribute| attribute.name == name);
        match found {
            Some(attribute) if attribute.kind != kind => {
                let found = format!("an attribute of kind {}", attribute.kind);
                Err(self.content(format!("{word} as {name}"), found))
            }
            _ => Ok(found),
        }
    }

    /// An integer.
    pub(super) fn int(&self, name: &str, default: i64) -> Result<i64, ImportError> {
        Ok(self.attribute(name, INT)?.map_or(default, |attribute| attribute.i))
    }

    /// Errors: an integer that is there and not this one.
    pub(super) fn must_be(&self, name: &str, expected: i64) -> Result<(), ImportError> {
        match self.int(name, expected)? {
            found if found == expected => Ok(()),
            found => Err(self.content(format!("{name} {expected}"), found.to_string())),
        }
    }

    /// A list of integers.
    pub(super) fn ints(&self, name: &str) -> Result<Option<Vec<i64>>, ImportError> {
        Ok(self.attribute(name, INTS)?.map(|attribute| attribute.ints.clone()))
    }

    /// A list of sizes.
    pub(super) fn sizes(&self, name: &str) -> Result<Option<Vec<usize>>, ImportError> {
        let Some(ints) = self.ints(name)? else { return Ok(None) };
        let size = |n: &i64| usize::try_from(*n).ok().filter(|n| *n <= 1 << 30);
        let sizes: Option<Vec<_>> = ints.iter().map(size).collect();
        let refused = || self.content(format!("{name} from 0 to 2^30"), format!("{ints:?}"));
        sizes.map(Some).ok_or_else(refused)
    }

    /// A text.
    pub(super) fn text(&self, name: &str, default: &'a str) -> Result<&'a str, ImportError> {
        let attribute = self.attribute(name, STRING)?;
        Ok(attribute.map_or(default, |attribute| str::from_utf8(&attribute.s).unwrap_or("?")))
    }

    /// A number; `None` where it is not given.
    pub(super) fn number(&self, name: &str) -> Result<Option<Rational>, ImportError> {
        let Some(attribute) = self.attribute(name, FLOAT)? else { return Ok(None) };
        let number = SINGLE.exact(u64::from(attribute.f.to_bits()));
        number.map(Some).map_err(|found| self.content(format!("a finite {name}"), found))
    }

    /// A number with a default that is one of single precision, given as a fraction.
    pub(super) fn number_or(&self, name: &str, default: f32) -> Result<Rational, ImportError> {
        let default = SINGLE.exact(u64::from(default.to_bits())).unwrap_or(Rational::ZERO);
        Ok(self.number(name)?.unwrap_or(default))
    }

    /// A number that may be infinite: `None` at this infinity, or where it is not given.
    pub(super) fn end(
        &self,
        name: &str,
        index: usize,
        is_high: bool,
    ) -> Result<Option<Rational>, ImportError> {
        let none = if is_high { "infinity" } else { "-infinity" };
        let refused = |found: &str| self.content(format!("a number as {name}"), found);
        if let Some(attribute) = self.attribute(name, FLOAT)? {
            return match SINGLE.exact(u64::from(attribute.f.to_bits())) {
                Ok(number) => Ok(Some(number)),
                Err(found) if found == none => Ok(None),
                Err(found) => Err(refused(found)),
            };
        }
        match self.input(index) {
            None => Ok(None),
            Some(Value::Constant(tensor)) => match (tensor.special, tensor.single()) {
                (Some(found), _) if found == none => Ok(None),
                (Some(found), _) => Err(refused(found)),
                (None, Some(number)) => Ok(Some(number.clone())),
                (None, None) => Err(refused(&format!("{} numbers", tensor.numbers.len()))),
            },
            Some(Value::Signal(_)) => Err(refused("a signal")),
        }
    }

    /// An input; `None` if it is left out.
    pub(super) fn input(&self, index: usize) -> Option<&Value> {
        self.inputs.get(index)?.as_ref()
    }

    /// An input that must be there.
    pub(super) fn value(&self, index: usize) -> Result<&Value, ImportError> {
        self.input(index).ok_or_else(|| self.content(format!("an input {index}"), "none"))
    }

    /// The signal that is this input; a constant has been folded where that is possible.
    pub(super) fn signal(&self, index: usize) -> Result<&Signal, ImportError> {
        match self.value(index)? {
            Value::Signal(signal) => Ok(signal),
            Value::Constant(_) => {
                let expected =
                    format!("a signal that depends on the network's input as input {index}");
                Err(self.content(expected, "a constant, which can be computed before the export"))
            }
        }
    }

    /// The constant that is this input; `None` if it is left out.
    pub(super) fn constant(&self, index: usize) -> Result<Option<&Tensor>, ImportError> {
        match self.input(index) {
            None => Ok(None),
            Some(Value::Constant(tensor)) => match tensor.special {
                None => Ok(Some(tensor)),
                Some(found) => {
                    Err(self.content(format!("a finite number as input {index}"), found))
                }
            },
            Some(Value::Signal(_)) => Err(self.content(
                format!("a constant as input {index}"),
                format!("the signal {}", quote(&self.node.input[index])),
            )),
        }
    }

    /// The constant that is this input.
    pub(super) fn needed(&self, index: usize) -> Result<&Tensor, ImportError> {
        let constant = self.constant(index)?;
        constant.ok_or_else(|| self.content(format!("a constant as input {index}"), "none"))
    }

    /// The integers that are this input; `None` if it is left out.
    pub(super) fn integers(&self, index: usize) -> Result<Option<Vec<i64>>, ImportError> {
        let Some(tensor) = self.constant(index)? else { return Ok(None) };
        let integer = |number: &Rational| number.to_string().parse::<i64>().ok();
        let all: Option<Vec<_>> = tensor.numbers.iter().map(integer).collect();
        match all.filter(|_| tensor.kind == Kind::Integer) {
            Some(all) => Ok(Some(all)),
            None => Err(self.content(format!("integers as input {index}"), "other numbers")),
        }
    }

    /// A list of integers that older operator sets have as an attribute, newer ones as an input.
    pub(super) fn list(&self, name: &str, index: usize) -> Result<Option<Vec<i64>>, ImportError> {
        match self.ints(name)? {
            Some(list) => Ok(Some(list)),
            None => self.integers(index),
        }
    }

    /// Axes of `rank`, each counted from either end.
    pub(super) fn axes(&self, axes: &[i64], rank: usize) -> Result<Vec<usize>, ImportError> {
        axes.iter().map(|axis| self.axis(*axis, rank)).collect()
    }

    /// An axis of `rank` counted from either end.
    pub(super) fn axis(&self, axis: i64, rank: usize) -> Result<usize, ImportError> {
        let from_start = if axis < 0 { axis + rank as i64 } else { axis };
        usize::try_from(from_start).ok().filter(|axis| *axis < rank).ok_or_else(|| {
            self.content(format!("an axis of the {rank} there are"), axis.to_string())
        })
    }
}
