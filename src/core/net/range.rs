//! The linear range of a network: what its units do on a whole box.
//!
//! On a box, an affine form has exact bounds: the midpoint value, plus and minus the weighted
//! one-norm of its coefficients. Where they leave every unit on one piece, the network is affine on
//! the box, and that is a proof about every point of it.

use super::activation::Activation;
use super::form::AffineMap;
use super::network::{Choice, Network};
use super::value::Value as _;
use crate::exact::Rational;
use crate::geometry::arrangement::Form;

/// A closed box of inputs; a side of length zero is allowed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InputBox {
    lo: Vec<Rational>,
    hi: Vec<Rational>,
}

/// Why two corners do not span a box.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BoxError {
    /// The corners have different lengths.
    #[error("the lower corner has {lo} entries, the upper one {hi}")]
    Length {
        /// Entries of the lower corner.
        lo: usize,
        /// Entries of the upper corner.
        hi: usize,
    },
    /// The lower end of a side is above its upper end.
    #[error("side {side} goes from {lo} down to {hi}")]
    Order {
        /// The side, counted from zero.
        side: usize,
        /// Its lower end.
        lo: Rational,
        /// Its upper end.
        hi: Rational,
    },
}

impl InputBox {
    /// All `x` with `lo[i] <= x[i] <= hi[i]`. Errors: `Length`, `Order`.
    pub fn new(lo: Vec<Rational>, hi: Vec<Rational>) -> Result<Self, BoxError> {
        if lo.len() != hi.len() {
            return Err(BoxError::Length { lo: lo.len(), hi: hi.len() });
        }
        match lo.iter().zip(&hi).enumerate().find(|(_, (lo, hi))| lo > hi) {
            Some((side, (lo, hi))) => Err(BoxError::Order { side, lo: lo.clone(), hi: hi.clone() }),
            None => Ok(Self { lo, hi }),
        }
    }

    /// All `x` of `dimension` entries of absolute value at most `|radius|`.
    pub fn cube(dimension: usize, radius: &Rational) -> Self {
        let radius = radius.abs();
        Self { lo: vec![-&radius; dimension], hi: vec![radius; dimension] }
    }

    /// The lower corner.
    pub fn lo(&self) -> &[Rational] {
        &self.lo
    }

    /// The upper corner.
    pub fn hi(&self) -> &[Rational] {
        &self.hi
    }

    /// The midpoint.
    pub fn center(&self) -> Vec<Rational> {
        let half = Rational::new(1, 2);
        self.lo.iter().zip(&self.hi).map(|(lo, hi)| (lo + hi) * &half).collect()
    }

    /// A point at which the form is smallest; where a coefficient is zero, the midpoint.
    pub fn minimizer(&self, form: &Form) -> Vec<Rational> {
        let sides = self.center().into_iter().zip(self.lo.iter().zip(&self.hi));
        let end = |(a, (middle, (lo, hi))): (&Rational, (Rational, (&Rational, &Rational)))| match a
            .signum()
        {
            0 => middle,
            1 => lo.clone(),
            _ => hi.clone(),
        };
        form.coefficients.iter().zip(sides).map(end).collect()
    }

    /// The least and the greatest value of the form on the box, exactly.
    pub fn bounds(&self, form: &Form) -> (Rational, Rational) {
        let least = form.eval(&self.minimizer(form));
        // The two values are symmetric around the value at the midpoint.
        let greatest = form.eval(&self.center()) * Rational::integer(2) - &least;
        (least, greatest)
    }
}

/// What one unit does on a box.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnitRange {
    /// The least value that enters the unit; of a max-pool, a lower bound of its maximum.
    pub lo: Rational,
    /// The greatest value that enters the unit.
    pub hi: Rational,
    /// The choice, as in a [`super::Pattern`], that holds on the whole box; `None` if it changes,
    /// and for a max-pool if no entry is largest throughout.
    pub choice: Option<usize>,
}

/// What the units do on a box, as far as everything before them is affine there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LinearRange {
    /// The units of each activation and max-pool, in the order of a pattern, up to and including
    /// the first layer in which a unit changes its choice.
    pub layers: Vec<Vec<UnitRange>>,
    /// The network on the box, if no unit changes.
    pub map: Option<AffineMap>,
}

impl Network {
    /// What every unit does on the box, with exact bounds, as long as the layers stay affine.
    ///
    /// A ReLU whose bounds touch zero does not change: it is on from 0 up, off from 0 down. Law:
    /// where `map` is given it equals the network on the whole box. Panics if the box does not have
    /// the input's dimension.
    pub fn linear_range(&self, range: &InputBox) -> LinearRange {
        self.check_length(range.lo.len());
        let mut layers = Vec::new();
        let forms = self.run(Form::inputs(range.lo.len()), &mut |choice, forms| {
            let units = choice.ranges(range, forms);
            let chosen: Option<Vec<usize>> = units.iter().map(|unit| unit.choice).collect();
            layers.push(units);
            Some(choice.apply(&chosen?, forms))
        });
        LinearRange { layers, map: forms.map(AffineMap::of) }
    }
}

impl Choice<'_> {
    fn ranges(&self, range: &InputBox, forms: &[Form]) -> Vec<UnitRange> {
        match self {
            Self::Activation(activation) => forms
                .iter()
                .map(|form| {
                    let (lo, hi) = range.bounds(form);
                    UnitRange { choice: activation.piece_on(&lo, &hi), lo, hi }
                })
                .collect(),
            Self::MaxPool(..) => {
                let windows = self.windows();
                windows.iter().map(|window| maximum_range(range, forms, window)).collect()
            }
        }
    }
}

fn maximum_range(range: &InputBox, forms: &[Form], window: &[usize]) -> UnitRange {
    let bounds: Vec<_> = window.iter().map(|i| range.bounds(&forms[*i])).collect();
    let largest = |&&i: &&usize| {
        window.iter().all(|&j| {
            let mut lead = forms[i].clone();
            lead.subtract(&forms[j]);
            !range.bounds(&lead).0.is_negative()
        })
    };
    let choice = window.iter().find(largest).copied();
    let greatest = |end: fn(&(Rational, Rational)) -> &Rational| {
        bounds.iter().map(end).max().expect("a window meets the signal").clone()
    };
    UnitRange { lo: greatest(|b| &b.0), hi: greatest(|b| &b.1), choice }
}

impl Activation {
    /// The piece whose line the function follows on all of `[lo, hi]`.
    pub(super) fn piece_on(&self, lo: &Rational, hi: &Rational) -> Option<usize> {
        let last = self.piece(hi);
        // Every breakpoint strictly below `hi` must be at or below `lo`.
        let inside = last > 0 && self.breakpoints()[last - 1] > *lo;
        (!inside).then_some(last)
    }
}
