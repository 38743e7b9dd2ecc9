//! Files that hold networks and points: our JSON format, and the formats of others.

#[cfg(feature = "import")]
pub mod export;
pub mod file;
#[cfg(feature = "import")]
pub mod import;
pub mod nnet;
pub mod points;
