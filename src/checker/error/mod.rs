//! Kind `error`: how far a network is from a function on a box.
//!
//! Nothing else needs what is below: a grammar of functions, fixed point with its elementary
//! functions, and affine forms. Who trusts another kind need not read this folder.

mod fixed;
mod fold;
mod form;
mod function;
mod radial;

use super::arithmetic::{Fraction, Table};
use super::circuit::Line;
use super::network::Network;
use super::reader::Checker;
use super::{Checked, MAX_FORMS, MAX_WORK, Proved, Rejection};
use fixed::{Fixed, NoValue, Span};
use fold::{Folded, Sides, symbol};
use form::{Factor, Form, Forms};
use function::Function;
use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::{Signed, Zero};

/// The most inputs.
const MAX_INPUTS: usize = 64;
/// The most halvings of one part.
const MAX_CUTS: usize = 1 << 10;

/// What is stated, and the line of each part that may be false.
struct Stated {
    sides: Sides,
    lines: Vec<Line>,
    output: usize,
    function: Function,
    upper: Fraction,
    lower: (usize, Fraction),
    point: (usize, Vec<Fraction>),
}

/// A function on `[-1, 1]^d`, part by part.
struct Target<'t> {
    dimension: usize,
    form: &'t dyn Fn(&[Span]) -> Result<Form, NoValue>,
}

/// `input`, `range`s, the values, `output`, `function`, `upper`, `lower`, `point`; proof: `places`,
/// the way, and one part a line.
impl<'a> Checker<'a> {
    pub(super) fn error(&mut self, network: Option<&Network>) -> Checked<Proved<'a>> {
        let stated = self.error_statement(network)?;
        let proof = self.rest;
        self.bare("proof")?;
        let places = self.count("places")?;
        if !(64..=8192).contains(&places) {
            return Err(self.malformed("64 to 8192 places", &places.to_string()));
        }
        let fixed = Fixed { places: places as u64 };
        let folded = self.fold(&stated.sides, &stated.lines, stated.output, fixed)?;
        let dimension = stated.sides.ends.len();
        self.affords(stated.function.length() * places, fixed)?;
        self.is_apart(&stated, fixed)?;
        match self.one_of(&["direct", "radial"])? {
            ("direct", words) => {
                self.nothing_more("direct", &words)?;
                self.affords(folded.size() * (dimension + 3), fixed)?;
                let unit = Span { lo: -fixed.one(), hi: fixed.one() };
                let forms = Forms { fixed, ends: vec![unit; dimension] };
                let form = |cell: &[Span]| difference(&stated, &folded, &forms, cell);
                self.parts(&Target { dimension, form: &form }, &stated.upper, fixed)?;
            }
            (_, words) => {
                let words = self.fractions(&words, 2..=2)?;
                let (sides, function) = (&stated.sides, &stated.function);
                self.radial(sides, function, &folded, &words, &stated.upper)?;
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
                ("output", words) => break self.output(&words, 1 + inputs + lines.len())?,
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
        let sides = Sides { ends, den };
        Ok(Stated { sides, lines, output, function, upper, lower, point })
    }

    fn output(&self, words: &[&str], count: usize) -> Checked<usize> {
        let index = match words {
            [word] => self.natural(word).and_then(|index| usize::try_from(index).ok()),
            _ => None,
        };
        let expected = format!("the index of a value below {count}");
        index.filter(|i| *i < count).ok_or_else(|| self.malformed(expected, &words.join(" ")))
    }

    fn bound(&mut self, keyword: &'static str) -> Checked<Fraction> {
        let bound = self.numbers(keyword, 1..=1)?.remove(0);
        match bound.num.is_negative() {
            true => Err(self.malformed("a number that is not negative", &bound.to_string())),
            false => Ok(bound),
        }
    }

    /// The distance at the point is what is stated, or more.
    fn is_apart(&mut self, stated: &Stated, fixed: Fixed) -> Checked<()> {
        let (line, lower) = &stated.lower;
        if lower.num.is_zero() {
            return Ok(());
        }
        let forms = Forms { fixed, ends: Vec::new() };
        let point: Vec<Span> = stated.point.1.iter().map(|x| fixed.fraction(x)).collect();
        let inputs: Vec<Form> = point.iter().map(|x| forms.span(x)).collect();
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
    fn at(&mut self, lines: &[Line], output: usize, point: &[Span], fixed: Fixed) -> Checked<Span> {
        let mut values = vec![Span::point(fixed.one())];
        values.extend(point.iter().cloned());
        let positive = |x: &Span| Span {
            lo: (&x.lo).max(&BigInt::zero()).clone(),
            hi: (&x.hi).max(&BigInt::zero()).clone(),
        };
        for line in lines {
            let value = match line {
                Line::Sum(terms) => {
                    let mut sum = Span::of(0, 0);
                    for (index, weight) in terms {
                        let value = &values[*index];
                        let words = (weight.num.bits() + weight.den.bits()) / 64 + 2;
                        self.spend(words * (value.size().bits() / 64 + 2) * 2)?;
                        sum = sum.plus(&Factor::new(weight).span(value));
                    }
                    sum
                }
                Line::Bend { source, at_zero, first, rest } => {
                    let source = &values[*source];
                    let mut sum = fixed.fraction(at_zero).plus(&Factor::new(first).span(source));
                    let mut before = first;
                    for (point, slope) in rest {
                        self.spend(64)?;
                        let change = Factor::new(&self.plus(slope, &before.negated())?);
                        let point = fixed.fraction(point);
                        let here = positive(&source.minus(&point));
                        let zero = positive(&Span::of(0, 0).minus(&point));
                        sum = sum.plus(&change.span(&here)).minus(&change.span(&zero));
                        before = slope;
                    }
                    sum
                }
                Line::Max(sources) => {
                    let each = sources.iter().map(|index| values[*index].clone());
                    let larger = |a: Span, b: Span| Span { lo: a.lo.max(b.lo), hi: a.hi.max(b.hi) };
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

    /// Refuses what would cost too much on one part: so many products.
    fn affords(&self, products: usize, fixed: Fixed) -> Checked<()> {
        let words = fixed.places / 64 + 4;
        match (products as u64).saturating_mul(words * words) {
            0..=MAX_WORK => Ok(()),
            _ => Err(self.too_large(format!("{MAX_WORK} units of work for one part"))),
        }
    }

    /// Reads how the box is cut, and has every part on which the function stays within the bound.
    fn parts(&mut self, target: &Target<'_>, bound: &Fraction, fixed: Fixed) -> Checked<()> {
        // Rounded towards zero: what is within this is within the bound.
        let most: BigInt = (&bound.num << fixed.places).div_floor(&bound.den);
        let whole = Span { lo: -fixed.one(), hi: fixed.one() };
        let mut left = vec![(0, vec![whole; target.dimension])];
        while let Some((depth, mut cell)) = left.pop() {
            self.work = MAX_WORK;
            let (keyword, words) = self.one_of(&["cut", "part"])?;
            if keyword == "cut" {
                let axis = self.output(&words, target.dimension + 1)?;
                let Some(axis) = axis.checked_sub(1) else {
                    return Err(self.malformed("an axis, counted from 1", "0"));
                };
                let Span { lo, hi } = &cell[axis];
                let middle: BigInt = (lo + hi) >> 1;
                if depth == MAX_CUTS || hi - lo <= BigInt::from(4) {
                    return Err(self.too_large(format!("{MAX_CUTS} cuts of one part")));
                }
                let mut upper = cell.clone();
                upper[axis].lo = middle.clone();
                cell[axis].hi = middle;
                left.extend([(depth + 1, upper), (depth + 1, cell)]);
                continue;
            }
            self.nothing_more("part", &words)?;
            let expected = || format!("a part on which {bound} is not exceeded");
            match (target.form)(&cell) {
                Ok(form) if form.range.size() <= most => {}
                Ok(form) => {
                    let found = format!("up to {}", shown(&form.range.size(), fixed));
                    return Err(self.is_false(expected(), found));
                }
                Err(NoValue) => return Err(self.is_false(expected(), "no bound")),
            }
        }
        Ok(())
    }
}

/// The sum of the squares.
fn norm(forms: &Forms, inputs: &[Form]) -> Result<Form, NoValue> {
    let mut sum = forms.span(&Span::of(0, 0));
    for input in inputs {
        sum = forms.plus(&sum, &forms.power(input, 2)?);
    }
    Ok(sum)
}

/// The function minus the network on a part of the box.
fn difference(
    stated: &Stated,
    folded: &Folded,
    forms: &Forms,
    cell: &[Span],
) -> Result<Form, NoValue> {
    let sides = cell.iter().enumerate();
    let inputs = sides.map(|(i, part)| stated.sides.coordinate(forms.fixed, i, i, part));
    let inputs: Vec<Form> = inputs.collect();
    let value = stated.function.value(forms, &inputs, &norm(forms, &inputs)?)?;
    let symbols = cell.iter().enumerate().map(|(i, part)| symbol(i, part)).collect();
    Ok(forms.minus(&value, &folded.value(forms, symbols)))
}

/// A number of the grid with six digits after the point, rounded down, for people.
fn shown(x: &BigInt, fixed: Fixed) -> String {
    let millions: BigInt = (x * 1_000_000) >> fixed.places;
    let (whole, part) = millions.div_mod_floor(&BigInt::from(1_000_000));
    match whole.bits() {
        0..=64 if whole.is_negative() => "less than 0".to_owned(),
        0..=64 => format!("{whole}.{part:06}"),
        _ => "more than 2^64".to_owned(),
    }
}
