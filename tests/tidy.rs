//! The structure is tested like the mathematics.
