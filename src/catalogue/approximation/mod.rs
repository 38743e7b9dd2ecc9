//! What networks of convolutions approximate, at which depth and with how many parameters.

use crate::claim::AnyClaim;

pub mod absolute_constant;
pub mod additive_ridge_error;
pub mod additive_ridge_network;
pub mod compact_support;
pub mod dense_factor_eight;
pub mod dense_factor_eight_literal;
pub mod dense_factor_scalar_bias;
pub mod dense_factor_sharper;
pub mod dense_factor_tends_to_one;
pub mod dense_layers_as_convolutions;
pub mod maximum_at_width_d_plus_one;
pub mod nesting_first_step;
pub mod norms_of_factors;
pub mod octahedron_cubature;
pub mod one_ridge_depth;
pub mod parameters_at_most_fifty;
pub mod rate_depth;
pub mod rational_prefix;
pub mod replication_gap;
pub mod residual_of_dyadic_filters;
pub mod ridge_function_error;
pub mod ridge_function_network;
pub mod same_size_depth;
pub mod squares_error;
pub mod squares_network;
pub mod stratified_rate;
pub mod stratified_variance;
pub mod two_rational_filters_for_five;
pub mod two_taps_beginning;
pub mod universality;
pub mod width_d_reaches_the_border;
pub mod worst_roots_on_the_circle;
pub mod zonal_kernel;

/// The claims of this family, in the order of the report.
pub static CLAIMS: &[&dyn AnyClaim] = &[
    &universality::CLAIM,
    &rate_depth::CLAIM,
    &one_ridge_depth::CLAIM,
    &absolute_constant::CLAIM,
    &parameters_at_most_fifty::CLAIM,
    &stratified_variance::CLAIM,
    &stratified_rate::CLAIM,
    &nesting_first_step::CLAIM,
    &ridge_function_network::CLAIM,
    &ridge_function_error::CLAIM,
    &dense_layers_as_convolutions::CLAIM,
    &dense_factor_eight::CLAIM,
    &dense_factor_eight_literal::CLAIM,
    &dense_factor_sharper::CLAIM,
    &dense_factor_scalar_bias::CLAIM,
    &dense_factor_tends_to_one::CLAIM,
    &norms_of_factors::CLAIM,
    &worst_roots_on_the_circle::CLAIM,
    &additive_ridge_network::CLAIM,
    &additive_ridge_error::CLAIM,
    &zonal_kernel::CLAIM,
    &octahedron_cubature::CLAIM,
    &squares_network::CLAIM,
    &squares_error::CLAIM,
    &compact_support::CLAIM,
    &maximum_at_width_d_plus_one::CLAIM,
    &width_d_reaches_the_border::CLAIM,
    &same_size_depth::CLAIM,
    &rational_prefix::CLAIM,
    &two_rational_filters_for_five::CLAIM,
    &residual_of_dyadic_filters::CLAIM,
    &two_taps_beginning::CLAIM,
    &replication_gap::CLAIM,
];
