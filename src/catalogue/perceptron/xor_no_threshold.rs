//! No threshold unit computes XOR.

use crate::analysis::separation::Separation;
use crate::catalogue::prelude::*;
use crate::construct::separation::{Forms, certificate};

pub(super) static CLAIM: Claim<Case> = Claim {
    card: theorem!("perceptron/xor_no_threshold")
        .formally("xor_no_threshold", 0x8606_dac1_042e_c21c)
        .remembered_from("MinskyPapert1969", "XOR is not of order one")
        .shown_by(Evidence::CertifiedExactly {
            scope: "all real weights; and weights that suffice with the product feature",
            certify,
        }),
    statement: "for all a, b, c: [a x + b y + c > 0] ≠ x ⊕ y at one of the four bit pairs at \
                least",
    cases: || {
        let large = cases(numbers::fraction(1_000_000_000, 997).boxed(), none());
        prop_oneof![integers(3), quarters()].with("large fractions", 8, large)
    },
    hypotheses: &[given("no product feature", |case: &Case| case.product.is_zero())
        .needed("with the feature x y one unit is enough: XOR has order two", || {
            cases(numbers::integer(3).boxed(), numbers::integer(12).boxed()).cases()
        })],
    conclusion: |case| wrong_on(case, &POINTS, 1),
    twins: &[
        twin("a tie is no mistake", |case: &Case| {
            let against = |&(x, y): &(i64, i64)| {
                let value = case.value(x, y);
                if x != y { value.is_negative() } else { value.is_positive() }
            };
            let count = POINTS.iter().filter(|point| against(point)).count();
            at_least("points on the wrong side", count, 1)
        })
        .because("the zero unit puts every point on the boundary")
        .drawing(|| integers(1).cases()),
        twin("three points are enough", |case: &Case| wrong_on(case, &POINTS[..3], 1))
            .because("without (1, 1) the unit OR is right; the identity needs all four points")
            .drawing(|| integers(3).cases()),
        twin("two points are wrong", |case: &Case| wrong_on(case, &POINTS, 2))
            .because("OR is wrong on one point only"),
    ],
    well_formed: |_| Ok(()),
};

/// The bit pairs; `(1, 1)` comes last.
const POINTS: [(i64, i64); 4] = [(0, 0), (0, 1), (1, 0), (1, 1)];

/// The unit that fires when `weights[0] x + weights[1] y + product x y + bias > 0`.
#[derive(Debug, Serialize, Deserialize)]
pub struct Case {
    weights: [Rational; 2],
    product: Rational,
    bias: Rational,
}

impl Case {
    fn value(&self, x: i64, y: i64) -> Rational {
        &self.weights[0] * Rational::from(x)
            + &self.weights[1] * Rational::from(y)
            + &self.product * Rational::from(x * y)
            + &self.bias
    }
}

/// Claims that the unit is wrong on `least` of these points at least.
fn wrong_on(case: &Case, points: &[(i64, i64)], least: u32) -> Conclusion {
    let wrong = points.iter().filter(|&&(x, y)| case.value(x, y).is_positive() != (x != y));
    at_least("points misclassified", wrong.count(), least)
}

fn integers(most: i64) -> BoxedStrategy<Case> {
    cases(numbers::integer(most).boxed(), none())
}

/// No product feature.
fn none() -> BoxedStrategy<Rational> {
    Just(Rational::ZERO).boxed()
}

fn quarters() -> BoxedStrategy<Case> {
    cases(numbers::fraction(20, 4).boxed(), none())
}

fn cases(number: BoxedStrategy<Rational>, product: BoxedStrategy<Rational>) -> BoxedStrategy<Case> {
    ([number.clone(), number.clone()], product, number)
        .prop_map(|(weights, product, bias)| Case { weights, product, bias })
        .boxed()
}

/// XOR with its multipliers, and XOR with the product feature and weights.
///
/// The checker asks for strict signs on both sides, a unit on one. For finitely many points that is
/// the same: a small step of the bias turns one into the other.
fn certify() -> Vec<Certificate> {
    let labels = POINTS.map(|(x, y)| x != y);
    let integers = |numbers: &[i64]| numbers.iter().map(|n| Rational::from(*n)).collect::<Vec<_>>();
    let plain = POINTS.map(|(x, y)| integers(&[x, y]));
    let with_product = POINTS.map(|(x, y)| integers(&[x, y, x * y]));
    let write = |name: &str, points: &[Vec<Rational>], proof| Certificate {
        name: name.to_owned(),
        text: certificate(CLAIM.card.id, Forms::Affine, points, &labels, &proof),
    };
    vec![
        write("xor", &plain, Separation::Multipliers(integers(&[1, 1, 1, 1]))),
        write("with_product", &with_product, Separation::Weights(integers(&[-1, 2, 2, -4]))),
    ]
}
