//! Runs through the graph of an ONNX model: constants are computed, signals become streams.

use super::builder::Builder;
use super::message::{self, Attribute, Graph};
use super::node::{Node, place};
use super::number::SINGLE;
use super::tensor::{Kind, Tensor};
use super::value::{Signal, Value, product};
use super::{
    ImportError, MAX_NODES, MAX_NUMBERS, Options, content, operators, plan, refusals, too_many,
};
use crate::exact::Rational;
use crate::format::file::quote;
use crate::net::{Network, Shape};
use std::collections::HashMap;
use std::rc::Rc;

/// The outputs of a node, or why it is refused.
pub(super) type Made = Result<Vec<Value>, ImportError>;

/// What the operators work on.
pub(super) struct Run<'o> {
    pub(super) builder: Builder,
    pub(super) options: &'o Options<'o>,
    /// How many more numbers constants may have.
    left: usize,
}

/// The network of a model.
pub(super) fn network(
    model: &message::Model,
    options: &Options<'_>,
) -> Result<Network, ImportError> {
    let graph = model.graph.as_ref().ok_or_else(|| content("the model", "a graph", "none"))?;
    refuse_if!(graph.node.len() > MAX_NODES, too_many("the graph", "nodes", MAX_NODES));
    let needed = needed(graph)?;
    let (input, axes) = input(graph)?;
    let shape = shape_of(&axes);
    let builder = Builder::new(product(&axes));
    let mut run = Run { builder, options, left: MAX_NUMBERS };
    run.builder.spend("the input", product(&axes))?;
    let mut values = HashMap::new();
    values.insert(input, run.builder.all(0, axes));
    let opset = model.operators().unwrap_or(0);
    let tensors: HashMap<_, _> = graph.initializer.iter().map(|t| (&*t.name, t)).collect();
    for index in needed {
        let message = &graph.node[index];
        let place = place(index, message);
        let mut inputs = Vec::new();
        for name in &message.input {
            if let Some(tensor) = tensors.get(&**name)
                && !values.contains_key(&**name)
            {
                values.insert(name, run.tensor(tensor)?);
            }
            inputs.push(values.get(&**name).cloned());
        }
        let node = Node { node: message, place, opset, inputs };
        let made = run.evaluate(&node, graph)?;
        for (name, value) in message.output.iter().zip(made) {
            run.builder.spend(&node.place, product(value.axes()))?;
            values.insert(name, value);
        }
    }
    let [output] = &graph.output[..] else {
        return Err(content("the graph", "one output", graph.output.len().to_string()));
    };
    let Some(Value::Signal(signal)) = values.remove(&*output.name) else {
        let place = format!("output {}", quote(&output.name));
        return Err(content(place, "a signal computed from the input", "a constant"));
    };
    if signal.entries.is_empty() {
        let place = format!("output {}", quote(&output.name));
        return Err(content(place, "at least one number", "none"));
    }
    let stream = run.builder.whole("the output", &signal)?;
    plan::network(run.builder, shape, stream, shape_of(&signal.axes))
}

impl Run<'_> {
    /// A tensor of the file.
    pub(super) fn tensor(&mut self, message: &message::Tensor) -> Result<Value, ImportError> {
        let place = format!("tensor {}", quote(&message.name));
        let tensor = Tensor::read(message, &place, self.options.outside)?;
        self.made(&place, tensor)
    }

    /// A constant that was computed.
    pub(super) fn made(&mut self, place: &str, tensor: Tensor) -> Result<Value, ImportError> {
        let left = self.left.checked_sub(tensor.numbers.len());
        self.left = left.ok_or_else(|| too_many(place, "numbers in all", MAX_NUMBERS))?;
        Ok(Value::constant(tensor))
    }

    fn evaluate(&mut self, node: &Node<'_>, graph: &Graph) -> Result<Vec<Value>, ImportError> {
        let is_ours = matches!(&*node.node.domain, "" | "ai.onnx");
        match operators::find(node.operator()).filter(|_| is_ours) {
            Some(operator) => operator(self, node),
            None if is_ours && node.operator() == "Constant" => Ok(vec![self.constant(node)?]),
            None => {
                let is_last = graph
                    .output
                    .iter()
                    .any(|output| node.node.output.first() == Some(&output.name));
                match self.options.logits && is_last && refusals::is_head(node.operator()) {
                    true => Ok(vec![node.value(0)?.clone()]),
                    false => Err(refusals::error(node, is_last)),
                }
            }
        }
    }

    /// The value of a `Constant`, in whichever attribute it is.
    fn constant(&mut self, node: &Node<'_>) -> Result<Value, ImportError> {
        let [attribute] = &node.node.attribute[..] else {
            let found = format!("{} attributes", node.node.attribute.len());
            return Err(node.content("one attribute with a value", found));
        };
        let Attribute { name, f, i, t, floats, ints, .. } = attribute;
        let float = |x: &f32| SINGLE.exact(u64::from(x.to_bits()));
        let (axes, numbers, kind): (_, Result<Vec<_>, _>, _) = match (&**name, t) {
            ("value", Some(tensor)) => {
                let tensor = message::Tensor {
                    name: node.node.output.first().cloned().unwrap_or_default(),
                    ..tensor.clone()
                };
                return self.tensor(&tensor);
            }
            ("value_float", _) if !f.is_finite() => {
                let special = float(f).err();
                let zero = Tensor::new(Vec::new(), vec![Rational::ZERO], Kind::Float);
                return Ok(Value::constant(Tensor { special, ..zero }));
            }
            ("value_float", _) => (Vec::new(), float(f).map(|x| vec![x]), Kind::Float),
            ("value_int", _) => (Vec::new(), Ok(vec![Rational::from(*i)]), Kind::Integer),
            ("value_floats", _) => {
                (vec![floats.len()], floats.iter().map(float).collect(), Kind::Float)
            }
            ("value_ints", _) => {
                let all = ints.iter().map(|i| Rational::from(*i)).collect();
                (vec![ints.len()], Ok(all), Kind::Integer)
            }
            _ => {
                return Err(node.content("a tensor, numbers or integers as its value", quote(name)));
            }
        };
        let numbers = numbers.map_err(|found| node.content("finite numbers", found))?;
        self.made(&node.place, Tensor::new(axes, numbers, kind))
    }
}

/// The shape of a signal with these axes: a first axis of one sample, the batch, is left out, and
/// so is what a network has no axes for.
pub(super) fn shape_of(axes: &[usize]) -> Shape {
    let inner = match axes {
        [1, inner @ ..] if !inner.is_empty() => inner,
        all => all,
    };
    Shape::from_axes(inner).unwrap_or(Shape::Flat(product(axes)))
}

/// The name of the input and its axes. A first axis that is a symbol is a batch of one.
fn input(graph: &Graph) -> Result<(&str, Vec<usize>), ImportError> {
    // Old files list the initializers among the inputs.
    let is_constant = |name: &str| graph.initializer.iter().any(|tensor| tensor.name == name);
    let inputs: Vec<_> = graph.input.iter().filter(|input| !is_constant(&input.name)).collect();
    let [input] = inputs[..] else {
        let names: Vec<_> = inputs.iter().take(4).map(|input| quote(&input.name)).collect();
        let found = format!("{} ({})", inputs.len(), names.join(", "));
        let expected = "one input; export the model with the others fixed, or joined to one";
        return Err(content("the graph", expected, found));
    };
    let place = format!("input {}", quote(&input.name));
    let kind = input.kind.as_ref().and_then(|kind| kind.tensor.as_ref());
    if let Some(tensor) = kind
        && Kind::of(tensor.element) != Some(Kind::Float)
    {
        let found = match tensor.element {
            7 => "int64".to_owned(),
            6 => "int32".to_owned(),
            9 => "bool".to_owned(),
            2 => "uint8".to_owned(),
            other => format!("element type {other}"),
        };
        let expected = "floating-point numbers: a network is a function of real numbers";
        return Err(content(place, expected, found));
    }
    let Some(shape) = kind.and_then(|tensor| tensor.shape.as_ref()) else {
        return Err(content(place, "a tensor with a shape", "none"));
    };
    let size = |(index, axis): (usize, &message::Dimension)| match (axis.value, &axis.symbol) {
        (Some(size), _) if (1..1 << 30).contains(&size) => Ok(size as usize),
        (None | Some(0 | -1), _) if index == 0 && shape.dim.len() > 1 => Ok(1),
        (found, symbol) => {
            let found = match (found, symbol) {
                (Some(size), _) => size.to_string(),
                (None, Some(symbol)) => quote(symbol),
                (None, None) => "none".to_owned(),
            };
            let expected = format!(
                "a size from 1 to 2^30 of axis {index}; export the model with a fixed input shape"
            );
            Err(content(&place, expected, found))
        }
    };
    let axes: Vec<_> = shape.dim.iter().enumerate().map(size).collect::<Result<_, _>>()?;
    match product(&axes) {
        units if units <= crate::net::MAX_UNITS => Ok((&input.name, axes)),
        _ => Err(too_many(place, "units of a signal", crate::net::MAX_UNITS)),
    }
}

/// The nodes on which the output depends, in their order; every name is made once, and before it
/// is read.
fn needed(graph: &Graph) -> Result<Vec<usize>, ImportError> {
    let mut makers: HashMap<&str, Option<usize>> = HashMap::new();
    for tensor in &graph.initializer {
        if makers.insert(&tensor.name, None).is_some() {
            return Err(content(
                "the graph",
                "initializers with names of their own",
                quote(&tensor.name),
            ));
        }
    }
    graph.input.iter().for_each(|input| _ = makers.insert(&input.name, None));
    for (index, node) in graph.node.iter().enumerate() {
        for name in node.output.iter().filter(|name| !name.is_empty()) {
            if makers.insert(name, Some(index)).is_some() {
                let expected = "an output with a name of its own";
                return Err(content(place(index, node), expected, quote(name)));
            }
        }
    }
    let mut is_needed = vec![false; graph.node.len()];
    let mut names: Vec<(usize, &str)> =
        graph.output.iter().map(|output| (graph.node.len(), &*output.name)).collect();
    while let Some((reader, name)) = names.pop() {
        let at = || match graph.node.get(reader) {
            Some(node) => place(reader, node),
            None => format!("output {}", quote(name)),
        };
        match makers.get(name) {
            None => {
                let expected = "a name that a node before it, an input or a tensor has";
                return Err(content(at(), expected, quote(name)));
            }
            Some(&Some(maker)) if maker >= reader => {
                let expected = format!("a node after the one that makes {}", quote(name));
                return Err(content(at(), expected, "one before it"));
            }
            Some(&Some(maker)) if !std::mem::replace(&mut is_needed[maker], true) => {
                let inputs = graph.node[maker].input.iter().filter(|name| !name.is_empty());
                names.extend(inputs.map(|name| (maker, &**name)));
            }
            Some(_) => {}
        }
    }
    Ok((0..is_needed.len()).filter(|&index| is_needed[index]).collect())
}

/// A signal of these entries.
pub(super) fn signal_of(value: &Value) -> Signal {
    match value {
        Value::Signal(signal) => signal.clone(),
        Value::Constant(_) => {
            Signal { axes: value.axes().to_vec(), entries: Rc::new(value.entries()) }
        }
    }
}
