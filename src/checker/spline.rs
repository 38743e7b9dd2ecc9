//! Kinds `interpolation`, `fewest-knots`, `penalised`: fits of one input.
//!
//! All are about continuous piecewise linear functions through, or near, points of the plane; their
//! cost is the sum of `|jump|` of the slope over all knots.

use crate::fraction::{Fraction, written};
use crate::integer::Exact;
use crate::reader::Checker;
use crate::verdict::{Checked, Proved};

/// Points with increasing abscissae, and what follows from them.
struct Points {
    x: Vec<Fraction>,
    y: Vec<Fraction>,
    /// The third number of a line, where there is one.
    weights: Vec<Fraction>,
}

impl<'a> Checker<'a> {
    /// `points`, a line `point` each, `least`; proof: the function, `dual`.
    pub(super) fn interpolation(&mut self) -> Checked<Proved<'a>> {
        let points = self.points(2)?;
        let least = self.one("least")?;
        let proof = self.rest;
        self.bare("proof")?;
        let slope = self.one("slope")?;
        let mut knots = Vec::new();
        let words = loop {
            let (keyword, words) = self.one_of(&["knot", "dual"])?;
            if keyword == "dual" {
                break words;
            }
            let knot = self.fractions(&words, 2..=2)?;
            self.knot(&mut knots, knot)?;
        };
        self.goes_through(&points, slope, &knots)?;
        let mut cost = Fraction::from(0);
        for (_, jump) in &knots {
            cost = self.sum(&cost, &absolute(jump))?;
        }
        if cost != least {
            return Err(self.is_false("a function that costs the least", written(&cost)));
        }
        let count = points.x.len();
        let dual = self.fractions(&words, count..=count)?;
        let jumps = self.jumps(&points.x, &points.y)?;
        let mut below = Fraction::from(0);
        for (i, (value, jump)) in dual.iter().zip(&jumps).enumerate() {
            let is_end = i == 0 || i + 1 == count;
            if is_end && !value.num.is_zero() || Fraction::from(1).is_below(&absolute(value)) {
                let expected = if is_end { "the value 0" } else { "a value from -1 to 1" };
                let expected = format!("{expected} at point {}", i + 1);
                return Err(self.is_false(expected, written(value)));
            }
            let term = self.multiplied(value, jump)?;
            below = self.sum(&below, &term)?;
        }
        if below != least {
            return Err(self.is_false("a dual that shows the least", written(&below)));
        }
        self.bare("end")?;
        let fact = format!(
            "no interpolant has a total variation of its derivative below {} (points {count})",
            written(&least)
        );
        Ok((proof, fact))
    }

    /// `points`, a line `point` each, `knots`; proof: the function, then `convex` and `concave`.
    pub(super) fn fewest_knots(&mut self) -> Checked<Proved<'a>> {
        let points = self.points(2)?;
        let fewest = self.count("knots")?;
        let proof = self.rest;
        self.bare("proof")?;
        let slope = self.one("slope")?;
        let mut knots = Vec::new();
        for _ in 0..fewest {
            let knot = self.numbers("knot", 2..=2)?;
            self.knot(&mut knots, knot)?;
        }
        self.goes_through(&points, slope, &knots)?;
        let jumps = self.jumps(&points.x, &points.y)?;
        let mut last: [Option<usize>; 2] = [None; 2];
        for _ in 0..fewest {
            let (keyword, words) = self.one_of(&["convex", "concave"])?;
            let text = words.join(" ");
            let center = self.natural(&text).filter(|i| (2..points.x.len() as u64).contains(i));
            let Some(center) = center.map(|i| i as usize) else {
                return Err(self.malformed("the number of an inner point", &text));
            };
            let is_convex = keyword == "convex";
            let jump = &jumps[center - 1].num;
            if !(if is_convex { jump.is_positive() } else { jump.is_negative() }) {
                let expected = format!("a {keyword} jump at point {center}");
                return Err(self.is_false(expected, written(&jumps[center - 1])));
            }
            let before = &mut last[usize::from(is_convex)];
            if before.is_some_and(|before| center < before + 2) {
                let expected = format!("a {keyword} point two after the last one at least");
                return Err(self.is_false(expected, center.to_string()));
            }
            *before = Some(center);
        }
        self.bare("end")?;
        let count = points.x.len();
        let fact = format!(
            "{fewest} is the least number of knots of a continuous piecewise linear interpolant \
             (points {count})"
        );
        Ok((proof, fact))
    }

    /// `points`, a line `point` each with a weight, `lambda`, `objective`; proof: `values`, `dual`.
    pub(super) fn penalised(&mut self) -> Checked<Proved<'a>> {
        let points = self.points(3)?;
        let lambda = self.one("lambda")?;
        let ends = self.numbers("objective", 2..=2)?;
        let (proof, count) = (self.rest, points.x.len());
        let positive = points.weights.iter().chain([&lambda]).all(|w| w.num.is_positive());
        if !positive {
            return Err(self.is_false("weights and lambda above 0", "one that is not"));
        }
        self.bare("proof")?;
        let values = self.numbers("values", count..=count)?;
        let above = self.objective(&points, &lambda, &values)?;
        if ends[1].is_below(&above) {
            let expected = format!("values whose objective is at most {}", written(&ends[1]));
            return Err(self.is_false(expected, written(&above)));
        }
        let dual = self.numbers("dual", count..=count)?;
        for (i, u) in dual.iter().enumerate() {
            let is_end = i == 0 || i + 1 == count;
            if is_end && !u.num.is_zero() || lambda.is_below(&absolute(u)) {
                let expected = if is_end { "the value 0" } else { "a value within lambda" };
                return Err(self.is_false(format!("{expected} at point {}", i + 1), written(u)));
            }
        }
        // The least over all values of the Lagrangian: g y - g^2 / (2 w), g the jumps of the dual.
        let adjoint = self.jumps(&points.x, &dual)?;
        let mut below = Fraction::from(0);
        for (i, g) in adjoint.iter().enumerate() {
            let shift = self.multiplied(g, &points.weights[i].inverse())?;
            let half = self.multiplied(&shift, &Fraction { num: 1.into(), den: 2.into() })?;
            let rest = self.sum(&points.y[i], &half.negated())?;
            let term = self.multiplied(g, &rest)?;
            below = self.sum(&below, &term)?;
        }
        if below.is_below(&ends[0]) {
            let expected = format!("a dual whose objective is at least {}", written(&ends[0]));
            return Err(self.is_false(expected, written(&below)));
        }
        self.bare("end")?;
        let fact = format!(
            "the least of half the squared errors plus {} times the total variation of the \
             derivative lies in [{}, {}] (points {count})",
            written(&lambda),
            written(&ends[0]),
            written(&ends[1])
        );
        Ok((proof, fact))
    }

    fn points(&mut self, width: usize) -> Checked<Points> {
        let count = self.count("points")?;
        let mut points = Points { x: Vec::new(), y: Vec::new(), weights: Vec::new() };
        if count == 0 {
            return Err(self.malformed("one point at least", "0"));
        }
        for _ in 0..count {
            let mut row = self.numbers("point", width..=width)?;
            points.weights.extend(row.drain(2..));
            let (y, x) = (row.pop(), row.pop());
            let (Some(x), Some(y)) = (x, y) else { unreachable!("two numbers were asked for") };
            if points.x.last().is_some_and(|last| !last.is_below(&x)) {
                return Err(self.is_false("increasing abscissae", written(&x)));
            }
            points.x.push(x);
            points.y.push(y);
        }
        Ok(points)
    }

    fn one(&mut self, keyword: &'static str) -> Checked<Fraction> {
        let mut one = self.numbers(keyword, 1..=1)?;
        Ok(one.remove(0))
    }

    /// Adds a knot after the ones before it.
    fn knot(
        &mut self,
        knots: &mut Vec<(Fraction, Fraction)>,
        mut knot: Vec<Fraction>,
    ) -> Checked<()> {
        let jump = knot.remove(1);
        let at = knot.remove(0);
        if knots.last().is_some_and(|(last, _)| !last.is_below(&at)) {
            return Err(self.is_false("increasing knots", written(&at)));
        }
        knots.push((at, jump));
        Ok(())
    }

    /// The function with this slope before all knots, and through the first point, goes through
    /// all.
    fn goes_through(
        &mut self,
        points: &Points,
        mut slope: Fraction,
        knots: &[(Fraction, Fraction)],
    ) -> Checked<()> {
        // Knots before the first point change no more than the slope.
        let mut next = knots.iter().peekable();
        while let Some((_, jump)) = next.next_if(|(at, _)| at.is_below(&points.x[0])) {
            slope = self.sum(&slope, jump)?;
        }
        let (mut at, mut y) = (points.x[0].clone(), points.y[0].clone());
        for (i, x) in points.x.iter().enumerate() {
            while let Some((knot, jump)) = next.next_if(|(knot, _)| knot.is_below(x)) {
                y = self.further(&y, &slope, &at, knot)?;
                (at, slope) = (knot.clone(), self.sum(&slope, jump)?);
            }
            y = self.further(&y, &slope, &at, x)?;
            if y != points.y[i] {
                let expected = format!("a function through point {}", i + 1);
                return Err(self.is_false(expected, written(&y)));
            }
            // The same number, as it was written: no digits pile up.
            (at, y) = (x.clone(), points.y[i].clone());
        }
        Ok(())
    }

    /// `y + slope (to - from)`
    fn further(
        &mut self,
        y: &Fraction,
        slope: &Fraction,
        from: &Fraction,
        to: &Fraction,
    ) -> Checked<Fraction> {
        let run = self.sum(to, &from.negated())?;
        let rise = self.multiplied(slope, &run)?;
        self.sum(y, &rise)
    }

    /// The jumps of the slopes of the chords at all points, the slope beyond the ends being 0.
    fn jumps(&mut self, x: &[Fraction], y: &[Fraction]) -> Checked<Vec<Fraction>> {
        let mut slopes = vec![Fraction::from(0)];
        for i in 1..x.len() {
            let run = self.sum(&x[i], &x[i - 1].negated())?;
            let rise = self.sum(&y[i], &y[i - 1].negated())?;
            let slope = self.multiplied(&rise, &run.inverse())?;
            slopes.push(slope);
        }
        slopes.push(Fraction::from(0));
        slopes.windows(2).map(|pair| self.sum(&pair[1], &pair[0].negated())).collect()
    }

    fn objective(
        &mut self,
        points: &Points,
        lambda: &Fraction,
        values: &[Fraction],
    ) -> Checked<Fraction> {
        let mut loss = Fraction::from(0);
        for (i, value) in values.iter().enumerate() {
            let miss = self.sum(&points.y[i], &value.negated())?;
            let square = self.multiplied(&miss, &miss)?;
            let term = self.multiplied(&points.weights[i], &square)?;
            loss = self.sum(&loss, &term)?;
        }
        let jumps = self.jumps(&points.x, values)?;
        let mut cost = Fraction::from(0);
        for jump in jumps.iter().take(jumps.len() - 1).skip(1) {
            cost = self.sum(&cost, &absolute(jump))?;
        }
        let loss = self.multiplied(&loss, &Fraction { num: 1.into(), den: 2.into() })?;
        let cost = self.multiplied(lambda, &cost)?;
        self.sum(&loss, &cost)
    }

    /// In lowest terms, as sums of many have to be.
    fn sum(&mut self, a: &Fraction, b: &Fraction) -> Checked<Fraction> {
        let sum = match a.den == b.den {
            true => Fraction { num: &a.num + &b.num, den: a.den.clone() },
            false => self.plus(a, b)?,
        };
        self.lowest(sum)
    }

    fn multiplied(&mut self, a: &Fraction, b: &Fraction) -> Checked<Fraction> {
        let product = self.times(a, b)?;
        self.lowest(product)
    }

    fn lowest(&mut self, a: Fraction) -> Checked<Fraction> {
        let words = a.num.bits().max(a.den.bits()) / 64 + 2;
        self.spend(words * words)?;
        let common = a.num.gcd(&a.den);
        let (num, den) = match common.is_one() {
            true => (a.num, a.den),
            false => (&a.num / &common, &a.den / &common),
        };
        Ok(Fraction { num, den })
    }
}

fn absolute(a: &Fraction) -> Fraction {
    if a.num.is_negative() { a.negated() } else { a.clone() }
}
