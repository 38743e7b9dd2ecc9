//! Regions one by one: a thread that walks, a few regions ahead of who asks.

use crate::convert::{domain, doubles, fraction, fractions};
use crate::count::check_corners;
use crate::network::Network;
use crate::work::{TICK, caught, defect, next, spawn};
use crease::exact::Rational;
use crease::properties::{self, for_each_region};
use pyo3::prelude::*;
use pyo3::types::PyList;
use std::ops::ControlFlow;
use std::sync::Mutex;
use std::sync::mpsc::{Receiver, RecvTimeoutError, sync_channel};

/// Regions that are found before they are asked for.
const AHEAD: usize = 32;

type Found = Result<properties::Region, String>;

/// The regions of a network, one after another.
#[pyclass(frozen, module = "crease")]
pub struct Regions(Mutex<Receiver<Found>>);

/// Begins the walk.
#[pyfunction]
#[pyo3(signature = (net, sides))]
pub fn regions(net: &Network, sides: Option<&Bound<'_, PyAny>>) -> PyResult<Regions> {
    let domain = domain(sides, net.inputs())?;
    check_corners(&domain)?;
    let (send, receive) = sync_channel(AHEAD);
    let file = net.0.clone();
    spawn(move || {
        // Where nobody listens any more the walk ends.
        let visit = |region| match send.send(Ok(region)) {
            Ok(()) => ControlFlow::Continue(()),
            Err(_) => ControlFlow::Break(()),
        };
        if let Err(said) = caught(|| for_each_region(&file.network, &domain, visit)) {
            let _ = send.send(Err(said));
        }
    })?;
    Ok(Regions(Mutex::new(receive)))
}

#[pymethods]
impl Regions {
    fn __iter__(this: PyRef<'_, Self>) -> PyRef<'_, Self> {
        this
    }

    fn __next__(&self, py: Python<'_>) -> PyResult<Option<Region>> {
        loop {
            match py.detach(|| next(&self.0, TICK)) {
                Ok(found) => return found.map(|region| Some(Region(region))).map_err(defect),
                Err(RecvTimeoutError::Disconnected) => return Ok(None),
                Err(RecvTimeoutError::Timeout) => py.check_signals()?,
            }
        }
    }
}

/// A proper activation region: what every unit does there, a point inside, and the network on it.
#[pyclass(frozen, module = "crease")]
pub struct Region(properties::Region);

impl Region {
    fn rows(&self) -> impl Iterator<Item = &[Rational]> {
        (0..self.0.map.matrix.rows()).map(|i| self.0.map.matrix.row(i))
    }
}

#[pymethods]
impl Region {
    /// A list for every activation and maximum: the piece of each unit, the entry that is taken.
    #[getter]
    fn pattern(&self) -> Vec<Vec<usize>> {
        self.0.pattern.layers.clone()
    }

    /// A point inside.
    #[getter]
    fn point<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyList>> {
        fractions(py, &self.0.point)
    }

    /// The matrix of the network on the region, row by row.
    #[getter]
    fn matrix<'py>(&self, py: Python<'py>) -> PyResult<Vec<Bound<'py, PyList>>> {
        self.rows().map(|row| fractions(py, row)).collect()
    }

    /// The offset of the network on the region.
    #[getter]
    fn offset<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyList>> {
        fractions(py, &self.0.map.offset)
    }

    /// Coefficients and constant of the forms that are positive on the region, one a facet.
    #[getter]
    fn facets<'py>(
        &self,
        py: Python<'py>,
    ) -> PyResult<Vec<(Bound<'py, PyList>, Bound<'py, PyAny>)>> {
        let facet = |form: &crease::net::Form| {
            Ok((fractions(py, &form.coefficients)?, fraction(py, &form.constant)?))
        };
        self.0.facets.iter().map(facet).collect()
    }

    /// Whether it lies in a ball.
    #[getter]
    fn bounded(&self) -> bool {
        self.0.bounded
    }

    /// Its vertices; none if it contains a line.
    #[getter]
    fn vertices<'py>(&self, py: Python<'py>) -> PyResult<Vec<Bound<'py, PyList>>> {
        self.0.vertices.iter().map(|vertex| fractions(py, vertex)).collect()
    }

    /// The exact volume; None if it is not bounded.
    fn volume<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyAny>>> {
        let volume = py.detach(|| caught(|| self.0.volume())).map_err(defect)?;
        volume.map(|volume| fraction(py, &volume)).transpose()
    }

    /// Point, matrix and offset as numpy arrays of the nearest doubles.
    fn numpy<'py>(&self, py: Python<'py>) -> PyResult<[Bound<'py, PyAny>; 3]> {
        let array = py.import("numpy")?.getattr("array")?;
        let rows: Vec<_> = self.rows().map(doubles).collect();
        Ok([
            array.call1((doubles(&self.0.point),))?,
            array.call1((rows,))?,
            array.call1((doubles(&self.0.map.offset),))?,
        ])
    }

    fn __repr__(&self) -> String {
        let point: Vec<String> = self.0.point.iter().map(Rational::to_string).collect();
        format!("<crease.Region around ({})>", point.join(", "))
    }
}
