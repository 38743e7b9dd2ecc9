//! Symmetries: what may be done to the parameters or the input without changing the function, and
//! what gradients owe to it.

use crate::claim::AnyClaim;

pub mod backprop_is_difference_quotient;
pub mod balance_drift;
pub mod balanced_scaling;
pub mod channel_rescaling;
pub mod euler_identity;
pub mod layer_homogeneity;
pub mod rescaling_descent;
pub mod shift_equivariance;
pub mod shifted_interior;

/// The claims of this family, in the order of the report.
pub static CLAIMS: &[&dyn AnyClaim] = &[
    &channel_rescaling::CLAIM,
    &euler_identity::CLAIM,
    &layer_homogeneity::CLAIM,
    &balance_drift::CLAIM,
    &rescaling_descent::CLAIM,
    &balanced_scaling::CLAIM,
    &backprop_is_difference_quotient::CLAIM,
    &shift_equivariance::CLAIM,
    &shifted_interior::CLAIM,
];
