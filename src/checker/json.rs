//! Reads the JSON of network files. Each value keeps its line, so that a refusal can name it.

use crate::fraction::Fraction;
use crate::integer::{Exact, Integer};
use crate::limits::MAX_DIGITS;
use crate::reader::{Checker, is_natural};
use crate::verdict::{Checked, Rejection};

/// The deepest nesting of lists and objects.
const MAX_DEPTH: usize = 64;

/// A value, and its line.
pub(super) struct Json {
    pub(super) line: usize,
    pub(super) value: Value,
}

/// What a value is.
pub(super) enum Value {
    Word(String),
    Text(String),
    List(Vec<Json>),
    Object(Vec<(String, Json)>),
}

/// Reading JSON; `rest` is what is left, `line` where it begins.
impl Checker<'_> {
    fn skip_space(&mut self) {
        let text = self.rest.trim_start_matches([' ', '\t', '\r', '\n']);
        self.line += self.rest[..self.rest.len() - text.len()].matches('\n').count();
        self.rest = text;
    }

    fn takes(&mut self, token: char) -> bool {
        self.skip_space();
        let rest = self.rest.strip_prefix(token);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    fn unexpected(&self, expected: &str) -> Rejection {
        self.malformed(expected, self.rest.split('\n').next().unwrap_or_default())
    }

    /// The only value of a file.
    pub(super) fn json_file(&mut self) -> Checked<Json> {
        let json = self.json(0)?;
        self.skip_space();
        if self.rest.is_empty() { Ok(json) } else { Err(self.unexpected("the end of the file")) }
    }

    fn json(&mut self, depth: usize) -> Checked<Json> {
        self.spend(16)?;
        if depth > MAX_DEPTH {
            return Err(self.too_large(format!("{MAX_DEPTH} nested lists and objects")));
        }
        self.skip_space();
        let line = self.line;
        let value = if self.takes('[') {
            let mut list = Vec::new();
            while !self.takes(']') {
                if !list.is_empty() && !self.takes(',') {
                    return Err(self.unexpected("`,` or `]`"));
                }
                list.push(self.json(depth + 1)?);
            }
            Value::List(list)
        } else if self.takes('{') {
            let mut members: Vec<(String, Json)> = Vec::new();
            while !self.takes('}') {
                if !members.is_empty() && !self.takes(',') {
                    return Err(self.unexpected("`,` or `}`"));
                }
                if !self.takes('"') {
                    return Err(self.unexpected("a key in quotes"));
                }
                let key = self.string()?;
                if members.iter().any(|(known, _)| *known == key) {
                    return Err(self.malformed("every key once", &key));
                }
                if !self.takes(':') {
                    return Err(self.unexpected("`:`"));
                }
                members.push((key, self.json(depth + 1)?));
            }
            Value::Object(members)
        } else if self.takes('"') {
            Value::Text(self.string()?)
        } else {
            let is_word = |c: char| c.is_ascii_alphanumeric() || "+-.".contains(c);
            let end = self.rest.find(|c| !is_word(c)).unwrap_or(self.rest.len());
            let word = self.rest[..end].to_owned();
            if word.is_empty() {
                return Err(self.unexpected("a value"));
            }
            self.rest = &self.rest[end..];
            Value::Word(word)
        };
        Ok(Json { line, value })
    }

    /// A string up to its closing quote. Escapes are kept as they stand: no key and no number of a
    /// network needs one.
    fn string(&mut self) -> Checked<String> {
        let mut is_escaped = false;
        for (at, c) in self.rest.char_indices() {
            match c {
                '"' if !is_escaped => {
                    let string = self.rest[..at].to_owned();
                    self.rest = &self.rest[at + 1..];
                    return Ok(string);
                }
                '\n' => break,
                _ => is_escaped = c == '\\' && !is_escaped,
            }
        }
        Err(self.unexpected("a string that ends on its line"))
    }

    /// A whole number below 10^9.
    pub(super) fn json_count(&mut self, json: &Json) -> Checked<usize> {
        self.line = json.line;
        let count = match &json.value {
            Value::Word(word) if is_natural(word.as_bytes()) && word.len() <= 9 => {
                word.parse().ok()
            }
            _ => None,
        };
        count.ok_or_else(|| self.malformed("a whole number below 10^9", &json.start()))
    }

    /// An integer, or a string `p`, `p/q` or `p.q` of decimal digits.
    pub(super) fn json_number(&mut self, json: &Json) -> Checked<Fraction> {
        self.line = json.line;
        let (text, is_text) = match &json.value {
            Value::Word(word) => (word.as_str(), false),
            Value::Text(text) => (text.as_str(), true),
            _ => ("", false),
        };
        let body = text.strip_prefix('-').unwrap_or(text);
        let (whole, part, separator) = match body.split_once(['/', '.']) {
            Some((whole, part)) if is_text => (whole, part, body.as_bytes()[whole.len()]),
            _ => (body, "1", b'/'),
        };
        let is_digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
        let has_form = is_text || is_natural(body.as_bytes());
        if !has_form || !is_digits(whole) || !is_digits(part) {
            let expected = "an integer or an exact string such as \"-3/7\"";
            return Err(self.malformed(expected, &json.start()));
        }
        if text.len() > MAX_DIGITS {
            return Err(self.too_large(format!("{MAX_DIGITS} characters in a number")));
        }
        let words = text.len() as u64 / 19 + 1;
        self.spend(8 + 2 * words * words)?;
        let integer =
            |digits: &str| Integer::from_decimal(digits).expect("a string of decimal digits");
        let (num, den) = match separator {
            b'/' => (integer(whole), integer(part)),
            _ => (integer(&format!("{whole}{part}")), Integer::from(10).pow(part.len())),
        };
        if den.is_zero() {
            return Err(self.malformed("a denominator other than 0", text));
        }
        Ok(Fraction { num: if body.len() < text.len() { -num } else { num }, den })
    }

    pub(super) fn required<'j>(&self, object: &'j Json, key: &str) -> Checked<&'j Json> {
        let start = || object.get("type").map_or("none".to_owned(), Json::start);
        object.get(key).ok_or_else(|| self.malformed(format!("a key `{key}`"), &start()))
    }

    pub(super) fn only_keys(&mut self, object: &Json, keys: &[&str]) -> Checked<()> {
        self.line = object.line;
        if !matches!(object.value, Value::Object(_)) {
            return Err(self.malformed("an object", &object.start()));
        }
        match object.members().iter().find(|(key, _)| !keys.contains(&key.as_str())) {
            Some((key, value)) => {
                self.line = value.line;
                Err(self.malformed(format!("a key among {}", keys.join(", ")), key))
            }
            None => Ok(()),
        }
    }

    pub(super) fn counts(&mut self, json: &Json) -> Checked<Vec<usize>> {
        match json.list() {
            Some(list) => list.iter().map(|count| self.json_count(count)).collect(),
            None => Ok(vec![self.json_count(json)?]),
        }
    }

    pub(super) fn number_list(&mut self, json: Option<&Json>) -> Checked<Vec<Fraction>> {
        let Some(json) = json else { return Ok(Vec::new()) };
        self.line = json.line;
        let list = json.list().ok_or_else(|| self.malformed("a list", &json.start()))?;
        list.iter().map(|number| self.json_number(number)).collect()
    }

    /// Nested lists of equal length: the axes, and the numbers in a row.
    pub(super) fn nested(
        &mut self,
        json: &Json,
        axes: usize,
    ) -> Checked<(Vec<usize>, Vec<Fraction>)> {
        let mut sizes = Vec::new();
        let mut level = vec![json];
        for _ in 0..axes {
            let lists: Option<Vec<_>> = level.iter().map(|json| json.list()).collect();
            let size = lists.as_ref().and_then(|lists| Some(lists.first()?.len()));
            let (Some(lists), Some(size)) = (lists, size) else {
                self.line = json.line;
                return Err(self.malformed(format!("lists nested {axes} deep"), &json.start()));
            };
            if let Some(odd) = lists.iter().position(|list| list.len() != size) {
                self.line = level[odd].line;
                let expected = format!("{size} entries, as before");
                return Err(self.malformed(expected, &lists[odd].len().to_string()));
            }
            sizes.push(size);
            level = lists.into_iter().flatten().collect();
        }
        let numbers = level.into_iter().map(|number| self.json_number(number));
        Ok((sizes, numbers.collect::<Checked<_>>()?))
    }
}

impl Json {
    /// How the value begins, for a message.
    pub(super) fn start(&self) -> String {
        match &self.value {
            Value::Word(word) => word.clone(),
            Value::Text(text) => format!("\"{text}\""),
            Value::List(_) => "[".to_owned(),
            Value::Object(_) => "{".to_owned(),
        }
    }

    pub(super) fn list(&self) -> Option<&[Self]> {
        match &self.value {
            Value::List(list) => Some(list),
            _ => None,
        }
    }

    pub(super) fn members(&self) -> &[(String, Self)] {
        match &self.value {
            Value::Object(members) => members,
            _ => &[],
        }
    }

    pub(super) fn get(&self, key: &str) -> Option<&Self> {
        self.members().iter().find(|(name, _)| name == key).map(|(_, value)| value)
    }
}
