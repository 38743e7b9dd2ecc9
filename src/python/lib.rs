//! The native half of the Python package `crease`: what Python asks, as questions to the library.
//!
//! Numbers cross the border exactly (`convert`), long work runs on a thread of its own beside the
//! interpreter (`work`), and every error of the library becomes a `ValueError` with its message.

mod check;
mod convert;
mod count;
mod fit;
mod network;
mod regions;
mod robust;
mod work;

use pyo3::prelude::*;

#[pymodule]
fn _crease(module: &Bound<'_, PyModule>) -> PyResult<()> {
    work::quieten_panics();
    module.add("__version__", env!("CARGO_PKG_VERSION"))?;
    module.add_class::<network::Network>()?;
    module.add_class::<regions::Region>()?;
    module.add_class::<regions::Regions>()?;
    module.add_function(wrap_pyfunction!(count::count, module)?)?;
    module.add_function(wrap_pyfunction!(regions::regions, module)?)?;
    module.add_function(wrap_pyfunction!(robust::robust, module)?)?;
    module.add_function(wrap_pyfunction!(fit::fit, module)?)?;
    module.add_function(wrap_pyfunction!(check::check, module)?)?;
    module.add_function(wrap_pyfunction!(convert::exact, module)?)
}
