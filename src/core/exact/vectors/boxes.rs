//! What vectors, read as affine forms `[constant, coefficients..]`, are at points and on boxes, as
//! far as their shadows can tell.
//!
//! # The bounds
//!
//! A sum of `n` products, of doubles that are what they are, errs by at most `(n + 1) ULP` of the
//! sizes of its terms and by underflows of less than [`FLOOR`]. An entry of a shadow is within its
//! error of the entry of the form, times a positive factor of the form; so a value at `x` is within
//! that error times `1 + |x|`, where `|x|` is the sum of sizes. A combination of shadows with `m`
//! weights errs in each entry by the weighted errors and by `(m + 1) ULP` of the weights, since no
//! entry exceeds one. What is infinite or not a number bounds nothing, and is believed by nobody.

use super::{FLOOR, MARGIN, ULP, Vectors};
use std::cmp::Ordering;

/// A box in doubles.
#[derive(Clone, Debug)]
pub struct NearBox {
    /// Not above the lower ends; infinite where there is none.
    pub lower: Vec<f64>,
    /// Not below the upper ends.
    pub upper: Vec<f64>,
}

impl Vectors {
    /// Whether vector `index` is zero, if it was pushed or hidden.
    pub fn vanishes(&self, index: usize) -> bool {
        self.size[index] == 0.0 && self.error[index] == 0.0
    }

    /// About a positive multiple of the entries of vector `index`: a proposal.
    pub fn near(&self, index: usize) -> &[f64] {
        self.shadow(index)
    }

    /// The sign of a form at a point, if the shadow tells it.
    pub fn sign_at(&self, form: usize, x: &[f64]) -> Option<Ordering> {
        let (constant, rates) = self.shadow(form).split_first()?;
        let (mut value, mut terms, mut size) = (*constant, constant.abs(), 1.0);
        for (a, x) in rates.iter().zip(x) {
            let product = a * x;
            value += product;
            terms += product.abs();
            size += x.abs();
        }
        let rounding = (self.length as f64 + 2.0) * ULP * terms;
        let error = (rounding + self.error[form] * size + FLOOR) * MARGIN;
        (value.abs() > error).then_some(if value > 0.0 {
            Ordering::Greater
        } else {
            Ordering::Less
        })
    }

    /// A bound from above, on a box, of a sum of forms with positive factors of their own and these
    /// weights; infinite if none is known.
    pub fn most_on(&self, forms: &[(usize, f64)], sides: &NearBox) -> f64 {
        let mut sum = vec![0.0; self.length];
        let (mut weights, mut error) = (0.0, 0.0);
        for &(form, weight) in forms {
            sum.iter_mut().zip(self.shadow(form)).for_each(|(y, x)| *y += weight * x);
            weights += weight.abs();
            error += weight.abs() * self.error[form];
        }
        // One form, as it is or turned around, is not rounded.
        if !matches!(forms, [(_, 1.0 | -1.0)]) || error > 0.0 {
            error += (forms.len() as f64 + 2.0) * ULP * weights + FLOOR;
        }
        let (mut value, mut terms, mut size) = (sum[0], sum[0].abs(), 1.0);
        for (a, (lo, hi)) in sum[1..].iter().zip(sides.lower.iter().zip(&sides.upper)) {
            size += lo.abs().max(hi.abs());
            if *a != 0.0 {
                let most = if *a > 0.0 { a * hi } else { a * lo };
                value += most;
                terms += most.abs();
            }
        }
        // A side without an end leaves no bound, unless the form is constant.
        let lost = if error == 0.0 { 0.0 } else { error * size };
        let rounding = (self.length as f64 + 2.0) * ULP * terms;
        let bound = value + (rounding + lost + FLOOR) * MARGIN;
        if bound.is_nan() { f64::INFINITY } else { bound }
    }
}
