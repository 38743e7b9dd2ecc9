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

crate::claims! { "width":
    one_step_inequality,
    one_step_small_rate,
    trajectory_inequality,
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
    kernel_definite,
    distinct_inputs_definite,
    kernel_nullity,
    labels_that_width_fits,
    odd_part_obstruction,
    second_layer_definite,
    label_length,
    margin_duality,
    (circle_eigenvalue),
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
}
