//! Farkas multipliers: the proof that a cell does not reach the other side of a form.

use crate::arrangement;
use crate::exact::Rational;
use crate::exact::linear::Matrix;
use crate::geometry::Form;
use crate::geometry::double_description::{Cell, Cut, Mesh};
use crate::lp::Feasibility;
use std::cmp::Ordering;

/// Pairs of a row and its multiplier; the last pair is that of the split's own row.
///
/// Law: the multipliers are not negative. They belong to the [primitive](Form::primitive) forms
/// of the rows, each with the sign that is positive on the cell; the form of the split has the
/// sign of the side that the cell does not reach. The linear parts cancel, and the constants
/// sum to at most zero.
///
/// Cost: one linear system if the nearest vertex lies on as many facets as there are coordinates,
/// else a linear program. Panics if the cell reaches both sides or the form vanishes.
pub fn refutation(mesh: &mut Mesh, cell: &Cell, cut: Cut) -> Vec<(usize, Rational)> {
    let reached = if cut.sides[1] { Ordering::Greater } else { Ordering::Less };
    // A form that is constant on the cell refutes its other side alone.
    if mesh.form(cut.row, reached).coefficients.iter().all(Rational::is_zero) {
        return vec![(cut.row, Rational::ONE)];
    }
    let other = mesh.form(cut.row, reached.reverse());
    // At the vertex where the form is least, the facets through it are enough.
    [mesh.walls_near(cell, cut.row), cell.walls().collect()]
        .into_iter()
        .find_map(|walls| {
            let (mut rows, mut forms): (Vec<_>, Vec<_>) =
                walls.into_iter().map(|wall| mesh.wall(cell, wall)).unzip();
            rows.push(cut.row);
            forms.push(other.clone());
            Some(rows.into_iter().zip(multipliers(&forms)?).collect())
        })
        .expect("the cell does not reach the other side")
}

/// Multipliers that prove that these forms are nowhere positive at once; `None` if they are.
fn multipliers(forms: &[Form]) -> Option<Vec<Rational>> {
    let dimension = forms[0].coefficients.len();
    if forms.len() == dimension + 1
        && let Some(multipliers) = of_simplex(forms)
    {
        return Some(multipliers);
    }
    match arrangement::cell(dimension, forms, &vec![true; forms.len()]) {
        Feasibility::Farkas(multipliers) => Some(multipliers),
        Feasibility::Point(_) => None,
    }
}

/// Multipliers of as many forms as there are coordinates, and of one more, whose linear parts
/// cancel: of a simple vertex there is one choice, up to a factor. `None` if it refutes nothing.
fn of_simplex(forms: &[Form]) -> Option<Vec<Rational>> {
    let (last, others) = forms.split_last()?;
    let columns = Matrix::from_rows(others.iter().map(|form| form.coefficients.clone()).collect());
    let opposite: Vec<Rational> = last.coefficients.iter().map(|x| -x).collect();
    let mut multipliers = columns.transpose().solve(&opposite)?;
    multipliers.push(Rational::ONE);
    let constant: Rational = forms.iter().zip(&multipliers).map(|(f, m)| &f.constant * m).sum();
    let refutes = !constant.is_positive() && !multipliers.iter().any(Rational::is_negative);
    refutes.then_some(multipliers)
}
