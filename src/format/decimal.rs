//! Decimal numbers of other programs, exactly.

use crate::exact::{ParseRationalError, Rational};

/// Why a text is no number.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DecimalError {
    /// Nothing in it.
    #[error("expected a number, found an empty cell")]
    Empty,
    /// Not text.
    #[error("expected a number, found bytes that are not UTF-8")]
    Bytes,
    /// Not a number.
    #[error(transparent)]
    Number(#[from] ParseRationalError),
    /// The exponent is too large.
    #[error("a number with the exponent {0}: exponents are at most {max}", max = MAX_EXPONENT)]
    Exponent(String),
}

/// The greatest exponent: its number has as many digits as one may.
const MAX_EXPONENT: u32 = Rational::MAX_DIGITS as u32;

/// The number of a text: digits with a point or not, with an exponent or not, or a fraction.
pub fn number(cell: &[u8]) -> Result<Rational, DecimalError> {
    refuse_if!(cell.is_empty(), DecimalError::Empty);
    if let Some(number) = short(cell) {
        return Ok(number);
    }
    let text = std::str::from_utf8(cell).map_err(|_| DecimalError::Bytes)?;
    let (body, exponent) = match text.split_once(['e', 'E']) {
        Some((body, exponent)) => (body, Some(exponent)),
        None => (text, None),
    };
    let syntax = || ParseRationalError::Syntax(text.chars().take(40).collect());
    let body = body.strip_prefix('+').unwrap_or(body);
    let (sign, digits) = body.strip_prefix('-').map_or(("", body), |digits| ("-", digits));
    let digits = match digits.split_once('.') {
        Some(("", part)) if !part.is_empty() => format!("0.{part}"),
        Some((whole, "")) if !whole.is_empty() => whole.to_owned(),
        _ => digits.to_owned(),
    };
    let number: Rational = format!("{sign}{digits}").parse().map_err(|error| match error {
        ParseRationalError::Syntax(_) => syntax(),
        error => error,
    })?;
    let Some(exponent) = exponent else { return Ok(number) };
    let plain = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
    if plain.is_empty() || !plain.bytes().all(|byte| byte.is_ascii_digit()) || body.contains('/') {
        return Err(syntax().into());
    }
    match plain.parse::<u32>() {
        Ok(power) if power <= MAX_EXPONENT => {
            let power = if exponent.starts_with('-') { -(power as i32) } else { power as i32 };
            Ok(number * Rational::integer(10).pow(power))
        }
        _ => Err(DecimalError::Exponent(exponent.chars().take(40).collect())),
    }
}

/// A plain decimal of at most 18 digits, without a detour.
fn short(cell: &[u8]) -> Option<Rational> {
    let (negative, digits) = match cell {
        [b'-', rest @ ..] => (true, rest),
        rest => (false, rest),
    };
    let (mut value, mut places, mut has_point) = (0i64, 0u32, false);
    if digits.len() > 19 || !digits.first()?.is_ascii_digit() || !digits.last()?.is_ascii_digit() {
        return None;
    }
    for byte in digits {
        match byte {
            b'0'..=b'9' => {
                value = value.checked_mul(10)?.checked_add(i64::from(byte - b'0'))?;
                places += u32::from(has_point);
            }
            b'.' if !has_point => has_point = true,
            _ => return None,
        }
    }
    Some(Rational::new(if negative { -value } else { value }, 10i64.checked_pow(places)?))
}
