//! Kinds `interpolation`, `vector-interpolation`, `decayed-interpolation`, `fewest-knots` and
//! `penalised`: fits of one input.
//!
//! All are about continuous piecewise linear functions through, or near, points; their cost is the
//! sum of the length of the jump of the slope over all knots, weighted where biases decay.

use crate::fraction::Fraction;
use crate::integer::Exact;
use crate::reader::Checker;
use crate::verdict::{Checked, Kind, Proved};

/// Points with increasing abscissae, and what follows from them.
struct Points {
    x: Vec<Fraction>,
    /// The other numbers of the lines: outputs, or an output and a weight.
    columns: Vec<Vec<Fraction>>,
}

/// A place, and for each output the jump of the slope there.
type Knot = (Fraction, Vec<Fraction>);

impl<'a> Checker<'a> {
    /// `points`, a line `point` each, `least`; proof: the function, a line `dual` for each output.
    /// With several, their number comes first; with several, or if biases decay, two bounds take
    /// the place of the least.
    pub(super) fn interpolation(&mut self, kind: Kind) -> Checked<Proved<'a>> {
        let has_several = kind == Kind::VectorInterpolation;
        let is_decayed = kind == Kind::DecayedInterpolation;
        let has_bounds = has_several || is_decayed;
        let outputs = if has_several { self.count("outputs")? } else { 1 };
        let points = self.points(1 + outputs)?;
        let lower = self.one(if has_bounds { "lower" } else { "least" })?;
        let upper = if has_bounds { self.one("upper")? } else { lower.clone() };
        let proof = self.proof()?;
        let slopes = self.numbers("slope", outputs..=outputs)?;
        let mut knots = Vec::new();
        let words = loop {
            let (keyword, words) = self.one_of(&["knot", "dual"])?;
            if keyword == "dual" {
                break words;
            }
            let knot = self.fractions(&words, 1 + outputs..=1 + outputs)?;
            self.knot(&mut knots, knot)?;
        };
        self.goes_through(&points, &slopes, &knots)?;
        let mut cost = Fraction::from(0);
        for (at, jump) in &mut knots {
            if is_decayed {
                // Weight and bias: their length is that of the jump times sqrt(1 + t^2).
                jump.push(self.multiplied(at, &jump[0])?);
            }
            let size = self.length_of(jump)?;
            cost = self.sum(&cost, &size)?;
        }
        if upper.is_below(&cost) {
            return Err(self.is_false("a function that costs the least", cost.to_string()));
        }
        let count = points.x.len();
        let mut dual = vec![self.fractions(&words, count..=count)?];
        while dual.len() < outputs {
            dual.push(self.numbers("dual", count..=count)?);
        }
        let name = if has_several { "a length of 1 at most" } else { "a value from -1 to 1" };
        if is_decayed {
            self.is_under_hyperbola(&points.x, &dual[0])?;
        } else {
            self.is_dual(&dual, &Fraction::from(1), name)?;
        }
        let mut below = Fraction::from(0);
        for (values, column) in dual.iter().zip(&points.columns) {
            for (value, jump) in values.iter().zip(self.jumps(&points.x, column)?) {
                let term = self.multiplied(value, &jump)?;
                below = self.sum(&below, &term)?;
            }
        }
        if below.is_below(&lower) {
            return Err(self.is_false("a dual that shows the least", below.to_string()));
        }
        self.bare("end")?;
        let fact = match kind {
            Kind::VectorInterpolation => format!(
                "no interpolant with {outputs} outputs has a sum of lengths of jumps below \
                 {lower}, and one has at most {upper} (points {count})"
            ),
            Kind::DecayedInterpolation => format!(
                "no interpolant whose biases decay costs less than {lower}, and one costs at most \
                 {upper} (points {count})"
            ),
            _ => format!(
                "no interpolant has a total variation of its derivative below {lower} (points \
                 {count})"
            ),
        };
        Ok((proof, fact))
    }

    /// `points`, a line `point` each, `knots`; proof: the function, then `convex` and `concave`.
    pub(super) fn fewest_knots(&mut self) -> Checked<Proved<'a>> {
        let points = self.points(2)?;
        let fewest = self.count("knots")?;
        let proof = self.proof()?;
        let slope = self.numbers("slope", 1..=1)?;
        let mut knots = Vec::new();
        for _ in 0..fewest {
            let knot = self.numbers("knot", 2..=2)?;
            self.knot(&mut knots, knot)?;
        }
        self.goes_through(&points, &slope, &knots)?;
        let jumps = self.jumps(&points.x, &points.columns[0])?;
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
                return Err(self.is_false(expected, jumps[center - 1].to_string()));
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
        let (lower, upper, count) = (&ends[0], &ends[1], points.x.len());
        let [y, weights] = &points.columns[..] else { unreachable!("two columns were asked for") };
        if !weights.iter().chain([&lambda]).all(|w| w.num.is_positive()) {
            return Err(self.is_false("weights and lambda above 0", "one that is not"));
        }
        let proof = self.proof()?;
        let values = self.numbers("values", count..=count)?;
        let above = self.objective(&points, &lambda, &values)?;
        if upper.is_below(&above) {
            let expected = format!("values whose objective is at most {upper}");
            return Err(self.is_false(expected, above.to_string()));
        }
        let dual = [self.numbers("dual", count..=count)?];
        self.is_dual(&dual, &lambda, "a value within lambda")?;
        // The least over all values of the Lagrangian: g y - g^2 / (2 w), g the jumps of the dual.
        let adjoint = self.jumps(&points.x, &dual[0])?;
        let mut below = Fraction::from(0);
        for (i, g) in adjoint.iter().enumerate() {
            let shift = self.multiplied(g, &weights[i].inverse())?;
            let half = self.multiplied(&shift, &Fraction { num: 1.into(), den: 2.into() })?;
            let rest = self.sum(&y[i], &half.negated())?;
            let term = self.multiplied(g, &rest)?;
            below = self.sum(&below, &term)?;
        }
        if below.is_below(lower) {
            let expected = format!("a dual whose objective is at least {lower}");
            return Err(self.is_false(expected, below.to_string()));
        }
        self.bare("end")?;
        let fact = format!(
            "the least of half the squared errors plus {lambda} times the total variation of the \
             derivative lies in [{lower}, {upper}] (points {count})"
        );
        Ok((proof, fact))
    }

    fn points(&mut self, width: usize) -> Checked<Points> {
        let count = self.count("points")?;
        let mut points = Points { x: Vec::new(), columns: Vec::new() };
        if count == 0 {
            return Err(self.malformed("one point at least", "0"));
        }
        for _ in 0..count {
            let mut row = self.numbers("point", width..=width)?;
            let x = row.remove(0);
            if points.x.last().is_some_and(|last| !last.is_below(&x)) {
                return Err(self.is_false("increasing abscissae", x.to_string()));
            }
            points.x.push(x);
            points.columns.resize(width - 1, Vec::new());
            points.columns.iter_mut().zip(row).for_each(|(column, y)| column.push(y));
        }
        Ok(points)
    }

    /// The length of a vector, rounded up where it is not a number.
    fn length_of(&mut self, vector: &[Fraction]) -> Checked<Fraction> {
        let [number] = vector else {
            let unit = [Fraction::from(1), Fraction::from(0)];
            let unit = self.table(vec![unit.iter().chain(vector).cloned().collect()])?;
            return self.path_norm("l2", 1, &unit);
        };
        Ok(if number.num.is_negative() { number.negated() } else { number.clone() })
    }

    /// No value is longer than `most`, and those at both ends are 0.
    fn is_dual(&mut self, dual: &[Vec<Fraction>], most: &Fraction, name: &str) -> Checked<()> {
        for i in 0..dual[0].len() {
            let value: Vec<Fraction> = dual.iter().map(|values| values[i].clone()).collect();
            let size = self.length_of(&value)?;
            let is_end = i == 0 || i + 1 == dual[0].len();
            if is_end && !size.num.is_zero() || most.is_below(&size) {
                let expected = if is_end { "the value 0" } else { name };
                let found = if let [one] = &value[..] { one } else { &size };
                let expected = format!("{expected} at point {}", i + 1);
                return Err(self.is_false(expected, found.to_string()));
            }
        }
        Ok(())
    }

    /// A dual function that is linear between the points, 0 at both ends and at most sqrt(1 + t^2)
    /// in size: at each point, and where `1 + t^2 - (a t + b)^2` is least on the piece before it.
    fn is_under_hyperbola(&mut self, x: &[Fraction], dual: &[Fraction]) -> Checked<()> {
        let one = Fraction::from(1);
        for (i, (t, value)) in x.iter().zip(dual).enumerate() {
            let (place, size) = (self.multiplied(t, t)?, self.multiplied(value, value)?);
            let is_end = i == 0 || i + 1 == x.len();
            if is_end && !size.num.is_zero() || self.sum(&one, &place)?.is_below(&size) {
                let expected = if is_end { "the value 0" } else { "a value below the hyperbola" };
                let expected = format!("{expected} at point {}", i + 1);
                return Err(self.is_false(expected, value.to_string()));
            }
            let Some(before) = i.checked_sub(1) else { continue };
            let run = self.sum(t, &x[before].negated())?;
            let rise = self.sum(value, &dual[before].negated())?;
            let a = self.multiplied(&rise, &run.inverse())?;
            let b = self.further(value, &a, [t, &Fraction::from(0)])?;
            let square = self.multiplied(&a, &a)?;
            let bend = self.sum(&one, &square.negated())?;
            if !bend.num.is_positive() {
                continue;
            }
            let product = self.multiplied(&a, &b)?;
            let least = self.multiplied(&product, &bend.inverse())?;
            let height = self.multiplied(&b, &b)?;
            if x[before].is_below(&least) && least.is_below(t) && bend.is_below(&height) {
                let expected = format!("a line below the hyperbola before point {}", i + 1);
                return Err(self.is_false(expected, least.to_string()));
            }
        }
        Ok(())
    }

    /// Adds a knot after the ones before it.
    fn knot(&mut self, knots: &mut Vec<Knot>, mut jump: Vec<Fraction>) -> Checked<()> {
        let at = jump.remove(0);
        if knots.last().is_some_and(|(last, _)| !last.is_below(&at)) {
            return Err(self.is_false("increasing knots", at.to_string()));
        }
        knots.push((at, jump));
        Ok(())
    }

    /// The function with these slopes before all knots, and through the first point, goes through
    /// all.
    fn goes_through(&mut self, data: &Points, slopes: &[Fraction], knots: &[Knot]) -> Checked<()> {
        for (o, (values, slope)) in data.columns.iter().zip(slopes).enumerate() {
            let mut slope = slope.clone();
            // Knots before the first point change no more than the slope.
            let mut next = knots.iter().peekable();
            while let Some((_, jump)) = next.next_if(|(at, _)| at.is_below(&data.x[0])) {
                slope = self.sum(&slope, &jump[o])?;
            }
            let (mut at, mut y) = (data.x[0].clone(), values[0].clone());
            for (i, x) in data.x.iter().enumerate() {
                while let Some((knot, jump)) = next.next_if(|(knot, _)| knot.is_below(x)) {
                    y = self.further(&y, &slope, [&at, knot])?;
                    (at, slope) = (knot.clone(), self.sum(&slope, &jump[o])?);
                }
                y = self.further(&y, &slope, [&at, x])?;
                if y != values[i] {
                    let expected = format!("a function through point {}", i + 1);
                    return Err(self.is_false(expected, y.to_string()));
                }
                // The same number, as it was written: no digits pile up.
                (at, y) = (x.clone(), values[i].clone());
            }
        }
        Ok(())
    }

    /// `y + slope (x_1 - x_0)`
    fn further(&mut self, y: &Fraction, slope: &Fraction, x: [&Fraction; 2]) -> Checked<Fraction> {
        let run = self.sum(x[1], &x[0].negated())?;
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
            let miss = self.sum(&points.columns[0][i], &value.negated())?;
            let square = self.multiplied(&miss, &miss)?;
            let term = self.multiplied(&points.columns[1][i], &square)?;
            loss = self.sum(&loss, &term)?;
        }
        let jumps = self.jumps(&points.x, values)?;
        let mut cost = Fraction::from(0);
        for jump in jumps.iter().take(jumps.len() - 1).skip(1) {
            let size = self.length_of(std::slice::from_ref(jump))?;
            cost = self.sum(&cost, &size)?;
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
        Ok(Fraction { num: &a.num / &common, den: &a.den / &common })
    }
}
