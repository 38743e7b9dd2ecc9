//! Expansive convolutions: products of filters, the networks built from them, and their limits.

crate::claims! { "convolution":
    toeplitz_product,
    row_sums,
    factorization_strict_count,
    factorization,
    minimal_filter_count,
    filter_norm_bound,
    parameter_count_as_printed,
    parameter_count,
    ridge_network,
    scalar_bias_suffices,
    scalar_bias_count,
    nonnegative_data_needs_no_bias,
    receptive_field,
    depth_lower_bound,
    real_root_criterion,
    real_root_network,
}
