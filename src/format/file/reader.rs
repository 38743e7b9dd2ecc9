//! A JSON reader: one value at a time, with the path to it.

use super::path::{Path, Step, quote};
use super::{FileError, MAX_BYTES, MAX_NUMBERS, NamedTensors};
use crate::exact::{ParseRationalError, Rational};
use std::borrow::Cow;

/// The longest string, in bytes.
const MAX_STRING: usize = 20_000;
/// The largest count or size.
const MAX_COUNT: usize = 1_000_000_000;

/// The text from `at` on is unread.
pub(super) struct Reader<'a> {
    text: &'a str,
    at: usize,
    numbers: usize,
    /// Where the names of tensors are looked up, if they may stand for numbers.
    pub(super) tensors: Option<&'a dyn NamedTensors>,
    pub(super) path: Path,
}

impl<'a> Reader<'a> {
    pub(super) fn new(
        bytes: &'a [u8],
        tensors: Option<&'a dyn NamedTensors>,
    ) -> Result<Self, FileError> {
        refuse_if!(bytes.len() > MAX_BYTES, Path::default().too_many("bytes", MAX_BYTES));
        let text = |bytes| std::str::from_utf8(bytes);
        let (text, is_text) = match text(bytes) {
            Ok(all) => (all, true),
            Err(error) => (text(&bytes[..error.valid_up_to()]).expect("valid up to there"), false),
        };
        let reader = Self { text, at: 0, numbers: 0, tensors, path: Path::default() };
        if is_text {
            return Ok(reader);
        }
        let (line, column) = reader.position(text.len());
        let found = format!("the byte {:#04x}", bytes[text.len()]);
        Err(FileError::Syntax { line, column, expected: "UTF-8".to_owned(), found })
    }

    /// Line and column of a byte, from 1.
    fn position(&self, at: usize) -> (usize, usize) {
        let before = &self.text[..at];
        let line = before.rsplit('\n').next().expect("there is a first line");
        (before.matches('\n').count() + 1, line.chars().count() + 1)
    }

    fn peek(&mut self) -> Option<u8> {
        let rest = &self.text.as_bytes()[self.at..];
        self.at += rest.iter().take_while(|b| b" \t\r\n".contains(b)).count();
        self.text.as_bytes().get(self.at).copied()
    }

    fn syntax(&self, expected: &str) -> FileError {
        let (line, column) = self.position(self.at);
        let rest = &self.text[self.at..];
        let is_word = |c: char| c.is_ascii_alphanumeric();
        // A word, an escape of a string, or one other character.
        let length = match rest.chars().next() {
            Some(c) if is_word(c) => rest.find(|c| !is_word(c)).unwrap_or(rest.len()),
            Some('\\') => rest.find('"').unwrap_or(rest.len()),
            Some(c) => c.len_utf8(),
            None => 0,
        };
        let found = match length {
            0 => "the end of the file".to_owned(),
            _ => quote(&rest[..length]),
        };
        FileError::Syntax { line, column, expected: expected.to_owned(), found }
    }

    /// The error for a value of another type, or for no value at all.
    pub(super) fn mismatch(&mut self, expected: &str) -> FileError {
        let found = match self.peek() {
            Some(b'{') => "an object",
            Some(b'[') => "a list",
            Some(b'"') => "a string",
            Some(b'-' | b'0'..=b'9') => "a number",
            _ => match ["true", "false", "null"].into_iter().find(|word| self.starts_with(word)) {
                Some(word) => word,
                None => return self.syntax(expected),
            },
        };
        self.path.content(expected, found)
    }

    fn starts_with(&self, word: &str) -> bool {
        self.text[self.at..].starts_with(word)
    }

    fn take(&mut self, byte: u8) -> bool {
        let is_next = self.peek() == Some(byte);
        self.at += usize::from(is_next);
        is_next
    }

    /// Nothing but space is left.
    pub(super) fn end(&mut self) -> Result<(), FileError> {
        if self.peek().is_some() { Err(self.syntax("the end of the file")) } else { Ok(()) }
    }

    pub(super) fn null(&mut self) -> bool {
        let is_null = self.peek() == Some(b'n') && self.starts_with("null");
        self.at += if is_null { 4 } else { 0 };
        is_null
    }

    pub(super) fn is_string(&mut self) -> bool {
        self.peek() == Some(b'"')
    }

    pub(super) fn is_list(&mut self) -> bool {
        self.peek() == Some(b'[')
    }

    /// What `entry` reads at each entry of a list.
    pub(super) fn list<T>(
        &mut self,
        mut entry: impl FnMut(&mut Self, usize) -> Result<T, FileError>,
    ) -> Result<Vec<T>, FileError> {
        refuse_if!(!self.take(b'['), self.mismatch("a list"));
        let mut entries = Vec::new();
        if self.take(b']') {
            return Ok(entries);
        }
        loop {
            self.path.push(Step::Index(entries.len()));
            entries.push(entry(self, entries.len())?);
            self.path.pop();
            if self.take(b']') {
                return Ok(entries);
            }
            refuse_if!(!self.take(b','), self.syntax("`,` or `]`"));
        }
    }

    /// Calls `member` at the value of each member of an object. Only these keys, each once at most.
    pub(super) fn object(
        &mut self,
        keys: &[&'static str],
        mut member: impl FnMut(&mut Self, &'static str) -> Result<(), FileError>,
    ) -> Result<(), FileError> {
        if !self.take(b'{') {
            return Err(self.mismatch("an object"));
        }
        let mut seen = vec![false; keys.len()];
        if self.take(b'}') {
            return Ok(());
        }
        loop {
            refuse_if!(self.peek() != Some(b'"'), self.syntax("a key in quotes"));
            let key = self.string()?;
            let Some(index) = keys.iter().position(|known| *known == key) else {
                let found = quote(&key);
                return Err(self.path.content(format!("a key among {}", keys.join(", ")), found));
            };
            if std::mem::replace(&mut seen[index], true) {
                return Err(self.path.content("every key once", format!("two keys `{key}`")));
            }
            refuse_if!(!self.take(b':'), self.syntax("`:`"));
            self.path.push(Step::Key(keys[index]));
            member(self, keys[index])?;
            self.path.pop();
            if self.take(b'}') {
                return Ok(());
            }
            refuse_if!(!self.take(b','), self.syntax("`,` or `}`"));
        }
    }

    pub(super) fn string(&mut self) -> Result<String, FileError> {
        refuse_if!(!self.take(b'"'), self.mismatch("a string"));
        let mut string = String::new();
        loop {
            let rest = &self.text[self.at..];
            let plain = rest.find(|c: char| c == '"' || c == '\\' || c < ' ').unwrap_or(rest.len());
            string.push_str(&rest[..plain]);
            self.at += plain;
            if string.len() > MAX_STRING {
                return Err(self.path.too_many("bytes in a string", MAX_STRING));
            }
            match self.text.as_bytes().get(self.at) {
                Some(b'"') => {
                    self.at += 1;
                    return Ok(string);
                }
                Some(b'\\') => string.push(self.escape()?),
                _ => return Err(self.syntax("`\"` at the end of a string")),
            }
        }
    }

    /// The character that an escape at the cursor stands for.
    fn escape(&mut self) -> Result<char, FileError> {
        let next = self.text.as_bytes().get(self.at + 1).copied();
        let c = match next {
            Some(c @ (b'"' | b'\\' | b'/')) => char::from(c),
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            Some(b'u') => {
                let unit = self.code_unit(self.at);
                let pair = unit.into_iter().chain(self.code_unit(self.at + 6));
                let Some(Ok(c)) = char::decode_utf16(pair).next() else {
                    return Err(self.syntax("an escape such as `\\n` or `\\u00e9`"));
                };
                self.at += 6 * c.len_utf16();
                return Ok(c);
            }
            _ => return Err(self.syntax("an escape such as `\\n` or `\\u00e9`")),
        };
        self.at += 2;
        Ok(c)
    }

    /// The number in an escape such as `\u00e9` at a byte.
    fn code_unit(&self, at: usize) -> Option<u16> {
        let digits = self.text.get(at..at + 6)?.strip_prefix("\\u")?;
        let is_hex = digits.bytes().all(|b| b.is_ascii_hexdigit());
        is_hex.then(|| u16::from_str_radix(digits, 16).ok())?
    }

    /// The text of a JSON number.
    fn number(&mut self, expected: &str) -> Result<&'a str, FileError> {
        refuse_if!(!matches!(self.peek(), Some(b'-' | b'0'..=b'9')), self.mismatch(expected));
        let bytes = &self.text.as_bytes()[self.at..];
        let digits = |from: usize| {
            bytes[from.min(bytes.len())..].iter().take_while(|b| b.is_ascii_digit()).count()
        };
        let sign = usize::from(bytes[0] == b'-');
        let whole = digits(sign);
        let mut end = sign + whole;
        let mut is_number = whole == 1 || whole > 1 && bytes[sign] != b'0';
        if bytes.get(end) == Some(&b'.') {
            is_number &= digits(end + 1) > 0;
            end += 1 + digits(end + 1);
        }
        if matches!(bytes.get(end), Some(b'e' | b'E')) {
            let sign = usize::from(matches!(bytes.get(end + 1), Some(b'+' | b'-')));
            is_number &= digits(end + 1 + sign) > 0;
            end += 1 + sign + digits(end + 1 + sign);
        }
        refuse_if!(!is_number, self.syntax("a number"));
        let number = &self.text[self.at..self.at + end];
        self.at += end;
        Ok(number)
    }

    /// A whole number of at most [`MAX_COUNT`].
    pub(super) fn count(&mut self) -> Result<usize, FileError> {
        let expected = "a whole number from 0 to 1000000000";
        let number = self.number(expected)?;
        let count = number.parse().ok().filter(|count| *count <= MAX_COUNT);
        count.ok_or_else(|| self.path.content(expected, quote(number)))
    }

    /// A whole number of 64 bits.
    pub(super) fn large_count(&mut self) -> Result<u64, FileError> {
        let expected = "a whole number of at most 64 bits";
        let number = self.number(expected)?;
        number.parse().map_err(|_| self.path.content(expected, quote(number)))
    }

    /// Errors: with these the file has more numbers than it may.
    pub(super) fn count_numbers(&mut self, more: usize) -> Result<(), FileError> {
        self.numbers += more;
        refuse_if!(self.numbers > MAX_NUMBERS, self.path.too_many("numbers", MAX_NUMBERS));
        Ok(())
    }

    /// An integer, or a string with an exact number.
    pub(super) fn exact(&mut self) -> Result<Rational, FileError> {
        let expected = "an integer or an exact string such as \"-3/7\"";
        self.count_numbers(1)?;
        let is_string = self.peek() == Some(b'"');
        let text = if is_string {
            Cow::Owned(self.string()?)
        } else {
            Cow::Borrowed(self.number(expected)?)
        };
        if text.len() > Rational::MAX_DIGITS {
            return Err(self.path.too_many("characters in a number", Rational::MAX_DIGITS));
        }
        // Outside quotes a fraction or an exponent would be somebody's floating-point number.
        let is_integer = text.bytes().all(|b| b.is_ascii_digit() || b == b'-');
        let expected = match text.parse() {
            Ok(value) if is_string || is_integer => return Ok(value),
            Err(ParseRationalError::ZeroDenominator(_)) => "a denominator other than 0",
            _ => expected,
        };
        Err(self.path.content(expected, quote(&text)))
    }
}
