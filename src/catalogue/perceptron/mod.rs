//! Perceptron classics: what one threshold unit can and cannot do.

use crate::claim::AnyClaim;

pub mod mistake_bound;

/// The claims of this family, in the order of the report.
pub static CLAIMS: &[&dyn AnyClaim] = &[&mistake_bound::CLAIM];
