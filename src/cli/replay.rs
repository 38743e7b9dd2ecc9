//! The command `replay`: checks the cases of a file again.

use super::counterexample_file::Saved;
use super::error::CliError;
use super::exit::Exit;
use super::files;
use super::select::{self, Listed};
use crate::claim::{Known, Replayed, Target, parse_known};
use crate::exact::Rational;
use crate::report;
use std::fmt::Write;
use std::path::Path;

/// A case of a file with what the file says about it.
struct Asked {
    place: String,
    claim: Listed,
    saved: Saved,
}

/// Replays every case of the file: what to print, and whether all is as the file says.
pub fn replay(path: &Path, claim: Option<&str>) -> Result<(String, Exit), CliError> {
    let text = files::read(path)?;
    let (mut out, mut exit) = (String::new(), Exit::AsClaimed);
    for asked in cases(path, &text, claim)? {
        let target = asked.saved.twin.as_deref().map_or(Target::Claim, Target::Twin);
        let refused = |error| CliError::file(path, format!("{}: {error}", asked.place));
        let replayed =
            asked.claim.replay(target, &asked.saved.case.to_string()).map_err(refused)?;
        let differences = asked.differences(&replayed);
        if !differences.is_empty() {
            exit = Exit::NotAsClaimed;
        }
        print(&mut out, &asked, &replayed, &differences);
    }
    Ok((out, exit))
}

/// Reads either kind of file.
fn cases(path: &Path, text: &str, claim: Option<&str>) -> Result<Vec<Asked>, CliError> {
    let content = |what: String| CliError::file(path, what);
    let table: toml::Table = text.parse().map_err(|e: toml::de::Error| content(e.to_string()))?;
    if table.contains_key("known") {
        let claim = match claim {
            Some(name) => select::claim(name)?,
            None => claim_of(path)?,
        };
        let known = parse_known(text).map_err(CliError::at(path))?;
        return Ok(known.into_iter().map(|known| Asked::known(known, claim)).collect());
    }
    if !table.contains_key("claim") {
        let what = "expected `claim = \"ID\"` with a [case], or [[known]] cases; found neither";
        return Err(content(what.to_owned()));
    }
    let saved: Saved = toml::from_str(text).map_err(|e| content(e.to_string()))?;
    let claim = select::claim(claim.unwrap_or(&saved.claim))?;
    Ok(vec![Asked { place: "[case]".to_owned(), claim, saved }])
}

/// The claim of `…/family/claim.toml`.
fn claim_of(path: &Path) -> Result<Listed, CliError> {
    let part = |part: Option<&std::ffi::OsStr>| part.and_then(|p| p.to_str()).map(str::to_owned);
    let family = part(path.parent().and_then(Path::file_name));
    let id = family.zip(part(path.file_stem())).map(|(family, claim)| format!("{family}/{claim}"));
    id.and_then(|id| select::find(&id))
        .ok_or_else(|| CliError::file(path, "the path names no claim; say which with --claim ID"))
}

impl Asked {
    fn known(known: Known, claim: Listed) -> Self {
        let place = format!("known case \"{}\"", known.name);
        let saved = Saved {
            claim: claim.card().id.to_owned(),
            twin: known.twin,
            unmet: Some(known.unmet),
            found: Some(known.found),
            bound: Some(known.bound),
            holds: Some(known.holds),
            case: known.case,
        };
        Self { place, claim, saved }
    }

    /// Where the replay shows something else than the file says: what, found, expected.
    fn differences(&self, replayed: &Replayed) -> Vec<String> {
        let Saved { unmet: says_unmet, found, bound, holds, .. } = &self.saved;
        let finding = match &replayed.conclusion {
            Ok(finding) => finding,
            Err(why) if found.is_some() => return vec![format!("it is undecided: {why}")],
            Err(_) => return Vec::new(),
        };
        let list = |names: &[String]| format!("[{}]", names.join(", "));
        let unmet: Vec<_> = replayed.unmet.iter().map(|&name| name.to_owned()).collect();
        let rows = [
            ("unmet", list(&unmet), says_unmet.as_deref().map(list)),
            ("found", finding.found.to_string(), found.as_ref().map(Rational::to_string)),
            ("bound", finding.bound.to_string(), bound.as_ref().map(Rational::to_string)),
            ("holds", finding.holds().to_string(), holds.map(|holds| holds.to_string())),
        ];
        rows.into_iter()
            .filter_map(|(what, found, expected)| Some((what, found, expected?)))
            .filter(|(_, found, expected)| found != expected)
            .map(|(what, found, says)| format!("{what} is {found}, the file says {says}"))
            .collect()
    }

    fn expects(&self) -> bool {
        let Saved { unmet, found, bound, holds, .. } = &self.saved;
        unmet.is_some() || found.is_some() || bound.is_some() || holds.is_some()
    }
}

fn print(out: &mut String, asked: &Asked, replayed: &Replayed, differences: &[String]) {
    let twin = asked.saved.twin.as_ref().map(|twin| format!(", twin \"{twin}\""));
    let id = asked.claim.card().id;
    let _ = writeln!(out, "{id}{}: {}", twin.unwrap_or_default(), asked.place);
    match replayed.unmet.as_slice() {
        [] => out.push_str("  meets every hypothesis\n"),
        unmet => {
            let _ = writeln!(out, "  does not meet: {}", unmet.join(", "));
        }
    }
    let _ = match &replayed.conclusion {
        Err(why) => writeln!(out, "  the conclusion is undecided: {why}"),
        Ok(finding) => {
            let holds = if finding.holds() { "holds" } else { "is refuted" };
            writeln!(out, "  the conclusion {holds}: {}", report::comparison(finding))
        }
    };
    match differences {
        [] if asked.expects() => out.push_str("  as the file says\n"),
        [] => {}
        _ => differences.iter().for_each(|line| {
            let _ = writeln!(out, "  not as the file says: {line}");
        }),
    }
}
