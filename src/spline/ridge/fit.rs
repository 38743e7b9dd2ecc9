//! The network of least cost through or near data.

use super::cost::{Cost, Norm};
use super::data::Data;
use super::network::Ridges;
use super::scale::Scale;
use super::search::Search;
use super::watch::Watch;
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
    /// One multiplier a data point, output after output: the proof that nothing costs less.
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
    /// There are too many units to compare.
    #[error(
        "{points} points of {inputs} inputs have about {units} critical units, more than the {max} \
         that are compared: fit fewer points",
        max = MOST_UNITS
    )]
    TooMany {
        /// Different points.
        points: usize,
        /// Coordinates of a point.
        inputs: usize,
        /// About how many.
        units: usize,
    },
    /// The caller stopped the work.
    #[error("stopped after {steps} steps, without an optimum that is proved")]
    Stopped {
        /// Steps of the simplex method until then.
        steps: usize,
    },
}

/// Critical units that are compared at most: what they take is about a gigabyte.
pub(super) const MOST_UNITS: usize = 5_000_000;

/// Finds a network of least cost. `go_on` is asked now and then, with the number of steps taken;
/// where it says no, the work ends with [`FitError::Stopped`].
///
/// Floats propose which units there are. What is returned was solved for and proved in exact
/// arithmetic: for polyhedral norms the value is exact, for the Euclidean norm (two inputs) and for
/// several outputs it is enclosed. Data are measured in units of their own size before they are
/// rounded, so neither tiny nor huge numbers cost digits. Cost: about a second for a hundred points
/// of two inputs and one output; the number of critical units grows with the number of points to
/// the power of inputs.
pub fn fit(question: &Question, go_on: &mut dyn FnMut(usize) -> bool) -> Result<Fit, FitError> {
    if let Some(penalty) = question.penalty.as_ref().filter(|penalty| !penalty.is_positive()) {
        return Err(FitError::Penalty(penalty.clone()));
    }
    if question.norm == Norm::L2 && question.data.dimension() > 2 {
        return Err(FitError::NotBuilt(
            "the Euclidean norm is built for one and two inputs; ask for the norm l1 or linf",
        ));
    }
    let is_plain = question.data.dimension() == 1 || question.data.outputs() == 1;
    if question.norm == Norm::L2 && !is_plain {
        return Err(FitError::NotBuilt(
            "with several outputs the Euclidean norm of input weights is built for one input; ask \
             for the norm l1 or linf",
        ));
    }
    // A penalised fit weighs equal points each by itself.
    let data = match (question.data.coincidence(), &question.penalty) {
        (Some((i, j, true)), None) => return Err(FitError::Contradiction(i + 1, j + 1)),
        (_, None) => question.data.without_repetitions(),
        (_, Some(_)) => question.data.clone(),
    };
    let scale = Scale::of(&data);
    let scaled = scale.scaled(&Question { data: data.clone(), ..question.clone() });
    let lifted = scaled.data.lifted();
    let watch = &mut Watch::new(go_on);
    let search = Search::new(&lifted, &scaled, watch)?;
    let answer = match (&scaled.penalty, question.norm) {
        (penalty, _) if data.outputs() > 1 => search.vector(penalty.as_ref(), watch),
        (Some(penalty), _) => search.penalised(penalty, watch),
        (None, Norm::L2) => search.enclosed(watch),
        (None, _) => search.exact(watch),
    };
    let mut fit = scale.restored(answer?, question.penalty.is_some());
    if question.penalty.is_none() {
        fit.dual = question.data.spread(&data, &fit.dual);
    }
    fit.network.keep_inputs(question.data.dimension());
    Ok(fit)
}
