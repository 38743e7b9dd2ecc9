//! Networks with one hidden layer of ReLU units beside an affine part.

use crate::exact::Rational;
use crate::exact::linear::dot;
use crate::net::{Circuit, Form, Layer, Linear, Network, Shape, Value};

/// A unit `outer * relu(<weights, x> - threshold)`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unit {
    /// One weight an input.
    pub weights: Vec<Rational>,
    /// Subtracted before the ReLU.
    pub threshold: Rational,
    /// One weight an output.
    pub outer: Vec<Rational>,
}

/// `x -> constant + slope x + sum of units`, of `inputs` numbers, with one entry an output.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ridges {
    /// The number of inputs.
    pub inputs: usize,
    /// The value of the affine part at zero.
    pub constant: Vec<Rational>,
    /// Its gradient: one row an output, one entry an input.
    pub slope: Vec<Vec<Rational>>,
    /// The units.
    pub units: Vec<Unit>,
}

/// A hyperplane `<normal, x> = threshold`, the first entry of `normal` that is not zero being one.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Hyperplane {
    /// The normal.
    pub normal: Vec<Rational>,
    /// Where it lies.
    pub threshold: Rational,
}

/// A network is not one hidden layer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "an activation reads what another activation made, or a maximum is taken: this is no network \
     with one hidden layer; of a deeper one, ask for the total variation along a line"
)]
pub struct NotShallow;

impl Unit {
    /// `relu(<weights, x> - threshold)`. Panics unless `x` has one entry a weight.
    pub fn feature(&self, x: &[Rational]) -> Rational {
        (dot(&self.weights, x) - &self.threshold).max(Rational::ZERO)
    }

    /// The hyperplane where the unit bends, and the factor by which its weights are the normal;
    /// `None` for a unit without weights, which is constant.
    pub fn hyperplane(&self) -> Option<(Hyperplane, Rational)> {
        let factor = self.weights.iter().find(|w| !w.is_zero())?;
        let normal = self.weights.iter().map(|w| w / factor).collect();
        let threshold = &self.threshold / factor;
        Some((Hyperplane { normal, threshold }, factor.clone()))
    }
}

impl Ridges {
    /// The zero function.
    pub fn zero(inputs: usize, outputs: usize) -> Self {
        let slope = vec![vec![Rational::ZERO; inputs]; outputs];
        Self { inputs, constant: vec![Rational::ZERO; outputs], slope, units: Vec::new() }
    }

    /// The number of outputs.
    pub fn outputs(&self) -> usize {
        self.constant.len()
    }

    /// The value at `x`, one number an output. Panics unless `x` has `inputs` entries.
    pub fn eval(&self, x: &[Rational]) -> Vec<Rational> {
        let mut value: Vec<_> =
            self.constant.iter().zip(&self.slope).map(|(c, s)| c + dot(s, x)).collect();
        for unit in &self.units {
            let feature = unit.feature(x);
            if !feature.is_zero() {
                value.iter_mut().zip(&unit.outer).for_each(|(y, v)| *y += v * &feature);
            }
        }
        value
    }

    /// The same function with one unit for each hyperplane where its gradient jumps, in the order
    /// of their normals; what is left of the others joins the affine part.
    ///
    /// Law: the same value everywhere. Uses `relu(-s) = relu(s) - s` for units that face the other
    /// way, whose outer weights therefore add with their sign.
    pub fn merged(&self) -> Self {
        let mut result = Self { units: Vec::new(), ..self.clone() };
        let mut jumps: Vec<(Hyperplane, Vec<Rational>)> = Vec::new();
        for unit in &self.units {
            let Some((plane, factor)) = unit.hyperplane() else {
                let feature = (-&unit.threshold).max(Rational::ZERO);
                for (c, v) in result.constant.iter_mut().zip(&unit.outer) {
                    *c += v * &feature;
                }
                continue;
            };
            if factor.is_negative() {
                // v relu(f s) = v |f| (relu(s) - s), s = <normal, x> - threshold.
                for (out, v) in unit.outer.iter().enumerate() {
                    let mass = v * &factor;
                    for (slope, n) in result.slope[out].iter_mut().zip(&plane.normal) {
                        *slope += &mass * n;
                    }
                    result.constant[out] -= &mass * &plane.threshold;
                }
            }
            let size = factor.abs();
            jumps.push((plane, unit.outer.iter().map(|v| v * &size).collect()));
        }
        jumps.sort_by(|a, b| a.0.cmp(&b.0));
        let mut merged: Vec<(Hyperplane, Vec<Rational>)> = Vec::new();
        for (plane, jump) in jumps {
            match merged.last_mut() {
                Some((last, sum)) if *last == plane => {
                    sum.iter_mut().zip(&jump).for_each(|(sum, v)| *sum += v);
                }
                _ => merged.push((plane, jump)),
            }
        }
        merged.retain(|(_, jump)| jump.iter().any(|v| !v.is_zero()));
        let unit = |(plane, outer): (Hyperplane, _)| Unit {
            weights: plane.normal,
            threshold: plane.threshold,
            outer,
        };
        result.units = merged.into_iter().map(unit).collect();
        result
    }

    /// Forgets all inputs but the first ones.
    pub(super) fn keep_inputs(&mut self, inputs: usize) {
        self.inputs = inputs;
        self.slope.iter_mut().for_each(|row| row.truncate(inputs));
        self.units.iter_mut().for_each(|unit| unit.weights.truncate(inputs));
    }

    /// The function as a network: a dense layer, ReLU, a dense layer. An affine part with a slope
    /// is written by two units an input that it reads, `s = relu(s) - relu(-s)`. Panics if the
    /// parts do not fit each other.
    pub fn network(&self) -> Network {
        let read: Vec<usize> =
            (0..self.inputs).filter(|&i| self.slope.iter().any(|row| !row[i].is_zero())).collect();
        // A hidden layer needs a unit, also for a constant.
        let read = if read.is_empty() && self.units.is_empty() { vec![0] } else { read };
        let (mut rows, mut bias) = (Vec::new(), Vec::new());
        let mut columns: Vec<Vec<Rational>> = Vec::new();
        for (&i, sign) in read.iter().flat_map(|i| [(i, 1), (i, -1)]) {
            rows.extend((0..self.inputs).map(|j| Rational::integer(if i == j { sign } else { 0 })));
            bias.push(Rational::ZERO);
            let sign = Rational::integer(sign);
            columns.push(self.slope.iter().map(|row| &row[i] * &sign).collect());
        }
        for unit in &self.units {
            rows.extend(unit.weights.iter().cloned());
            bias.push(-&unit.threshold);
            columns.push(unit.outer.clone());
        }
        let outer = (0..self.outputs()).flat_map(|out| columns.iter().map(move |c| c[out].clone()));
        let layers = vec![
            Layer::dense(bias.len(), rows, bias),
            Layer::relu(),
            Layer::dense(self.outputs(), outer.collect(), self.constant.clone()),
        ];
        Network::new(Shape::Flat(self.inputs), layers).expect("the parts fit")
    }

    /// The function of a network whose activations read affine functions of the input: one hidden
    /// layer, beside skip connections if there are any. A piecewise linear activation becomes one
    /// unit a breakpoint.
    ///
    /// Cost: one number for each value, input and unit.
    pub fn of_network(network: &Network) -> Result<Self, NotShallow> {
        let circuit = Circuit::new(network);
        let bends = |value: &Value| match value {
            Value::Bend(_, f) => f.breakpoints().len(),
            _ => 0,
        };
        let inputs = circuit.inputs;
        let width = inputs + circuit.values.iter().map(bends).sum::<usize>();
        // Affine forms of the inputs and of the units before them.
        let mut values = Form::inputs(width);
        let of_units = values.split_off(inputs);
        values.insert(0, one(width));
        let mut planes: Vec<Form> = Vec::new();
        for value in &circuit.values {
            let mut form = values[0].constant(&Rational::ZERO);
            match value {
                Value::Sum(terms) => {
                    terms.iter().for_each(|(i, weight)| form.add_scaled(weight, &values[*i]));
                }
                Value::Bend(i, f) => {
                    let read = &values[*i];
                    if read.coefficients[inputs..].iter().any(|c| !c.is_zero()) {
                        return Err(NotShallow);
                    }
                    form = f.apply(0, read);
                    for (at, pair) in f.breakpoints().iter().zip(f.pieces().windows(2)) {
                        form.add_scaled(&(&pair[1].0 - &pair[0].0), &of_units[planes.len()]);
                        let mut plane = read.clone();
                        plane.constant -= at;
                        planes.push(plane);
                    }
                }
                Value::Max(_) => return Err(NotShallow),
            }
            values.push(form);
        }
        let outputs: Vec<&Form> = circuit.outputs.iter().map(|i| &values[*i]).collect();
        let unit = |(k, plane): (usize, &Form)| Unit {
            weights: plane.coefficients[..inputs].to_vec(),
            threshold: -&plane.constant,
            outer: outputs.iter().map(|f| f.coefficients[inputs + k].clone()).collect(),
        };
        Ok(Self {
            inputs,
            constant: outputs.iter().map(|f| f.constant.clone()).collect(),
            slope: outputs.iter().map(|f| f.coefficients[..inputs].to_vec()).collect(),
            units: planes.iter().enumerate().map(unit).collect(),
        })
    }
}

/// The form that is one everywhere.
fn one(width: usize) -> Form {
    Form { coefficients: vec![Rational::ZERO; width], constant: Rational::ONE }
}
