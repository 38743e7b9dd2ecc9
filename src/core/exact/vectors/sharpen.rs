//! Vertices from the hyperplanes through them, in doubles with a verified error.
//!
//! What is combined from two vectors has their errors, and where these lie close together, as in
//! small cells, they grow from one to the next. A vertex that is computed from the forms that
//! vanish on it has no history.
//!
//! # The bound
//!
//! Let `A` be the exact matrix of `n` normals, each scaled like its shadow, and `c` their
//! constants; the shadows have errors `f` in each entry. `B` is any matrix, about the inverse of
//! the shadows'. If `|1 - B A| <= r < 1` in the maximum norm of rows, then `A` has an inverse, the
//! vertex `-A^-1 c` is the only common zero, and for any point `x` `|x + A^-1 c| = |(B A)^-1 B (A x
//! + c)| <= |B (A x + c)| / (1 - r)`.
//!
//! *`r`.* Entries of shadows are at most one. A row `b` of `B` times a column errs by at most
//! `(n + 1) u |b|` by its roundings, where `|b|` is the sum of sizes, and by `sum |b_k| f_k` by the
//! shadows; this happens `n` times, and `(n + 2) ULP` is charged for `(n + 1) u`. If `r < 1/4` then
//! `|b|` is at least a half, so what products lose that underflow, `n^2 2^-1074`, is far below what
//! is charged in excess.
//!
//! *The rest* `A x + c` errs by `(n + 1) u` of the sizes of its terms, by `f (1 + |x|)`, and by
//! underflows of less than `FLOOR`.
//!
//! Comparisons are such that what is not a number, or infinite, is refused. The vector `(1, x)` is
//! scaled by a power of two; an entry that becomes subnormal errs by `2^-1074`, which `MARGIN`
//! times an error of at least a fraction of `FLOOR` covers.
//!
//! *Direction.* A vector combined from two that are not negative at entry 0, with factors of one
//! sign, is not negative there. The forms vanish on it and on `(1, x)`, and on one line only: so it
//! is a positive multiple of `(1, x)`.

use super::{COARSE, FINE, FLOOR, MARGIN, ULP, Vectors, unit_scale};

/// Vertices in more dimensions are combined from others.
const DIMENSIONS: usize = 8;
/// Hyperplanes beyond this number are not asked.
const WALLS: usize = 24;

/// The greater of two, or what is not a number.
fn worse(a: f64, b: f64) -> f64 {
    if a.is_nan() || b <= a { a } else { b }
}

type Square = [[f64; DIMENSIONS]; DIMENSIONS];

impl Vectors {
    /// Whether the shadow of a vector is worse than [`Self::sharpen`] may make it.
    pub fn is_blurred(&self, index: usize) -> bool {
        self.error[index] > FINE
    }

    /// Computes the shadow of vector `index` from forms that vanish on it, if that is better.
    ///
    /// The vector was just combined from two on different sides of a form; entry 0 of neither is
    /// negative. Cost: a small matrix is inverted.
    pub fn sharpen(&mut self, forms: &Self, on: &[usize], index: usize) {
        let n = self.length - 1;
        if !(2..=DIMENSIONS).contains(&n) || !(n..=WALLS).contains(&on.len()) {
            return;
        }
        let mut walls = [0; DIMENSIONS];
        match on.len() == n {
            true => walls[..n].copy_from_slice(on),
            false if forms.independent(on, &mut walls[..n]) => {}
            false => return,
        }
        let Some((point, error)) = forms.vertex(&walls[..n]) else { return };
        let greatest = point[..n].iter().fold(1.0f64, |most, x| most.max(x.abs()));
        let factor = unit_scale(greatest);
        let error = error * factor * MARGIN;
        if error < self.error[index] {
            let shadow = &mut self.shadow[index * self.length..][..self.length];
            shadow[0] = factor;
            shadow[1..].iter_mut().zip(&point).for_each(|(entry, x)| *entry = x * factor);
            self.size[index] = shadow.iter().map(|x| x.abs()).sum();
            self.error[index] = error;
        }
    }

    /// Proposes as many of these forms as there are places, with independent normals.
    fn independent(&self, on: &[usize], walls: &mut [usize]) -> bool {
        let n = walls.len();
        let mut rows = [[0.0; DIMENSIONS]; WALLS];
        for (row, &form) in rows.iter_mut().zip(on) {
            row[..n].copy_from_slice(&self.shadow(form)[1..]);
        }
        let mut left: Vec<usize> = (0..on.len()).collect();
        for wall in walls {
            let (mut best, mut place) = (0.0, (0, 0));
            for (i, &row) in left.iter().enumerate() {
                for (j, x) in rows[row][..n].iter().enumerate() {
                    if x.abs() > best {
                        (best, place) = (x.abs(), (i, j));
                    }
                }
            }
            if best == 0.0 {
                return false;
            }
            let row = left.swap_remove(place.0);
            let pivot = rows[row];
            *wall = on[row];
            for &other in &left {
                let factor = rows[other][place.1] / pivot[place.1];
                (0..n).for_each(|j| rows[other][j] -= factor * pivot[j]);
                rows[other][place.1] = 0.0;
            }
        }
        true
    }

    /// The point where these forms vanish, as many as coordinates, and a bound on the error of each
    /// coordinate; `None` if they are not proved to have one common point, or the bound is coarse.
    fn vertex(&self, walls: &[usize]) -> Option<([f64; DIMENSIONS], f64)> {
        let n = walls.len();
        let rounding = (n as f64 + 2.0) * ULP;
        let inverse = self.inverse(walls)?;
        let mut point = [0.0; DIMENSIONS];
        for (x, row) in point[..n].iter_mut().zip(&inverse) {
            for (b, &wall) in row.iter().zip(walls) {
                *x -= b * self.shadow(wall)[0];
            }
        }
        let size: f64 = point[..n].iter().map(|x| x.abs()).sum();
        // How far the exact forms are from zero at the point.
        let mut rest = [0.0; DIMENSIONS];
        for (rest, &wall) in rest.iter_mut().zip(walls) {
            let row = self.shadow(wall);
            let (mut value, mut terms) = (row[0], row[0].abs());
            for (a, x) in row[1..].iter().zip(&point) {
                value += a * x;
                terms += (a * x).abs();
            }
            *rest = value.abs() + rounding * terms + self.error[wall] * (1.0 + size) + FLOOR;
        }
        // How far the product with the inverse is from the unit matrix, and the error.
        let (mut far, mut error) = (0.0f64, 0.0f64);
        for (i, row) in inverse[..n].iter().enumerate() {
            let mut distance = 0.0;
            for j in 0..n {
                let mut entry = if i == j { -1.0 } else { 0.0 };
                for (b, &wall) in row.iter().zip(walls) {
                    entry += b * self.shadow(wall)[1 + j];
                }
                distance += entry.abs();
            }
            let (mut lost, mut shift) = (0.0, 0.0);
            for ((b, &wall), rest) in row.iter().zip(walls).zip(&rest) {
                lost += b.abs() * (rounding + self.error[wall]);
                shift += b.abs() * rest;
            }
            distance += n as f64 * lost;
            (far, error) = (worse(far, distance), worse(error, shift));
        }
        let error = error * MARGIN / (1.0 - far * MARGIN);
        (far < 0.25 && error < COARSE).then_some((point, error))
    }

    /// About the inverse of the matrix of the normals.
    fn inverse(&self, walls: &[usize]) -> Option<Square> {
        let n = walls.len();
        let (mut a, mut b) = ([[0.0; DIMENSIONS]; DIMENSIONS], [[0.0; DIMENSIONS]; DIMENSIONS]);
        for (i, &wall) in walls.iter().enumerate() {
            a[i][..n].copy_from_slice(&self.shadow(wall)[1..]);
            b[i][i] = 1.0;
        }
        for j in 0..n {
            let by_size = |&p: &usize, &q: &usize| a[p][j].abs().total_cmp(&a[q][j].abs());
            let pivot = (j..n).max_by(by_size)?;
            a.swap(j, pivot);
            b.swap(j, pivot);
            let lead = a[j][j];
            if lead == 0.0 {
                return None;
            }
            (0..n).for_each(|k| {
                a[j][k] /= lead;
                b[j][k] /= lead;
            });
            for i in (0..n).filter(|&i| i != j) {
                let factor = a[i][j];
                (0..n).for_each(|k| {
                    a[i][k] -= factor * a[j][k];
                    b[i][k] -= factor * b[j][k];
                });
            }
        }
        Some(b)
    }
}
