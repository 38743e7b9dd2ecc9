//! The least interpolant is unique unless two neighbouring jumps have one sign.

use crate::catalogue::prelude::*;
use crate::generators::line_data::{self, Rival};
use crate::spline::univariate::{Interpolation, tv2};

pub(super) static CLAIM: Claim<Rival> = Claim {
    card: theorem!("sparsity/unique_interpolant", AGAINST_ITS_NOTE)
        .remembered_from("Debarre2022", "the uniqueness of the solution"),
    statement: "a minimiser other than the chords exists  ⟺  some neighbouring jumps have one sign",
    cases: || Cases::of(line_data::rivals()),
    hypotheses: &[],
    conclusion: |case| compare(case, |signs| pairs(signs, |a, b| a == b && a != 0)),
    twins: &[
        twin("always unique", |case: &Rival| compare(case, |_| false)).because(
            "x = 0, 1, 2, 3 and y = 0, 0, 1, 3 have a minimiser with one knot and one with two",
        ),
        twin("a collinear point counts as a neighbour of any sign", |case: &Rival| {
            compare(case, |signs| {
                let inner = &signs[1..signs.len() - 1];
                pairs(inner, |a, b| a * b >= 0 && (a, b) != (0, 0))
            })
        })
        .because("at a collinear point every minimiser is straight"),
        twin("unique only if the jumps have one sign", |case: &Rival| {
            compare(case, |signs| pairs(signs, |a, b| a * b < 0))
        })
        .because("jumps of alternating signs leave no freedom"),
    ],
    well_formed: Rival::check,
};

fn pairs(signs: &[i8], is_free: impl Fn(i8, i8) -> bool) -> bool {
    signs.windows(2).any(|pair| is_free(pair[0], pair[1]))
}

/// Whether some minimiser is not the chords. The sparsest one is tried, and the interpolant of the
/// case, which is a minimiser or not.
fn compare(case: &Rival, is_free: impl Fn(&[i8]) -> bool) -> Conclusion {
    let data = case.data();
    let interpolation = Interpolation::new(&data);
    let (chords, least) = (interpolation.chords().function(), interpolation.least_exactly());
    let others = [interpolation.sparsest().function(), case.function()];
    let exists = others
        .iter()
        .any(|f| *f != chords && interpolation.is_interpolated_by(f) && tv2(f) == least);
    equal("another minimiser", exists, is_free(interpolation.signs()))
}
