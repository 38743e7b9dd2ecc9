//! The core obeys its algebra.
