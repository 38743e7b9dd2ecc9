//! `crease build dense-to-conv`: what is written, and that what is printed of it is true.

use super::{Run, crease, folder};
use crate::support::root;
use crease::exact::Rational;
use crease::format::file::NetworkFile;
use crease::net::Network;
use std::path::Path;

const TRAINED: &str = "fixtures/networks/trained/dense.onnx";
const SMALL: &str = "fixtures/networks/mlp_2-10-10-1.json";

fn text(path: &Path) -> &str {
    path.to_str().expect("a path of text")
}

fn read(path: &Path) -> Network {
    let bytes = std::fs::read(path).expect("it is there");
    NetworkFile::read(&bytes).expect("it is well made").network
}

/// Runs the command with these words; its network goes to `net.json`.
fn convolutions(name: &str, words: &str) -> Run {
    let net = folder(name).join("net.json");
    let args = ["build", "dense-to-conv"].into_iter().chain(words.split(' '));
    crease(args.chain(["--out", text(&net)]))
}

/// The number with an exponent that follows some words.
fn amount(out: &str, words: &str) -> Rational {
    let rest = out.split(words).nth(1).unwrap_or_else(|| panic!("`{words}` in {out}"));
    let number = rest.split_whitespace().next().expect("a number");
    let (digits, exponent) = number.split_once('e').unwrap_or((number, "0"));
    let exponent = exponent.parse().expect("an exponent");
    digits.parse::<Rational>().expect("digits") * Rational::integer(10).pow(exponent)
}

#[test]
fn a_dense_network_becomes_convolutions() {
    let folder = folder("dense-small");
    let certificate = folder.join("net.cert");
    let words = format!(
        "{SMALL} --box [-1,1]^2 --filter-length 2 --points 5 --certificate {}",
        text(&certificate)
    );
    let run = convolutions("dense-small", &words);
    assert_eq!((run.code, run.err.as_str()), (0, ""), "{}", run.out);
    let (dense, made) = (read(&root(SMALL)), read(&folder.join("net.json")));
    let (most, least) = (amount(&run.out, "within "), amount(&run.out, "[-1, 1]^2\n"));
    assert!(least.is_positive() && least <= most, "{}", run.out);
    assert!(most <= Rational::integer(10).pow(-15), "{}", run.out);
    let gap = |x: &[Rational]| (&dense.eval(x)[0] - &made.eval(x)[0]).abs();
    let point = run.out.split(" away at (").nth(1).and_then(|rest| rest.split(')').next());
    let point = point.expect("a point").split(", ").map(|x| x.parse().expect("a number"));
    assert!(gap(&point.collect::<Vec<_>>()) >= least);
    for x in [["1", "-1"], ["1/3", "2/7"], ["-1", "-1/2"]] {
        assert!(gap(&x.map(|x| x.parse().expect("an exact number"))) <= most);
    }
    // One hundred and fifty-one parameters: 20 + 10, 100 + 10, 10 + 1.
    assert!(run.out.contains("the dense network has 151 parameters: "), "{}", run.out);
    assert!(run.out.contains(" times as many, and below 5/2 whatever the sizes\n"), "{}", run.out);
    assert!(
        run.out.ends_with("at 8 points (seed 0) the outputs are exactly those of these layers\n")
    );
    for number in 1..=3 {
        let path = format!("{}.{number}", text(&certificate));
        let run = crease(["recheck", &path]);
        assert_eq!(run.code, 0, "{}{}", run.out, run.err);
        assert!(run.out.contains("accepted, factorization for "), "{}", run.out);
    }
}

#[test]
fn a_trained_network_becomes_convolutions() {
    let certificate = folder("dense-trained").join("net.cert");
    let words =
        format!("{TRAINED} --box [0,1]^64 --filter-length 32 --certificate {}", text(&certificate));
    let run = convolutions("dense-trained", &words);
    assert_eq!((run.code, run.err.as_str()), (0, ""), "{}", run.out);
    let (most, least) = (amount(&run.out, "within "), amount(&run.out, "[0, 1]^64\n"));
    assert!(least.is_positive() && least <= most, "{}", run.out);
    assert!(most <= Rational::integer(10).pow(-18), "{}", run.out);
    // ceil(2047 / 32) and ceil(319 / 32) filters of 33 taps, hidden biases, and 42 last ones.
    let sizes = "\n74 convolutions, width 2112, 2556 parameters, filter length 32\n";
    assert!(run.out.contains(sizes), "{}", run.out);
    let verdict = "at 3 points (seed 0) the outputs are exactly those of these layers\n";
    assert!(run.out.ends_with(verdict), "{}", run.out);
    let files = [1, 2].map(|number| format!("{}.{number}", text(&certificate)));
    let run = crease(["recheck", &files[0], &files[1]]);
    assert_eq!(run.code, 0, "{}{}", run.out, run.err);
}

#[test]
fn more_bits_are_a_smaller_error_and_other_seeds_other_points() {
    let out = |rest: &str| {
        let words = format!("{SMALL} --box [-1,1]^2 --filter-length 4 {rest}");
        convolutions("dense-bits", &words).out
    };
    let error = |bits: &str| amount(&out(&format!("--bits {bits}")), "within ");
    assert!(error("20") > error("40") * Rational::integer(1000));
    assert_eq!(out("--bits 30 --points 9 --seed 1"), out("--bits 30 --points 9 --seed 1"));
    assert_ne!(out("--bits 30 --points 9 --seed 1"), out("--bits 30 --points 9 --seed 2"));
}

#[test]
fn what_is_no_dense_network_is_refused() {
    let refused = |words: &str| {
        let run = convolutions("dense-refused", words);
        assert_eq!((run.code, run.out.as_str()), (1, ""), "{words}");
        run.err
    };
    let conv = refused("fixtures/networks/cnn1d_in6_f3_c2_2layer.json --filter-length 2 --box 0,1");
    let expected = "layer 0: expected dense layers with a ReLU after each but the last, found ";
    assert!(conv.contains(expected), "{conv}");
    let box_missing = refused(&format!("{TRAINED} --filter-length 2"));
    assert!(box_missing.contains("the file names no box; say which with --box"), "{box_missing}");
    let short = refused(&format!("{SMALL} --box [-1,1]^2 --filter-length 1"));
    assert!(short.contains("filters of degree 1 cannot build "), "{short}");
    let many = refused(&format!("{TRAINED} --box [0,1]^64 --filter-length 2"));
    assert!(many.contains("make 2369 layers: expected 1000 at most, as many as"), "{many}");
}
