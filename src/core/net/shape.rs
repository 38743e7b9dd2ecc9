//! Shapes of signals, and why a chain of layers is refused.

use std::fmt;

/// The most units one signal may have; larger networks are refused before anything is computed.
pub const MAX_UNITS: usize = 1 << 20;
/// The most terms (products of a weight and an input) one layer may have.
pub const MAX_TERMS: usize = 1 << 26;
/// The deepest nesting of residual layers.
pub const MAX_NESTING: usize = 8;

/// The axes of a signal, channel first. [`super::Network::new`] refuses an axis of size zero.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Shape {
    /// `[n]`: a vector.
    Flat(usize),
    /// `[channels, length]`.
    Line([usize; 2]),
    /// `[channels, height, width]`.
    Plane([usize; 3]),
}

impl Shape {
    /// The shape with these axes; `None` unless there are one, two or three.
    pub fn from_axes(axes: &[usize]) -> Option<Self> {
        match *axes {
            [n] => Some(Self::Flat(n)),
            [c, n] => Some(Self::Line([c, n])),
            [c, h, w] => Some(Self::Plane([c, h, w])),
            _ => None,
        }
    }

    /// The sizes of the axes, channel first.
    pub fn axes(&self) -> &[usize] {
        match self {
            Self::Flat(n) => std::slice::from_ref(n),
            Self::Line(axes) => axes,
            Self::Plane(axes) => axes,
        }
    }

    /// The number of units: the product of the axes, at most `usize::MAX`.
    pub fn units(&self) -> usize {
        self.axes().iter().fold(1, |units, &axis| units.saturating_mul(axis))
    }

    /// The number of channels; a flat signal has one.
    pub fn channels(&self) -> usize {
        match self {
            Self::Flat(_) => 1,
            Self::Line([c, _]) | Self::Plane([c, _, _]) => *c,
        }
    }

    /// Height and width of one channel; a line and a flat signal have height one.
    pub(super) fn plane(&self) -> [usize; 2] {
        match *self {
            Self::Flat(n) | Self::Line([_, n]) => [1, n],
            Self::Plane([_, h, w]) => [h, w],
        }
    }

    /// This shape with other channels and another plane. A height of one is dropped where this
    /// shape has none, and the channel count where this shape is flat.
    pub(super) fn with(&self, channels: usize, [height, width]: [usize; 2]) -> Self {
        match self {
            Self::Flat(_) => Self::Flat(width),
            Self::Line(_) => Self::Line([channels, width]),
            Self::Plane(_) => Self::Plane([channels, height, width]),
        }
    }

    /// `Err` with `layer` if an axis is zero or there are more than [`MAX_UNITS`] units.
    pub(super) fn check(self, layer: usize) -> Result<Self, ShapeError> {
        match self.units() {
            0 => Err(ShapeError::Empty { layer, found: self }),
            units if units > MAX_UNITS => Err(ShapeError::TooManyUnits { layer, found: self }),
            _ => Ok(self),
        }
    }
}

impl fmt::Display for Shape {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", self.axes())
    }
}

/// Why layers do not form a network. Layers count from zero; inside a residual layer they count
/// from the start of its body.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[allow(missing_docs, reason = "the messages say what the fields are")]
pub enum ShapeError {
    /// A signal without units: before layer `layer`, or after the last.
    #[error("the signal before layer {layer} is empty: shape {found}")]
    Empty { layer: usize, found: Shape },
    /// A signal of more than [`MAX_UNITS`] units.
    #[error("the signal before layer {layer} has shape {found}, the limit is {MAX_UNITS} units")]
    TooManyUnits { layer: usize, found: Shape },
    /// A layer of more than [`MAX_TERMS`] terms.
    #[error("layer {layer} has {found} terms, the limit is {MAX_TERMS}")]
    TooManyTerms { layer: usize, found: usize },
    /// The wrong kind of signal.
    #[error("layer {layer} expects {expected}, found shape {found}")]
    Kind { layer: usize, expected: &'static str, found: Shape },
    /// A wrong number of something.
    #[error("layer {layer} expects {expected} {what}, found {found}")]
    Count { layer: usize, what: &'static str, expected: usize, found: usize },
    /// A parameter of a layer that must be at least one is zero.
    #[error("layer {layer} expects at least one {what}, found 0")]
    Zero { layer: usize, what: &'static str },
    /// Groups that do not divide the channels.
    #[error("layer {layer} expects {what} in {groups} equal groups, found {found}")]
    Groups { layer: usize, what: &'static str, groups: usize, found: usize },
    /// A bias vector of a length that fits neither the layer, its channels nor its units.
    #[error("layer {layer} expects 0, 1, {channels} or {units} biases, found {found}")]
    Bias { layer: usize, channels: usize, units: usize, found: usize },
    /// A window wider than the padded signal, or one that meets padding only.
    #[error("layer {layer} expects every window to meet a signal of shape {found}")]
    Window { layer: usize, found: Shape },
    /// A row of a sparse layer, or a set of a maximum, that is not one of increasing indices.
    #[error(
        "layer {layer} expects row {row} to be of increasing entries below {inputs}, each with a \
         weight below {weights}"
    )]
    Row { layer: usize, row: usize, inputs: usize, weights: usize },
    /// Branches that do not read the signal, or none at all.
    #[error("layer {layer} expects branches that read {expected}, found {found}")]
    Branch { layer: usize, expected: Shape, found: String },
    /// A residual body that reads or writes another shape than the signal it is added to.
    #[error(
        "layer {layer} expects a body from {expected} to {expected}, found {input} to {output}"
    )]
    Residual { layer: usize, expected: Shape, input: Shape, output: Shape },
    /// Residual layers nested more than [`MAX_NESTING`] deep.
    #[error("layer {layer} nests residual layers {found} deep, the limit is {MAX_NESTING}")]
    Nesting { layer: usize, found: usize },
}
