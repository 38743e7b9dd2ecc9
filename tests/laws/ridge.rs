//! Fits of several inputs and outputs: two close bounds that a checker accepts, in agreement with
//! the exact fits of one output and of one input.

use crease::analysis::enclosure::Enclosure;
use crease::exact::Rational;
use crease::spline::ridge::{Data, Fit, Norm, Question, Skip, certificate, fit};
use crease::spline::univariate::VectorInterpolation;

/// A stream of small numbers, the same on every run: from 0 to one below what is asked.
fn stream(seed: u64) -> impl FnMut(u64) -> i64 {
    let mut state = seed;
    move |below| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963);
        ((state >> 33) % below) as i64
    }
}

/// Points of small integers, so that ties and collinear triples are common, and their values.
struct Drawn {
    points: Vec<Vec<Rational>>,
    outputs: Vec<Vec<Rational>>,
}

fn drawn(next: &mut impl FnMut(u64) -> i64, inputs: usize, outputs: usize) -> Drawn {
    let size = [1, 2, 4, 9][next(4) as usize];
    let count = 2 + next(if inputs == 3 { 5 } else { 9 }) as usize;
    let mut number = || Rational::integer(next(2 * size + 1) - size as i64);
    let mut points: Vec<Vec<Rational>> =
        (0..count).map(|_| (0..inputs).map(|_| number()).collect()).collect();
    points.sort();
    points.dedup();
    let outputs = (0..outputs).map(|_| points.iter().map(|_| number()).collect()).collect();
    Drawn { points, outputs }
}

fn asked(data: Data, norm: Norm, penalty: Option<Rational>, skip: Skip) -> (Question, Fit) {
    let question = Question { data, norm, penalty, skip };
    let found = fit(&question, &mut |_| true).expect("nothing stops it");
    (question, found)
}

fn is_close(value: &Enclosure) -> bool {
    value.width() <= value.hi() * &Rational::new(1, 100_000_000)
}

fn meet(a: &Enclosure, b: &Enclosure) -> bool {
    a.lo() <= b.hi() && b.lo() <= a.hi()
}

#[test]
fn several_outputs_are_enclosed_and_the_checker_accepts_it() {
    let mut next = stream(5);
    for round in 0..120 {
        let inputs = [1, 2, 2, 3][round % 4];
        let Drawn { points, outputs } = drawn(&mut next, inputs, 2 + round % 2);
        let data = Data::of_outputs(points.clone(), &outputs).expect("a value for each point");
        let norm = if round % 3 == 0 { Norm::Linf } else { Norm::L1 };
        let skip = if round % 5 < 3 { Skip::Free } else { Skip::None };
        let penalty = (round % 2 == 1).then(|| Rational::new(1 + next(5), 1 + next(5)));
        let (question, found) = asked(data, norm, penalty, skip);
        assert!(is_close(&found.value), "{question:?}: {:?}", found.value);
        if question.penalty.is_none() {
            for (i, x) in points.iter().enumerate() {
                let values: Vec<_> = outputs.iter().map(|y| y[i].clone()).collect();
                assert_eq!(found.network.eval(x), values, "{question:?}");
            }
        }
        let text = certificate(&question, &found, "laws/ridge").expect("three inputs at most");
        let verdict = crease_recheck::check(&text);
        assert!(verdict.is_ok(), "{verdict:?}\n{text}");
        // A bound that is a thousandth better is none.
        let (lo, hi) = (found.value.lo(), found.value.hi());
        if hi.is_positive() {
            let better = |x: &Rational, by: i64| x * &Rational::new(1000 + by, 1000);
            let raised = text.replace(&format!("\nlower {lo}\n"), &line("lower", &better(lo, 1)));
            let lowered = text.replace(&format!("\nupper {hi}\n"), &line("upper", &better(hi, -1)));
            for forged in [raised, lowered] {
                assert_ne!(forged, text);
                assert!(crease_recheck::check(&forged).is_err(), "{forged}");
            }
        }
    }
}

fn line(word: &str, x: &Rational) -> String {
    format!("\n{word} {x}\n")
}

#[test]
fn proportional_outputs_cost_their_length_times_one_of_them() {
    let mut next = stream(6);
    for round in 0..60 {
        let Drawn { points, outputs } = drawn(&mut next, 1 + round % 3, 1);
        let times = |by| outputs[0].iter().map(|y| y * &Rational::integer(by)).collect::<Vec<_>>();
        let skip = if round % 2 == 0 { Skip::Free } else { Skip::None };
        let one = Data::new(points.clone(), outputs[0].clone()).expect("a value for each point");
        let (_, one) = asked(one, Norm::L1, None, skip);
        let one = one.value.scale(&Rational::integer(5));
        let both = Data::of_outputs(points, &[times(3), times(-4)]).expect("values for each point");
        let (question, both) = asked(both, Norm::L1, None, skip);
        assert!(meet(&one, &both.value), "{question:?}: {:?}, not {one:?}", both.value);
    }
}

#[test]
fn several_outputs_cost_what_the_chords_do_and_lie_between_each_and_all() {
    let mut next = stream(7);
    for round in 0..60 {
        let Drawn { points, outputs } = drawn(&mut next, 1 + round % 2, 3);
        let data = Data::of_outputs(points.clone(), &outputs).expect("values for each point");
        let (question, found) = asked(data, Norm::L1, None, Skip::Free);
        if round % 2 == 0 {
            let x = points.iter().map(|x| x[0].clone()).collect();
            let chords = VectorInterpolation::new(x, outputs.clone()).expect("increasing").least();
            assert!(meet(&chords, &found.value), "{question:?}");
        }
        let each = |y: &Vec<Rational>| {
            let data = Data::new(points.clone(), y.clone()).expect("a value for each point");
            asked(data, Norm::L1, None, Skip::Free).1.value.lo().clone()
        };
        let each: Vec<Rational> = outputs.iter().map(each).collect();
        assert!(each.iter().all(|cost| cost <= found.value.hi()), "{question:?}");
        assert!(found.value.lo() <= &each.iter().sum::<Rational>(), "{question:?}");
    }
}
