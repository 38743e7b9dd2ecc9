//! # One bias a hidden layer suffices
//!
//! The construction of the universality proof needs no bias vectors in its hidden layers. With one
//! number `b_j = max_i (R |row_i|_1 - (T^(j) u^(j-1))_i)` for all units of layer `j`, where `u` are
//! the constants carried so far, every hidden unit is nonnegative on the box `|x|_inf <= R`, and
//! the network equals the same sum of ridge functions.
#![doc = include_str!("../../../proofs/convolution/scalar_bias_suffices.md")]

use crate::claim::{
    self, Card, Cases, Claim, Evidence, Finding, Hypothesis, Source, Standing, Twin, Wording,
};
use crate::construct::{expansive::Expansive, ridge::Ridge};
use crate::exact::Rational;
use crate::generators::expansive::{filter, ridge};
use crate::net::InputBox;
use proptest::collection::vec;
use proptest::prelude::*;
use serde::{Deserialize, Serialize};

/// The claim.
pub static CLAIM: Claim<Case> = Claim {
    card: Card {
        id: "convolution/scalar_bias_suffices",
        title: "One bias a hidden layer suffices",
        statement: "W_(Js) = 0, (m + 1) d < d + J s  ⟹  f with one bias in each hidden layer = b_0 \
                    + c_0 ⟨a_0, x⟩ + Σ_(k ≤ m) c_k relu(⟨a_k, x⟩ - t_k) for |x|_∞ ≤ R",
        source: Source::new("Zhou2020", "the bias vectors of the universality proof"),
        wording: Wording::Derived,
        as_printed: Some("2 s + 1 different biases in each hidden layer"),
        standing: Standing::Theorem,
        evidence: Evidence::PropertyTested,
        note: "proofs/convolution/scalar_bias_suffices.md",
    },
    cases: || cases(true),
    hypotheses: &[Hypothesis::new("a last unit is left for the constant", |case| {
        case.ridge.leaves_a_constant()
    })],
    conclusion: |case| match case.gap(&case.network(&Rational::ZERO)) {
        Some(gap) => Finding::equal("gap", gap, 0),
        None => Finding::equal("units not proved linear on the box", 1, 0),
    },
    twins: &[
        Twin::without(
            "a last unit is left for the constant",
            || cases(false),
            "the very last unit sees x_d or carries a ridge",
        ),
        Twin::concluding(
            "every bias smaller by 1/8",
            |case| case.false_neighbour(&case.network(&Rational::new(1, 8))),
            "the unit that attains the maximum clips at a corner",
        ),
        Twin::concluding(
            "one bias in the last layer too",
            |case| {
                let mut net = case.network(&Rational::ZERO);
                let last = net.stages.last_mut().expect("there is a filter");
                last.bias.truncate(1);
                case.false_neighbour(&net)
            },
            "the knots live in the last bias",
        ),
    ],
};

/// The sum of ridge functions, the half side `R = reach` of the box, and a point `at` of it.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Case {
    reach: Rational,
    at: Vec<Rational>,
    ridge: Ridge,
}

impl claim::Case for Case {
    fn well_formed(&self) -> Result<(), String> {
        self.ridge.check().map_err(|e| e.to_string())?;
        if self.at.len() != self.ridge.width || self.at.iter().any(|x| x.abs() > self.reach) {
            return Err("the point does not lie in the box".to_owned());
        }
        Ok(())
    }
}

impl Case {
    /// The network whose hidden biases are the least ones, less `missing`.
    fn network(&self, missing: &Rational) -> Expansive {
        let mut hidden = self.ridge.scalar_biases(&self.reach);
        hidden.iter_mut().flatten().for_each(|bias| *bias -= missing);
        self.ridge.network(hidden, &self.ridge.lift(&self.reach))
    }

    /// The gap between the network and the sum on the box.
    fn gap(&self, net: &Expansive) -> Option<Rational> {
        let cube = InputBox::cube(self.ridge.width, &self.reach);
        self.ridge.gap(net, &cube, &self.at)
    }

    /// A network that is claimed to be wrong: only a gap at a point counts against it.
    fn false_neighbour(&self, net: &Expansive) -> Finding {
        Finding::equal("gap", self.gap(net).unwrap_or_default(), 0)
    }
}

/// Recipes. With `room` one filter ends in zero and the ridges leave the very last unit alone;
/// else they may take it.
fn cases(room: bool) -> Cases<Case> {
    (1usize..=4, 1usize..=4, 1usize..=4)
        .prop_flat_map(|(d, s, depth)| {
            (Just(d), vec(filter(s), depth), 0..depth, (0i64..=3).prop_map(|r| Rational::new(r, 2)))
        })
        .prop_flat_map(move |(d, mut filters, short, reach)| {
            if room {
                *filters[short].last_mut().expect("a filter has an entry") = Rational::ZERO;
            }
            let units = d + filters.iter().map(|w| w.len() - 1).sum::<usize>();
            let ridges = (units - usize::from(room)) / d - 1;
            let cube = InputBox::cube(d, &reach);
            (ridge(filters, d, ridges.min(4), cube), Just(reach))
        })
        .prop_map(|((ridge, at), reach)| Case { reach, at, ridge })
        .boxed()
}
