//! Certificates that labelled points are linearly separable, or that they are not.

use super::line;
use crate::analysis::separation::Separation;
use crate::exact::Rational;

/// Which functions of a point separate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Forms {
    /// `w_0 + <w, x>`; the constant comes first in the weights.
    Affine,
    /// `<w, x>`.
    Homogeneous,
}

/// The statement about the points `[n, d]` with their labels, and the proof, in the format of
/// `proofs/FORMAT.md`. The proof is not checked here.
pub fn certificate(
    claim: &str,
    forms: Forms,
    points: &[Vec<Rational>],
    positive: &[bool],
    proof: &Separation,
) -> String {
    let forms = match forms {
        Forms::Affine => "affine",
        Forms::Homogeneous => "homogeneous",
    };
    let (expect, word, numbers) = match proof {
        Separation::Weights(weights) => ("separable", "weights", weights),
        Separation::Multipliers(multipliers) => ("inseparable", "multipliers", multipliers),
    };
    let d = points.first().map_or(0, Vec::len);
    let mut text = format!(
        "certificate 1 separation\nclaim {claim}\ndimension {d}\nforms {forms}\nexpect {expect}\n"
    );
    for (x, positive) in points.iter().zip(positive) {
        text += &line(if *positive { "point +" } else { "point -" }, x);
    }
    text + "proof\n" + &line(word, numbers) + "end\n"
}
