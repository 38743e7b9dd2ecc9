//! The claims, one file each; the path of a file is the id of its claim.

use crate::claim::AnyClaim;

/// What the files of claims share: the parts of a claim, networks and their regions, exact linear
/// algebra, and numbers to draw.
mod prelude {
    pub use crate::analysis::polynomial::Polynomial;
    pub use crate::claim::prelude::*;
    pub(crate) use crate::claim::{conjecture, refuted, require, theorem};
    pub use crate::engines::CountRegions;
    pub use crate::exact::linear::{Matrix, dot};
    pub use crate::generators::{Span, numbers};
    pub use crate::net::regions::{Domain, Notion};
    pub use crate::net::{Activation, InputBox, Layer, Network, Shape, Window};
}

/// The claims of a family, one line each: declares the files with their notes, and lists them in
/// the order of the report. A conjecture without a note stands in parentheses.
macro_rules! claims {
    ($family:literal: $($name:tt,)*) => {
        $(claims!(@file $family $name);)*

        /// The claims of this family, in the order of the report.
        pub static CLAIMS: &[&dyn crate::claim::AnyClaim] = &[$(claims!(@claim $name)),*];
    };
    (@file $family:literal ($name:ident)) => {
        pub mod $name;
    };
    (@file $family:literal $name:ident) => {
        #[doc = include_str!(concat!(
            env!("CARGO_MANIFEST_DIR"), "/proofs/", $family, "/", stringify!($name), ".md"
        ))]
        pub mod $name;
    };
    (@claim ($name:ident)) => {
        &$name::CLAIM
    };
    (@claim $name:ident) => {
        &$name::CLAIM
    };
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
