//! Layer 1: hyperplane arrangements and the combinatorics that counts them. Knows only `exact`.

pub mod affine_regions;
pub mod arrangement;
pub mod complex;
pub mod double_description;
pub mod piecewise_affine;
pub mod restriction;
pub mod split_tree;
