//! Networks as ONNX models: double precision, operator set 17.
//!
//! **Numbers are rounded**, each weight and bias to the nearest double, and nothing else is: the
//! model is the network with these weights. Fractions over powers of two that fit are kept; what
//! would become infinite, or zero, is refused.
//!
//! Every layer becomes the operator that says the same, read back by [`super::import`]: dense
//! layers `Gemm`, convolutions `Conv`, sums over windows `Conv` with ones, downsampling `Gather`,
//! residual layers `Add`. **Expansive convolutions become `Gemm`** with their Toeplitz matrix:
//! ONNX has `Conv` in double precision, but common runtimes do not. The first axis is the batch.

use super::file::NetworkFile;
use super::import::message::{
    self, Attribute, Dimension, Graph, Model, Node, OperatorSet, Tensor, TensorShape, TensorType,
    ValueInfo,
};
use crate::exact::Rational;
use crate::exact::float::nearest;
use crate::net::{Activation, Affine, Axis, Layer, Map, Network, Shape, Window};
use prost::Message;

/// The most numbers in all tensors together: a quarter of a gigabyte.
pub const MAX_NUMBERS: usize = 1 << 25;

/// Versions of the format and of its operators: old enough for every runtime of today.
const FORMAT: i64 = 8;
const OPERATORS: i64 = 17;
/// Element types by their numbers in the format.
const DOUBLE: i32 = 11;
const INT64: i32 = 7;

/// Why a network has no model.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ExportError {
    /// A weight that no finite double is near.
    #[error("layer {layer}: expected numbers in the range of doubles, found one of {bits} bits")]
    Number {
        /// The layer, counted from zero.
        layer: usize,
        /// The length of its numerator and denominator.
        bits: u64,
    },
    /// More numbers than a model is given.
    #[error("layer {layer}: more than {MAX_NUMBERS} numbers, convolutions being matrices")]
    TooMany {
        /// The layer, counted from zero.
        layer: usize,
    },
    /// An activation that no operator is.
    #[error(
        "layer {layer}: expected relu, leaky relu, the absolute value or a cut at two ends, found \
         another piecewise-linear function"
    )]
    Activation {
        /// The layer, counted from zero.
        layer: usize,
    },
}

/// The bytes of the model, its graph named like the network.
///
/// Errors: the first layer that has no model. Cost: one number a weight, and one for each pair of
/// an input and an output of an expansive convolution.
pub fn onnx(file: &NetworkFile) -> Result<Vec<u8>, ExportError> {
    let mut writer = Writer::default();
    writer.chain(&file.network)?;
    // A network without layers still needs a node between its two ends.
    writer.node("Identity", Vec::new(), Vec::new());
    writer.nodes.last_mut().expect("one was pushed").output = vec!["y".to_owned()];
    let graph = Graph {
        node: writer.nodes,
        name: file.name.clone(),
        initializer: writer.tensors,
        input: vec![value("x", file.network.input())],
        output: vec![value("y", file.network.output())],
    };
    let opset = OperatorSet { domain: String::new(), version: OPERATORS };
    let model = Model {
        format: FORMAT,
        producer: "crease".to_owned(),
        graph: Some(graph),
        opset_import: vec![opset],
    };
    Ok(model.encode_to_vec())
}

/// An input or output: doubles with a batch in front.
fn value(name: &str, shape: Shape) -> ValueInfo {
    let batch = Dimension { value: None, symbol: Some("batch".to_owned()) };
    let sizes = shape.axes().iter().map(|n| Dimension { value: Some(*n as i64), symbol: None });
    let shape = TensorShape { dim: [batch].into_iter().chain(sizes).collect() };
    let tensor = TensorType { element: DOUBLE, shape: Some(shape) };
    let kind = Some(message::Type { tensor: Some(tensor) });
    ValueInfo { name: name.to_owned(), kind }
}

/// A graph that grows at its end.
struct Writer {
    nodes: Vec<Node>,
    tensors: Vec<Tensor>,
    /// The name of what the last node made.
    signal: String,
    /// The layer that is written, residual bodies counted through.
    layer: usize,
    /// Numbers so far.
    numbers: usize,
}

impl Default for Writer {
    fn default() -> Self {
        let signal = "x".to_owned();
        Self { nodes: Vec::new(), tensors: Vec::new(), signal, layer: 0, numbers: 0 }
    }
}

impl Writer {
    fn chain(&mut self, network: &Network) -> Result<(), ExportError> {
        for (layer, shape) in network.stages() {
            self.layer(layer, shape)?;
            self.layer += 1;
        }
        Ok(())
    }

    fn layer(&mut self, layer: &Layer, shape: Shape) -> Result<(), ExportError> {
        match layer {
            Layer::Affine(affine) => self.affine(affine, shape),
            Layer::Activation(activation) => self.activation(activation),
            Layer::MaxPool(window) => {
                self.node("MaxPool", Vec::new(), window_attributes(window, true));
                Ok(())
            }
            Layer::Flatten => {
                self.node("Flatten", Vec::new(), Vec::new());
                Ok(())
            }
            Layer::Reshape(shape) => {
                self.reshape(*shape);
                Ok(())
            }
            Layer::Residual(body) => {
                let before = self.signal.clone();
                self.chain(body)?;
                self.node("Add", vec![before], Vec::new());
                Ok(())
            }
        }
    }

    fn affine(&mut self, affine: &Affine, shape: Shape) -> Result<(), ExportError> {
        let output = affine.output(0, shape).expect("the network was checked");
        match affine.map {
            Map::Dense { outputs } => {
                let weight = self.tensor(&[outputs, shape.units()], affine.weight.iter())?;
                self.product(weight, affine, outputs)
            }
            Map::Expansive => {
                let count = shape.units().saturating_mul(output.units());
                if count > MAX_NUMBERS {
                    return Err(ExportError::TooMany { layer: self.layer });
                }
                if !matches!(shape, Shape::Flat(_)) {
                    self.node("Flatten", Vec::new(), Vec::new());
                }
                let matrix = affine.matrix(shape);
                let axes = [output.units(), shape.units()];
                let rows = (0..matrix.rows()).flat_map(|row| matrix.row(row));
                let weight = self.tensor(&axes, rows)?;
                self.product(weight, affine, output.units())?;
                if !matches!(output, Shape::Flat(_)) {
                    self.reshape(output);
                }
                Ok(())
            }
            Map::Convolution { channels, groups, window } => {
                self.convolution(affine, &affine.weight, [channels, groups], &window, output)
            }
            Map::SumPool(window) => {
                let channels = shape.channels();
                let ones = vec![Rational::ONE; channels * window.taps()];
                self.convolution(affine, &ones, [channels, channels], &window, output)
            }
            Map::AveragePool(window) => {
                let mut attributes = window_attributes(&window, true);
                attributes.push(int("count_include_pad", 1));
                self.node("AveragePool", Vec::new(), attributes);
                Ok(())
            }
            Map::Downsample { scale, keep } => {
                let kept: Vec<_> = (1..=keep).map(|k| (k * scale - 1) as i64).collect();
                let kept = self.integers(&kept);
                let axis = shape.axes().len() as i64;
                self.node("Gather", vec![kept], vec![int("axis", axis)]);
                Ok(())
            }
        }
    }

    /// The matrix `[outputs, inputs]` times the signal, plus the bias.
    fn product(
        &mut self,
        weight: String,
        affine: &Affine,
        outputs: usize,
    ) -> Result<(), ExportError> {
        let mut inputs = vec![weight];
        if !affine.bias.is_empty() {
            let runs = outputs / affine.bias.len();
            let bias = affine.bias.iter().flat_map(|b| std::iter::repeat_n(b, runs));
            inputs.push(self.tensor(&[outputs], bias)?);
        }
        self.node("Gemm", inputs, vec![int("transB", 1)]);
        Ok(())
    }

    fn convolution(
        &mut self,
        affine: &Affine,
        weight: &[Rational],
        [channels, groups]: [usize; 2],
        window: &Window,
        output: Shape,
    ) -> Result<(), ExportError> {
        let taps: Vec<_> = axes(window).iter().map(|axis| axis.taps).collect();
        let reads = weight.len() / (channels * window.taps());
        let weight = self.tensor(&[&[channels, reads], &taps[..]].concat(), weight.iter())?;
        let mut inputs = vec![weight];
        let per_channel = affine.bias.len() <= channels;
        if per_channel && !affine.bias.is_empty() {
            let runs = channels / affine.bias.len();
            let bias = affine.bias.iter().flat_map(|b| std::iter::repeat_n(b, runs));
            inputs.push(self.tensor(&[channels], bias)?);
        }
        let mut attributes = window_attributes(window, false);
        attributes.push(int("group", groups as i64));
        self.node("Conv", inputs, attributes);
        if !per_channel {
            let bias = self.tensor(&[&[1], output.axes()].concat(), affine.bias.iter())?;
            self.node("Add", vec![bias], Vec::new());
        }
        Ok(())
    }

    fn activation(&mut self, activation: &Activation) -> Result<(), ExportError> {
        let [zero, one] = [Rational::ZERO, Rational::ONE];
        if *activation == Activation::relu() {
            self.node("Relu", Vec::new(), Vec::new());
        } else if *activation == Activation::absolute_value() {
            self.node("Abs", Vec::new(), Vec::new());
        } else if let ([at], [(slope, start), (last, end)]) =
            (activation.breakpoints(), activation.pieces())
            && [at, start, end].iter().all(|x| x.is_zero())
            && *last == one
        {
            // The attribute has single precision.
            let single = nearest(slope) as f32;
            if crate::exact::float::dyadic(f64::from(single)).as_ref() != Some(slope) {
                return Err(ExportError::Activation { layer: self.layer });
            }
            let alpha = Attribute { f: single, kind: 1, ..named("alpha") };
            self.node("LeakyRelu", Vec::new(), vec![alpha]);
        } else if let ([low, high], [(a, _), (b, offset), (c, _)]) =
            (activation.breakpoints(), activation.pieces())
            && [a, offset, c].iter().all(|x| **x == zero)
            && *b == one
        {
            let ends = [low, high].map(|end| self.tensor(&[], [end].into_iter()));
            let [low, high] = ends;
            self.node("Clip", vec![low?, high?], Vec::new());
        } else {
            return Err(ExportError::Activation { layer: self.layer });
        }
        Ok(())
    }

    fn reshape(&mut self, shape: Shape) {
        // A zero keeps the batch.
        let axes = shape.axes().iter().map(|n| *n as i64);
        let target: Vec<_> = [0].into_iter().chain(axes).collect();
        let target = self.integers(&target);
        self.node("Reshape", vec![target], Vec::new());
    }

    /// A node that reads the signal and then `inputs`.
    fn node(&mut self, operator: &str, inputs: Vec<String>, attribute: Vec<Attribute>) {
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

    /// A tensor of doubles; its name.
    fn tensor<'r>(
        &mut self,
        axes: &[usize],
        numbers: impl Iterator<Item = &'r Rational>,
    ) -> Result<String, ExportError> {
        let layer = self.layer;
        let count: usize = axes.iter().product();
        self.numbers = self.numbers.saturating_add(count);
        if self.numbers > MAX_NUMBERS {
            return Err(ExportError::TooMany { layer });
        }
        let mut raw_data = Vec::with_capacity(8 * count);
        for number in numbers {
            let double = nearest(number);
            // What is too small for any double is not near zero either: its unit would be dead.
            if !double.is_finite() || (double == 0.0) != number.is_zero() {
                return Err(ExportError::Number { layer, bits: number.bits() });
            }
            raw_data.extend(double.to_le_bytes());
        }
        let axes: Vec<_> = axes.iter().map(|n| *n as i64).collect();
        Ok(self.constant(axes, DOUBLE, raw_data))
    }

    fn integers(&mut self, numbers: &[i64]) -> String {
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

fn named(name: &str) -> Attribute {
    Attribute { name: name.to_owned(), ..Attribute::default() }
}

fn int(name: &str, i: i64) -> Attribute {
    Attribute { i, kind: 2, ..named(name) }
}

fn axes(window: &Window) -> Vec<Axis> {
    window.rows.into_iter().chain([window.columns]).collect()
}

/// Where a window lies; that of a convolution has its taps from the filter.
fn window_attributes(window: &Window, is_pool: bool) -> Vec<Attribute> {
    let axes = axes(window);
    let ints = |name: &str, part: fn(&Axis) -> usize, times: usize| {
        let sizes: Vec<_> = axes.iter().map(|axis| part(axis) as i64).collect();
        Attribute { ints: sizes.repeat(times), kind: 7, ..named(name) }
    };
    let mut attributes = vec![ints("strides", |axis| axis.stride, 1)];
    if axes.iter().any(|axis| axis.padding > 0) {
        attributes.push(ints("pads", |axis| axis.padding, 2));
    }
    if axes.iter().any(|axis| axis.dilation > 1) {
        attributes.push(ints("dilations", |axis| axis.dilation, 1));
    }
    if is_pool {
        attributes.push(ints("kernel_shape", |axis| axis.taps, 1));
    }
    attributes
}
