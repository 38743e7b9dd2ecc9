//! The weighting that the kernel likes least makes a field with a margin of its square.

use crate::catalogue::prelude::*;
use crate::kernel::{Points, first_layer};

pub(super) static CLAIM: Claim<Case> = Claim {
    card: theorem!("width/weighted_field_margin", STEP_BY_STEP)
        .derived_from("JiTelgarsky2020", "the margins γ₁ and γ₂: γ₂² ≤ γ₁")
        .as_printed("from memory, for the two margins; the field that has it is ours"),
    statement: "q minimises (q y) · H (q y) over q ≥ 0, Σ q_i = 1  ⟹  the field \
                v(w) = Σ q_i y_i x_i 1[⟨w, x_i⟩ > 0] has |v| ≤ 1 and margin(v) ≥ (q y) · H (q y)",
    cases: || {
        cases(4, 2)
            .with("up to 6 inputs, 4 dimensions", 8, cases(6, 4))
            .with("up to 8 inputs, 6 dimensions", 64, cases(8, 6))
            .with("10 inputs, 8 dimensions", 1024, cases(10, 8))
    },
    hypotheses: &[],
    conclusion: |case| {
        let q = case.best().ok_or(Undecided("no weighting meets the conditions of a minimum"))?;
        let longest = case.fields(&q).into_iter().map(|v| case.inputs().product(&v, &v)).max();
        match longest.filter(|longest| *longest > Rational::ONE) {
            Some(longest) => at_most("squared length of the field", longest, 1),
            None => at_least("margin of the field", case.margin(&q), case.energy(&q)),
        }
    },
    twins: &[
        twin("equal weights", |case: &Case| {
            let n = case.corners.len();
            let q = vec![Rational::from(n).recip(); n];
            at_least("margin of the field", case.margin(&q), case.energy(&q))
        })
        .because("the least of several numbers is below their mean unless they agree"),
        twin("the margin of the kernel without the square", |case: &Case| {
            let q = case.best().ok_or(Undecided("no weighting meets the conditions"))?;
            let margin = case.margin(&q).max(Rational::ZERO);
            at_least("squared margin of the field", margin.pow(2), case.energy(&q))
        })
        .because("a single input has 1/4 and 1/2"),
        twin("a singular kernel has no margin", |case: &Case| {
            if !case.kernel().determinant().is_zero() {
                return Err(Undecided("the kernel is regular"));
            }
            let q = case.best().ok_or(Undecided("no weighting meets the conditions"))?;
            equal("squared margin of the kernel", case.energy(&q), 0)
        })
        .because("on a hexagon with two neighbours against four it is positive")
        .drawing(|| Cases::listed((0..1 << 6).map(on_all_corners))),
    ],
    well_formed: |case| {
        let (d, n) = (case.dimension, case.corners.len());
        let is_space = (1..=8).contains(&d) && !(case.hexagon && d != 2);
        require!(is_space, "{d} dimensions; there must be 1 to 8, and 2 for a hexagon")?;
        require!(
            (1..=10).contains(&n) && case.positive.len() == n,
            "1 to 10 inputs, a label each"
        )?;
        let count = if case.hexagon { 6 } else { 2 * d };
        require!(case.corners.iter().all(|&k| k < count), "corners are numbered below {count}")
    },
};

/// Inputs among the vertices of a hexagon or the points `e_1, .., e_d, -e_1, .., -e_d`, and labels.
#[derive(Debug, Serialize, Deserialize)]
pub struct Case {
    hexagon: bool,
    dimension: usize,
    corners: Vec<usize>,
    positive: Vec<bool>,
}

impl Case {
    fn inputs(&self) -> Points {
        if self.hexagon {
            return Points::hexagon(&self.corners);
        }
        let corner = |&k: &usize| {
            let mut x = vec![Rational::ZERO; self.dimension];
            x[k % self.dimension] = numbers::sign(k < self.dimension);
            x
        };
        Points::plain(self.corners.iter().map(corner).collect())
    }

    /// One direction of units for each set of gates, all of them equally likely.
    fn units(&self) -> Vec<Vec<Rational>> {
        if self.hexagon {
            return Points::hexagon(&[0, 1, 2, 3, 4, 5]).points;
        }
        let sign = |k: usize, i: usize| numbers::sign(k >> i & 1 == 0);
        let unit = |k: usize| (0..self.dimension).map(|i| sign(k, i)).collect();
        (0..1 << self.dimension).map(unit).collect()
    }

    fn label(&self, i: usize) -> Rational {
        numbers::sign(self.positive[i])
    }

    fn kernel(&self) -> Matrix {
        first_layer(&self.inputs(), 0).exact().expect("multiples of 60 or 90 degrees")
    }

    /// The kernel with the labels of its inputs.
    fn signed(&self) -> Matrix {
        let (kernel, n) = (self.kernel(), self.corners.len());
        let row = |i: usize| {
            let entry = |j: usize| self.label(i) * self.label(j) * &kernel.row(i)[j];
            (0..n).map(entry).collect()
        };
        Matrix::from_rows((0..n).map(row).collect())
    }

    /// A weighting that minimises the form: the least of those that do so for their inputs alone.
    fn best(&self) -> Option<Vec<Rational>> {
        let (form, n) = (self.signed(), self.corners.len());
        let candidates = (1usize..1 << n).filter_map(|set| {
            let chosen: Vec<_> = (0..n).filter(|i| set >> i & 1 == 1).collect();
            let row = |&i: &usize| {
                let entries = chosen.iter().map(|&j| form.row(i)[j].clone());
                entries.chain([Rational::ONE]).collect::<Vec<_>>()
            };
            let last = vec![Rational::ONE; chosen.len()].into_iter().chain([Rational::ZERO]);
            let rows = chosen.iter().map(row).chain([last.collect()]).collect();
            let mut wanted = vec![Rational::ZERO; chosen.len() + 1];
            wanted[chosen.len()] = Rational::ONE;
            let solution = Matrix::from_rows(rows).solve(&wanted)?;
            let mut q = vec![Rational::ZERO; n];
            chosen.iter().zip(&solution).for_each(|(&i, t)| q[i] = t.clone());
            (!q.iter().any(Rational::is_negative)).then_some(q)
        });
        candidates.min_by_key(|q| dot(q, &form.apply(q)))
    }

    fn energy(&self, q: &[Rational]) -> Rational {
        dot(q, &self.signed().apply(q))
    }

    /// The inputs that a unit of this direction sees.
    fn open(inputs: &Points, unit: &[Rational]) -> Vec<usize> {
        let is_open = |i: &usize| inputs.product(unit, &inputs.points[*i]).is_positive();
        (0..inputs.len()).filter(is_open).collect()
    }

    /// The field of these weights, direction by direction.
    fn fields(&self, q: &[Rational]) -> Vec<Vec<Rational>> {
        let inputs = self.inputs();
        let field = |unit: &Vec<Rational>| {
            let mut field = vec![Rational::ZERO; inputs.dimension()];
            for i in Self::open(&inputs, unit) {
                let weight = &q[i] * self.label(i);
                field.iter_mut().zip(&inputs.points[i]).for_each(|(v, t)| *v += t * &weight);
            }
            field
        };
        self.units().iter().map(field).collect()
    }

    /// The least margin of the field of these weights, gate by gate.
    fn margin(&self, q: &[Rational]) -> Rational {
        let (inputs, units) = (self.inputs(), self.units());
        let mut sums = vec![Rational::ZERO; inputs.len()];
        for (unit, field) in units.iter().zip(self.fields(q)) {
            for i in Self::open(&inputs, unit) {
                sums[i] += self.label(i) * inputs.product(&field, &inputs.points[i]);
            }
        }
        let least = sums.into_iter().min().expect("there is an input");
        least / Rational::from(units.len())
    }
}

/// So many inputs at most, in up to so many dimensions; repetitions and opposites are common.
fn cases(inputs: usize, dimensions: usize) -> impl Strategy<Value = Case> {
    let spaces = prop_oneof![Just((true, 2)), (1..=dimensions).prop_map(|d| (false, d))];
    (spaces, 1..=inputs)
        .prop_flat_map(|((hexagon, d), n)| {
            let count = if hexagon { 6 } else { 2 * d };
            (Just((hexagon, d)), vec(0..count, n), vec(any::<bool>(), n))
        })
        .prop_map(|(s, corners, positive)| Case { hexagon: s.0, dimension: s.1, corners, positive })
}

/// All vertices of a hexagon, with the labels of these bits.
fn on_all_corners(labels: usize) -> Case {
    let positive = (0..6).map(|i| labels >> i & 1 == 1).collect();
    Case { hexagon: true, dimension: 2, corners: (0..6).collect(), positive }
}
