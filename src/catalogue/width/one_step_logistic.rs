//! For the logistic loss a step pays up to the rate 12/5.

use crate::analysis::enclosure::Enclosure;
use crate::catalogue::prelude::*;
use crate::generators::descent_steps::{Lapse, Size, steps};
use crate::train::{Logistic, Loss, Samples, TwoLayer, inner};

pub(super) static CLAIM: Claim<Case> = Claim {
    card: theorem!("width/one_step_logistic", STEP_BY_STEP)
        .derived_from("JiTelgarsky2020", "Lemma 2.6, for the loss that it is stated for")
        .as_printed(
            "remembered with η ≤ 1; for this loss the proof goes through up to the inverse of \
             sup l'²/l = 0.4073, which is derived here",
        ),
    statement: "l(z) = ln(1 + e^-z), |x_p| ≤ 1, scale² Σ a² ≤ 1, no bias, η ≤ 12/5  ⟹  \
                η R(W) ≤ |W - V|² - |W' - V|² + 2 η R_W(V)",
    cases: || {
        let fast = Lapse::FAST;
        cases(fast, Size::SMALL)
            .with("the hardest margin", 8, hardest(&[12, 11, 8]))
            .with("up to 16 units", 16, cases(fast, Size::MIDDLE))
            .with("6 inputs, 26 to 49 units", 64, cases(fast, Size::LARGE))
            .with("8 inputs, up to 144 units", 512, cases(fast, Size::HUGE))
    },
    hypotheses: &[
        given("rate at most 12/5", |case: &Case| case.rate <= Rational::new(12, 5))
            .needed("at the margin -23/25 the square of a longer step costs more", || {
                hardest(&[13, 15, 20]).cases()
            }),
        given("patches in the unit ball", |case: &Case| {
            case.samples.squared_radius() <= Rational::ONE
        })
        .needed("longer points make longer steps", || {
            cases(Lapse { long_points: true, ..Lapse::FAST }, Size::SMALL).cases()
        }),
        given("normalised", Case::is_normalised)
            .needed("without 1/√m the gradient grows with the width", || {
                cases(Lapse { unscaled: true, ..Lapse::FAST }, Size::SMALL).cases()
            }),
        given("no bias", |case: &Case| case.network.bias.iter().all(Rational::is_zero))
            .needed("the weights no longer account for the whole output", || {
                cases(Lapse { biased: true, ..Lapse::FAST }, Size::SMALL).cases()
            }),
    ],
    conclusion: |case| case.pays(2, &case.network.linearised(&case.samples, &case.reference)),
    twins: &[
        twin("reference counted once", |case: &Case| {
            case.pays(1, &case.network.linearised(&case.samples, &case.reference))
        })
        .because("the cross term of the square is double"),
        twin("true risk of the reference", |case: &Case| {
            let there = TwoLayer { weights: case.reference.clone(), ..case.network.clone() };
            case.pays(2, &there.margins(&case.samples))
        })
        .because("the risk is not convex in the weights, only with frozen gates"),
    ],
    well_formed: |case| {
        case.samples.check().map_err(|error| error.to_string())?;
        case.network.check(case.samples.dimension()).map_err(|error| error.to_string())?;
        require!(case.rate.is_positive(), "the rate is {}; it must be positive", case.rate)?;
        let shape = |rows: &[Vec<Rational>]| rows.iter().map(Vec::len).collect::<Vec<_>>();
        let fits = shape(&case.reference) == shape(&case.network.weights);
        require!(fits, "the reference has another shape than the weights")?;
        let far = Rational::from(1 << 12);
        let margins = case.network.margins(&case.samples);
        require!(margins.iter().all(|z| z.abs() <= far), "a margin is above {far}")
    },
};

/// Where the exponentials are enclosed to.
const LOGISTIC: Logistic = Logistic { bits: 60 };

/// A network before a step, and weights to compare its own with.
#[derive(Debug, Serialize, Deserialize)]
pub struct Case {
    rate: Rational,
    reference: Vec<Vec<Rational>>,
    samples: Samples,
    network: TwoLayer,
}

impl Case {
    fn is_normalised(&self) -> bool {
        let squares: Rational = self.network.outputs.iter().map(|a| a * a).sum();
        self.network.scale.pow(2) * squares <= Rational::ONE
    }

    /// `|W - V|^2 - |W' - V|^2` for the step `W' = W + eta D`: `-2 eta <D, W - V> - eta^2 |D|^2`.
    fn approach(&self) -> Enclosure {
        let n = self.samples.len();
        let [here, there] = [&self.network.weights, &self.reference]
            .map(|w| self.network.linearised(&self.samples, w));
        let margins = self.network.margins(&self.samples);
        let pulls: Vec<_> = margins.iter().map(|z| LOGISTIC.pull(z)).collect();
        let gradients: Vec<_> =
            self.samples.patches.iter().map(|x| self.network.gradient(x)).collect();
        let zero = || Enclosure::point(Rational::ZERO);
        let along = (0..n).map(|i| pulls[i].scale(&(&here[i] - &there[i])));
        let along = along.fold(zero(), |sum, t| sum.sum(&t));
        let pairs = (0..n).flat_map(|i| (0..n).map(move |j| (i, j)));
        let square = pairs.fold(zero(), |sum, (i, j)| {
            let sign = self.samples.label(i) * self.samples.label(j);
            let product = inner(&gradients[i], &gradients[j]) * sign;
            sum.sum(&pulls[i].product(&pulls[j]).scale(&product))
        });
        let share = Rational::from(n).recip();
        let first = along.scale(&(Rational::integer(-2) * &self.rate * &share));
        first.difference(&square.scale(&(&self.rate * &share).pow(2)))
    }

    fn risk(margins: &[Rational]) -> Enclosure {
        let zero = Enclosure::point(Rational::ZERO);
        let sum = margins.iter().fold(zero, |sum, z| sum.sum(&LOGISTIC.value(z)));
        sum.scale(&Rational::from(margins.len()).recip())
    }

    /// The two sides, with `factor eta` before the risk of the reference, which has these margins.
    fn pays(&self, factor: i64, reference: &[Rational]) -> Conclusion {
        let far = Rational::from(1 << 15);
        if reference.iter().any(|z| z.abs() > far) {
            return Err(Undecided("a margin of the reference is above 2^15"));
        }
        let left = Self::risk(&self.network.margins(&self.samples)).scale(&self.rate);
        let reference = Self::risk(reference).scale(&(Rational::integer(factor) * &self.rate));
        let right = self.approach().sum(&reference);
        if left.hi() <= right.lo() {
            return at_most("η R(W)", left.hi(), right.lo());
        }
        if left.lo() > right.hi() {
            return at_most("η R(W)", left.lo(), right.hi());
        }
        Err(Undecided("the enclosures are too wide"))
    }
}

/// Steps of this size, at rates up to 12/5.
fn cases(lapse: Lapse, size: Size) -> BoxedStrategy<Case> {
    steps(lapse, size)
        .prop_map(|step| Case {
            rate: step.rate.min(Rational::new(12, 5)),
            reference: step.reference,
            samples: step.samples,
            network: step.network,
        })
        .boxed()
}

/// One unit whose margin is close to -23/25, compared with itself, at rates of so many fifths.
fn hardest(fifths: &'static [i64]) -> BoxedStrategy<Case> {
    (select(fifths), 88i64..=96, any::<bool>())
        .prop_map(|(fifths, w, positive)| {
            let weights = vec![vec![Rational::new(w, 100)]];
            Case {
                rate: Rational::new(fifths, 5),
                reference: weights.clone(),
                samples: Samples::dense(vec![vec![Rational::ONE]], vec![positive]),
                network: TwoLayer {
                    weights,
                    outputs: vec![numbers::sign(!positive)],
                    scale: Rational::ONE,
                    bias: vec![],
                },
            }
        })
        .boxed()
}
