//! Functions given by expressions, and the bounds of how far networks are from them.

mod bounds;
mod comparison;
mod expressions;
