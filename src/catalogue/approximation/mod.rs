//! What networks of convolutions approximate, at which depth and with how many parameters.
//!
//! *Not honestly testable here*, each with its reason:
//!
//! * the rate theorem itself, and the bound of Klusowski and Barron behind it: their constants were
//!   never read, and a rate without a constant holds for every finite run. Its finite parts are
//!   claims: the depth that it needs, how the constants are related, and the error of drawing
//!   ridges cell by cell, which is explicit on a line.
//! * a lower bound of the error of shallow networks for radial functions: its constants are not
//!   stated; what is exact about it is that no shallow network has compact support.

crate::claims! { "approximation":
    universality,
    rate_depth,
    one_ridge_depth,
    absolute_constant,
    parameters_at_most_fifty,
    stratified_variance,
    stratified_rate,
    nesting_first_step,
    ridge_function_network,
    ridge_function_error,
    holder_interpolation,
    dense_layers_as_convolutions,
    dense_factor_eight,
    dense_factor_eight_literal,
    dense_factor_sharper,
    dense_factor_scalar_bias,
    dense_factor_tends_to_one,
    norms_of_factors,
    worst_roots_on_the_circle,
    additive_ridge_network,
    additive_ridge_error,
    zonal_kernel,
    octahedron_cubature,
    squares_network,
    squares_error,
    radial_error,
    forms_of_ridge_powers,
    compact_support,
    maximum_at_width_d_plus_one,
    width_d_reaches_the_border,
    same_size_depth,
    rational_prefix,
    two_rational_filters_for_five,
    twelve_rational_filters,
    residual_of_dyadic_filters,
    two_taps_beginning,
    replication_gap,
}
