//! Linear regions: how many pieces a network cuts its input space into.
//!
//! What is wrong with the published count in two dimensions, and what is true, is told on one page:
//!
#![doc = include_str!("../../../proofs/errata/regions-2d.md")]

use crate::claim::AnyClaim;

pub mod almost_every_parameter;
pub mod bounded_cells;
pub mod box_deficit;
pub mod box_has_no_more_regions;
pub mod cells_at_most_independent_sets;
pub mod cells_equal_independent_sets;
pub mod central_layers_are_even;
pub mod columns_log_concave;
pub mod commutator_identity;
pub mod deletion_restriction;
pub mod dense_layer_has_no_fewer_regions;
pub mod differences_not_negative;
pub mod facets_between_cells;
pub mod general_position;
pub mod generic_rank;
pub mod generic_read_out;
pub mod graph_convolution;
pub mod independent_sets_log_concave;
pub mod kinked_layer;
pub mod linear_change_of_inputs;
pub mod maxout_layer;
pub mod notions_in_order;
pub mod one_layer_average_as_printed;
pub mod one_layer_bounds_in_order;
pub mod one_layer_maximum;
pub mod one_layer_maximum_as_printed;
pub mod one_layer_maximum_named_filters;
pub mod one_more_unit;
pub mod piecewise_linear_maximum;
pub mod piecewise_linear_upper;
pub mod published_count_grows;
pub mod published_count_is_an_upper_bound;
pub mod published_degree;
pub mod published_fails_on_boxes_only;
pub mod published_leading_words;
pub mod published_maximum;
pub mod read_out_keeps_regions;
pub mod regions_grow_with_depth;
pub mod regions_multiply_over_separate_windows;
pub mod rewritten_channels;
pub mod shift_in_the_biases;
pub mod strip_maximum;
pub mod strip_recurrence;
pub mod ternary_filters;
pub mod three_by_three_deficit;
pub mod two_filters_growth;
pub mod two_shared_filters;
pub mod two_taps_growth;
pub mod zaslavsky_bound;

/// The claims of this family, in the order of the report.
pub static CLAIMS: &[&dyn AnyClaim] = &[
    &one_layer_maximum_as_printed::CLAIM,
    &one_layer_average_as_printed::CLAIM,
    &one_layer_maximum::CLAIM,
    &one_layer_maximum_named_filters::CLAIM,
    &almost_every_parameter::CLAIM,
    &two_shared_filters::CLAIM,
    &commutator_identity::CLAIM,
    &box_deficit::CLAIM,
    &three_by_three_deficit::CLAIM,
    &published_count_is_an_upper_bound::CLAIM,
    &published_maximum::CLAIM,
    &published_fails_on_boxes_only::CLAIM,
    &generic_rank::CLAIM,
    &cells_at_most_independent_sets::CLAIM,
    &cells_equal_independent_sets::CLAIM,
    &one_layer_bounds_in_order::CLAIM,
    &regions_multiply_over_separate_windows::CLAIM,
    &published_count_grows::CLAIM,
    &published_degree::CLAIM,
    &published_leading_words::CLAIM,
    &differences_not_negative::CLAIM,
    &two_filters_growth::CLAIM,
    &two_taps_growth::CLAIM,
    &strip_maximum::CLAIM,
    &strip_recurrence::CLAIM,
    &columns_log_concave::CLAIM,
    &ternary_filters::CLAIM,
    &dense_layer_has_no_fewer_regions::CLAIM,
    &piecewise_linear_upper::CLAIM,
    &piecewise_linear_maximum::CLAIM,
    &graph_convolution::CLAIM,
    &kinked_layer::CLAIM,
    &maxout_layer::CLAIM,
    &zaslavsky_bound::CLAIM,
    &general_position::CLAIM,
    &deletion_restriction::CLAIM,
    &one_more_unit::CLAIM,
    &bounded_cells::CLAIM,
    &facets_between_cells::CLAIM,
    &independent_sets_log_concave::CLAIM,
    &notions_in_order::CLAIM,
    &read_out_keeps_regions::CLAIM,
    &generic_read_out::CLAIM,
    &regions_grow_with_depth::CLAIM,
    &box_has_no_more_regions::CLAIM,
    &central_layers_are_even::CLAIM,
    &shift_in_the_biases::CLAIM,
    &rewritten_channels::CLAIM,
    &linear_change_of_inputs::CLAIM,
];
