//! Checks, hunts, experiments and certificates in shards: together they are what one run is, and
//! what does not belong together, is missing or was changed is refused or named.

use super::{Run, crease, folder};
use crease::experiment::width::{parts, rows};
use serde_json::Value;
use std::path::{Path, PathBuf};

/// A theorem, one listed as refuted, a listed space, a strict stratum, one with certificates.
const CLAIMS: [&str; 5] = [
    "perceptron/xor_one_relu_unit",
    "regions/one_layer_maximum_as_printed",
    "regions/commutator_identity",
    "perceptron/dichotomy_count",
    "symmetry/degree_balance",
];

fn text(path: &Path) -> &str {
    path.to_str().expect("UTF-8")
}

fn shard(asked: &[&str], number: usize, of: usize, path: &Path) -> Run {
    let share = format!("{number}/{of}");
    crease([asked, &["--shard", &share, "--journal", text(path)]].concat())
}

fn shards(name: &str, asked: &[&str], of: usize) -> Vec<PathBuf> {
    let folder = folder(name);
    let one = |number: usize| {
        let path = folder.join(format!("{number}.jsonl"));
        let run = shard(asked, number, of, &path);
        assert_eq!((run.code, run.err.as_str()), (0, ""), "{asked:?} {number}/{of}");
        assert!(run.out.starts_with(&format!("shard {number}/{of} of ")), "{}", run.out);
        path
    };
    (1..=of).map(one).collect()
}

fn merged(files: &[PathBuf], more: &[&str]) -> Run {
    let files = files.iter().map(|path| text(path));
    crease(["merge"].into_iter().chain(files).chain(more.iter().copied()))
}

fn json(run: &Run) -> Value {
    serde_json::from_str(&run.out).unwrap_or_else(|error| panic!("{error}: {}", run.err))
}

/// What the shards say is what one run says; of counterexamples they find the first one, and one
/// that is a counterexample, since what is simplified next is not the same.
#[track_caller]
fn assert_agrees(sum: &Value, whole: &Value) {
    let fields = ["verdict", "drawn", "whole"];
    let all = ["met", "undecided", "distinct", "largest", "tightest"];
    let refuted = whole["verdict"] == "refuted";
    for field in fields.iter().chain(all.iter().filter(|_| !refuted)) {
        assert_eq!(sum[field], whole[field], "{field} of {}", whole["id"]);
    }
    if refuted {
        let found = if whole["counterexample"].is_null() { sum } else { &sum["counterexample"] };
        assert_eq!(found["finding"]["holds"], false, "{sum}");
        assert!(sum["met"].as_u64() <= whole["met"].as_u64(), "{sum}");
    }
}

/// Small runs and runs beyond the first stream of draws, whatever the number of shards is.
#[test]
fn shards_of_a_check_see_what_one_run_sees() {
    for (cases, of) in [("256", 1), ("256", 3), ("1500", 2), ("1500", 40), ("7", 5)] {
        let asked = [&["check", "--cases", cases, "--seed", "3"], &CLAIMS[..]].concat();
        let whole = json(&crease([&asked[..], &["--json"]].concat()));
        let files = shards(&format!("check-{cases}-{of}"), &asked, of);
        let run = merged(&files, &["--json"]);
        let sum = json(&run);
        assert_eq!(run.err, "");
        assert_eq!(sum["summary"], whole["summary"]);
        let claims = |all: &Value| all["claims"].as_array().expect("a list").clone();
        for (sum, whole) in claims(&sum).iter().zip(claims(&whole)) {
            assert_agrees(sum, &whole);
            assert_eq!(sum["certificates"], whole["certificates"]);
            let twins = |row: &Value| row["twins"].as_array().expect("a list").clone();
            for (sum, whole) in twins(sum).iter().zip(twins(&whole)) {
                assert_agrees(sum, &whole);
            }
        }
    }
}

/// A line that was being written is lost, and so are lines that a disk lost: asked again, the shard
/// does them again, and nothing is there twice.
#[test]
fn an_interrupted_shard_goes_on() {
    let asked = ["check", "--cases", "300", CLAIMS[0], CLAIMS[2]];
    let mut files = shards("check-interrupted", &asked, 3);
    let whole = merged(&files, &[]);
    assert!(whole.code == 0 && whole.out.contains("300 of 300 cases"), "{}", whole.out);
    let path = files[1].clone();
    let noted = std::fs::read_to_string(&path).expect("a journal");
    let lines: Vec<_> = noted.split_inclusive('\n').collect();
    for kept in 1..lines.len() {
        let half = &lines[kept][..lines[kept].len() / 2];
        std::fs::write(&path, lines[..kept].concat() + half).expect("a file");
        let run = merged(&files, &[]);
        assert_eq!(run.code, 6, "{}", run.out);
        assert!(run.out.ends_with("\n1 shard of 3 to be repeated: 2\n"), "{}", run.out);
        assert_eq!(shard(&asked, 2, 3, &path).code, 0);
        assert_eq!(merged(&files, &[]).out, whole.out);
    }
    // Once more, and nothing is counted twice.
    let before = std::fs::read(&path).expect("a journal");
    assert_eq!(shard(&asked, 2, 3, &path).code, 0);
    assert_eq!(std::fs::read(&path).expect("a journal"), before);
    // No time at all: nothing is noted, and nothing is claimed.
    std::fs::remove_file(&path).expect("it was there");
    let share = [&asked[..], &["--shard", "2/3", "--time", "0", "--journal", text(&path)]].concat();
    assert_eq!(crease(&share).code, 6);
    assert_eq!(merged(&files, &[]).code, 6);
    assert_eq!(shard(&asked, 2, 3, &path).code, 0);
    files.reverse();
    assert_eq!(merged(&files, &[]).out, whole.out);
    let run = merged(&files[..1], &["--json"]);
    assert_eq!((run.code, run.err.as_str()), (6, "2 shards of 3 to be repeated: 1-2\n"));
    assert_eq!(json(&run)["claims"][0]["verdict"], "unfinished");
}

#[test]
fn what_does_not_belong_together_is_refused() {
    let asked = ["check", "--cases", "200", CLAIMS[0]];
    let files = shards("check-refused", &asked, 2);
    let refused = |files: &[&PathBuf], part: &str| {
        let files: Vec<PathBuf> = files.iter().map(|path| (*path).clone()).collect();
        let run = merged(&files, &[]);
        assert_eq!((run.code, run.out.as_str()), (1, ""), "{}", run.err);
        assert!(run.err.contains(part) && run.err.lines().count() == 1, "{}", run.err);
    };
    refused(&[&files[0], &files[0]], "shard 1 again: it is ");
    let seed = shards("check-seed", &[&asked[..], &["--seed", "1"]].concat(), 2);
    refused(&[&files[0], &seed[1]], "another check: its seed is 1, not the 0 of ");
    let three = shards("check-three", &asked, 3);
    refused(&[&files[0], &three[1]], "one of 3 shards, not of the 2 of ");
    let claim = shards("check-claim", &["check", "--cases", "200", CLAIMS[2]], 2);
    refused(&[&files[0], &claim[1]], "another check: its claims is ");
    let hunt = shards("check-hunt", &["hunt", CLAIMS[0], "--steps", "40"], 2);
    refused(&[&files[0], &hunt[1]], "no journal of a check");
    refused(&[&hunt[0], &files[1]], "no journal of a hunt");
    let noted = std::fs::read_to_string(&files[0]).expect("a journal");
    let changed = |from: &str, to: &str, what: &str| {
        let path = files[0].with_file_name("changed.jsonl");
        assert!(noted.contains(from), "{noted}");
        std::fs::write(&path, noted.replacen(from, to, 1)).expect("a file");
        refused(&[&path, &files[1]], what);
    };
    changed("\"number\":1", "\"number\":3", "no shard: number 3 of 2");
    changed("\"number\":1", "\"number\":2", "shard 2 again: it is ");
    changed("\"parts\":[0,", "\"parts\":[1,", "does not go on at part 1");
    changed("{\"target\":0", "{\"target\":99", "target 99 does not go on");
    changed("outer = \\\"2\\\"", "outer = \\\"3\\\"", "its case does not show what it says");
    changed("\"crease_shard\":1", "\"crease_shard\":2", "its version is 1, not the 2");
    // A whole line once more.
    let lines: Vec<_> = noted.split_inclusive('\n').collect();
    changed(lines[1], &lines[1].repeat(2), "target 0 does not go on at part 0");
    let path = text(&files[0]);
    for wrong in [&["--shard", "1/2"][..], &["--journal", path], &["--shard", "3/2"]] {
        let run = crease([&asked[..], wrong].concat());
        assert_eq!(run.code, 1, "{}", run.out);
    }
    let run = crease([&asked[..], &["--shard", "2/2", "--journal", path]].concat());
    assert!(run.err.contains("its shard is 1/2, asked is 2/2"), "{}", run.err);
    for option in [&["--update"][..], &["--certify", "x.cert"]] {
        let run = merged(&files, option);
        let part = format!("{}: not for shards of a check", option[0]);
        assert!(run.code == 1 && run.err.contains(&part), "{}", run.err);
    }
}

/// What is saved of the sum is what replays.
#[test]
fn what_shards_have_found_is_saved() {
    let files = shards("check-saved", &["check", "--cases", "64", CLAIMS[1]], 2);
    let found = folder("check-saved-cases");
    let run = merged(&files, &["--out", text(&found)]);
    assert_eq!(run.code, 0, "{}", run.out);
    let case = found.join("regions.one_layer_maximum_as_printed.toml");
    assert_eq!(crease(["replay", text(&case)]).code, 0);
}

/// Islands know nothing of each other: in any number of shards they find what they find in one run.
#[test]
fn shards_of_a_hunt_find_what_one_hunt_finds() {
    let claims = ["perceptron/xor_one_relu_unit", "regions/one_layer_maximum_as_printed"];
    let asked = [&["hunt", "--steps", "360", "--islands", "6", "--twins"], &claims[..]].concat();
    let whole = crease([&asked[..], &["--json"]].concat());
    for of in [1, 4] {
        let files = shards(&format!("hunt-{of}"), &asked, of);
        assert_eq!(merged(&files, &["--json"]).out, whole.out);
    }
    let files = shards("hunt-mended", &asked, 2);
    let table = merged(&files, &[]).out;
    assert_eq!(table, crease(&asked).out);
    let noted = std::fs::read_to_string(&files[0]).expect("a journal");
    let lines: Vec<_> = noted.split_inclusive('\n').collect();
    let half = &lines[2][..lines[2].len() / 2];
    std::fs::write(&files[0], lines[..2].concat() + half).expect("a file");
    let run = merged(&files, &[]);
    assert!(run.out.ends_with("\n1 shard of 2 to be repeated: 1\n"), "{}", run.out);
    assert_eq!(shard(&asked, 1, 2, &files[0]).code, 0);
    assert_eq!(merged(&files, &[]).out, table);
    std::fs::write(&files[0], lines.concat() + lines[2]).expect("a file");
    let run = merged(&files, &[]);
    assert!(run.code == 1 && run.err.contains("is not one of the shard, or is there twice"));
    let few = [&asked[..], &["--shard", "7/7", "--journal", text(&files[1])]].concat();
    assert!(crease(few).err.contains("6 islands are fewer than the 7 shards"));
}

/// One of many shards of the experiment: the others are named, and trials are what they were.
#[test]
fn shards_of_an_experiment_are_named_and_repeated() {
    let path = folder("experiment-shards").join("one.jsonl");
    let asked = ["experiment", "width"];
    // With a part for each shard the last one has the least work.
    let of = parts(&rows(false)).len();
    let run = shard(&asked, of, of, &path);
    assert_eq!(run.code, 0, "{}", run.err);
    let noted = std::fs::read_to_string(&path).expect("a journal");
    assert_eq!(noted.lines().count(), 2);
    std::fs::write(&path, noted.split_inclusive('\n').next().expect("a line")).expect("a file");
    assert_eq!(shard(&asked, of, of, &path).code, 0);
    assert_eq!(std::fs::read_to_string(&path).expect("a journal"), noted);
    let run = merged(std::slice::from_ref(&path), &[]);
    assert_eq!(run.code, 6);
    let (missing, last) = (of - 1, format!("shards of {of} to be repeated: 1-{}\n", of - 1));
    assert!(run.out.ends_with(&format!("\n{missing} {last}")), "{}", run.out);
    let forged = noted.replacen(&format!("\"number\":{of}"), "\"number\":1", 1);
    std::fs::write(&path, forged).expect("a file");
    let run = merged(std::slice::from_ref(&path), &[]);
    assert!(run.err.contains("is not one of the shard, or is there twice"), "{}", run.err);
}

fn piece(net: &str, number: usize, of: usize, path: &Path, more: &[&str]) {
    let share = format!("{number}/{of}");
    let args = ["count", net, "--box", "-3,2", "--certify", text(path), "--shard", &share];
    let run = crease([&args[..], more].concat());
    assert_eq!(run.code, 0, "{}", run.err);
}

/// Parts that are trees, and parts that are cells.
#[test]
fn the_pieces_of_a_certificate_are_put_together() {
    let folder = folder("certificate-pieces");
    let [one, joined] = ["one.cert", "joined.cert"].map(|name| folder.join(name));
    for (net, of) in [("mlp_2-32-32-1", 3), ("mlp_2-10-10-1", 1), ("mlp_2-10-10-1", 90)] {
        let net = format!("fixtures/networks/{net}.json");
        let single = crease(["count", &net, "--box", "-3,2", "--certify", text(&one)]);
        let files: Vec<_> = (1..=of).map(|number| folder.join(format!("{number}.jsonl"))).collect();
        for (path, number) in files.iter().zip(1..) {
            let _ = std::fs::remove_file(path);
            piece(&net, number, of, path, &[]);
        }
        let run = merged(&files, &["--certify", text(&joined)]);
        assert_eq!((run.code, run.out, run.err), (0, single.out, String::new()));
        let lines = |path: &Path| {
            let text = std::fs::read_to_string(path).expect("a certificate");
            text.lines().map(|line| line.get(..2).map(str::to_owned)).collect::<Vec<_>>()
        };
        // The same tree; how a branch is refuted may differ.
        assert_eq!(lines(&joined), lines(&one));
        let run = crease(["recheck", "--net", &net, text(&joined)]);
        assert_eq!(run.code, 0, "{}{}", run.out, run.err);
    }
}

/// A shard that is missing, unfinished or doubled, one that was changed, and lower bounds.
#[test]
fn shards_of_a_certificate_that_make_none_are_refused() {
    const NET: &str = "fixtures/networks/mlp_2-10-10-1.json";
    let folder = folder("certificate-shards");
    let part = |number: usize, of: usize, more: &[&str]| {
        let path = folder.join(format!("{number}-{of}{}.jsonl", more.concat()));
        piece(NET, number, of, &path, more);
        path
    };
    let joined = folder.join("joined.cert");
    let certify = ["--certify", text(&joined)];
    let files: Vec<_> = (1..=4).map(|number| part(number, 4, &[])).collect();
    let run = merged(&files[1..], &certify);
    assert!(run.code == 6 && run.out.ends_with("1 shard of 4 to be repeated: 1\n"), "{}", run.out);
    assert!(!joined.exists());
    let twice = [&files[..], &files[..1]].concat();
    let run = merged(&twice, &certify);
    assert!(run.code == 1 && run.err.contains("shard 1 again"), "{}", run.err);
    let noted = std::fs::read_to_string(&files[2]).expect("a journal");
    let lines: Vec<_> = noted.split_inclusive('\n').collect();
    std::fs::write(&files[2], lines[..lines.len() - 1].concat()).expect("a file");
    let run = merged(&files, &certify);
    assert!(run.code == 6 && run.out.ends_with("to be repeated: 3\n"), "{}", run.out);
    std::fs::write(&files[2], noted.clone() + lines[1]).expect("a file");
    let run = merged(&files, &certify);
    assert!(run.code == 1 && run.err.contains("no part, or one that was there"), "{}", run.err);
    // A tree that says less than it says: the checker refuses it.
    std::fs::write(&files[2], noted.replacen("\"tree\":\"C ", "\"tree\":\"Z ", 1)).expect("a file");
    let run = merged(&files, &certify);
    assert!(run.code == 1 && run.err.contains("are not proved"), "{}", run.err);
    let bound: Vec<_> = (1..=2).map(|number| part(number, 2, &["--at-least"])).collect();
    let run = merged(&bound, &certify);
    assert!(run.code == 0 && run.out.starts_with("at least "), "{}{}", run.out, run.err);
    assert_eq!(crease(["recheck", "--net", NET, text(&joined)]).code, 0);
    let run = merged(&[bound[0].clone(), files[1].clone()], &certify);
    assert!(run.err.contains("another count: its "), "{}", run.err);
}
