//! The command `report`: the catalogue as a site, from a run and what a checkout keeps.

use super::check;
use super::committed::checkout;
use super::error::CliError;
use super::exit::Exit;
use super::pool::Crew;
use super::select::{self, Listed};
use super::{experiment_pictures, files, interrupt, records, site_from, site_pictures};
use crate::claim::{Verdict, parse_known};
use crate::report::site::{Article, Figure, Kept, KeptOfClaim, Kind, site};
use crate::report::{Page, Run, plural};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// Arguments of `report`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// What is run
    #[command(flatten)]
    pub asked: check::Asked,
    /// The folder of the site: a new or an empty one, or one that this command has written
    #[arg(long, value_name = "DIR")]
    pub out: PathBuf,
    /// Take the run from a file that `crease check --json` has printed; its cases are asked again
    #[arg(long, value_name = "FILE", conflicts_with_all = ["cases", "seed"])]
    pub from: Option<PathBuf>,
}

/// The list of what the command has written, in the folder of the site.
const LIST: &str = "files.txt";
/// Its first line.
const HEAD: &str = "# Written by `crease report`, which replaces these files and no others.\n";

/// Runs the claims and writes the site.
pub fn report(args: &Args) -> Result<Exit, CliError> {
    let claims = select::claims(&args.asked.names)?;
    let before = written_before(&args.out)?;
    interrupt::watch("stopping between two cases; the pages say what is not finished");
    let start = Instant::now();
    let check::Asked { time, threads, .. } = args.asked;
    let mut run = match &args.from {
        Some(file) => site_from::run(&claims, file)?,
        None => check::run(&claims, &args.asked)?,
    };
    let mut kept = Kept::default();
    if let Some(root) = checkout() {
        records::attach(&mut run, &root)?;
        kept = self::kept(&claims, &root)?;
    }
    kept.title = "A catalogue of executable claims".to_owned();
    if select::is_own() {
        kept.title = "The theory of convolutional ReLU networks as a test suite".to_owned();
        kept.charts = experiment_pictures::exact();
    }
    let left = time.map(|time| Duration::from_secs(time).saturating_sub(start.elapsed()));
    kept.drawn = drawn(&run, &Crew::new(threads, left)?);
    let pages = site(&run, &kept);
    write(&args.out, &pages, before)?;
    let first = args.out.join("index.html");
    let pictures = kept.drawn.len();
    files::print(format!(
        "{}: {} of {}, {}\n",
        first.display(),
        plural(pages.len() - 1, "page"),
        plural(run.rows.len(), "claim"),
        plural(pictures, "drawn case")
    ))?;
    Ok(run.worst().into())
}

/// What a checkout keeps of these claims.
fn kept(claims: &[Listed], root: &Path) -> Result<Kept, CliError> {
    let mut kept = Kept::default();
    for claim in claims {
        kept.claims.insert(claim.card().id, kept_of(*claim, root)?);
    }
    kept.references = optional(root, "proofs/references.bib")?.unwrap_or_default();
    let mut errata: Vec<PathBuf> = fs::read_dir(root.join("proofs/errata"))
        .map(|all| all.filter_map(|entry| Some(entry.ok()?.path())).collect())
        .unwrap_or_default();
    errata.retain(|path| path.extension().is_some_and(|extension| extension == "md"));
    errata.sort();
    for path in errata {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let (path, text) = (format!("proofs/errata/{name}"), files::read(&path)?);
        kept.articles.push(Article { path, kind: Kind::Erratum, text });
    }
    let path = "proofs/CONJECTURES.md";
    if let Some(text) = optional(root, path)? {
        kept.articles.push(Article { path: path.to_owned(), kind: Kind::Conjectures, text });
    }
    Ok(kept)
}

fn kept_of(claim: Listed, root: &Path) -> Result<KeptOfClaim, CliError> {
    let card = claim.card();
    let places = ["src/catalogue", "src"].map(|folder| format!("{folder}/{}.rs", card.id));
    let known = format!("fixtures/{}.toml", card.id);
    let record = format!("fixtures/records/{}.toml", card.id);
    let certificates = format!("proofs/certificates/{}", card.id);
    let commands = [("replay", &known), ("replay", &record), ("recheck", &certificates)];
    let is_there = |path: &String| root.join(path).exists();
    let commands = commands.into_iter().filter(|(_, path)| is_there(path));
    Ok(KeptOfClaim {
        commands: commands.map(|(word, path)| format!("crease {word} {path}")).collect(),
        file: places.into_iter().find(is_there),
        note: if card.note.is_empty() { None } else { optional(root, card.note)? },
        known: match optional(root, &known)? {
            Some(text) => parse_known(&text).map_err(CliError::at(&root.join(&known)))?,
            None => Vec::new(),
        },
    })
}

/// The text of a file that need not be there.
fn optional(root: &Path, path: &str) -> Result<Option<String>, CliError> {
    let path = root.join(path);
    path.is_file().then(|| files::read(&path)).transpose()
}

/// Draws the cases of a run that can be drawn, as long as there is time.
fn drawn(run: &Run, crew: &Crew) -> BTreeMap<String, Figure> {
    let mut cases = BTreeSet::new();
    for row in &run.rows {
        let twins = row.twins().iter().map(|twin| &twin.verdict);
        for verdict in row.verdict().into_iter().chain(twins) {
            match verdict {
                Verdict::Holds { tightest, .. } => drop(cases.insert(&tightest.case)),
                Verdict::Refuted { case, .. } => drop(cases.insert(case)),
                Verdict::Vacuous { .. } | Verdict::Unfinished { .. } => {}
            }
        }
        cases.extend(row.record.iter().map(|record| &record.case));
    }
    let cases: Vec<_> = cases.into_iter().collect();
    let draw = |case: &&String| {
        let figure = (!crew.must_stop()).then(|| site_pictures::figure(case))??;
        Some(((*case).clone(), figure))
    };
    crew.install(|| cases.par_iter().filter_map(draw).collect())
}

/// The files of the site that stands in the folder. Errors: a folder with other files, too.
fn written_before(out: &Path) -> Result<BTreeSet<PathBuf>, CliError> {
    if !out.exists() {
        return Ok(BTreeSet::new());
    }
    let list = out.join(LIST);
    let text = if list.is_file() { files::read(&list)? } else { String::new() };
    let listed = text.strip_prefix(HEAD).unwrap_or_default().lines().map(|line| out.join(line));
    let mut listed: BTreeSet<PathBuf> = listed.collect();
    listed.insert(list);
    let mut found = BTreeSet::new();
    collect(out, &mut found)?;
    match found.iter().find(|path| !listed.contains(*path)) {
        None => Ok(found),
        Some(stranger) => {
            let name = stranger.strip_prefix(out).unwrap_or(stranger).display();
            let what = format!(
                "has a file that `crease report` did not write, {name}: expected a new or empty \
                 folder, or one of an earlier report; choose another --out"
            );
            Err(CliError::file(out, what))
        }
    }
}

fn collect(folder: &Path, found: &mut BTreeSet<PathBuf>) -> Result<(), CliError> {
    for entry in fs::read_dir(folder).map_err(CliError::at(folder))? {
        let entry = entry.map_err(CliError::at(folder))?;
        // A link counts as a file: nothing behind it is ours.
        let is_folder = entry.file_type().map_err(CliError::at(folder))?.is_dir();
        match is_folder {
            true => collect(&entry.path(), found)?,
            false => drop(found.insert(entry.path())),
        }
    }
    Ok(())
}

/// Writes the pages, and removes those of the site before that are no longer part of it.
fn write(out: &Path, pages: &[Page], mut before: BTreeSet<PathBuf>) -> Result<(), CliError> {
    let list = out.join(LIST);
    let paths: String = pages.iter().map(|page| format!("{}\n", page.path)).collect();
    files::make(out)?;
    // First of all: should the writing end early, the next report knows what is there.
    let old = before.iter().filter_map(|path| path.strip_prefix(out).ok()?.to_str());
    let old: String = old.map(|path| format!("{path}\n")).collect();
    files::write(&list, format!("{HEAD}{paths}{old}"))?;
    for Page { path, text } in pages {
        let path = out.join(path);
        if let Some(folder) = path.parent() {
            files::make(folder)?;
        }
        files::write(&path, text)?;
        before.remove(&path);
    }
    before.remove(&list);
    for path in before {
        fs::remove_file(&path).map_err(CliError::at(&path))?;
    }
    files::write(&list, format!("{HEAD}{paths}"))
}
