//! The penalised problem: `min (1/2) sum w_i (f(x_i) - y_i)^2 + lambda TV2(f)`.
//!
//! The fitted values `z` are unique, and `f` is any minimiser of TV2 through them. Optimal is what
//! has a dual: with `u` the piecewise linear function that is 0 at both ends and whose slope jumps
//! by `w_i (y_i - z_i)` at each point, `|u| <= lambda` everywhere and `u_i = lambda sign a_i` where
//! the jump `a_i` of `z` is not 0.
//!
//! An active-set method finds it: on a *face*, some knots with signs, the values are a
//! least-squares problem with a tridiagonal matrix. A knot whose sign would turn is dropped, a
//! point where the dual is too large is added. Each face is left for a better one, so there is an
//! end, in any arithmetic without rounding. The method is written once, for doubles that propose
//! and for fractions.

mod active_set;
mod gap;
mod proposal;

use super::data::{Data, DataError};
use crate::analysis::enclosure::Enclosure;
use crate::exact::Rational;
pub(super) use active_set::tridiagonal;
use active_set::{Face, Problem};

/// Up to so many points the optimum is exact.
const EXACT_POINTS: usize = 300;
/// Beyond, while there are so few knots, and so few points times knots.
const EXACT_KNOTS: usize = 100;
const EXACT_WORK: usize = 600_000;

/// A face, the values at its nodes, and a feasible dual.
type Proposed = (Face, Vec<Rational>, Vec<Rational>);

/// Data with weights, and the price of TV2.
#[derive(Clone, Debug)]
pub struct Penalised {
    data: Data,
    weights: Vec<Rational>,
    lambda: Rational,
}

/// Fitted values and what proves how good they are.
#[derive(Clone, Debug)]
pub struct Fit {
    /// The fitted value at each point.
    pub values: Vec<Rational>,
    /// The dual at each point: 0 at both ends, never beyond lambda.
    pub dual: Vec<Rational>,
    /// Holds the least objective; a point when the fit is the optimum.
    pub objective: Enclosure,
    /// Whether the fitted values are those of the optimum, exactly.
    pub is_exact: bool,
}

impl Penalised {
    /// The problem. Each point counts `weights[i]` times.
    ///
    /// Errors: as many weights as points are expected. Panics unless weights and lambda are
    /// positive.
    pub fn new(data: Data, weights: Vec<Rational>, lambda: Rational) -> Result<Self, DataError> {
        if weights.len() != data.len() {
            let (abscissae, values) = (data.len(), weights.len());
            return Err(DataError::Lengths { abscissae, values });
        }
        assert!(lambda.is_positive(), "the price of the cost is positive, found {lambda}");
        assert!(weights.iter().all(Rational::is_positive), "weights are positive");
        Ok(Self { data, weights, lambda })
    }

    /// The points.
    pub fn data(&self) -> &Data {
        &self.data
    }

    /// How often each point counts.
    pub fn weights(&self) -> &[Rational] {
        &self.weights
    }

    /// The price of TV2.
    pub fn lambda(&self) -> &Rational {
        &self.lambda
    }

    /// The optimum where that is in reach, else an enclosure of it: exact up to 300 points, and for
    /// more while points times knots are few. `None` once `stop` says so.
    pub fn fit(&self, stop: &dyn Fn() -> bool) -> Option<Fit> {
        let proposed = self.proposed(stop)?;
        let (points, knots) = (self.data.len(), proposed.0.knots.len());
        let is_small =
            points <= EXACT_POINTS || points * knots <= EXACT_WORK && knots <= EXACT_KNOTS;
        if is_small {
            self.exact_from(proposed.0, stop)
        } else {
            Some(self.enclosed_from(proposed))
        }
    }

    /// The optimum. `None` once `stop` says so.
    ///
    /// Cost: doubles propose the knots, so that mostly one system is solved exactly; its numbers
    /// have as many digits as all the data between the knots.
    pub fn exactly(&self, stop: &dyn Fn() -> bool) -> Option<Fit> {
        let proposed = self.proposed(stop)?;
        self.exact_from(proposed.0, stop)
    }

    fn exact_from(&self, face: Face, stop: &dyn Fn() -> bool) -> Option<Fit> {
        let problem = self.problem();
        let (face, nodes) = problem.optimum(face, &Rational::ZERO, stop)?;
        let values = problem.values(&face, &nodes);
        let dual = problem.dual(&face, &values);
        let objective = Enclosure::point(self.least(&values, &face, &nodes));
        Some(Fit { values, dual, objective, is_exact: true })
    }

    /// Values that doubles propose, and a proved enclosure of the least objective. `None` once
    /// `stop` says so.
    ///
    /// Law: the values are those of a feasible function, the dual is feasible, and what lies
    /// between the two objectives is computed exactly or rounded outward.
    pub fn enclosed(&self, stop: &dyn Fn() -> bool) -> Option<Fit> {
        self.proposed(stop).map(|proposed| self.enclosed_from(proposed))
    }

    fn enclosed_from(&self, (face, nodes, dual): Proposed) -> Fit {
        // Exact values on the face of rounded nodes: no jump off the knots.
        let values = self.problem().values(&face, &nodes);
        let objective = gap::enclosure(self, &values, &dual);
        Fit { values, dual, objective, is_exact: false }
    }

    /// The objective at the optimum, where `sum w_i z_i (y_i - z_i)` is lambda times the cost, so
    /// that it is `(1/2) sum w_i y_i (y_i - z_i) + (lambda / 2) sum |a_i|`: no digits are squared.
    fn least(&self, values: &[Rational], face: &Face, nodes: &[Rational]) -> Rational {
        let terms = self.data.y().iter().zip(values).zip(&self.weights);
        let loss: Rational = terms.map(|((y, z), w)| w * y * (y - z)).sum();
        let jumps = self.problem().jumps(face, nodes);
        let cost: Rational = jumps.iter().map(Rational::abs).sum();
        (loss + &self.lambda * cost) * Rational::new(1, 2)
    }

    /// `(1/2) sum w_i (z_i - y_i)^2 + lambda sum |a_i|` for values `z` with jumps `a`.
    pub fn objective(&self, values: &[Rational]) -> Rational {
        let half = Rational::new(1, 2);
        let loss: Rational = self.losses(values).sum();
        let jumps = Data::new(self.data.x().to_vec(), values.to_vec()).map(|fitted| {
            let slopes = fitted.slopes();
            slopes.windows(2).map(|pair| (&pair[1] - &pair[0]).abs()).sum::<Rational>()
        });
        half * loss + &self.lambda * jumps.expect("the abscissae are those of the data")
    }

    fn losses<'a>(&'a self, values: &'a [Rational]) -> impl Iterator<Item = Rational> + Clone + 'a {
        let terms = self.data.y().iter().zip(values).zip(&self.weights);
        terms.map(|((y, z), w)| {
            let rest = y - z;
            w * &(&rest * &rest)
        })
    }

    /// `D^T u`: at each point the jump of the slope of the dual.
    pub fn adjoint(&self, dual: &[Rational]) -> Vec<Rational> {
        let x = self.data.x();
        let slopes: Vec<Rational> =
            (1..x.len()).map(|i| (&dual[i] - &dual[i - 1]) / (&x[i] - &x[i - 1])).collect();
        let slope = |i: usize| slopes.get(i).cloned().unwrap_or_default();
        (0..x.len())
            .map(|i| slope(i) - if i == 0 { Rational::ZERO } else { slope(i - 1) })
            .collect()
    }

    fn problem(&self) -> Problem<Rational> {
        let x = self.data.x();
        Problem {
            gaps: x.windows(2).map(|pair| &pair[1] - &pair[0]).collect(),
            y: self.data.y().to_vec(),
            weights: self.weights.clone(),
            lambda: self.lambda.clone(),
        }
    }

    /// A face, its nodes and a feasible dual, all proposed by doubles.
    fn proposed(&self, stop: &dyn Fn() -> bool) -> Option<Proposed> {
        proposal::propose(&self.problem(), stop)
    }
}

/// The least lambda at which the fit is the least-squares line.
///
/// Law: the greatest `|u_i|` where `u` is the dual of the residual of that line.
pub fn lambda_max(data: &Data, weights: &[Rational]) -> Rational {
    let weights = weights.to_vec();
    let problem = Penalised::new(data.clone(), weights, Rational::ONE).map(|p| p.problem());
    let problem = problem.expect("one weight a point");
    let line = Face::default();
    let nodes = problem.solve(&line);
    let dual = problem.dual(&line, &problem.values(&line, &nodes));
    dual.iter().map(Rational::abs).max().unwrap_or_default()
}
