//! From the tight rows of a cell to its nearest point, exactly.

use super::cell::{Cells, Found, TINY, Witness};
use super::domain::Norm;
use super::program::Row;
use crate::exact::Rational;
use crate::exact::float::{dyadic, nearest};
use crate::exact::linear::Matrix;

/// Where an entry of the nearest point is.
enum Entry {
    /// At its centre, or at an end of the box.
    Known(Rational),
    /// At the ball, on this side: unknown 0 is the radius, for linf.
    Ball(i64),
    /// Anywhere: the number of its unknown.
    Free(usize),
}

impl Cells<'_> {
    /// The exact affine form of a row on a pattern.
    pub(super) fn exact_form(&self, row: &Row, pattern: &[bool]) -> (Vec<Rational>, Rational) {
        let inputs = self.program.inputs;
        let mut entries = vec![Rational::ZERO; inputs + pattern.len()];
        let mut constant = row.constant.clone();
        row.terms.iter().for_each(|(i, weight)| entries[*i] += weight);
        for unit in (0..pattern.len()).rev() {
            let factor = std::mem::take(&mut entries[inputs + unit]);
            if factor.is_zero() || !pattern[unit] {
                continue;
            }
            let own = &self.program.units[unit];
            own.terms.iter().for_each(|(i, weight)| entries[*i] += &factor * weight);
            constant += &factor * &own.constant;
        }
        entries.truncate(inputs);
        (entries, constant)
    }

    /// The nearest point, if the tight rows determine it; else one a little farther out, if it is
    /// much nearer than the radius: there are finitely many of the former, and without end points
    /// that are a little nearer than the last one.
    pub(super) fn exact(&self, found: &Found, pattern: &[bool], class: usize) -> Option<Witness> {
        let margin = &self.margins[class].1;
        let mut rows = vec![self.exact_form(margin, pattern)];
        let tight = found.tight.iter().map(|unit| &self.program.units[*unit]);
        rows.extend(tight.map(|row| self.exact_form(row, pattern)));
        let solved = match self.domain.norm {
            Norm::L2 => self.solve_square(found, &rows),
            _ => self.solve_linear(found, &rows),
        };
        let point = solved.filter(|point| self.accepts(point, class)).or_else(|| {
            // Not the nearest point, but a point: a little farther out than what doubles say.
            [1e-9, 1e-7, 1e-5, 1e-3].into_iter().find_map(|more| {
                let pushed = found.point.iter().zip(&self.domain.center);
                let pushed =
                    pushed.map(|(x, c)| dyadic(nearest(c) + (x - nearest(c)) * (1.0 + more)));
                let point = pushed.collect::<Option<Vec<_>>>()?;
                let point = self.clipped(point);
                let is_near = self.domain.radius.as_ref().is_none_or(|radius| {
                    self.domain.norm.distance(&point, &self.domain.center)
                        < radius * Rational::new(31, 32)
                });
                (is_near && self.accepts(&point, class)).then_some(point)
            })
        })?;
        let distance = self.domain.norm.distance(&point, &self.domain.center);
        Some(Witness { distance, point, other: self.margins[class].0 })
    }

    fn clipped(&self, point: Vec<Rational>) -> Vec<Rational> {
        let Some(sides) = &self.domain.sides else { return point };
        let ends = sides.lo().iter().zip(sides.hi());
        point.into_iter().zip(ends).map(|(x, (lo, hi))| x.max(lo.clone()).min(hi.clone())).collect()
    }

    /// Whether the point is in the box and the other label at least as good there, exactly.
    pub fn accepts(&self, point: &[Rational], class: usize) -> bool {
        let inside = self.domain.sides.as_ref().is_none_or(|sides| {
            let ends = sides.lo().iter().zip(sides.hi());
            point.iter().zip(ends).all(|(x, (lo, hi))| lo <= x && x <= hi)
        });
        inside && !self.margins[class].1.at(&self.program.entries(point)).is_positive()
    }

    /// An end of the box that the entry is at, if it is.
    fn side(&self, i: usize, x: f64) -> Option<&Rational> {
        let sides = self.domain.sides.as_ref()?;
        let ends = [&sides.lo()[i], &sides.hi()[i]];
        ends.into_iter().find(|end| (nearest(end) - x).abs() < TINY)
    }

    /// The point where the tight rows hold: entries at the ball or the box on the side that the
    /// exact multipliers ask for, and the others solved for.
    fn solve_linear(
        &self,
        found: &Found,
        rows: &[(Vec<Rational>, Rational)],
    ) -> Option<Vec<Rational>> {
        let (center, is_cube) = (&self.domain.center, self.domain.norm == Norm::Linf);
        let free: Vec<bool> = found
            .point
            .iter()
            .zip(center)
            .enumerate()
            .map(|(i, (x, c))| {
                let change = (x - nearest(c)).abs();
                let at_ball = if is_cube { change > found.length - TINY } else { change < TINY };
                !at_ball && self.side(i, *x).is_none()
            })
            .collect();
        let pull = if is_cube { self.pull(rows, &free)? } else { Vec::new() };
        let (entries, unknowns) = self.placed(found, &free, &pull);
        let (mut left, mut right) = (Vec::new(), Vec::new());
        for (form, constant) in rows {
            let (mut rates, mut known) = (vec![Rational::ZERO; unknowns], constant.clone());
            for ((a, entry), c) in form.iter().zip(&entries).zip(center) {
                match entry {
                    Entry::Known(x) => known += a * x,
                    Entry::Ball(sign) => {
                        known += a * c;
                        rates[0] += a * Rational::integer(*sign);
                    }
                    Entry::Free(unknown) => rates[*unknown] += a,
                }
            }
            left.push(rates);
            right.push(-known);
        }
        let solution = Matrix::from_rows(left).solve(&right)?;
        let value = |(entry, c): (&Entry, &Rational)| match entry {
            Entry::Known(x) => x.clone(),
            Entry::Ball(sign) => c + &(&solution[0] * Rational::integer(*sign)),
            Entry::Free(unknown) => solution[*unknown].clone(),
        };
        Some(entries.iter().zip(center).map(value).collect())
    }

    /// Where each entry is, and the number of unknowns.
    fn placed(&self, found: &Found, free: &[bool], pull: &[Rational]) -> (Vec<Entry>, usize) {
        let is_cube = self.domain.norm == Norm::Linf;
        let mut unknowns = usize::from(is_cube);
        let mut entries = Vec::with_capacity(free.len());
        for (i, (x, c)) in found.point.iter().zip(&self.domain.center).enumerate() {
            if free[i] {
                entries.push(Entry::Free(unknowns));
                unknowns += 1;
                continue;
            }
            let sign = pull.get(i).map_or(0, Rational::signum);
            entries.push(match sign {
                _ if !is_cube => Entry::Known(self.side(i, *x).unwrap_or(c).clone()),
                0 => Entry::Known(c.clone()),
                sign => {
                    // Downhill, as far as the ball or the box goes.
                    let sides = self.domain.sides.as_ref();
                    let limit = sides.map(|s| if sign > 0 { &s.lo()[i] } else { &s.hi()[i] });
                    let room = limit.map_or(f64::INFINITY, |limit| nearest(&(limit - c).abs()));
                    match limit.filter(|_| room < found.length) {
                        Some(limit) => Entry::Known(limit.clone()),
                        None => Entry::Ball(-i64::from(sign)),
                    }
                }
            });
        }
        (entries, unknowns)
    }

    /// The margin plus multiples of the other rows, such that the free entries vanish.
    fn pull(&self, rows: &[(Vec<Rational>, Rational)], free: &[bool]) -> Option<Vec<Rational>> {
        let (margin, others) = rows.split_first()?;
        let mut pull = margin.0.clone();
        if others.is_empty() || !free.contains(&true) {
            return Some(pull);
        }
        let places: Vec<usize> = (0..free.len()).filter(|i| free[*i]).collect();
        let left = places.iter().map(|i| others.iter().map(|(a, _)| a[*i].clone()).collect());
        let right: Vec<Rational> = places.iter().map(|i| -&margin.0[*i]).collect();
        let multipliers = Matrix::from_rows(left.collect()).solve(&right)?;
        for ((a, _), y) in others.iter().zip(&multipliers).filter(|(_, y)| !y.is_zero()) {
            pull.iter_mut().zip(a).for_each(|(x, a)| *x += a * y);
        }
        Some(pull)
    }

    /// The foot of the perpendicular: the change is a combination of the rows.
    fn solve_square(
        &self,
        found: &Found,
        rows: &[(Vec<Rational>, Rational)],
    ) -> Option<Vec<Rational>> {
        let center = &self.domain.center;
        let mut known: Vec<Option<Rational>> =
            found.point.iter().enumerate().map(|(i, x)| self.side(i, *x).cloned()).collect();
        // Doubles do not see on which side of its end an entry would be: fractions do.
        for _ in 0..20 {
            let at = |i: usize| known[i].as_ref().unwrap_or(&center[i]);
            let gram = |a: &[Rational], b: &[Rational]| -> Rational {
                (0..a.len()).filter(|i| known[*i].is_none()).map(|i| &a[i] * &b[i]).sum()
            };
            let left = rows.iter().map(|(a, _)| rows.iter().map(|(b, _)| gram(a, b)).collect());
            let right: Vec<Rational> = rows
                .iter()
                .map(|(a, constant)| {
                    let here: Rational = a.iter().enumerate().map(|(i, a)| a * at(i)).sum();
                    -(here + constant)
                })
                .collect();
            let multipliers = Matrix::from_rows(left.collect()).solve(&right)?;
            let free = |i: usize| {
                let change = rows.iter().zip(&multipliers).map(|((a, _), y)| &a[i] * y);
                &center[i] + &change.sum::<Rational>()
            };
            let point: Vec<Rational> = (0..center.len()).map(free).collect();
            let clipped = self.clipped(point.clone());
            let changed: Vec<usize> = (0..center.len())
                .filter(|i| known[*i].is_some() == (point[*i] == clipped[*i]))
                .filter(|i| known[*i].as_ref() != Some(&clipped[*i]))
                .collect();
            if changed.is_empty() {
                return Some(clipped);
            }
            for i in changed {
                known[i] = (point[i] != clipped[i]).then(|| clipped[i].clone());
            }
        }
        None
    }
}
