//! Expansive convolutions: products of filters, the networks built from them, and their limits.

use crate::claim::AnyClaim;

pub mod depth_lower_bound;
pub mod factorization;
pub mod factorization_strict_count;
pub mod filter_norm_bound;
pub mod minimal_filter_count;
pub mod nonnegative_data_needs_no_bias;
pub mod parameter_count;
pub mod parameter_count_as_printed;
pub mod real_root_criterion;
pub mod real_root_network;
pub mod receptive_field;
pub mod ridge_network;
pub mod row_sums;
pub mod scalar_bias_count;
pub mod scalar_bias_suffices;
pub mod toeplitz_product;

/// The claims of this family, in the order of the report.
pub static CLAIMS: &[&dyn AnyClaim] = &[
    &toeplitz_product::CLAIM,
    &row_sums::CLAIM,
    &factorization_strict_count::CLAIM,
    &factorization::CLAIM,
    &minimal_filter_count::CLAIM,
    &filter_norm_bound::CLAIM,
    &parameter_count_as_printed::CLAIM,
    &parameter_count::CLAIM,
    &ridge_network::CLAIM,
    &scalar_bias_suffices::CLAIM,
    &scalar_bias_count::CLAIM,
    &nonnegative_data_needs_no_bias::CLAIM,
    &receptive_field::CLAIM,
    &depth_lower_bound::CLAIM,
    &real_root_criterion::CLAIM,
    &real_root_network::CLAIM,
];
