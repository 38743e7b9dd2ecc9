//! Compares a run with what the checkout keeps, so that a fault in a constant fails the main job.
//!
//! Compared are the known cases of `fixtures`, the rows of the ledger, the certificates that claims
//! make, forged ones, the answers to edited texts in `fixtures/edited.txt`, and the output of the
//! commands in `fixtures/answers`. Claims alone cannot notice every fault: where both sides of a
//! conclusion move together, the numbers of yesterday still stand.

use super::check;
use super::edited;
use super::journal::digest;
use super::select::{self, Listed};
use crate::claim::{Standing, Verdict, parse_known};
use crate::report::{
    CertificateRecord, Committed, Page, Row, Run, entry, entry_of, family, ledger,
};
use crease_recheck as checker;
use rayon::prelude::*;
use std::fmt::Write;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};

/// The checkout that holds the current folder: the nearest folder above with a ledger. That of
/// another package is its own, whatever folder the package is in.
pub fn checkout() -> Option<PathBuf> {
    let here = std::env::current_dir().ok()?;
    let has_ledger = |path: &&Path| path.join("proofs/LEDGER.md").is_file();
    let is_package = |path: &&Path| path.join("Cargo.toml").is_file();
    let found = match select::is_own() {
        true => here.ancestors().find(has_ledger),
        false => here.ancestors().find(is_package).filter(has_ledger),
    };
    found.map(Path::to_owned)
}

/// Compares a run with the checkout. The rows of the ledger are those of the default budget, so
/// other budgets leave them out; forgeries and answers belong to a run of the whole catalogue.
pub fn compare(run: &Run, root: &Path, whole: bool) -> Committed {
    let mut all = Committed::default();
    let is_default = run.cases == check::DEFAULT_CASES && run.seed == 0;
    let known: Vec<_> = run.rows.par_iter().map(|row| known_cases(row.claim, root)).collect();
    for (count, differences) in known {
        all.known_cases += count;
        all.differences.extend(differences);
    }
    for row in &run.rows {
        if let Ok(measured) = &row.result {
            all.differences.extend(measured.record.unrepeatable(row.claim));
            all.differences.extend(certificates(row, root));
        }
    }
    if is_default {
        let finished = run.rows.iter().filter(|row| is_finished(row));
        for difference in finished.map(|row| record(row, root)) {
            all.records += 1;
            all.differences.extend(difference);
        }
    }
    if whole && !run.stopped() {
        all.differences.extend(forgotten(run, root));
        if is_default && all.differences.is_empty() {
            all.differences.extend(pages(run, root));
        }
        let is_own = select::is_own();
        if is_default && is_own {
            let (asked, differences) = edited::compare(run, root);
            all.edited = asked;
            all.differences.extend(differences);
        }
        let program = std::env::current_exe().unwrap_or_default();
        let answers = |root: &Path, text: &str| answers(root, &program, text);
        // Another package may keep none.
        let is_kept = |folder: &str| is_own || root.join(folder).is_dir();
        if is_kept("fixtures/forgeries") {
            let (asked, differences) = files(root, "fixtures/forgeries", "cert", forgery);
            all.forgeries = asked;
            all.differences.extend(differences);
        }
        if is_kept("fixtures/answers") {
            let (asked, differences) = files(root, "fixtures/answers", "txt", answers);
            all.answers = asked;
            all.differences.extend(differences);
        }
    }
    all
}

/// What differs of all that `check` compares without a claim: forged certificates, the answers of
/// the program at this path, edited files and drawn questions.
pub fn beside_claims(root: &Path, program: &Path) -> Vec<String> {
    let answers = |root: &Path, text: &str| answers(root, program, text);
    let mut all = files(root, "fixtures/forgeries", "cert", forgery).1;
    all.extend(files(root, "fixtures/answers", "txt", answers).1);
    all.extend(edited::beside_claims(root));
    all
}

/// Asks every known case of a claim: how many there are, and what differs.
fn known_cases(claim: Listed, root: &Path) -> (usize, Vec<String>) {
    let path = format!("fixtures/{}.toml", claim.card().id);
    let text = match fs::read_to_string(root.join(&path)) {
        Ok(text) => text,
        Err(_) if claim.card().standing == Standing::Conjecture => return (0, Vec::new()),
        Err(error) => {
            return (0, vec![format!("{path}: {error}; all but conjectures have known cases")]);
        }
    };
    match parse_known(&text) {
        Err(error) => (0, vec![format!("{path}: {error}")]),
        Ok(known) => {
            let wrong = known.iter().filter_map(|known| known.check(claim).err());
            (known.len(), wrong.map(|error| format!("{path}: {error}")).collect())
        }
    }
}

fn is_finished(row: &Row) -> bool {
    let Ok(measured) = &row.result else { return false };
    let mut verdicts =
        measured.record.twins.iter().map(|twin| &twin.verdict).chain([&measured.record.verdict]);
    measured.certificates.is_some() && !verdicts.any(|v| matches!(v, Verdict::Unfinished { .. }))
}

/// The first line on which a claim's row of the ledger differs from the committed one.
fn record(row: &Row, root: &Path) -> Option<String> {
    let id = row.claim.card().id;
    let path = format!("proofs/ledger/{}.md", family(id));
    let page = match fs::read_to_string(root.join(&path)) {
        Ok(page) => page,
        Err(error) => return Some(format!("{path}: {error}")),
    };
    let Some(committed) = entry_of(&page, id) else {
        return Some(format!("{path} has no row for {id}; `crease ledger` writes it"));
    };
    difference(committed.trim(), entry(row).trim())
        .map(|what| format!("{path}, {id}: {what}\n    `crease ledger` writes it anew"))
}

/// The certificates that are not, to the byte, those that the checkout keeps.
fn certificates(row: &Row, root: &Path) -> Vec<String> {
    let differs = |made: &CertificateRecord| {
        let path = format!("proofs/certificates/{}/{}.cert", row.claim.card().id, made.name);
        match fs::read_to_string(root.join(&path)) {
            Ok(kept) => difference(&kept, &made.text).map(|what| format!("{path}: {what}")),
            Err(error) => Some(format!("{path}: {error}")),
        }
    };
    row.certificates().iter().filter_map(differs).collect()
}

/// The pages of the ledger that differ although no row does: the first page, and what stands
/// between the rows.
pub fn pages(run: &Run, root: &Path) -> Vec<String> {
    let differs = |page: Page| {
        let path = format!("proofs/{}", page.path);
        let what = match fs::read_to_string(root.join(&path)) {
            Ok(committed) => difference(&committed, &page.text)?,
            Err(error) => error.to_string(),
        };
        Some(format!("{path}: {what}\n    `crease ledger` writes it anew"))
    };
    ledger(run).into_iter().filter_map(differs).collect()
}

/// The claims that the ledger has and the run does not: a list that lost one checks nothing of it.
fn forgotten(run: &Run, root: &Path) -> Vec<String> {
    let Ok(pages) = fs::read_dir(root.join("proofs/ledger")) else {
        return vec!["proofs/ledger: the folder cannot be read".to_owned()];
    };
    let texts = pages.filter_map(|page| fs::read_to_string(page.ok()?.path()).ok());
    let asked = |id: &str| run.rows.iter().any(|row| row.claim.card().id == id);
    let ids = |text: String| {
        let heads = text.lines().filter_map(|line| line.strip_prefix("### "));
        heads.map(str::to_owned).collect::<Vec<_>>()
    };
    let lost = texts.flat_map(ids).filter(|id| !asked(id));
    lost.map(|id| format!("{id} has a row in proofs/ledger and was not checked")).collect()
}

/// The first line that differs.
fn difference(committed: &str, found: &str) -> Option<String> {
    if committed == found {
        return None;
    }
    let (mut old, mut new) = (committed.lines(), found.lines());
    loop {
        let (old, new) = (old.next(), new.next());
        if old != new || old.is_none() {
            let line = |line: Option<&str>| line.unwrap_or("(no more lines)").to_owned();
            return Some(format!("\n    committed {}\n    found     {}", line(old), line(new)));
        }
    }
}

/// Runs `check` on the text of every file of a folder: how many things it asked, and what differs.
fn files(
    root: &Path,
    folder: &str,
    extension: &str,
    check: impl Fn(&Path, &str) -> (usize, Vec<String>) + Sync,
) -> (usize, Vec<String>) {
    let Ok(entries) = fs::read_dir(root.join(folder)) else {
        return (0, vec![format!("{folder}: the folder cannot be read")]);
    };
    let paths = entries.filter_map(|entry| entry.ok().map(|entry| entry.path()));
    let mut paths: Vec<_> =
        paths.filter(|path| path.extension().is_some_and(|e| e == extension)).collect();
    paths.sort();
    let ask = |path: &PathBuf| {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        match fs::read_to_string(path) {
            Err(error) => (0, vec![format!("{folder}/{name}: {error}")]),
            Ok(text) => {
                let (count, wrong) = check(root, &text);
                (count, wrong.into_iter().map(|what| format!("{folder}/{name}: {what}")).collect())
            }
        }
    };
    let asked: Vec<_> = paths.par_iter().map(ask).collect();
    let count = asked.iter().map(|(count, _)| count).sum();
    (count, asked.into_iter().flat_map(|(_, wrong)| wrong).collect())
}

/// The checker refuses a forgery for the reason that its first line states.
fn forgery(_: &Path, text: &str) -> (usize, Vec<String>) {
    let reason = text.lines().next().and_then(|line| line.strip_prefix("# refuse: "));
    let wrong = match (checker::check(text), reason) {
        (_, None) => Some("the first line does not state why it is to be refused".to_owned()),
        (Ok(accepted), _) => Some(format!("accepted: {}", accepted.fact)),
        (Err(rejection), Some(reason)) => {
            let found = rejection.to_string();
            (found != reason).then(|| format!("refused because {found}, expected {reason}"))
        }
    };
    (1, wrong.into_iter().collect())
}

/// Runs each command of a file, a line `$ crease ...`, and compares what it prints below it.
fn answers(root: &Path, program: &Path, text: &str) -> (usize, Vec<String>) {
    let mut wrong = Vec::new();
    let commands = text.split("\n$ crease ").skip(1);
    let Ok(temp) = Temp::new() else {
        return (0, vec!["no temporary folder can be made".to_owned()]);
    };
    let mut count = 0;
    for command in commands {
        count += 1;
        let (line, expected) = command.split_once('\n').unwrap_or((command, ""));
        let found = answer(root, program, &temp, line).unwrap_or_else(|error| error.to_string());
        if let Some(what) = difference(expected.trim_end(), found.trim_end()) {
            wrong.push(format!("crease {line}: {what}"));
        }
    }
    (count, wrong)
}

/// A folder for the files of some commands, which call it `TEMP`; removed at the end.
struct Temp(PathBuf);

impl Temp {
    fn new() -> io::Result<Self> {
        static NEXT: AtomicUsize = AtomicUsize::new(0);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let name = format!("crease-answers-{}-{number}", std::process::id());
        let folder = std::env::temp_dir().join(name);
        fs::create_dir_all(&folder)?;
        Ok(Self(folder))
    }
}

impl Drop for Temp {
    fn drop(&mut self) {
        // What is left over in a folder for temporary files harms nobody.
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// What this program prints for a command: its output, its error and its exit code. Times and
/// threads, which go to standard error too, are left out.
fn answer(root: &Path, program: &Path, temp: &Temp, line: &str) -> io::Result<String> {
    let folder = temp.0.to_string_lossy();
    let words = line.split_whitespace().map(|word| word.replace("TEMP", &folder));
    let output =
        Command::new(program).args(words).current_dir(root).stdin(Stdio::null()).output()?;
    let mut text = String::from_utf8_lossy(&output.stdout).into_owned();
    let notes = String::from_utf8_lossy(&output.stderr);
    for line in notes.lines().filter(|line| line.starts_with("crease: ")) {
        let _ = writeln!(text, "{line}");
    }
    match output.status.code() {
        Some(0) => {}
        Some(code) => {
            let _ = writeln!(text, "exit code {code}");
        }
        None => text.push_str("stopped by a signal\n"),
    }
    // What was written is not shown, but a change of it is.
    let words: Vec<_> = line.split_whitespace().collect();
    // Not a journal, which holds parts in the order in which threads finish them.
    let is_written = |pair: &&[&str]| match pair[0] {
        "--out" | "--certify" | "--certificate" => true,
        _ => words[0] == "convert" && pair[1].starts_with("TEMP/"),
    };
    for pair in words.windows(2).filter(is_written) {
        if let Ok(bytes) = fs::read(pair[1].replace("TEMP", &folder)) {
            let lines = bytes.split(|byte| *byte == b'\n').count() - 1;
            let _ = writeln!(text, "{} has {lines} lines, digest {}", pair[1], digest(&bytes));
        }
    }
    Ok(text.replace(&*folder, "TEMP"))
}

/// The file of answers with what this program prints today.
pub fn write_answers(root: &Path) -> io::Result<()> {
    let program = std::env::current_exe()?;
    for entry in fs::read_dir(root.join("fixtures/answers"))? {
        let path = entry?.path();
        let text = fs::read_to_string(&path)?;
        let temp = Temp::new()?;
        let mut pieces = text.split("\n$ crease ");
        let mut fresh = pieces.next().unwrap_or_default().trim_end().to_owned();
        for command in pieces {
            let line = command.lines().next().unwrap_or_default();
            let _ = write!(
                fresh,
                "\n\n$ crease {line}\n{}",
                answer(root, &program, &temp, line)?.trim_end()
            );
        }
        fs::write(&path, fresh + "\n")?;
    }
    Ok(())
}
