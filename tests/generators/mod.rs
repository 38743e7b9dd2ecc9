//! Generators reach the hard cases and shrink to the small ones.

mod expansive;
mod networks;
mod polynomials;
mod samples;
