//! A sum is at most as large as the sizes of its terms.

use crease::catalogue::prelude::*;

pub(super) static CLAIM: Claim<Case> = Claim {
    card: conjecture!("mine/size_of_sums", "A sum is at most as large as the sizes of its terms"),
    statement: "|x_1 + .. + x_n| ≤ |x_1| + .. + |x_n|",
    cases: || lists(1..=4).cases().with("forty numbers", 16, lists(40..=40)),
    hypotheses: &[],
    conclusion: |case| at_most("size of the sum", case.sum().abs(), case.sizes()),
    twins: &[
        twin("half of the sizes", |case: &Case| {
            at_most("size of the sum", case.sum().abs(), case.sizes() / Rational::integer(2))
        })
        .because("a number alone is its own sum"),
        twin("always attained", |case: &Case| {
            equal("size of the sum", case.sum().abs(), case.sizes())
        })
        .because("a number and its negative cancel"),
    ],
    well_formed: |case| require!(!case.x.is_empty(), "a number at least"),
};

/// What the statement speaks of: some numbers.
#[derive(Debug, Serialize, Deserialize)]
pub struct Case {
    x: Vec<Rational>,
}

impl Case {
    fn sum(&self) -> Rational {
        self.x.iter().cloned().sum()
    }

    fn sizes(&self) -> Rational {
        self.x.iter().map(Rational::abs).sum()
    }
}

/// Lists of these lengths, of fractions around zero.
fn lists(lengths: Span) -> impl Strategy<Value = Case> + Clone {
    lengths.prop_flat_map(|n| vec(numbers::fraction(9, 3), n)).prop_map(|x| Case { x })
}
