//! A logarithmic width suffices on orthonormal points.

use crate::catalogue::prelude::*;
use crate::train::coverage::{self, Family};

pub(super) static CLAIM: Claim<Case> = Claim {
    card: theorem!("width/orthonormal_width_upper", STEP_BY_STEP)
        .derived_from("JiTelgarsky2020", "Theorem 2.2; asked here of orthonormal inputs")
        .as_printed("for any data: polynomial in 1/γ, and γ is about 1/√(2n) here"),
    statement: "least m with P(m units cover n orthonormal points) ≥ 1 - δ  ≤  \
                ⌈log_{4/3}(n/δ)⌉",
    cases: || {
        let tiny = (1u32..=30).prop_map(|bits| Rational::integer(2).pow(-(bits as i32)));
        let strata = cases(11, failures()).with("rare failures", 16, cases(11, tiny.boxed()));
        strata.with("up to 8 million points a label", 32, cases(22, failures()))
    },
    hypotheses: &[],
    conclusion: |case| at_most("least width", case.least(), case.logarithm()),
    twins: &[
        twin("twice the binary logarithm of n", |case: &Case| {
            let bits = 32 - case.points().leading_zeros();
            at_most("least width", case.least(), 2 * bits)
        })
        .because("it forgets δ: 8 units on 16 points succeed with probability 0.23"),
        twin("half of the logarithm", |case: &Case| {
            let half = Rational::from(case.logarithm()) / Rational::integer(2);
            at_most("least width", case.least(), half.ceil())
        })
        .because("14 units on 256 points succeed with probability 0.06"),
        twin("as many units as points", |case: &Case| {
            at_least("least width", case.least(), case.points())
        })
        .because("33 units are enough for 1024 points nine times in ten"),
        twin("independent of n", |case: &Case| {
            let two = Family::Orthonormal { positive: 1, negative: 1 };
            at_most("least width", case.least(), two.least_width(&case.failure))
        })
        .because("16 units cover two points, and never 4096"),
    ],
    well_formed: |case| {
        let points = case.positive.saturating_add(case.negative);
        require!((1..=1 << 24).contains(&points), "{points} points; there must be 1 to 2^24")?;
        let least = Rational::new(1, 1 << 30);
        require!(
            case.failure >= least && case.failure < Rational::ONE,
            "the failure {} is not between 2^-30 and 1",
            case.failure
        )
    },
};

/// The points of either label, and the probability with which one of them may be missed.
#[derive(Debug, Serialize, Deserialize)]
pub struct Case {
    positive: u32,
    negative: u32,
    failure: Rational,
}

impl Case {
    fn points(&self) -> u32 {
        self.positive + self.negative
    }

    fn least(&self) -> u32 {
        let family = Family::Orthonormal { positive: self.positive, negative: self.negative };
        family.least_width(&self.failure)
    }

    fn logarithm(&self) -> u32 {
        coverage::sufficient(self.points(), &self.failure)
    }
}

fn failures() -> BoxedStrategy<Rational> {
    let failures = ["1/2", "1/10", "1/100", "1/1000", "3/4", "9/16"];
    let failures = failures.map(|text| text.parse::<Rational>().expect("a fraction"));
    select(failures.to_vec()).boxed()
}

/// The points of a label doubled at most as often as given.
fn cases(doublings: u32, failures: BoxedStrategy<Rational>) -> BoxedStrategy<Case> {
    let number = move || {
        let many = (0..=doublings, 0u32..64).prop_map(|(bits, low)| (1 << bits) + low);
        prop_oneof![1 => 0u32..=3, 3 => many]
    };
    (number(), number(), any::<bool>(), failures)
        .prop_map(|(positive, other, alike, failure)| {
            let negative = if alike { positive } else { other };
            Case { positive: positive.max(u32::from(negative == 0)), negative, failure }
        })
        .boxed()
}
