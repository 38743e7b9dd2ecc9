//! Rational filters whose product begins with prescribed coefficients.
//!
//! Some networks read their directions off the first coefficients of a product of filters only. For
//! them the filters may be rational where those of a full factorization are not.

use crate::analysis::enclosure::floor_root;
use crate::exact::Rational;

/// Two filters of three taps, the first one `1 + a z + b z^2`, whose product begins with
/// `w_0, .., w_3`; `None` if there are none, for any `b`.
///
/// The second is `w` divided by the first as a power series, cut after `z^2`. Then the coefficient
/// of `z^3` is right exactly if `b (w_1 - 2 a w_0) = w_3 - a w_2 + a^2 w_1 - a^3 w_0`.
pub fn two_quadratics(w: &[Rational; 4], a: &Rational) -> Option<[Vec<Rational>; 2]> {
    let factor = &w[1] - Rational::integer(2) * a * &w[0];
    let wanted = &w[3] - a * &w[2] + a.pow(2) * &w[1] - a.pow(3) * &w[0];
    let b = match (factor.is_zero(), wanted.is_zero()) {
        (false, _) => wanted / factor,
        (true, true) => Rational::ZERO,
        (true, false) => return None,
    };
    let first = vec![Rational::ONE, a.clone(), b];
    let second = quotient(&w[..3], &first, 3);
    Some([first, second])
}

/// How far the first three coefficients of any product of filters with two taps are from
/// `w_0, w_1, w_2`, in the largest of the differences, at least; `None` if nothing is known.
///
/// Such a product has `W_1^2 >= 2 W_0 W_2`. If it fails for `w` by `v`, differences of at most
/// `e <= 1` make up for at most `(2 (|w_0| + |w_1| + |w_2|) + 3) e`.
pub fn distance_from_two_taps([w0, w1, w2]: [&Rational; 3]) -> Option<Rational> {
    let two = Rational::integer(2);
    let short = &two * w0 * w2 - w1.pow(2);
    let slope = two * (w0.abs() + w1.abs() + w2.abs()) + Rational::integer(3);
    short.is_positive().then(|| (short / slope).min(Rational::ONE))
}

/// The first `terms` coefficients of `w / f` as a power series.
///
/// Cost: `terms` times `min(terms, f.len())` products. Panics if `f_0` is zero.
pub fn quotient(w: &[Rational], f: &[Rational], terms: usize) -> Vec<Rational> {
    let mut found: Vec<Rational> = Vec::with_capacity(terms);
    for k in 0..terms {
        let known = (1..=k.min(f.len() - 1)).map(|i| &f[i] * &found[k - i]).sum::<Rational>();
        let wanted = w.get(k).cloned().unwrap_or_default();
        found.push((wanted - known) / &f[0]);
    }
    found
}

/// At most twelve filters of three taps whose product begins with `w_0, .., w_4`.
///
/// Factors `z` come first. Then two of [`two_quadratics`] begin with four coefficients. What is
/// missing of the fifth is `r w_0`, and `(1 - a z^2)(1 + a z^2) = 1 - a^2 z^4`, `(1 + 2 a z + 2 a^2
/// z^2)(1 - 2 a z + 2 a^2 z^2) = 1 + 4 a^4 z^4` change it by `-a^2 w_0` and `4 a^4 w_0`: one of the
/// second kind at most leaves `r <= 0`, and `-r` is the sum of four squares (Lagrange).
///
/// `None` if a whole number of more than 130 bits would have to be written as four squares.
pub fn five_coefficients(w: &[Rational; 5]) -> Option<Vec<Vec<Rational>>> {
    let [zero, one, two, four] = [0, 1, 2, 4].map(Rational::integer);
    let Some(first) = w.iter().position(|w| !w.is_zero()) else {
        return Some(vec![vec![zero]]);
    };
    let mut filters = vec![vec![zero.clone(), zero.clone(), one.clone()]; first / 2];
    filters.resize(first.div_ceil(2), vec![zero.clone(), one.clone()]);
    let mut left = w.clone();
    left.rotate_left(first);
    let [four_of_them @ .., last] = &left;
    // The middle tap for which the equation of the two has the factor w_0, which is not zero.
    let middle = (&left[1] - &left[0]) / (&two * &left[0]);
    let pair = two_quadratics(four_of_them, &middle)?;
    let mut missing = (last - &pair[0][2] * &pair[1][2]) / &left[0];
    filters.extend(pair);
    if first > 0 {
        return Some(filters);
    }
    if missing.is_positive() {
        let mut a = one.clone();
        while &four * a.pow(4) < missing {
            a *= &two;
        }
        let square = &two * a.pow(2);
        filters.push(vec![one.clone(), &two * &a, square.clone()]);
        filters.push(vec![one.clone(), -(&two * &a), square]);
        missing -= &(&four * a.pow(4));
    }
    // p / q is p q / q^2.
    let q = Rational::from_parts(missing.denominator(), 1.into());
    let roots = four_squares(&(-missing * q.pow(2)))?;
    for root in roots.into_iter().filter(|root| !root.is_zero()) {
        let a = root / &q;
        filters.push(vec![one.clone(), zero.clone(), -&a]);
        filters.push(vec![one.clone(), zero.clone(), a]);
    }
    Some(filters)
}

/// Four whole numbers whose squares have this sum, a whole number that is not negative; `None` if
/// it has more than 130 bits.
fn four_squares(n: &Rational) -> Option<Vec<Rational>> {
    if n.bits() > 131 {
        return None;
    }
    let mut first = Rational::from_parts(floor_root(&n.numerator(), 2), 1.into());
    while !first.is_negative() {
        // About twice the root of n, at first.
        let rest = (n - first.pow(2)).wide_integer()?;
        if let Some(roots) = three_squares(rest) {
            let whole = |root: i128| Rational::from_parts(root.into(), 1.into());
            return Some(roots.into_iter().map(whole).chain([first]).collect());
        }
        first -= &Rational::ONE;
    }
    None
}

/// Three numbers whose squares have this sum; `None` exactly if it is `4^a (8 b + 7)` (Legendre).
fn three_squares(n: i128) -> Option<[i128; 3]> {
    let mut odd = n;
    while odd > 0 && odd % 4 == 0 {
        odd /= 4;
    }
    if odd % 8 == 7 {
        return None;
    }
    (0..=n.isqrt()).rev().find_map(|first| {
        let rest = n - first * first;
        let second = two_squares(rest)?;
        Some([second[0], second[1], first])
    })
}

/// Two numbers whose squares have this sum.
fn two_squares(n: i128) -> Option<[i128; 2]> {
    if n % 4 == 3 {
        return None;
    }
    let pair = |first: i128| {
        let rest = n - first * first;
        let second = rest.isqrt();
        (second * second == rest).then_some([second, first])
    };
    ((n / 2).isqrt()..=n.isqrt()).rev().find_map(pair)
}
