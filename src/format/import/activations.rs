//! Functions of one variable, entry by entry.

use super::ImportError;
use super::arithmetic::combined;
use super::builder::Work;
use super::graph::{Made, Run};
use super::node::Node;
use super::tensor::{Kind, Tensor};
use super::value::Value;
use crate::exact::Rational;
use crate::net::{Activation, Layer};

/// The function at every entry.
pub(super) fn bent(
    run: &mut Run<'_>,
    node: &Node<'_>,
    value: &Value,
    function: &Activation,
) -> Result<Value, ImportError> {
    match value {
        Value::Constant(tensor) => {
            let numbers = tensor.numbers.iter().map(|number| function.eval(number)).collect();
            run.made(&node.place, Tensor::new(tensor.axes.clone(), numbers, tensor.kind))
        }
        Value::Signal(signal) => run
            .builder
            .on_units(&node.place, signal, |_| Work::Layer(Layer::Activation(function.clone()))),
    }
}

pub(super) fn activation(run: &mut Run<'_>, node: &Node<'_>) -> Made {
    let function = function(node)?;
    Ok(vec![bent(run, node, node.value(0)?, &function)?])
}

fn function(node: &Node<'_>) -> Result<Activation, ImportError> {
    let zero = Rational::ZERO;
    match node.operator() {
        "Relu" => node.only(&[]).map(|()| Activation::relu()),
        "Abs" => node.only(&[]).map(|()| Activation::absolute_value()),
        "LeakyRelu" => {
            node.only(&["alpha"])?;
            Ok(Activation::leaky_relu(node.number_or("alpha", 0.01)?))
        }
        "Clip" => {
            node.only(&["min", "max"])?;
            let (low, high) = (node.end("min", 1, false)?, node.end("max", 2, true)?);
            Ok(cut(low.as_ref(), high.as_ref()))
        }
        "HardSigmoid" => {
            node.only(&["alpha", "beta"])?;
            let (alpha, beta) = (node.number_or("alpha", 0.2)?, node.number_or("beta", 0.5)?);
            let at_zero = beta.clone().max(zero.clone()).min(Rational::ONE);
            if alpha.is_zero() {
                return made(node, Vec::new(), vec![zero], &at_zero);
            }
            let [low, high] = [-&beta, Rational::ONE - &beta].map(|end| end / &alpha);
            let ends = if low < high { vec![low, high] } else { vec![high, low] };
            made(node, ends, vec![zero.clone(), alpha, zero], &at_zero)
        }
        "ThresholdedRelu" => {
            node.only(&["alpha"])?;
            match node.number_or("alpha", 1.0)? {
                alpha if alpha.is_zero() => Ok(Activation::relu()),
                alpha => Err(node.content(
                    "alpha 0: with another the function jumps there, and is none of a network",
                    alpha.to_string(),
                )),
            }
        }
        _ => {
            node.only(&["bias", "lambd"])?;
            let (bias, end) = (node.number_or("bias", 0.0)?, node.number_or("lambd", 0.5)?);
            if bias != end || end.is_negative() {
                let expected = "a bias as lambd: with another the function jumps at lambd";
                return Err(node.content(expected, format!("{bias} and {end}")));
            }
            let one = Rational::ONE;
            let ends = if end.is_zero() { vec![zero.clone()] } else { vec![-&end, end] };
            let inner = vec![zero.clone(); ends.len() - 1];
            made(node, ends, [vec![one.clone()], inner, vec![one]].concat(), &zero)
        }
    }
}

fn made(
    node: &Node<'_>,
    ends: Vec<Rational>,
    slopes: Vec<Rational>,
    at_zero: &Rational,
) -> Result<Activation, ImportError> {
    Activation::piecewise_linear(ends, slopes, at_zero)
        .map_err(|error| node.content("a continuous function", error.to_string()))
}

/// The signal cut off at the ends that are given; where they cross, the high one holds.
pub(super) fn cut(low: Option<&Rational>, high: Option<&Rational>) -> Activation {
    let [zero, one] = [Rational::ZERO, Rational::ONE];
    let clamp = |x: Rational| {
        let x = low.map_or(x.clone(), |low| x.max(low.clone()));
        high.map_or(x.clone(), |high| x.min(high.clone()))
    };
    let at_zero = clamp(zero.clone());
    let (ends, slopes) = match (low, high) {
        (Some(low), Some(high)) if low >= high => (Vec::new(), vec![zero]),
        (Some(low), Some(high)) => (vec![low.clone(), high.clone()], vec![zero.clone(), one, zero]),
        (Some(low), None) => (vec![low.clone()], vec![zero, one]),
        (None, Some(high)) => (vec![high.clone()], vec![one, zero]),
        (None, None) => (Vec::new(), vec![one]),
    };
    Activation::piecewise_linear(ends, slopes, &at_zero).expect("the ends increase")
}

/// A slope of its own below zero for each entry: `(1 + s)/2 x + (1 - s)/2 |x|`.
pub(super) fn parametric(run: &mut Run<'_>, node: &Node<'_>) -> Made {
    node.only(&[])?;
    let (value, slope) = (node.value(0)?, node.needed(1)?);
    if let Some(first) = slope.numbers.first()
        && slope.numbers.iter().all(|number| number == first)
    {
        return Ok(vec![bent(run, node, value, &Activation::leaky_relu(first.clone()))?]);
    }
    let absolute = bent(run, node, value, &Activation::absolute_value())?;
    let half = Rational::new(1, 2);
    let part = |sign: &Rational| {
        let numbers = slope.numbers.iter().map(|s| (Rational::ONE + sign * s) * &half).collect();
        Value::constant(Tensor::new(slope.axes.clone(), numbers, Kind::Float))
    };
    let left = combined(run, node, "Mul", value, &part(&Rational::ONE))?;
    let right = combined(run, node, "Mul", &absolute, &part(&-Rational::ONE))?;
    Ok(vec![combined(run, node, "Add", &left, &right)?])
}
