//! Files that hold networks, points and data: our JSON format, and the formats of others.

pub mod decimal;
#[cfg(feature = "import")]
pub mod export;
pub mod file;
#[cfg(feature = "import")]
pub mod import;
pub mod nnet;
pub mod points;
#[cfg(feature = "cli")]
pub mod table;
