//! The site: every link leads somewhere, nothing comes from outside, and no text becomes markup.

use super::{FALSE, OPEN, Run, TRUE, row, run};
use crate::cli::{crease, folder};
use crease::claim::parse_known;
use crease::claim::prelude::*;
use crease::report::site::{Article, Figure, Kept, KeptOfClaim, Kind, site};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// Every page by its path.
type Pages = BTreeMap<String, String>;

fn pages(run: &Run, kept: &Kept) -> Pages {
    site(run, kept).into_iter().map(|page| (page.path, page.text)).collect()
}

/// The values of an attribute, as they are written.
fn values<'a>(text: &'a str, attribute: &str) -> Vec<&'a str> {
    let begin = format!(" {attribute}=\"");
    let parts = text.split(begin.as_str()).skip(1);
    parts.map(|rest| rest.split('"').next().unwrap_or_default()).collect()
}

/// The path that a link of a page leads to.
fn target(page: &str, link: &str) -> String {
    let mut parts: Vec<_> = page.split('/').collect();
    parts.pop();
    for part in link.split('/') {
        match part {
            ".." => assert!(parts.pop().is_some(), "{page}: {link} leaves the site"),
            name => parts.push(name),
        }
    }
    parts.join("/")
}

/// What is wrong with the links, ids and resources of a site.
fn offences(pages: &Pages) -> Vec<String> {
    let mut wrong = Vec::new();
    for (path, text) in pages.iter().filter(|(path, _)| path.ends_with(".html")) {
        let ids = values(text, "id");
        if ids.iter().collect::<BTreeSet<_>>().len() != ids.len() {
            wrong.push(format!("{path}: an id twice"));
        }
        if text.matches("<h1").count() != 1 || !text.contains("<html lang=\"en\">") {
            wrong.push(format!("{path}: not one heading, or no language"));
        }
        for outside in ["src=\"", "url(", "@import", "<iframe", "<object", "<img"] {
            if text.contains(outside) {
                wrong.push(format!("{path}: has {outside}"));
            }
        }
        for link in values(text, "href") {
            if link.starts_with("https://") || link.starts_with("data:,") {
                continue;
            }
            let (to, anchor) = link.split_once('#').unwrap_or((link, ""));
            let to = if to.is_empty() { path.clone() } else { target(path, to) };
            match pages.get(&to) {
                None => wrong.push(format!("{path}: no page {link}")),
                Some(there) if !anchor.is_empty() && !values(there, "id").contains(&anchor) => {
                    wrong.push(format!("{path}: no place {link}"));
                }
                Some(_) => {}
            }
        }
        for named in values(text, "aria-labelledby").iter().flat_map(|ids| ids.split(' ')) {
            if !ids.contains(&named) {
                wrong.push(format!("{path}: a picture without words, {named}"));
            }
        }
    }
    wrong
}

const NOTE: &str = "# The title\n\n**Proof.** `numbers/below_100`, [ledger](proofs/LEDGER.md), \
    [gone](gone.md) <script>alert(1)</script> ∎\n\n## A part\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n\
    ```\n# let hidden = 1;\nassert_eq!(1 < 2, true);\n```\n";

fn kept() -> Kept {
    let known = "[[known]]\nname = \"ten\"\nwhy = \"<b>\"\nfound = 10\nbound = 10\nholds = false\n\
                 [known.case]\nn = 10\n";
    let of_claim = KeptOfClaim {
        file: Some("src/numbers/below_10.rs".to_owned()),
        note: Some(NOTE.to_owned()),
        known: parse_known(known).expect("a known case"),
        commands: vec!["crease replay fixtures/numbers/below_10.toml".to_owned()],
    };
    let figure = Figure {
        title: "Ten".to_owned(),
        description: "n < 10".to_owned(),
        svg: "<svg viewBox=\"0 0 9 9\"><path d=\"M0 0\"/></svg>".to_owned(),
        is_small: true,
    };
    Kept {
        title: "Numbers".to_owned(),
        claims: BTreeMap::from([("numbers/below_10_as_printed", of_claim)]),
        references:
            "@book{Nobody,\n  author = {N. {\\\"O}body and A. Other},\n  year = {1999},\n}\n"
                .to_owned(),
        articles: vec![Article {
            path: "proofs/errata/numbers.md".to_owned(),
            kind: Kind::Erratum,
            text: "# On numbers\n\nSee [it](../numbers/below_100.md).\n".to_owned(),
        }],
        charts: vec![figure.clone()],
        drawn: BTreeMap::from([("n = 10\n".to_owned(), figure)]),
    }
}

#[test]
fn a_small_site_has_what_it_should() {
    let run = run(vec![row(&FALSE), row(&TRUE), row(&OPEN)]);
    let pages = pages(&run, &kept());
    assert_eq!(offences(&pages), [""; 0]);
    let page = &pages["claims/numbers/below_10_as_printed.html"];
    let says = |text: &str| assert!(page.contains(text), "{text} in\n{page}");
    says("&lt;script&gt;alert(1)&lt;/script&gt;");
    says("N. Öbody, A. Other. 1999.");
    says("<a href=\"../../claims/numbers/below_100.html\"><code>numbers/below_100</code></a>");
    says("<strong>n 10 ≥ 10</strong>");
    says("<desc id=\"counterexample-desc\">n &lt; 10</desc>");
    says("assert_eq!(1 &lt; 2, true);");
    says("<h3>A part</h3>");
    says("crease replay fixtures/numbers/below_10.toml");
    says("<a href=\"../../index.html\">ledger</a>");
    assert!(!page.contains("hidden = 1") && !page.contains("gone.md") && !page.contains("<b>"));
    assert!(pages["claims/numbers/below_100.html"].contains("true in place of"));
    assert!(pages["errata.html"].contains("href=\"articles/errata/numbers.html\""));
    assert!(
        pages["open.html"].contains("below 1000") || pages["open.html"].contains("power of 10")
    );
    assert_eq!(pages, self::pages(&run, &kept()));
}

static MARKUP: Claim<super::Number> = Claim {
    card: Card { title: "<b>&\"'</b>", ..super::card("numbers/markup", Standing::Conjecture) },
    statement: "</code><script>",
    cases: super::numbers,
    hypotheses: &[given("<i>", |_: &super::Number| true).unsharp("<u>")],
    conclusion: |case| below("<q>", case.n, 50),
    twins: &[twin("<s>", |case: &super::Number| below("<q>", case.n, 10)).because("<p>")],
    well_formed: |_| Ok(()),
};

#[test]
fn no_text_becomes_markup() {
    let pages = pages(&run(vec![row(&MARKUP), row(&TRUE)]), &Kept::default());
    assert_eq!(offences(&pages), [""; 0]);
    for (path, text) in &pages {
        for tag in ["<b>", "</code><script>", "<i>", "<u>", "<q>", "<s>"] {
            assert!(!text.contains(tag), "{path} has {tag}");
        }
    }
    // The conjecture is false: the first page says so.
    assert!(pages["index.html"].contains("Not as it should be"));
}

/// The files below a folder.
fn read(folder: &Path) -> Pages {
    let mut pages = Pages::new();
    let mut open = vec![folder.to_owned()];
    while let Some(next) = open.pop() {
        for entry in std::fs::read_dir(next).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                open.push(path);
                continue;
            }
            let name = path.strip_prefix(folder).expect("below it").to_str().expect("UTF-8");
            pages.insert(name.to_owned(), std::fs::read_to_string(&path).expect("text"));
        }
    }
    pages
}

#[test]
fn every_claim_has_a_page_even_without_time() {
    let out = folder("site-whole");
    let start = std::time::Instant::now();
    let run = crease(["report", "--time", "0", "--out", out.to_str().expect("UTF-8")]);
    assert_eq!(run.code, 6, "{}", run.err);
    assert!(start.elapsed().as_secs() < 120);
    let pages = read(&out);
    assert_eq!(offences(&pages), [""; 0]);
    for claim in crease::catalogue::all() {
        let card = claim.card();
        let page = &pages[&format!("claims/{}.html", card.id)];
        assert!(page.contains("not started"), "{}", card.id);
        assert_eq!(page.contains("<h2 id=\"note\">"), !card.note.is_empty(), "{}", card.id);
    }
    assert!(pages.values().map(String::len).sum::<usize>() < 30 << 20);
    assert!(pages["index.html"].contains("The run was stopped early"));
}

#[test]
fn a_site_depends_on_its_seed_and_comes_from_a_run_or_from_its_json() {
    let out = folder("site-twice");
    let names = ["perceptron/mistake_bound", "regions/one_layer_maximum_as_printed"];
    let report = |name: &str, more: &[&str]| {
        let out = out.join(name);
        let folder = ["report", "--out", out.to_str().expect("UTF-8")];
        let run = crease([&folder[..], &names, more].concat());
        assert_eq!(run.code, 0, "{}", run.err);
        assert!(run.out.contains(" of 2 claims, "), "{}", run.out);
        read(&out)
    };
    let first = report("a", &[]);
    assert_eq!(offences(&first), [""; 0]);
    assert_eq!(first, report("b", &["--threads", "1"]));
    let page = &first["claims/regions/one_layer_maximum_as_printed.html"];
    assert!(page.contains("<svg role=\"img\"") && page.contains("regions 255 ≠ 256"));
    let printed = crease([&["check", "--json"], &names[..]].concat());
    let file = out.join("run.json");
    std::fs::write(&file, &printed.out).expect("a file");
    let from = ["--from", file.to_str().expect("UTF-8")];
    let again = report("c", &from);
    // Cases are printed in another order of tables, and drawn all the same.
    assert_eq!(first.keys().collect::<Vec<_>>(), again.keys().collect::<Vec<_>>());
    assert_eq!(first["index.html"], again["index.html"]);
    let claim = "claims/perceptron/mistake_bound.html";
    assert_eq!(first[claim].matches("<svg").count(), again[claim].matches("<svg").count());
    // The same folder again, and a smaller site in it.
    assert_eq!(report("a", &["--seed", "7"]).len(), first.len());
    let folder = out.join("a");
    let folder = folder.to_str().expect("UTF-8");
    assert_eq!(crease(["report", names[0], "--cases", "64", "--out", folder]).code, 0);
    let smaller = read(&out.join("a"));
    assert_eq!(offences(&smaller), [""; 0]);
    assert!(smaller.len() < first.len());
    // A file that lies.
    let lie = printed.out.replace("\"verdict\":\"refuted\"", "\"verdict\":\"holds\"");
    std::fs::write(&file, lie).expect("a file");
    let out = out.join("d");
    let lied = ["report", "--from", from[1], "--out", out.to_str().expect("UTF-8")];
    let run = crease([&lied[..], &names].concat());
    assert_eq!(run.code, 1);
    assert!(run.err.contains("asked again, the case shows"), "{}", run.err);
}

#[test]
fn a_folder_of_somebody_else_is_left_alone() {
    let out = folder("site-foreign");
    std::fs::write(out.join("thesis.tex"), "years of work").expect("a file");
    let path = out.to_str().expect("UTF-8");
    let run = crease(["report", "perceptron", "--out", path]);
    assert_eq!((run.code, run.out.as_str()), (1, ""));
    let what = "has a file that `crease report` did not write, thesis.tex: expected a new or empty";
    assert!(run.err.contains(what), "{}", run.err);
    assert_eq!(read(&out).len(), 1);
    let file = out.join("thesis.tex");
    let run = crease(["report", "perceptron", "--out", file.to_str().expect("UTF-8")]);
    assert_eq!(run.code, 1, "{}", run.err);
    assert_eq!(read(&out)["thesis.tex"], "years of work");
}
