//! Comparisons of quantities: what is read, what is computed, what is refused.

use super::bounds::q;
use crease::approximate::{Comparison, Why};
use crease::exact::Rational;

fn names() -> Vec<String> {
    ["regions", "n", "units", "units(1)", "units(2)", "rank(1)"].map(str::to_owned).to_vec()
}

fn read(text: &str) -> Comparison {
    Comparison::parse(text, &names()).unwrap_or_else(|error| panic!("{text}: {error}"))
}

/// The left side at `regions = 5, n = 3, units = 3, units(1) = 2, units(2) = 1/2`.
fn left(text: &str) -> Result<Rational, Why> {
    let values = [q(5, 1), q(3, 1), q(3, 1), q(2, 1), q(1, 2)].map(Ok);
    let unknown = Err(Why::Undefined("not known"));
    let values = [&values[..], &[unknown]].concat();
    read(&format!("{text} <= 0")).left.computed(&values)
}

#[test]
fn quantities_are_computed_in_fractions() {
    for (text, expected) in [
        ("regions + n*2", q(11, 1)),
        ("2^n", q(8, 1)),
        ("2^(n-1)", q(4, 1)),
        ("n^2 / units(1)", q(9, 2)),
        ("units(1)^(1/2)*0 + sqrt(n+1)", q(2, 1)),
        ("units(2)^n", q(1, 8)),
        ("(1/2)^(-2)", q(4, 1)),
        ("choose(n, 2) - choose(2, n)", q(3, 1)),
        ("choose(100, n)", q(161_700, 1)),
        ("choose(10^9, 2)", q(499_999_999_500_000_000, 1)),
        ("max(n, regions, 1) - min(n, regions)", q(2, 1)),
        ("abs(n - regions) + relu(n - regions)", q(2, 1)),
        ("units(1) + units ( 2 )", q(5, 2)),
        ("0^0 + 1^(10^9*n)", q(2, 1)),
    ] {
        if text.starts_with("units(1)^(1/2)") {
            // A root of two is no fraction, whatever is done with it later.
            assert_eq!(left(text), Err(Why::Undefined("a root that is no fraction")));
            continue;
        }
        assert_eq!(left(text), Ok(expected), "{text}");
    }
}

#[test]
fn what_has_no_number_says_why() {
    for (text, why) in [
        ("1/(n-units)", "a division by zero"),
        ("(n-3)^(units-4)", "a division by zero"),
        ("0*rank(1)", "not known"),
        ("sqrt(n)", "a root that is no fraction"),
        ("sqrt(-n)", "a root that is no fraction"),
        ("2^units(2)", "a power whose exponent is not whole"),
        ("choose(units(2), 1)", "choose is of two whole numbers"),
        ("choose(n, -n)", "choose is of two whole numbers"),
        ("choose(n*10^9, n*10^8)", "a number is too long"),
        ("regions^(regions^(n^n))", "a number is too long"),
        ("(((n^1000)^1000)^1000)^1000", "a number is too long"),
    ] {
        assert_eq!(left(text).map_err(Why::words), Err(why), "{text}");
    }
}

#[test]
fn every_sign_is_read_and_quantities_are_listed() {
    for (text, sign) in [
        ("n<=1", "<="),
        ("n ≤ 1", "<="),
        ("n>=1", ">="),
        ("n≥1", ">="),
        ("n<1", "<"),
        ("n > 1", ">"),
        ("n=1", "="),
        ("n == 1", "="),
    ] {
        assert_eq!(read(text).sign, sign, "{text}");
    }
    let both = read("units(2) + 2*regions <= units(2)^2");
    assert_eq!(both.quantities().into_iter().collect::<Vec<_>>(), [0, 4]);
    assert_eq!(both.left.to_string(), "units(2)+2*regions");
}

#[test]
fn each_error_names_its_place() {
    let quantity =
        "a quantity of those that the help lists, or choose, abs, relu, sqrt, max or min";
    for (text, message) in [
        ("", "column 1: expected a number, a quantity, a function or `(`, found the end"),
        (
            "regions",
            "column 8: expected an operator or a comparison: <=, <, >=, > or =, found the end",
        ),
        ("n <", "column 4: expected a number, a quantity, a function or `(`, found the end"),
        ("n < 1 < 2", "column 7: expected an operator or the end, found `<`"),
        ("foo_bar <= 1", &format!("column 1: expected {quantity}, found `foo_bar`")),
        ("x1 <= 1", &format!("column 1: expected {quantity}, found `x1`")),
        ("exp(n) <= 1", &format!("column 1: expected {quantity}, found `exp`")),
        ("units(3) < 1", "column 7: expected a layer, units(1) to units(2), found `3`"),
        ("units() < 1", "column 7: expected a layer, units(1) to units(2), found `)`"),
        ("1 < rank", "column 9: expected `(` and the number of a layer, found the end"),
        ("n/0 < 1", "column 3: expected a divisor other than 0, found `0`"),
        ("choose(n) < 1", "column 9: expected `,` and another argument, found `)`"),
        ("choose(n,1,2) < 1", "column 11: expected an operator or `)`, found `,`"),
        ("choose(10^9, 10^8) < 1", "column 18: more than 4096 bits in a number"),
        ("2^3^n < 1", "column 4: expected parentheses around one of two powers, found `^`"),
        ("n^2000 < 1", "column 3: more than 1000 in an exponent"),
    ] {
        let error = Comparison::parse(text, &names()).expect_err(text);
        assert_eq!(error.to_string(), message, "{text}");
    }
}
