//! Sparse regularization: the least and the sparsest function through data, what weights cost as a
//! function, and what that proves.
//!
//! # What is often said, and what is true
//!
//! `N - (d + 1)` units ask for points that span the space, for a free slope and constant, and are
//! those of some solution: [`units_after_reduction`], [`skip_saves`]; for several outputs the
//! number is another one: [`vector_width_as_scalar`]. "Sparse" means within that bound, not
//! sparsest: [`least_cost_is_sparsest`]. The bound of one unit a point and one more is not sharp:
//! [`units_after_reduction`]. Chords continued without end are not always least where the slope is
//! charged: [`chords_without_skip`]. Decay `λ/2 (w² + v²)` is `λ |v| |w|`, and a loss without its
//! `1/2` is one with half of `λ`: [`one_unit_objective`], [`lambda_max`]. The constant of the
//! Radon domain is that of the full sphere: [`radon_constant`]. `Σ |v| |w|` is the seminorm of a
//! network in reduced form only: [`ridge_seminorm`]. Decayed biases make another cost:
//! [`decayed_biases`], [`decayed_kink_moves`]. The norms of several outputs have different
//! minimisers: [`output_norms_differ`]. The collinear points of a published program for the
//! sparsest spline are a known case of [`sparsest_interpolant`].
//!
//! # Open questions
//!
//! Named here, and not claims: nothing is known of them beyond small cases.
//!
//! 1. Is `r q - q (q - 1) / 2` attained by ReLU units for all inputs and outputs? For fixed `d`,
//!    is there a bound linear in N?
//! 2. Is the mean over signs of `sup |Σ σ_i relu(<u, x_i>)|` over unit vectors at most the root of
//!    `Σ |x_i|²` in every dimension? (For one input [`path_norm_complexity`].)
//! 3. For two inputs, how far apart are fewest units and least cost as N grows? With a certificate
//!    for Euclid's norm?
//! 4. From which p on do solutions with `Σ |v w|^p` change: does that depend on ratios of
//!    neighbouring jumps of a run only?
//! 5. For two inputs or more, how often is the least fit not the only one, and is there a rule as
//!    that of runs?
//! 6. With decayed biases, how often has a run of four or more a least function that is not
//!    sparsest? By at most `floor((r - 2) / 2)` knots?
//! 7. Which filters have pooled features that are equal, or dependent modulo the skip connection?
//!    Is translation the only cause without padding? ([`translated_filters`].)
//! 8. Has a convolutional network of three layers ever fewer channels at its least decay than any
//!    of two?
//! 9. Which quantity is monotone along gradient descent with momentum, or with decoupled decay?
//! 10. What is the best constant of [`free_knots`]? [`parabola_needs_knots`] has 1/16 from below.

crate::claims! { "sparsity":
    ridge_seminorm,
    line_restriction,
    axis_variation,
    slope_at_most_path_norm,
    jump_constant_on_hyperplanes,
    units_after_reduction,
    reduction_keeps_outputs,
    reduction_costs_no_more,
    zigzag_needs_all_units,
    skip_absorbs_affine_parts,
    skip_saves,
    least_cost_is_a_linear_program,
    dual_bounds_every_network,
    patterns_prove_the_dual,
    one_dependency,
    one_dependency_euclidean,
    least_costs_in_order,
    least_cost_is_sparsest,
    radon_constant,
    greedy_average,
    greedy_average_in_groups,
    connect_the_dots,
    dual_pairing,
    all_minimisers,
    unique_interpolant,
    sparsest_interpolant,
    packed_intervals,
    network_variation,
    folded_tent,
    representation_cost,
    cost_without_skip,
    penalised,
    lambda_max,
    several_outputs,
    several_outputs_unique,
    roots_of_jumps,
    decayed_biases,
    free_knots,
    parabola_needs_knots,
    chords_without_skip,
    decay_and_path_norm,
    one_unit_objective,
    chain_decay,
    decayed_skip,
    proximal_step,
    bottleneck_nuclear_norm,
    middle_rank,
    merged_blocks,
    vector_width_rank,
    l1_path_norm,
    pooled_convolution,
    translated_filters,
    pooled_channel_count,
    pooled_dual,
    pooled_program,
    vector_width_as_scalar,
    path_norm_complexity,
    bias_charged_norm,
    decayed_kink_moves,
    output_norms_differ,
    tents_escape_subspaces,
    rate_exponents,
}
