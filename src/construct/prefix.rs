//! Rational filters whose product begins with prescribed coefficients.
//!
//! A network that reads its directions off the first coefficients of a product of filters does not
//! care for the others. So the filters may be rational where a full factorization is not.

use super::expansive::convolve;
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

/// Three filters of three taps whose product begins with `w_0, .., w_4`, where `w_0` is not zero:
/// the first found when two of the middle taps are fractions of small numbers; `None` if there is
/// none among them.
///
/// With `1 + a z + b z^2` divided out, two quadratics have to begin with `1, v_1, .., v_4`, which
/// leaves one equation for their middle taps. For given `a` and a middle tap it is quadratic in
/// `b`, and rational exactly if its discriminant is a square. Cost: one square root a pair tried.
pub fn three_quadratics(w: &[Rational; 5], most: i64) -> Option<[Vec<Rational>; 3]> {
    if w[0].is_zero() {
        return None;
    }
    let normal: Vec<_> = w.iter().map(|c| c / &w[0]).collect();
    let tried = small_fractions(most);
    tried
        .iter()
        .find_map(|a| tried.iter().find_map(|c| with_middle_taps(&normal, a, c)))
        .map(|[first, second, third]| [first.iter().map(|t| t * &w[0]).collect(), second, third])
}

/// Fractions of numerator and denominator up to `most`, the simple ones first.
fn small_fractions(most: i64) -> Vec<Rational> {
    let mut found: Vec<Rational> = Vec::new();
    for size in 1..=most {
        for (p, q) in (0..=size).flat_map(|k| [(k, size), (size, k), (-k, size), (-size, k)]) {
            if q > 0 && !found.contains(&Rational::new(p, q)) {
                found.push(Rational::new(p, q));
            }
        }
    }
    found
}

/// The filters with middle taps `a` and `c`, and the third what is left of `w_1`.
fn with_middle_taps(w: &[Rational], a: &Rational, c: &Rational) -> Option<[Vec<Rational>; 3]> {
    // As functions of b, the last tap of the first filter: v_k = constant + slope b + square b^2.
    let at = |b: i64| {
        let b = Rational::integer(b);
        let first = vec![Rational::ONE, a.clone(), b];
        let v = quotient(w, &first, 5);
        let rest = &v[1] - c;
        let sum = &v[2] - c * &rest;
        let divisor = &v[1] - Rational::integer(2) * c;
        // The last taps e + f = sum and c f + rest e = v_3, so e (rest - c) = v_3 - c sum.
        (!divisor.is_zero()).then(|| {
            let e = (&v[3] - c * &sum) / divisor;
            let f = &sum - &e;
            (&e * &f - &v[4], [c.clone(), e], [rest, f])
        })
    };
    // The equation is quadratic in b: its values at -1, 0 and 1 give its coefficients.
    let [below, zero, above] = [at(-1)?.0, at(0)?.0, at(1)?.0];
    let half = Rational::new(1, 2);
    let square = (&above + &below) * &half - &zero;
    let slope = (&above - &below) * &half;
    let discriminant = &slope * &slope - Rational::integer(4) * &square * &zero;
    let root = square_root(&discriminant)?;
    let b = match square.is_zero() {
        true if slope.is_zero() => return None,
        true => -zero / slope,
        false => (root - slope) / (Rational::integer(2) * square),
    };
    let first = vec![Rational::ONE, a.clone(), b];
    let v = quotient(w, &first, 5);
    let rest = &v[1] - c;
    let sum = &v[2] - c * &rest;
    let e = (&v[3] - c * &sum) / (&v[1] - Rational::integer(2) * c);
    let second = vec![Rational::ONE, c.clone(), e.clone()];
    let third = vec![Rational::ONE, rest, sum - e];
    let product = convolve(&convolve(&first, &second), &third);
    (product[..5] == *w).then_some([first, second, third])
}

/// The rational root, if there is one.
fn square_root(x: &Rational) -> Option<Rational> {
    if x.is_negative() {
        return None;
    }
    let root = |n: Rational| {
        // Newton's iteration on integers, from above.
        let mut guess = Rational::integer(2).pow((n.bits() / 2 + 1) as i32);
        loop {
            let next = ((&guess + &n / &guess) / Rational::integer(2)).floor();
            if next >= guess {
                return (&guess * &guess == n).then_some(guess);
            }
            guess = next;
        }
    };
    let (over, under) = (Rational::from(x.numerator()), Rational::from(x.denominator()));
    if over.is_zero() { Some(over) } else { Some(root(over)? / root(under)?) }
}
