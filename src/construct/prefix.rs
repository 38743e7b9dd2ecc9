//! Rational filters whose product begins with prescribed coefficients.
//!
//! Some networks read their directions off the first coefficients of a product of filters only. For
//! them the filters may be rational where those of a full factorization are not.

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
