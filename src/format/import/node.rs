//! One node: its attributes and constants, with its place in every error.

use super::graph::Graph;
use super::message::{self, Attribute};
use super::number::SINGLE;
use super::tensor::Tensor;
use super::{ImportError, OPERATORS, content};
use crate::exact::Rational;
use crate::format::file::quote;

/// A node of a graph.
pub(super) struct Node<'a> {
    pub(super) node: &'a message::Node,
    pub(super) graph: &'a Graph<'a>,
    pub(super) place: String,
}

/// The kinds of attributes that are read, with the numbers of the format.
const FLOAT: (i32, &str) = (1, "a float");
const INT: (i32, &str) = (2, "an integer");
const STRING: (i32, &str) = (3, "a string");
const INTS: (i32, &str) = (7, "a list of integers");

impl<'a> Node<'a> {
    /// Whether this is the operator, and ONNX's own.
    pub(super) fn is(&self, operator: &str) -> bool {
        self.node.operator == operator && matches!(&*self.node.domain, "" | "ai.onnx")
    }

    /// Errors: the operator is not one of [`OPERATORS`].
    pub(super) fn check_operator(&self) -> Result<(), ImportError> {
        if OPERATORS.split(", ").any(|operator| self.is(operator)) {
            return Ok(());
        }
        let operator = match &*self.node.domain {
            "" | "ai.onnx" => quote(&self.node.operator),
            domain => quote(&format!("{domain}.{}", self.node.operator)),
        };
        Err(ImportError::Operator { place: self.place.clone(), operator })
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

    /// A list of sizes.
    pub(super) fn sizes(&self, name: &str) -> Result<Option<Vec<usize>>, ImportError> {
        let Some(attribute) = self.attribute(name, INTS)? else { return Ok(None) };
        let size = |n: &i64| usize::try_from(*n).ok().filter(|n| *n <= 1 << 30);
        let sizes: Option<Vec<_>> = attribute.ints.iter().map(size).collect();
        sizes.map(Some).ok_or_else(|| {
            let found = format!("{:?}", attribute.ints);
            self.content(format!("{name} from 0 to 2^30"), found)
        })
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

    /// The name of an input; `None` if it is left out.
    pub(super) fn input(&self, index: usize) -> Option<&'a str> {
        self.node.input.get(index).map(String::as_str).filter(|name| !name.is_empty())
    }

    /// The constant that is this input; `None` if it is left out.
    pub(super) fn constant(&self, index: usize) -> Result<Option<Tensor>, ImportError> {
        let Some(name) = self.input(index) else { return Ok(None) };
        match self.graph.tensor(name) {
            Some(tensor) => tensor.map(Some),
            None => Err(self.content(
                format!("a constant as input {index}"),
                format!("the signal {}", quote(name)),
            )),
        }
    }

    /// The constant that is this input.
    pub(super) fn needed(&self, index: usize) -> Result<Tensor, ImportError> {
        let constant = self.constant(index)?;
        constant.ok_or_else(|| self.content(format!("a constant as input {index}"), "none"))
    }

    /// The message of the constant that is this input.
    pub(super) fn message(&self, index: usize) -> Result<&'a message::Tensor, ImportError> {
        let message = self.input(index).and_then(|name| self.graph.constant(name));
        message.ok_or_else(|| self.content(format!("a constant as input {index}"), "none"))
    }
}
