//! The size of a printed case: the order in which counterexamples are compared.

/// How large a case is for a reader; the order of the fields is the order of comparison.
///
/// A number is a run of decimal digits in the TOML text that touches no letter or underscore, so
/// names such as `conv1d` and `x_2` weigh nothing, and a fraction is two numbers. The text comes
/// last, for definiteness.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Size<'a> {
    /// The digits of all numbers.
    pub digits: usize,
    /// How many numbers there are.
    pub numbers: usize,
    /// The sum of the numbers without their signs.
    pub sum: u128,
    /// How many numbers follow a minus sign.
    pub negative: usize,
    /// The length of the text, which counts what is no number: `true`, `false`, words.
    length: usize,
    text: &'a str,
}

impl<'a> Size<'a> {
    /// The size of a case given as TOML.
    pub fn of(text: &'a str) -> Self {
        let mut size =
            Self { digits: 0, numbers: 0, sum: 0, negative: 0, length: text.len(), text };
        let mut before = "";
        let is_inside = |c: char| c.is_alphanumeric() || c == '_';
        for piece in text.split_inclusive(|c| !is_inside(c)) {
            let word = piece.trim_end_matches(|c| !is_inside(c));
            if !word.is_empty() && word.bytes().all(|b| b.is_ascii_digit()) {
                size.digits += word.len();
                size.numbers += 1;
                size.sum = size.sum.saturating_add(word.parse().unwrap_or(u128::MAX));
                size.negative += usize::from(before.ends_with('-'));
            }
            before = piece;
        }
        size
    }
}
