//! Landscapes of training: critical points of linear and quadratic networks, minima of ReLU
//! networks that are bad, and what the noise of stochastic approximation costs.
//!
//! A minimum is certified by a neighbourhood, never by a gradient that is zero.

crate::claims! { "landscape":
    linear_index,
    least_curvature,
    strict_saddle,
    flat_saddle,
    spare_unit_descent,
    quadratic_certificate,
    quadratic_saddles,
    quadratic_spurious,
    active_minimum,
    active_minimum_is_bad,
    dead_minimum,
    second_moment,
    averaging_steps,
    harmonic_rate,
    summable_steps,
    constant_steps,
    finite_differences,
}
