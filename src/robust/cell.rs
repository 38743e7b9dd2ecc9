//! The nearest point of one activation cell where another label is as good: doubles find which
//! rows are tight, and exact arithmetic solves for the point.

use super::domain::{Domain, Norm};
use super::program::{Program, Row};
use super::simplex::{End, Table};
use crate::exact::Rational;
use crate::exact::float::{dyadic, nearest};
use crate::exact::linear::Matrix;

/// What is called zero in doubles.
const TINY: f64 = 1e-8;

/// A point where another label is at least as good.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Witness {
    /// Its distance; for l2 its square.
    pub distance: Rational,
    /// The point.
    pub point: Vec<Rational>,
    /// The label that is at least as good there.
    pub other: usize,
}

/// A proposal in doubles.
#[derive(Clone)]
struct Found {
    length: f64,
    point: Vec<f64>,
    /// The units of whose rows the point is at the end.
    tight: Vec<usize>,
}

/// What the search in cells works on.
pub struct Cells<'a> {
    /// The network.
    pub program: &'a Program,
    /// Norm, centre and box; its radius, if any, bounds the search.
    pub domain: &'a Domain,
    /// The own output minus each other one; not positive where the other is at least as good.
    pub margins: &'a [(usize, Row)],
}

impl Cells<'_> {
    /// The nearest point found from the cell of `x` on, through its neighbours; exact, and checked.
    pub fn descend(&self, x: &[f64], class: usize) -> Option<Witness> {
        let (_, entering) = self.program.near_entries(x);
        let center = self.domain.center.iter().map(nearest);
        let change: Vec<f64> = x.iter().zip(center).map(|(x, c)| x - c).collect();
        let reach = 1.001 * self.domain.norm.near_length(&change) + 1e-9;
        let mut pattern: Vec<bool> = entering.iter().map(|z| *z > 0.0).collect();
        let mut best = self.nearest_in(&pattern, class, reach)?;
        for _ in 0..50 {
            let mut better: Option<(Found, Vec<bool>)> = None;
            for unit in best.tight.clone() {
                let mut other = pattern.clone();
                other[unit] = !other[unit];
                if let Some(found) = self.nearest_in(&other, class, best.length + 1e-9)
                    && found.length < better.as_ref().map_or(best.length, |b| b.0.length) - 1e-9
                {
                    better = Some((found, other));
                }
            }
            let Some((found, other)) = better else { break };
            (best, pattern) = (found, other);
        }
        self.exact(&best, &pattern, class)
    }

    /// Rows of the cell, in the inputs: rates, constant; each at least 0 there.
    fn rows(&self, pattern: &[bool], class: usize) -> (Vec<(Vec<f64>, f64)>, (Vec<f64>, f64)) {
        let inputs = self.program.inputs;
        let mut forms: Vec<(Vec<f64>, f64)> = Vec::with_capacity(inputs + pattern.len());
        for i in 0..inputs {
            let mut rates = vec![0.0; inputs];
            rates[i] = 1.0;
            forms.push((rates, 0.0));
        }
        let mut rows = Vec::with_capacity(pattern.len());
        let combined = |row: &Row, forms: &[(Vec<f64>, f64)]| {
            let mut sum = (vec![0.0; inputs], row.near.1);
            for ((entry, _), weight) in row.terms.iter().zip(&row.near.0) {
                let form = &forms[*entry];
                sum.0.iter_mut().zip(&form.0).for_each(|(x, y)| *x += weight * y);
                sum.1 += weight * form.1;
            }
            sum
        };
        for (row, is_on) in self.program.units.iter().zip(pattern) {
            let form = combined(row, &forms);
            let sign = if *is_on { 1.0 } else { -1.0 };
            rows.push((form.0.iter().map(|x| sign * x).collect(), sign * form.1));
            forms.push(if *is_on { form } else { (Vec::new(), 0.0) });
        }
        let margin = combined(&self.margins[class].1, &forms);
        (rows, (margin.0.iter().map(|x| -x).collect(), -margin.1))
    }

    /// The nearest point of one cell, of those that are not farther than `reach`.
    fn nearest_in(&self, pattern: &[bool], class: usize, reach: f64) -> Option<Found> {
        let (rows, margin) = self.rows(pattern, class);
        let near = |x: &Rational| nearest(x);
        let center = self.domain.center.iter().map(near);
        let ends = self.domain.near_lo.iter().zip(&self.domain.near_hi).zip(center);
        let ends = ends.map(|((lo, hi), c)| (lo.max(c - reach), hi.min(c + reach)));
        let (lower, upper): (Vec<f64>, Vec<f64>) = ends.unzip();
        match self.domain.norm {
            Norm::L2 => self.nearest_square(&rows, &margin, &lower, &upper),
            _ => self.nearest_linear(&rows, &margin, lower, upper),
        }
    }

    fn nearest_linear(
        &self,
        rows: &[(Vec<f64>, f64)],
        margin: &(Vec<f64>, f64),
        mut lower: Vec<f64>,
        mut upper: Vec<f64>,
    ) -> Option<Found> {
        let inputs = self.program.inputs;
        let center: Vec<f64> = self.domain.center.iter().map(nearest).collect();
        let sides = (lower.clone(), upper.clone());
        let reach = lower.iter().zip(&upper).map(|(a, b)| b - a).sum::<f64>();
        lower.push(0.0);
        upper.push(reach + 1.0);
        let mut goal = vec![0.0; inputs];
        goal.push(1.0);
        let mut table = Table::new(goal, 0.0, lower, upper);
        let push = |table: &mut Table, row: &(Vec<f64>, f64), rate: f64| {
            let size = row.0.iter().fold(0.0, |m: f64, x| m.max(x.abs())).max(1e-12);
            let mut entries: Vec<f64> = row.0.iter().map(|x| x / size).collect();
            entries.push(rate);
            table.push(&entries, -row.1 / size)
        };
        push(&mut table, margin, 0.0);
        // Rows that no point of the domain breaks are left out.
        let mut slacks = Vec::new();
        for (unit, row) in rows.iter().enumerate() {
            // What vanishes on the whole cell has no side.
            if row.0.iter().all(|x| x.abs() < 1e-11) {
                continue;
            }
            let least = row.0.iter().zip(sides.0.iter().zip(&sides.1));
            let least: f64 = least.map(|(a, (lo, hi))| a * if *a > 0.0 { lo } else { hi }).sum();
            if least + row.1 < TINY {
                slacks.push((push(&mut table, row, 0.0), unit));
            }
        }
        for _ in 0..200 {
            if table.minimize(f64::INFINITY) != End::Optimal {
                return None;
            }
            let point = table.point();
            let change: Vec<f64> = point.iter().zip(&center).map(|(x, c)| x - c).collect();
            let radius = point[inputs];
            let mut is_done = true;
            let facets: Vec<Vec<f64>> = match self.domain.norm {
                Norm::Linf => (0..inputs)
                    .filter(|i| change[*i].abs() > radius + 1e-10)
                    .map(|i| {
                        let mut normal = vec![0.0; inputs];
                        normal[i] = -change[i].signum();
                        normal
                    })
                    .collect(),
                _ if self.domain.norm.near_length(&change) > radius + 1e-10 => {
                    let sign = |x: &f64| if x.abs() < 1e-12 { 0.0 } else { -x.signum() };
                    vec![change.iter().map(sign).collect()]
                }
                _ => Vec::new(),
            };
            for normal in facets {
                let constant: f64 = -normal.iter().zip(&center).map(|(n, c)| n * c).sum::<f64>();
                push(&mut table, &(normal, constant), 1.0);
                is_done = false;
            }
            if is_done {
                let (_, tight) = table.basis();
                let is_tight = |slack: usize| tight.contains(&(slack - inputs - 1));
                let tight = slacks.iter().filter(|(s, _)| is_tight(*s)).map(|(_, u)| *u);
                let tight = tight.collect();
                return Some(Found { length: radius, point: point[..inputs].to_vec(), tight });
            }
        }
        None
    }

    /// The same for l2, by raising one multiplier after the other.
    fn nearest_square(
        &self,
        rows: &[(Vec<f64>, f64)],
        margin: &(Vec<f64>, f64),
        lower: &[f64],
        upper: &[f64],
    ) -> Option<Found> {
        let center: Vec<f64> = self.domain.center.iter().map(nearest).collect();
        let all: Vec<&(Vec<f64>, f64)> = rows.iter().chain([margin]).collect();
        let squares: Vec<f64> =
            all.iter().map(|row| row.0.iter().map(|x| x * x).sum::<f64>()).collect();
        let mut multipliers = vec![0.0; all.len()];
        let mut free = center.clone();
        let clip = |free: &[f64]| -> Vec<f64> {
            let sides = lower.iter().zip(upper);
            free.iter().zip(sides).map(|(x, (lo, hi))| x.clamp(*lo, *hi)).collect()
        };
        let mut point = clip(&free);
        for _ in 0..3000 {
            let mut most = 0.0f64;
            for (r, row) in all.iter().enumerate().rev() {
                if squares[r] < 1e-18 {
                    continue;
                }
                let value: f64 = row.0.iter().zip(&point).map(|(a, x)| a * x).sum::<f64>() + row.1;
                let step = (-value / squares[r]).max(-multipliers[r]);
                if step != 0.0 {
                    most = most.max(step.abs() * squares[r].sqrt());
                    multipliers[r] += step;
                    free.iter_mut().zip(&row.0).for_each(|(x, a)| *x += step * a);
                    point = clip(&free);
                }
            }
            if most < 1e-13 {
                break;
            }
        }
        let holds = |row: &&(Vec<f64>, f64)| {
            let value: f64 = row.0.iter().zip(&point).map(|(a, x)| a * x).sum::<f64>() + row.1;
            value > -1e-6
        };
        if !all.iter().all(holds) {
            return None;
        }
        let tight = (0..rows.len()).filter(|r| multipliers[*r] > 1e-9).collect();
        let change: Vec<f64> = point.iter().zip(&center).map(|(x, c)| x - c).collect();
        Some(Found { length: self.domain.norm.near_length(&change), point, tight })
    }

    /// The exact affine form of a row on a pattern.
    fn exact_form(&self, row: &Row, pattern: &[bool]) -> (Vec<Rational>, Rational) {
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

    fn exact(&self, found: &Found, pattern: &[bool], class: usize) -> Option<Witness> {
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
                let pushed = pushed.map(|(x, c)| dyadic(nearest(c) + (x - nearest(c)) * (1.0 + more)));
                let point = pushed.collect::<Option<Vec<_>>>()?;
                let point = self.clipped(point);
                self.accepts(&point, class).then_some(point)
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
        // Unknowns: for linf the radius, then the free entries.
        enum Entry {
            Known(Rational),
            Ball(i64),
            Free(usize),
        }
        let mut unknowns = usize::from(is_cube);
        let mut entries = Vec::with_capacity(center.len());
        for (i, (x, c)) in found.point.iter().zip(center).enumerate() {
            if free[i] {
                entries.push(Entry::Free(unknowns));
                unknowns += 1;
                continue;
            }
            let end = self.side(i, *x);
            let sign = pull.get(i).map_or(0, Rational::signum);
            entries.push(match sign {
                _ if !is_cube => Entry::Known(end.unwrap_or(c).clone()),
                0 => Entry::Known(c.clone()),
                sign => {
                    // Downhill, as far as the ball or the box goes.
                    let limit = self.domain.sides.as_ref().map(|sides| {
                        if sign > 0 { &sides.lo()[i] } else { &sides.hi()[i] }
                    });
                    let room = limit.map_or(f64::INFINITY, |limit| nearest(&(limit - c).abs()));
                    match limit.filter(|_| room < found.length) {
                        Some(limit) => Entry::Known(limit.clone()),
                        None => Entry::Ball(-i64::from(sign)),
                    }
                }
            });
        }
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
