//! Exit codes and printed output of the built program.

mod bound;
mod build;
mod check;
mod committed;
mod conjecture;
mod count;
mod dense;
mod distance;
mod errors;
mod experiment;
mod first_page;
mod fit;
#[cfg(feature = "import")]
mod networks;
mod new_claim;
#[cfg(all(feature = "import", feature = "plot"))]
mod plot;
mod proved_counts;
#[cfg(all(feature = "import", feature = "plot"))]
mod readme;
mod recheck;
mod regions_out;
#[cfg(feature = "import")]
mod robust;
pub mod schema;
mod shards;
mod shared_work;
mod slurm;
#[cfg(feature = "import")]
mod weights;

use super::support::root;
use crease::claim::{Budget, Target, Verdict};
use crease::report;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

const CLAIM: &str = "perceptron/mistake_bound";

pub struct Run {
    pub code: i32,
    pub out: String,
    pub err: String,
}

/// Runs the program and waits for it.
pub fn crease(args: impl IntoIterator<Item = impl AsRef<OsStr>>) -> Run {
    let output = command(args).output().expect("the program starts");
    Run {
        code: output.status.code().expect("no signal ended it"),
        out: String::from_utf8(output.stdout).expect("UTF-8"),
        err: String::from_utf8(output.stderr).expect("UTF-8"),
    }
}

fn command(args: impl IntoIterator<Item = impl AsRef<OsStr>>) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_crease"));
    command.args(args).current_dir(root("")).stdin(Stdio::null());
    command
}

/// An empty folder of this test's own.
pub fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).expect("a folder for tests");
    folder
}

#[test]
fn a_claim_that_is_as_claimed_exits_with_0() {
    let run = crease(["check", CLAIM]);
    assert_eq!((run.code, run.err.as_str()), (0, ""));
    let first = run.out.lines().next().expect("a line");
    let cells: Vec<_> = first.split("  ").map(str::trim).filter(|cell| !cell.is_empty()).collect();
    assert_eq!(cells[..2], [CLAIM, "holds"]);
    assert!(cells[2].starts_with("256 of 256 cases, ") && cells[2].ends_with(" numbers"));
    assert!(cells[3].starts_with("tightest: mistakes "), "{cells:?}");
    assert!(run.out.contains("\n  without: zero start "), "{}", run.out);
    let claim = crease::catalogue::find(CLAIM).expect("listed");
    let Verdict::Refuted { case, finding, .. } =
        claim.check(Target::Twin("zero start"), &Budget::cases(256))
    else {
        panic!("the twin is refuted");
    };
    let sides = format!("  {}\n", report::comparison(&finding));
    let case = format!("      at {}\n", report::compact_case(&case, 160));
    assert!(run.out.contains(&(sides + &case)), "{}", run.out);
    let counts = "\n1 of 1 claims as claimed (1 theorem) · 4 of 4 twins refuted · vacuous: none\n";
    assert!(run.out.contains(counts), "{}", run.out);
    assert!(run.out.ends_with("\n256 cases a claim, seed 0\n"), "{}", run.out);
}

#[test]
fn a_twin_that_few_cases_do_not_refute_exits_with_3() {
    // One case a claim is four a twin: for some seed those are all true by chance.
    let survived = (0..40).map(|seed| seed.to_string()).find_map(|seed| {
        let run = crease(["check", CLAIM, "--cases", "1", "--seed", &seed]);
        (run.code == 3).then_some(run)
    });
    let run = survived.expect("some seed lets a twin survive four cases");
    assert!(run.out.contains("survives ("), "{}", run.out);
    assert!(run.out.contains("1 of 1 claims as claimed"), "{}", run.out);
}

#[test]
fn a_run_without_time_exits_with_6_and_lists_what_was_not_started() {
    let run = crease(["check", CLAIM, "--time", "0"]);
    assert_eq!((run.code, run.err.as_str()), (6, ""));
    assert_eq!(run.out.matches("not started\n").count(), 5, "{}", run.out);
    assert!(run.out.ends_with("\nstopped early: what is unfinished or not started is undecided\n"));
}

/// Signals are asked of the system itself, which this reads only on Linux.
#[cfg(target_os = "linux")]
#[test]
fn an_interrupt_reports_what_is_finished_and_exits_with_6() {
    let child = command(["check", CLAIM, "--cases", "4000000000"])
        .stdout(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let id = child.id().to_string();
    let handles_interrupts = || {
        let status = std::fs::read_to_string(format!("/proc/{id}/status")).expect("it runs");
        let caught = status.lines().find_map(|line| line.strip_prefix("SigCgt:"));
        let caught = u64::from_str_radix(caught.expect("a mask").trim(), 16).expect("a number");
        // Signal 2 is the second bit.
        caught & 2 != 0
    };
    while !handles_interrupts() {
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
    let sent = Command::new("kill").args(["-INT", &id]).status().expect("kill is there");
    assert!(sent.success());
    let output = child.wait_with_output().expect("the program ends");
    assert_eq!(output.status.code(), Some(6));
    let out = String::from_utf8(output.stdout).expect("UTF-8");
    assert!(out.starts_with(CLAIM) && out.contains("unfinished: "), "{out}");
}

#[test]
fn the_output_does_not_depend_on_the_number_of_threads() {
    for format in [&[][..], &["--json"]] {
        let with = |threads| {
            let check = ["check", "perceptron", "--cases", "8", "--threads", threads];
            crease([&check[..], format].concat())
        };
        let (one, two, many) = (with("1"), with("2"), with("7"));
        assert_eq!((one.code, &one.out), (two.code, &two.out));
        assert_eq!((one.code, &one.out), (many.code, &many.out));
    }
}

#[test]
fn the_seed_changes_the_cases_and_not_the_verdict() {
    let (zero, one) = (crease(["check", CLAIM]), crease(["check", CLAIM, "--seed", "1"]));
    assert_eq!((zero.code, one.code), (0, 0));
    assert_ne!(zero.out, one.out);
}

#[test]
fn names_select_by_id_family_and_prefix_in_the_order_of_the_catalogue() {
    let ids = |names: &[&str]| {
        let run = crease([&["list"], names].concat());
        assert_eq!((run.code, run.err.as_str()), (0, ""));
        let id = |line: &str| line.split_once(' ').expect("an id").0.to_owned();
        run.out.lines().map(id).collect::<Vec<_>>()
    };
    let all: Vec<_> = crease::catalogue::all().map(|claim| claim.card().id).collect();
    assert_eq!(ids(&[]), all);
    assert_eq!(ids(&[CLAIM]), [CLAIM]);
    assert_eq!(ids(&["mistake_bo"]), [CLAIM]);
    assert_eq!(ids(&[CLAIM, "perceptron/mistake_bound", "mistake_bo"]), [CLAIM]);
    let family = ids(&["perceptron"]);
    assert!(family.iter().all(|id| id.starts_with("perceptron/")), "{family:?}");
}

#[test]
fn show_prints_the_whole_card() {
    let run = crease(["show", CLAIM]);
    assert_eq!((run.code, run.err.as_str()), (0, ""));
    let claim = crease::catalogue::find(CLAIM).expect("listed");
    let card = claim.card();
    let mut expected = vec![card.id, card.title, claim.statement(), card.source.place, card.note];
    expected.extend(claim.hypotheses().iter().map(|hypothesis| hypothesis.name));
    expected.extend(claim.twins().iter().flat_map(|twin| [twin.name, twin.fault]));
    for text in expected {
        assert!(run.out.contains(text), "{text} is missing in\n{}", run.out);
    }
}

#[test]
fn list_and_show_print_json() {
    let listed: serde_json::Value =
        serde_json::from_str(&crease(["list", "--json"]).out).expect("one JSON value");
    assert_eq!(listed.as_array().map(Vec::len), Some(crease::catalogue::all().count()));
    let shown: serde_json::Value =
        serde_json::from_str(&crease(["show", CLAIM, "--json"]).out).expect("one JSON value");
    assert_eq!(shown["id"], CLAIM);
    assert_eq!(shown["source"]["key"], "Novikoff1962");
    assert_eq!(shown["twins"].as_array().map(Vec::len), Some(4));
    assert_eq!(shown["hypotheses"][1]["name"], "zero start");
}

#[test]
fn a_saved_counterexample_replays_as_it_was_found() {
    let folder = folder("saved");
    let run = crease([OsStr::new("check"), CLAIM.as_ref(), "--save".as_ref(), folder.as_ref()]);
    assert_eq!((run.code, run.err.as_str()), (0, ""));
    let mut files: Vec<_> = std::fs::read_dir(&folder).expect("the folder").collect();
    files.sort_by_key(|file| file.as_ref().expect("a file").file_name());
    assert_eq!(files.len(), 4);
    for file in files {
        let path = file.expect("a file").path();
        let run = crease([OsStr::new("replay"), path.as_ref()]);
        assert_eq!((run.code, run.err.as_str()), (0, ""), "{}", path.display());
        assert!(run.out.ends_with("\n  as the file says\n"), "{}", run.out);
    }
}

#[test]
fn known_cases_replay_by_the_path_of_their_file() {
    let run = crease(["replay", "fixtures/perceptron/mistake_bound.toml"]);
    assert_eq!((run.code, run.err.as_str()), (0, ""));
    let text = "perceptron/mistake_bound: known case \"a start at -10\"\n  \
                does not meet: zero start\n  the conclusion is refuted: mistakes 2 > 1\n  \
                as the file says\n";
    assert!(run.out.contains(text), "{}", run.out);
}

#[test]
fn a_replay_that_shows_something_else_exits_with_2() {
    let path = folder("differs").join("case.toml");
    let case = "[case]\nu = [1]\nstart = [0]\nsamples = [[1]]\npositive = [true]\n";
    let text = format!("claim = \"{CLAIM}\"\nfound = 7\nunmet = [\"zero start\"]\n{case}");
    std::fs::write(&path, text).expect("a file");
    let run = crease([OsStr::new("replay"), path.as_ref()]);
    assert_eq!((run.code, run.err.as_str()), (2, ""));
    let expected = "  not as the file says: unmet is [], the file says [zero start]\n  \
                    not as the file says: found is 1, the file says 7\n";
    assert!(run.out.ends_with(expected), "{}", run.out);
}

#[test]
fn a_reader_that_leaves_early_is_no_error() {
    for args in [&["check", CLAIM][..], &["list"], &["man"], &["completions", "bash"]] {
        let mut child = command(args)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program starts");
        drop(child.stdout.take());
        let output = child.wait_with_output().expect("the program ends");
        let err = String::from_utf8(output.stderr).expect("UTF-8");
        assert_eq!((output.status.code(), err.as_str()), (Some(0), ""), "{args:?}");
    }
}

#[test]
fn completions_and_man_pages_know_the_commands() {
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let run = crease(["completions", shell]);
        assert_eq!((run.code, run.err.as_str()), (0, ""));
        assert!(run.out.contains("replay") && run.out.contains("threads"), "{shell}");
    }
    let page = crease(["man"]);
    assert!(page.code == 0 && page.out.contains("crease\\-check(1)"), "{}", page.out);
    let page = crease(["man", "check"]);
    assert!(page.code == 0 && page.out.contains("a twin survived"), "{}", page.out);
}

#[test]
fn the_help_lists_every_exit_code() {
    for args in [&["--help"][..], &["check", "--help"]] {
        let run = crease(args);
        assert_eq!((run.code, run.err.as_str()), (0, ""));
        for (exit, meaning) in crease::cli::Exit::ALL {
            let line = format!("{:>2}  {meaning}\n", exit as u8);
            assert!(run.out.contains(&line), "{line} is missing in\n{}", run.out);
        }
    }
}

#[test]
fn recheck_exits_with_0_5_or_6() {
    let accepted = "fixtures/certificates/xor.cert";
    let run = crease(["recheck", accepted]);
    assert_eq!((run.code, run.err.as_str()), (0, ""));
    assert!(run.out.starts_with("fixtures/certificates/xor.cert: accepted, separation for "));
    let run = crease(["recheck", "fixtures/forgeries/zero_denominator.cert", accepted]);
    assert_eq!((run.code, run.err.as_str()), (5, ""));
    assert!(run.out.contains(": refused: line 7: expected a fraction"), "{}", run.out);
    assert!(run.out.contains(": accepted, "), "the other file is checked all the same");
    let run = crease(["recheck", accepted, "fixtures/forgeries/without_end.cert"]);
    assert_eq!((run.code, run.err.as_str()), (6, ""));
    let run = crease(["recheck", "no/such.cert", accepted]);
    assert_eq!(run.code, 1);
    assert!(run.err.starts_with("crease: no/such.cert: ") && run.out.contains(": accepted, "));
}

#[test]
fn eval_prints_exact_outputs() {
    let xor = "fixtures/networks/xor.json";
    let run = crease(["eval", xor, "--at", "1/2, 1"]);
    assert_eq!((run.code, run.out.as_str(), run.err.as_str()), (0, "1/2\n", ""));
    let run = crease(["eval", xor, "--at", "-1,1/3", "--gradient", "--pattern"]);
    assert_eq!((run.code, run.out.as_str()), (0, "0\ngradient 0 0\npattern 0 0\n"));
    let run = crease(["eval", xor, "--at", "1,1", "--json", "--pattern", "--gradient"]);
    let json = r#"{"network":"xor","at":["1","1"],"output":["0"],"gradient":[["-1","-1"]],"#;
    let rest = "\"kinks\":[],\"pattern\":[[1,1]]}\n";
    assert_eq!((run.code, run.out.as_str()), (0, &*format!("{json}{rest}")));
}

#[test]
fn eval_has_the_gradient_beside_a_kink() {
    let path = folder("eval-kink").join("net.json");
    let said = |layers: &str, input: &str, at: &str, more: &[&str]| {
        let text = format!(r#"{{"name":"n","input_shape":[{input}],"layers":[{layers}]}}"#);
        std::fs::write(&path, text).expect("a file");
        let net = path.to_str().expect("UTF-8");
        let run = crease([&["eval", net, "--at", at, "--gradient"], more].concat());
        assert_eq!((run.code, run.err.as_str()), (0, ""));
        run.out
    };
    let relu = r#"{"type":"relu"}"#;
    // relu(x) - relu(-x) is x.
    let both = r#"{"type":"dense","weight":[[1],[-1]]}"#;
    let identity = format!(r#"{both},{relu},{{"type":"dense","weight":[[1,-1]]}}"#);
    let expected = "0\ngradient 1\nkink layer 1 unit 1\nkink layer 1 unit 2\npattern 0 0\n";
    assert_eq!(said(&identity, "1", "0", &["--pattern"]), expected);
    let json = said(&identity, "1", "0", &["--json"]);
    let end = r#""gradient":[["1"]],"kinks":[[1,1],[1,2]]}"#;
    assert!(json.trim_end().ends_with(end), "{json}");
    // Off the kink nothing is listed; at one, the slope is that of the left.
    assert_eq!(said(&identity, "1", "-1/3", &[]), "-1/3\ngradient 1\n");
    assert_eq!(said(relu, "1", "0", &[]), "0\ngradient 0\nkink layer 1 unit 1\n");
    // The first input decides, then the second: relu(y) is off below 0, relu(y - x) is on.
    let two = format!(r#"{{"type":"dense","weight":[[0,1],[-1,1]]}},{relu}"#);
    let kinks = "kink layer 1 unit 1\nkink layer 1 unit 2\n";
    let expected = format!("0\n0\ngradient 0 0\ngradient -1 1\n{kinks}");
    assert_eq!(said(&two, "2", "0,0", &[]), expected);
}
