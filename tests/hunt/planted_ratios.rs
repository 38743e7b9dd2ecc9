//! Planted statements that fail at large ratios only.

use super::planted::{NOT_ZERO, Rows, check, planted, rows};
use crease::claim::prelude::*;
use crease::exact::linear::dot;

fn positive(case: &Rows) -> Result<(), String> {
    check(case)?;
    let fits = case.rows.len() == 1 && case.rows[0].iter().all(Rational::is_positive);
    if fits { Ok(()) } else { Err("one row of positive numbers".to_owned()) }
}

fn positive_rows(n: RangeInclusive<usize>) -> Cases<Rows> {
    vec((1i64..=20).prop_map(Rational::from), n).prop_map(|row| Rows { rows: vec![row] }).cases()
}

pub static CONDITION: Claim<Rows> = planted(
    "planted/condition",
    "the greatest of some positive numbers is at most 2000 times the least",
    || positive_rows(2..=6),
    &[],
    |case| {
        let [least, most] = [case.rows[0].iter().min(), case.rows[0].iter().max()];
        at_most("ratio", most.expect("one") / least.expect("one"), 2000)
    },
    positive,
);

pub static DOUBLES: Claim<Rows> = planted(
    "planted/doubles",
    "sums of whole numbers are exact in double precision",
    || rows(1..=1, 2..=6, 1_000_000).cases(),
    &[],
    |case| {
        let whole = |x: &Rational| x.wide_integer().and_then(|n| i64::try_from(n).ok());
        let numbers: Option<Vec<i64>> = case.rows[0].iter().map(whole).collect();
        let numbers = numbers.ok_or(Undecided("a number is not whole, or too large"))?;
        let exact = numbers.iter().map(|n| i128::from(*n)).sum::<i128>();
        let rounded = numbers.iter().map(|n| *n as f64).sum::<f64>();
        equal("exact", rounded as i128 == exact, true)
    },
    |case| {
        check(case)?;
        let whole = case.rows[0].iter().all(Rational::is_integer);
        if whole && case.rows.len() == 1 { Ok(()) } else { Err("whole numbers".to_owned()) }
    },
);

pub static KANTOROVICH: Claim<Rows> = planted(
    "planted/kantorovich",
    "the mean of positive numbers times the mean of their inverses is at most 25",
    || positive_rows(2..=6),
    &[],
    |case| {
        let (x, n) = (&case.rows[0], Rational::from(case.width()));
        let sum = x.iter().fold(Rational::ZERO, |sum, x| sum + x);
        let inverse = x.iter().fold(Rational::ZERO, |sum, x| sum + x.recip());
        at_most("product", sum * inverse / n.pow(2), 25)
    },
    positive,
);

pub static KURTOSIS: Claim<Rows> = planted(
    "planted/kurtosis",
    "n times the sum of fourth powers is at most 7 times the squared sum of squares",
    || rows(1..=1, 4..=8, 20).cases(),
    &[NOT_ZERO],
    |case| {
        let (x, n) = (&case.rows[0], Rational::from(case.width()));
        let fourth = x.iter().fold(Rational::ZERO, |sum, x| sum + x.pow(4));
        at_most("fourth powers", n * fourth, dot(x, x).pow(2) * Rational::integer(7))
    },
    |case| {
        check(case)?;
        if case.rows.len() == 1 { Ok(()) } else { Err("one row".to_owned()) }
    },
);
