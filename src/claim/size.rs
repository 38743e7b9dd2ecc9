//! The size of a printed case: the order in which counterexamples are compared.

/// How large a case is for a reader; the order of the fields is the order of comparison.
///
/// A number is a run of decimal digits in the TOML text that touches no letter or underscore, so
/// names such as `conv1d` and `x_2` weigh nothing, and a fraction is two numbers. The text comes
/// last, for definiteness.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Size<'a> {
    /// The digits of all numbers.
    digits: usize,
    /// How many numbers there are.
    numbers: usize,
    /// The sum of the numbers without their signs.
    sum: u128,
    /// How many numbers follow a minus sign.
    negative: usize,
    /// The length of the text, which counts what is no number: `true`, `false`, words.
    length: usize,
    text: &'a str,
}

impl<'a> Size<'a> {
    /// The size of a case given as TOML.
    pub(super) fn of(text: &'a str) -> Self {
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

    /// How many numbers the case has.
    pub(super) fn numbers(&self) -> usize {
        self.numbers
    }
}

#[cfg(test)]
mod tests {
    use super::Size;

    fn is_smaller(a: &str, b: &str) {
        assert!(
            Size::of(a) < Size::of(b),
            "{:?} is no smaller than {:?}",
            Size::of(a),
            Size::of(b)
        );
    }

    #[test]
    fn fewer_digits_come_first_however_they_are_written() {
        let (signs, digits) = (r#"w = ["-1", "-1"]"#, r#"w = ["12", "3"]"#);
        assert!(signs.len() > digits.len(), "by the length of the text it is the other way round");
        is_smaller(signs, digits);
        is_smaller("rows = [[1], [1], [1]]", "rows = [[1, 1, 10]]");
    }

    #[test]
    fn then_fewer_numbers_a_smaller_sum_fewer_signs_and_a_shorter_text() {
        is_smaller(r#"x = ["12"]"#, r#"x = ["1/2"]"#);
        is_smaller("x = [-1, 2]", "x = [1, 3]");
        is_smaller("x = [2, 1]", "x = [-1, 2]");
        is_smaller("x = [true]", "x = [false, false]");
        is_smaller("x = [1, 2]", "x = [2, 1]");
    }

    #[test]
    fn names_and_what_is_not_a_number_weigh_nothing() {
        let size = Size::of("x_2 = true\nkind = 'conv1d'\nw = [\"-3/40\", 7]\n");
        assert_eq!((size.digits, size.numbers, size.sum, size.negative), (4, 3, 50, 1));
    }

    #[test]
    fn a_number_of_any_length_has_a_size() {
        let long = "9".repeat(60);
        assert_eq!(Size::of(&long).digits, 60);
        is_smaller("5", &long);
    }
}
