//! The claim machinery itself, on claims about two integers that need no network.

mod formal;
mod size;

use crease::claim::{
    AnyClaim, Budget, Conclusion, KnownError, Record, ReplayError, Target, Verdict, parse_known,
    prelude::*,
};
use crease::exact::Rational;
use serde::{Deserialize, Serialize};

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Pair {
    a: Rational,
    b: Rational,
}

fn is_well_formed(pair: &Pair) -> Result<(), String> {
    if pair.a.is_integer() { Ok(()) } else { Err("a is no integer".to_owned()) }
}

fn pairs(least: i64) -> Cases<Pair> {
    let number = move || (least..=50).prop_map(Rational::from);
    (number(), number()).prop_map(|(a, b)| Pair { a, b }).cases()
}

const STATEMENT: &str = "b >= 0 implies a + b >= a";

const fn card(id: &'static str, standing: Standing) -> Card {
    Card {
        standing,
        ..Card::conjecture(id, "a + b is at least a").derived_from("Nobody", "nowhere")
    }
}

static SOUND: Claim<Pair> = Claim {
    card: card("toy/sound", Standing::Theorem),
    statement: STATEMENT,
    cases: || pairs(0),
    hypotheses: &[given("b not negative", |case: &Pair| !case.b.is_negative())
        .needed("adding less than nothing", || pairs(-50))],
    conclusion: |case| at_least("sum", &case.a + &case.b, case.a.clone()),
    twins: &[
        twin("at least a + 1", |case: &Pair| {
            at_least("sum", &case.a + &case.b, &case.a + Rational::ONE)
        })
        .because("b may be 0"),
        twin("a true neighbour", |case: &Pair| {
            at_least("sum", &case.a + &case.b, &case.a - Rational::ONE)
        })
        .because("this one is no twin at all"),
    ],
    well_formed: is_well_formed,
};

static EMPTY: Claim<Pair> = Claim {
    card: card("toy/empty", Standing::Theorem),
    statement: STATEMENT,
    cases: || pairs(-50),
    hypotheses: &[given("beyond the generator", |case| case.b > Rational::from(50))],
    conclusion: |case| at_least("sum", &case.a + &case.b, case.a.clone()),
    twins: &[],
    well_formed: is_well_formed,
};

fn budget(cases: u32) -> Budget<'static> {
    Budget::cases(cases)
}

#[test]
fn a_true_claim_holds_and_keeps_its_tightest_case() {
    let Verdict::Holds { counts, tightest } = SOUND.check(Target::Claim, &budget(256)) else {
        panic!("the claim is true");
    };
    assert_eq!((counts.met, counts.drawn, counts.undecided), (256, 256, 0));
    assert!(counts.distinct > 200 && counts.largest == 2 && !counts.whole, "{counts:?}");
    assert_eq!(tightest.finding.slack(), Rational::ZERO, "b = 0 is drawn and kept");
    let replayed = SOUND.replay(Target::Claim, &tightest.case).expect("printed cases replay");
    assert_eq!((replayed.unmet.len(), replayed.conclusion), (0, Ok(tightest.finding)));
}

#[test]
fn a_counterexample_is_shrunk_inside_the_hypotheses() {
    let verdict = SOUND.check(Target::Twin("at least a + 1"), &budget(256));
    let Verdict::Refuted { case, finding, .. } = verdict else { panic!("b = 0 refutes it") };
    assert_eq!(case, "a = \"0\"\nb = \"0\"\n");
    assert_eq!(finding.to_string(), "sum: 0 ≥ 1 is false");
}

#[test]
fn dropping_a_hypothesis_is_refuted_by_a_case_that_breaks_just_that_one() {
    let target = Target::Twin("b not negative");
    let Verdict::Refuted { case, .. } = SOUND.check(target, &budget(256)) else {
        panic!("a negative b refutes it");
    };
    assert_eq!(case, "a = \"0\"\nb = \"-1\"\n");
    assert_eq!(SOUND.replay(target, &case).expect("a case").unmet, ["b not negative"]);
}

#[test]
fn a_true_twin_survives_and_is_named() {
    let record = Record::of(&SOUND, &budget(64));
    let survivors: Vec<_> = record.survivors().map(|twin| twin.card.name).collect();
    assert_eq!(survivors, ["a true neighbour"]);
    assert!(record.is_as_claimed(&SOUND));
}

#[test]
fn a_hypothesis_that_nothing_meets_is_vacuous() {
    let verdict = EMPTY.check(Target::Claim, &budget(100));
    assert!(matches!(verdict, Verdict::Vacuous { .. }), "{verdict:?}");
    assert_eq!((verdict.counts().met, verdict.counts().drawn), (0, 100));
    assert!(!Record::of(&EMPTY, &budget(100)).is_as_claimed(&EMPTY));
}

#[test]
fn one_case_in_four_must_meet_the_hypotheses() {
    // One case in 41 meets the hypothesis: too few to say that anything was tested.
    static RARE: Claim<Pair> = Claim {
        card: card("toy/rare", Standing::Theorem),
        statement: STATEMENT,
        cases: || (0..=40i64).prop_map(|b| Pair { a: 0.into(), b: b.into() }).cases(),
        hypotheses: &[given("b is zero", |case| case.b.is_zero())],
        conclusion: |case| equal("b", case.b.clone(), 0),
        twins: &[],
        well_formed: is_well_formed,
    };
    let verdict = RARE.check(Target::Claim, &budget(400));
    let Verdict::Vacuous { counts, stratum: None } = verdict else { panic!("{verdict:?}") };
    assert!((1..=99).contains(&counts.met) && counts.drawn == 400, "{counts:?}");
}

#[test]
fn an_empty_budget_tests_nothing_and_says_so() {
    let verdict = SOUND.check(Target::Claim, &budget(0));
    assert!(matches!(verdict, Verdict::Vacuous { .. }) && verdict.counts().drawn == 0);
}

#[test]
fn a_stopped_run_is_unfinished_and_not_a_pass() {
    let stop = Budget { cases: 256, seed: 0, stop: &|| true };
    let verdict = SOUND.check(Target::Claim, &stop);
    assert!(matches!(verdict, Verdict::Unfinished { .. }) && verdict.counts().drawn == 0);
    assert!(!Record::of(&SOUND, &stop).is_as_claimed(&SOUND));
}

#[test]
fn a_statement_listed_as_refuted_is_as_claimed_only_when_it_is_refuted() {
    static WRONGLY_LISTED: Claim<Pair> = Claim {
        card: card("toy/wrongly_listed", Standing::Refuted),
        statement: STATEMENT,
        cases: || pairs(0),
        hypotheses: &[],
        conclusion: |case| at_least("sum", &case.a + &case.b, case.a.clone()),
        twins: &[],
        well_formed: is_well_formed,
    };
    assert!(!Record::of(&WRONGLY_LISTED, &budget(64)).is_as_claimed(&WRONGLY_LISTED));
}

#[test]
fn runs_repeat_and_seeds_differ() {
    let run = |seed| {
        let budget = Budget { cases: 8, seed, stop: &|| false };
        SOUND.check(Target::Twin("b not negative"), &budget).counts().drawn
    };
    assert_eq!(run(0), run(0));
    let counts: std::collections::BTreeSet<_> = (0..20).map(run).collect();
    assert!(counts.len() > 1, "twenty seeds draw the same cases");
}

#[test]
fn bad_cases_are_refused_with_a_sentence() {
    let replay = |text: &str| SOUND.replay(Target::Claim, text);
    let ill_formed = ReplayError::IllFormed("a is no integer".to_owned());
    assert_eq!(replay("a = \"1/2\"\nb = 0"), Err(ill_formed));
    let unknown = SOUND.replay(Target::Twin("nobody"), "a = 0\nb = 0");
    assert_eq!(unknown, Err(ReplayError::UnknownTwin("nobody".to_owned())));
    for (text, part) in [
        ("a = 1", "missing field `b`"),
        ("a = 1\nb = 2\nc = 3", "unknown field `c`"),
        ("a = 1\nb = 0.5", "an integer or an exact string"),
        ("a = 1\nb = \"1/0\"", "the denominator of \"1/0\" is zero"),
        ("a = ", "TOML parse error"),
    ] {
        let Err(ReplayError::Parse(message)) = replay(text) else { panic!("{text} was accepted") };
        assert!(message.contains(part), "{text}: {message}");
    }
}

#[test]
fn known_cases_say_what_differs() {
    let file = |extra: &str| {
        let head = "[[known]]\nname = \"n\"\nwhy = \"w\"\nholds = true";
        format!("{head}\n{extra}\n[known.case]\na = 2\nb = 3")
    };
    let check = |text: &str| match parse_known(text) {
        Ok(known) => known[0].check(&SOUND).map(drop).map_err(|e| e.to_string()),
        Err(error) => Err(error.to_string()),
    };
    assert_eq!(check(&file("found = 5\nbound = 2")), Ok(()));
    let wrong = check(&file("found = 6\nbound = 2"));
    assert_eq!(wrong, Err("known case \"n\": found is 5, the file says 6".to_owned()));
    let unmet = check(&file("found = 5\nbound = 2\nunmet = [\"x\"]"));
    assert_eq!(unmet, Err("known case \"n\": unmet is [], the file says [\"x\"]".to_owned()));
    let twice = format!("{}\n{}", file("found = 5\nbound = 2"), file("found = 5\nbound = 2"));
    assert!(matches!(parse_known(&twice), Err(KnownError::SameName(name)) if name == "n"));
    let stranger = check(&file("found = 5\nbound = 2\ncolour = 1")).expect_err("an unknown key");
    assert!(stranger.contains("unknown field `colour`"), "{stranger}");
}

#[test]
fn relations_hold_and_count_their_slack_on_the_right_side() {
    let row = |conclusion: Conclusion| {
        let f = conclusion.expect("two numbers");
        (f.holds(), f.slack())
    };
    let n = Rational::from(1);
    assert_eq!(row(at_most("q", 2, 3)), (true, n.clone()));
    assert_eq!(row(at_most("q", 3, 3)), (true, Rational::ZERO));
    assert_eq!(row(at_most("q", 4, 3)), (false, -n.clone()));
    assert_eq!(row(at_least("q", 4, 3)), (true, n.clone()));
    assert_eq!(row(at_least("q", 3, 3)), (true, Rational::ZERO));
    assert_eq!(row(below("q", 3, 3)), (false, Rational::ZERO));
    assert_eq!(row(below("q", 2, 3)), (true, n.clone()));
    assert_eq!(row(above("q", 3, 3)), (false, Rational::ZERO));
    assert_eq!(row(above("q", 4, 3)), (true, n.clone()));
    assert_eq!(row(equal("q", 3, 3)), (true, Rational::ZERO));
    assert_eq!(row(equal("q", 2, 3)), (false, -n));
    let two = [Rational::ONE, Rational::ZERO];
    let same = |a: &[_], b: &[_]| same_signal("q", a, b).expect("two numbers");
    assert!(same(&two, &two).holds());
    assert!(!same(&two, &two[..1]).holds(), "lengths differ");
    assert_eq!(same(&two, &[Rational::ZERO; 2]).found, Rational::ONE);
}

/// What a failed construction says: `b` is built only if it is even.
fn built(case: &Pair) -> Result<Rational, Undecided> {
    let half = &case.b / Rational::from(2);
    if half.is_integer() { Ok(half) } else { Err(Undecided("b is odd")) }
}

#[test]
fn what_cannot_be_built_is_neither_a_pass_nor_a_refutation() {
    static HALVES: Claim<Pair> = Claim {
        card: card("toy/halves", Standing::Theorem),
        statement: STATEMENT,
        cases: || pairs(0),
        hypotheses: &[],
        conclusion: |case| at_most("half", built(case), 25),
        twins: &[
            twin("never built", |_| Err(Undecided("there is no way"))).because("no finding"),
            twin("half is odd", |case| equal("half", built(case), 1)).because("2"),
        ],
        well_formed: is_well_formed,
    };
    let verdict = HALVES.check(Target::Claim, &budget(256));
    let Verdict::Holds { counts, .. } = verdict else { panic!("{verdict:?}") };
    assert!(counts.undecided > 64 && counts.met + counts.undecided == 256, "{counts:?}");
    assert_eq!(counts.why, Some(Undecided("b is odd")));
    let record = Record::of(&HALVES, &budget(64));
    let survivors: Vec<_> = record.survivors().map(|twin| twin.card.name).collect();
    assert_eq!(survivors, ["never built"], "undecided cases refute no twin");
    assert!(matches!(record.twins[0].verdict, Verdict::Vacuous { .. }));
    let Verdict::Refuted { case, .. } = &record.twins[1].verdict else { panic!("0 is no 1") };
    assert!(HALVES.replay(Target::Claim, case).expect("a case").conclusion.is_ok(), "{case}");
    let odd = HALVES.replay(Target::Claim, "a = 1\nb = 3").expect("a case");
    assert_eq!(odd.conclusion, Err(Undecided("b is odd")));
}

#[test]
fn a_rare_stratum_finds_what_small_cases_cannot() {
    fn strata() -> Cases<Pair> {
        let large = (900i64..1000).prop_map(|b| Pair { a: 0.into(), b: b.into() });
        pairs(0).with("large", 64, large)
    }
    static FALSE_FROM_900_ON: Claim<Pair> = Claim {
        card: card("toy/false_from_900_on", Standing::Theorem),
        statement: STATEMENT,
        cases: strata,
        hypotheses: &[],
        conclusion: |case| below("b", case.b.clone(), 900),
        twins: &[],
        well_formed: is_well_formed,
    };
    let few = FALSE_FROM_900_ON.check(Target::Claim, &budget(63));
    assert!(matches!(few, Verdict::Holds { .. }), "{few:?}");
    let Verdict::Refuted { case, counts, .. } =
        FALSE_FROM_900_ON.check(Target::Claim, &budget(256))
    else {
        panic!("draw 64 is large");
    };
    assert_eq!((counts.drawn, case.as_str()), (64, "a = \"0\"\nb = \"900\"\n"));
}

#[test]
fn a_stratum_that_meets_no_hypothesis_is_named() {
    static IDLE: Claim<Pair> = Claim {
        card: card("toy/idle", Standing::Theorem),
        statement: STATEMENT,
        cases: || pairs(0).with("negative", 32, (-9i64..0).prop_map(|b| pair(0, b))),
        hypotheses: &[given("b not negative", |case| !case.b.is_negative())],
        conclusion: |case| at_least("b", case.b.clone(), 0),
        twins: &[],
        well_formed: is_well_formed,
    };
    let verdict = IDLE.check(Target::Claim, &budget(256));
    assert!(matches!(verdict, Verdict::Vacuous { stratum: Some("negative"), .. }), "{verdict:?}");
}

fn pair(a: i64, b: i64) -> Pair {
    Pair { a: a.into(), b: b.into() }
}

#[test]
fn a_listed_space_is_asked_whole_once() {
    static LISTED: Claim<Pair> = Claim {
        card: card("toy/listed", Standing::Theorem),
        statement: STATEMENT,
        cases: || Cases::listed((0..7).map(|b| pair(0, b))),
        hypotheses: &[],
        conclusion: |case| at_most("b", case.b.clone(), 6),
        twins: &[
            twin("below six", |case: &Pair| below("b", case.b.clone(), 6)).because("six is listed")
        ],
        well_formed: is_well_formed,
    };
    let verdict = LISTED.check(Target::Claim, &budget(256));
    let Verdict::Holds { counts, .. } = verdict else { panic!("{verdict:?}") };
    assert_eq!((counts.drawn, counts.met, counts.distinct, counts.whole), (7, 7, 7, true));
    let twin = LISTED.check(Target::Twin("below six"), &budget(1));
    let Verdict::Refuted { case, .. } = twin else { panic!("{twin:?}") };
    assert_eq!(case, "a = \"0\"\nb = \"6\"\n");
}
