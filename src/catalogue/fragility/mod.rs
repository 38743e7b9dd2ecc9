//! Fragility: how far a point is from another label, exactly, and what only seems to say so.

crate::claims! { "fragility":
    dual_norm,
    lipschitz_bound,
    flat_gradient,
    one_step_along_the_gradient,
    projected_descent,
    least_over_cells,
    dimension,
}
