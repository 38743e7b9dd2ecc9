//! Certificates of least costs, as `proofs/FORMAT.md` states them (kind `least-cost`).

use super::cost::Norm;
use super::fit::{Fit, Question, Skip};
use crate::exact::Rational;
use std::fmt::Write;

/// Why a fit has no certificate that the checker would read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("certificates of {0} inputs are not built: the checker prices units of 1 to 3")]
pub struct NoCertificate(pub usize);

/// The text that proves the value of a fit.
///
/// The data stand in it as they were asked; a single input is written with a second one, zero.
pub fn certificate(question: &Question, fit: &Fit, claim: &str) -> Result<String, NoCertificate> {
    let d = question.data.dimension();
    if d > 3 {
        return Err(NoCertificate(d));
    }
    let width = d.max(2);
    let line = |text: &mut String, word: &str, numbers: &mut dyn Iterator<Item = &Rational>| {
        text.push_str(word);
        for x in numbers {
            // Writing to a string does not fail.
            let _ = write!(text, " {x}");
        }
        text.push('\n');
    };
    let pad = vec![Rational::ZERO; width - d];
    let skip = match question.skip {
        Skip::Free => "free",
        Skip::None => "none",
    };
    let mut text = format!(
        "certificate 1 least-cost\nclaim {claim}\nnorm {}\ninputs {width}\n",
        question.norm.name()
    );
    if question.data.outputs() > 1 {
        let _ = writeln!(text, "outputs {}", question.data.outputs());
    }
    let _ = writeln!(text, "skip {skip}");
    let none = Rational::ZERO;
    line(&mut text, "penalty", &mut [question.penalty.as_ref().unwrap_or(&none)].into_iter());
    for (i, x) in question.data.points().iter().enumerate() {
        line(&mut text, "point", &mut x.iter().chain(&pad).chain(question.data.values_at(i)));
    }
    line(&mut text, "lower", &mut [fit.value.lo()].into_iter());
    line(&mut text, "upper", &mut [fit.value.hi()].into_iter());
    text.push_str("proof\n");
    for unit in &fit.network.units {
        let outer = unit.outer.iter().chain([&unit.threshold]);
        line(&mut text, "unit", &mut outer.chain(&unit.weights).chain(&pad));
    }
    for (constant, slope) in fit.network.constant.iter().zip(&fit.network.slope) {
        line(&mut text, "affine", &mut [constant].into_iter().chain(slope).chain(&pad));
    }
    for dual in fit.dual.chunks_exact(question.data.points().len()) {
        line(&mut text, "dual", &mut dual.iter());
    }
    text.push_str(if question.norm == Norm::L2 { "circle\nend\n" } else { "dictionary\nend\n" });
    Ok(text)
}
