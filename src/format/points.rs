//! Points files: named points of an input space, in JSON with exact numbers.
//!
//! ```json
//! {"points": [
//!   {"name": "a", "at": [0, "1/2"]},
//!   {"name": "b", "label": 3, "at": ["0.125", -2]}
//! ]}
//! ```
//!
//! Every number is an integer or an exact string, as in a network file. A name occurs once; the
//! label, which says to what class a point belongs, may be absent.

use crate::exact::Rational;
use crate::format::file::{MAX_BYTES, MAX_NUMBERS};
use serde::Deserialize;
use std::collections::HashSet;

/// A point with a name.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Point {
    /// What it is called.
    pub name: String,
    /// The class that it belongs to.
    pub label: Option<usize>,
    /// Its entries.
    pub at: Vec<Rational>,
}

/// Why a points file is refused, or a point is not in it.
#[derive(Debug, thiserror::Error)]
pub enum PointsError {
    /// Not JSON, or not of this form.
    #[error(transparent)]
    Syntax(#[from] serde_json::Error),
    /// Larger than it may be.
    #[error("more than {limit} {what}")]
    TooMany {
        /// What is counted.
        what: &'static str,
        /// How many there may be.
        limit: usize,
    },
    /// Two points of one name.
    #[error("points[{index}]: expected a name of its own, found \"{name}\" again")]
    Twice {
        /// The second of them.
        index: usize,
        /// Its name.
        name: String,
    },
    /// No point has this name.
    #[error("no point is called \"{name}\"; there are {names}")]
    Unknown {
        /// What was asked for.
        name: String,
        /// The names there are.
        names: String,
    },
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    points: Vec<Point>,
}

/// The points of a file, in its order.
///
/// Errors: every variant of [`PointsError`] but `Unknown`.
pub fn read(bytes: &[u8]) -> Result<Vec<Point>, PointsError> {
    refuse_if!(bytes.len() > MAX_BYTES, PointsError::TooMany { what: "bytes", limit: MAX_BYTES });
    let File { points } = serde_json::from_slice(bytes)?;
    if points.iter().map(|point| point.at.len()).sum::<usize>() > MAX_NUMBERS {
        return Err(PointsError::TooMany { what: "numbers", limit: MAX_NUMBERS });
    }
    let mut names = HashSet::new();
    match points.iter().position(|point| !names.insert(&*point.name)) {
        Some(index) => Err(PointsError::Twice { index, name: points[index].name.clone() }),
        None => Ok(points),
    }
}

/// The points with these names, in the order of the names.
///
/// Errors: `Unknown`.
pub fn chosen(points: &[Point], names: &[&str]) -> Result<Vec<Point>, PointsError> {
    let one = |name: &&str| {
        points.iter().find(|point| point.name == *name).cloned().ok_or_else(|| {
            let all: Vec<_> = points.iter().map(|point| &*point.name).collect();
            PointsError::Unknown { name: (*name).to_owned(), names: all.join(", ") }
        })
    };
    names.iter().map(one).collect()
}
