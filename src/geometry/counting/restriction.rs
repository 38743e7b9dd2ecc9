//! Cells of given forms by deletion and restriction: exact, and without linear programs.

use super::super::arrangement::Form;
use crate::exact::{Natural, Rational};

/// The number of strict sign vectors that the forms take on all of the space: the same number as
/// [`count_cells`](super::super::arrangement::count_cells), by another road.
///
/// A hyperplane `H` adds as many cells as the others cut out of it: `r(A) = r(A - H) + r(A / H)`.
/// A form that vanishes identically leaves none. Cost: an elimination for each independent
/// central set at most. `None` after `limit` steps. Source: Zaslavsky 1975, as quoted.
pub fn cells_by_restriction(forms: &[Form], limit: usize) -> Option<Natural> {
    let vanishes = |form: &Form| form.offset.is_zero() && form.normal.iter().all(Rational::is_zero);
    if forms.iter().any(vanishes) {
        return Some(Natural::ZERO);
    }
    let row = |form: &Form| form.normal.iter().chain([&form.offset]).cloned().collect();
    let mut left = limit;
    cells(forms.iter().map(row).collect(), &mut left).map(Natural::from)
}

/// Cells of the hyperplanes `row = [normal.., offset]`; rows without a normal cut nothing.
fn cells(mut rows: Vec<Vec<Rational>>, left: &mut usize) -> Option<u64> {
    *left = left.checked_sub(1)?;
    rows.retain(|row| pivot(row).is_some());
    let mut total = 1;
    while let Some(wall) = rows.pop() {
        let at = pivot(&wall).expect("rows without a normal were dropped");
        // On the wall; a row that becomes zero is the wall itself once more.
        let restricted: Vec<_> = rows.iter().map(|row| restrict(row, &wall, at)).collect();
        if restricted.iter().all(|row| row.iter().any(|x| !x.is_zero())) {
            total += cells(restricted, left)?;
        }
    }
    Some(total)
}

/// The first coefficient of the normal that is not zero.
fn pivot(row: &[Rational]) -> Option<usize> {
    row[..row.len() - 1].iter().position(|x| !x.is_zero())
}

/// The row on the hyperplane `wall`, where the coordinate `at` is a combination of the others.
fn restrict(row: &[Rational], wall: &[Rational], at: usize) -> Vec<Rational> {
    let factor = &row[at] / &wall[at];
    let entries = row.iter().zip(wall).enumerate().filter(|(j, _)| *j != at);
    entries.map(|(_, (x, w))| if factor.is_zero() { x.clone() } else { x - &factor * w }).collect()
}
