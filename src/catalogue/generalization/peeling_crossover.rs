//! From three layers on the root of the depth is less than peeling.

use crate::analysis::enclosure::{ln, sqrt};
use crate::analysis::rademacher::apart;
use crate::catalogue::prelude::*;

pub(super) static CLAIM: Claim<Case> = Claim {
    card: theorem!("generalization/peeling_crossover", AGAINST_ITS_NOTE)
        .derived_from("Golowich2018", "the comparison with peeling, 2^(d-1)"),
    statement: "d ≥ 3 layers  ⟹  √(2 d ln 2) + 1 < 2^(d-1)",
    cases: || Cases::listed((3..=64).chain([100, 300, 1000]).map(|depth| Case { depth })),
    hypotheses: &[given("three layers", |case: &Case| case.depth >= 3)
        .needed("for one and for two layers peeling gives less", || {
            Cases::listed((1..=2).map(|depth| Case { depth }))
        })],
    conclusion: |case| case.compare(1),
    twins: &[
        twin("half as much", |case: &Case| case.compare(2)).because("at d = 3 it is 3.04 beside 4"),
        twin("below 10 for every depth", |case: &Case| {
            let (found, bound) =
                apart(|bits| case.factor(bits), |_| Ok(Enclosure::point(Rational::integer(10))))
                    .ok_or(Undecided("the numbers are too near to each other"))?;
            below("factor", found, bound)
        })
        .because("it still grows like the root of the depth"),
    ],
    well_formed: |case| {
        require!((1..=2000).contains(&case.depth), "{} layers; 1 to 2000", case.depth)
    },
};

/// The number of layers.
#[derive(Debug, Serialize, Deserialize)]
pub struct Case {
    depth: u32,
}

impl Case {
    fn factor(&self, bits: u32) -> Result<Enclosure, crate::analysis::enclosure::DomainError> {
        let two = ln(&Rational::integer(2), bits)?.scale(&Rational::from(2 * self.depth));
        let root = two.increasing(|x| sqrt(x, bits).expect("a logarithm above 0"));
        Ok(root.sum(&Enclosure::point(Rational::ONE)))
    }

    fn compare(&self, divisor: i64) -> Conclusion {
        let peeling = Rational::integer(2).pow(self.depth as i32 - 1) / Rational::integer(divisor);
        let (found, bound) =
            apart(|bits| self.factor(bits), |_| Ok(Enclosure::point(peeling.clone())))
                .ok_or(Undecided("the numbers are too near to each other"))?;
        below("factor", found, bound)
    }
}
