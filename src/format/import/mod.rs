//! Networks in the formats of others: ONNX graphs, and safetensors with an architecture file.
//!
//! **Weights are exact**: a finite float is a fraction over a power of two, and that fraction is
//! the weight. The network imported is the one over the real numbers with these weights; what a
//! floating-point runtime computes differs from it by the rounding of that runtime.
//!
//! **ONNX**, operator sets 7 to 28. Every operator that is piecewise linear and continuous at
//! inference is read; `operators.rs` has the table. The graph has one input and one output. A first
//! axis that is a symbol counts as a batch of one sample, and one of size 1 is left out of shapes;
//! one of another size is an axis as any other: such a network reads all samples at once.
//!
//! **What only moves entries makes no layer**: transposing, slicing, padding and joining work on
//! lists of entries, which the next layer that computes reads. **Branches** are put in an order:
//! where several signals are alive, a layer [`crate::net::Layer::Branches`] makes them side by
//! side, and `x + f(x)` is a residual layer. What has no layer of its own (a convolution of three
//! axes, a transposed one, a mean over uneven windows) becomes a sparse layer, and a maximum over
//! any sets of entries the layer [`crate::net::Layer::Maximum`].
//!
//! **Constants are folded** exactly: whole subgraphs of shapes, and factors and addends into the
//! layer before where it has weights. Casts between floating-point types change nothing: the
//! network is one over the real numbers. Only `BatchNormalization` needs a rounded number, since
//! `1 / sqrt(variance + epsilon)` is irrational: its factor `scale / sqrt(variance + epsilon)` is
//! computed in double precision, one rounding a step, and the network imported is *defined* as the
//! one with these factors. Everything else about it is exact.
//!
//! **safetensors** has tensors and no graph: the architecture file is a network file (see
//! [`super::file`]) in which a `weight` or a `bias` may be the name of a tensor.
//!
//! What is not understood is refused by name; nothing is guessed.

mod activations;
mod arithmetic;
mod builder;
mod constants;
mod graph;
pub(super) mod message;
mod node;
pub mod number;
mod operators;
mod plan;
mod products;
mod rearrange;
mod reductions;
mod refusals;
mod resize;
mod scale;
mod structure;
mod sweep;
mod tensor;
mod tensors;
mod value;
mod windows;

use super::file::{FileError, NetworkFile};
use crate::net::ShapeError;

/// The longest model that is read, in bytes, and the longest file beside it.
pub const MAX_BYTES: usize = 1 << 28;
/// The most numbers in all constants of a model.
pub const MAX_NUMBERS: usize = 1 << 24;
/// The most nodes of a graph.
const MAX_NODES: usize = 1 << 16;

/// The bytes of a file in the folder of the model, by its name; or why it cannot be read.
pub type Outside<'a> = dyn Fn(&str) -> Result<Vec<u8>, String> + 'a;

/// How a model is read.
pub struct Options<'a> {
    /// Leaves out a last operator that turns what the network says into probabilities or a class.
    pub logits: bool,
    /// Reads a file beside the model.
    pub outside: &'a Outside<'a>,
}

/// Why a model is refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ImportError {
    /// Not a model in the format, or a damaged one.
    #[error("not {format}: {error}")]
    Format {
        /// The format.
        format: &'static str,
        /// What its decoder says.
        error: String,
    },
    /// An operator that is not read.
    #[error("{place}: {reason}")]
    Operator {
        /// The node.
        place: String,
        /// Its operator, why it is not read, and what to do.
        reason: String,
    },
    /// Something else than what belongs in this place.
    #[error("{place}: expected {expected}, found {found}")]
    Content {
        /// Such as ``node 3 (Conv `c1`)`` or ``tensor `c1.weight` ``.
        place: String,
        /// What should stand there.
        expected: String,
        /// What does.
        found: String,
    },
    /// More of something than a network may have.
    #[error("{place}: more than {limit} {what}")]
    TooMany {
        /// Where the limit is reached.
        place: String,
        /// What is counted.
        what: &'static str,
        /// How many there may be.
        limit: usize,
    },
    /// A node that does not fit the signal it reads.
    #[error("{place}: {error}")]
    Shape {
        /// The node.
        place: String,
        /// Why not; it counts layers of the network made so far.
        error: Box<ShapeError>,
    },
    /// An architecture file that is refused.
    #[error("architecture: {0}")]
    Architecture(FileError),
}

fn too_many(place: impl Into<String>, what: &'static str, limit: usize) -> ImportError {
    ImportError::TooMany { place: place.into(), what, limit }
}

/// The error for a place in which something else was expected.
fn content(
    place: impl ToString,
    expected: impl Into<String>,
    found: impl Into<String>,
) -> ImportError {
    let (expected, found) = (expected.into(), found.into());
    ImportError::Content { place: place.to_string(), expected, found }
}

/// The error for layers that do not fit the signal there.
fn misfit(place: &str) -> impl Fn(ShapeError) -> ImportError {
    move |error| ImportError::Shape { place: place.to_owned(), error: Box::new(error) }
}

/// The network of an ONNX model that is whole in one file, named after its graph.
///
/// Errors: everything of [`ImportError`] but `Architecture`. Cost: linear in the length, and what
/// the constants that are folded cost.
pub fn onnx(bytes: &[u8]) -> Result<NetworkFile, ImportError> {
    let outside = |_: &str| Err("no folder to look in".to_owned());
    onnx_with(bytes, &Options { logits: false, outside: &outside })
}

/// The same, with options.
pub fn onnx_with(bytes: &[u8], options: &Options<'_>) -> Result<NetworkFile, ImportError> {
    let model = message::decode(bytes)?;
    let network = graph::network(&model, options)?;
    let name = model.graph.map(|graph| graph.name).unwrap_or_default();
    Ok(NetworkFile { name, network, domain: None, note: None, truth: None })
}

/// The network of an architecture file and the tensors that it names.
///
/// Errors: `Format` and `Content` for the tensors, `Architecture` for the file.
pub fn safetensors(architecture: &[u8], tensors: &[u8]) -> Result<NetworkFile, ImportError> {
    let tensors = tensors::Tensors::read(tensors)?;
    NetworkFile::read_with(architecture, &tensors).map_err(ImportError::Architecture)
}
