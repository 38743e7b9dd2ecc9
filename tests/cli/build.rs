//! `crease build`: the network file, its certificate, and what is printed.

use super::{Run, crease, folder};
use crease::exact::Rational;
use crease::format::file::NetworkFile;
use crease::net::{Layer, Network};
use std::path::{Path, PathBuf};

/// What a run of `build` wrote and said.
struct Built {
    run: Run,
    net: PathBuf,
    certificate: PathBuf,
}

/// Runs `build` with these words, which stand apart by spaces; its files go to a folder of its own.
fn build(name: &str, words: &str) -> Built {
    let folder = folder(name);
    let net = folder.join("net.json");
    let run = crease(["build"].into_iter().chain(words.split(' ')).chain(["--out", text(&net)]));
    Built { run, net, certificate: folder.join("net.cert") }
}

/// The same, with a certificate, once it is known that it succeeded.
fn certified(name: &str, words: &str) -> Built {
    let path = folder(name).join("net.cert");
    let built = build(name, &format!("{words} --certificate {}", text(&path)));
    assert_eq!(built.run.code, 0, "{}{}", built.run.out, built.run.err);
    built
}

impl Built {
    fn file(&self) -> NetworkFile {
        read(&self.net)
    }

    fn network(&self) -> Network {
        assert_eq!(self.run.code, 0, "{}{}", self.run.out, self.run.err);
        self.file().network
    }

    /// The independent checker accepts the certificate, for this network.
    fn assert_accepted(&self, kind: &str) {
        let run = crease(["recheck", "--net", text(&self.net), text(&self.certificate)]);
        assert_eq!(run.code, 0, "{}{}", run.out, run.err);
        assert!(run.out.contains(&format!(": accepted, {kind} for ")), "{}", run.out);
    }

    fn number(&self, word: &str) -> Rational {
        number(&self.run.out, word)
    }
}

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

fn point(x: &[&str]) -> Vec<Rational> {
    x.iter().map(|x| x.parse().expect("an exact number")).collect()
}

fn value(net: &Network, x: &[&str]) -> Rational {
    net.eval(&point(x)).swap_remove(0)
}

fn q(text: &str) -> Rational {
    text.parse().expect("an exact number")
}

#[test]
fn a_universal_approximant_is_certified() {
    let function = "abs(x1)+exp(-x1^2-2*x2^2)";
    let words = format!("universal --f {function} --box [-1,1]^2 --filter-length 2 --eps 1/10");
    let built = certified("build-universal", &words);
    let out = &built.run.out;
    assert!(out.starts_with("sup |f - net| on [-1, 1]^2 is at most 0.0"), "{out}");
    assert!(built.number("at most") <= q("1/10"));
    assert!(built.number("at least") <= built.number("at most"));
    assert!(out.ends_with(" parameters, filter length 2\n"), "{out}");
    let file = built.file();
    let stages = file.network.layers().iter().filter(|layer| **layer == Layer::relu()).count();
    assert_eq!(built.number(";"), Rational::from(stages));
    assert_eq!(file.note.as_deref(), Some(out.trim_end()));
    built.assert_accepted("error");
    // The same question again, of the file.
    let run = crease(["error", text(&built.net), "--f", function, "--eps", "1/10"]);
    assert_eq!(run.code, 0, "{}{}", run.out, run.err);
}

#[test]
fn a_radial_network_is_certified_in_three_dimensions() {
    let words = "radial --f exp(-|x|^2) --box [-1,1]^3 --filter-length 3 --eps 1/8";
    let built = certified("build-radial", words);
    assert!(built.number("at most") <= q("1/8"), "{}", built.run.out);
    assert!(built.run.out.contains("parameters  over d^(3/2) e^(-1/2) + 1/e\n"));
    built.assert_accepted("error");
}

/// Directions (2, 1) and (2, 5) from two filters without negative taps.
const BY_FILTERS: &str = "width = 2\nconstant = \"1/2\"\nslope = -1\n\
    filters = [[1, 1, 0], [1, 1, 0], [1, 2, 0]]\ncoefficients = [3]\nknots = [\"1/3\"]\n";

#[test]
fn each_bias_mode_gives_the_same_sum_of_ridges() {
    let from = folder("build-filters").join("sum.toml");
    std::fs::write(&from, BY_FILTERS).expect("a file");
    let parameters = ["published", "scalar", "none"].map(|mode| {
        let words = format!("ridge --from {} --box [0,1]x[0,2] --bias {mode}", text(&from));
        let built = certified(&format!("build-ridge-{mode}"), &words);
        let out = &built.run.out;
        let line = "sup |f - net| on [0, 1] x [0, 2] is at most 0, at least 0 at x = (0, 0); \
                    3 convolutions, width 8, ";
        assert!(out.starts_with(line), "{out}");
        assert!(out.ends_with(", filter length 2; equal at every point of the box\n"), "{out}");
        built.assert_accepted("linear-range");
        // W = (1 + z)^2 (1 + 2 z) = 1 + 4 z + 5 z^2 + 2 z^3, read backwards from z and from z^3.
        for (x, y) in [("0", "0"), ("1", "2"), ("1/7", "5/3")] {
            let slope = q("4") * q(x) + q(y);
            let ridge = q("2") * q(x) + q("5") * q(y) - q("1/3");
            let ridge = if ridge.is_negative() { Rational::ZERO } else { ridge };
            let expected = q("1/2") - slope + q("3") * ridge;
            assert_eq!(value(&built.network(), &[x, y]), expected, "{mode} at {x}, {y}");
        }
        built.number("width 8,")
    });
    assert!(parameters[0] > parameters[1] && parameters[1] > parameters[2], "{parameters:?}");
}

#[test]
fn a_certificate_is_of_one_network() {
    let words = |c: &str| format!("ridge --f x1-{c}*relu(x1+x2) --box [-1,1]^2 --filter-length 2");
    let [one, other] = ["1", "2"].map(|c| certified(&format!("build-one-network-{c}"), &words(c)));
    let run = crease(["recheck", "--net", text(&one.net), text(&other.certificate)]);
    assert_eq!(run.code, 5, "{}", run.out);
    assert!(run.out.contains("` as in the network file, found `"), "{}", run.out);
}

#[test]
fn a_sum_of_ridges_is_read_off_its_formula() {
    let words = "ridge --f 1/2-x1+3*max(x1+x2,1/3)-abs(x2)/2 --box [-1,1]^2 --filter-length 2";
    let built = certified("build-ridge-formula", words);
    built.assert_accepted("linear-range");
    // The long filter has no rational quadratic factors: the sum is met up to 2^-64.
    let upper = built.number("at most");
    assert!(upper.is_positive() && upper <= q("0.000000001"), "{}", built.run.out);
    assert!(built.run.out.contains("equal at every point of the box to the sum of"));
    for (x, y) in [("0", "0"), ("1", "-1"), ("-1/3", "6/7")] {
        let (x1, x2) = (q(x), q(y));
        let expected = q("1/2") - &x1 + q("3") * (&x1 + &x2).max(q("1/3")) - x2.abs() / q("2");
        let gap = (value(&built.network(), &[x, y]) - expected).abs();
        assert!(gap <= Rational::integer(2).pow(-64), "{gap}");
    }
    // One ridge and rational roots: nothing is rounded.
    let words = "ridge --f 3*relu(x1-2*x2) --box [-1,1]^2 --filter-length 2";
    let built = certified("build-ridge-exact", words);
    assert!(built.run.out.contains("is at most 0, at least 0 at"), "{}", built.run.out);
}

#[test]
fn a_function_of_one_form_is_certified() {
    let words = "ridge --f exp(-x^2) --direction 1,-2 --box [-1,1]^2 --filter-length 2 --eps 1/8";
    let built = certified("build-along", words);
    assert!(built.number("at most") <= q("1/8"), "{}", built.run.out);
    built.assert_accepted("error");
    let run = crease(["error", text(&built.net), "--f", "exp(-(x1-2*x2)^2)", "--eps", "1/8"]);
    assert_eq!(run.code, 0, "{}{}", run.out, run.err);
}

#[test]
fn a_maximum_is_proved_region_by_region() {
    let words = "max --f max(x1,x2,1-x1-x2)+abs(x1) --box [-1,2]^2";
    let built = build("build-max", words);
    let net = built.network();
    let out = &built.run.out;
    let line = "sup |f - net| on [-1, 2]^2 is at most 0, at least 0 at x = (-1, -1); \
                5 hidden layers, width 3, ";
    assert!(out.starts_with(line), "{out}");
    assert!(out.contains(" parameters; equal on each of its "), "{out}");
    for (x, y) in [("0", "0"), ("2", "-1"), ("-1/3", "6/7"), ("-1", "2")] {
        let (x1, x2) = (q(x), q(y));
        let expected = (&x1).max(&x2).clone().max(q("1") - &x1 - &x2) + x1.abs();
        assert_eq!(value(&net, &[x, y]), expected);
    }
}

/// What is said of words that cannot be built from; nothing is written.
fn refused(words: &str) -> String {
    let built = build("build-refused", words);
    assert_eq!((built.run.code, built.run.out.as_str()), (1, ""), "{words}");
    assert!(!built.net.exists());
    let found = built.run.err.strip_prefix("crease: ").expect("who says it");
    found.trim_end().to_owned()
}

#[test]
fn what_cannot_be_approximated_is_named() {
    let near = |kind: &str, f: &str, sides: &str, s: &str, error: &str| {
        refused(&format!("{kind} --f {f} --box {sides} --filter-length {s} --eps {error}"))
    };
    for (found, expected) in [
        (
            near("universal", "x1", "[-1,1]^2", "1", "1/2"),
            "filters of length 1 do not suffice for every sum: expected a length of at least 2",
        ),
        (near("universal", "x1", "[-1,1]^2", "2", "0"), "the error must be positive, found 0"),
        (
            near("universal", "log(x1)", "[-1,1]", "2", "1/2"),
            "the function has no finite value near (-1)",
        ),
        (
            near("radial", "abs(x1)", "[-1,1]^2", "2", "1/2"),
            "--f \"abs(x1)\": expected a function in which the inputs occur as |x|^2 only",
        ),
        (
            near("radial", "|x|^2", "[-1,1]^3", "2", "1/2"),
            "copies of 3 inputs are 3 units apart: expected filters of length 3 at least, found 2",
        ),
        (
            near("radial", "log(|x|^2)", "[-1,1]^2", "2", "1/2"),
            "as a function of t = |x|^2: no finite value at t = 0",
        ),
        (
            near("radial", "|x|^2", "[0,1]^2", "2", "1/2"),
            "--box [0,1]^2: a radial network is built on a cube [-R,R]^N",
        ),
        (
            near("ridge --direction 0,0", "x", "[-1,1]^2", "2", "1/2"),
            "the direction is zero: expected a form that is not",
        ),
        (
            near("ridge --direction 1,y", "x", "[-1,1]^2", "2", "1/2"),
            "--direction, entry 2: expected a number such as -3/7 or 2, found \"y\"",
        ),
        (
            near("ridge --direction 1,2,3", "x", "[-1,1]^2", "2", "1/2"),
            "--box [-1,1]^2: expected a side for each of 3 entries of --direction",
        ),
    ] {
        assert_eq!(found, expected);
    }
    assert!(near("universal", "x1+", "[0,1]", "2", "1").contains("--f \"x1+\": column 4"));
    assert!(near("universal", "x9", "[0,1]^2", "2", "1").contains("column 1"));
}

#[test]
fn what_is_no_sum_and_no_maximum_is_named() {
    let ridges = |f: &str, more: &str| {
        refused(&format!("ridge --f {f} --box [-1,1]^2 --filter-length 2{more}"))
    };
    let kind = "expected an affine function and multiples of relu, abs, max and min of affine \
                functions, at most 1000";
    for f in ["x1*x2", "relu(x1)*x2", "relu(abs(x1)-x2)", "exp(x1)", "1/x1", "|x|^2"] {
        assert_eq!(ridges(f, ""), format!("--f \"{f}\": {kind}"));
    }
    let clipped = "falls to -1 on the box: expected filters and a box that keep it at 0 at least, \
                   or a --bias";
    let found = ridges("relu(x1+x2)", " --bias none");
    assert!(found.ends_with(clipped), "{found}");
    let largest = |f: &str, sides: &str| refused(&format!("max --f {f} --box {sides}"));
    for f in ["min(x1,x2)", "-abs(x1)", "x1*x2", "abs(x1)-abs(x2)"] {
        let kind = "expected a maximum of affine functions, at most 1000";
        assert_eq!(largest(f, "[-1,1]^2"), format!("--f \"{f}\": {kind}"));
    }
    let flat = "--box [1,1]x[0,1]: side 0 goes from 1 to 1: expected LO < HI";
    assert_eq!(largest("x1", "[1,1]x[0,1]"), flat);
}

#[test]
fn a_file_of_filters_that_gives_no_sum_is_refused_in_its_line() {
    let path = folder("build-bad-filters").join("sum.toml");
    let refused = |file: &str, sides: &str| {
        std::fs::write(&path, file).expect("a file");
        let found = refused(&format!("ridge --from {} --box {sides}", text(&path)));
        let found = found.strip_prefix(&format!("{}: ", text(&path))).expect("the file");
        found.to_owned()
    };
    let plane = "[0,1]^2";
    for (from, to, expected) in [
        ("slope = -1", "slope = 1/2", "line 3: "),
        ("slope = -1\n", "", "line 1: missing field `slope`"),
        ("knots", "knot", "line 6: unknown field `knot`"),
        ("[1, 2, 0]", "[1, 2]", "filter 2 has 2 entries, the first has 3"),
        ("[3]", "[3, 4]", "2 coefficients with 1 knots"),
        (", [1, 1, 0], [1, 2, 0]", "", "no unit is left for the constant: "),
    ] {
        let found = BY_FILTERS.replace(from, to);
        assert_ne!(found, BY_FILTERS, "{from}");
        let found = refused(&found, plane);
        assert!(found.starts_with(expected), "{found}");
    }
    let full = BY_FILTERS.replace("0]", "1]");
    let expected = "no unit is left for the constant: expected a filter that ends in 0, and a unit \
                    after the last direction";
    assert_eq!(refused(&full, plane), expected);
    let found = refused(BY_FILTERS, "[0,1]^3");
    assert_eq!(found, "expected a box of 2 sides, found 3");
}
