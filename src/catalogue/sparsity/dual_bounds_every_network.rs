//! Multipliers that are orthogonal to affine functions bound every network.

use crate::catalogue::prelude::*;
use crate::generators::ridges::{RidgeNet, Scattered, integral, nets, scattered};
use crate::spline::ridge::Norm;

pub(super) static CLAIM: Claim<Case> = Claim {
    card: theorem!("sparsity/dual_bounds_every_network", AGAINST_ITS_NOTE)
        .derived_from("PilanciErgen2020", "the dual of the convex program"),
    statement: "z orthogonal to [X 1]  ⟹  |Σ zᵢ f(xᵢ)|  ≤  (greatest |η| over the critical units \
                of norm 1) · Σ |vₖ| |wₖ|₁, for every network f of two inputs",
    cases: || cases(true).with("10 points, 10 units", 32, one(10..=10, 10..=10, true)),
    hypotheses: &[given("z orthogonal to affine functions", Case::is_orthogonal)
        .needed("an affine function costs nothing and has values", || cases(false))],
    conclusion: |case| compare(case, case.greatest(true)),
    twins: &[
        twin("the greatest over axes", |case: &Case| compare(case, case.greatest(false)))
            .because("an oblique unit may see more than those along the axes"),
        twin("half of it", |case: &Case| compare(case, case.greatest(true) / Rational::integer(2)))
            .because("the unit where the dual function is greatest attains the bound")
            .drawing(|| attained().cases()),
    ],
    well_formed: |case| {
        case.net.check().map_err(|error| error.to_string())?;
        case.dual.check().map_err(|error| error.to_string())?;
        let d = [case.dual.dimension(), case.net.slope.len()];
        require!(d == [2, 2], "there are two inputs")
    },
};

/// Points with multipliers in the place of values, and a network.
#[derive(Debug, Serialize, Deserialize)]
pub struct Case {
    dual: Scattered,
    net: RidgeNet,
}

impl Case {
    fn is_orthogonal(&self) -> bool {
        let along = |k: usize| -> Rational {
            self.dual.points.iter().zip(&self.dual.values).map(|(x, z)| &x[k] * z).sum()
        };
        let total: Rational = self.dual.values.iter().sum();
        total.is_zero() && along(0).is_zero() && along(1).is_zero()
    }

    /// All critical units, one by one.
    fn greatest(&self, with_normals: bool) -> Rational {
        let points = &self.dual.points;
        let mut directions = vec![[1, 0], [0, 1], [-1, 0], [0, -1]]
            .into_iter()
            .map(|u| u.map(Rational::integer).to_vec())
            .collect::<Vec<_>>();
        if with_normals {
            let pairs = points.iter().flat_map(|x| points.iter().map(move |y| (x, y)));
            directions.extend(pairs.map(|(x, y)| vec![&y[1] - &x[1], &x[0] - &y[0]]));
        }
        let mut most = Rational::ZERO;
        for u in directions.iter().filter(|u| u.iter().any(|u| !u.is_zero())) {
            for t in points.iter().map(|x| dot(u, x)) {
                let feature = |x: &Vec<Rational>| (dot(u, x) - &t).max(Rational::ZERO);
                let terms = points.iter().zip(&self.dual.values).map(|(x, z)| z * feature(x));
                most = most.max(terms.sum::<Rational>().abs() / (u[0].abs() + u[1].abs()));
            }
        }
        most
    }
}

fn compare(case: &Case, greatest: Rational) -> Conclusion {
    let f = case.net.ridges();
    let points = case.dual.points.iter().zip(&case.dual.values);
    let found: Rational = points.map(|(x, z)| z * f.eval(x).remove(0)).sum();
    let cost = f.path_norm(Norm::L1, 1);
    let cost = cost.value().ok_or(Undecided("a norm is not rational"))?;
    at_most("value of the dual", found.abs(), greatest * cost)
}

fn one(n: Span, units: Span, is_orthogonal: bool) -> BoxedStrategy<Case> {
    let weights = vec(numbers::integer(3), 10);
    (scattered(2, n, 4), nets(2, units, integral), weights)
        .prop_map(move |(mut dual, net, weights)| {
            if is_orthogonal {
                let rows = [0, 1].map(|k| dual.points.iter().map(|x| x[k].clone()).collect());
                let ones = vec![Rational::ONE; dual.points.len()];
                let kernel =
                    Matrix::from_rows(rows.into_iter().chain([ones]).collect()).null_space();
                dual.values = vec![Rational::ZERO; dual.points.len()];
                for (vector, weight) in kernel.iter().zip(&weights) {
                    dual.values.iter_mut().zip(vector).for_each(|(z, x)| *z += weight * x);
                }
            }
            Case { dual, net }
        })
        .boxed()
}

fn cases(is_orthogonal: bool) -> Cases<Case> {
    one(4..=6, 0..=3, is_orthogonal).cases()
}

/// One unit whose threshold is met at a point.
fn attained() -> BoxedStrategy<Case> {
    (one(4..=5, 1..=1, true), 0..4usize)
        .prop_map(|(mut case, j)| {
            case.net.thresholds[0] = dot(&case.net.weights[0], &case.dual.points[j]);
            case
        })
        .boxed()
}
