//! Width: what gradient descent on wide networks can be held to, and what no width can do.

use crate::claim::AnyClaim;

pub mod certificate_margin_tail;
pub mod circle_eigenvalue;
pub mod distinct_inputs_definite;
pub mod equispaced_units;
pub mod initial_output_tail;
pub mod kernel_definite;
pub mod kernel_nullity;
pub mod label_length;
pub mod labels_that_width_fits;
pub mod margin_duality;
pub mod near_boundary_tail;
pub mod odd_part_obstruction;
pub mod second_layer_definite;
pub mod shifts_unseen;
pub mod six_units_are_enough;
pub mod xor_needs_width;
pub mod xor_noise_certificate;

/// The claims of this family, in the order of the report.
pub static CLAIMS: &[&dyn AnyClaim] = &[
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
];
