//! # The published construction equals its sum of ridge functions on the whole box
//!
//! Let `W` be the product of `J` filters and `a_0, .., a_m` rows `d, 2 d, .., (m + 1) d` of its
//! Toeplitz matrix. With the shifts `B_0 = R`, `B_j = |w^(j)|_1 B_(j-1)` and biases that repeat in
//! the middle of every hidden layer, there is a network in `H_J` that equals
//! `b_0 + c_0 <a_0, x> + sum_k c_k relu(<a_k, x> - t_k)` for all `|x|_inf <= R`. That is proved
//! case by case: every hidden unit keeps its sign on the box, and the ridges that are left agree.
#![doc = include_str!("../../../proofs/convolution/ridge_network.md")]

use crate::claim::{
    self, Card, Cases, Certificate, Claim, Evidence, Finding, Hypothesis, Source, Standing, Twin,
    Wording,
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
        id: "convolution/ridge_network",
        title: "The published construction equals its sum of ridge functions on the whole box",
        statement: "W_(Js) = 0, (m + 1) d < d + J s, B_J > 0  ⟹  f ∈ H_J with the published biases \
                    = b_0 + c_0 ⟨a_0, x⟩ + Σ_(k ≤ m) c_k relu(⟨a_k, x⟩ - t_k) for |x|_∞ ≤ R",
        source: Source::new("Zhou2020", "the construction in the universality proof"),
        wording: Wording::Quoted,
        as_printed: Some("B_0 is the largest |x|_∞ on the domain; a domain {0} leaves no constant"),
        standing: Standing::Theorem,
        evidence: Evidence::CertifiedExactly {
            scope: "|x|_∞ ≤ 1, with 1 to 3 inputs, filters of 3 or 4 taps and 1 to 3 layers",
            certify,
        },
        note: "proofs/convolution/ridge_network.md",
    },
    cases: || cases(true),
    hypotheses: &[
        Hypothesis::new("a last unit is left for the constant", |case| {
            case.ridge.leaves_a_constant()
        }),
        Hypothesis::new("the published shift is positive", |case| case.lift().is_positive()),
    ],
    conclusion: |case| match case.gap(&case.published()) {
        Some(gap) => Finding::equal("gap", gap, 0),
        None => Finding::equal("units not proved linear on the box", 1, 0),
    },
    twins: &[
        Twin::without(
            "a last unit is left for the constant",
            || cases(false),
            "with J too small the very last unit sees x_d or carries a ridge",
        ),
        Twin::without(
            "the published shift is positive",
            || {
                let degenerate = prop_oneof![
                    cases(true).prop_map(Case::at_the_origin),
                    cases(true).prop_map(Case::with_a_zero_filter)
                ];
                degenerate.boxed()
            },
            "on the domain {0}, or with a zero filter, the constant unit is 0",
        ),
        Twin::concluding(
            "the first shift smaller by 1/8",
            |case| {
                let mut shifts = case.ridge.published_shifts(&case.reach);
                shifts[0] -= Rational::new(1, 8);
                let hidden = case.ridge.repeated_middle(&shifts);
                case.false_neighbour(&case.ridge.network(hidden, &case.lift()))
            },
            "where the first filter attains its norm, the first layer clips",
        ),
        Twin::concluding(
            "no hidden biases",
            |case| {
                let hidden = vec![Vec::new(); case.ridge.filters.len() - 1];
                case.false_neighbour(&case.ridge.network(hidden, &case.lift()))
            },
            "the hidden layers clip whatever is negative",
        ),
        Twin::concluding(
            "the last bias is shared too",
            |case| case.false_neighbour(&case.tied()),
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
    /// The shift of the last layer, which the constant unit carries.
    fn lift(&self) -> Rational {
        let shifts = self.ridge.published_shifts(&self.reach);
        shifts.last().expect("there is a filter").clone()
    }

    fn published(&self) -> Expansive {
        let shifts = self.ridge.published_shifts(&self.reach);
        self.ridge.network(self.ridge.repeated_middle(&shifts), &self.lift())
    }

    /// The published network with the rule of the hidden biases imposed on the last one.
    fn tied(&self) -> Expansive {
        let mut net = self.published();
        let last = net.stages.last_mut().expect("there is a filter");
        let (s, units) = (last.filter.len() - 1, last.bias.len());
        for unit in s + 1..units - s {
            last.bias[unit] = last.bias[s].clone();
        }
        net
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

    fn at_the_origin(mut self) -> Self {
        self.reach = Rational::ZERO;
        self.at.fill(Rational::ZERO);
        self
    }

    fn with_a_zero_filter(mut self) -> Self {
        self.ridge.filters[0].fill(Rational::ZERO);
        self
    }
}

/// Recipes with filters that are not zero. With `room` one filter ends in zero and the ridges leave
/// the very last unit alone; else they may take it.
fn cases(room: bool) -> Cases<Case> {
    (1usize..=4, 1usize..=4, 1usize..=4)
        .prop_flat_map(|(d, s, depth)| {
            (Just(d), vec(filter(s), depth), 0..depth, (1i64..=3).prop_map(|r| Rational::new(r, 2)))
        })
        .prop_flat_map(move |(d, mut filters, short, reach)| {
            if room {
                *filters[short].last_mut().expect("a filter has an entry") = Rational::ZERO;
            }
            for filter in filters.iter_mut().filter(|w| w.iter().all(Rational::is_zero)) {
                filter[0] = Rational::ONE;
            }
            let units = d + filters.iter().map(|w| w.len() - 1).sum::<usize>();
            let ridges = (units - usize::from(room)) / d - 1;
            let cube = InputBox::cube(d, &reach);
            (ridge(filters, d, ridges.min(4), cube), Just(reach))
        })
        .prop_map(|((ridge, at), reach)| Case { reach, at, ridge })
        .boxed()
}

/// One recipe for each size, with small integers in no order and as many ridges as fit.
fn certify() -> Vec<Certificate> {
    let sizes =
        (1usize..=3).flat_map(|d| (2usize..=3).flat_map(move |s| (1..=3).map(move |j| (d, s, j))));
    let certificate = |(d, s, depth): (usize, usize, usize)| {
        let tap = |j: usize, k: usize| match (j, k) {
            (0, k) if k == s => Rational::ZERO,
            _ => Rational::from((3 * j + 5 * k) % 7) - Rational::integer(3),
        };
        let ridges = (d + s * depth - 1) / d - 1;
        let sign = |k: usize| Rational::integer(-1).pow(k as i32);
        let case = Case {
            reach: Rational::ONE,
            at: vec![Rational::ZERO; d],
            ridge: Ridge {
                width: d,
                constant: Rational::integer(-1),
                slope: Rational::integer(2),
                filters: (0..depth).map(|j| (0..=s).map(|k| tap(j, k)).collect()).collect(),
                coefficients: (1..=ridges).map(|k| sign(k) * Rational::from(k)).collect(),
                knots: (1..=ridges).map(|k| sign(k / 2) * Rational::new(1, 2)).collect(),
            },
        };
        let cube = InputBox::cube(d, &case.reach);
        let text = case.ridge.certificate(CLAIM.card.id, &case.published(), &cube);
        Certificate { name: format!("inputs_{d}_degree_{s}_layers_{depth}"), text }
    };
    sizes.map(certificate).collect()
}
