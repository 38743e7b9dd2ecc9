//! Rational numbers as text: `p`, `p/q` or `p.q` in, lowest terms out.

use super::Rational;
use super::Repr::{Big, Small};
use num_bigint::BigInt;
use num_traits::{One, Zero};
use std::fmt;
use std::str::FromStr;

const MAX_DIGITS: usize = Rational::MAX_DIGITS;

/// Why a text is not a rational number.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ParseRationalError {
    /// Not of the form `p`, `p/q` or `p.q` with decimal digits and an optional leading minus.
    #[error("expected an exact number such as \"-3/7\", \"12\" or \"0.5\", found \"{0}\"")]
    Syntax(String),
    /// The denominator is zero.
    #[error("the denominator of \"{0}\" is zero")]
    ZeroDenominator(String),
    /// More digits than [`Rational::MAX_DIGITS`].
    #[error("a number of {0} characters exceeds the limit of {MAX_DIGITS}")]
    TooLong(usize),
}

impl fmt::Display for Rational {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = match &self.0 {
            Small(n, d) if d.get() == 1 => n.to_string(),
            Small(n, d) => format!("{n}/{d}"),
            Big(r) => r.to_string(),
        };
        f.pad(&text)
    }
}

impl fmt::Debug for Rational {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for Rational {
    type Err = ParseRationalError;

    /// Reads `p`, `p/q` or `p.q`: decimal digits, at most a leading minus, no exponent.
    fn from_str(text: &str) -> Result<Self, ParseRationalError> {
        let syntax = || ParseRationalError::Syntax(text.chars().take(40).collect());
        if text.len() > Self::MAX_DIGITS {
            return Err(ParseRationalError::TooLong(text.len()));
        }
        let digits = |part: &str| {
            let plain = !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
            plain.then(|| part.parse::<BigInt>().ok()).flatten().ok_or_else(syntax)
        };
        let (negative, body) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let (n, d) = if let Some((n, d)) = body.split_once('/') {
            (digits(n)?, digits(d)?)
        } else if let Some((whole, part)) = body.split_once('.') {
            digits(whole)?;
            digits(part)?;
            (digits(&format!("{whole}{part}"))?, BigInt::from(10).pow(part.len() as u32))
        } else {
            (digits(body)?, BigInt::one())
        };
        if d.is_zero() {
            return Err(ParseRationalError::ZeroDenominator(text.chars().take(40).collect()));
        }
        Ok(Self::from_parts(if negative { -n } else { n }, d))
    }
}

impl serde::Serialize for Rational {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// Accepts an exact string or an integer, never a floating-point number.
impl<'de> serde::Deserialize<'de> for Rational {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;
        impl serde::de::Visitor<'_> for Visitor {
            type Value = Rational;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an integer or an exact string such as \"-3/7\"")
            }
            fn visit_i64<E>(self, n: i64) -> Result<Rational, E> {
                Ok(n.into())
            }
            fn visit_u64<E>(self, n: u64) -> Result<Rational, E> {
                Ok(n.into())
            }
            fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Rational, E> {
                text.parse().map_err(E::custom)
            }
        }
        deserializer.deserialize_any(Visitor)
    }
}
