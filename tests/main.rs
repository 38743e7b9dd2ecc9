//! Everything that is not an obligation of one claim.

mod catalogue;
mod checker;
mod claim;
mod cli;
mod generators;
mod laws;
mod support;
mod tidy;
