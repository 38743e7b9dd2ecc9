//! Shapes of stacked layers on the command line: `3x3x1` and `2x2:3/s1`, each number perhaps a
//! range.

use super::error::CliError;
use crate::generators::Span;
use crate::generators::stacks::{Layers, Shapes};

/// The shapes of an input and of layers. Errors: the argument that is not well made.
pub fn shapes(input: &str, layers: &[String]) -> Result<Shapes, CliError> {
    let input = self::input(input)?;
    let layers = layers.iter().map(|text| layer(text)).collect::<Result<_, _>>()?;
    Ok(Shapes { input, layers })
}

/// Reads `3x3x1`, `3x3` or `5`: channels, height, width.
fn input(text: &str) -> Result<[Span; 3], CliError> {
    let one = || 1..=1;
    match spans(text).as_deref() {
        Some([width]) => Ok([one(), one(), width.clone()]),
        Some([height, width]) => Ok([one(), height.clone(), width.clone()]),
        Some([height, width, channels]) => Ok([channels, height, width].map(Span::clone)),
        _ => Err(CliError::argument(
            format!("--input \"{text}\""),
            "expected HEIGHTxWIDTHxCHANNELS, such as 3x3x1, 1x4 or 5",
        )),
    }
}

/// Reads `2x2:3`, `1x2:3/s2`, `1x2:3/s1x2` or `4`.
fn layer(text: &str) -> Result<Layers, CliError> {
    let parse = || {
        let (body, stride) = match text.split_once("/s") {
            Some((body, stride)) => (body, pair(stride)?),
            None => (text, [1..=1, 1..=1]),
        };
        let (filter, units) = match body.split_once(':') {
            Some((filter, units)) => (Some(spans(filter)?.try_into().ok()?), units),
            None => (None, body),
        };
        let [units] = <[Span; 1]>::try_from(spans(units)?).ok()?;
        // A dense layer has one position: there is nothing to stride over.
        (filter.is_some() || body == text).then_some(Layers { filter, stride, units })
    };
    parse().ok_or_else(|| {
        CliError::argument(
            format!("--layer \"{text}\""),
            "expected HEIGHTxWIDTH:FILTERS/sSTRIDE, such as 2x2:3, 1x2:3/s2 or 4",
        )
    })
}

/// Reads `2x3`, or `2` for `2x2`.
fn pair(text: &str) -> Option<[Span; 2]> {
    match &spans(text)?[..] {
        [both] => Some([both.clone(), both.clone()]),
        [first, second] => Some([first.clone(), second.clone()]),
        _ => None,
    }
}

/// Numbers with `x` between, or ranges `2..4`, both ends included.
fn spans(text: &str) -> Option<Vec<Span>> {
    let number = |n: &str| n.bytes().all(|b| b.is_ascii_digit()).then(|| n.parse().ok())?;
    let span = |text: &str| match text.trim().split_once("..") {
        Some((first, last)) => Some(number(first)?..=number(last)?).filter(|s| !s.is_empty()),
        None => number(text.trim()).map(|n| n..=n),
    };
    text.split('x').map(span).collect()
}
