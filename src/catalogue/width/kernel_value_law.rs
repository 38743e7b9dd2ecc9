//! Equispaced units have the kernel of their values up to π/(2 m²).

use crate::analysis::enclosure::{self, Enclosure};
use crate::catalogue::prelude::*;
use crate::kernel::{kappa0, kappa1};

pub(super) static CLAIM: Claim<Case> = Claim {
    card: theorem!("width/kernel_value_law", STEP_BY_STEP)
        .derived_from("ChoSaul2009", "the arc-cosine kernel of degree 1, in closed form")
        .as_printed("the closed form is remembered; the finite sum and its error are derived"),
    statement: "m = 2^b units of length √2 in equal steps, unit inputs halfway between some of \
                them  ⟹  |mean of relu(⟨w, x⟩) relu(⟨w, x'⟩) - κ₁(cos angle)/2| ≤ π/(2 m²)",
    cases: || {
        let all = (2..=3).flat_map(|bits| {
            let odd = move || (0..1u32 << bits).map(|k| 2 * k + 1);
            odd().flat_map(move |x| odd().map(move |y| Case { inputs: [x, y], bits }))
        });
        let strata = Cases::listed(all).with("up to 2^6 units", 1, cases(4..=6, true));
        strata.with("up to 2^9 units", 64, cases(7..=9, true))
    },
    hypotheses: &[given("inputs between units", |case: &Case| {
        case.inputs.iter().all(|x| !x.is_multiple_of(2))
    })
    .needed("four units on the axes give 0 at two axes, and the kernel 1/(2π)", || {
        cases(2..=4, false).cases()
    })],
    conclusion: |case| case.within(&case.half_kernel(), 2, 2),
    twins: &[
        twin("half of it", |case: &Case| case.within(&case.half_kernel(), 4, 2))
            .because("at right angles the error is close to π/(3 m²)"),
        twin("without the factor 1/2", |case: &Case| {
            let kernel = case.half_kernel().scale(&Rational::integer(2));
            case.within(&kernel, 2, 2)
        })
        .because("the kernel is normalised for a second moment of 2"),
        twin("the kernel of the gates", |case: &Case| {
            case.within(&kappa0(&case.cosine(), BITS).scale(&Rational::new(1, 2)), 2, 2)
        })
        .because("values weigh a unit by how far it is from its boundary"),
        twin("one power more", |case: &Case| case.within(&case.half_kernel(), 2, 3))
            .because("the error of a sum of m equal steps is of the order of 1/m²"),
    ],
    well_formed: |case| {
        let bits = case.bits;
        require!((2..=10).contains(&bits), "2^{bits} units; there must be 2^2 to 2^10")?;
        match case.inputs.iter().find(|&&x| x >= case.turn()) {
            Some(x) => Err(format!("an input is at {x}; a turn has {} steps", case.turn())),
            None => Ok(()),
        }
    },
};

/// Places behind the point.
const BITS: u32 = 60;

/// Two inputs, in steps of half of the one between `2^bits` units.
#[derive(Debug, Serialize, Deserialize)]
pub struct Case {
    inputs: [u32; 2],
    bits: u32,
}

impl Case {
    /// Steps of inputs in a turn; units are at the even ones.
    fn turn(&self) -> u32 {
        2 << self.bits
    }

    /// The distance of two directions in steps, at most half a turn.
    fn distance(&self, a: u32, b: u32) -> u32 {
        let steps = a.abs_diff(b);
        steps.min(self.turn() - steps)
    }

    /// The cosine of so many steps, at most half a turn, where it decreases.
    fn cosine_of(&self, steps: u32) -> Enclosure {
        match 4 * steps {
            0 => return Enclosure::point(Rational::ONE),
            quarter if quarter == self.turn() => return Enclosure::point(Rational::ZERO),
            half if half == 2 * self.turn() => return Enclosure::point(-Rational::ONE),
            _ => {}
        }
        let share = Rational::from(2 * steps) / Rational::from(self.turn());
        let angle = enclosure::pi(BITS).scale(&share);
        let [least, most] = [angle.hi(), angle.lo()].map(|end| enclosure::cos(end, BITS));
        Enclosure::new(least.lo().clone(), most.hi().clone())
    }

    /// That of the angle between the inputs.
    fn cosine(&self) -> Enclosure {
        self.cosine_of(self.distance(self.inputs[0], self.inputs[1]))
    }

    /// The closed form.
    fn half_kernel(&self) -> Enclosure {
        kappa1(&self.cosine(), BITS).scale(&Rational::new(1, 2))
    }

    /// The mean product of the values, unit by unit.
    fn mean(&self) -> Enclosure {
        let table: Vec<_> = (0..=self.turn() / 4).map(|steps| self.cosine_of(steps)).collect();
        let mut sum = Enclosure::point(Rational::ZERO);
        for unit in (0..self.turn()).step_by(2) {
            let steps = self.inputs.map(|x| self.distance(unit, x) as usize);
            if let (Some(a), Some(b)) = (table.get(steps[0]), table.get(steps[1])) {
                sum = sum.sum(&a.product(b).outward(BITS));
            }
        }
        // The squared length is 2.
        sum.scale(&(Rational::integer(2) / Rational::from(1u32 << self.bits)))
    }

    /// Claims that the mean is within `pi / (divisor m^power)` of this.
    fn within(&self, kernel: &Enclosure, divisor: i64, power: i32) -> Conclusion {
        let parts = Rational::integer(divisor) * Rational::from(1u32 << self.bits).pow(power);
        let bound = enclosure::pi(BITS).scale(&parts.recip());
        let gap = self.mean().difference(kernel);
        let quantity = "distance from the kernel";
        if gap.hi() <= bound.lo() && -gap.lo() <= *bound.lo() {
            let largest = gap.hi().clone().max(-gap.lo());
            return at_most(quantity, largest, bound.lo());
        }
        if gap.lo() > bound.hi() {
            return at_most(quantity, gap.lo(), bound.hi());
        }
        if -gap.hi() > *bound.hi() {
            return at_most(quantity, -gap.hi(), bound.hi());
        }
        Err(Undecided("the enclosures are too wide"))
    }
}

/// Inputs between the units, or at units.
fn cases(bits: RangeInclusive<u32>, between: bool) -> impl Strategy<Value = Case> {
    (bits, any::<[u32; 2]>()).prop_map(move |(bits, places)| {
        let place = |place: u32| {
            let unit = (place >> (31 - bits)) & !1;
            unit | u32::from(between)
        };
        Case { inputs: places.map(place), bits }
    })
}
