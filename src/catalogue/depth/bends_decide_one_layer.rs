//! A sum of maxima is one hidden layer exactly if its bends are constant along lines.

use crate::catalogue::prelude::*;
use crate::generators::maxima::{Bends, Maxima, Maximum, of_one_layer, three_forms};

pub(super) static CLAIM: Claim<Maxima> = Claim {
    card: theorem!("depth/bends_decide_one_layer", AGAINST_ITS_NOTE).derived_from(
        "Ongie2020",
        "which piecewise linear functions are finite networks of one hidden layer",
    ),
    statement: "f a sum of maxima of affine forms of the plane that bends by c(ℓ) all along each \
                of its lines ℓ = 0  ⟹  f - Σ c(ℓ) relu(ℓ) is affine: one hidden layer, a unit a \
                line",
    cases: || {
        of_one_layer(1..=2, 2)
            .with("zeros and ones", 4, of_one_layer(1..=4, 1))
            .with("six terms", 32, of_one_layer(5..=6, 3))
            .with("large", 32, of_one_layer(2..=3, 999))
    },
    hypotheses: &[given("bends constant along lines", |case: &Maxima| {
        case.bends().iter().all(Bends::is_constant)
    })
    .needed("the maximum of three forms bends along half lines", || three().cases())],
    conclusion: |case| equal("largest difference", difference(case, true), 0),
    twins: &[
        twin("without an affine part", |case: &Maxima| {
            equal("largest difference", difference(case, false), 0)
        })
        .because("max(x, 0) + max(-x, 0) - x is no sum of units at kinks alone"),
        twin("a unit for each pair of forms", |case: &Maxima| {
            // Forms of one gradient agree on no line.
            let pairs = |term: &Maximum| {
                let forms = &term.forms;
                let others = |i: usize| {
                    forms[i + 1..].iter().filter(|form| form[..2] != forms[i][..2]).count()
                };
                (0..forms.len()).map(others).sum::<usize>()
            };
            let kinks = case.bends().iter().filter(|bends| !bends.at[0].1.is_zero()).count();
            equal("units", kinks, case.terms.iter().map(pairs).sum::<usize>())
        })
        .because("lines coincide, and bends cancel"),
    ],
    well_formed: Maxima::check,
};

/// The largest difference between `f` and the sum of a unit a line, with or without the affine
/// function that agrees at three points, over points that show every difference there can be.
fn difference(case: &Maxima, is_affine: bool) -> Rational {
    let bends = case.bends();
    let units = |x: &[Rational]| -> Rational {
        let unit = |bends: &Bends| &bends.at[0].1 * bends.line.eval(x).max(Rational::ZERO);
        bends.iter().map(unit).sum()
    };
    let rest = |x: &[Rational]| case.eval(x) - units(x);
    let [zero, one] = [Rational::ZERO, Rational::ONE];
    let at_zero = rest(&[zero.clone(), zero.clone()]);
    let slopes = [rest(&[one.clone(), zero.clone()]), rest(&[zero, one])].map(|y| y - &at_zero);
    let affine = |x: &[Rational]| {
        if is_affine { dot(&slopes, x) + &at_zero } else { Rational::ZERO }
    };
    let differences = case.witnesses().into_iter().map(|x| (rest(&x) - affine(&x)).abs());
    differences.fold(Rational::ZERO, Rational::max)
}

/// One maximum of three forms.
fn three() -> BoxedStrategy<Maxima> {
    three_forms(2, 1)
        .prop_map(|forms| Maxima {
            terms: vec![Maximum { outer: Rational::ONE, forms: forms.to_vec() }],
        })
        .boxed()
}
