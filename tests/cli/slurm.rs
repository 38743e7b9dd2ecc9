//! `crease slurm`: the printed script, run by an `sbatch` that does every task at once. The real
//! one is asked in `tests/cluster`.
#![cfg(unix)]

use super::{crease, folder};
use crate::support::root;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Command;

const SMALL: &str = "fixtures/networks/mlp_2-10-10-1.json";

/// Runs what it reads, once for each number of its array, and prints an id as Slurm does.
const SBATCH: &str = r#"#!/bin/sh
script=$(cat)
last=1
for word; do
  case $word in --array=1-*) last=${word#--array=1-} ;; esac
done
echo "$*" >> "$CALLS"
number=1
while [ $number -le $last ]; do
  echo "$script" | SLURM_ARRAY_JOB_ID=7 SLURM_ARRAY_TASK_ID=$number sh || exit 1
  number=$((number + 1))
done > /dev/null
echo 7
"#;

/// Prints a script, submits it, and returns what that says.
fn submitted(folder: &Path, args: &[&str]) -> String {
    let sbatch = folder.join("sbatch");
    std::fs::write(&sbatch, SBATCH).expect("a file");
    std::fs::set_permissions(&sbatch, PermissionsExt::from_mode(0o755)).expect("it is ours");
    let run = crease(args);
    assert_eq!((run.code, run.err.as_str()), (0, ""));
    let others = std::env::var_os("PATH").unwrap_or_default();
    let path = [folder.to_owned()].into_iter().chain(std::env::split_paths(&others));
    let submitted = Command::new("sh")
        .args(["-c", &run.out])
        .env("PATH", std::env::join_paths(path).expect("a search path"))
        .env("CREASE", env!("CARGO_BIN_EXE_crease"))
        .env("CALLS", folder.join("calls"))
        .current_dir(root(""))
        .output()
        .expect("a shell");
    let errors = String::from_utf8_lossy(&submitted.stderr);
    assert!(submitted.status.success(), "{errors}\n{}", run.out);
    String::from_utf8(submitted.stdout).expect("UTF-8")
}

#[test]
fn the_script_counts_in_shards_and_adds_them_up() {
    let folder = folder("slurm it's");
    let shards = folder.join("shards");
    let shards = shards.to_str().expect("UTF-8");
    let wanted = ["--box", "-3,2", "--notion", "r1", "--options", "--partition=all -q low"];
    let args = ["slurm", "count", SMALL, "--tasks", "3", "--folder", shards];
    let args = [&args[..], &wanted, &["--cores", "2", "--minutes", "5"]].concat();
    let end = format!("array 7, merge 7: the sum is written to {shards}/count.txt\n");
    assert_eq!(submitted(&folder, &args), end);
    let sum = std::fs::read_to_string(format!("{shards}/count.txt")).expect("a sum");
    assert_eq!(sum, crease(["count", SMALL, "--box", "-3,2", "--notion", "R1"]).out);
    let calls = std::fs::read_to_string(folder.join("calls")).expect("two calls");
    let [array, merge] = calls.lines().collect::<Vec<_>>()[..] else { panic!("{calls}") };
    assert!(array.contains("--array=1-3 --cpus-per-task=2 --time=5 --requeue"), "{array}");
    assert!(array.ends_with(" --partition=all -q low"), "{array}");
    assert!(merge.contains("--dependency=afterok:7"), "{merge}");
}

#[test]
fn other_work_is_done_and_added_up_likewise() {
    const CLAIM: &str = "perceptron/xor_one_relu_unit";
    let folder = folder("slurm-others");
    let shards = folder.join("shards");
    let shards = shards.to_str().expect("UTF-8");
    let sum = |work: &str, asked: &[&str]| {
        let args = [&["slurm", work], asked, &["--tasks", "2", "--folder", shards]].concat();
        let end = format!("the sum is written to {shards}/{work}.txt\n");
        assert!(submitted(&folder, &args).ends_with(&end));
        let text = std::fs::read_to_string(format!("{shards}/{work}.txt")).expect("a sum");
        std::fs::remove_file(format!("{shards}/1.jsonl")).expect("a journal");
        std::fs::remove_file(format!("{shards}/2.jsonl")).expect("a journal");
        text
    };
    let text = sum("check", &[CLAIM, "--cases", "500"]);
    assert!(text.contains("500 of 500 cases"), "{text}");
    let asked = [CLAIM, "--steps", "160", "--islands", "3", "--twins"];
    assert_eq!(sum("hunt", &asked), crease([&["hunt"], &asked[..]].concat()).out);
    let text = sum("count", &[SMALL, "--certify", "--box", "-3,2"]);
    assert_eq!(text, crease(["count", SMALL, "--box", "-3,2"]).out);
    let run = crease(["recheck", "--net", SMALL, &format!("{shards}/count.cert.gz")]);
    assert_eq!(run.code, 0, "{}", run.err);
}

#[test]
fn what_has_no_shards_is_refused_before_it_is_submitted() {
    let refused = |args: &[&str], what: &str| {
        let run = crease([&["slurm", "count"], args].concat());
        assert_eq!((run.code, run.out.as_str()), (1, ""), "{args:?}");
        assert!(run.err.contains(what), "{}", run.err);
    };
    refused(&[SMALL, "--tasks", "3", "--notion", "R4"], "whose parts add up");
    refused(&["nothing.json", "--tasks", "3"], "nothing.json: ");
    refused(&[SMALL, "--tasks", "0"], "--tasks");
    refused(&[SMALL, "--tasks", "3", "--box", "1,1"], "expected LO < HI");
    let run = crease(["slurm", "check", "nobody", "--cases", "9", "--tasks", "2"]);
    assert!(run.code == 1 && run.err.contains("no claim or family"), "{}", run.err);
    let few = ["--steps", "9", "--islands", "2", "--tasks", "3"];
    let run = crease([&["slurm", "hunt", "regions"], &few[..]].concat());
    assert!(run.code == 1 && run.err.contains("2 islands are fewer than the 3 tasks"));
}
