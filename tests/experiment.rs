//! Experiments: parts add up to the same answer, and a wrong count is refused.

use crease::experiment::width::{Answer, Question, Row, Tally, Verdict, parts, rows, widths};
use std::collections::BTreeSet;
use std::sync::atomic::AtomicBool;

static GO: AtomicBool = AtomicBool::new(false);

#[test]
fn parts_cover_every_trial_once() {
    let rows = rows(true);
    let mut seen = BTreeSet::new();
    for part in parts(&rows) {
        assert!(part.trials.clone().all(|trial| seen.insert((part.row, trial))), "{part:?}");
    }
    let all: u32 = rows.iter().map(|row| row.trials).sum();
    assert_eq!(seen.len(), all as usize);
}

#[test]
fn trials_add_up_in_any_order() {
    for (number, row) in rows(false).into_iter().enumerate() {
        let small = matches!(row.question, Question::Covers { family } if family.points() <= 8);
        if !small {
            continue;
        }
        let whole = row.ask(3, number, 0..24, &GO);
        let mut sum = Tally::default();
        for first in (0..24).step_by(5).rev() {
            sum += row.ask(3, number, first..24.min(first + 5), &GO);
        }
        assert_eq!(whole, sum);
        assert_eq!((whole.trials, whole.agreements, whole.fixed), (24, 24, 24), "{row:?}");
    }
}

#[test]
fn a_trial_that_was_stopped_is_not_counted() {
    let row = rows(false)[0];
    assert_eq!(row.ask(0, 0, 0..5, &AtomicBool::new(true)), Tally::default());
}

#[test]
fn counts_far_from_the_law_are_refused() {
    let row = rows(false)[4];
    let answer = |successes, agreements| {
        let tally = Tally { trials: 200, successes, agreements, ..Tally::default() };
        Answer::new(row, tally)
    };
    let test = answer(0, 200).test.expect("the row is tested");
    // Four units on the square of exclusive or: 3/32 of 200 is 18.75.
    assert_eq!(test.claimed.to_string(), "3/32");
    assert_eq!(test.accepted, 2..=42);
    let verdicts = [18, 1, 43].map(|successes| answer(successes, 200).verdict);
    assert_eq!(verdicts, [Verdict::Confirmed, Verdict::Refused, Verdict::Refused]);
    assert_eq!(answer(18, 199).verdict, Verdict::Refused, "one seed disagrees with the law");
    let part = Answer::new(row, Tally { trials: 9, agreements: 9, ..Tally::default() });
    assert_eq!(part.verdict, Verdict::Unfinished);
    let other = test.alternative.expect("some probability is told apart");
    assert!(other > test.claimed && other <= "7/20".parse().expect("a fraction"), "{other}");
}

#[test]
fn the_test_at_fixed_margin_is_the_published_one() {
    let tested = |row: &&Row| matches!(row.question, Question::Learns { .. }) && row.is_tested;
    for row in rows(false).iter().filter(tested) {
        let test = Answer::new(*row, Tally::default()).test.expect("the row is tested");
        assert_eq!(test.accepted, 0..=43);
        assert_eq!(test.alternative, Some("8/25".parse().expect("a fraction")));
    }
}

#[test]
fn the_table_of_widths_is_the_published_one() {
    let rows = widths();
    let least: Vec<u32> = rows.iter().map(|row| row.least).collect();
    assert_eq!(least, [11, 13, 15, 18, 22, 27, 31, 36, 45, 54]);
    let sufficient: Vec<u32> = rows.iter().map(|row| row.sufficient).collect();
    assert_eq!(sufficient, [11, 13, 16, 18, 23, 28, 33, 37, 47, 57]);
    assert!(rows.iter().all(|row| row.necessary <= row.least && row.least < row.least_surely));
}
