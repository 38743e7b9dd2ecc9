//! Claims of our own: one folder a family, one file a claim.

pub mod mine;

pub use mine::CLAIMS;
