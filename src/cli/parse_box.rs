//! Boxes on the command line: `-1,1`, a pair for each side, `[-1,1]^2`, `[-1,1]x[0,2]`.

use super::error::CliError;
use crate::exact::Rational;
use crate::net::InputBox;

/// The most sides of a box.
const MOST: usize = 1 << 20;

/// Reads a box. With a dimension, it must have that one, and a single pair is that of every side.
pub fn sides(text: &str, dimension: Option<usize>) -> Result<InputBox, CliError> {
    let refused = |what: String| CliError::sides(text, what);
    let mut ends = match text.trim_start().starts_with('[') {
        true => product(text),
        false => pairs(text),
    }
    .map_err(refused)?;
    if let (1, Some(dimension), false) = (ends.len(), dimension, text.contains('[')) {
        ends = vec![ends[0].clone(); dimension];
    }
    if let Some(expected) = dimension.filter(|dimension| *dimension != ends.len()) {
        let found = ends.len();
        return Err(refused(match text.contains('[') {
            true => format!("expected a box with {expected} sides, found {found}"),
            false => format!(
                "expected LO,HI or a pair for each of {expected} inputs, found {} numbers",
                2 * found
            ),
        }));
    }
    let (lo, hi) = ends.into_iter().map(|[lo, hi]| (lo, hi)).unzip();
    InputBox::new(lo, hi).map_err(|error| refused(error.to_string()))
}

/// `-1,1` or `-1,1,0,2`.
fn pairs(text: &str) -> Result<Vec<[Rational; 2]>, String> {
    let numbers: Vec<_> = text.split(',').enumerate().map(number).collect::<Result<_, _>>()?;
    refuse_if!(numbers.len() % 2 == 1, "expected pairs LO,HI, found {} numbers", numbers.len());
    Ok(numbers.chunks(2).map(|pair| [pair[0].clone(), pair[1].clone()]).collect())
}

fn number((i, text): (usize, &str)) -> Result<Rational, String> {
    let text = text.trim();
    let expected = "expected a number such as -3/7, 12 or 0.5, found";
    text.parse().map_err(|_| format!("entry {}: {expected} \"{text}\"", i + 1))
}

/// `[-1,1]^2` or `[-1,1]x[0,2]`.
fn product(text: &str) -> Result<Vec<[Rational; 2]>, String> {
    let mut sides = Vec::new();
    for factor in text.split('x') {
        let wanted = || format!("expected [LO,HI] or [LO,HI]^N, found \"{}\"", factor.trim());
        let (inside, power) = factor
            .trim()
            .strip_prefix('[')
            .and_then(|rest| rest.split_once(']'))
            .ok_or_else(wanted)?;
        let count = match power.trim() {
            "" => Some(1),
            power => power.strip_prefix('^').and_then(|power| power.trim().parse().ok()),
        };
        let count = count.filter(|n| (1..=MOST).contains(n)).ok_or_else(wanted)?;
        let side = match &pairs(inside)?[..] {
            [side] => side.clone(),
            _ => return Err(wanted()),
        };
        refuse_if!(sides.len() + count > MOST, "expected at most {MOST} sides");
        sides.extend(std::iter::repeat_n(side, count));
    }
    Ok(sides)
}

/// The two ends of each side.
pub fn ends(domain: &InputBox) -> Vec<[Rational; 2]> {
    domain.lo().iter().cloned().zip(domain.hi().iter().cloned()).map(Into::into).collect()
}

/// A box in words that [`sides`] reads.
pub fn place(domain: &InputBox) -> String {
    product_of(&ends(domain))
}

/// The product of sides: `[-1, 1]^2` or `[-1, 1] x [0, 2]`.
pub fn product_of(sides: &[[Rational; 2]]) -> String {
    let side = |[lo, hi]: &[Rational; 2]| format!("[{lo}, {hi}]");
    match sides {
        [first, rest @ ..] if !rest.is_empty() && rest.iter().all(|other| other == first) => {
            format!("{}^{}", side(first), sides.len())
        }
        _ => sides.iter().map(side).collect::<Vec<_>>().join(" x "),
    }
}
