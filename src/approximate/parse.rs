//! Reading expressions. The grammar stands in [`super::expression`].

use super::expression::{Expression, Function, Operation};
use crate::exact::Rational;
use winnow::ascii::{alpha1, digit0, digit1, multispace0};
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
enum Fault {
    /// Something else was expected at this byte.
    Expected(usize, String),
    /// A limit was exceeded at this byte.
    Limit(usize, String),
}

/// The text that is left, and what was read.
type Input<'a> = Stateful<LocatingSlice<&'a str>, Draft>;
type Checkpoint<'a> = <Input<'a> as Stream>::Checkpoint;
/// Reading either takes the only way there is or fails for good: no way is tried twice.
type Read<T> = Result<T, Fault>;

/// What was read: the steps, and how deep the place is nested.
#[derive(Debug)]
struct Draft {
    dimension: usize,
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
    let column = |byte: usize| text[..byte].chars().count() + 1;
    if text.len() > Expression::MAX_TEXT {
        let limit = format!("{} bytes", Expression::MAX_TEXT);
        let end = text.floor_char_boundary(Expression::MAX_TEXT);
        return Err(ExpressionError::TooLarge { column: column(end), limit });
    }
    let state = Draft { dimension, steps: Vec::new(), depth: 0 };
    let mut input = Stateful { input: LocatingSlice::new(text), state };
    match whole(&mut input) {
        Ok(()) => Ok(Expression {
            dimension,
            text: text.chars().filter(|c| !c.is_whitespace()).collect(),
            steps: input.state.steps,
        }),
        Err(Fault::Limit(byte, limit)) => {
            Err(ExpressionError::TooLarge { column: column(byte), limit })
        }
        Err(Fault::Expected(byte, expected)) => {
            let rest = &text[byte..];
            let word: String = rest.chars().take_while(|c| c.is_alphanumeric()).take(20).collect();
            let found = match rest.chars().next() {
                None => "the end".to_owned(),
                Some(c) if word.is_empty() => format!("`{}`", c.escape_debug()),
                Some(_) => format!("`{word}`"),
            };
            Err(ExpressionError::Syntax { column: column(byte), expected, found })
        }
    }
}

fn whole(input: &mut Input<'_>) -> Read<()> {
    sum(input)?;
    skip_space(input);
    if input.eof_offset() == 0 { Ok(()) } else { expected(input, "an operator or the end") }
}

fn skip_space(input: &mut Input<'_>) {
    let _: Read<&str> = multispace0.parse_next(input);
}

fn expected<T>(input: &Input<'_>, what: impl Into<String>) -> Read<T> {
    Err(Fault::Expected(input.current_token_start(), what.into()))
}

/// Takes one of these characters after spaces, if it comes next.
fn taken(input: &mut Input<'_>, tokens: &'static [char]) -> Option<char> {
    skip_space(input);
    let found: Read<Option<char>> = opt(one_of(tokens)).parse_next(input);
    found.ok().flatten()
}

fn token(input: &mut Input<'_>, wanted: &'static [char], what: &str) -> Read<()> {
    match taken(input, wanted) {
        Some(_) => Ok(()),
        None => expected(input, what),
    }
}

fn nested<T>(input: &mut Input<'_>, read: fn(&mut Input<'_>) -> Read<T>) -> Read<T> {
    if input.state.depth == Expression::MAX_DEPTH {
        let limit = format!("{} nested parentheses and signs", Expression::MAX_DEPTH);
        return Err(Fault::Limit(input.current_token_start(), limit));
    }
    input.state.depth += 1;
    let value = read(input)?;
    input.state.depth -= 1;
    Ok(value)
}

fn sum(input: &mut Input<'_>) -> Read<usize> {
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
    let (is_negative, p, q) = exponent(input)?;
    skip_space(input);
    let next = input.current_token_start();
    if taken(input, &['^']).is_some() {
        let what = "parentheses around one of two powers";
        return Err(Fault::Expected(next, what.to_owned()));
    }
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
    let part = |part: Rational| {
        let part = part.small_parts().and_then(|(n, _)| u32::try_from(n).ok());
        part.filter(|n| *n <= Expression::MAX_EXPONENT)
    };
    let parts = [exponent.numerator(), exponent.denominator()].map(|n| part(n.into()));
    match parts {
        [Some(p), Some(q)] => Ok((is_negative, p, q)),
        _ => Err(Fault::Limit(start, format!("{} in an exponent", Expression::MAX_EXPONENT))),
    }
}

fn digits_follow(input: &mut Input<'_>) -> bool {
    let digit: Read<Option<char>> = opt(peek(one_of('0'..='9'))).parse_next(input);
    matches!(digit, Ok(Some(_)))
}

fn primary(input: &mut Input<'_>) -> Read<usize> {
    if taken(input, &['(']).is_some() {
        let inner = nested(input, sum)?;
        token(input, &[')'], "an operator or `)`")?;
        return Ok(inner);
    }
    if digits_follow(input) {
        let number = number(input)?;
        return push(input, Operation::Constant(number));
    }
    let start = input.checkpoint();
    if taken(input, &['|']).is_some() {
        let rest: Read<&str> = literal("x|^2").parse_next(input);
        if rest.is_err() {
            input.reset(&start);
            return expected(input, "`|x|^2`");
        }
        return push(input, Operation::SquaredNorm);
    }
    let name: Read<Option<(&str, &str)>> = opt((alpha1, digit0)).parse_next(input);
    let Ok(Some((letters, digits))) = name else {
        return expected(input, "a number, a variable, a function or `(`");
    };
    match (letters, digits) {
        ("x", digits) => variable(input, digits, &start),
        ("pi", "") => push(input, Operation::Pi),
        ("normsq", "") => push(input, Operation::SquaredNorm),
        (name, "") => call(input, name, &start),
        _ => unknown(input, &start),
    }
}

fn unknown<'a, T>(input: &mut Input<'a>, start: &Checkpoint<'a>) -> Read<T> {
    input.reset(start);
    let names = "x1, .., pi, normsq, abs, relu, sqrt, exp, log, sin, cos, max or min";
    expected(input, names)
}

fn variable<'a>(input: &mut Input<'a>, digits: &str, start: &Checkpoint<'a>) -> Read<usize> {
    let dimension = input.state.dimension;
    let index = match digits {
        "" if dimension == 1 => Some(1),
        digits => digits.parse().ok().filter(|i| (1..=dimension).contains(i)),
    };
    let Some(index) = index.filter(|_| !digits.starts_with('0')) else {
        input.reset(start);
        let what = match dimension {
            1 => "x or x1, the only variable".to_owned(),
            _ => format!("a variable among x1 to x{dimension}"),
        };
        return expected(input, what);
    };
    push(input, Operation::Input(index - 1))
}

fn call<'a>(input: &mut Input<'a>, name: &str, start: &Checkpoint<'a>) -> Read<usize> {
    type Of = fn(usize) -> Operation;
    type OfTwo = fn(usize, usize) -> Operation;
    let one: Option<Of> = match name {
        "abs" => Some(|a| Operation::Apply(Function::Abs, a)),
        "relu" => Some(|a| Operation::Apply(Function::Relu, a)),
        "exp" => Some(|a| Operation::Apply(Function::Exp, a)),
        "log" => Some(|a| Operation::Apply(Function::Log, a)),
        "sin" => Some(|a| Operation::Apply(Function::Sin, a)),
        "cos" => Some(|a| Operation::Apply(Function::Cos, a)),
        "sqrt" => Some(|a| Operation::Root(a, 2)),
        _ => None,
    };
    let two: OfTwo = match name {
        "max" => Operation::Larger,
        "min" => Operation::Smaller,
        _ if one.is_none() => return unknown(input, start),
        _ => Operation::Sum,
    };
    token(input, &['('], "`(`")?;
    let mut value = nested(input, sum)?;
    if let Some(one) = one {
        token(input, &[')'], "an operator or `)`")?;
        return push(input, one(value));
    }
    token(input, &[','], "`,` and another argument")?;
    loop {
        let next = nested(input, sum)?;
        value = push(input, two(value, next))?;
        if taken(input, &[',']).is_none() {
            token(input, &[')'], "an operator, `,` or `)`")?;
            return Ok(value);
        }
    }
}

fn number(input: &mut Input<'_>) -> Read<Rational> {
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
fn push(input: &mut Input<'_>, step: Operation) -> Read<usize> {
    let place = input.current_token_start();
    let step = input.state.computed(step).map_err(|limit| Fault::Limit(place, limit))?;
    if input.state.steps.len() == Expression::MAX_STEPS {
        return Err(Fault::Limit(place, format!("{} steps", Expression::MAX_STEPS)));
    }
    input.state.steps.push(step);
    Ok(input.state.steps.len() - 1)
}

impl Draft {
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
