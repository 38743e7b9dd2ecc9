//! With sign weights the initial output is a binomial number, and small.

use crate::analysis::enclosure;
use crate::catalogue::prelude::*;
use crate::generators::width_theorem::check_tail;

pub(super) static CLAIM: Claim<Case> = Claim {
    card: theorem!("width/initial_output_tail", STEP_BY_STEP)
        .derived_from("JiTelgarsky2020", "Lemma 2.5")
        .as_printed("for Gaussian weights and m ≥ 25 ln(2n/δ); signs make the law exact"),
    statement: "signs for Gaussians  ⟹  P(|f(x)| > √(2 ln(4n/δ))) ≤ δ/n",
    cases: || {
        let large = cases(1000u32..=10_000);
        cases(prop_oneof![1u32..=50, 51u32..=500]).with("1000 and more units", 128, large)
    },
    hypotheses: &[],
    conclusion: |case| case.finding(case.log(4 * case.inputs, Rational::integer(2))),
    twins: &[
        twin("without the logarithm", |case: &Case| {
            case.finding(|_| Enclosure::point(Rational::ONE))
        })
        .because("the limit is a Gaussian number of variance 1/2, above 1 with probability 0.157"),
        twin("without the inputs", |case: &Case| case.finding(case.log(4, Rational::integer(2))))
            .because("more inputs need a larger bound"),
        twin("a quarter of the bound squared", |case: &Case| {
            case.finding(case.log(4 * case.inputs, Rational::new(1, 2)))
        })
        .because("the tail falls like the exponential of the square, no faster"),
    ],
    well_formed: |case| {
        require!(case.inputs <= 1 << 20, "{} inputs; at most 2^20 can be asked", case.inputs)?;
        check_tail(case.inputs, case.units, &case.delta)
    },
};

/// The number of inputs, the probability and the number of units.
#[derive(Debug, Serialize, Deserialize)]
pub struct Case {
    inputs: u32,
    delta: Rational,
    units: u32,
}

impl Case {
    /// A multiple of `ln(count / delta)`.
    fn log(&self, count: u32, factor: Rational) -> impl Fn(u32) -> Enclosure {
        let ratio = Rational::from(count) / &self.delta;
        move |bits| enclosure::ln(&ratio, bits).expect("a ratio is positive").scale(&factor)
    }

    /// The probability that the squared output exceeds `square`: that the heads differ from `m` by
    /// more than the whole part of `sqrt(m square)`, which some precision shows.
    fn finding(&self, square: impl Fn(u32) -> Enclosure) -> Conclusion {
        let m = Rational::from(self.units);
        let whole = |bits| {
            let root = |x: &Rational| enclosure::sqrt(x, bits).expect("a square is not negative");
            let root = square(bits).scale(&m).increasing(root);
            let floor = root.lo().floor();
            (floor == root.hi().floor()).then_some(floor)
        };
        let most = (1..=20).find_map(|k| whole(48 * k));
        let most = most.ok_or(Undecided("the whole part of a root at 960 bits"))?;
        // Heads differ from `m` by `m` at most, so a larger number is as good.
        let most = most.min(m).wide_integer().and_then(|k| u32::try_from(k).ok());
        let most = most.ok_or(Undecided("a number of heads that is not one"))?;
        let heads = Binomial::new(2 * self.units, Rational::new(1, 2));
        let found = heads.below(self.units - most) * Rational::integer(2);
        let share = &self.delta / Rational::from(self.inputs);
        at_most("probability of a larger output", found, share)
    }
}

fn cases(widths: impl Strategy<Value = u32> + 'static) -> impl Strategy<Value = Case> {
    let shares = (prop_oneof![Just(1u32), 2u32..=64, Just(4096)], 1i64..=9, 1u32..=4);
    (shares, widths).prop_map(|((inputs, tenths, power), units)| Case {
        inputs,
        delta: Rational::new(tenths, 10i64.pow(power)),
        units,
    })
}
