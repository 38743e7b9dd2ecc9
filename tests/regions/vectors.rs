//! Signs of scalar products against plain fractions, after chains of combinations that cancel.

use crease::exact::Rational;
use crease::exact::linear::dot;
use crease::exact::vectors::{NearBox, Vectors};
use quickcheck::{Arbitrary, Gen};
use std::cmp::Ordering;

use crate::laws::support::check;

/// Words of very different sizes, zeros and repetitions among them.
#[derive(Clone, Debug)]
struct Word(i64);

impl Arbitrary for Word {
    fn arbitrary(g: &mut Gen) -> Self {
        let size = u32::arbitrary(g) % 61;
        Self(match u8::arbitrary(g) % 4 {
            0 => i64::from(i8::arbitrary(g) % 3),
            1 => (1 << size) * i64::from(i8::arbitrary(g).signum()),
            _ => i64::arbitrary(g) >> (63 - size),
        })
    }
}

fn plain(words: &[i64]) -> Vec<Rational> {
    words.iter().map(|&x| x.into()).collect()
}

/// Words times powers of two, of which the least and the greatest are no doubles; how far apart
/// they are depends on the vector.
#[derive(Clone, Debug)]
struct Wild(Vec<Rational>);

impl Arbitrary for Wild {
    fn arbitrary(g: &mut Gen) -> Self {
        let spread = [1, 60, 500, 950, 1100, 1500][usize::arbitrary(g) % 6];
        let mut entry = || {
            let exponent = i32::arbitrary(g) % spread;
            Rational::from(Word::arbitrary(g).0) * Rational::integer(2).pow(exponent)
        };
        Self((0..3).map(|_| entry()).collect())
    }
}

/// Combines vectors by forms again and again; every side is that of the exact combination.
#[test]
fn sides_are_exact_after_any_chain_of_combinations() {
    fn law(words: Vec<Word>, forms: Vec<Vec<Word>>, wild: Vec<[Wild; 2]>, is_wild: bool) -> bool {
        let n = 3;
        let take = |words: &[Word]| -> Vec<i64> {
            words.iter().map(|w| w.0).chain(std::iter::repeat(0)).take(n).collect()
        };
        let mut exact: Vec<Vec<Rational>> = Vec::new();
        let (mut rows, mut rays) = (Vectors::new(n), Vectors::new(n));
        let mut row_values = Vec::new();
        if is_wild {
            for [start, form] in &wild[..wild.len().min(5)] {
                rays.push_fractions(&start.0);
                rows.push_fractions(&form.0);
                exact.push(start.0.clone());
                row_values.push(form.0.clone());
            }
        } else {
            for start in words.chunks(n).take(6) {
                rays.push_words(&take(start));
                exact.push(plain(&take(start)));
            }
            for form in forms.iter().take(6) {
                rows.push_words(&take(form));
                row_values.push(plain(&take(form)));
            }
        }
        for (form, values) in row_values.iter().enumerate() {
            for at in 0..rays.len().min(12) {
                let value = dot(values, &exact[at]);
                let side = rays.side(&rows, form, at);
                if side.sign() != value.cmp(&Rational::ZERO) {
                    return false;
                }
                let other = (at * 7 + form) % rays.len();
                let against = rays.side(&rows, form, other);
                if value.is_zero() || other == at {
                    continue;
                }
                rays.combine(form, (at, side), (other, against));
                let weight = dot(values, &exact[other]) * Rational::from(i32::from(value.signum()));
                let combined = exact[other].iter().zip(&exact[at]);
                exact.push(combined.map(|(y, x)| value.abs() * y - &weight * x).collect());
            }
        }
        // The integers that stand behind the combinations point the same way.
        (0..rays.len()).all(|i| {
            let entries = rays.entries(&rows, i);
            (0..n).all(|a| (0..n).all(|b| &entries[a] * &exact[i][b] == &entries[b] * &exact[i][a]))
                && dot(&entries, &exact[i]) >= Rational::ZERO
        })
    }
    check(law as fn(Vec<Word>, Vec<Vec<Word>>, Vec<[Wild; 2]>, bool) -> bool);
}

/// The pairs of signs that two forms take inside a cone, counted from the plane cone that is its
/// image: a quadrant is met if a vector, or a positive combination of two, is inside.
fn pairs_met(images: &[[Rational; 2]]) -> u64 {
    let zero = Rational::ZERO;
    let signs = [Rational::ONE, -Rational::ONE];
    let met = |right: &Rational, up: &Rational| {
        let turned: Vec<[Rational; 2]> = images.iter().map(|[s, v]| [s * right, v * up]).collect();
        turned.iter().filter(|p| p[0] > zero).any(|p| {
            turned
                .iter()
                .filter(|q| q[1] > zero)
                .any(|q| p[1] > zero || q[0] > zero || &p[0] * &q[1] > &p[1] * &q[0])
        })
    };
    let count = |right| signs.iter().filter(|up| met(right, up)).count() as u64;
    signs.iter().map(count).sum()
}

/// Two forms on a cone: the count is right, and only forms that vanish together leave it open.
#[test]
fn pairs_of_signs_are_counted_on_their_image() {
    fn law(kind: u8, words: Vec<Word>, small: Vec<i8>, wild: Vec<Wild>) -> bool {
        let numbers: Vec<Rational> = match kind % 3 {
            0 => words.iter().map(|w| w.0.into()).collect(),
            1 => small.iter().map(|&x| (i64::from(x) % 4).into()).collect(),
            _ => wild.into_iter().flat_map(|wild| wild.0).collect(),
        };
        let mut vectors = numbers.chunks_exact(3);
        let (mut rows, mut rays) = (Vectors::new(3), Vectors::new(3));
        let (Some(a), Some(b)) = (vectors.next(), vectors.next()) else { return true };
        rows.push_fractions(a);
        rows.push_fractions(b);
        let mut images = Vec::new();
        for ray in vectors.take(9) {
            rays.push_fractions(ray);
            images.push([dot(a, ray), dot(b, ray)]);
        }
        let norm = |v: &[Rational]| v.iter().map(Rational::abs).max().unwrap_or_default();
        let quotient = |form: &[Rational], ray: &[Rational]| {
            let value = dot(form, ray).abs();
            value.is_positive().then(|| norm(form) * norm(ray) / value)
        };
        let rays_of = || numbers.chunks_exact(3).skip(2).take(9);
        let quotients = rays_of().flat_map(|ray| [quotient(a, ray), quotient(b, ray)]);
        let lost = quotients.flatten().fold(Rational::from(1 << 25), Rational::max);
        let both = |i: usize| {
            let on = |side| images.iter().any(|image| image[i].cmp(&Rational::ZERO) == side);
            on(Ordering::Less) && on(Ordering::Greater)
        };
        if !both(0) || !both(1) {
            return true;
        }
        let signs = |i: usize| [0, 1].map(|form| images[i][form].cmp(&Rational::ZERO));
        let cone = (0..images.len()).map(|i| (i, signs(i)));
        match rays.sign_pairs(&rows, [0, 1], cone) {
            Some(pairs) => pairs == pairs_met(&images),
            // Products of which doubles know nothing.
            None if kind % 3 == 2 => true,
            // Opposite images, so that one quadrant is on the verge of being met: as close as
            // products that are small beside their vectors are known.
            None => images.iter().any(|p| {
                images.iter().any(|q| {
                    let close = &p[0] * &q[1] - &p[1] * &q[0];
                    let size = (&p[0] * &q[1]).abs();
                    let close = close.abs() * Rational::integer(2).pow(45);
                    p[0].signum() != q[0].signum() && close <= size * &lost
                })
            }),
        }
    }
    check(law as fn(u8, Vec<Word>, Vec<i8>, Vec<Wild>) -> bool);
    let plane = [[1, 0], [-1, 1], [-1, -1]].map(|image| image.map(Rational::from));
    let half = [[1, 1], [1, -1], [-1, 1]].map(|image| image.map(Rational::from));
    assert_eq!((pairs_met(&plane), pairs_met(&half)), (4, 3));
}

/// Where forms vanish on a segment, counted by sorting fractions; of every magnitude, and where
/// doubles tell nothing, nothing is told.
#[test]
fn points_on_a_segment_are_counted_or_left_open() {
    fn law(ends: [Wild; 2], forms: Vec<Wild>) -> bool {
        let (mut rows, mut rays) = (Vectors::new(3), Vectors::new(3));
        for end in &ends {
            let _ = rays.push_fractions(&end.0);
        }
        // Of the primitive vectors, since where a form vanishes depends on how long they are.
        let values = |form: &[Rational]| [0, 1].map(|i| dot(form, &rays.pushed(i)));
        let mut points: Vec<Rational> = Vec::new();
        for Wild(form) in forms.iter().take(6) {
            let [a, b] = values(form);
            if a.signum() * b.signum() < 0 {
                rows.push_fractions(form);
                points.push(a / b);
            }
        }
        let list: Vec<usize> = (0..rows.len()).collect();
        let told = rays.points_between(&rows, &list, [0, 1]);
        points.sort();
        points.dedup();
        told.is_none_or(|told| told == points.len() as u64)
    }
    check(law as fn(_, _) -> _);
    // Two points whose products are no doubles, apart or not.
    let far = Rational::integer(2).pow(1200);
    let (mut rows, mut rays) = (Vectors::new(2), Vectors::new(2));
    for end in [[far.clone(), Rational::ONE], [far.clone(), -Rational::ONE]] {
        rays.push_fractions(&end);
    }
    for slope in [Rational::ZERO, Rational::new(1, 4), Rational::new(1, 2)] {
        rows.push_fractions(&[slope, far.clone()]);
    }
    assert_eq!(rays.points_between(&rows, &[0, 1, 2], [0, 1]), None);
}

/// What is said of forms at points and on boxes is true, and of most that are not near zero
/// something is said.
#[test]
fn signs_at_points_and_bounds_on_boxes_are_proved() {
    let (mut asked, mut told) = (0, 0);
    let mut next = super::hard::stream(7);
    for round in 0..4000 {
        let n = 1 + round % 4;
        let mut word = |bits: u32| (next() - (1 << 62)) >> (62 - bits) << (round % 3);
        let mut forms = Vectors::new(n + 1);
        let rows: Vec<Vec<i64>> = (0..2).map(|_| (0..=n).map(|_| word(58)).collect()).collect();
        for row in &rows {
            let _ = forms.push_words(row);
        }
        let sides: Vec<[i64; 2]> = (0..n).map(|_| [word(3), word(3)]).collect();
        let lower: Vec<f64> = sides.iter().map(|[a, b]| *a.min(b) as f64).collect();
        let upper: Vec<f64> = sides.iter().map(|[a, b]| *a.max(b) as f64).collect();
        let at = |row: &[i64], x: &[f64]| -> Rational {
            let terms = row[1..].iter().zip(x);
            let terms = terms.map(|(a, x)| Rational::from(*a) * Rational::from(*x as i64));
            terms.sum::<Rational>() + Rational::from(row[0])
        };
        for (form, row) in rows.iter().enumerate() {
            let exact = at(row, &lower).signum();
            asked += 1;
            if let Some(sign) = forms.sign_at(form, &lower) {
                assert_eq!(sign as i8, exact, "{row:?} at {lower:?}");
                told += 1;
            }
            for weight in [1.0, -1.0] {
                let best = |j: usize| match row[1 + j] > 0 {
                    up if up == (weight > 0.0) => upper[j],
                    _ => lower[j],
                };
                let corner: Vec<f64> = (0..n).map(best).collect();
                let most = at(row, &corner) * Rational::from(weight as i64);
                let sides = NearBox { lower: lower.clone(), upper: upper.clone() };
                let bound = forms.most_on(&[(form, weight)], &sides);
                assert!(bound > 0.0 || !most.is_positive(), "{row:?} on {sides:?}");
                asked += 1;
                told += u32::from((bound > 0.0) == most.is_positive());
            }
        }
    }
    assert!(told * 10 > asked * 9, "{told} of {asked}");
}

/// Forms that nearly cancel: what their doubles lack is multiplied by how large the box is.
#[test]
fn bounds_of_sums_that_cancel_hold_on_large_boxes() {
    let mut next = super::hard::stream(8);
    for round in 0..2000 {
        let n = 1 + round % 4;
        let mut word = |bits: u32| (next() - (1 << 62)) >> (62 - bits);
        let form: Vec<i64> = (0..n).map(|_| word(58)).collect();
        let rest: Vec<i64> = (0..n).map(|_| word(3)).collect();
        let other: Vec<i64> = form.iter().zip(&rest).map(|(x, rest)| rest - x).collect();
        let mut forms = Vectors::new(n + 1);
        // Both are scaled by 2^-61.
        forms.push_words(&[&[1 << 60], &*form].concat());
        forms.push_words(&[&[-1 << 60], &*other].concat());
        let far = 2f64.powi(round as i32 % 61);
        let sides = NearBox { lower: vec![-far; n], upper: vec![far; n] };
        let most = rest.iter().map(|rest| rest.abs() as f64).sum::<f64>() * far / 2f64.powi(61);
        for sign in [1.0, -1.0] {
            let bound = forms.most_on(&[(0, sign), (1, sign)], &sides);
            assert!(bound >= most, "{bound} is less than {most} for {form:?}, {other:?}");
        }
    }
}
