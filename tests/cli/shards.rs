//! Counts in shards: together they are the count, and what does not belong together is refused.

use super::{command, crease, folder, schema};
use crease::cli::shards::divided;
use crease::engines::CountRegions;
use crease::generators::networks;
use crease::geometry::double_description::Progress;
use crease::net::regions::{Cells, Domain, Notion};
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

const SMALL: &str = "fixtures/networks/mlp_2-10-10-1.json";
/// 20,876 regions.
const LARGE: &str = "fixtures/networks/arr_n50_d3.json";
const NOTIONS: [Notion; 3] = [Notion::Strict, Notion::R1, Notion::R2];

/// Every part has one shard, and the sums of the shards are the count: for all that adds up, and
/// for more shards than parts.
#[test]
fn shards_add_up_to_the_count() {
    let mut runner = TestRunner::deterministic();
    let stop = AtomicBool::new(false);
    for round in 0..24 {
        let drawn = networks::dense(2 + round % 2, 4, 1..=2).new_tree(&mut runner);
        let network = drawn.expect("a network").current();
        let cells = Cells::new(&network, &Domain::Whole);
        for notion in NOTIONS {
            let whole = network.count_regions(notion, &Domain::Whole);
            let list = |least| cells.parts(notion, least, &stop).expect("nobody stops it");
            let (parts, finer) = (list(20), list(160));
            let count = |part: &Vec<u32>| cells.count(notion, part, Progress::UNBOUNDED).0;
            let counts: Vec<u64> = parts.iter().map(count).collect();
            let floor = u64::from(notion != Notion::Strict);
            assert_eq!(counts.iter().sum::<u64>().max(floor), whole);
            for shards in 1..=40 {
                let own = divided(&parts, &finer, shards);
                assert_eq!(own, divided(&parts, &finer, shards));
                let mut sums = vec![0; shards];
                own.iter().zip(&counts).for_each(|(shard, count)| sums[*shard] += count);
                assert_eq!(sums.iter().sum::<u64>().max(floor), whole);
            }
        }
    }
}

/// The heaviest parts go first: no shard has more than its mean and one part.
#[test]
fn loads_are_as_even_as_parts_allow() {
    let parts: Vec<Vec<u32>> = (0..100).map(|part| vec![part]).collect();
    let finer: Vec<Vec<u32>> = (0..100)
        .flat_map(|part: u32| (0..=part % 17).map(move |child| vec![part, child]))
        .collect();
    let weight = |part: usize| 2 + part as u64 % 17;
    for shards in 1..=120 {
        let own = divided(&parts, &finer, shards);
        let mut loads = vec![0; shards];
        own.iter().enumerate().for_each(|(part, shard)| loads[*shard] += weight(part));
        let (most, all) = (loads.iter().max().expect("a shard"), loads.iter().sum::<u64>());
        assert!(*most <= all / shards as u64 + 18, "{shards}: {loads:?}");
    }
}

fn journals(name: &str, network: &str, of: usize, more: &[&str]) -> Vec<PathBuf> {
    let folder = folder(name);
    let shard = |number: usize| {
        let path = folder.join(format!("{number}.jsonl"));
        let run = crease(shard_args(network, number, of, &path).iter().chain(more));
        assert_eq!(run.code, 0, "{}", run.err);
        let end = format!(": shard {number}/{of}\n");
        assert!(run.out.starts_with("at least ") && run.out.ends_with(&end), "{}", run.out);
        path
    };
    (1..=of).map(shard).collect()
}

fn shard_args(network: &str, number: usize, of: usize, path: &Path) -> Vec<&'static str> {
    let words = format!("count {network} --shard {number}/{of} --journal {}", path.display());
    words.leak().split(' ').collect()
}

fn merged<'a>(files: impl IntoIterator<Item = &'a PathBuf>) -> (i32, String, String) {
    let files = files.into_iter().map(|path| path.to_str().expect("UTF-8"));
    let run = crease(["merge"].into_iter().chain(files));
    (run.code, run.out, run.err)
}

#[test]
fn merged_shards_say_what_one_run_says() {
    for (notion, of) in [("R2", 1), ("R1", 3), ("strict", 7), ("R2", 40)] {
        let name = format!("shards-{notion}-{of}");
        let files = journals(&name, SMALL, of, &["--notion", notion, "--box", "-3,2"]);
        let single = crease(["count", SMALL, "--notion", notion, "--box", "-3,2"]);
        assert_eq!(merged(&files), (0, single.out, String::new()));
    }
    let files = journals("shards-json", SMALL, 2, &[]);
    let files: Vec<_> = files.iter().map(|path| path.to_str().expect("UTF-8")).collect();
    let run = crease([&["merge", "--json"], &files[..]].concat());
    let report: serde_json::Value = serde_json::from_str(&run.out).expect("JSON");
    assert_eq!((&report["complete"], &report["shards"]), (&true.into(), &2.into()));
    assert_eq!(report["repeat"], serde_json::json!([]));
    let path = folder("shards-schema").join("1.jsonl");
    let mut args = shard_args(SMALL, 1, 2, &path);
    args.push("--json");
    let text = crease(args).out;
    schema::assert_valid_by("count", &text);
    let report: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    assert_eq!((&report["shard"], &report["complete"]), (&"1/2".into(), &false.into()));
}

#[test]
fn a_shard_that_is_killed_and_repeated_changes_nothing() {
    let mut files = journals("shards-killed", LARGE, 5, &[]);
    let single = crease(["count", LARGE]).out;
    let third = files[2].clone();
    let lines = || std::fs::read_to_string(&third).map_or(0, |text| text.lines().count());
    std::fs::remove_file(&third).expect("a shard");
    let mut child = command(shard_args(LARGE, 3, 5, &third))
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("the program starts");
    while lines() < 20 {
        std::thread::sleep(Duration::from_millis(1));
    }
    child.kill().expect("it runs");
    child.wait().expect("it has ended");
    // Half a line at the end, wherever it was killed.
    let text = std::fs::read_to_string(&third).expect("a journal");
    std::fs::write(&third, &text[..text.len() - 3]).expect("a file");
    let (code, out, _) = merged(&files);
    assert!(code == 6 && out.starts_with("at least "), "{out}");
    assert!(out.ends_with("\n1 shard of 5 to be repeated: 3\n"), "{out}");
    assert_eq!(crease(shard_args(LARGE, 3, 5, &third)).code, 0);
    assert_eq!(merged(&files), (0, single.clone(), String::new()));
    // Once more, and nothing is counted twice.
    assert_eq!(crease(shard_args(LARGE, 3, 5, &third)).code, 0);
    files.reverse();
    assert_eq!(merged(&files), (0, single, String::new()));
    let (code, out, _) = merged(&files[3..]);
    assert_eq!(code, 6);
    assert!(out.ends_with("\n3 shards of 5 to be repeated: 3-5\n"), "{out}");
}

#[test]
fn what_does_not_belong_together_is_refused() {
    let files = journals("shards-refused", SMALL, 3, &[]);
    let folder = files[0].parent().expect("a folder");
    let refused = |files: &[&PathBuf], end: &str| {
        let (code, out, err) = merged(files.iter().copied());
        assert_eq!((code, out.as_str()), (1, ""), "{err}");
        assert!(err.ends_with(&format!("{end}\n")) && err.lines().count() == 1, "{err}");
    };
    let first = files[0].display();
    let twice = format!("shard 1 again: it is {first}");
    refused(&[&files[0], &files[1], &files[0]], &twice);
    let other = journals("shards-other", SMALL, 2, &[]);
    refused(&[&files[0], &other[1]], &format!("of {first}"));
    let notion = journals("shards-notion", SMALL, 3, &["--notion", "R1"]);
    let what = format!("another count: its notion is R1, not the R2 of {first}");
    refused(&[&files[0], &notion[1]], &what);
    let network = journals("shards-network", "fixtures/networks/mlp_2-32-32-1.json", 3, &[]);
    refused(&[&files[0], &network[1]], &format!("of {first}"));
    let whole = folder.join("whole.jsonl");
    assert_eq!(crease(["count", SMALL, "--journal", whole.to_str().expect("UTF-8")]).code, 0);
    refused(&[&whole], "ask `crease count` again to go on with it");
    // The shard of one file under the name of another.
    let forged = folder.join("forged.jsonl");
    let text = std::fs::read_to_string(&files[0]).expect("a journal");
    let renamed = text.replacen("\"number\":1", "\"number\":2", 1);
    std::fs::write(&forged, renamed).expect("a file");
    let (code, _, err) = merged([&files[0], &forged]);
    assert!(code == 1 && err.contains("is in another shard, too"), "{err}");
    std::fs::write(&forged, "dear diary\n").expect("a file");
    let (code, _, err) = merged([&files[0], &forged]);
    assert!(code == 1 && err.contains("no journal of a count"), "{err}");
    let path = files[0].to_str().expect("UTF-8");
    for wrong in ["0/3", "4/3", "3", "1/0", "x/3", "1/70000"] {
        let run = crease(["count", SMALL, "--shard", wrong, "--journal", path]);
        assert!(run.code == 1 && run.err.contains("expected I/N"), "{wrong}: {}", run.err);
    }
    let run = crease(["count", SMALL, "--shard", "2/3", "--journal", path]);
    assert!(run.code == 1 && run.err.contains("its shard is 1/3, asked is 2/3"), "{}", run.err);
    let run = crease(["count", SMALL, "--shard", "1/3"]);
    assert!(run.code == 1 && run.err.contains("--journal"), "{}", run.err);
}
