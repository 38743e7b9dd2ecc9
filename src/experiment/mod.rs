//! Layer 4: experiments. A question, many seeds, and a verdict that was settled before the first.
//!
//! Every trial is a function of a seed, its row and its number, and nothing that it says is
//! rounded; so a row may be cut into any parts, done in any order on any machine, and added up to
//! the same answer. Only deep networks take their steps in doubles, as IEEE 754 rounds them
//! everywhere; what is said of the networks that come out is exact again. A program that shares no
//! line with this one comes to the same (`fixtures/experiment`).

pub mod width;
