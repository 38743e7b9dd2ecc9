//! Reading expressions. The grammar stands in [`super::expression`].

use super::comparison::{Comparison, Why, counted};
use super::expression::{Counted, Expression, Function, Operation};
use super::parse_names::primary;
use crate::exact::Rational;
use std::mem::take;
use winnow::ascii::{digit1, multispace0};
use winnow::combinator::{alt, opt, peek, preceded};
use winnow::error::ParserError;
use winnow::stream::{Location, Stream};
use winnow::token::{literal, one_of};
use winnow::{LocatingSlice, Parser, Stateful};

/// Why a text is no expression. Columns count characters from 1.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[allow(missing_docs, reason = "the messages say what the fields are")]
pub enum ExpressionError {
    /// Something else should stand here.
    #[error("column {column}: expected {expected}, found {found}")]
    Syntax { column: usize, expected: String, found: String },
    /// A limit of [`Expression`] is exceeded.
    #[error("column {column}: more than {limit}")]
    TooLarge { column: usize, limit: String },
}

/// What went wrong at the place where reading stopped.
#[derive(Debug)]
pub(super) enum Fault {
    /// Something else was expected at this byte.
    Expected(usize, String),
    /// A limit was exceeded at this byte.
    Limit(usize, String),
}

/// The text that is left, and what was read.
pub(super) type Input<'a> = Stateful<LocatingSlice<&'a str>, Draft<'a>>;
pub(super) type Checkpoint<'a> = <Input<'a> as Stream>::Checkpoint;
/// Reading either takes the only way there is or fails for good: no way is tried twice.
pub(super) type Read<T> = Result<T, Fault>;

/// What names stand for.
#[derive(Clone, Copy, Debug)]
pub(super) enum Names<'a> {
    /// So many inputs.
    Inputs(usize),
    /// These quantities; `units(2)` is one.
    Quantities(&'a [String]),
}

/// What was read: the steps, and how deep the place is nested.
#[derive(Debug)]
pub(super) struct Draft<'a> {
    pub(super) names: Names<'a>,
    steps: Vec<Operation>,
    depth: usize,
}

impl ParserError<Input<'_>> for Fault {
    type Inner = Self;

    fn from_input(input: &Input<'_>) -> Self {
        Self::Expected(input.current_token_start(), "an expression".to_owned())
    }

    fn into_inner(self) -> Result<Self, Self> {
        Ok(self)
    }
}

pub(super) fn expression(text: &str, dimension: usize) -> Result<Expression, ExpressionError> {
    let mut input = begun(text, Names::Inputs(dimension))?;
    let read = sum(&mut input).and_then(|_| end(&mut input));
    read.map_err(|fault| fault.in_text(text))?;
    Ok(built(text, dimension, input.state.steps))
}

/// A comparison of quantities with these names.
pub(super) fn comparison(text: &str, names: &[String]) -> Result<Comparison, ExpressionError> {
    let mut input = begun(text, Names::Quantities(names))?;
    let side = |input: &mut Input<'_>| {
        let start = input.current_token_start();
        sum(input)?;
        let own = &text[start..input.current_token_start()];
        Ok(built(own, names.len(), take(&mut input.state.steps)))
    };
    let mut both = || {
        let (left, sign) = (side(&mut input)?, sign(&mut input)?);
        let right = side(&mut input)?;
        end(&mut input).map(|()| Comparison { left, sign, right })
    };
    both().map_err(|fault: Fault| fault.in_text(text))
}

fn begun<'a>(text: &'a str, names: Names<'a>) -> Result<Input<'a>, ExpressionError> {
    if text.len() > Expression::MAX_TEXT {
        let limit = format!("{} bytes", Expression::MAX_TEXT);
        let end = text.floor_char_boundary(Expression::MAX_TEXT);
        return Err(ExpressionError::TooLarge { column: column(text, end), limit });
    }
    let state = Draft { names, steps: Vec::new(), depth: 0 };
    Ok(Stateful { input: LocatingSlice::new(text), state })
}

fn built(text: &str, dimension: usize, steps: Vec<Operation>) -> Expression {
    let text = text.chars().filter(|c| !c.is_whitespace()).collect();
    Expression { dimension, text, steps }
}

fn column(text: &str, byte: usize) -> usize {
    text[..byte].chars().count() + 1
}

impl Fault {
    /// The error, with what stands at the place.
    fn in_text(self, text: &str) -> ExpressionError {
        let (byte, expected) = match self {
            Self::Limit(byte, limit) => {
                return ExpressionError::TooLarge { column: column(text, byte), limit };
            }
            Self::Expected(byte, expected) => (byte, expected),
        };
        let rest = &text[byte..];
        let word = rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').take(20);
        let word: String = word.collect();
        let found = match rest.chars().next() {
            None => "the end".to_owned(),
            Some(c) if word.is_empty() => format!("`{}`", c.escape_debug()),
            Some(_) => format!("`{word}`"),
        };
        ExpressionError::Syntax { column: column(text, byte), expected, found }
    }
}

fn end(input: &mut Input<'_>) -> Read<()> {
    skip_space(input);
    if input.eof_offset() == 0 { Ok(()) } else { expected(input, "an operator or the end") }
}

/// The sign between the sides of a comparison.
fn sign(input: &mut Input<'_>) -> Read<&'static str> {
    skip_space(input);
    const SIGNS: [(&str, &str); 8] = [
        ("<=", "<="),
        (">=", ">="),
        ("==", "="),
        ("≤", "<="),
        ("≥", ">="),
        ("<", "<"),
        (">", ">"),
        ("=", "="),
    ];
    for (word, sign) in SIGNS {
        let found: Read<Option<&str>> = opt(literal(word)).parse_next(input);
        if matches!(found, Ok(Some(_))) {
            return Ok(sign);
        }
    }
    expected(input, "an operator or a comparison: <=, <, >=, > or =")
}

pub(super) fn skip_space(input: &mut Input<'_>) {
    let _: Read<&str> = multispace0.parse_next(input);
}

pub(super) fn expected<T>(input: &Input<'_>, what: impl Into<String>) -> Read<T> {
    Err(Fault::Expected(input.current_token_start(), what.into()))
}

/// Takes one of these characters after spaces, if it comes next.
pub(super) fn taken(input: &mut Input<'_>, tokens: &'static [char]) -> Option<char> {
    skip_space(input);
    let found: Read<Option<char>> = opt(one_of(tokens)).parse_next(input);
    found.ok().flatten()
}

pub(super) fn token(input: &mut Input<'_>, wanted: &'static [char], what: &str) -> Read<()> {
    match taken(input, wanted) {
        Some(_) => Ok(()),
        None => expected(input, what),
    }
}

pub(super) fn nested<T>(input: &mut Input<'_>, read: fn(&mut Input<'_>) -> Read<T>) -> Read<T> {
    if input.state.depth == Expression::MAX_DEPTH {
        let limit = format!("{} nested parentheses and signs", Expression::MAX_DEPTH);
        return Err(Fault::Limit(input.current_token_start(), limit));
    }
    input.state.depth += 1;
    let value = read(input)?;
    input.state.depth -= 1;
    Ok(value)
}

pub(super) fn sum(input: &mut Input<'_>) -> Read<usize> {
    let mut left = product(input)?;
    while let Some(sign) = taken(input, &['+', '-']) {
        let right = product(input)?;
        left = match sign {
            '+' => push(input, Operation::Sum(left, right))?,
            _ => push(input, Operation::Difference(left, right))?,
        };
    }
    Ok(left)
}

fn product(input: &mut Input<'_>) -> Read<usize> {
    let mut left = signed(input)?;
    while let Some(sign) = taken(input, &['*', '/']) {
        skip_space(input);
        let start = input.current_token_start();
        let right = signed(input)?;
        if sign == '*' {
            left = push(input, Operation::Product(left, right))?;
            continue;
        }
        if input.state.constant(right).is_some_and(Rational::is_zero) {
            return Err(Fault::Expected(start, "a divisor other than 0".to_owned()));
        }
        left = push(input, Operation::Quotient(left, right))?;
    }
    Ok(left)
}

fn signed(input: &mut Input<'_>) -> Read<usize> {
    match taken(input, &['-']) {
        Some(_) => {
            let inner = nested(input, signed)?;
            push(input, Operation::Apply(Function::Negate, inner))
        }
        None => power(input),
    }
}

fn power(input: &mut Input<'_>) -> Read<usize> {
    let start = input.current_token_start();
    let base = primary(input)?;
    if taken(input, &['^']).is_none() {
        return Ok(base);
    }
    let exponent = match input.state.names {
        Names::Inputs(_) => Ok(exponent(input)?),
        Names::Quantities(_) => any_exponent(input)?,
    };
    skip_space(input);
    let next = input.current_token_start();
    if taken(input, &['^']).is_some() {
        let what = "parentheses around one of two powers";
        return Err(Fault::Expected(next, what.to_owned()));
    }
    let (is_negative, p, q) = match exponent {
        Ok(parts) => parts,
        Err(step) => return push(input, Operation::Count(Counted::Power, base, step)),
    };
    if is_negative && input.state.constant(base).is_some_and(Rational::is_zero) {
        return Err(Fault::Expected(start, "a base other than 0".to_owned()));
    }
    let root = if q == 1 { base } else { push(input, Operation::Root(base, q))? };
    let power = match p {
        0 => push(input, Operation::Constant(Rational::ONE))?,
        1 => root,
        _ => push(input, Operation::Power(root, p))?,
    };
    if !is_negative {
        return Ok(power);
    }
    let one = push(input, Operation::Constant(Rational::ONE))?;
    push(input, Operation::Quotient(one, power))
}

/// The parts of an exponent that is a number, or the step that one is.
fn any_exponent(input: &mut Input<'_>) -> Read<Result<(bool, u32, u32), usize>> {
    skip_space(input);
    let start = input.current_token_start();
    let step = primary(input)?;
    match input.state.constant(step).cloned() {
        None => Ok(Err(step)),
        Some(exponent) => parts(&exponent, start).map(Ok),
    }
}

/// The sign, numerator and denominator of an exponent.
fn exponent(input: &mut Input<'_>) -> Read<(bool, u32, u32)> {
    let has_parentheses = taken(input, &['(']).is_some();
    let is_negative = has_parentheses && taken(input, &['-']).is_some();
    skip_space(input);
    let start = input.current_token_start();
    if !digits_follow(input) {
        return expected(input, "a number as exponent");
    }
    let mut exponent = number(input)?;
    if has_parentheses {
        if taken(input, &['/']).is_some() {
            skip_space(input);
            let start = input.current_token_start();
            if !digits_follow(input) {
                return expected(input, "a number");
            }
            let divisor = number(input)?;
            if divisor.is_zero() {
                return Err(Fault::Expected(start, "a divisor other than 0".to_owned()));
            }
            exponent /= divisor;
        }
        token(input, &[')'], "`)`")?;
    }
    let (_, p, q) = parts(&exponent, start)?;
    Ok((is_negative, p, q))
}

/// The sign, numerator and denominator of an exponent that begins here.
fn parts(exponent: &Rational, start: usize) -> Read<(bool, u32, u32)> {
    let part = |part: Rational| {
        let part = part.small_parts().and_then(|(n, _)| u32::try_from(n).ok());
        part.filter(|n| *n <= Expression::MAX_EXPONENT)
    };
    let size = exponent.abs();
    match [size.numerator(), size.denominator()].map(|n| part(n.into())) {
        [Some(p), Some(q)] => Ok((exponent.is_negative(), p, q)),
        _ => Err(Fault::Limit(start, format!("{} in an exponent", Expression::MAX_EXPONENT))),
    }
}

pub(super) fn digits_follow(input: &mut Input<'_>) -> bool {
    let digit: Read<Option<char>> = opt(peek(one_of('0'..='9'))).parse_next(input);
    matches!(digit, Ok(Some(_)))
}

pub(super) fn number(input: &mut Input<'_>) -> Read<Rational> {
    let start = input.current_token_start();
    let digits = (digit1, opt(preceded('.', digit1))).take();
    let text: Read<&str> = alt((digits, digit1)).parse_next(input);
    let Ok(Ok(number)) = text.map(str::parse::<Rational>) else {
        return expected(input, "a number");
    };
    match number.bits() <= Expression::MAX_BITS {
        true => Ok(number),
        false => Err(Fault::Limit(start, format!("{} bits in a number", Expression::MAX_BITS))),
    }
}

/// Appends a step, or the number that it leads to.
pub(super) fn push(input: &mut Input<'_>, step: Operation) -> Read<usize> {
    let place = input.current_token_start();
    let step = input.state.computed(step).map_err(|limit| Fault::Limit(place, limit))?;
    if input.state.steps.len() == Expression::MAX_STEPS {
        return Err(Fault::Limit(place, format!("{} steps", Expression::MAX_STEPS)));
    }
    input.state.steps.push(step);
    Ok(input.state.steps.len() - 1)
}

impl Draft<'_> {
    fn constant(&self, step: usize) -> Option<&Rational> {
        match &self.steps[step] {
            Operation::Constant(x) => Some(x),
            _ => None,
        }
    }

    /// The number that an arithmetic step on numbers leads to, or the step.
    fn computed(&mut self, step: Operation) -> Result<Operation, String> {
        let two = |a: &usize, b: &usize| Some((self.constant(*a)?, self.constant(*b)?));
        let value = match &step {
            Operation::Sum(a, b) => two(a, b).map(|(a, b)| a + b),
            Operation::Difference(a, b) => two(a, b).map(|(a, b)| a - b),
            Operation::Product(a, b) => two(a, b).map(|(a, b)| a * b),
            Operation::Quotient(a, b) => {
                two(a, b).filter(|(_, b)| !b.is_zero()).map(|(a, b)| a / b)
            }
            Operation::Apply(Function::Negate, a) => self.constant(*a).map(|a| -a),
            Operation::Power(a, e) => match self.constant(*a) {
                Some(a) if a.bits() * u64::from(*e) > Expression::MAX_BITS + 64 => {
                    return Err(format!("{} bits in a number", Expression::MAX_BITS));
                }
                a => a.map(|a| a.pow(*e as i32)),
            },
            Operation::Count(what, a, b) => match two(a, b).map(|(a, b)| counted(*what, a, b)) {
                Some(Err(Why::TooLong)) => {
                    return Err(format!("{} bits in a number", Expression::MAX_BITS));
                }
                value => value.and_then(Result::ok),
            },
            _ => None,
        };
        match value {
            Some(x) if x.bits() > Expression::MAX_BITS => {
                Err(format!("{} bits in a number", Expression::MAX_BITS))
            }
            Some(x) => Ok(Operation::Constant(x)),
            None => Ok(step),
        }
    }
}
