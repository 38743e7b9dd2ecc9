//! Linear regions: how many pieces a network cuts its input space into.

use crate::claim::AnyClaim;

pub mod commutator_identity;
pub mod one_layer_maximum_as_printed;
pub mod published_count_is_an_upper_bound;
pub mod two_shared_filters;

/// The claims of this family, in the order of the report.
pub static CLAIMS: &[&dyn AnyClaim] = &[
    &one_layer_maximum_as_printed::CLAIM,
    &two_shared_filters::CLAIM,
    &commutator_identity::CLAIM,
    &published_count_is_an_upper_bound::CLAIM,
];
