//! Builds the layers of a network from the steps of a graph.

use super::chain::Chain;
use super::graph::{Graph, Step};
use super::node::Node;
use super::number::normalizing_factor;
use super::tensor::integers;
use super::{ImportError, elementwise, windows};
use crate::exact::Rational;
use crate::net::{Activation, Layer, Network, Shape, Window};

/// The network of a graph.
pub(super) fn network(graph: &Graph<'_>) -> Result<Network, ImportError> {
    build(graph, graph.shape()?, &graph.steps()?)
}

fn build(graph: &Graph<'_>, input: Shape, steps: &[Step]) -> Result<Network, ImportError> {
    let refused =
        |error| ImportError::Shape { place: "the graph".to_owned(), error: Box::new(error) };
    Network::new(input, Vec::new()).map_err(refused)?;
    let mut chain = Chain { layers: Vec::new(), shape: input };
    for step in steps {
        match step {
            Step::Node(index) => chain.step(&graph.node(*index))?,
            Step::Residual(index, body) => {
                let body = build(graph, chain.shape, body)?;
                chain.push(&graph.node(*index), Layer::Residual(body))?;
            }
        }
    }
    Network::new(input, chain.layers).map_err(refused)
}

impl Chain {
    /// Adds what a node does to the only signal it reads.
    fn step(&mut self, node: &Node<'_>) -> Result<(), ImportError> {
        node.check_operator()?;
        let layer = match &*node.node.operator {
            "Identity" => return node.only(&[]),
            "Dropout" => return dropout(node),
            "Flatten" => return self.flatten(node),
            "Reshape" => return self.reshape(node),
            "BatchNormalization" => return self.normalize(node),
            "Add" | "Sub" | "Mul" | "Div" | "Neg" => return elementwise::apply(self, node),
            "Conv" => convolution(node, self.shape)?,
            "Gemm" => gemm(node, self.shape)?,
            "MatMul" => matrix_product(node, self.shape)?,
            "Gather" => downsampling(node, self.shape)?,
            "Relu" | "Abs" => {
                node.only(&[])?;
                let is_relu = node.node.operator == "Relu";
                Layer::Activation(match is_relu {
                    true => Activation::relu(),
                    false => Activation::absolute_value(),
                })
            }
            "LeakyRelu" => {
                node.only(&["alpha"])?;
                // The default is the single-precision number nearest to 1/100.
                let slope = node.number("alpha")?.unwrap_or(Rational::new(5_368_709, 536_870_912));
                Layer::Activation(Activation::leaky_relu(slope))
            }
            "Clip" => Layer::Activation(clip(node)?),
            "MaxPool" => {
                let known = ["dilations", "storage_order"];
                node.only(&[WINDOW, &known].concat())?;
                Layer::MaxPool(windows::pool(node, self.shape)?)
            }
            "AveragePool" => {
                node.only(&[WINDOW, &["dilations", "count_include_pad"]].concat())?;
                let window = windows::pool(node, self.shape)?;
                let is_padded = [window.rows, Some(window.columns)]
                    .iter()
                    .flatten()
                    .any(|axis| axis.padding > 0);
                if is_padded && node.int("count_include_pad", 0)? != 1 {
                    let expected = "pads 0 or count_include_pad 1";
                    return Err(node.content(expected, "padding that does not count"));
                }
                Layer::average_pool(window)
            }
            "GlobalAveragePool" => {
                node.only(&[])?;
                Layer::average_pool(match self.shape {
                    Shape::Plane([_, h, w]) => Window::plane(h, w),
                    Shape::Line([_, n]) => Window::line(n),
                    Shape::Flat(n) => Window::line(n),
                })
            }
            // A `Constant` makes no signal, so it is no step.
            other => return Err(node.content("an operator on a signal", other)),
        };
        self.push(node, layer)
    }

    /// The batch is the axis before the others, which all become one.
    fn flatten(&mut self, node: &Node<'_>) -> Result<(), ImportError> {
        node.only(&["axis"])?;
        let rank = self.shape.axes().len() as i64 + 1;
        match node.int("axis", 1)? {
            axis if axis == 1 || axis == 1 - rank => {
                self.reshaped(node, Shape::Flat(self.shape.units()))
            }
            axis => Err(node.content("axis 1, which keeps the batch", axis.to_string())),
        }
    }

    fn reshape(&mut self, node: &Node<'_>) -> Result<(), ImportError> {
        node.only(&["allowzero"])?;
        node.must_be("allowzero", 0)?;
        let target = integers(node.message(1)?, &node.place)?;
        let refused = || {
            let batch = "a target shape [batch, ..] of 2 to 4 axes for";
            node.content(format!("{batch} {}", self.shape), format!("{target:?}"))
        };
        // The batch counts as one sample.
        let old: Vec<_> = [&[1], self.shape.axes()].concat();
        let mut axes = Vec::new();
        let mut free = None;
        for (index, &size) in target.iter().enumerate().take(5) {
            let axis = match size {
                0 => *old.get(index).ok_or_else(refused)?,
                -1 if free.replace(index).is_none() => 1,
                _ => usize::try_from(size).map_err(|_| refused())?,
            };
            axes.push(axis);
        }
        let known = axes.iter().fold(1, |product: usize, &axis| product.saturating_mul(axis));
        if let Some(index) = free {
            axes[index] = self.shape.units().checked_div(known).ok_or_else(refused)?;
        }
        match axes[..] {
            [1, ref axes @ ..] => {
                let shape = Shape::from_axes(axes).filter(|s| s.units() == self.shape.units());
                self.reshaped(node, shape.ok_or_else(refused)?)
            }
            _ => Err(refused()),
        }
    }

    fn reshaped(&mut self, node: &Node<'_>, shape: Shape) -> Result<(), ImportError> {
        match shape {
            _ if shape == self.shape => Ok(()),
            Shape::Flat(_) => self.push(node, Layer::Flatten),
            _ => self.push(node, Layer::Reshape(shape)),
        }
    }

    /// `scale (x - mean) / sqrt(variance + epsilon) + bias`, channel by channel.
    fn normalize(&mut self, node: &Node<'_>) -> Result<(), ImportError> {
        node.only(&["epsilon", "momentum", "training_mode", "spatial"])?;
        node.must_be("training_mode", 0)?;
        node.must_be("spatial", 1)?;
        // The default is the single-precision number nearest to 1/100000.
        let default = Rational::new(2_748_779, 274_877_906_944);
        let epsilon = node.number("epsilon")?.unwrap_or(default);
        let channels = match self.shape {
            Shape::Flat(n) => n,
            shape => shape.channels(),
        };
        let vector = |index| {
            let numbers = node.needed(index)?.numbers;
            if numbers.len() == channels {
                return Ok(numbers);
            }
            let expected = format!("{channels} numbers, one a channel, as input {index}");
            Err(node.content(expected, numbers.len().to_string()))
        };
        let [scales, biases, means, variances] = [vector(1)?, vector(2)?, vector(3)?, vector(4)?];
        let mut factors = Vec::new();
        let mut shifts = Vec::new();
        for c in 0..channels {
            let variance = &variances[c] + &epsilon;
            let factor = normalizing_factor(&scales[c], &variance).ok_or_else(|| {
                let expected = format!("a finite factor of channel {c}");
                node.content(expected, format!("variance {}", variances[c]))
            })?;
            shifts.push(&biases[c] - &means[c] * &factor);
            factors.push(factor);
        }
        elementwise::fold(self, node, &factors, &shifts)
    }
}

/// The attributes that say where the window of a pool or a convolution lies.
const WINDOW: &[&str] = &["auto_pad", "ceil_mode", "kernel_shape", "pads", "strides"];

fn convolution(node: &Node<'_>, input: Shape) -> Result<Layer, ImportError> {
    node.only(&["auto_pad", "dilations", "group", "kernel_shape", "pads", "strides"])?;
    let weight = node.needed(1)?;
    let [channels, reads, ref taps @ ..] = weight.axes[..] else {
        let found = format!("{} axes", weight.axes.len());
        return Err(node.content("a filter of 3 or 4 axes", found));
    };
    if let Some(kernel) = node.sizes("kernel_shape")?.filter(|kernel| kernel != taps) {
        return Err(node.content(format!("kernel_shape {taps:?}"), format!("{kernel:?}")));
    }
    let groups = node.int("group", 1)?;
    let of_group = usize::try_from(groups).ok().and_then(|groups| {
        let of_group = input.channels().checked_div(groups)?;
        (of_group * groups == input.channels()).then_some((groups, of_group))
    });
    let Some((groups, of_group)) = of_group else {
        let expected = format!("groups that divide {} input channels", input.channels());
        return Err(node.content(expected, groups.to_string()));
    };
    if reads != of_group {
        let expected = format!("filters over {of_group} input channels");
        return Err(node.content(expected, reads.to_string()));
    }
    let (window, weight) = windows::convolution(node, input, taps, weight.numbers.clone())?;
    let bias = node.constant(2)?.map(|bias| bias.numbers).unwrap_or_default();
    if !bias.is_empty() && bias.len() != channels {
        let expected = format!("{channels} biases, one a channel");
        return Err(node.content(expected, bias.len().to_string()));
    }
    Ok(Layer::grouped_convolution(channels, groups, window, weight, bias))
}

/// `alpha x B' + beta C`, where `B'` is `B` or its transpose.
fn gemm(node: &Node<'_>, input: Shape) -> Result<Layer, ImportError> {
    node.only(&["alpha", "beta", "transA", "transB"])?;
    node.must_be("transA", 0)?;
    let alpha = node.number("alpha")?.unwrap_or(Rational::ONE);
    let beta = node.number("beta")?.unwrap_or(Rational::ONE);
    let (outputs, mut weight) = matrix(node, input, node.int("transB", 0)? != 0)?;
    weight.iter_mut().for_each(|w| *w = &*w * &alpha);
    let mut bias = Vec::new();
    if let Some(addend) = node.constant(2)? {
        let is_row = matches!(addend.axes[..], [] | [_] | [1, _]);
        if !is_row || ![1, outputs].contains(&addend.numbers.len()) {
            let expected = format!("1 or {outputs} biases in a row");
            return Err(node.content(expected, format!("axes {:?}", addend.axes)));
        }
        bias = addend.numbers.iter().map(|b| b * &beta).collect();
    }
    Ok(Layer::dense(outputs, weight, bias))
}

fn matrix_product(node: &Node<'_>, input: Shape) -> Result<Layer, ImportError> {
    node.only(&[])?;
    if node.input(0).is_none_or(|name| node.graph.constant(name).is_some()) {
        return Err(
            node.content("the signal on the left, the constant on the right", "the reverse")
        );
    }
    let (outputs, weight) = matrix(node, input, false)?;
    Ok(Layer::dense(outputs, weight, Vec::new()))
}

/// Outputs and weights, `[outputs, inputs]`, of the matrix that is the second input.
fn matrix(
    node: &Node<'_>,
    input: Shape,
    is_transposed: bool,
) -> Result<(usize, Vec<Rational>), ImportError> {
    let constant = node.needed(1)?;
    let [rows, columns] = constant.axes[..] else {
        return Err(node.content("a matrix as input 1", format!("axes {:?}", constant.axes)));
    };
    let (inputs, outputs) = if is_transposed { (columns, rows) } else { (rows, columns) };
    if input != Shape::Flat(inputs) {
        let expected = format!("a signal of shape [{inputs}], as the matrix reads");
        return Err(node.content(expected, input.to_string()));
    }
    if is_transposed {
        return Ok((outputs, constant.numbers));
    }
    let entry = |p: usize| constant.numbers[p % rows * columns + p / rows].clone();
    Ok((outputs, (0..rows * columns).map(entry).collect()))
}

/// The signal cut off at the bounds that are given: as attributes at first, later as inputs.
fn clip(node: &Node<'_>) -> Result<Activation, ImportError> {
    node.only(&["min", "max"])?;
    let bound =
        |name, index| match node.number(name)? {
            Some(bound) => Ok(Some(bound)),
            None => match node.constant(index)? {
                Some(bound) => match bound.single() {
                    Some(number) => Ok(Some(number.clone())),
                    None => Err(node
                        .content(format!("one number as {name}"), bound.numbers.len().to_string())),
                },
                None => Ok(None),
            },
        };
    let (low, high) = (bound("min", 1)?, bound("max", 2)?);
    let zero = Rational::ZERO;
    let mut at_zero = low.clone().map_or(zero.clone(), |low| low.max(zero.clone()));
    at_zero = high.clone().map_or(at_zero.clone(), |high| high.min(at_zero));
    let mut slopes = vec![Rational::ONE];
    low.iter().for_each(|_| slopes.insert(0, zero.clone()));
    high.iter().for_each(|_| slopes.push(zero.clone()));
    let breakpoints: Vec<_> = low.into_iter().chain(high).collect();
    let found = format!("{breakpoints:?}");
    Activation::piecewise_linear(breakpoints, slopes, &at_zero)
        .map_err(|_| node.content("a min below the max", found))
}

/// Every k-th unit of the last axis, beginning with unit k - 1.
fn downsampling(node: &Node<'_>, input: Shape) -> Result<Layer, ImportError> {
    node.only(&["axis"])?;
    let last = input.axes().len() as i64;
    match node.int("axis", 0)? {
        axis if axis == last || axis == -1 => {}
        axis => return Err(node.content(format!("axis {last}, the last"), axis.to_string())),
    }
    let message = node.message(1)?;
    let kept = integers(message, &node.place)?;
    let scale = kept.first().and_then(|first| first.checked_add(1)).filter(|scale| *scale > 0);
    let is_kept = |scale: i64| {
        let mut places = (1..).map(|k| scale.checked_mul(k));
        kept.iter().all(|place| places.next().flatten() == place.checked_add(1))
    };
    match scale.filter(|scale| message.dims.len() == 1 && is_kept(*scale)) {
        Some(scale) => Ok(Layer::downsample(scale as usize, kept.len())),
        None => {
            let expected = "a list of the indices S - 1, 2 S - 1, .. for some S";
            Err(node.content(expected, format!("{:.60}", format!("{kept:?}"))))
        }
    }
}

/// Nothing, unless it is told to train.
fn dropout(node: &Node<'_>) -> Result<(), ImportError> {
    node.only(&["ratio", "seed"])?;
    match node.input(2) {
        None => Ok(()),
        Some(_) => Err(node.content("no training mode", "one")),
    }
}
