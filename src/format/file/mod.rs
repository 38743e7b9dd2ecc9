//! Network files: JSON with exact numbers, described in `fixtures/networks/README.md`.
//!
//! Reading is one pass in linear time. It goes straight to flat vectors of exact numbers, so the
//! JSON is read here and not by a library: a number keeps its digits, a key is refused where it
//! stands, and every error names its place.

mod build;
mod draft;
mod path;
mod reader;
mod tensors;
mod write;

#[cfg(feature = "import")]
pub(super) use path::quote;
pub use tensors::NamedTensors;

use crate::net::{ActivationError, BoxError, InputBox, Network, ShapeError};

/// The longest file that is read, in bytes.
pub const MAX_BYTES: usize = 1 << 24;
/// The most numbers in weights, biases, activations and the domain together.
pub const MAX_NUMBERS: usize = 1 << 20;
/// The most layers, those of residual bodies included.
pub const MAX_LAYERS: usize = 1000;

/// A network with what its file says about it. Law: `read(write(file)) == file`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NetworkFile {
    /// A name.
    pub name: String,
    /// The network.
    pub network: Network,
    /// Where the network is looked at; everywhere if absent.
    pub domain: Option<InputBox>,
    /// A remark for people.
    pub note: Option<String>,
    /// What is known about the network.
    pub truth: Option<Truth>,
}

/// What is known about a network, and how.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Truth {
    /// The number of full-dimensional activation regions.
    pub activation_regions: Option<u64>,
    /// How that was found.
    pub how: Option<String>,
}

/// Why a file is refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FileError {
    /// Not JSON.
    #[error("line {line}, column {column}: expected {expected}, found {found}")]
    Syntax {
        /// Counted from 1.
        line: usize,
        /// Counted from 1, in characters.
        column: usize,
        /// What should stand there.
        expected: String,
        /// What does.
        found: String,
    },
    /// JSON, but not what belongs in this place.
    #[error("{path}: expected {expected}, found {found}")]
    Content {
        /// Such as `layers[3].weight[2]`.
        path: String,
        /// What should stand there.
        expected: String,
        /// What does.
        found: String,
    },
    /// More of something than a file may have.
    #[error("{path}: more than {limit} {what}")]
    TooMany {
        /// Where the limit is reached.
        path: String,
        /// What is counted.
        what: &'static str,
        /// How many there may be.
        limit: usize,
    },
    /// Layers that do not form a network.
    #[error("{path}: {error}")]
    Shape {
        /// The list of layers, or the input shape.
        path: String,
        /// Why not.
        error: Box<ShapeError>,
    },
    /// Breakpoints and slopes that do not form an activation.
    #[error("{path}: {error}")]
    Activation {
        /// The layer.
        path: String,
        /// Why not.
        error: ActivationError,
    },
    /// A domain that is no box.
    #[error("domain.box: {0}")]
    Domain(BoxError),
}

impl NetworkFile {
    /// Reads a file. Errors: every variant of [`FileError`]. Cost: linear in the length.
    pub fn read(bytes: &[u8]) -> Result<Self, FileError> {
        Self::read_from(reader::Reader::new(bytes, None)?)
    }

    fn read_from(mut reader: reader::Reader<'_>) -> Result<Self, FileError> {
        let draft = draft::Draft::read(&mut reader)?;
        reader.end()?;
        build::file(draft)
    }
}
