//! No weighting of n inputs makes the kernel smaller than its least eigenvalue over n.

use crate::catalogue::prelude::*;
use crate::generators::directions;
use crate::kernel::{Points, first_layer};

pub(super) static CLAIM: Claim<Case> = Claim {
    card: theorem!("width/margin_from_eigenvalue", STEP_BY_STEP)
        .remembered_from("JiTelgarsky2020", "γ₂ against the least eigenvalue")
        .as_printed("from memory: γ₂ ≥ √(λ_min/n)"),
    statement: "Σ |q_i| = 1  ⟹  n q · H q ≥ λ_min(H)",
    cases: || {
        cases(points(2, 4), true)
            .with("equal weights", 4, even(points(3, 6)))
            .with("opposite and equal inputs", 8, cases(directions::roots(2, 6).boxed(), true))
            .with("12 inputs, 4 dimensions", 32, cases(points(4, 14), true))
            .with("30 inputs, 8 dimensions", 1024, cases(points(8, 40), true))
    },
    hypotheses: &[given("the weights add up to one", |case: &Case| {
        case.q.iter().map(Rational::abs).sum::<Rational>() == Rational::ONE
    })
    .needed("small weights make the form small", || cases(points(2, 4), false).cases())],
    conclusion: |case| {
        at_least("n q · H q", case.energy() * case.inputs(), case.least_eigenvalue())
    },
    twins: &[
        twin("without the number of inputs", |case: &Case| {
            at_least("q · H q", case.energy(), case.least_eigenvalue())
        })
        .because("equal weights on orthogonal inputs have 1/(2n)"),
        twin("the least entry of the diagonal", |case: &Case| {
            at_least("n q · H q", case.energy() * case.inputs(), case.least_on_diagonal())
        })
        .because("an eigenvalue is below the diagonal where inputs are not orthogonal"),
    ],
    well_formed: |case| {
        case.data.check().map_err(|error| error.to_string())?;
        let n = case.data.len();
        require!(case.q.len() == n, "q must have {n} entries, as many as there are points")?;
        let is_exact = first_layer(&case.data, 0).exact().is_some();
        require!(is_exact, "an angle is no multiple of 30 or 45 degrees")
    },
};

/// Points at multiples of 30 and 45 degrees, and weights with a sign, that of the label.
#[derive(Debug, Serialize, Deserialize)]
pub struct Case {
    data: Points,
    q: Vec<Rational>,
}

impl Case {
    fn inputs(&self) -> Rational {
        Rational::from(self.data.len())
    }

    fn energy(&self) -> Rational {
        let kernel = first_layer(&self.data, 0).exact().expect("the angles have rational kernels");
        dot(&self.q, &kernel.apply(&self.q))
    }

    /// A number that the smallest eigenvalue is not below, by 24 bisections.
    fn least_eigenvalue(&self) -> Rational {
        first_layer(&self.data, 0).smallest_eigenvalue(24, 64).lo().clone()
    }

    fn least_on_diagonal(&self) -> Rational {
        let norms = (0..self.data.len()).map(|i| self.data.inner(i, i));
        norms.min().expect("there is a point") * Rational::new(1, 2)
    }
}

/// Vertices of a hexagon, or roots of up to so many dimensions, no two of them on a line.
fn points(d: usize, most: usize) -> BoxedStrategy<Points> {
    let roots = directions::roots(d, most);
    prop_oneof![directions::on_a_hexagon(3), roots].prop_map(directions::without_parallels).boxed()
}

/// Weights of sum 1, or of a sum that is smaller.
fn cases(points: BoxedStrategy<Points>, whole: bool) -> BoxedStrategy<Case> {
    (points, vec((0i64..=4, any::<bool>()), 40))
        .prop_map(move |(data, mut drawn)| {
            drawn.truncate(data.len());
            drawn[0].0 += 1;
            let sum = drawn.iter().map(|(q, _)| q).sum::<i64>();
            let parts = if whole { sum } else { 20 * sum };
            let weight = |(q, plus): (i64, bool)| Rational::new(q, parts) * numbers::sign(plus);
            Case { data, q: drawn.into_iter().map(weight).collect() }
        })
        .boxed()
}

/// Equal weights.
fn even(points: BoxedStrategy<Points>) -> BoxedStrategy<Case> {
    cases(points, true)
        .prop_map(|mut case| {
            let share = case.inputs().recip();
            let sign = |q: &Rational| numbers::sign(!q.is_negative());
            case.q = case.q.iter().map(|q| sign(q) * &share).collect();
            case
        })
        .boxed()
}
