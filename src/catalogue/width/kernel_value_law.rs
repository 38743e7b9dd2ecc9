//! Equispaced units have the kernel of their values up to π/(2 m²).

use crate::analysis::enclosure::{self, Enclosure};
use crate::catalogue::prelude::*;
use crate::generators::equal_steps::{self, EqualSteps, drawn};
use crate::kernel::{kappa0, kappa1};

pub(super) static CLAIM: Claim<EqualSteps> = Claim {
    card: theorem!("width/kernel_value_law", STEP_BY_STEP)
        .derived_from("ChoSaul2009", "the arc-cosine kernel of degree 1, in closed form")
        .as_printed("the closed form is remembered; the finite sum and its error are derived"),
    statement: "m = 2^b units of length √2 in equal steps, unit inputs halfway between some of \
                them  ⟹  |mean of relu(⟨w, x⟩) relu(⟨w, x'⟩) - κ₁(cos angle)/2| ≤ π/(2 m²)",
    cases: || {
        Cases::listed(equal_steps::listed(2..=3))
            .with("up to 2^6 units", 1, drawn(4..=6, true))
            .with("up to 2^9 units", 64, drawn(7..=9, true))
    },
    hypotheses: &[given("inputs between units", EqualSteps::is_between)
        .needed("four units on the axes give 0 at two axes, and the kernel 1/(2π)", || {
            drawn(2..=4, false).cases()
        })],
    conclusion: |case| within(case, &half_kernel(case), 2, 2),
    twins: &[
        twin("half of it", |case: &EqualSteps| within(case, &half_kernel(case), 4, 2))
            .because("at right angles the error is close to π/(3 m²)"),
        twin("without the factor 1/2", |case: &EqualSteps| {
            let kernel = half_kernel(case).scale(&Rational::integer(2));
            within(case, &kernel, 2, 2)
        })
        .because("the kernel is normalised for a second moment of 2"),
        twin("the kernel of the gates", |case: &EqualSteps| {
            within(case, &kappa0(&cosine(case), BITS).scale(&Rational::new(1, 2)), 2, 2)
        })
        .because("values weigh a unit by how far it is from its boundary"),
        twin("one power more", |case: &EqualSteps| within(case, &half_kernel(case), 2, 3))
            .because("the error of a sum of m equal steps is of the order of 1/m²"),
    ],
    well_formed: |case| case.check(10),
};

/// Places behind the point.
const BITS: u32 = 60;

/// The cosine of so many steps, at most half a turn, where it decreases.
fn cosine_of(case: &EqualSteps, steps: u32) -> Enclosure {
    match 4 * steps {
        0 => return Enclosure::point(Rational::ONE),
        quarter if quarter == case.turn() => return Enclosure::point(Rational::ZERO),
        half if half == 2 * case.turn() => return Enclosure::point(-Rational::ONE),
        _ => {}
    }
    let share = Rational::from(2 * steps) / Rational::from(case.turn());
    let angle = enclosure::pi(BITS).scale(&share);
    let [least, most] = [angle.hi(), angle.lo()].map(|end| enclosure::cos(end, BITS));
    Enclosure::new(least.lo().clone(), most.hi().clone())
}

/// That of the angle between the inputs.
fn cosine(case: &EqualSteps) -> Enclosure {
    cosine_of(case, case.angle())
}

/// The closed form.
fn half_kernel(case: &EqualSteps) -> Enclosure {
    kappa1(&cosine(case), BITS).scale(&Rational::new(1, 2))
}

/// The mean product of the values, unit by unit.
fn mean(case: &EqualSteps) -> Enclosure {
    let table: Vec<_> = (0..=case.turn() / 4).map(|steps| cosine_of(case, steps)).collect();
    let mut sum = Enclosure::point(Rational::ZERO);
    for unit in (0..case.turn()).step_by(2) {
        let steps = case.inputs.map(|x| case.distance(unit, x) as usize);
        if let (Some(a), Some(b)) = (table.get(steps[0]), table.get(steps[1])) {
            sum = sum.sum(&a.product(b).outward(BITS));
        }
    }
    // The squared length is 2.
    sum.scale(&(Rational::integer(2) / case.directions()))
}

/// Claims that the mean is within `pi / (divisor m^power)` of this.
fn within(case: &EqualSteps, kernel: &Enclosure, divisor: i64, power: i32) -> Conclusion {
    let parts = Rational::integer(divisor) * case.directions().pow(power);
    let bound = enclosure::pi(BITS).scale(&parts.recip());
    let gap = mean(case).difference(kernel);
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
