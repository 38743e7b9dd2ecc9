//! The text of `list` and of `show`.

use crate::claim::{AnyClaim, Card, Evidence, Formal, Standing, Wording, formal};
use std::fmt::Write;

/// One line a claim: id, standing, evidence, title.
pub fn list<'a>(claims: impl IntoIterator<Item = &'a dyn AnyClaim>) -> String {
    let cards: Vec<_> = claims.into_iter().map(AnyClaim::card).collect();
    let id = cards.iter().map(|card| card.id.chars().count()).max().unwrap_or(0);
    let standing = cards.iter().map(|card| card.standing.word().len()).max().unwrap_or(0);
    let evidence = cards.iter().map(|card| card.rung().len()).max().unwrap_or(0);
    let mut out = String::new();
    for card in cards {
        let (s, e) = (card.standing.word(), card.rung());
        let _ = writeln!(out, "{:id$}  {s:standing$}  {e:evidence$}  {}", card.id, card.title);
    }
    out
}

/// The whole card.
pub fn show(claim: &dyn AnyClaim) -> String {
    let card = claim.card();
    let mut out = format!("{}\n{}\n\n  {}\n\n", card.id, card.title, claim.statement());
    let mut entry = |name: &str, text: &str| {
        let _ = writeln!(out, "{name:<11} {text}");
    };
    entry("standing", &standing(card.standing));
    entry("evidence", &evidence(card));
    if let Some(text) = card.formal.and_then(|formal| formal::CLAIMS.statement(formal.theorem)) {
        entry("formally", &text.replace('\n', "\n             "));
    }
    entry("source", &format!("{}, {}", card.source.key, card.source.place));
    entry("wording", wording(card.wording));
    if let Some(printed) = card.as_printed {
        entry("as printed", printed);
    }
    if !card.note.is_empty() {
        entry("note", card.note);
    }
    out.push_str("\nhypotheses\n");
    for h in claim.hypotheses() {
        let _ = writeln!(out, "  {}", h.name);
        if let Some(why) = h.unsharp {
            let _ = writeln!(out, "      nobody knows whether it is needed: {why}");
        }
    }
    if claim.hypotheses().is_empty() {
        out.push_str("  none\n");
    }
    out.push_str("\ntwins, each of which a run must refute\n");
    for twin in claim.twins() {
        let without = if twin.drops.is_some() { "without: " } else { "" };
        let _ = writeln!(out, "  {without}{}\n      {}", twin.name, twin.fault);
    }
    if claim.twins().is_empty() {
        out.push_str("  none\n");
    }
    let _ = write!(
        out,
        "\ncheck it\n  crease check {id}\n  crease replay fixtures/{id}.toml\n",
        id = card.id
    );
    out
}

/// The standing in words, with the repaired claim of a refuted statement.
pub(super) fn standing(standing: Standing) -> String {
    match standing {
        Standing::RefutedAsPrinted { repaired_by } => {
            format!("{}; what is true is {repaired_by}", standing.word())
        }
        other => other.word().to_owned(),
    }
}

/// The evidence in words, with its scope or artefact; highest rung first.
pub(super) fn evidence(card: &Card) -> String {
    let below = match card.evidence {
        Evidence::PropertyTested => card.evidence.word().to_owned(),
        Evidence::Proved { by } => format!("{}: {by}", card.evidence.word()),
        Evidence::CertifiedExactly { scope, .. } => format!("{}: {scope}", card.evidence.word()),
    };
    match card.formal.filter(Formal::is_proved) {
        Some(formal) => format!("{}: {}, without axioms; {below}", card.rung(), formal.theorem),
        None => below,
    }
}

/// Where the wording comes from, in words.
pub(super) const fn wording(wording: Wording) -> &'static str {
    match wording {
        Wording::Seen => "read in the source itself",
        Wording::Quoted => "read in a third party that quotes the source",
        Wording::Remembered => "from memory of the source; its constants may differ",
        Wording::Derived => "derived here; the source is where the question comes from",
    }
}
