//! Perceptron classics: what one threshold unit can and cannot do.

use crate::claim::AnyClaim;

pub mod dichotomy_count;
pub mod fewer_samples_fewer_mistakes;
pub mod mistake_bound;
pub mod order_by_averaging;
pub mod parity_needs_n_minus_one_units;
pub mod parity_needs_n_units;
pub mod parity_order;
pub mod parity_relu_units;
pub mod separable_or_not;
pub mod symmetric_order;
pub mod weights_that_return;
pub mod xor_no_threshold;
pub mod xor_one_relu_unit;

/// The claims of this family, in the order of the report.
pub static CLAIMS: &[&dyn AnyClaim] = &[
    &xor_no_threshold::CLAIM,
    &xor_one_relu_unit::CLAIM,
    &parity_relu_units::CLAIM,
    &parity_needs_n_units::CLAIM,
    &parity_needs_n_minus_one_units::CLAIM,
    &parity_order::CLAIM,
    &order_by_averaging::CLAIM,
    &symmetric_order::CLAIM,
    &separable_or_not::CLAIM,
    &dichotomy_count::CLAIM,
    &mistake_bound::CLAIM,
    &weights_that_return::CLAIM,
    &fewer_samples_fewer_mistakes::CLAIM,
];
