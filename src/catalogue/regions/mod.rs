//! Linear regions: how many pieces a network cuts its input space into.
//!
//! What is wrong with the published count in two dimensions, and what is true, is told on one page:
//!
#![doc = include_str!("../../../proofs/errata/regions-2d.md")]

use crate::claim::AnyClaim;

pub mod commutator_identity;
pub mod graph_convolution;
pub mod kinked_layer;
pub mod maxout_layer;
pub mod one_layer_maximum_as_printed;
pub mod published_count_is_an_upper_bound;
pub mod published_fails_on_boxes_only;
pub mod two_filters_growth;
pub mod two_shared_filters;

/// The claims of this family, in the order of the report.
pub static CLAIMS: &[&dyn AnyClaim] = &[
    &one_layer_maximum_as_printed::CLAIM,
    &two_shared_filters::CLAIM,
    &commutator_identity::CLAIM,
    &published_count_is_an_upper_bound::CLAIM,
    &two_filters_growth::CLAIM,
    &published_fails_on_boxes_only::CLAIM,
    &graph_convolution::CLAIM,
    &kinked_layer::CLAIM,
    &maxout_layer::CLAIM,
];
