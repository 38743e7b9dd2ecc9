//! Exact gradient descent: on fixed-point numbers as long as they suffice, then on fractions.

use super::fixed_point::FixedPointArray;
use super::fixed_point_descent::FixedPointDescent;
use super::loss::ExactLoss;
use super::samples::Samples;
use super::two_layer::TwoLayer;
use crate::exact::Rational;
use crate::exact::linear::dot;

/// A run of gradient descent on the mean loss. Every number in it is exact.
///
/// Law: agrees with [`TwoLayer::descended`], whichever arithmetic carries it. Cost of a step on
/// fixed-point numbers: about `2 n P m d` products of words; on fractions as much in fractions,
/// whose length may grow with every step.
///
/// ```
/// use crease::exact::Rational;
/// use crease::train::{Descent, ExactLoss, Samples, TwoLayer};
/// let one = || Rational::ONE;
/// let samples = Samples::dense(vec![vec![one()]], vec![true]);
/// let network = TwoLayer {
///     weights: vec![vec![one()]], outputs: vec![one()], scale: one(), bias: vec![],
/// };
/// let mut run = Descent::new(&network, &samples, ExactLoss::Dyadic, &one());
/// run.step();
/// assert_eq!(run.margins(), [Rational::new(5, 4)]);
/// assert!(run.is_fixed());
/// ```
#[derive(Clone, Debug)]
pub struct Descent<'a> {
    samples: &'a Samples,
    loss: ExactLoss,
    rate: Rational,
    /// Without weights; outputs, scale and biases do not change.
    network: TwoLayer,
    engine: Engine,
    all: Vec<usize>,
    /// Whether the engine has looked at all samples since the last step.
    is_fresh: bool,
}

#[derive(Clone, Debug)]
enum Engine {
    Fixed(Box<FixedPointDescent>),
    Fractions,
}

/// What directions in the space of weights give at every patch: `<v_s, x_p>`, shape `[n, P, m]`.
#[derive(Clone, Debug)]
pub struct Directions {
    grid: Option<FixedPointArray>,
    direction: Vec<Vec<Rational>>,
}

impl Directions {
    /// The products of these rows `[m, d]` with the patches.
    pub fn new(samples: &Samples, direction: Vec<Vec<Rational>>) -> Self {
        let products = samples.all_patches().flat_map(|x| direction.iter().map(|v| dot(v, x)));
        let products: Vec<Rational> = products.collect();
        Self { grid: FixedPointArray::new(products.iter()), direction }
    }
}

impl<'a> Descent<'a> {
    /// The run from this network. Panics if network and samples do not fit.
    pub fn new(network: &TwoLayer, samples: &'a Samples, loss: ExactLoss, rate: &Rational) -> Self {
        samples.check().expect("the samples have one shape");
        network.check(samples.dimension()).expect("the network reads the samples");
        let fixed =
            (loss == ExactLoss::Dyadic).then(|| FixedPointDescent::new(network, samples, rate));
        let engine = match fixed.flatten() {
            Some(fixed) => Engine::Fixed(Box::new(fixed)),
            None => Engine::Fractions,
        };
        Self {
            samples,
            loss,
            rate: rate.clone(),
            network: network.clone(),
            engine,
            all: (0..samples.len()).collect(),
            is_fresh: false,
        }
    }

    /// Whether the numbers are still fixed-point.
    pub fn is_fixed(&self) -> bool {
        matches!(self.engine, Engine::Fixed(_))
    }

    /// The network as it is now.
    pub fn network(&self) -> TwoLayer {
        match &self.engine {
            Engine::Fixed(fixed) => TwoLayer { weights: fixed.weights(), ..self.network.clone() },
            Engine::Fractions => self.network.clone(),
        }
    }

    /// One step on all samples.
    pub fn step(&mut self) {
        let all = std::mem::take(&mut self.all);
        self.look();
        self.step_seen(&all);
        self.all = all;
    }

    /// One step on some samples, each counted as often as it is named: stochastic descent. Panics
    /// if none is named, or one that does not exist.
    pub fn step_on(&mut self, batch: &[usize]) {
        assert!(!batch.is_empty(), "a step needs a sample");
        if let Engine::Fixed(fixed) = &mut self.engine
            && !self.is_fresh
            && fixed.look(batch.iter().copied()).is_none()
        {
            self.leave();
        }
        self.step_seen(batch);
    }

    fn step_seen(&mut self, batch: &[usize]) {
        if let Engine::Fixed(fixed) = &mut self.engine
            && fixed.step(batch).is_none()
        {
            self.leave();
        }
        if let Engine::Fractions = self.engine {
            self.network = self.network.descended(self.samples, batch, self.loss, &self.rate);
        }
        self.is_fresh = false;
    }

    /// Goes on with fractions.
    fn leave(&mut self) {
        self.network = self.network();
        self.engine = Engine::Fractions;
    }

    /// Brings gates and sums up to date; goes on with fractions if that does not fit.
    fn look(&mut self) {
        if let Engine::Fixed(fixed) = &mut self.engine
            && !self.is_fresh
            && fixed.look(0..self.samples.len()).is_none()
        {
            self.leave();
        }
        self.is_fresh = true;
    }

    /// The margins `y_i f(x_i)`.
    pub fn margins(&mut self) -> Vec<Rational> {
        self.look();
        match &self.engine {
            Engine::Fixed(fixed) => (0..self.samples.len()).map(|i| fixed.margin(i)).collect(),
            Engine::Fractions => self.network.margins(self.samples),
        }
    }

    /// The mean loss.
    pub fn risk(&mut self) -> Rational {
        let loss = self.loss;
        super::mean(self.margins().iter().map(|z| loss.exact_value(z)))
    }

    /// Which gates are open, shape `[n, P, m]`.
    pub fn open_gates(&mut self) -> Vec<bool> {
        self.look();
        if let Engine::Fixed(fixed) = &self.engine {
            return fixed.gates.iter().map(|gate| *gate != 0).collect();
        }
        let units = 0..self.network.weights.len();
        let open = |x| units.clone().map(move |s| (s, x));
        let gates = self.samples.all_patches().flat_map(open);
        gates.map(|(s, x)| self.network.before(s, x).is_positive()).collect()
    }

    /// The margins that these directions would have with the gates as they are now:
    /// `y_i <grad f(x_i), V>`. Panics if the directions are of another network or other samples.
    pub fn linearised(&mut self, directions: &Directions) -> Vec<Rational> {
        self.look();
        if let (Engine::Fixed(fixed), Some(grid)) = (&self.engine, &directions.grid)
            && let Some(sums) = fixed.gated(grid)
        {
            let share = &self.network.scale / Rational::from(self.samples.positions());
            let margin = |(i, sum)| sum * (&share * self.samples.label(i));
            return sums.into_iter().enumerate().map(margin).collect();
        }
        self.network().linearised(self.samples, &directions.direction)
    }
}
