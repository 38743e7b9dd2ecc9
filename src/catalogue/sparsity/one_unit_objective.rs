//! One unit with decay: the objective is at least 2 λ - λ².

use crate::catalogue::prelude::*;

pub(super) static CLAIM: Claim<Case> = Claim {
    card: theorem!("sparsity/one_unit_objective", AGAINST_ITS_NOTE)
        .derived_from("Yang2022", "abstract: decay is a sum of products of norms")
        .as_printed("the equivalence for any loss; here its smallest instance, with its value"),
    statement: "λ ≥ 0, c = v relu(w)  ⟹  (c - 1)² + λ (w² + v²) ≥ 2 λ - λ²",
    cases: || cases(0, 16).with("numbers of 60 digits", 16, far()),
    hypotheses: &[given("decay", |case: &Case| !case.lambda.is_negative())
        .needed("a reward for large weights has no least value", || cases(-16, -1))],
    conclusion: |case| case.compare(&Rational::ONE, &Rational::ONE),
    twins: &[
        twin("half of the decay", |case: &Case| case.compare(&Rational::ONE, &Rational::new(1, 2)))
            .because("decay λ / 2 becomes λ |v| |w|, and the value is λ - λ² / 4"),
        twin("half of the loss", |case: &Case| case.compare(&Rational::new(1, 2), &Rational::ONE))
            .because("a loss without its 1/2 is one with half of λ"),
        twin("no product lost", |case: &Case| {
            let value = case.value(&Rational::ONE, &Rational::ONE);
            let two = Rational::integer(2);
            at_least("objective", value, &two * &case.lambda)
        })
        .because("the fit gives up λ of its target"),
    ],
    well_formed: |_| Ok(()),
};

/// The two weights of a unit, and the factor of the decay.
#[derive(Debug, Serialize, Deserialize)]
pub struct Case {
    w: Rational,
    v: Rational,
    lambda: Rational,
}

impl Case {
    /// The loss at the sample (1, 1) and the decay, each times a factor.
    fn value(&self, loss: &Rational, decay: &Rational) -> Rational {
        let output = &self.v * self.w.clone().max(Rational::ZERO);
        let squares = self.w.pow(2) + self.v.pow(2);
        loss * (output - Rational::ONE).pow(2) + decay * &self.lambda * squares
    }

    fn compare(&self, loss: &Rational, decay: &Rational) -> Conclusion {
        let bound = Rational::integer(2) * &self.lambda - self.lambda.pow(2);
        at_least("objective", self.value(loss, decay), bound)
    }
}

/// Factors in eighths; every other pair of weights is the best one for its product.
fn cases(least: i64, most: i64) -> Cases<Case> {
    let weight = || numbers::fraction(12, 8);
    let pair = prop_oneof![
        (weight(), weight()),
        weight().prop_map(|w| (w.clone(), w)),
        Just((Rational::ZERO, Rational::ZERO))
    ];
    let lambda = (least..=most).prop_map(|p| Rational::new(p, 8));
    (pair, lambda).prop_map(|((w, v), lambda)| Case { w, v, lambda }).cases()
}

fn far() -> impl Strategy<Value = Case> {
    (numbers::nonzero_integer(9), numbers::nonzero_integer(9), 1i64..=7).prop_map(|(w, v, p)| {
        let scale = Rational::integer(10).pow(60);
        let lambda = Rational::new(p, 8) / &scale;
        Case { w: w * &scale, v: v / scale, lambda }
    })
}
