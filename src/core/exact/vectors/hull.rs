//! A box around many points at once, so that a form which is far from zero there is asked once.

use super::{FLOOR, MARGIN, ULP, Vectors};
use std::cmp::Ordering;

/// A box: the middle of each side, and half of its length, or more.
#[derive(Clone, Debug, Default)]
pub struct Hull {
    middle: Vec<f64>,
    half: Vec<f64>,
}

impl Vectors {
    /// Writes a box that contains the points `x / x_0` of these vectors; `false` if it is not
    /// proved that each of them has a positive entry 0. Cost: a division an entry.
    ///
    /// A shadow `s` with the error `e` is a vector up to a positive factor, so `x_i / x_0` is
    /// within `e (1 + |s_i / s_0|) / (s_0 - e)` of `s_i / s_0`. Two roundings and underflows are
    /// less than what is charged beside that.
    pub fn hull(&self, of: impl Iterator<Item = usize>, hull: &mut Hull) -> bool {
        let n = self.length - 1;
        let (low, high) = (&mut hull.middle, &mut hull.half);
        low.clear();
        low.resize(n, f64::INFINITY);
        high.clear();
        high.resize(n, f64::NEG_INFINITY);
        for index in of {
            let (shadow, error) = (self.shadow(index), self.error[index]);
            let least = shadow[0] - error * MARGIN;
            // Also where the error is infinite, or the vector is at infinity.
            if least.is_nan() || least <= 2.0 * FLOOR {
                return false;
            }
            for ((low, high), entry) in low.iter_mut().zip(&mut *high).zip(&shadow[1..]) {
                let x = entry / shadow[0];
                let lost = (error * (1.0 + x.abs()) / least + 4.0 * ULP * x.abs()) * MARGIN + FLOOR;
                (*low, *high) = (low.min(x - lost), high.max(x + lost));
            }
        }
        for (low, high) in low.iter_mut().zip(high) {
            let middle = 0.5 * *low + 0.5 * *high;
            *high = (*high - middle).max(middle - *low) * MARGIN + FLOOR;
            *low = middle;
        }
        true
    }

    /// The sign of a form on all of a box, if the shadow tells; never zero.
    ///
    /// The product with the middle is charged as in [`Vectors::side`]: `(n + 2) ULP` of the sizes
    /// of its terms, and the error of the shadow for each entry.
    pub fn side_of_hull(&self, form: usize, hull: &Hull) -> Option<Ordering> {
        let (first, rest) = self.shadow(form).split_first()?;
        let (mut value, mut reach, mut size) = (*first, 0.0, 1.0);
        for ((a, middle), half) in rest.iter().zip(&hull.middle).zip(&hull.half) {
            value += a * middle;
            reach += a.abs() * half;
            size += middle.abs() + half;
        }
        // No entry of a shadow exceeds one.
        let lost = ((self.length as f64 + 2.0) * ULP + self.error[form]) * size;
        let is_far = value.abs() > (reach + lost) * MARGIN + FLOOR;
        is_far.then_some(if value > 0.0 { Ordering::Greater } else { Ordering::Less })
    }
}
