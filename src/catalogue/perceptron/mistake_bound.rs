//! The perceptron makes at most R² |u|² / margin² mistakes.

use crate::catalogue::prelude::*;
use crate::construct::perceptron;

pub(super) static CLAIM: Claim<Case> = Claim {
    card: theorem!("perceptron/mistake_bound", AGAINST_ITS_NOTE)
        .formally("mistake_bound", 0xe138_2436_1a5c_e785)
        .remembered_from("Novikoff1962", "the convergence theorem")
        .as_printed("usually stated for |u| = 1; squares make the unit norm unnecessary"),
    statement: "y_i ⟨u, x_i⟩ ≥ margin > 0 for all i, w_0 = 0  ⟹  mistakes ≤ R² |u|² / margin²",
    cases: || {
        let few = [1..=4, 1..=6];
        prop_oneof![3 => separated(few, zero_start), 1 => orthonormal(1..=9)]
            .with("40 samples in R^6", 32, separated([5..=6, 20..=40], zero_start))
            .with("40 orthonormal samples", 64, orthonormal(20..=40))
            .with("200 samples in R^12", 128, separated([12..=12, 200..=200], zero_start))
    },
    hypotheses: &[
        given("separated by u", |case: &Case| case.margin().is_positive())
            .needed("on contradictory labels the weights cycle", || contradictory().cases()),
        given("zero start", |case: &Case| case.start.iter().all(Rational::is_zero))
            .needed("a bad start is unlearned first", || {
                separated([1..=4, 1..=6], far_start).cases()
            }),
    ],
    conclusion: |case| at_most("mistakes", mistakes(case), case.bound()),
    twins: &[
        twin("one mistake fewer", |case: &Case| {
            at_most("mistakes", mistakes(case), case.bound() - Rational::ONE)
        })
        .because("orthonormal samples attain the bound"),
        twin("bound without the square", |case: &Case| {
            let found = Rational::from(mistakes(case));
            at_most("mistakes squared", &found * &found, case.bound())
        })
        .because("the number of mistakes grows like R² / margin², not like R / margin"),
    ],
    well_formed: |case| {
        let d = case.u.len();
        refuse_if!(
            case.samples.is_empty() || case.samples.len() != case.positive.len(),
            "{} samples with {} labels; there must be equally many, and one at least",
            case.samples.len(),
            case.positive.len()
        );
        match case.samples.iter().chain([&case.start]).find(|x| x.len() != d) {
            Some(x) => Err(format!("u has {d} entries, a sample or the start has {}", x.len())),
            None if case.margin().is_zero() => Err("u has margin 0, which bounds nothing".into()),
            None if case.bound() > Rational::from(MOST) => {
                Err(format!("the bound is above {MOST}; no more mistakes are counted"))
            }
            None => Ok(()),
        }
    },
};

/// Samples `[n, d]`, labels `[n]`, the separating direction `u: [d]` and the start `w: [d]`.
#[derive(Debug, Serialize, Deserialize)]
pub struct Case {
    u: Vec<Rational>,
    start: Vec<Rational>,
    samples: Vec<Vec<Rational>>,
    positive: Vec<bool>,
}

impl Case {
    fn signed(&self) -> Vec<Vec<Rational>> {
        separation::signed(&self.samples, &self.positive)
    }

    fn margin(&self) -> Rational {
        self.signed().iter().map(|x| dot(&self.u, x)).min().expect("there is a sample")
    }

    /// `R^2 |u|^2 / margin^2`.
    fn bound(&self) -> Rational {
        let margin = self.margin();
        let radius = self.samples.iter().map(|x| dot(x, x)).max().expect("there is a sample");
        radius * dot(&self.u, &self.u) / margin.pow(2)
    }
}

/// The largest bound that is asked about.
const MOST: usize = 10_000;

/// Mistakes until a pass is clean, or until the first beyond the bound: a run that does not stop
/// exceeds it, whatever the bound is.
fn mistakes(case: &Case) -> usize {
    let bound = case.bound();
    let limit = (1..).find(|k| Rational::from(*k) > bound).expect("numbers grow beyond any bound");
    perceptron::run(&case.start, &case.signed(), limit).mistakes()
}

type Start = fn(usize) -> BoxedStrategy<Vec<Rational>>;

fn zero_start(d: usize) -> BoxedStrategy<Vec<Rational>> {
    Just(vec![Rational::ZERO; d]).boxed()
}

fn far_start(d: usize) -> BoxedStrategy<Vec<Rational>> {
    numbers::integers(d, 30).boxed()
}

/// Labels read off `u`.
fn separated([d, n]: [Span; 2], start: Start) -> BoxedStrategy<Case> {
    (d, n)
        .prop_flat_map(move |(d, n)| (samples::separated(d, n, 4), start(d)))
        .prop_map(|((u, points), start)| Case {
            u,
            start,
            samples: points.samples,
            positive: points.positive,
        })
        .boxed()
}

/// The same with the first sample once more, under the other label.
fn contradictory() -> BoxedStrategy<Case> {
    separated([1..=4, 1..=6], zero_start)
        .prop_map(|mut case| {
            case.samples.push(case.samples[0].clone());
            case.positive.push(!case.positive[0]);
            case
        })
        .boxed()
}

/// `k` orthonormal samples: exactly `k` mistakes, and the bound is `k`.
fn orthonormal(k: Span) -> BoxedStrategy<Case> {
    k.prop_map(|k| Case {
        u: vec![Rational::ONE; k],
        start: vec![Rational::ZERO; k],
        samples: (0..k).map(|i| (0..k).map(|j| Rational::from(i == j)).collect()).collect(),
        positive: vec![true; k],
    })
    .boxed()
}
