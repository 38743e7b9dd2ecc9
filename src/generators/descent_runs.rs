//! Runs of gradient descent beside a direction of their weights.

use super::descent_steps::{Size, across, of_every_size, unit_points};
use super::prelude::*;
use crate::train::{Descent, ExactLoss, Record, Samples, TwoLayer, coverage, inner};

/// A network, what it is trained on and how long, and a direction `U` that is taken `lambda` times.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Run {
    /// The loss.
    pub loss: ExactLoss,
    /// The rate.
    pub rate: Rational,
    /// Steps, 1 to 100.
    pub steps: usize,
    /// How far the reference weights lie along the direction.
    pub lambda: Rational,
    /// The direction, shape `[m, d]`.
    pub direction: Vec<Vec<Rational>>,
    /// The samples.
    pub samples: Samples,
    /// The network at the start.
    pub network: TwoLayer,
}

impl Run {
    /// Why the parts do not fit each other, in a sentence.
    pub fn check(&self) -> Result<(), String> {
        self.samples.check()?;
        self.network.check(self.samples.dimension())?;
        let shape = |rows: &[Vec<Rational>]| rows.iter().map(Vec::len).collect::<Vec<_>>();
        if shape(&self.direction) != shape(&self.network.weights) {
            return Err("the direction has another shape than the weights".to_owned());
        }
        if !(1..=100).contains(&self.steps) {
            return Err(format!("{} steps; there must be 1 to 100", self.steps));
        }
        require!(
            self.rate.is_positive() && !self.lambda.is_negative(),
            "the rate must be positive, lambda not negative"
        )
    }

    /// The run.
    pub fn record(&self) -> Record {
        let aim = (&self.direction[..], &self.lambda);
        Record::new(&self.network, &self.samples, self.loss, &self.rate, aim, self.steps)
    }

    /// The number of units.
    pub fn units(&self) -> Rational {
        Rational::from(self.network.weights.len())
    }

    /// Whether patches lie in the unit ball and `scale |outputs_s|` is at most `1 / sqrt(m)`.
    pub fn is_bounded(&self) -> bool {
        let TwoLayer { outputs, scale, .. } = &self.network;
        let bounded = |a: &Rational| (scale * a).pow(2) * self.units() <= Rational::ONE;
        self.samples.squared_radius() <= Rational::ONE && outputs.iter().all(bounded)
    }

    /// Whether the run is bounded, nothing has a bias, and at every step the loss pulls at most as
    /// hard as it loses.
    pub fn is_in_the_setting(&self) -> bool {
        self.is_bounded()
            && self.network.bias.iter().all(Rational::is_zero)
            && self.pulls_at_most_its_loss()
    }

    fn pulls_at_most_its_loss(&self) -> bool {
        let mut run = Descent::new(&self.network, &self.samples, self.loss, &self.rate);
        (0..self.steps).all(|step| {
            if step > 0 {
                run.step();
            }
            run.margins().iter().all(|z| self.loss.is_gentle_at(z))
        })
    }

    /// Whether the direction has norm at most 1.
    pub fn is_in_unit_ball(&self) -> bool {
        inner(&self.direction, &self.direction) <= Rational::ONE
    }

    /// Whether the rate is at most 1.
    pub fn is_slow(&self) -> bool {
        self.rate <= Rational::ONE
    }
}

/// Which of its hypotheses a generated run leaves out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lapse {
    /// None.
    Nothing,
    /// Points are four times as long.
    LongPoints,
    /// The direction is four times as long.
    LongDirection,
    /// Rates reach 32 instead of 1.
    Fast,
    /// The loss is the hinge.
    Hinge,
}

impl Lapse {
    /// Small runs, for small counterexamples.
    pub fn small(self) -> BoxedStrategy<Run> {
        runs(self, Size::SMALL)
    }
}

/// Runs of networks of this size, with the dyadic loss, or in few steps with the rational one; the
/// direction is the one of the first sample's label, or of no sample. Two in three have one sample
/// and as few units as there are, where bounds are sharp.
pub fn runs(lapse: Lapse, size: Size) -> BoxedStrategy<Run> {
    let d = size.inputs;
    let [least, _] = size.roots;
    let few = Size { roots: [least, least], ..size }.widths();
    let shape = prop_oneof![1 => (size.widths(), 1..=size.samples), 2 => (few, Just(1))];
    let rates = if lapse == Lapse::Fast { vec![4, 32] } else { vec![1, 1] };
    let rates = (select(rates), any::<bool>());
    let rates = rates.prop_map(|(rate, half)| Rational::new(rate, if half { 2 } else { 1 }));
    let steps = (prop_oneof![1usize..=3, 8usize..=24], any::<bool>());
    (shape, steps, rates, numbers::fraction(64, 8))
        .prop_flat_map(move |(((q, m), n), steps, rate, lambda)| {
            let start = vec(vec(numbers::eighth(32), d), m);
            let samples = (vec(unit_points(d), n), vec(any::<bool>(), n));
            let outputs = vec(any::<bool>(), m);
            (Just((q, steps, rate, lambda)), start, samples, outputs, any::<bool>())
        })
        .prop_map(move |((q, steps, rate, lambda), mut weights, samples, outputs, aimed)| {
            let (mut points, positive) = samples;
            let (steps, rational) = steps;
            let loss = match lapse {
                Lapse::Hinge => ExactLoss::Hinge,
                _ if rational && steps <= 3 => ExactLoss::Rational,
                _ => ExactLoss::Dyadic,
            };
            let share = Rational::from(q).recip();
            // Along the first point, or across it; of norm at most 1 whatever the width is.
            let mut towards = points[0].clone();
            if aimed {
                // Open at the first point, so that the direction has a margin at the start.
                let closed = |w: &&mut Vec<Rational>| dot(w, &points[0]).is_negative();
                let turn = |w: &mut Vec<Rational>| w.iter_mut().for_each(|t| *t = -&*t);
                weights.iter_mut().filter(closed).for_each(turn);
            } else {
                towards = across(&points[0]);
            }
            let length = Rational::from(if lapse == Lapse::LongDirection { 4 } else { 1 });
            let row = |plus: &bool| {
                let factor = sign(*plus) * sign(positive[0]) * &share * &length;
                towards.iter().map(|t| t * &factor).collect()
            };
            let direction = outputs.iter().map(row).collect();
            if lapse == Lapse::LongPoints {
                points.iter_mut().flatten().for_each(|x| *x *= &Rational::integer(4));
            }
            let outputs = outputs.into_iter().map(sign).collect();
            let network = TwoLayer { weights, outputs, scale: share, bias: vec![] };
            let samples = Samples::dense(points, positive);
            Run { loss, rate, steps, lambda: lambda.abs(), direction, samples, network }
        })
        .boxed()
}

/// Runs in the setting, some of them on the square, where the direction has a margin.
pub fn with_a_certificate() -> Strata<Run> {
    let some = |size| runs(Lapse::Nothing, size);
    let mut strata = of_every_size(some);
    strata[0].2 = prop_oneof![2 => some(Size::SMALL), 1 => on_the_square([1, 2])].boxed();
    strata.push(("the square, up to 64 units", 16, on_the_square([3, 8])));
    strata
}

/// Runs on the square of exclusive or, in the direction of [`coverage::towards_the_square`], of so
/// many units: the square of one of these.
pub fn on_the_square(roots: [usize; 2]) -> BoxedStrategy<Run> {
    (roots[0]..=roots[1], 1usize..=12, 0i64..=24)
        .prop_flat_map(|(q, steps, lambda)| {
            let weight = numbers::nonzero_integer(12).prop_map(|w| w / Rational::integer(8));
            let weights = vec(vec(weight, 2), q * q);
            (Just((q, steps, lambda)), weights, vec(any::<bool>(), q * q))
        })
        .prop_map(|((q, steps, lambda), weights, outputs)| {
            let outputs = outputs.into_iter().map(sign).collect();
            let scale = Rational::from(q).recip();
            let network = TwoLayer { weights, outputs, scale, bias: vec![] };
            Run {
                loss: ExactLoss::Dyadic,
                rate: Rational::ONE,
                steps,
                lambda: Rational::from(lambda),
                direction: coverage::towards_the_square(&network),
                samples: coverage::xor_square(),
                network,
            }
        })
        .boxed()
}
