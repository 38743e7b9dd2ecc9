//! The network of least cost through or near data.

use crate::convert::{fraction, fractions, numbers, refused, rows};
use crate::network::Network;
use crate::work::{Limits, Seconds, Watch, run};
use crease::analysis::enclosure::Enclosure;
use crease::exact::Rational;
use crease::net;
use crease::spline::ridge;
use crease::spline::univariate::{
    Data, Interpolation, Knots, Penalised, VectorInterpolation, network_of,
};
use pyo3::prelude::*;
use pyo3::types::PyDict;
use std::sync::atomic::Ordering;

/// What is asked.
struct Asked {
    x: Vec<Vec<Rational>>,
    y: Vec<Vec<Rational>>,
    lambda: Option<Rational>,
    sparsest: bool,
    norm: ridge::Norm,
}

/// What was found.
struct Found {
    value: Enclosure,
    unique: Option<bool>,
    /// Of one input.
    knots: Option<Vec<Rational>>,
    /// The least number of knots of a fit of least cost.
    fewest: Option<usize>,
    units: usize,
    network: net::Network,
}

/// The fields of a fit; `None` if the time was over before there was one.
#[pyfunction]
#[pyo3(signature = (x, y, lambda, sparsest, norm, time, progress))]
pub fn fit<'py>(
    x: &Bound<'py, PyAny>,
    y: &Bound<'py, PyAny>,
    lambda: Option<&Bound<'py, PyAny>>,
    sparsest: bool,
    norm: &str,
    time: Option<Seconds>,
    progress: Option<Bound<'py, PyAny>>,
) -> PyResult<Option<Bound<'py, PyDict>>> {
    let py = x.py();
    let (x, y) = (rows(x, "x")?, rows(y, "y")?);
    if x.len() != y.len() {
        let (inputs, outputs) = (x.len(), y.len());
        return Err(refused(format!("expected as many y as x, found {inputs} x and {outputs} y")));
    }
    let norms = [ridge::Norm::L1, ridge::Norm::L2, ridge::Norm::Linf];
    let Some(norm) = norms.into_iter().find(|n| n.name() == norm) else {
        return Err(refused(format!("norm: expected l1, l2 or linf, found {norm:?}")));
    };
    let lambda = match lambda.map(|lambda| numbers(lambda, "lambda_")).transpose()?.as_deref() {
        None => None,
        Some([lambda]) if lambda.is_positive() => Some(lambda.clone()),
        Some(_) => {
            return Err(refused(
                "lambda_: expected a positive number; without it the fit goes through the data",
            ));
        }
    };
    let asked = Asked { x, y, lambda, sparsest, norm };
    let found = run(py, &Limits::new(time, progress)?, move |watch| asked.answer(watch))?;
    let Some(found) = found.transpose().map_err(refused)?.flatten() else { return Ok(None) };
    let fields = PyDict::new(py);
    fields.set_item("lower", fraction(py, found.value.lo())?)?;
    fields.set_item("upper", fraction(py, found.value.hi())?)?;
    fields.set_item("unique", found.unique)?;
    fields.set_item("knots", found.knots.map(|knots| fractions(py, &knots)).transpose()?)?;
    fields.set_item("fewest", found.fewest)?;
    fields.set_item("units", found.units)?;
    fields.set_item("network", Network::named("fit", found.network))?;
    Ok(Some(fields))
}

impl Asked {
    fn answer(mut self, watch: &Watch) -> Result<Option<Found>, String> {
        let (inputs, outputs) = match (self.x.first(), self.y.first()) {
            (Some(x), Some(y)) => (x.len(), y.len()),
            _ => return Err("expected one point at least, found none".to_owned()),
        };
        match (inputs, outputs) {
            (0, _) | (_, 0) => Err("expected an input and an output at least".to_owned()),
            (1, 1) | (1, _) if outputs == 1 || self.lambda.is_none() => {
                self.sort()?;
                self.line(outputs, watch)
            }
            (1, _) => Err("expected one output with lambda_; fit the outputs one by one".into()),
            _ if self.sparsest => {
                Err("sparsest: offered for one input; with several the least cost is fitted".into())
            }
            _ if self.norm == ridge::Norm::L2 && outputs > 1 => {
                Err("norm l2: built for one output; with several ask for l1 or linf".into())
            }
            _ => self.space(outputs, watch),
        }
    }

    /// By increasing input. Without lambda equal points count once.
    ///
    /// Errors: one input has two outputs, and the fit should go through both.
    fn sort(&mut self) -> Result<(), String> {
        let (x, y) = (std::mem::take(&mut self.x), std::mem::take(&mut self.y));
        let mut points: Vec<_> = x.into_iter().zip(y).collect();
        points.sort();
        if self.lambda.is_none() {
            points.dedup();
            if let Some(pair) = points.windows(2).find(|pair| pair[0].0 == pair[1].0) {
                let x = &pair[0].0[0];
                return Err(format!(
                    "the input {x} has different outputs: no function goes through both (with \
                     lambda_ the fit goes near them)"
                ));
            }
        }
        (self.x, self.y) = points.into_iter().unzip();
        Ok(())
    }

    /// One input.
    fn line(&self, outputs: usize, watch: &Watch) -> Result<Option<Found>, String> {
        let x: Vec<Rational> = self.x.iter().map(|row| row[0].clone()).collect();
        let column = |o: usize| self.y.iter().map(|row| row[o].clone()).collect::<Vec<_>>();
        if let Some(lambda) = &self.lambda {
            return self.near(&x, &column(0), lambda, watch);
        }
        if outputs > 1 {
            let problem = VectorInterpolation::new(x, (0..outputs).map(column).collect());
            let problem = problem.map_err(|error| error.to_string())?;
            let fit = problem.fit(self.sparsest);
            let (value, unique) = (problem.least(), Some(problem.is_unique()));
            return found(value, unique, Some(problem.fewest()), fit.at, &fit.outputs).map(Some);
        }
        let data = Data::new(x, column(0)).map_err(|error| error.to_string())?;
        let problem = Interpolation::new(&data);
        let fit = if self.sparsest { problem.sparsest() } else { problem.chords() };
        let (unique, fewest) = (Some(problem.is_unique()), Some(problem.fewest()));
        found(problem.least(), unique, fewest, fit.at.clone(), &[fit]).map(Some)
    }

    /// One input and one output, near the data: equal inputs count as their mean, as often as they
    /// are, and what that loses is part of the value.
    fn near(
        &self,
        x: &[Rational],
        y: &[Rational],
        lambda: &Rational,
        watch: &Watch,
    ) -> Result<Option<Found>, String> {
        let (mut at, mut means, mut weights) = (Vec::new(), Vec::new(), Vec::new());
        let (mut lost, mut from) = (Rational::ZERO, 0);
        for group in x.chunk_by(|a, b| a == b) {
            let values = &y[from..from + group.len()];
            let weight = Rational::from(group.len());
            let mean = values.iter().sum::<Rational>() / &weight;
            lost += values.iter().map(|y| (y - &mean).pow(2)).sum::<Rational>();
            from += group.len();
            at.push(group[0].clone());
            means.push(mean);
            weights.push(weight);
        }
        let data = Data::new(at, means).map_err(|error| error.to_string())?;
        let problem = Penalised::new(data, weights, lambda.clone());
        let problem = problem.map_err(|error| error.to_string())?;
        let Some(fit) = problem.fit(&|| watch.stop.load(Ordering::Relaxed)) else {
            return Ok(None);
        };
        let fitted = Data::new(problem.data().x().to_vec(), fit.values.clone());
        let fitted = fitted.map_err(|error| error.to_string())?;
        let interpolation = Interpolation::new(&fitted);
        let knots = match self.sparsest {
            true => interpolation.sparsest(),
            false => interpolation.chords(),
        };
        let value = fit.objective.sum(&Enclosure::point(lost * Rational::new(1, 2)));
        // What is decided by signs that are only enclosed stays open.
        let unique = fit.is_exact.then(|| interpolation.is_unique());
        let fewest = fit.is_exact.then(|| interpolation.fewest());
        found(value, unique, fewest, knots.at.clone(), &[knots]).map(Some)
    }

    /// Several inputs.
    fn space(self, outputs: usize, watch: &Watch) -> Result<Option<Found>, String> {
        let column = |o: usize| self.y.iter().map(|row| row[o].clone()).collect();
        let values: Vec<Vec<_>> = (0..outputs).map(column).collect();
        let data = ridge::Data::of_outputs(self.x, &values).map_err(|error| error.to_string())?;
        let (norm, penalty) = (self.norm, self.lambda);
        let question = ridge::Question { data, norm, penalty, skip: ridge::Skip::Free };
        match ridge::fit(&question, &mut |steps| !watch.stops_at(steps as u64)) {
            Err(ridge::FitError::Stopped { .. }) => Ok(None),
            Err(error) => Err(error.to_string()),
            Ok(fit) => Ok(Some(Found {
                value: fit.value,
                unique: fit.unique,
                knots: None,
                fewest: None,
                units: fit.network.units.len(),
                network: fit.network.network(),
            })),
        }
    }
}

fn found(
    value: Enclosure,
    unique: Option<bool>,
    fewest: Option<usize>,
    at: Vec<Rational>,
    fit: &[Knots],
) -> Result<Found, String> {
    let functions: Vec<_> = fit.iter().map(Knots::function).collect();
    let network = network_of(&functions).map_err(|error| error.to_string())?;
    Ok(Found { value, unique, fewest, units: at.len(), knots: Some(at), network })
}
