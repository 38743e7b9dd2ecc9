//! Sparse regularization: the least and the sparsest function through data, what weights cost as a
//! function, and what that proves.

claims! {
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
}
