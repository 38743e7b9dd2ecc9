//! One hidden layer, samples, a loss and a rate: what one step of descent is made of.

use super::prelude::*;
use super::sphere;
use crate::train::{ExactLoss, Samples, TwoLayer, squared_distance};

/// A network in the middle of a descent, and weights `V` to compare its own with.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Step {
    /// The loss.
    pub loss: ExactLoss,
    /// The rate.
    pub rate: Rational,
    /// The weights to compare with, shape `[m, d]`.
    pub reference: Vec<Vec<Rational>>,
    /// The samples.
    pub samples: Samples,
    /// The network before the step.
    pub network: TwoLayer,
}

impl Step {
    /// Why the parts do not fit each other, in a sentence.
    pub fn check(&self) -> Result<(), String> {
        self.samples.check()?;
        self.network.check(self.samples.dimension())?;
        refuse_if!(!self.rate.is_positive(), "the rate is {}; it must be positive", self.rate);
        let shape = |rows: &[Vec<Rational>]| rows.iter().map(Vec::len).collect::<Vec<_>>();
        require!(
            shape(&self.reference) == shape(&self.network.weights),
            "the reference has another shape than the weights"
        )
    }

    /// `|W - V|^2 - |W' - V|^2` for the weights `W'` after a step on all samples.
    pub fn approach(&self) -> Rational {
        let all: Vec<usize> = (0..self.samples.len()).collect();
        let after = self.network.descended(&self.samples, &all, self.loss, &self.rate);
        squared_distance(&self.network.weights, &self.reference)
            - squared_distance(&after.weights, &self.reference)
    }

    /// The mean loss of `V` with the gates of the network as it is.
    pub fn linearised_risk(&self) -> Rational {
        let margins = self.network.linearised(&self.samples, &self.reference);
        crate::train::mean(margins.iter().map(|z| self.loss.exact_value(z)))
    }

    /// The mean loss of the network.
    pub fn risk(&self) -> Rational {
        self.network.risk(&self.samples, self.loss)
    }

    /// Whether every patch has norm at most 1.
    pub fn is_in_unit_ball(&self) -> bool {
        self.samples.squared_radius() <= Rational::ONE
    }

    /// Whether `scale^2 sum_s outputs_s^2` is at most 1: then gradients have norm at most 1.
    pub fn is_normalised(&self) -> bool {
        let squares: Rational = self.network.outputs.iter().map(|a| a * a).sum();
        self.network.scale.pow(2) * squares <= Rational::ONE
    }

    /// Whether the network has no bias but zero.
    pub fn is_unbiased(&self) -> bool {
        self.network.bias.iter().all(Rational::is_zero)
    }

    /// Whether the loss pulls at most as hard as it loses, at every margin of the network.
    pub fn is_gentle(&self) -> bool {
        self.network.margins(&self.samples).iter().all(|z| self.loss.is_gentle_at(z))
    }

    /// Whether all of these hold.
    pub fn is_in_the_setting(&self) -> bool {
        self.is_in_unit_ball() && self.is_normalised() && self.is_unbiased() && self.is_gentle()
    }
}

/// Rational points of the unit circle, the axes among them, and points inside it.
pub fn planar_points() -> BoxedStrategy<Vec<Rational>> {
    let triples = [(1, 0, 1), (3, 4, 5), (5, 12, 13), (8, 15, 17), (20, 21, 29), (1, 2, 4)];
    (select(triples.to_vec()), any::<[bool; 3]>())
        .prop_map(|((a, b, c), [swap, left, down])| {
            let (a, b) = if swap { (b, a) } else { (a, b) };
            let sign = |minus: bool, x: i64| Rational::new(if minus { -x } else { x }, c);
            vec![sign(left, a), sign(down, b)]
        })
        .boxed()
}

/// Points of norm at most 1 in `d >= 2` dimensions: planar ones on two of the axes, corners of a
/// cube, and points of the sphere.
pub fn unit_points(d: usize) -> BoxedStrategy<Vec<Rational>> {
    if d == 2 {
        return planar_points();
    }
    let placed = (planar_points(), 0..d, 1..d).prop_map(move |(flat, first, gap)| {
        let mut x = vec![Rational::ZERO; d];
        for (axis, t) in [first, (first + gap) % d].into_iter().zip(flat) {
            x[axis] = t;
        }
        x
    });
    let side = Rational::from((1..).find(|c| c * c >= d).expect("squares grow")).recip();
    let corner = vec(any::<bool>(), d).prop_map(move |minus| {
        minus.into_iter().map(|minus| if minus { -&side } else { side.clone() }).collect()
    });
    prop_oneof![2 => placed, 1 => corner, 2 => sphere::point(d)].boxed()
}

/// A vector of the same norm or less that is orthogonal to `x`, which has two entries at least.
pub(super) fn across(x: &[Rational]) -> Vec<Rational> {
    let mut across = vec![Rational::ZERO; x.len()];
    (across[0], across[1]) = (-&x[1], x[0].clone());
    across
}

/// How large generated networks and samples are.
#[derive(Clone, Copy, Debug)]
pub struct Size {
    /// Coordinates of a point, two at least.
    pub inputs: usize,
    /// The root of the number of units, rounded up, lies between these.
    pub roots: [usize; 2],
    /// Samples, at most.
    pub samples: usize,
}

impl Size {
    /// Up to four units in the plane: small counterexamples.
    pub const SMALL: Self = Self { inputs: 2, roots: [1, 2], samples: 3 };
    /// Up to sixteen units in four dimensions.
    pub const MIDDLE: Self = Self { inputs: 4, roots: [3, 4], samples: 4 };
    /// 26 to 49 units in six dimensions.
    pub const LARGE: Self = Self { inputs: 6, roots: [6, 7], samples: 6 };
    /// Up to 144 units in eight dimensions.
    pub const HUGE: Self = Self { inputs: 8, roots: [8, 12], samples: 12 };

    /// A number `q`, and a number of units above `(q - 1)^2` and at most `q^2`: the scale `1 / q`
    /// is then at most `1 / sqrt(m)`, and rational.
    pub(super) fn widths(self) -> impl Strategy<Value = (usize, usize)> + Clone {
        let [least, most] = self.roots;
        (least..=most).prop_flat_map(|q| (Just(q), (q - 1).pow(2) + 1..=q * q))
    }
}

/// What this makes of every size.
pub fn of_every_size<T, S>(of: impl Fn(Size) -> S) -> Strata<T>
where
    S: Strategy<Value = T> + 'static,
{
    vec![
        ("base", 1, of(Size::SMALL).boxed()),
        ("up to 16 units", 8, of(Size::MIDDLE).boxed()),
        ("6 inputs, 26 to 49 units", 32, of(Size::LARGE).boxed()),
        ("8 inputs, up to 144 units", 256, of(Size::HUGE).boxed()),
    ]
}

/// Which of its hypotheses a generated step leaves out.
#[derive(Clone, Copy, Debug)]
pub struct Lapse {
    /// Points are twice as long.
    pub long_points: bool,
    /// The scale is 1 whatever the width is.
    pub unscaled: bool,
    /// Units have frozen biases.
    pub biased: bool,
    /// The loss is the hinge.
    pub hinge: bool,
    /// Rates reach 3 instead of 1.
    pub fast: bool,
}

impl Lapse {
    /// All hypotheses are met.
    pub const NONE: Self =
        Self { long_points: false, unscaled: false, biased: false, hinge: false, fast: false };
    /// The loss is the hinge.
    pub const HINGE: Self = Self { hinge: true, ..Self::NONE };
    /// Rates reach 3 instead of 1.
    pub const FAST: Self = Self { fast: true, ..Self::NONE };

    /// Small steps, for small counterexamples.
    pub fn small(self) -> BoxedStrategy<Step> {
        steps(self, Size::SMALL)
    }
}

/// Steps of networks of this size on samples of one or two patches.
/// One in four has one sample and as few units as there are, and half of them have `V` close to
/// `W`: where bounds are sharp.
pub fn steps(lapse: Lapse, size: Size) -> BoxedStrategy<Step> {
    let d = size.inputs;
    let [mut least, most] = size.roots;
    if lapse.unscaled {
        least = least.max(2);
    }
    let sized = |roots| Size { roots, ..size }.widths();
    let shape = prop_oneof![
        3 => (sized([least, most]), 1..=size.samples, 1usize..=2),
        1 => (sized([least, least]), Just(1), Just(1)),
    ];
    shape
        .prop_flat_map(move |((q, m), n, positions)| {
            let weights = |most| vec(vec(numbers::eighth(most), d), m);
            let near = (weights(16), any::<bool>());
            let patches = vec(vec(unit_points(d), positions), n);
            let samples = (patches, vec(any::<bool>(), n));
            let bias = vec(numbers::fraction(80, 8), if lapse.biased { m } else { 0 });
            let outputs = vec(any::<bool>(), m);
            (Just(q), samples, weights(80), near, outputs, bias, losses(lapse), rates(lapse))
        })
        .prop_map(move |(q, samples, weights, (mut reference, near), outputs, bias, loss, rate)| {
            let (mut patches, positive) = samples;
            if near {
                add(&mut reference, &weights);
            }
            if lapse.long_points {
                patches.iter_mut().flatten().flatten().for_each(|x| *x += x.clone());
            }
            let scale = if lapse.unscaled { Rational::ONE } else { Rational::from(q).recip() };
            let outputs = outputs.into_iter().map(sign).collect();
            let network = TwoLayer { weights, outputs, scale, bias };
            Step { loss, rate, reference, samples: Samples { patches, positive }, network }
        })
        .boxed()
}

fn add(rows: &mut [Vec<Rational>], other: &[Vec<Rational>]) {
    rows.iter_mut().flatten().zip(other.iter().flatten()).for_each(|(x, y)| *x += y);
}

fn losses(lapse: Lapse) -> BoxedStrategy<ExactLoss> {
    let both = vec![ExactLoss::Rational, ExactLoss::Dyadic];
    if lapse.hinge { Just(ExactLoss::Hinge).boxed() } else { select(both).boxed() }
}

fn rates(lapse: Lapse) -> BoxedStrategy<Rational> {
    let most = if lapse.fast { 48i64 } else { 16 };
    (1..=most).prop_map(|r: i64| Rational::new(r, 16)).boxed()
}
