//! How far a point is from another label.

use crate::convert::{fraction, fractions, input_box, numbers, refused};
use crate::network::Network;
use crate::work::{Limits, Seconds, Watch, run};
use crease::exact::Rational;
use crease::robust::cell::Witness;
use crease::robust::search::Step;
use crease::robust::{Answer, Asked, Norm, Question, Scribe};
use pyo3::prelude::*;
use pyo3::types::PyDict;
use std::sync::{Arc, Mutex, PoisonError};

/// What is found and proved so far, for a search that does not stop in time.
struct Known {
    answer: Answer,
    /// What the proof under way will prove.
    under_way: Option<Rational>,
}

struct Notes(Arc<Mutex<Known>>);

impl Scribe for Notes {
    fn begin(&mut self, lower: Option<&Rational>, upper: Option<&Witness>) {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        known.under_way = lower.cloned();
        known.answer.upper = upper.cloned();
    }

    fn step(&mut self, _: &Step<'_>) {}

    fn finish(&mut self) {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        known.answer.lower = known.under_way.take();
    }
}

/// The fields of an answer.
#[pyfunction]
#[pyo3(signature = (net, x, norm, sides, label, time, progress))]
pub fn robust<'py>(
    net: &Network,
    x: &Bound<'py, PyAny>,
    norm: &str,
    sides: Option<&Bound<'py, PyAny>>,
    label: Option<usize>,
    time: Option<Seconds>,
    progress: Option<Bound<'py, PyAny>>,
) -> PyResult<Bound<'py, PyDict>> {
    let (py, point) = (x.py(), numbers(x, "x")?);
    let Some(norm) = Norm::ALL.into_iter().find(|n| n.name() == norm) else {
        return Err(refused(format!("norm: expected linf, l1 or l2, found {norm:?}")));
    };
    let sides = sides.map(|sides| input_box(sides, net.inputs())).transpose()?;
    let answer = Answer { lower: Some(Rational::ZERO), upper: None, nodes: 0 };
    let known = Arc::new(Mutex::new(Known { answer, under_way: None }));
    let (file, notes) = (net.0.clone(), known.clone());
    let job = move |watch: &Watch| {
        let asked = Asked::new(&file.network);
        let fits = point.len() == file.network.input().units();
        let label = label.unwrap_or_else(|| if fits { asked.label(&point) } else { 0 });
        let ready = asked.ask(Question { point, label, norm, sides });
        let ready = ready.map_err(|error| error.to_string())?;
        let mut stop = |nodes| watch.stops_at(nodes);
        Ok::<_, String>((label, ready.distance(&mut Notes(notes), &mut stop)))
    };
    let found = run(py, &Limits::new(time, progress)?, job)?.transpose().map_err(refused)?;
    let known = || known.lock().unwrap_or_else(PoisonError::into_inner).answer.clone();
    // A search that did not stop in time says nothing but what was proved.
    let nodes = found.as_ref().map(|(_, answer)| answer.nodes);
    let (label, answer) = found.map_or_else(|| (label, known()), |(l, answer)| (Some(l), answer));
    let fields = PyDict::new(py);
    fields.set_item("exact", answer.is_exact())?;
    fields.set_item("lower", answer.lower.map(|x| fraction(py, &x)).transpose()?)?;
    fields.set_item("label", label)?;
    fields.set_item("nodes", nodes)?;
    let upper = answer.upper.as_ref();
    fields.set_item("upper", upper.map(|u| fraction(py, &u.distance)).transpose()?)?;
    fields.set_item("other", upper.map(|u| u.other))?;
    fields.set_item("point", upper.map(|u| fractions(py, &u.point)).transpose()?)?;
    Ok(fields)
}
