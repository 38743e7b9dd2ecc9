//! Depth: how many regions stacked layers have, from below and from above.

use crate::claim::AnyClaim;

pub mod active_rank_upper_bound;
pub mod dense_folding;
pub mod folding_lower_bound;
pub mod line_maximum;
pub mod line_pieces;
pub mod multilayer_upper_bound;
pub mod piecewise_upper_bound;
pub mod sawtooth_pieces;
pub mod smallest_width_upper_bound;
pub mod two_units_then_many;
pub mod zigzag_lower_bound;

/// The claims of this family, in the order of the report.
pub static CLAIMS: &[&dyn AnyClaim] = &[
    &folding_lower_bound::CLAIM,
    &zigzag_lower_bound::CLAIM,
    &multilayer_upper_bound::CLAIM,
    &piecewise_upper_bound::CLAIM,
    &dense_folding::CLAIM,
    &smallest_width_upper_bound::CLAIM,
    &active_rank_upper_bound::CLAIM,
    &line_maximum::CLAIM,
    &two_units_then_many::CLAIM,
    &line_pieces::CLAIM,
    &sawtooth_pieces::CLAIM,
];
