//! With a free affine part, affine functions added to the data cost nothing.

use crate::catalogue::prelude::*;
use crate::generators::ridges::{Scattered, scattered};
use crate::spline::ridge::{Norm, Skip};

pub(super) static CLAIM: Claim<Case> = Claim {
    card: theorem!("sparsity/skip_absorbs_affine_parts", AGAINST_ITS_NOTE)
        .remembered_from("ParhiNowak2023", "skip connections as the null space of the seminorm"),
    statement: "with a free affine part, least cost of α y + affine(X)  =  |α| · least cost of y",
    cases: || {
        let strata = cases(true, 1..=2, 2..=6).with("12 points", 32, cases(true, 2..=2, 12..=12));
        strata.with("3 inputs", 32, cases(true, 3..=3, 5..=6))
    },
    hypotheses: &[given("a free affine part", |case: &Case| case.is_free)
        .needed("without a skip connection a slope has to be paid for", || {
            cases(false, 1..=2, 2..=6).cases()
        })],
    conclusion: |case| compare(case, &case.moved()),
    twins: &[
        twin("a kink added as well", |case: &Case| {
            let mut moved = case.moved();
            let points = case.data.points.iter();
            moved.values.iter_mut().zip(points).for_each(|(y, x)| *y += x[0].abs());
            compare(case, &moved)
        })
        .because("only affine functions are free")
        .drawing(|| centred().cases()),
        twin("the factor with its sign", |case: &Case| {
            let found = cost(&case.moved(), case.skip())?;
            let least = cost(&case.data, case.skip())?;
            equal("least cost", found, &case.factor * least)
        })
        .because("a cost is not negative"),
    ],
    well_formed: |case| {
        case.data.check().map_err(|error| error.to_string())?;
        let d = case.slope.len();
        require!(case.data.dimension() == d, "the points have {d} coordinates")
    },
};

/// Data, a factor, an affine function, and whether an affine part is free.
#[derive(Debug, Serialize, Deserialize)]
pub struct Case {
    data: Scattered,
    factor: Rational,
    slope: Vec<Rational>,
    constant: Rational,
    is_free: bool,
}

impl Case {
    fn skip(&self) -> Skip {
        if self.is_free { Skip::Free } else { Skip::None }
    }

    fn moved(&self) -> Scattered {
        let points = self.data.points.iter().zip(&self.data.values);
        let value = |(x, y): (&Vec<Rational>, &Rational)| {
            &self.factor * y + dot(&self.slope, x) + &self.constant
        };
        self.data.with_values(points.map(value).collect())
    }
}

fn cost(data: &Scattered, skip: Skip) -> Result<Rational, Undecided> {
    let fit = data.least(Norm::L1, skip).ok_or(Undecided("no network was found"))?;
    fit.value.value().cloned().ok_or(Undecided("the cost is not rational"))
}

fn compare(case: &Case, moved: &Scattered) -> Conclusion {
    let least = cost(&case.data, case.skip())?;
    equal("least cost", cost(moved, case.skip())?, case.factor.abs() * least)
}

fn cases(is_free: bool, d: Span, n: Span) -> BoxedStrategy<Case> {
    d.prop_flat_map(move |d| {
        let data = scattered(d, n.clone(), if d == 1 { 9 } else { 4 });
        (data, numbers::integer(3), numbers::integers(d, 3), numbers::integer(3))
    })
    .prop_map(move |(data, factor, slope, constant)| Case {
        data,
        factor,
        slope,
        constant,
        is_free,
    })
    .boxed()
}

/// Points on both sides of zero.
fn centred() -> BoxedStrategy<Case> {
    cases(true, 1..=2, 3..=6)
        .prop_map(|mut case| {
            case.data.points.iter_mut().for_each(|x| x[0] -= Rational::integer(1));
            case
        })
        .boxed()
}
