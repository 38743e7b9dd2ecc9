//! Many small changes add up: what the dimension makes of the three distances.

use crate::catalogue::prelude::*;
use crate::generators::two_labels::TwoLabels;
use crate::robust::Norm;

pub(super) static CLAIM: Claim<Case> = Claim {
    card: theorem!("fragility/dimension", AGAINST_ITS_NOTE)
        .remembered_from("Goodfellow2015", "section 3, the sum of many small changes"),
    statement: "f(x) = ⟨w, x⟩ + b, w ∈ {-1, 1}^n  ⟹  n times the linf distance, the l1 distance, \
                and the root of n times the l2 distance are |f(x)|",
    cases: || {
        drawn(1..=4, 4, 1, true).with("fractions", 4, drawn(1..=6, 40, 9, true)).with(
            "dimension 64",
            16,
            drawn(64..=64, 9, 4, true),
        )
    },
    hypotheses: &[given("every weight is 1 or -1", |case: &Case| {
        case.weights.iter().all(|w| w.abs() == Rational::ONE)
    })
    .needed("the sum of the weights counts, not their number", || {
        drawn(1..=3, 4, 1, false).cases()
    })],
    conclusion: |case| case.compare(case.norm),
    twins: &[
        twin("no nearer in a higher dimension", |case: &Case| {
            let value = case.network().value().abs();
            let value = if case.norm == Norm::L2 { &value * &value } else { value };
            equal("distance", case.distance()?, value)
        })
        .because("every entry helps: only l1 pays for each of them"),
        twin("linf as l2", |case: &Case| match case.norm {
            Norm::Linf => case.compare(Norm::L2),
            norm => case.compare(norm),
        })
        .because("linf falls like 1/n, l2 like the root of it"),
    ],
    well_formed: |case| {
        require!(case.weights.len() == case.point.len(), "a weight for each entry")?;
        require!(case.weights.iter().any(|w| !w.is_zero()), "the form is constant")
    },
};

/// The form `weights . x + bias`, and a point.
#[derive(Debug, Serialize, Deserialize)]
pub struct Case {
    norm: Norm,
    weights: Vec<Rational>,
    bias: Rational,
    point: Vec<Rational>,
}

impl Case {
    fn network(&self) -> TwoLabels {
        let (weights, point) = (self.weights.clone(), self.point.clone());
        TwoLabels::linear(self.norm, weights, self.bias.clone(), point)
    }

    fn distance(&self) -> Result<Rational, Undecided> {
        self.network().distance().ok_or(Undecided("no other label was found"))
    }

    /// The distance times what the dimension makes of it in this norm, beside the value; squares
    /// where one of them is one.
    fn compare(&self, norm: Norm) -> Conclusion {
        let (n, value) = (Rational::integer(self.point.len() as i64), self.network().value().abs());
        let distance = self.distance()?;
        let squared = |x: Rational| &x * &x;
        match (norm, self.norm) {
            (Norm::Linf, _) => equal("n times the distance", n * distance, value),
            (Norm::L1, _) => equal("distance", distance, value),
            (Norm::L2, Norm::L2) => equal("n times its square", n * distance, squared(value)),
            (Norm::L2, _) => equal("n times its square", n * squared(distance), squared(value)),
        }
    }
}

fn drawn(n: Span, most: i64, denominator: i64, are_signs: bool) -> BoxedStrategy<Case> {
    let number = numbers::fraction(most, denominator);
    n.prop_flat_map(move |n| {
        let norm = select(Norm::ALL.to_vec());
        (norm, vec(number.clone(), n), number.clone(), vec(number.clone(), n))
    })
    .prop_map(move |(norm, mut weights, bias, point)| {
        if are_signs {
            weights.iter_mut().for_each(|w| *w = numbers::sign(!w.is_negative()));
        } else if weights.iter().all(Rational::is_zero) {
            weights[0] = Rational::from(2);
        }
        Case { norm, weights, bias, point }
    })
    .boxed()
}
