//! Functions on the cube: values against sums over all products, and back.

use super::support::{Small, check};
use crease::analysis::boolean_function::{coefficients, degree, size, values};
use crease::exact::Rational;

/// The first `2^n` entries, the missing ones zero.
fn full(entries: Vec<Small>) -> Vec<Rational> {
    let n = entries.len().min(16).next_power_of_two();
    let entries = entries.into_iter().map(|x| x.0);
    entries.chain(std::iter::repeat(Rational::ZERO)).take(n).collect()
}

#[test]
fn a_value_is_the_sum_of_the_products_that_are_one_there() {
    fn law(entries: Vec<Small>) -> bool {
        let entries = full(entries);
        let sum = |point: usize| -> Rational {
            let inside = (0..entries.len()).filter(|product| product & point == *product);
            inside.map(|product| entries[product].clone()).sum()
        };
        values(&entries) == (0..entries.len()).map(sum).collect::<Vec<_>>()
    }
    check(law as fn(Vec<Small>) -> bool);
}

#[test]
fn coefficients_undo_values() {
    fn law(entries: Vec<Small>) -> bool {
        let entries = full(entries);
        coefficients(&values(&entries)) == entries && values(&coefficients(&entries)) == entries
    }
    check(law as fn(Vec<Small>) -> bool);
}

#[test]
fn the_degree_is_that_of_the_largest_product() {
    let mut entries = vec![Rational::ZERO; 8];
    assert_eq!(degree(&entries), None);
    entries[0b100] = Rational::ONE;
    assert_eq!((degree(&entries), size(0b100)), (Some(1), 1));
    entries[0b011] = Rational::ONE;
    assert_eq!(degree(&entries), Some(2));
}
