//! Scattering in a tight frame brings no two signals farther apart.

use crate::catalogue::prelude::*;
use crate::generators::signals::{Paths, of_every_length, paths};
use crate::robust::Norm;

pub(super) static CLAIM: Claim<Case> = Claim {
    card: theorem!("scattering/frame_distance", AGAINST_ITS_NOTE)
        .remembered_from("Mallat2012", "scattering is non-expansive"),
    statement: "scattering S in the tight circular Haar frame  ⟹  |S x - S y|² ≤ |x - y|²",
    cases: || Cases::of(of_every_length(drawn)),
    hypotheses: &[],
    conclusion: |case| at_most("distance", case.after(&Rational::new(1, 2)), case.before()),
    twins: &[
        twin("isometry", |case: &Case| {
            equal("distance", case.after(&Rational::new(1, 2)), case.before())
        })
        .because("the modulus contracts, and the rest of a higher order is left out"),
        twin("gain 1", |case: &Case| {
            at_most("distance", case.after(&Rational::ONE), case.before())
        })
        .because("constant signals that differ by 1 are then 2 apart in each average"),
        twin("half of it", |case: &Case| {
            let half = case.before() / Rational::integer(2);
            at_most("distance", case.after(&Rational::new(1, 2)), half)
        })
        .because("averages of constant signals differ as the signals do"),
    ],
    well_formed: |case| {
        case.paths.check(case.x.len())?;
        let (x, y) = (case.x.len(), case.y.len());
        require!(x == y, "signals of {x} and of {y} numbers")
    },
};

/// How far the frame goes, and two circular signals.
#[derive(Debug, Serialize, Deserialize)]
pub struct Case {
    x: Vec<Rational>,
    y: Vec<Rational>,
    paths: Paths,
}

impl Case {
    fn after(&self, gain: &Rational) -> Rational {
        let [x, y] =
            [&self.x, &self.y].map(|x| self.paths.scatter_by(gain.clone(), x).coefficients());
        Norm::L2.distance(&x, &y)
    }

    fn before(&self) -> Rational {
        Norm::L2.distance(&self.x, &self.y)
    }
}

/// One signal in four is the other one with the same number added everywhere.
fn drawn(length: Span, most: i64) -> BoxedStrategy<Case> {
    let pair = length.prop_flat_map(move |n| {
        let number = numbers::nonzero_integer(most);
        (numbers::integers(n, most), numbers::integers(n, most), number, 0..4)
    });
    (pair, paths())
        .prop_map(|((x, mut y, by, kind), paths)| {
            if kind == 0 {
                y = x.iter().map(|x| x + &by).collect();
            }
            Case { x, y, paths }
        })
        .boxed()
}
