//! Layer 3: what can be decided about a network besides its values and the number of its regions.
//!
//! Gradients, units at a kink, equality on a box, the linear range, hidden channels, slices of the
//! input, regions one by one with vertices and volumes, and certificates of their number.

mod beside;
pub mod certificate;
mod channel;
mod equality;
mod gradient;
mod linear_range;
mod outline;
mod region;
mod slice;
pub mod volume;

pub use beside::{Kink, pattern_beside};
pub use channel::{Channel, Pairing, channel};
pub use equality::{Equality, equal_on_box};
pub use gradient::{Gradient, gradient};
pub use linear_range::{LinearRange, UnitRange, linear_range};
pub use outline::{Outline, outline};
pub use region::{Region, for_each_point, for_each_region, regions};
pub use slice::restricted;
