//! The second moment of stochastic gradient descent on a quadratic obeys an exact recursion.

use crate::catalogue::prelude::*;
use crate::train::{mean, second_moment::moments};

pub(super) static CLAIM: Claim<Case> = Claim {
    card: theorem!("landscape/second_moment", AGAINST_ITS_NOTE)
        .derived_from("RobbinsMonro1951", "the quadratic case, exactly"),
    statement: "x ↦ x - η (A x + ξ), ξ of mean 0 and covariance C, independent of the past  ⟹  \
                E x xᵀ ↦ (I - ηA) E x xᵀ (I - ηA)ᵀ + η² C; here |x|² averaged over all ways",
    cases: || {
        drawn(1..=1, 1..=3, 2, true)
            .with("several dimensions", 4, drawn(2..=3, 1..=4, 3, true))
            .with("eight steps", 16, drawn(1..=2, 8..=8, 2, true))
    },
    hypotheses: &[given("noise of mean zero", |case: &Case| {
        case.sum().iter().all(Rational::is_zero)
    })
    .needed("a mean that is not zero moves the point that is approached", || {
        drawn(1..=2, 1..=3, 2, false).cases()
    })],
    conclusion: |case| case.compare(&case.steps, |case| case.ways()),
    twins: &[
        twin("the same noise in every step", |case: &Case| {
            case.compare(&case.steps, |case| {
                (0..case.noise.len()).map(|atom| vec![atom; case.steps.len()]).collect()
            })
        })
        .because("noise that remembers does not average out"),
        twin("a step less", |case: &Case| {
            let (_, steps) = case.steps.split_last().ok_or(Undecided("there is no step"))?;
            case.compare(steps, |case| case.ways())
        })
        .because("a step moves x and adds its noise"),
        twin("no noise", |case: &Case| {
            let silent = Matrix::zero(case.start.len(), case.start.len());
            let found = case.average(case.ways());
            equal("mean square", found, case.by_recursion(&silent, &case.steps))
        })
        .because("the square of the noise has no mean of zero"),
    ],
    well_formed: |case| {
        let d = case.start.len();
        let rows = case.curvature.iter().chain(&case.noise);
        require!(
            (1..=4).contains(&d) && rows.clone().all(|row| row.len() == d),
            "vectors have one length, from 1 to 4"
        )?;
        require!(case.curvature.len() == d, "the curvature is a square matrix")?;
        let (atoms, steps) = (case.noise.len(), case.steps.len());
        require!(
            (1..=4).contains(&atoms) && steps <= 8 && atoms.pow(steps as u32) <= 4096,
            "1 to 4 atoms of noise, and 4096 ways at most"
        )
    },
};

/// `A`, where `x` starts, what the noise may be, each equally likely, and the steps.
#[derive(Debug, Serialize, Deserialize)]
pub struct Case {
    start: Vec<Rational>,
    steps: Vec<Rational>,
    curvature: Vec<Vec<Rational>>,
    noise: Vec<Vec<Rational>>,
}

impl Case {
    /// The sum of the atoms of noise.
    fn sum(&self) -> Vec<Rational> {
        (0..self.start.len()).map(|j| self.noise.iter().map(|v| &v[j]).sum()).collect()
    }

    /// Which noise comes when, for every way.
    fn ways(&self) -> Vec<Vec<usize>> {
        self.steps.iter().fold(vec![Vec::new()], |ways, _| {
            let longer = ways.iter().flat_map(|way| {
                (0..self.noise.len()).map(move |atom| [&way[..], &[atom]].concat())
            });
            longer.collect()
        })
    }

    /// The mean of `|x|²` over these ways.
    fn average(&self, ways: Vec<Vec<usize>>) -> Rational {
        let curvature = Matrix::from_rows(self.curvature.clone());
        let last = |way: Vec<usize>| {
            let steps = self.steps.iter().zip(&way);
            let x = steps.fold(self.start.clone(), |x, (eta, &atom)| {
                let slope = curvature.apply(&x).into_iter().zip(&self.noise[atom]);
                x.iter().zip(slope).map(|(x, (slope, noise))| x - eta * (slope + noise)).collect()
            });
            dot(&x, &x)
        };
        mean(ways.into_iter().map(last))
    }

    fn by_recursion(&self, covariance: &Matrix, steps: &[Rational]) -> Rational {
        let start = outer(&self.start);
        let moment = moments(start, &Matrix::from_rows(self.curvature.clone()), covariance, steps);
        (0..moment.rows()).map(|i| moment[(i, i)].clone()).sum()
    }

    fn compare(&self, steps: &[Rational], ways: fn(&Self) -> Vec<Vec<usize>>) -> Conclusion {
        let d = self.start.len();
        let mut covariance = Matrix::zero(d, d);
        for atom in self.noise.iter().map(|atom| outer(atom)) {
            for i in 0..d {
                let count = Rational::from(self.noise.len());
                (0..d).for_each(|j| covariance[(i, j)] += &atom[(i, j)] / &count);
            }
        }
        let count = Rational::from(self.noise.len());
        let centre: Vec<_> = self.sum().iter().map(|x| x / &count).collect();
        for i in 0..d {
            (0..d).for_each(|j| covariance[(i, j)] -= &centre[i] * &centre[j]);
        }
        equal("mean square", self.average(ways(self)), self.by_recursion(&covariance, steps))
    }
}

fn outer(x: &[Rational]) -> Matrix {
    Matrix::from_rows(x.iter().map(|a| x.iter().map(|b| a * b).collect()).collect())
}

/// Matrices, symmetric three times in four, and noise the sum of whose atoms is zero if it is fair.
fn drawn(d: Span, steps: Span, most: i64, is_fair: bool) -> BoxedStrategy<Case> {
    (d, steps)
        .prop_flat_map(move |(d, steps)| {
            let row = || numbers::integers(d, most);
            let atoms = if steps > 4 { 2..=2_usize } else { 2..=3 };
            (row(), vec(numbers::eighth(8), steps), vec(row(), d), vec(row(), atoms), 0..4_usize)
        })
        .prop_map(move |(start, steps, mut curvature, mut noise, kind)| {
            let size = if kind < 3 { start.len() } else { 0 };
            let pairs = (0..size).flat_map(|i| (0..i).map(move |j| (i, j)));
            pairs.for_each(|(i, j)| curvature[i][j] = curvature[j][i].clone());
            let mut case = Case { start, steps, curvature, noise: Vec::new() };
            noise.pop();
            case.noise = noise;
            let balance =
                case.sum().into_iter().map(|x| if is_fair { -x } else { x + Rational::ONE });
            let balance = balance.collect();
            case.noise.push(balance);
            case
        })
        .boxed()
}
