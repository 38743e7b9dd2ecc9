//! Why a cell does not reach behind a form: multipliers of its facets.

use super::{Cell, Mesh};
use crate::exact::Rational;
use crate::exact::linear::Matrix;
use crate::exact::lp::Feasibility;
use crate::geometry::arrangement::{self, Form};
use std::cmp::Ordering;

/// What is told about one split of a walk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cut {
    /// How many splits were decided before.
    pub depth: usize,
    /// How many splits later its turn comes: 0, or the cell lies on one side of it already.
    pub ahead: usize,
    /// The row of the form.
    pub row: usize,
    /// Whether the cell has points where the form is negative, and where it is positive.
    pub sides: [bool; 2],
}

impl Mesh {
    /// Multipliers, not negative, of [primitive](Form::primitive) forms that are positive on the cell and of the
    /// form of `row` turned towards the side that the cell does not reach: their linear parts
    /// cancel, and their constants sum to at most zero. Pairs of a row and its multiplier; the last
    /// pair is that of `row` itself.
    ///
    /// Cost: that of solving for the facets at the nearest vertex if they are as many as there are
    /// coordinates, otherwise a linear program over them. Panics if the cell reaches
    /// both sides or the form vanishes.
    pub fn refutation(&mut self, cell: &Cell, cut: Cut) -> Vec<(usize, Rational)> {
        let reached = if cut.sides[1] { Ordering::Greater } else { Ordering::Less };
        let facets: Vec<usize> = (1..cell.facets.len()).collect();
        // At the vertex where the form is least, the facets through it are enough.
        let through: Vec<usize> = match self.nearest(cell, cut.row) {
            Some(vertex) => facets.iter().copied().filter(|&f| cell.is_tight(vertex, f)).collect(),
            None => Vec::new(),
        };
        [through, facets]
            .into_iter()
            .find_map(|facets| self.refuted_by(cell, &facets, cut.row, reached))
            .expect("the cell does not reach the other side")
    }

    /// The vertex that a double would call the nearest to the form: a proposal, as good as its
    /// facets' refutation, without which all facets are asked.
    fn nearest(&mut self, cell: &Cell, row: usize) -> Option<usize> {
        let mut best: Option<(usize, f64)> = None;
        for (i, &ray) in cell.rays.iter().enumerate() {
            let height = self.rays.proposed(&self.rows, 0, ray as usize);
            let value = self.rays.proposed(&self.rows, row, ray as usize).abs() / height;
            if height > 0.0 && best.is_none_or(|(_, least)| value < least) {
                best = Some((i, value));
            }
        }
        best.map(|(vertex, _)| vertex)
    }

    fn refuted_by(
        &mut self,
        cell: &Cell,
        facets: &[usize],
        row: usize,
        reached: Ordering,
    ) -> Option<Vec<(usize, Rational)>> {
        let mut rows = Vec::with_capacity(facets.len() + 1);
        let mut forms = Vec::with_capacity(facets.len() + 1);
        for &facet in facets {
            let side = self.inside(cell, facet);
            rows.push(cell.facets[facet] as usize);
            forms.push(self.form(cell.facets[facet] as usize, side));
        }
        rows.push(row);
        forms.push(self.form(row, reached.reverse()));
        let dimension = self.rows.length() - 1;
        if facets.len() == dimension
            && let Some(multipliers) = of_simplex(&forms)
        {
            return Some(rows.into_iter().zip(multipliers).collect());
        }
        match arrangement::cell(dimension, &forms, &vec![true; forms.len()]) {
            Feasibility::Farkas(multipliers) => Some(rows.into_iter().zip(multipliers).collect()),
            Feasibility::Point(_) => None,
        }
    }

    /// The form of a row, turned to be positive on this side.
    fn form(&self, row: usize, side: Ordering) -> Form {
        let turn = |x: Rational| if side == Ordering::Less { -x } else { x };
        let mut entries = self.rows.pushed(row).into_iter().map(turn);
        let constant = entries.next().expect("a row begins with its constant");
        Form { coefficients: entries.collect(), constant }.primitive()
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
