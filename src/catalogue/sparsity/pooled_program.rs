//! The least cost of a pooled convolution of one tap is a linear program over its own numbers.

use crate::catalogue::prelude::*;
use crate::engines::lp::{Optimum, System};
use crate::generators::pooled::{Channel, Pooled, pooled};
use std::collections::BTreeSet;

pub(super) static CLAIM: Claim<Pooled> = Claim {
    card: theorem!("sparsity/pooled_program", AGAINST_ITS_NOTE)
        .derived_from("ErgenPilanci2021", "abstract: a convex program for two-layer CNNs")
        .as_printed("group norms for several taps; here one tap, where the program is linear"),
    statement: "filters of one tap, y the values at the samples  ⟹  Σ |v| |w| ≥ max { z · y : \
                |η(t)| ≤ 1 at the samples' numbers, z orthogonal to the pooled skip }",
    cases: || {
        pooled(2..=4, 1..=2, 1..=4).cases().with("7 samples", 16, pooled(7..=7, 2..=2, 8..=8))
    },
    hypotheses: &[],
    conclusion: |case| {
        let program = Program::new(case, numbers(case), true);
        let Ok((value, _)) = program.least(case) else {
            return equal("a greatest value", false, true);
        };
        at_least("cost", case.cost(), value)
    },
    twins: &[
        twin("numbers of the first position", |case: &Pooled| {
            let firsts = case.signals.iter().map(|signal| signal[0].clone()).collect();
            at_least("cost", case.cost(), Program::new(case, firsts, true).least(case)?.0)
        })
        .because("a smaller dictionary has dearer networks, or none"),
        twin("one orientation, no skip", |case: &Pooled| {
            let program = Program::new(case, numbers(case), false);
            at_least("cost", case.cost(), program.least(case)?.0)
        })
        .because("a unit that faces the other way is one that faces this way up to a skip"),
        twin("a hundredth more", |case: &Pooled| {
            let (value, network) = Program::new(case, numbers(case), true).least(case)?;
            if value.is_zero() {
                return Err(Undecided("the values are those of a skip"));
            }
            at_least("cost", network.cost(), value * Rational::new(101, 100))
        })
        .because("the multipliers of the program are a network of its value"),
    ],
    well_formed: Pooled::check,
};

/// The linear program over units `relu(x - t)` with these thresholds.
struct Program {
    thresholds: Vec<Rational>,
    system: System,
}

/// Every number of every sample.
fn numbers(case: &Pooled) -> BTreeSet<Rational> {
    case.signals.iter().flatten().cloned().collect()
}

impl Program {
    fn new(case: &Pooled, thresholds: BTreeSet<Rational>, with_skip: bool) -> Self {
        let mut system = System::new(case.signals.len());
        for threshold in &thresholds {
            let unit = Channel { weight: 1.into(), threshold: threshold.clone(), outer: 1.into() };
            let column: Vec<_> = case.signals.iter().map(|signal| unit.feature(signal)).collect();
            system.at_most(column.iter().map(|x| -x).collect(), Rational::ONE);
            system.at_most(column, Rational::ONE);
        }
        for column in case.skip().into_iter().filter(|_| with_skip) {
            system.equal(column, Rational::ZERO);
        }
        Self { thresholds: thresholds.into_iter().collect(), system }
    }

    /// The greatest value, and the network that its multipliers make.
    fn least(&self, case: &Pooled) -> Result<(Rational, Pooled), Undecided> {
        let columns = case.columns();
        let value = |i: usize| columns.iter().map(|column| &column[i]).sum::<Rational>();
        let values: Vec<_> = (0..case.signals.len()).map(value).collect();
        let Optimum::Attained { value, multipliers, .. } = self.system.maximize(&values) else {
            return Err(Undecided("no network of the dictionary has these values"));
        };
        let channel = |(threshold, pair): (&Rational, &[Rational])| Channel {
            weight: Rational::ONE,
            threshold: threshold.clone(),
            outer: &pair[1] - &pair[0],
        };
        let channels = self.thresholds.iter().zip(multipliers.chunks(2)).map(channel).collect();
        Ok((value, Pooled { signals: case.signals.clone(), channels }))
    }
}
