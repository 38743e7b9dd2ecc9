//! The answers of the checker: what an accepted certificate proves, or why one is refused.

use std::fmt;

/// What a certificate can prove.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The least weight decay among the rescalings of a network lies between two bounds.
    Balance,
    /// No interpolant of points costs less than a bound where biases decay, and one costs little.
    DecayedInterpolation,
    /// A network is within a stated distance of a function on a whole box.
    Error,
    /// A sequence is a product of short filters, up to a stated residual.
    Factorization,
    /// No network through, or near, stated points costs less than a bound, and one costs little.
    LeastCost,
    /// No interpolant of points has fewer knots than a stated number.
    FewestKnots,
    /// No interpolant of points costs less than a stated number.
    Interpolation,
    /// A network equals a stated ridge sum on a whole box.
    LinearRange,
    /// The least penalised objective lies between two stated numbers.
    Penalised,
    /// A network has a stated number of activation regions.
    Regions,
    /// A network has at least a stated number of activation regions.
    RegionsAtLeast,
    /// A point is at least, or exactly, at a stated distance from another label.
    Robust,
    /// Labelled points can, or cannot, be separated by a linear form.
    Separation,
    /// No interpolant with several outputs costs less than a bound, and one costs little.
    VectorInterpolation,
}

/// What an accepted certificate proves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Accepted {
    /// The kind of statement.
    pub kind: Kind,
    /// The claim it is evidence for; a name, which the checker does not interpret.
    pub claim: String,
    /// The lines between `claim` and `proof`, as they stand: exactly what was proved.
    pub statement: String,
    /// The statement in one line of words.
    pub fact: String,
    /// The products of words that it cost to check.
    pub work: u64,
}

/// Why a certificate is not accepted. Lines count from 1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Rejection {
    /// The text stops before its `end`; nothing that was read is wrong.
    Incomplete {
        /// The line that is missing or not finished.
        line: usize,
        /// What should stand there.
        expected: String,
    },
    /// A line is not of the form that its place asks for.
    Malformed {
        /// Where.
        line: usize,
        /// What should stand there.
        expected: String,
        /// What does.
        found: String,
    },
    /// A limit of the checker is exceeded; nothing is said about the statement.
    TooLarge {
        /// Where.
        line: usize,
        /// Which limit, with its size.
        limit: String,
    },
    /// The kind is one that this build of the checker leaves out.
    LeftOut {
        /// Where.
        line: usize,
        /// Which kind.
        kind: Kind,
    },
    /// The certificate could not be read to its end.
    Unreadable {
        /// The line in which it ended.
        line: usize,
        /// What the system says.
        error: String,
    },
    /// The certificate was read, and what it says is false.
    False {
        /// The line that says it.
        line: usize,
        /// What would be true.
        expected: String,
        /// What is stated or computed instead.
        found: String,
    },
}

impl Kind {
    /// Whether a certificate of this kind states the network of a file.
    pub(super) fn states_a_network(self) -> bool {
        use Kind::{Balance, Error, LinearRange, Regions, RegionsAtLeast, Robust};
        matches!(self, Balance | Error | LinearRange | Regions | RegionsAtLeast | Robust)
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Balance => "balance",
            Self::DecayedInterpolation => "decayed-interpolation",
            Self::Error => "error",
            Self::Factorization => "factorization",
            Self::LeastCost => "least-cost",
            Self::FewestKnots => "fewest-knots",
            Self::Interpolation => "interpolation",
            Self::LinearRange => "linear-range",
            Self::Penalised => "penalised",
            Self::Regions => "regions",
            Self::RegionsAtLeast => "regions-at-least",
            Self::Robust => "robust",
            Self::Separation => "separation",
            Self::VectorInterpolation => "vector-interpolation",
        })
    }
}

impl fmt::Display for Rejection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Incomplete { line, expected } => {
                write!(f, "line {line}: the text stops where {expected} is expected")
            }
            Self::Unreadable { line, error } => write!(f, "line {line}: {error}"),
            Self::LeftOut { line, kind } => {
                write!(f, "line {line}: this build leaves out the kind `{kind}`")
            }
            Self::TooLarge { line, limit } => write!(f, "line {line}: more than {limit}"),
            Self::Malformed { line, expected, found } | Self::False { line, expected, found } => {
                write!(f, "line {line}: expected {expected}, found {found}")
            }
        }
    }
}

impl std::error::Error for Rejection {}

pub(super) type Checked<T> = Result<T, Rejection>;
/// The text from the line `proof` on, and the fact that was proved.
pub(super) type Proved<'a> = (&'a str, String);
