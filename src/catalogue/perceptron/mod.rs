//! Perceptron classics: what one threshold unit can and cannot do.

claims! {
    xor_no_threshold,
    xor_one_relu_unit,
    parity_relu_units,
    parity_needs_n_units,
    parity_needs_n_minus_one_units,
    parity_order,
    order_by_averaging,
    symmetric_order,
    separable_or_not,
    dichotomy_count,
    mistake_bound,
    weights_that_return,
    fewer_samples_fewer_mistakes,
}
