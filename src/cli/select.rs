//! Finds the claims that a name on the command line selects.

use super::error::CliError;
use crate::catalogue;
use crate::claim::AnyClaim;
use crate::report::family;
use std::sync::OnceLock;

/// A claim of the catalogue.
pub type Listed = &'static dyn AnyClaim;

/// The claims of a package that is not this one, if one of them runs the program.
static OTHERS: OnceLock<&'static [Listed]> = OnceLock::new();

/// Makes these claims the catalogue of the program, unless others are already.
pub fn serve(claims: &'static [Listed]) {
    let _ = OTHERS.set(claims);
}

/// Whether the catalogue of the program is that of this crate.
pub fn is_own() -> bool {
    OTHERS.get().is_none()
}

/// The catalogue, in the order of reports.
fn all() -> Vec<Listed> {
    OTHERS.get().map_or_else(|| catalogue::all().collect(), |claims| claims.to_vec())
}

/// The claim of this id.
pub fn find(id: &str) -> Option<Listed> {
    all().into_iter().find(|claim| claim.card().id == id)
}

/// The claims that any of the names selects, in the order of the catalogue; all without names.
///
/// A name is an id, a family, the part of an id after the slash, or a prefix of any of them; the
/// whole name of a family means nothing else.
pub fn claims(names: &[String]) -> Result<Vec<Listed>, CliError> {
    for name in names {
        if !all().into_iter().any(|claim| selects(name, claim)) {
            let hint = hint(name);
            let what = format!("no claim or family is called \"{name}\"; {hint}");
            return Err(CliError::Name(what));
        }
    }
    let wanted =
        |claim: &Listed| names.is_empty() || names.iter().any(|name| selects(name, *claim));
    Ok(all().into_iter().filter(wanted).collect())
}

/// The one claim that the name selects; an exact id wins over its use as a prefix.
pub fn claim(name: &str) -> Result<Listed, CliError> {
    if let Some(claim) = find(name) {
        return Ok(claim);
    }
    let found = claims(&[name.to_owned()])?;
    if let [one] = found[..] {
        return Ok(one);
    }
    let mut ids: Vec<_> = found.iter().take(5).map(|claim| claim.card().id).collect();
    if found.len() > ids.len() {
        ids.push("…");
    }
    let (count, ids) = (found.len(), ids.join(", "));
    Err(CliError::Name(format!("\"{name}\" names {count} claims, one is wanted: {ids}")))
}

fn selects(name: &str, claim: Listed) -> bool {
    let id = claim.card().id;
    match all().into_iter().any(|claim| family(claim.card().id) == name) {
        true => family(id) == name,
        false => !name.is_empty() && (id.starts_with(name) || short(id).starts_with(name)),
    }
}

fn short(id: &str) -> &str {
    id.split_once('/').map_or(id, |(_, short)| short)
}

/// The id or family that looks most like the name, if at most half of its letters are wrong.
fn hint(name: &str) -> String {
    let candidates = all().into_iter().flat_map(|claim| {
        let id = claim.card().id;
        [(id, id), (short(id), id), (family(id), family(id))]
    });
    let distance = |text: &str| strsim::damerau_levenshtein(name, text);
    match candidates.map(|(text, answer)| (distance(text), answer)).min_by_key(|(d, _)| *d) {
        Some((distance, answer)) if 2 * distance <= name.chars().count() => {
            format!("did you mean \"{answer}\"?")
        }
        _ => "`crease list` prints every id".to_owned(),
    }
}
