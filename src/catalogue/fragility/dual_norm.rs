//! A linear classifier is as far from its border as its value, divided by the dual norm.

use crate::catalogue::prelude::*;
use crate::robust::{Norm, Question, exactly};

pub(super) static CLAIM: Claim<Case> = Claim {
    card: theorem!("fragility/dual_norm", AGAINST_ITS_NOTE)
        .remembered_from("Goodfellow2015", "section 3, for linf"),
    statement: "f(x) = ⟨w, x⟩ + b, w ≠ 0, all of R^d  ⟹  the distance from x to f = 0 is \
                |f(x)| / |w|*, \
                its square for l2",
    cases: || {
        drawn(1..=3, 3, 1)
            .with("fractions", 4, drawn(2..=4, 50, 7))
            .with("zeros and ones", 4, drawn(1..=6, 1, 1))
            .with("dimension 40", 16, drawn(40..=40, 9, 3))
    },
    hypotheses: &[
        given("no box", |case: &Case| case.side.is_none()).needed(
            "an entry that meets its side moves no farther, and the others move more",
            || boxed().cases(),
        ),
        given("linear", |case: &Case| case.kink.is_none())
            .needed("the gradient at the point is not that on the way", || kinked().cases()),
    ],
    conclusion: |case| equal("distance", case.distance()?, case.formula(Case::dual)?),
    twins: &[twin("the norm itself", |case: &Case| {
        equal("distance", case.distance()?, case.formula(Case::own)?)
    })
    .because("linf and l1 exchange their places: w = (1, 1) has 1/2 and 1")],
    well_formed: |case| {
        let (d, found) = (case.weights.len(), case.point.len());
        let fits = d > 0 && found == d;
        require!(fits, "{d} weights and {found} entries; equally many, one at least")?;
        require!(case.weights.iter().any(|w| !w.is_zero()), "the form is constant")?;
        let inside = |side: &Rational| case.point.iter().all(|x| x.abs() <= *side);
        require!(case.side.as_ref().is_none_or(inside), "the point is outside of the box")
    },
};

/// The form `weights . x + bias`, through a ReLU at `kink` if there is one; the point; the box
/// `[-side, side]` around 0.
#[derive(Debug, Serialize, Deserialize)]
pub struct Case {
    norm: Norm,
    weights: Vec<Rational>,
    bias: Rational,
    point: Vec<Rational>,
    #[serde(skip_serializing_if = "Option::is_none")]
    side: Option<Rational>,
    #[serde(skip_serializing_if = "Option::is_none")]
    kink: Option<Rational>,
}

impl Case {
    fn value(&self) -> Rational {
        let products = self.weights.iter().zip(&self.point).map(|(w, x)| w * x);
        products.sum::<Rational>() + &self.bias
    }

    /// The outputs `(f, 0)`; with a kink `(f + relu(f - kink), 0)`.
    fn network(&self) -> Network {
        let mut layers = Vec::new();
        let dense = |rows: usize, weights: Vec<Rational>, bias| Layer::dense(rows, weights, bias);
        match &self.kink {
            None => {
                let mut weights = self.weights.clone();
                weights.extend(vec![Rational::ZERO; self.weights.len()]);
                layers.push(dense(2, weights, vec![self.bias.clone(), Rational::ZERO]));
            }
            Some(kink) => {
                // f = relu(f) - relu(-f).
                let negated = self.weights.iter().map(|w| -w);
                let weights = self.weights.iter().cloned().chain(negated);
                let weights = weights.chain(self.weights.iter().cloned()).collect();
                let bias = vec![self.bias.clone(), -&self.bias, &self.bias - kink];
                layers.push(dense(3, weights, bias));
                layers.push(Layer::relu());
                let outer = [1, -1, 1, 0, 0, 0].map(Rational::from).to_vec();
                layers.push(dense(2, outer, vec![Rational::ZERO; 2]));
            }
        }
        Network::new(Shape::Flat(self.weights.len()), layers).expect("the layers fit")
    }

    fn distance(&self) -> Result<Rational, Undecided> {
        let network = self.network();
        let label = usize::from(!network.eval(&self.point)[0].is_positive());
        let sides = self.side.as_ref().map(|side| InputBox::cube(self.point.len(), side));
        let (point, norm) = (self.point.clone(), self.norm);
        let found = exactly(&network, Question { point, label, norm, sides });
        found.flatten().ok_or(Undecided("no other label was found"))
    }

    /// What the norm of the weights makes of the value; for l2 of its square.
    fn formula(&self, norm: fn(&Self) -> Rational) -> Result<Rational, Undecided> {
        let value = self.network().eval(&self.point)[0].abs();
        Ok(match self.norm {
            Norm::L2 => &value * &value / norm(self),
            _ => value / norm(self),
        })
    }

    fn dual(&self) -> Rational {
        let zero = vec![Rational::ZERO; self.weights.len()];
        let norm = match self.norm {
            Norm::Linf => Norm::L1,
            Norm::L1 => Norm::Linf,
            Norm::L2 => Norm::L2,
        };
        norm.distance(&self.weights, &zero)
    }

    fn own(&self) -> Rational {
        let zero = vec![Rational::ZERO; self.weights.len()];
        self.norm.distance(&self.weights, &zero)
    }
}

fn drawn(d: Span, most: i64, denominator: i64) -> BoxedStrategy<Case> {
    let number = numbers::fraction(most, denominator);
    d.prop_flat_map(move |d| {
        (select(Norm::ALL.to_vec()), vec(number.clone(), d), number.clone(), vec(number.clone(), d))
    })
    .prop_map(|(norm, mut weights, bias, point)| {
        if weights.iter().all(Rational::is_zero) {
            weights[0] = Rational::ONE;
        }
        Case { norm, weights, bias, point, side: None, kink: None }
    })
    .boxed()
}

/// In a box that reaches just beyond the point.
fn boxed() -> BoxedStrategy<Case> {
    drawn(2..=3, 3, 1)
        .prop_map(|mut case| {
            let most = case.point.iter().map(Rational::abs).fold(Rational::ZERO, Rational::max);
            case.side = Some(most + Rational::ONE);
            case
        })
        .boxed()
}

/// With a kink between the point and the border.
fn kinked() -> BoxedStrategy<Case> {
    drawn(1..=3, 3, 1)
        .prop_map(|mut case| {
            case.kink = Some(case.value() / Rational::from(2));
            case
        })
        .boxed()
}
