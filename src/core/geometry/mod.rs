//! Layer 1: hyperplane arrangements and the combinatorics that counts them. Knows only `exact`.

pub mod affine_regions;
pub mod double_description;
mod form;
pub mod piecewise_affine;

pub use form::Form;
