//! What helps to count regions and is not needed for it: linear programs, regular systems, and
//! ways to count that share little with the walk of `crease-core`.
//!
//! | Module | Holds |
//! |---|---|
//! | [`lp`] | linear inequalities: a point, an optimum, or the proof that there is none |
//! | [`regular`] | square systems with one solution, digit by digit |
//! | [`arrangement`] | whether a cell of an arrangement is empty, and the number of all |
//! | [`restriction`] | the cells of one arrangement of hyperplanes, by deletion and restriction |
//! | [`descent`] | the walk by linear programs, for domains whose cells have many corners |
//! | [`branch_walk`] | the walk that certificates are written from, value by value |
//! | [`split_tree`] | the nodes of that evidence |
//! | [`refutation`] | why a cell does not reach the other side of a form |
//! | [`complex`] | all cells in a list, with their neighbours |
//!
//! [`Plan`] chooses the engine of a count. It reads no file, draws nothing at random and knows no
//! theorem.

pub mod arrangement;
pub mod branch_walk;
pub mod complex;
pub mod descent;
pub mod lp;
mod plan;
mod ratios;
pub mod refutation;
pub mod regular;
pub mod restriction;
pub mod split_tree;

pub use plan::{CountRegions, Engine, Goal, Plan};

use crease_core::{exact, geometry, in_words_or_big, net};
