//! # On a line of parameters through a generic layer few have another number of regions
//!
//! The parameters whose number of regions is not the maximum are zeros of a polynomial that is not
//! zero. So on any line through a layer that attains the maximum there are at most as many
//! exceptions as that polynomial has degree, and under any law with a density there are almost
//! surely none: the average is the maximum. For laws on finitely many values it need not be.
#![doc = include_str!("../../../proofs/regions/almost_every_parameter.md")]

use crate::claim::{self, prelude::*};
use crate::exact::{Natural, Rational};
use crate::generators::filters::{self, Filters, Layout};
use crate::geometry::counting::{choose, choose_up_to};
use proptest::prelude::*;
use serde::{Deserialize, Serialize};

/// The claim.
pub static CLAIM: Claim<Case> = Claim {
    card: Card {
        id: "regions/almost_every_parameter",
        title: "On a line of parameters through a generic layer few have another number of regions",
        statement: "N units, any r rows of generic filters independent and no more: at most \
                    r C(N, r) + (r + 1) C(N, r + 1) of the layers start + t step, t = 0, 1, .., \
                    points - 1, have other than Σ_{i ≤ r} C(N, i) regions",
        source: Source::new("Xiong2020", "Theorem 2, equation 4, repaired"),
        wording: Wording::Derived,
        as_printed: Some("printed as an average equal to R_N for every shape"),
        standing: Standing::Theorem,
        evidence: Evidence::PropertyTested,
        note: "proofs/regions/almost_every_parameter.md",
    },
    cases: || lines(generic()).cases(),
    hypotheses: &[Hypothesis::new("the start attains the maximum", |case| {
        Natural::from(case.start.regions()) == case.maximum()
    })],
    conclusion: |case| Finding::at_most("exceptions", case.exceptions(), case.degree()),
    twins: &[
        Twin::without(
            "the start attains the maximum",
            || lines(filters::layers(layouts(), 1).boxed()).cases(),
            "a line may lie among the exceptions",
        ),
        Twin::concluding(
            "no exceptions",
            |case| Finding::at_most("exceptions", case.exceptions(), 0),
            "lines meet zeros of polynomials",
        ),
        Twin::concluding(
            "the average over two parameters",
            |case| Finding::equal("twice the average", case.sum(2), case.maximum() * 2u32),
            "two values are no law with a density",
        ),
    ],
};

/// The layers `start + t step` for `t = 0, 1, .., points - 1`.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Case {
    points: u32,
    start: Filters,
    step: Filters,
}

impl claim::Case for Case {
    fn well_formed(&self) -> Result<(), String> {
        self.start.check()?;
        self.step.check()?;
        let layout = self.start.layout();
        if layout != self.step.layout() {
            return Err("start and step must have the same sizes".to_owned());
        }
        if layout.filters != 1 && layout.sliding().positions() != 1 {
            return Err("one filter or one position: else not all rows are alike".to_owned());
        }
        match self.points {
            0..=64 => Ok(()),
            points => Err(format!("{points} points; at most 64 are counted here")),
        }
    }
}

impl Case {
    /// The rank of generic filters: of one filter all shifts are independent, and at one position
    /// as many filters as there are taps.
    fn rank(&self) -> usize {
        let layout = self.start.layout();
        layout.units().min(layout.sliding().inputs())
    }

    fn maximum(&self) -> Natural {
        choose_up_to(self.start.layout().units(), self.rank())
    }

    /// The degree of the product of one minor for each basis and each circuit with its biases.
    fn degree(&self) -> Natural {
        let (units, rank) = (self.start.layout().units(), self.rank());
        choose(units, rank) * rank + choose(units, rank + 1) * (rank + 1)
    }

    fn counts(&self, points: u32) -> impl Iterator<Item = u64> {
        (0..points).map(|t| self.start.plus(&Rational::from(t), &self.step).regions())
    }

    fn exceptions(&self) -> usize {
        let maximum = self.maximum();
        self.counts(self.points).filter(|&count| Natural::from(count) != maximum).count()
    }

    fn sum(&self, points: u32) -> u64 {
        self.counts(points).sum()
    }
}

/// One filter on up to three positions, or up to three filters at one.
fn layouts() -> BoxedStrategy<Layout> {
    let one_filter = filters::line(3).prop_map(|layout| Layout { filters: 1, ..layout });
    let one_position =
        filters::line(3).prop_map(|layout| Layout { input: layout.filter, ..layout });
    prop_oneof![one_filter, one_position].boxed()
}

fn generic() -> BoxedStrategy<Filters> {
    let named = layouts().prop_map(|layout| layout.named());
    prop_oneof![named, filters::layers(layouts(), 9)].boxed()
}

/// Lines from these layers on, in directions of small integers.
fn lines(starts: BoxedStrategy<Filters>) -> BoxedStrategy<Case> {
    starts
        .prop_flat_map(|start| {
            let steps = filters::layers(Just(start.layout()).boxed(), 2);
            (10u32..=12, Just(start), steps)
        })
        .prop_map(|(points, start, step)| Case { points, start, step })
        .boxed()
}
