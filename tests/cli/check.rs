//! Panics and the clock, in a run on claims of a toy.

use crease::claim::AnyClaim;
use crease::claim::{Verdict, prelude::*};
use crease::cli::check::{Asked, run};
use crease::report::Outcome;
use crease::report::{Row, Run};
use serde::{Deserialize, Serialize};

#[derive(Debug, Serialize, Deserialize)]
struct Number {
    n: u32,
}

fn numbers() -> Cases<Number> {
    (0u32..100).prop_map(|n| Number { n }).cases()
}

const fn card(id: &'static str, evidence: Evidence) -> Card {
    Card { standing: Standing::Theorem, evidence, ..Card::conjecture(id, "") }
}

static SOUND: Claim<Number> = Claim {
    card: card("numbers/below_100", Evidence::PropertyTested),
    statement: "",
    cases: numbers,
    hypotheses: &[],
    conclusion: |case| below("n", case.n, 100),
    twins: &[twin("below 50", |case: &Number| below("n", case.n, 50)).because("too low")],
    well_formed: |_| Ok(()),
};

static BROKEN: Claim<Number> = Claim {
    card: card("numbers/broken", Evidence::PropertyTested),
    statement: "",
    cases: numbers,
    hypotheses: &[],
    conclusion: |case| below("n", case.n, 100),
    twins: &[twin("broken", |case: &Number| panic!("no {}", case.n % 100 / 100)).because("panics")],
    well_formed: |_| Ok(()),
};

fn run_of(claims: &[&'static dyn AnyClaim], time: Option<u64>) -> Run {
    run(claims, &Asked { cases: 64, time, ..Asked::default() }).expect("threads")
}

#[test]
fn a_panic_is_named_and_the_other_claims_still_run() {
    let run = run_of(&[&SOUND, &BROKEN, &SOUND], None);
    let outcomes: Vec<_> = run.rows.iter().map(Row::outcome).collect();
    assert_eq!(outcomes, [Outcome::AsClaimed, Outcome::Panicked, Outcome::AsClaimed]);
    let panic = run.rows[1].result.as_ref().err().expect("a panic");
    assert_eq!(panic.during, "the twin \"broken\"");
    assert!(panic.message.starts_with("no 0 at tests/cli/check.rs:"), "{}", panic.message);
}

#[test]
fn without_time_nothing_is_started() {
    let run = run_of(&[&SOUND], Some(0));
    let untouched = |v: &Verdict| matches!(v, Verdict::Unfinished { counts } if counts.drawn == 0);
    assert!(run.rows[0].verdict().is_some_and(untouched));
    assert!(run.stopped() && run.worst() == Outcome::Unfinished);
}
