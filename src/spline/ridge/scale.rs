//! Questions brought to coordinates and values of about one, so that doubles stay in range.

use super::data::Data;
use super::fit::{Fit, Question};
use crate::exact::Rational;
use crate::spline::size::size;

/// What coordinates and values are measured in: powers of two.
pub(super) struct Scale {
    x: Rational,
    y: Rational,
}

impl Scale {
    /// The scale of data.
    pub fn of(data: &Data) -> Self {
        Self { x: size(data.points().iter().flatten()), y: size(data.values()) }
    }

    /// The question about data so measured: its answers are those of the other one, measured.
    pub fn scaled(&self, question: &Question) -> Question {
        let (x, y) = (self.x.recip(), self.y.recip());
        let penalty = question.penalty.as_ref().map(|penalty| penalty * &x * &y);
        Question { data: question.data.scaled(&x, &y), penalty, ..question.clone() }
    }

    /// The answer to the question itself.
    pub fn restored(&self, fit: Fit, is_penalised: bool) -> Fit {
        let Fit { value, mut network, unique, mut dual } = fit;
        let rate = &self.y / &self.x;
        for unit in &mut network.units {
            unit.threshold *= &self.x;
            unit.outer.iter_mut().for_each(|v| *v *= &rate);
        }
        network.slope.iter_mut().flatten().for_each(|c| *c *= &rate);
        network.constant.iter_mut().for_each(|c| *c *= &self.y);
        // A penalised value is one of squares, its multipliers are differences of values.
        let (unit, multiplier) = match is_penalised {
            true => (&self.y * &self.y, self.y.clone()),
            false => (rate, self.x.recip()),
        };
        dual.iter_mut().for_each(|z| *z *= &multiplier);
        Fit { value: value.scale(&unit), network, unique, dual }
    }
}
