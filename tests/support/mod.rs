//! Fixture loading and nothing else.
