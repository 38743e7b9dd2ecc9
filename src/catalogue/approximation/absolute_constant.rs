//! The constant of the rate is at most 8.14 times that of the ridge theorem.

use crate::analysis::enclosure::{exp, ln, pi};
use crate::catalogue::prelude::*;

pub(super) static CLAIM: Claim<Case> = Claim {
    card: theorem!("approximation/absolute_constant", AGAINST_ITS_NOTE)
        .derived_from("Zhou2020", "“c is an absolute constant” in the theorem on the rate")
        .as_printed("c is called absolute; its size and the steps to it are ours"),
    statement: "2 ≤ s ≤ d, (s-1) J ≥ 2d  ⟹  2d (2π)^(-d/2) √I · max(√log m, √d) m^(-1/2-1/d) ≤ \
                8.14 √log J · J^(-1/2-1/d), squares compared",
    cases: || {
        cases(2..=40, true)
            .with("around the largest", 4, extremal())
            .with("up to 400 inputs", 32, cases(41..=400, true))
            .with(
                "some thousand layers",
                64,
                (5000usize..=50_000).prop_map(|depth| Case { d: 6, s: 4, depth }),
            )
    },
    hypotheses: &[given("s ≤ d", |case: &Case| case.s <= case.d).needed(
        "then J = 1 is allowed, log J is 0, and an exact network would be claimed",
        || cases(2..=3, false).cases(),
    )],
    conclusion: |case| {
        let by_layers = case.by_layers(814);
        at_most("squared", case.by_ridges().hi().clone(), by_layers.lo().clone())
    },
    twins: &[
        twin("8.13", |case: &Case| false_constant(case, 813))
            .because("8.132 at d = 3, s = 2, J = 8")
            .drawing(|| extremal().cases()),
        twin("without the logarithm", |case: &Case| {
            at_most("squared", case.by_ridges().lo().clone(), square(814))
        })
        .because("the logarithm of m is there as well, and grows")
        .drawing(|| {
            (5000usize..20_000).prop_map(|depth| Case { d: 3, s: 2, depth }).boxed().cases()
        }),
    ],
    well_formed: |case| match (case.d, case.s, case.depth) {
        (2..=512, 2..=512, 1..=100_000) if case.ridges() >= 1 => Ok(()),
        (2..=512, 2..=512, 1..=100_000) => Err("(s - 1) J < 2 d leaves no ridge".to_owned()),
        _ => Err("d and s must lie between 2 and 512, J between 1 and 100,000".to_owned()),
    },
};

/// Inputs `d`, the degree `s` of a filter, layers `J`.
#[derive(Debug, Serialize, Deserialize)]
pub struct Case {
    d: usize,
    s: usize,
    depth: usize,
}

/// Binary places of every enclosure.
const BITS: u32 = 64;

impl Case {
    fn ridges(&self) -> usize {
        ((self.s - 1) * self.depth / self.d).saturating_sub(1)
    }

    /// `(2 d)^2 (2 pi)^(-d) I max(log m, d) (J / m)^(1 + 2/d)`, where the powers of `pi` leave
    /// `(2 pi)^(-d) I = 2^(-d) pi^(-k) / k!` with `k = floor(d / 2)`.
    fn by_ridges(&self) -> Enclosure {
        let k = self.d / 2;
        let factorial: Rational = (1..=k).map(Rational::from).product();
        let size = Rational::from(4 * self.d * self.d) / Rational::integer(2).pow(self.d as i32);
        let pi = (0..k).fold(Enclosure::point(factorial), |power, _| power.product(&pi(BITS)));
        let integral = Enclosure::point(size).quotient(&pi).expect("pi is positive");
        let (d, m) = (Rational::from(self.d), Rational::from(self.ridges()));
        let log = ln(&m, BITS).expect("there is a ridge");
        let larger = Enclosure::new(log.lo().max(&d).clone(), log.hi().max(&d).clone());
        integral.product(&larger).product(&self.conversion()).outward(BITS)
    }

    /// `(J / m)^(1 + 2/d)`.
    fn conversion(&self) -> Enclosure {
        let ratio = Rational::from(self.depth) / Rational::from(self.ridges());
        let exponent = ln(&ratio, BITS).expect("positive").scale(&Rational::new(2, self.d as i64));
        let power = |x: &Rational| exp(x, BITS).expect("m and J are of one size");
        let ends = [power(exponent.lo()), power(exponent.hi())];
        Enclosure::new(ends[0].lo().clone(), ends[1].hi().clone()).scale(&ratio)
    }

    /// `(hundredths / 100)^2 log J`.
    fn by_layers(&self, hundredths: i64) -> Enclosure {
        let log = ln(&Rational::from(self.depth), BITS).expect("there is a layer");
        log.scale(&square(hundredths))
    }
}

fn square(hundredths: i64) -> Rational {
    Rational::new(hundredths, 100).pow(2)
}

/// Counts against the constant only if the true numbers do.
fn false_constant(case: &Case, hundredths: i64) -> Conclusion {
    let by_layers = case.by_layers(hundredths);
    at_most("squared", case.by_ridges().lo().clone(), by_layers.hi().clone())
}

/// Every depth from the least on, most of them close to it.
fn cases(d: Span, short: bool) -> impl Strategy<Value = Case> {
    (d, 0usize..8, prop_oneof![3 => 0usize..12, 1 => 0usize..2000]).prop_map(
        move |(d, longer, more)| {
            let s = if short { 2 + longer % (d - 1) } else { d + 1 + longer };
            Case { d, s, depth: (2 * d).div_ceil(s - 1) + more }
        },
    )
}

/// Around the largest constant.
fn extremal() -> impl Strategy<Value = Case> {
    (2usize..=4, 0usize..=4).prop_map(|(d, more)| Case { d, s: 2, depth: 2 * d + more })
}
