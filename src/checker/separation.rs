//! Kind `separation`: a linear form strictly separates labelled points, or none does.
//!
//! The evidence is the form, or multipliers by which the points cancel (Gordan).

use crate::fraction::{Fraction, Table, show};
use crate::integer::{Exact, Integer};
use crate::reader::Checker;
use crate::verdict::{Checked, Proved};

/// `dimension`, `forms`, `expect`, a line `point` for each point; proof: `weights`, `multipliers`.
impl<'a> Checker<'a> {
    pub(super) fn separation(&mut self) -> Checked<Proved<'a>> {
        let dimension = self.count("dimension")?;
        let forms = self.choice("forms", ["affine", "homogeneous"])?;
        let separable = self.choice("expect", ["separable", "inseparable"])? == "separable";
        let (mut rows, mut proof) = (vec![self.point(forms, dimension)?], self.rest);
        let proof = loop {
            let (keyword, words) = self.one_of(&["point", "proof"])?;
            if keyword == "proof" {
                self.nothing_more("proof", &words)?;
                break proof;
            }
            rows.push(self.row(&words, forms, dimension)?);
            proof = self.rest;
        };
        let points = self.table(rows)?;
        if separable {
            self.separates(&points)?;
        } else {
            self.cancels(&points)?;
        }
        self.bare("end")?;
        let fact = format!(
            "{} {forms} form strictly separates the labelled points (dimension {dimension}, \
             points {})",
            if separable { "some" } else { "no" },
            points.rows.len()
        );
        Ok((proof, fact))
    }

    fn point(&mut self, forms: &str, dimension: usize) -> Checked<Vec<Fraction>> {
        let words = self.words("point")?;
        self.row(&words, forms, dimension)
    }

    /// `y_i (1, x_i)`, without the 1 for homogeneous forms.
    fn row(&mut self, words: &[&str], forms: &str, dimension: usize) -> Checked<Vec<Fraction>> {
        let is_positive = match words.first() {
            Some(&"+") => true,
            Some(&"-") => false,
            _ => return Err(self.malformed("a label + or -", &words.join(" "))),
        };
        let mut row = self.fractions(&words[1..], dimension..=dimension)?;
        if forms == "affine" {
            row.insert(0, Fraction { num: Integer::ONE, den: Integer::ONE });
        }
        if !is_positive {
            row.iter_mut().for_each(|entry| entry.num = -std::mem::take(&mut entry.num));
        }
        Ok(row)
    }

    /// Every point lies strictly on its own side of the weights.
    fn separates(&mut self, points: &Table) -> Checked<()> {
        let width = points.rows[0].len();
        let weights = self.numbers("weights", width..=width)?;
        let weights = self.table(vec![weights])?;
        for (i, row) in points.rows.iter().enumerate() {
            let margin = self.dot(row.iter().zip(&weights.rows[0]))?;
            if !margin.is_positive() {
                let den = self.product(&points.den, &weights.den)?;
                let expected = format!("a positive margin at point {}", i + 1);
                return Err(self.is_false(expected, show(&margin, &den)));
            }
        }
        Ok(())
    }

    /// Gordan: a nonnegative combination, not all zero, of the `y_i (1, x_i)` vanishes.
    fn cancels(&mut self, points: &Table) -> Checked<()> {
        let count = points.rows.len();
        let multipliers = self.numbers("multipliers", count..=count)?;
        let multipliers = self.table(vec![multipliers])?;
        let [multipliers, den] = [&multipliers.rows[0], &vec![multipliers.den]];
        if let Some(i) = multipliers.iter().position(Integer::is_negative) {
            let found = show(&multipliers[i], &den[0]);
            return Err(self.is_false(format!("multiplier {} not negative", i + 1), found));
        }
        if multipliers.iter().all(Integer::is_zero) {
            return Err(self.is_false("a positive multiplier", "none"));
        }
        for j in 0..points.rows[0].len() {
            let column = points.rows.iter().map(|row| &row[j]);
            let sum = self.dot(multipliers.iter().zip(column))?;
            if !sum.is_zero() {
                let den = self.product(&points.den, &den[0])?;
                let expected = format!("a combination that vanishes in place {}", j + 1);
                return Err(self.is_false(expected, show(&sum, &den)));
            }
        }
        Ok(())
    }
}
