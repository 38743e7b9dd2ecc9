//! With one affine dependency the square of the least Euclidean cost is rational.

use crate::catalogue::prelude::*;
use crate::generators::ridges::{Scattered, scattered};
use crate::spline::ridge::{Norm, Skip};

pub(super) static CLAIM: Claim<Case> = Claim {
    card: theorem!("sparsity/one_dependency_euclidean", AGAINST_ITS_NOTE)
        .derived_from("PilanciErgen2020", "the dual of the convex program"),
    statement: "N different points, N - rank [X 1] = 1, z the affine dependency, two inputs, \
                Euclid's norm  ⟹  (least cost)² = (Σ zᵢ yᵢ)² / greatest η² over normals of pairs \
                of points and over sums of zᵢ (xᵢ - xⱼ), each over its square norm",
    cases: || cases(4, 4).with("a wider grid", 16, data(4, 9)),
    hypotheses: &[given("one dependency", Case::has_one_dependency)
        .needed("two dependencies can be combined", || cases(5, 3))],
    conclusion: |case| case.compare(true, true),
    twins: &[
        twin("normals alone", |case: &Case| case.compare(true, false))
            .because("on a circle the greatest value may lie between two normals"),
        twin("sums alone", |case: &Case| case.compare(false, true))
            .because("a sum may point out of its cell, and the greatest value lie at its edge"),
    ],
    well_formed: |case| {
        case.data.check().map_err(|error| error.to_string())?;
        require!(case.data.dimension() == 2, "there are two inputs")?;
        require!(case.data.points.len() <= 8, "at most 8 points, since all subsets are listed")
    },
};

/// Data.
#[derive(Debug, Serialize, Deserialize)]
pub struct Case {
    data: Scattered,
}

impl Case {
    fn has_one_dependency(&self) -> bool {
        self.data.points.len() == self.data.affine_rank() + 1
    }

    /// The first dependency of the rows `[x 1]`.
    fn dependency(&self) -> Result<Vec<Rational>, Undecided> {
        let row = |x: &Vec<Rational>| x.iter().cloned().chain([Rational::ONE]).collect();
        let rows = Matrix::from_rows(self.data.points.iter().map(row).collect()).transpose();
        rows.null_space().into_iter().next().ok_or(Undecided("the points are independent"))
    }

    /// The quotient, beside the square of the least cost: a narrow enclosure is known of it, and
    /// the number in it that is nearest to the quotient is compared.
    fn compare(&self, with_normals: bool, with_sums: bool) -> Conclusion {
        let quotient = self.quotient(with_normals, with_sums)?;
        let fit = self.data.least(Norm::L2, Skip::Free);
        let value = fit.ok_or(Undecided("no network was found"))?.value;
        if value.width() > Rational::new(1, 1_000_000_000) {
            return Err(Undecided("the enclosure of the cost is wide"));
        }
        let nearest = quotient.clone().max(value.lo().pow(2)).min(value.hi().pow(2));
        equal("square of the least cost", nearest, quotient)
    }

    fn quotient(&self, with_normals: bool, with_sums: bool) -> Result<Rational, Undecided> {
        let (z, points) = (self.dependency()?, &self.data.points);
        let away = |i: usize, j: usize| [0, 1].map(|k| &points[i][k] - &points[j][k]);
        let n = points.len();
        let mut most = Rational::ZERO;
        for j in 0..n {
            let normals = (0..n).filter(|_| with_normals).map(|i| away(i, j)).map(|[x, y]| [y, -x]);
            let sums = (0..1usize << n).filter(|_| with_sums).map(|subset| {
                let terms = (0..n).filter(|i| subset >> i & 1 == 1).map(|i| (&z[i], away(i, j)));
                terms.fold([Rational::ZERO, Rational::ZERO], |[x, y], (z, [a, b])| {
                    [x + z * a, y + z * b]
                })
            });
            for u in normals.chain(sums).filter(|u| u.iter().any(|x| !x.is_zero())) {
                for t in points.iter().map(|x| dot(&u, x)) {
                    let terms = points.iter().zip(&z);
                    let terms = terms.map(|(x, z)| (dot(&u, x) - &t).max(Rational::ZERO) * z);
                    most = most.max(terms.sum::<Rational>().pow(2) / dot(&u, &u));
                }
            }
        }
        let worth = dot(&z, &self.data.values).pow(2);
        if most.is_zero() {
            Err(Undecided("no unit sees the dependency"))
        } else {
            Ok(worth / most)
        }
    }
}

fn data(n: usize, side: i64) -> BoxedStrategy<Case> {
    scattered(2, n..=n, side).prop_map(|data| Case { data }).boxed()
}

fn cases(n: usize, side: i64) -> Cases<Case> {
    data(n, side).cases()
}
