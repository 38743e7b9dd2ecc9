//! Linear regions: how many pieces a network cuts its input space into.
//!
//! What is wrong with the published count in two dimensions, and what is true, is told on one page:
//!
#![doc = include_str!("../../../proofs/errata/regions-2d.md")]
//!
//! *Not honestly testable here*, each with its reason:
//!
//! * the notions R3 and R5 for networks of several hidden layers: R3 is a minimum over all
//!   polyhedral complexes, and neither is counted; for one hidden layer R3 is R4, a claim.
//! * the average number of regions of deep networks on a line, after Hanin and Rolnick: its
//!   constants depend on gradients and densities that no finite list of weights bounds, and a mean
//!   over drawn networks refutes nothing; the mean for one layer is a claim.
//! * the histograms of Hinz 2021: the entries were never read; the framework of 2019 is a claim.

crate::claims! { "regions":
    one_layer_maximum_as_printed,
    one_layer_average_as_printed,
    line_average,
    one_layer_maximum,
    one_layer_maximum_named_filters,
    almost_every_parameter,
    two_shared_filters,
    commutator_identity,
    box_deficit,
    three_by_three_deficit,
    published_count_is_an_upper_bound,
    published_maximum,
    published_fails_on_boxes_only,
    generic_rank,
    cells_at_most_independent_sets,
    cells_equal_independent_sets,
    one_layer_bounds_in_order,
    regions_multiply_over_separate_windows,
    published_count_grows,
    published_degree,
    published_leading_words,
    differences_not_negative,
    two_filters_growth,
    two_taps_growth,
    strip_maximum,
    strip_recurrence,
    columns_log_concave,
    ternary_filters,
    dense_layer_has_no_fewer_regions,
    piecewise_linear_upper,
    piecewise_linear_maximum,
    graph_convolution,
    kinked_layer,
    maxout_layer,
    zaslavsky_bound,
    general_position,
    deletion_restriction,
    one_more_unit,
    bounded_cells,
    facets_between_cells,
    independent_sets_log_concave,
    notions_in_order,
    convex_regions_of_one_layer,
    read_out_keeps_regions,
    generic_read_out,
    regions_grow_with_depth,
    box_has_no_more_regions,
    central_layers_are_even,
    shift_in_the_biases,
    rewritten_channels,
    linear_change_of_inputs,
}
