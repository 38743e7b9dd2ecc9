//! Signs of scalar products against plain fractions, after chains of combinations that cancel.

use crease::exact::Rational;
use crease::exact::linear::dot;
use crease::exact::vectors::Vectors;
use quickcheck::{Arbitrary, Gen};

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

/// Combines vectors by forms again and again; every side is that of the exact combination.
#[test]
fn sides_are_exact_after_any_chain_of_combinations() {
    fn law(words: Vec<Word>, forms: Vec<[Vec<Word>; 1]>) -> bool {
        let n = 3;
        let take = |words: &[Word]| -> Vec<i64> {
            words.iter().map(|w| w.0).chain(std::iter::repeat(0)).take(n).collect()
        };
        let mut exact: Vec<Vec<Rational>> = Vec::new();
        let (mut rows, mut rays) = (Vectors::new(n), Vectors::new(n));
        for start in words.chunks(n).take(6) {
            rays.push_words(&take(start));
            exact.push(plain(&take(start)));
        }
        let mut row_values = Vec::new();
        for [form] in forms.iter().take(6) {
            rows.push_words(&take(form));
            row_values.push(plain(&take(form)));
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
    check(law as fn(Vec<Word>, Vec<[Vec<Word>; 1]>) -> bool);
}
