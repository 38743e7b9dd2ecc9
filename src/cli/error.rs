//! What can go wrong before anything is checked.

use crate::approximate::{ExpressionError, SupErrorError};
use crate::claim::{KnownError, ReplayError};
use crate::construct::factor::FactorError;
use crate::construct::radial::RadialError;
use crate::construct::ridge_function::RidgeFunctionError;
use crate::construct::ridge_sum_network::RealizeError;
use crate::construct::universal::UniversalError;
use crate::counting::StackError;
use crate::exact::Rational;
#[cfg(feature = "import")]
use crate::format::export::ExportError;
use crate::format::file::FileError;
#[cfg(feature = "import")]
use crate::format::import::ImportError;
use crate::format::points::PointsError;
use crate::properties::SliceError;
use std::io;
use std::path::PathBuf;

/// Why a command could not be carried out. Each ends the program with exit code 1.
#[derive(Debug, thiserror::Error)]
pub enum CliError {
    /// No claim, family or prefix has this name.
    #[error("no claim or family is called \"{name}\"; {hint}")]
    UnknownName {
        /// What was asked for.
        name: String,
        /// The nearest id or family, or where to find them all.
        hint: String,
    },
    /// One claim is wanted, and several have this name.
    #[error("\"{name}\" names {count} claims, one is wanted: {ids}")]
    Ambiguous {
        /// What was asked for.
        name: String,
        /// How many claims it names.
        count: usize,
        /// The first few of them.
        ids: String,
    },
    /// The program has no such command.
    #[error("no command is called \"{name}\"; there are {names}")]
    UnknownCommand {
        /// What was asked for.
        name: String,
        /// The commands.
        names: String,
    },
    /// A file or folder cannot be read or written.
    #[error("{path}: {error}")]
    File {
        /// The file as it was given.
        path: PathBuf,
        /// What the system said.
        error: io::Error,
    },
    /// A file is larger than any that this program writes.
    #[error("{path}: larger than {limit} bytes")]
    TooLarge {
        /// The file as it was given.
        path: PathBuf,
        /// The largest size that is read.
        limit: u64,
    },
    /// A file is not what the command reads.
    #[error("{path}: {what}")]
    Content {
        /// The file as it was given.
        path: PathBuf,
        /// What was expected, what was found, and where.
        what: String,
    },
    /// A file of known cases is not well made.
    #[error("{path}: {error}")]
    Known {
        /// The file as it was given.
        path: PathBuf,
        /// Why not.
        error: KnownError,
    },
    /// A case in a file cannot be asked.
    #[error("{path}: {place}: {error}")]
    Replay {
        /// The file as it was given.
        path: PathBuf,
        /// Which case of the file.
        place: String,
        /// Why not.
        error: ReplayError,
    },
    /// A file is not a network.
    #[error("{path}: {error}")]
    Network {
        /// The file as it was given.
        path: PathBuf,
        /// Why not, and where.
        error: FileError,
    },
    /// A file is no network that can be imported.
    #[cfg(feature = "import")]
    #[error("{path}: {error}")]
    Import {
        /// The file as it was given.
        path: PathBuf,
        /// Why not, and where.
        error: ImportError,
    },
    /// A network has no model in the format.
    #[cfg(feature = "import")]
    #[error("{path}: {error}")]
    Export {
        /// The file that was to be written.
        path: PathBuf,
        /// Why not, and where.
        error: ExportError,
    },
    /// A file is no points file, or has no such point.
    #[error("{path}: {error}")]
    Points {
        /// The file as it was given.
        path: PathBuf,
        /// Why not.
        error: PointsError,
    },
    /// Points do not span a slice of the network's input.
    #[error("{path}: {error}; the points are {names}")]
    Slice {
        /// The points file as it was given.
        path: PathBuf,
        /// Why not.
        error: SliceError,
        /// The names of the points, in their order.
        names: String,
    },
    /// A box that is none, or not one of the network's inputs.
    #[error("--box {text}: {what}")]
    Box {
        /// The text of the option.
        text: String,
        /// What was expected, and what was found.
        what: String,
    },
    /// A function is not well made.
    #[error("--f \"{text}\": {error}")]
    Expression {
        /// The text of the option.
        text: String,
        /// Why not, and where.
        error: ExpressionError,
    },
    /// No network was built for a function.
    #[error(transparent)]
    Universal(#[from] UniversalError),
    /// No network was built for a function of `|x|^2`.
    #[error(transparent)]
    Radial(#[from] RadialError),
    /// A sum of ridge functions has no network.
    #[error(transparent)]
    Realize(#[from] RealizeError),
    /// A function of one linear form has no network.
    #[error(transparent)]
    RidgeFunction(#[from] RidgeFunctionError),
    /// A function of another kind is wanted.
    #[error("--f \"{text}\": expected {kind}")]
    NotOfKind {
        /// The text of the option.
        text: String,
        /// What is wanted.
        kind: String,
    },
    /// A hidden unit does not stay in its linear range.
    #[error(
        "unit {unit} of layer {layer} falls to {least} on the box: expected filters and a box \
         that keep it at 0 at least, or a --bias"
    )]
    Clipped {
        /// The layer, counted from one.
        layer: usize,
        /// The unit, counted from one.
        unit: usize,
        /// Its least value.
        least: Rational,
    },
    /// An entry of a direction is no exact number.
    #[error("--direction, entry {place}: expected a number such as -3/7 or 2, found \"{found}\"")]
    Direction {
        /// Counted from 1.
        place: usize,
        /// The text in its place.
        found: String,
    },
    /// A function of `|x|^2` is wanted.
    #[error("--f \"{0}\": expected a function in which the inputs occur as |x|^2 only")]
    NotRadial(String),
    /// A filter was not factored.
    #[error(transparent)]
    Factor(#[from] FactorError),
    /// A function and a network cannot be compared.
    #[error(transparent)]
    Distance(#[from] SupErrorError),
    /// A point has another dimension than the network's input.
    #[error("{path}: the network takes {expected} numbers, --at gives {found}")]
    Length {
        /// The file as it was given.
        path: PathBuf,
        /// The input's dimension.
        expected: usize,
        /// The point's.
        found: usize,
    },
    /// An entry of a point is no exact number.
    #[error("--at, entry {place}: expected a number such as -3/7, 12 or 0.5, found \"{found}\"")]
    Entry {
        /// Counted from 1.
        place: usize,
        /// The text in its place.
        found: String,
    },
    /// Neither the command line nor the path says which claim a file belongs to.
    #[error("{path}: the path names no claim; say which with --claim ID")]
    NoClaim {
        /// The file as it was given.
        path: PathBuf,
    },
    /// A part of a shape is not well made.
    #[error("{option} \"{text}\": expected {expected}")]
    Shape {
        /// Where on the command line.
        option: String,
        /// The text in its place.
        text: String,
        /// What would be right.
        expected: &'static str,
    },
    /// Layers that do not fit the input or each other.
    #[error(transparent)]
    Stack(#[from] StackError),
    /// The worker threads cannot be started.
    #[error("cannot start {threads} threads: {error}")]
    Threads {
        /// How many were asked for; 0 is one a core.
        threads: usize,
        /// What the thread pool said.
        error: rayon::ThreadPoolBuildError,
    },
    /// The output cannot be written.
    #[error("cannot write the output: {0}")]
    Output(io::Error),
}
