//! Points around the origin: with multiples of each other or without, on hexagons, in the plane
//! and in space.

use super::prelude::*;
use crate::analysis::enclosure::{Enclosure, sqrt};
use crate::kernel::{Points, first_layer, sure_pivot};
use proptest::sample::{Index, subsequence};

/// Vertices of a regular hexagon, in any order and any number of times.
pub fn on_a_hexagon(most: usize) -> impl Strategy<Value = Points> + Clone {
    vec(0..6usize, 1..=most).prop_map(|vertices| Points::hexagon(&vertices))
}

/// Integer points that are not the origin: at most 6 in the plane, at most 5 in space.
pub fn scattered() -> impl Strategy<Value = Points> + Clone {
    prop_oneof![integers(2, 6, 3), integers(3, 5, 1)]
}

/// All vertices of a regular hexagon, in any order.
pub fn whole_hexagon() -> impl Strategy<Value = Points> + Clone {
    Just(vec![0, 1, 2, 3, 4, 5]).prop_shuffle().prop_map(|vertices| Points::hexagon(&vertices))
}

/// Any of these, so that multiples and opposites are common.
pub fn any() -> impl Strategy<Value = Points> + Clone {
    prop_oneof![
        2 => on_a_hexagon(7),
        3 => scattered(),
        3 => repeating(),
        1 => whole_hexagon(),
        1 => opposite_pairs()
    ]
}

/// Roots of `B_d`: the vectors `e_i` and `e_i + e_j`, `e_i - e_j`, with either sign and any number
/// of times. All their angles are multiples of 45 and 60 degrees, so that kernels are rational.
pub fn roots(d: usize, most: usize) -> impl Strategy<Value = Points> + Clone {
    let pair = (0..d, 0..d, any_bools::<3>());
    vec(pair, 1..=most).prop_map(move |pairs| {
        let root = |(i, j, [single, minus, opposite]): (usize, usize, [bool; 3])| {
            let sign = |minus: bool| Rational::from(if minus { -1 } else { 1 });
            let mut x = vec![Rational::ZERO; d];
            if !single && d > 1 {
                x[j] = sign(minus);
            }
            x[i] = sign(opposite);
            x
        };
        Points::plain(pairs.into_iter().map(root).collect())
    })
}

/// The given number of roots of `B_d`, no two of one direction.
pub fn different_roots(d: usize, count: usize) -> impl Strategy<Value = Points> {
    let root = |entries: &[(usize, i64)]| {
        let mut x = vec![Rational::ZERO; d];
        entries.iter().for_each(|&(i, entry)| x[i] = entry.into());
        x
    };
    let mut all = Vec::new();
    for (i, first) in (0..d).flat_map(|i| [(i, 1), (i, -1)]) {
        all.push(root(&[(i, first)]));
        let later = (i + 1..d).flat_map(|j| [(j, 1), (j, -1)]);
        all.extend(later.map(|second| root(&[(i, first), second])));
    }
    subsequence(all, count).prop_map(Points::plain)
}

fn any_bools<const N: usize>() -> impl Strategy<Value = [bool; N]> + Clone {
    proptest::array::uniform(proptest::prelude::any::<bool>())
}

/// Up to `lines` integer points in `d` dimensions; or such points, each with its opposite.
pub fn spacious(d: usize, lines: usize) -> impl Strategy<Value = Points> + Clone {
    let paired = integers(d, lines, 1).prop_map(with_opposites);
    prop_oneof![integers(d, lines, 2), paired]
}

/// Points of which no two are multiples of each other: of each line through the origin the first.
pub fn unparallel() -> impl Strategy<Value = Points> + Clone {
    any().prop_map(without_parallels)
}

/// Points of which no two have one direction; opposite ones may occur.
pub fn distinct() -> impl Strategy<Value = Points> + Clone {
    any().prop_map(without_repeats)
}

/// The first point of each line through the origin.
pub fn without_parallels(points: Points) -> Points {
    thinned(points, true)
}

/// The first point of each direction.
pub fn without_repeats(points: Points) -> Points {
    thinned(points, false)
}

/// Points on the unit circle with slopes of this denominator, no two on a line through the origin.
pub fn on_the_circle(most: usize, denominator: i64) -> impl Strategy<Value = Points> + Clone {
    let slopes = vec(numbers::fraction(denominator, denominator), 2..=most);
    slopes.prop_map(|slopes| {
        let points = slopes.iter().map(|t| on_the_sphere(std::slice::from_ref(t)));
        thinned(Points::plain(points.collect()), true)
    })
}

/// Equally spaced ones of twelve points that divide half of the circle almost evenly.
pub fn around_half_the_circle() -> impl Strategy<Value = Points> + Clone {
    // 64 tan(pi k / 24), to the nearest integer.
    const SLOPES: [i64; 12] = [0, 8, 17, 27, 37, 49, 64, 83, 111, 155, 239, 486];
    (2usize..=12, 1usize..=4).prop_map(|(n, step)| {
        let chosen = SLOPES.iter().step_by(step).take(n).map(|&t| Rational::new(t, 64));
        Points::plain(chosen.map(|t| on_the_sphere(&[t])).collect())
    })
}

/// Squares of three by three points on the unit sphere, of several sizes.
pub fn patches_of_the_sphere() -> impl Strategy<Value = Points> + Clone {
    (4i64..=16).prop_map(|size| {
        let side = [-1, 0, 1].map(|k| Rational::new(k, size));
        let all = side.iter().flat_map(|a| side.iter().map(move |b| [a.clone(), b.clone()]));
        Points::plain(all.map(|slopes| on_the_sphere(&slopes)).collect())
    })
}

/// The point of the unit sphere over these slopes: `(1 - |t|^2, 2 t) / (1 + |t|^2)`.
fn on_the_sphere(slopes: &[Rational]) -> Vec<Rational> {
    let square = slopes.iter().map(|t| t * t).sum::<Rational>();
    let scale = (Rational::ONE + &square).recip();
    let first = (Rational::ONE - square) * &scale;
    let others = slopes.iter().map(|t| t * &Rational::integer(2) * &scale);
    std::iter::once(first).chain(others).collect()
}

fn integers(d: usize, n: usize, most: i64) -> impl Strategy<Value = Points> + Clone {
    let point = (numbers::integers(d, most), 0..d, numbers::nonzero_integer(most));
    vec(point, 1..=n).prop_map(|drawn| {
        let moved = drawn.into_iter().map(|(mut x, axis, entry)| {
            if x.iter().all(Rational::is_zero) {
                x[axis] = entry;
            }
            x
        });
        Points::plain(moved.collect())
    })
}

/// Up to three points of the plane or of space, each with its opposite.
fn opposite_pairs() -> impl Strategy<Value = Points> + Clone {
    prop_oneof![integers(2, 3, 2), integers(3, 3, 1)].prop_map(with_opposites)
}

fn with_opposites(mut all: Points) -> Points {
    let opposite = |x: &Vec<Rational>| x.iter().map(|t| -t).collect();
    all.points.extend(all.points.iter().map(opposite).collect::<Vec<_>>());
    all
}

/// Few points, and multiples of them by 1, 2, -1 and -2.
fn repeating() -> impl Strategy<Value = Points> + Clone {
    let multiples =
        vec((proptest::prelude::any::<Index>(), proptest::prelude::any::<bool>(), 1i64..=2), 1..=4);
    (prop_oneof![integers(2, 3, 2), integers(3, 3, 1)], multiples).prop_map(|(mut all, more)| {
        let first = all.points.clone();
        for (index, minus, size) in more {
            let factor = Rational::integer(if minus { -size } else { size });
            all.points.push(index.get(&first).iter().map(|t| t * &factor).collect());
        }
        all
    })
}

/// The first point of each direction, or of each line through the origin.
fn thinned(all: Points, by_line: bool) -> Points {
    let mut kept = Points { form: all.form.clone(), points: Vec::new() };
    for x in all.points {
        kept.points.push(x);
        let repeats = kept.directions().len() < kept.len();
        if repeats || (by_line && kept.has_parallels()) {
            kept.points.pop();
        }
    }
    kept
}

/// The least pivot of the kernel of the first layer minus `share` of the separation, if its sign is
/// certain: positive exactly when the smallest eigenvalue is larger than that share. The separation
/// is the least length of a sum or a difference of two points. `share` is asked for so many bits.
///
/// # Errors
///
/// A single point, or a sign that 400 bits do not tell.
pub fn pivot_beyond_separation(
    points: &Points,
    share: impl Fn(u32) -> Enclosure,
) -> Result<Rational, &'static str> {
    let square = |i: usize, j: usize| {
        let norms = points.inner(i, i) + points.inner(j, j);
        norms - Rational::integer(2) * points.inner(i, j).abs()
    };
    let pairs = (0..points.len()).flat_map(|i| (0..i).map(move |j| (i, j)));
    let square = pairs.map(|(i, j)| square(i, j)).min();
    let square = square.ok_or("one input has no distance to another")?;
    let decided = |bits: u32| {
        let distance = sqrt(&square, bits).expect("a squared length");
        let shift = distance.product(&share(bits));
        let shift = if shift.value().is_some() { shift } else { shift.outward(bits) };
        let kernel = first_layer(points, bits);
        let least = |shift: &Rational| sure_pivot(&kernel.shifted(shift), bits);
        // A larger shift makes pivots smaller.
        let above = least(shift.hi()).filter(Rational::is_positive);
        above.or_else(|| least(shift.lo()).filter(|pivot| !pivot.is_positive()))
    };
    [100, 400].into_iter().find_map(decided).ok_or("the sign of a pivot at 400 bits")
}
