//! Edited texts: cases, certificates and network files that differ from a good one in one place,
//! and what is said of each. The answers are compared with those of `fixtures/edited.txt`.
//!
//! What is refused, and where exactly a limit is, no drawn case shows.

use super::check;
use super::drawn;
use super::select::Listed;
use crate::claim::{Edited, Target, Verdict};
use crate::report::Run;
use crease_recheck as checker;
use rayon::prelude::*;
use std::fmt::Write;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// Edits of one file that are tried, evenly spread.
const MOST: usize = 400;
/// Bytes of a file that is edited, at most.
const LARGEST: u64 = 8000;

const HEAD: &str = "\
# Cases, certificates and network files with one place changed: how many such edits there are, how
# many are refused, and a digest of what was said of each. `crease ledger` writes the file anew.
";

/// The answers of today, a line for each claim of the run and each certificate and network.
pub fn lines(run: &Run, root: &Path) -> io::Result<Vec<String>> {
    let rows = run.rows.par_iter().filter_map(|row| {
        let record = &row.result.as_ref().ok()?.record;
        let neighbours = || {
            let mut edited = Edited::default();
            ask(&mut edited, row.claim, Target::Claim, &record.verdict);
            for twin in &record.twins {
                ask(&mut edited, row.claim, Target::Twin(twin.card.name), &twin.verdict);
            }
            edited
        };
        let edited = check::guarded("the neighbours of its cases", neighbours);
        Some(match edited {
            Ok(edited) => line(record.id, &edited),
            Err(panic) => format!("{}: bug: {}", record.id, panic.message),
        })
    });
    let mut lines: Vec<_> = rows.collect();
    let folders = ["fixtures/certificates", "proofs/certificates", "fixtures/networks"];
    let mut files = Vec::new();
    for folder in folders {
        below(&root.join(folder), &mut files)?;
    }
    files.sort();
    let file = |path: &PathBuf| {
        let is_network = path.extension().is_some_and(|extension| extension == "json");
        let text = fs::read_to_string(path)?;
        let name = path.strip_prefix(root).unwrap_or(path).display().to_string();
        Ok(line(&name, &answers(&text, is_network)))
    };
    lines.extend(files.par_iter().map(file).collect::<io::Result<Vec<_>>>()?);
    let drawn = |&(name, ask): &drawn::Probe| {
        let mut edited = Edited::default();
        ask(&mut edited);
        line(name, &edited)
    };
    lines.extend(drawn::PROBES.par_iter().map(drawn).collect::<Vec<_>>());
    Ok(lines)
}

fn line(name: &str, edited: &Edited) -> String {
    let Edited { asked, refused, digest, panics } = edited;
    match panics.first() {
        None => format!("{name}: {asked} edits, {refused} refused, digest {digest:016x}"),
        Some(panic) => format!("{name}: bug: {panic}"),
    }
}

/// Asks about the neighbours of the case that a verdict shows.
fn ask(edited: &mut Edited, claim: Listed, target: Target<'_>, verdict: &Verdict) {
    match verdict {
        Verdict::Holds { tightest, .. } => edited.ask(claim, target, &tightest.case),
        Verdict::Refuted { case, .. } => edited.ask(claim, target, case),
        Verdict::Vacuous { .. } | Verdict::Unfinished { .. } => {}
    }
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
    for text in all.iter().step_by(all.len().div_ceil(MOST).max(1)) {
        edited.note(&if is_network {
            // The network itself cannot be printed; that it was read is an answer.
            checker::network(text.as_bytes()).map(|_| String::new()).map_err(|e| e.to_string())
        } else {
            checker::check(text).map(|accepted| accepted.fact).map_err(|e| e.to_string())
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

/// The lines on which the file of a checkout differs from the answers of today.
pub fn compare(run: &Run, root: &Path) -> (usize, Vec<String>) {
    let path = "fixtures/edited.txt";
    let found = fs::read_to_string(root.join(path)).and_then(|text| Ok((text, lines(run, root)?)));
    let (committed, fresh) = match found {
        Ok(found) => found,
        Err(error) => return (0, vec![format!("{path}: {error}")]),
    };
    let committed: Vec<_> = committed.lines().filter(|line| !line.starts_with('#')).collect();
    let named = |line: &str, name: &str| line.split(": ").next() == Some(name);
    let differs = |line: &String| {
        let name = line.split(": ").next().unwrap_or_default();
        let old = committed.iter().find(|old| named(old, name)).unwrap_or(&"no line");
        (old != line).then(|| format!("{path}:\n    committed {old}\n    found     {line}"))
    };
    (fresh.len(), fresh.iter().filter_map(differs).collect())
}

/// Writes the file of a checkout.
pub fn write(run: &Run, root: &Path) -> io::Result<()> {
    let mut text = HEAD.to_owned();
    for line in lines(run, root)? {
        let _ = writeln!(text, "{line}");
    }
    fs::write(root.join("fixtures/edited.txt"), text)
}
