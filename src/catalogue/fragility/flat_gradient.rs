//! A gradient of zero says nothing about the distance to another label.

use crate::catalogue::prelude::*;
use crate::generators::two_labels::TwoLabels;
use crate::robust::Norm;

pub(super) static CLAIM: Claim<Case> = Claim {
    card: theorem!("fragility/flat_gradient", AGAINST_ITS_NOTE)
        .derived_from("Goodfellow2015", "section 4, what a step along the gradient cannot see"),
    statement: "f(x) = 1 - c relu(⟨w, x⟩ - t), c, t > 0, w ≠ 0  ⟹  ∇f(0) = 0, and the \
                distance from 0 to f = 0 is \
                (t + 1/c) / |w|*, its square for l2",
    cases: || {
        drawn(1..=2, 3, 1)
            .with("fractions", 4, drawn(1..=4, 20, 7))
            .with("zeros and ones", 4, drawn(1..=5, 1, 1))
            .with("dimension 30", 16, drawn(30..=30, 9, 2))
    },
    hypotheses: &[given("the unit is off at 0", |case: &Case| case.threshold.is_positive())
        .needed("then the gradient at 0 says it all", || on().cases())],
    conclusion: |case| {
        let network = case.network();
        if network.gradient().iter().any(|g| !g.is_zero()) {
            return equal("slopes at 0", 1, 0);
        }
        equal("distance", case.distance()?, case.scaled(&case.reach()))
    },
    twins: &[
        twin("lost where the gradient changes", |case: &Case| {
            equal("distance", case.distance()?, case.scaled(&case.threshold))
        })
        .because("behind the kink f has still to fall by 1"),
        twin("as far as the box goes", |case: &Case| {
            let zero = vec![Rational::ZERO; case.weights.len()];
            let far = vec![Rational::integer(1000); case.weights.len()];
            equal("distance", case.distance()?, case.norm.distance(&zero, &far))
        })
        .because("a gradient that vanishes at the point says nothing of other points"),
    ],
    well_formed: |case| {
        require!(case.weights.iter().any(|w| !w.is_zero()), "the form is constant")?;
        require!(case.slope.is_positive(), "c is {}, no point is lost", case.slope)
    },
};

/// The slope c, the weights w and the threshold t.
#[derive(Debug, Serialize, Deserialize)]
pub struct Case {
    norm: Norm,
    slope: Rational,
    weights: Vec<Rational>,
    threshold: Rational,
}

impl Case {
    fn network(&self) -> TwoLabels {
        TwoLabels {
            norm: self.norm,
            weights: vec![self.weights.clone()],
            biases: vec![-&self.threshold],
            outer: vec![-&self.slope],
            constant: Rational::ONE,
            point: vec![Rational::ZERO; self.weights.len()],
        }
    }

    fn distance(&self) -> Result<Rational, Undecided> {
        self.network().distance().ok_or(Undecided("no other label was found"))
    }

    /// What the form has to become.
    fn reach(&self) -> Rational {
        &self.threshold + &self.slope.recip()
    }

    /// The distance to where the form is this; for l2 its square.
    fn scaled(&self, reach: &Rational) -> Rational {
        let zero = vec![Rational::ZERO; self.weights.len()];
        match self.norm {
            Norm::Linf => reach / &Norm::L1.distance(&self.weights, &zero),
            Norm::L1 => reach / &Norm::Linf.distance(&self.weights, &zero),
            Norm::L2 => reach * reach / Norm::L2.distance(&self.weights, &zero),
        }
    }
}

fn drawn(d: Span, most: i64, denominator: i64) -> BoxedStrategy<Case> {
    let number = numbers::fraction(most, denominator);
    let positive = number.clone().prop_map(|x| if x.is_zero() { Rational::ONE } else { x.abs() });
    d.prop_flat_map(move |d| {
        let norm = select(Norm::ALL.to_vec());
        (norm, positive.clone(), vec(number.clone(), d), positive.clone())
    })
    .prop_map(|(norm, slope, mut weights, threshold)| {
        if weights.iter().all(Rational::is_zero) {
            weights[0] = Rational::ONE;
        }
        Case { norm, slope, weights, threshold }
    })
    .boxed()
}

/// With a unit that is on at 0, where f is positive still.
fn on() -> BoxedStrategy<Case> {
    drawn(1..=2, 3, 1)
        .prop_map(|mut case| {
            case.threshold = -case.slope.recip() / Rational::from(2);
            case
        })
        .boxed()
}
