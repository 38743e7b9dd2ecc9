//! A combination for every pattern proves a dual function.

use crate::catalogue::prelude::*;
use crate::engines::lp::{Feasibility, System};
use crate::generators::ridges::{Scattered, scattered};
use crate::spline::ridge::{Norm, Skip};

pub(super) static CLAIM: Claim<Case> = Claim {
    card: theorem!("sparsity/patterns_prove_the_dual", AGAINST_ITS_NOTE)
        .derived_from("PilanciErgen2020", "the cones of activation patterns"),
    statement: "z optimal for the least cost in l1  ⟹  for every set S of points and sign s there \
                is α ≥ 0 with gᵢ = s zᵢ [i ∈ S] ± αᵢ, Σ gᵢ = 0, |Σ gᵢ xᵢ|∞ ≤ 1",
    cases: || {
        let strata = data(1..=2, 3..=5).with("6 points", 32, data(2..=2, 6..=6));
        strata.with("5 points of 3 inputs", 64, data(3..=3, 5..=5))
    },
    hypotheses: &[],
    conclusion: |case| compare(case, &Rational::ONE, true),
    twins: &[
        twin("the multipliers a tenth larger", |case: &Case| {
            compare(case, &Rational::new(11, 10), true)
        })
        .because("an optimal dual function attains the norm"),
        twin("nothing added", |case: &Case| compare(case, &Rational::ONE, false))
            .because("outside its cell a pattern says nothing of the dual function"),
    ],
    well_formed: |case| {
        case.data.check().map_err(|error| error.to_string())?;
        let count = case.data.points.len();
        require!(count <= 8, "{count} points; at most 8 have their patterns listed")
    },
};

/// Data.
#[derive(Debug, Serialize, Deserialize)]
pub struct Case {
    data: Scattered,
}

fn compare(case: &Case, factor: &Rational, may_add: bool) -> Conclusion {
    let fit = case.data.least(Norm::L1, Skip::Free).ok_or(Undecided("no network was found"))?;
    let z: Vec<Rational> = fit.dual.iter().map(|z| z * factor).collect();
    let n = z.len();
    let patterns = (0..1u32 << n).flat_map(|set| [(set, 1), (set, -1)]);
    let proved = patterns.filter(|(set, sign)| is_proved(case, &z, *set, *sign, may_add)).count();
    equal("patterns with a proof", proved, 1usize << (n + 1))
}

/// Whether there is such an `α`, or `α = 0` is one.
fn is_proved(case: &Case, z: &[Rational], set: u32, sign: i64, may_add: bool) -> bool {
    let (n, d) = (z.len(), case.data.dimension());
    let is_in = |i: usize| set >> i & 1 == 1;
    let start = |i: usize| if is_in(i) { &z[i] * Rational::integer(sign) } else { Rational::ZERO };
    let side = |i: usize| Rational::integer(if is_in(i) { 1 } else { -1 });
    let mut system = System::new(n);
    let total: Rational = (0..n).map(start).sum();
    system.equal((0..n).map(side).collect(), -total);
    for k in 0..d {
        let at = |i: usize| &case.data.points[i][k];
        let fixed: Rational = (0..n).map(|i| start(i) * at(i)).sum();
        let row: Vec<_> = (0..n).map(|i| side(i) * at(i)).collect();
        system.at_most(row.clone(), Rational::ONE - &fixed);
        system.at_most(row.iter().map(|x| -x).collect(), Rational::ONE + &fixed);
    }
    for i in 0..n {
        let unit = |x: i64| (0..n).map(|j| Rational::integer(if i == j { x } else { 0 })).collect();
        system.at_most(unit(-1), Rational::ZERO);
        if !may_add {
            system.at_most(unit(1), Rational::ZERO);
        }
    }
    matches!(system.feasible(), Feasibility::Point(_))
}

fn data(d: Span, n: Span) -> BoxedStrategy<Case> {
    d.prop_flat_map(move |d| scattered(d, n.clone(), if d == 1 { 9 } else { 4 }))
        .prop_map(|data| Case { data })
        .boxed()
}
