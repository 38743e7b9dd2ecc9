//! Reports of runs that went wrong in every way, on claims about one integer.

mod compact;
#[cfg(feature = "site")]
mod site;

use crate::cli::schema::assert_valid;
use crease::claim::{AnyClaim, Budget, Counts, Record, Verdict, prelude::*};
use crease::report::{self, CertificateRecord, Measured, Outcome, Panic, Row, Run};
use serde::{Deserialize, Serialize};

#[derive(Debug, Serialize, Deserialize)]
struct Number {
    n: i64,
}

fn numbers() -> Cases<Number> {
    (0i64..100).prop_map(|n| Number { n }).cases()
}

const STATEMENT: &str = "0 <= n < 100 implies n < 10^k";

const fn card(id: &'static str, standing: Standing) -> Card {
    Card {
        standing,
        ..Card::conjecture(id, "n is below a power of 10").derived_from("Nobody", "nowhere")
    }
}

static TRUE: Claim<Number> = Claim {
    card: card("numbers/below_100", Standing::Theorem),
    statement: STATEMENT,
    cases: numbers,
    hypotheses: &[given("n below 100", |case: &Number| case.n < 100).unsharp("for tests")],
    conclusion: |case| below("n", case.n, 100),
    twins: &[twin("below 10", |case: &Number| below("n", case.n, 10)).because("too low")],
    well_formed: |_| Ok(()),
};

static FALSE: Claim<Number> = Claim {
    card: card(
        "numbers/below_10_as_printed",
        Standing::RefutedAsPrinted { repaired_by: "numbers/below_100" },
    ),
    statement: STATEMENT,
    cases: numbers,
    hypotheses: &[],
    conclusion: |case| below("n", case.n, 10),
    twins: &[],
    well_formed: |_| Ok(()),
};

static OPEN: Claim<Number> = Claim {
    card: card("open/below_1000", Standing::Conjecture),
    statement: STATEMENT,
    cases: numbers,
    hypotheses: &[],
    conclusion: |case| below("n", case.n, 1000),
    twins: &[],
    well_formed: |_| Ok(()),
};

fn row(claim: &'static dyn AnyClaim) -> Row {
    let record = Record::of(claim, &Budget::cases(64));
    Row { claim, result: Ok(Measured { record, certificates: Some(vec![]) }), record: None }
}

fn measured(row: &mut Row) -> &mut Measured {
    row.result.as_mut().unwrap_or_else(|panic| panic!("{panic:?}"))
}

/// The row of `TRUE` with another verdict on the claim.
fn row_with(verdict: Verdict) -> Row {
    let mut row = row(&TRUE);
    measured(&mut row).record.verdict = verdict;
    row
}

fn run(rows: Vec<Row>) -> Run {
    Run { cases: 64, seed: 0, rows, committed: None }
}

fn refutation() -> Verdict {
    row(&FALSE).verdict().expect("measured").clone()
}

#[test]
fn a_good_run_reads_like_this() {
    let run = run(vec![row(&FALSE), row(&TRUE), row(&OPEN)]);
    assert_eq!(run.worst(), Outcome::AsClaimed);
    let lines: Vec<_> = report::table(&run)
        .lines()
        .map(|line| line.split("  ").map(str::trim).filter(|c| !c.is_empty()).collect::<Vec<_>>())
        .map(|cells| cells.join(" | "))
        .collect();
    let drawn = |text: &str| text.split(" | ").nth(2).expect("a third cell").to_owned();
    let (first, second) = (drawn(&lines[0]), drawn(&lines[4]));
    let cases = "64 of 64 cases, 49 distinct, up to 1 number";
    let expected = [
        format!("numbers/below_10_as_printed | refuted | {first} | n 10 ≥ 10"),
        "at n = 10".to_owned(),
        "as printed in Nobody; true is numbers/below_100".to_owned(),
        format!("numbers/below_100 | holds | {cases} | tightest: n 99 < 100"),
        format!("below 10 | refuted | {second} | n 10 ≥ 10"),
        "at n = 10".to_owned(),
        String::new(),
        format!("open/below_1000 | holds so far | {cases} | tightest: n 98 < 1000"),
        String::new(),
        "open: hypotheses that nobody knows to be needed".to_owned(),
        "numbers/below_100: \"n below 100\": for tests".to_owned(),
        String::new(),
        "3 of 3 claims as claimed (1 theorem, 1 conjecture, 1 refuted as printed) · 1 of 1 twins \
         refuted · vacuous: none · open hypotheses: 1"
            .to_owned(),
        "known cases and records were not compared: no fixtures here, or shards".to_owned(),
        "64 cases a claim, seed 0".to_owned(),
    ];
    assert_eq!(lines, expected);
    assert_valid(&report::check_json(&run));
}

/// All pages of the ledger.
fn text(run: &Run) -> String {
    report::ledger(run).into_iter().map(|page| page.text).collect()
}

#[test]
fn the_ledger_begins_with_what_is_false_as_printed() {
    let ledger = text(&run(vec![row(&TRUE), row(&FALSE)]));
    let place = |text: &str| ledger.find(text).unwrap_or_else(|| panic!("{text} in\n{ledger}"));
    let page_one = place("## False as printed");
    let repaired = place(
        "- rows: [numbers/below_10_as_printed](ledger/numbers.md#numbersbelow_10_as_printed)",
    );
    let order = [page_one, repaired, place("## Every claim"), place("### numbers/below_100\n")];
    assert!(order.is_sorted(), "{order:?}\n{ledger}");
    assert!(!text(&run(vec![row(&TRUE)])).contains("False as printed"));
}

#[test]
fn the_ledger_says_under_which_hypotheses() {
    let ledger = text(&run(vec![row(&TRUE), row(&FALSE)]));
    assert!(ledger.contains("\n- under: *n below 100*\n- standing: theorem\n"), "{ledger}");
    assert_eq!(ledger.matches("- under: ").count(), 1, "the other has none\n{ledger}");
}

fn counts(met: u32, drawn: u32) -> Counts {
    Counts { met, drawn, distinct: met, ..Counts::default() }
}

#[test]
fn every_way_to_go_wrong_has_an_outcome_and_a_sentence() {
    let panicked = || {
        let panic = Panic { during: "the claim".to_owned(), message: "no at x.rs:1".to_owned() };
        Row { claim: &TRUE, result: Err(panic), record: None }
    };
    let survived = || {
        let mut row = row(&TRUE);
        let holds = row.verdict().expect("measured").clone();
        measured(&mut row).record.twins[0].verdict = holds;
        row
    };
    let forged = || {
        let mut row = row(&TRUE);
        let refused = Some("line 3: expected 1, found 2".to_owned());
        measured(&mut row).certificates =
            Some(vec![CertificateRecord { name: "one".to_owned(), refused, text: String::new() }]);
        row
    };
    let vacuous = || row_with(Verdict::Vacuous { counts: counts(3, 64), stratum: None });
    let unfinished = || row_with(Verdict::Unfinished { counts: counts(3, 4) });
    type Wrong<'a> = (&'a dyn Fn() -> Row, Outcome, &'static str);
    let wrongs: [Wrong<'_>; 6] = [
        (&unfinished, Outcome::Unfinished, "\nstopped early: "),
        (
            &vacuous,
            Outcome::Vacuous,
            "3 of 64 cases meet the hypotheses and decide something, 0 are undecided, so",
        ),
        (&forged, Outcome::CertificateRefused, "certificate one is refused: line 3: expected 1,"),
        (&survived, Outcome::TwinSurvived, "the twin \"below 10\" survives (too low)"),
        (
            &|| row_with(refutation()),
            Outcome::NotAsClaimed,
            "numbers/below_100: listed as theorem, but n 10 ≥ 10 at\n    n = 10\n",
        ),
        (&panicked, Outcome::Panicked, "bug: numbers/below_100 panicked in the claim\nno at x.rs"),
    ];
    let mut rows = vec![row(&TRUE)];
    for (wrong, outcome, sentence) in wrongs {
        // Each is worse than all before it.
        rows.push(wrong());
        let table = report::table(&run(vec![wrong()]));
        assert!(table.contains(sentence), "{sentence} is missing in\n{table}");
        let run = run(rows);
        assert_eq!(run.worst(), outcome);
        assert_valid(&report::check_json(&run));
        assert!(!report::ledger(&run).is_empty());
        rows = run.rows;
    }
    let summary = run(rows).summary();
    assert_eq!((summary.claims, summary.as_claimed, summary.twins_refuted), (7, 3, 5));
    assert_eq!((summary.vacuous, summary.unfinished, summary.panicked), (1, 1, 1));
    assert_eq!((summary.certificates, summary.certificates_accepted), (1, 0));
}

#[test]
fn a_refuted_statement_that_nothing_refutes_is_not_as_claimed() {
    let mut row = row(&FALSE);
    let holds = self::row(&TRUE).verdict().expect("measured").clone();
    measured(&mut row).record.verdict = holds;
    let run = run(vec![row]);
    assert_eq!(run.worst(), Outcome::NotAsClaimed);
    let sentence = "listed as refuted as printed, but no case refutes it";
    assert!(report::table(&run).contains(sentence));
}
