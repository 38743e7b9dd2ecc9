//! One ridge needs max(⌈2d/s⌉, ⌈(d-1)/⌊s/2⌋⌉) layers, whatever it is.

use crate::catalogue::prelude::*;
use crate::generators::polynomials::fewest_for_every;

pub(super) static CLAIM: Claim<Case> = Claim {
    card: theorem!("approximation/one_ridge_depth", AGAINST_ITS_NOTE)
        .derived_from("Zhou2020", "the depth in the theorem on the rate; derived here")
        .as_printed("the rate asks for J ≥ 2d/(s-1); for even s, J ≥ 2d/s is enough"),
    statement: "s ≥ 2  ⟹  the construction has c_0⟨a_0, x⟩ + c_1 relu(⟨a_1, x⟩ - t) for all \
                a_0, a_1 ∈ ℝ^d with J = max(⌈2d/s⌉, ⌈(d-1)/⌊s/2⌋⌉) layers, and not with J - 1",
    cases: || {
        listed(1..=8, 2..=7)
            .with("up to 16 inputs", 1, sizes(9..=16, 2..=24))
            .with("20 to 40 inputs", 16, sizes(20..=40, 2..=40))
            .with("60 inputs", 1024, sizes(50..=60, 2..=40))
    },
    hypotheses: &[given("s ≥ 2", |case: &Case| case.s >= 2)
        .needed("linear filters have no pair of roots", || listed(1..=8, 1..=1))],
    conclusion: |case| case.serve_first(case.claimed(2 * case.d)),
    twins: &[
        twin("2d/s for every s", |case: &Case| {
            case.serve_first((2 * case.d).div_ceil(case.s))
        })
        .because(
            "for odd s a filter full of pairs has degree s - 1: six inputs and s = 3 need 5, not 4",
        ),
        twin("2d/(s-1) is needed", |case: &Case| {
            case.serve_first((2 * case.d).div_ceil((case.s - 1).max(1)))
        })
        .because("sufficient, but with d = s = 2 two layers do and not four"),
        twin("without a unit for the constant", |case: &Case| {
            case.serve_first(case.claimed(2 * case.d - 1))
        })
        .because("with (2d-1)/s layers the last unit sees an input"),
    ],
    well_formed: |case| {
        let fits = (1..=64).contains(&case.d) && (1..=64).contains(&case.s);
        require!(fits, "d and s must lie between 1 and 64")
    },
};

/// Inputs `d` and the degree `s` of a filter.
#[derive(Debug, Serialize, Deserialize)]
pub struct Case {
    d: usize,
    s: usize,
}

impl Case {
    /// As many layers as `taps` ask for, and as the pairs of roots do.
    fn claimed(&self, taps: usize) -> usize {
        taps.div_ceil(self.s).max((self.d - 1).div_ceil((self.s / 2).max(1)))
    }

    /// Whether this number of layers serves every pair of directions, by a search.
    fn serve(&self, layers: usize) -> bool {
        let filters = fewest_for_every(2 * self.d - 1, self.s);
        layers * self.s >= 2 * self.d && filters.is_some_and(|filters| filters <= layers)
    }

    /// That these layers serve every pair of directions, and no fewer do.
    fn serve_first(&self, layers: usize) -> Conclusion {
        let served = [layers, layers - 1].map(|layers| Rational::from(self.serve(layers)));
        same_signal("served by J, by J - 1", &served, &[Rational::ONE, Rational::ZERO])
    }
}

fn listed(d: Span, s: Span) -> Cases<Case> {
    Cases::listed(d.flat_map(|d| s.clone().map(move |s| Case { d, s })))
}

fn sizes(d: Span, s: Span) -> impl Strategy<Value = Case> {
    (d, s).prop_map(|(d, s)| Case { d, s })
}
