//! Coordinates in which the first rows of a network are coordinates themselves.
//!
//! All that a network sees of its input are the forms of its first affine layers. Where few of them
//! depend on the others, independent ones make better coordinates than the inputs: directions that
//! no form sees are gone, and what a convolution leaves zero is zero, without a cancellation.

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
    /// The frame of some forms; `None` if they depend on each other too much to gain by it.
    pub fn of(forms: &[Vec<Rational>]) -> Option<Self> {
        let dimension = forms.first()?.len() - 1;
        if forms.len() > (dimension + dimension / 4).min(LARGEST) {
            return None;
        }
        let mut chosen: Vec<usize> = Vec::new();
        // Reduced rows of the chosen ones, each with its pivot, to test independence.
        let mut reduced: Vec<(usize, Vec<Rational>)> = Vec::new();
        for (i, form) in forms.iter().enumerate() {
            let mut rest = form[1..].to_vec();
            for (pivot, row) in &reduced {
                let factor = rest[*pivot].clone();
                if !factor.is_zero() {
                    rest.iter_mut().zip(row).for_each(|(x, r)| *x -= &factor * r);
                }
            }
            if let Some(pivot) = rest.iter().position(|x| !x.is_zero()) {
                let lead = rest[pivot].recip();
                rest.iter_mut().for_each(|x| *x *= &lead);
                reduced.push((pivot, rest));
                chosen.push(i);
            }
        }
        if forms.len() > chosen.len() + chosen.len() / 4 {
            return None;
        }
        let basis: Vec<Vec<Rational>> = chosen.iter().map(|&i| forms[i].clone()).collect();
        let columns = Matrix::from_rows(basis.iter().map(|row| row[1..].to_vec()).collect());
        let columns = columns.transpose();
        let row = |(i, form): (usize, &Vec<Rational>)| {
            let coefficients = match chosen.iter().position(|&c| c == i) {
                Some(unit) => {
                    (0..chosen.len()).map(|j| Rational::from(i64::from(j == unit))).collect()
                }
                None => columns.solve(&form[1..]).expect("the row depends on the chosen ones"),
            };
            let seen: Rational = coefficients.iter().zip(&basis).map(|(c, b)| c * &b[0]).sum();
            let mut row = vec![&form[0] - seen];
            row.extend(coefficients);
            row
        };
        let rows = forms.iter().enumerate().map(row).collect();
        Some(Self { basis, rows })
    }

    /// The number of coordinates.
    pub fn dimension(&self) -> usize {
        self.basis.len()
    }

    /// Some input with these coordinates.
    pub fn point(&self, coordinates: &[Rational]) -> Vec<Rational> {
        let rows = self.basis.iter().map(|row| row[1..].to_vec()).collect();
        let values: Vec<Rational> =
            coordinates.iter().zip(&self.basis).map(|(y, row)| y - &row[0]).collect();
        Matrix::from_rows(rows).solve(&values).expect("the chosen forms are independent")
    }
}
