//! Writes activations as operators of ONNX: the one of their name, or sums of rectifiers.

use super::ExportError;
use super::writer::{Writer, named};
use crate::exact::Rational;
use crate::exact::float::{dyadic, nearest};
use crate::format::import::message::Attribute;
use crate::net::Activation;

impl Writer {
    pub(super) fn activation(&mut self, activation: &Activation) -> Result<(), ExportError> {
        let one = Rational::ONE;
        let pieces = activation.pieces();
        let slopes: Vec<_> = pieces.iter().map(|(slope, _)| slope).collect();
        let is_cut = slopes.iter().all(|slope| slope.is_zero() || **slope == one)
            && slopes.windows(2).all(|pair| pair[0] != pair[1])
            && pieces.iter().all(|(slope, offset)| slope.is_zero() || offset.is_zero())
            && slopes.iter().filter(|slope| ***slope == one).count() == 1;
        if *activation == Activation::relu() {
            self.node("Relu", Vec::new(), Vec::new());
        } else if *activation == Activation::absolute_value() {
            self.node("Abs", Vec::new(), Vec::new());
        } else if is_cut {
            let is_low = slopes[0].is_zero();
            let ends = activation.breakpoints();
            let (low, high) = match (ends, is_low) {
                ([low], true) => (Some(low), None),
                ([high], false) => (None, Some(high)),
                ([low, high], _) => (Some(low), Some(high)),
                _ => (None, None),
            };
            self.cut(low, high)?;
        } else if let (Some(slope), [at]) = (self.single(slopes[0]), activation.breakpoints())
            && *activation == Activation::leaky_relu(slopes[0].clone())
        {
            debug_assert!(at.is_zero());
            let alpha = Attribute { f: slope, kind: 1, ..named("alpha") };
            self.node("LeakyRelu", Vec::new(), vec![alpha]);
        } else {
            self.kinks(activation)?;
        }
        Ok(())
    }

    /// The number of single precision that this is, as an attribute needs it.
    fn single(&self, number: &Rational) -> Option<f32> {
        let single = nearest(number) as f32;
        (dyadic(f64::from(single)).as_ref() == Some(number)).then_some(single)
    }

    fn cut(&mut self, low: Option<&Rational>, high: Option<&Rational>) -> Result<(), ExportError> {
        let mut end = |end: Option<&Rational>| end.map(|end| self.tensor(&[], [end].into_iter()));
        let (low, high) = (end(low).transpose()?, end(high).transpose()?);
        // Runtimes join a `Clip` with the `Relu` before it, which some cannot with doubles.
        if self.nodes.last().is_some_and(|node| node.operator == "Relu") {
            low.into_iter().for_each(|low| self.node("Max", vec![low], Vec::new()));
            high.into_iter().for_each(|high| self.node("Min", vec![high], Vec::new()));
            return Ok(());
        }
        let mut ends = vec![low.unwrap_or_default()];
        ends.extend(high);
        self.node("Clip", ends, Vec::new());
        Ok(())
    }

    /// Any piecewise-linear function: its first line, and a rectified line for each kink.
    fn kinks(&mut self, activation: &Activation) -> Result<(), ExportError> {
        let before = self.signal.clone();
        let pieces = activation.pieces();
        self.line(&pieces[0].0, &pieces[0].1)?;
        for (at, pair) in activation.breakpoints().iter().zip(pieces.windows(2)) {
            let sum = std::mem::replace(&mut self.signal, before.clone());
            self.line(&Rational::ONE, &-at)?;
            self.node("Relu", Vec::new(), Vec::new());
            self.line(&(&pair[1].0 - &pair[0].0), &Rational::ZERO)?;
            self.node("Add", vec![sum], Vec::new());
        }
        Ok(())
    }

    /// `slope x + offset`.
    fn line(&mut self, slope: &Rational, offset: &Rational) -> Result<(), ExportError> {
        for (operator, number) in [("Mul", slope), ("Add", offset)] {
            let number = self.tensor(&[], [number].into_iter())?;
            self.node(operator, vec![number], Vec::new());
        }
        Ok(())
    }
}
