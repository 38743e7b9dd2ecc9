//! No field of directions has a larger margin than a weighting of the inputs allows.

use crate::catalogue::prelude::*;
use crate::kernel::first_layer;

pub(super) static CLAIM: Claim<Case> = Claim {
    card: theorem!("width/margin_duality", STEP_BY_STEP)
        .remembered_from("JiTelgarsky2020", "the separation assumption and its dual")
        .as_printed("γ₁ as a maximum over fields is a minimum over weightings, with H: γ₁ ≤ γ₂"),
    statement: "|v|² ≤ s, q ≥ 0, Σ q_i = 1  ⟹  margin(v)² / s ≤ (q y) · H (q y), if margin > 0",
    cases: || {
        cases(true, 4, 2)
            .with("up to 4 dimensions", 16, cases(true, 8, 4))
            .with("6 dimensions, 64 parts", 64, cases(true, 12, 6))
            .with("8 dimensions, 256 parts", 1024, cases(true, 40, 8))
    },
    hypotheses: &[given("the weights add up to one", |case: &Case| {
        case.weights.iter().sum::<Rational>() == Rational::ONE
    })
    .needed("small weights make the bound small and the margin no smaller", || {
        cases(false, 4, 2).cases()
    })],
    conclusion: |case| at_most("squared margin", case.margin(), case.energy()),
    twins: &[
        twin("the two are equal", |case: &Case| {
            at_least("squared margin", case.margin(), case.energy())
        })
        .because("a single input has 1/4 and 1/2"),
        twin("the diagonal alone", |case: &Case| {
            at_most("squared margin", case.margin(), case.diagonal())
        })
        .because("inputs that agree help each other"),
    ],
    well_formed: |case| {
        require!(
            (2..=8).contains(&case.dimension) && !(case.hexagon && case.dimension != 2),
            "{} dimensions; there must be 2 to 8",
            case.dimension
        )?;
        let (n, parts, count) = (case.corners.len(), case.parts(), case.corners_in_all());
        let fits = n != 0 && case.positive.len() == n && case.weights.len() == n;
        require!(fits, "there must be an input, and a label and a weight for each")?;
        require!(
            case.corners.iter().all(|&k| k < count)
                && !case.weights.iter().any(Rational::is_negative),
            "corners are numbered below {count}, weights are not negative"
        )?;
        let d = case.dimension;
        let fits = case.field.len() == parts && case.field.iter().all(|v| v.len() == d);
        require!(fits, "the field has {parts} vectors of {d} coordinates")?;
        let fits = !case.field.iter().flatten().all(Rational::is_zero);
        require!(fits, "the field is zero everywhere")
    },
};

/// Inputs among the vertices of a hexagon or the points `e_1, .., e_d, -e_1, .., -e_d`, labels,
/// weights, and a field that is constant between the boundaries of the gates, one vector for each
/// part: around each vertex, or for each orthant, in the order of the Gray code of its signs.
#[derive(Debug, Serialize, Deserialize)]
pub struct Case {
    hexagon: bool,
    /// `d`, 2 where it is not said.
    #[serde(default = "plane", skip_serializing_if = "is_plane")]
    dimension: usize,
    corners: Vec<usize>,
    positive: Vec<bool>,
    weights: Vec<Rational>,
    field: Vec<Vec<Rational>>,
}

impl Case {
    fn corners_in_all(&self) -> usize {
        if self.hexagon { 6 } else { 2 * self.dimension }
    }

    fn parts(&self) -> usize {
        if self.hexagon { 6 } else { 1 << self.dimension }
    }

    fn inputs(&self) -> Points {
        if self.hexagon {
            return Points::hexagon(&self.corners);
        }
        let d = self.dimension;
        let corner = |&k: &usize| {
            let mut x = vec![Rational::ZERO; d];
            x[k % d] = numbers::sign(k < d);
            x
        };
        Points::plain(self.corners.iter().map(corner).collect())
    }

    /// Whether a unit of this part is open at an input. Around a vertex of the hexagon it is open
    /// at that one and its neighbours.
    fn is_open(&self, part: usize, corner: usize) -> bool {
        if self.hexagon {
            return matches!((part + 6 - corner) % 6, 0 | 1 | 5);
        }
        let negative = (part ^ (part >> 1)) >> (corner % self.dimension) & 1 == 1;
        negative == (corner >= self.dimension)
    }

    fn label(&self, i: usize) -> Rational {
        numbers::sign(self.positive[i])
    }

    /// The squared margin over the largest squared norm of the field; 0 without a positive margin.
    fn margin(&self) -> Rational {
        let inputs = self.inputs();
        let margin = |i: usize| {
            let open = (0..self.parts()).filter(|&part| self.is_open(part, self.corners[i]));
            let sum: Rational =
                open.map(|part| inputs.product(&self.field[part], &inputs.points[i])).sum();
            sum * self.label(i) / Rational::from(self.parts())
        };
        let least = (0..inputs.len()).map(margin).min().expect("there is an input");
        let square = self.field.iter().map(|v| inputs.product(v, v)).max();
        least.max(Rational::ZERO).pow(2) / square.expect("there are parts")
    }

    fn signed_weights(&self) -> Vec<Rational> {
        (0..self.weights.len()).map(|i| &self.weights[i] * self.label(i)).collect()
    }

    fn energy(&self) -> Rational {
        let kernel = first_layer(&self.inputs(), 0).exact().expect("multiples of 60 or 90 degrees");
        let q = self.signed_weights();
        dot(&q, &kernel.apply(&q))
    }

    fn diagonal(&self) -> Rational {
        let squares = self.weights.iter().map(|q| q * q).sum::<Rational>();
        squares / Rational::integer(2)
    }
}

const fn plane() -> usize {
    2
}

fn is_plane(dimension: &usize) -> bool {
    *dimension == 2
}

/// Fields at random, and the sum of the signed inputs that are open, which is the best guess; so
/// many inputs at most, in up to so many dimensions.
fn cases(whole: bool, inputs: usize, dimensions: usize) -> impl Strategy<Value = Case> {
    let spaces = prop_oneof![Just((true, 2)), (2..=dimensions).prop_map(|d| (false, d))];
    (spaces, 1..=inputs)
        .prop_flat_map(|((hexagon, d), n)| {
            let (parts, count) = if hexagon { (6, 6) } else { (1 << d, 2 * d) };
            let inputs = (vec(0..count, n), vec(any::<bool>(), n), vec(1i64..=4, n));
            (Just((hexagon, d)), inputs, vec(numbers::integers(d, 2), parts), any::<bool>())
        })
        .prop_map(move |((hexagon, dimension), inputs, field, guess)| {
            let (corners, positive, weights) = inputs;
            let sum = if whole { weights.iter().sum() } else { 12 };
            let weights = weights.iter().map(|&q| Rational::new(q, sum)).collect();
            let mut case = Case { hexagon, dimension, corners, positive, weights, field };
            if guess || case.field.iter().flatten().all(Rational::is_zero) {
                case.field = case.guess();
            }
            case
        })
}

impl Case {
    fn guess(&self) -> Vec<Vec<Rational>> {
        let inputs = self.inputs();
        let part = |part: usize| {
            let mut sum = vec![Rational::ZERO; self.dimension];
            for i in (0..inputs.len()).filter(|&i| self.is_open(part, self.corners[i])) {
                let label = self.label(i);
                sum.iter_mut().zip(&inputs.points[i]).for_each(|(sum, t)| *sum += t * &label);
            }
            sum
        };
        let field: Vec<_> = (0..self.parts()).map(part).collect();
        if field.iter().flatten().all(Rational::is_zero) {
            return vec![vec![Rational::ONE; self.dimension]; self.parts()];
        }
        field
    }
}
