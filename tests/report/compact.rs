//! Numbers, comparisons and cases in one line.

use crease::claim::{above, at_least, at_most, below, equal};
use crease::exact::Rational;
use crease::report::{compact_case as case, comparison, number};

#[test]
fn a_long_number_says_how_many_digits_are_left_out() {
    assert_eq!(number(&Rational::integer(-1234)), "-1234");
    let long = Rational::integer(10).pow(30);
    assert_eq!(number(&long), "10000000…15 digits…00000000");
    assert_eq!(number(&long.recip()), "1/10000000…15 digits…00000000");
}

#[test]
fn a_refuted_comparison_is_printed_the_way_it_is_true() {
    assert_eq!(comparison(&at_most("units", 12, 10).expect("two numbers")), "units 12 > 10");
    assert_eq!(comparison(&at_least("units", 12, 10).expect("two numbers")), "units 12 ≥ 10");
    assert_eq!(comparison(&equal("gap", 1, 0).expect("two numbers")), "gap 1 ≠ 0");
    assert_eq!(comparison(&below("gap", 1, 1).expect("two numbers")), "gap 1 ≥ 1");
    assert_eq!(comparison(&above("gap", 1, 1).expect("two numbers")), "gap 1 ≤ 1");
}

#[test]
fn a_case_is_one_line_in_the_order_of_its_fields() {
    let toml = "u = [\"1/2\", \"0\"]\npad = \"same\"\n[net]\nbias = 3\n";
    assert_eq!(case(toml, 99), "u = [1/2, 0], pad = \"same\", net = {bias = 3}");
    assert_eq!(case(toml, 9), "u = [1/2, … 35 more characters");
}
