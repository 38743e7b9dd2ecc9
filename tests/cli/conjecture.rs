//! `crease conjecture`: what is refuted, decided, left open, and refused.

use super::{crease, folder};
use crate::support::root;
use serde_json::Value;

fn answered(args: &str) -> (i32, String) {
    let run = crease(["conjecture"].into_iter().chain(args.split(' ')));
    assert_eq!(run.err, "", "{args}");
    (run.code, run.out)
}

#[test]
fn a_counterexample_is_a_network_that_count_confirms() {
    let path = folder("conjecture").join("wrong.json");
    let path = path.to_str().expect("UTF-8");
    let statement = "regions<=choose(n,0)+choose(n,1)+choose(n,2)";
    let shape = "--input 3x3 --layer 2x2:2";
    let (code, out) = answered(&format!("{statement} {shape} --out {path}"));
    assert_eq!(code, 2);
    assert!(out.starts_with(&format!("false: {statement}\n")), "{out}");
    let confirm = out.lines().last().expect("a line").trim();
    let (value, command) = confirm.split_once(": ").expect("a command");
    let regions: u64 = value.strip_prefix("regions = ").expect("a number").parse().expect("one");
    assert!(regions > 37 && out.contains(&format!("counterexample: regions {regions} > 37, ")));
    let command = command.strip_prefix("crease ").expect("our program");
    let run = crease(command.split(' '));
    let expected = format!("{regions} proper activation regions (R2) of wrong on all of R^9\n");
    assert_eq!((run.code, run.out), (0, expected));
}

#[test]
fn a_true_statement_tells_what_was_tried() {
    let (code, out) = answered("regions<=upper --input 1..2 --layer 2 --layer 1..2 --steps 400");
    assert_eq!(code, 0, "{out}");
    assert!(out.starts_with("no counterexample: regions<=upper\n  drawn: 256 networks, "), "{out}");
    assert!(out.contains("\n  hunted: 400 steps, ") && out.contains("\n  tightest: regions "));
    assert!(out.ends_with("\n  4 shapes\n"), "{out}");
}

#[test]
fn a_statement_about_shapes_is_decided_for_all_of_them() {
    let (code, out) = answered("published<=general --input 2..4x2..4 --layer 1..3x2:1..3");
    assert_eq!(code, 0, "{out}");
    assert!(out.contains("\n  72 shapes, 9 left out that do not fit: layer 1: "), "{out}");
    let (code, out) = answered("published=maximum --input 3x3 --layer 2x2:1..2");
    assert_eq!(code, 2, "{out}");
    let shown = "counterexample: published 256 ≠ 255\n    crease bound --input 3x3 --layer 2x2:2\n";
    assert!(out.contains(shown), "{out}");
    let (code, out) = answered("1<=2 --input 3 --layer 2");
    assert_eq!((code, out.lines().next()), (0, Some("true: 1<=2")));
}

#[test]
fn what_cannot_be_computed_is_undecided() {
    let (code, out) = answered("regions<=1/(depth-1) --input 2 --layer 2");
    assert_eq!(code, 4, "{out}");
    assert!(out.starts_with("undecided: "), "{out}");
    assert!(out.contains("; 256 undecided: a division by zero\n"), "{out}");
    let (code, out) = answered("maximum>=lower --input 3 --layer 4 --layer 4");
    assert_eq!(code, 4, "{out}");
    assert!(out.contains("undecided for 1 shape: the maximum is not known\n"), "{out}");
    let (code, out) = answered("tv2<=folding_once_more --input 1 --layer 2 --steps 9");
    assert_eq!(code, 4, "{out}");
}

#[test]
fn the_answer_depends_on_the_seed_alone() {
    let ask =
        |more: &str| answered(&format!("R4<=2*R6 --input 2 --layer 2 --steps 80 --json{more}"));
    let one = ask(" --threads 1");
    assert_eq!(one, ask(" --threads 2"));
    assert_ne!(one, ask(" --threads 1 --seed 1"));
    let report: Value = serde_json::from_str(&one.1).expect("JSON");
    assert_eq!(report["statement"], "R4<=2*R6");
    assert!(report["drawn"].is_array() && report["case"]["layers"].is_array(), "{report}");
}

#[test]
fn a_search_with_a_clock_ends_in_time() {
    let start = std::time::Instant::now();
    let (code, out) = answered("regions<=2^n --input 2..4 --layer 2..6 --time 2");
    assert_eq!(code, 0, "{out}");
    assert!(start.elapsed().as_secs() < 20);
}

/// What the committed package has is what the program writes, so that it is compiled and held to
/// its obligations.
#[test]
fn a_claim_file_is_written_that_compiles() {
    let kept = root("tests/downstream/src/mine/typed_on_one_line.rs");
    let folder = folder("conjecture-claim").join("mine");
    std::fs::create_dir_all(&folder).expect("a folder");
    let path = folder.join("typed_on_one_line.rs");
    let statement = "bounded<=choose(n-1,inputs)";
    let shape = "--input 2 --layer 2..4 --steps 400";
    let (code, out) = answered(&format!("{statement} {shape} --write {}", path.display()));
    assert_eq!(code, 0, "{out}");
    let read = |path| std::fs::read_to_string(path).expect("a claim");
    assert_eq!(read(path), read(kept));
    let run = crease(["conjecture", "1<=2", "--input", "2", "--layer", "1", "--write", "a/b.rs"]);
    assert!(run.code == 1 && run.err.contains("no claim is left"), "{}", run.err);
    for path in ["b", "A/b.rs", "a/9.rs", "a/b.txt"] {
        let words = ["conjecture", "regions<=2", "--input", "2", "--layer", "1", "--write", path];
        let run = crease(words);
        assert!(run.code == 1 && run.err.contains("expected FAMILY/NAME.rs"), "{}", run.err);
    }
}

#[test]
fn each_mistake_has_one_answer() {
    let small = "--input 3x3 --layer 2x2:1";
    for (statement, shape, message) in [
        (
            "regions",
            small,
            "expected an operator or a comparison: <=, <, >=, > or =, found the end",
        ),
        ("regons<=1", small, "column 1: expected a quantity of those that the help lists"),
        ("regions<=1/0", small, "column 12: expected a divisor other than 0, found `0`"),
        ("regions<=choose(10^9,10^8)", small, "more than 4096 bits in a number"),
        ("units(2)<=regions", small, "column 7: expected a layer, units(1) to units(1), found `2`"),
        ("regions<=1", "--input 3x3 --layer 4x4:1", "does not fit a grid of [3, 3]"),
        ("regions<=1", "--input 5x5 --layer 2x2:1", "expected at most 16 inputs"),
        ("regions<=1", "--input 3 --layer 0", "layer 1 expects at least one filter, found 0"),
        ("regions<=1", "--input 3..2 --layer 1", "expected HEIGHTxWIDTHxCHANNELS"),
        ("regions<=1", "--input 4x4 --layer 2x2:1/s1x2", "networks are drawn with one for both"),
        ("n<=1", "--input 1..100x1..100 --layer 1", "10000 shapes; at most 4096"),
    ] {
        let words = ["conjecture", statement].into_iter().chain(shape.split(' '));
        let run = crease(words);
        assert_eq!((run.code, run.out.as_str()), (1, ""), "{statement} {shape}");
        let is_one = run.err.starts_with("crease: ") && run.err.lines().count() == 1;
        assert!(is_one && run.err.contains(message), "{statement} {shape}: {}", run.err);
    }
}
