//! A network with one hidden ReLU unit misses XOR by at least one half somewhere.

use crate::catalogue::prelude::*;

pub(super) static CLAIM: Claim<Case> = Claim {
    card: theorem!("perceptron/xor_one_relu_unit", AGAINST_ITS_NOTE)
        .formally("xor_one_relu_unit", 0x8d36_9c9f_4b38_92b4)
        .derived_from("MinskyPapert1969", "XOR; the bound for one ReLU unit is ours"),
    statement: "for all v, w, b, c: max over the bit pairs of \
                |v relu(w₁ x + w₂ y + b) + c - (x ⊕ y)| ≥ 1/2",
    cases: || {
        let large = without_skip(numbers::fraction(1_000_000_000, 997).boxed());
        let small = prop_oneof![plain(1), plain(2), plain(4)].cases();
        small.with("zeros and ones", 8, units_in_size()).with("large fractions", 16, large)
    },
    hypotheses: &[given("no skip connection", |case: &Case| {
        case.skip.iter().all(Rational::is_zero)
    })
    .needed(
        "x + y - 2 relu(x + y - 1) is XOR: the skip connection does the work of a second unit",
        || fitted_to_three_points().cases(),
    )],
    conclusion: |case| at_least("largest error", case.largest_error(&POINTS), half()),
    twins: &[
        twin("one wrong by a whole", |case: &Case| {
            at_least("largest error", case.largest_error(&POINTS), 1)
        })
        .because("the constant 1/2 is wrong by one half everywhere")
        .drawing(|| plain(2).cases()),
        twin("three points are enough", |case: &Case| {
            at_least("largest error", case.largest_error(&POINTS[..3]), half())
        })
        .because("relu(x + y) is right everywhere but at (1, 1)")
        .drawing(|| units_in_size().cases()),
    ],
    well_formed: |_| Ok(()),
};

/// The bit pairs; `(1, 1)` comes last.
const POINTS: [(i64, i64); 4] = [(0, 0), (0, 1), (1, 0), (1, 1)];

/// The network `outer relu(weights . (x, y) + bias) + skip . (x, y) + constant`.
#[derive(Debug, Serialize, Deserialize)]
pub struct Case {
    weights: [Rational; 2],
    bias: Rational,
    outer: Rational,
    skip: [Rational; 2],
    constant: Rational,
}

impl Case {
    fn value(&self, x: i64, y: i64) -> Rational {
        let along = |[a, b]: &[Rational; 2]| a * Rational::from(x) + b * Rational::from(y);
        let hidden = (along(&self.weights) + &self.bias).max(Rational::ZERO);
        &self.outer * hidden + along(&self.skip) + &self.constant
    }

    fn largest_error(&self, points: &[(i64, i64)]) -> Rational {
        let error = |&(x, y): &_| (self.value(x, y) - Rational::from(x != y)).abs();
        points.iter().map(error).fold(Rational::ZERO, Rational::max)
    }
}

fn half() -> Rational {
    Rational::new(1, 2)
}

/// Networks without a skip connection; every number is a multiple of `1 / denominator`.
fn plain(denominator: i64) -> BoxedStrategy<Case> {
    without_skip(numbers::fraction(4 * denominator, denominator).boxed())
}

/// Networks without a skip connection whose numbers are 0, 1 or -1.
fn units_in_size() -> BoxedStrategy<Case> {
    without_skip(numbers::integer(1).boxed())
}

fn without_skip(number: BoxedStrategy<Rational>) -> BoxedStrategy<Case> {
    ([number.clone(), number.clone()], number.clone(), number.clone(), number)
        .prop_map(|(weights, bias, outer, constant)| {
            let skip = [Rational::ZERO, Rational::ZERO];
            Case { weights, bias, outer, skip, constant }
        })
        .boxed()
}

/// Networks whose skip connection and constant make them right on `(0, 0)`, `(1, 0)`, `(0, 1)`.
fn fitted_to_three_points() -> BoxedStrategy<Case> {
    let number = numbers::integer(1);
    ([number.clone(), number.clone()], number, numbers::integer(2))
        .prop_map(|(weights, bias, outer)| {
            let skip = [Rational::ZERO, Rational::ZERO];
            let mut case = Case { weights, bias, outer, skip, constant: Rational::ZERO };
            case.constant = -case.value(0, 0);
            case.skip = [Rational::ONE - case.value(1, 0), Rational::ONE - case.value(0, 1)];
            case
        })
        .boxed()
}
