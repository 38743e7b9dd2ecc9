//! A network as affine rows and ReLUs, and nothing else: what the search and the proof speak of.

use super::whole::Whole;
use crate::exact::Rational;
use crate::exact::float::nearest;
use crate::net::{Activation, Circuit, Value};
use std::collections::BTreeMap;

/// Rates in doubles, and a constant.
pub(super) type Affine = (Vec<f64>, f64);

/// An affine form of the entries: the inputs first, then the units.
#[derive(Clone, Debug)]
pub struct Row {
    /// Increasing indices of entries, no coefficient 0.
    pub terms: Vec<(usize, Rational)>,
    /// The constant.
    pub constant: Rational,
    /// The least common denominator of all these numbers.
    pub scale: Rational,
    /// `scale` times the coefficients, and the constant last.
    whole: Vec<Rational>,
    /// The same where all of them are short.
    short: Option<Vec<i128>>,
    /// The nearest doubles of the coefficients, and of the constant.
    pub near: Affine,
}

/// A network of ReLUs: unit `u` is `max(rows[u], 0)`, and is entry `inputs + u` of later rows.
#[derive(Clone, Debug)]
pub struct Program {
    /// The number of inputs.
    pub inputs: usize,
    /// What enters each unit.
    pub units: Vec<Row>,
    /// The outputs.
    pub outputs: Vec<Row>,
}

/// A form that is still being summed.
#[derive(Clone, Debug, Default)]
struct Sum {
    terms: BTreeMap<usize, Rational>,
    constant: Rational,
}

impl Sum {
    fn add(&mut self, weight: &Rational, other: &Self) {
        for (index, x) in &other.terms {
            *self.terms.entry(*index).or_default() += weight * x;
        }
        self.constant += weight * &other.constant;
    }
}

impl Row {
    fn new(sum: &Sum) -> Self {
        let terms = sum.terms.iter().filter(|(_, weight)| !weight.is_zero());
        let terms: Vec<_> = terms.map(|(index, weight)| (*index, weight.clone())).collect();
        let constant = sum.constant.clone();
        let numbers = || terms.iter().map(|(_, weight)| weight).chain([&constant]);
        let mut scale = Rational::ONE;
        for number in numbers() {
            let rest = &scale * number;
            if !rest.is_integer() {
                scale *= &Rational::from(rest.denominator());
            }
        }
        let whole: Vec<_> = numbers().map(|number| number * &scale).collect();
        let short = whole.iter().map(Rational::wide_integer).collect::<Option<Vec<_>>>();
        let short = short.filter(|all| all.iter().all(|x| x.unsigned_abs() < 1 << 96));
        let near = (terms.iter().map(|(_, weight)| nearest(weight)).collect(), nearest(&constant));
        Self { terms, constant, scale, whole, short, near }
    }

    /// The difference of two rows.
    pub fn minus(&self, other: &Self) -> Self {
        let mut sum = Sum::default();
        for (sign, row) in [(Rational::ONE, self), (-Rational::ONE, other)] {
            let terms = row.terms.iter().cloned().collect();
            sum.add(&sign, &Sum { terms, constant: row.constant.clone() });
        }
        Self::new(&sum)
    }

    /// Adds `factor` times the row, its denominators cleared; `None` on overflow.
    pub fn add_to<W: Whole>(
        &self,
        factor: &W,
        coefficients: &mut [W],
        constant: &mut W,
    ) -> Option<()> {
        W::add_row(
            factor,
            &self.whole,
            self.short.as_deref(),
            |place| self.terms.get(place).map(|(index, _)| *index),
            coefficients,
            constant,
        )
    }

    /// The value where the entries are these doubles.
    pub fn near_at(&self, entries: &[f64]) -> f64 {
        let products = self.terms.iter().zip(&self.near.0).map(|((i, _), w)| w * entries[*i]);
        products.sum::<f64>() + self.near.1
    }

    /// The value where the entries are these.
    pub fn at(&self, entries: &[Rational]) -> Rational {
        let products = self.terms.iter().map(|(i, weight)| weight * &entries[*i]);
        products.sum::<Rational>() + &self.constant
    }
}

impl Program {
    /// The rows of a circuit. A bend is an affine part and a ReLU for each breakpoint, from left to
    /// right; a maximum is taken of neighbours in pairs, `max(a, b) = a + relu(b - a)`, until one
    /// is left. Law: the outputs are those of the circuit.
    pub fn new(circuit: &Circuit) -> Self {
        let inputs = circuit.inputs;
        let mut program = Self { inputs, units: Vec::new(), outputs: Vec::new() };
        let one = Sum { terms: BTreeMap::new(), constant: Rational::ONE };
        let input = |i| Sum { terms: [(i, Rational::ONE)].into(), constant: Rational::ZERO };
        let mut values: Vec<Sum> = [one].into_iter().chain((0..inputs).map(input)).collect();
        for value in &circuit.values {
            let sum = match value {
                Value::Sum(terms) => {
                    let mut sum = Sum::default();
                    terms.iter().for_each(|(i, weight)| sum.add(weight, &values[*i]));
                    sum
                }
                Value::Bend(source, activation) => program.bend(&values[*source], activation),
                Value::Max(sources) => {
                    program.maximum(sources.iter().map(|i| values[*i].clone()).collect())
                }
            };
            values.push(sum);
        }
        program.outputs = circuit.outputs.iter().map(|i| Row::new(&values[*i])).collect();
        program
    }

    fn relu(&mut self, form: &Sum) -> Sum {
        self.units.push(Row::new(form));
        let entry = self.inputs + self.units.len() - 1;
        Sum { terms: [(entry, Rational::ONE)].into(), constant: Rational::ZERO }
    }

    fn bend(&mut self, form: &Sum, activation: &Activation) -> Sum {
        let (slope, offset) = &activation.pieces()[0];
        let mut sum = Sum { constant: offset.clone(), ..Sum::default() };
        sum.add(slope, form);
        for (point, pieces) in activation.breakpoints().iter().zip(activation.pieces().windows(2)) {
            let mut beyond = form.clone();
            beyond.constant -= point;
            let unit = self.relu(&beyond);
            sum.add(&(&pieces[1].0 - &pieces[0].0), &unit);
        }
        sum
    }

    fn maximum(&mut self, mut forms: Vec<Sum>) -> Sum {
        while forms.len() > 1 {
            let mut winners = Vec::with_capacity(forms.len().div_ceil(2));
            for pair in forms.chunks(2) {
                let mut winner = pair[0].clone();
                if let Some(second) = pair.get(1) {
                    let mut lead = second.clone();
                    lead.add(&-Rational::ONE, &winner);
                    let unit = self.relu(&lead);
                    winner.add(&Rational::ONE, &unit);
                }
                winners.push(winner);
            }
            forms = winners;
        }
        forms.pop().expect("a window meets the signal")
    }

    /// The entries at an input: the input, and what each unit makes.
    pub fn entries(&self, x: &[Rational]) -> Vec<Rational> {
        let mut entries = x.to_vec();
        for row in &self.units {
            let value = row.at(&entries);
            entries.push(if value.is_positive() { value } else { Rational::ZERO });
        }
        entries
    }

    /// The same in doubles, with what enters each unit.
    pub fn near_entries(&self, x: &[f64]) -> (Vec<f64>, Vec<f64>) {
        let (mut entries, mut entering) = (x.to_vec(), Vec::with_capacity(self.units.len()));
        for row in &self.units {
            let value = row.near_at(&entries);
            entering.push(value);
            entries.push(value.max(0.0));
        }
        (entries, entering)
    }

    /// The gradient of a row in the inputs, in doubles, for units that are on where `is_on` says.
    pub fn near_gradient(&self, row: &Row, is_on: &[bool]) -> Vec<f64> {
        let mut gradient = vec![0.0; self.inputs + self.units.len()];
        let add = |row: &Row, factor: f64, gradient: &mut [f64]| {
            for ((i, _), weight) in row.terms.iter().zip(&row.near.0) {
                gradient[*i] += factor * weight;
            }
        };
        add(row, 1.0, &mut gradient);
        for unit in (0..self.units.len()).rev() {
            let factor = gradient[self.inputs + unit];
            if factor != 0.0 && is_on[unit] {
                add(&self.units[unit], factor, &mut gradient);
            }
        }
        gradient.truncate(self.inputs);
        gradient
    }
}
