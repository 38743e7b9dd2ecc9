//! `crease count`: which count, where, and what happens when it is stopped.

use super::{command, crease, folder, schema};
use crate::support::root;
use serde_json::{Value, json};
use std::process::Stdio;
use std::time::{Duration, Instant};

const SMALL: &str = "fixtures/networks/mlp_2-10-10-1.json";
/// 20,876 regions. With one layer, restriction counts them where nothing else is asked.
const LARGE: &str = "fixtures/networks/arr_n50_d3.json";
const TRAINED: &str = "fixtures/networks/trained/conv4-conv8.onnx";
const IMAGES: &str = "fixtures/networks/trained/images.json";

fn truth(path: &str) -> u64 {
    let text = std::fs::read_to_string(root(path)).expect("a fixture");
    let file: Value = serde_json::from_str(&text).expect("JSON");
    file["truth"]["activation_regions"].as_u64().expect("a count")
}

/// What the program prints as JSON, with its exit code.
fn asked(args: &[&str]) -> (i32, Value) {
    let run = crease([&["count", "--json"], args].concat());
    assert_eq!(run.err, "", "{args:?}");
    (run.code, serde_json::from_str(&run.out).expect("one JSON value"))
}

/// A complete count.
fn counted(args: &[&str]) -> String {
    let (code, report) = asked(args);
    assert_eq!((code, &report["complete"]), (0, &json!(true)), "{args:?}");
    report["count"].as_str().expect("a decimal number").to_owned()
}

fn refused(args: &[&str]) -> String {
    let run = crease([&["count"], args].concat());
    assert_eq!((run.code, run.out.as_str()), (1, ""), "{args:?}: {}", run.err);
    run.err
}

#[test]
fn a_count_names_its_notion_and_domain() {
    let run = crease(["count", SMALL]);
    let line =
        format!("{} proper activation regions (R2) of mlp_2-10-10-1 on all of R^2\n", truth(SMALL));
    assert_eq!((run.code, run.out), (0, line));
    assert!(run.err.starts_with("mesh in "), "{}", run.err);
    let tent = "fixtures/networks/tent-3.json";
    let line = |args: &[&str]| crease([&["count", tent], args].concat()).out;
    let own = "8 proper activation regions (R2) of tent-3 on the box [0, 1] that its file names\n";
    assert_eq!(line(&[]), own);
    let whole = "10 proper activation regions (R2) of tent-3 on all of R^1\n";
    assert_eq!(line(&["--whole"]), whole);
    let half = "4 different affine maps (R6) of tent-3 on the box [-1, 3/8]\n";
    assert_eq!(line(&["--notion", "r6", "--box", "-1,0.375"]), half);
    // R1 alone can tell a box with its faces from one without, and says which it means.
    let folder = folder("r1-box");
    let relu = folder.join("relu.json");
    let text = r#"{"name":"relu","input_shape":[1],"layers":[{"type":"relu"}]}"#;
    std::fs::write(&relu, text).expect("a file");
    let relu = relu.to_str().expect("UTF-8");
    let on = |notion: &str| crease(["count", relu, "--box", "0,1", "--notion", notion]).out;
    assert_eq!(on("R1"), "1 activation region (R1) of relu on the open box [0, 1]\n");
    assert_eq!(on("R2"), "1 proper activation region (R2) of relu on the box [0, 1]\n");
    let one = "1 affine region (R4) of tent-3 on the box [2, 3]\n";
    assert_eq!(line(&["--notion", "R4", "--box", "2,3"]), one);
}

/// The published example on which all notions differ.
#[test]
fn every_notion_is_counted() {
    let file = folder("notions").join("min.json");
    let network = json!({
        "name": "min", "input_shape": [2],
        "layers": [
            {"type": "dense", "weight": [[1, 0], [0, 1], [0, -1]]}, {"type": "relu"},
            {"type": "dense", "weight": [[-1, 1, -1], [0, 1, 0], [0, 0, 1]]}, {"type": "relu"},
            {"type": "dense", "weight": [[1, -1, 1]]}
        ]
    });
    std::fs::write(&file, network.to_string()).expect("a file");
    let file = file.to_str().expect("UTF-8");
    let counts = ["strict", "R1", "R2", "R4", "R6"].map(|n| counted(&[file, "--notion", n]));
    assert_eq!(counts, ["0", "7", "5", "3", "3"]);
}

#[test]
fn json_has_the_question_and_the_answer() {
    let (code, report) = asked(&[SMALL, "--box", "-1,1,-2,1/2", "--threads", "1"]);
    assert_eq!(code, 0);
    let sides = json!([["-1", "1"], ["-2", "1/2"]]);
    let domain = json!({"dimension": 2, "box": sides, "from_file": false, "slice": null});
    assert_eq!(report["domain"], domain);
    let keys: Vec<_> = report.as_object().expect("an object").keys().cloned().collect();
    let mut expected =
        ["network", "notion", "domain", "count", "complete", "engine", "threads", "seconds"];
    expected.sort_unstable();
    assert_eq!(keys, expected);
    assert_eq!((&report["notion"], &report["threads"]), (&json!("R2"), &json!(1)));
    assert!(report["seconds"].as_number().is_some());
    schema::assert_valid_by("count", &report.to_string());
    let slice = format!("{IMAGES}#3a,8b");
    for args in [&[TRAINED, "--slice", &slice, "--limit", "2"][..], &[LARGE, "--time", "0"]] {
        schema::assert_valid_by("count", &asked(args).1.to_string());
    }
}

/// Where integers have more than two words, doubles decide most signs.
#[test]
fn json_has_the_share_of_exact_signs() {
    let (_, report) = asked(&["fixtures/networks/wide-weights.json", "--threads", "1"]);
    assert_eq!(report["engine"], "mesh in doubles with proved bounds");
    let signs = ["asked", "exact"].map(|name| report["signs"][name].as_u64().expect("a number"));
    assert!(signs[0] > 0 && signs[1] <= signs[0], "{signs:?}");
    schema::assert_valid_by("count", &report.to_string());
}

#[test]
fn a_slice_is_counted_in_its_coordinates() {
    let slice = format!("{IMAGES}#3a,8b");
    let run = crease(["count", TRAINED, "--slice", &slice, "--box", "0,1"]);
    let end = " of conv4-conv8 on the flat through 3a, 8b, the box [0, 1] of its coordinates\n";
    assert!(run.code == 0 && run.out.ends_with(end), "{}", run.out);
    let (_, report) = asked(&[TRAINED, "--slice", &slice]);
    assert_eq!(report["domain"]["slice"], json!(["3a", "8b"]));
}

/// Also where there are more regions than are counted in one go: the parts, by one thread and by
/// several. Normals and offsets on the moment curve are in general position.
#[test]
fn the_count_does_not_depend_on_the_threads() {
    let file = folder("threads").join("moments.json");
    let points = || (-25..=25i64).filter(|&t| t != 0);
    let weight: Vec<_> = points().map(|t| [t, t.pow(2), t.pow(3), t.pow(4), t.pow(5)]).collect();
    let network = json!({
        "name": "moments", "input_shape": [5],
        "layers": [{"type": "dense", "weight": weight, "bias": vec![1; 50]}, {"type": "relu"}]
    });
    std::fs::write(&file, network.to_string()).expect("a file");
    // The sum of C(50, j) for j up to 5.
    let moments = (file.to_str().expect("UTF-8"), "2369936".to_owned());
    let expected = truth(LARGE).to_string();
    for threads in ["1", "3"] {
        for (network, count) in [&(LARGE, expected.clone()), &moments] {
            // A limit keeps restriction from answering.
            let args = [network, "--threads", threads, "--limit", "2369937"];
            assert_eq!(counted(&args), *count);
        }
    }
    let (_, report) = asked(&[LARGE]);
    assert_eq!((&report["engine"], &report["count"]), (&json!("restriction"), &json!(expected)));
}

#[test]
fn a_limit_or_no_time_gives_a_lower_bound() {
    for limit in ["1", "1000", "20500"] {
        let (code, report) = asked(&[LARGE, "--limit", limit]);
        assert_eq!((code, &report["count"]), (6, &json!(limit)));
        assert_eq!(report["complete"], json!(false));
    }
    let run = crease(["count", LARGE, "--limit", "77", "--threads", "1"]);
    assert!(run.out.starts_with("at least 77 proper activation regions (R2) of arr_n50"));
    assert!(run.err.ends_with("; stopped early\n"), "{}", run.err);
    let (code, report) = asked(&[LARGE, "--time", "0"]);
    let least: u64 = report["count"].as_str().expect("a string").parse().expect("a number");
    assert_eq!((code, &report["complete"]), (6, &json!(false)));
    assert!(least < truth(LARGE));
    // R4 has the number of different maps as a lower bound.
    let (code, report) = asked(&[SMALL, "--notion", "R4", "--limit", "10"]);
    assert_eq!((code, &report["complete"]), (6, &json!(false)));
    assert_eq!(report["count"], json!(counted(&[SMALL, "--notion", "R6"])));
}

/// Kills the program at different moments; what it noted is enough to go on.
#[test]
fn a_count_that_is_killed_goes_on_from_its_journal() {
    let journal = folder("journal").join("count.jsonl");
    let path = journal.to_str().expect("UTF-8");
    let lines = || std::fs::read(&journal).map_or(0, |b| b.split(|c| *c == b'\n').count());
    for kill in 0..4 {
        let mut child = command(["count", LARGE, "--journal", path])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("the program starts");
        let (before, start) = (lines(), Instant::now());
        while lines() < before + 40 * kill + 3 && start.elapsed() < Duration::from_secs(60) {
            std::thread::sleep(Duration::from_millis(1));
        }
        child.kill().expect("it runs");
        child.wait().expect("it has ended");
        // The last line is half written, more often than a kill can be timed.
        let mut bytes = std::fs::read(&journal).expect("a journal");
        bytes.truncate(bytes.len() - kill);
        std::fs::write(&journal, bytes).expect("a file");
    }
    assert!(lines() > 100, "{} lines", lines());
    let expected = truth(LARGE).to_string();
    assert_eq!(counted(&[LARGE, "--journal", path]), expected);
    // All parts are noted: nothing is left to do.
    assert_eq!(counted(&[LARGE, "--journal", path, "--time", "5"]), expected);
}

#[test]
fn a_journal_of_another_question_is_refused() {
    let journal = folder("other-journal").join("count.jsonl");
    let path = journal.to_str().expect("UTF-8");
    let expected = truth(SMALL).to_string();
    assert_eq!(counted(&[SMALL, "--journal", path]), expected);
    let says = |args: &[&str], what: &str| {
        let text = refused(&[args, &["--journal", path]].concat());
        let start = format!("crease: {path}: a journal of another question: its {what}");
        assert!(text.starts_with(&start), "{text}");
    };
    says(&[SMALL, "--notion", "R1"], "notion is R2, asked is R1");
    says(&[SMALL, "--box", "0,1"], "domain is all of R^2, asked is the box [0, 1]^2");
    says(&["fixtures/networks/mlp_2-32-32-1.json"], "network is ");
    let begun = std::fs::read_to_string(&journal).expect("a journal");
    let damaged = |text: &str| {
        std::fs::write(&journal, text).expect("a file");
        refused(&[SMALL, "--journal", path])
    };
    assert!(damaged("dear diary\n").contains(": no journal of a count: "));
    assert!(damaged("dear diary").ends_with(": no journal of a count\n"));
    assert!(damaged(&begun.replacen("\"count\":", "\"cuont\":", 1)).contains(": line 2: "));
    assert!(damaged(&format!("{begun}{{\"part\":0,\"count\":9}}\n")).contains("counted twice"));
    assert!(damaged(&format!("{begun}{{\"part\":9999,\"count\":9}}\n")).contains("is not one"));
    // Half of a heading is no journal yet.
    std::fs::write(&journal, &begun[..20]).expect("a file");
    assert_eq!(counted(&[SMALL, "--journal", path]), expected);
    assert_eq!(
        std::fs::read_to_string(&journal).expect("a journal").lines().next(),
        begun.lines().next()
    );
}

/// The signs of six of forty inputs: a box with 2^40 corners. The last unit is zero without them.
#[test]
fn a_box_with_many_corners_is_counted_and_certified() {
    let folder = folder("corners");
    let path = |name: &str| folder.join(name).to_str().expect("UTF-8").to_owned();
    let (network, certificate) = (path("signs.json"), path("signs.cert"));
    let row = |i: usize| (0..40).map(|j| i32::from(i == j)).collect::<Vec<_>>();
    let layers = json!([
        {"type": "dense", "weight": (0..6).map(row).collect::<Vec<_>>()}, {"type": "relu"},
        {"type": "dense", "weight": [[1, 1, 1, 1, 1, 1]]}, {"type": "relu"}
    ]);
    let file = json!({"name": "signs", "input_shape": [40], "layers": layers});
    std::fs::write(&network, file.to_string()).expect("a file");
    let ask = |more: &[&str]| {
        let (code, report) = asked(&[&[&network[..], "--box", "-1,1"], more].concat());
        assert_eq!((report["complete"] == json!(true), code == 6), (code == 0, code != 0));
        (report["engine"].clone(), report["count"].clone())
    };
    assert_eq!(ask(&[]), (json!("descent"), json!("64")));
    assert_eq!(ask(&["--notion", "strict"]), (json!("descent"), json!("63")));
    assert_eq!(ask(&["--limit", "10"]), (json!("descent"), json!("10")));
    assert_eq!(ask(&["--limit", "10", "--notion", "strict"]), (json!("descent"), json!("10")));
    assert_eq!(ask(&["--limit", "65"]), (json!("descent"), json!("64")));
    let (_, count) = ask(&["--certify", &certificate]);
    assert_eq!(count, json!("64"));
    let run = crease(["recheck", "--net", &network, &certificate]);
    assert!(run.code == 0 && run.out.contains(": accepted, "), "{}{}", run.out, run.err);
}

#[test]
fn bad_input_is_refused_with_what_was_expected() {
    let sides = |text: &str| refused(&[SMALL, "--box", text]);
    assert_eq!(
        sides("0,1,0,1,0,1"),
        "crease: --box 0,1,0,1,0,1: expected LO,HI or a pair for each of 2 inputs, found 6 \
         numbers\n"
    );
    assert_eq!(
        sides("1,1"),
        "crease: --box 1,1: side 0 of the box goes from 1 to 1: expected LO < HI\n"
    );
    assert_eq!(sides("0,1,1,-1/2"), "crease: --box 0,1,1,-1/2: side 1 goes from 1 down to -1/2\n");
    assert_eq!(
        sides("0,1e5"),
        "crease: --box 0,1e5: entry 2: expected a number such as -3/7, 12 or 0.5, found \"1e5\"\n"
    );
    let text = refused(&[TRAINED, "--box", "0,1", "--notion", "R6"]);
    assert!(text.contains("a box with 64 sides has 2^64 corners, at most 2^12"), "{text}");
    let text = refused(&[SMALL, "--notion", "R3"]);
    assert!(text.contains("[possible values: strict, R1, R2, R4, R6]"), "{text}");
    assert!(refused(&[SMALL, "--box", "0,1", "--whole"]).contains("cannot be used with"));
    assert!(refused(&[SMALL, "--limit", "0"]).contains("0 is not in 1.."));
    assert_eq!(
        refused(&[SMALL, "--notion", "R6", "--journal", "j"]),
        "crease: j: a journal is for strict, R1 and R2, not for R6\n"
    );
    let text = refused(&[TRAINED, "--slice", &format!("{IMAGES}#3a,8b,3a")]);
    assert!(text.contains("point 2 lies in the flat through the points before it"), "{text}");
    assert!(refused(&["no.json"]).starts_with("crease: no.json: "));
}

/// The certificate is accepted for the network of the file, and stopping leaves an incomplete one.
#[test]
fn a_certified_count_is_accepted_by_the_checker() {
    let folder = folder("certified");
    let file = folder.join("count.cert");
    let path = file.to_str().expect("a plain name");
    assert_eq!(counted(&[SMALL, "--certify", path]), truth(SMALL).to_string());
    let run = crease(["recheck", "--net", SMALL, path]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(run.out.contains("242 full-dimensional"), "{}", run.out);
    let least = folder.join("least.cert");
    let least = least.to_str().expect("a plain name");
    let (code, report) = asked(&[SMALL, "--certify", least, "--at-least"]);
    assert_eq!((code, &report["complete"]), (0, &json!(false)), "no upper bound is proved");
    assert_eq!(report["count"], json!(truth(SMALL).to_string()));
    let printed = crease(["count", SMALL, "--certify", least, "--at-least"]).out;
    assert!(
        printed.starts_with("at least 242 ") && printed.contains("no upper bound"),
        "{printed}"
    );
    let bound = crease(["recheck", "--net", SMALL, least]);
    assert!(bound.out.contains("at least 242 full-dimensional"), "{}", bound.out);
    let packed = folder.join("count.cert.gz");
    let packed_path = packed.to_str().expect("a plain name");
    assert_eq!(counted(&[SMALL, "--certify", packed_path]), truth(SMALL).to_string());
    assert_eq!(
        crease(["recheck", "--net", SMALL, packed_path]).out.lines().nth(1),
        run.out.lines().nth(1)
    );
    let size = |path| std::fs::metadata(path).expect("it was written").len();
    assert!(2 * size(&packed) < size(&file), "packed, it is less than half as long");
    let text = std::fs::read_to_string(&file).expect("it was written");
    let half = text.len() / 2;
    let cut = text[..half].rfind('\n').expect("lines") + 1;
    std::fs::write(&file, &text[..cut]).expect("writable");
    assert_eq!(crease(["recheck", path]).code, 6);
    let error = refused(&[SMALL, "--certify", path, "--notion", "R4"]);
    assert!(error.contains("strict or R2, not of R4"), "{error}");
}

/// The first regions of every network of the folder are found, whatever its layers are.
#[test]
fn every_network_of_the_folder_can_be_counted() {
    let mut asked = 0;
    for (path, text) in crate::support::files_below("fixtures/networks", "json") {
        // Folders below hold files of other forms.
        if path.matches('/').count() > 2 {
            continue;
        }
        let file: Value = serde_json::from_str(&text).expect("JSON");
        let axes = file["input_shape"].as_array().expect("a list").iter();
        let inputs: u64 = axes.map(|axis| axis.as_u64().expect("a size")).product();
        // Beyond, one cell has more rays than can be kept.
        if inputs <= 16 {
            let run = crease(["count", &path, "--limit", "40"]);
            assert!(matches!(run.code, 0 | 6), "{path}: {} {}", run.code, run.err);
            asked += 1;
        }
    }
    assert!(asked >= 25, "only {asked} counts");
}
