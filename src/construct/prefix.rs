//! Rational filters whose product begins with prescribed coefficients.
//!
//! A network that reads its directions off the first coefficients of a product of filters does not
//! care for the others. So the filters may be rational where a full factorization is not.

use crate::exact::Rational;

/// Two filters of three taps whose product begins with `w_0, .., w_3`, where `w_0` is not zero.
///
/// `a` is free except for `w_1 / (2 w_0)`: the first filter is `1 + a z + b z^2` with
/// `b = (a^3 - a^2 w_1 + a w_2 - w_3) / (2 a - w_1)` for `w_0 = 1`, the second `w` divided by it as
/// a power series, cut after `z^2`. `None` for the excluded values.
pub fn two_quadratics(w: &[Rational; 4], a: &Rational) -> Option<[Vec<Rational>; 2]> {
    if w[0].is_zero() {
        return None;
    }
    let [w1, w2, w3] = [1, 2, 3].map(|k| &w[k] / &w[0]);
    let divisor = Rational::integer(2) * a - &w1;
    if divisor.is_zero() {
        return None;
    }
    let b = (a.pow(3) - a.pow(2) * &w1 + a * &w2 - &w3) / divisor;
    let first = vec![Rational::ONE, a.clone(), b];
    let normal = [Rational::ONE, w1, w2];
    let second = quotient(&normal, &first, 3).iter().map(|c| c * &w[0]).collect();
    Some([first, second])
}

/// The first `terms` coefficients of `w / f` as a power series. Panics if `f_0` is zero.
pub fn quotient(w: &[Rational], f: &[Rational], terms: usize) -> Vec<Rational> {
    let mut found: Vec<Rational> = Vec::with_capacity(terms);
    for k in 0..terms {
        let known = (1..=k.min(f.len() - 1)).map(|i| &f[i] * &found[k - i]).sum::<Rational>();
        let wanted = w.get(k).cloned().unwrap_or_default();
        found.push((wanted - known) / &f[0]);
    }
    found
}
