//! # Every sum of ridges is a network of any depth from some `J_0` on, up to `2^-40`
//!
//! That networks of growing depth come close to every continuous function rests on a step that is
//! finite: sums of ridges come close, and each of them *is* a network of every depth from some
//! `J_0` on. Given directions are stacked into one filter, which is factored into `p` filters of
//! degree `s` and padded with single ones. What rounding the factors costs is bounded exactly.
#![doc = include_str!("../../../proofs/approximation/universality.md")]

use crate::claim::{self, prelude::*};
use crate::construct::factor::{FactorError, factor, minimal_filter_count};
use crate::construct::ridge::Ridge;
use crate::exact::Rational;
use crate::exact::polynomial::Polynomial;
use crate::generators::numbers;
use crate::net::InputBox;
use proptest::collection::vec;
use proptest::prelude::*;
use serde::{Deserialize, Serialize};
use std::ops::RangeInclusive;

/// The claim.
pub static CLAIM: Claim<Case> = Claim {
    card: Card {
        id: "approximation/universality",
        title: "Every sum of ridges is a network of any depth from some J_0 on, up to 2^-40",
        statement: "s ≥ 2, J ≥ max(p_min(W), ⌈(m+1)d/s⌉), W the stacked directions  ⟹  a network \
                    with J filters of degree s differs from b_0 + c_0⟨a_0, x⟩ + Σ c_k relu(⟨a_k, \
                    x⟩ - t_k) by at most 2^-40 for all |x|_∞ ≤ R",
        source: Source::new("Zhou2020", "the universality theorem, in its finite form"),
        wording: Wording::Derived,
        as_printed: Some("density as J → ∞ is stated there; the finite form is what is checked"),
        standing: Standing::Theorem,
        evidence: Evidence::PropertyTested,
        note: "proofs/approximation/universality.md",
    },
    cases: || cases(2..=4, 0..=3),
    hypotheses: &[
        Hypothesis::new("s ≥ 2", |case| case.s >= 2),
        Hypothesis::new("J ≥ J_0", |case| case.depth >= case.least_depth()),
    ],
    conclusion: |case| {
        let allowed = Rational::integer(2).pow(-40);
        Finding::at_most("certified error", case.certified_error(), allowed)
    },
    twins: &[
        Twin::without(
            "s ≥ 2",
            || cases(1..=1, 0..=3),
            "linear filters hold no pair of roots; what is found is the number of pairs",
        ),
        Twin::without(
            "J ≥ J_0",
            || cases(2..=4, -3..=-1),
            "no fixed depth serves all; what is found is the number of layers missing",
        ),
        Twin::concluding(
            "without any error",
            |case| Finding::equal("certified error", case.certified_error(), 0),
            "the factors of a rational filter are irrational as a rule",
        ),
    ],
};

/// A sum of ridges on `|x|_inf <= reach`, the point `at` of it, and the sizes of the network.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Case {
    s: usize,
    depth: usize,
    reach: Rational,
    at: Vec<Rational>,
    constant: Rational,
    slope: Rational,
    /// `a_0, .., a_m`.
    directions: Vec<Vec<Rational>>,
    coefficients: Vec<Rational>,
    knots: Vec<Rational>,
}

impl claim::Case for Case {
    fn well_formed(&self) -> Result<(), String> {
        let (d, ridges) = (self.at.len(), self.coefficients.len());
        let fits = d > 0 && self.directions.iter().all(|a| a.len() == d);
        if !fits || self.directions.len() != ridges + 1 || self.knots.len() != ridges {
            return Err(format!("{ridges} coefficients need as many knots, one direction more"));
        }
        if self.s == 0 || self.depth == 0 || self.directions.len() * d > 24 || self.depth > 64 {
            return Err("s and J must be one at least, J at most 64, (m+1)d at most 24".to_owned());
        }
        match self.at.iter().all(|x| x.abs() <= self.reach) {
            true => Ok(()),
            false => Err("the point does not lie in the box".to_owned()),
        }
    }
}

/// The factors are built to a residual of at most `2^-BITS`.
const BITS: u32 = 60;

impl Case {
    fn stacked(&self) -> Polynomial {
        let reversed = self.directions.iter().flat_map(|a| a.iter().rev().cloned());
        Polynomial::new(reversed.collect())
    }

    /// `J_0`; by the room for the units alone where no number of filters is enough.
    fn least_depth(&self) -> usize {
        let units = (self.directions.len() * self.at.len()).div_ceil(self.s);
        minimal_filter_count(&self.stacked(), self.s).map_or(units, |filters| filters.max(units))
    }

    /// A bound of the distance on the whole box; what is missing where there is no network.
    fn certified_error(&self) -> Rational {
        let mut filters = match factor(&self.stacked(), self.s, BITS) {
            Ok(found) => found.filters,
            Err(FactorError::TooShort { pairs, .. }) => return pairs.into(),
            Err(FactorError::OutOfReach { .. }) => return Rational::ONE,
        };
        let missing = self.least_depth().saturating_sub(self.depth);
        if missing > 0 {
            return missing.into();
        }
        filters.resize(self.depth, vec![Rational::ONE]);
        filters.iter_mut().for_each(|filter| filter.resize(self.s + 1, Rational::ZERO));
        let near = Ridge {
            width: self.at.len(),
            constant: self.constant.clone(),
            slope: self.slope.clone(),
            filters,
            coefficients: self.coefficients.clone(),
            knots: self.knots.clone(),
        };
        let net = near.network(near.scalar_biases(&self.reach), &near.lift(&self.reach));
        let cube = InputBox::cube(self.at.len(), &self.reach);
        let gap = near.gap(&net, &cube, &self.at).unwrap_or(Rational::ONE);
        let factors = [&self.slope].into_iter().chain(&self.coefficients);
        let moved = factors.zip(self.directions.iter().zip(near.directions()));
        let distance = moved.map(|(c, (a, near))| {
            c.abs() * a.iter().zip(&near).map(|(a, near)| (a - near).abs()).sum::<Rational>()
        });
        gap + &self.reach * distance.sum::<Rational>()
    }
}

/// Small integer directions, at depths from the least on or, with `beyond` negative, below it.
fn cases(s: RangeInclusive<usize>, beyond: RangeInclusive<isize>) -> Cases<Case> {
    (1usize..=4, 0usize..=2, s, beyond)
        .prop_flat_map(|(d, ridges, s, beyond)| {
            let directions = vec(numbers::integers(d, 3), ridges + 1);
            let affine = (numbers::integer(3), numbers::integer(2));
            let bends = (numbers::integers(ridges, 3), numbers::integers(ridges, 3));
            let at = vec(numbers::fraction(2, 2), d);
            (Just((s, beyond)), directions, affine, bends, at)
        })
        .prop_map(|((s, beyond), directions, (constant, slope), (coefficients, knots), at)| {
            let reach = Rational::ONE;
            let mut case =
                Case { s, depth: 1, reach, at, constant, slope, directions, coefficients, knots };
            case.depth = case.least_depth().saturating_add_signed(beyond).max(1);
            case
        })
        .cases()
}
