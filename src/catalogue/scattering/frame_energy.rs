//! Scattering in a tight frame splits the energy of a signal exactly.

use crate::analysis::scattering::Scattering;
use crate::catalogue::prelude::*;
use crate::generators::signals::{Paths, of_every_length, paths};

pub(super) static CLAIM: Claim<Case> = Claim {
    card: theorem!("scattering/frame_energy", AGAINST_ITS_NOTE)
        .derived_from("BrunaMallat2013", "conservation of energy, at a finite order"),
    statement: "scattering in the tight circular Haar frame up to order m  ⟹  the squares of its \
                coefficients and of the moduli of order m + 1 sum to |x|²",
    cases: || Cases::of(of_every_length(drawn)),
    hypotheses: &[],
    conclusion: |case| case.compare(&case.paths.scatter(&case.x), Scattering::residue),
    twins: &[
        twin("orders 0 and 1 carry all energy", |case: &Case| {
            let paths = Paths { order: 1, scales: case.paths.scales };
            case.compare(&paths.scatter(&case.x), |_| Rational::ZERO)
        })
        .because("moduli vary, so some energy goes to every order: (1, 2, 4, 8) keeps 655/8 of 85"),
        twin("gain 1", |case: &Case| {
            case.compare(&case.paths.scatter_by(Rational::ONE, &case.x), Scattering::residue)
        })
        .because("a sum and a difference without a half have four times the energy"),
        twin("the rest counts twice", |case: &Case| {
            case.compare(&case.paths.scatter(&case.x), |s| s.residue() * Rational::integer(2))
        })
        .because("every detail is counted once"),
    ],
    well_formed: |case| case.paths.check(case.x.len()),
};

/// How far the frame goes, and a circular signal.
#[derive(Debug, Serialize, Deserialize)]
pub struct Case {
    x: Vec<Rational>,
    paths: Paths,
}

impl Case {
    fn compare(&self, found: &Scattering, rest: fn(&Scattering) -> Rational) -> Conclusion {
        let energy = found.energy(found.orders.len()) + rest(found);
        equal("energy", energy, dot(&self.x, &self.x))
    }
}

fn drawn(length: Span, most: i64) -> BoxedStrategy<Case> {
    let x = length.prop_flat_map(move |n| numbers::integers(n, most));
    (x, paths()).prop_map(|(x, paths)| Case { x, paths }).boxed()
}
