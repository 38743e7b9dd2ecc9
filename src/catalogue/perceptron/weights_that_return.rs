//! If the perceptron returns to earlier weights, nothing separates its samples.

use crate::catalogue::prelude::*;
use crate::construct::perceptron;
use crate::engines::lp::{Optimum, System};
use crate::generators::samples::Signed;
use std::collections::BTreeMap;

pub(super) static CLAIM: Claim<Signed> = Claim {
    card: theorem!("perceptron/weights_that_return", AGAINST_ITS_NOTE)
        .derived_from("MinskyPapert1969", "the perceptron cycling theorem; the companion"),
    statement: "w_s = w_t for some s < t ≤ 1000 mistakes  ⟹  max over |w_k| ≤ 1 of \
                min_i ⟨w, z_i⟩ = 0",
    cases: || {
        inseparable(1..=3, 1..=4)
            .with("8 samples in R^4", 16, inseparable(4..=4, 5..=8))
            .with("10 samples in R^6, one contradicted", 32, contradicted(4..=6, 6..=10))
            .with("40 samples in R^6, one contradicted", 64, contradicted(6..=6, 40..=40))
    },
    hypotheses: &[given("weights return", |case: &Signed| circle(case).is_some())
        .needed("on separable samples the weights only grow", || separable().cases())],
    conclusion: |case| equal("widest margin in the box", widest_margin(case), 0),
    twins: &[
        twin("every sample takes part", |case: &Signed| {
            let counts = circle(case).ok_or(NO_RETURN)?;
            let idle = counts.iter().filter(|count| **count == 0).count();
            equal("samples without a mistake on the circle", idle, 0)
        })
        .because("two opposite samples are enough for a circle, the third may always be right")
        .drawing(|| always_right().cases()),
        twin("two mistakes make a circle", |case: &Signed| {
            let length: usize = circle(case).ok_or(NO_RETURN)?.into_iter().sum();
            at_most("mistakes on the circle", length, 2)
        })
        .because("XOR takes four"),
    ],
    well_formed: Signed::check,
};

const NO_RETURN: Undecided = Undecided("the weights do not return");

/// How often each sample is mistaken between the first two equal weights, if there are such
/// within 1000 mistakes from the start at zero.
fn circle(case: &Signed) -> Option<Vec<usize>> {
    // Most circles are short, so a short run is tried first.
    [20, 1000].into_iter().find_map(|mistakes| circle_within(case, mistakes))
}

fn circle_within(case: &Signed, mistakes: usize) -> Option<Vec<usize>> {
    let start = vec![Rational::ZERO; case.dimension()];
    let run = perceptron::run(&start, &case.signed, mistakes);
    let mut seen = BTreeMap::new();
    let visits = run.weights.iter().enumerate();
    let (s, t) = visits.into_iter().find_map(|(t, w)| Some((seen.insert(w, t)?, t)))?;
    let mut counts = vec![0; case.signed.len()];
    run.mistaken[s..t].iter().for_each(|&i| counts[i] += 1);
    Some(counts)
}

/// The maximum of `t` subject to `t <= <w, z_i>` for all `i` and `-1 <= w_k <= 1`.
fn widest_margin(case: &Signed) -> Rational {
    let d = case.dimension();
    let mut system = System::new(d + 1);
    for z in &case.signed {
        let normal = z.iter().map(|z| -z).chain([Rational::ONE]);
        system.at_most(normal.collect(), Rational::ZERO);
    }
    let unit = |k: usize, sign: i64| {
        let entry = |j| Rational::from(if j == k { sign } else { 0 });
        (0..=d).map(entry).collect::<Vec<_>>()
    };
    for k in 0..d {
        system.at_most(unit(k, 1), Rational::ONE);
        system.at_most(unit(k, -1), Rational::ONE);
    }
    match system.maximize(&unit(d, 1)) {
        Optimum::Attained { point, value, multipliers } => {
            assert!(system.accepts_point(&point), "the margin is attained");
            let proved = system.accepts_multipliers(&unit(d, 1), &value, &multipliers);
            assert!(proved, "no margin is wider");
            value
        }
        _ => unreachable!("w = 0, t = 0 is a solution and the box is bounded"),
    }
}

/// Small integer samples, and one more that combines them to zero.
fn inseparable(d: Span, n: Span) -> impl Strategy<Value = Signed> {
    (d, n).prop_flat_map(|(d, n)| (vec(numbers::integers(d, 2), n), vec(0i64..=2, n))).prop_map(
        |(mut signed, counts)| {
            let terms = || signed.iter().zip(&counts);
            let entry =
                |k: usize| -terms().map(|(z, c)| &z[k] * Rational::from(*c)).sum::<Rational>();
            let last = (0..signed[0].len()).map(entry).collect();
            signed.push(last);
            Signed { signed }
        },
    )
}

/// Samples that something separates, and the opposite of the first.
fn contradicted(d: Span, n: Span) -> impl Strategy<Value = Signed> {
    (d, n).prop_flat_map(|(d, n)| samples::separated(d, n, 2)).prop_map(|(_, points)| {
        let mut signed = separation::signed(&points.samples, &points.positive);
        signed.push(signed[0].iter().map(|z| -z).collect());
        Signed { signed }
    })
}

/// After its only mistake the first sample is right for ever; the others are opposite.
fn always_right() -> impl Strategy<Value = Signed> {
    (numbers::nonzero_integer(3), numbers::nonzero_integer(3)).prop_map(|(a, b)| {
        let zero = || Rational::ZERO;
        Signed { signed: vec![vec![a, zero()], vec![zero(), b.clone()], vec![zero(), -b]] }
    })
}

fn separable() -> impl Strategy<Value = Signed> {
    (1usize..=3, 1usize..=4).prop_flat_map(|(d, n)| samples::separated(d, n, 2)).prop_map(
        |(_, points)| Signed { signed: separation::signed(&points.samples, &points.positive) },
    )
}
