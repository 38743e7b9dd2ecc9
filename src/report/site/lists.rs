//! The first page, the pages of families, of errata, of conjectures and of experiments, articles.

use super::note::{Place, note};
use super::{Article, Kind, Site, claim_path, family_path, root_of};
use crate::claim::{Standing, Verdict};
use crate::report::{Page, Row, compact, family, table};
use maud::{Markup, html};

/// A column of the table of counts.
type Column = (&'static str, fn(&Row) -> usize);

/// What is counted of each family.
const COLUMNS: [Column; 10] = [
    ("claims", |_| 1),
    ("theorems", |row| is(row, "theorem")),
    ("conjectures", |row| is(row, "conjecture")),
    ("refuted as printed", |row| is(row, "refuted as printed")),
    ("refuted", |row| is(row, "refuted")),
    ("tested", |row| rests_on(row, "property-tested")),
    ("proved", |row| rests_on(row, "proved-here")),
    ("certified", |row| rests_on(row, "certified-exactly")),
    ("formal", |row| rests_on(row, "formally-proved")),
    ("twins", |row| {
        let refuted = |verdict: &Verdict| matches!(verdict, Verdict::Refuted { .. });
        row.twins().iter().filter(|twin| refuted(&twin.verdict)).count()
    }),
];

fn is(row: &Row, word: &str) -> usize {
    usize::from(row.claim.card().standing.word() == word)
}

fn rests_on(row: &Row, rung: &str) -> usize {
    usize::from(row.claim.card().rung() == rung)
}

impl Site<'_> {
    pub(super) fn first_page(&self) -> Page {
        let run = self.run;
        let trouble: Vec<_> = run.rows.iter().filter(|row| Self::trouble(row).is_some()).collect();
        let printed = self.refuted_as_printed();
        let refuted = self.of(Standing::Refuted);
        let open = self.of(Standing::Conjecture);
        let content = html! {
            h1 { (self.kept.title) }
            p data-whole {
                "Each of these " (run.rows.len()) " statements is executable. A run checks it in "
                "exact rational arithmetic on generated cases, small, large and degenerate, next "
                "to its " em { "twins" } ": false neighbours that the same check has to refute. A "
                "theorem is proved in its note; a conjecture is open; what is refuted has a "
                "counterexample."
            }
            p data-whole { (table::counts(&run.summary())) ". " (table::rungs(&run.summary())) "." }
            @if !trouble.is_empty() {
                section.warn data-whole {
                    h2 { "Not as it should be" }
                    ul {
                        @for row in trouble {
                            li { (self.link(row.claim.card().id, "")) ": "
                                (Self::trouble(row).unwrap_or_default()) }
                        }
                    }
                }
            }
            section data-whole { h2 id="families" { "By family" } (self.counts()) }
            @if !printed.is_empty() {
                section data-whole {
                    h2 id="printed" { "False as printed" }
                    p { "With what is true instead: the " a href="errata.html" { "errata" } "." }
                    (self.claims(&printed, ""))
                }
            }
            @if !refuted.is_empty() {
                section data-whole {
                    h2 id="refuted" { "Refuted, though nobody printed it" }
                    (self.claims(&refuted, ""))
                }
            }
            @if !open.is_empty() {
                section data-whole { h2 id="open" { "Open" } (self.claims(&open, "")) }
            }
            h2 id="claims" { "Every claim" }
            p.quiet role="status" id="found" {}
            @for family in self.families() {
                section data-family=(family) {
                    h3 id={ "family-" (family) } {
                        a href=(family_path(family)) { (family) }
                    }
                    ul.claims {
                        @for row in self.rows_of(family) {
                            li data-words=(words(row)) { (entry(row, "")) }
                        }
                    }
                }
            }
        };
        self.page("index.html".to_owned(), "Crease: the catalogue", &content)
    }

    fn rows_of(&self, name: &str) -> Vec<&Row> {
        self.run.rows.iter().filter(|row| family(row.claim.card().id) == name).collect()
    }

    fn of(&self, standing: Standing) -> Vec<&Row> {
        self.run.rows.iter().filter(|row| row.claim.card().standing == standing).collect()
    }

    fn refuted_as_printed(&self) -> Vec<&Row> {
        let is =
            |row: &&Row| matches!(row.claim.card().standing, Standing::RefutedAsPrinted { .. });
        self.run.rows.iter().filter(is).collect()
    }

    /// The counts of every family.
    fn counts(&self) -> Markup {
        let sum = |rows: &[&Row], (_, count): &Column| rows.iter().map(|row| count(row)).sum();
        let cells = |rows: &[&Row]| {
            html! {
                @for column in &COLUMNS {
                    @let count: usize = sum(rows, column);
                    td.number { @if count > 0 { (count) } @else { span.quiet { "–" } } }
                }
            }
        };
        let all: Vec<_> = self.run.rows.iter().collect();
        html! {
            div.scroll tabindex="0" {
                table {
                    thead { tr {
                        th scope="col" { "family" }
                        @for (name, _) in &COLUMNS { th.number scope="col" { (name) } }
                    } }
                    tbody {
                        @for family in self.families() {
                            tr {
                                th scope="row" { a href=(family_path(family)) { (family) } }
                                (cells(&self.rows_of(family)))
                            }
                        }
                    }
                    tfoot { tr { th scope="row" { "all" } (cells(&all)) } }
                }
            }
        }
    }

    fn claims(&self, rows: &[&Row], root: &str) -> Markup {
        html! { ul.claims { @for row in rows { li { (entry(row, root)) } } } }
    }

    pub(super) fn family_page(&self, family: &'static str) -> Page {
        let path = family_path(family);
        let root = root_of(&path);
        let all = self.rows_of(family);
        let count = |column: &Column| all.iter().map(|row| column.1(row)).sum::<usize>();
        let content = html! {
            h1 { "Family: " (family) }
            p {
                @for (place, column) in COLUMNS.iter().filter(|c| count(c) > 0).enumerate() {
                    @if place > 0 { " · " }
                    (column.0) ": " (count(column))
                }
            }
            @for kind in ["refuted as printed", "refuted", "conjecture", "theorem"] {
                @let rows: Vec<_> = all.iter().copied().filter(|row| is(row, kind) > 0).collect();
                @if !rows.is_empty() {
                    h2 id=(kind.replace(' ', "-")) { (heading(kind)) }
                    (self.claims(&rows, &root))
                }
            }
        };
        self.page(path, family, &content)
    }

    /// What is false as printed: the words, the counterexample, and what is true instead.
    pub(super) fn errata(&self) -> Page {
        let rows = self.refuted_as_printed();
        let content = html! {
            h1 { "Errata" }
            p {
                "Statements that a source prints, in a wording that was read and not remembered, "
                "and that an exact counterexample refutes. Next to each stands what is true "
                "instead."
            }
            (self.articles(Kind::Erratum))
            @if rows.is_empty() { p { "This run has none." } }
            @for (place, row) in rows.into_iter().enumerate() {
                @let card = row.claim.card();
                h2 id={ "erratum-" (place + 1) } {
                    a href=(claim_path(card.id)) { (card.title) }
                }
                p.id { (card.source.key) ", " (card.source.place) }
                p.statement.false { code { (row.claim.statement()) } }
                @if let Some(printed) = card.as_printed { p { "As printed: " (printed) "." } }
                @if let Some(Verdict::Refuted { finding, case, .. }) = row.verdict() {
                    p { "Refuted: " strong { (compact::comparison(finding)) } ", at "
                        code { (compact::case(case, 240)) } }
                    @if let Some(figure) = self.kept.drawn.get(case) {
                        (figure.markup(&format!("erratum-{}-case", place + 1)))
                    }
                }
                @if let Standing::RefutedAsPrinted { repaired_by } = card.standing {
                    p { "True instead, " (self.link(repaired_by, "")) ":" }
                    @if let Some(repaired) = self.rows.get(repaired_by) {
                        p.statement { code { (repaired.claim.statement()) } }
                    }
                }
            }
        };
        self.page("errata.html".to_owned(), "Errata", &content)
    }

    /// What is open: conjectures, and hypotheses that nobody knows to be needed.
    pub(super) fn conjectures(&self) -> Page {
        let questions: Vec<_> = self.run.rows.iter().flat_map(table::open_questions).collect();
        let rows = self.of(Standing::Conjecture);
        let content = html! {
            h1 { "Conjectures and open questions" }
            p {
                "Statements that nobody has proved or refuted, as far as we know. That no drawn "
                "case refutes one of them is no proof."
            }
            (self.articles(Kind::Conjectures))
            @if rows.is_empty() { p { "This run has none." } }
            @for row in rows {
                @let card = row.claim.card();
                h2 { a href=(claim_path(card.id)) { (card.title) } }
                p.statement.open { code { (row.claim.statement()) } }
                @if let Some(trouble) = Self::trouble(row) { p.warn { (trouble) "." } }
                @if let Some(Verdict::Holds { counts, .. }) = row.verdict() {
                    p { "Holds so far in " (table::cases(counts)) "." }
                }
                @if let Some(tightest) = row.tightest() {
                    p { "The tightest known: " code { (compact::comparison(&tightest.finding)) }
                        "." }
                }
            }
            @if !questions.is_empty() {
                h2 id="hypotheses" { "Hypotheses that nobody knows to be needed" }
                ul { @for question in questions { li { (question) } } }
            }
        };
        self.page("open.html".to_owned(), "Conjectures", &content)
    }

    pub(super) fn experiments(&self) -> Page {
        let content = html! {
            h1 { "Experiments" }
            p {
                "What theorems ask for beside what is exactly so, and a published formula beside "
                "what is true. What trials add, many seeds of exact gradient descent, is drawn by "
                code { "crease experiment width --out DIR" } "."
            }
            @for (place, figure) in self.kept.charts.iter().enumerate() {
                h2 { (figure.title) }
                (figure.markup(&format!("chart-{}", place + 1)))
                p { (figure.description) }
            }
        };
        self.page("experiments.html".to_owned(), "Experiments", &content)
    }

    /// Links to the articles of a kind.
    fn articles(&self, kind: Kind) -> Markup {
        let of_kind = || self.kept.articles.iter().filter(|article| article.kind == kind);
        html! {
            @if of_kind().next().is_some() {
                p { "At length: " }
                ul { @for article in of_kind() {
                    li { a href=(article.page()) { (article.title()) } }
                } }
            }
        }
    }

    pub(super) fn article_page(&self, article: &Article) -> Page {
        let path = article.page();
        let root = root_of(&path);
        let place = Place { site: self, from: &article.path, root: &root, is_part: false };
        let content = note(&place, &article.text);
        self.page(path, article.title(), &content)
    }
}

/// A claim in a list: what leads to its page, what it rests on, and what is wrong with it.
fn entry(row: &Row, root: &str) -> Markup {
    let card = row.claim.card();
    html! {
        a href={ (root) (claim_path(card.id)) } { (card.title) }
        p.id {
            (Site::standing(row)) span { (card.rung()) } code { (card.id) }
            @if let Some(trouble) = Site::trouble(row) { span.tag.false { (trouble) } }
        }
    }
}

/// What else a search finds a claim by.
fn words(row: &Row) -> String {
    let card = row.claim.card();
    let hypotheses = row.claim.hypotheses().into_iter().map(|h| h.name);
    let twins = row.claim.twins().into_iter().map(|twin| twin.name);
    let words = [row.claim.statement(), card.source.key].into_iter().chain(hypotheses).chain(twins);
    words.collect::<Vec<_>>().join(" ")
}

fn heading(kind: &str) -> &'static str {
    match kind {
        "refuted as printed" => "False as printed",
        "refuted" => "Refuted",
        "conjecture" => "Conjectures",
        _ => "Theorems",
    }
}
