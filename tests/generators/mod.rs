//! Generators reach the hard cases and shrink to the small ones.

mod channels;
mod expansive;
mod networks;
mod polynomials;
mod quantities;
mod samples;
