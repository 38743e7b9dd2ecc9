//! Certified bounds of the greatest distance between a function and a network on a box.

use super::expression::Expression;
use super::radial::{self, Radial};
use super::reduced_network::{Folded, Units};
use super::search::{self, Cuts, Found, Goal, PLACES, Target, lifted, lowered, stretched};
use crate::analysis::affine_arithmetic::{AffineArithmetic, AffineForm};
use crate::analysis::enclosure::DomainError;
use crate::exact::Rational;
use crate::net::{Circuit, InputBox, Network};

/// What is known of `sup |f - network|` on a box.
#[derive(Clone, Debug)]
pub struct SupError {
    /// It is at most this; `None` if the work ended before there was a bound.
    pub upper: Option<Rational>,
    /// It is at least this, the distance at `point` or somewhat less.
    pub lower: Rational,
    /// A point of the box.
    pub point: Vec<Rational>,
    /// Whether the two bounds as they stand here reach the goal; otherwise the work ended early.
    pub is_complete: bool,
    /// How many boxes were looked at.
    pub boxes: u64,
    /// How it was found.
    pub way: Way,
    /// Places of the arithmetic in which the network was folded.
    pub(super) places: u32,
}

/// How a bound was found.
#[derive(Clone, Debug)]
pub enum Way {
    /// By cutting the box like this.
    Direct(Cuts),
    /// By way of two variables, whose rectangle was cut like this.
    Radial(Radial, Cuts),
}

/// Why there is no distance to bound.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[allow(missing_docs, reason = "the messages say what the fields are")]
pub enum SupErrorError {
    /// The function and the network have different numbers of inputs.
    #[error("the function has {function} variables, the network reads {network} numbers")]
    Inputs { function: usize, network: usize },
    /// The network writes more than one number.
    #[error("the network writes {0} numbers, a function has one value")]
    Outputs(usize),
    /// The function has no value at a point of the box, or cannot be told to have one.
    #[error("at x = {}: {error}", list(point))]
    Undefined { point: Vec<Rational>, error: DomainError },
}

/// The coordinates of a point, with commas.
pub(crate) fn list(point: &[Rational]) -> String {
    point.iter().map(Rational::to_string).collect::<Vec<_>>().join(", ")
}

/// `f - network`, the box brought to `[-1, 1]^d`.
struct Difference<'a> {
    function: &'a Expression,
    units: Units,
    domain: &'a InputBox,
}

impl Target for Difference<'_> {
    fn dimension(&self) -> usize {
        self.function.dimension()
    }

    fn form(
        &self,
        grid: &AffineArithmetic,
        cell: &[[Rational; 2]],
    ) -> Result<AffineForm, DomainError> {
        let side = |(i, [lo, hi]): (usize, &[Rational; 2])| {
            let at = |e: &Rational| stretched(self.domain, i, e);
            grid.variable(i, &at(lo), &at(hi))
        };
        let inputs: Vec<_> = cell.iter().enumerate().map(side).collect();
        let value = self.function.at(grid, &inputs)?;
        let sides = cell.iter().enumerate();
        let inputs = sides.map(|(i, [lo, hi])| grid.variable(i, lo, hi)).collect();
        Ok(grid.difference(&value, &self.units.value(grid, inputs)))
    }
}

/// The network on the box, if it can be compared with the function there.
pub(super) fn folded(
    function: &Expression,
    network: &Network,
    domain: &InputBox,
) -> Result<Folded, SupErrorError> {
    let (dimension, inputs) = (function.dimension(), network.input().units());
    refuse_if!(dimension != inputs, SupErrorError::Inputs { function: dimension, network: inputs });
    assert!(domain.lo().len() == dimension, "the box has {} sides", domain.lo().len());
    let circuit = Circuit::new(network);
    match circuit.outputs[..] {
        [output] => Ok(Folded::new(&circuit, output, domain)),
        _ => Err(SupErrorError::Outputs(circuit.outputs.len())),
    }
}

/// Bounds `sup |f - network|` on the box from above and below; both bounds are proved.
///
/// Cost: for each box that is looked at, one step of arithmetic for each weight of the network that
/// is left after folding what does not change on the whole box. The number of boxes grows fast
/// with the dimension. Errors: see [`SupErrorError`]. Panics if the box has another dimension than
/// the function.
pub fn sup_error(
    function: &Expression,
    network: &Network,
    domain: &InputBox,
    goal: &Goal<'_>,
) -> Result<SupError, SupErrorError> {
    let folded = folded(function, network, domain)?;
    let (dimension, grid) = (function.dimension(), AffineArithmetic::new(PLACES));
    let target = Difference { function, units: folded.rounded(&grid), domain };
    let place = |e: &[Rational]| -> Vec<Rational> {
        e.iter().enumerate().map(|(i, e)| stretched(domain, i, e)).collect()
    };
    let undefined =
        |(e, error): (Vec<Rational>, _)| SupErrorError::Undefined { point: place(&e), error };
    // What is lifted must still be within.
    let within = goal.within.as_ref().map(|within| lowered(&lowered(within)));
    let inner = Goal { within, ..goal.clone() };
    let printed = |found: &Found| (lowered(&found.lower), found.upper.as_ref().map(lifted));
    let mut best = None;
    if dimension > 1
        && let Some((radial, mut found)) = radial::bound(function, &folded, domain, &inner)
    {
        // What that way knows from below is no distance: only points of the box are.
        let corners = radial::candidates(&folded, dimension);
        (found.lower, found.place) =
            search::greatest_of(&target, &grid, corners).map_err(undefined)?;
        let cuts = std::mem::take(&mut found.cuts);
        best = Some((Way::Radial(radial, cuts), found));
    }
    let is_settled = |found: &Found| {
        let (lower, upper) = printed(found);
        goal.is_settled_by(&lower, upper.as_ref())
    };
    if !best.as_ref().is_some_and(|(_, found)| is_settled(found)) {
        let boxes = best.as_ref().map_or(0, |(_, found)| found.boxes);
        let limit = goal.limit.saturating_sub(boxes);
        let inner = Goal { limit, is_hasty: goal.is_hasty && best.is_some(), ..inner };
        let mut found = search::greatest(&target, &grid, &inner).map_err(undefined)?;
        let cuts = std::mem::take(&mut found.cuts);
        best = Some(better(best, (Way::Direct(cuts), found)));
    }
    let (way, found) = best.expect("the box was cut");
    let (lower, upper) = printed(&found);
    let is_complete = goal.is_settled_by(&lower, upper.as_ref());
    Ok(SupError {
        upper,
        lower,
        point: place(&found.place),
        is_complete,
        boxes: found.boxes,
        way,
        places: folded.grid.places(),
    })
}

/// The better upper bound of two with its way, the better lower one with its point, and all boxes.
fn better(first: Option<(Way, Found)>, second: (Way, Found)) -> (Way, Found) {
    let Some(first) = first else { return second };
    let is_less = match (&first.1.upper, &second.1.upper) {
        (Some(first), Some(second)) => first < second,
        (upper, _) => upper.is_some(),
    };
    let (mut best, other) = if is_less { (first, second.1) } else { (second, first.1) };
    if other.lower > best.1.lower {
        (best.1.lower, best.1.place) = (other.lower, other.place);
    }
    best.1.boxes += other.boxes;
    best
}
