//! The open cells of an arrangement, counted one by one with linear programs.

use crate::exact::Rational;
use crate::exact::lp::Feasibility;
use crate::geometry::arrangement::{Form, cell};

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
