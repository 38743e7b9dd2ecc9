//! Regression with one hidden layer: points, targets, and a step on the square loss.

use super::descent_steps::{Size, unit_points};
use super::prelude::*;
use crate::analysis::inertia::Inertia;
use crate::train::{TwoLayer, inner};

/// A network before a step of descent on half the sum of the squared residuals.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Regression {
    /// The rate.
    pub rate: Rational,
    /// Shape `[n, d]`.
    pub points: Vec<Vec<Rational>>,
    /// Shape `[n]`.
    pub targets: Vec<Rational>,
    /// The network, without biases.
    pub network: TwoLayer,
}

impl Regression {
    /// Why the parts do not fit each other, in a sentence.
    pub fn check(&self) -> Result<(), String> {
        let d = numbers::length_of_first(&self.points, "there must be one point at least")?;
        if self.points.len() != self.targets.len() {
            let (points, targets) = (self.points.len(), self.targets.len());
            return Err(format!("{points} points with {targets} targets"));
        }
        if self.points.iter().any(|x| x.len() != d) {
            return Err("the points differ in dimension".to_owned());
        }
        if !self.network.bias.is_empty() || !self.rate.is_positive() {
            return Err("units have biases, or the rate is not positive".to_owned());
        }
        self.network.check(d)
    }

    /// The residuals `f(x_i) - y_i` of a network.
    pub fn residuals(&self, network: &TwoLayer) -> Vec<Rational> {
        let value = |x: &Vec<Rational>| network.value(std::slice::from_ref(x));
        self.points.iter().zip(&self.targets).map(|(x, y)| value(x) - y).collect()
    }

    fn gradients(&self) -> Vec<Vec<Vec<Rational>>> {
        let gradient = |x: &Vec<Rational>| self.network.gradient(std::slice::from_ref(x));
        self.points.iter().map(gradient).collect()
    }

    /// The Gram matrix `H` of the gradients by the weights, shape `[n, n]`.
    pub fn gram(&self) -> Matrix {
        let gradients = self.gradients();
        let row = |a: &Vec<Vec<Rational>>| gradients.iter().map(|b| inner(a, b)).collect();
        Matrix::from_rows(gradients.iter().map(row).collect())
    }

    /// The network after the step.
    pub fn after(&self) -> TwoLayer {
        let residuals = self.residuals(&self.network);
        let steps = self.gradients().into_iter().zip(residuals);
        steps.fold(self.network.clone(), |network, (gradient, residual)| {
            network.moved(&gradient, &-(&self.rate * residual))
        })
    }

    /// The residuals after the step if no gate flipped: `(I - eta H)` times those before.
    pub fn predicted(&self, gram: &Matrix) -> Vec<Rational> {
        let before = self.residuals(&self.network);
        let moved = gram.apply(&before);
        before.iter().zip(moved).map(|(u, h)| u - &self.rate * h).collect()
    }

    /// At each point, the units whose gate is not what it was.
    pub fn flipped(&self, after: &TwoLayer) -> Vec<Vec<usize>> {
        let open = |network: &TwoLayer, s, x: &[Rational]| network.before(s, x).is_positive();
        let units = 0..self.network.weights.len();
        let at = |x: &Vec<Rational>| {
            let differs = |s: &usize| open(&self.network, *s, x) != open(after, *s, x);
            units.clone().filter(differs).collect()
        };
        self.points.iter().map(at).collect()
    }

    /// Whether no gate flips in the step.
    pub fn keeps_its_gates(&self) -> bool {
        self.flipped(&self.after()).iter().all(Vec::is_empty)
    }
}

/// Whether `matrix - least I` is positive semidefinite, for a symmetric matrix.
pub fn is_at_least(matrix: &Matrix, least: &Rational) -> bool {
    let mut rest = matrix.clone();
    (0..rest.rows()).for_each(|i| rest[(i, i)] -= least);
    Inertia::of(&rest).is_semidefinite()
}

/// Networks of this size on as many points as it has samples, at most, at one of these rates.
pub fn regressions(rates: &'static [(i64, i64)], size: Size) -> BoxedStrategy<Regression> {
    let rate = select(rates).prop_map(|(n, d)| Rational::new(n, d));
    (size.widths(), 1..=size.samples, rate)
        .prop_flat_map(move |((q, m), n, rate)| {
            let weights = vec(vec(numbers::eighth(24), size.inputs), m);
            let targets = vec(numbers::fraction(8, 4), n);
            let points = vec(unit_points(size.inputs), n);
            (Just((q, rate)), points, targets, weights, vec(any::<bool>(), m))
        })
        .prop_map(|((q, rate), points, targets, weights, plus)| {
            let outputs = plus.into_iter().map(sign).collect();
            let network =
                TwoLayer { weights, outputs, scale: Rational::from(q).recip(), bias: vec![] };
            Regression { rate, points, targets, network }
        })
        .boxed()
}
