//! The binomial law and the tests of a frequency.

use super::support::{check, panic_message};
use crease::analysis::binomial::Binomial;
use crease::analysis::frequency::{FrequencyTest, TestSide, interval};
use crease::exact::Rational;

fn q(text: &str) -> Rational {
    text.parse().expect("an exact number")
}

fn law(trials: u8, numerator: u8) -> Binomial {
    Binomial::new(u32::from(trials % 40), Rational::new(i64::from(numerator % 13), 12))
}

#[test]
fn the_masses_add_up_to_the_law() {
    fn adds_up(trials: u8, numerator: u8) -> bool {
        let law = law(trials, numerator);
        let mut sum = Rational::ZERO;
        (0..=law.trials() + 1).all(|k| {
            let agrees = law.below(k) == sum && law.at_least(k) == Rational::ONE - &sum;
            sum += law.mass(k);
            agrees
        }) && sum == Rational::ONE
    }
    check(adds_up as fn(_, _) -> _);
}

#[test]
fn the_enclosure_holds_the_exact_probability() {
    fn holds(trials: u8, numerator: u8, k: u8, bits: u8) -> bool {
        let (law, k, bits) = (law(trials, numerator), u32::from(k % 42), u32::from(bits));
        let near = law.below_within(k, bits);
        near.contains(&law.below(k)) && near.width() <= q("2").pow(-(bits as i32))
    }
    check(holds as fn(_, _, _, _) -> _);
}

#[test]
fn the_number_of_successes_mirrors_the_number_of_failures() {
    fn mirrors(trials: u8, numerator: u8, k: u8) -> bool {
        let law = law(trials, numerator);
        let failures = Binomial::new(law.trials(), Rational::ONE - law.probability());
        let k = u32::from(k).min(law.trials());
        law.at_least(k) == failures.below(law.trials() - k + 1)
    }
    check(mirrors as fn(_, _, _) -> _);
}

#[test]
fn exhaustive_enumeration_agrees() {
    // All outcomes of five trials with probability 2/7, one by one.
    let (trials, p) = (5, q("2/7"));
    let law = Binomial::new(trials, p.clone());
    for k in 0..=trials {
        let outcomes = (0u32..1 << trials).filter(|outcome| outcome.count_ones() < k);
        let weigh = |outcome: u32| {
            let sides = (0..trials).map(|i| (outcome >> i) & 1 == 1);
            sides.map(|s| if s { p.clone() } else { Rational::ONE - &p }).product::<Rational>()
        };
        assert_eq!(law.below(k), outcomes.map(weigh).sum());
    }
}

#[test]
fn long_fractions_and_many_trials_are_enclosed() {
    // The median of a fair coin: below(n/2) + mass(n/2)/2 = 1/2, and the mass is about 8e-4.
    let coin = Binomial::new(1_000_000, q("1/2"));
    let near = coin.below_within(500_000, 40);
    assert!(*near.hi() < q("1/2") && *near.lo() > q("499/1000"));
    let long = q("333333333333333333333333333333/1000000000000000000000000000000");
    let near = Binomial::new(3000, long).below_within(875, 60);
    assert!(near.lo().is_positive() && *near.hi() < q("1/2000000"));
}

/// Where a tail is exactly what a side may refuse, the count is refused, and no other.
#[test]
fn tests_and_intervals_are_tight_at_ties() {
    let sides = |side| if side == TestSide::Both { 2 } else { 1 };
    for trials in 1..=8 {
        for p in ["1/2", "1/4", "3/4", "1/3"] {
            let law = Binomial::new(trials, q(p));
            for share in (1..=trials).flat_map(|k| [law.below(k), law.at_least(k)]) {
                for side in [TestSide::Both, TestSide::Above] {
                    let error = &share * Rational::integer(sides(side));
                    if error >= Rational::ONE {
                        continue;
                    }
                    let accepted = FrequencyTest::new(law.clone(), side, error).accepted();
                    let (least, most) = (*accepted.start(), *accepted.end());
                    let place = format!("{trials} trials of {p}, {share} a side: {accepted:?}");
                    assert!(law.at_least(most + 1) <= share, "{place}");
                    assert!(law.at_least(most) > share, "{place}");
                    assert!(side == TestSide::Both || least == 0, "{place}");
                    assert!(law.below(least) <= share, "{place}");
                    assert!(side == TestSide::Above || law.below(least + 1) > share, "{place}");
                }
            }
        }
        let coin = Binomial::new(trials, q("1/2"));
        for count in 0..=trials {
            let found = |share: Rational| {
                let error = share * Rational::integer(2);
                (error < Rational::ONE).then(|| interval(count, trials, &error))
            };
            let few = found(coin.below(count + 1));
            assert!(few.is_none_or(|found| *found.hi() == q("1/2")), "{count} of {trials}");
            let many = found(coin.at_least(count));
            assert!(many.is_none_or(|found| *found.lo() == q("1/2")), "{count} of {trials}");
        }
    }
}

#[test]
fn acceptance_intervals_are_those_of_an_independent_computation() {
    let error = q("1/1000000");
    let two_sided =
        |n, p| FrequencyTest::new(Binomial::new(n, q(p)), TestSide::Both, error.clone()).accepted();
    assert_eq!(two_sided(3000, "1/3"), 875..=1127);
    assert_eq!(two_sided(200, "5103/8192"), 90..=157);
    let rows = [("1/10", [19, 43, 85]), ("1/20", [14, 27, 51]), ("1/100", [7, 12, 19])];
    for (delta, most) in rows {
        for (trials, most) in [60, 200, 500].into_iter().zip(most) {
            let law = Binomial::new(trials, q(delta));
            let test = FrequencyTest::new(law, TestSide::Above, error.clone());
            assert_eq!(test.accepted(), 0..=most, "{delta} of {trials}");
        }
    }
}

#[test]
fn the_least_probability_refused_is_that_of_an_independent_computation() {
    let rows = [
        (200, "1/10", "0.32"),
        (200, "1/20", "0.225"),
        (200, "1/100", "0.135"),
        (500, "1/10", "0.23"),
        (500, "1/20", "0.155"),
        (500, "1/100", "0.075"),
    ];
    for (trials, delta, refuted) in rows {
        let law = Binomial::new(trials, q(delta));
        let test = FrequencyTest::new(law, TestSide::Above, q("1/1000000"));
        assert_eq!(test.refutes_from(&q("0.999"), &q("0.005")), Some(q(refuted)));
    }
    // 43 failures of 200 allowed at 0.1: 0.68 successes are refuted, as the width experiment says.
    let test = FrequencyTest::new(Binomial::new(200, q("1/10")), TestSide::Above, q("1/1000000"));
    assert!(*test.refusal(&q("0.1")).hi() < q("0.00000047"));
    assert!(*test.refusal(&q("0.1")).lo() > q("0.00000046"));
}

#[test]
fn an_interval_is_as_narrow_as_its_error_allows() {
    fn narrow(trials: u8, numerator: u8, thousandths: u8) -> bool {
        let law = law(trials, numerator);
        let error = Rational::new(1 + i64::from(thousandths), 300);
        let tail = &error / q("2");
        let test = FrequencyTest::new(law.clone(), TestSide::Both, error.clone());
        let (least, most) = test.accepted().into_inner();
        let refused = law.below(least) + law.at_least(most + 1);
        let above = FrequencyTest::new(law.clone(), TestSide::Above, error.clone());
        law.below(least) <= tail
            && law.below(least + 1) > tail
            && law.at_least(most + 1) <= tail
            && (most == 0 || law.at_least(most) > tail)
            && law.at_least(above.accepted().end() + 1) <= error
            && test.refusal(law.probability()).contains(&refused)
    }
    check(narrow as fn(_, _, _) -> _);
}

#[test]
fn a_judgement_states_test_error_and_power() {
    let law = Binomial::new(200, q("1/10"));
    let test = FrequencyTest::new(law, TestSide::Above, q("1/1000000"));
    let judged = test.judge(44, q("8/25"));
    assert!(!judged.is_accepted() && test.judge(43, q("8/25")).is_accepted());
    assert_eq!(
        judged.to_string(),
        "44 of 200, accepting 0 to 43: refused (one-sided exact binomial test of probability at \
         most 1/10; refuses it falsely with probability at most 1/1000000, and 8/25 with \
         probability at least 0.999)"
    );
}

#[test]
fn what_is_no_probability_is_refused() {
    let text = panic_message(|| Binomial::new(3, q("9/8")));
    assert_eq!(text, "9/8 is no probability");
    let text = panic_message(|| {
        FrequencyTest::new(Binomial::new(3, q("1/2")), TestSide::Both, Rational::ZERO)
    });
    assert_eq!(text, "an error of 0 tests nothing");
    let sure = Binomial::new(5, Rational::ONE);
    assert_eq!((sure.below(5), sure.below(6), sure.mass(5)), (q("0"), q("1"), q("1")));
    let never = Binomial::new(0, q("1/2"));
    assert_eq!((never.below(1), never.mass(0), never.mass(1)), (q("1"), q("1"), q("0")));
}

#[test]
fn intervals_are_those_of_an_independent_computation() {
    let rows = [
        (9, 10, "1/20", 568, 1022),
        (0, 10, "1/20", 0, 316),
        (10, 10, "1/20", 708, 1024),
        (0, 1, "1/2", 0, 768),
        (60, 60, "1/100", 937, 1024),
        (43, 200, "1/100", 148, 306),
        (190, 200, "1/1000000", 853, 1018),
    ];
    for (count, trials, error, low, high) in rows {
        let found = interval(count, trials, &q(error));
        let ends = [found.lo(), found.hi()].map(|end| end * &q("1024"));
        assert_eq!(ends, [low, high].map(Rational::integer), "{count} of {trials}");
    }
    let text = panic_message(|| interval(3, 2, &q("1/2")));
    assert_eq!(text, "3 of 2 trials");
}

/// Outside of an interval the count is as unlikely as was allowed.
#[test]
fn an_interval_leaves_out_what_makes_the_count_unlikely() {
    fn leaves_out(trials: u8, count: u8, p: u16) -> bool {
        let trials = 1 + u32::from(trials % 30);
        let (count, p) =
            (u32::from(count) % (trials + 1), Rational::new(i64::from(p % 1025), 1024));
        let error = q("1/20");
        let law = Binomial::new(trials, p.clone());
        let many = law.at_least(count) <= &error / q("2");
        let few = law.below(count + 1) <= &error / q("2");
        let found = interval(count, trials, &error);
        let outside = p < *found.lo() || p > *found.hi();
        let end = p == *found.lo() || p == *found.hi();
        end || outside == (many || few)
    }
    check(leaves_out as fn(_, _, _) -> _);
}
