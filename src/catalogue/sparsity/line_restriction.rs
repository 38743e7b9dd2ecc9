//! A line bends no more than the seminorm times its speed.

use crate::catalogue::prelude::*;
use crate::generators::ridges::{RidgeNet, integral, nets, pythagorean};
use crate::spline::ridge::Norm;

pub(super) static CLAIM: Claim<Case> = Claim {
    card: theorem!("sparsity/line_restriction", AGAINST_ITS_NOTE)
        .derived_from("Ongie2020", "the seminorm of a finite network"),
    statement: "TV of the derivative of s -> f(x + s e)  ≤  |e| · seminorm of f, as squares",
    cases: || {
        cases(pythagorean, 1..=3, 0..=4).with("20 units", 32, one(pythagorean, 3, 20..=20)).with(
            "6 inputs, 40 units",
            64,
            one(pythagorean, 6, 40..=40),
        )
    },
    hypotheses: &[],
    conclusion: |case| {
        let length = dot(&case.direction, &case.direction);
        compare(case, length)
    },
    twins: &[
        twin("whatever the length of the direction", |case: &Case| compare(case, Rational::ONE))
            .because("a line that is run along twice as fast bends twice as much"),
        twin("equal in every direction", |case: &Case| {
            let length = dot(&case.direction, &case.direction);
            equal("variation squared", case.along().pow(2), length * case.square()?)
        })
        .because("only a line along all normals sees all of every kink"),
        twin("less by a half", |case: &Case| {
            let length = dot(&case.direction, &case.direction);
            compare(case, length / Rational::integer(4))
        })
        .because("a line along the normals attains the bound"),
    ],
    well_formed: |case| {
        case.net.check().map_err(|error| error.to_string())?;
        let d = case.net.slope.len();
        require!([case.start.len(), case.direction.len()] == [d; 2], "the line has {d} inputs")
    },
};

/// A network and a line.
#[derive(Debug, Serialize, Deserialize)]
pub struct Case {
    net: RidgeNet,
    start: Vec<Rational>,
    direction: Vec<Rational>,
}

impl Case {
    fn along(&self) -> Rational {
        self.net.ridges().variation_along(0, &self.start, &self.direction)
    }

    fn square(&self) -> Result<Rational, Undecided> {
        let norm = self.net.ridges().seminorm(Norm::L2, 1);
        Ok(norm.value().ok_or(Undecided("a norm is not rational"))?.pow(2))
    }
}

fn compare(case: &Case, length: Rational) -> Conclusion {
    at_most("variation squared", case.along().pow(2), length * case.square()?)
}

type Weights = fn(usize) -> BoxedStrategy<Vec<Rational>>;

fn one(weights: Weights, d: usize, units: Span) -> BoxedStrategy<Case> {
    (nets(d, units, weights), numbers::integers(d, 3), integral(d))
        .prop_map(|(net, start, direction)| Case { net, start, direction })
        .boxed()
}

fn cases(weights: Weights, d: Span, units: Span) -> Cases<Case> {
    d.prop_flat_map(move |d| one(weights, d, units.clone())).cases()
}
