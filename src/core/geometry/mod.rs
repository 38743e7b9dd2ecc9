//! Layer 1: hyperplane arrangements and the combinatorics that counts them. Knows only `exact`.

pub mod arrangement;
pub mod cascade;
pub mod mesh;
pub mod regions;
pub mod restriction;
pub mod separation;
pub mod split_tree;
pub mod volume;
