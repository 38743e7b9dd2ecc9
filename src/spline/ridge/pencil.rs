//! The critical units for a data set: every maximum of a dual function over all units is at one.
//!
//! With multipliers `z` of the points, the dual function of a unit is
//! `eta(u, t) = sum_i z_i relu(<u, x_i> - t)`. For a direction u it is piecewise linear in t, so it
//! is greatest at some `t = <u, x_j>`. There it is linear in u on every cell of the hyperplanes
//! `<u, x_i - x_j> = 0`, and so is a polyhedral norm on the cells of a few hyperplanes of its own:
//! the quotient of both is greatest on an edge of a cell. Edges are found plane by plane: all but
//! one of the hyperplanes that meet in an edge leave a plane, in which the rest is a sort by angle.

use super::cost::Norm;
use super::data::Data;
use super::fit::{FitError, MOST_UNITS};
use super::watch::Watch;
use crate::exact::linear::{Matrix, dot};
use crate::exact::{IntegerRow, Rational};
use std::cmp::Ordering;

/// A critical unit: its threshold is `<direction, x_j>` for a point.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Atom {
    /// Integers without a common divisor, where the unit is critical.
    pub direction: Vec<Rational>,
    pub threshold: Rational,
}

impl Atom {
    /// The atom of this direction at a point.
    pub fn at(direction: Vec<Rational>, point: &[Rational]) -> Self {
        let direction = IntegerRow::new(direction.iter()).coprime();
        let threshold = dot(&direction, point);
        Self { direction, threshold }
    }

    /// The atom that faces the other way.
    pub fn opposite(&self) -> Self {
        let direction = self.direction.iter().map(|u| -u).collect();
        Self { direction, threshold: -&self.threshold }
    }

    /// `<u, x> - t`.
    pub fn form(&self, x: &[Rational]) -> Rational {
        dot(&self.direction, x) - &self.threshold
    }

    /// Its values at the points.
    pub fn features(&self, data: &Data) -> Vec<Rational> {
        data.points().iter().map(|x| self.form(x).max(Rational::ZERO)).collect()
    }
}

/// A point j and a plane of directions, with the critical directions of the plane over half a turn.
pub(super) struct Pencil {
    pub point: usize,
    /// Integers.
    plane: [Vec<Rational>; 2],
    pub rays: Vec<Ray>,
}

/// A critical direction.
pub(super) struct Ray {
    /// Its coordinates in the plane.
    pub w: [Rational; 2],
    /// The points i with `<u, x_i - x_j> = 0`, other than those on the whole plane.
    pub members: Vec<usize>,
}

impl Ray {
    /// Whether `<u, p>` is positive for the directions just before the ray.
    pub fn comes_after(&self, p: &[Rational; 2]) -> bool {
        let along = times(p, &self.w);
        along.is_positive() || along.is_zero() && cross(&self.w, p).is_negative()
    }
}

/// What a sweep finds at a ray.
pub(super) struct Sight<'a> {
    pub ray: usize,
    /// The sum of `z_i (x_i - x_j)` over the points beyond, in the coordinates of the plane, which
    /// gives the dual function from this ray to the next.
    pub after: &'a [Rational; 2],
    /// The dual function at the ray.
    pub ahead: Rational,
    /// At the opposite of the ray.
    pub behind: Rational,
}

type Pair = [Rational; 2];

fn times(a: &Pair, b: &Pair) -> Rational {
    &a[0] * &b[0] + &a[1] * &b[1]
}

fn cross(a: &Pair, b: &Pair) -> Rational {
    &a[0] * &b[1] - &a[1] * &b[0]
}

impl Pencil {
    /// The direction of a ray in all coordinates.
    pub fn direction(&self, w: &Pair) -> Vec<Rational> {
        let [a, b] = &self.plane;
        a.iter().zip(b).map(|(a, b)| a * &w[0] + b * &w[1]).collect()
    }

    /// `x_i - x_j` in the coordinates of the plane, one pair a point.
    pub fn offsets(&self, data: &Data) -> Vec<Pair> {
        let origin = &data.points()[self.point];
        let pair = |x: &Vec<Rational>| {
            let offset: Vec<_> = x.iter().zip(origin).map(|(x, o)| x - o).collect();
            self.plane.each_ref().map(|axis| dot(axis, &offset))
        };
        data.points().iter().map(pair).collect()
    }

    /// Shows the dual function of `z` at every ray, in the order of the angle. Cost: a few products
    /// a point and a ray.
    pub fn sweep(&self, data: &Data, z: &[Rational], visit: &mut dyn FnMut(Sight<'_>)) {
        let offsets = self.offsets(data);
        let weighted: Vec<Pair> =
            offsets.iter().zip(z).map(|(p, z)| [&p[0] * z, &p[1] * z]).collect();
        let sum = |terms: &mut dyn Iterator<Item = &Pair>| {
            terms
                .fold([Rational::ZERO, Rational::ZERO], |sum, p| [&sum[0] + &p[0], &sum[1] + &p[1]])
        };
        let all = sum(&mut weighted.iter());
        let Some(first) = self.rays.first() else { return };
        let beyond = offsets.iter().zip(&weighted).filter(|(p, _)| first.comes_after(p));
        let mut beyond = sum(&mut beyond.map(|(_, p)| p));
        for (ray, Ray { w, members }) in self.rays.iter().enumerate() {
            let ahead = times(&beyond, w);
            let behind = &ahead - times(&all, w);
            for &i in members {
                // The ray turns counterclockwise, towards (-w_1, w_0).
                let enters = cross(w, &offsets[i]).is_positive();
                for (sum, p) in beyond.iter_mut().zip(&weighted[i]) {
                    if enters { *sum += p } else { *sum -= p }
                }
            }
            visit(Sight { ray, after: &beyond, ahead, behind });
        }
    }

    fn new(data: &Data, point: usize, plane: Pair2, edges: &[Vec<Rational>]) -> Self {
        let mut pencil = Self { point, plane, rays: Vec::new() };
        let offsets = pencil.offsets(data);
        let edges = edges.iter().map(|n| (pencil.plane.each_ref().map(|axis| dot(axis, n)), None));
        let points = offsets.into_iter().enumerate().map(|(i, p)| (p, Some(i)));
        // Each normal as the direction that is orthogonal to it, in the upper half plane.
        let mut lines: Vec<(Pair, Option<usize>)> = points
            .chain(edges)
            .filter(|(n, _)| n.iter().any(|x| !x.is_zero()))
            .map(|(n, member)| (upper([-&n[1], n[0].clone()]), member))
            .collect();
        lines.sort_by(|(a, i), (b, j)| {
            Rational::ZERO.cmp(&cross(a, b)).then(i.is_none().cmp(&j.is_none())).then(i.cmp(j))
        });
        for (w, member) in lines {
            match pencil.rays.last_mut() {
                Some(ray) if cross(&ray.w, &w).is_zero() => ray.members.extend(member),
                _ => pencil.rays.push(Ray { w, members: member.into_iter().collect() }),
            }
        }
        pencil
    }
}

type Pair2 = [Vec<Rational>; 2];

fn upper(w: Pair) -> Pair {
    let turn = match w[1].cmp(&Rational::ZERO) {
        Ordering::Equal => w[0].is_negative(),
        order => order == Ordering::Less,
    };
    if turn { w.map(|x| -x) } else { w }
}

/// The normals of the hyperplanes between which a norm is linear; none for the Euclidean norm.
fn edges(norm: Norm, d: usize) -> Vec<Vec<Rational>> {
    let axis = |k: usize, other: Option<(usize, i64)>| {
        let entry = |i: usize| match other {
            _ if i == k => Rational::ONE,
            Some((l, sign)) if i == l => Rational::integer(sign),
            _ => Rational::ZERO,
        };
        (0..d).map(entry).collect()
    };
    match norm {
        Norm::L1 => (0..d).map(|k| axis(k, None)).collect(),
        Norm::Linf => (0..d)
            .flat_map(|l| (0..l).map(move |k| (k, l)))
            .flat_map(|(k, l)| [axis(k, Some((l, 1))), axis(k, Some((l, -1)))])
            .collect(),
        Norm::L2 => Vec::new(),
    }
}

/// All pencils of a data set of two inputs or more. Cost: about `N^(d - 1)` sorts of N directions.
pub(super) fn pencils(
    data: &Data,
    norm: Norm,
    watch: &mut Watch<'_>,
) -> Result<Vec<Pencil>, FitError> {
    let (d, points) = (data.dimension(), data.points());
    let edges = edges(norm, d);
    let lines = points.len() + edges.len();
    let each = |units: usize, k| units.saturating_mul(lines) / k;
    let units = (2..d).fold(points.len().saturating_mul(lines), each);
    if units > MOST_UNITS {
        return Err(FitError::TooMany { points: points.len(), inputs: d, units });
    }
    let mut found = Vec::new();
    for j in 0..points.len() {
        let later = points[j + 1..].iter();
        let mut normals: Vec<Vec<Rational>> =
            later.map(|x| x.iter().zip(&points[j]).map(|(x, o)| x - o).collect()).collect();
        normals.extend(edges.iter().cloned());
        for_each_subset(normals.len(), d - 2, &mut |chosen| {
            if let Some(plane) = plane(chosen.iter().map(|&i| &normals[i]), d) {
                found.push(Pencil::new(data, j, plane, &edges));
            }
            watch.check()
        })?;
    }
    Ok(found)
}

/// The plane that is orthogonal to `d - 2` independent normals.
fn plane<'a>(normals: impl Iterator<Item = &'a Vec<Rational>>, d: usize) -> Option<Pair2> {
    let rows: Vec<Vec<Rational>> = normals.cloned().collect();
    let basis = match rows.is_empty() {
        true => (0..d).map(|k| (0..d).map(|i| Rational::from(i == k)).collect()).collect(),
        false => Matrix::from_rows(rows).null_space(),
    };
    let whole = |v: Vec<Rational>| IntegerRow::new(v.iter()).coprime();
    let basis: Vec<Vec<Rational>> = basis.into_iter().map(whole).collect();
    basis.try_into().ok()
}

/// Calls `each` with every increasing list of `size` numbers below `n`, until it fails.
fn for_each_subset<E>(
    n: usize,
    size: usize,
    each: &mut dyn FnMut(&[usize]) -> Result<(), E>,
) -> Result<(), E> {
    let mut chosen: Vec<usize> = (0..size).collect();
    if size > n {
        return Ok(());
    }
    loop {
        each(&chosen)?;
        let Some(k) = (0..size).rev().find(|&k| chosen[k] < n - size + k) else { return Ok(()) };
        chosen[k] += 1;
        for later in k + 1..size {
            chosen[later] = chosen[later - 1] + 1;
        }
    }
}
