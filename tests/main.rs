//! Everything that is not an obligation of one claim.

mod catalogue;
mod checker;
mod claim;
#[cfg(feature = "cli")]
mod cli;
mod counting;
mod generators;
#[cfg(feature = "import")]
mod import;
mod laws;
mod net_file;
#[cfg(feature = "cli")]
mod report;
mod support;
mod tidy;
