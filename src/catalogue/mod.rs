//! The claims, one file each; the path of a file is the id of its claim.

use crate::claim::{AnyClaim, Case};
use crate::construct::shallow::Shallow;
use crate::generators::channels::{MarkedProbe, MarkedScaling};
use crate::generators::covered_points::{Covering, Draw};
use crate::generators::deep_dense::Chain;
use crate::generators::dense::DenseSizes;
use crate::generators::descent_runs::Run;
use crate::generators::descent_steps::Step;
use crate::generators::expansive::{ChainAt, RidgeOnCube, Sizes};
use crate::generators::filters::{Filters, Layout};
use crate::generators::gate_flips::Flips;
use crate::generators::kinked::Kinked;
use crate::generators::layer_chains::{Dense, Stacked, Stacking};
use crate::generators::line_filters::Line;
use crate::generators::planes::Planes;
use crate::generators::polynomials::{LongFilter, SharedRoots};
use crate::generators::regression::Regression;
use crate::generators::samples::Signed;
use crate::generators::shifted_inputs::Shifted;
use crate::generators::two_hidden_layers::Deep;
use crate::kernel::Points;
use crate::train::width_constants::Demand;

/// The claims of a family, one line each: declares the files, and lists them in the order of the
/// report.
macro_rules! claims {
    ($($name:ident,)*) => {
        $(pub mod $name;)*

        /// The claims of this family, in the order of the report.
        pub static CLAIMS: &[&dyn crate::claim::AnyClaim] = &[$(&$name::CLAIM),*];
    };
}

pub mod approximation;
pub mod convolution;
pub mod depth;
pub mod fragility;
pub mod perceptron;
pub mod regions;
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
    width::CLAIMS,
    fragility::CLAIMS,
];

/// Every claim, in the order of the report.
pub fn all() -> impl Iterator<Item = &'static dyn AnyClaim> {
    FAMILIES.iter().flat_map(|family| family.iter().copied())
}

/// The claim of this id.
pub fn find(id: &str) -> Option<&'static dyn AnyClaim> {
    all().find(|claim| claim.card().id == id)
}

/// Case types that several claims share live in `generators`, which knows no claims; their own
/// check is what makes a case of them well formed.
macro_rules! cases_with_a_check {
    ($($case:ty),* $(,)?) => {$(
        impl Case for $case {
            fn well_formed(&self) -> Result<(), String> {
                self.check().map_err(|error| error.to_string())
            }
        }
    )*};
}

cases_with_a_check!(
    Chain,
    ChainAt,
    Covering,
    Deep,
    Demand,
    Dense,
    DenseSizes,
    Draw,
    Filters,
    Flips,
    Kinked,
    Layout,
    Line,
    LongFilter,
    MarkedProbe,
    MarkedScaling,
    Planes,
    Points,
    Regression,
    RidgeOnCube,
    Run,
    Shallow,
    SharedRoots,
    Shifted,
    Signed,
    Sizes,
    Stacked,
    Stacking,
    Step,
);
