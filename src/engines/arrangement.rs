//! The open cells of an arrangement of forms, each by a linear program.

use crate::exact::Rational;
use crate::geometry::Form;
use crate::lp::{Feasibility, System};

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

/// Adds `form > 0` (or `form < 0`) to a system.
fn demand(system: &mut System, form: &Form, positive: bool) {
    let (normal, bound) = if positive {
        (form.coefficients.iter().map(|c| -c).collect(), form.constant.clone())
    } else {
        (form.coefficients.clone(), -&form.constant)
    };
    system.below(normal, bound);
}

/// A point where every form has the strict sign asked for, or Farkas multipliers against one.
/// Cost: one linear program with a row a form.
///
/// `positive: [forms]`; the multipliers are those of the system with one strict row a form.
pub fn cell(dimension: usize, forms: &[Form], positive: &[bool]) -> Feasibility {
    let mut system = System::new(dimension);
    for (form, &positive) in forms.iter().zip(positive) {
        demand(&mut system, form, positive);
    }
    system.feasible()
}
