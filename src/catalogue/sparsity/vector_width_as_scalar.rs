//! N - rank [X 1] units are not enough for several outputs.

use crate::catalogue::prelude::*;

pub(super) static CLAIM: Claim<Case> = Claim {
    card: refuted!("sparsity/vector_width_as_scalar")
        .derived_from("Shenouda2024", "the bound of one output, taken over to several"),
    statement: "two inputs with the l1 norm, N samples, the only network of least Σ |v| ‖w‖ with \
                its values  ⟹  it has at most N - rank [X 1] units",
    cases: || Cases::listed(found()),
    hypotheses: &[
        given("least, by its dual", Case::is_least),
        given("the only one", Case::is_alone),
    ],
    conclusion: |case| at_most("units", case.units.len(), case.points.len() - case.rank()),
    twins: &[],
    well_formed: |case| {
        let outputs = case.dual.first().map(Vec::len);
        let is_table = outputs.is_some_and(|o| o > 0)
            && case.dual.len() == case.points.len()
            && case.dual.iter().all(|row| Some(row.len()) == outputs);
        require!(is_table, "the dual is expected to have one row a sample")?;
        let is_network = case.units.len() == case.scales.len();
        require!(is_network, "one scale a unit is expected")
    },
};

/// A unit: the weights of two inputs, and the threshold.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Unit {
    weights: [Rational; 2],
    threshold: Rational,
}

/// Samples, the units of a network, and a dual matrix. Unit `k` has the outgoing weights
/// `scale_k Zᵀ φ_k`, where `φ_k` are its values at the samples.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Case {
    points: Vec<[Rational; 2]>,
    units: Vec<Unit>,
    scales: Vec<Rational>,
    /// `Z`: a row a sample, a number an output.
    dual: Vec<Vec<Rational>>,
}

impl Unit {
    fn norm(&self) -> Rational {
        self.weights.iter().map(Rational::abs).sum()
    }

    fn values(&self, points: &[[Rational; 2]]) -> Vec<Rational> {
        let value = |x: &[Rational; 2]| (dot(&self.weights, x) - &self.threshold).max(0.into());
        points.iter().map(value).collect()
    }
}

impl Case {
    fn rank(&self) -> usize {
        Matrix::from_rows(self.free()).rank()
    }

    /// The rows of `[X 1]`.
    fn free(&self) -> Vec<Vec<Rational>> {
        self.points.iter().map(|x| vec![x[0].clone(), x[1].clone(), 1.into()]).collect()
    }

    /// `Zᵀ φ`.
    fn pairing(&self, values: &[Rational]) -> Vec<Rational> {
        Matrix::from_rows(self.dual.clone()).transpose().apply(values)
    }

    /// Units of norm 1 among which `|Zᵀ φ|` is greatest: weights along an axis or across two
    /// samples, thresholds at samples. Those whose values are the same count once.
    fn dictionary(&self) -> Vec<Unit> {
        let axes = [[Rational::ONE, Rational::ZERO], [Rational::ZERO, Rational::ONE]];
        let across = self
            .points
            .iter()
            .flat_map(|x| self.points.iter().map(move |y| [&y[1] - &x[1], &x[0] - &y[0]]));
        let mut units = Vec::new();
        for weights in axes.into_iter().chain(across) {
            let norm: Rational = weights.iter().map(Rational::abs).sum();
            if norm.is_zero() {
                continue;
            }
            for sign in [norm.recip(), -norm.recip()] {
                let weights = [&weights[0] * &sign, &weights[1] * &sign];
                let at = |x: &[Rational; 2]| dot(&weights, x);
                units.extend(
                    self.points.iter().map(|x| Unit { weights: weights.clone(), threshold: at(x) }),
                );
            }
        }
        units
    }

    fn length(&self, unit: &Unit) -> Rational {
        let pairing = self.pairing(&unit.values(&self.points));
        dot(&pairing, &pairing)
    }

    /// `Z` is orthogonal to `[X 1]`, no unit of norm 1 pairs to more than 1, those of the network
    /// have norm 1 and pair to 1, and their scales are positive.
    fn is_least(&self) -> bool {
        let free = Matrix::from_rows(self.free()).transpose();
        let product = free.product(&Matrix::from_rows(self.dual.clone()));
        let is_orthogonal = product == Matrix::zero(product.rows(), product.cols());
        let one = Rational::ONE;
        let is_dual = self.dictionary().iter().all(|unit| self.length(unit) <= one);
        let is_tight = self.units.iter().all(|u| u.norm() == one && self.length(u) == one);
        is_orthogonal && is_dual && is_tight && self.scales.iter().all(Rational::is_positive)
    }

    /// The matrices `φ φᵀ Z` of all units that pair to 1 are independent, those that are equal
    /// counted once: every network as good has a unit for each of them. The network uses every one,
    /// and no other.
    fn is_alone(&self) -> bool {
        let matrix = |unit: &Unit| -> Vec<Rational> {
            // Modulo the skip, φ is what Z sees of it.
            let pairing = self.pairing(&unit.values(&self.points));
            let pairs = pairing.iter().flat_map(|x| pairing.iter().map(move |y| x * y));
            pairs.collect()
        };
        let mut tight: Vec<_> = self
            .dictionary()
            .iter()
            .filter(|unit| self.length(unit) == Rational::ONE)
            .map(matrix)
            .collect();
        tight.sort();
        tight.dedup();
        let mut used: Vec<_> = self.units.iter().map(matrix).collect();
        used.sort();
        Matrix::from_rows(tight.clone()).rank() == tight.len() && used == tight
    }
}

/// Five samples and three units, for several scales.
fn found() -> Vec<Case> {
    let whole = Rational::integer;
    let points = [[-1, 1], [1, 0], [1, -1], [1, 2], [-1, 2]];
    let unit = |weights: [(i64, i64); 2], (p, q): (i64, i64)| Unit {
        weights: weights.map(|(p, q)| Rational::new(p, q)),
        threshold: Rational::new(p, q),
    };
    let units = vec![
        unit([(0, 1), (1, 1)], (0, 1)),
        unit([(-1, 2), (-1, 2)], (-1, 2)),
        unit([(1, 3), (-2, 3)], (-1, 1)),
    ];
    // The null space of [X 1] times a factor of (1, -21/16; -21/16, 9/4) in five columns.
    let space = [[0, -1], [-3, -1], [2, 1], [1, 0], [0, 1]];
    let factor = [[16, 0, 0, 0, 0], [-21, 11, 3, 2, 1]];
    let entry =
        |row: &[i64; 2], j: usize| Rational::new(row[0] * factor[0][j] + row[1] * factor[1][j], 16);
    let dual: Vec<Vec<_>> =
        space.iter().map(|row| (0..5).map(|j| entry(row, j)).collect()).collect();
    let scales = [[1, 1, 1], [3, 1, 2], [1, 100, 7]];
    let case = |scales: [i64; 3]| Case {
        points: points.map(|x| x.map(whole)).to_vec(),
        units: units.clone(),
        scales: scales.map(whole).to_vec(),
        dual: dual.clone(),
    };
    scales.map(case).to_vec()
}
