//! Claims, notes, fixtures, certificates and sources belong together, and none is forgotten.

use super::{files, report, root};
use crease::catalogue;
use crease::claim::{Card, Evidence, Standing, Wording};
use std::collections::BTreeSet;

/// `family/claim` of every claim file.
fn claim_files() -> impl Iterator<Item = (String, String)> {
    files("src/catalogue", &[".rs"]).into_iter().filter_map(|file| {
        let id = file.path.strip_prefix("src/catalogue/")?.strip_suffix(".rs")?;
        (!id.ends_with("mod")).then(|| (id.to_owned(), file.text.clone()))
    })
}

#[test]
fn every_claim_file_is_listed() {
    let listed: BTreeSet<_> = catalogue::all().map(|claim| claim.card().id).collect();
    let forgotten = claim_files().filter(|(id, _)| !listed.contains(id.as_str()));
    let line = |(id, _): (String, String)| {
        let (family, name) = id.split_once('/').expect("a claim lies in a family");
        format!("src/catalogue/{family}/mod.rs lacks `{name},`, or the card has another id")
    };
    report("every claim file is on its family's list", forgotten.map(line).collect());
}

#[test]
fn ids_are_paths_and_unique() {
    let on_disk: BTreeSet<_> = claim_files().map(|(id, _)| id).collect();
    let mut seen = BTreeSet::new();
    let mut offences = Vec::new();
    for claim in catalogue::all() {
        let id = claim.card().id;
        if !seen.insert(id) {
            offences.push(format!("{id} is listed twice"));
        }
        if !on_disk.contains(id) {
            offences.push(format!("{id} is the id of no file src/catalogue/{id}.rs"));
        }
    }
    report("the id of a claim is the path of its file", offences);
}

#[test]
fn every_theorem_has_a_note_that_is_a_doctest() {
    let mut offences = Vec::new();
    for claim in catalogue::all() {
        let card = claim.card();
        let expected = format!("proofs/{}.md", card.id);
        if card.note.is_empty() && card.standing == Standing::Conjecture {
            continue;
        }
        if card.note != expected {
            offences
                .push(format!("{}: the card's note is \"{}\", not {expected}", card.id, card.note));
            continue;
        }
        let source = root().join(format!("src/catalogue/{}.rs", card.id));
        let source = std::fs::read_to_string(source).unwrap_or_default();
        let head: Vec<_> = source.lines().map_while(|line| line.strip_prefix("//! ")).collect();
        if head.join(" ") != format!("{}.", card.title) || source.contains("#![doc") {
            offences.push(format!(
                "src/catalogue/{}.rs begins with `//! {}.` and nothing else in words: {expected} \
                 is included by the list of the family",
                card.id, card.title
            ));
        }
        match std::fs::read_to_string(root().join(&expected)) {
            Err(error) => offences.push(format!("{expected}: {error}")),
            Ok(note) => {
                if !note.contains("\n```\n") && !note.contains("\n```rust\n") {
                    offences.push(format!("{expected}: no doctest"));
                }
                for part in ["**Statement.**", "**Source.**"] {
                    if !note.contains(part) {
                        offences.push(format!("{expected}: no {part}"));
                    }
                }
            }
        }
    }
    report(
        "a theorem or refutation has a note with a doctest, its file the note's title",
        offences,
    );
}

/// Words that say of a note that its proof is not one.
const HEDGES: [&str; 7] = [
    "not proved",
    "we believe",
    "decided by the check",
    "it is what the check decides",
    "for the reader's orientation",
    "proof is left",
    "remains to be shown",
];

#[test]
fn what_is_listed_as_a_theorem_has_a_proof_in_its_note() {
    let mut offences = Vec::new();
    for card in catalogue::all().map(|claim| claim.card()) {
        let note = std::fs::read_to_string(root().join(card.note)).unwrap_or_default();
        let is_theorem = card.standing == Standing::Theorem;
        let proof = note.split_once("**Proof.**").map(|(_, rest)| rest);
        if is_theorem && !proof.is_some_and(|rest| rest.contains('∎')) {
            offences.push(format!("{}: the note has no **Proof.** that ends in ∎", card.id));
        }
        if is_theorem && matches!(card.evidence, Evidence::PropertyTested) {
            offences.push(format!("{}: a theorem says who followed its proof", card.id));
        }
        if !is_theorem && matches!(card.evidence, Evidence::Proved { .. }) {
            offences.push(format!("{}: what is proved is a theorem", card.id));
        }
        let text = note.to_lowercase();
        for hedge in HEDGES.iter().filter(|hedge| is_theorem && text.contains(**hedge)) {
            offences.push(format!("{}: the note of a theorem says \"{hedge}\"", card.id));
        }
    }
    report("what is listed as a theorem has a proof in its note", offences);
}

/// Calls that put a number in the place of what is not there, and the files whose use of them was
/// read: there the number is the value itself (an empty sum, the degree of a constant), no answer.
const NUMBER_FOR_NO: [&str; 4] =
    [".unwrap_or(", ".unwrap_or_default()", ".unwrap_or_else(", ".map_or("];
const READ: &[&str] = &[
    // The length of the first of no rows.
    "src/catalogue/regions/kinked_layer.rs",
    "src/catalogue/regions/maxout_layer.rs",
    // Where no step fits, the quotient of the least one is compared: a number that is computed.
    "src/catalogue/symmetry/backprop_is_difference_quotient.rs",
    // All layers, where no activation ends the first stage.
    "src/generators/two_hidden_layers.rs",
    // No hyperplane leaves one cell.
    "src/generators/planes.rs",
];

#[test]
fn no_number_stands_for_no() {
    let mut offences = Vec::new();
    let generators = files("src/generators", &[".rs"]);
    for file in files("src/catalogue", &[".rs"]).into_iter().chain(generators) {
        for (i, line) in file.text.lines().enumerate() {
            let found = NUMBER_FOR_NO.iter().find(|call| line.contains(**call));
            if let (Some(call), false) = (found, READ.contains(&file.path.as_str())) {
                offences.push(format!("{}:{}: {call}", file.path, i + 1));
            }
        }
    }
    report("a claim says `Undecided` where something cannot be built", offences);
}

#[test]
fn notes_fixtures_and_certificates_belong_to_a_claim() {
    let ids: BTreeSet<_> = catalogue::all().map(|claim| claim.card().id.to_owned()).collect();
    let families: BTreeSet<_> = ids.iter().filter_map(|id| id.split('/').next()).collect();
    let mut offences = Vec::new();
    for (folder, ending) in [("proofs/", ".md"), ("fixtures/", ".toml")] {
        for file in files(folder, &[ending]) {
            let stem = file.path.strip_prefix(folder).and_then(|p| p.strip_suffix(ending));
            let stem = stem.expect("found by folder and ending");
            let in_family = stem.split_once('/').is_some_and(|(f, _)| families.contains(f));
            if in_family && !ids.contains(stem) {
                offences.push(format!("{} belongs to no claim", file.path));
            }
        }
    }
    for file in files("proofs", &[".cert"]) {
        let id = file.path.strip_prefix("proofs/certificates/").and_then(|p| p.rsplit_once('/'));
        let claim = id.and_then(|(id, _)| catalogue::find(id));
        let is_certified = |evidence| matches!(evidence, Evidence::CertifiedExactly { .. });
        if !claim.is_some_and(|claim| is_certified(claim.card().evidence)) {
            offences.push(format!("{} belongs to no claim that is certified", file.path));
        }
    }
    report("a note, fixture or certificate has the stem of a claim", offences);
}

#[test]
fn repairs_are_claims_that_should_hold() {
    let mut offences = Vec::new();
    for claim in catalogue::all() {
        if let Standing::RefutedAsPrinted { repaired_by } = claim.card().standing {
            match catalogue::find(repaired_by) {
                Some(repair) if !repair.card().standing.is_refuted() => {}
                Some(_) => {
                    offences.push(format!("{}: {repaired_by} is refuted too", claim.card().id))
                }
                None => offences.push(format!("{}: no claim {repaired_by}", claim.card().id)),
            }
        }
    }
    report("what is refuted as printed names the claim that is true instead", offences);
}

#[test]
fn only_a_wording_that_was_read_is_refuted_as_printed() {
    let accused = catalogue::all().map(|claim| claim.card());
    let accused = accused.filter(|c| matches!(c.standing, Standing::RefutedAsPrinted { .. }));
    let unread = accused.filter(|c| !matches!(c.wording, Wording::Seen | Wording::Quoted));
    let line = |card: &Card| format!("{}: the wording is {:?}", card.id, card.wording);
    report(
        "refuted as printed is what was read, in the source or quoted; else it is refuted",
        unread.map(line).collect(),
    );
}

#[test]
fn sources_are_listed_and_none_is_unused() {
    let path = root().join("proofs/references.bib");
    let bib = std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    let entry = |line: &str| {
        let (_, rest) = line.strip_prefix('@')?.split_once('{')?;
        Some(rest.trim_end_matches(',').to_owned())
    };
    let listed: BTreeSet<_> = bib.lines().filter_map(entry).collect();
    let used: BTreeSet<_> =
        catalogue::all().map(|claim| claim.card().source.key.to_owned()).collect();
    let missing = used.difference(&listed).map(|key| format!("{key} is cited and not listed"));
    // Kept for the questions that a newcomer asks.
    let unused = listed
        .difference(&used)
        .filter(|key| *key != "Crease")
        .map(|key| format!("{key} is listed and not cited"));
    report(
        "proofs/references.bib has one entry for each source key",
        missing.chain(unused).collect(),
    );
}
