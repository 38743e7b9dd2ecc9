//! While linearisation errors are small, long enough descent reaches three times the target's loss.

use crate::catalogue::prelude::*;
use crate::generators::descent_runs::Run;
use crate::train::{Descent, Directions, ExactLoss, Samples, TwoLayer, mean, squared_distance};

pub(super) static CLAIM: Claim<Run> = Claim {
    card: theorem!("width/three_epsilon", STEP_BY_STEP)
        .remembered_from("Chen2021", "the conclusion for gradient descent: 3 ε")
        .as_printed("from memory, for the logistic loss and deep networks; here one hidden layer"),
    statement: "the setting, η ≤ 1/2, V = W_0 + λ U, ε = the loss of V linearised at W_0, all \
                linearisation errors at V ≤ 1/8, T ≥ 1, η ε T ≥ |V - W_0|²  ⟹  min_t R(W_t) ≤ 3 ε",
    cases: || {
        base().with("two to four letters", 8, letters(2..=4, 2..=3)).with(
            "8 letters, 64 units",
            64,
            letters(6..=8, 6..=8),
        )
    },
    hypotheses: &[
        given("the setting", Run::is_in_the_setting)
            .unsharp("no case without it that breaks the conclusion was found"),
        given("rate at most 1/2", |case: &Run| case.rate <= Rational::new(1, 2))
            .needed("at a high rate the time is over before the first step ends", || {
                Cases::listed((12..=24).map(fast))
            }),
        given("small errors", |case: &Run| {
            case_errors(case).iter().all(|error| *error <= Rational::new(1, 8))
        })
        .needed("a unit dies on the way to where its linearisation would go on", || {
            Cases::listed((2..=10).map(dying))
        }),
        given("enough steps", |case: &Run| Rational::from(case.steps) >= time(case))
            .needed("where descent begins, the loss is above 3 ε", || {
                base().prop_map(|run| Run { steps: 1, ..run }).cases()
            }),
    ],
    conclusion: |case| reaches(case, 3),
    twins: &[
        twin("a quarter of it", |case: &Run| {
            at_most("least risk", least_risk(case), target(case) * Rational::new(1, 4))
        })
        .because("a target close to the start is reached and hardly passed"),
        twin("at once", |case: &Run| {
            let first = case.network.risk(&case.samples, case.loss);
            at_most("first risk", first, Rational::integer(3) * target(case))
        })
        .because("descent has to come there"),
    ],
    well_formed: |case| {
        case.check()?;
        require!(case.loss != ExactLoss::Hinge, "the hinge may have no loss at all, and no time")?;
        let fits = case.loss != ExactLoss::Rational || case.steps <= 4;
        require!(fits, "more than 4 steps with the rational loss are not asked about")
    },
};

/// The loss of the reference in the linearisation at the start.
fn target(case: &Run) -> Rational {
    let margins = case.network.linearised(&case.samples, &reference(case));
    mean(margins.iter().map(|z| case.loss.exact_value(z)))
}

fn reference(case: &Run) -> Vec<Vec<Rational>> {
    case.network.moved(&case.direction, &case.lambda).weights
}

/// `|V - W_0|^2 / (eta epsilon)`.
fn time(case: &Run) -> Rational {
    let way = squared_distance(&reference(case), &case.network.weights);
    way / (&case.rate * target(case))
}

/// How far the linearisations at every step are off at the reference, at every sample.
fn case_errors(case: &Run) -> Vec<Rational> {
    let reference = reference(case);
    let there = TwoLayer { weights: reference.clone(), ..case.network.clone() };
    let true_margins = there.margins(&case.samples);
    let along = Directions::new(&case.samples, reference);
    let mut run = Descent::new(&case.network, &case.samples, case.loss, &case.rate);
    let mut errors = Vec::new();
    for _ in 0..case.steps {
        let linearised = run.linearised(&along);
        errors.extend(linearised.iter().zip(&true_margins).map(|(a, b)| (a - b).abs()));
        run.step();
    }
    errors
}

fn least_risk(case: &Run) -> Rational {
    let mut run = Descent::new(&case.network, &case.samples, case.loss, &case.rate);
    let mut least = run.risk();
    for _ in 1..case.steps {
        run.step();
        least = least.min(run.risk());
    }
    least
}

fn reaches(case: &Run, factor: i64) -> Conclusion {
    at_most("least risk", least_risk(case), Rational::integer(factor) * target(case))
}

fn base() -> BoxedStrategy<Run> {
    prop_oneof![2 => one_letter(), 1 => letters(2..=2, 1..=2)].boxed()
}

/// One sample and one unit that is open there, towards a loss of 1/2 to 1/8.
fn one_letter() -> BoxedStrategy<Run> {
    (any::<bool>(), 0i64..=4, 4i64..=10, 1i64..=2)
        .prop_map(|(positive, start, quarters, halves)| {
            let rate = Rational::new(1, 2 * halves);
            unit(positive, true, Rational::new(start + 1, 8), Rational::new(quarters, 4), rate)
        })
        .boxed()
}

/// One sample of this label, a unit of weight `start` that has the label's sign or not, and a
/// reference that is `lambda` times the label further, for as long as is needed.
fn unit(positive: bool, agrees: bool, start: Rational, lambda: Rational, rate: Rational) -> Run {
    let network = TwoLayer {
        weights: vec![vec![start]],
        outputs: vec![numbers::sign(positive == agrees)],
        scale: Rational::ONE,
        bias: vec![],
    };
    let samples = Samples::dense(vec![vec![Rational::ONE]], vec![positive]);
    let direction = vec![vec![numbers::sign(agrees)]];
    let loss = ExactLoss::Dyadic;
    timed(Run { loss, rate, steps: 1, lambda, direction, samples, network })
}

/// The run for the least number of steps that is enough, where that is not too large.
fn timed(mut run: Run) -> Run {
    let steps = time(&run).ceil().wide_integer().and_then(|t| usize::try_from(t).ok());
    run.steps = steps.expect("a number of steps").clamp(1, 100);
    run
}

/// A step so long that one is enough.
fn fast(rate: i64) -> Run {
    unit(true, true, Rational::new(1, 64), Rational::integer(2), Rational::integer(rate))
}

/// A unit of the wrong sign, so far that its linearisation has a small loss.
fn dying(quarters: i64) -> Run {
    let lambda = Rational::integer(2) + Rational::new(quarters, 4);
    unit(true, false, Rational::new(1, 64), lambda, Rational::new(1, 2))
}

/// Samples `e_1, .., e_n`, units with small weights, the square of one of `roots` in number, and
/// the direction of all units that are open at a letter of their own sign.
fn letters(n: Span, roots: Span) -> BoxedStrategy<Run> {
    (n, roots)
        .prop_flat_map(|(n, q)| {
            let weights = vec(vec(numbers::fraction(4, 64), n), q * q);
            let signs = (vec(any::<bool>(), q * q), vec(any::<bool>(), n));
            (Just(q), weights, signs, 1i64..=12)
        })
        .prop_map(|(q, weights, (outputs, positive), lambda)| {
            let n = positive.len();
            let share = Rational::from(q).recip();
            let row = |(w, plus): (&Vec<Rational>, &bool)| {
                let entry = |i: usize| {
                    if w[i].is_positive() && positive[i] == *plus {
                        &share / Rational::from(n)
                    } else {
                        Rational::ZERO
                    }
                };
                (0..n).map(entry).collect()
            };
            let direction = weights.iter().zip(&outputs).map(row).collect();
            let unit = |i: usize| {
                let mut x = vec![Rational::ZERO; n];
                x[i] = Rational::ONE;
                x
            };
            let samples = Samples::dense((0..n).map(unit).collect(), positive);
            let outputs = outputs.into_iter().map(numbers::sign).collect();
            let network = TwoLayer { weights, outputs, scale: share, bias: vec![] };
            let (loss, rate) = (ExactLoss::Dyadic, Rational::new(1, 2));
            let lambda = Rational::from(lambda);
            timed(Run { loss, rate, steps: 1, lambda, direction, samples, network })
        })
        .boxed()
}
