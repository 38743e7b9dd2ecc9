//! Shapes of signals, small enough to be enumerated by hand.

use super::prelude::*;
/// Vectors of up to `most` entries.
pub fn flat(most: usize) -> impl Strategy<Value = Shape> + Clone {
    (1..=most).prop_map(Shape::Flat)
}

/// Lines of one or two channels and up to `most` samples.
pub fn line(most: usize) -> impl Strategy<Value = Shape> + Clone {
    (1..=2usize, 1..=most).prop_map(|(channels, length)| Shape::Line([channels, length]))
}

/// Planes of one or two channels and up to `most` rows and columns.
pub fn plane(most: usize) -> impl Strategy<Value = Shape> + Clone {
    (1..=2usize, 1..=most, 1..=most).prop_map(|(c, h, w)| Shape::Plane([c, h, w]))
}

/// Vectors, lines and planes of up to six samples along an axis; shrinks to `[1]`.
pub fn small() -> impl Strategy<Value = Shape> + Clone {
    prop_oneof![flat(6), line(6), plane(4)]
}
