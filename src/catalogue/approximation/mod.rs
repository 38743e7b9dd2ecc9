//! What networks of convolutions approximate, at which depth and with how many parameters.

use crate::claim::AnyClaim;

pub mod absolute_constant;
pub mod dense_factor_eight;
pub mod dense_factor_eight_literal;
pub mod dense_factor_scalar_bias;
pub mod dense_factor_sharper;
pub mod dense_factor_tends_to_one;
pub mod one_ridge_depth;
pub mod parameters_at_most_fifty;
pub mod rate_depth;

/// The claims of this family, in the order of the report.
pub static CLAIMS: &[&dyn AnyClaim] = &[
    &rate_depth::CLAIM,
    &one_ridge_depth::CLAIM,
    &absolute_constant::CLAIM,
    &parameters_at_most_fifty::CLAIM,
    &dense_factor_eight::CLAIM,
    &dense_factor_eight_literal::CLAIM,
    &dense_factor_sharper::CLAIM,
    &dense_factor_scalar_bias::CLAIM,
    &dense_factor_tends_to_one::CLAIM,
];
