//! The catalogue as a site: pages of HTML that need no network, no script but for the search box,
//! and nothing outside of their folder.
//!
//! Every number is that of a run. Text reaches a page through [`maud`], which escapes it; what is
//! HTML already are the pictures of this room and what the Markdown library writes.

mod claim;
mod histogram;
mod lists;
mod note;
mod references;

use super::{Outcome, Page, Row, Run, family, table};
use crate::claim::{Known, Standing};
use maud::{DOCTYPE, Markup, PreEscaped, html};
use std::collections::BTreeMap;

/// What a site shows beside a run.
#[derive(Default)]
pub struct Kept {
    /// The heading of the first page.
    pub title: String,
    /// What is kept of each claim, by its id.
    pub claims: BTreeMap<&'static str, KeptOfClaim>,
    /// The sources, as BibTeX.
    pub references: String,
    /// What is written of several claims.
    pub articles: Vec<Article>,
    /// Charts of experiments.
    pub charts: Vec<Figure>,
    /// Cases that were drawn, by their TOML.
    pub drawn: BTreeMap<String, Figure>,
}

/// What is kept of a claim.
#[derive(Default)]
pub struct KeptOfClaim {
    /// Its file in the repository.
    pub file: Option<String>,
    /// Its note, as Markdown.
    pub note: Option<String>,
    /// Its known cases.
    pub known: Vec<Known>,
    /// Commands that ask something of it again, beside those that every claim has.
    pub commands: Vec<String>,
}

/// A text of several claims: an erratum, or the page of conjectures.
pub struct Article {
    /// Its path in the repository.
    pub path: String,
    /// What it belongs to.
    pub kind: Kind,
    /// The text, as Markdown.
    pub text: String,
}

/// What an article belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The page of errata.
    Erratum,
    /// The page of conjectures.
    Conjectures,
}

/// A picture with its words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Figure {
    /// What it shows, in a few words.
    pub title: String,
    /// What one sees, for those who do not.
    pub description: String,
    /// The picture, as SVG.
    pub svg: String,
    /// Whether half of a column is enough for it.
    pub is_small: bool,
}

/// A run, what is kept beside it, and what pages look up.
struct Site<'a> {
    run: &'a Run,
    kept: &'a Kept,
    references: BTreeMap<String, String>,
    /// The rows by id.
    rows: BTreeMap<&'static str, &'a Row>,
}

/// Every file of the site: the first page, a page a family, a claim and an article, the errata, the
/// conjectures, the experiments, and the style. The same run gives the same bytes.
pub fn site(run: &Run, kept: &Kept) -> Vec<Page> {
    let rows = run.rows.iter().map(|row| (row.claim.card().id, row)).collect();
    let site = Site { run, kept, references: references::references(&kept.references), rows };
    let mut pages = vec![site.first_page(), site.errata(), site.conjectures()];
    if !kept.charts.is_empty() {
        pages.push(site.experiments());
    }
    pages.extend(site.families().into_iter().map(|family| site.family_page(family)));
    pages.extend(run.rows.iter().enumerate().map(|(place, row)| site.claim_page(place, row)));
    pages.extend(kept.articles.iter().map(|article| site.article_page(article)));
    let style = include_str!("style.css").to_owned();
    pages.push(Page { path: "style.css".to_owned(), text: style });
    pages
}

/// The path of a claim's page.
fn claim_path(id: &str) -> String {
    format!("claims/{id}.html")
}

fn family_path(family: &str) -> String {
    format!("families/{family}.html")
}

/// From a page to the first page.
fn root_of(path: &str) -> String {
    "../".repeat(path.matches('/').count())
}

impl Article {
    /// The path of its page.
    fn page(&self) -> String {
        let path = self.path.strip_prefix("proofs/").unwrap_or(&self.path);
        format!("articles/{}.html", path.trim_end_matches(".md"))
    }

    /// Its heading.
    fn title(&self) -> &str {
        self.text.lines().find_map(|line| line.strip_prefix("# ")).unwrap_or(&self.path)
    }
}

impl<'a> Site<'a> {
    fn has(&self, id: &str) -> bool {
        self.rows.contains_key(id)
    }

    /// The page that a file of the repository became.
    fn page_of(&self, path: &str) -> Option<String> {
        if path == "proofs/LEDGER.md" {
            return Some("index.html".to_owned());
        }
        if let Some(article) = self.kept.articles.iter().find(|article| article.path == path) {
            return Some(article.page());
        }
        let id = path.strip_prefix("proofs/")?.strip_suffix(".md")?;
        self.has(id).then(|| claim_path(id))
    }

    /// The id of a claim, which leads to its page if it has one.
    fn link(&self, id: &str, root: &str) -> Markup {
        html! {
            @if self.has(id) { a href={ (root) (claim_path(id)) } { code { (id) } } }
            @else { code { (id) } }
        }
    }

    /// The families, in the order of the catalogue.
    fn families(&self) -> Vec<&'static str> {
        let mut families: Vec<&str> = Vec::new();
        for row in &self.run.rows {
            let family = family(row.claim.card().id);
            if !families.contains(&family) {
                families.push(family);
            }
        }
        families
    }

    /// A page around its content.
    fn page(&self, path: String, title: &str, content: &Markup) -> Page {
        let root = root_of(&path);
        let menu =
            [("Crease", "index.html"), ("Errata", "errata.html"), ("Conjectures", "open.html")];
        let charts = (!self.kept.charts.is_empty()).then_some(("Experiments", "experiments.html"));
        let is_first = path == "index.html";
        let text = html! {
            (DOCTYPE)
            html lang="en" {
                head {
                    meta charset="utf-8";
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    meta name="color-scheme" content="light dark";
                    meta name="generator" content={ "crease " (env!("CARGO_PKG_VERSION")) };
                    title { (title) @if !is_first { " · Crease" } }
                    link rel="icon" href="data:,";
                    link rel="stylesheet" href={ (root) "style.css" };
                }
                body {
                    a.skip href="#main" { "Skip to the content" }
                    header {
                        nav aria-label="Site" {
                            ul {
                                @for (name, page) in menu.into_iter().chain(charts) {
                                    li {
                                        a href={ (root) (page) }
                                            aria-current=[(page == path).then_some("page")] {
                                            (name)
                                        }
                                    }
                                }
                            }
                        }
                        form role="search" action={ (root) "index.html" } {
                            label.unseen for="q" { "Search the claims" }
                            input type="search" name="q" id="q" placeholder="Search the claims"
                                autocomplete="off" spellcheck="false";
                            button { "Search" }
                        }
                    }
                    main id="main" tabindex="-1" { (content) }
                    footer { p { (self.origin()) } }
                    @if is_first {
                        script { (PreEscaped(include_str!("search.js"))) }
                    }
                }
            }
        };
        Page { path, text: text.into_string() }
    }

    /// Where the numbers come from.
    fn origin(&self) -> Markup {
        let Run { cases, seed, .. } = self.run;
        html! {
            "Made by crease " (env!("CARGO_PKG_VERSION")) " from a run of "
            (super::plural(*cases as usize, "case")) " a claim, seed " (seed) ". "
            @if self.run.stopped() {
                "The run was stopped early: what is unfinished or not started is undecided. "
            }
            "Exact arithmetic decides every comparison. Property-tested is not proved."
        }
    }

    /// How a claim came out, in one word with its colour.
    fn standing(row: &Row) -> Markup {
        let standing = row.claim.card().standing;
        html! { span.tag.(tone(standing)) { (standing.word()) } }
    }

    /// What is not as claimed, in a word; nothing where all is well.
    fn trouble(row: &Row) -> Option<&'static str> {
        Some(match row.outcome() {
            Outcome::AsClaimed => return None,
            Outcome::Unfinished => "unfinished",
            Outcome::Vacuous => "vacuous: nothing was tested",
            Outcome::CertificateRefused => "a certificate is refused",
            Outcome::TwinSurvived => "a twin survives",
            Outcome::NotAsCommitted => "not as committed",
            Outcome::NotAsClaimed => "not as claimed",
            Outcome::Panicked => "the check panicked",
        })
    }

    /// The verdict of the run in a word or two.
    fn verdict(row: &Row) -> &'static str {
        match (row.verdict(), row.claim.card().standing) {
            (None, _) => "panicked",
            (Some(crate::claim::Verdict::Holds { .. }), Standing::Conjecture) => "holds so far",
            (Some(verdict), _) => table::word(verdict),
        }
    }
}

/// The class of a standing.
fn tone(standing: Standing) -> &'static str {
    match standing {
        Standing::Theorem => "holds",
        Standing::Conjecture => "open",
        Standing::RefutedAsPrinted { .. } | Standing::Refuted => "false",
    }
}

impl Figure {
    /// The picture with its words inside, under an id that no other on the page has.
    fn markup(&self, id: &str) -> Markup {
        let names = format!("<svg role=\"img\" aria-labelledby=\"{id}-title {id}-desc\" ");
        let svg = self.svg.replacen("<svg ", &names, 1);
        let (head, rest) = svg.split_once('>').unwrap_or((&svg, ""));
        html! {
            figure.small[self.is_small] {
                (PreEscaped(head)) (PreEscaped(">"))
                title id={ (id) "-title" } { (self.title) }
                desc id={ (id) "-desc" } { (self.description) }
                (PreEscaped(rest))
                @if self.is_small { figcaption { (self.description) } }
            }
        }
    }
}
