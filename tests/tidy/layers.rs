//! Who may know whom. The table is the map of CONTRIBUTING.md in executable form.

use super::{files, report, root};

/// A room and the rooms whose names may follow `crate::` in it.
const MAY_KNOW: &[(&str, &[&str])] = &[
    ("exact", &["exact"]),
    ("geometry", &["exact", "geometry"]),
    ("net", &["exact", "geometry", "net"]),
    ("analysis", &["exact", "analysis"]),
    ("counting", &["exact", "geometry", "counting"]),
    ("format", &["exact", "net", "format"]),
    ("approximate", &["analysis", "exact", "net", "approximate"]),
    (
        "construct",
        &["analysis", "counting", "exact", "geometry", "net", "approximate", "construct"],
    ),
    // Knows numbers alone: what a kernel is needs no network, and nobody trains one to have it.
    ("kernel", &["analysis", "exact", "geometry", "kernel"]),
    ("train", &["analysis", "exact", "net", "train"]),
    (
        "generators",
        &[
            "analysis",
            "counting",
            "exact",
            "geometry",
            "net",
            "approximate",
            "construct",
            "kernel",
            "train",
            "generators",
        ],
    ),
    ("claim", &["exact", "claim"]),
    (
        "catalogue",
        &[
            "analysis",
            "counting",
            "exact",
            "geometry",
            "net",
            "approximate",
            "construct",
            "kernel",
            "train",
            "generators",
            "claim",
        ],
    ),
    // Kernels to compare networks with, and for the margin of real data.
    ("experiment", &["analysis", "exact", "kernel", "train", "experiment"]),
    ("report", &["exact", "claim", "report"]),
    (
        "cli",
        &[
            "counting",
            "exact",
            "format",
            "geometry",
            "net",
            "construct",
            "approximate",
            "train",
            "experiment",
            "claim",
            "catalogue",
            "report",
            "checker",
            "cli",
        ],
    ),
    ("checker", &[]),
];

/// Crates that only these rooms may name.
const ONLY_IN: &[(&str, &[&str])] = &[
    ("proptest", &["generators", "claim", "catalogue"]),
    ("chacha20", &["train"]),
    ("clap", &["cli"]),
    ("ethnum", &["exact", "net"]),
    ("flate2", &["checker", "cli"]),
    ("indicatif", &["cli"]),
    ("rayon", &["cli"]),
    ("ctrlc", &["cli"]),
    ("nalgebra", &["construct"]),
    ("num_bigint", &["analysis", "exact", "checker"]),
    ("num_rational", &["exact"]),
    ("prost", &["format"]),
    ("safetensors", &["format"]),
    ("svg", &["report"]),
    ("winnow", &["approximate"]),
    // The experiment reads the images that are part of the crate.
    ("serde_json", &["format", "report", "experiment", "cli"]),
    ("std::fs", &["cli"]),
    ("std::env", &["cli"]),
    ("std::process", &["cli"]),
    ("std::time", &["cli"]),
    ("std::thread", &["cli"]),
    // Their order changes from run to run: no number in the other rooms may depend on it.
    ("HashMap", &["format", "geometry", "net", "cli"]),
    ("HashSet", &["format", "net"]),
];

fn room(path: &str) -> Option<&str> {
    let inner = path.strip_prefix("src/")?;
    let inner = inner.strip_prefix("core/").unwrap_or(inner);
    let room = inner.split(['/', '.']).next()?;
    (!matches!(room, "lib" | "main" | "bin")).then_some(room)
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
        let looks = |line: &str| line.contains("super::") || line.contains("catalogue::");
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

#[test]
fn the_checker_shares_no_line_with_the_crate() {
    let mut offences = Vec::new();
    let sources = files("src/checker", &[".rs"]).into_iter().chain(files("src/bin", &[".rs"]));
    for file in sources {
        for (number, line) in file.text.lines().enumerate() {
            // One `super` stays inside the folder that `crease-recheck` compiles by path.
            let leaves = ["crate::", "crease::", "super::super", "#[path = \"../"];
            let own_path = line.contains("#[path = \"../checker/mod.rs\"]");
            if leaves.iter().any(|path| line.contains(path)) && !own_path {
                offences.push(format!("{}:{}: {}", file.path, number + 1, line.trim()));
            }
        }
    }
    report("the checker knows nothing of this crate", offences);
}

/// Not built by the test command, so nothing else would notice.
#[test]
fn the_fuzz_targets_lock_what_the_crate_needs() {
    let read = |path: &str| -> toml::Table {
        std::fs::read_to_string(root().join(path)).expect("a file").parse().expect("TOML")
    };
    let locked = read("fuzz/Cargo.lock");
    let packages = locked["package"].as_array().expect("a list");
    let own = packages.iter().find(|p| p["name"].as_str() == Some("crease")).expect("our crate");
    // A name is followed by its version where there are several.
    let name = |entry: &toml::Value| entry.as_str()?.split(' ').next().map(str::to_owned);
    let known: Vec<_> =
        own["dependencies"].as_array().expect("a list").iter().filter_map(name).collect();
    let manifest = read("Cargo.toml");
    let needed = manifest["dependencies"].as_table().expect("a table").iter();
    let needed = needed.filter(|(_, d)| d.get("optional").is_none());
    let missing: Vec<_> =
        needed.map(|(name, _)| name).filter(|name| !known.contains(name)).collect();
    assert!(missing.is_empty(), "fuzz/Cargo.lock lacks {missing:?}: cargo update -w there");
}

fn is_comment(line: &str) -> bool {
    line.trim_start().starts_with("//")
}
