//! Every bad input gets exit code 1 and a sentence that names file, place, expected and found.

use super::{CLAIM, crease, folder};
use std::ffi::OsStr;

/// Runs the program, which must refuse, and gives its message.
fn refused(args: &[&str]) -> String {
    let run = crease(args);
    assert_eq!((run.code, run.out.as_str()), (1, ""), "{args:?}: {}", run.err);
    run.err
}

/// Replays a file with this content, which must be refused; the message without the folder.
fn refused_file(name: &str, content: impl AsRef<[u8]>) -> String {
    let folder = folder(name);
    let path = folder.join("case.toml");
    std::fs::write(&path, content).expect("a file");
    let run = crease([OsStr::new("replay"), path.as_ref()]);
    assert_eq!((run.code, run.out.as_str()), (1, ""), "{}", run.err);
    run.err.replace(folder.to_str().expect("UTF-8"), "…")
}

#[test]
fn wrong_usage_says_what_was_expected() {
    assert!(refused(&[]).contains("Usage: crease <COMMAND>"));
    assert!(refused(&["chekc"]).contains("similar subcommands exist: 'recheck', 'check'"));
    assert!(refused(&["check", "--cases", "0"]).contains("0 is not in 1.."));
    assert!(refused(&["check", "--time", "soon"]).contains("invalid digit"));
    assert!(refused(&["check", "--threads", "0"]).contains("0 is not in 1..=1024"));
}

#[test]
fn an_unknown_name_is_answered_with_the_nearest() {
    let no = |name: &str, nearest: &str| {
        format!("crease: no claim or family is called \"{name}\"; did you mean \"{nearest}\"?\n")
    };
    assert_eq!(refused(&["check", "percepton"]), no("percepton", "perceptron"));
    let none = "crease: no claim or family is called \"qqq\"; `crease list` prints every id\n";
    assert_eq!(refused(&["check", "qqq"]), none);
    assert_eq!(refused(&["list", "mistakebound"]), no("mistakebound", CLAIM));
    assert_eq!(
        refused(&["show", "perceptron/mistakes_bound"]),
        no("perceptron/mistakes_bound", CLAIM)
    );
    assert_eq!(
        refused(&["man", "chekc"]).split_once(';').expect("two parts").0,
        "crease: no command is called \"chekc\""
    );
}

#[test]
fn a_file_that_cannot_be_read_is_named() {
    let text = refused(&["replay", "no/such/file.toml"]);
    assert!(text.starts_with("crease: no/such/file.toml: No such file"), "{text}");
    let text = refused(&["replay", "fixtures"]);
    assert!(text.starts_with("crease: fixtures: "), "{text}");
    assert_eq!(
        refused_file("latin", b"claim = \"\xe9\""),
        "crease: …/case.toml: not UTF-8 text: byte 9\n"
    );
    let large = vec![b'#'; (16 << 20) + 1];
    assert_eq!(refused_file("large", large), "crease: …/case.toml: larger than 16777216 bytes\n");
}

#[test]
fn a_file_of_another_kind_is_refused_with_its_place() {
    let text = refused_file("broken", "claim = ");
    assert!(text.starts_with("crease: …/case.toml: TOML parse error at line 1, column "), "{text}");
    assert_eq!(
        refused_file("neither", "[package]\nname = \"x\"\n"),
        "crease: …/case.toml: expected `claim = \"ID\"` with a [case], or [[known]] cases; found \
         neither\n"
    );
    let text = refused_file("unknown_key", format!("claim = \"{CLAIM}\"\nwhat = 1\n[case]\n"));
    assert!(text.contains("line 2") && text.contains("unknown field `what`"), "{text}");
    let text = refused_file("homeless", "[[known]]\nname = \"x\"\n");
    assert_eq!(text, "crease: …/case.toml: the path names no claim; say which with --claim ID\n");
}

#[test]
fn a_case_that_is_not_well_formed_is_refused() {
    let file = |case: &str| format!("claim = \"{CLAIM}\"\n[case]\n{case}");
    assert_eq!(
        refused_file(
            "ragged",
            file("u = [1, 2]\nstart = [0]\nsamples = [[1, 1]]\npositive = [true]\n")
        ),
        "crease: …/case.toml: [case]: the case is not well formed: u has 2 entries, a sample or \
         the start has 1\n"
    );
    let text =
        refused_file("words", file("u = [\"one\"]\nstart = []\nsamples = []\npositive = []\n"));
    assert!(text.starts_with("crease: …/case.toml: [case]: "), "{text}");
    assert!(text.contains("u = [\"one\"]"), "{text}");
    let twin = format!("claim = \"{CLAIM}\"\ntwin = \"no\"\n[case]\n");
    assert_eq!(
        refused_file("twin", twin),
        "crease: …/case.toml: [case]: no twin is called \"no\"\n"
    );
}

#[test]
fn a_point_or_network_that_does_not_fit_is_refused() {
    let xor = "fixtures/networks/xor.json";
    assert_eq!(
        refused(&["eval", xor, "--at", "1,2,3"]),
        format!("crease: {xor}: the network takes 2 numbers, --at gives 3\n")
    );
    assert_eq!(
        refused(&["eval", xor, "--at", "1,two"]),
        "crease: --at, entry 2: expected a number such as -3/7, 12 or 0.5, found \"two\"\n"
    );
    let text = refused(&["eval", "proofs/check.schema.json", "--at", "1"]);
    assert!(text.starts_with("crease: proofs/check.schema.json: "), "{text}");
}
