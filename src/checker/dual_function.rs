//! Whether the dual function of a `least-cost` stays within the norm: at every critical unit, on
//! every arc of the circle, or by a combination for every pattern of active points.

use crate::fraction::{Fraction, Table, show};
use crate::integer::{Exact, Integer};
use crate::limits::MAX_PATTERNS_OF;
use crate::reader::Checker;
use crate::verdict::Checked;

/// What the certificate states.
pub(super) struct Question {
    pub(super) norm: &'static str,
    pub(super) d: usize,
    /// Outputs.
    pub(super) q: usize,
    pub(super) is_skip_free: bool,
    /// Lambda, or zero.
    pub(super) penalty: Fraction,
    /// Rows of coordinates and values.
    pub(super) data: Table,
}

/// Multipliers over `1 / limit`: the dual function, which has an entry an output, has to stay below
/// `limit ||u||` in length.
pub(super) struct Dual {
    pub(super) z: Vec<Vec<Integer>>,
    /// What a multiplier of one is in units of `z`.
    pub(super) one: Integer,
    pub(super) limit: Integer,
}

type Pair = [Integer; 2];

impl Checker<'_> {
    /// The norm of a vector; its square for `l2`.
    pub(super) fn length(&mut self, norm: &str, w: &[Integer]) -> Checked<Integer> {
        let sizes = w.iter().map(Exact::abs);
        match norm {
            "l1" => Ok(sizes.sum()),
            "linf" => Ok(sizes.fold(Integer::ZERO, Integer::max)),
            _ => self.dot(w.iter().zip(w)),
        }
    }

    /// Every plane of directions that all but one of the hyperplanes through an edge leave; for
    /// `l2` the plane itself, where the arcs between critical directions are asked, too.
    pub(super) fn all_critical_units(&mut self, question: &Question, dual: &Dual) -> Checked<()> {
        let (d, rows) = (question.d, &question.data.rows);
        let edges = edges(question.norm, d);
        for j in 0..rows.len() {
            if d == 2 {
                let axes = [[1, 0], [0, 1]].map(|axis| axis.map(Integer::from).to_vec());
                self.sweep(question, dual, j, &axes, &edges)?;
                continue;
            }
            let later = rows[j + 1..].iter().map(|x| (0..d).map(|k| &x[k] - &rows[j][k]).collect());
            let normals: Vec<Vec<Integer>> = later.chain(edges.iter().cloned()).collect();
            for n in normals {
                let Some(k) = n.iter().position(|x| !x.is_zero()) else { continue };
                let axis = |l: usize| {
                    let mut axis = vec![Integer::ZERO; d];
                    (axis[l], axis[k]) = (n[k].clone(), -&n[l]);
                    axis
                };
                self.sweep(question, dual, j, &[axis((k + 1) % 3), axis((k + 2) % 3)], &edges)?;
            }
        }
        Ok(())
    }

    /// Turns a direction `w_0 a + w_1 b` by half a circle, with the threshold at point j, and
    /// compares the dual function with the norm wherever it may be greatest, both ways round.
    fn sweep(
        &mut self,
        question: &Question,
        dual: &Dual,
        j: usize,
        axes: &[Vec<Integer>; 2],
        edges: &[Vec<Integer>],
    ) -> Checked<()> {
        let offsets = self.offsets(question, j, axes)?;
        let turns = self.turns(&offsets, axes, edges)?;
        let Some((first, _)) = turns.first() else { return Ok(()) };
        let mut sums = Vec::with_capacity(question.q);
        for z in &dual.z {
            sums.push(self.beyond_and_all(z, &offsets, first)?);
        }
        let mut at = 0;
        while at < turns.len() {
            let w = turns[at].0.clone();
            self.holds_at(question, dual, axes, &w, &sums)?;
            while let Some((same, member)) = turns.get(at) {
                if self.product(&same[0], &w[1])? != self.product(&same[1], &w[0])? {
                    break;
                }
                if let Some(i) = member {
                    let p = &offsets[*i];
                    let enters =
                        (self.product(&w[0], &p[1])? - self.product(&w[1], &p[0])?).is_positive();
                    for (z, [beyond, _]) in dual.z.iter().zip(&mut sums) {
                        for k in 0..2 {
                            let weighted = self.product(&p[k], &z[*i])?;
                            if enters { beyond[k] += weighted } else { beyond[k] -= weighted }
                        }
                    }
                }
                at += 1;
            }
            if question.norm == "l2" {
                // Between, the dual function is `<g, u>`, greatest at g if that lies between.
                let next = match turns.get(at) {
                    Some((next, _)) => next.clone(),
                    None => turns[0].0.each_ref().map(|x| -x),
                };
                let [beyond, all] = &sums[0];
                let behind = [&beyond[0] - &all[0], &beyond[1] - &all[1]];
                for g in [beyond, &behind] {
                    self.holds_between(dual, g, &w, &next)?;
                }
            }
        }
        Ok(())
    }

    /// `x_i - x_j` along both axes.
    fn offsets(
        &mut self,
        question: &Question,
        j: usize,
        axes: &[Vec<Integer>; 2],
    ) -> Checked<Vec<Pair>> {
        let rows = &question.data.rows;
        let mut offsets: Vec<Pair> = Vec::with_capacity(rows.len());
        for row in rows {
            let offset: Vec<Integer> = (0..question.d).map(|k| &row[k] - &rows[j][k]).collect();
            offsets.push(self.along(axes, &offset)?);
        }
        Ok(offsets)
    }

    fn along(&mut self, axes: &[Vec<Integer>; 2], x: &[Integer]) -> Checked<Pair> {
        Ok([self.dot(axes[0].iter().zip(x))?, self.dot(axes[1].iter().zip(x))?])
    }

    /// The directions orthogonal to offsets and edges, over half a circle, by their angle; with the
    /// point that an offset belongs to.
    fn turns(
        &mut self,
        offsets: &[Pair],
        axes: &[Vec<Integer>; 2],
        edges: &[Vec<Integer>],
    ) -> Checked<Vec<(Pair, Option<usize>)>> {
        let points = offsets.iter().enumerate().map(|(i, p)| (p.clone(), Some(i)));
        let mut turns: Vec<(Pair, Option<usize>)> = points.collect();
        for n in edges {
            turns.push((self.along(axes, n)?, None));
        }
        turns.retain(|(p, _)| !(p[0].is_zero() && p[1].is_zero()));
        for (p, _) in &mut turns {
            let w = [-&p[1], p[0].clone()];
            let turned = w[1].is_negative() || w[1].is_zero() && w[0].is_negative();
            *p = if turned { w.map(|x| -x) } else { w };
        }
        let bits = turns.iter().flat_map(|(w, _)| w).map(Exact::bits).max().unwrap_or(0);
        let each = 2 * (bits / 64 + 2).pow(2);
        let count = turns.len().max(2);
        self.spend(count as u64 * u64::from(count.ilog2() + 1) * each)?;
        turns.sort_by(|(a, _), (b, _)| (&a[1] * &b[0]).cmp(&(&a[0] * &b[1])));
        Ok(turns)
    }

    /// The sums of `z_i (x_i - x_j)`: over the points beyond the threshold just before the first
    /// direction, and over all.
    fn beyond_and_all(
        &mut self,
        z: &[Integer],
        offsets: &[Pair],
        first: &Pair,
    ) -> Checked<[Pair; 2]> {
        let zero = || [Integer::ZERO, Integer::ZERO];
        let mut sums = [zero(), zero()];
        for (p, z) in offsets.iter().zip(z) {
            let along = self.dot(p.iter().zip(first))?;
            let side = self.product(&p[0], &first[1])? - self.product(&p[1], &first[0])?;
            let is_beyond = along.is_positive() || along.is_zero() && side.is_positive();
            for k in 0..2 {
                let weighted = self.product(&p[k], z)?;
                if is_beyond {
                    sums[0][k] += &weighted;
                }
                sums[1][k] += weighted;
            }
        }
        Ok(sums)
    }

    /// `|eta(u)| <= ||u||` at a direction and at its opposite; squared where there are roots.
    fn holds_at(
        &mut self,
        question: &Question,
        dual: &Dual,
        axes: &[Vec<Integer>; 2],
        w: &Pair,
        sums: &[[Pair; 2]],
    ) -> Checked<()> {
        let is_square = question.norm == "l2" || question.q > 1;
        let mut found = [Integer::ZERO, Integer::ZERO];
        for [beyond, all] in sums {
            let ahead = self.dot(beyond.iter().zip(w))?;
            let behind = &ahead - self.dot(all.iter().zip(w))?;
            for (found, value) in found.iter_mut().zip([ahead, behind]) {
                *found +=
                    if is_square { self.product(&value, &value)? } else { Exact::abs(&value) };
            }
        }
        let mut direction = Vec::with_capacity(question.d);
        for (a, b) in axes[0].iter().zip(&axes[1]).take(question.d) {
            direction.push(self.product(&w[0], a)? + self.product(&w[1], b)?);
        }
        let length = self.length(question.norm, &direction)?;
        let mut most = self.product(&dual.limit, &length)?;
        if is_square {
            let other = if question.norm == "l2" { Integer::from(1) } else { length };
            most = self.product(&most, &dual.limit)?;
            most = self.product(&most, &other)?;
        }
        for found in found {
            if found > most {
                let shown: Vec<_> = direction.iter().map(ToString::to_string).collect();
                let expected = format!("a dual function within the norm at ({})", shown.join(", "));
                return Err(self.is_false(expected, show(&found, &most)));
            }
        }
        Ok(())
    }

    /// `|g| <= 1` where g or -g lies strictly between two directions.
    fn holds_between(&mut self, dual: &Dual, g: &Pair, w: &Pair, next: &Pair) -> Checked<()> {
        let first = self.product(&w[0], &g[1])? - self.product(&w[1], &g[0])?;
        let second = self.product(&g[0], &next[1])? - self.product(&g[1], &next[0])?;
        let both = |sign: fn(&Integer) -> bool| sign(&first) && sign(&second);
        if both(Exact::is_positive) || both(Exact::is_negative) {
            let (found, most) =
                (self.dot(g.iter().zip(g))?, self.product(&dual.limit, &dual.limit)?);
            if found > most {
                let expected = format!("a dual function within the norm at ({}, {})", g[0], g[1]);
                return Err(self.is_false(expected, show(&found, &most)));
            }
        }
        Ok(())
    }

    /// For each set of active points, in the order of binary counting with point 1 the lowest
    /// digit, and for the signs + and -: a line `alpha` of numbers not negative.
    pub(super) fn all_patterns(&mut self, question: &Question, dual: &Dual) -> Checked<()> {
        let (d, rows) = (question.d, &question.data.rows);
        let count = rows.len();
        if count > MAX_PATTERNS_OF {
            return Err(self.too_large(format!("{MAX_PATTERNS_OF} points with all patterns")));
        }
        for (pattern, is_plus) in (0..1u32 << count).flat_map(|s| [(s, true), (s, false)]) {
            let alpha = self.numbers("alpha", count..=count)?;
            let alpha = self.table(vec![alpha])?;
            let mut weights = Vec::with_capacity(count);
            for (i, (alpha_i, z)) in alpha.rows[0].iter().zip(&dual.z[0]).enumerate() {
                if alpha_i.is_negative() {
                    let found = show(alpha_i, &alpha.den);
                    return Err(self.is_false(format!("number {} not negative", i + 1), found));
                }
                let is_active = pattern >> i & 1 == 1;
                // Over the denominators of alpha and of the dual: alpha counts in units of z.
                let scaled = self.product(alpha_i, &dual.one)?;
                let own = if is_active { self.product(z, &alpha.den)? } else { Integer::ZERO };
                let own = if is_plus { own } else { -own };
                weights.push(if is_active { own + scaled } else { own - scaled });
            }
            let sum: Integer = weights.iter().sum();
            if !sum.is_zero() {
                return Err(self.is_false("weights with sum 0", sum.to_string()));
            }
            let mut g = Vec::with_capacity(d);
            for k in 0..d {
                g.push(self.dot(weights.iter().zip(rows.iter().map(|row| &row[k])))?);
            }
            let dual_norm = match question.norm {
                "l1" => "linf",
                "linf" => "l1",
                other => other,
            };
            let found = self.length(dual_norm, &g)?;
            let mut most = self.product(&dual.limit, &alpha.den)?;
            if question.norm == "l2" {
                most = self.product(&most, &most)?;
            }
            if found > most {
                let expected = "a combination of points within the dual norm";
                return Err(self.is_false(expected, show(&found, &most)));
            }
        }
        Ok(())
    }
}

/// Where the norm bends: normals of hyperplanes through 0.
fn edges(norm: &str, d: usize) -> Vec<Vec<Integer>> {
    let normal = |entries: &[(usize, i64)]| {
        let mut normal = vec![Integer::ZERO; d];
        entries.iter().for_each(|(k, x)| normal[*k] = (*x).into());
        normal
    };
    let pairs = (0..d).flat_map(|l| (0..l).map(move |k| (k, l)));
    match norm {
        "l1" => (0..d).map(|k| normal(&[(k, 1)])).collect(),
        "linf" => {
            pairs.flat_map(|(k, l)| [1, -1].map(|sign| normal(&[(k, 1), (l, sign)]))).collect()
        }
        _ => Vec::new(),
    }
}
