//! Sparse regularization: what weights cost as a function, and which function is the cheapest.

claims! {
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
}
