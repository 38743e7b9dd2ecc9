//! Sums, differences, factors and extrema of signals and constants.

use super::ImportError;
use super::activations::{bent, cut};
use super::builder::{Rows, Work};
use super::graph::{Made, Run, signal_of};
use super::node::Node;
use super::number::normalizing_factor;
use super::tensor::{Kind, Tensor};
use super::value::{Signal, Value, broadcast, product, spread};
use crate::exact::Rational;
use crate::net::Activation;

pub(super) fn binary(run: &mut Run<'_>, node: &Node<'_>) -> Made {
    node.only(&[])?;
    Ok(vec![combined(run, node, node.operator(), node.value(0)?, node.value(1)?)?])
}

/// `a + b`, `a - b`, `a * b` or `a / b`, entry by entry.
pub(super) fn combined(
    run: &mut Run<'_>,
    node: &Node<'_>,
    operator: &str,
    a: &Value,
    b: &Value,
) -> Result<Value, ImportError> {
    let Together { axes, left, right } = together(run, node, [a, b], 1)?;
    match (a, b) {
        (Value::Constant(a), Value::Constant(b)) => {
            let pairs = left.iter().zip(&right).map(|(i, j)| (&a.numbers[*i], &b.numbers[*j]));
            let numbers = pairs.map(|(x, y)| number(node, operator, x, y, a.kind));
            let numbers = numbers.collect::<Result<_, _>>()?;
            run.made(&node.place, Tensor::new(axes, numbers, a.kind))
        }
        (Value::Signal(_), Value::Signal(_)) => {
            let signals = [expanded(a, &axes, &left), expanded(b, &axes, &right)];
            both(run, node, operator, signals, axes)
        }
        (Value::Signal(_), Value::Constant(constant))
        | (Value::Constant(constant), Value::Signal(_)) => {
            let is_first = matches!(a, Value::Signal(_));
            let (value, own, other) = if is_first { (a, left, right) } else { (b, right, left) };
            let signal = expanded(value, &axes, &own);
            let all: Vec<_> = other.iter().map(|i| &constant.numbers[*i]).collect();
            let of: fn(&Rational) -> [Rational; 2] = match (operator, is_first) {
                ("Add", _) => |c| [Rational::ONE, c.clone()],
                ("Sub", true) => |c| [Rational::ONE, -c],
                ("Sub", false) => |c| [-Rational::ONE, c.clone()],
                ("Mul", _) => |c| [c.clone(), Rational::ZERO],
                (_, true) if all.iter().any(|c| c.is_zero()) => {
                    return Err(node.content("a division by numbers other than 0", "0"));
                }
                (_, true) => |c| [c.recip(), Rational::ZERO],
                (_, false) => {
                    let expected =
                        "a division by constants: one by a signal is not piecewise linear";
                    return Err(node.content(expected, "one of a constant by a signal"));
                }
            };
            scaled(run, node, &signal, &all, of)
        }
    }
}

/// The axes to which two values spread, and the place in each of them that an entry comes from.
struct Together {
    axes: Vec<usize>,
    left: Vec<usize>,
    right: Vec<usize>,
}

/// Errors: values that spread to no common axes, and more entries, `each` times, than all may be.
fn together(
    run: &mut Run<'_>,
    node: &Node<'_>,
    [a, b]: [&Value; 2],
    each: usize,
) -> Result<Together, ImportError> {
    let Some(axes) = broadcast(a.axes(), b.axes()) else {
        let expected = format!("an input that spreads to axes {:?}", a.axes());
        return Err(node.content(expected, format!("axes {:?}", b.axes())));
    };
    run.builder.spend(&node.place, each * product(&axes))?;
    let (left, right) = (spread(a.axes(), &axes), spread(b.axes(), &axes));
    Ok(Together { axes, left, right })
}

fn number(
    node: &Node<'_>,
    operator: &str,
    x: &Rational,
    y: &Rational,
    kind: Kind,
) -> Result<Rational, ImportError> {
    Ok(match operator {
        "Add" => x + y,
        "Sub" => x - y,
        "Mul" => x * y,
        _ if y.is_zero() => {
            return Err(node.content("a division by numbers other than 0", "0"));
        }
        _ if kind == Kind::Float => x / y,
        // Integers are divided towards zero.
        _ => match x / y {
            quotient if quotient.is_negative() => quotient.ceil(),
            quotient => quotient.floor(),
        },
    })
}

/// The signal that spreads to these axes.
fn expanded(value: &Value, axes: &[usize], places: &[usize]) -> Signal {
    if value.axes() == axes {
        return signal_of(value);
    }
    let from: Vec<_> = places.iter().copied().map(Some).collect();
    signal_of(&value.gathered(axes.to_vec(), &from, &Rational::ZERO))
}

/// Factor and addend for each entry, as they are made of the numbers of a constant.
fn scaled(
    run: &mut Run<'_>,
    node: &Node<'_>,
    signal: &Signal,
    numbers: &[&Rational],
    of: fn(&Rational) -> [Rational; 2],
) -> Result<Value, ImportError> {
    run.builder.on_units(&node.place, signal, |order| {
        let mut factors = vec![Rational::ONE; order.len()];
        let mut addends = vec![Rational::ZERO; order.len()];
        for (number, unit) in numbers.iter().zip(order) {
            [factors[*unit as usize], addends[*unit as usize]] = of(number);
        }
        if addends.iter().all(Rational::is_zero) {
            addends.clear();
        }
        Work::Scale { factor: factors, addend: addends }
    })
}

/// Every entry times a number.
pub(super) fn times(
    run: &mut Run<'_>,
    node: &Node<'_>,
    value: &Value,
    factor: &Rational,
) -> Result<Value, ImportError> {
    let one = Value::constant(Tensor::new(Vec::new(), vec![factor.clone()], Kind::Float));
    combined(run, node, "Mul", value, &one)
}

/// The sum or difference of two signals.
fn both(
    run: &mut Run<'_>,
    node: &Node<'_>,
    operator: &str,
    [a, b]: [Signal; 2],
    axes: Vec<usize>,
) -> Result<Value, ImportError> {
    let sign = match operator {
        "Add" => Rational::ONE,
        "Sub" => -Rational::ONE,
        "Mul" => {
            let expected = "a factor that is constant: a product of two signals is not piecewise \
                            linear";
            return Err(node.content(expected, "two signals"));
        }
        _ => {
            let expected = "a division by constants: one by a signal is not piecewise linear";
            return Err(node.content(expected, "two signals"));
        }
    };
    let units = run.builder.units.clone();
    let order = |signal: &Signal| signal.permuted(|stream| units[stream as usize]);
    if let (Some((x, first)), Some((y, second))) = (order(&a), order(&b))
        && (x != y && first == second && operator == "Add")
    {
        let count = first.len();
        let made = run.builder.step(&node.place, vec![x, y], None, Work::Sum, count)?;
        let entry = |unit| super::value::Entry::Unit(made, unit);
        return Ok(Value::signal(axes, first.into_iter().map(entry).collect()));
    }
    let mut rows = Rows::new(a.entries.len());
    for (o, (x, y)) in a.entries.iter().zip(b.entries.iter()).enumerate() {
        rows.add(o, x, &Rational::ONE);
        rows.add(o, y, &sign);
    }
    let made = run.builder.rows(&node.place, rows)?;
    Ok(run.builder.all(made, axes))
}

pub(super) fn negated(run: &mut Run<'_>, node: &Node<'_>) -> Made {
    node.only(&[])?;
    Ok(vec![times(run, node, node.value(0)?, &-Rational::ONE)?])
}

/// The sum or the mean of all inputs.
pub(super) fn many(run: &mut Run<'_>, node: &Node<'_>) -> Made {
    node.only(&[])?;
    let mut sum = node.value(0)?.clone();
    for i in 1..node.inputs.len() {
        sum = combined(run, node, "Add", &sum, node.value(i)?)?;
    }
    match node.operator() {
        "Sum" => Ok(vec![sum]),
        _ => Ok(vec![times(run, node, &sum, &Rational::from(node.inputs.len()).recip())?]),
    }
}

pub(super) fn extremum(run: &mut Run<'_>, node: &Node<'_>) -> Made {
    node.only(&[])?;
    let is_max = node.operator() == "Max";
    let mut best = node.value(0)?.clone();
    for i in 1..node.inputs.len() {
        best = greater(run, node, &best, node.value(i)?, is_max)?;
    }
    Ok(vec![best])
}

fn greater(
    run: &mut Run<'_>,
    node: &Node<'_>,
    a: &Value,
    b: &Value,
    is_max: bool,
) -> Result<Value, ImportError> {
    let Together { axes, left, right } = together(run, node, [a, b], 2)?;
    match (a, b) {
        (Value::Constant(a), Value::Constant(b)) => {
            let pick = |(i, j): (&usize, &usize)| {
                let (x, y) = (&a.numbers[*i], &b.numbers[*j]);
                if (x > y) == is_max { x.clone() } else { y.clone() }
            };
            let numbers = left.iter().zip(&right).map(pick).collect();
            run.made(&node.place, Tensor::new(axes, numbers, a.kind))
        }
        (Value::Signal(_), Value::Constant(constant))
        | (Value::Constant(constant), Value::Signal(_)) => {
            let is_first = matches!(a, Value::Signal(_));
            let (value, own, other) = if is_first { (a, left, right) } else { (b, right, left) };
            let signal = expanded(value, &axes, &own);
            against(run, node, &signal, constant, &other, is_max)
        }
        (Value::Signal(_), Value::Signal(_)) => {
            let sign = if is_max { Rational::ONE } else { -Rational::ONE };
            let signed = |run: &mut Run<'_>, value: &Value| match is_max {
                true => Ok(value.clone()),
                false => times(run, node, value, &sign),
            };
            let (a, b) = (signed(run, a)?, signed(run, b)?);
            let (mut entries, second) = (a.entries(), b.entries());
            let first = entries.len();
            entries.extend(second);
            let sets: Vec<_> = left.iter().zip(&right).map(|(i, j)| vec![*i, first + j]).collect();
            let made = run.builder.greatest(&node.place, &sets, &entries)?;
            let made = run.builder.all(made, axes);
            signed(run, &made)
        }
    }
}

/// The greater, or the less, of a signal and numbers.
fn against(
    run: &mut Run<'_>,
    node: &Node<'_>,
    signal: &Signal,
    constant: &Tensor,
    places: &[usize],
    is_max: bool,
) -> Result<Value, ImportError> {
    if let Some(found) = constant.special {
        let never = if is_max { "-infinity" } else { "infinity" };
        return match found == never {
            true => Ok(Value::Signal(signal.clone())),
            false => Err(node.content("a finite number", found)),
        };
    }
    let all: Vec<_> = places.iter().map(|i| &constant.numbers[*i]).collect();
    let cut_at = |at: &Rational| if is_max { cut(Some(at), None) } else { cut(None, Some(at)) };
    if let Some(&first) = all.first()
        && all.iter().all(|number| *number == first)
    {
        return bent(run, node, &Value::Signal(signal.clone()), &cut_at(first));
    }
    let below = scaled(run, node, signal, &all, |c| [Rational::ONE, -c])?;
    let cut: Activation = cut_at(&Rational::ZERO);
    let bent = signal_of(&bent(run, node, &below, &cut)?);
    scaled(run, node, &bent, &all, |c| [Rational::ONE, c.clone()])
}

/// `scale (x - mean) / sqrt(variance + epsilon) + bias`, channel by channel.
pub(super) fn normalize(run: &mut Run<'_>, node: &Node<'_>) -> Made {
    node.only(&["epsilon", "momentum", "training_mode", "spatial"])?;
    node.must_be("spatial", 1)?;
    // Until operator set 14 more outputs than one said that the node trains.
    let outputs = node.node.output.iter().filter(|name| !name.is_empty()).count();
    if node.int("training_mode", 0)? != 0 || (node.opset < 14 && outputs > 1) {
        let expected = "a normalization by constants; export the model for inference";
        return Err(node.content(expected, "training mode, by the batch itself"));
    }
    let epsilon = node.number_or("epsilon", 1e-5)?;
    let signal = node.signal(0)?.clone();
    let channels = signal.axes.get(1).copied().unwrap_or(1);
    let vector = |index| {
        let numbers = &node.needed(index)?.numbers;
        if numbers.len() == channels {
            return Ok(numbers);
        }
        let expected = format!("{channels} numbers, one a channel, as input {index}");
        Err(node.content(expected, numbers.len().to_string()))
    };
    let [scales, biases, means, variances] = [vector(1)?, vector(2)?, vector(3)?, vector(4)?];
    let (mut factors, mut shifts) = (Vec::new(), Vec::new());
    for c in 0..channels {
        let factor = normalizing_factor(&scales[c], &(&variances[c] + &epsilon));
        let factor = factor.ok_or_else(|| {
            let expected = format!("a finite factor of channel {c}");
            node.content(expected, format!("variance {}", variances[c]))
        })?;
        shifts.push(&biases[c] - &means[c] * &factor);
        factors.push(factor);
    }
    let mut axes = vec![1; signal.axes.len().max(1)];
    axes[usize::from(signal.axes.len() > 1)] = channels;
    let places = spread(&axes, &signal.axes);
    let made = run.builder.on_units(&node.place, &signal, |order| {
        let mut factor = vec![Rational::ONE; order.len()];
        let mut addend = vec![Rational::ZERO; order.len()];
        for (channel, unit) in places.iter().zip(order) {
            factor[*unit as usize] = factors[*channel].clone();
            addend[*unit as usize] = shifts[*channel].clone();
        }
        Work::Scale { factor, addend }
    })?;
    Ok(vec![made])
}
