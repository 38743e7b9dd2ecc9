//! The network of least cost through or near data.

use super::cost::{Cost, Norm};
use super::data::Data;
use super::network::Ridges;
use crate::exact::Rational;

/// Whether the affine part is free.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Skip {
    /// Slope and constant cost nothing.
    Free,
    /// Only the constant costs nothing; there is no slope. (Biases are free, so a unit without
    /// input weights makes a constant for nothing.)
    None,
}

/// What is asked.
#[derive(Clone, Debug)]
pub struct Question {
    /// The data.
    pub data: Data,
    /// The norm of input weights.
    pub norm: Norm,
    /// Lambda of `1/2 sum (f(x_i) - y_i)^2 + lambda cost(f)`; without it `f(x_i) = y_i` is asked.
    pub penalty: Option<Rational>,
    /// Whether the affine part is free.
    pub skip: Skip,
}

/// The answer, with its proof.
#[derive(Clone, Debug)]
pub struct Fit {
    /// The least value: exact, or two bounds.
    pub value: Cost,
    /// A network that has it, or the upper bound.
    pub network: Ridges,
    /// Whether no other function has it; `None` where that was not decided.
    pub unique: Option<bool>,
    /// One multiplier a data point: the proof that nothing costs less.
    pub dual: Vec<Rational>,
}

/// Why there is no answer.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FitError {
    /// Two points are equal and their values differ.
    #[error(
        "points {0} and {1} are equal and their values differ: no function goes through both; \
         ask for a penalised fit"
    )]
    Contradiction(usize, usize),
    /// The penalty is not positive.
    #[error("the penalty is {0}; expected a number above zero")]
    Penalty(Rational),
    /// The question is not one that is answered yet.
    #[error("{0}")]
    NotBuilt(&'static str),
    /// The caller stopped the work.
    #[error("stopped after {steps} steps, without an optimum that is proved")]
    Stopped {
        /// Steps of the simplex method until then.
        steps: usize,
    },
}

/// Finds a network of least cost. `go_on` is asked now and then, with the number of steps taken;
/// where it says no, the work ends with [`FitError::Stopped`].
pub fn fit(question: &Question, go_on: &mut dyn FnMut(usize) -> bool) -> Result<Fit, FitError> {
    let _ = go_on(0);
    match question.penalty {
        Some(_) => Err(FitError::NotBuilt("the penalised fit of several inputs is not built")),
        None => Err(FitError::NotBuilt("the fit of several inputs is not built")),
    }
}
