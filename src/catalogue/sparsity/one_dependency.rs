//! With one affine dependency the least cost is a quotient.

use crate::catalogue::prelude::*;
use crate::generators::ridges::{Scattered, scattered};
use crate::spline::ridge::{Norm, Skip};

pub(super) static CLAIM: Claim<Case> = Claim {
    card: theorem!("sparsity/one_dependency", AGAINST_ITS_NOTE)
        .derived_from("PilanciErgen2020", "the dual of the convex program"),
    statement: "N different points, N - rank [X 1] = 1, z the affine dependency, two inputs, norm \
                l1 or l∞  ⟹  least cost = |Σ zᵢ yᵢ| / greatest |η| over critical units of norm 1",
    cases: || cases(4, 4).with("a wider grid", 16, data(4, 9)),
    hypotheses: &[given("one dependency", Case::has_one_dependency)
        .needed("two dependencies can be combined", || cases(5, 3))],
    conclusion: |case| equal("least cost", case.least()?, case.quotient(true)?),
    twins: &[
        twin("greatest over axes", |case: &Case| {
            equal("least cost", case.least()?, case.quotient(false)?)
        })
        .because("the best unit may be oblique"),
        twin("the value of the dependency alone", |case: &Case| {
            let worth = dot(&case.dependency()?, &case.data.values).abs();
            equal("least cost", case.least()?, worth)
        })
        .because("a multiple of a dependency is one, too"),
    ],
    well_formed: |case| {
        case.data.check().map_err(|error| error.to_string())?;
        require!(case.data.dimension() == 2, "there are two inputs")
    },
};

/// Data, and whether the norm is the greatest weight.
#[derive(Debug, Serialize, Deserialize)]
pub struct Case {
    data: Scattered,
    greatest: bool,
}

impl Case {
    fn has_one_dependency(&self) -> bool {
        self.data.points.len() == self.data.affine_rank() + 1
    }

    fn norm(&self) -> Norm {
        if self.greatest { Norm::Linf } else { Norm::L1 }
    }

    fn least(&self) -> Result<Rational, Undecided> {
        let fit = self.data.least(self.norm(), Skip::Free);
        let fit = fit.ok_or(Undecided("no network was found"))?;
        fit.value.value().cloned().ok_or(Undecided("the cost is not rational"))
    }

    /// The first dependency of the rows `[x 1]`.
    fn dependency(&self) -> Result<Vec<Rational>, Undecided> {
        let row = |x: &Vec<Rational>| x.iter().cloned().chain([Rational::ONE]).collect();
        let rows = Matrix::from_rows(self.data.points.iter().map(row).collect()).transpose();
        rows.null_space().into_iter().next().ok_or(Undecided("the points are independent"))
    }

    fn quotient(&self, with_normals: bool) -> Result<Rational, Undecided> {
        let (z, points) = (self.dependency()?, &self.data.points);
        let mut directions: Vec<Vec<Rational>> = match self.greatest {
            false => vec![[1, 0], [0, 1]],
            true => vec![[1, 1], [1, -1]],
        }
        .into_iter()
        .map(|u| u.map(Rational::integer).to_vec())
        .collect();
        if with_normals {
            let pairs = points.iter().flat_map(|x| points.iter().map(move |y| (x, y)));
            directions.extend(pairs.map(|(x, y)| vec![&y[1] - &x[1], &x[0] - &y[0]]));
        }
        let mut most = Rational::ZERO;
        for u in directions.iter().filter(|u| u.iter().any(|u| !u.is_zero())) {
            let norm = self.norm().of(u, 1);
            for t in points.iter().map(|x| dot(u, x)) {
                let terms = points.iter().zip(&z);
                let terms = terms.map(|(x, z)| (dot(u, x) - &t).max(Rational::ZERO) * z);
                most = most.max(terms.sum::<Rational>().abs() / norm.lo());
            }
        }
        let worth = dot(&z, &self.data.values).abs();
        if most.is_zero() {
            Err(Undecided("no unit sees the dependency"))
        } else {
            Ok(worth / most)
        }
    }
}

fn data(n: usize, side: i64) -> BoxedStrategy<Case> {
    (scattered(2, n..=n, side), any::<bool>())
        .prop_map(|(data, greatest)| Case { data, greatest })
        .boxed()
}

fn cases(n: usize, side: i64) -> Cases<Case> {
    data(n, side).cases()
}
