//! Expressions from text: reading one, and putting a linear form into one.

use super::expression::Expression;
use super::parse::{ExpressionError, expression};
use crate::exact::Rational;
use std::str::FromStr;

impl Expression {
    /// Reads a function of `dimension` variables; the grammar stands at the head of
    /// `expression.rs`.
    ///
    /// Errors: the column, what was expected and what was found, or the limit that is exceeded.
    pub fn parse(text: &str, dimension: usize) -> Result<Self, ExpressionError> {
        expression(text, dimension)
    }

    /// `x -> self(<direction, x>)`, for a function of one variable.
    ///
    /// Errors: a limit that the longer text exceeds. Panics if there are more variables.
    pub fn along(&self, direction: &[Rational]) -> Result<Self, ExpressionError> {
        assert!(self.dimension == 1, "the function has {} variables", self.dimension);
        let terms = direction.iter().enumerate().filter(|(_, a)| !a.is_zero());
        let term = |(i, a): (usize, &Rational)| match a {
            one if *one == Rational::ONE => format!("x{}", i + 1),
            a if a.is_integer() && a.is_positive() => format!("{a}*x{}", i + 1),
            a => format!("({a})*x{}", i + 1),
        };
        let terms: Vec<_> = terms.map(term).collect();
        let form = if terms.is_empty() { "0".to_owned() } else { terms.join("+") };
        let (mut text, mut word) = (String::new(), String::new());
        for c in self.text.replace("|x|^2", "normsq").chars().chain([' ']) {
            if c.is_ascii_alphanumeric() {
                word.push(c);
                continue;
            }
            match word.as_str() {
                "x" | "x1" => text += &format!("({form})"),
                "normsq" => text += &format!("(({form})^2)"),
                other => text += other,
            }
            word.clear();
            text.push(c);
        }
        Self::parse(&text, direction.len())
    }
}

/// A function of one variable.
impl FromStr for Expression {
    type Err = ExpressionError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::parse(text, 1)
    }
}
