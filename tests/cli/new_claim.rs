//! `crease new` writes what `tests/downstream` keeps of it, where every obligation is asked of it.

use super::{crease, folder, root};
use std::fs;
use std::path::{Path, PathBuf};

const ENTRY: &str = "    size_of_sums,\n";
const FILES: [&str; 4] = [
    "src/mine/size_of_sums.rs",
    "fixtures/mine/size_of_sums.toml",
    "proofs/mine/size_of_sums.md",
    "src/mine/mod.rs",
];

fn kept(path: &str) -> String {
    fs::read_to_string(root("tests/downstream").join(path)).expect("a file of the package")
}

/// A package whose family does not list the claim yet.
fn package(name: &str) -> PathBuf {
    let folder = folder(name);
    let list = kept("src/mine/mod.rs");
    assert!(list.contains(ENTRY), "{list}");
    fs::create_dir_all(folder.join("src/mine")).expect("a folder");
    fs::write(folder.join("src/mine/mod.rs"), list.replace(ENTRY, "")).expect("a list");
    folder
}

fn new(id: &str, title: &[&str], package: &Path) -> (i32, String) {
    let at = package.to_str().expect("a path in UTF-8");
    let run = crease(["new", id].iter().chain(title).chain(&["--in", at]));
    (run.code, run.out + &run.err)
}

#[test]
fn what_it_writes_is_the_claim_that_the_example_package_tests() {
    let package = package("new-written");
    let (code, said) = new("mine/size_of_sums", &[], &package);
    assert_eq!(code, 0, "{said}");
    for path in FILES {
        let written = fs::read_to_string(package.join(path)).expect("it was written");
        assert_eq!(written, kept(path), "{path}");
        assert!(said.contains(path), "{said}");
    }
}

#[test]
fn nothing_is_written_over() {
    let package = package("new-kept");
    assert_eq!(new("mine/size_of_sums", &["Another title"], &package).0, 0);
    let before = fs::read_to_string(package.join(FILES[0])).expect("it was written");
    assert!(before.starts_with("//! Another title.\n"), "{before}");
    let (code, said) = new("mine/size_of_sums", &[], &package);
    assert_eq!(code, 1);
    assert!(said.contains("lists size_of_sums already"), "{said}");
    // Its line is gone, the file is not.
    fs::write(package.join(FILES[3]), "crate::claims! { \"mine\":\n}\n").expect("a list");
    let (code, said) = new("mine/size_of_sums", &[], &package);
    assert_eq!((code, said.contains("is there already")), (1, true), "{said}");
    assert_eq!(fs::read_to_string(package.join(FILES[0])).expect("still there"), before);
}

#[test]
fn what_cannot_be_an_id_is_refused() {
    let package = package("new-refused");
    for id in ["sums", "mine/", "/sums", "mine/Sums", "mine/fn", "mine/a b", "mine/../x", "mine/1a"]
    {
        let (code, said) = new(id, &[], &package);
        assert_eq!((code, said.contains("expected FAMILY/NAME")), (1, true), "{id}: {said}");
    }
    let (code, said) = new("yours/sums", &[], &package);
    assert_eq!((code, said.contains("there are mine")), (1, true), "{said}");
    let (code, said) = new("mine/sums", &["a \"quoted\" title"], &package);
    assert_eq!((code, said.contains("a title in words")), (1, true), "{said}");
    let (code, said) = new("mine/sums", &[], &package.join("src"));
    assert_eq!((code, said.contains("expected a package with claims")), (1, true), "{said}");
}
