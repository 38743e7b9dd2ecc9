//! The claims, one file each; the path of a file is the id of its claim.

use crate::claim::AnyClaim;

pub mod convolution;
pub mod perceptron;
pub mod regions;
pub mod symmetry;

/// Every claim, family by family, in the order of the report.
pub static FAMILIES: &[&[&dyn AnyClaim]] =
    &[regions::CLAIMS, convolution::CLAIMS, perceptron::CLAIMS, symmetry::CLAIMS];

/// Every claim, in the order of the report.
pub fn all() -> impl Iterator<Item = &'static dyn AnyClaim> {
    FAMILIES.iter().flat_map(|family| family.iter().copied())
}

/// The claim of this id.
pub fn find(id: &str) -> Option<&'static dyn AnyClaim> {
    all().find(|claim| claim.card().id == id)
}
