//! What `robust` writes: certificates, and the nearest point.

use super::error::CliError;
use super::files;
use crate::exact::Rational;
use crate::net::Circuit;
use crate::properties::certificate::write_circuit;
use crate::robust::cell::Witness;
use crate::robust::search::Step;
use crate::robust::{Answer, Question, Scribe, certificate};
use crease_recheck as checker;
use std::fs::{self, File};
use std::io::{self, BufReader, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

/// A certificate under way: written beside its place, and moved there when a proof is finished.
pub struct Record {
    path: PathBuf,
    beside: PathBuf,
    circuit: Circuit,
    question: Question,
    out: Option<files::Pieces>,
    failed: Option<io::Error>,
}

impl Record {
    /// A certificate for this path.
    pub fn create(path: &Path, circuit: Circuit, question: Question) -> Result<Self, CliError> {
        // The ending says whether it is packed.
        let mut name = std::ffi::OsString::from("unfinished-");
        name.push(path.file_name().unwrap_or_default());
        let beside = path.with_file_name(name);
        files::create(&beside)?;
        // What an earlier run left there is not the certificate of this one.
        let _ = fs::remove_file(path);
        let path = path.to_owned();
        Ok(Self { path, beside, circuit, question, out: None, failed: None })
    }

    fn attempt(&mut self, write: impl FnOnce(&mut Self) -> io::Result<()>) {
        if self.failed.is_none() {
            self.failed = write(self).err();
        }
    }

    /// Has the certificate checked, and that it proves this answer.
    pub fn keep(self, answer: &Answer) -> Result<(), CliError> {
        let path = self.path;
        // What was not finished is of no use to anyone.
        let _ = fs::remove_file(&self.beside);
        if let Some(error) = self.failed {
            return Err(CliError::file(path, error));
        }
        if !path.is_file() {
            return Err(CliError::file(
                path,
                "nothing was proved in the time, so there is no certificate",
            ));
        }
        let file = File::open(&path).map_err(CliError::at(&path))?;
        let accepted = checker::check_from(&mut BufReader::new(file), None);
        let accepted = accepted.map_err(CliError::at(&path))?;
        let lower = answer.lower.as_ref().map_or("infinite".to_owned(), Rational::to_string);
        match accepted.statement.contains(&format!("\nlower {lower}\n")) {
            true => Ok(()),
            false => Err(CliError::file(path, format!("it proves another bound than {lower}"))),
        }
    }
}

impl Scribe for Record {
    fn begin(&mut self, lower: Option<&Rational>, upper: Option<&Witness>) {
        self.attempt(|record| {
            // An abandoned proof writes its last lines before the file is begun anew, not after.
            record.out = None;
            let created = files::create(&record.beside);
            let mut out = created.map_err(|error| io::Error::other(error.to_string()))?;
            let Question { sides, .. } = &record.question;
            writeln!(out, "certificate 1 robust\nclaim robust/distance")?;
            write_circuit(&record.circuit, sides.as_ref(), &mut out)?;
            let outputs = &record.circuit.outputs;
            certificate::statement(&record.question, outputs, lower, upper, &mut out)?;
            record.out = Some(out);
            Ok(())
        });
    }

    fn step(&mut self, step: &Step<'_>) {
        self.attempt(|record| {
            let line = certificate::line(step, record.question.norm);
            record.out.as_mut().map_or(Ok(()), |out| out.write_all(line.as_bytes()))
        });
    }

    fn finish(&mut self) {
        self.attempt(|record| {
            let Some(mut out) = record.out.take() else { return Ok(()) };
            out.write_all(b"end\n")?;
            out.finish()?;
            fs::rename(&record.beside, &record.path)
        });
    }
}

/// What is found and proved so far. It is apart from the search, which is abandoned if it does not
/// stop in time: nothing that was proved is lost then.
pub struct Known {
    answer: Answer,
    record: Option<Record>,
    /// What the proof under way will prove.
    under_way: Option<Rational>,
    is_closed: bool,
}

impl Known {
    /// Nothing yet; a certificate if there is a place for one.
    pub fn new(record: Option<Record>) -> Self {
        let answer = Answer { lower: Some(Rational::ZERO), upper: None, nodes: 0 };
        Self { answer, record, under_way: None, is_closed: false }
    }

    /// Ends the search: what it finds from now on does not count.
    pub fn close(&mut self) -> (Answer, Option<Record>) {
        self.is_closed = true;
        (self.answer.clone(), self.record.take())
    }
}

/// Notes what a search proves.
pub struct Notes(pub Arc<Mutex<Known>>);

impl Notes {
    fn note(&self, note: impl FnOnce(&mut Known)) {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if !known.is_closed {
            note(&mut known);
        }
    }
}

impl Scribe for Notes {
    fn begin(&mut self, lower: Option<&Rational>, upper: Option<&Witness>) {
        self.note(|known| {
            known.under_way = lower.cloned();
            known.answer.upper = upper.cloned();
            known.record.iter_mut().for_each(|record| record.begin(lower, upper));
        });
    }

    fn step(&mut self, step: &Step<'_>) {
        self.note(|known| known.record.iter_mut().for_each(|record| record.step(step)));
    }

    fn finish(&mut self) {
        self.note(|known| {
            known.record.iter_mut().for_each(Scribe::finish);
            known.answer.lower = known.under_way.take();
        });
    }
}

/// Writes a points file with the nearest point.
pub fn write_point(path: &Path, upper: &Witness) -> Result<(), CliError> {
    let at: Vec<String> = upper.point.iter().map(|x| format!("\"{x}\"")).collect();
    let point = format!(
        "{{\"name\": \"nearest\", \"label\": {}, \"at\": [{}]}}",
        upper.other,
        at.join(", ")
    );
    files::write(path, format!("{{\"points\": [\n  {point}\n]}}\n"))
}
