//! Kind `least-cost`: how little a network through, or near, points can cost.
//!
//! The network bounds the least cost from above. Multipliers of the points bound it from below, if
//! their dual function is nowhere larger than the norm: at every critical unit, on every arc of the
//! circle, or by a combination for every pattern of active points.

use crate::fraction::{Fraction, Table, show};
use crate::integer::{Exact, Integer};
use crate::reader::Checker;
use crate::verdict::{Checked, Proved};
use dashu_int::ops::SquareRoot;

/// The most points for which all patterns are listed.
const MAX_PATTERNS_OF: usize = 12;
/// What this kind may cost: the critical units of some thousand points of two inputs.
const MAX_SWEEPS: u64 = 1 << 32;

/// What the certificate states.
struct Question {
    norm: &'static str,
    d: usize,
    is_skip_free: bool,
    /// Lambda, or zero.
    penalty: Fraction,
    /// Rows of coordinates and value.
    data: Table,
}

/// Multipliers over `1 / limit`: the dual function has to stay below `limit ||u||`.
struct Dual {
    z: Vec<Integer>,
    /// What a multiplier of one is in units of `z`.
    one: Integer,
    limit: Integer,
}

type Pair = [Integer; 2];

impl<'a> Checker<'a> {
    pub(super) fn least_cost(&mut self) -> Checked<Proved<'a>> {
        self.allow(MAX_SWEEPS);
        let norm = self.choice("norm", ["l1", "l2", "linf"])?;
        let d = self.count("inputs")?;
        if !(1..=64).contains(&d) {
            return Err(self.malformed("1 to 64 inputs", &d.to_string()));
        }
        let is_skip_free = self.choice("skip", ["free", "none"])? == "free";
        let penalty = self.one_number("penalty")?;
        if penalty.num.is_negative() {
            return Err(self.is_false("a penalty not negative", penalty.to_string()));
        }
        let mut rows = vec![self.numbers("point", d + 1..=d + 1)?];
        let lower = loop {
            let (keyword, words) = self.one_of(&["point", "lower"])?;
            if keyword == "lower" {
                break self.fractions(&words, 1..=1)?.remove(0);
            }
            rows.push(self.fractions(&words, d + 1..=d + 1)?);
        };
        let upper = self.one_number("upper")?;
        let data = self.table(rows)?;
        let question = Question { norm, d, is_skip_free, penalty, data };
        let proof = self.rest;
        self.bare("proof")?;
        self.costs_at_most(&question, &upper)?;
        let dual = self.dual(&question, &lower)?;
        let ways = &["dictionary", "circle", "patterns"];
        let (way, words) = self.one_of(ways)?;
        self.nothing_more(way, &words)?;
        match (way, norm, d) {
            ("dictionary", "l1" | "linf", 2 | 3) => self.all_critical_units(&question, &dual)?,
            ("circle", "l2", 2) => self.all_arcs(&question, &dual)?,
            ("patterns", ..) => self.all_patterns(&question, &dual)?,
            _ => {
                let expected = "`dictionary` for l1 or linf and 2 or 3 inputs, `circle` for l2 and 2";
                return Err(self.malformed(expected, way));
            }
        }
        self.bare("end")?;
        let what = if question.penalty.num.is_zero() { "through" } else { "near" };
        let fact = format!(
            "no network {what} the {} points (dimension {d}) costs less than {lower} in {norm}, \
             and one costs at most {upper}",
            question.data.rows.len()
        );
        Ok((proof, fact))
    }

    fn one_number(&mut self, keyword: &'static str) -> Checked<Fraction> {
        Ok(self.numbers(keyword, 1..=1)?.remove(0))
    }

    /// `unit v t w..` lines, then `affine c0 c..`: its values at the points and its cost.
    fn costs_at_most(&mut self, question: &Question, upper: &Fraction) -> Checked<()> {
        let (d, data) = (question.d, &question.data);
        let mut units = Vec::new();
        let affine = loop {
            let (keyword, words) = self.one_of(&["unit", "affine"])?;
            if keyword == "affine" {
                break self.fractions(&words, d + 1..=d + 1)?;
            }
            units.push(self.fractions(&words, d + 2..=d + 2)?);
        };
        if !question.is_skip_free && affine[1..].iter().any(|c| !c.num.is_zero()) {
            return Err(self.is_false("an affine part without slope", "a slope"));
        }
        let line = self.line;
        let (units, affine) = (self.table(units)?, self.table(vec![affine])?);
        let square = self.product(&units.den, &units.den)?;
        let common = self.product(&square, &affine.den)?;
        let mut squares = Integer::ZERO;
        for (i, row) in data.rows.iter().enumerate() {
            let (x, y) = row.split_at(d);
            let mut sum = Integer::ZERO;
            for unit in &units.rows {
                let inner = self.dot(unit[2..].iter().zip(x))?;
                let inner = inner - self.product(&unit[1], &data.den)?;
                if inner.is_positive() {
                    sum += self.product(&unit[0], &inner)?;
                }
            }
            let free = self.dot(affine.rows[0][1..].iter().zip(x))?;
            let free = free + self.product(&affine.rows[0][0], &data.den)?;
            let found = self.product(&sum, &affine.den)? + self.product(&free, &square)?;
            let off = &found - self.product(&y[0], &common)?;
            if question.penalty.num.is_zero() && !off.is_zero() {
                let den = self.product(&common, &data.den)?;
                let expected = format!("the value of point {}", i + 1);
                return Err(crate::verdict::Rejection::False {
                    line,
                    expected,
                    found: show(&found, &den),
                });
            }
            squares += self.product(&off, &off)?;
        }
        let mut cost = self.path_norm(question.norm, &units)?;
        if !question.penalty.num.is_zero() {
            let den = self.product(&common, &data.den)?;
            let den = self.product(&den, &den)? << 1;
            let loss = Fraction { num: squares, den };
            let charged = self.times(&question.penalty, &cost)?;
            cost = self.plus(&charged, &loss)?;
        }
        if upper.is_below(&cost) {
            return Err(self.is_false(format!("a cost of at most {upper}"), cost.to_string()));
        }
        Ok(())
    }

    /// The sum of `|v| ||w||`, rounded up where it has roots.
    fn path_norm(&mut self, norm: &str, units: &Table) -> Checked<Fraction> {
        let den = self.product(&units.den, &units.den)?;
        let shift = if norm == "l2" { 128 } else { 0 };
        let mut cost = Integer::ZERO;
        for unit in &units.rows {
            let size = self.length(norm, &unit[2..])?;
            let outer = Exact::abs(&unit[0]);
            cost += if norm == "l2" {
                let square = self.product(&outer, &outer)?;
                let square = self.product(&square, &size)? << (2 * shift);
                self.spend((square.bits() / 64 + 1).pow(2))?;
                let root: Integer = SquareRoot::sqrt(&square).into();
                if &root * &root == square { root } else { root + 1 }
            } else {
                self.product(&outer, &size)?
            };
        }
        Ok(Fraction { num: cost, den: den << shift })
    }

    /// The norm of a vector; its square for `l2`.
    fn length(&mut self, norm: &str, w: &[Integer]) -> Checked<Integer> {
        let sizes = w.iter().map(Exact::abs);
        match norm {
            "l1" => Ok(sizes.sum()),
            "linf" => Ok(sizes.fold(Integer::ZERO, Integer::max)),
            _ => self.dot(w.iter().zip(w)),
        }
    }

    /// `dual z..`: orthogonal to what is free, and worth at least `lower`.
    fn dual(&mut self, question: &Question, lower: &Fraction) -> Checked<Dual> {
        let (d, data) = (question.d, &question.data);
        let count = data.rows.len();
        let z = self.numbers("dual", count..=count)?;
        let z = self.table(vec![z])?;
        let (z, z_den) = (&z.rows[0], &z.den);
        let sum: Integer = z.iter().sum();
        if !sum.is_zero() {
            return Err(self.is_false("multipliers with sum 0", show(&sum, z_den)));
        }
        let axes = if question.is_skip_free { d } else { 0 };
        for k in 0..axes {
            let sum = self.dot(z.iter().zip(data.rows.iter().map(|row| &row[k])))?;
            if !sum.is_zero() {
                let den = self.product(z_den, &data.den)?;
                let expected = format!("multipliers orthogonal to coordinate {}", k + 1);
                return Err(self.is_false(expected, show(&sum, &den)));
            }
        }
        let num = self.dot(z.iter().zip(data.rows.iter().map(|row| &row[d])))?;
        let mut worth = Fraction { num, den: self.product(z_den, &data.den)? };
        if !question.penalty.num.is_zero() {
            let num = -self.dot(z.iter().zip(z))?;
            let den = self.product(z_den, z_den)? << 1;
            worth = self.plus(&worth, &Fraction { num, den })?;
        }
        if worth.is_below(lower) {
            return Err(self.is_false(format!("a worth of at least {lower}"), worth.to_string()));
        }
        // With a penalty lambda the dual function is at most lambda, without one at most 1.
        let is_free = question.penalty.num.is_zero();
        let most = if is_free { Fraction::from(1) } else { question.penalty.clone() };
        let limit = self.product(z_den, &data.den)?;
        let limit = self.product(&limit, &most.num)?;
        let z = z.iter().map(|z| self.product(z, &most.den)).collect::<Checked<_>>()?;
        let one = self.product(z_den, &most.den)?;
        Ok(Dual { z, one, limit })
    }

    /// Every plane of directions that all but one of the hyperplanes through an edge leave.
    fn all_critical_units(&mut self, question: &Question, dual: &Dual) -> Checked<()> {
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

    /// The plane itself: between critical directions the dual function is `<g, u>`, which is
    /// greatest at g where g lies between, and otherwise at an end.
    fn all_arcs(&mut self, question: &Question, dual: &Dual) -> Checked<()> {
        let axes = [[1, 0], [0, 1]].map(|axis| axis.map(Integer::from).to_vec());
        for j in 0..question.data.rows.len() {
            self.sweep(question, dual, j, &axes, &[])?;
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
        let (d, rows) = (question.d, &question.data.rows);
        let mut offsets: Vec<Pair> = Vec::with_capacity(rows.len());
        for row in rows {
            let offset: Vec<Integer> = (0..d).map(|k| &row[k] - &rows[j][k]).collect();
            offsets.push([self.dot(axes[0].iter().zip(&offset))?, self.dot(axes[1].iter().zip(&offset))?]);
        }
        let mut turns: Vec<(Pair, Option<usize>)> = Vec::new();
        for (i, p) in offsets.iter().enumerate() {
            turns.push((p.clone(), Some(i)));
        }
        for n in edges {
            let p = [self.dot(axes[0].iter().zip(n))?, self.dot(axes[1].iter().zip(n))?];
            turns.push((p, None));
        }
        turns.retain(|(p, _)| !(p[0].is_zero() && p[1].is_zero()));
        // The direction orthogonal to each, in the half circle from 0 on.
        for (p, _) in &mut turns {
            let w = [-&p[1], p[0].clone()];
            let turned = w[1].is_negative() || w[1].is_zero() && w[0].is_negative();
            *p = if turned { w.map(|x| -x) } else { w };
        }
        let bits = turns.iter().flat_map(|(w, _)| w).map(Exact::bits).max().unwrap_or(0);
        let each = 2 * (bits / 64 + 2).pow(2);
        self.spend(turns.len() as u64 * u64::from(turns.len().ilog2() + 1) * each)?;
        turns.sort_by(|(a, _), (b, _)| (&a[1] * &b[0]).cmp(&(&a[0] * &b[1])));
        let Some((first, _)) = turns.first() else { return Ok(()) };
        let (mut beyond, mut all) = ([Integer::ZERO, Integer::ZERO], [Integer::ZERO, Integer::ZERO]);
        for (p, z) in offsets.iter().zip(&dual.z) {
            // Just before the first direction.
            let along = self.dot(p.iter().zip(first))?;
            let side = self.product(&p[0], &first[1])? - self.product(&p[1], &first[0])?;
            let is_beyond = along.is_positive() || along.is_zero() && side.is_positive();
            for k in 0..2 {
                let weighted = self.product(&p[k], z)?;
                if is_beyond {
                    beyond[k] += &weighted;
                }
                all[k] += weighted;
            }
        }
        let mut at = 0;
        while at < turns.len() {
            let w = turns[at].0.clone();
            self.holds_at(question, dual, axes, &w, [&beyond, &all])?;
            while let Some((same, member)) = turns.get(at) {
                if self.product(&same[0], &w[1])? != self.product(&same[1], &w[0])? {
                    break;
                }
                if let Some(i) = member {
                    let p = &offsets[*i];
                    let enters = (self.product(&w[0], &p[1])? - self.product(&w[1], &p[0])?).is_positive();
                    for k in 0..2 {
                        let weighted = self.product(&p[k], &dual.z[*i])?;
                        if enters { beyond[k] += weighted } else { beyond[k] -= weighted }
                    }
                }
                at += 1;
            }
            if question.norm == "l2" {
                let next = match turns.get(at) {
                    Some((next, _)) => next.clone(),
                    None => turns[0].0.each_ref().map(|x| -x),
                };
                let behind = [&beyond[0] - &all[0], &beyond[1] - &all[1]];
                for g in [&beyond, &behind] {
                    self.holds_between(dual, g, &w, &next)?;
                }
            }
        }
        Ok(())
    }

    /// `|eta(u)| <= ||u||` at a direction and at its opposite.
    fn holds_at(
        &mut self,
        question: &Question,
        dual: &Dual,
        axes: &[Vec<Integer>; 2],
        w: &Pair,
        [beyond, all]: [&Pair; 2],
    ) -> Checked<()> {
        let ahead = self.dot(beyond.iter().zip(w))?;
        let behind = &ahead - self.dot(all.iter().zip(w))?;
        let mut direction = Vec::with_capacity(question.d);
        for k in 0..question.d {
            direction.push(self.product(&w[0], &axes[0][k])? + self.product(&w[1], &axes[1][k])?);
        }
        let length = self.length(question.norm, &direction)?;
        let mut most = self.product(&dual.limit, &length)?;
        let is_square = question.norm == "l2";
        if is_square {
            most = self.product(&most, &dual.limit)?;
        }
        for value in [ahead, behind] {
            let found = if is_square { self.product(&value, &value)? } else { Exact::abs(&value) };
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
            let (found, most) = (self.dot(g.iter().zip(g))?, self.product(&dual.limit, &dual.limit)?);
            if found > most {
                let expected = format!("a dual function within the norm at ({}, {})", g[0], g[1]);
                return Err(self.is_false(expected, show(&found, &most)));
            }
        }
        Ok(())
    }

    /// For each set of active points, in the order of binary counting with point 1 the lowest
    /// digit, and for the signs + and -: a line `alpha` of numbers not negative.
    fn all_patterns(&mut self, question: &Question, dual: &Dual) -> Checked<()> {
        let (d, rows) = (question.d, &question.data.rows);
        let count = rows.len();
        if count > MAX_PATTERNS_OF {
            return Err(self.too_large(format!("{MAX_PATTERNS_OF} points with all patterns")));
        }
        for (pattern, is_plus) in (0..1u32 << count).flat_map(|s| [(s, true), (s, false)]) {
            let alpha = self.numbers("alpha", count..=count)?;
            let alpha = self.table(vec![alpha])?;
            let mut weights = Vec::with_capacity(count);
            for (i, (alpha_i, z)) in alpha.rows[0].iter().zip(&dual.z).enumerate() {
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
            let (mut found, mut most) =
                (self.length(dual_norm, &g)?, self.product(&dual.limit, &alpha.den)?);
            if question.norm == "l2" {
                most = self.product(&most, &most)?;
            }
            if found > most {
                found = std::mem::take(&mut found);
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
    if norm == "l1" {
        return (0..d).map(|k| normal(&[(k, 1)])).collect();
    }
    let pairs = (0..d).flat_map(|l| (0..l).map(move |k| (k, l)));
    pairs.flat_map(|(k, l)| [normal(&[(k, 1), (l, 1)]), normal(&[(k, 1), (l, -1)])]).collect()
}
