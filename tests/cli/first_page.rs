//! The first page of the ledger, beside a committed one.

use super::folder;
use crease::cli::check::DEFAULT_CASES;
use crease::cli::pages;
use crease::report::{Run, ledger};
use std::fs;

#[test]
fn a_first_page_that_differs_is_named() {
    let run = Run { cases: DEFAULT_CASES, seed: 0, rows: Vec::new(), committed: None };
    let root = folder("first_page");
    fs::create_dir_all(root.join("proofs")).expect("a folder");
    let [page] = &ledger(&run)[..] else { panic!("without a row there is the first page") };
    let path = root.join("proofs").join(&page.path);
    fs::write(&path, &page.text).expect("a file");
    assert!(pages(&run, &root).is_empty());
    fs::write(&path, page.text.replace("seed 0", "seed 1")).expect("a file");
    let named = pages(&run, &root);
    assert!(named.len() == 1 && named[0].contains("LEDGER.md"), "{named:?}");
}
