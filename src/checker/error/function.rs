//! Parses a function, written as text without spaces, into a list of steps, and encloses its
//! values.
//!
//! `+ - * /`, the sign `-`, `^` with a number, parentheses; numbers, `pi`, `x1` to `xd` (`x` if d =
//! 1), `|x|^2` or `normsq`; `abs relu sqrt exp log sin cos` of one argument, `max min` of two or
//! more.

use super::fixed::NoValue;
use super::form::{AffineArithmetic, AffineForm};
use crate::fraction::Fraction;
use crate::integer::{Exact, Integer};
use crate::reader::Checker;
use crate::verdict::{Checked, Rejection};

const MAX_STEPS: usize = 10_000;
const MAX_DEPTH: usize = 100;
const MAX_EXPONENT: u32 = 1_000;

/// A step, from the results of earlier ones.
#[derive(Clone, Debug)]
enum Step {
    Number(Fraction),
    Pi,
    Input(usize),
    Norm,
    Two(char, usize, usize),
    Power(usize, u32),
    Root(usize, u32),
    One(&'static str, usize),
}

/// A function of the inputs.
#[derive(Debug)]
pub(super) struct Function {
    steps: Vec<Step>,
}

/// The names of functions of one argument, and of several.
const ONE: [&str; 7] = ["abs", "relu", "sqrt", "exp", "log", "sin", "cos"];
const SEVERAL: [&str; 2] = ["max", "min"];

struct Parser<'a, 'c, 'k> {
    checker: &'k mut Checker<'c>,
    rest: &'a str,
    dimension: usize,
    depth: usize,
    steps: Vec<Step>,
}

impl Checker<'_> {
    pub(super) fn function(&mut self, text: &str, dimension: usize) -> Checked<Function> {
        let (depth, steps) = (0, Vec::new());
        let mut parser = Parser { checker: self, rest: text, dimension, depth, steps };
        parser.sum()?;
        match parser.rest {
            "" => Ok(Function { steps: parser.steps }),
            _ => Err(parser.expected("an operator or the end")),
        }
    }
}

impl<'a> Parser<'a, '_, '_> {
    fn expected(&self, what: &str) -> Rejection {
        let found = if self.rest.is_empty() { "the end of the function" } else { self.rest };
        self.checker.malformed(what, found)
    }

    fn takes(&mut self, token: &str) -> bool {
        let rest = self.rest.strip_prefix(token);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    fn needs(&mut self, token: &str) -> Checked<()> {
        if self.takes(token) { Ok(()) } else { Err(self.expected(&format!("`{token}`"))) }
    }

    fn push(&mut self, step: Step) -> Checked<usize> {
        self.checker.spend(16)?;
        if self.steps.len() == MAX_STEPS {
            return Err(self.checker.too_large(format!("{MAX_STEPS} steps of a function")));
        }
        self.steps.push(step);
        Ok(self.steps.len() - 1)
    }

    fn nested<T>(&mut self, read: fn(&mut Self) -> Checked<T>) -> Checked<T> {
        if self.depth == MAX_DEPTH {
            return Err(self.checker.too_large(format!("{MAX_DEPTH} nested parts of a function")));
        }
        self.depth += 1;
        let value = read(self);
        self.depth -= 1;
        value
    }

    fn sum(&mut self) -> Checked<usize> {
        let mut left = self.product()?;
        loop {
            let sign = match self.rest.chars().next() {
                Some(sign @ ('+' | '-')) => sign,
                _ => return Ok(left),
            };
            self.rest = &self.rest[1..];
            let right = self.product()?;
            left = self.push(Step::Two(sign, left, right))?;
        }
    }

    fn product(&mut self) -> Checked<usize> {
        let mut left = self.signed()?;
        loop {
            let sign = match self.rest.chars().next() {
                Some(sign @ ('*' | '/')) => sign,
                _ => return Ok(left),
            };
            self.rest = &self.rest[1..];
            let right = self.signed()?;
            left = self.push(Step::Two(sign, left, right))?;
        }
    }

    fn signed(&mut self) -> Checked<usize> {
        if self.takes("-") {
            let inner = self.nested(Self::signed)?;
            return self.push(Step::One("-", inner));
        }
        let base = self.primary()?;
        if !self.takes("^") {
            return Ok(base);
        }
        let (is_negative, p, q) = self.exponent()?;
        let root = if q == 1 { base } else { self.push(Step::Root(base, q))? };
        let power = match p {
            0 => self.push(Step::Number(Fraction::from(1)))?,
            _ => self.push(Step::Power(root, p))?,
        };
        if !is_negative {
            return Ok(power);
        }
        let one = self.push(Step::Number(Fraction::from(1)))?;
        self.push(Step::Two('/', one, power))
    }

    /// The sign, and the numerator and denominator in lowest terms.
    fn exponent(&mut self) -> Checked<(bool, u32, u32)> {
        let has_parentheses = self.takes("(");
        let is_negative = has_parentheses && self.takes("-");
        let mut exponent = self.number()?;
        if has_parentheses {
            if self.takes("/") {
                let divisor = self.number()?;
                exponent = Fraction {
                    num: self.checker.product(&exponent.num, &divisor.den)?,
                    den: self.checker.product(&exponent.den, &divisor.num)?,
                };
            }
            self.needs(")")?;
        }
        let common = exponent.num.gcd(&exponent.den);
        let part = |part: &Integer| {
            let part = u32::try_from(part / common.clone().max(Integer::ONE));
            part.ok().filter(|part| *part <= MAX_EXPONENT)
        };
        match (part(&exponent.num), part(&exponent.den)) {
            (Some(p), Some(q)) if q > 0 => Ok((is_negative, p, q)),
            _ => Err(self.checker.malformed(
                format!("an exponent of parts up to {MAX_EXPONENT}"),
                &exponent.to_string(),
            )),
        }
    }

    fn word(&mut self, belongs: fn(char) -> bool) -> &'a str {
        let end = self.rest.find(|c| !belongs(c)).unwrap_or(self.rest.len());
        let (word, rest) = self.rest.split_at(end);
        self.rest = rest;
        word
    }

    /// Digits, with a point between two of them or without.
    fn number(&mut self) -> Checked<Fraction> {
        let whole = self.word(|c| c.is_ascii_digit());
        if whole.is_empty() {
            return Err(self.expected("a number"));
        }
        let part = match self.takes(".") {
            true => match self.word(|c| c.is_ascii_digit()) {
                "" => return Err(self.expected("a digit")),
                part => part,
            },
            false => "",
        };
        if whole.len() + part.len() > 1_500 {
            return Err(self.checker.too_large("1500 digits in a number of a function".to_owned()));
        }
        self.checker.spend(1 << 8)?;
        let digits = format!("{whole}{part}");
        let num = Integer::from_decimal(&digits).expect("a string of decimal digits");
        Ok(Fraction { num, den: Integer::from(10).pow(part.len()) })
    }

    fn primary(&mut self) -> Checked<usize> {
        if self.takes("(") {
            let inner = self.nested(Self::sum)?;
            self.needs(")")?;
            return Ok(inner);
        }
        if self.takes("|x|^2") {
            return self.push(Step::Norm);
        }
        if self.rest.starts_with(|c: char| c.is_ascii_digit()) {
            let number = self.number()?;
            return self.push(Step::Number(number));
        }
        let start = self.rest;
        let name = self.word(|c| c.is_ascii_lowercase());
        let digits = self.word(|c| c.is_ascii_digit());
        let one = ONE.iter().find(|known| **known == name).filter(|_| digits.is_empty());
        let is_max = name == SEVERAL[0];
        match name {
            "x" => match digits.parse::<usize>() {
                _ if digits.is_empty() && self.dimension == 1 => self.push(Step::Input(0)),
                Ok(i) if (1..=self.dimension).contains(&i) && !digits.starts_with('0') => {
                    self.push(Step::Input(i - 1))
                }
                _ => {
                    self.rest = start;
                    Err(self.expected(&format!("an input of x1 to x{}", self.dimension)))
                }
            },
            "pi" if digits.is_empty() => self.push(Step::Pi),
            "normsq" if digits.is_empty() => self.push(Step::Norm),
            _ if one.is_some() => {
                self.needs("(")?;
                let inner = self.nested(Self::sum)?;
                self.needs(")")?;
                match one {
                    Some(&"sqrt") => self.push(Step::Root(inner, 2)),
                    Some(name) => self.push(Step::One(name, inner)),
                    None => unreachable!("it was found"),
                }
            }
            _ if SEVERAL.contains(&name) && digits.is_empty() => {
                self.needs("(")?;
                let mut value = self.nested(Self::sum)?;
                self.needs(",")?;
                loop {
                    let next = self.nested(Self::sum)?;
                    value = self.push(Step::Two(if is_max { 'm' } else { 'n' }, value, next))?;
                    if !self.takes(",") {
                        self.needs(")")?;
                        return Ok(value);
                    }
                }
            }
            _ => {
                self.rest = start;
                Err(self.expected("a number, an input, a function or `(`"))
            }
        }
    }
}

impl Function {
    /// The number of steps.
    pub(super) fn length(&self) -> usize {
        self.steps.len()
    }

    /// Whether the inputs occur in the sum of their squares only.
    pub(super) fn is_radial(&self) -> bool {
        !self.steps.iter().any(|step| matches!(step, Step::Input(_)))
    }

    /// The value where the inputs, and the sum of their squares, are these.
    pub(super) fn value(
        &self,
        forms: &AffineArithmetic,
        inputs: &[AffineForm],
        norm: &AffineForm,
    ) -> Result<AffineForm, NoValue> {
        let mut values: Vec<AffineForm> = Vec::with_capacity(self.steps.len());
        for step in &self.steps {
            let value = match step {
                Step::Number(x) => forms.span(&forms.fixed.fraction(x)),
                Step::Pi => forms.span(&forms.fixed.pi()),
                Step::Input(i) => inputs[*i].clone(),
                Step::Norm => norm.clone(),
                Step::Two(sign, a, b) => {
                    let (a, b) = (&values[*a], &values[*b]);
                    match sign {
                        '+' => forms.plus(a, b),
                        '-' => forms.minus(a, b),
                        '*' => forms.product(a, b),
                        '/' => {
                            let inverse = forms.inverse(b)?;
                            forms.product(a, &inverse)
                        }
                        'm' => {
                            let lead = forms.minus(a, b);
                            let lead = forms.relu(&lead);
                            forms.plus(b, &lead)
                        }
                        _ => {
                            let lead = forms.minus(a, b);
                            let lead = forms.relu(&lead);
                            forms.minus(a, &lead)
                        }
                    }
                }
                Step::Power(a, exponent) => forms.power(&values[*a], *exponent)?,
                Step::Root(a, order) => forms.root(&values[*a], *order)?,
                Step::One(name, a) => {
                    let a = &values[*a];
                    match *name {
                        "-" => forms.minus(&forms.span(&super::fixed::Interval::of(0, 0)), a),
                        "abs" => forms.abs(a),
                        "relu" => forms.relu(a),
                        "exp" => forms.exp(a)?,
                        "log" => forms.ln(a)?,
                        "sin" => forms.wave(a, 0)?,
                        _ => forms.wave(a, 1)?,
                    }
                }
            };
            value.range.is_short()?;
            values.push(value);
        }
        values.pop().ok_or(NoValue)
    }
}
