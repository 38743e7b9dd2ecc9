//! Width: what over-parameterization needs, taken apart into exact statements.
//!
//! The published conditions hide constants. Here are their deterministic cores, on exact
//! trajectories of gradient descent; their probabilities, against exact laws; and what no width
//! can do.
//!
//! *Proved, and asked of every case exactly*: the inequalities along a trajectory, the width laws
//! of orthonormal inputs and of the XOR square, when the kernel is singular, which labels no width
//! fits, how near a kernel of finite width is to its limit, and the tails of the lemmas at the
//! start of training, from binomial laws. *Open*: whether the smallest eigenvalue on the circle is
//! at least the separation over `4 pi`, for any number of inputs.
//!
//! What nobody can claim from this: a width that suffices for data without such structure, that the
//! constants or exponents of published widths are sharp, or anything about test error. The
//! literature's widths, as remembered and in orders of magnitude only: Du et al. `n^6 / lambda^4`,
//! Zou and Gu `n^8`, Zou et al. `n^14`, Allen-Zhu et al. `n^24`, Oymak and Soltanolkotabi
//! `sqrt(m d)` above `n` times a condition number, Ji and Telgarsky `gamma^-8` times squared
//! logarithms, Chen et al. a power of the logarithm with a polynomial that is not written out.
//!
//! *Not honestly testable here*, each with its reason:
//!
//! * Theorem 2.2 of Ji and Telgarsky as one statement: it asks for more than `10^8` units whatever
//!   the data, and its probability is over Gaussian weights; its constants, its deterministic
//!   part and its three lemmas are claims.
//! * their Theorem 3.2 about test error: the bound is below 1/2 only from some three million
//!   samples.
//! * their Theorem 4.1 about stochastic descent, and that of Cao and Gu: the constants of their
//!   widths are not stated; what holds for every stream of samples is a claim.
//! * the width of Chen et al., and the one at which Arora et al. bound a finite kernel: polynomials
//!   that are not written out; the step, the conclusion of `3 epsilon`, and the variance of a
//!   finite kernel are claims.
//! * how far a convolutional kernel of finitely many channels is from its recursion: no exact law;
//!   it is an experiment with tests that were settled before the first draw.

crate::claims! { "width":
    one_step_inequality,
    one_step_small_rate,
    one_step_logistic,
    trajectory_inequality,
    online_inequality,
    perceptron_inequality,
    unit_movement,
    movement_certificate,
    risk_certificate,
    polylog_linearised_risk,
    polylog_movement,
    conflicting_duplicates,
    orthonormal_law,
    orthonormal_descent,
    orthonormal_width_upper,
    orthonormal_width_lower,
    xor_square_law,
    xor_square_descent,
    linearisation_error,
    linearisation_error_by_rows,
    square_loss_step,
    square_loss_remainder,
    square_loss_contraction,
    pathwise_descent,
    pathwise_corollary,
    three_epsilon,
    kernel_definite,
    distinct_inputs_definite,
    kernel_nullity,
    labels_that_width_fits,
    odd_part_obstruction,
    second_layer_definite,
    label_length,
    margin_duality,
    weighted_field_margin,
    margin_from_eigenvalue,
    (circle_eigenvalue),
    eigenvalue_separation,
    equispaced_units,
    six_units_are_enough,
    shifts_unseen,
    xor_noise_certificate,
    xor_needs_width,
    certificate_margin_tail,
    near_boundary_tail,
    initial_output_tail,
    kernel_entry_tail,
    kernel_entry_law,
    kernel_value_law,
    kernel_entry_variance,
}
