//! Reads a tree line by line and keeps one line, so that memory does not grow with the tree.

use crate::integer::{Exact, Integer};
use crate::limits::{MAX_DIGITS, MAX_LINE};
use crate::reader::{ascii, is_natural, malformed};
use crate::rows::Row;
use crate::verdict::{Checked, Rejection};
use std::io::{BufRead, Read};

/// The rest of a certificate, and its current line without the line feed.
pub(super) struct Stream<'a> {
    source: &'a mut dyn BufRead,
    pub(super) line: usize,
    text: Vec<u8>,
}

/// Appends a line with its line feed; one that is longer than the limit, or the last one, may lack
/// it. The error is that of line `line`.
pub(super) fn read_line(
    source: &mut dyn BufRead,
    text: &mut Vec<u8>,
    limit: usize,
    line: usize,
) -> Checked<()> {
    let read = source.take(limit as u64).read_until(b'\n', text);
    read.map_err(|error| Rejection::Unreadable { line, error: error.to_string() })?;
    Ok(())
}

impl<'a> Stream<'a> {
    /// What follows line `line`.
    pub(super) fn after(line: usize, source: &'a mut dyn BufRead) -> Self {
        Self { source, line, text: Vec::new() }
    }

    /// Goes to the next line: its first byte, 0 if it is empty.
    pub(super) fn next(&mut self, expected: &str) -> Checked<u8> {
        self.line += 1;
        self.text.clear();
        read_line(self.source, &mut self.text, MAX_LINE, self.line)?;
        if self.text.pop_if(|byte| *byte == b'\n').is_none() {
            return Err(match self.text.len() {
                MAX_LINE => self.too_large(format!("{MAX_LINE} bytes in a line")),
                _ => Rejection::Incomplete { line: self.line, expected: expected.to_owned() },
            });
        }
        Ok(self.text.first().copied().unwrap_or(0))
    }

    /// Nothing follows.
    pub(super) fn finish(&mut self) -> Checked<()> {
        self.line += 1;
        self.text.clear();
        read_line(self.source, &mut self.text, 40, self.line)?;
        if self.text.is_empty() {
            return Ok(());
        }
        self.text.pop_if(|byte| *byte == b'\n');
        Err(self.malformed("nothing after `end`"))
    }

    /// The whole line.
    pub(super) fn text(&self) -> &[u8] {
        &self.text
    }

    /// What follows the first letter and a space; `None` if the line is that letter alone.
    pub(super) fn rest(&self) -> Checked<Option<&[u8]>> {
        match &self.text[..] {
            [_] => Ok(None),
            [_, b' ', rest @ ..] => Ok(Some(rest)),
            _ => Err(self.malformed("a letter and numbers")),
        }
    }

    /// The error for the current line; nothing but printable ASCII is well formed.
    pub(super) fn malformed(&self, expected: impl Into<String>) -> Rejection {
        let is_plain = self.text.iter().all(|byte| ascii().contains(byte));
        let expected = if is_plain { expected.into() } else { "printable ASCII".to_owned() };
        malformed(self.line, expected, &String::from_utf8_lossy(&self.text))
    }

    pub(super) fn is_false(&self, expected: String, found: String) -> Rejection {
        Rejection::False { line: self.line, expected, found }
    }

    pub(super) fn too_large(&self, limit: String) -> Rejection {
        Rejection::TooLarge { line: self.line, limit }
    }

    /// Integers separated by single spaces.
    pub(super) fn integers(&self, text: &[u8]) -> Checked<Row> {
        let words: Option<Vec<i64>> = text.split(|byte| *byte == b' ').map(short).collect();
        words.map_or_else(|| self.big_integers(text), |words| Ok(Row::Words(words)))
    }

    fn big_integers(&self, text: &[u8]) -> Checked<Row> {
        let big = |word: &[u8]| {
            let digits = word.strip_prefix(b"-").unwrap_or(word);
            if digits.len() > MAX_DIGITS {
                return Err(self.too_large(format!("{MAX_DIGITS} digits in a number")));
            }
            let is_integer = is_natural(digits) && word != b"-0";
            let value =
                str::from_utf8(word).ok().filter(|_| is_integer).and_then(Integer::from_decimal);
            value.ok_or_else(|| self.malformed("integers separated by single spaces"))
        };
        Ok(Row::of(text.split(|byte| *byte == b' ').map(big).collect::<Checked<_>>()?))
    }
}

/// An integer of at most 18 digits; `None` for a longer one, or if it is none.
fn short(word: &[u8]) -> Option<i64> {
    let (is_negative, digits) = match word {
        [b'-', digits @ ..] => (true, digits),
        digits => (false, digits),
    };
    let has_form = matches!(digits, [b'1'..=b'9', ..]) || (digits == b"0" && !is_negative);
    if !has_form || digits.len() > 18 {
        return None;
    }
    let mut value = 0;
    for digit in digits {
        if !digit.is_ascii_digit() {
            return None;
        }
        value = 10 * value + i64::from(digit - b'0');
    }
    Some(if is_negative { -value } else { value })
}
