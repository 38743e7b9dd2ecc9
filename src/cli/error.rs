//! Errors of the command line and of the files that it names.

use crate::approximate::SupErrorError;
use crate::construct::factor::FactorError;
use std::fmt::Display;
use std::io;
use std::path::{Path, PathBuf};

/// Why a command could not be carried out. Each ends the program with exit code 1.
#[derive(Debug, thiserror::Error)]
#[allow(missing_docs, reason = "the messages say what the fields are")]
pub enum CliError {
    /// A name means nothing, or too much.
    #[error("{0}")]
    Name(String),
    /// A file or folder cannot be read or written, or is not what the command reads.
    #[error("{path}: {what}")]
    File { path: PathBuf, what: String },
    /// An argument is not well made, or does not fit the others.
    #[error("{argument}: {what}")]
    Argument { argument: String, what: String },
    /// A hidden unit does not stay in its linear range.
    #[error(
        "unit {unit} of layer {layer} falls to {least} on the box: expected filters and a box \
         that keep it at 0 at least, or a --bias"
    )]
    Clipped { layer: usize, unit: usize, least: crate::exact::Rational },
    /// A function has no network, or layers do not fit the input or each other.
    #[error("{0}")]
    Construction(String),
    /// A filter was not factored.
    #[error(transparent)]
    Factor(#[from] FactorError),
    /// A function and a network cannot be compared.
    #[error(transparent)]
    Distance(#[from] SupErrorError),
    /// The worker threads cannot be started.
    #[error("cannot start {threads} threads: {error}")]
    Threads { threads: usize, error: rayon::ThreadPoolBuildError },
    /// The output cannot be written.
    #[error("cannot write the output: {0}")]
    Output(io::Error),
}

impl From<String> for CliError {
    fn from(why: String) -> Self {
        Self::Construction(why)
    }
}

impl CliError {
    /// An error of a file.
    pub fn file(path: impl AsRef<Path>, what: impl Display) -> Self {
        Self::File { path: path.as_ref().to_owned(), what: what.to_string() }
    }

    /// The same for `map_err`.
    pub fn at<E: Display>(path: &Path) -> impl Fn(E) -> Self + Copy + '_ {
        move |error| Self::file(path, error)
    }

    /// An error of an argument.
    pub fn argument(argument: impl Into<String>, what: impl Display) -> Self {
        Self::Argument { argument: argument.into(), what: what.to_string() }
    }

    /// An error of the box in `--box`.
    pub fn sides(text: &str, what: impl Display) -> Self {
        Self::argument(format!("--box {text}"), what)
    }

    /// An error of the function in `--f`.
    pub fn function(text: &str, what: impl Display) -> Self {
        Self::argument(format!("--f \"{text}\""), what)
    }
}
