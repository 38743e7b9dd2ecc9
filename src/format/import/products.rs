//! Products of a signal and a constant matrix.

use super::ImportError;
use super::arithmetic::{combined, times};
use super::builder::{Rows, Work};
use super::graph::{Made, Run};
use super::node::Node;
use super::tensor::Tensor;
use super::value::{Signal, Value, broadcast, product, spread, strided};
use crate::exact::Rational;
use crate::net::{Layer, Shape};

/// `alpha A' B' + beta C`, where a prime is for a transpose if a flag says so.
pub(super) fn gemm(run: &mut Run<'_>, node: &Node<'_>) -> Made {
    node.only(&["alpha", "beta", "transA", "transB", "broadcast"])?;
    let alpha = node.number_or("alpha", 1.0)?;
    let beta = node.number_or("beta", 1.0)?;
    let mut factor = |index, flag| {
        let value = node.value(index)?;
        let &[rows, columns] = value.axes() else {
            let found = format!("axes {:?}", value.axes());
            return Err(node.content(format!("a matrix as input {index}"), found));
        };
        if node.int(flag, 0)? == 0 {
            return Ok(value.clone());
        }
        run.builder.spend(&node.place, rows * columns)?;
        let from = strided(&[columns, rows], &[1, columns], 0);
        let from: Vec<_> = from.into_iter().map(Some).collect();
        Ok(value.gathered(vec![columns, rows], &from, &Rational::ZERO))
    };
    let (a, mut b) = (factor(0, "transA")?, factor(1, "transB")?);
    if alpha != Rational::ONE {
        b = times(run, node, &b, &alpha)?;
    }
    let made = multiplied(run, node, &a, &b)?;
    let Some(addend) = node.input(2) else { return Ok(vec![made]) };
    let addend = match beta == Rational::ONE {
        true => addend.clone(),
        false => times(run, node, addend, &beta)?,
    };
    Ok(vec![combined(run, node, "Add", &made, &addend)?])
}

pub(super) fn matmul(run: &mut Run<'_>, node: &Node<'_>) -> Made {
    node.only(&[])?;
    Ok(vec![multiplied(run, node, node.value(0)?, node.value(1)?)?])
}

/// The sizes of a product of stacks of matrices: of the stack, and rows, terms and columns.
struct Sizes {
    stack: Vec<usize>,
    rows: usize,
    terms: usize,
    columns: usize,
    /// The axes of the product: a vector has one less.
    axes: Vec<usize>,
}

fn sizes(node: &Node<'_>, a: &[usize], b: &[usize]) -> Result<Sizes, ImportError> {
    let refused = || {
        let expected = format!("a factor that fits one of axes {a:?}, as the matrix reads");
        node.content(expected, format!("axes {b:?}"))
    };
    let (rows, terms, front) = match *a {
        [] => return Err(refused()),
        [terms] => (1, terms, &[][..]),
        [ref front @ .., rows, terms] => (rows, terms, front),
    };
    let (again, columns, back) = match *b {
        [] => return Err(refused()),
        [terms] => (terms, 1, &[][..]),
        [ref back @ .., terms, columns] => (terms, columns, back),
    };
    let stack = broadcast(front, back).filter(|_| terms == again).ok_or_else(refused)?;
    let mut axes = stack.clone();
    axes.extend((a.len() > 1).then_some(rows));
    axes.extend((b.len() > 1).then_some(columns));
    Ok(Sizes { stack, rows, terms, columns, axes })
}

fn multiplied(
    run: &mut Run<'_>,
    node: &Node<'_>,
    a: &Value,
    b: &Value,
) -> Result<Value, ImportError> {
    let sizes = sizes(node, a.axes(), b.axes())?;
    let Sizes { stack, rows, terms, columns, axes } = &sizes;
    let (stacked, outputs) = (product(stack), product(axes));
    run.builder.spend(&node.place, outputs.saturating_mul((*terms).max(1)))?;
    let (signal, matrix, is_left) = match (a, b) {
        (Value::Signal(signal), Value::Constant(matrix)) => (signal, matrix, true),
        (Value::Constant(matrix), Value::Signal(signal)) => (signal, matrix, false),
        (Value::Signal(_), Value::Signal(_)) => {
            let expected = "a constant factor: a product of two signals is not piecewise linear";
            return Err(node.content(expected, "two signals"));
        }
        (Value::Constant(a), Value::Constant(b)) => {
            let numbers = of_constants(&sizes, a, b);
            return run.made(&node.place, Tensor::new(axes.clone(), numbers, a.kind));
        }
    };
    let others = if is_left { *rows } else { *columns };
    if stacked == 1 && others == 1 && *terms > 0 {
        let outputs = if is_left { *columns } else { *rows };
        let weight = |o: usize, t: usize| match is_left {
            true => &matrix.numbers[t * columns + o],
            false => &matrix.numbers[o * terms + t],
        };
        return dense(run, node, signal, outputs, axes, weight);
    }
    let own = |axes: &[usize]| {
        let stacks = &axes[..axes.len().saturating_sub(2)];
        spread(stacks, stack)
    };
    let (left, right) = (own(a.axes()), own(b.axes()));
    let mut sums = Rows::new(outputs);
    let mut o = 0;
    for s in 0..stacked {
        for (m, n) in (0..*rows).flat_map(|m| (0..*columns).map(move |n| (m, n))) {
            for k in 0..*terms {
                let x = (left[s] * rows + m) * terms + k;
                let y = (right[s] * terms + k) * columns + n;
                let (entry, weight) = if is_left { (x, y) } else { (y, x) };
                sums.add(o, &signal.entries[entry], &matrix.numbers[weight]);
            }
            o += 1;
        }
    }
    let made = run.builder.rows(&node.place, sums)?;
    Ok(run.builder.all(made, axes.clone()))
}

fn of_constants(sizes: &Sizes, a: &Tensor, b: &Tensor) -> Vec<Rational> {
    let Sizes { stack, rows, terms, columns, .. } = sizes;
    let own = |axes: &[usize]| spread(&axes[..axes.len().saturating_sub(2)], stack);
    let (left, right) = (own(&a.axes), own(&b.axes));
    let mut numbers = Vec::new();
    for (x, y) in left.iter().zip(&right) {
        for (m, n) in (0..*rows).flat_map(|m| (0..*columns).map(move |n| (m, n))) {
            let term = |k: usize| {
                &a.numbers[(x * rows + m) * terms + k] * &b.numbers[(y * terms + k) * columns + n]
            };
            numbers.push((0..*terms).map(term).sum());
        }
    }
    numbers
}

/// A dense layer. An order of the signal's entries becomes one of the weights.
fn dense<'m>(
    run: &mut Run<'_>,
    node: &Node<'_>,
    signal: &Signal,
    outputs: usize,
    axes: &[usize],
    weight: impl Fn(usize, usize) -> &'m Rational,
) -> Result<Value, ImportError> {
    let (stream, order) = run.builder.ordered(&node.place, signal)?;
    let inputs = order.len();
    let mut weights = vec![Rational::ZERO; outputs * inputs];
    for o in 0..outputs {
        for (t, unit) in order.iter().enumerate() {
            weights[o * inputs + *unit as usize] = weight(o, t).clone();
        }
    }
    let layer = Layer::dense(outputs, weights, Vec::new());
    let shape = Some(Shape::Flat(inputs));
    let made = run.builder.step(&node.place, vec![stream], shape, Work::Layer(layer), outputs)?;
    Ok(run.builder.all(made, axes.to_vec()))
}
