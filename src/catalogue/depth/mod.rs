//! Depth: how many regions stacked layers have, from below and from above.

use crate::claim::AnyClaim;

pub mod active_rank_upper_bound;
pub mod active_subsets_is_the_smallest_bound;
pub mod active_subsets_upper_bound;
pub mod average_over_signs;
pub mod dense_folding;
pub mod folding_lower_bound;
pub mod folds_unshare_filters;
pub mod line_maximum;
pub mod line_pieces;
pub mod lower_bound_as_printed;
pub mod multilayer_upper_bound;
pub mod narrow_layers_on_a_line;
pub mod one_filter_three_times;
pub mod one_filter_twice;
pub mod piecewise_upper_bound;
pub mod sawtooth_pieces;
pub mod signs_of_one_unit;
pub mod smallest_width_upper_bound;
pub mod two_filters_then_one;
pub mod two_filters_twice;
pub mod two_units_then_many;
pub mod zigzag_lower_bound;

/// The claims of this family, in the order of the report.
pub static CLAIMS: &[&dyn AnyClaim] = &[
    &folding_lower_bound::CLAIM,
    &zigzag_lower_bound::CLAIM,
    &lower_bound_as_printed::CLAIM,
    &folds_unshare_filters::CLAIM,
    &multilayer_upper_bound::CLAIM,
    &piecewise_upper_bound::CLAIM,
    &dense_folding::CLAIM,
    &smallest_width_upper_bound::CLAIM,
    &active_rank_upper_bound::CLAIM,
    &active_subsets_upper_bound::CLAIM,
    &active_subsets_is_the_smallest_bound::CLAIM,
    &two_filters_then_one::CLAIM,
    &two_filters_twice::CLAIM,
    &one_filter_twice::CLAIM,
    &one_filter_three_times::CLAIM,
    &average_over_signs::CLAIM,
    &signs_of_one_unit::CLAIM,
    &line_maximum::CLAIM,
    &two_units_then_many::CLAIM,
    &narrow_layers_on_a_line::CLAIM,
    &line_pieces::CLAIM,
    &sawtooth_pieces::CLAIM,
];
