//! Two linear layers with decay cost twice the nuclear norm of their product.

use crate::catalogue::prelude::*;

pub(super) static CLAIM: Claim<Case> = Claim {
    card: theorem!("sparsity/bottleneck_nuclear_norm", AGAINST_ITS_NOTE)
        .derived_from("ParhiNowak2022", "abstract: weight matrices of low rank"),
    statement: "W = B A, ‖Y‖ ≤ 1  ⟹  |A|² + |B|² ≥ 2 ⟨Y, W⟩",
    cases: || {
        cases(1, 3).with("entries up to 1000", 16, factors(2, 1..=3, [1, 1000])).with(
            "6 inputs and outputs, 40 units",
            64,
            factors(6, 40..=40, [1, 3]),
        )
    },
    hypotheses: &[given("contraction", |case: &Case| {
        case.stretch.iter().all(|d| d.abs() <= Rational::ONE)
    })
    .needed("a pairing with a longer matrix is no bound", || cases(3, 3))],
    conclusion: |case| case.compare(2),
    twins: &[
        twin("three times the pairing", |case: &Case| case.compare(3)).because("two is attained"),
        twin("the sum of the entries", |case: &Case| {
            let w = case.product();
            let entries = (0..w.rows()).flat_map(|i| w.row(i)).map(Rational::abs);
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
        let [a, b, d] = [case.first.len(), case.second.len(), case.stretch.len()];
        require!(a == b && (1..=64).contains(&a), "1 to 64 units in both, found {a} and {b}")?;
        require!((2..=8).contains(&d), "{d} stretches; the matrix has 2 to 8 rows")?;
        let turns = case.turns.len();
        require!(turns == 2 * (d - 1), "{turns} turns, expected {}", 2 * (d - 1))?;
        let is_even = case.first.iter().chain(&case.second).all(|unit| unit.len() == d);
        require!(is_even, "a unit has {d} weights in either factor")
    },
};

/// Two factors of a matrix `[d, d]`, and a matrix `U diag(stretch) V` of two rotations, each of
/// which is made of turns of two coordinates that follow each other.
#[derive(Debug, Serialize, Deserialize)]
pub struct Case {
    /// `A`, a row for each unit of the bottleneck.
    first: Vec<Vec<Rational>>,
    /// The transpose of `B`, a row for each unit.
    second: Vec<Vec<Rational>>,
    /// Half-angle tangents of the turns of the two rotations, `d - 1` of each.
    turns: Vec<Rational>,
    stretch: Vec<Rational>,
}

/// The product of the turns of coordinates 1 and 2, 2 and 3, and so on, each given by the tangent
/// of half its angle.
fn rotation(tangents: &[Rational]) -> Matrix {
    let one = Matrix::identity(tangents.len() + 1);
    tangents.iter().enumerate().fold(one.clone(), |product, (k, h)| {
        let length = Rational::ONE + h.pow(2);
        let (cos, sin) = ((Rational::ONE - h.pow(2)) / &length, Rational::integer(2) * h / length);
        let mut turn = one.clone();
        (turn[(k, k)], turn[(k, k + 1)]) = (cos.clone(), -&sin);
        (turn[(k + 1, k)], turn[(k + 1, k + 1)]) = (sin, cos);
        product.product(&turn)
    })
}

/// The two rotations of these turns.
fn rotations(turns: &[Rational]) -> [Matrix; 2] {
    let (left, right) = turns.split_at(turns.len() / 2);
    [left, right].map(rotation)
}

impl Case {
    fn decay(&self) -> Rational {
        self.first.iter().chain(&self.second).flatten().map(|x| x * x).sum()
    }

    fn product(&self) -> Matrix {
        let rows = |units: &[Vec<Rational>]| Matrix::from_rows(units.to_vec());
        rows(&self.second).transpose().product(&rows(&self.first))
    }

    fn compare(&self, times: i64) -> Conclusion {
        let mut middle = Matrix::identity(self.stretch.len());
        self.stretch.iter().enumerate().for_each(|(i, x)| middle[(i, i)] = x.clone());
        let [left, right] = rotations(&self.turns);
        let (y, w) = (left.product(&middle).product(&right), self.product());
        let pairing: Rational = (0..y.rows()).map(|i| dot(y.row(i), w.row(i))).sum();
        at_least("|A|² + |B|²", self.decay(), Rational::integer(times) * pairing)
    }
}

fn cases(most: i64, size: i64) -> Cases<Case> {
    factors(2, 1..=3, [most, size]).cases()
}

/// So many units between `d` inputs and outputs. One case in two has `B^T = A` turned, the best
/// factors of `Y Aᵀ A`.
fn factors(d: usize, units: Span, [most, size]: [i64; 2]) -> impl Strategy<Value = Case> {
    let entry = move || numbers::fraction(4 * size, 4);
    let rows = move || vec(vec(entry(), d), units.clone());
    let turn = || {
        select(vec![(0, 1), (1, 2), (-1, 2), (1, 3), (1, 1)]).prop_map(|(p, q)| Rational::new(p, q))
    };
    let stretch = (-2 * most..=2 * most).prop_map(|p| Rational::new(p, 2));
    (rows(), rows(), vec(turn(), 2 * (d - 1)), vec(stretch, d), any::<bool>()).prop_map(
        move |(first, mut second, turns, stretch, is_best)| {
            let mut stretch = stretch;
            if is_best {
                let [left, right] = rotations(&turns);
                let turn = left.product(&right);
                second = first.iter().map(|row| turn.apply(row)).collect();
                let is_short = |x: &&mut Rational| x.abs() <= Rational::ONE;
                stretch.iter_mut().filter(is_short).for_each(|x| *x = Rational::ONE);
            }
            second.resize(first.len(), vec![Rational::ZERO; d]);
            Case { first, second, turns, stretch }
        },
    )
}
