//! Journals: what is done of some work, and what was found there.
//!
//! A line of JSON for the question and one for every finished part. A program that is killed leaves
//! at most its last line unfinished, and that one is forgotten.

use super::error::CliError;
use super::files;
use super::shards::Share;
use crate::claim;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

/// What a journal belongs to: its first line.
pub trait Heading: Serialize + DeserializeOwned + Clone {
    /// How the line begins.
    const START: &'static str;
    /// What a file of something else is not: "a journal of this work".
    const WORK: &'static str;
    /// The name of each thing that is fixed, and what is said of it.
    fn members(&self) -> Vec<(String, String)>;
    /// The shard, if it is one.
    fn share(&self) -> Option<Share>;
}

/// What differs first between two questions: its name, and what both say of it.
pub fn difference<H: Heading>(own: &H, other: &H) -> Option<[String; 3]> {
    let both = own.members().into_iter().zip(other.members());
    let mut differs = both.filter(|(own, other)| own != other);
    differs.next().map(|((name, own), (_, other))| [name, own, other])
}

/// The lines of a journal with their numbers, counted from one.
pub type Lines<L> = Vec<(usize, L)>;

/// An open journal.
pub struct Journal {
    file: File,
    path: PathBuf,
}

impl Journal {
    /// Opens a journal, or begins one if there is none, and reads its lines. Refuses one of another
    /// question, one that is not well made, and one that is in use.
    pub fn open<H: Heading, L: DeserializeOwned>(
        path: &Path,
        heading: &H,
    ) -> Result<(Self, Lines<L>), CliError> {
        let failed = CliError::at(path);
        let refused = |what: String| CliError::file(path, what);
        let mut options = OpenOptions::new();
        let mut file = options.read(true).write(true).create(true).open(path).map_err(failed)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                let what = format!("another {} is writing this journal", H::WORK);
                return Err(refused(what));
            }
            Err(TryLockError::Error(error)) => return Err(failed(error)),
        }
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).map_err(failed)?;
        // What follows the last line break was being written when the program ended.
        let whole = bytes.iter().rposition(|byte| *byte == b'\n').map_or(0, |end| end + 1);
        let text = std::str::from_utf8(&bytes[..whole])
            .map_err(|error| refused(format!("no journal: byte {}", error.valid_up_to())))?;
        let (first, lines) = match whole {
            0 if !bytes.iter().zip(H::START.as_bytes()).all(|(a, b)| a == b) => {
                return Err(refused(format!("no journal of a {}", H::WORK)));
            }
            0 => (None, Vec::new()),
            _ => parsed::<H, L>(text).map_err(refused)?,
        };
        if let Some([what, found, wanted]) = first.and_then(|first| difference(&first, heading)) {
            return Err(refused(format!(
                "a journal of another question: its {what} is {found}, asked is {wanted}"
            )));
        }
        file.set_len(whole as u64).map_err(failed)?;
        file.seek(SeekFrom::End(0)).map_err(failed)?;
        let mut journal = Self { file, path: path.to_owned() };
        if whole == 0 {
            journal.note(heading)?;
        }
        Ok((journal, lines))
    }

    /// Notes what is finished.
    pub fn note(&mut self, line: &impl Serialize) -> Result<(), CliError> {
        let text = files::json(line);
        // One call, and nothing in between keeps it back.
        self.file.write_all(text.as_bytes()).map_err(CliError::at(&self.path))
    }

    /// An error of a line of this journal.
    pub fn refused(&self, what: String) -> CliError {
        CliError::file(&self.path, what)
    }
}

/// The question of a journal and its lines; what is half written is left out.
pub fn read<H: Heading, L: DeserializeOwned>(path: &Path) -> Result<(H, Lines<L>), CliError> {
    let refused = |what: String| CliError::file(path, what);
    let text = std::fs::read_to_string(path).map_err(CliError::at(path))?;
    let whole = text.rfind('\n').map_or(0, |end| end + 1);
    let (first, lines) = parsed(&text[..whole]).map_err(refused)?;
    let none = || refused(format!("no journal of a {}", H::WORK));
    Ok((first.ok_or_else(none)?, lines))
}

fn parsed<H: Heading, L: DeserializeOwned>(text: &str) -> Result<(Option<H>, Lines<L>), String> {
    let mut lines = text.lines().zip(1..);
    let Some((first, _)) = lines.next() else { return Ok((None, Vec::new())) };
    let heading = serde_json::from_str(first);
    let heading = heading.map_err(|error| format!("no journal of a {}: {error}", H::WORK))?;
    let line = |(line, number): (&str, usize)| {
        let line = serde_json::from_str(line).map_err(|error| format!("line {number}: {error}"))?;
        Ok((number, line))
    };
    Ok((Some(heading), lines.map(line).collect::<Result<_, String>>()?))
}

/// The digest of a text in sixteen digits.
pub fn digest(bytes: &[u8]) -> String {
    format!("{:016x}", claim::digest(claim::EMPTY, bytes.iter().copied()))
}
