//! How large the error of the linearisation is for a wide layer.

use crease::analysis::enclosure::{Enclosure, pi, sqrt};
use crease::exact::Rational;

/// `max_k (sqrt(k) - S_k)` for `m` units whose `k`-th smallest distance from their boundary is
/// `sqrt(2 pi) k / m`, which is what normal weights have on average where it matters: the supremum
/// over a ball of radius 1, times the root of `m`. Largest near `k = (m / (2 sqrt(2 pi)))^(2/3)`.
fn supremum(m: i64) -> Enclosure {
    let tau = pi(80).scale(&Rational::integer(2));
    let spacing = Enclosure::new(
        sqrt(tau.lo(), 60).expect("positive").lo().clone(),
        sqrt(tau.hi(), 60).expect("positive").hi().clone(),
    );
    let spacing = spacing.scale(&Rational::new(1, m));
    let near = (1i64..).find(|k| 25 * k.pow(3) > m.pow(2)).expect("cubes grow");
    let gain = |k: i64| {
        let way = spacing.scale(&Rational::new(k * (k + 1), 2));
        sqrt(&k.into(), 60).expect("positive").difference(&way)
    };
    let gains = (near / 2..2 * near).map(gain);
    gains.reduce(|a, b| if a.lo() < b.lo() { b } else { a }).expect("there is a k")
}

#[test]
fn the_error_over_a_ball_falls_like_the_sixth_root() {
    let number = |text: &str| text.parse::<Rational>().expect("a number");
    let (few, many) = (supremum(1000), supremum(1_000_000));
    // 4.34 and 43.8: a thousand times as many units, ten times as much, not the same.
    assert!(*few.lo() > number("4.339") && *few.hi() < number("4.340"));
    assert!(*many.lo() > number("43.817") && *many.hi() < number("43.818"));
    // At a million units: 0.4382 over the sixth root of m, where smooth units have 1 / (2 root m).
    let error = many.scale(&number("0.001"));
    assert!(*error.lo() > number("0.04381") && *error.hi() < number("0.04382"));
    assert!(*error.lo() > number("80") * number("0.0005"));
}
