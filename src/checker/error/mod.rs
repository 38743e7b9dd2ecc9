//! Kind `error`: a network is within a stated distance of a function on a whole box.
//!
//! The evidence cuts the box into parts. On each part the checker encloses the function minus the
//! network. Only this kind needs the modules below, so a reader who relies on other kinds may skip
//! the folder, and a build may leave it out (feature `error`).

mod fixed;
mod form;
mod function;
mod parts;
mod radial;
mod reduced;

use crate::circuit::Gate;
use crate::fraction::{Fraction, Table};
use crate::integer::{Exact, Integer};
use crate::limits::MAX_WORK;
use crate::network::Network;
use crate::reader::Checker;
use crate::verdict::{Checked, Proved, Rejection};
use fixed::{FixedPoint, Interval, NoValue};
use form::{AffineArithmetic, AffineForm, Factor};
use function::Function;
use parts::{Target, shown};
use reduced::{InputBox, ReducedNetwork, symbol};

/// The most inputs.
const MAX_INPUTS: usize = 64;

/// The statement, and the line of each part that may be false.
struct Stated {
    sides: InputBox,
    lines: Vec<Gate>,
    output: usize,
    function: Function,
    upper: Fraction,
    lower: (usize, Fraction),
    point: (usize, Vec<Fraction>),
}

/// `input`, `range`s, the values, `output`, `function`, `upper`, `lower`, `point`; proof: `places`,
/// the way, and one part a line.
impl<'a> Checker<'a> {
    pub(super) fn error(&mut self, network: Option<&Network>) -> Checked<Proved<'a>> {
        let stated = self.error_statement(network)?;
        let proof = self.proof()?;
        let places = self.count("places")?;
        if !(64..=8192).contains(&places) {
            return Err(self.malformed("64 to 8192 places", &places.to_string()));
        }
        let fixed = FixedPoint { places };
        let reduced = self.reduce(&stated.sides, &stated.lines, stated.output, fixed)?;
        let dimension = stated.sides.ends.len();
        self.affords(stated.function.length() * places, fixed)?;
        self.is_apart(&stated, fixed)?;
        match self.one_of(&["direct", "radial"])? {
            ("direct", words) => {
                self.nothing_more("direct", &words)?;
                self.affords(reduced.size() * (dimension + 3), fixed)?;
                let unit = Interval { lo: -fixed.one(), hi: fixed.one() };
                let forms = AffineArithmetic { fixed, ends: vec![unit; dimension] };
                let form = |cell: &[Interval]| difference(&stated, &reduced, &forms, cell);
                self.parts(&Target { dimension, form: &form }, &stated.upper, fixed)?;
            }
            (_, words) => {
                let words = self.fractions(&words, 2..=2)?;
                let (sides, function) = (&stated.sides, &stated.function);
                self.radial(sides, function, &reduced, &words, &stated.upper)?;
            }
        }
        self.bare("end")?;
        let fact = format!(
            "on its whole box the network is within {} of the function, and at the stated point \
             {} away or more (dimension {dimension}, values {})",
            stated.upper,
            stated.lower.1,
            stated.lines.len()
        );
        Ok((proof, fact))
    }

    fn error_statement(&mut self, network: Option<&Network>) -> Checked<Stated> {
        let inputs = self.count("input")?;
        if !(1..=MAX_INPUTS).contains(&inputs) {
            let expected = format!("1 to {MAX_INPUTS} inputs");
            return Err(self.malformed(expected, &inputs.to_string()));
        }
        let mut ranges = Vec::with_capacity(inputs);
        for _ in 0..inputs {
            let range = self.numbers("range", 2..=2)?;
            if !range[0].is_below(&range[1]) {
                return Err(self.malformed("a range with a point inside", "none"));
            }
            ranges.push(range);
        }
        let mut lines = Vec::new();
        let output = loop {
            match self.one_of(&["sum", "relu", "bend", "max", "output"])? {
                ("output", words) => break self.index(&words, 1 + inputs + lines.len())?,
                (keyword, words) => {
                    lines.push(self.value_line(keyword, &words, 1 + inputs + lines.len())?);
                    self.is_line_of(network, inputs, &lines)?;
                }
            }
        };
        if let Some(network) = network {
            if network.lines.len() != lines.len() || network.inputs != inputs {
                return Err(self.is_false("more values of the network", "the end of them"));
            }
            if network.outputs != [output] {
                let expected = format!("the outputs {:?} of the network file", network.outputs);
                return Err(self.is_false(expected, output.to_string()));
            }
        }
        let function = match self.words("function")?[..] {
            [text] => self.function(text, inputs)?,
            ref other => return Err(self.malformed("a function without spaces", &other.join(" "))),
        };
        let upper = self.bound("upper")?;
        let lower = (self.line + 1, self.bound("lower")?);
        let point = self.numbers("point", inputs..=inputs)?;
        for (x, range) in point.iter().zip(&ranges) {
            if x.is_below(&range[0]) || range[1].is_below(x) {
                return Err(self.is_false("a point of the box", x.to_string()));
            }
        }
        let point = (self.line, point);
        let Table { rows, den } = self.table(ranges)?;
        let ends = rows.into_iter().filter_map(|row| row.try_into().ok()).collect();
        let sides = InputBox { ends, den };
        Ok(Stated { sides, lines, output, function, upper, lower, point })
    }

    fn bound(&mut self, keyword: &'static str) -> Checked<Fraction> {
        let bound = self.numbers(keyword, 1..=1)?.remove(0);
        match bound.num.is_negative() {
            true => Err(self.malformed("a number that is not negative", &bound.to_string())),
            false => Ok(bound),
        }
    }

    /// Checks that the network and the function differ at the point by the stated distance or more.
    fn is_apart(&mut self, stated: &Stated, fixed: FixedPoint) -> Checked<()> {
        let (line, lower) = &stated.lower;
        if lower.num.is_zero() {
            return Ok(());
        }
        let forms = AffineArithmetic { fixed, ends: Vec::new() };
        let point: Vec<Interval> = stated.point.1.iter().map(|x| fixed.fraction(x)).collect();
        let inputs: Vec<AffineForm> = point.iter().map(|x| forms.span(x)).collect();
        let value = norm(&forms, &inputs)
            .and_then(|norm| stated.function.value(&forms, &inputs, &norm))
            .map_err(|NoValue| {
                let (line, expected) = (stated.point.0, "a point where the function has a value");
                let found = "none that is known".to_owned();
                Rejection::False { line, expected: expected.to_owned(), found }
            })?;
        let network = self.at(&stated.lines, stated.output, &point, fixed)?;
        let apart = value.range.minus(&network);
        let least = (&apart.lo).max(&-&apart.hi).clone();
        if least < fixed.fraction(lower).hi {
            let found = shown(&least, fixed);
            let expected = format!("a distance of {lower} at the point");
            return Err(Rejection::False { line: *line, expected, found });
        }
        Ok(())
    }

    /// The value of a network at a point.
    fn at(
        &mut self,
        lines: &[Gate],
        output: usize,
        point: &[Interval],
        fixed: FixedPoint,
    ) -> Checked<Interval> {
        let mut values = vec![Interval::point(fixed.one())];
        values.extend(point.iter().cloned());
        let positive = |x: &Interval| Interval {
            lo: (&x.lo).max(&Integer::ZERO).clone(),
            hi: (&x.hi).max(&Integer::ZERO).clone(),
        };
        for line in lines {
            let value = match line {
                Gate::Sum(terms) => {
                    let mut sum = Interval::of(0, 0);
                    for (index, weight) in terms {
                        let value = &values[*index];
                        let words = (weight.num.bits() + weight.den.bits()) / 64 + 2;
                        self.spend(words * (value.size().bits() / 64 + 2) * 2)?;
                        sum = sum.plus(&Factor::new(weight).span(value));
                    }
                    sum
                }
                Gate::Bend { source, at_zero, first, rest } => {
                    let source = &values[*source];
                    let mut sum = fixed.fraction(at_zero).plus(&Factor::new(first).span(source));
                    let mut before = first;
                    for (point, slope) in rest {
                        self.spend(64)?;
                        let change = Factor::new(&self.plus(slope, &before.negated())?);
                        let point = fixed.fraction(point);
                        let here = positive(&source.minus(&point));
                        let zero = positive(&Interval::of(0, 0).minus(&point));
                        sum = sum.plus(&change.span(&here)).minus(&change.span(&zero));
                        before = slope;
                    }
                    sum
                }
                Gate::Max(sources) => {
                    let each = sources.iter().map(|index| values[*index].clone());
                    let larger = |a: Interval, b: Interval| Interval {
                        lo: a.lo.max(b.lo),
                        hi: a.hi.max(b.hi),
                    };
                    each.reduce(larger).expect("a maximum is of something")
                }
            };
            if value.is_short().is_err() {
                return Err(self.too_large("a number of the network".to_owned()));
            }
            values.push(value);
        }
        Ok(values.swap_remove(output))
    }

    /// Refuses to compute so many products for one part if they cost too much.
    fn affords(&self, products: usize, fixed: FixedPoint) -> Checked<()> {
        let words = fixed.places as u64 / 64 + 4;
        match (products as u64).saturating_mul(words * words) {
            0..=MAX_WORK => Ok(()),
            _ => Err(self.too_large(format!("{MAX_WORK} units of work for one part"))),
        }
    }
}

/// The sum of the squares.
fn norm(forms: &AffineArithmetic, inputs: &[AffineForm]) -> Result<AffineForm, NoValue> {
    let mut sum = forms.span(&Interval::of(0, 0));
    for input in inputs {
        sum = forms.plus(&sum, &forms.power(input, 2)?);
    }
    Ok(sum)
}

/// The function minus the network on a part of the box.
fn difference(
    stated: &Stated,
    reduced: &ReducedNetwork,
    forms: &AffineArithmetic,
    cell: &[Interval],
) -> Result<AffineForm, NoValue> {
    let sides = cell.iter().enumerate();
    let inputs = sides.map(|(i, part)| stated.sides.coordinate(forms.fixed, i, i, part));
    let inputs: Vec<AffineForm> = inputs.collect();
    let value = stated.function.value(forms, &inputs, &norm(forms, &inputs)?)?;
    let symbols = cell.iter().enumerate().map(|(i, part)| symbol(i, part)).collect();
    Ok(forms.minus(&value, &reduced.value(forms, symbols)))
}
