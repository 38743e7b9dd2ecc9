//! Rows cleared of denominators, and sums of their products.

use super::*;

#[test]
fn a_row_is_cleared_by_the_least_common_multiple() {
    let row = [Rational::new(1, 6), Rational::new(-3, 4), Rational::integer(2)];
    let cleared = IntegerRow::new(row.iter());
    assert_eq!(cleared.scale, Rational::integer(12));
    assert_eq!(cleared.read::<i128>(), Some(vec![2, -9, 24]));
}

#[test]
fn a_row_beyond_words_is_kept_big() {
    let row = [Rational::from(1u128 << 100), Rational::new(-1, 3)];
    let cleared = IntegerRow::new(row.iter());
    assert!(matches!(cleared.entries, Entries::Big(_)));
    assert_eq!(cleared.read::<i128>(), Some(vec![3 << 100, -1]));
    assert_eq!(cleared.residues(7), vec![(3u128 << 100).rem_euclid(7) as u64, 6]);
    let row = [Rational::integer(2).pow(200)];
    assert_eq!(IntegerRow::new(row.iter()).read::<i128>(), None);
}

#[test]
fn a_coprime_row_keeps_its_direction() {
    let row = [Rational::new(-4, 3), Rational::integer(2), Rational::ZERO];
    let words = IntegerRow::new(row.iter()).coprime();
    assert_eq!(words, [-2, 3, 0].map(Rational::integer));
    let long = row.map(|x| x * Rational::integer(10).pow(40));
    assert_eq!(IntegerRow::new(long.iter()).coprime(), words);
    let zeros = vec![Rational::ZERO; 2];
    assert_eq!(IntegerRow::new(zeros.iter()).coprime(), zeros);
}

#[test]
fn overflow_is_reported_and_the_edge_is_not() {
    let top = i128::MAX;
    assert_eq!(i128::cross(&top, &1, &0, &0, &1), Some(top));
    assert_eq!(i128::cross(&top, &1, &1, &-1, &1), None);
    assert_eq!(i128::cross(&top, &2, &top, &2, &1), None);
    assert_eq!(i128::cross(&7, &5, &3, &5, &4), Some(5));
    assert_eq!((i128::times(&top, &2), i128::MIN.negated()), (None, None));
}

/// Entries of one length in bits, with both signs, over a denominator.
fn row(bits: i32, denominator: i64) -> Vec<Rational> {
    let entry = |k: i64| Rational::integer(2).pow(bits) * Rational::new(k, denominator);
    [7, -5, 0, 3, -1].map(|k| entry(k) + Rational::new(k % 2, denominator)).to_vec()
}

#[test]
fn sums_of_products_are_those_of_fractions() {
    for (left, right) in [(3, 5), (40, 3), (62, 62), (64, 30), (200, 70), (64, 1000)] {
        for (p, q) in [(1, 1), (3, 8), (1 << 40, 7), (1 << 40, 1 << 20)] {
            let (a, b) = (row(left, p), row(right, q));
            let rows = [&a, &b].map(|row| IntegerRow::new(row.iter()));
            // All products, at their distance.
            let found = rows[0].sums(&rows[1], 9, |add| {
                (0..25).for_each(|k| add(k / 5 + k % 5, k / 5, k % 5));
            });
            let mut expected = vec![Rational::ZERO; 9];
            for (i, j) in (0..25).map(|k| (k / 5, k % 5)) {
                expected[i + j] += &a[i] * &b[j];
            }
            assert_eq!(found, expected, "{left} and {right} bits over {p} and {q}");
        }
    }
}

#[test]
fn a_sum_carries_as_far_as_it_has_to() {
    let most = vec![u64::MAX; 3];
    let mut sum = Sum::default();
    let (mut expected, big) = (BigInt::ZERO, BigInt::from(from_limbs(&most)));
    for (a, b) in [(false, false), (true, true), (true, false), (false, false)] {
        sum.add_product(&(a, most.clone()), &(b, most.clone()));
        expected += if a == b { &big * &big } else { -(&big * &big) };
    }
    sum.add_product(&(false, vec![1]), &(true, vec![1]));
    sum.add_product(&(false, Vec::new()), &(true, most));
    assert_eq!(sum.total(), expected - 1);
}
