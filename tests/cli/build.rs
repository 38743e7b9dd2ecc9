//! `crease build`: the network file, its certificate, and what is printed.

use super::{crease, folder};
use crate::support::root;
use crease::exact::Rational;
use crease::net::Layer;
use crease::net::file::NetworkFile;
use std::path::Path;

fn read(path: &Path) -> NetworkFile {
    NetworkFile::read(&std::fs::read(path).expect("it was written")).expect("it is well made")
}

fn text(path: &Path) -> &str {
    path.to_str().expect("a path of text")
}

/// The number after a word.
fn number(line: &str, word: &str) -> Rational {
    let rest = line.split(word).nth(1).unwrap_or_default().trim_start();
    let end = rest.find(|c: char| !(c.is_ascii_digit() || c == '.')).unwrap_or(rest.len());
    rest[..end].parse().unwrap_or_else(|_| panic!("a number after `{word}` in {line}"))
}

#[test]
fn a_universal_approximant_is_certified() {
    let folder = folder("build-universal");
    let (net, certificate) = (folder.join("net.json"), folder.join("net.cert"));
    let function = "abs(x1)+exp(-x1^2-2*x2^2)";
    let run = crease([
        "build",
        "universal",
        "--f",
        function,
        "--box",
        "[-1,1]^2",
        "--filter-length",
        "2",
        "--eps",
        "1/10",
        "--out",
        text(&net),
        "--certificate",
        text(&certificate),
    ]);
    assert_eq!(run.code, 0, "{}{}", run.out, run.err);
    assert!(run.out.starts_with("sup |f - net| on [-1, 1]^2 is at most 0.0"), "{}", run.out);
    assert!(number(&run.out, "at most") <= Rational::new(1, 10));
    assert!(number(&run.out, "at least") <= number(&run.out, "at most"));
    assert!(run.out.ends_with(" parameters, filter length 2\n"), "{}", run.out);
    let file = read(&net);
    let stages = file.network.layers().iter().filter(|layer| **layer == Layer::relu()).count();
    assert_eq!(number(&run.out, ";"), Rational::from(stages));
    assert_eq!(file.note.as_deref(), Some(run.out.trim_end()));
    let run = crease(["recheck", "--net", text(&net), text(&certificate)]);
    assert_eq!(run.code, 0, "{}{}", run.out, run.err);
    assert!(run.out.contains("accepted, error for approximation/error"), "{}", run.out);
    // The same question again, of the file.
    let run = crease(["error", text(&net), "--f", function, "--eps", "1/10"]);
    assert_eq!(run.code, 0, "{}{}", run.out, run.err);
}

#[test]
fn a_radial_network_is_certified_in_three_dimensions() {
    let folder = folder("build-radial");
    let (net, certificate) = (folder.join("net.json"), folder.join("net.cert"));
    let run = crease([
        "build",
        "radial",
        "--f",
        "exp(-|x|^2)",
        "--box",
        "[-1,1]^3",
        "--filter-length",
        "3",
        "--eps",
        "1/8",
        "--out",
        text(&net),
        "--certificate",
        text(&certificate),
    ]);
    assert_eq!(run.code, 0, "{}{}", run.out, run.err);
    assert!(number(&run.out, "at most") <= Rational::new(1, 8), "{}", run.out);
    assert!(run.out.contains("parameters  over d^(3/2) e^(-1/2) + 1/e\n"), "{}", run.out);
    let run = crease(["recheck", "--net", text(&net), text(&certificate)]);
    assert_eq!(run.code, 0, "{}{}", run.out, run.err);
}

#[test]
fn a_dense_network_becomes_convolutions() {
    let folder = folder("build-dense");
    let out = folder.join("net.json");
    let dense = "fixtures/networks/mlp_2-10-10-1.json";
    let run = crease([
        "build",
        "dense-to-conv",
        dense,
        "--box",
        "[-1,1]^2",
        "--filter-length",
        "4",
        "--out",
        text(&out),
    ]);
    assert_eq!(run.code, 0, "{}{}", run.out, run.err);
    assert!(run.out.starts_with("every output within 0.0000000"), "{}", run.out);
    let dense = read(&root(dense)).network;
    let made = read(&out).network;
    let allowed = number(&run.out, "within");
    for (x, y) in [("0", "0"), ("1", "-1"), ("1/3", "2/7"), ("-1", "-1/2")] {
        let x = [x, y].map(|x| x.parse().expect("an exact number"));
        let gap = (&dense.eval(&x)[0] - &made.eval(&x)[0]).abs();
        assert!(gap <= allowed, "{gap}");
    }
}

#[test]
fn what_cannot_be_built_is_named() {
    let out = folder("build-refused").join("net.json");
    let refused = |kind: &str, f: &str, sides: &str, s: &str, error: &str| {
        let run = crease([
            "build",
            kind,
            "--f",
            f,
            "--box",
            sides,
            "--filter-length",
            s,
            "--eps",
            error,
            "--out",
            text(&out),
        ]);
        assert_eq!((run.code, run.out.as_str()), (1, ""), "{kind} {f}");
        assert!(!out.exists());
        run.err
    };
    let says = |found: String, expected: &str| assert_eq!(found, format!("crease: {expected}\n"));
    says(
        refused("universal", "x1", "[-1,1]^2", "1", "1/2"),
        "filters of length 1 do not suffice for every sum: expected a length of at least 2",
    );
    says(refused("universal", "x1", "[-1,1]^2", "2", "0"), "the error must be positive, found 0");
    says(
        refused("universal", "log(x1)", "[-1,1]", "2", "1/2"),
        "the function has no finite value near (-1)",
    );
    says(
        refused("radial", "abs(x1)", "[-1,1]^2", "2", "1/2"),
        "--f \"abs(x1)\": expected a function in which the inputs occur as |x|^2 only",
    );
    says(
        refused("radial", "|x|^2", "[-1,1]^3", "2", "1/2"),
        "copies of 3 inputs are 3 units apart: expected filters of length 3 at least, found 2",
    );
    says(
        refused("radial", "|x|^2", "[0,1]^2", "2", "1/2"),
        "--box [0,1]^2: a radial network is built on a cube [-R,R]^N",
    );
    assert!(refused("universal", "x1+", "[0,1]", "2", "1").contains("--f \"x1+\": column 4"));
    assert!(refused("universal", "x9", "[0,1]^2", "2", "1").contains("column 1"));
}
