//! A network of one hidden layer with two labels, a point, and how far the other label is.

use super::prelude::*;
use crate::net::InputBox;
use crate::robust::nearest::{Side, nearest};
use crate::robust::{Norm, Question, exactly};

/// The label of `f(x) = sum of outer relu(weights . x + bias) + constant` is its sign; 0 is a tie.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct TwoLabels {
    /// How distances are measured.
    pub norm: Norm,
    /// The weights of each unit.
    pub weights: Vec<Vec<Rational>>,
    /// Their biases.
    pub biases: Vec<Rational>,
    /// What the output makes of each unit.
    pub outer: Vec<Rational>,
    /// The constant.
    pub constant: Rational,
    /// The point.
    pub point: Vec<Rational>,
}

impl TwoLabels {
    /// Why the parts do not fit.
    pub fn check(&self) -> Result<(), String> {
        let (units, inputs) = (self.weights.len(), self.point.len());
        if inputs == 0 || units == 0 || units > 12 {
            return Err(format!("{units} units of {inputs} inputs; 1 to 12 units are asked about"));
        }
        if self.biases.len() != units || self.outer.len() != units {
            return Err(format!("{units} units need a bias and an outer weight each"));
        }
        match self.weights.iter().find(|w| w.len() != inputs) {
            Some(w) => Err(format!("a unit has {} weights, the point {inputs} entries", w.len())),
            None => Ok(()),
        }
    }

    /// The form `weights . x + bias`, as the difference of two units.
    pub fn linear(
        norm: Norm,
        weights: Vec<Rational>,
        bias: Rational,
        point: Vec<Rational>,
    ) -> Self {
        let negated = weights.iter().map(|w| -w).collect();
        let (biases, outer) = (vec![bias.clone(), -bias], vec![Rational::ONE, -Rational::ONE]);
        Self {
            norm,
            weights: vec![weights, negated],
            biases,
            outer,
            constant: Rational::ZERO,
            point,
        }
    }

    /// The same network, and another point.
    pub fn moved(&self, point: Vec<Rational>) -> Self {
        Self { point, ..self.clone() }
    }

    /// Whether the label at another point is another one; 0 is a tie, which counts.
    pub fn is_lost_at(&self, point: Vec<Rational>) -> bool {
        !(self.value() * self.moved(point).value()).is_positive()
    }

    /// The distance of the nearest zero of `f` on each activation cell that has one; for l2 its
    /// square. The cell of the point comes first. Cost: a question for each side of each unit.
    pub fn cells(&self) -> Vec<Option<Rational>> {
        let units: Vec<Side> =
            self.weights.iter().cloned().zip(self.biases.iter().cloned()).collect();
        let times = |side: &Side, factor: &Rational| -> Side {
            (side.0.iter().map(|x| x * factor).collect(), &side.1 * factor)
        };
        let is_on = |(w, b): &Side| (dot(w, &self.point) + b).is_positive();
        let own =
            units.iter().enumerate().map(|(u, unit)| u32::from(is_on(unit)) << u).sum::<u32>();
        let cell = |pattern: u32| {
            let mut f = (vec![Rational::ZERO; self.point.len()], self.constant.clone());
            let mut sides = Vec::new();
            for (u, (unit, outer)) in units.iter().zip(&self.outer).enumerate() {
                let is_on = pattern >> u & 1 == 1;
                sides.push(times(unit, &sign(is_on)));
                if is_on {
                    let (rates, constant) = times(unit, outer);
                    f.0.iter_mut().zip(rates).for_each(|(x, y)| *x += y);
                    f.1 += constant;
                }
            }
            sides.push(times(&f, &-sign(self.value().is_positive())));
            nearest(&sides, &self.point, self.norm)
        };
        (0..1u32 << units.len()).map(|pattern| cell(pattern ^ own)).collect()
    }

    /// The outputs `(f, 0)`.
    pub fn network(&self) -> Network {
        self.after(Vec::new(), self.point.len())
    }

    /// The network behind other layers, which read this many inputs.
    fn after(&self, mut layers: Vec<Layer>, inputs: usize) -> Network {
        let units = self.weights.len();
        layers.push(Layer::dense(units, self.weights.concat(), self.biases.clone()));
        layers.push(Layer::relu());
        let mut outer = self.outer.clone();
        outer.extend(vec![Rational::ZERO; units]);
        layers.push(Layer::dense(2, outer, vec![self.constant.clone(), Rational::ZERO]));
        Network::new(Shape::Flat(inputs), layers).expect("the parts fit")
    }

    /// `f` at the point.
    pub fn value(&self) -> Rational {
        self.network().eval(&self.point).swap_remove(0)
    }

    /// The gradient of `f` at the point; a unit at its kink is off.
    pub fn gradient(&self) -> Vec<Rational> {
        let network = self.network();
        network.affine_on(&network.pattern(&self.point)).matrix.row(0).to_vec()
    }

    /// The signs of the gradient that lead away from this label.
    pub fn downhill(&self, is_label: bool) -> Vec<Rational> {
        let along = |g: Rational| match g.is_zero() {
            true => Rational::ZERO,
            false => sign(g.is_negative() == is_label),
        };
        self.gradient().into_iter().map(along).collect()
    }

    fn label(&self) -> usize {
        usize::from(!self.value().is_positive())
    }

    /// The distance to the other label, for l2 its square; `None` if no point has it that is
    /// closer than 1000 in every entry.
    pub fn distance(&self) -> Option<Rational> {
        let (point, label, norm) = (self.point.clone(), self.label(), self.norm);
        let reach = Rational::integer(1000);
        let ends =
            |sign: i64| point.iter().map(|x| x + &(&reach * Rational::integer(sign))).collect();
        let sides = Some(InputBox::new(ends(-1), ends(1)).expect("the ends are in order"));
        exactly(&self.network(), Question { point, label, norm, sides })?
    }

    /// How long a step along this direction is when the label first changes, of 1000 at most.
    pub fn step(&self, direction: &[Rational]) -> Option<Rational> {
        let inputs = self.point.len();
        let line = Layer::dense(inputs, direction.to_vec(), self.point.clone());
        let network = self.after(vec![line], 1);
        let sides = InputBox::new(vec![Rational::ZERO], vec![Rational::integer(1000)]);
        let sides = Some(sides.expect("the ends are in order"));
        let (point, label, norm) = (vec![Rational::ZERO], self.label(), Norm::Linf);
        exactly(&network, Question { point, label, norm, sides })?
    }
}

/// What is made of networks of every size.
pub fn of_every_size<T>(of: fn(BoxedStrategy<TwoLabels>) -> BoxedStrategy<T>) -> Strata<T> {
    vec![
        ("base", 1, of(two_labels(1..=2, 1..=3, 4, 1))),
        ("fractions", 4, of(two_labels(1..=3, 1..=4, 9, 4))),
        ("zeros and ones", 4, of(two_labels(1..=3, 1..=4, 1, 1))),
        ("8 units in R^12", 16, of(two_labels(12..=12, 8..=8, 9, 4))),
    ]
}

/// Networks of these sizes with small fractions; the value at the point is not 0.
pub fn two_labels(
    inputs: Span,
    units: Span,
    most: i64,
    denominator: i64,
) -> BoxedStrategy<TwoLabels> {
    let number = numbers::fraction(most, denominator);
    (inputs, units)
        .prop_flat_map(move |(d, m)| {
            let number = number.clone();
            (
                select(Norm::ALL.to_vec()),
                vec(vec(number.clone(), d), m),
                vec(number.clone(), m),
                vec(number.clone(), m),
                number.clone(),
                vec(number, d),
            )
        })
        .prop_map(|(norm, weights, biases, outer, constant, point)| {
            let mut network = TwoLabels { norm, weights, biases, outer, constant, point };
            if network.value().is_zero() {
                network.constant += Rational::ONE;
            }
            network
        })
        .boxed()
}
