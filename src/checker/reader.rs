//! Reads a certificate line by line and word by word, and keeps the budget of work.

use crate::fraction::Fraction;
use crate::integer::{Exact, Integer};
use crate::limits::MAX_DIGITS;
use crate::verdict::{Checked, Rejection};
use std::ops::RangeInclusive;

/// What is left to read, and what the certificate may still cost.
pub(super) struct Checker<'a> {
    pub(super) rest: &'a str,
    pub(super) line: usize,
    pub(super) work: u64,
    /// What `work` was before anything was read.
    pub(super) limit: u64,
    pub(super) spent: u64,
}

/// Reading.
impl<'a> Checker<'a> {
    pub(super) fn malformed(&self, expected: impl Into<String>, found: &str) -> Rejection {
        malformed(self.line, expected, found)
    }

    pub(super) fn is_false(
        &self,
        expected: impl Into<String>,
        found: impl Into<String>,
    ) -> Rejection {
        Rejection::False { line: self.line, expected: expected.into(), found: found.into() }
    }

    pub(super) fn too_large(&self, limit: String) -> Rejection {
        Rejection::TooLarge { line: self.line, limit }
    }

    /// A kind whose proofs may cost more than others says so before it reads them.
    pub(super) fn allow(&mut self, limit: u64) {
        self.work += limit - self.limit;
        self.limit = limit;
    }

    pub(super) fn spend(&mut self, work: u64) -> Checked<()> {
        self.spent = self.spent.saturating_add(work);
        match self.work.checked_sub(work) {
            Some(left) => self.work = left,
            None => return Err(self.too_large(format!("{} units of work", self.limit))),
        }
        Ok(())
    }

    pub(super) fn next_line(&mut self, expected: &str) -> Checked<&'a str> {
        self.line += 1;
        let Some((text, rest)) = self.rest.split_once('\n') else {
            return Err(Rejection::Incomplete { line: self.line, expected: expected.to_owned() });
        };
        self.rest = rest;
        self.spend(32)?;
        if !text.bytes().all(|b| ascii().contains(&b)) {
            return Err(self.malformed("printable ASCII", text));
        }
        Ok(text)
    }

    /// The next line, which starts with one of the keywords: the keyword and the other words.
    pub(super) fn one_of(
        &mut self,
        keywords: &[&'static str],
    ) -> Checked<(&'static str, Vec<&'a str>)> {
        let quoted: Vec<_> = keywords.iter().map(|keyword| format!("`{keyword}`")).collect();
        let expected = quoted.join(" or ");
        let text = self.next_line(&expected)?;
        let mut words: Vec<_> = text.split(' ').collect();
        if words.iter().any(|word| word.is_empty()) {
            return Err(self.malformed("words separated by single spaces", text));
        }
        let first = words.remove(0);
        match keywords.iter().find(|keyword| **keyword == first) {
            Some(keyword) => Ok((keyword, words)),
            None => Err(self.malformed(expected, first)),
        }
    }

    pub(super) fn words(&mut self, keyword: &'static str) -> Checked<Vec<&'a str>> {
        Ok(self.one_of(&[keyword])?.1)
    }

    /// A keyword that stands alone on its line.
    pub(super) fn bare(&mut self, keyword: &'static str) -> Checked<()> {
        let words = self.words(keyword)?;
        self.nothing_more(keyword, &words)
    }

    /// The text from the line `proof` on, which is read.
    pub(super) fn proof(&mut self) -> Checked<&'a str> {
        let proof = self.rest;
        self.bare("proof").map(|()| proof)
    }

    pub(super) fn nothing_more(&self, keyword: &str, words: &[&str]) -> Checked<()> {
        match words {
            [] => Ok(()),
            _ => Err(self.malformed(format!("nothing after `{keyword}`"), &words.join(" "))),
        }
    }

    pub(super) fn choice<const N: usize>(
        &mut self,
        keyword: &'static str,
        choices: [&'static str; N],
    ) -> Checked<&'static str> {
        let words = self.words(keyword)?;
        self.chosen(&words, choices)
    }

    pub(super) fn chosen<const N: usize>(
        &mut self,
        words: &[&str],
        choices: [&'static str; N],
    ) -> Checked<&'static str> {
        let words = words.join(" ");
        let found = choices.into_iter().find(|choice| *choice == words);
        found.ok_or_else(|| self.malformed(choices.join(" or "), &words))
    }

    pub(super) fn count(&mut self, keyword: &'static str) -> Checked<usize> {
        let words = self.words(keyword)?;
        self.counted(&words)
    }

    pub(super) fn counted(&mut self, words: &[&str]) -> Checked<usize> {
        let words = words.join(" ");
        let count = self.natural(&words).filter(|_| words.len() <= 7);
        count
            .and_then(|count| count.try_into().ok())
            .ok_or_else(|| self.malformed("a whole number below 10000000", &words))
    }

    pub(super) fn numbers(
        &mut self,
        keyword: &'static str,
        count: RangeInclusive<usize>,
    ) -> Checked<Vec<Fraction>> {
        let words = self.words(keyword)?;
        self.fractions(&words, count)
    }

    pub(super) fn one(&mut self, keyword: &'static str) -> Checked<Fraction> {
        Ok(self.numbers(keyword, 1..=1)?.remove(0))
    }

    /// The words of a line as fractions, as many as `count` allows.
    pub(super) fn fractions(
        &mut self,
        words: &[&str],
        count: RangeInclusive<usize>,
    ) -> Checked<Vec<Fraction>> {
        if !count.contains(&words.len()) {
            let (least, most) = count.into_inner();
            let expected = match most {
                usize::MAX => format!("{least} or more numbers"),
                1 => "1 number".to_owned(),
                _ if least == most => format!("{least} numbers"),
                _ => format!("{least} to {most} numbers"),
            };
            let (line, found) = (self.line, words.len().to_string());
            return Err(Rejection::Malformed { line, expected, found });
        }
        words.iter().map(|word| self.fraction(word)).collect()
    }

    /// A whole number below 2^64.
    pub(super) fn natural(&self, word: &str) -> Option<u64> {
        is_natural(word.as_bytes()).then(|| word.parse().ok()).flatten()
    }

    /// `p` or `p/q` without leading zeros, plus signs or a negative zero.
    fn fraction(&mut self, word: &str) -> Checked<Fraction> {
        let (num, den) = word.split_once('/').unwrap_or((word, "1"));
        let negative = num.strip_prefix('-').filter(|digits| *digits != "0");
        let digits = negative.unwrap_or(num);
        if !is_natural(digits.as_bytes()) || !is_natural(den.as_bytes()) || den == "0" {
            return Err(self.malformed("a fraction such as -3/7", word));
        }
        let num = self.integer(digits)?;
        let num = if negative.is_some() { -num } else { num };
        Ok(Fraction { num, den: self.integer(den)? })
    }

    fn integer(&mut self, digits: &str) -> Checked<Integer> {
        if digits.len() > MAX_DIGITS {
            return Err(self.too_large(format!("{MAX_DIGITS} digits in a number")));
        }
        // Reading is quadratic in the length; a small constant stands for the number itself.
        let words = digits.len() as u64 / 19 + 1;
        self.spend(8 + words * words)?;
        Ok(Integer::from_decimal(digits).expect("a string of decimal digits"))
    }
}

/// The bytes that may stand in a line.
pub(super) fn ascii() -> RangeInclusive<u8> {
    b' '..=b'~'
}

/// Decimal digits without a leading zero.
pub(super) fn is_natural(word: &[u8]) -> bool {
    let is_digits = !word.is_empty() && word.iter().all(u8::is_ascii_digit);
    is_digits && (word == b"0" || word[0] != b'0')
}

pub(super) fn malformed(line: usize, expected: impl Into<String>, found: &str) -> Rejection {
    Rejection::Malformed { line, expected: expected.into(), found: quote(found) }
}

/// The start of a text as a message quotes it.
pub(super) fn quote(text: &str) -> String {
    let start: String = text.chars().take(40).flat_map(char::escape_default).collect();
    let more = if text.chars().nth(40).is_some() { "..." } else { "" };
    format!("`{start}{more}`")
}
