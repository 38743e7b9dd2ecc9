//! Scattering moves with its signal, and its averages stay.

use crate::catalogue::prelude::*;
use crate::generators::signals::{Paths, of_every_length, paths};

pub(super) static CLAIM: Claim<Case> = Claim {
    card: theorem!("scattering/frame_shift", AGAINST_ITS_NOTE)
        .remembered_from("Mallat2012", "translation covariance of scattering"),
    statement: "scattering S in the circular Haar frame, T the translation by s  ⟹  S T x = T S x, \
                so that the averages over the circle of all coefficients are those of x",
    cases: || Cases::of(of_every_length(drawn)),
    hypotheses: &[],
    conclusion: |case| {
        let (found, n) = (case.coefficients(&case.shifted()), case.x.len());
        let mut expected = case.coefficients(&case.x);
        expected.chunks_mut(n).for_each(|path| path.rotate_left(case.shift % n));
        same_signal("gap", &found, &expected)
    },
    twins: &[
        twin("invariant without an average", |case: &Case| {
            let [found, expected] = [&case.shifted(), &case.x].map(|x| case.coefficients(x));
            same_signal("gap", &found, &expected)
        })
        .because("coefficients move with the signal; only their averages over the circle stay"),
        twin("averages tell a signal up to translations", |case: &Case| {
            let mut mirrored = case.x.clone();
            mirrored.reverse();
            let [x, y] = [&case.x, &mirrored].map(|x| case.means(x));
            let mut shifts = (0..case.x.len()).map(|by| {
                let mut shifted = case.x.clone();
                shifted.rotate_left(by);
                shifted
            });
            equal("one list of averages", x == y, shifts.any(|x| x == mirrored))
        })
        .because("a mirror image has the same averages"),
        twin("averages of order 0 suffice", |case: &Case| {
            let sorted = {
                let mut x = case.x.clone();
                x.sort();
                x
            };
            let [x, y] = [&case.x, &sorted].map(|x| case.means(x));
            same_signal("gap", &y, &x)
        })
        .because("higher orders tell orders of the same numbers apart"),
    ],
    well_formed: |case| {
        require!(case.shift <= 1000, "the shift is {}; at most 1000", case.shift)?;
        case.paths.check(case.x.len())
    },
};

/// How far the frame goes, a circular signal, and a translation.
#[derive(Debug, Serialize, Deserialize)]
pub struct Case {
    x: Vec<Rational>,
    shift: usize,
    paths: Paths,
}

impl Case {
    fn shifted(&self) -> Vec<Rational> {
        let mut x = self.x.clone();
        x.rotate_left(self.shift % self.x.len());
        x
    }

    fn coefficients(&self, x: &[Rational]) -> Vec<Rational> {
        self.paths.scatter(x).coefficients()
    }

    /// The sums over the circle, one a path.
    fn means(&self, x: &[Rational]) -> Vec<Rational> {
        self.coefficients(x).chunks(x.len()).map(|path| path.iter().sum()).collect()
    }
}

fn drawn(length: Span, most: i64) -> BoxedStrategy<Case> {
    let x = length.prop_flat_map(move |n| (numbers::integers(n, most), 0..n));
    (x, paths()).prop_map(|((x, shift), paths)| Case { x, shift, paths }).boxed()
}
