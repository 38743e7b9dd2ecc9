//! Two linear layers with decay cost twice the nuclear norm of their product.

use crate::catalogue::prelude::*;

pub(super) static CLAIM: Claim<Case> = Claim {
    card: theorem!("sparsity/bottleneck_nuclear_norm", AGAINST_ITS_NOTE)
        .derived_from("ParhiNowak2022", "abstract: weight matrices of low rank"),
    statement: "W = B A, ‖Y‖ ≤ 1  ⟹  |A|² + |B|² ≥ 2 ⟨Y, W⟩",
    cases: || cases(1, 3).with("entries up to 1000", 16, factors(1, 1000)),
    hypotheses: &[given("contraction", |case: &Case| {
        case.stretch.iter().all(|d| d.abs() <= Rational::ONE)
    })
    .needed("a pairing with a longer matrix is no bound", || cases(3, 3))],
    conclusion: |case| case.compare(2),
    twins: &[
        twin("three times the pairing", |case: &Case| case.compare(3)).because("two is attained"),
        twin("the sum of the entries", |case: &Case| {
            let w = case.product();
            let entries = (0..2).flat_map(|i| w.row(i)).map(Rational::abs);
            let bound = Rational::integer(2) * entries.sum::<Rational>();
            at_least("|A|² + |B|²", case.decay(), bound)
        })
        .because("the least decay is the sum of the singular values, not of the entries"),
        twin("the rank", |case: &Case| {
            at_least("|A|² + |B|²", case.decay(), case.product().rank())
        })
        .because("a small matrix of full rank is cheap"),
    ],
    well_formed: |case| {
        let [a, b] = [case.first.len(), case.second.len()];
        require!(a == b && (1..=8).contains(&a), "1 to 8 units in both, found {a} and {b}")
    },
};

/// Two factors of a matrix `[2, 2]`, and a matrix `U diag(stretch) V` of two rotations.
#[derive(Debug, Serialize, Deserialize)]
pub struct Case {
    /// `A`, a row for each unit of the bottleneck.
    first: Vec<[Rational; 2]>,
    /// The transpose of `B`, a row for each unit.
    second: Vec<[Rational; 2]>,
    /// Half-angle tangents of the two rotations.
    turns: [Rational; 2],
    stretch: [Rational; 2],
}

/// The rotation with this tangent of half its angle.
fn rotation(h: &Rational) -> Matrix {
    let length = Rational::ONE + h.pow(2);
    let (cos, sin) = ((Rational::ONE - h.pow(2)) / &length, Rational::integer(2) * h / length);
    Matrix::from_rows(vec![vec![cos.clone(), -&sin], vec![sin, cos]])
}

impl Case {
    fn decay(&self) -> Rational {
        self.first.iter().chain(&self.second).flatten().map(|x| x * x).sum()
    }

    fn product(&self) -> Matrix {
        let rows = |units: &[[Rational; 2]]| {
            Matrix::from_rows(units.iter().map(|unit| unit.to_vec()).collect())
        };
        rows(&self.second).transpose().product(&rows(&self.first))
    }

    fn compare(&self, times: i64) -> Conclusion {
        let zero = Rational::ZERO;
        let [d, e] = self.stretch.clone();
        let middle = Matrix::from_rows(vec![vec![d, zero.clone()], vec![zero, e]]);
        let y = rotation(&self.turns[0]).product(&middle).product(&rotation(&self.turns[1]));
        let w = self.product();
        let pairing: Rational =
            (0..2).flat_map(|i| (0..2).map(move |j| (i, j))).map(|at| &y[at] * &w[at]).sum();
        at_least("|A|² + |B|²", self.decay(), Rational::integer(times) * pairing)
    }
}

fn cases(most: i64, size: i64) -> Cases<Case> {
    factors(most, size).cases()
}

/// One case in two has `B^T = A` turned, the best factors of `Y Aᵀ A`.
fn factors(most: i64, size: i64) -> impl Strategy<Value = Case> {
    let entry = move || numbers::fraction(4 * size, 4);
    let rows = move || vec([entry(), entry()], 1..=3);
    let turn = || {
        select(vec![(0, 1), (1, 2), (-1, 2), (1, 3), (1, 1)]).prop_map(|(p, q)| Rational::new(p, q))
    };
    let stretch = (-2 * most..=2 * most).prop_map(|p| Rational::new(p, 2));
    (rows(), rows(), [turn(), turn()], [stretch.clone(), stretch], any::<bool>()).prop_map(
        |(first, mut second, turns, stretch, is_best)| {
            let mut stretch = stretch;
            if is_best {
                let turn = rotation(&turns[0]).product(&rotation(&turns[1]));
                let image = |row: &[Rational; 2]| {
                    let y = turn.apply(row);
                    [y[0].clone(), y[1].clone()]
                };
                second = first.iter().map(image).collect();
                stretch = stretch.map(|d| if d.abs() > Rational::ONE { d } else { 1.into() });
            }
            second.resize(first.len(), [Rational::ZERO, Rational::ZERO]);
            Case { first, second, turns, stretch }
        },
    )
}
