//! A semidefinite matrix certifies a global minimum of quadratic units.

use crate::catalogue::prelude::*;
use crate::generators::quadratic_units::{Quadratic, Units, critical};

pub(super) static CLAIM: Claim<Case> = Claim {
    card: theorem!("landscape/quadratic_certificate", AGAINST_ITS_NOTE)
        .remembered_from("DuLee2018", "quadratic activations: the certificate of a global minimum"),
    statement: "f(x) = Σ (w_j · x)², residuals r, M = Σ r_i x_i x_iᵀ, W M = 0, M semidefinite  ⟹  \
                the loss at W is at most that of any other units, however many",
    cases: || {
        drawn(1..=2, 2, 0..=1, Kind::Any)
            .with("up to 4 inputs", 4, drawn(2..=4, 3, 0..=1, Kind::Any))
            .with("one more unit", 4, drawn(2..=3, 2, 0..=1, Kind::More))
    },
    hypotheses: &[
        given("W M = 0", |case: &Case| case.quadratic.is_critical())
            .needed("where the slope is not 0, a shorter W is better", || {
                drawn(1..=2, 2, 0..=1, Kind::Shorter).cases()
            }),
        given("M is semidefinite", |case: &Case| {
            Inertia::of(&case.quadratic.certificate()).is_semidefinite()
        })
        .needed("a unit along a negative direction of M lowers the loss", || {
            drawn(2..=3, 2, -1..=-1, Kind::More).cases()
        }),
    ],
    conclusion: |case| {
        let [own, rival] = [&case.quadratic.units, &case.rival].map(|w| case.quadratic.loss(w));
        at_most("loss", own, rival)
    },
    twins: &[
        twin("nothing is as good", |case: &Case| {
            let [own, rival] = [&case.quadratic.units, &case.rival].map(|w| case.quadratic.loss(w));
            below("loss", own, rival)
        })
        .because("other units may compute the same function"),
        twin("it fits the data", |case: &Case| {
            equal("loss", case.quadratic.loss(&case.quadratic.units), 0)
        })
        .because("sums of squares cannot be negative, targets can"),
    ],
    well_formed: |case| {
        case.quadratic.check()?;
        let d = case.quadratic.dimension();
        require!(case.rival.iter().all(|w| w.len() == d), "a rival unit has not {d} entries")
    },
};

/// A critical point and other units.
#[derive(Debug, Serialize, Deserialize)]
pub struct Case {
    rival: Vec<Vec<Rational>>,
    quadratic: Quadratic,
}

#[derive(Clone, Copy)]
enum Kind {
    /// Any units.
    Any,
    /// One more unit, a share of the first sample, which no unit sees.
    More,
    /// All units shorter, and only residuals that are not negative.
    Shorter,
}

fn drawn(inputs: Span, most: i64, signs: RangeInclusive<i64>, kind: Kind) -> BoxedStrategy<Case> {
    let units = Units { inputs, units: |d| 1..=d, signs, most };
    critical(units)
        .prop_flat_map(move |quadratic| {
            let any = vec(numbers::integers(quadratic.dimension(), most), 0..=3);
            (any, 1..=8i64, Just(quadratic))
        })
        .prop_map(move |(any, share, mut quadratic)| {
            let share = Rational::new(share, 8);
            let scaled = |x: &Vec<Rational>| x.iter().map(|x| x * &share).collect::<Vec<_>>();
            let mut rival = quadratic.units.clone();
            match kind {
                Kind::Any => rival = any,
                Kind::More => rival.push(scaled(&quadratic.points[0])),
                Kind::Shorter => {
                    quadratic.residuals.iter_mut().for_each(|r| *r = r.abs());
                    rival = rival.iter().map(scaled).collect();
                }
            }
            Case { rival, quadratic }
        })
        .boxed()
}
