//! Networks of one hidden ReLU layer of which every unit is on, or off, at all samples.

use super::prelude::*;

/// The parameters of `f(x) = Σ v_u relu(w_u . x + b_u) + c`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Parameters {
    /// The constant `c`.
    pub constant: Rational,
    /// The biases `b`, `[m]`.
    pub biases: Vec<Rational>,
    /// The outer weights `v`, `[m]`.
    pub outer: Vec<Rational>,
    /// The weights `w`, `[m, d]`.
    pub weights: Vec<Vec<Rational>>,
}

/// Samples, `[N, d]`, and their targets.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Fitted {
    /// The targets.
    pub targets: Vec<Rational>,
    /// The samples.
    pub points: Vec<Vec<Rational>>,
}

/// Data, the parameters of a network, and other parameters.
#[derive(Debug, Serialize, Deserialize)]
pub struct Pair {
    /// The data.
    pub data: Fitted,
    /// The parameters.
    pub at: Parameters,
    /// The others.
    pub other: Parameters,
}

impl Pair {
    /// Why the parts do not fit each other, in a sentence.
    pub fn check(&self) -> Result<(), String> {
        self.data.check([&self.at, &self.other])?;
        let (m, n) = (self.at.weights.len(), self.other.weights.len());
        require!(m == n, "networks of {m} and of {n} units")
    }
}

impl Parameters {
    /// The affine form of every unit at a point.
    pub fn before<'a>(&'a self, x: &'a [Rational]) -> impl Iterator<Item = Rational> + 'a {
        self.weights.iter().zip(&self.biases).map(move |(w, b)| dot(w, x) + b)
    }

    /// The value at a point.
    pub fn value(&self, x: &[Rational]) -> Rational {
        let units = self.before(x).zip(&self.outer);
        units.map(|(t, v)| t.max(Rational::ZERO) * v).sum::<Rational>() + &self.constant
    }

    /// Whether the forms of all units at all samples are as wanted.
    pub fn all(&self, data: &Fitted, wanted: fn(&Rational) -> bool) -> bool {
        data.points.iter().all(|x| self.before(x).all(|t| wanted(&t)))
    }
}

impl Fitted {
    /// Value minus target at every sample.
    pub fn residuals(&self, network: &Parameters) -> Vec<Rational> {
        let samples = self.points.iter().zip(&self.targets);
        samples.map(|(x, y)| network.value(x) - y).collect()
    }

    /// The sum of the squared residuals.
    pub fn loss(&self, network: &Parameters) -> Rational {
        let residuals = self.residuals(network);
        dot(&residuals, &residuals)
    }

    /// Whether the residuals are orthogonal to every affine function, as those of the affine
    /// least-squares fit are.
    pub fn is_least_squares(&self, network: &Parameters) -> bool {
        let residuals = self.residuals(network);
        self.affine().apply(&residuals).iter().all(Rational::is_zero)
    }

    /// The loss of the polygon through the samples, if they are numbers that increase and this many
    /// units compute it.
    pub fn polygon_loss(&self, units: usize) -> Option<Rational> {
        let is_line = self.points.iter().all(|x| x.len() == 1);
        let increase = self.points.is_sorted_by(|a, b| a < b);
        let fits = is_line && increase && units + 1 >= self.points.len();
        fits.then(|| self.loss(&polygon(self, units)))
    }

    /// Why samples and networks do not fit each other, in a sentence.
    pub fn check<'a>(
        &self,
        networks: impl IntoIterator<Item = &'a Parameters>,
    ) -> Result<(), String> {
        let d = numbers::length_of_first(&self.points, "there must be a sample")?;
        if self.points.len() > 64 || self.points.iter().any(|x| x.len() != d) {
            return Err(format!("at most 64 samples, of {d} entries each"));
        }
        if self.targets.len() != self.points.len() {
            return Err(format!("{} targets, {} samples", self.targets.len(), self.points.len()));
        }
        for Parameters { biases, outer, weights, .. } in networks {
            let m = weights.len();
            if biases.len() != m || outer.len() != m || m > 64 {
                return Err(format!("{m} units, at most 64, with a bias and an outer weight each"));
            }
            if weights.iter().any(|w| w.len() != d) {
                return Err(format!("a unit has {d} weights, one an input"));
            }
        }
        Ok(())
    }

    /// The constant function and the coordinates at the samples.
    fn affine(&self) -> Matrix {
        let d = self.points[0].len();
        let ones = vec![Rational::ONE; self.points.len()];
        let coordinate = |j: usize| self.points.iter().map(|x| x[j].clone()).collect();
        Matrix::from_rows([ones].into_iter().chain((0..d).map(coordinate)).collect())
    }
}

/// How large networks are drawn.
#[derive(Clone)]
pub struct Sizes {
    /// The number of inputs.
    pub inputs: Span,
    /// The number of hidden units.
    pub units: Span,
    /// How many samples there are beyond one more than inputs.
    pub more: Span,
    /// The largest number.
    pub most: i64,
}

/// Networks whose units are all on at all samples, data of which they compute the affine
/// least-squares fit, and as many numbers as a network has parameters.
pub fn least_squares(sizes: Sizes) -> BoxedStrategy<(Parameters, Fitted, Parameters)> {
    let Sizes { inputs, units, more, most } = sizes;
    (inputs, units, more)
        .prop_flat_map(move |(d, m, more)| {
            let samples = d + 1 + more;
            let points = vec(numbers::integers(d, most), samples);
            (points, parameters(m, d, most), parameters(m, d, 8), numbers::integers(samples, most))
        })
        .prop_map(|(points, mut network, by, factors)| {
            let mut data = Fitted { targets: vec![Rational::ZERO; points.len()], points };
            switch_on(&mut network, &data);
            data.targets = data.points.iter().map(|x| network.value(x)).collect();
            for (direction, factor) in data.affine().null_space().iter().zip(factors) {
                data.targets.iter_mut().zip(direction).for_each(|(y, r)| *y += &factor * r);
            }
            (network, data, by)
        })
        .boxed()
}

/// Parameters that are small integers.
pub fn parameters(m: usize, d: usize, most: i64) -> impl Strategy<Value = Parameters> + Clone {
    let weights = vec(numbers::integers(d, most), m);
    let [biases, outer] = [0, 1].map(|_| numbers::integers(m, most));
    (numbers::integer(most), biases, outer, weights).prop_map(
        |(constant, biases, outer, weights)| Parameters { constant, biases, outer, weights },
    )
}

/// Raises every bias until its unit is above `|b|` or 1 at all samples.
pub fn switch_on(network: &mut Parameters, data: &Fitted) {
    for (b, w) in network.biases.iter_mut().zip(&network.weights) {
        let least = data.points.iter().map(|x| dot(w, x)).min().expect("there is a sample");
        *b = b.abs().max(Rational::ONE) - least;
    }
}

/// The parameters moved by a share of others.
pub fn moved(from: &Parameters, by: &Parameters, share: &Rational) -> Parameters {
    let sum = |a: &[Rational], b: &[Rational]| -> Vec<Rational> {
        a.iter().zip(b).map(|(a, b)| a + share * b).collect()
    };
    Parameters {
        constant: &from.constant + share * &by.constant,
        biases: sum(&from.biases, &by.biases),
        outer: sum(&from.outer, &by.outer),
        weights: from.weights.iter().zip(&by.weights).map(|(a, b)| sum(a, b)).collect(),
    }
}

/// The polygon through samples on a line, with a unit for each but the last, or `units` of them
/// where that is more. Panics unless the abscissae increase.
pub fn polygon(data: &Fitted, units: usize) -> Parameters {
    let x: Vec<_> = data.points.iter().map(|x| x[0].clone()).collect();
    let slope = |i: usize| (&data.targets[i + 1] - &data.targets[i]) / (&x[i + 1] - &x[i]);
    let bend = |i: usize| if i == 0 { slope(0) } else { slope(i) - slope(i - 1) };
    let mut outer: Vec<_> = (0..x.len() - 1).map(bend).collect();
    let mut biases: Vec<_> = x[..x.len() - 1].iter().map(|x| -x).collect();
    let units = units.max(biases.len());
    [&mut outer, &mut biases].into_iter().for_each(|list| list.resize(units, Rational::ZERO));
    let weights = vec![vec![Rational::ONE]; units];
    Parameters { constant: data.targets[0].clone(), biases, outer, weights }
}
