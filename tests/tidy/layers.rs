//! Who may know whom. The table is the map of CONTRIBUTING.md in executable form.

use super::{files, report, root};

/// What claims are made of. Generators know all but `claim`, the catalogue all but `format`: cases
/// hold networks as the text of a network file, and claims read none.
const CASES: &[&str] = &[
    "format",
    "exact",
    "geometry",
    "net",
    "engines",
    "analysis",
    "counting",
    "properties",
    "approximate",
    "construct",
    "robust",
    "kernel",
    "spline",
    "train",
    "generators",
    "claim",
    // Its own prelude.
    "catalogue",
];

/// A room and the rooms whose names may follow `crate::` in it.
const MAY_KNOW: &[(&str, &[&str])] = &[
    ("exact", &["exact", "in_words_or_big"]),
    ("geometry", &["exact", "geometry"]),
    ("net", &["exact", "geometry", "net"]),
    (
        "engines",
        &[
            "exact",
            "geometry",
            "net",
            "in_words_or_big",
            // A package of its own: these are its modules.
            "arrangement",
            "descent",
            "lp",
            "ratios",
            "restriction",
            "split_tree",
            "Engine",
        ],
    ),
    ("analysis", &["exact", "engines", "analysis"]),
    ("counting", &["exact", "counting"]),
    ("properties", &["exact", "geometry", "net", "engines", "properties"]),
    ("robust", &["exact", "geometry", "net", "engines", "robust"]),
    ("format", &["exact", "net", "format"]),
    ("approximate", &["analysis", "exact", "net", "properties", "approximate"]),
    ("construct", CASES.split_at(10).0.split_at(1).1),
    // Knows numbers alone: what a kernel is needs no network, and nobody trains one to have it.
    ("kernel", &["analysis", "exact", "kernel"]),
    ("spline", &["analysis", "exact", "geometry", "net", "engines", "properties", "spline"]),
    ("train", &["analysis", "exact", "net", "properties", "train"]),
    ("generators", CASES.split_at(14).0),
    ("claim", &["exact", "claim"]),
    // Any claim will do: it never names one.
    ("hunt", &["exact", "claim", "hunt"]),
    ("catalogue", CASES.split_at(1).1),
    // Kernels to compare networks with, and for the margin of real data.
    ("experiment", &["analysis", "exact", "kernel", "train", "experiment"]),
    ("obligations", &["claim"]),
    ("report", &["exact", "claim", "report"]),
    (
        "cli",
        &[
            "analysis",
            "counting",
            "exact",
            "format",
            "geometry",
            "net",
            "engines",
            "properties",
            "robust",
            "construct",
            "approximate",
            "train",
            "spline",
            "experiment",
            // The questions that `check` draws.
            "kernel",
            "generators",
            "claim",
            "hunt",
            "catalogue",
            "report",
            "cli",
        ],
    ),
];

/// Crates that only these rooms may name.
const ONLY_IN: &[(&str, &[&str])] = &[
    ("proptest", &["generators", "claim", "catalogue", "cli"]),
    ("chacha20", &["train"]),
    ("clap", &["cli"]),
    ("crease_recheck", &["cli", "obligations"]),
    ("libtest_mimic", &["obligations"]),
    ("flate2", &["cli"]),
    ("indicatif", &["cli"]),
    ("rayon", &["cli"]),
    ("csv", &["format"]),
    ("ctrlc", &["cli"]),
    ("maud", &["report"]),
    ("nalgebra", &["construct"]),
    ("num_bigint", &["analysis", "exact", "engines"]),
    ("num_rational", &["exact"]),
    ("prost", &["format"]),
    ("pulldown_cmark", &["report"]),
    ("safetensors", &["format"]),
    ("svg", &["report"]),
    ("winnow", &["approximate"]),
    // The experiment reads the images that are part of the crate.
    // A hunt changes network files inside of cases.
    ("serde_json", &["format", "report", "experiment", "hunt", "cli"]),
    ("std::fs", &["cli", "obligations"]),
    ("std::env", &["cli"]),
    ("std::process", &["cli"]),
    ("std::time", &["cli"]),
    ("std::thread", &["cli"]),
    // Their order changes from run to run: no number in the other rooms may depend on it.
    ("HashMap", &["counting", "engines", "format", "geometry", "net", "properties", "cli"]),
    ("HashSet", &["format", "net"]),
];

fn room(path: &str) -> Option<&str> {
    let inner = path.strip_prefix("src/")?;
    let inner = inner.strip_prefix("core/").unwrap_or(inner);
    let room = inner.split(['/', '.']).next()?;
    // Checker and Python bindings are packages of their own: manifests say what they may know.
    (!matches!(room, "lib" | "main" | "checker" | "python")).then_some(room)
}

#[test]
fn every_room_is_on_the_map() {
    let strangers = files("src", &[".rs"]).into_iter().filter_map(|file| {
        let room = room(&file.path)?;
        let known = MAY_KNOW.iter().any(|(name, _)| *name == room);
        (!known).then(|| format!("{}: no line of MAY_KNOW speaks of `{room}`", file.path))
    });
    report("a new room needs a line in the table of who may know whom", strangers.collect());
}

#[test]
fn rooms_know_only_what_is_below_them() {
    let mut offences = Vec::new();
    for file in files("src", &[".rs"]) {
        let Some((_, allowed)) =
            room(&file.path).and_then(|room| MAY_KNOW.iter().find(|(name, _)| *name == room))
        else {
            continue;
        };
        for (number, line) in file.product_lines().filter(|(_, line)| !is_comment(line)) {
            for (at, _) in line.match_indices("crate::") {
                let rest = &line[at + "crate::".len()..];
                let word: String =
                    rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
                // What is exported for everybody: the words that begin a claim.
                if rest[word.len()..].starts_with('!') || rest.starts_with("{conjecture") {
                    continue;
                }
                if !allowed.contains(&word.as_str()) {
                    offences.push(format!(
                        "{}:{number} knows `{word}`: {}",
                        file.path,
                        line.trim()
                    ));
                }
            }
        }
    }
    report("a room may name only what MAY_KNOW allows (and one `crate::` path a `use`)", offences);
}

#[test]
fn no_claim_looks_into_another() {
    let mut offences = Vec::new();
    for file in files("src/catalogue", &[".rs"]) {
        let looks = |line: &str| {
            let is_prelude = line == "use crate::catalogue::prelude::*;";
            line.contains("super::") || line.contains("catalogue::") && !is_prelude
        };
        let is_list = file.path.ends_with("mod.rs");
        for (number, line) in file.product_lines() {
            if !is_list && !is_comment(line) && looks(line) {
                offences.push(format!("{}:{number}: {}", file.path, line.trim()));
            }
        }
    }
    report("what two claims share moves down a layer, never sideways", offences);
}

#[test]
fn outside_crates_stay_in_their_rooms() {
    let mut offences = Vec::new();
    for file in files("src", &[".rs"]) {
        let Some(room) = room(&file.path) else { continue };
        for (number, line) in file.product_lines().filter(|(_, line)| !is_comment(line)) {
            for (name, rooms) in ONLY_IN {
                let path = format!("{name}::");
                if line.contains(&path) && !rooms.contains(&room) {
                    offences.push(format!("{}:{number} names {name}: {}", file.path, line.trim()));
                }
            }
        }
    }
    report("an outside crate is known only to the rooms that ONLY_IN lists", offences);
}

/// Its manifest is the wall: nothing of ours is in it, and what is in it is named here.
#[test]
fn the_checker_depends_on_integers_and_gzip_alone() {
    let manifest = manifest("src/checker/Cargo.toml");
    let kinds = ["dependencies", "dev-dependencies", "build-dependencies", "target"];
    let named: Vec<_> = kinds
        .iter()
        .filter_map(|kind| manifest.get(*kind)?.as_table())
        .flat_map(|table| table.keys().map(String::as_str))
        .collect();
    assert_eq!(named, ["dashu-int", "flate2"]);
    let outside = files("src/checker", &[".rs"]).into_iter().filter_map(|file| {
        let reaches = ["#[path", "include!(", "crease::"];
        reaches.iter().any(|word| file.text.contains(word)).then_some(file.path)
    });
    report("the checker takes no source from outside its folder", outside.collect());
}

/// A module uses only modules that do not use it, directly or through others.
#[test]
fn the_modules_of_the_checker_have_no_circles() {
    let sources = files("src/checker", &[".rs"]);
    let module = |path: &str| {
        let name = path.strip_prefix("src/checker/").unwrap_or(path);
        name.trim_end_matches(".rs").trim_end_matches("/mod").replace('/', "::")
    };
    let names: Vec<String> = sources.iter().map(|file| module(&file.path)).collect();
    let mut uses: Vec<Vec<usize>> = Vec::new();
    for (file, name) in sources.iter().zip(&names) {
        let folder = name.split_once("::").map_or("", |(folder, _)| folder);
        let lines = file.product_lines().filter(|(_, line)| !is_comment(line));
        let text: String = lines.map(|(_, line)| format!("{line}\n")).collect();
        let is_used = |other: &String| {
            let inner = other.split_once("::").filter(|(outer, _)| *outer == folder);
            let by_super = inner.map(|(_, inner)| format!("super::{inner}::"));
            // The head of a folder names its parts without a prefix.
            let own = other.strip_prefix(&format!("{name}::")).map(|own| format!("use {own}::"));
            [Some(format!("crate::{other}::")), by_super, own]
                .iter()
                .flatten()
                .any(|path| text.contains(path.as_str()))
        };
        uses.push((0..names.len()).filter(|i| is_used(&names[*i])).collect());
    }
    assert!(uses.iter().map(Vec::len).sum::<usize>() > 60, "the uses are not recognized");
    // Repeatedly drop what uses nothing that is left: what stays is on a circle or above one.
    let mut left: Vec<usize> = (0..names.len()).collect();
    loop {
        let before = left.clone();
        left.retain(|i| uses[*i].iter().any(|used| before.contains(used)));
        if left.len() == before.len() {
            break;
        }
    }
    let circles = left.into_iter().map(|i| names[i].clone());
    report("these modules of the checker use each other in a circle", circles.collect());
}

fn manifest(path: &str) -> toml::Table {
    std::fs::read_to_string(root().join(path)).expect("a file").parse().expect("TOML")
}

/// Not built by the test command, so nothing else would notice.
#[test]
fn packages_apart_lock_what_the_crate_needs() {
    locks_what_the_crate_needs("fuzz");
    locks_what_the_crate_needs("src/python");
}

fn locks_what_the_crate_needs(folder: &str) {
    let locked = manifest(&format!("{folder}/Cargo.lock"));
    let packages = locked["package"].as_array().expect("a list");
    let own = packages.iter().find(|p| p["name"].as_str() == Some("crease")).expect("our crate");
    // A name is followed by its version where there are several.
    let name = |entry: &toml::Value| entry.as_str()?.split(' ').next().map(str::to_owned);
    let known: Vec<_> =
        own["dependencies"].as_array().expect("a list").iter().filter_map(name).collect();
    let manifest = manifest("Cargo.toml");
    let needed = manifest["dependencies"].as_table().expect("a table").iter();
    let needed = needed.filter(|(_, d)| d.get("optional").is_none());
    let missing: Vec<_> =
        needed.map(|(name, _)| name).filter(|name| !known.contains(name)).collect();
    assert!(missing.is_empty(), "{folder}/Cargo.lock lacks {missing:?}: cargo update -w there");
}

fn is_comment(line: &str) -> bool {
    line.trim_start().starts_with("//")
}
