//! Crease runs the theory of convolutional ReLU networks as a test suite.
//!
//! Each theorem is a claim: a generator of cases, named hypotheses, a comparison of two exact
//! numbers, and twins, false neighbours that the same check must refute. Everything is decided
//! in rational arithmetic; what is found leaves counterexamples that replay and certificates
//! that an independent checker accepts.
//!
//! The smallest thing Crease knows that the literature does not:
//!
//! ```
#![doc = include_str!("../tests/catalogue/front_page.inc")]
//! ```
//!
//! # The map
//!
//! | Room | Holds |
//! |---|---|
//! | [`exact`] | rational numbers, integer vectors, linear algebra |
//! | [`geometry`] | cells of hyperplane arrangements, and the walk over them |
//! | [`net`] | networks: layers, evaluation, patterns, regions and their number |
//! | [`engines`] | linear programs, further ways to count regions, and the choice among them |
//! | [`properties`] | gradients, equality, linear ranges, slices, single regions, certificates |
//! | [`analysis`] | enclosures, polynomials, Taylor forms, binomial laws |
//! | [`robust`] | how far a point is from another label, exactly |
//! | [`counting`] | formulas for numbers of regions, without enumerating them |
//! | [`format`](mod@format) | files: our JSON, ONNX, safetensors |
//! | [`approximate`] | functions given by expressions, and how far a network is from one |
//! | [`train`] | gradient descent in exact arithmetic |
//! | [`construct`] | the networks that proofs build, and what certifies them |
//! | [`kernel`] | the kernels that wide networks approach, exactly or enclosed |
//! | [`spline`] | the least function through or near data, what weights cost as a function |
//! | [`generators`] | what random cases are made of |
//! | [`claim`] | what a claim is, and the run that checks one |
//! | [`catalogue`] | the claims, one file each |
//! | `obligations` | claims as tests, here and in a package of one's own |
//! | [`hunt`] | the search for a case that breaks a conclusion |
//! | [`experiment`] | questions to many seeds, and tests of the answers |
//! | [`report`] | finished results to bytes |
//!
//! The first three are a package of their own, `crease-core`, and so are `crease-engines` and the
//! checker of certificates, `crease-recheck`.

/// One condition of `well_formed`, or of any check: an error with this sentence unless it holds.
#[macro_export]
macro_rules! require {
    ($condition:expr, $($sentence:tt)+) => {
        if $condition { Ok(()) } else { Err(format!($($sentence)+)) }
    };
}

/// Leaves with this error, or with one of this sentence, where the condition holds.
macro_rules! refuse_if {
    ($condition:expr, $sentence:literal $($more:tt)*) => {
        if $condition {
            return Err(format!($sentence $($more)*));
        }
    };
    ($condition:expr, $error:expr) => {
        if $condition {
            return Err($error);
        }
    };
}

pub mod analysis;
pub mod approximate;
pub mod catalogue;
pub mod claim;
#[cfg(feature = "cli")]
pub mod cli;
pub mod construct;
pub mod counting;
pub mod experiment;
pub mod format;
pub mod generators;
pub mod hunt;
pub mod kernel;
#[cfg(feature = "obligations")]
pub mod obligations;
pub mod properties;
pub mod report;
pub mod robust;
pub mod spline;
pub mod train;

pub use crease_core::{exact, geometry, net};
pub use crease_engines as engines;
