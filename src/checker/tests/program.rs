//! `crease-recheck`: what it prints and how it exits.

use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

/// A path of the repository, whose fixtures are read.
fn root(path: &str) -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../..")).join(path)
}

fn recheck(files: &[&str], input: &[u8]) -> (i32, String, String) {
    let mut child = Command::new(env!("CARGO_BIN_EXE_crease-recheck"))
        .args(files)
        .current_dir(root(""))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program was built");
    // A program that never reads its input may have closed it.
    let _ = child.stdin.take().expect("input is piped").write_all(input);
    let Output { status, stdout, stderr } = child.wait_with_output().expect("it ends");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("it prints text");
    (status.code().expect("it exits by itself"), text(stdout), text(stderr))
}

const XOR: &str = "fixtures/certificates/xor.cert";
const FACT: &str =
    "s VERIFIED no affine form strictly separates the labelled points (dimension 2, points 4)\n";
const FORGERY: &str = "fixtures/forgeries/filter_too_long.cert";

#[test]
fn an_accepted_file_prints_its_fact_and_nothing_else() {
    let (code, stdout, stderr) = recheck(&[XOR], b"");
    assert_eq!((code, stdout.as_str()), (0, FACT));
    assert!(stderr.contains("separation certificate for example/xor\ndimension 2\n"), "{stderr}");
}

#[test]
fn standard_input_is_a_file() {
    let text = std::fs::read(root(XOR)).unwrap();
    assert_eq!(recheck(&["-"], &text).1, FACT);
}

#[test]
fn each_outcome_has_its_code() {
    let (code, stdout, stderr) = recheck(&[FORGERY], b"");
    assert_eq!((code, stdout.as_str()), (5, ""));
    assert!(stderr.ends_with("REFUSED: line 9: expected 1 to 2 numbers, found 3\n"), "{stderr}");
    let (code, stdout, stderr) = recheck(&["-"], b"certificate 1 separation\n");
    assert_eq!((code, stdout.as_str()), (6, ""));
    assert!(stderr.ends_with("INCOMPLETE: line 2: the text stops where `claim` is expected\n"));
    let (code, stdout, stderr) = recheck(&["no/such/file"], b"");
    assert_eq!((code, stdout.as_str()), (1, ""));
    assert!(stderr.starts_with("c no/such/file: "), "{stderr}");
    let (code, stdout, stderr) = recheck(&[], b"");
    assert_eq!((code, stdout.as_str()), (1, ""));
    assert!(stderr.starts_with("usage: crease-recheck [--net NETWORK] FILE..."), "{stderr}");
    assert_eq!(recheck(&["--help"], b"").0, 0);
}

#[test]
fn every_file_is_checked_and_the_smallest_code_is_chosen() {
    let (code, stdout, stderr) = recheck(&["-", FORGERY, XOR], b"# stops");
    assert_eq!((code, stdout.as_str()), (5, FACT));
    assert!(stderr.contains("INCOMPLETE") && stderr.contains("REFUSED"), "{stderr}");
    assert_eq!(recheck(&[FORGERY, "no/such/file"], b"").0, 1);
}

#[test]
fn a_network_file_must_be_the_one_that_is_stated() {
    let certificate = "fixtures/certificates/regions_of_xor.cert";
    let network = "fixtures/networks/xor.json";
    let (code, stdout, _) = recheck(&["--net", network, certificate], b"");
    let fact = "s VERIFIED the network has 3 full-dimensional activation regions, 3 of them \
                strict, on all of R^2 (values 5)\n";
    assert_eq!((code, stdout.as_str()), (0, fact));
    let text = std::fs::read(root(certificate)).unwrap();
    assert_eq!(recheck(&["--net", network, "-"], &text).1, fact);
    let other = "fixtures/networks/tent-3.json";
    let (code, stdout, stderr) = recheck(&["--net", other, certificate], b"");
    assert_eq!((code, stdout.as_str()), (5, ""));
    assert!(stderr.contains("expected a network of 1 inputs, found 2"), "{stderr}");
    let (code, _, stderr) = recheck(&["--net", "fixtures/damaged/truncated.json", XOR], b"");
    assert!(
        code == 1 && stderr.starts_with("c fixtures/damaged/truncated.json: line "),
        "{stderr}"
    );
    assert_eq!(recheck(&["--net", network], b"").0, 1);
}

#[test]
fn what_is_not_text_is_refused() {
    let (code, stdout, _) = recheck(&["-"], b"\xff\xfe\n");
    assert_eq!((code, stdout.as_str()), (5, ""));
}
