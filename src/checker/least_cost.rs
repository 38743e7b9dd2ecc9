//! Kind `least-cost`: how little a network through, or near, points can cost.
//!
//! The network bounds the least cost from above. Multipliers of the points bound it from below, if
//! their dual function is nowhere larger than the norm: at every critical unit, on every arc of the
//! circle, or by a combination for every pattern of active points.

use crate::dual_function::{Dual, Question};
use crate::fraction::{Fraction, Table, show};
use crate::integer::{Exact, Integer};
use crate::limits::MAX_SWEEPS;
use crate::reader::Checker;
use crate::verdict::{Checked, Proved, Rejection};
use dashu_int::ops::SquareRoot;

impl<'a> Checker<'a> {
    pub(super) fn least_cost(&mut self) -> Checked<Proved<'a>> {
        self.allow(MAX_SWEEPS);
        let norm = self.choice("norm", ["l1", "l2", "linf"])?;
        let d = self.count("inputs")?;
        if !(1..=64).contains(&d) {
            return Err(self.malformed("1 to 64 inputs", &d.to_string()));
        }
        let (mut keyword, mut words) = self.one_of(&["outputs", "skip"])?;
        let mut q = 1;
        if keyword == "outputs" {
            q = self.counted(&words)?;
            if !(2..=64).contains(&q) {
                return Err(self.malformed("2 to 64 outputs, or no such line", &q.to_string()));
            }
            (keyword, words) = self.one_of(&["skip"])?;
        }
        let is_skip_free = keyword == "skip" && self.chosen(&words, ["free", "none"])? == "free";
        let penalty = self.one("penalty")?;
        if penalty.num.is_negative() {
            return Err(self.is_false("a penalty not negative", penalty.to_string()));
        }
        let mut rows = vec![self.numbers("point", d + q..=d + q)?];
        let lower = loop {
            let (keyword, words) = self.one_of(&["point", "lower"])?;
            if keyword == "lower" {
                break self.fractions(&words, 1..=1)?.remove(0);
            }
            rows.push(self.fractions(&words, d + q..=d + q)?);
        };
        let upper = self.one("upper")?;
        let data = self.table(rows)?;
        let question = Question { norm, d, q, is_skip_free, penalty, data };
        let proof = self.proof()?;
        self.costs_at_most(&question, &upper)?;
        let dual = self.dual(&question, &lower)?;
        let ways = &["dictionary", "circle", "patterns"];
        let (way, words) = self.one_of(ways)?;
        self.nothing_more(way, &words)?;
        match (way, norm, d, q) {
            ("dictionary", "l1" | "linf", 2 | 3, _) | ("circle", "l2", 2, 1) => {
                self.all_critical_units(&question, &dual)?;
            }
            ("patterns", _, _, 1) => self.all_patterns(&question, &dual)?,
            _ => {
                let expected = "`dictionary` for l1 or linf and 2 or 3 inputs, `circle` for l2, \
                                2 inputs and one output, `patterns` for one output";
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

    /// `unit v.. t w..` lines, then `affine c0 c..`, one line an output: its values at the points
    /// and its cost.
    fn costs_at_most(&mut self, question: &Question, upper: &Fraction) -> Checked<()> {
        let (d, q, data) = (question.d, question.q, &question.data);
        let mut units = Vec::new();
        let mut affine = loop {
            let (keyword, words) = self.one_of(&["unit", "affine"])?;
            if keyword == "affine" {
                break vec![self.fractions(&words, d + 1..=d + 1)?];
            }
            units.push(self.fractions(&words, d + q + 1..=d + q + 1)?);
        };
        while affine.len() < q {
            affine.push(self.numbers("affine", d + 1..=d + 1)?);
        }
        if !question.is_skip_free && affine.iter().any(|c| c[1..].iter().any(|c| !c.num.is_zero()))
        {
            return Err(self.is_false("an affine part without slope", "a slope"));
        }
        let line = self.line;
        let (units, affine) = (self.table(units)?, self.table(affine)?);
        let square = self.product(&units.den, &units.den)?;
        let common = self.product(&square, &affine.den)?;
        let mut squares = Integer::ZERO;
        for (i, row) in data.rows.iter().enumerate() {
            let (x, y) = row.split_at(d);
            let mut sums = vec![Integer::ZERO; q];
            for unit in &units.rows {
                let inner = self.dot(unit[q + 1..].iter().zip(x))?;
                let inner = inner - self.product(&unit[q], &data.den)?;
                if inner.is_positive() {
                    for (sum, v) in sums.iter_mut().zip(unit) {
                        *sum += self.product(v, &inner)?;
                    }
                }
            }
            for ((sum, affine_row), y) in sums.iter().zip(&affine.rows).zip(y) {
                let free = self.dot(affine_row[1..].iter().zip(x))?;
                let free = free + self.product(&affine_row[0], &data.den)?;
                let found = self.product(sum, &affine.den)? + self.product(&free, &square)?;
                let off = &found - self.product(y, &common)?;
                if question.penalty.num.is_zero() && !off.is_zero() {
                    let den = self.product(&common, &data.den)?;
                    let expected = format!("the value of point {}", i + 1);
                    return Err(Rejection::False { line, expected, found: show(&found, &den) });
                }
                squares += self.product(&off, &off)?;
            }
        }
        let mut cost = self.path_norm(question.norm, q, &units)?;
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
    pub(super) fn path_norm(&mut self, norm: &str, q: usize, units: &Table) -> Checked<Fraction> {
        let den = self.product(&units.den, &units.den)?;
        let has_roots = norm == "l2" || q > 1;
        let shift = if has_roots { 128 } else { 0 };
        let mut cost = Integer::ZERO;
        for unit in &units.rows {
            let mut size = self.length(norm, &unit[q + 1..])?;
            cost += if has_roots {
                let square = self.dot(unit[..q].iter().zip(&unit[..q]))?;
                if norm != "l2" {
                    size = self.product(&size, &size)?;
                }
                let square = self.product(&square, &size)? << (2 * shift);
                self.spend((square.bits() / 64 + 1).pow(2))?;
                let root: Integer = SquareRoot::sqrt(&square).into();
                if &root * &root == square { root } else { root + 1 }
            } else {
                self.product(&Exact::abs(&unit[0]), &size)?
            };
        }
        Ok(Fraction { num: cost, den: den << shift })
    }

    /// `dual z..`, one line an output: orthogonal to what is free, and worth at least `lower`.
    fn dual(&mut self, question: &Question, lower: &Fraction) -> Checked<Dual> {
        let (d, q, data) = (question.d, question.q, &question.data);
        let count = data.rows.len();
        let mut lines = Vec::with_capacity(q);
        for _ in 0..q {
            lines.push(self.numbers("dual", count..=count)?);
        }
        let table = self.table(lines)?;
        let z_den = &table.den;
        let axes = if question.is_skip_free { d } else { 0 };
        let (mut num, mut squares) = (Integer::ZERO, Integer::ZERO);
        for (o, z) in table.rows.iter().enumerate() {
            let sum: Integer = z.iter().sum();
            if !sum.is_zero() {
                return Err(self.is_false("multipliers with sum 0", show(&sum, z_den)));
            }
            for k in 0..axes {
                let sum = self.dot(z.iter().zip(data.rows.iter().map(|row| &row[k])))?;
                if !sum.is_zero() {
                    let den = self.product(z_den, &data.den)?;
                    let expected = format!("multipliers orthogonal to coordinate {}", k + 1);
                    return Err(self.is_false(expected, show(&sum, &den)));
                }
            }
            num += self.dot(z.iter().zip(data.rows.iter().map(|row| &row[d + o])))?;
            squares += self.dot(z.iter().zip(z))?;
        }
        let mut worth = Fraction { num, den: self.product(z_den, &data.den)? };
        if !question.penalty.num.is_zero() {
            let num = -squares;
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
        let mut z = Vec::with_capacity(q);
        for row in &table.rows {
            z.push(row.iter().map(|z| self.product(z, &most.den)).collect::<Checked<_>>()?);
        }
        let one = self.product(z_den, &most.den)?;
        Ok(Dual { z, one, limit })
    }
}
