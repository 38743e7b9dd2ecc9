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

use crate::claim::AnyClaim;

pub mod certificate_margin_tail;
pub mod circle_eigenvalue;
pub mod conflicting_duplicates;
pub mod distinct_inputs_definite;
pub mod equispaced_units;
pub mod initial_output_tail;
pub mod kernel_definite;
pub mod kernel_entry_law;
pub mod kernel_entry_tail;
pub mod kernel_nullity;
pub mod label_length;
pub mod labels_that_width_fits;
pub mod linearisation_error;
pub mod linearisation_error_by_rows;
pub mod margin_duality;
pub mod movement_certificate;
pub mod near_boundary_tail;
pub mod odd_part_obstruction;
pub mod one_step_inequality;
pub mod one_step_small_rate;
pub mod orthonormal_descent;
pub mod orthonormal_law;
pub mod orthonormal_width_lower;
pub mod orthonormal_width_upper;
pub mod pathwise_corollary;
pub mod pathwise_descent;
pub mod perceptron_inequality;
pub mod polylog_linearised_risk;
pub mod polylog_movement;
pub mod risk_certificate;
pub mod second_layer_definite;
pub mod shifts_unseen;
pub mod six_units_are_enough;
pub mod square_loss_contraction;
pub mod square_loss_remainder;
pub mod square_loss_step;
pub mod trajectory_inequality;
pub mod unit_movement;
pub mod xor_needs_width;
pub mod xor_noise_certificate;
pub mod xor_square_descent;
pub mod xor_square_law;

/// The claims of this family, in the order of the report.
pub static CLAIMS: &[&dyn AnyClaim] = &[
    &one_step_inequality::CLAIM,
    &one_step_small_rate::CLAIM,
    &trajectory_inequality::CLAIM,
    &perceptron_inequality::CLAIM,
    &unit_movement::CLAIM,
    &movement_certificate::CLAIM,
    &risk_certificate::CLAIM,
    &polylog_linearised_risk::CLAIM,
    &polylog_movement::CLAIM,
    &conflicting_duplicates::CLAIM,
    &orthonormal_law::CLAIM,
    &orthonormal_descent::CLAIM,
    &orthonormal_width_upper::CLAIM,
    &orthonormal_width_lower::CLAIM,
    &xor_square_law::CLAIM,
    &xor_square_descent::CLAIM,
    &linearisation_error::CLAIM,
    &linearisation_error_by_rows::CLAIM,
    &square_loss_step::CLAIM,
    &square_loss_remainder::CLAIM,
    &square_loss_contraction::CLAIM,
    &pathwise_descent::CLAIM,
    &pathwise_corollary::CLAIM,
    &kernel_definite::CLAIM,
    &distinct_inputs_definite::CLAIM,
    &kernel_nullity::CLAIM,
    &labels_that_width_fits::CLAIM,
    &odd_part_obstruction::CLAIM,
    &second_layer_definite::CLAIM,
    &label_length::CLAIM,
    &margin_duality::CLAIM,
    &circle_eigenvalue::CLAIM,
    &equispaced_units::CLAIM,
    &six_units_are_enough::CLAIM,
    &shifts_unseen::CLAIM,
    &xor_noise_certificate::CLAIM,
    &xor_needs_width::CLAIM,
    &certificate_margin_tail::CLAIM,
    &near_boundary_tail::CLAIM,
    &initial_output_tail::CLAIM,
    &kernel_entry_tail::CLAIM,
    &kernel_entry_law::CLAIM,
];
