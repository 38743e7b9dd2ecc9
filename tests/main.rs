//! Everything that is not an obligation of one claim.

mod approximate;
mod catalogue;
mod checker;
mod claim;
#[cfg(feature = "cli")]
mod cli;
mod construct;
mod counting;
mod experiment;
#[cfg(feature = "import")]
mod export;
mod generators;
#[cfg(feature = "cli")]
mod hunt;
#[cfg(feature = "import")]
mod import;
mod laws;
mod net_file;
#[cfg(feature = "plot")]
mod picture;
mod regions;
#[cfg(feature = "cli")]
mod report;
#[cfg(feature = "cli")]
mod robust;
mod slice;
mod support;
mod tidy;
mod train;
