//! Without an affine slope a network is no steeper than its path norm.

use crate::catalogue::prelude::*;
use crate::generators::ridges::{RidgeNet, nets, pythagorean};
use crate::spline::ridge::Norm;

pub(super) static CLAIM: Claim<Case> = Claim {
    card: theorem!("sparsity/slope_at_most_path_norm", AGAINST_ITS_NOTE)
        .derived_from("ParhiNowak2023", "networks of bounded path norm are Lipschitz"),
    statement: "slope 0  ⟹  (f(x) - f(y))² ≤ |x - y|² · (Σ |vₖ| |wₖ|)²",
    cases: || {
        let strata = cases(true).with("20 units", 32, one(3, 20..=20, true));
        strata.with("6 inputs, 40 units", 64, one(6, 40..=40, true))
    },
    hypotheses: &[given("no affine slope", |case: &Case| {
        case.net.slope.iter().all(Rational::is_zero)
    })
    .needed("a free slope is as steep as it likes at no cost", || cases(false))],
    conclusion: |case| compare(case, path(case)?.pow(2)),
    twins: &[
        twin("a quarter of the square", |case: &Case| {
            compare(case, path(case)?.pow(2) / Rational::integer(4))
        })
        .because("one unit attains the bound on its own side"),
        twin("the seminorm", |case: &Case| {
            let norm = case.net.ridges().seminorm(Norm::L2, 1);
            let norm = norm.value().ok_or(Undecided("a norm is not rational"))?;
            compare(case, norm.pow(2))
        })
        .because("relu(s) - relu(-s) has slope 1 and no kink"),
    ],
    well_formed: |case| {
        case.net.check().map_err(|error| error.to_string())?;
        let d = case.net.slope.len();
        require!([case.x.len(), case.y.len()] == [d; 2], "the points have {d} coordinates")
    },
};

/// A network and two points.
#[derive(Debug, Serialize, Deserialize)]
pub struct Case {
    net: RidgeNet,
    x: Vec<Rational>,
    y: Vec<Rational>,
}

fn path(case: &Case) -> Result<Rational, Undecided> {
    let path = case.net.ridges().path_norm(Norm::L2, 1);
    path.value().cloned().ok_or(Undecided("a norm is not rational"))
}

fn compare(case: &Case, square: Rational) -> Conclusion {
    let f = case.net.ridges();
    let rise = f.eval(&case.x).remove(0) - f.eval(&case.y).remove(0);
    let gap: Vec<_> = case.x.iter().zip(&case.y).map(|(x, y)| x - y).collect();
    at_most("difference squared", rise.pow(2), dot(&gap, &gap) * square)
}

fn one(d: usize, units: Span, is_flat: bool) -> BoxedStrategy<Case> {
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
