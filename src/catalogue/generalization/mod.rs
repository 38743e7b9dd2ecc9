//! Generalization: averages over signs, contraction, bounds of deep networks, and interpolation.
//!
//! Not honestly testable: the bound of Bartlett, Foster and Telgarsky, whose constants and
//! logarithms its short form leaves out; only the Lipschitz constant in it is a claim here.

crate::claims! { "generalization":
    linear_class,
    linear_class_lower,
    finite_class,
    contraction,
    absolute_contraction,
    absolute_contraction_plane,
    depth_of_peeling,
    peeling_crossover,
    layers_lipschitz,
    nested_features,
    interpolation_risk,
    average_bias,
    pseudoinverse_divergence,
    double_descent,
}
