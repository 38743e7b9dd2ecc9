//! The graph of an ONNX model as a chain of nodes, with the branches of residual layers inside.

use super::message::{self, Attribute};
use super::node::Node;
use super::tensor::Tensor;
use super::{ImportError, content, too_many};
use crate::format::file::{MAX_LAYERS, MAX_NUMBERS, quote};
use crate::net::{MAX_NESTING, Shape};
use std::cell::Cell;
use std::collections::HashMap;

/// A checked graph: every name is made once, and before it is used.
pub(super) struct Graph<'a> {
    message: &'a message::Graph,
    constants: HashMap<&'a str, &'a message::Tensor>,
    /// The node that makes a signal, as its first output.
    makers: HashMap<&'a str, usize>,
    input: &'a message::ValueInfo,
    /// How many more numbers may be read.
    left: Cell<usize>,
}

/// One step along the chain.
pub(super) enum Step {
    /// The node with this index.
    Node(usize),
    /// The `Add` with this index, of the signal before it and what these steps make of it.
    Residual(usize, Vec<Step>),
}

impl<'a> Graph<'a> {
    pub(super) fn new(model: &'a message::Model) -> Result<Self, ImportError> {
        let graph = model.graph.as_ref().ok_or_else(|| content("the model", "a graph", "none"))?;
        if graph.node.len() > MAX_LAYERS {
            return Err(too_many("the graph", "nodes", MAX_LAYERS));
        }
        let tensors = graph.initializer.iter().map(|tensor| (&*tensor.name, tensor));
        let mut constants: HashMap<_, _> = tensors.collect();
        if constants.len() < graph.initializer.len() {
            return Err(content("the graph", "initializers with names of their own", "two alike"));
        }
        // Old files list the initializers among the inputs.
        let inputs: Vec<_> =
            graph.input.iter().filter(|input| !constants.contains_key(&*input.name)).collect();
        let [input] = inputs[..] else {
            return Err(content("the graph", "one input", inputs.len().to_string()));
        };
        let mut makers = HashMap::new();
        for (index, node) in graph.node.iter().enumerate() {
            let name = node.output.first().map_or("", String::as_str);
            let is_constant = node.operator == "Constant";
            let is_new = if is_constant {
                constants.insert(name, constant(index, node)?).is_none()
            } else {
                makers.insert(name, index).is_none()
            };
            let is_free = name != input.name
                && !(if is_constant {
                    makers.contains_key(name)
                } else {
                    constants.contains_key(name)
                });
            if name.is_empty() || !is_new || !is_free {
                let expected = "an output with a name of its own";
                return Err(content(place(index, node), expected, quote(name)));
            }
        }
        Ok(Self { message: graph, constants, makers, input, left: Cell::new(MAX_NUMBERS) })
    }

    pub(super) fn name(&self) -> &str {
        &self.message.name
    }

    pub(super) fn node(&self, index: usize) -> Node<'_> {
        let node = &self.message.node[index];
        Node { node, graph: self, place: place(index, node) }
    }

    /// The shape of the input without its batch.
    pub(super) fn shape(&self) -> Result<Shape, ImportError> {
        let place = format!("input {}", quote(&self.input.name));
        let kind = self.input.kind.as_ref().and_then(|kind| kind.tensor.as_ref());
        let Some(shape) = kind.and_then(|tensor| tensor.shape.as_ref()) else {
            return Err(content(place, "a tensor with a shape", "none"));
        };
        let [batch, axes @ ..] = &shape.dim[..] else {
            return Err(content(place, "2 to 4 axes, the first for the batch", "0"));
        };
        if batch.value.is_some_and(|size| size != 1) {
            let found = batch.value.unwrap_or(0).to_string();
            return Err(content(place, "a first axis, the batch, of size 1 or a symbol", found));
        }
        let size = |(index, axis): (usize, &message::Dimension)| match axis.value {
            Some(size) if (1..1 << 30).contains(&size) => Ok(size as usize),
            found => {
                let found = match (found, &axis.symbol) {
                    (Some(size), _) => size.to_string(),
                    (None, Some(symbol)) => quote(symbol),
                    (None, None) => "none".to_owned(),
                };
                let expected = format!("a size from 1 to 2^30 of axis {}", index + 1);
                Err(content(&place, expected, found))
            }
        };
        let axes: Vec<_> = axes.iter().enumerate().map(size).collect::<Result<_, _>>()?;
        Shape::from_axes(&axes).ok_or_else(|| {
            let found = (axes.len() + 1).to_string();
            content(&place, "2 to 4 axes, the first for the batch", found)
        })
    }

    /// What a name stands for, past everything that does nothing in inference.
    fn resolve(&self, mut name: &'a str) -> &'a str {
        // A node reads what is made before it, which `chain` checks; here the count bounds cycles.
        for _ in 0..self.message.node.len() {
            match self.makers.get(name).map(|&index| &self.message.node[index]) {
                Some(node) if node.operator == "Identity" && node.input.len() == 1 => {
                    name = &node.input[0];
                }
                _ => break,
            }
        }
        name
    }

    /// The message of a constant.
    pub(super) fn constant(&self, name: &'a str) -> Option<&'a message::Tensor> {
        self.constants.get(self.resolve(name)).copied()
    }

    /// The numbers of a constant.
    pub(super) fn tensor(&self, name: &'a str) -> Option<Result<Tensor, ImportError>> {
        let message = self.constant(name)?;
        let place = format!("tensor {}", quote(name));
        Some(Tensor::read(message, &place).and_then(|tensor| {
            let left = self.left.get().checked_sub(tensor.numbers.len());
            self.left.set(left.ok_or_else(|| too_many(place, "numbers in all", MAX_NUMBERS))?);
            Ok(tensor)
        }))
    }

    /// The steps from the input to the output.
    pub(super) fn steps(&self) -> Result<Vec<Step>, ImportError> {
        let [output] = &self.message.output[..] else {
            return Err(content("the graph", "one output", self.message.output.len().to_string()));
        };
        let steps = self.chain(&self.input.name, &output.name, 0)?;
        steps.ok_or_else(|| {
            let place = format!("output {}", quote(&output.name));
            content(place, "a signal computed from the input", "another")
        })
    }

    /// The steps from a signal to another; `None` if they lead elsewhere.
    fn chain(
        &self,
        from: &'a str,
        to: &'a str,
        nesting: usize,
    ) -> Result<Option<Vec<Step>>, ImportError> {
        let first = self.makers.get(from).copied();
        let mut steps = Vec::new();
        let (mut at, mut before) = (to, self.message.node.len());
        while at != from {
            let Some(&index) = self.makers.get(at).filter(|index| Some(**index) > first) else {
                return Ok(None);
            };
            let node = self.node(index);
            if index >= before {
                let expected = format!("a node before the one that reads {}", quote(at));
                return Err(content(&node.place, expected, "one after it"));
            }
            before = index;
            let is_signal = |name: &&String| !name.is_empty() && self.constant(name).is_none();
            let signals: Vec<_> = self.message.node[index].input.iter().filter(is_signal).collect();
            at = match signals[..] {
                [signal] => {
                    steps.push(Step::Node(index));
                    signal
                }
                [a, b] if node.is("Add") => {
                    let maker = |name: &String| self.makers.get(&**name);
                    let [start, end] = if maker(a) <= maker(b) { [a, b] } else { [b, a] };
                    if maker(end).is_some_and(|end| *end >= index) {
                        return Err(node.content("signals made before this node", "a later one"));
                    }
                    if nesting == MAX_NESTING {
                        return Err(too_many(node.place, "nested branches", MAX_NESTING));
                    }
                    let body = self.chain(start, end, nesting + 1)?.ok_or_else(|| {
                        let expected = "two signals, one of them computed from the other";
                        let found = format!("{} and {}", quote(start), quote(end));
                        node.content(expected, found)
                    })?;
                    steps.push(Step::Residual(index, body));
                    start
                }
                _ => {
                    node.check_operator()?;
                    let expected = "one input that is a signal, the others constant";
                    return Err(node.content(expected, signals.len().to_string()));
                }
            };
        }
        steps.reverse();
        Ok(Some(steps))
    }
}

/// How errors name a node.
fn place(index: usize, node: &message::Node) -> String {
    match &*node.name {
        "" => format!("node {index} ({})", quote(&node.operator).trim_matches('`')),
        name => {
            format!("node {index} ({} {})", quote(&node.operator).trim_matches('`'), quote(name))
        }
    }
}

/// The tensor of a `Constant`.
fn constant(index: usize, node: &message::Node) -> Result<&message::Tensor, ImportError> {
    match &node.attribute[..] {
        [Attribute { name, t: Some(tensor), .. }] if name == "value" => Ok(tensor),
        _ => Err(content(place(index, node), "a tensor as the attribute `value`", "none")),
    }
}
