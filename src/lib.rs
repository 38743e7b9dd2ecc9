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
//! | [`exact`] | rational numbers, linear algebra, polynomials, enclosures, linear programs |
//! | [`geometry`] | arrangements of hyperplanes and the combinatorics that counts them |
//! | [`net`] | networks: layers, evaluation, patterns, gradients, the file format |
//! | [`approximate`] | functions given by expressions, and how far a network is from one |
//! | [`train`] | gradient descent in exact arithmetic |
//! | [`construct`] | the networks that proofs build, and what certifies them |
//! | [`kernel`] | the kernels that wide networks approach, exactly or enclosed |
//! | [`generators`] | what random cases are made of |
//! | [`claim`] | what a claim is, and the run that checks one |
//! | [`catalogue`] | the claims, one file each |
//! | [`experiment`] | questions to many seeds, and tests of the answers |
//! | [`report`] | finished results to bytes |

pub mod approximate;
pub mod catalogue;
pub mod claim;
#[cfg(feature = "cli")]
pub mod cli;
pub mod construct;
pub mod exact;
pub mod experiment;
pub mod generators;
pub mod geometry;
pub mod kernel;
pub mod net;
pub mod report;
pub mod train;
