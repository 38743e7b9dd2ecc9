//! Symmetries: what may be done to the parameters or the input without changing the function, and
//! what gradients owe to it.

crate::claims! { "symmetry":
    channel_rescaling,
    euler_identity,
    layer_homogeneity,
    balance_drift,
    rescaling_descent,
    balanced_scaling,
    least_decay,
    (least_decay_reached),
    balanced_is_least,
    layers_of_equal_norm,
    stream_identity,
    linear_stream,
    decayed_drift,
    degree_balance,
    backprop_is_difference_quotient,
    shift_equivariance,
    shifted_interior,
}
