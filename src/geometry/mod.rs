//! Layer 1: hyperplane arrangements and the combinatorics that counts them. Knows only `exact`.

pub mod arrangement;
pub mod cascade;
pub mod counting;
pub mod mesh;
pub mod regions;
pub mod split_tree;
pub mod transversal;
pub mod volume;
