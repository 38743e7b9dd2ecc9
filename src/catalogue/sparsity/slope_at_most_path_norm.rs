#![doc = include_str!("../../../proofs/sparsity/slope_at_most_path_norm.md")]

use crate::claim::prelude::*;
use crate::exact::linear::dot;
use crate::generators::numbers;
use crate::generators::ridges::{RidgeNet, nets, pythagorean};
use crate::spline::ridge::Norm;

pub(super) static CLAIM: Claim<Case> = Claim {
    card: theorem!("sparsity/slope_at_most_path_norm", AGAINST_ITS_NOTE)
        .derived_from("ParhiNowak2023", "networks of bounded path norm are Lipschitz"),
    statement: "slope 0  ⟹  (f(x) - f(y))² ≤ |x - y|² · (Σ |vₖ| |wₖ|)²",
    cases: || cases(true).with("20 units", 32, one(3, 20..=20, true)),
    hypotheses: &[Hypothesis::new("no affine slope", |case: &Case| {
        case.net.slope.iter().all(Rational::is_zero)
    })],
    conclusion: |case| compare(case, path(case)?.pow(2)),
    twins: &[
        Twin::without(
            "no affine slope",
            || cases(false),
            "a free slope is as steep as it likes at no cost",
        ),
        Twin::concluding(
            "a quarter of the square",
            |case| compare(case, path(case)?.pow(2) / Rational::integer(4)),
            "one unit attains the bound on its own side",
        ),
        Twin::concluding(
            "the seminorm",
            |case| {
                let norm = case.net.ridges().seminorm(Norm::L2, 1);
                let norm = norm.value().ok_or(Undecided("a norm is not rational"))?;
                compare(case, norm.pow(2))
            },
            "relu(s) - relu(-s) has slope 1 and no kink",
        ),
    ],
};

/// A network and two points.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Case {
    net: RidgeNet,
    x: Vec<Rational>,
    y: Vec<Rational>,
}

impl claim::Case for Case {
    fn well_formed(&self) -> Result<(), String> {
        self.net.check().map_err(|error| error.to_string())?;
        let d = self.net.slope.len();
        require!([self.x.len(), self.y.len()] == [d; 2], "the points have {d} coordinates")
    }
}

fn path(case: &Case) -> Result<Rational, Undecided> {
    let path = case.net.ridges().path_norm(Norm::L2, 1);
    path.value().cloned().ok_or(Undecided("a norm is not rational"))
}

fn compare(case: &Case, square: Rational) -> Conclusion {
    let f = case.net.ridges();
    let rise = f.eval(&case.x).remove(0) - f.eval(&case.y).remove(0);
    let gap: Vec<_> = case.x.iter().zip(&case.y).map(|(x, y)| x - y).collect();
    Finding::at_most("difference squared", rise.pow(2), dot(&gap, &gap) * square)
}

fn one(d: usize, units: RangeInclusive<usize>, is_flat: bool) -> BoxedStrategy<Case> {
    (nets(d, units, pythagorean), numbers::integers(d, 4), numbers::integers(d, 4))
        .prop_map(move |(mut net, x, y)| {
            if is_flat {
                net.slope.iter_mut().for_each(|s| *s = Rational::ZERO);
            }
            Case { net, x, y }
        })
        .boxed()
}

fn cases(is_flat: bool) -> Cases<Case> {
    (1usize..=3).prop_flat_map(move |d| one(d, 0..=4, is_flat)).cases()
}
