//! Coordinates in which the first pre-activations of a network are coordinates themselves.
//!
//! A network depends on its input only through the forms of its first affine layers. If few of
//! these depend on the others, independent ones are better coordinates than the inputs: directions
//! that no form depends on disappear, and the zeros of a convolution need no cancellation.

use crate::exact::Rational;
use crate::exact::linear::Matrix;

/// Choosing among more forms would cost more than it gains.
const LARGEST: usize = 256;

/// Independent forms as coordinates, and all forms in terms of them.
#[derive(Clone, Debug)]
pub(super) struct Frame {
    /// The chosen forms `[constant, coefficients..]` of the inputs.
    basis: Vec<Vec<Rational>>,
    /// Every form `[constant, coefficients..]` of the coordinates.
    pub rows: Vec<Vec<Rational>>,
}

impl Frame {
    /// The frame of these forms; `None` if too many depend on the others, or there are too many.
    ///
    /// Cost: an elimination in fractions, which skips zeros; sparse rows stay sparse, as they would
    /// not in the fraction-free elimination of [`Matrix`].
    pub fn of(forms: &[Vec<Rational>]) -> Option<Self> {
        let dimension = forms.first()?.len() - 1;
        if forms.len() > (dimension + dimension / 4).min(LARGEST) {
            return None;
        }
        let mut chosen: Vec<usize> = Vec::new();
        // Reduced rows of the chosen ones, each with its pivot and what it is in terms of them.
        let mut reduced: Vec<(usize, Vec<Rational>, Vec<Rational>)> = Vec::new();
        let mut coefficients: Vec<Vec<Rational>> = Vec::with_capacity(forms.len());
        for (i, form) in forms.iter().enumerate() {
            let mut rest = form[1..].to_vec();
            // The form is `rest`, and this of the chosen ones.
            let mut made = vec![Rational::ZERO; chosen.len()];
            for (pivot, row, of) in &reduced {
                let factor = rest[*pivot].clone();
                if !factor.is_zero() {
                    rest.iter_mut().zip(row).for_each(|(x, r)| *x -= &factor * r);
                    made.iter_mut().zip(of).for_each(|(x, r)| *x += &factor * r);
                }
            }
            let Some(pivot) = rest.iter().position(|x| !x.is_zero()) else {
                coefficients.push(made);
                continue;
            };
            let lead = rest[pivot].recip();
            rest.iter_mut().for_each(|x| *x *= &lead);
            let mut of: Vec<Rational> = made.iter().map(|x| -(x * &lead)).collect();
            of.push(lead);
            reduced.push((pivot, rest, of));
            chosen.push(i);
            let unit = |j: usize| Rational::from(i64::from(j + 1 == chosen.len()));
            coefficients.push((0..chosen.len()).map(unit).collect());
        }
        if forms.len() > chosen.len() + chosen.len() / 4 {
            return None;
        }
        let basis: Vec<Vec<Rational>> = chosen.iter().map(|&i| forms[i].clone()).collect();
        let row = |(form, mut coefficients): (&Vec<Rational>, Vec<Rational>)| {
            coefficients.resize(chosen.len(), Rational::ZERO);
            let pairs = coefficients.iter().zip(&basis).filter(|(c, _)| !c.is_zero());
            let seen: Rational = pairs.map(|(c, b)| c * &b[0]).sum();
            let mut row = vec![&form[0] - seen];
            row.extend(coefficients);
            row
        };
        let rows = forms.iter().zip(coefficients).map(row).collect();
        Some(Self { basis, rows })
    }

    /// The number of coordinates.
    pub fn dimension(&self) -> usize {
        self.basis.len()
    }

    /// An input with these coordinates. Cost: one linear system.
    pub fn point(&self, coordinates: &[Rational]) -> Vec<Rational> {
        let rows = self.basis.iter().map(|row| row[1..].to_vec()).collect();
        let values: Vec<Rational> =
            coordinates.iter().zip(&self.basis).map(|(y, row)| y - &row[0]).collect();
        Matrix::from_rows(rows).solve(&values).expect("the chosen forms are independent")
    }
}
