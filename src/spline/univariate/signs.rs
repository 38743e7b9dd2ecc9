//! Where a function is positive, and how far it is from a quadratic one.

use crate::exact::Rational;
use crate::net::Activation;

/// How often `f > 0` becomes true or false along the line. Cost: a value a knot and a piece.
///
/// A point at which `f` is 0 and positive on both sides counts as two changes.
pub fn sign_changes(f: &Activation) -> usize {
    let mut places = f.breakpoints().to_vec();
    let root = |(slope, offset): &(Rational, Rational)| (!slope.is_zero()).then(|| -offset / slope);
    places.extend(f.pieces().iter().filter_map(root));
    places.sort();
    places.dedup();
    let half = Rational::new(1, 2);
    let mut asked: Vec<_> = places.windows(2).map(|pair| (&pair[0] + &pair[1]) * &half).collect();
    asked.extend(places.first().map(|first| first - Rational::ONE));
    asked.extend(places.last().map(|last| last + Rational::ONE));
    asked.extend(places);
    asked.sort();
    let positive: Vec<_> = asked.iter().map(|x| f.eval(x).is_positive()).collect();
    positive.windows(2).filter(|pair| pair[0] != pair[1]).count()
}

/// The largest `|f(x) - curvature (x - centre)^2|` on an interval. Each piece is asked at both ends
/// and where its slope is that of the quadratic function.
pub fn quadratic_error(
    f: &Activation,
    curvature: &Rational,
    centre: &Rational,
    [from, to]: [&Rational; 2],
) -> Rational {
    let inside = |x: &&Rational| from < *x && *x < to;
    let inner = f.breakpoints().iter().filter(inside);
    let ends: Vec<_> = [from].into_iter().chain(inner).chain([to]).collect();
    let error = |x: &Rational| {
        let off = x - centre;
        (f.eval(x) - curvature * &off * &off).abs()
    };
    let twice = curvature * Rational::from(2);
    let mut worst = ends.iter().map(|x| error(x)).fold(Rational::ZERO, Rational::max);
    for pair in ends.windows(2).filter(|_| !curvature.is_zero()) {
        // The left piece counts at a knot, so that of the interval is the one at its right end.
        let (slope, _) = &f.pieces()[f.piece(pair[1])];
        let level = (centre + slope / &twice).clamp(pair[0].clone(), pair[1].clone());
        worst = worst.max(error(&level));
    }
    worst
}
