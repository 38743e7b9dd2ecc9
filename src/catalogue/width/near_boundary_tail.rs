//! Few units are near their boundary at the start, as often as the lemma states.

use crate::analysis::enclosure;
use crate::catalogue::prelude::*;
use crate::generators::width_theorem::check_tail;

pub(super) static CLAIM: Claim<Case> = Claim {
    card: theorem!("width/near_boundary_tail", STEP_BY_STEP)
        .remembered_from("JiTelgarsky2020", "Lemma 2.4"),
    statement: "P(share of units with |⟨w_s, x⟩| ≤ r > √(2/π) r + √(ln(n/δ)/(2m))) ≤ δ/n",
    cases: || {
        let large = cases(2000u32..=10_000);
        cases(prop_oneof![1u32..=50, 51u32..=500]).with("2000 and more units", 32, large)
    },
    hypotheses: &[],
    conclusion: |case| case.finding(&Rational::ONE, &Rational::ONE),
    twins: &[
        twin("without the root", |case: &Case| case.finding(&Rational::ONE, &Rational::ZERO))
            .because("the mean is exceeded about half of the time"),
        twin("half the density", |case: &Case| case.finding(&Rational::new(1, 2), &Rational::ONE))
            .because("both sides of the boundary are near it"),
        twin("half the root", |case: &Case| case.finding(&Rational::ONE, &Rational::new(1, 2)))
            .because("the deviation is of the order of the root"),
    ],
    well_formed: |case| {
        check_tail(case.inputs, case.units, &case.delta)?;
        require!(
            !case.radius.is_negative() && case.radius <= Rational::integer(8),
            "the radius is {}; it is 0 to 8",
            case.radius
        )
    },
};

/// The number of inputs, the probability, the distance from the boundary and the number of units.
#[derive(Debug, Serialize, Deserialize)]
pub struct Case {
    inputs: u32,
    delta: Rational,
    radius: Rational,
    units: u32,
}

const BITS: u32 = 48;

impl Case {
    /// The probability that more units are near than the multiples of the two terms allow: rounded
    /// up where it is certainly small enough, down where it certainly is not.
    fn finding(&self, density: &Rational, root: &Rational) -> Conclusion {
        let m = Rational::from(self.units);
        let pi = enclosure::pi(BITS);
        let slope = Enclosure::point(Rational::integer(2)).quotient(&pi).expect("pi is positive");
        let slope = root_of(&slope).scale(&(&m * &self.radius * density));
        let share = &self.delta / Rational::from(self.inputs);
        let log = enclosure::ln(&share.recip(), BITS).expect("a share is positive");
        let deviation = root_of(&log.scale(&(m / Rational::integer(2)))).scale(root);
        let (most, near) = (slope.sum(&deviation), self.near());
        let up_to = |p: &Rational, most: &Rational| {
            let law = Binomial::new(self.units, p.clone());
            // No more units than there are: beyond, the probability is 1.
            let count = most.floor().min(self.units.into()).wide_integer();
            let count = count.and_then(|k| u32::try_from(k).ok());
            count.map(|k| law.below_within(k + 1, BITS)).ok_or(Undecided("a count below zero"))
        };
        let above = Rational::ONE - up_to(near.hi(), most.lo())?.lo();
        let below = Rational::ONE - up_to(near.lo(), most.hi())?.hi();
        if above > share && below <= share {
            return Err(Undecided("a probability that 48 bits do not tell from its bound"));
        }
        let found = if above <= share { above } else { below };
        at_most("probability of more units", found, share)
    }

    /// `erf(r / sqrt(2))`, the probability that a unit is near.
    fn near(&self) -> Enclosure {
        let argument = root_of(&Enclosure::point(self.radius.pow(2) / Rational::integer(2)));
        let one = Rational::ONE;
        let near = argument.increasing(|x| enclosure::erf(x, BITS)).outward(BITS);
        Enclosure::new(near.lo().clone().max(Rational::ZERO), near.hi().clone().min(one))
    }
}

fn root_of(x: &Enclosure) -> Enclosure {
    x.increasing(|x| enclosure::sqrt(x, BITS).expect("squares are not negative"))
}

fn cases(widths: impl Strategy<Value = u32> + 'static) -> impl Strategy<Value = Case> {
    let shares = (prop_oneof![Just(1u32), 2u32..=64, Just(4096)], 1i64..=9, 1u32..=4);
    (shares, 0i64..=20, prop_oneof![Just(10i64), Just(100)], widths).prop_map(
        |((inputs, tenths, power), radius, unit, units)| Case {
            inputs,
            delta: Rational::new(tenths, 10i64.pow(power)),
            radius: Rational::new(radius, unit),
            units,
        },
    )
}
