//! Either some weights separate, or some combination vanishes, and never both.

use crate::catalogue::prelude::*;
use crate::engines::lp::{Feasibility, System};
use crate::generators::samples::Signed;

pub(super) static CLAIM: Claim<Signed> = Claim {
    card: theorem!("perceptron/separable_or_not", AGAINST_ITS_NOTE)
        .formally("separable_or_not", 0x8b65_6118_da10_41b9)
        .remembered_from("Gordan1873", "the theorem of the alternative"),
    statement: "#{∃ w: ⟨w, z_i⟩ > 0 for all i;  ∃ c ≥ 0, Σ c_i = 1: Σ c_i z_i = 0} = 1",
    cases: || {
        anywhere(1..=3, 1..=5).with("10 to 20 samples in R^5", 32, either(4..=5, 10..=20)).with(
            "40 samples in R^6",
            64,
            either(6..=6, 40..=40),
        )
    },
    hypotheses: &[],
    conclusion: |case| exactly_one([separated(case, true), combined(case, true)]),
    twins: &[
        twin("weights may vanish on a sample", |case: &Signed| {
            exactly_one([separated(case, false), combined(case, true)])
        })
        .because("the zero weights, and many others, always solve the weak system"),
        twin("coefficients of any sign", |case: &Signed| {
            exactly_one([separated(case, true), combined(case, false)])
        })
        .because("dependent samples may well be separable: z and 2 z"),
        twin("always separable", |case: &Signed| {
            equal("solvable systems", u32::from(separated(case, true)), 1)
        })
        .because("a sample and its opposite are not")
        .drawing(|| without_zeros().cases()),
    ],
    well_formed: Signed::check,
};

fn exactly_one(solvable: [bool; 2]) -> Conclusion {
    equal("solvable systems", solvable.into_iter().filter(|s| *s).count(), 1)
}

/// Whether some `w` has `<w, z> > 0`, or `>= 0`, for all samples.
fn separated(case: &Signed, strictly: bool) -> bool {
    let mut system = System::new(case.dimension());
    for z in &case.signed {
        let normal = z.iter().map(|z| -z).collect();
        if strictly {
            system.below(normal, Rational::ZERO);
        } else {
            system.at_most(normal, Rational::ZERO);
        }
    }
    solvable(&system)
}

/// Whether coefficients with sum one, and none negative if so asked, combine the samples to zero.
fn combined(case: &Signed, none_negative: bool) -> bool {
    let n = case.signed.len();
    let mut system = System::new(n);
    for k in 0..case.dimension() {
        let row = case.signed.iter().map(|z| z[k].clone()).collect();
        system.equal(row, Rational::ZERO);
    }
    system.equal(vec![Rational::ONE; n], Rational::ONE);
    for i in (0..n).filter(|_| none_negative) {
        let minus = |j| if i == j { -Rational::ONE } else { Rational::ZERO };
        system.at_most((0..n).map(minus).collect(), Rational::ZERO);
    }
    solvable(&system)
}

/// Whether the system has a solution, by an answer whose proof was checked.
fn solvable(system: &System) -> bool {
    match system.feasible() {
        Feasibility::Point(x) => {
            assert!(system.accepts_point(&x), "the point solves the system");
            true
        }
        Feasibility::Farkas(multipliers) => {
            assert!(system.accepts_farkas(&multipliers), "the multipliers refute the system");
            false
        }
    }
}

fn anywhere(d: Span, n: Span) -> impl Strategy<Value = Signed> {
    (d, n)
        .prop_flat_map(|(d, n)| vec(numbers::integers(d, 3), n))
        .prop_map(|signed| Signed { signed })
}

/// Samples that something separates, with one opposite to another among them half of the time.
fn either(d: Span, n: Span) -> impl Strategy<Value = Signed> {
    (d, n).prop_flat_map(|(d, n)| (samples::separated(d, n, 4), any::<bool>())).prop_map(
        |((_, points), is_contradictory)| {
            let mut signed = separation::signed(&points.samples, &points.positive);
            if is_contradictory {
                signed[0] = signed[1].iter().map(|z| -z).collect();
            }
            Signed { signed }
        },
    )
}

fn without_zeros() -> impl Strategy<Value = Signed> {
    (1usize..=3, 2usize..=5)
        .prop_flat_map(|(d, n)| vec(vec(numbers::nonzero_integer(3), d), n))
        .prop_map(|signed| Signed { signed })
}
