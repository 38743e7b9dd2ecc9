#![doc = include_str!("../../../proofs/sparsity/scalar_width_for_vectors.md")]

use crate::claim::prelude::*;
use crate::exact::linear::{Matrix, dot};
use crate::generators::ridges::{Scattered, scattered};

pub(super) static CLAIM: Claim<Case> = Claim {
    card: refuted!("sparsity/scalar_width_for_vectors")
        .derived_from("ParhiNowak2021", "the representer theorem, which is about one output"),
    statement: "several outputs, cost Σ |vₖ|₂ |wₖ|₁, two inputs: N - rank [X 1] units are enough \
                for least cost. Checked on planted optima: v = Zᵀφ at the units where the dual \
                function |Zᵀφ| equals the norm",
    cases: || {
        let planted = |n: usize| scattered(2, n..=n, 4).prop_map(Case::planted);
        prop_oneof![1 => Just(Case::stated()), 3 => planted(5)].cases().with("6 points", 16, planted(6))
    },
    hypotheses: &[Hypothesis::new("dual function within the norm", Case::is_dual)],
    conclusion: |case| {
        Finding::at_most("units", case.units()?, case.points.len() - case.affine_rank())
    },
    twins: &[],
};

/// Points of the plane, and the matrix `Q = Z Zᵀ` in the basis of the affine dependencies that
/// elimination finds: the dual function of a unit with features φ is the root of `φᵀ Q φ`.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Case {
    points: Vec<Vec<Rational>>,
    gram: Vec<Vec<Rational>>,
}

impl claim::Case for Case {
    fn well_formed(&self) -> Result<(), String> {
        let data = Scattered {
            points: self.points.clone(),
            values: vec![Rational::ZERO; self.points.len()],
        };
        data.check().map_err(|error| error.to_string())?;
        require!(data.dimension() == 2, "there are two inputs")?;
        let r = self.dependencies().len();
        let fits = self.gram.len() == r && self.gram.iter().all(|row| row.len() == r);
        require!(fits, "Q has a row and a column for each of the {r} dependencies")?;
        let q = |i: usize, j: usize| &self.gram[i][j];
        let symmetric = (0..r).all(|i| (0..i).all(|j| q(i, j) == q(j, i)));
        require!(symmetric, "Q is symmetric")?;
        let minors = (1..=r).map(|k| {
            let rows = (0..k).map(|i| self.gram[i][..k].to_vec()).collect();
            Matrix::from_rows(rows).determinant()
        });
        require!(minors.into_iter().all(|m| m.is_positive()), "Q is positive definite")
    }
}

impl Case {
    /// The five points of the note.
    fn stated() -> Self {
        let points = [[-1, 1], [1, 0], [1, -1], [1, 2], [-1, 2]];
        Self::planted(Scattered {
            points: points.map(|x| x.map(Rational::integer).to_vec()).to_vec(),
            values: vec![Rational::ZERO; 5],
        })
    }

    /// With two dependencies, the first ellipse through three features that holds the others;
    /// otherwise, and if there is none, the least ball around zero.
    fn planted(data: Scattered) -> Self {
        let points = data.points;
        let mut case = Self { points, gram: Vec::new() };
        let (r, features) = (case.dependencies().len(), case.features());
        if r == 2 {
            for (i, a) in features.iter().enumerate() {
                for (j, b) in features[..i].iter().enumerate() {
                    for c in &features[..j] {
                        if let Some(gram) = ellipse([a, b, c]) {
                            case.gram = gram;
                            if case.is_dual() {
                                return case;
                            }
                        }
                    }
                }
            }
        }
        let most = features.iter().map(|p| dot(p, p)).fold(Rational::ZERO, Rational::max);
        let scale = if most.is_zero() { Rational::ONE } else { most.recip() };
        let entry = |i: usize, j: usize| if i == j { scale.clone() } else { Rational::ZERO };
        case.gram = (0..r).map(|i| (0..r).map(|j| entry(i, j)).collect()).collect();
        case
    }

    fn affine_rows(&self) -> Matrix {
        let row = |x: &Vec<Rational>| x.iter().cloned().chain([Rational::ONE]).collect();
        Matrix::from_rows(self.points.iter().map(row).collect())
    }

    fn affine_rank(&self) -> usize {
        self.affine_rows().rank()
    }

    fn dependencies(&self) -> Vec<Vec<Rational>> {
        self.affine_rows().transpose().null_space()
    }

    /// What the dependencies see of each critical unit of norm 1, each once and up to sign.
    fn features(&self) -> Vec<Vec<Rational>> {
        let (points, dependencies) = (&self.points, self.dependencies());
        let pairs = points.iter().flat_map(|x| points.iter().map(move |y| (x, y)));
        let normals = pairs.map(|(x, y)| vec![&y[1] - &x[1], &x[0] - &y[0]]);
        let axes = [[1, 0], [0, 1]].map(|u| u.map(Rational::integer).to_vec());
        let mut found = Vec::new();
        for u in axes.into_iter().chain(normals).filter(|u| u.iter().any(|u| !u.is_zero())) {
            let norm = u[0].abs() + u[1].abs();
            for t in points.iter().map(|x| dot(&u, x)) {
                let phi: Vec<_> =
                    points.iter().map(|x| (dot(&u, x) - &t).max(Rational::ZERO) / &norm).collect();
                let seen: Vec<Rational> = dependencies.iter().map(|z| dot(z, &phi)).collect();
                let Some(lead) = seen.iter().find(|x| !x.is_zero()) else { continue };
                let sign = Rational::integer(i64::from(lead.signum()));
                found.push(seen.iter().map(|x| x * &sign).collect());
            }
        }
        found.sort();
        found.dedup();
        found
    }

    fn square(&self, p: &[Rational]) -> Rational {
        self.gram.iter().zip(p).map(|(row, x)| dot(row, p) * x).sum()
    }

    fn is_dual(&self) -> bool {
        self.features().iter().all(|p| self.square(p) <= Rational::ONE)
    }

    /// The units where the dual function equals the norm, if their squares `p pᵀ` are independent:
    /// then the data of `Σ φ vᵀ` with `v = Zᵀφ` have no other network of least cost.
    fn units(&self) -> Result<usize, Undecided> {
        let tight = self.features().into_iter().filter(|p| self.square(p) == Rational::ONE);
        let squares: Vec<Vec<Rational>> = tight
            .map(|p| (0..p.len()).flat_map(|i| (0..=i).map(move |j| (i, j))).map(|(i, j)| &p[i] * &p[j]).collect())
            .collect();
        let count = squares.len();
        match count == 0 || Matrix::from_rows(squares).rank() == count {
            true => Ok(count),
            false => Err(Undecided("the optimum is not unique")),
        }
    }
}

/// `Q` with `pᵀ Q p = 1` at three points of the plane, if it is positive definite.
fn ellipse(points: [&Vec<Rational>; 3]) -> Option<Vec<Vec<Rational>>> {
    let two = Rational::integer(2);
    let row = |p: &Vec<Rational>| vec![&p[0] * &p[0], &p[0] * &p[1] * &two, &p[1] * &p[1]];
    let system = Matrix::from_rows(points.map(row).to_vec());
    let q = system.solve_regular(&vec![Rational::ONE; 3])?;
    let is_definite = q[0].is_positive() && (&q[0] * &q[2] - &q[1] * &q[1]).is_positive();
    let rows = || vec![vec![q[0].clone(), q[1].clone()], vec![q[1].clone(), q[2].clone()]];
    is_definite.then(rows)
}
