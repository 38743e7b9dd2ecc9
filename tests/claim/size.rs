//! Which of two counterexamples is smaller.

use crease::claim::Size;

fn is_smaller(a: &str, b: &str) {
    assert!(Size::of(a) < Size::of(b), "{:?} is no smaller than {:?}", Size::of(a), Size::of(b));
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
