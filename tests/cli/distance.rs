//! `crease error`: the bounds, what is asked of them, and the certificate.

use super::{crease, folder};
use crease::exact::Rational;
use serde_json::{Value, json};

const XOR: &str = "fixtures/networks/xor.json";
/// Twice `relu(x1 + x2 - 1)` away from the network of two bits: 2 at (1, 1).
const FIRST_UNIT: [&str; 4] = ["--f", "relu(x1 + x2)", "--box", "[-1,1]^2"];

fn asked(args: &[&str]) -> (i32, Value) {
    let run = crease([&["error", "--json", XOR], &FIRST_UNIT[..], args].concat());
    assert_eq!(run.err, "", "{args:?}");
    (run.code, serde_json::from_str(&run.out).expect("one JSON value"))
}

fn number(value: &Value) -> Rational {
    value.as_str().expect("an exact number").parse().expect("an exact number")
}

#[test]
fn the_bounds_hold_the_distance() {
    let (code, report) = asked(&[]);
    assert_eq!((code, &report["complete"]), (0, &json!(true)));
    assert_eq!(report["point"], json!(["1", "1"]));
    assert_eq!((&report["function"], &report["network"]), (&json!("relu(x1+x2)"), &json!("xor")));
    let two = Rational::integer(2);
    let (lower, upper) = (number(&report["lower"]), number(&report["upper"]));
    assert!(lower <= two && two <= upper, "{report}");
    assert!(&upper - &lower <= upper * Rational::new(1, 50), "{report}");
    assert_eq!(report.get("within"), None);
    let run = crease([&["error", XOR], &FIRST_UNIT[..]].concat());
    assert!(run.out.starts_with("sup |f - net| on [-1, 1]^2 is at most 2.0"), "{}", run.out);
    assert!(run.out.ends_with(", at least 1.999999999 at x = (1, 1)\n"), "{}", run.out);
}

#[test]
fn a_goal_is_met_missed_or_left_open() {
    let (code, report) = asked(&["--eps", "3"]);
    assert_eq!((code, &report["within"]), (0, &json!(true)));
    let (code, report) = asked(&["--eps", "3/2"]);
    assert_eq!((code, &report["within"]), (2, &json!(false)));
    // The distance is about 1.48; one look at the whole box cannot tell.
    let open = ["error", XOR, "--f", "sin(3*x1)", "--box", "-1,1", "--eps", "1.6", "--limit", "1"];
    let run = crease(open);
    assert_eq!(run.code, 6, "{}", run.out);
    assert!(run.out.starts_with("sup |f - net| on [-1, 1]^2 is between 0, at x = "), "{}", run.out);
    assert!(run.err.ends_with("1 box; stopped early\n"), "{}", run.err);
}

/// Functions of |x|^2 alone, and networks that are no friends of that.
#[test]
fn functions_of_the_norm_are_bounded_like_any_other() {
    let folder = folder("error-norm");
    let net = folder.join("net.json");
    let net = net.to_str().expect("UTF-8");
    let on = |layers: &str, f: &str, sides: &str| {
        let text = format!(r#"{{"name":"n","input_shape":[2],"layers":[{layers}]}}"#);
        std::fs::write(net, text).expect("a file");
        let run = crease(["error", net, "--f", f, "--box", sides, "--json"]);
        let report: Value = serde_json::from_str(&run.out).expect("one JSON value");
        let boxes = report["boxes"].as_u64().expect("a number");
        (run.code, number(&report["lower"]), number(&report["upper"]), boxes)
    };
    let relu = r#"{"type":"relu"}"#;
    let bend = |weight: &str, bias: &str, outer: &str, constant: &str| {
        format!(
            r#"{{"type":"dense","weight":{weight},"bias":{bias}}},{relu},
               {{"type":"dense","weight":{outer},"bias":[{constant}]}}"#
        )
    };
    let one = bend("[[1,-2]]", r#"["1/2"]"#, "[[2]]", r#""-3/4""#);
    let two = bend("[[2,3],[1,-1]]", r#"[0,"1/3"]"#, r#"[[1,"-3/2"]]"#, "0");
    let same = r#"{"type":"dense","weight":[[0,0]],"bias":["1/3"]}"#;
    let q = |n, d| Rational::new(n, d);
    for (layers, f, sides, exact) in [
        (one.as_str(), "0", "[-1,1]x[1/2,1/2]", q(3, 4)),
        (&one, "0", "[-1,1]^2", q(25, 4)),
        (&one, "|x|^2", "[-1,1]x[1/2,1/2]", q(2, 1)),
        (&one, "3/4", "[1,2]^2", q(3, 2)),
        (&one, "0*|x|^2", "[1,1]x[1,1]", q(3, 4)),
        (&two, "0", "[0,1]^2", q(9, 2)),
        (&two, "1 - 1", "[0,0]x[0,0]", q(1, 2)),
        (same, "0", "[-1,1]^2", q(1, 3)),
        (same, "1/3", "[5,7]x[-9,-8]", q(0, 1)),
        (same, "|x|^2", "[5,7]x[-9,-8]", q(389, 3)),
    ] {
        let (code, lower, upper, boxes) = on(layers, f, sides);
        assert_eq!(code, 0, "{f} on {sides}");
        assert!(lower <= exact && exact <= upper, "{f} on {sides}: {lower} .. {upper}");
        let dust = q(1, 1 << 36);
        assert!(
            &upper - &lower <= (&upper / q(50, 1)).max(dust),
            "{f} on {sides}: {lower}, {upper}"
        );
        assert!(boxes < 1000, "{f} on {sides}: {boxes} boxes");
    }
}

#[test]
fn boxes_may_be_written_as_products() {
    let on = |sides: &str| {
        let run = crease(["error", XOR, "--f", "relu(x1+x2)", "--box", sides]);
        run.out.split(" is ").next().unwrap_or_default().to_owned()
    };
    assert_eq!(on("[0,1]^2"), "sup |f - net| on [0, 1]^2");
    assert_eq!(on("0,1"), "sup |f - net| on [0, 1]^2");
    assert_eq!(on("[-1,1]x[0, 2/3]"), "sup |f - net| on [-1, 1] x [0, 2/3]");
    assert_eq!(on("-1,1,0,0.5"), "sup |f - net| on [-1, 1] x [0, 1/2]");
    for (sides, what) in [
        ("[0,1]^3", "expected a box with 2 sides, found 3"),
        ("[0,1", "expected [LO,HI] or [LO,HI]^N, found \"[0,1\""),
        ("[0,1]^", "expected [LO,HI] or [LO,HI]^N, found \"[0,1]^\""),
        ("[0,1]^0", "expected [LO,HI] or [LO,HI]^N, found \"[0,1]^0\""),
        ("[0,1]x", "expected [LO,HI] or [LO,HI]^N, found \"\""),
        ("[0,1,2,3]", "expected [LO,HI] or [LO,HI]^N, found \"[0,1,2,3]\""),
        ("[0,a]^2", "entry 2: expected a number such as -3/7, 12 or 0.5, found \"a\""),
        ("[1,0]^2", "side 0 goes from 1 down to 0"),
        ("0,1,2", "expected pairs LO,HI, found 3 numbers"),
    ] {
        let run = crease(["error", XOR, "--f", "x1", "--box", sides]);
        assert_eq!((run.code, run.out.as_str()), (1, ""));
        assert_eq!(run.err, format!("crease: --box {sides}: {what}\n"));
    }
}

#[test]
fn a_certificate_is_accepted_with_its_network() {
    let folder = folder("distance");
    let path = folder.join("xor.cert").to_str().expect("a path of text").to_owned();
    let (code, _) = asked(&["--certify", &path]);
    assert_eq!(code, 0);
    let run = crease(["recheck", "--net", XOR, &path]);
    assert_eq!(run.code, 0, "{}{}", run.out, run.err);
    assert!(run.out.contains("accepted, error for approximation/error"), "{}", run.out);
    let run = crease(["recheck", "--net", "fixtures/networks/tent-3.json", &path]);
    assert_eq!(run.code, 5, "{}", run.out);
}

#[test]
fn what_cannot_be_read_is_named() {
    for (args, message) in [
        (
            ["--f", "x1+", "--box", "0,1"],
            "--f \"x1+\": column 4: expected a number, a variable, a function or `(`, found the \
             end",
        ),
        (
            ["--f", "x3", "--box", "0,1"],
            "--f \"x3\": column 1: expected a variable among x1 to x2, found `x3`",
        ),
        (["--f", "log(x1)", "--box", "-1,1"], "at x = 0, 0: the logarithm of 0 does not exist"),
    ] {
        let run = crease([&["error", XOR], &args[..]].concat());
        assert_eq!((run.code, run.out.as_str()), (1, ""));
        assert_eq!(run.err, format!("crease: {message}\n"));
    }
    let run = crease(["error", XOR, "--f", "x1"]);
    let message = format!("crease: {XOR}: the file names no box; say which with --box\n");
    assert_eq!((run.code, run.err), (1, message));
}

#[test]
fn a_piecewise_polynomial_of_one_variable_is_exact() {
    let folder = folder("exact-error");
    let net = folder.join("net.json");
    let net = net.to_str().expect("UTF-8");
    let words = "build max --f abs(x1) --box [-1,1]";
    let run = crease(words.split(' ').chain(["--out", net]));
    assert_eq!(run.code, 0, "{}", run.err);
    let said = |f: &str, more: &[&str]| {
        let run = crease([&["error", net, "--f", f], more].concat());
        assert!(run.err.is_empty(), "{}", run.err);
        (run.code, run.out)
    };
    let on = "sup |f - net| on [-1, 1] is";
    assert_eq!(said("x^2", &[]), (0, format!("{on} exactly 1/4, at x = (-1/2)\n")));
    assert_eq!(said("abs(x)", &[]), (0, format!("{on} exactly 0, at x = (-1)\n")));
    // The kink at 1/3 is one that no halving meets.
    assert_eq!(said("max(x, 1/3)", &[]), (0, format!("{on} exactly 2/3, at x = (-1)\n")));
    assert_eq!(said("x^2", &["--eps", "1/5"]).0, 2);
    assert_eq!(said("x^2", &["--eps", "1/4"]).0, 0);
    // x - x^3 is greatest at the root of 1/3; there it is 2 / (3 sqrt(3)).
    let (code, out) = said("x - x^3 + abs(x)", &["--digits", "30"]);
    assert_eq!(code, 0);
    assert!(out.starts_with(&format!("{on} at most 0.384900179459750509672765853668")), "{out}");
    assert!(out.contains(", at least 0.38490017945975050967276585366"), "{out}");
    // The exponential is no polynomial: bounds by parts, as ever.
    let run = crease(["error", net, "--f", "exp(x)"]);
    assert!(run.out.starts_with(&format!("{on} at most ")), "{}", run.out);
    assert!(run.err.contains(" box"), "{}", run.err);
}
