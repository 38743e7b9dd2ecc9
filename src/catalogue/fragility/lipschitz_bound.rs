//! The distance to another label is at least the value divided by a Lipschitz constant.

use crate::catalogue::prelude::*;
use crate::generators::two_labels::{TwoLabels, of_every_size};
use crate::robust::Norm;

pub(super) static CLAIM: Claim<Case> = Claim {
    card: theorem!("fragility/lipschitz_bound", AGAINST_ITS_NOTE)
        .derived_from("Szegedy2014", "section 4.3, the bound by the norms of the layers"),
    statement: "|f(x)| ≤ L d with d the distance to the other label and L = Σ |v_u| |w_u|*; \
                f(x)² ≤ |v|² Σ |w_u|² d² for l2",
    cases: || Cases::of(of_every_size(drawn)),
    hypotheses: &[],
    conclusion: |case| at_most("value", case.value(), case.constant() * case.distance()?),
    twins: &[
        twin("attained", |case: &Case| {
            equal("value", case.value(), case.constant() * case.distance()?)
        })
        .because("units pull against each other, and some are off"),
        twin("the gradient at the point in place of L", |case: &Case| {
            let zero = vec![Rational::ZERO; case.network.point.len()];
            let slope = case.dual(&case.network.gradient(), &zero);
            at_most("value", case.value(), slope * case.distance()?)
        })
        .because("the gradient knows one cell: behind its border f may fall faster"),
        twin("the largest unit alone", |case: &Case| {
            let terms = case.terms();
            let most = terms.into_iter().max().ok_or(Undecided("there is no unit"))?;
            at_most("value", case.value(), most * case.distance()?)
        })
        .because("units add up"),
    ],
    well_formed: |case| case.network.check(),
};

/// A network of one hidden layer, and a point.
#[derive(Debug, Serialize, Deserialize)]
pub struct Case {
    network: TwoLabels,
}

impl Case {
    /// `|f|`, for l2 its square.
    fn value(&self) -> Rational {
        let value = self.network.value().abs();
        if self.network.norm == Norm::L2 { &value * &value } else { value }
    }

    fn distance(&self) -> Result<Rational, Undecided> {
        self.network.distance().ok_or(Undecided("no other label was found"))
    }

    /// The dual norm of a difference, for l2 its square.
    fn dual(&self, w: &[Rational], zero: &[Rational]) -> Rational {
        let norm = match self.network.norm {
            Norm::Linf => Norm::L1,
            Norm::L1 => Norm::Linf,
            Norm::L2 => Norm::L2,
        };
        norm.distance(w, zero)
    }

    /// Of each unit `|v| |w|*`; for l2 the square of that.
    fn terms(&self) -> Vec<Rational> {
        let zero = vec![Rational::ZERO; self.network.point.len()];
        let units = self.network.weights.iter().zip(&self.network.outer);
        let term = |(w, v): (&Vec<Rational>, &Rational)| {
            let outer = if self.network.norm == Norm::L2 { v * v } else { v.abs() };
            outer * self.dual(w, &zero)
        };
        units.map(term).collect()
    }

    fn constant(&self) -> Rational {
        if self.network.norm != Norm::L2 {
            return self.terms().into_iter().sum();
        }
        let zero = vec![Rational::ZERO; self.network.point.len()];
        let outer: Rational = self.network.outer.iter().map(|v| v * v).sum();
        outer * self.network.weights.iter().map(|w| self.dual(w, &zero)).sum::<Rational>()
    }
}

fn drawn(networks: BoxedStrategy<TwoLabels>) -> BoxedStrategy<Case> {
    networks.prop_map(|network| Case { network }).boxed()
}
