//! `crease fit`: what it answers, what it writes, and what it says of bad data.

use super::{crease, folder};
use crease::exact::Rational;
use crease_recheck::check;
use serde_json::{Value, json};
use std::path::PathBuf;

/// A data file of this test's own.
fn data(name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
    let path = folder(&format!("fit-{name}")).join("data.csv");
    std::fs::write(&path, bytes).expect("a file for tests");
    path
}

fn answer(name: &str, bytes: impl AsRef<[u8]>, args: &[&str]) -> Value {
    let path = data(name, bytes);
    let path = path.to_str().expect("UTF-8");
    let run = crease([&["fit", path, "--json"], args].concat());
    assert_eq!((run.code, &*run.err), (0, ""), "{name}");
    serde_json::from_str(&run.out).expect("one JSON value")
}

fn refusal(name: &str, bytes: impl AsRef<[u8]>, args: &[&str]) -> String {
    let path = data(name, bytes);
    let path = path.to_str().expect("UTF-8");
    let run = crease([&["fit", path], args].concat());
    assert_eq!((run.code, &*run.out), (1, ""), "{name}: {}", run.err);
    let start = format!("crease: {path}: ");
    run.err.strip_prefix(&start).unwrap_or(&run.err).trim_end().to_owned()
}

const SLOPES: &str = "x1,y1\n0,0\n1,0\n2,1\n3,3\n4,5\n5,8\n6,12\n";

#[test]
fn published_code_takes_three_knots_where_two_suffice() {
    let report = answer("slopes", SLOPES, &["--sparsest"]);
    let expected = json!({
        "data": "data", "points": 7, "rows": 7, "inputs": 1, "outputs": 1, "skip": "free",
        "value": "4", "knots": 2, "unique": false, "sparsest": 2, "at": ["3/2", "9/2"],
    });
    assert_eq!(report, expected);
    // Its tolerance drops every knot of these.
    let small = "0,0\n1,0\n2,1e-6\n3,3e-6\n4,5e-6\n5,8e-6\n6,12e-6\n";
    let report = answer("small", small, &["--sparsest"]);
    assert_eq!([&report["knots"], &report["value"]], [&json!(2), &json!("1/250000")]);
}

#[test]
fn what_is_written_is_read_and_accepted() {
    let out = folder("fit-files");
    let file = |name: &str| out.join(name).to_str().expect("UTF-8").to_owned();
    let (net, cert, svg) = (file("net.json"), file("fit.cert"), file("fit.svg"));
    for (name, args, fact) in [
        ("sparsest", &["--sparsest"][..], "2 is the least number of knots"),
        ("chords", &[], "no interpolant has a total variation of its derivative below 4"),
        ("near", &["--lambda", "1/10"], "the least of half the squared errors plus 1/10 times"),
    ] {
        let mut all = args.to_vec();
        all.extend(["--out", &net, "--certify", &cert]);
        if cfg!(feature = "plot") {
            all.extend(["--plot", &svg]);
        }
        let report = answer(name, SLOPES, &all);
        let text = std::fs::read_to_string(&cert).expect("a certificate");
        let accepted = check(&text).unwrap_or_else(|refused| panic!("{name}: {refused}"));
        assert!(accepted.fact.starts_with(fact), "{}", accepted.fact);
        let count = crease(["count", &net, "--json"]);
        let count: Value = serde_json::from_str(&count.out).expect("one JSON value");
        let knots = report["knots"].as_u64().expect("a number");
        assert_eq!(count["count"], json!((knots + 1).to_string()), "{name}");
        if cfg!(feature = "plot") {
            let picture = std::fs::read_to_string(&svg).expect("a picture");
            assert!(picture.starts_with("<svg") && !picture.contains("NaN"), "{name}");
        }
    }
    let value = crease(["eval", &net, "--at", "7"]);
    assert_eq!(value.code, 0, "{}", value.err);
}

#[test]
fn a_table_is_read_as_people_write_it() {
    let same = [
        ("remarks", "# of a, in b\nx;y\n0;0\n# one more\n1;1\n2;0\n"),
        ("crlf", "\u{feff}x,y\r\n0,0\r\n1,1\r\n2,0\r\n"),
        ("semicolons", "0;0\n1;1\n2;0"),
        ("spaces", " 0  0\n1 1 \n\n2 0\n"),
        ("tabs", "2\t0\n0\t0\n1\t1\n"),
        ("quoted", "\"time\",\"value\"\n\"0\",\"0\"\n1,+1.0\n2.,.0\n"),
        ("twice", "0,0\n1,1\n1,1\n2,0\n"),
        (
            "points",
            "{\"points\": [{\"name\": \"a\", \"at\": [0, 0]}, {\"name\": \"b\", \"at\": [1, 1]}, \
                    {\"name\": \"c\", \"at\": [2, 0]}]}",
        ),
    ];
    for (name, text) in same {
        let report = answer(name, text, &[]);
        let found = [&report["points"], &report["value"], &report["at"], &report["unique"]];
        assert_eq!(found, [&json!(3), &json!("2"), &json!(["1"]), &json!(true)], "{name}");
    }
    let pair = answer("pair", "y1,x1,y2\n0,0,0\n0,1,0\n3,2,4\n", &[]);
    assert_eq!([&pair["outputs"], &pair["value"]], [&json!(2), &json!("5")]);
    let one = answer("one", "1,2\n", &[]);
    assert_eq!(
        [&one["value"], &one["unique"], &one["knots"]],
        [&json!("0"), &json!(false), &json!(0)]
    );
    let two = answer("two", "0,0\n1,1\n", &["--skip", "none"]);
    assert_eq!(
        [&two["value"], &two["unique"], &two["at"]],
        [&json!("1"), &json!(false), &json!(["0"])]
    );
}

#[test]
fn bad_data_gets_one_error_with_its_line() {
    let digits = format!("0,0\n1,{}\n", "7".repeat(1_000_000));
    let number = "expected an exact number such as \"-3/7\", \"12\" or \"0.5\", found";
    let cases: [(&str, &[u8], String); 12] = [
        (
            "same",
            b"0,0\n1,1\n1,2\n",
            "line 2: x = 1 has the value 1, and on line 3 the value 2: no \
          function goes through both (with --lambda the fit goes near them)"
                .to_owned(),
        ),
        (
            "gap",
            b"0,0\n1,\n",
            "line 2, column 2: expected a number, found an empty cell".to_owned(),
        ),
        ("nan", b"0,0\n1,nan\n", format!("line 2, column 2: {number} \"nan\"")),
        ("first", b"nan,nan\n1,2\n", format!("line 1, column 1: {number} \"nan\"")),
        (
            "digits",
            digits.as_bytes(),
            "line 2, column 2: a number of 1000000 characters exceeds the limit of 10000"
                .to_owned(),
        ),
        (
            "exponent",
            b"0,1e99999\n",
            "line 1, column 2: a number with the exponent 99999: exponents are at most 10000"
                .to_owned(),
        ),
        ("short", b"0,0\n1\n", "line 2: expected 2 cells as in the first row, found 1".to_owned()),
        (
            "column",
            b"1\n2\n",
            "a row has 1 numbers: expected inputs, and 1 outputs after them".to_owned(),
        ),
        ("nothing", b"", "expected rows of numbers, found none".to_owned()),
        ("header", b"x,y\n", "expected rows of numbers, found none".to_owned()),
        (
            "names",
            b"x1,x2\n1,2\n",
            "the header names 2 inputs x.. and 0 outputs y..: expected one of each".to_owned(),
        ),
        (
            "bytes",
            b"0,\xff\n",
            "line 1, column 2: expected a number, found bytes that are not UTF-8".to_owned(),
        ),
    ];
    for (name, bytes, expected) in cases {
        assert_eq!(refusal(name, bytes, &[]), expected, "{name}");
    }
    for lambda in ["0", "-1", "nan"] {
        assert!(refusal("lambda", SLOPES, &["--lambda", lambda]).contains("--lambda"), "{lambda}");
    }
}

#[test]
fn one_input_may_have_several_outputs_if_the_fit_only_goes_near() {
    // The mean of 0 and 2 counts twice: 1 is lost whatever the fit.
    let report = answer("near", "0,0\n0,2\n1,1\n", &["--lambda", "1"]);
    assert_eq!([&report["points"], &report["rows"]], [&json!(2), &json!(3)]);
    assert_eq!([&report["value"], &report["at"]], [&json!("1"), &json!([])]);
    let many: String = (0..3000).map(|i| format!("{i},{}\n", (i * i) % 17)).collect();
    let report = answer("many", many, &["--lambda", "1"]);
    assert_eq!(report["unique"], json!(null));
    assert_eq!(report["value"].as_array().map(Vec::len), Some(2));
}

/// The certificate of a fit, accepted, and what it says.
fn certified(name: &str, bytes: &str, args: &[&str]) -> (Value, String) {
    let cert = folder(&format!("fit-{name}")).join("fit.cert");
    let path = cert.to_str().expect("UTF-8");
    let report = answer(name, bytes, &[args, &["--certify", path]].concat());
    let text = std::fs::read_to_string(&cert).expect("a certificate");
    let accepted = check(&text).unwrap_or_else(|refused| panic!("{name} {args:?}: {refused}"));
    (report, accepted.fact.clone())
}

#[test]
fn a_cost_without_a_skip_connection_has_a_certificate() {
    for (name, bytes) in [
        ("no-skip-slopes", SLOPES),
        ("no-skip-two", "0,0\n1,1\n"),
        ("no-skip-steep", "0,0\n1,5\n3,14\n4,18\n"),
        ("no-skip-one", "3,4\n"),
        ("no-skip-falling", "0,9\n1,5\n2,2\n5,1\n"),
    ] {
        let (report, fact) = certified(name, bytes, &["--skip", "none"]);
        let value = report["value"].as_str().expect("a number");
        let bounds = format!("costs less than {value} in l1, and one costs at most {value}");
        assert!(fact.ends_with(&bounds), "{name}: {fact}");
    }
}

/// Half of the slope is worth its price: `(1/4)^2 + 1/4 * 1/2`.
#[test]
fn near_data_a_slope_may_cost_something() {
    let args = ["--skip", "none", "--lambda", "1/4"];
    let (report, _) = certified("near-unskipped", "0,0\n1,1\n", &args);
    assert_eq!((&report["value"], &report["inputs"]), (&json!("3/16"), &json!(1)), "{report}");
    let refused =
        refusal("near-unskipped-sparsest", "0,0\n1,1\n", &[&args[..], &["--sparsest"]].concat());
    assert!(refused.starts_with("crease: --sparsest: expected a free affine part"), "{refused}");
}

/// Kinks at 0, 8/15 and 4/3, where two would do; then a kink that leaves the points.
#[test]
fn decayed_biases_are_bounded_from_both_sides() {
    let three = "-2,0\n-1/2,0\n1/4,1/4\n6/7,124/105\n2,62/15\n3,107/15\n";
    let moved = "-10,0\n10,0\n11,1\n";
    for (name, bytes, square, knots) in [
        ("decayed-three", three, Rational::new(361, 25), 3),
        ("decayed-moved", moved, Rational::new(400, 101), 1),
    ] {
        let (report, fact) = certified(name, bytes, &["--biases", "decayed"]);
        let bound = |i: usize| -> Rational {
            report["value"][i].as_str().expect("a bound").parse().expect("a number")
        };
        let (lower, upper) = (bound(0), bound(1));
        assert!(&lower * &lower <= square && square <= &upper * &upper, "{name}: {report}");
        assert!(&upper - &lower < Rational::new(1, 1_000_000_000), "{name}: {report}");
        assert_eq!(report["knots"], knots, "{name}");
        assert!(fact.starts_with("no interpolant whose biases decay costs less than"), "{fact}");
    }
    assert_eq!(
        refusal("decayed-lambda", moved, &["--biases", "decayed", "--lambda", "1"]),
        "crease: --biases decayed: expected a fit that interpolates; leave out --lambda"
    );
}

#[test]
fn several_outputs_have_a_certificate() {
    for (name, bytes, value) in [
        ("outputs-exact", "x,y1,y2\n0,0,0\n1,1,0\n2,5,4\n3,9,7\n", Some("6")),
        ("outputs-roots", "x,y1,y2,y3\n0,0,1,5\n1,2,1/3,5\n2,4,3,-1\n5/2,3,4,0\n4,3,7,2\n", None),
        ("outputs-small", "x,y1,y2\n0,0,1e-300\n1,2e-300,0\n2,3e-300,0\n7,0,0\n", None),
        ("outputs-one-point", "x,y1,y2\n3,4,5\n", Some("0")),
        ("outputs-two", "x,y1,y2\n3,4,5\n4,5,7\n", Some("0")),
    ] {
        let (report, fact) = certified(name, bytes, &[]);
        assert_eq!(report["value"].as_str(), value, "{name}");
        assert!(fact.starts_with("no interpolant with "), "{name}: {fact}");
    }
    let out = folder("fit-outputs-sparsest").join("fit.cert");
    let path = out.to_str().expect("UTF-8");
    let refused = refusal("outputs", "x,y1,y2\n0,0,0\n", &["--sparsest", "--certify", path]);
    assert!(refused.contains("--certify: of several outputs"), "{refused}");
}

const PLANE: &str = "x1,x2,y\n0,0,0\n1,0,1\n0,1,1/2\n1,1,3\n2,1,-1\n1,2,2\n";

#[test]
fn penalties_of_every_size_are_bounded_from_both_sides() {
    for norm in ["l1", "linf", "l2"] {
        for lambda in ["1e-400", "1e-30", "1e-13", "1e-11", "1e-6", "1/10", "1", "1e30", "1e400"] {
            let name = format!("penalty-{norm}-{}", lambda.replace('/', "-"));
            let args = ["--norm", norm, "--lambda", lambda];
            let (report, _) = certified(&name, PLANE, &args);
            if norm != "l2" {
                assert!(report["value"].is_string(), "{name}");
                continue;
            }
            let bound = |i: usize| -> Rational {
                let text = report["value"][i].as_str().or(report["value"].as_str());
                text.expect("a number").parse().expect("a number")
            };
            let (lower, upper) = (bound(0), bound(1));
            let close = Rational::new(9999, 10_000);
            assert!(lower <= upper && &upper * close <= lower, "{name}: {lower} {upper}");
        }
    }
}

#[test]
fn points_that_do_not_span_the_space_have_many_fits() {
    // Two points in six dimensions, and a plane in which both inputs are equal.
    let many = ["1,2,3,4,5,6,7\n2,3,1,4,1,6,0\n", "0,0,0\n1,1,2\n2,2,1\n3,3,5\n"];
    for (i, bytes) in many.into_iter().enumerate() {
        for lambda in [&[][..], &["--lambda", "1"]] {
            let name = format!("span-{i}-{}", lambda.len());
            let report = answer(&name, bytes, &[&["--norm", "l1"], lambda].concat());
            assert_eq!(report["unique"], json!(false), "{name}");
        }
    }
}

#[test]
fn what_is_not_built_says_what_to_ask_instead() {
    let space = "0,0,0,1\n1,0,0,0\n0,1,0,2\n0,0,1,-1\n1,1,1,5\n";
    assert_eq!(
        refusal("space-l2", space, &[]),
        "crease: --norm l2: built for one and two inputs; with more ask for --norm l1 or --norm \
         linf, whose least cost is exact"
    );
    let many: String = (0..3000).map(|i| format!("{i},{},{}\n", i * i % 31, i % 7)).collect();
    let refused = refusal("space-many", &many, &["--norm", "l1"]);
    assert!(
        refused.starts_with("3000 points of 2 inputs have about 9006000 critical"),
        "{refused}"
    );
    let plane = refusal("space-path", PLANE, &["--path", "path.svg"]);
    assert!(!cfg!(feature = "plot") || plane.starts_with("crease: --path: offered"), "{plane}");
}

#[test]
fn the_time_is_over_within_a_step() {
    // Doubles see nothing of such points, and exact steps take long.
    let tiny = |i: i64| if i % 2 == 0 { "e-300" } else { "e300" };
    let row = |i: i64| {
        let [a, b, c] = [7, 11, 13].map(|k| (i + 3) * (i + 5) * k % 1009);
        format!("{a}.12345678901234567{},{b}.98765432109876543{},{c}\n", tiny(i), tiny(i / 2))
    };
    let bytes: String = (0..30).map(row).collect();
    let path = data("mixed", bytes);
    let path = path.to_str().expect("UTF-8");
    let start = std::time::Instant::now();
    let run = crease(["fit", path, "--norm", "l1", "--time", "1"]);
    assert_eq!((run.code, run.err.trim_end()), (6, "crease: stopped before there was a fit"));
    assert!(start.elapsed().as_secs() < 60, "{:?}", start.elapsed());
}

#[test]
fn a_number_far_from_one_is_short_in_words() {
    let path = data("far", "-1e400,1e-400\n0,1e400\n1e-400,-1e400\n1e400,0\n2e400,5\n");
    let run = crease(["fit", path.to_str().expect("UTF-8"), "--norm", "l1"]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(run.out.lines().all(|line| line.len() < 200), "{}", run.out);
    assert!(run.out.contains("is 4..e800"), "{}", run.out);
}

#[test]
fn degenerate_points_of_several_inputs_have_exact_fits() {
    for (name, bytes) in [
        ("space-line", "0,0,1\n1,2,0\n2,4,3\n3,6,3\n4,8,-1\n"),
        ("space-grid", "0,0,1\n0,1,-2\n0,2,1\n1,0,0\n1,1,3\n1,2,0\n2,0,1\n2,1,-2\n2,2,1\n"),
        ("space-equal", "0,0,5\n1,2,5\n-3,1,5\n2,2,5\n"),
        ("space-few", "1,2,3\n4,5,6\n"),
        ("space-small", "1e-300,0,1\n0,2e-300,-1\n3e-300,1e-300,2\n5e-300,5e-300,0\n0,0,0\n"),
        ("space-large", "1e300,0,1\n0,2e300,-1\n3e300,1e300,2\n5e300,5e300,0\n0,0,0\n"),
        ("space-values", "1,0,1e300\n0,2,-1e300\n3,1,2e300\n5,5,0\n0,0,1e-300\n"),
    ] {
        for norm in ["l1", "linf"] {
            for lambda in [&[][..], &["--lambda", "1/10"]] {
                let (report, _) = certified(name, bytes, &[&["--norm", norm], lambda].concat());
                assert!(report["value"].is_string(), "{name} {norm} {lambda:?}");
            }
        }
    }
    // Equal points with other values: near them only.
    let twice = "0,0,1\n0,0,3\n1,0,2\n0,1,0\n1,1,5\n1,1,5\n2,3,0\n";
    certified("space-twice", twice, &["--norm", "l1", "--lambda", "1/4"]);
}
