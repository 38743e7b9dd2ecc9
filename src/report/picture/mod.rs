//! Pictures of slices (the regions of a plane, or what a network reads out along a line), of
//! functions beside their approximants, images, and charts.
//!
//! Drawing only. Positions are floats because ink has a width; every count and class was decided
//! before it came here. The same picture always has the same bytes.

mod chart;
mod field;
mod frame;
mod graphs;
mod images;
mod line;
mod plane;

pub use chart::{Chart, Pen, Series};
pub use field::{Field, Samples};
pub use frame::number as tick;
pub use graphs::Graphs;
pub use images::{Image, Images};
pub use line::{Curve, Line};
pub use plane::{Plane, Polygon};

/// A point of a slice that has a name.
#[derive(Clone, Debug, PartialEq)]
pub struct Mark {
    /// Where it lies, in the coordinates of the slice; along a line the second one is left out.
    pub at: [f64; 2],
    /// What is written beside it.
    pub label: String,
}

/// What every kind of picture says in words.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Words {
    /// The heading, such as the name of the network.
    pub title: String,
    /// Under the axis to the right, and beside the one upwards.
    pub axes: [String; 2],
    /// The legend, a line each: what counts as a region, the domain, the count.
    pub legend: Vec<String>,
}
