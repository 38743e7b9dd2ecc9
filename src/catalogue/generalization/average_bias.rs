//! On average the samples see the share n/p of the coefficients.

use crate::analysis::rademacher::{mean, signed_sums};
use crate::catalogue::prelude::*;
use crate::generators::designs::{Design, wide};

pub(super) static CLAIM: Claim<Case> = Claim {
    card: theorem!("generalization/average_bias", AGAINST_ITS_NOTE)
        .derived_from("Belkin2020", "the factor 1 - n/p of the double-descent formula"),
    statement: "n independent samples of p features, P the projection on their span  ⟹  |(I - P) \
                β|² averaged over all signs of the features and all cyclic shifts is (1 - n/p) \
                |β|²",
    cases: || {
        drawn(1..=2, 0..=2, 2).with("larger", 4, drawn(1..=3, 0..=2, 9)).with(
            "8 features",
            32,
            drawn(4..=4, 4..=4, 2),
        )
    },
    hypotheses: &[],
    conclusion: |case| equal("bias", case.average(true, true), case.expected()),
    twins: &[
        twin("signs without shifts", |case: &Case| {
            equal("bias", case.average(true, false), case.expected())
        })
        .because("a feature that is sampled more often keeps its part"),
        twin("shifts without signs", |case: &Case| {
            equal("bias", case.average(false, true), case.expected())
        })
        .because("features that are sampled together keep their products"),
        twin("n/p is lost", |case: &Case| {
            let beta = dot(&case.beta, &case.beta);
            equal("bias", case.average(true, true), beta - case.expected())
        })
        .because("n/p is what the samples see"),
    ],
    well_formed: |case| {
        case.design.check_wide(8)?;
        let (p, found) = (case.design.features(), case.beta.len());
        require!(found == p, "{found} coefficients and {p} features")
    },
};

/// The samples, and the coefficients.
#[derive(Debug, Serialize, Deserialize)]
pub struct Case {
    beta: Vec<Rational>,
    design: Design,
}

impl Case {
    fn expected(&self) -> Rational {
        let (n, p) = (self.design.samples() as i64, self.design.features() as i64);
        dot(&self.beta, &self.beta) * Rational::new(p - n, p)
    }

    /// The mean over what is done to the coefficients; that to the features is the inverse of it.
    fn average(&self, signs: bool, shifts: bool) -> Rational {
        let p = self.beta.len();
        let (x, inverse) = (self.design.matrix(), self.design.inverse_gram());
        let lost = |beta: &[Rational]| {
            let products = x.apply(beta);
            dot(beta, beta) - dot(&products, &inverse.apply(&products))
        };
        let shifted = (0..if shifts { p } else { 1 }).flat_map(|by| {
            let mut beta = self.beta.clone();
            beta.rotate_left(by);
            if !signs {
                return vec![beta];
            }
            let unit = |i: usize| -> Vec<_> {
                (0..p).map(|j| Rational::from(i == j) * &beta[i]).collect()
            };
            signed_sums(&(0..p).map(unit).collect::<Vec<_>>())
        });
        mean(shifted.map(|beta| lost(&beta)).collect::<Vec<_>>().into_iter())
    }
}

fn drawn(samples: Span, more: Span, most: i64) -> BoxedStrategy<Case> {
    wide(samples, more, most)
        .prop_flat_map(move |design| (numbers::integers(design.features(), most), Just(design)))
        .prop_map(|(beta, design)| Case { beta, design })
        .boxed()
}
