//! Networks as ONNX models that runtimes load: single precision unless doubles are asked for,
//! operator set 17.
//!
//! **Numbers are rounded**, each weight and bias to the nearest number of the precision, and
//! nothing else is: the model is the network with these weights, and [`Model::moved`] says how far
//! the farthest one moved. What would become infinite, or zero, is refused.
//!
//! Every layer becomes the operator that says the same, read back by [`super::import`]: dense
//! layers `Gemm`, convolutions and sums over windows `Conv`, downsampling `Gather`, residual layers
//! `Add`, branches `Concat`. **Expansive convolutions become `Gemm`** with their Toeplitz matrix,
//! and sparse layers sums of gathered entries. Common runtimes have `Conv`, `MaxPool` and
//! `AveragePool` in single precision only. The first axis is the batch.

mod bends;
mod writer;

use super::file::NetworkFile;
use super::import::message::{
    self, Attribute, Dimension, Graph, OperatorSet, TensorShape, TensorType, ValueInfo,
};
use crate::exact::Rational;
use crate::net::{Affine, Axis, Layer, Map, Network, Shape, Window};
use prost::Message;
use writer::{Writer, int, named};

/// The most numbers in all tensors together: a quarter of a gigabyte.
pub const MAX_NUMBERS: usize = 1 << 25;

/// Versions of the format and of its operators: old enough for every runtime of today.
const FORMAT: i64 = 8;
const OPERATORS: i64 = 17;

/// The numbers of a model.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Precision {
    /// Of 32 bits, which every runtime computes with.
    Single,
    /// Of 64 bits; few runtimes have every operator for them.
    Double,
}

/// A model, and what writing it changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Model {
    /// The file.
    pub bytes: Vec<u8>,
    /// The greatest difference of a weight or a bias and the number that the model has for it.
    pub moved: Rational,
    /// The layer of that weight, residual bodies and branches counted through.
    pub layer: usize,
}

/// Why a network has no model.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ExportError {
    /// A weight that no finite number of the precision is near, or only zero.
    #[error(
        "layer {layer}: expected numbers in the range of {precision}, found one of {bits} bits"
    )]
    Number {
        /// The layer, counted from zero.
        layer: usize,
        /// "single precision" or "double precision".
        precision: &'static str,
        /// The length of its numerator and denominator.
        bits: u64,
    },
    /// More numbers than a model is given.
    #[error("layer {layer}: more than {MAX_NUMBERS} numbers, convolutions being matrices")]
    TooMany {
        /// The layer, counted from zero.
        layer: usize,
    },
}

/// The model, its graph named like the network.
///
/// Errors: the first layer that has no model. Cost: one number a weight, one for each pair of an
/// input and an output of an expansive convolution, and a few for each term of a sparse layer.
pub fn onnx(file: &NetworkFile, precision: Precision) -> Result<Model, ExportError> {
    let mut writer = Writer::new(precision);
    writer.chain(&file.network)?;
    // A network without layers still needs a node between its two ends.
    writer.node("Identity", Vec::new(), Vec::new());
    writer.nodes.last_mut().expect("one was pushed").output = vec!["y".to_owned()];
    let element = writer.element();
    let graph = Graph {
        node: writer.nodes,
        name: file.name.clone(),
        initializer: writer.tensors,
        input: vec![value("x", element, file.network.input())],
        output: vec![value("y", element, file.network.output())],
    };
    let opset = OperatorSet { domain: String::new(), version: OPERATORS };
    let model = message::Model {
        format: FORMAT,
        producer: "crease".to_owned(),
        graph: Some(graph),
        opset_import: vec![opset],
    };
    Ok(Model { bytes: model.encode_to_vec(), moved: writer.moved, layer: writer.farthest })
}

/// An input or output: numbers with a batch in front.
fn value(name: &str, element: i32, shape: Shape) -> ValueInfo {
    let batch = Dimension { value: None, symbol: Some("batch".to_owned()) };
    let sizes = shape.axes().iter().map(|n| Dimension { value: Some(*n as i64), symbol: None });
    let shape = TensorShape { dim: [batch].into_iter().chain(sizes).collect() };
    let tensor = TensorType { element, shape: Some(shape) };
    let kind = Some(message::Type { tensor: Some(tensor) });
    ValueInfo { name: name.to_owned(), kind }
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
            Layer::Affine(affine) => self.affine(affine, shape)?,
            Layer::Activation(activation) => self.activation(activation)?,
            Layer::Maximum(sets) => self.maximum(sets, shape)?,
            Layer::Branches(branches) => {
                let before = self.signal.clone();
                let mut made = Vec::new();
                for branch in branches {
                    self.signal = before.clone();
                    self.chain(branch)?;
                    self.flattened(branch.output());
                    made.push(std::mem::take(&mut self.signal));
                }
                self.signal = made.remove(0);
                self.node("Concat", made, vec![int("axis", 1)]);
            }
            Layer::MaxPool(window) => {
                self.node("MaxPool", Vec::new(), window_attributes(window, true));
            }
            Layer::Flatten => self.node("Flatten", Vec::new(), Vec::new()),
            Layer::Reshape(shape) => self.reshape(*shape),
            Layer::Residual(body) => {
                let before = self.signal.clone();
                self.chain(body)?;
                self.node("Add", vec![before], Vec::new());
            }
        }
        Ok(())
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
                refuse_if!(count > MAX_NUMBERS, ExportError::TooMany { layer: self.layer });
                self.flattened(shape);
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
            Map::Sparse(ref rows) => self.sparse(rows, affine, shape),
            // The pool of the format has no dilation until later versions.
            Map::AveragePool(window) if axes(&window).iter().any(|axis| axis.dilation > 1) => {
                let channels = shape.channels();
                let weight = vec![Rational::from(window.taps()).recip(); channels * window.taps()];
                self.convolution(affine, &weight, [channels, channels], &window, output)
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

    /// The signal as a vector.
    fn flattened(&mut self, shape: Shape) {
        if !matches!(shape, Shape::Flat(_)) {
            self.node("Flatten", Vec::new(), Vec::new());
        }
    }

    /// Entries of the signal in rows of equal length; a shorter row is filled up with its last.
    fn rows(&mut self, rows: &[Vec<usize>], length: usize) {
        let index =
            |row: &Vec<usize>, k: usize| row.get(k).or(row.last()).map_or(0, |index| *index as i64);
        let all: Vec<_> =
            rows.iter().flat_map(|row| (0..length).map(move |k| index(row, k))).collect();
        let all = self.integers(&all);
        self.node("Gather", vec![all], vec![int("axis", 1)]);
        if length > 1 {
            let target = self.integers(&[0, rows.len() as i64, length as i64]);
            self.node("Reshape", vec![target], Vec::new());
        }
    }

    fn maximum(&mut self, sets: &[Vec<usize>], shape: Shape) -> Result<(), ExportError> {
        self.flattened(shape);
        let length = sets.iter().map(Vec::len).max().unwrap_or(1);
        self.count(sets.len().saturating_mul(length))?;
        self.rows(sets, length);
        if length > 1 {
            let axes = Attribute { ints: vec![2], kind: 7, ..named("axes") };
            self.node("ReduceMax", Vec::new(), vec![axes, int("keepdims", 0)]);
        }
        Ok(())
    }

    fn sparse(
        &mut self,
        rows: &[Vec<[u32; 2]>],
        affine: &Affine,
        shape: Shape,
    ) -> Result<(), ExportError> {
        self.flattened(shape);
        let length = rows.iter().map(Vec::len).max().unwrap_or(1).max(1);
        self.count(rows.len().saturating_mul(length))?;
        let entries = |row: &Vec<[u32; 2]>| row.iter().map(|[i, _]| *i as usize).collect();
        self.rows(&rows.iter().map(entries).collect::<Vec<_>>(), length);
        if affine.selection().is_none() {
            let weight = |row: &Vec<[u32; 2]>, k: usize| match row.get(k) {
                Some([_, p]) => affine.weight[*p as usize].clone(),
                None => Rational::ZERO,
            };
            let all: Vec<_> =
                rows.iter().flat_map(|row| (0..length).map(move |k| weight(row, k))).collect();
            let axes: &[usize] =
                if length > 1 { &[1, rows.len(), length] } else { &[1, rows.len()] };
            let factor = self.tensor(axes, all.iter())?;
            self.node("Mul", vec![factor], Vec::new());
        }
        if length > 1 {
            let axes = self.integers(&[2]);
            self.node("ReduceSum", vec![axes], vec![int("keepdims", 0)]);
        }
        if !affine.bias.is_empty() {
            let bias = self.tensor(&[1, affine.bias.len()], affine.bias.iter())?;
            self.node("Add", vec![bias], Vec::new());
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
