//! The messages of an ONNX file, as far as they are read or written. Numbers are those of the
//! format.

use super::{ImportError, MAX_BYTES, content, too_many};
use prost::Message;

/// A file.
#[derive(Clone, PartialEq, Message)]
pub(in crate::format) struct Model {
    #[prost(int64, tag = "1")]
    pub(in crate::format) format: i64,
    #[prost(string, tag = "2")]
    pub(in crate::format) producer: String,
    #[prost(message, optional, tag = "7")]
    pub(in crate::format) graph: Option<Graph>,
    #[prost(message, repeated, tag = "8")]
    pub(in crate::format) opset_import: Vec<OperatorSet>,
}

/// The version of a set of operators.
#[derive(Clone, PartialEq, Message)]
pub(in crate::format) struct OperatorSet {
    #[prost(string, tag = "1")]
    pub(in crate::format) domain: String,
    #[prost(int64, tag = "2")]
    pub(in crate::format) version: i64,
}

/// Nodes in an order in which they can be computed.
#[derive(Clone, PartialEq, Message)]
pub(in crate::format) struct Graph {
    #[prost(message, repeated, tag = "1")]
    pub(in crate::format) node: Vec<Node>,
    #[prost(string, tag = "2")]
    pub(in crate::format) name: String,
    #[prost(message, repeated, tag = "5")]
    pub(in crate::format) initializer: Vec<Tensor>,
    #[prost(message, repeated, tag = "11")]
    pub(in crate::format) input: Vec<ValueInfo>,
    #[prost(message, repeated, tag = "12")]
    pub(in crate::format) output: Vec<ValueInfo>,
}

/// One operator at work.
#[derive(Clone, PartialEq, Message)]
pub(in crate::format) struct Node {
    #[prost(string, repeated, tag = "1")]
    pub(in crate::format) input: Vec<String>,
    #[prost(string, repeated, tag = "2")]
    pub(in crate::format) output: Vec<String>,
    #[prost(string, tag = "3")]
    pub(in crate::format) name: String,
    #[prost(string, tag = "4")]
    pub(in crate::format) operator: String,
    #[prost(message, repeated, tag = "5")]
    pub(in crate::format) attribute: Vec<Attribute>,
    #[prost(string, tag = "7")]
    pub(in crate::format) domain: String,
}

/// A named parameter of a node.
#[derive(Clone, PartialEq, Message)]
pub(in crate::format) struct Attribute {
    #[prost(string, tag = "1")]
    pub(in crate::format) name: String,
    #[prost(float, tag = "2")]
    pub(in crate::format) f: f32,
    #[prost(int64, tag = "3")]
    pub(in crate::format) i: i64,
    #[prost(bytes = "vec", tag = "4")]
    pub(in crate::format) s: Vec<u8>,
    #[prost(message, optional, tag = "5")]
    pub(in crate::format) t: Option<Tensor>,
    #[prost(float, repeated, tag = "7")]
    pub(in crate::format) floats: Vec<f32>,
    #[prost(int64, repeated, tag = "8")]
    pub(in crate::format) ints: Vec<i64>,
    /// Which of the fields holds the value.
    #[prost(int32, tag = "20")]
    pub(in crate::format) kind: i32,
}

/// Numbers with axes.
#[derive(Clone, PartialEq, Message)]
pub(in crate::format) struct Tensor {
    #[prost(int64, repeated, tag = "1")]
    pub(in crate::format) dims: Vec<i64>,
    #[prost(int32, tag = "2")]
    pub(in crate::format) data_type: i32,
    #[prost(float, repeated, tag = "4")]
    pub(in crate::format) float_data: Vec<f32>,
    #[prost(int32, repeated, tag = "5")]
    pub(in crate::format) int32_data: Vec<i32>,
    #[prost(int64, repeated, tag = "7")]
    pub(in crate::format) int64_data: Vec<i64>,
    #[prost(string, tag = "8")]
    pub(in crate::format) name: String,
    #[prost(bytes = "vec", tag = "9")]
    pub(in crate::format) raw_data: Vec<u8>,
    #[prost(double, repeated, tag = "10")]
    pub(in crate::format) double_data: Vec<f64>,
    #[prost(uint64, repeated, tag = "11")]
    pub(in crate::format) uint64_data: Vec<u64>,
    /// Where in which file the numbers are.
    #[prost(message, repeated, tag = "13")]
    pub(in crate::format) external_data: Vec<Entry>,
    /// 1 if they are in another file.
    #[prost(int32, tag = "14")]
    pub(in crate::format) data_location: i32,
}

/// A key and its value.
#[derive(Clone, PartialEq, Message)]
pub(in crate::format) struct Entry {
    #[prost(string, tag = "1")]
    pub(in crate::format) key: String,
    #[prost(string, tag = "2")]
    pub(in crate::format) value: String,
}

/// The name and type of an input or output.
#[derive(Clone, PartialEq, Message)]
pub(in crate::format) struct ValueInfo {
    #[prost(string, tag = "1")]
    pub(in crate::format) name: String,
    #[prost(message, optional, tag = "2")]
    pub(in crate::format) kind: Option<Type>,
}

/// A type; only tensors are read.
#[derive(Clone, PartialEq, Message)]
pub(in crate::format) struct Type {
    #[prost(message, optional, tag = "1")]
    pub(in crate::format) tensor: Option<TensorType>,
}

/// The type of a tensor.
#[derive(Clone, PartialEq, Message)]
pub(in crate::format) struct TensorType {
    #[prost(int32, tag = "1")]
    pub(in crate::format) element: i32,
    #[prost(message, optional, tag = "2")]
    pub(in crate::format) shape: Option<TensorShape>,
}

/// The axes of a tensor.
#[derive(Clone, PartialEq, Message)]
pub(in crate::format) struct TensorShape {
    #[prost(message, repeated, tag = "1")]
    pub(in crate::format) dim: Vec<Dimension>,
}

/// An axis: a size, or a symbol for one.
#[derive(Clone, PartialEq, Message)]
pub(in crate::format) struct Dimension {
    #[prost(int64, optional, tag = "1")]
    pub(in crate::format) value: Option<i64>,
    #[prost(string, optional, tag = "2")]
    pub(in crate::format) symbol: Option<String>,
}

/// The message in a file of at most [`MAX_BYTES`].
pub(super) fn decode(bytes: &[u8]) -> Result<Model, ImportError> {
    refuse_if!(bytes.len() > MAX_BYTES, too_many("the file", "bytes", MAX_BYTES));
    let model = Model::decode(bytes).map_err(|error| ImportError::Format {
        format: "an ONNX model",
        error: error.to_string(),
    })?;
    // A file cut between two fields decodes: what must be there is asked for by name.
    match model.operators() {
        Some(7..=28) => Ok(model),
        Some(0) => Err(content("the model", "one version of the operator set", "several")),
        Some(version) => {
            let expected = "version 7 to 28 of the operator set";
            Err(content("the model", expected, format!("version {version}")))
        }
        None => Err(content("the model", "a version of the operator set", "none")),
    }
}

impl Model {
    /// The version of ONNX's own operators; 0 if there are several.
    pub(super) fn operators(&self) -> Option<i64> {
        let own = self.opset_import.iter().filter(|set| matches!(&*set.domain, "" | "ai.onnx"));
        own.map(|set| set.version).reduce(|a, b| if a == b { a } else { 0 })
    }
}
