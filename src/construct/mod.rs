//! Layer 3: the networks that constructive proofs build, and certificates for them.

pub mod downsampled;
pub mod expansive;
pub mod factor;
mod fit;
pub mod interpolant;
pub mod line_labels;
pub mod maximum;
pub mod nodes;
pub mod path_to_border;
pub mod perceptron;
pub mod piecewise;
pub mod prefix;
pub mod radial;
pub mod regions;
pub mod ridge;
pub mod ridge_function;
pub mod ridge_sum;
pub mod ridge_sum_network;
mod roots;
pub mod sawtooth;
pub mod separation;
pub mod shallow;
pub mod sizes;
pub mod universal;

/// A line of a certificate: a word and numbers.
fn line(word: &str, numbers: &[crate::exact::Rational]) -> String {
    numbers.iter().fold(word.to_owned(), |line, x| format!("{line} {x}")) + "\n"
}
