//! The claims, one file each; the path of a file is the id of its claim.

use crate::claim::AnyClaim;

/// What the file of a claim about networks needs, in this crate and in any other: the parts of a
/// claim, networks and their regions, exact linear algebra, and numbers to draw.
pub mod prelude {
    pub use crate::analysis::binomial::Binomial;
    pub use crate::analysis::enclosure::Enclosure;
    pub use crate::analysis::inertia::Inertia;
    pub use crate::analysis::polynomial::Polynomial;
    pub use crate::analysis::{boolean_function, separation};
    pub use crate::claim::prelude::*;
    pub use crate::counting::{choose, choose_up_to};
    pub use crate::engines::CountRegions;
    pub use crate::exact::linear::{Matrix, dot};
    pub use crate::generators::hidden_channels::Kind;
    pub use crate::generators::*;
    pub use crate::kernel::Points;
    pub use crate::net::regions::{Domain, Notion};
    pub use crate::net::{Activation, InputBox, Layer, Network, Shape, Window};
    pub use crate::properties::equal_on_box;
}

pub mod approximation;
pub mod convolution;
pub mod depth;
pub mod fragility;
pub mod generalization;
pub mod landscape;
pub mod perceptron;
pub mod regions;
pub mod scattering;
pub mod sparsity;
pub mod symmetry;
pub mod width;

/// Every claim, family by family, in the order of the report.
pub static FAMILIES: &[&[&dyn AnyClaim]] = &[
    regions::CLAIMS,
    depth::CLAIMS,
    convolution::CLAIMS,
    approximation::CLAIMS,
    perceptron::CLAIMS,
    symmetry::CLAIMS,
    sparsity::CLAIMS,
    width::CLAIMS,
    fragility::CLAIMS,
    scattering::CLAIMS,
    landscape::CLAIMS,
    generalization::CLAIMS,
];

/// Every claim, in the order of the report.
pub fn all() -> impl Iterator<Item = &'static dyn AnyClaim> {
    FAMILIES.iter().flat_map(|family| family.iter().copied())
}

/// The claim of this id.
pub fn find(id: &str) -> Option<&'static dyn AnyClaim> {
    all().find(|claim| claim.card().id == id)
}
