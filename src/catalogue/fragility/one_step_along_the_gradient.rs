//! A step along the signs of the gradient is no shorter than the distance.

use crate::catalogue::prelude::*;
use crate::generators::two_labels::{TwoLabels, of_every_size};
use crate::robust::Norm;

pub(super) static CLAIM: Claim<Case> = Claim {
    card: theorem!("fragility/one_step_along_the_gradient", AGAINST_ITS_NOTE)
        .derived_from("Goodfellow2015", "section 4, the fast gradient sign method"),
    statement: "the least step along -sign(f(x)) sign(∇f(x)) that changes \
                the label is at least the linf distance",
    cases: || Cases::of(of_every_size(drawn)),
    hypotheses: &[],
    conclusion: |case| at_least("step", case.step()?, case.distance()?),
    twins: &[
        twin("the step is the shortest", |case: &Case| {
            equal("step", case.step()?, case.distance()?)
        })
        .because("the signs of the gradient at the point are those of one cell"),
        twin("the linear model is right", |case: &Case| {
            let slope: Rational = case.network.gradient().iter().map(Rational::abs).sum();
            refuse_if!(slope.is_zero(), Undecided("the gradient is zero"));
            equal("step", case.step()?, case.network.value().abs() / slope)
        })
        .because("the slope changes on the way"),
    ],
    well_formed: |case| {
        require!(case.network.norm == Norm::Linf, "the step is measured in linf")?;
        case.network.check()
    },
};

/// A network of one hidden layer, and a point; the norm is linf.
#[derive(Debug, Serialize, Deserialize)]
pub struct Case {
    network: TwoLabels,
}

impl Case {
    fn distance(&self) -> Result<Rational, Undecided> {
        self.network.distance().ok_or(Undecided("no other label was found"))
    }

    fn step(&self) -> Result<Rational, Undecided> {
        let direction = self.network.downhill(self.network.value().is_positive());
        self.network.step(&direction).ok_or(Undecided("no step of up to 1000 changes the label"))
    }
}

fn drawn(networks: BoxedStrategy<TwoLabels>) -> BoxedStrategy<Case> {
    networks
        .prop_map(|mut network| {
            network.norm = Norm::Linf;
            Case { network }
        })
        .boxed()
}
