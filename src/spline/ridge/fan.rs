//! Pencils in doubles: where a dual function seems to be greatest. Nothing here decides.

use super::cost::Norm;
use super::data::Data;
use super::pencil::{Atom, Pencil};
use crate::exact::Rational;
use crate::exact::float::{dyadic, nearest};
use crate::exact::linear::dot;

/// All pencils of a data set.
pub(super) struct Fans<'a> {
    data: &'a Data,
    pencils: &'a [Pencil],
    fans: Vec<Fan>,
    on_circle: bool,
}

impl<'a> Fans<'a> {
    /// With `behind` where units that face opposite ways differ.
    pub fn new(pencils: &'a [Pencil], data: &'a Data, norm: Norm, behind: bool) -> Self {
        let fans = pencils.iter().map(|pencil| Fan::new(pencil, data, norm, behind)).collect();
        Self { data, pencils, fans, on_circle: norm == Norm::L2 }
    }

    /// The unit of each pencil with the greatest dual value over norm, if that is above `least`;
    /// the greatest first. Of several outputs, each with its multipliers, the length counts.
    pub fn promising(&self, z: &[Vec<f64>], least: f64) -> Vec<(f64, Atom)> {
        let consider = |(pencil, fan): (&Pencil, &Fan)| {
            let origin = &self.data.points()[pencil.point];
            if self.on_circle {
                let (value, [x, y]) = fan.best_on_circle(&z[0]);
                // A grid so fine that the norm errs by less than a millionth of a millionth.
                let grid = |x: f64| dyadic((x * 1_048_576.0).round());
                let (x, y) = (grid(x)?, grid(y)?);
                return (value > least).then(|| (value, Atom::at(vec![x, y], origin)));
            }
            let (value, ray, behind) = fan.best(z);
            (value > least).then(|| {
                let atom = Atom::at(pencil.direction(&pencil.rays[ray].w), origin);
                (value, if behind { atom.opposite() } else { atom })
            })
        };
        let mut found: Vec<(f64, Atom)> =
            self.pencils.iter().zip(&self.fans).filter_map(consider).collect();
        found.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
        found.dedup_by(|a, b| a.1 == b.1);
        found
    }
}

/// A pencil in doubles.
struct Fan {
    /// Coordinates of each critical direction, and the inverse of its norm.
    rays: Vec<([f64; 2], f64)>,
    /// For each ray the end of its part of `toggles`.
    ends: Vec<usize>,
    /// The points whose side changes at a ray, with their offsets and the sign.
    toggles: Vec<(usize, [f64; 2])>,
    offsets_first: Vec<(usize, [f64; 2])>,
    all: Vec<(usize, [f64; 2])>,
}

impl Fan {
    fn new(pencil: &Pencil, data: &Data, norm: Norm, behind: bool) -> Self {
        let float = |p: &[Rational; 2]| [nearest(&p[0]), nearest(&p[1])];
        let offsets = pencil.offsets(data);
        let mut fan = Self {
            rays: Vec::new(),
            ends: Vec::new(),
            toggles: Vec::new(),
            offsets_first: Vec::new(),
            all: Vec::new(),
        };
        for (index, ray) in pencil.rays.iter().enumerate() {
            let direction = pencil.direction(&ray.w);
            fan.rays.push((float(&ray.w), 1.0 / float_norm(norm, &direction)));
            for &i in &ray.members {
                let p = &offsets[i];
                let enters = (&ray.w[0] * &p[1] - &ray.w[1] * &p[0]).is_positive();
                let p = float(p);
                fan.toggles.push((i, if enters { p } else { [-p[0], -p[1]] }));
            }
            fan.ends.push(fan.toggles.len());
            if index == 0 {
                let first = offsets.iter().enumerate().filter(|(_, p)| ray.comes_after(p));
                fan.offsets_first = first.map(|(i, p)| (i, float(p))).collect();
            }
        }
        if behind {
            fan.all = offsets.iter().enumerate().map(|(i, p)| (i, float(p))).collect();
        }
        fan
    }

    /// The greatest length of the dual values over the norm at a ray: length, ray, whether behind.
    fn best(&self, z: &[Vec<f64>]) -> (f64, usize, bool) {
        let mut lengths = vec![[0.0f64; 2]; self.rays.len()];
        z.iter().for_each(|z| self.lengthen(z, &mut lengths));
        let mut best = (0.0, 0, false);
        for (ray, (lengths, (_, inverse))) in lengths.iter().zip(&self.rays).enumerate() {
            for (length, is_behind) in lengths.iter().zip([false, true]) {
                if length * inverse > best.0 {
                    best = (length * inverse, ray, is_behind);
                }
            }
        }
        best
    }

    /// Adds the dual values of one more output, ahead of each ray and behind it.
    fn lengthen(&self, z: &[f64], lengths: &mut [[f64; 2]]) {
        let sum = |terms: &[(usize, [f64; 2])]| {
            terms.iter().fold([0.0; 2], |s, (i, p)| [s[0] + z[*i] * p[0], s[1] + z[*i] * p[1]])
        };
        let (mut beyond, all) = (sum(&self.offsets_first), sum(&self.all));
        let mut start = 0;
        for (((w, _), end), lengths) in self.rays.iter().zip(&self.ends).zip(lengths) {
            let ahead = beyond[0] * w[0] + beyond[1] * w[1];
            let behind = ahead - (all[0] * w[0] + all[1] * w[1]);
            for (length, value) in lengths.iter_mut().zip([ahead, behind]) {
                *length = length.hypot(value);
            }
            for (i, p) in &self.toggles[start..*end] {
                beyond = [beyond[0] + z[*i] * p[0], beyond[1] + z[*i] * p[1]];
            }
            start = *end;
        }
    }

    /// The same over the arcs between rays, for the Euclidean norm in the plane itself: the
    /// greatest value and its direction.
    fn best_on_circle(&self, z: &[f64]) -> (f64, [f64; 2]) {
        let sum = |terms: &[(usize, [f64; 2])]| {
            terms.iter().fold([0.0; 2], |s, (i, p)| [s[0] + z[*i] * p[0], s[1] + z[*i] * p[1]])
        };
        let (mut beyond, all) = (sum(&self.offsets_first), sum(&self.all));
        let mut best = (0.0, [1.0, 0.0]);
        let mut consider = |s: [f64; 2], w: [f64; 2], next: [f64; 2], sign: f64| {
            let size = s[0].hypot(s[1]);
            for g in [s, [-s[0], -s[1]]] {
                // Inside the arc from w to next, both excluded.
                let is_between =
                    w[0] * g[1] - w[1] * g[0] > 0.0 && g[0] * next[1] - g[1] * next[0] > 0.0;
                if is_between && size > best.0 {
                    best = (size, [sign * g[0] / size, sign * g[1] / size]);
                }
            }
            let value = (s[0] * w[0] + s[1] * w[1]).abs() / w[0].hypot(w[1]);
            if value > best.0 {
                best = (value, [sign * w[0], sign * w[1]]);
            }
        };
        let mut start = 0;
        for (ray, ((w, _), end)) in self.rays.iter().zip(&self.ends).enumerate() {
            for (i, p) in &self.toggles[start..*end] {
                beyond = [beyond[0] + z[*i] * p[0], beyond[1] + z[*i] * p[1]];
            }
            start = *end;
            let turned = self.rays[0].0.map(|x| -x);
            let next = self.rays.get(ray + 1).map_or(turned, |(next, _)| *next);
            consider(beyond, *w, next, 1.0);
            consider([beyond[0] - all[0], beyond[1] - all[1]], *w, next, -1.0);
        }
        best
    }
}

/// The norm in doubles.
pub(super) fn float_norm(norm: Norm, w: &[Rational]) -> f64 {
    norm.polyhedral(w).map_or_else(|| nearest(&dot(w, w)).sqrt(), |norm| nearest(&norm))
}
