//! Edited texts: cases, certificates and network files that differ from a good one in one place,
//! and what is said of each. The answers are compared with those of `fixtures/edited.txt`.
//!
//! What is refused, and where exactly a limit is, no drawn case shows.

use super::check;
use super::drawn;
use crate::claim::Edited;
use crate::report::Run;
use crease_recheck as checker;
use rayon::prelude::*;
use std::collections::HashMap;
use std::fmt::Write;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// Edits of one file that are tried, evenly spread.
const MOST: usize = 250;
/// Bytes of a file that is edited, at most.
const LARGEST: u64 = 8000;

/// Where the answers are kept.
const FILE: &str = "fixtures/edited.txt";

const HEAD: &str = "\
# Cases, certificates and network files with one place changed, and questions that a seed draws:
# how many there are, how many are refused, and a digest of what was said of each. `crease ledger`
# writes the file anew.
";

/// The answers of today: a line for each claim of the run, each certificate and network, and each
/// drawn question.
fn lines(run: &Run, root: &Path) -> io::Result<Vec<String>> {
    let rows = run.rows.par_iter().filter_map(|row| {
        let record = &row.result.as_ref().ok()?.record;
        let neighbours = || Edited::of(row.claim, record);
        let edited = check::guarded("the neighbours of its cases", neighbours);
        let said = edited.map_or_else(|panic| panic.message, |edited| edited.to_string());
        Some(format!("{}: {said}", record.id))
    });
    let mut lines: Vec<_> = rows.collect();
    lines.extend(other_lines(root)?);
    Ok(lines)
}

/// The lines that do not depend on a run.
fn other_lines(root: &Path) -> io::Result<Vec<String>> {
    let mut files = Vec::new();
    for folder in ["fixtures/certificates", "proofs/certificates", "fixtures/networks"] {
        below(&root.join(folder), &mut files)?;
    }
    files.sort();
    let file = |path: &PathBuf| {
        let is_network = path.extension().is_some_and(|extension| extension == "json");
        let name = path.strip_prefix(root).unwrap_or(path).display();
        Ok(format!("{name}: {}", answers(&fs::read_to_string(path)?, is_network)))
    };
    let drawn = |&(name, ask): &drawn::Probe| {
        let mut edited = Edited::default();
        ask(&mut edited);
        format!("{name}: {edited}")
    };
    let mut lines = files.par_iter().map(file).collect::<io::Result<Vec<_>>>()?;
    lines.extend(drawn::PROBES.par_iter().map(drawn).collect::<Vec<_>>());
    Ok(lines)
}

/// The certificates and networks below a folder.
fn below(folder: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            below(&path, files)?;
        } else if path.extension().is_some_and(|e| e == "cert" || e == "json")
            && path.metadata()?.len() <= LARGEST
        {
            files.push(path);
        }
    }
    Ok(())
}

/// What the checker says of the edits of a certificate, or of a network file.
fn answers(text: &str, is_network: bool) -> Edited {
    let mut edited = Edited::default();
    let all = edits(text);
    let some = all.iter().step_by(all.len().div_ceil(MOST).max(1));
    for text in some.map(String::as_str).chain([text]) {
        edited.note(&if is_network {
            // The network itself cannot be printed; that it was read is an answer.
            checker::network(text.as_bytes()).map(|_| String::new()).map_err(|e| e.to_string())
        } else {
            let accepted = checker::check(text).map_err(|e| e.to_string());
            accepted.map(|accepted| format!("{}, {} products", accepted.fact, accepted.work))
        });
    }
    edited
}

/// The texts that differ from this one in a number, a word, a mark between them or a line.
fn edits(text: &str) -> Vec<String> {
    let mut edits = Vec::new();
    let mut start = 0;
    let is_word = |c: char| c.is_ascii_alphanumeric();
    while start < text.len() {
        let rest = &text[start..];
        let length = match rest.find(|c| !is_word(c)) {
            Some(0) => rest.chars().next().map_or(1, char::len_utf8),
            Some(length) => length,
            None => rest.len(),
        };
        let (piece, after) = rest.split_at(length);
        let mut replace = |other: &str| edits.push(format!("{}{other}{after}", &text[..start]));
        replace("");
        replace(&piece.repeat(2));
        if let Ok(number) = piece.parse::<u64>() {
            let others = [0, number.saturating_add(1), number.saturating_sub(1)];
            others.iter().filter(|other| **other != number).for_each(|o| replace(&o.to_string()));
            replace(&format!("-{piece}"));
            replace(&piece.repeat(30));
        }
        start += length;
    }
    let lines: Vec<_> = text.split_inclusive('\n').collect();
    for (index, line) in lines.iter().enumerate() {
        let (before, after) = (lines[..index].concat(), lines[index + 1..].concat());
        edits.push(format!("{before}{after}"));
        edits.push(format!("{before}{line}{line}{after}"));
        if let Some(next) = lines.get(index + 1) {
            edits.push(format!("{before}{next}{line}{}", lines[index + 2..].concat()));
        }
    }
    edits
}

/// How many lines were compared with the file of a checkout, and which differ.
pub fn compare(run: &Run, root: &Path) -> (usize, Vec<String>) {
    let fresh = lines(run, root);
    match fresh.and_then(|fresh| Ok((fresh.len(), differences(root, &fresh)?))) {
        Ok(compared) => compared,
        Err(error) => (0, vec![format!("{FILE}: {error}")]),
    }
}

/// The lines that the file of a checkout has otherwise or not at all.
fn differences(root: &Path, fresh: &[String]) -> io::Result<Vec<String>> {
    let text = fs::read_to_string(root.join(FILE))?;
    let name = |line: &str| line.split(": ").next().unwrap_or_default().to_owned();
    let committed: HashMap<_, _> = text.lines().map(|line| (name(line), line)).collect();
    let differs = |line: &&String| committed.get(&name(line)).copied() != Some(line.as_str());
    let differs = fresh.iter().filter(differs).map(|line| {
        let old = committed.get(&name(line)).unwrap_or(&"no line");
        format!("{FILE}:\n    committed {old}\n    found     {line}")
    });
    Ok(differs.collect())
}

/// What differs of the lines that do not depend on a run.
pub fn beside_claims(root: &Path) -> Vec<String> {
    other_lines(root)
        .and_then(|fresh| differences(root, &fresh))
        .unwrap_or_else(|error| vec![format!("{FILE}: {error}")])
}

/// Writes the file of a checkout.
pub fn write(run: &Run, root: &Path) -> io::Result<()> {
    let mut text = HEAD.to_owned();
    for line in lines(run, root)? {
        let _ = writeln!(text, "{line}");
    }
    fs::write(root.join(FILE), text)
}
