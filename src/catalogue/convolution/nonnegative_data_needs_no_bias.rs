//! # Nonnegative data and filters need no hidden bias
//!
//! If the box lies in the orthant `x >= 0` and every filter but the last has nonnegative taps, the
//! hidden layers never clip: without any hidden bias there is a network that equals the sum of
//! ridge functions on the box. Images with values in `[0, 1]` are such data.
#![doc = include_str!("../../../proofs/convolution/nonnegative_data_needs_no_bias.md")]

use crate::claim::{self, prelude::*};
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
        id: "convolution/nonnegative_data_needs_no_bias",
        title: "Nonnegative data and filters need no hidden bias",
        statement: "W_(Js) = 0, (m + 1) d < d + J s, w^(1), …, w^(J-1) ≥ 0, 0 ≤ lo ≤ x ≤ hi  ⟹  f \
                    without hidden biases = b_0 + c_0 ⟨a_0, x⟩ + Σ_(k ≤ m) c_k relu(⟨a_k, x⟩ - \
                    t_k)",
        source: Source::new("Zhou2020", "the bias vectors of the universality proof"),
        wording: Wording::Derived,
        as_printed: None,
        standing: Standing::Theorem,
        evidence: Evidence::PropertyTested,
        note: "proofs/convolution/nonnegative_data_needs_no_bias.md",
    },
    cases: || cases(0, true, true),
    hypotheses: &[
        Hypothesis::new("a last unit is left for the constant", |case| {
            case.ridge.leaves_a_constant()
        }),
        Hypothesis::new("nonnegative hidden filters", Case::has_nonnegative_filters),
        Hypothesis::new("nonnegative data", |case| !case.lo.is_negative()),
    ],
    conclusion: |case| match case.gap(&case.network()) {
        Some(gap) => Finding::equal("gap", gap, 0),
        // Where a twin drops what keeps the layers linear, only a gap counts against it.
        None if !case.has_nonnegative_filters() || case.lo.is_negative() => {
            Finding::equal("gap", 0, 0)
        }
        None => Finding::equal("units not proved linear on the box", 1, 0),
    },
    twins: &[
        Twin::without(
            "a last unit is left for the constant",
            || cases(0, true, false),
            "the very last unit sees x_d or carries a ridge",
        ),
        Twin::without(
            "nonnegative hidden filters",
            || cases(0, false, true),
            "a negative tap makes a negative unit, and it clips",
        ),
        Twin::without(
            "nonnegative data",
            || cases(-1, true, true),
            "a negative entry makes a negative unit, and it clips",
        ),
        Twin::concluding(
            "no bias at all",
            |case| {
                let mut net = case.network();
                net.stages.iter_mut().for_each(|stage| stage.bias.clear());
                Finding::equal("gap", case.gap(&net).unwrap_or_default(), 0)
            },
            "without biases the network is 0 at x = 0, and so has no constant and no knots",
        ),
    ],
};

/// The sum of ridge functions, the sides `[lo, hi]` of the box, and a point `at` of it.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Case {
    lo: Rational,
    hi: Rational,
    at: Vec<Rational>,
    ridge: Ridge,
}

impl claim::Case for Case {
    fn well_formed(&self) -> Result<(), String> {
        self.ridge.check().map_err(|e| e.to_string())?;
        let inside = self.at.iter().all(|x| (&self.lo..=&self.hi).contains(&x));
        if self.lo > self.hi || self.at.len() != self.ridge.width || !inside {
            return Err("the point does not lie in the box".to_owned());
        }
        Ok(())
    }
}

impl Case {
    fn has_nonnegative_filters(&self) -> bool {
        let hidden = self.ridge.filters.len() - 1;
        !self.ridge.filters[..hidden].iter().flatten().any(Rational::is_negative)
    }

    fn network(&self) -> Expansive {
        let hidden = vec![Vec::new(); self.ridge.filters.len() - 1];
        let lift = self.ridge.lift(&self.lo.abs().max(self.hi.abs()));
        self.ridge.network(hidden, &lift)
    }

    fn gap(&self, net: &Expansive) -> Option<Rational> {
        let range = cube(&self.lo, &self.hi, self.ridge.width);
        self.ridge.gap(net, &range, &self.at)
    }
}

fn cube(lo: &Rational, hi: &Rational, width: usize) -> InputBox {
    let corners = (vec![lo.clone(); width], vec![hi.clone(); width]);
    InputBox::new(corners.0, corners.1).expect("the case is well formed")
}

/// Recipes on the box from `lo` to 1. With `positive`, hidden filters lose their signs; with `room`
/// one filter ends in zero and the ridges leave the very last unit alone.
fn cases(lo: i64, positive: bool, room: bool) -> Cases<Case> {
    (1usize..=4, 1usize..=4, 1usize..=4)
        .prop_flat_map(|(d, s, depth)| (Just(d), vec(filter(s), depth), 0..depth))
        .prop_flat_map(move |(d, mut filters, short)| {
            if room {
                *filters[short].last_mut().expect("a filter has an entry") = Rational::ZERO;
            }
            let hidden = if positive { filters.len() - 1 } else { 0 };
            filters[..hidden].iter_mut().flatten().for_each(|tap| *tap = tap.abs());
            let units = d + filters.iter().map(|w| w.len() - 1).sum::<usize>();
            let ridges = (units - usize::from(room)) / d - 1;
            let range = cube(&Rational::integer(lo), &Rational::ONE, d);
            ridge(filters, d, ridges.min(4), range)
        })
        .prop_map(move |(ridge, at)| Case {
            lo: Rational::integer(lo),
            hi: Rational::ONE,
            at,
            ridge,
        })
        .cases()
}
