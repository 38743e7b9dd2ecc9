//! A dual function reads off the data what it pairs with in an interpolant.

use crate::catalogue::prelude::*;
use crate::generators::line_data::{self, Rival};
use crate::spline::univariate::Interpolation;

pub(super) static CLAIM: Claim<Case> = Claim {
    card: theorem!("sparsity/dual_pairing", AGAINST_ITS_NOTE)
        .derived_from("Debarre2022", "the dual certificate"),
    statement: "eta linear between points, 0 at the ends  ⟹  Σ_k c_k eta(t_k) = Σ_i a_i eta(x_i)",
    cases: || Cases::of(drawn(true)),
    hypotheses: &[given("zero at the ends", |case: &Case| {
        let ends = [case.eta.first(), case.eta.last()];
        ends.iter().flatten().all(|end| end.is_zero())
    })
    .needed("the pairing then contains the slopes beyond the data", || Cases::of(drawn(false)))],
    conclusion: |case| case.compare(|eta, jump| eta * jump),
    twins: &[
        twin("sizes of jumps", |case: &Case| case.compare(|eta, jump| eta * jump.abs()))
            .because("a jump keeps its sign"),
        twin("sizes of the dual", |case: &Case| case.compare(|eta, jump| eta.abs() * jump))
            .because("so does the dual function"),
    ],
    well_formed: |case| {
        case.rival.check()?;
        let (points, values) = (case.rival.x.len(), case.eta.len());
        require!(points == values, "{points} points need as many values of eta, found {values}")
    },
};

/// An interpolant, and for each point a value of the dual function.
#[derive(Debug, Serialize, Deserialize)]
pub struct Case {
    eta: Vec<Rational>,
    rival: Rival,
}

impl Case {
    /// The pairing with the jumps of the interpolant, against a sum over the jumps of the data.
    fn compare(&self, term: fn(&Rational, &Rational) -> Rational) -> Conclusion {
        let data = self.rival.data();
        let interpolation = Interpolation::new(&data);
        let inner = 1..data.len() - 1;
        let sum: Rational = inner.map(|i| term(&self.eta[i], &interpolation.jump(i))).sum();
        let found = interpolation.pairing(&self.eta, &self.rival.function());
        equal("pairing", found, sum)
    }
}

fn drawn(has_ends: bool) -> Vec<(&'static str, u32, BoxedStrategy<Case>)> {
    let with_eta = move |rivals: BoxedStrategy<Rival>| {
        rivals
            .prop_flat_map(|rival| (vec(-3i64..=3, rival.x.len()), Just(rival)))
            .prop_map(move |(eta, rival)| {
                let mut eta: Vec<_> = eta.into_iter().map(|p| Rational::new(p, 2)).collect();
                if has_ends {
                    let last = eta.len() - 1;
                    eta[0] = Rational::ZERO;
                    eta[last] = Rational::ZERO;
                }
                Case { eta, rival }
            })
            .boxed()
    };
    let strata = line_data::rivals().into_iter();
    strata.map(|(name, every, rivals)| (name, every, with_eta(rivals))).collect()
}
