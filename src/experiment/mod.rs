//! Layer 4: experiments. A question, many seeds, and a verdict that was settled before the first.
//!
//! Every trial is a function of a seed, its row and its number, computed exactly; so a row may be
//! cut into any parts, done in any order on any machine, and added up to the same answer. A program
//! that shares no line with this one comes to the same (`fixtures/experiment`).

pub mod width;
