//! Hostile texts: no panic, no long wait, and a limit that names itself.

use crate::checker::certificates;
use crease_recheck::{MAX_LINE, MAX_TEXT, Rejection, check, network};
use proptest::prelude::*;
use std::time::{Duration, Instant};

const KINDS: &[&str] =
    &["error", "factorization", "linear-range", "regions", "regions-at-least", "separation"];

const WORDS: &[&str] = &[
    "output",
    "function",
    "x1^2",
    "upper",
    "lower",
    "places",
    "direct",
    "radial",
    "coordinate",
    "profile",
    "cut",
    "part",
    "certificate",
    "1",
    "factorization",
    "linear-range",
    "separation",
    "claim",
    "a/b",
    "target",
    "length",
    "filters",
    "residual",
    "proof",
    "filter",
    "end",
    "dimension",
    "forms",
    "affine",
    "homogeneous",
    "expect",
    "separable",
    "inseparable",
    "point",
    "+",
    "-",
    "weights",
    "multipliers",
    "range",
    "conv",
    "bias",
    "dense",
    "row",
    "readout",
    "ridge",
    "states",
    "regions",
    "regions-at-least",
    "input",
    "sum",
    "0:1",
    "1:-1/2",
    "relu",
    "bend",
    "max",
    "strict",
    "S",
    "Z",
    "P",
    "N",
    "C",
    "?",
    "0",
    "-1",
    "2/3",
    "10000000",
    "#",
    "",
];

proptest! {
    #[test]
    fn bytes_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        prop_assert!(check(&String::from_utf8_lossy(&bytes)).is_err());
    }

    #[test]
    fn words_of_the_format_in_any_order_never_panic(
        kind in prop::sample::select(KINDS),
        lines in prop::collection::vec(
            prop::collection::vec(prop::sample::select(WORDS), 1..5),
            0..20,
        ),
    ) {
        let lines: Vec<_> = lines.iter().map(|words| words.join(" ")).collect();
        let _ = check(&format!("certificate 1 {kind}\nclaim a/b\n{}\n", lines.join("\n")));
    }

    #[test]
    fn a_byte_changed_never_panics(which in any::<prop::sample::Index>(),
                                   place in any::<prop::sample::Index>(), byte in 0u8..128) {
        let all = certificates();
        let mut bytes = which.get(&all).1.clone().into_bytes();
        let place = place.index(bytes.len());
        bytes[place] = byte;
        let _ = check(std::str::from_utf8(&bytes).unwrap());
    }
}

fn head(kind: &str) -> String {
    format!("certificate 1 {kind}\nclaim a/b\n")
}

/// The message, once it is known that it came soon.
fn refused_soon(text: &str) -> String {
    let start = Instant::now();
    let rejection = check(text).expect_err("the text is hostile");
    assert!(start.elapsed() < Duration::from_secs(10), "{:?}", start.elapsed());
    rejection.to_string()
}

#[test]
fn the_length_of_a_text_is_limited() {
    assert_eq!(refused_soon(&"#".repeat(MAX_TEXT + 1)), "line 0: more than 16777216 bytes");
    let longest = check(&"#".repeat(MAX_TEXT));
    assert!(matches!(longest, Err(Rejection::Incomplete { line: 1, .. })));
}

#[test]
fn the_length_of_a_number_is_limited() {
    let text =
        |digits: usize| format!("{}target 1/{}\n", head("factorization"), "9".repeat(digits));
    assert_eq!(refused_soon(&text(10_001)), "line 3: more than 10000 digits in a number");
    assert!(matches!(check(&text(10_000)), Err(Rejection::Incomplete { line: 4, .. })));
}

#[test]
fn many_different_denominators_are_refused() {
    let fractions: Vec<_> = (0..20_000u64).map(|k| format!("1/{}", 1_000_003 + 2 * k)).collect();
    let text = format!("{}target {}\n", head("factorization"), fractions.join(" "));
    assert_eq!(refused_soon(&text), "line 3: more than 33554432 units of work");
}

#[test]
fn a_product_of_many_filters_is_refused() {
    let filter = format!("filter {}\n", ["99999999999999999999"; 40].join(" "));
    let text = format!(
        "{}target 1\nlength 39\nfilters 1000\nresidual 0\nproof\n{}end\n",
        head("factorization"),
        filter.repeat(1000)
    );
    assert!(refused_soon(&text).ends_with("more than 134217728 units of work"));
}

#[test]
fn long_numbers_are_work() {
    let number = "7".repeat(10_000);
    let text = format!("{}target {}\n", head("factorization"), [number.as_str(); 400].join(" "));
    assert_eq!(refused_soon(&text), "line 3: more than 33554432 units of work");
}

#[test]
fn empty_lines_are_work() {
    let text =
        format!("{}range 0 1\n{}", head("linear-range"), "conv 0\nbias 0\n".repeat(1_000_000));
    assert!(refused_soon(&text).ends_with("more than 33554432 units of work"));
}

#[test]
fn a_wide_layer_is_refused_before_it_is_built() {
    let range = "range 0 1\n".repeat(1_100);
    let message = "line 1026: more than 1048576 coefficients in one layer";
    assert_eq!(refused_soon(&format!("{}{range}", head("linear-range"))), message);
    let range = "range 0 1\n".repeat(1_000);
    let conv = format!("conv {}\nbias 0\n", ["0"; 100].join(" "));
    let message = "line 1004: more than 1048576 coefficients in one layer";
    assert_eq!(refused_soon(&format!("{}{range}{conv}", head("linear-range"))), message);
}

#[test]
fn a_number_too_long_to_read_is_not_printed() {
    let text = format!(
        "{}target {}\nlength 0\nfilters 0\nresidual 0\nproof\nend\n",
        head("factorization"),
        "9".repeat(2000)
    );
    let message =
        "line 6: expected a residual of at least a fraction of more than 4096 bits, found 0";
    assert_eq!(refused_soon(&text), message);
}

#[test]
fn a_network_of_many_coefficients_is_refused() {
    let relus = |count: usize| "relu 1\n".repeat(count);
    let text = |inputs: usize, lines: &str| {
        format!("{}input {inputs}\n{lines}regions 1\nstrict 1\nproof\n", head("regions"))
    };
    let message = "line 1005: more than 4194304 coefficients of affine forms";
    assert_eq!(refused_soon(&text(9000, &relus(1000))), message);
    let sources: Vec<_> = (1..=65).map(|i| i.to_string()).collect();
    let max = format!("max {}\n", sources.join(" "));
    assert_eq!(refused_soon(&text(70, &max)), "line 4: more than 64 branches of one value");
    let wide = format!("sum 1:{}\n", "9".repeat(3000));
    let message = "line 6: more than 8192 bits in a cleared weight";
    assert_eq!(refused_soon(&text(1, &wide)), message);
    let digits = "7".repeat(1500);
    let long = format!("sum 0:1 1:{digits}\nsum 0:1 2:{digits}\nrelu 3\n");
    assert_eq!(refused_soon(&text(1, &long)), "line 9: more than 8192 bits in an affine form");
}

#[test]
fn a_line_of_a_tree_is_limited() {
    let head = format!("{}input 1\nrelu 1\nregions 2\nstrict 2\nproof\nS\n", head("regions"));
    let text = |length: usize| format!("{head}C {}\n", "9".repeat(length - 3));
    assert_eq!(refused_soon(&text(MAX_LINE + 1)), "line 9: more than 1048576 bytes in a line");
    assert_eq!(refused_soon(&text(MAX_LINE)), "line 9: more than 10000 digits in a number");
    let word = format!("{head}{}", "S".repeat(MAX_LINE - 1));
    assert!(matches!(check(&word), Err(Rejection::Incomplete { line: 9, .. })));
}

#[test]
fn a_json_of_many_lists_is_refused() {
    let nested = network("[".repeat(100).as_bytes()).unwrap_err().to_string();
    assert_eq!(nested, "line 1: more than 64 nested lists and objects");
    let many = network(format!("[{}", "[],".repeat(3_000_000)).as_bytes()).unwrap_err().to_string();
    assert!(many.ends_with("more than 33554432 units of work"), "{many}");
}

#[test]
fn a_quotation_is_short_and_plain() {
    let text = format!("certificate 1 {}\n", "x".repeat(60));
    let message =
        format!("line 1: expected version 1 and a known kind, found `1 {}...`", "x".repeat(38));
    assert_eq!(refused_soon(&text), message);
    assert_eq!(refused_soon("ß\n"), "line 1: expected printable ASCII, found `\\u{df}`");
}
