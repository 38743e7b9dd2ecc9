//! Farkas multipliers: the proof that a cell does not reach the other side of a form.

use super::{Cell, Mesh};
use crate::exact::Rational;
use crate::exact::linear::Matrix;
use crate::exact::lp::Feasibility;
use crate::geometry::arrangement::{self, Form};
use std::cmp::Ordering;

/// One split with a single row, as the walk reports it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cut {
    /// The number of splits decided before it.
    pub depth: usize,
    /// Its distance from the next split in order. Not 0 only if the cell is known to lie on one
    /// side of it: such a split is reported ahead of its turn.
    pub ahead: usize,
    /// The row of the form.
    pub row: usize,
    /// Whether the cell has points with a negative value of the form, and with a positive one.
    pub sides: [bool; 2],
}

impl Mesh {
    /// Pairs of a row and its multiplier; the last pair is that of the split's own row.
    ///
    /// Law: the multipliers are not negative. They belong to the [primitive](Form::primitive) forms
    /// of the rows, each with the sign that is positive on the cell; the form of the split has the
    /// sign of the side that the cell does not reach. The linear parts cancel, and the constants
    /// sum to at most zero.
    ///
    /// Cost: one linear system if the nearest vertex lies on as many facets as there are
    /// coordinates, else a linear program. Panics if the cell reaches both sides or the form
    /// vanishes.
    pub fn refutation(&mut self, cell: &Cell, cut: Cut) -> Vec<(usize, Rational)> {
        let reached = if cut.sides[1] { Ordering::Greater } else { Ordering::Less };
        // A form that is constant on the cell refutes its other side alone.
        if self.form(cut.row, reached).coefficients.iter().all(Rational::is_zero) {
            return vec![(cut.row, Rational::ONE)];
        }
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

    /// A vertex that seems nearest to the hyperplane in doubles. It is a proposal: if its facets do
    /// not refute, all facets are tried.
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
