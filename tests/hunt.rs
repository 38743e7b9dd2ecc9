//! Hunts of planted falsehoods, beside random cases; and records.

mod planted;
mod planted_graphs;
mod planted_ratios;
mod planted_sizes;

use crease::claim::{AnyClaim, Target, Verdict};
use crease::cli::check;
use crease::cli::hunt::{self, Hunted, Quarry};
use crease::cli::records;
use planted::PLANTED;
use std::time::Instant;

fn hunted(claims: &[&'static dyn AnyClaim], args: &hunt::Args) -> Vec<Hunted> {
    let quarries: Vec<_> = claims.iter().map(|&claim| Quarry { claim, twin: None }).collect();
    hunt::run(&quarries, args).expect("threads")
}

fn steps(steps: u64) -> hunt::Args {
    hunt::Args { steps: Some(steps), grow: hunt::GROWTH, ..hunt::Args::default() }
}

/// What can be found in so few steps is found, and shows what it says.
#[test]
fn planted_falsehoods_are_found() {
    let all = hunted(PLANTED, &steps(800));
    let found: Vec<_> = all.iter().filter_map(shown).collect();
    assert!(found.len() >= 10, "{found:?}");
}

/// The counterexample of a hunt, which replays as it says.
fn shown(hunted: &Hunted) -> Option<&'static str> {
    let Hunted { quarry: Quarry { claim, .. }, finds, .. } = hunted;
    assert_eq!(finds.panicked, None, "{}", claim.card().id);
    let found = finds.counterexample.as_ref()?;
    let replayed = claim.replay(Target::Claim, &found.case).expect("a case");
    assert_eq!((replayed.unmet.len(), &replayed.conclusion), (0, &Ok(found.finding.clone())));
    assert!(!found.finding.holds());
    Some(claim.card().id)
}

/// Where there is a clock, sizes grow: the statement is true of all that its generator draws.
#[test]
fn a_statement_that_fails_from_some_size_on_is_refuted() {
    let args = hunt::Args { time: Some(100), grow: hunt::GROWTH, ..hunt::Args::default() };
    let all = hunted(&PLANTED[..1], &args);
    assert_eq!(shown(&all[0]), Some("planted/named_filters"));
}

#[test]
fn a_hunt_of_steps_depends_on_its_seed_alone() {
    let run = |threads, seed| {
        let args = hunt::Args { threads, seed, ..steps(600) };
        let finds = hunted(&PLANTED[14..18], &args).into_iter().map(|hunted| hunted.finds);
        finds.map(|finds| format!("{finds:?}")).collect::<Vec<_>>()
    };
    let one = run(check::Args::default().threads, 0);
    assert_eq!(one, run(crease::cli::Threads::ONE, 0));
    assert_ne!(one, run(crease::cli::Threads::ONE, 1));
}

/// `CREASE_HUNT=60 cargo test --test main beside -- --nocapture`: seconds for each, one thread.
#[test]
fn a_hunt_beside_random_cases() {
    let Some(seconds) = std::env::var("CREASE_HUNT").ok().and_then(|text| text.parse().ok()) else {
        return;
    };
    let (time, threads) = (Some(seconds), crease::cli::Threads::ONE);
    let [mut by_chance, mut by_hunt] = [0; 2];
    for claim in PLANTED {
        let start = Instant::now();
        let args = hunt::Args { time, threads, grow: hunt::GROWTH, ..hunt::Args::default() };
        let hunted = hunted(&[*claim], &args);
        let found = hunted[0].finds.counterexample.is_some();
        let mut line = format!("{:30}", claim.card().id);
        let mut add = |found: bool, cases: u64| {
            let word = if found { "found" } else { "not" };
            line += &format!("  {word:5} {:5.1} s, {cases:8}", start.elapsed().as_secs_f32());
        };
        add(found, hunted[0].finds.steps);
        let args = check::Args { cases: u32::MAX, time, threads, ..check::Args::default() };
        let run = check::run(&[*claim], &args).expect("threads");
        let verdict = run.rows[0].verdict().expect("no panic");
        let chance = matches!(verdict, Verdict::Refuted { .. });
        add(chance, verdict.counts().drawn.into());
        (by_hunt, by_chance) = (by_hunt + usize::from(found), by_chance + usize::from(chance));
        println!("{line}");
    }
    let all = PLANTED.len();
    println!("of {all}: hunt {by_hunt}, random {by_chance}");
    assert!(5 * by_hunt >= 4 * all && by_hunt >= 2 * by_chance);
}

/// Each record shows what it says, and belongs to a claim; the page is that of the files.
#[test]
fn records_are_what_they_say() {
    let root = crate::support::root("");
    let all = records::every(&root).unwrap_or_else(|error| panic!("{error}"));
    assert!(all.len() > 100, "{} records", all.len());
    assert_eq!(records::strangers(&root), [] as [std::path::PathBuf; 0]);
    let page = std::fs::read_to_string(root.join("fixtures/records/README.md")).expect("the page");
    assert_eq!(page, records::page(&all), "written by crease hunt --update");
}
