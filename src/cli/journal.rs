//! The journal of a count: which parts are done, and what was found there.
//!
//! A line of JSON for the question and one for every finished part. A program that is killed leaves
//! at most its last line unfinished, and that one is forgotten.

use super::error::CliError;
use super::files;
use crate::claim;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

/// What a journal belongs to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Heading {
    /// The version of this format.
    pub crease_count: u32,
    /// What counts as a region.
    pub notion: String,
    /// The domain in words.
    pub domain: String,
    /// A number made from the network and the exact domain.
    pub network: String,
    /// How many parts there are, and a number made from them.
    pub parts: (usize, String),
    /// The shard of the count, if it is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shard: Option<Shard>,
}

/// A share of the parts, that one machine of several counts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Shard {
    /// Counted from one.
    pub number: usize,
    /// How many shards there are.
    pub of: usize,
    /// The parts that are its own.
    pub parts: usize,
    /// The network and the domain in words.
    pub place: String,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    part: usize,
    count: u64,
}

/// An open journal.
pub struct Journal {
    file: File,
    path: PathBuf,
    /// What was found in finished parts.
    pub done: HashMap<usize, u64>,
}

impl Journal {
    /// Opens a journal, or begins one if there is none. Refuses one of another question, one that
    /// is not well made, and one that is in use.
    pub fn open(path: &Path, heading: &Heading) -> Result<Self, CliError> {
        let failed = CliError::at(path);
        let refused = |what: String| CliError::file(path, what);
        let mut options = OpenOptions::new();
        let mut file = options.read(true).write(true).create(true).open(path).map_err(failed)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                return Err(refused("another count is writing this journal".to_owned()));
            }
            Err(TryLockError::Error(error)) => return Err(failed(error)),
        }
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).map_err(failed)?;
        // What follows the last line break was being written when the program ended.
        let whole = bytes.iter().rposition(|byte| *byte == b'\n').map_or(0, |end| end + 1);
        let text = std::str::from_utf8(&bytes[..whole])
            .map_err(|error| refused(format!("no journal: byte {}", error.valid_up_to())))?;
        let mut lines = text.lines().enumerate();
        if let Some((_, first)) = lines.next() {
            compare(first, heading).map_err(refused)?;
        } else if !looks_begun(&bytes) {
            return Err(refused("no journal of a count".to_owned()));
        }
        let done = noted(lines, heading.parts.0).map_err(refused)?;
        file.set_len(whole as u64).map_err(failed)?;
        file.seek(SeekFrom::End(0)).map_err(failed)?;
        let mut journal = Self { file, path: path.to_owned(), done };
        if whole == 0 {
            journal.write(heading)?;
        }
        Ok(journal)
    }

    /// Notes a finished part.
    pub fn note(&mut self, part: usize, count: u64) -> Result<(), CliError> {
        self.done.insert(part, count);
        self.write(&Line { part, count })
    }

    fn write(&mut self, line: &impl Serialize) -> Result<(), CliError> {
        let text = files::json(line);
        // One call, and nothing in between keeps it back.
        self.file.write_all(text.as_bytes()).map_err(CliError::at(&self.path))
    }
}

/// The question of a journal and the parts that are done; what is half written is left out.
pub fn read(path: &Path) -> Result<(Heading, HashMap<usize, u64>), CliError> {
    let refused = |what: String| CliError::file(path, what);
    let text = std::fs::read_to_string(path).map_err(CliError::at(path))?;
    let whole = text.rfind('\n').map_or(0, |end| end + 1);
    let mut lines = text[..whole].lines().enumerate();
    let Some((_, first)) = lines.next() else {
        return Err(refused("no journal of a count".to_owned()));
    };
    let heading = heading(first).map_err(refused)?;
    let done = noted(lines, heading.parts.0).map_err(refused)?;
    Ok((heading, done))
}

fn heading(line: &str) -> Result<Heading, String> {
    serde_json::from_str(line).map_err(|error| format!("no journal of a count: {error}"))
}

/// The finished parts of so many that these lines note.
fn noted<'a>(
    lines: impl Iterator<Item = (usize, &'a str)>,
    parts: usize,
) -> Result<HashMap<usize, u64>, String> {
    let mut done = HashMap::new();
    for (number, line) in lines {
        let Line { part, count } =
            serde_json::from_str(line).map_err(|error| format!("line {}: {error}", number + 1))?;
        if part >= parts || done.insert(part, count).is_some_and(|was| was != count) {
            return Err(format!("line {}: part {part} is not one, or counted twice", number + 1));
        }
    }
    Ok(done)
}

/// Whether a file without a whole line may be the beginning of a journal.
fn looks_begun(bytes: &[u8]) -> bool {
    let start = br#"{"crease_count":"#;
    bytes.iter().zip(start).all(|(a, b)| a == b)
}

/// Says in what a journal is about something else.
fn compare(line: &str, wanted: &Heading) -> Result<(), String> {
    let found = heading(line)?;
    match found.difference(wanted) {
        Some((what, [found, wanted])) => {
            Err(format!("a journal of another question: its {what} is {found}, asked is {wanted}"))
        }
        None => Ok(()),
    }
}

impl Heading {
    /// What differs first between two questions, and what both say of it.
    fn difference(&self, other: &Self) -> Option<(&'static str, [String; 2])> {
        let members = |heading: &Self| {
            let Self { crease_count, notion, domain, network, parts, shard } = heading.clone();
            let shard = shard.map_or("none".to_owned(), |s| format!("{}/{}", s.number, s.of));
            [crease_count.to_string(), notion, domain, network, parts.1, shard]
        };
        let names = ["version", "notion", "domain", "network", "list of parts", "shard"];
        let both = members(self).into_iter().zip(members(other));
        let mut named = names.into_iter().zip(both);
        let differs = named.find(|(_, (own, other))| own != other);
        differs.map(|(name, (own, other))| (name, [own, other]))
    }

    /// What differs first, whatever shards both are.
    pub fn difference_of_counts(&self, other: &Self) -> Option<(&'static str, [String; 2])> {
        let whole = |heading: &Self| Self { shard: None, ..heading.clone() };
        whole(self).difference(&whole(other))
    }
}

/// The digest of a text in sixteen digits.
pub fn digest(bytes: &[u8]) -> String {
    format!("{:016x}", claim::digest(claim::EMPTY, bytes.iter().copied()))
}
