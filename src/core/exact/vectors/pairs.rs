//! Which pairs of signs two forms take inside a cone.

use super::{MARGIN, Side, Vectors};
use std::cmp::Ordering;

/// A pair of signs that no vector has: how close to the quadrant they come beside either axis.
#[derive(Clone, Copy)]
struct Quadrant {
    /// Bounds on the least `|v| / |s|` of the vectors beyond the first axis.
    first: [f64; 2],
    /// Bounds on the least `|s| / |v|` of the vectors beyond the second axis.
    second: [f64; 2],
}

impl Quadrant {
    const EMPTY: Self = Self { first: [f64::INFINITY; 2], second: [f64::INFINITY; 2] };

    fn add(&mut self, [s, v]: &[Side; 2], corner: [Ordering; 2]) {
        match [s.sign == corner[0], v.sign == corner[1]] {
            [true, false] => lower(&mut self.first, v.over(s)),
            [false, true] => lower(&mut self.second, s.over(v)),
            _ => {}
        }
    }

    /// Whether the open quadrant meets the cone, if no vector is inside; `None` if it is too close.
    ///
    /// `(s, -a s)` and `(-b v, v)` have a positive combination inside if and only if `a b < 1`.
    /// A product of bounds that over- or underflows is on the right side of one; of infinity and
    /// zero it is not a number, and tells nothing.
    fn is_hit(&self) -> Option<bool> {
        let [least, most] = [0, 1].map(|i| self.first[i] * self.second[i]);
        match most * MARGIN < 1.0 {
            true => Some(true),
            false => (least > MARGIN).then_some(false),
        }
    }
}

fn lower(bounds: &mut [f64; 2], other: [f64; 2]) {
    for (bound, other) in bounds.iter_mut().zip(other) {
        *bound = bound.min(other);
    }
}

impl Side {
    /// Bounds on the quotient of two products with one vector, without their signs; the divisor is
    /// not zero.
    ///
    /// The error of a product that is not zero is [`super::FLOOR`] or more, and no product exceeds
    /// [`super::LONGEST`]: what is left of one above its error is a multiple of an ulp of `FLOOR`,
    /// and the quotients are between `2^-900` and `2^900`, or zero, or infinite because nothing is
    /// left. So [`MARGIN`] covers the roundings. An infinite bound says nothing, as it must.
    fn over(&self, divisor: &Self) -> [f64; 2] {
        if self.sign == Ordering::Equal {
            return [0.0; 2];
        }
        let (a, b) = (self.value.abs(), divisor.value.abs());
        let least = (a - self.error).max(0.0) / (b + divisor.error);
        let most = match b > divisor.error {
            true => (a + self.error) / (b - divisor.error),
            false => f64::INFINITY,
        };
        [least / MARGIN, most * MARGIN]
    }
}

impl Vectors {
    /// How many pairs of signs two forms take on the interior of the cone that vectors span, if
    /// each of them takes both signs there: 4, 3, or `None` if the shadows do not tell.
    ///
    /// The image of the cone under the two forms is a cone in the plane. It is the plane, and there
    /// are four pairs; or a half plane or less, and there are three; or a line, and there are two,
    /// which no shadow can tell. Beside each vector stand the signs of the forms on it. Cost: two
    /// products a vector, unless some vector is inside each quadrant.
    pub fn sign_pairs(
        &mut self,
        forms: &Self,
        form: [usize; 2],
        cone: impl Iterator<Item = (usize, [Ordering; 2])> + Clone,
    ) -> Option<u64> {
        use Ordering::{Greater, Less};
        let corners = [[Greater, Greater], [Greater, Less], [Less, Greater], [Less, Less]];
        let mut open = [true; 4];
        for (_, signs) in cone.clone() {
            open.iter_mut().zip(corners).for_each(|(open, corner)| *open &= signs != corner);
        }
        let mut quadrants = [Quadrant::EMPTY; 4];
        if open.contains(&true) {
            for (index, signs) in cone {
                // A vector beyond both axes of a quadrant says nothing about it.
                let beside =
                    |corner: [Ordering; 2]| (signs[0] == corner[0]) != (signs[1] == corner[1]);
                if !open.iter().zip(corners).any(|(open, corner)| *open && beside(corner)) {
                    continue;
                }
                let sides = self.sides(forms, form, index, signs);
                for (quadrant, corner) in quadrants.iter_mut().zip(corners) {
                    quadrant.add(&sides, corner);
                }
            }
        }
        (0..4).try_fold(0, |pairs, i| Some(pairs + u64::from(!open[i] || quadrants[i].is_hit()?)))
    }

    /// At how many different points of the segment between two vectors these forms vanish, each
    /// positive at one end and negative at the other; `None` if the shadows do not tell.
    ///
    /// Cost: two products a form, and a sort.
    pub fn points_between(
        &mut self,
        forms: &Self,
        list: &[usize],
        ends: [usize; 2],
    ) -> Option<u64> {
        let mut before = self.casts;
        let side = |this: &mut Self, form: usize| ends.map(|end| this.side(forms, form, end));
        let mut sides: Vec<_> = list.iter().map(|&form| side(self, form)).collect();
        if self.casts != before {
            // A shadow that was cast in between has another scale; once more, and none is cast.
            before = self.casts;
            sides = list.iter().map(|&form| side(self, form)).collect();
        }
        if self.casts != before {
            return None;
        }
        let mut points: Vec<[f64; 2]> = sides.iter().map(|[a, b]| a.over(b)).collect();
        points.sort_unstable_by(|a, b| a[0].total_cmp(&b[0]));
        let apart = |pair: &[[f64; 2]]| pair[0][1] < pair[1][0];
        points.windows(2).all(apart).then_some(points.len() as u64)
    }

    /// The sides of two forms on which a vector lies, on one scale; the signs are known.
    fn sides(
        &mut self,
        forms: &Self,
        form: [usize; 2],
        index: usize,
        signs: [Ordering; 2],
    ) -> [Side; 2] {
        let mut at = |i: usize| match signs[i] {
            Ordering::Equal => (Side::ZERO, self.casts),
            _ => (self.side(forms, form[i], index), self.casts),
        };
        let ((first, before), (second, after)) = (at(0), at(1));
        // A shadow that was cast in between has another scale. Casting it again changes nothing.
        match before == after {
            true => [first, second],
            false => [at(0).0, second],
        }
    }
}
