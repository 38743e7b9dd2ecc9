//! Convolution: what products of short filters can and cannot build.

use crate::claim::AnyClaim;

pub mod factorization;
pub mod factorization_as_printed;
pub mod filter_norm_bound;
pub mod minimal_filter_count;
pub mod real_root_criterion;

/// The claims of this family, in the order of the report.
pub static CLAIMS: &[&dyn AnyClaim] = &[
    &factorization_as_printed::CLAIM,
    &factorization::CLAIM,
    &minimal_filter_count::CLAIM,
    &filter_norm_bound::CLAIM,
    &real_root_criterion::CLAIM,
];
