//! The page of one claim.

use super::note::{Place, note};
use super::{Site, claim_path, family_path, histogram::histogram, root_of, tone};
use crate::claim::{
    Formal, HypothesisCard, Known, Standing, Tightest, TwinRecord, Verdict, formal,
};
use crate::report::{Page, Row, catalogue_page, compact, family, table};
use maud::{Markup, html};

/// Characters of a case that are shown in the text; the whole case is below.
const CASE_WIDTH: usize = 400;

impl Site<'_> {
    pub(super) fn claim_page(&self, place: usize, row: &Row) -> Page {
        let card = row.claim.card();
        let path = claim_path(card.id);
        let root = root_of(&path);
        let kept = self.kept.claims.get(card.id);
        let content = html! {
            h1 { (card.title) }
            p.id {
                a href={ (root) (family_path(family(card.id))) } { (family(card.id)) }
                " · " code { (card.id) }
            }
            p.tags {
                (Self::standing(row))
                span.tag { (card.rung()) }
                span.tag { (Self::verdict(row)) " in this run" }
            }
            @if let Some(trouble) = Self::trouble(row) {
                p.warn { strong { "Not as it should be: " } (trouble) "." }
            }
            @if let Err(panic) = &row.result {
                p.warn { "The check panicked in " (panic.during) ": " (panic.message) }
            }
            h2 id="statement" { "Statement" }
            p.statement.(tone(card.standing)) { code { (row.claim.statement()) } }
            (self.facts(row, &root))
            (hypotheses(row))
            (self.found(row))
            (self.twins(row))
            @if let Some(kept) = kept.filter(|kept| !kept.known.is_empty()) {
                h2 id="known" { "Known cases" }
                p.quiet { "Found once, or printed in a source; every run of "
                    code { "check" } " asks them again." }
                @for known in &kept.known { (known_case(known)) }
            }
            @if !row.certificates().is_empty() { (certificates(row)) }
            @if let Some(text) = kept.and_then(|kept| kept.note.as_deref()) {
                h2 id="note" { "Note" }
                (note(&Place { site: self, from: card.note, root: &root, is_part: true }, text))
            }
            (self.replay(row))
            (self.neighbours(place, &root))
        };
        self.page(path, card.title, &content)
    }

    /// What the card says.
    fn facts(&self, row: &Row, root: &str) -> Markup {
        let card = row.claim.card();
        let is_repaired = |other: &&Row| {
            let standing = other.claim.card().standing;
            matches!(standing, Standing::RefutedAsPrinted { repaired_by } if repaired_by == card.id)
        };
        let statement = card.formal.filter(Formal::is_proved);
        let statement = statement.and_then(|formal| formal::CLAIMS.statement(formal.theorem));
        html! {
            dl.facts {
                dt { "Standing" }
                dd {
                    (card.standing.word())
                    @if let Standing::RefutedAsPrinted { repaired_by } = card.standing {
                        "; what is true is " (self.link(repaired_by, root))
                    }
                    @for other in self.run.rows.iter().filter(is_repaired) {
                        "; true in place of " (self.link(other.claim.card().id, root))
                    }
                }
                dt { "Evidence" } dd { (catalogue_page::evidence(card)) }
                dt { "Source" }
                dd {
                    (card.source.key) ", " (card.source.place)
                    @if let Some(reference) = self.references.get(card.source.key) {
                        br; span.quiet { (reference) }
                    }
                }
                dt { "Wording" } dd { (catalogue_page::wording(card.wording)) }
                @if let Some(printed) = card.as_printed { dt { "As printed" } dd { (printed) } }
                @if let Some(file) = self.kept.claims.get(card.id).and_then(|k| k.file.as_ref()) {
                    dt { "File" } dd { code { (file) } }
                }
            }
            @if let Some(statement) = statement {
                details { summary { "The statement that is proved formally, in Rocq" }
                    pre { code { (statement) } } }
            }
        }
    }

    /// What the run found of the claim itself.
    fn found(&self, row: &Row) -> Markup {
        let Some(verdict) = row.verdict() else { return html! {} };
        let counts = verdict.counts();
        let is_tighter = |record: &Tightest| row.tightest() == Some(record);
        html! {
            h2 id="found" { "What the run found" }
            @match verdict {
                Verdict::Holds { tightest, .. } => {
                    p { "Holds in " (table::cases(counts)) ". The tightest: "
                        code { (compact::comparison(&tightest.finding)) } "." }
                    (self.case("tightest", &tightest.case))
                    (histogram(counts).unwrap_or_default())
                }
                Verdict::Refuted { finding, case, .. } => {
                    p { "Refuted at case " (counts.drawn) ": "
                        strong { (compact::comparison(finding)) } "." }
                    (self.case("counterexample", case))
                }
                other => { p { (table::word(other)) ": " (table::cases(counts)) "." } }
            }
            @if let (1.., Some(why)) = (counts.undecided, counts.why) {
                p { (compact::plural(counts.undecided as usize, "case")) " decided nothing, for "
                    "example: " (why) "." }
            }
            @if let Some(record) = &row.record {
                h3 id="record" { "Record" }
                p { "The tightest case that a hunt has found: "
                    code { (compact::comparison(&record.finding)) }
                    @if is_tighter(record) { "." } @else { ", which is no tighter." } }
                @if is_tighter(record) { (self.case("record-case", &record.case)) }
            }
        }
    }

    /// A case: in short, drawn if it can be, and whole.
    fn case(&self, id: &str, case: &str) -> Markup {
        let line = compact::case(case, CASE_WIDTH);
        html! {
            p { "At " code { (line) } }
            @if let Some(figure) = self.kept.drawn.get(case) { (figure.markup(id)) }
            details { summary { "The whole case, as TOML" } pre { code { (case) } } }
        }
    }

    fn twins(&self, row: &Row) -> Markup {
        if row.twins().is_empty() {
            return html! {};
        }
        html! {
            h2 id="twins" { "Twins" }
            p.quiet { "False neighbours, each of which a run has to refute: the check has teeth." }
            @for (place, twin) in row.twins().iter().enumerate() { (self.twin(place + 1, twin)) }
        }
    }

    fn twin(&self, number: usize, TwinRecord { card, verdict }: &TwinRecord) -> Markup {
        let id = format!("twin-{number}");
        html! {
            h3 id=(id) {
                @if card.drops.is_some() { "Without: " }
                (card.name)
            }
            p { (card.fault) }
            @match verdict {
                Verdict::Refuted { finding, case, .. } => {
                    p { "Refuted: " strong { (compact::comparison(finding)) } "." }
                    (self.case(&format!("{id}-case"), case))
                }
                other => { p.warn { (table::word(other)) ": " (table::cases(other.counts())) } }
            }
        }
    }

    /// The commands that ask all of this again.
    fn replay(&self, row: &Row) -> Markup {
        let id = row.claim.card().id;
        let kept = self.kept.claims.get(id);
        let budget = format!("--cases {} --seed {}", self.run.cases, self.run.seed);
        let lines = [
            format!("crease check {id} {budget}"),
            format!("crease check {id} {budget} --save found   # every counterexample as a file"),
            "crease replay found/FILE.toml".to_owned(),
            format!("crease hunt {id} --time 60"),
        ];
        let more = kept.into_iter().flat_map(|kept| kept.commands.iter().cloned());
        let lines: Vec<_> = lines.into_iter().chain(more).collect();
        html! {
            h2 id="replay" { "Ask it again" }
            pre { code { (lines.join("\n")) } }
        }
    }

    /// The pages before and after.
    fn neighbours(&self, place: usize, root: &str) -> Markup {
        let at = |place: Option<usize>| place.and_then(|place| self.run.rows.get(place));
        html! {
            nav.next aria-label="Neighbours" {
                @if let Some(row) = at(place.checked_sub(1)) {
                    span { "Before: " (self.link(row.claim.card().id, root)) }
                }
                @if let Some(row) = at(Some(place + 1)) {
                    span { "Next: " (self.link(row.claim.card().id, root)) }
                }
            }
        }
    }
}

fn hypotheses(row: &Row) -> Markup {
    let all = row.claim.hypotheses();
    let twins = row.claim.twins();
    let dropped = |name: &str| twins.iter().position(|twin| twin.drops == Some(name));
    html! {
        @if !all.is_empty() {
            h2 id="hypotheses" { "Hypotheses" }
            ul {
                @for HypothesisCard { name, unsharp } in &all {
                    li {
                        (name)
                        @match (unsharp, dropped(name)) {
                            (Some(why), _) => {
                                " " span.tag.open { "open" } " nobody knows whether it is needed: "
                                (why)
                            }
                            (None, Some(place)) => {
                                ": needed, as "
                                a href={ "#twin-" (place + 1) } { "the claim without it" } " shows"
                            }
                            (None, None) => {}
                        }
                    }
                }
            }
        }
    }
}

fn known_case(known: &Known) -> Markup {
    let verdict = if known.holds { "holds" } else { "does not hold" };
    html! {
        h3 { (known.name) }
        p {
            (known.why) ". "
            @if let Some(twin) = &known.twin { "Asked of the twin " em { (twin) } ": " }
            @else { "Asked of the claim: " }
            code { (compact::number(&known.found)) } " beside "
            code { (compact::number(&known.bound)) } ", the conclusion " (verdict) "."
            @if !known.unmet.is_empty() {
                " The case breaks: " (known.unmet.join(", ")) "."
            }
        }
        details { summary { "The case, as TOML" } pre { code { (known.case.to_string()) } } }
    }
}

fn certificates(row: &Row) -> Markup {
    html! {
        h2 id="certificates" { "Certificates" }
        ul {
            @for one in row.certificates() {
                li {
                    code { (one.name) } ": "
                    @match &one.refused {
                        None => "accepted by the independent checker",
                        Some(why) => { "refused: " (why) }
                    }
                }
            }
        }
    }
}
