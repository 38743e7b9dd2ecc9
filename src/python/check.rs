//! Claims of the catalogue, drawn and asked.

use crate::convert::refused;
use crate::work::{Limits, Seconds, Watch, run};
use crease::catalogue;
use crease::claim::{AnyClaim, Budget, Record, Verdict};
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyList};
use std::sync::atomic::Ordering;

type Listed = &'static dyn AnyClaim;

/// The fields of each claim that a name selects; all without names.
#[pyfunction]
#[pyo3(signature = (names, cases, seed, time, progress))]
pub fn check<'py>(
    py: Python<'py>,
    names: Vec<String>,
    cases: u32,
    seed: u64,
    time: Option<Seconds>,
    progress: Option<Bound<'py, PyAny>>,
) -> PyResult<Bound<'py, PyList>> {
    if let Some(name) = names.iter().find(|name| !catalogue::all().any(|c| selects(name, c))) {
        let families: Vec<_> = catalogue::FAMILIES.iter().map(|f| parts(f[0]).0).collect();
        let families = families.join(", ");
        return Err(refused(format!(
            "ids: no claim or family is called {name:?}; the families are {families}"
        )));
    }
    if cases == 0 {
        return Err(refused("cases: expected 1 at least, found 0"));
    }
    let wanted = |claim: &Listed| names.is_empty() || names.iter().any(|n| selects(n, *claim));
    let claims: Vec<Listed> = catalogue::all().filter(wanted).collect();
    let inner = claims.clone();
    let job = move |watch: &Watch| {
        let stop = || watch.stop.load(Ordering::Relaxed);
        let budget = Budget { cases, seed, stop: &stop };
        let record = |(done, claim): (usize, &Listed)| {
            watch.done.store(done as u64, Ordering::Relaxed);
            Record::of(*claim, &budget)
        };
        inner.iter().enumerate().map(record).collect::<Vec<_>>()
    };
    // A case that takes longer than the time allows leaves nothing decided.
    let records = run(py, &Limits::new(time, progress)?, job)?.unwrap_or_default();
    let rows = claims.iter().zip(&records).map(|(claim, record)| row(py, *claim, record));
    PyList::new(py, rows.collect::<PyResult<Vec<_>>>()?)
}

/// Family and name.
fn parts(claim: Listed) -> (&'static str, &'static str) {
    claim.card().id.split_once('/').unwrap_or((claim.card().id, ""))
}

/// A family, or the beginning of an id or of its last part.
fn selects(name: &str, claim: Listed) -> bool {
    let (family, short) = parts(claim);
    let is_family = catalogue::all().any(|claim| parts(claim).0 == name);
    let begins = || claim.card().id.starts_with(name) || short.starts_with(name);
    if is_family { family == name } else { !name.is_empty() && begins() }
}

fn row<'py>(py: Python<'py>, claim: Listed, record: &Record) -> PyResult<Bound<'py, PyDict>> {
    let (card, counts) = (claim.card(), record.verdict.counts());
    let fields = PyDict::new(py);
    fields.set_item("id", card.id)?;
    fields.set_item("title", card.title)?;
    fields.set_item("statement", claim.statement())?;
    fields.set_item("standing", card.standing.word())?;
    fields.set_item("verdict", record.verdict.word())?;
    let is_green = record.is_as_claimed(claim) && record.survivors().next().is_none();
    fields.set_item("as_claimed", is_green)?;
    fields.set_item("cases", counts.met)?;
    fields.set_item("distinct", counts.distinct)?;
    let (counterexample, finding) = match &record.verdict {
        Verdict::Refuted { case, finding, .. } => (Some(case), Some(finding.to_string())),
        Verdict::Holds { tightest, .. } => (None, Some(tightest.finding.to_string())),
        _ => (None, None),
    };
    fields.set_item("finding", finding)?;
    fields.set_item("counterexample", counterexample)?;
    let twins = PyDict::new(py);
    for twin in &record.twins {
        twins.set_item(twin.card.name, twin.verdict.word())?;
    }
    fields.set_item("twins", twins)?;
    Ok(fields)
}
