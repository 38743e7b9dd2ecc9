//! Reading what an expression is made of: numbers, names and calls.

use super::expression::{Counted, Function, Operation};
use super::parse::{
    Checkpoint, Fault, Input, Names, Read, digits_follow, expected, nested, number, push,
    skip_space, sum, taken, token,
};
use winnow::Parser;
use winnow::ascii::{alpha1, digit0};
use winnow::combinator::opt;
use winnow::stream::{Location, Stream};
use winnow::token::{literal, take_while};

pub(super) fn primary(input: &mut Input<'_>) -> Read<usize> {
    if taken(input, &['(']).is_some() {
        let inner = nested(input, sum)?;
        token(input, &[')'], "an operator or `)`")?;
        return Ok(inner);
    }
    if digits_follow(input) {
        let number = number(input)?;
        return push(input, Operation::Constant(number));
    }
    match input.state.names {
        Names::Inputs(dimension) => of_inputs(input, dimension),
        Names::Quantities(names) => of_quantities(input, names),
    }
}

/// What a function of this many inputs is made of.
fn of_inputs(input: &mut Input<'_>, dimension: usize) -> Read<usize> {
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
    let names = "x1, .., pi, normsq, abs, relu, sqrt, exp, log, sin, cos, max or min";
    match (letters, digits) {
        ("x", digits) => variable(input, dimension, digits, &start),
        ("pi", "") => push(input, Operation::Pi),
        ("normsq", "") => push(input, Operation::SquaredNorm),
        (name, "") => match function(name).or_else(|| transcendental(name)) {
            Some(call) => called(input, call),
            None => unknown(input, &start, names),
        },
        _ => unknown(input, &start, names),
    }
}

fn unknown<'a, T>(input: &mut Input<'a>, start: &Checkpoint<'a>, names: &str) -> Read<T> {
    input.reset(start);
    expected(input, names)
}

fn variable<'a>(
    input: &mut Input<'a>,
    dimension: usize,
    digits: &str,
    start: &Checkpoint<'a>,
) -> Read<usize> {
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

/// A quantity with one of these names, or a function of quantities.
fn of_quantities<'a>(input: &mut Input<'a>, names: &[String]) -> Read<usize> {
    let start = input.checkpoint();
    let first: Read<Option<&str>> = opt(alpha1).parse_next(input);
    let Ok(Some(first)) = first else {
        return expected(input, "a number, a quantity, a function or `(`");
    };
    let is_inside = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let rest: Read<&str> = take_while(0.., is_inside).parse_next(input);
    let name = format!("{first}{}", rest.unwrap_or_default());
    let is_of_layers =
        |full: &String| full.strip_prefix(&name).is_some_and(|rest| rest.starts_with('('));
    let mut layers = names.iter().filter(|full| is_of_layers(full));
    let first = layers.next();
    let last = layers.next_back().or(first);
    if let (Some(first), Some(last)) = (first, last)
        && taken(input, &['(']).is_some()
    {
        skip_space(input);
        let at = input.current_token_start();
        let digits: Read<&str> = digit0.parse_next(input);
        let full = format!("{name}({})", digits.unwrap_or_default());
        let Some(index) = names.iter().position(|known| *known == full) else {
            return Err(Fault::Expected(at, format!("a layer, {first} to {last}")));
        };
        token(input, &[')'], "`)`")?;
        return push(input, Operation::Input(index));
    }
    match (names.iter().position(|known| *known == name), first, function(&name)) {
        (Some(index), ..) => push(input, Operation::Input(index)),
        (None, Some(_), _) => expected(input, "`(` and the number of a layer"),
        (None, None, Some(call)) => called(input, call),
        (None, None, None) if name == "choose" => called(input, Call::Two(choose)),
        _ => unknown(input, &start, QUANTITIES),
    }
}

/// What may stand where a name does that nothing has.
const QUANTITIES: &str =
    "a quantity of those that the help lists, or choose, abs, relu, sqrt, max or min";

fn choose(a: usize, b: usize) -> Operation {
    Operation::Count(Counted::Choose, a, b)
}

/// A function by the number of its arguments.
enum Call {
    One(fn(usize) -> Operation),
    Two(fn(usize, usize) -> Operation),
    /// Two or more.
    Several(fn(usize, usize) -> Operation),
}

/// The functions that keep fractions.
fn function(name: &str) -> Option<Call> {
    Some(match name {
        "abs" => Call::One(|a| Operation::Apply(Function::Abs, a)),
        "relu" => Call::One(|a| Operation::Apply(Function::Relu, a)),
        "sqrt" => Call::One(|a| Operation::Root(a, 2)),
        "max" => Call::Several(Operation::Larger),
        "min" => Call::Several(Operation::Smaller),
        _ => return None,
    })
}

fn transcendental(name: &str) -> Option<Call> {
    Some(Call::One(match name {
        "exp" => |a| Operation::Apply(Function::Exp, a),
        "log" => |a| Operation::Apply(Function::Log, a),
        "sin" => |a| Operation::Apply(Function::Sin, a),
        "cos" => |a| Operation::Apply(Function::Cos, a),
        _ => return None,
    }))
}

fn called(input: &mut Input<'_>, call: Call) -> Read<usize> {
    token(input, &['('], "`(`")?;
    let mut value = nested(input, sum)?;
    let (two, ends) = match call {
        Call::One(one) => {
            token(input, &[')'], "an operator or `)`")?;
            return push(input, one(value));
        }
        Call::Two(two) => (two, true),
        Call::Several(two) => (two, false),
    };
    token(input, &[','], "`,` and another argument")?;
    loop {
        let next = nested(input, sum)?;
        value = push(input, two(value, next))?;
        if ends {
            token(input, &[')'], "an operator or `)`")?;
            return Ok(value);
        }
        if taken(input, &[',']).is_none() {
            token(input, &[')'], "an operator, `,` or `)`")?;
            return Ok(value);
        }
    }
}
