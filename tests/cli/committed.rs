//! `check` compares a run with the checkout around it, and says what is not as committed.

use super::{command, folder};
use crate::support::root;
use crease::cli::beside_claims;
use std::fs;
use std::path::{Path, PathBuf};

const CLAIM: &str = "perceptron/xor_one_relu_unit";

/// A checkout of its own with what one claim needs, in which a text was replaced in one file.
fn checkout(name: &str, file: &str, replace: [&str; 2]) -> PathBuf {
    let checkout = folder(name);
    for path in
        ["proofs/LEDGER.md", "proofs/ledger/perceptron.md", &format!("fixtures/{CLAIM}.toml")]
    {
        let text = fs::read_to_string(root(path)).expect("a committed file");
        let text = match path == file {
            true => {
                assert!(text.contains(replace[0]), "{path} lacks {}", replace[0]);
                text.replacen(replace[0], replace[1], 1)
            }
            false => text,
        };
        let target = checkout.join(path);
        fs::create_dir_all(target.parent().expect("a folder")).expect("a folder");
        fs::write(target, text).expect("a file");
    }
    checkout
}

/// Checks the claim there: the exit code and what is printed.
fn check_in(checkout: &Path) -> (i32, String) {
    let run = command(["check", CLAIM]).current_dir(checkout).output().expect("the program runs");
    let out = String::from_utf8(run.stdout).expect("UTF-8");
    (run.status.code().expect("no signal"), out)
}

fn check(name: &str, file: &str, replace: [&str; 2]) -> (i32, String) {
    check_in(&checkout(name, file, replace))
}

#[test]
fn an_honest_checkout_is_as_committed() {
    let (code, out) = check("committed_honest", "", ["", ""]);
    assert_eq!(code, 0, "{out}");
    assert!(out.contains("1 row of the ledger compared: all as committed"), "{out}");
}

/// What `check` compares beside its claims; those are obligations.
#[test]
fn answers_forgeries_and_drawn_questions_are_as_committed() {
    let differences = beside_claims(&root(""), Path::new(env!("CARGO_BIN_EXE_crease")));
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}

#[test]
fn a_changed_row_of_the_ledger_is_named() {
    let (from, to) = ("largest error 1/2 ≥ 1/2", "largest error 1/3 ≥ 1/3");
    let (code, out) = check("committed_row", "proofs/ledger/perceptron.md", [from, to]);
    assert_eq!(code, 2, "{out}");
    assert!(
        out.contains(&format!("not as committed: proofs/ledger/perceptron.md, {CLAIM}")),
        "{out}"
    );
    assert!(out.contains("1/3") && out.contains("1 not as committed"), "{out}");
}

#[test]
fn a_known_case_that_no_longer_stands_is_named() {
    let file = format!("fixtures/{CLAIM}.toml");
    let (code, out) = check("committed_known", &file, ["found = \"1/2\"", "found = \"1/3\""]);
    assert_eq!(code, 2, "{out}");
    assert!(out.contains(&format!("not as committed: {file}: known case")), "{out}");
}

#[test]
fn known_cases_that_are_lost_are_named() {
    let checkout = checkout("committed_lost", "", ["", ""]);
    fs::remove_file(checkout.join(format!("fixtures/{CLAIM}.toml"))).expect("a file");
    let (code, out) = check_in(&checkout);
    assert_eq!(code, 2, "{out}");
    assert!(out.contains("all but conjectures have known cases"), "{out}");
}

#[test]
fn a_certificate_that_is_not_the_one_made_is_named() {
    let claim = "perceptron/xor_no_threshold";
    let checkout = checkout("committed_certificate", "", ["", ""]);
    let kept = format!("proofs/certificates/{claim}/xor.cert");
    let known = format!("fixtures/{claim}.toml");
    let other = kept.replace("xor.cert", "with_product.cert");
    for (path, end) in [(&known, ""), (&other, ""), (&kept, "# a remark\n")] {
        let text = fs::read_to_string(root(path)).expect("a committed file") + end;
        let target = checkout.join(path);
        fs::create_dir_all(target.parent().expect("a folder")).expect("a folder");
        fs::write(target, text).expect("a file");
    }
    let run = command(["check", claim]).current_dir(&checkout).output().expect("it runs");
    let out = String::from_utf8(run.stdout).expect("UTF-8");
    assert_eq!(run.status.code(), Some(2), "{out}");
    assert!(out.contains(&format!("not as committed: {kept}: ")), "{out}");
    assert!(out.contains("1 not as committed"), "{out}");
}

#[test]
fn outside_a_checkout_nothing_is_compared_and_the_report_says_so() {
    // A folder for temporary files has no ledger above it.
    let run = command(["check", CLAIM]).current_dir(std::env::temp_dir()).output().expect("runs");
    let out = String::from_utf8(run.stdout).expect("UTF-8");
    assert!(out.contains("no fixtures here"), "{out}");
}
