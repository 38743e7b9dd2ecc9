//! Hyperplane arrangements: which strict sign vectors affine forms take.

use crate::exact::Rational;
use crate::exact::linear::dot;
use crate::exact::lp::{Feasibility, System};

/// An affine form `x -> normal . x + offset`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Form {
    /// Coefficients, one for each input.
    pub normal: Vec<Rational>,
    /// Value at the origin.
    pub offset: Rational,
}

impl Form {
    /// The value at `x`. Cost: one multiplication an input.
    pub fn eval(&self, x: &[Rational]) -> Rational {
        dot(&self.normal, x) + &self.offset
    }
}

/// Adds `form > 0` (or `form < 0`) to a system.
fn demand(system: &mut System, form: &Form, positive: bool) {
    let (normal, bound) = if positive {
        (form.normal.iter().map(|c| -c).collect(), form.offset.clone())
    } else {
        (form.normal.clone(), -&form.offset)
    };
    system.below(normal, bound);
}

/// A point where every form has the strict sign asked for, or Farkas multipliers against one.
///
/// `positive: [forms]`; the multipliers are those of the system with one strict row a form.
pub fn cell(dimension: usize, forms: &[Form], positive: &[bool]) -> Feasibility {
    let mut system = System::new(dimension);
    for (form, &positive) in forms.iter().zip(positive) {
        demand(&mut system, form, positive);
    }
    system.feasible()
}

/// The number of strict sign vectors that the forms take: the open cells of their arrangement.
///
/// A form that vanishes identically leaves none. Cost: one linear program for each cell of each
/// prefix of the forms, less the half whose witness is inherited.
pub fn count_cells(dimension: usize, forms: &[Form]) -> u64 {
    let mut positive = Vec::with_capacity(forms.len());
    descend(dimension, forms, &mut positive, &vec![Rational::ZERO; dimension])
}

/// Cells below a prefix of signs; `witness` lies in the prefix's cell.
fn descend(d: usize, forms: &[Form], positive: &mut Vec<bool>, witness: &[Rational]) -> u64 {
    let Some(form) = forms.get(positive.len()) else { return 1 };
    let here = form.eval(witness);
    let mut cells = 0;
    for side in [true, false] {
        positive.push(side);
        if (side && here.is_positive()) || (!side && here.is_negative()) {
            cells += descend(d, forms, positive, witness);
        } else if let Feasibility::Point(x) = cell(d, forms, positive) {
            cells += descend(d, forms, positive, &x);
        }
        positive.pop();
    }
    cells
}
