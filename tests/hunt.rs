//! Hunts of planted falsehoods, beside random cases; and records.

mod planted;
mod planted_graphs;
mod planted_ratios;
mod planted_sizes;

use crease::claim::{AnyClaim, Budget, Target, Verdict};
use crease::cli::check;
use crease::cli::hunt::{self, Hunted, Quarry};
use crease::cli::records;
use crease::cli::shards::Share;
use crease::exact::Rational;
use crease::report::number;
use planted::PLANTED;

fn hunted(claims: &[&'static dyn AnyClaim], args: &hunt::Args) -> Vec<Hunted> {
    let quarries: Vec<_> = claims.iter().map(|&claim| Quarry { claim, twin: None }).collect();
    hunt::run(&quarries, args).expect("threads")
}

fn steps(steps: u64) -> hunt::Args {
    hunt::Args { steps: Some(steps), grow: hunt::GROWTH, ..hunt::Args::default() }
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

/// Sizes grow beyond what the generator draws, and the statement is true of all that it draws.
#[test]
fn a_statement_that_fails_from_some_size_on_is_refuted() {
    let args = hunt::Args { grow: 4, ..steps(4000) };
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
    let one = run(check::Asked::default().threads, 0);
    assert_eq!(one, run(crease::cli::Threads::ONE, 0));
    assert_ne!(one, run(crease::cli::Threads::ONE, 1));
}

/// The hunt finds more than random cases do with as many questions.
///
/// `CREASE_HUNT=60 cargo test --test main beside -- --nocapture` gives each of both so many seconds
/// for a statement, one thread, and prints a table; `CREASE_HUNT_SHARD=1/2` asks every other one.
#[test]
fn a_hunt_beside_random_cases() {
    let seconds = std::env::var("CREASE_HUNT").ok().and_then(|text| text.parse().ok());
    let threads = crease::cli::Threads::ONE;
    let hunting = match seconds {
        None => steps(800),
        time => hunt::Args { time, threads, grow: hunt::GROWTH, ..hunt::Args::default() },
    };
    let cases = if seconds.is_some() { u32::MAX } else { 800 };
    let drawing = check::Asked { cases, time: seconds, threads, ..check::Asked::default() };
    let [mut by_chance, mut by_hunt, mut all] = [0; 3];
    let share = std::env::var("CREASE_HUNT_SHARD");
    let Share { number, of } = share.map_or(Share::WHOLE, |text| text.parse().expect("I/N"));
    for claim in PLANTED.iter().skip(number - 1).step_by(of) {
        all += 1;
        let hunted = hunted(&[*claim], &hunting);
        let found = shown(&hunted[0]).is_some();
        let run = check::run(&[*claim], &drawing).expect("threads");
        let verdict = run.rows[0].verdict().expect("no panic");
        let chance = matches!(verdict, Verdict::Refuted { .. });
        (by_hunt, by_chance) = (by_hunt + usize::from(found), by_chance + usize::from(chance));
        let word = |found: bool| if found { "found" } else { "not" };
        let (steps, drawn) = (hunted[0].finds.steps, verdict.counts().drawn);
        let (found, chance, id) = (word(found), word(chance), claim.card().id);
        println!("{id:30}  hunt {found:5} {steps:8} steps  random {chance:5} {drawn:8} cases");
    }
    println!("of {all}: hunt {by_hunt}, random {by_chance}");
    // A part of the list says nothing of the whole.
    assert!(of > 1 || by_hunt >= 10 && by_hunt >= 2 * by_chance, "{by_hunt} and {by_chance}");
    assert!(of > 1 || seconds.is_none() || 5 * by_hunt >= 4 * all, "hunt {by_hunt} of {all}");
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

/// What has a slack has a record: of the others the first cases are asked.
#[test]
fn every_claim_with_a_slack_has_a_record() {
    let root = crate::support::root("");
    let has_record = |id: &str| root.join(format!("fixtures/records/{id}.toml")).is_file();
    let mut offences = Vec::new();
    for claim in crease::catalogue::all() {
        let id = claim.card().id;
        if claim.card().standing.is_refuted() || has_record(id) {
            continue;
        }
        if let Verdict::Holds { tightest, .. } = claim.check(Target::Claim, &Budget::cases(2))
            && tightest.finding.tightness().is_some()
        {
            offences.push(id);
        }
    }
    assert_eq!(offences, [""; 0], "written by crease hunt --update");
}

/// Claims whose record is tighter than any of 5,000 random cases.
const TIGHTER: [&str; 16] = [
    "approximation/dense_factor_eight",
    "approximation/dense_factor_scalar_bias",
    "approximation/dense_factor_sharper",
    "approximation/dense_factor_tends_to_one",
    "approximation/parameters_at_most_fifty",
    "generalization/absolute_contraction_plane",
    "generalization/depth_of_peeling",
    "symmetry/rescaling_descent",
    "width/near_boundary_tail",
    "width/one_step_small_rate",
    "width/online_inequality",
    "width/pathwise_corollary",
    "width/polylog_linearised_risk",
    "width/polylog_movement",
    "width/risk_certificate",
    "width/trajectory_inequality",
];

/// Records are tighter than what random cases give.
///
/// `CREASE_RECORDS=5000 cargo test --test main records_beside -- --nocapture` draws so many cases
/// of each, for five minutes at most, and prints a table.
#[test]
fn records_beside_random_cases() {
    let cases = std::env::var("CREASE_RECORDS").ok().and_then(|text| text.parse::<u32>().ok());
    let mut tighter = 0;
    for (id, record) in records::every(&crate::support::root("")).expect("records") {
        if !TIGHTER.contains(&id) {
            continue;
        }
        let claim = crease::catalogue::all().find(|claim| claim.card().id == id).expect("a claim");
        let mut asked = claim.questions(Target::Claim, 0);
        let mut shown: Vec<_> = (0..asked.listed()).map(|case| asked.ask(case)).collect();
        let start = std::time::Instant::now();
        for draw in 1..=cases.unwrap_or(64) {
            if asked.strata().is_empty() || start.elapsed().as_secs() >= 300 {
                break;
            }
            let stratum = asked.turn(draw);
            asked.seek(draw);
            shown.extend(asked.draw(stratum));
        }
        let drawn = shown.len();
        let findings = shown.into_iter().filter_map(|shown| shown.conclusion?.ok());
        let best = findings.filter_map(|finding| finding.tightness()).min();
        let own = record.finding.tightness();
        let is_tighter = best.is_none() || own < best;
        tighter += usize::from(is_tighter);
        let share = |tightness: Option<(Rational, Rational)>| {
            tightness.map_or("none".to_owned(), |(share, _)| number(&share))
        };
        let word = if is_tighter { "tighter" } else { "not" };
        let (own, best) = (share(own), share(best));
        println!("{id:45} {word:8} record {own} random {best} of {drawn} cases");
    }
    assert_eq!(tighter, TIGHTER.len(), "records that are tighter");
}
