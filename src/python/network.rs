//! Networks: from files and from the tensors of others.

use crate::convert::{fractions, numbers, refused};
use crate::work::{Limits, run};
use crease::format::file::NetworkFile;
use crease::format::{import, nnet};
use crease::net;
use pyo3::prelude::*;
use pyo3::types::PyList;
use std::fmt::Display;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A network with exact weights.
#[pyclass(frozen, module = "crease")]
pub struct Network(pub Arc<NetworkFile>);

impl Network {
    /// This network under a name.
    pub fn named(name: &str, network: net::Network) -> Self {
        let name = name.to_owned();
        Self(Arc::new(NetworkFile { name, network, domain: None, note: None, truth: None }))
    }

    /// The number of inputs.
    pub fn inputs(&self) -> usize {
        self.0.network.input().units()
    }
}

#[pymethods]
impl Network {
    /// Reads a file: `.onnx`, `.nnet`, `.safetensors` beside an architecture file, or a network
    /// file.
    #[staticmethod]
    #[pyo3(signature = (path, logits = false))]
    fn read(py: Python<'_>, path: PathBuf, logits: bool) -> PyResult<Self> {
        let read = run(py, &Limits::new(None, None)?, move |_| read(&path, logits))?;
        let file = read.unwrap_or_else(|| Err("stopped".to_owned())).map_err(refused)?;
        Ok(Self(Arc::new(file)))
    }

    /// The network of an architecture, a network file in which weights may be names, and the
    /// tensors of these names in the format safetensors.
    #[staticmethod]
    fn assembled(py: Python<'_>, architecture: Vec<u8>, tensors: Vec<u8>) -> PyResult<Self> {
        let limits = Limits::new(None, None)?;
        let read = run(py, &limits, move |_| import::safetensors(&architecture, &tensors))?;
        Ok(Self(Arc::new(read.ok_or_else(|| refused("stopped"))?.map_err(refused)?)))
    }

    /// Its name.
    #[getter]
    fn name(&self) -> &str {
        &self.0.name
    }

    /// The shape of the input, channels first.
    #[getter]
    fn input_shape(&self) -> Vec<usize> {
        self.0.network.input().axes().to_vec()
    }

    /// The shape of the output.
    #[getter]
    fn output_shape(&self) -> Vec<usize> {
        self.0.network.output().axes().to_vec()
    }

    /// The box that its file names, a pair for each input, if it names one.
    #[getter]
    fn domain<'py>(&self, py: Python<'py>) -> PyResult<Option<Vec<Bound<'py, PyList>>>> {
        let Some(sides) = &self.0.domain else { return Ok(None) };
        let sides = sides.lo().iter().zip(sides.hi());
        sides
            .map(|(lo, hi)| fractions(py, &[lo.clone(), hi.clone()]))
            .collect::<PyResult<_>>()
            .map(Some)
    }

    /// The network file: JSON with exact numbers.
    fn json(&self) -> String {
        self.0.write()
    }

    /// The value at a point, exactly.
    fn evaluate<'py>(&self, x: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyList>> {
        let (py, x, file) = (x.py(), numbers(x, "x")?, self.0.clone());
        let (expected, found) = (self.inputs(), x.len());
        if expected != found {
            let what = format!("x: the network takes {expected} numbers, found {found}");
            return Err(refused(what));
        }
        let value = run(py, &Limits::new(None, None)?, move |_| file.network.eval(&x))?;
        fractions(py, &value.unwrap_or_default())
    }

    fn __repr__(&self) -> String {
        let axes = |shape: net::Shape| format!("{:?}", shape.axes());
        let (from, to) = (axes(self.0.network.input()), axes(self.0.network.output()));
        format!("<crease.Network {:?}, {from} to {to}>", self.0.name)
    }
}

fn read(path: &Path, logits: bool) -> Result<NetworkFile, String> {
    let at = |error: &dyn Display| format!("{}: {error}", path.display());
    let bytes = fs::read(path).map_err(|error| at(&error))?;
    let ending = path.extension().unwrap_or_default().to_string_lossy().to_ascii_lowercase();
    match &*ending {
        "onnx" => {
            let outside = |name: &str| beside(path, name);
            let options = import::Options { logits, outside: &outside };
            import::onnx_with(&bytes, &options).map_err(|error| at(&error))
        }
        "nnet" => nnet::read(&bytes).map_err(|error| at(&error)),
        "safetensors" => {
            let beside = path.with_extension("json");
            let architecture =
                fs::read(&beside).map_err(|error| format!("{}: {error}", beside.display()))?;
            import::safetensors(&architecture, &bytes).map_err(|error| at(&error))
        }
        _ => NetworkFile::read(&bytes).map_err(|error| at(&error)),
    }
}

/// The weights that a model keeps in a file of its folder; a link could lead out of it.
fn beside(path: &Path, name: &str) -> Result<Vec<u8>, String> {
    let path = path.parent().unwrap_or(Path::new("")).join(name);
    match fs::symlink_metadata(&path).is_ok_and(|data| data.is_file()) {
        true => fs::read(&path).map_err(|error| error.to_string()),
        false => Err("no such file, or a link".to_owned()),
    }
}
