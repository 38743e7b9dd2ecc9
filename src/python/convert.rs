//! Numbers across the border: exactly in both directions, or refused.

use crease::exact::{Big, Rational, float};
use crease::net::InputBox;
use crease::net::regions::Domain;
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyFloat, PyInt, PyList, PyString, PyType};

static FRACTION: PyOnceLock<Py<PyType>> = PyOnceLock::new();

/// An error of the library as a `ValueError`.
pub fn refused(what: impl std::fmt::Display) -> PyErr {
    PyValueError::new_err(what.to_string())
}

/// A number as a `fractions.Fraction`.
pub fn fraction<'py>(py: Python<'py>, x: &Rational) -> PyResult<Bound<'py, PyAny>> {
    let class = FRACTION.import(py, "fractions", "Fraction")?;
    match x.small_parts() {
        Some(parts) => class.call1(parts),
        None => class.call1((x.numerator(), x.denominator())),
    }
}

/// Numbers as a list of fractions.
pub fn fractions<'py>(py: Python<'py>, xs: &[Rational]) -> PyResult<Bound<'py, PyList>> {
    PyList::new(py, xs.iter().map(|x| fraction(py, x)).collect::<PyResult<Vec<_>>>()?)
}

/// The nearest doubles.
pub fn doubles(xs: &[Rational]) -> Vec<f64> {
    xs.iter().map(float::nearest).collect()
}

/// The exact value of an int, a Fraction, a float, a Decimal, a numpy number or a text.
///
/// Errors: it is not a finite number.
fn rational(value: &Bound<'_, PyAny>) -> PyResult<Rational> {
    let expected = |found: String| {
        refused(format!("expected a finite number such as 3, 0.5 or Fraction(1, 3), found {found}"))
    };
    if let Ok(double) = value.cast::<PyFloat>() {
        let double = double.value();
        return float::dyadic(double).ok_or_else(|| expected(double.to_string()));
    }
    if value.is_instance_of::<PyInt>() {
        return value.extract().map(|n: Big| n.into());
    }
    if let Ok(text) = value.cast::<PyString>() {
        let text = text.to_string();
        return text.trim().parse().map_err(|_| expected(format!("{text:?}")));
    }
    let ratio = value.call_method0("as_integer_ratio");
    if let Ok((n, d)) = ratio.and_then(|ratio| ratio.extract::<(Big, Big)>()) {
        return Ok(Rational::from_parts(n, d));
    }
    match value.call_method0("__index__").and_then(|n| n.extract::<Big>()) {
        Ok(n) => Ok(n.into()),
        Err(_) => Err(expected(value.repr().map_or_else(|_| "?".into(), |text| text.to_string()))),
    }
}

/// What holds other values, as a list: an array or tensor by its `tolist`, a sequence; a single
/// number is none.
fn items<'py>(value: &Bound<'py, PyAny>) -> PyResult<Option<Vec<Bound<'py, PyAny>>>> {
    if value.is_instance_of::<PyString>() {
        return Ok(None);
    }
    if value.hasattr("tolist")? && value.getattr("ndim").is_ok_and(|n| !n.eq(0).unwrap_or(true)) {
        return value.call_method0("tolist")?.extract().map(Some);
    }
    match value.len() {
        Ok(_) => value.try_iter()?.collect::<PyResult<Vec<_>>>().map(Some),
        Err(_) => Ok(None),
    }
}

/// All numbers of an array, a tensor, or sequences in sequences, in row-major order; a number
/// alone is one. `what` names the argument in errors.
pub fn numbers(value: &Bound<'_, PyAny>, what: &str) -> PyResult<Vec<Rational>> {
    let mut all = Vec::new();
    gather(value, &mut all)
        .map_err(|error| refused(format!("{what}, entry {}: {}", all.len(), said(&error))))?;
    Ok(all)
}

fn gather(value: &Bound<'_, PyAny>, all: &mut Vec<Rational>) -> PyResult<()> {
    match items(value)? {
        Some(items) => items.iter().try_for_each(|item| gather(item, all)),
        None => {
            // A tensor of one number has no ratio.
            let alone = value.hasattr("tolist")?.then(|| value.call_method0("tolist"));
            all.push(rational(&alone.transpose()?.unwrap_or_else(|| value.clone()))?);
            Ok(())
        }
    }
}

/// The rows of a table; a row that is a number is one entry.
pub fn rows(value: &Bound<'_, PyAny>, what: &str) -> PyResult<Vec<Vec<Rational>>> {
    let Some(items) = items(value)? else {
        return Err(refused(format!("{what}: expected a list or an array, found one number")));
    };
    let row = |(i, item)| numbers(item, &format!("{what}[{i}]"));
    let rows: Vec<Vec<_>> = items.iter().enumerate().map(row).collect::<PyResult<_>>()?;
    match rows.iter().position(|row| row.len() != rows[0].len()) {
        None => Ok(rows),
        Some(i) => Err(refused(format!(
            "{what}: expected rows of one length, found {} entries in row 0 and {} in row {i}",
            rows[0].len(),
            rows[i].len()
        ))),
    }
}

fn said(error: &PyErr) -> String {
    Python::attach(|py| error.value(py).to_string())
}

/// The box that `sides` names, for inputs of this dimension: LO and HI for every side, or a pair
/// for each.
///
/// Errors: it is no box of this dimension.
pub fn input_box(sides: &Bound<'_, PyAny>, dimension: usize) -> PyResult<InputBox> {
    let wrong = |found: String| {
        refused(format!(
            "box: expected (lo, hi), or a pair (lo, hi) for each of {dimension} \
                         inputs, found {found}"
        ))
    };
    let Some(parts) = items(sides)? else { return Err(wrong(sides.repr()?.to_string())) };
    let is_flat = parts.iter().all(|part| items(part).is_ok_and(|items| items.is_none()));
    let mut pairs = if is_flat { vec![numbers(sides, "box")?] } else { rows(sides, "box")? };
    if is_flat {
        pairs = vec![pairs[0].clone(); dimension];
    }
    if let Some(pair) = pairs.iter().find(|pair| pair.len() != 2) {
        return Err(wrong(format!("{} numbers instead of two", pair.len())));
    }
    if pairs.len() != dimension {
        return Err(wrong(format!("{} pairs", pairs.len())));
    }
    let (lo, hi) = pairs.into_iter().map(|pair| (pair[0].clone(), pair[1].clone())).unzip();
    InputBox::new(lo, hi).map_err(|error| refused(format!("box: {error}")))
}

/// The same as the place where regions are looked for, in which every side has a length.
pub fn domain(sides: Option<&Bound<'_, PyAny>>, dimension: usize) -> PyResult<Domain> {
    let Some(sides) = sides else { return Ok(Domain::Whole) };
    let sides = input_box(sides, dimension)?;
    match sides.lo().iter().zip(sides.hi()).position(|(lo, hi)| lo == hi) {
        None => Ok(Domain::Box(sides)),
        Some(side) => {
            let end = &sides.lo()[side];
            let side = side + 1;
            let what = format!("side {side} goes from {end} to {end}: expected lo < hi");
            Err(refused(format!("box: {what}")))
        }
    }
}

/// All numbers of a value as exact fractions, in row-major order.
#[pyfunction]
pub fn exact<'py>(value: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyList>> {
    fractions(value.py(), &numbers(value, "value")?)
}
